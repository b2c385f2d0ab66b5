"""Rows of lists: dossiers as the list, the day board and the search show them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.domain.dossiers.filters import ANY_DAY, Chip, Days
from cchc_desk.domain.dossiers.found import Part, matches
from cchc_desk.domain.dossiers.register_rows import (
    BookRow,
    FirstPromise,
    LateEntry,
    VoidNumber,
)
from cchc_desk.domain.dossiers.rows import DossierRow, ExchangeRow, RequestRow
from cchc_desk.domain.figures import (
    MAY_BE_LATE,
    READY_AFTER_PROMISE,
    Figure,
    Origin,
    Period,
)
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import ApplicantKind
from cchc_desk.domain.text.numbers import in_one_piece
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, parse_limit
from cchc_desk.i18n import _
from cchc_desk.store.dossiers import search
from cchc_desk.store.dossiers.conditions import bounds, origin_sql, sql_of
from cchc_desk.store.dossiers.dossiers import moment
from cchc_desk.store.engine.database import iso, made, run, sound, stored_moment

# The letters of a dossier are asked for by `delivered`, which has no index, and not by `state`: of
# the indexes on `dossier` and on `state` SQLite may take either, and by `state` each line of a list
# would go through every letter that the desk ever handed over.
_ROW = """
SELECT d.code, a.name, a.name_sort, d.procedure_name, d.accepted, d.first_due, d.last_minute,
       d.due, d.provisional, d.limit_text, d.status, d.ready, d.ended, d.paused_since, d.returned,
       d.closed, o.name, a.phone, a.id_number,
       CASE WHEN a.submitter = '' THEN '' WHEN json_valid(a.submitter)
       THEN json_extract(a.submitter, '$.name') END,
       d.procedure_code,
       (SELECT count(*) FROM letters l
        WHERE l.dossier = d.n AND l.delivered IS NOT NULL AND l.kind = 'late'),
       d.cancelled,
       (SELECT max(r.time) FROM reminders r
        WHERE r.dossier = d.n AND r.answered IS NULL AND d.cancelled IS NULL),
       coalesce(d.process_due, (SELECT substr(w.process_due, 1, 10) || 'T23:59'
        FROM listed w WHERE w.dossier = d.n)),
       d.last_entry
