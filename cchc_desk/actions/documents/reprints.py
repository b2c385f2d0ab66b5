"""Printings of a paper counted by the ledger, and the mark that a reprint bears."""

from collections.abc import Sequence
from datetime import datetime

from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.dossiers.slips import Slip
from cchc_desk.domain.ledger.entry import Entry
from cchc_desk.domain.ledger.facts.lateness import Signed
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.ledger.facts.putting_right import Corrected
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal

NumberedPaper = Slip | Letter


def reprint_mark(
    connection: Connection,
    code: str,
    kind: str,
    paper: NumberedPaper | None,
    of_kind: Sequence[NumberedPaper],
) -> str:
    """Return the mark of a reprint, "" for the first printing; arguments as times_printed().

    What was printed before the dossier was corrected is given in exchange: «cấp đổi».
    """
    printed = _printings(connection, code, kind, paper, of_kind)
    corrected = max(
        (
            entry.seq
            for entry, facts in journal.of_dossier(connection, code)
            if isinstance(facts, Corrected)
        ),
        default=0,
    )
    since = sum(seq > corrected for seq in printed)
    if since < len(printed):
        again = f", bản in lại lần {since}" if since else ""
        return f"Cấp đổi, thay bản đã cấp{again}"
    return f"Bản in lại lần {since}" if since else ""


def times_printed(
    connection: Connection,
    code: str,
    kind: str,
    paper: NumberedPaper | None,
    of_kind: Sequence[NumberedPaper],
) -> int:
    """Return the number of times a paper of this kind was printed, by the entries under `code`.

    Of slips and letters it is `paper` alone that counts, None for a kind that is not numbered;
    `of_kind` are all of that kind, oldest first. A letter counts since its signature: before, it
    was printed as a draft.
    """
    return len(_printings(connection, code, kind, paper, of_kind))


def _printings(
    connection: Connection,
    code: str,
    kind: str,
    paper: NumberedPaper | None,
    of_kind: Sequence[NumberedPaper],
) -> list[int]:
    """Return the numbers of the entries that times_printed() counts."""
    found: list[int] = []
    for entry, facts in journal.of_dossier(connection, code):
        if isinstance(facts, Signed) and isinstance(paper, Letter) and facts.letter == paper.id:
            found.clear()
        elif (
            isinstance(facts, Printed)
            and facts.kind == kind
            and (paper is None or _printed_id(entry, facts, of_kind) == paper.id)
        ):
            found.append(entry.seq)
    return found


def _printed_id(entry: Entry, facts: Printed, of_kind: Sequence[NumberedPaper]) -> str | None:
    """Return the id of the slip or letter that this entry printed.

    Entries of older versions do not name it: then it was the newest that there was.
    """
    if facts.slip or facts.letter:
        return facts.slip or facts.letter
    until_then = [paper.id for paper in of_kind if _made(paper) <= entry.at]
    return until_then[-1] if until_then else None


def _made(paper: NumberedPaper) -> datetime:
    return paper.made if isinstance(paper, Slip) else paper.drafted
