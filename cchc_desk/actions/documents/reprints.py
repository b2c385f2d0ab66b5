"""Printings of a paper counted by the ledger, and the mark that a reprint bears."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.dossiers.slips import Slip
from cchc_desk.domain.ledger.entry import Entry
from cchc_desk.domain.people.officials import Act
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
    """The mark of a reprint, "" for the first printing; parameters as in `times_printed`."""
    times = times_printed(connection, code, kind, paper, of_kind)
    return f"Bản in lại lần {times}" if times else ""


def times_printed(
    connection: Connection,
    code: str,
    kind: str,
    paper: NumberedPaper | None,
    of_kind: Sequence[NumberedPaper],
) -> int:
    """Number of times the paper of this kind was printed so far, by the entries under `code`.

    Of slips and letters it is `paper` alone that counts, None for a kind that is not numbered;
    `of_kind` are all of that kind, oldest first. A letter counts since its signature: before, it
    was printed as a draft.
    """
    times = 0
    for entry, facts in journal.of_dossier(connection, code):
        if _is_signature(entry, facts, paper):
            times = 0
        elif _is_printing(entry, facts, kind) and (
            paper is None or _printed_id(entry, facts, of_kind) == paper.id
        ):
            times += 1
    return times


def _is_signature(entry: Entry, facts: Mapping[str, Any], paper: NumberedPaper | None) -> bool:
    return (
        isinstance(paper, Letter)
        and entry.act == Act.SIGN_LETTER.value
        and facts.get("letter") == paper.id
    )


def _is_printing(entry: Entry, facts: Mapping[str, Any], kind: str) -> bool:
    return entry.act == Act.PRINT.value and facts.get("kind") == kind


def _printed_id(
    entry: Entry, facts: Mapping[str, Any], of_kind: Sequence[NumberedPaper]
) -> str | None:
    """The id of the slip or letter that this entry printed.

    Entries of older versions do not name it: then it was the newest that there was.
    """
    named: str | None = facts.get("slip") or facts.get("letter")
    if named:
        return named
    until_then = [paper.id for paper in of_kind if _made(paper) <= entry.at]
    return until_then[-1] if until_then else None


def _made(paper: NumberedPaper) -> datetime:
    return paper.made if isinstance(paper, Slip) else paper.drafted
