"""Frozen months: their reports as they were, what would be counted otherwise today, opened again.

A frozen report is a paper that was given: its facts and the hash of its PDF are kept as of every
other one (docs/decisions/069). Reports about citizens are none of them.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cchc_desk.actions.documents import freezing
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.reports import makers
from cchc_desk.actions.reports.kinds import checked
from cchc_desk.actions.reports.paper import report_paper
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.ledger.facts import known
from cchc_desk.domain.ledger.facts.reports import MonthOpened, ReportFrozen
from cchc_desk.domain.papers.frozen_papers import FrozenPaper, facts_hash
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Correction, Frozen, Report
from cchc_desk.domain.reports.table import ReportTable, cell_text
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.papers import frozen
from cchc_desk.papers.forms.report import ReportPaper
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.papers import frozen_papers

_KIND = "report"  # of a frozen paper; its subject is the report's name


@dataclass(frozen=True)
class FrozenMonth:
    """A month whose figures are frozen; `sha256` is the hash of its reports' hashes."""

    month: date
    at: datetime
    sha256: str
    corrections: tuple[tuple[str, Correction], ...]


def freeze(desk: Desk, month: date) -> FrozenMonth:
    """Freeze every report of a month that is over, each with an entry of the ledger.

    Raises Refused("month-not-over"), ("month-frozen").
    """
    desk.require(Permission.FREEZE)
    asked = _asked(month)
    if asked.last >= desk.now().date():
        raise Refused(
            "month-not-over",
            _("Tháng {month:%m/%Y} chưa hết; hãy chốt sau ngày {last:%d/%m/%Y}.").format(
                month=month, last=asked.last
            ),
        )
    with desk.write() as connection:
        if _papers(connection, month):
            raise Refused(
                "month-frozen",
                _("Số liệu tháng {month:%m/%Y} đã chốt rồi.").format(month=month),
            )
        with in_vietnamese():
            open_then = checked.open_line(desk, asked)
        for report in _freezable(desk, asked):
            text = report_paper(desk, report, open_then)
            paper = freezing.freeze(desk, connection, _code(month), _KIND, report.name, text)
            facts = ReportFrozen(
                report.name,
                paper=paper.number,
                facts_sha256=paper.facts_sha256,
                pdf_sha256=paper.pdf_sha256,
            )
            desk.record(connection, facts, _code(month))
        papers = _papers(connection, month)
    return FrozenMonth(month, papers[0].frozen, _hash(papers), ())


def unfreeze(desk: Desk, month: date, reason: str) -> None:
    """Open a month again; its frozen papers stay.

    Raises Refused("month-open"), ("reason-missing").
    """
    desk.require(Permission.UNFREEZE)
    reason = steps.required_reason(reason, _("Hãy ghi vì sao mở lại số liệu đã chốt."))
    with desk.write() as connection:
        if not _papers(connection, month):
            raise Refused(
                "month-open",
                _("Số liệu tháng {month:%m/%Y} chưa chốt.").format(month=month),
            )
        desk.record(connection, MonthOpened(reason), _code(month))


def month_over(asked: Asked, today: date) -> date | None:
    """Return the month that is asked for, where it is a whole one that is over; else None.

    Its reports can be frozen: they are of all dossiers, as they are declared.
    """
    month = asked.first.replace(day=1)
    return month if asked == _asked(month) and asked.last < today else None


