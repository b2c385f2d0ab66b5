"""The very paper that a leader signed by hand or by number, signed once more with a digital key."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cchc_desk import __version__
from cchc_desk.actions.documents.choosing import Chosen, choose
from cchc_desk.actions.documents.digital_signature import SignedPaper
from cchc_desk.domain.ledger.facts.lateness import SignedByKey
from cchc_desk.domain.papers.slips import STOP
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.output_file import output_file
from cchc_desk.papers import frozen
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import slips


@dataclass(frozen=True)
class _Paper:
    code: str
    kind: str
    subject: str
    pdf: bytes


def sign_paper(
    desk: Desk,
    paper_id: str,
    sign: Callable[[bytes], SignedPaper],
    place: Callable[[str], Path] | None = None,
) -> tuple[str, SignedPaper]:
    """Sign the frozen PDF of a letter or stop notice with this id; note it in the ledger.

    `sign` adds the signature to the bytes it is given; `place` gives the file for a dossier's code
    (None: it is not saved here). Returns the dossier's code too. Raises
    Refused("unknown-letter"), ("letter-unsigned"), as choose(), and as `sign`.
    """
    desk.require(Permission.SIGN_LETTER)
    with desk.read() as connection:
        paper = _frozen_pdf(connection, paper_id)
    signed = sign(paper.pdf)
    fact = SignedByKey(
        signed_paper=paper.subject,
        certificate=signed.signer,
        sha256=hashlib.sha256(signed.pdf).hexdigest(),
    )
    with ExitStack() as files:
        if place:
            files.enter_context(output_file(place(paper.code))).write(signed.pdf)
        with desk.write() as connection:
            desk.record(connection, fact, paper.code)
    return paper.code, signed


def _frozen_pdf(connection: Connection, paper_id: str) -> _Paper:
    letter, slip = dossiers.letter_of(connection, paper_id), slips.slip_of(connection, paper_id)
    if letter:
        code, kind = letter.code, "apology"
    elif slip and slip.kind == STOP:
        code, kind = slip.code, STOP
    else:
        raise Refused(
            "unknown-letter",
            _("Không có thư xin lỗi «{id}»; hãy kiểm tra lại.").format(id=paper_id),
            "letter",
        )
    chosen = choose(connection, code, kind, paper_id, None)
    if chosen.given is None:
        raise Refused(
            "letter-unsigned",
            _("Thư này chưa được lãnh đạo ký, cấp số; hãy ký thư trước rồi ký số."),
            "letter",
        )
    return _Paper(code, kind, paper_id, _drawn(chosen))


def _drawn(chosen: Chosen) -> bytes:
    """Return the PDF as it was frozen. Raises Trouble("paper-altered")."""
    given = chosen.given
    assert given is not None, "asked before"
    pdf = frozen.drawing_of(frozen.read(given.form, given.facts)).pdf()
    if given.program == __version__ and hashlib.sha256(pdf).hexdigest() != given.pdf_sha256:
        raise Trouble("paper-altered", _("Giấy vẽ lại không khớp với giấy đã ký nên không ký số."))
    return pdf
