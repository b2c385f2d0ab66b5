"""Counts of dossiers by group, and the dossiers behind each (domain/reports/counts.py)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cchc_desk.domain.figures import (
    IN_WORK_WITHIN,
    OF_ORIGIN,
    RECEIVED,
    Figure,
    Origin,
    Period,
)
from cchc_desk.domain.late_share import SHARE_LATE
from cchc_desk.domain.reports.counts import CountReport, CountRow, Figures
from cchc_desk.domain.reports.groupings import Grouping
from cchc_desk.store.dossiers import day_summaries
from cchc_desk.store.dossiers.conditions import bounds, origin_sql, sql_of
from cchc_desk.store.dossiers.dossiers import DECIDED, LETTERS_CAUSE
from cchc_desk.store.engine.database import run, sound, stored_moment

# The value that a group is known by, and its name.
_GROUPS = {
    Grouping.FIELD: ("d.field", "d.field"),
    Grouping.PROCEDURE: ("d.procedure_code", "max(d.procedure_name)"),
    Grouping.CHANNEL: ("d.channel", "d.channel"),
    Grouping.OFFICIAL: ("d.holder", "(SELECT o.name FROM officials o WHERE o.id = d.holder)"),
    Grouping.ORIGIN: ("d.system", "d.system"),
    Grouping.DESK: ("d.desk", "d.desk"),
}


_ALL, _SOME_ROWS = "", "AND d.n BETWEEN :first AND :last"


@cache
def _counted(report: CountReport, origin: Origin, which: str) -> str:
    key, title = _GROUPS[report.grouping]
    counts = ", ".join(
        f"count(*) FILTER (WHERE {sql_of(figure.condition)})" for figure in report.figures
    )
    return (
        f"SELECT {key}, {title}, {counts} FROM dossiers d "  # noqa: S608 - our own words
        f"WHERE {sql_of(report.among & OF_ORIGIN[origin])} {which} GROUP BY {key}"
    )


@cache
def _codes(grouping: Grouping, figures: Figures, origin: Origin, one_group: bool) -> str:
    any_of = " OR ".join(f"({sql_of(figure.condition)})" for figure in figures)
    within_group = f"AND {_GROUPS[grouping][0]} = :key" if one_group else ""
    return (
        f"SELECT d.code FROM dossiers d WHERE ({any_of}) "  # noqa: S608 - our own words
        f"AND {origin_sql(origin)} {within_group} ORDER BY +d.due, d.n"
    )


def rows(
    connection: Connection, report: CountReport, within: Period, origin: Origin
) -> tuple[CountRow, ...]:
    """Return the counts of each group with at least one dossier in some column.

    Of blocks of dossiers whose days are summed, the days are read (day_summaries).
    """
    counted = _Counted(report)
    if not is_of_days(report) or within.end < within.start:
        counted.add(connection, _counted(report, origin, _ALL), bounds(within))
        return counted.rows()
    for some in day_summaries.unsummed(connection):
        values = {**bounds(within), **some._asdict()}
        counted.add(connection, _counted(report, origin, _SOME_ROWS), values)
    column = _OF_DAYS[report.grouping]
    for key, counts in day_summaries.counts(
        connection, column, report.figures, within, origin
    ).items():
        counted.add_counts(key, key, counts)
    whole_day = day_summaries.whole_day(within)
    if within.end < whole_day.end:  # take out what comes later today
        later = _counted(report, origin, f"AND {day_summaries.LATER_THAT_DAY}")
        for sign, period in ((1, within), (-1, whole_day)):
            values = {**bounds(period), **day_summaries.later_bounds(within)}
            counted.add(connection, later, values, sign)
    return counted.rows()


_OF_DAYS = {Grouping.FIELD: "field", Grouping.ORIGIN: "system"}


def is_of_days(report: CountReport) -> bool:
    """True for a report that day_summaries can count."""
    return (
        report.grouping in _OF_DAYS
        and report.among == IN_WORK_WITHIN
        and day_summaries.KNOWN.issuperset(report.figures)
    )


class _Counted:
    """The groups of a report while they are added up."""

    def __init__(self, report: CountReport) -> None:
        self._figures = report.figures
        self._titles: dict[str, str] = {}
        self._counts: defaultdict[str, Counter[Figure]] = defaultdict(Counter)

    def add(
        self, connection: Connection, statement: str, values: Mapping[str, Any], sign: int = 1
    ) -> None:
        """Add what a statement counts: key, name and counts of each group."""

        def add(line: tuple[str, str, int]) -> None:
            key, title, *counts = line
            signed = (sign * int(count) for count in counts)
            self.add_counts(key, title, dict(zip(self._figures, signed, strict=True)))

        sound(connection, "dossiers", run(connection, statement, values), add)

    def add_counts(self, key: str, title: str, counts: Mapping[Figure, int]) -> None:
        """Add the counts of one group."""
        self._titles.setdefault(key, title)
        self._counts[key].update(counts)

    def rows(self) -> tuple[CountRow, ...]:
        """Return the groups that have something to count."""
        return tuple(
            CountRow(key, self._titles[key], {figure: counts[figure] for figure in self._figures})
            for key, counts in self._counts.items()
            if any(counts.values())
        )


def codes(
    connection: Connection,
    grouping: Grouping,
    figures: Figures,
    key: str | None,
    within: Period,
    origin: Origin,
) -> tuple[str, ...]:
    """Return the codes of the dossiers of these figures, by due moment.

    `key`: of one group; None for all of them.
    """
    statement = _codes(grouping, figures, origin, key is not None)
    values = bounds(within) | ({} if key is None else {"key": key})
    return sound(
        connection, "dossiers", run(connection, statement, values), lambda row: str(row[0])
    )


# --- late dossiers with what is known of each -----------------------------------------------------


class LateLine(NamedTuple):
    """A late dossier of a period: cause, who answers for it, its last signed letter."""

    code: str
    procedure_name: str
    applicant: str
    first_due: datetime
    finished: datetime | None
    cause: str
    official: str
    letter_number: int | None
    letter_symbol: str | None
    letter_signed: datetime | None


@cache
def _late(origin: Origin) -> str:
    late = " OR ".join(f"({sql_of(figure.condition)})" for figure in SHARE_LATE)
    return f"""
    SELECT d.code, d.procedure_name, coalesce(a.name, ''), d.first_due, coalesce(d.ready, d.ended),
      coalesce(r.cause, {LETTERS_CAUSE}, ''), coalesce(o.name, ''), l.number, l.symbol, l.signed
    FROM dossiers d LEFT JOIN applicants a ON a.dossier = d.n
    LEFT JOIN responsibilities r ON r.dossier = d.n
    LEFT JOIN officials o ON o.id = r.official AND {DECIDED}
    LEFT JOIN letters l ON l.id = (SELECT s.id FROM letters s WHERE s.dossier = d.n
      AND s.kind = 'late' AND s.signed IS NOT NULL ORDER BY s.ordinal DESC LIMIT 1)
    WHERE ({late}) AND {origin_sql(origin)} ORDER BY d.first_due, d.n
    """  # noqa: S608 - our own words


def late_lines(connection: Connection, within: Period, origin: Origin) -> tuple[LateLine, ...]:
    """Return the dossiers that the late share of a period counts as late, by first due moment."""

    def line(row: Any) -> LateLine:
        code, procedure, applicant, due, finished, cause, official, number, symbol, signed = row
        return LateLine(
            code,
            procedure,
            applicant,
            stored_moment(due),
            stored_moment(finished) if finished else None,
            cause,
            official,
            number,
            symbol,
            stored_moment(signed) if signed else None,
        )

    return sound(connection, "dossiers", run(connection, _late(origin), bounds(within)), line)


# --- fees -----------------------------------------------------------------------------------------


class FeeLine(NamedTuple):
    """Dossiers of one procedure that were taken in under the same words of a fee.

    `certified`: the sum in đồng of what was certified on the spot; None for other dossiers.
    """

    procedure: str
    procedure_name: str
    field: str
    fee: str
    online: bool
    sets: int
    dossiers: int
    certified: int | None


_CERTIFIED = "EXISTS (SELECT 1 FROM certifications c WHERE c.dossier = d.n)"


@cache
def _fees(origin: Origin) -> str:
    received = sql_of(RECEIVED.condition)
    return f"""
    SELECT d.procedure_code, max(d.procedure_name), max(d.field), d.fee, d.channel, d.sets,
      count(*), NULL
    FROM dossiers d WHERE {received} AND {origin_sql(origin)} AND NOT {_CERTIFIED}
    GROUP BY d.procedure_code, d.fee, d.channel, d.sets
    UNION ALL
    SELECT d.procedure_code, max(d.procedure_name), max(d.field), '', '', 1,
      count(DISTINCT d.n), coalesce(sum(c.fee), 0)
    FROM dossiers d JOIN certifications c ON c.dossier = d.n
    WHERE {received} AND {origin_sql(origin)} GROUP BY d.procedure_code
    """  # noqa: S608 - our own words


def fee_lines(connection: Connection, within: Period, origin: Origin) -> tuple[FeeLine, ...]:
    """Return the dossiers taken in within a period by procedure and fee."""

    def line(row: Any) -> FeeLine:
        procedure, name, field, fee, channel, sets, dossiers, certified = row
        return FeeLine(procedure, name, field, fee, channel == "online", sets, dossiers, certified)

    return sound(connection, "dossiers", run(connection, _fees(origin), bounds(within)), line)


@cache
def _fee_codes(origin: Origin, one_procedure: bool) -> str:
    of_one = "AND d.procedure_code = :key " if one_procedure else ""
    return (
        f"SELECT d.code, d.fee, {_CERTIFIED} FROM dossiers d "  # noqa: S608 - our own words
        f"WHERE {sql_of(RECEIVED.condition)} AND {origin_sql(origin)} {of_one}"
        "ORDER BY +d.due, d.n"
    )


def fee_codes(
    connection: Connection, key: str | None, within: Period, origin: Origin
) -> tuple[tuple[str, str, bool], ...]:
    """Return (code, words of the fee, certified on the spot) of the dossiers of a procedure.

    `key`: its code; None for all procedures.
    """
    statement = _fee_codes(origin, key is not None)
    values = bounds(within) | ({} if key is None else {"key": key})
    rows = run(connection, statement, values)
    return sound(connection, "dossiers", rows, lambda row: (row[0], row[1], bool(row[2])))


def with_process(connection: Connection) -> frozenset[str]:
    """Return the codes of the procedures that have an internal process."""
    rows = run(connection, "SELECT DISTINCT procedure_code FROM process_steps")
    return frozenset(code for (code,) in rows)
