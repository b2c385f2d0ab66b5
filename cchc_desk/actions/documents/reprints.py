"""Printings of a paper counted by the ledger, and the mark that a paper bears beside others."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeGuard

from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.ledger.entry import Entry
from cchc_desk.domain.ledger.facts import Facts, PaperFacts
from cchc_desk.domain.ledger.facts.dossiers import Returned
from cchc_desk.domain.ledger.facts.lateness import Signed
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.ledger.facts.putting_right import Corrected
from cchc_desk.domain.papers.slips import Slip

NumberedPaper = Slip | Letter
Past = Sequence[tuple[Entry, Facts | None]]  # the entries of a dossier, in order

IN_EXCHANGE = "Cấp đổi, thay bản đã cấp"
MADE_ANEW = "Lập lại từ dữ liệu hồ sơ; bản đã cấp trước đây không được lưu"


def reprint_mark(standing: str, times: int) -> str:
    """Return the mark of a paper that was printed so many times; `standing`: of its first print."""
    if not times:
        return standing
    again = f"ản in lại lần {times}"
    return f"{standing}, b{again}" if standing else f"B{again}"


def corrected_last(past: Past) -> int:
    """Return the number of the last entry that corrected the dossier; 0 where none did."""
    return max((entry.seq for entry, facts in past if isinstance(facts, Corrected)), default=0)


def drawn_after(past: Past, paper: int) -> int:
    """Return the number of the entry up to which a frozen paper knows its dossier.

    That is the entry that froze it, unless it was drawn before; 0 where none names the paper.
    """
    for entry, facts in past:
        if _froze(facts, paper):
            earlier = facts.drawn_after if isinstance(facts, Printed) else None
            return earlier or entry.seq
    return 0


def hash_in(past: Past, paper: int) -> str | None:
    """Return the hash of this paper's facts in the ledger; None where no entry names it."""
    return next((facts.facts_sha256 for _entry, facts in past if _froze(facts, paper)), None)


def _froze(facts: Facts | None, paper: int) -> TypeGuard[PaperFacts]:
    return isinstance(facts, PaperFacts) and facts.paper == paper and facts.facts_sha256 is not None


def times_of(past: Past, paper: int) -> int:
    """Return the number of times that a frozen paper was printed."""
    return sum(isinstance(facts, Printed) and facts.paper == paper for _entry, facts in past)


def returned_last(past: Past) -> int:
    """Return the number of the last entry that returned the result; 0 where none did."""
    return max((entry.seq for entry, facts in past if isinstance(facts, Returned)), default=0)


def printings(
    past: Past, kind: str, paper: NumberedPaper | None, of_kind: Sequence[NumberedPaper]
) -> list[int]:
    """Return the numbers of the entries that printed a paper of this kind, frozen or not.

    Of slips and letters it is `paper` alone that counts, None for a kind that is not numbered;
    `of_kind` are all of that kind, oldest first. A letter counts since its signature: before, it
    was printed as a draft. A receipt of the result counts since the last return.
    """
    return list(_printings(past, kind, paper, of_kind, _begun(past, kind, paper)))


def _begun(past: Past, kind: str, paper: NumberedPaper | None) -> int:
    if kind == "return":
        return returned_last(past)
    signed = (
        entry.seq
        for entry, facts in past
        if isinstance(facts, Signed) and isinstance(paper, Letter) and facts.letter == paper.id
    )
    return max(signed, default=0)


def _printings(
    past: Past, kind: str, paper: NumberedPaper | None, of_kind: Sequence[NumberedPaper], after: int
) -> Iterator[int]:
    for entry, facts in past:
        if (
            entry.seq > after
            and isinstance(facts, Printed)
            and facts.kind == kind
            and (paper is None or _printed_id(entry, facts, of_kind) == paper.id)
        ):
            yield entry.seq


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
