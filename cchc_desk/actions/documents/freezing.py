"""Papers frozen in the act that gives them: a letter's signature, a notice, a first printing.

What draws papers is imported by the first one: pages that only offer an act need none of it.
"""

import hashlib
import secrets
from typing import TYPE_CHECKING

from cchc_desk import __version__
from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.papers.frozen_papers import FrozenPaper
from cchc_desk.domain.papers.slips import Slip
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import frozen_papers

if TYPE_CHECKING:
    from cchc_desk.papers.frozen import PaperText


def freeze_letter(desk: Desk, connection: Connection, letter: Letter) -> FrozenPaper:
    """Freeze a letter in the transaction that signed it, last but for its ledger entry."""
    from cchc_desk.actions.papers.apology_papers import apology_of

    dossier = progress.the_dossier(connection, letter.code)
    text = apology_of(desk, dossier, letter)
    return freeze(desk, connection, dossier.code, "apology", letter.id, text)


def freeze_slip(desk: Desk, connection: Connection, slip: Slip) -> FrozenPaper:
    """Freeze a dossier's slip in the transaction that made it, last but for its ledger entry."""
    from cchc_desk.actions.papers.slip_papers import SlipPaper, slip_text

    dossier = progress.the_dossier(connection, slip.code)
    text = slip_text(desk, SlipPaper(slip, dossier.applicant, dossier))
    return freeze(desk, connection, dossier.code, slip.kind, slip.id, text)


def pdf_hash(text: "PaperText") -> str:
    """Return the SHA-256 of the paper's PDF on A4 without a printer's offset, hex."""
    from cchc_desk.papers import frozen

    return hashlib.sha256(frozen.drawing_of(text).pdf()).hexdigest()


def freeze(
    desk: Desk,
    connection: Connection,
    owner: str,
    kind: str,
    subject: str,
    text: "PaperText",
    pdf_sha256: str = "",
) -> FrozenPaper:
    """Store a paper as it is given; the caller records the number and the hashes with its act.

    `pdf_sha256` is its pdf_hash(), where the caller has it.
    """
    from cchc_desk.papers import frozen

    paper = FrozenPaper(
        number=0,
        owner=owner,
        kind=kind,
        subject=subject,
        frozen=desk.now(),
        program=__version__,
        form=frozen.form_of(text),
        salt=secrets.token_hex(16),
        facts=frozen.written(text),
        facts_sha256="",
        pdf_sha256=pdf_sha256 or pdf_hash(text),
    )
    return frozen_papers.add_paper(connection, paper)
