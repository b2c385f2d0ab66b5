"""The figures of the city's pages and sheets: the late share, letters owed, notices, strikes, by
ward and month.

The definitions are the desks' own (domain/figures.py). Months are the smallest period, since the
standing figures of a month are those of the last day told of it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, text

import resources
from cchc_desk.city.office import minute
from cchc_desk.city.store.conditions import days_of_year, sql_of
from cchc_desk.city.store.tables import MAY_OWE_A_LETTER
from cchc_desk.domain.figures import (
    FAULT_AMONG_LATE,
    FIRST_LETTER_MISSING,
    FLOW_NAMES,
    SECOND_LETTER_MISSING,
)
from cchc_desk.domain.late_share import SHARE_LATE, SHARE_TOTAL, LateShare
from cchc_desk.domain.lateness import Standing, standing
from cchc_desk.domain.law.regime import Regime, regime_on, regimes_from_json

ORDERS = {
    "share": "share DESC NULLS LAST, late DESC, name",
    "owed": "owed DESC, name",
    "strikes": "review DESC, warning DESC, name",
    "silent": "made NULLS FIRST, name",
    "name": "name",
}
# These need every ward's letters or strikes; the others count them for the wards of the page alone.
_BY_LATE_DOSSIERS = frozenset({"owed", "strikes"})


def _sums(names: Iterable[str]) -> str:
    return ", ".join(f"sum({name}) AS {name}" for name in names)


_LATE = " + ".join(figure.name for figure in SHARE_LATE)
_TOTAL = " + ".join(figure.name for figure in SHARE_TOTAL)
# Compared in whole numbers: nothing is rounded, and exactly on the line counts.
_TRIPPED = f"WHERE {_TOTAL} > 0 AND ({_LATE}) * :of >= ({_TOTAL}) * :line"

# --- the wards in a period: one named part of the statement for each kind of figure ---------------

# What stands open at the end of the period is what stood so in the last month that a desk told of.
_MONTHS_BY_WARD = f"""
in_period AS (SELECT * FROM months WHERE month BETWEEN :first AND :last),
last_told AS (SELECT desk, max(month) AS month FROM in_period GROUP BY desk),
by_month AS (
  SELECT in_period.ward, {_sums(FLOW_NAMES)}, sum(late) AS due_late, sum(told) AS told,
         sum(CASE WHEN in_period.month = last_told.month THEN open ELSE 0 END) AS open,
         sum(CASE WHEN in_period.month = last_told.month THEN open_late ELSE 0 END) AS open_late
  FROM in_period JOIN last_told ON last_told.desk = in_period.desk GROUP BY in_period.ward)
"""  # noqa: S608 - our own words
_DESKS_BY_WARD = """
by_desk AS (
  SELECT ward, count(*) AS desks, min(made) AS made FROM desks WHERE active GROUP BY ward)"""
_COUNTED = (*FLOW_NAMES, "due_late", "told", "open", "open_late")
_WARDS = f"""
SELECT wards.code, wards.name, coalesce(by_desk.desks, 0) AS desks, by_desk.made,
       {", ".join(f"coalesce({name}, 0) AS {name}" for name in _COUNTED)},
       coalesce({_LATE}, 0) AS late, 1.0 * ({_LATE}) / nullif({_TOTAL}, 0) AS share
FROM wards LEFT JOIN by_month ON by_month.ward = wards.code
           LEFT JOIN by_desk ON by_desk.ward = wards.code"""  # noqa: S608 - our own words
_LETTERS_BY_WARD = f"""
by_letter AS (
  SELECT ward, sum(CASE WHEN {sql_of(FIRST_LETTER_MISSING)} THEN 1 ELSE 0 END
                 + CASE WHEN {sql_of(SECOND_LETTER_MISSING)} THEN 1 ELSE 0 END) AS owed
  FROM late WHERE ({MAY_OWE_A_LETTER}) AND ward IN (SELECT code FROM chosen) GROUP BY ward)
"""  # noqa: S608 - our own words
_STRIKES_BY_WARD = f"""
by_official AS (
  SELECT ward, official, count(*) AS strikes FROM late
  WHERE {sql_of(FAULT_AMONG_LATE)} AND ward IN (SELECT code FROM chosen) GROUP BY ward, official),
by_standing AS (
  SELECT ward, sum(CASE WHEN strikes >= :review THEN 1 ELSE 0 END) AS review,
         sum(CASE WHEN strikes >= :warn AND strikes < :review THEN 1 ELSE 0 END) AS warning
  FROM by_official GROUP BY ward)"""  # noqa: S608 - our own words


def _wards_sql(chosen: str, order: str = "") -> str:
    """The figures of the wards that `chosen` takes out of _WARDS (WHERE, ORDER BY, LIMIT)."""
    return f"""