def frozen_months(desk: Desk) -> tuple[FrozenMonth, ...]:
    """Return the frozen months in order, each with what would be counted otherwise today."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        papers_of = {month: _papers(connection, month) for month in _ever_frozen(connection)}
    return tuple(
        FrozenMonth(
            month,
            papers[0].frozen,
            _hash(papers),
            tuple(_all_corrections(desk, month, papers)),
        )
        for month, papers in sorted(papers_of.items())
        if papers
    )


def frozen_report(desk: Desk, name: str, asked: Asked) -> Report | None:
    """Return the report of a whole month as it was frozen, with its corrections; else None."""
    desk.require(Permission.READ)
    month = asked.first.replace(day=1)
    if asked != _asked(month):
        return None
    with desk.read() as connection:
        papers = [paper for paper in _papers(connection, month) if paper.subject == name]
    if not papers:
        return None
    now, paper = makers.current(desk, name, asked), papers[0]
    table = _text(paper).table
    noted = Frozen(
        paper.frozen, paper.facts_sha256, paper.number, tuple(_corrections(table, now.table))
    )
    return replace(now, made=paper.frozen, table=table, frozen=noted)


def frozen_pdf(desk: Desk, report: Report) -> bytes:
    """Return the PDF of a frozen report, byte for byte as it was frozen.

    Raises Refused("paper-changed") where the program draws it otherwise now.
    """
    desk.require(Permission.READ)
    assert report.frozen is not None, "a report of a frozen month"
    with desk.read() as connection:
        papers = _papers(connection, report.asked.first)
    paper = next(one for one in papers if one.number == report.frozen.paper)
    pdf = frozen.drawing_of(_text(paper)).pdf()
    if hashlib.sha256(pdf).hexdigest() != paper.pdf_sha256:
        raise _changed()
    return pdf


# --- the papers of a month ------------------------------------------------------------------------


def _asked(month: date) -> Asked:
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Asked(first, last, Origin.ALL)


def _code(month: date) -> str:
    return f"{month:%Y-%m}"


def _ever_frozen(connection: Connection) -> set[date]:
    found = set()
    for entry in journal.raw_entries_by(connection, Act.FREEZE.value, 0):
        with suppress(ValueError):  # somebody changed it, which verify names
            found.add(date.fromisoformat(f"{entry.code}-01"))
    return found


def _papers(connection: Connection, month: date) -> tuple[FrozenPaper, ...]:
    """Return the papers of a month that is frozen now; none where it was opened since."""
    code = _code(month)
    opened = [
        entry.seq
        for entry in journal.raw_entries_by(connection, Act.UNFREEZE.value, 0)
        if entry.code == code
    ]
    since = max(opened, default=0)
    numbers = {
        facts.paper
        for entry in journal.raw_entries_by(connection, Act.FREEZE.value, since)
        if entry.code == code and isinstance(facts := known(entry.act, entry.details), ReportFrozen)
    }
    return tuple(
        paper for paper in frozen_papers.papers_of(connection, code) if paper.number in numbers
    )


def _freezable(desk: Desk, asked: Asked) -> Iterator[Report]:
    for name in (name for name in makers.MAKERS if name not in makers.OF_TODAY):
        report = makers.current(desk, name, asked)
        if not report.is_personal:
            yield report


def _hash(papers: tuple[FrozenPaper, ...]) -> str:
    together = "\n".join(f"{paper.subject} {paper.facts_sha256}" for paper in papers)
    return hashlib.sha256(together.encode()).hexdigest()


def _text(paper: FrozenPaper) -> ReportPaper:
    """Return what stands on it. Raises Refused("paper-changed") where somebody changed it."""
    if facts_hash(paper) == paper.facts_sha256:
        with suppress(ValueError):
            text = frozen.read(paper.form, paper.facts)
            if isinstance(text, ReportPaper):
                return text
    raise _changed()


def _changed() -> Refused:
    return Refused(
        "paper-changed",
        _("Báo cáo đã chốt không vẽ lại được đúng như lúc chốt; hãy báo người phụ trách."),
    )


# --- what would be counted otherwise today --------------------------------------------------------


def _all_corrections(
    desk: Desk, month: date, papers: tuple[FrozenPaper, ...]
) -> Iterator[tuple[str, Correction]]:
    for paper in papers:
        now = makers.current(desk, paper.subject, _asked(month))
        for correction in _corrections(_text(paper).table, now.table):
            yield paper.subject, correction


def _corrections(frozen: ReportTable, now: ReportTable) -> Iterator[Correction]:
    """Yield the cells that differ; a row that one of the two lacks differs in every column."""
    before = {row.key: row for row in frozen.all_rows}
    after = {row.key: row for row in now.all_rows}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        for head in frozen.heads:
            was = cell_text(frozen.value(old, head.name)) if old else ""
            is_now = cell_text(now.value(new, head.name)) if new else ""
            if was != is_now:
                row = old or new
                named = cell_text(row.values[0]) if row else ""
                yield Correction(named, head.name, was, is_now)