FROM dossiers d JOIN applicants a ON a.dossier = d.n LEFT JOIN officials o ON o.id = d.holder
"""
_at = stored_moment
_STATUS = {int(status): status for status in Status}
ALL = 2**63 - 1  # lines at most: every one
_ORDERS = {
    "due": "d.due, d.n",
    "accepted": "d.n DESC",
    "name": "a.name_sort, d.n",
    "found": "d.n DESC",
}
# A plus keeps SQLite from the index of the order: the condition's own finds few lines.
_FILTERED = _ORDERS | {"due": "+d.due, d.n", "name": "+a.name_sort, d.n"}


def rows(
    connection: Connection,
    now: datetime,
    *,
    status: Iterable[Status] = (),
    open_only: bool = False,
    due_before: datetime | None = None,
    order: str = "due",
    limit: int = ALL,
) -> tuple[DossierRow, ...]:
    """Return the dossiers that fit every condition given, `limit` at most."""
    where: list[str] = []
    values: list[Any] = []
    if codes := [int(s) for s in status]:
        where.append(f"d.status IN ({', '.join('?' * len(codes))})")
        values += codes
    if open_only:
        where.append("d.closed IS NULL")
    if due_before:
        where.append("d.due < ?")
        values.append(iso(due_before))
    return _rows(connection, now, where, values, order, limit)


@dataclass(frozen=True)
class DayCounts:
    """Number of dossiers taken in and of results returned on one day."""

    taken_in: int
    returned: int


@cache
def _day_counts(origin: Origin) -> str:
    return f"""
    SELECT (SELECT count(*) FROM dossiers d
            WHERE d.accepted BETWEEN :start AND :end AND d.cancelled IS NULL
              AND {origin_sql(origin)}),
           (SELECT count(*) FROM dossiers d
            WHERE d.returned BETWEEN :start AND :end AND {origin_sql(origin)})
    """  # noqa: S608 - our own words


def day_counts(
    connection: Connection, day: date, now: datetime, origin: Origin = Origin.ALL
) -> DayCounts:
    """Return what was taken in and returned on a day."""
    found = run(connection, _day_counts(origin), bounds(Period.of_days(day, day, now))).fetchone()
    return DayCounts(*found)


def count_of(connection: Connection, status: Status) -> int:
    """Return the number of dossiers in this state."""
    (count,) = run(
        connection, "SELECT count(*) FROM dossiers WHERE status = ?", (int(status),)
    ).fetchone()
    return int(count)


_MAY_BE_LATE = {
    order: f"{_ROW} WHERE {sql_of(MAY_BE_LATE)} ORDER BY {by}" for order, by in _FILTERED.items()
}


def overdue_candidates(
    connection: Connection, now: datetime, order: str = "due"
) -> tuple[DossierRow, ...]:
    """Return every dossier not closed whose last minute has passed.

    The rules of domain/lateness.py decide which of them are late.
    """
    return _made(run(connection, _MAY_BE_LATE[order], bounds(Period.at(now))), now)


@cache
def _behind(figure: Figure) -> str:
    return f"{_ROW} WHERE {sql_of(figure.condition)} ORDER BY {_FILTERED['due']}"


def behind(connection: Connection, figure: Figure, within: Period) -> tuple[DossierRow, ...]:
    """Return the dossiers that a figure counts, FAULT excepted, by due moment."""
    return _made(run(connection, _behind(figure), bounds(within)), within.now)


def rows_of(connection: Connection, now: datetime, codes: Iterable[str]) -> tuple[DossierRow, ...]:
    wanted = list(codes)
    if not wanted:
        return ()
    return _rows(
        connection, now, [f"d.code IN ({', '.join('?' * len(wanted))})"], wanted, "due", ALL
    )


def rows_of_many(
    connection: Connection, now: datetime, codes: Iterable[str]
) -> tuple[DossierRow, ...]:
    """Return these dossiers by due moment, however many: no statement takes a value for each."""
    wanted = json.dumps(list(codes))
    condition = "d.code IN (SELECT value FROM json_each(?))"
    return _rows(connection, now, [condition], [wanted], "due", ALL)


_CHIPS = {
    Chip.OPEN: "d.closed IS NULL",
    Chip.MINE: "d.holder IN (SELECT value FROM json_each(:mine)) AND d.closed IS NULL",
    Chip.THIS_WEEK: "d.accepted >= :monday",
    Chip.DUE_TODAY: (
        "d.closed IS NULL AND d.ready IS NULL AND d.due >= :today AND d.due < :tomorrow"
    ),
    Chip.LATE: sql_of(MAY_BE_LATE),  # the rules decide which of them are
    Chip.OWED: sql_of(MAY_BE_LATE),
    Chip.WAITING: f"d.status IN ({int(Status.SUPPLEMENT)}, {int(Status.OBLIGATION)})",
    Chip.READY: f"d.status = {int(Status.READY)}",
    Chip.URGED: (
        "d.cancelled IS NULL AND d.n IN (SELECT dossier FROM reminders WHERE answered IS NULL)"
    ),
}


_OWN = (
    "d.accepted_by = :me OR d.holder IN (SELECT value FROM json_each(:mine)) OR d.n IN "
    "(SELECT h.dossier FROM hand_overs h WHERE h.giver = :me OR h.receiver = :me)"
)


@dataclass(frozen=True)
class Codes:
    """The codes of some dossiers: `only` these, or all of them (None), but not `without`."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def __contains__(self, code: str) -> bool:
        return (self.only is None or code in self.only) and code not in self.without


_WATCHED = f"SELECT d.code FROM dossiers d WHERE {origin_sql(Origin.LIST)}"  # noqa: S608


def of_origin(connection: Connection, origin: Origin) -> Codes:
    """Return the dossiers of this origin; what is no dossier ("") belongs to the desk's own."""
    if origin is Origin.ALL:
        return Codes()
    watched = frozenset(code for (code,) in run(connection, _WATCHED))
    return Codes(only=watched) if origin is Origin.LIST else Codes(without=watched)


def any_watched(connection: Connection) -> bool:
    """Return True where the desk has watched dossiers at all."""
    return run(connection, f"{_WATCHED} LIMIT 1").fetchone() is not None