WITH {_MONTHS_BY_WARD},
{_DESKS_BY_WARD},
chosen AS ({_WARDS} {chosen}),
{_LETTERS_BY_WARD},
{_STRIKES_BY_WARD}
SELECT chosen.*, coalesce(by_letter.owed, 0) AS owed, coalesce(by_standing.warning, 0) AS warning,
       coalesce(by_standing.review, 0) AS review
FROM chosen LEFT JOIN by_letter ON by_letter.ward = chosen.code
            LEFT JOIN by_standing ON by_standing.ward = chosen.code
{order}
"""  # noqa: S608 - our own words


_ONE_WARD = text(_wards_sql("WHERE wards.code = :ward"))

# --- one ward, and officials ----------------------------------------------------------------------

_MONTHS = text(f"""
SELECT month, {_sums(FLOW_NAMES)}, sum(late) AS due_late, sum(told) AS told, sum(open) AS open,
       sum(open_late) AS open_late, count(*) AS desks, min(last) AS last
FROM months WHERE ward = :ward AND month BETWEEN :first AND :last GROUP BY month ORDER BY month
""")  # noqa: S608 - our own words
_STRIKES = text(f"""
SELECT late.ward, wards.name, late.official, count(*) AS strikes
FROM late JOIN wards ON wards.code = late.ward
WHERE {sql_of(FAULT_AMONG_LATE)} AND (:ward = '' OR late.ward = :ward)
GROUP BY late.ward, wards.name, late.official HAVING count(*) >= :least
ORDER BY strikes DESC, wards.name, late.official
""")  # noqa: S608 - our own words
_STRIKE_DOSSIERS = text(f"""
SELECT ward, official, code, due, cause FROM late
WHERE {sql_of(FAULT_AMONG_LATE)} AND (:ward = '' OR ward = :ward) ORDER BY due, code
""")  # noqa: S608 - our own words


@dataclass(frozen=True)
class WardRow:
    """One ward in a period of months. `made`: when the desk that sent longest ago did; None for a
    ward with no desk.
    """

    code: str
    name: str
    desks: int
    made: str | None
    received: int
    ready: int
    ready_late: int
    gone: int
    gone_late: int
    due_late: int
    told: int
    open: int
    open_late: int
    owed: int
    warning: int
    review: int
    line: Fraction

    @cached_property
    def fuse(self) -> LateShare:
        return LateShare.of(self, self.line)


@dataclass(frozen=True)
class MonthRow:
    """One month of one ward. `last`: the last day that every desk has told of it; `desks`: how many
    told anything.
    """

    month: str
    received: int
    ready: int
    ready_late: int
    gone: int
    gone_late: int
    due_late: int
    told: int
    open: int
    open_late: int
    desks: int
    last: str
    line: Fraction

    @cached_property
    def fuse(self) -> LateShare:
        return LateShare.of(self, self.line)


R = TypeVar("R", WardRow, MonthRow)


@dataclass(frozen=True)
class Strikes:
    """An official at so many late dossiers through own fault in a year, over all desks of the
    ward.
    """

    ward: str
    ward_name: str
    official: str
    count: int
    standing: Standing
    dossiers: tuple[tuple[str, str, str], ...]  # code, due, cause


@dataclass(frozen=True)
class Period:
    """From one month to another, both included, written 2026-11; always within one year."""

    first: str
    last: str

    @property
    def year(self) -> int:
        return int(self.last[:4])


def _made(kind: type[R], result: CursorResult[*tuple[Any, ...]], line: Fraction) -> tuple[R, ...]:
    """The dataclasses from the columns that bear their names."""
    columns = result.columns(*(one.name for one in fields(kind) if one.name != "line")).mappings()
    return tuple(kind(**row, line=line) for row in columns)


@cache
def _regimes() -> tuple[Regime, ...]:
    return regimes_from_json(resources.read_text("law/regimes.json"))


def regime_of(year: int) -> Regime:
    """The regime that counts strikes and the line in a year, as the desks take it."""
    return regime_on(_regimes(), max(date(year, 12, 31), _regimes()[0].valid_from))


@cache
def ranking_sql(order: str, *, tripped_only: bool = False, limited: bool = True) -> str:
    """The one statement behind the ranked table."""
    which, by = _TRIPPED if tripped_only else "", f"ORDER BY {ORDERS[order]}"
    limit = "LIMIT :limit OFFSET :offset" if limited else ""
    if order in _BY_LATE_DOSSIERS:
        return _wards_sql(which, f"{by} {limit}")
    return _wards_sql(f"{which} {by} {limit}", by)


def ranking_values(period: Period, now: datetime) -> dict[str, Any]:
    regime = regime_of(period.year)
    bounds: dict[str, Any] = {
        "warn": regime.strikes_warn,
        "review": regime.strikes_review,
        "now": minute(now),
    }
    return {"first": period.first, "last": period.last, **bounds, **days_of_year(period.year)}


def ranking(
    connection: Connection,
    period: Period,
    now: datetime,
    order: str = "share",
    *,
    tripped_only: bool = False,
    limit: int = 0,
    offset: int = 0,
) -> tuple[WardRow, ...]:
    """The wards of the city in a period, the worst first by `order` (a key of ORDERS); all of them
    without `limit`.

    `tripped_only`: those that have reached the line.
    """
    line = regime_of(period.year).late_share
    values = ranking_values(period, now) | ({"limit": limit, "offset": offset} if limit else {})
    values |= {"line": line.numerator, "of": line.denominator} if tripped_only else {}
    rows = connection.execute(
        text(ranking_sql(order, tripped_only=tripped_only, limited=bool(limit))), values
    )
    return _made(WardRow, rows, line)


def count_wards(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM wards")).scalar_one())


def by_month(connection: Connection, ward: str, period: Period) -> tuple[MonthRow, ...]:
    """One ward's months, oldest first."""
    line = regime_of(period.year).late_share
    values = {"ward": ward, "first": period.first, "last": period.last}
    rows = connection.execute(_MONTHS, values)
    return _made(MonthRow, rows, line)


