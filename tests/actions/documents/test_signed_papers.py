"""The frozen paper of a letter gets a digital signature; the ledger knows of it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import digital_signature, signed_papers
from cchc_desk.actions.documents.digital_signature import SignedPaper
from cchc_desk.actions.documents.printing import paper_pdf
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_settings
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import become, make_intake
from tests.console.office.test_sign_pdf import NAME, PIN, key, key_file

__all__ = ["key"]
pytest.importorskip("pyhanko", reason="make test installs it: requirements/dev.txt")


def test_the_frozen_paper_is_the_one_that_is_signed_and_the_ledger_knows(
    desk: Desk, tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    become(desk, "chi")
    draft = letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    file = key_file(tmp_path, key)

    def by_file(pdf: bytes) -> SignedPaper:
        return digital_signature.sign_with_file(pdf, file, PIN)

    with pytest.raises(Refused) as refused:
        signed_papers.sign_paper(desk, draft.id, by_file)
    assert refused.value.code == "letter-unsigned"
    letters.sign_letter(desk, draft.id)
    given = paper_pdf(desk, code, "apology", draft.id)
    office_settings.change_settings(desk, {"unit_name": "Ủy ban nhân dân phường Khác"})
    of, signed = signed_papers.sign_paper(desk, draft.id, by_file)
    assert of == code
    assert signed.pdf.startswith(given)  # a signature is added behind what was frozen
    assert progress.show_dossier(desk, code).history[-1].words == (
        f"Ký số văn bản đã ký (chứng thư của {NAME})"
    )
    assert upkeep.verify_ledger(desk).ok
    become(desk, "an")
    with pytest.raises(Refused, match="dành cho"):
        signed_papers.sign_paper(desk, draft.id, by_file)
    become(desk, "chi")
    with pytest.raises(Refused, match="Không có thư"):
        signed_papers.sign_paper(desk, "nobody", by_file)