def own_codes(connection: Connection, me: str, stands_for: Iterable[str] = ()) -> frozenset[str]:
    """Return the dossiers that this official took in, held or handed over.

    And those that somebody holds for whom they stand in.
    """
    values = {"me": me, "mine": json.dumps([me, *stands_for])}
    rows = run(connection, f"SELECT d.code FROM dossiers d WHERE {_OWN}", values)  # noqa: S608
    return frozenset(code for (code,) in rows)


@dataclass(frozen=True)
class Wanted:
    """Filters of a list that combine; `me` is the login whose dossiers are `Chip.MINE`.

    `own_only`: of those that `me` took in, held or handed over. What the officials of `stands_for`
    hold is theirs as well: they are away.
    """

    chips: frozenset[Chip] = frozenset()
    accepted: Days = ANY_DAY
    me: str = ""
    own_only: bool = False
    stands_for: tuple[str, ...] = ()
    origin: Origin = Origin.ALL

    @property
    def condition(self) -> str:
        """The condition over `dossiers d`, "" for none."""
        where = dict.fromkeys(_CHIPS[chip] for chip in Chip if chip in self.chips)
        days = self.accepted
        period = (
            "d.accepted >= :first" if days.first else "",
            "d.accepted < :after" if days.last else "",
        )
        own = f"({_OWN})" if self.own_only else ""
        origin = "" if self.origin is Origin.ALL else origin_sql(self.origin)
        return " AND ".join((*where, *filter(None, (*period, own, origin))))

    def values(self, now: datetime) -> dict[str, Any]:
        """Return the parameters of `condition`."""
        day, first, last = now.date(), self.accepted.first, self.accepted.last
        one = timedelta(days=1)
        return bounds(Period.at(now)) | {
            "me": self.me,
            "mine": json.dumps([self.me, *self.stands_for]),
            "monday": (day - one * day.weekday()).isoformat(),
            "today": day.isoformat(),
            "tomorrow": (day + one).isoformat(),
            "first": first.isoformat() if first else "",
            "after": (last + one).isoformat() if last else "",
        }


def fitting(
    connection: Connection, now: datetime, wanted: Wanted, order: str, limit: int
) -> tuple[DossierRow, ...]:
    """Return the dossiers that fit the filters, `limit` at most."""
    condition = wanted.condition
    where, by = (f"WHERE {condition}", _FILTERED) if condition else ("", _ORDERS)
    sql = f"{_ROW} {where} ORDER BY {by[order]} LIMIT :limit"
    return _made(run(connection, sql, wanted.values(now) | {"limit": limit}), now)


def matching(
    connection: Connection, now: datetime, query: str, limit: int, wanted: Wanted | None = None
) -> tuple[DossierRow, ...]:
    """Return at most `limit` dossiers that match the query: exact marks, own names, newest first.

    Those where only the submitter fits stand last, in the same order.
    """
    condition, values = (wanted.condition, wanted.values(now)) if wanted else ("", {})
    numbers = search.find(connection, query, limit, condition, values)
    if not numbers:
        return ()
    places = ", ".join("?" * len(numbers))
    sql = f"{_ROW.replace('SELECT', 'SELECT d.n,', 1)} WHERE d.n IN ({places})"
    by_number = {row[0]: row[1:] for row in run(connection, sql, numbers)}
    found = _made((by_number[n] for n in numbers if n in by_number), now)
    return tuple(sorted(found, key=lambda row: _is_by_submitter(row, query)))


def _is_by_submitter(row: DossierRow, query: str) -> bool:
    return bool(row.submitter_name) and any(
        match.part is Part.SUBMITTER for match in matches(row, query)
    )


def of_person(connection: Connection, now: datetime, id_number: str) -> tuple[DossierRow, ...]:
    """Return the dossiers of this identity number that are not closed, newest first.

    Older versions kept a number with the blanks in which it was typed: the search knows those.
    """
    of = ["a.id_number = ?", "d.closed IS NULL"]
    found = _rows(connection, now, of, [id_number], "accepted", 20)
    numbers = search.with_number(connection, id_number)
    spelt = [f"d.n IN ({', '.join('?' * len(numbers))})", "d.closed IS NULL"]
    rows = _rows(connection, now, spelt, numbers, "accepted", 200) if numbers else ()
    all_of_them = tuple(row for row in rows if in_one_piece(row.id_number) == id_number)
    return all_of_them[:20] if len(all_of_them) > len(found) else found


