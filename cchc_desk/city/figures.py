"""What the city's pages and sheets show, each number once: the fuse, letters owed, notices,
strikes, by ward and month.

The definitions are the desks' own (docs/promise.md): all is (ready + gone late + open late at the
end) of the period. Months are the smallest period, since the standing figures of a month are those
of the last day told of it.
"""

import json
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, text

import resources
from cchc_desk.city.office import minute
from cchc_desk.domain.figures import LateShare
from cchc_desk.domain.lateness import Standing, standing
from cchc_desk.domain.law.regime import Regime, regime_on, regimes_from_json

_FLOWS = ("received", "ready", "ready_late", "gone", "gone_late")
# Letters owed by one late dossier: one, and another once its re-appointment broke, less those
# handed over (docs/promise.md, "Apology for every late dossier"). A clock that stood still before
# the second date stops it too.
# date stops it too.
_OWED = """1 + CASE WHEN second IS NOT NULL AND
  substr(coalesce(done, CASE WHEN paused <= second THEN paused END, :now), 1, 10) > substr(second, 1, 10)
  THEN 1 ELSE 0 END - delivered"""
_OWING = "(delivered = 0 OR second IS NOT NULL AND delivered < 2)"
ORDERS = {
    "share": "share DESC NULLS LAST, late DESC, name",
    "owed": "owed DESC, name",
    "strikes": "review DESC, warning DESC, name",
    "silent": "made NULLS FIRST, name",
    "name": "name",
}
# These need every ward's letters or strikes; the others count them for the wards of the page alone.
_BY_LATE_DOSSIERS = frozenset({"owed", "strikes"})
_TOTAL = "coalesce(ready + gone_late + open_late, 0)"
_WARDS = f"""
WITH m AS (SELECT * FROM months WHERE month BETWEEN :first AND :last),
e AS (SELECT desk, max(month) AS month FROM m GROUP BY desk),
f AS (SELECT m.ward, {", ".join(f"sum({name}) AS {name}" for name in _FLOWS)}, sum(late) AS due_late, sum(told) AS told,
             sum(CASE WHEN m.month = e.month THEN open ELSE 0 END) AS open,
             sum(CASE WHEN m.month = e.month THEN open_late ELSE 0 END) AS open_late
      FROM m JOIN e ON e.desk = m.desk GROUP BY m.ward),
d AS (SELECT ward, count(*) AS desks, min(made) AS made FROM desks WHERE active GROUP BY ward),
top AS (SELECT w.code, w.name, coalesce(d.desks, 0) AS desks, d.made,
       {", ".join(f"coalesce(f.{name}, 0) AS {name}" for name in (*_FLOWS, "due_late", "told", "open", "open_late"))},
       coalesce(ready_late + gone_late + open_late, 0) AS late,
       1.0 * (ready_late + gone_late + open_late) / nullif(ready + gone_late + open_late, 0) AS share
  FROM wards w LEFT JOIN f ON f.ward = w.code LEFT JOIN d ON d.ward = w.code {{which}}),
o AS (SELECT ward, sum(n) AS owed
      FROM (SELECT ward, {_OWED} AS n FROM late WHERE {_OWING} AND ward IN (SELECT code FROM top)) x
      WHERE n > 0 GROUP BY ward),
s AS (SELECT ward, sum(CASE WHEN n >= :review THEN 1 ELSE 0 END) AS review,
             sum(CASE WHEN n >= :warn AND n < :review THEN 1 ELSE 0 END) AS warning
      FROM (SELECT ward, official, count(*) AS n FROM late
            WHERE own_fault AND official <> '' AND day BETWEEN :january AND :december
              AND ward IN (SELECT code FROM top) GROUP BY ward, official) x
      GROUP BY ward)
SELECT top.*, coalesce(o.owed, 0) AS owed, coalesce(s.warning, 0) AS warning, coalesce(s.review, 0) AS review
FROM top LEFT JOIN o ON o.ward = top.code LEFT JOIN s ON s.ward = top.code
"""  # noqa: S608 - our own words
_MONTHS = f"""
SELECT month, {", ".join(f"sum({name}) AS {name}" for name in _FLOWS)}, sum(late) AS due_late, sum(told) AS told,
       sum(open) AS open, sum(open_late) AS open_late, count(*) AS desks, min(last) AS last
FROM months WHERE ward = :ward AND month BETWEEN :first AND :last GROUP BY month ORDER BY month
"""  # noqa: S608 - our own words
_STRIKES = """
SELECT l.ward, w.name, l.official, count(*) AS n FROM late l JOIN wards w ON w.code = l.ward
WHERE l.own_fault AND l.official <> '' AND l.day BETWEEN :january AND :december AND (:ward = '' OR l.ward = :ward)
GROUP BY l.ward, w.name, l.official HAVING count(*) >= :least ORDER BY n DESC, w.name, l.official
"""
_STRIKE_CODES = """
SELECT ward, official, code, due, cause FROM late
WHERE own_fault AND official <> '' AND day BETWEEN :january AND :december AND (:ward = '' OR ward = :ward)
ORDER BY due, code
"""


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


