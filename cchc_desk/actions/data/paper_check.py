"""Check of frozen papers: each is what the ledger says of it, and the ledger names each.

Ledger and table are read side by side in the order of their numbers; in memory stand only rows that
the ledger names later than their number, as those of an away desk that came back after another.
"""

from collections.abc import Iterable, Iterator, Mapping

from cchc_desk.domain.ledger.entry import RawEntry
from cchc_desk.domain.ledger.facts import PaperFacts, known
from cchc_desk.domain.papers.frozen_papers import facts_hash
from cchc_desk.i18n import _
from cchc_desk.settings import PAPERS
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import frozen_papers

Row = tuple[object, ...]


class PaperCheck:
    """Checks the papers of the entries given to it, in the order of the ledger.

    `whole`: these are all entries from the first on, so that a paper which none of them names
    was never given. `replaced`: as of entry.Chain; the facts of their papers may be gone.
    """

    def __init__(self, connection: Connection, replaced: Mapping[int, str], *, whole: bool) -> None:
        self._connection, self._replaced = connection, replaced
        self._rows: Iterator[Row] | None = frozen_papers.raw_papers(connection) if whole else None
        self._row: Row | None = None
        self._passed: dict[object, Row] = {}  # by number: no entry has named them yet
        self.problems: list[str] = []

    def add(self, entry: RawEntry) -> None:
        """Check the paper that this entry froze, if any."""
        if '"facts_sha256"' not in entry.details:
            return
        facts = known(entry.act, entry.details)
        if not isinstance(facts, PaperFacts) or facts.paper is None:
            return  # the chain, or the reading of details, shows what is wrong here
        row = self._row_of(facts.paper)
        if row is None:
            self.problems.append(_lost(facts.paper, entry))
        elif not _holds(row, entry, facts, gone=entry.seq in self._replaced):
            self.problems.append(_touched(row, entry))

    def finish(self) -> list[str]:
        """Return all problems, the papers behind the last entry's included."""
        last = [self._row] if self._row else []
        for row in (*self._passed.values(), *last, *(self._rows or ())):
            self.problems.append(_unknown(row))
        return self.problems

    def _row_of(self, number: int) -> Row | None:
        """Return the row with this number; those before it wait for an entry that names them."""
        if self._rows is None:
            row = next(frozen_papers.raw_papers(self._connection, number), None)
            return row if row and row[0] == number else None
        if number in self._passed:
            return self._passed.pop(number)
        while True:
            row = self._row or next(self._rows, None)
            self._row = None
            if row is None or row[0] == number:
                return row
            if not isinstance(row[0], int) or row[0] > number:
                self._row = row
                return None
            self._passed[row[0]] = row


def paper_problems(
    connection: Connection, entries: Iterable[RawEntry], replaced: Mapping[int, str]
) -> Iterator[str]:
    """Yield the faults of the papers that these entries of one dossier froze."""
    for entry in entries:
        check = PaperCheck(connection, replaced, whole=False)
        check.add(entry)
        yield from check.problems


def _holds(row: Row, entry: RawEntry, facts: PaperFacts, *, gone: bool) -> bool:
    paper = frozen_papers.readable_paper(row)
    if paper is None or (paper.owner, paper.facts_sha256) != (entry.code, facts.facts_sha256):
        return False
    if not paper.facts:  # people were forgotten: the entry's details went with them
        return gone and not paper.pdf_sha256
    return facts_hash(paper) == facts.facts_sha256 and paper.pdf_sha256 == facts.pdf_sha256


def _name(kind: object) -> str:
    return _(PAPERS.get(str(kind), str(kind)))


def _touched(row: Row, entry: RawEntry) -> str:
    text = _("Giấy đã cấp số {number} ({paper}, hồ sơ {code}) đã bị sửa ngoài sổ cái.")
    return text.format(number=row[0], paper=_name(row[2]), code=entry.code)


def _lost(number: int, entry: RawEntry) -> str:
    text = _("Giấy đã cấp số {number} của hồ sơ {code} không còn trong dữ liệu.")
    return text.format(number=number, code=entry.code)


def _unknown(row: Row) -> str:
    text = _("Giấy số {number} ({paper}, hồ sơ {code}) không có mục nào trong sổ cái.")
    return text.format(number=row[0], paper=_name(row[2]), code=row[1])