def _rows(
    connection: Connection,
    now: datetime,
    where: list[str],
    values: list[Any],
    order: str,
    limit: int,
) -> tuple[DossierRow, ...]:
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    by = (_FILTERED if where else _ORDERS)[order]
    sql = f"{_ROW} {condition} ORDER BY {by} LIMIT ?"
    return _made(run(connection, sql, (*values, limit)), now)


def _made(rows: Iterable[Any], now: datetime) -> tuple[DossierRow, ...]:
    """Make the rows of _ROW into those of lists at `now`."""
    return made(rows, partial(_dossier_row, now), partial(_damaged_row, now))


_NEVER = datetime(2199, 12, 31)  # neither due nor late by any rule


def _damaged_row(now: datetime, row: Any) -> DossierRow:
    """Make the line of a dossier whose row cannot be read: its code, and that it is damaged."""
    code = row[0] if isinstance(row[0], str) else "?"
    return DossierRow(
        code=code,
        name=_("hồ sơ bị hỏng"),
        name_sort=b"",
        procedure_name="",
        accepted=_NEVER,
        first_due=_NEVER,
        last_minute=_NEVER,
        due=_NEVER,
        second_due=None,
        provisional=False,
        limit=TimeLimit(LimitUnit.WORKING_DAYS, 1),
        status=Status.RECEIVED,
        ready=None,
        ended=None,
        paused_since=None,
        returned=None,
        closed=None,
        letters_delivered=0,
        holder_name="",
        phone="",
        id_number="",
        submitter_name="",
        procedure_code="",
        now=now,
        damaged=True,
    )


_MOMENT = "'[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'"
_NO_MOMENT = f"NOT d.{{0}} GLOB {_MOMENT} OR julianday(d.{{0}}) IS NULL"
_MOMENTS = ("accepted", "entered", "first_due", "last_minute", "due")
_LATER_MOMENTS = (
    *("ready", "ended", "paused_since", "returned", "cancelled"),
    *("process_due", "forward_by", "forwarded", "agency_received"),
)
_DAMAGED = f"""
SELECT CAST(d.code AS TEXT) FROM dossiers d LEFT JOIN applicants a ON a.dossier = d.n
WHERE d.closed IS NULL AND (a.dossier IS NULL
  OR d.holder NOT IN (SELECT id FROM officials)
  OR typeof(d.status) <> 'integer' OR d.status NOT BETWEEN 1 AND 10
  OR {" OR ".join(map(_NO_MOMENT.format, _MOMENTS))}
  OR {" OR ".join(f"d.{m} IS NOT NULL AND ({_NO_MOMENT.format(m)})" for m in _LATER_MOMENTS)})
ORDER BY d.n
"""  # noqa: S608 - our own words


def damaged(connection: Connection) -> tuple[str, ...]:
    """Return the codes of open dossiers whose moments, state, holder or person cannot be read.

    By a bad moment a list would not even find them.
    """
    return tuple(row[0] for row in run(connection, _DAMAGED))


def _dossier_row(
    now: datetime,
    code: str,
    name: str,
    name_sort: bytes,
    procedure_name: str,
    accepted: str,
    first_due: str,
    last_minute: str,
    due: str,
    provisional: int,
    limit: str,
    status: int,
    ready: str | None,
    ended: str | None,
    paused_since: str | None,
    returned: str | None,
    closed: str | None,
    holder_name: str,
    phone: str,
    id_number: str,
    submitter_name: str,
    procedure_code: str,
    letters_delivered: int,
    cancelled: str | None,
    urged: int | None,
    process_last: str | None,
    last_entry: int,
) -> DossierRow:
    """Make one row of _ROW, its columns in order; a promise that moved has a second due moment.

    The row's fields stand by place, in their order: by name each line takes twice as long.
    """
    "".join((code, name, procedure_name, holder_name, phone, id_number, procedure_code))
    submitter_name.strip()
    current, moved = _at(due), first_due != due
    return DossierRow(
        code,
        name,
        name_sort,
        procedure_name,
        _at(accepted),
        _at(first_due) if moved else current,
        _at(last_minute),
        current,
        current if moved else None,
        bool(provisional),
        parse_limit(limit),
        _STATUS[status],
        _at(ready) if ready else None,
        _at(ended) if ended else None,
        _at(paused_since) if paused_since else None,
        _at(returned) if returned else None,
        _at(closed) if closed else None,
        letters_delivered,
        holder_name,
        phone,
        id_number,
        submitter_name,
        procedure_code,
        now,
        _at(cancelled) if cancelled else None,
        False,
        int(urged or 0),
        _at(process_last) if process_last else None,
        last_entry,
    )