def _year(year: int) -> dict[str, str]:
    return {"january": f"{year}-01-01", "december": f"{year}-12-31"}


def ranking_sql(order: str, *, tripped_only: bool = False, limited: bool = True) -> str:
    """The one statement behind the ranked table; whole numbers say who has reached the line,
    nothing is rounded.
    """
    tripped = (
        f"WHERE {_TOTAL} > 0 AND (ready_late + gone_late + open_late) * :of >= {_TOTAL} * :line"
    )
    which, order_by = tripped if tripped_only else "", f"ORDER BY {ORDERS[order]}"
    limit = "LIMIT :limit OFFSET :offset" if limited else ""
    if order in _BY_LATE_DOSSIERS:
        return f"{_WARDS.format(which=which)} {order_by} {limit}"
    return f"{_WARDS.format(which=f'{which} {order_by} {limit}')} {order_by}"


def ranking_values(period: Period, now: datetime) -> dict[str, Any]:
    regime = regime_of(period.year)
    bounds: dict[str, Any] = {
        "warn": regime.strikes_warn,
        "review": regime.strikes_review,
        "now": minute(now),
    }
    return {"first": period.first, "last": period.last, **bounds, **_year(period.year)}


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
    rows = connection.execute(
        text(_MONTHS), {"ward": ward, "first": period.first, "last": period.last}
    )
    return _made(MonthRow, rows, line)


def strikes(
    connection: Connection, year: int, ward: str = "", *, least: int | None = None
) -> tuple[Strikes, ...]:
    """The officials at `least` strikes in a year or more (as the regime warns), with the
    dossiers.
    """
    regime = regime_of(year)
    values = {**_year(year), "ward": ward, "least": regime.strikes_warn if least is None else least}
    counted = connection.execute(text(_STRIKES), values).all()
    dossiers: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for in_ward, official, code, due, cause in connection.execute(
        text(_STRIKE_CODES), {**_year(year), "ward": ward}
    ):
        dossiers.setdefault((in_ward, official), []).append((code, due, cause))
    return tuple(
        Strikes(code, name, official, n, standing(n, regime), tuple(dossiers[code, official]))
        for code, name, official, n in counted
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
            counts.update({name: flow.get(name, 0) for name in _FLOWS})
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
    """What a ward's leader is told of all its desks together: the fuse of the year, letters owed,
    strikes.
    """
    period = Period(f"{now.year}-01", f"{now.year}-12")
    sql = text(_WARDS.format(which="WHERE w.code = :ward"))
    rows = connection.execute(sql, ranking_values(period, now) | {"ward": ward})
    (whole,) = _made(WardRow, rows, regime_of(now.year).late_share)
    return {
        "year": now.year,
        "desks": whole.desks,
        "late": whole.fuse.late,
        "total": whole.fuse.total,
        "owed": whole.owed,
        "strikes": {
            one.official: one.count for one in strikes(connection, now.year, ward, least=1)
        },
    }