def strikes(
    connection: Connection, year: int, ward: str = "", *, least: int | None = None
) -> tuple[Strikes, ...]:
    """The officials at `least` strikes in a year or more (as the regime warns), with the
    dossiers.
    """
    regime = regime_of(year)
    within = days_of_year(year) | {"ward": ward}
    least = regime.strikes_warn if least is None else least
    counted = connection.execute(_STRIKES, within | {"least": least}).all()
    dossiers: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for in_ward, official, code, due, cause in connection.execute(_STRIKE_DOSSIERS, within):
        dossiers.setdefault((in_ward, official), []).append((code, due, cause))
    return tuple(
        Strikes(
            code, name, official, count, standing(count, regime), tuple(dossiers[code, official])
        )
        for code, name, official, count in counted
    )


def by_field(
    connection: Connection, ward: str, period: Period
) -> tuple[tuple[str, Counter[str]], ...]:
    """(field, counts) of one ward, most received first."""
    found: dict[str, Counter[str]] = {}
    sql = "SELECT flows FROM days WHERE ward = :ward AND day BETWEEN :first AND :last"
    values = {"ward": ward, "first": f"{period.first}-01", "last": f"{period.last}-31"}
    for (flows,) in connection.execute(text(sql), values):
        for flow in json.loads(flows):
            counts = found.setdefault(flow["field"], Counter())
            counts.update({name: flow.get(name, 0) for name in FLOW_NAMES})
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1]["received"], pair[0])))


def courtesy(connection: Connection, ward: str, period: Period) -> Counter[str]:
    """ "4 xin, 4 luôn" of one ward: visits, each item's key, faces-1 to faces-5, told-yes,
    told-no.
    """
    found: Counter[str] = Counter()
    sql = "SELECT courtesy FROM days WHERE ward = :ward AND day BETWEEN :first AND :last"
    values = {"ward": ward, "first": f"{period.first}-01", "last": f"{period.last}-31"}
    for (told,) in connection.execute(text(sql), values):
        facts = json.loads(told)
        found["visits"] += facts.get("visits", 0)
        found.update(facts.get("items", {}))
        found.update({f"faces-{n}": count for n, count in enumerate(facts.get("faces", ()), 1)})
        found.update({"told-yes": facts.get("told_yes", 0), "told-no": facts.get("told_no", 0)})
    return found


def ward_totals(connection: Connection, ward: str, now: datetime) -> dict[str, Any]:
    """Count all desks of a ward together for its leader: late share, letters owed, strikes."""
    period = Period(f"{now.year}-01", f"{now.year}-12")
    rows = connection.execute(_ONE_WARD, ranking_values(period, now) | {"ward": ward})
    (whole,) = _made(WardRow, rows, regime_of(now.year).late_share)
    return {
        "year": now.year,
        "desks": whole.desks,
        "late": whole.fuse.late,
        "total": whole.fuse.total,
        "owed": whole.owed,
        "strikes": {
            official.official: official.count
            for official in strikes(connection, now.year, ward, least=1)
        },
    }