def of_organisations(connection: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Return those of these dossiers that belong to an organisation."""
    wanted = list(codes)
    sql = (
        "SELECT d.code FROM applicants a JOIN dossiers d ON d.n = a.dossier "  # noqa: S608
        f"WHERE a.kind = 'organisation' AND d.code IN ({', '.join('?' * len(wanted))})"
    )
    return frozenset(row[0] for row in run(connection, sql, wanted))


_TO_FORWARD = """
SELECT d.code, d.forward_by FROM dossiers d
WHERE d.forward_by IS NOT NULL AND d.forwarded IS NULL AND d.ready IS NULL AND d.ended IS NULL
  AND d.cancelled IS NULL ORDER BY d.forward_by, d.n
"""


def to_forward(connection: Connection) -> dict[str, datetime]:
    """Return the dossiers taken in for another agency that are still here, until when they go."""
    return dict(sound(connection, "dossiers", run(connection, _TO_FORWARD), _code_and_moment))


def fields_of(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Return the field of work of each of these dossiers."""
    wanted = list(codes)
    sql = (
        "SELECT d.code, d.field FROM dossiers d "  # noqa: S608
        f"WHERE d.code IN ({', '.join('?' * len(wanted))})"
    )
    return {str(code): str(field) for code, field in run(connection, sql, wanted)}


def promised(connection: Connection, codes: Iterable[str]) -> dict[str, datetime]:
    """Return the first promise of each of these dossiers as it was printed."""
    wanted = list(codes)
    sql = (
        "SELECT d.code, p.due FROM promises p JOIN dossiers d ON d.n = p.dossier "  # noqa: S608
        f"WHERE p.ordinal = 1 AND d.code IN ({', '.join('?' * len(wanted))})"
    )
    return dict(sound(connection, "promises", run(connection, sql, wanted), _code_and_moment))


def _code_and_moment(row: tuple[str, str]) -> tuple[str, datetime]:
    return row[0], stored_moment(row[1])


def notified(connection: Connection) -> frozenset[str]:
    """Return the open dossiers whose citizen was given notice."""
    sql = (
        "SELECT DISTINCT d.code FROM notices n JOIN dossiers d ON d.n = n.dossier "
        "WHERE d.closed IS NULL"
    )
    return frozenset(row[0] for row in run(connection, sql))


_OPEN = "d.closed IS NULL AND d.status IN (2, 4, 5, 6)"


def loads(
    connection: Connection, origin: Origin = Origin.ALL
) -> tuple[tuple[str, int, datetime], ...]:
    """Return (name, open dossiers, nearest due moment) of every holder, the most loaded first."""
    sql = (
        "SELECT o.name, count(*), min(d.due) "  # noqa: S608
        "FROM dossiers d JOIN officials o ON o.id = d.holder "
        f"WHERE {_OPEN} AND {origin_sql(origin)} "
        "GROUP BY d.holder, o.name, o.name_sort ORDER BY count(*) DESC, o.name_sort"
    )
    return sound(
        connection, "dossiers", run(connection, sql), lambda row: (*row[:2], stored_moment(row[2]))
    )


def last_acts_before(connection: Connection, day: date) -> dict[str, datetime]:
    """Return the moment of the last act on each open dossier that had none from `day` on."""
    sql = (
        "SELECT d.code, max(j.at) FROM dossiers d JOIN journal j ON j.code = d.code "  # noqa: S608
        f"WHERE {_OPEN} GROUP BY d.code HAVING max(j.at) < ?"
    )
    rows = run(connection, sql, (day.isoformat(),))
    return dict(sound(connection, "journal", rows, _code_and_moment))


_BOOK = """
SELECT d.code, d.procedure_name, d.sets, a.name, a.address, a.phone,
       (SELECT h.agency FROM hand_overs h WHERE h.dossier = d.n AND h.agency <> ''
        ORDER BY h.ordinal LIMIT 1),
       d.accepted, d.entered,
       (SELECT p.due FROM promises p WHERE p.dossier = d.n AND p.ordinal = 1), d.first_due, d.due,
       d.returned, a.returned_how, a.returned_to, d.ended, d.status, d.paper_receipt
FROM dossiers d JOIN applicants a ON a.dossier = d.n
WHERE d.accepted BETWEEN ? AND ? AND ? IN ('', d.field) AND d.cancelled IS NULL
ORDER BY d.accepted, d.n
"""


def book(
    connection: Connection, start: str, end: str, field: str, own_agency: str
) -> tuple[BookRow, ...]:
    """Return the dossiers taken in from `start` to `end` (ISO minutes), of one field or all ("").

    `own_agency` leads the work where no other agency does.
    """
    rows = run(connection, _BOOK, (start, end, field))
    return sound(connection, "dossiers", rows, lambda row: _book_row(own_agency, *row))


def _book_row(
    own_agency: str,
    code: str,
    procedure_name: str,
    sets: int,
    name: str,
    address: str,
    phone: str,
    agency: str | None,
    accepted: str,
    entered: str,
    promised: str,
    first_due: str,
    due: str,
    returned: str | None,
    returned_how: str,
    returned_to: str,
    ended: str | None,
    status: int,
    paper_receipt: str,
) -> BookRow:
    """Make one row of _BOOK, its columns in their order."""
    at = stored_moment
    "".join((code, procedure_name, name, address, phone, returned_to, paper_receipt))
    return BookRow(
        code=code,
        procedure_name=procedure_name,
        sets=sets,
        name=name,
        address=address,
        phone=phone,
        agency=agency or own_agency,
        accepted=at(accepted),
        entered=at(entered),
        promise=FirstPromise(printed=at(promised), now=at(first_due)),
        due=at(due),
        returned=moment(returned),
        returned_how=How(returned_how) if returned_how else None,
        returned_to=returned_to,
        ended=moment(ended),
        status=_STATUS[status],
        paper_receipt=paper_receipt,
    )


def late_entries(connection: Connection, start: str, end: str) -> tuple[LateEntry, ...]:
    """Return the dossiers taken in from `start` to `end` (ISO minutes), typed later, in order.

    A watched one was never taken in here.
    """
    sql = (
        "SELECT d.code, a.name, d.accepted, d.entered, d.paper_receipt FROM dossiers d "  # noqa: S608
        "JOIN applicants a ON a.dossier = d.n "
        "WHERE d.accepted BETWEEN ? AND ? AND d.entered > d.accepted AND d.cancelled IS NULL "
        f"AND {origin_sql(Origin.DESK)} ORDER BY d.accepted, d.n"
    )
    rows = run(connection, sql, (start, end))
    return sound(connection, "dossiers", rows, lambda row: _late_entry(*row))


def _late_entry(code: str, name: str, accepted: str, entered: str, receipt: str) -> LateEntry:
    return LateEntry(code, name, _at(accepted), _at(entered), receipt)


_LAST_RECEIVER = """
SELECT h.receiver FROM dossiers d JOIN hand_overs h ON h.dossier = d.n
WHERE d.n > (SELECT max(n) FROM dossiers) - 5000 AND d.procedure_code = ? AND h.receiver <> ?
ORDER BY d.n DESC, h.ordinal DESC LIMIT 1
"""


def last_receiver(connection: Connection, procedure_code: str, holder: str) -> str | None:
    """Return who took the last dossier of this procedure, but for `holder`; None for nobody.

    Among the newest 5000 dossiers.
    """
    row = run(connection, _LAST_RECEIVER, (procedure_code, holder)).fetchone()
    return str(row[0]) if row else None


_CANCELLED = """
SELECT d.code, d.procedure_name, a.name, d.cancelled
FROM dossiers d JOIN applicants a ON a.dossier = d.n
WHERE d.cancelled BETWEEN ? AND ? ORDER BY d.cancelled, d.n
"""


def cancelled(connection: Connection, start: str, end: str) -> tuple[VoidNumber, ...]:
    """Return the entries made by mistake, cancelled from `start` to `end` (ISO minutes)."""
    rows = run(connection, _CANCELLED, (start, end))
    return sound(connection, "dossiers", rows, lambda row: _void_number(*row))


def _void_number(code: str, procedure: str, name: str, at: str) -> VoidNumber:
    return VoidNumber(code, procedure, name, _at(at), code)


_OVERRUNS = f"""
SELECT d.first_due, d.ready FROM dossiers d
WHERE d.procedure_code = ? AND {sql_of(READY_AFTER_PROMISE)} ORDER BY d.ready DESC LIMIT 50
"""  # noqa: S608 - our own words


def overruns(connection: Connection, procedure_code: str) -> list[tuple[datetime, datetime]]:
    """Return (due, ready) of this procedure's late dossiers, the 50 newest."""
    rows = run(connection, _OVERRUNS, (procedure_code,))
    return list(sound(connection, "dossiers", rows, lambda row: (_at(row[0]), _at(row[1]))))


_REQUESTS = """
SELECT d.code, CASE WHEN s.number < 10 THEN '0' ELSE '' END || s.number || '/' || s.symbol,
       p.items, p.began, p.told, p.told_how, p.ended
FROM pauses p JOIN dossiers d ON d.n = p.dossier JOIN slips s ON s.id = p.slip
WHERE p.kind = 'supplement' AND p.undone IS NULL AND d.ready IS NULL AND d.ended IS NULL
  AND p.ordinal = (
    SELECT max(l.ordinal) FROM pauses l
    WHERE l.dossier = p.dossier AND l.kind = 'supplement' AND l.undone IS NULL)
ORDER BY p.began, d.n
"""


def requests(connection: Connection) -> tuple[RequestRow, ...]:
    """Return the last request of every unfinished dossier that has one, oldest first."""
    rows = run(connection, _REQUESTS)
    return sound(connection, "pauses", rows, lambda row: _request(*row))


def _request(
    code: str,
    number: str,
    items: str,
    asked: str,
    told: str | None,
    told_how: str,
    brought: str | None,
) -> RequestRow:
    """Make one row of _REQUESTS, its columns in their order."""
    return RequestRow(
        code=code,
        number=number,
        items=tuple(json.loads(items)),
        asked=_at(asked),
        told=moment(told),
        told_how=told_how,
        brought=moment(brought),
    )


_EXCHANGE = """
SELECT d.code, d.portal_code, d.procedure_code, d.procedure_name, d.field, d.channel, a.kind,
       a.name, a.id_number, a.address, a.phone, a.email, d.accepted, d.first_due, d.due,
       coalesce(d.ready, d.ended), d.returned, d.status
FROM dossiers d JOIN applicants a ON a.dossier = d.n
WHERE d.accepted BETWEEN :start AND :end OR d.ready BETWEEN :start AND :end
   OR d.ended BETWEEN :start AND :end OR d.returned BETWEEN :start AND :end
ORDER BY d.n
"""


def for_exchange(connection: Connection, start: str, end: str) -> tuple[ExchangeRow, ...]:
    """Return the dossiers taken in, done or returned from `start` to `end` (ISO minutes)."""
    values = {"start": start, "end": end}
    return sound(connection, "dossiers", run(connection, _EXCHANGE, values), _exchange_row)


def _exchange_row(row: Any) -> ExchangeRow:
    (
        code, portal_code, procedure_code, procedure_name, field, channel, kind, name,
        id_number, address, phone, email, accepted, first_due, due, done, returned, status,
    ) = row  # fmt: skip
    "".join((code, portal_code, procedure_name, field, name, id_number, address, phone, email))
    return ExchangeRow(
        code=code,
        portal_code=portal_code,
        procedure_code=procedure_code,
        procedure_name=procedure_name,
        field=field,
        channel=Channel(channel),
        kind=ApplicantKind(kind),
        name=name,
        id_number=id_number,
        address=address,
        phone=phone,
        email=email,
        accepted=_at(accepted),
        first_due=_at(first_due),
        due=_at(due),
        done=moment(done),
        returned=moment(returned),
        status=_STATUS[status],
    )
