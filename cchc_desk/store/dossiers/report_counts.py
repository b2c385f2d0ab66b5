"""Counts of dossiers by group, and the dossiers behind each (domain/reports/counts.py)."""

from functools import cache

from sqlalchemy import Connection

from cchc_desk.domain.figures import OF_ORIGIN, Origin, Period
from cchc_desk.domain.reports.counts import CountReport, CountRow, Figures, Grouping
from cchc_desk.store.dossiers.conditions import bounds, origin_sql, sql_of
from cchc_desk.store.engine.database import run, sound

# The value that a group is known by, and its name.
_GROUPS = {
    Grouping.FIELD: ("d.field", "d.field"),
    Grouping.PROCEDURE: ("d.procedure_code", "max(d.procedure_name)"),
    Grouping.CHANNEL: ("d.channel", "d.channel"),
    Grouping.HOLDER: ("d.holder", "(SELECT o.name FROM officials o WHERE o.id = d.holder)"),
    Grouping.ORIGIN: ("d.system", "d.system"),
}


@cache
def _counted(report: CountReport, origin: Origin) -> str:
    key, title = _GROUPS[report.grouping]
    counts = ", ".join(
        f"count(*) FILTER (WHERE {sql_of(figure.condition)})" for figure in report.figures
    )
    return (
        f"SELECT {key}, {title}, {counts} FROM dossiers d "  # noqa: S608 - our own words
        f"WHERE {sql_of(report.among & OF_ORIGIN[origin])} GROUP BY {key}"
    )


@cache
def _codes(grouping: Grouping, figures: Figures, origin: Origin, one_group: bool) -> str:
    any_of = " OR ".join(f"({sql_of(figure.condition)})" for figure in figures)
    key, _title = _GROUPS[grouping]
    within_group = f"AND {key} = :key" if one_group else ""
    return (
        f"SELECT d.code FROM dossiers d WHERE ({any_of}) "  # noqa: S608 - our own words
        f"AND {origin_sql(origin)} {within_group} ORDER BY +d.due, d.n"
    )


def rows(
    connection: Connection, report: CountReport, within: Period, origin: Origin
) -> tuple[CountRow, ...]:
    """Return the counts of each group with at least one dossier in some column."""
    found = run(connection, _counted(report, origin), bounds(within))

    def row(line: tuple[str, str, int]) -> CountRow:
        key, title, *counts = line
        return CountRow(key, title, dict(zip(report.figures, counts, strict=True)))

    return tuple(
        one for one in sound(connection, "dossiers", found, row) if any(one.counts.values())
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
