"""Keeps parcels whose signature was found right: several at once, in one transaction, each answered
for itself.

A night of many wards is a crowd at one door; what came in while the last transaction was being
written goes together into the next, so that the disk and the database are asked once for all of
them (docs/decisions/050).
"""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, text

from cchc_desk.city.office import City, minute
from cchc_desk.city.store.conditions import days_of_month, sql_of
from cchc_desk.domain.figures import FLOW_NAMES, TOLD_AMONG_LATE
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import (
    Day,
    Kept,
    LateDossier,
    Parcel,
    Receipt,
    Totals,
    hash_of_day,
    state_of,
    written,
)

FAST_CLOCK = timedelta(minutes=10)
_log = logging.getLogger("cchc.city")


@dataclass(frozen=True)
class Incoming:
    """A parcel, the very line it came in, and whose key signed it: the desk, and the name of the
    key.
    """

    desk: str
    kid: str
    line: str
    hash: str
    parcel: Parcel


class CorrectableRefusal(Refused):
    """A refusal with the facts by which the desk can put it right by itself and send again."""

    def __init__(
        self, code: str, message: str, *, days: Iterable[Kept] = (), length: int = 0
    ) -> None:
        super().__init__(code, message)
        self.days, self.length = tuple(days), length


@dataclass(frozen=True)
class _Desk:
    """The sender as the city knows it, locked until the transaction ends."""

    id: str
    ward: str
    kid: str
    parcels: int
    length: int
    head: str
    state: str


@dataclass
class _Taken:
    """A parcel that is being kept: its place in the batch, the rows of its days, whether its ledger
    was strange.
    """

    place: int
    one: Incoming
    desk: _Desk
    days: list[dict[str, Any]]
    held: dict[str, tuple[int, str]]
    strange: str

    @property
    def number(self) -> int:
        return self.desk.parcels + 1

    @property
    def state(self) -> str:
        """Return the state of all the desk's days with these."""
        replaced = [(day, known) for day, (_revision, known) in self.held.items()]
        return state_of(
            [(row["day"], row["hash"]) for row in self.days], self.desk.state, less=replaced
        )


def keep(city: City, batch: Sequence[Incoming]) -> list[str | Refused]:
    """The signed receipt of each parcel, or its refusal; a parcel kept before has the receipt it
    had then.

    No two of a batch may be of the same desk. Trouble when the database fails: then none of them
    was kept.
    """
    outcomes: dict[int, str | Refused] = {}
    with city.database.begin() as connection:
        desks = _desks(connection, batch)
        before = _before(connection, batch)
        held = _held(connection, batch)
        taken: list[_Taken] = []
        for place, one in enumerate(batch):
            try:
                known = before.get((one.desk, one.parcel.id))
                if known:
                    outcomes[place] = _again(one, *known)
                else:
                    taken.append(_checked(city, place, one, desks.get(one.desk), held))
            except Refused as refused:
                outcomes[place] = refused
        if taken:
            outcomes |= _write(city, connection, taken)
    for each in taken:
        facts = {
            "desk": each.desk.id,
            "ward": each.desk.ward,
            "number": each.number,
            "days": len(each.days),
        }
        _log.info("parcel", extra={"facts": facts})
        if each.strange:
            _log.warning("alarm", extra={"facts": {"kind": each.strange, "desk": each.desk.id}})
    return [outcomes[place] for place in range(len(batch))]


# --- what is known --------------------------------------------------------------------------------


def _among(sql: str, *names: str) -> Any:
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in names))


_COLUMNS = (
    "SELECT id, ward, kid, parcels, length, head, state FROM desks "
    "WHERE id IN :ids AND active ORDER BY id"
)
_DESKS = {"sqlite": _among(_COLUMNS, "ids"), "postgresql": _among(f"{_COLUMNS} FOR UPDATE", "ids")}
_BEFORE = _among(
    "SELECT desk, id, hash, receipt FROM parcels WHERE desk IN :desks AND id IN :ids",
    "desks",
    "ids",
)
_HELD = _among(
    "SELECT desk, day, revision, hash FROM days WHERE desk IN :desks AND day BETWEEN :first AND "
    ":last",
    "desks",
)


def _desks(connection: Connection, batch: Sequence[Incoming]) -> dict[str, _Desk]:
    """The senders; no other transaction takes in a parcel of theirs meanwhile (SQLite has locked
    the whole already).
    """
    rows = connection.execute(_DESKS[connection.dialect.name], {"ids": [one.desk for one in batch]})
    return {row.id: _Desk(*row) for row in rows}


def _before(
    connection: Connection, batch: Sequence[Incoming]
) -> dict[tuple[str, str], tuple[str, str]]:
    values = {"desks": [one.desk for one in batch], "ids": [one.parcel.id for one in batch]}
    return {
        (desk, id_): (hash_, receipt)
        for desk, id_, hash_, receipt in connection.execute(_BEFORE, values)
    }


def _held(
    connection: Connection, batch: Sequence[Incoming]
) -> dict[tuple[str, str], tuple[int, str]]:
    """(desk, day) -> (revision, hash) as they are held now, over the span of days that came."""
    days = [day.day for one in batch for day in one.parcel.days]
    values = {
        "desks": [one.desk for one in batch],
        "first": min(days).isoformat(),
        "last": max(days).isoformat(),
    }
    return {
        (desk, day): (revision, known)
        for desk, day, revision, known in connection.execute(_HELD, values)
    }


def _again(one: Incoming, known_hash: str, receipt: str) -> str:
    if known_hash != one.hash:
        raise Refused(
            "parcel-altered", _("Gói mang mã này đã được nhận với nội dung khác; hãy đóng gói lại.")
        )
    return receipt


# --- checks ---------------------------------------------------------------------------------------


def _check_parcel(city: City, desk: _Desk, parcel: Parcel) -> None:
    """Refuse what no desk of this ward can have to say now."""
    if parcel.desk != desk.id or parcel.ward != desk.ward:
        raise Refused("ward-differs", _("Gói này nói về đơn vị hoặc quầy khác với khóa đã ký nó."))
    if parcel.practice != city.practice:
        raise Refused(
            "practice-differs",
            _("Số liệu tập huấn chỉ gửi được cho máy chủ tập huấn, số liệu thật cho máy chủ thật."),
        )
    if parcel.made > city.now() + FAST_CLOCK:
        raise Refused(
            "clock-ahead",
            _(
                "Đồng hồ của quầy chạy trước giờ thành phố ({made}); hãy chỉnh lại đồng hồ rồi "
                "bấm gửi lại."
            ).format(made=f"{parcel.made:%H:%M %d/%m/%Y}"),
        )
    told = [day.day for day in parcel.days]
    if len(set(told)) < len(told) or max(told) > parcel.made.date():
        raise Refused("days", _("Gói có ngày trùng nhau hoặc ngày chưa tới."))
    if any(late.due.date() != day.day for day in parcel.days for late in day.late):
        raise Refused("days", _("Gói có hồ sơ trễ không đúng ngày hẹn của nó."))


def _checked(
    city: City,
    place: int,
    one: Incoming,
    desk: _Desk | None,
    all_held: Mapping[tuple[str, str], tuple[int, str]],
) -> _Taken:
    """The parcel against the ward's own facts, its days against those held, its ledger against the
    one known.
    """
    parcel = one.parcel
    if desk is None or desk.kid != one.kid:  # closed, or enrolled anew with another key
        raise unknown_desk()
    _check_parcel(city, desk, parcel)
    rows = [_day_row(desk, day) for day in sorted(parcel.days, key=lambda day: day.day)]
    held = {
        row["day"]: all_held[desk.id, row["day"]]
        for row in rows
        if (desk.id, row["day"]) in all_held
    }
    newer = [
        Kept(day=day.day, revision=held[day.day.isoformat()][0], hash=held[day.day.isoformat()][1])
        for day in parcel.days
        if held.get(day.day.isoformat(), (0, ""))[0] >= day.revision
    ]
    if newer:
        raise CorrectableRefusal(
            "older-revision",
            _("Thành phố đã có bản mới hơn của {n} ngày trong gói.").format(n=len(newer)),
            days=newer,
        )
    return _Taken(place, one, desk, rows, held, _strange(desk, parcel))


def unknown_desk() -> Refused:
    return Refused(
        "unknown-desk",
        _(
            "Thành phố không biết khóa này: quầy chưa ghi danh, hoặc đã ghi danh lại bằng khóa "
            "khác."
        ),
    )


def _strange(desk: _Desk, parcel: Parcel) -> str:
    """Return "rewound" or "forked" for a ledger that did not simply grow, "" for one that did.

    The figures are taken all the same: a desk restored from its copy must be able to work, and is
    seen to be one.
    """
    ledger = parcel.ledger
    if not desk.length:
        return ""
    if ledger.last.length < desk.length:
        return "rewound"
    if ledger.known is None or ledger.known.length != desk.length:
        raise CorrectableRefusal(
            "ledger-known",
            _("Hãy gửi kèm mục sổ cái số {n}.").format(n=desk.length),
            length=desk.length,
        )
    return "" if ledger.known.hash == desk.head else "forked"


# --- writing --------------------------------------------------------------------------------------

_DAY_COLUMNS = (
    *("desk", "day", "ward", "revision", "hash", "ended"),
    *FLOW_NAMES,
    *("open", "open_late", "late", "flows", "courtesy"),
)
_LATE_COLUMNS = (
    *("desk", "code", "ward", "day", "procedure", "due", "done", "second", "paused"),
    *("cause", "official", "own_fault", "told", "signed", "delivered", "apologised"),
)


def _or_change(columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    """The end of an INSERT: a row with this key takes the new values instead."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


def _upsert(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    values = ", ".join(f":{name}" for name in columns)
    names = ", ".join(columns)
    change = _or_change(columns, key)
    return text(f"INSERT INTO {table} ({names}) VALUES ({values}) {change}")  # noqa: S608


_REVISION = text(
    "INSERT INTO revisions (desk, day, revision, number, hash) VALUES (:desk, :day, :revision, "
    ":number, :hash)"
)
_KEEP_DAY = _upsert("days", _DAY_COLUMNS, ("desk", "day"))
_KEEP_LATE = _upsert("late", _LATE_COLUMNS, ("desk", "code"))
_DROP_LATE = text("DELETE FROM late WHERE desk = :desk AND day = :day")
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in (*FLOW_NAMES, "late"))
_MONTH_COLUMNS = (
    *("desk", "month", "ward", "days"),
    *FLOW_NAMES,
    *("late", "last", "open", "open_late", "told"),
)
# A month anew from its days: their sums, what stood open on the last of them, and who was told in
# time among its late dossiers. (WHERE true: SQLite would take ON CONFLICT for the join's ON.)
_KEEP_MONTH = text(f"""
INSERT INTO months ({", ".join(_MONTH_COLUMNS)})
SELECT summed.*, last_day.open, last_day.open_late,
       (SELECT count(*) FROM late WHERE late.desk = summed.desk AND {sql_of(TOLD_AMONG_LATE)})
FROM (SELECT desk, CAST(:month AS VARCHAR(7)) AS month, ward, count(*) AS days, {_SUMS},
             max(day) AS last
      FROM days WHERE desk = :desk AND day BETWEEN :start AND :end GROUP BY desk, ward) summed
JOIN days last_day ON last_day.desk = summed.desk AND last_day.day = summed.last
WHERE true {_or_change(_MONTH_COLUMNS, ("desk", "month"))}
""")  # noqa: S608 - our own names
_TOTALS = _among(
    "SELECT totals.*, months.open, months.open_late "  # noqa: S608 - our own names
    f"FROM (SELECT desk, sum(days) AS days, {_SUMS}, max(month) AS month FROM months "
    "WHERE desk IN :desks GROUP BY desk) totals "
    "JOIN months ON months.desk = totals.desk AND months.month = totals.month",
    "desks",
)
_KEEP_PARCEL = text(
    "INSERT INTO parcels (desk, number, id, made, received, length, head, hash, line, receipt) "
    "VALUES (:desk, :number, :id, :made, :received, :length, :head, :hash, :line, :receipt)"
)
_KEEP_DESK = text(
    "UPDATE desks SET parcels = :number, length = :length, head = :head, state = :state, made = "
    ":made, "
    "received = :received, versions = :versions, standing = :standing WHERE id = :desk"
)
_ALARM = text(
    "INSERT INTO alarms (at, ward, desk, kind, facts, note) VALUES (:at, :ward, :desk, :kind, "
    ":facts, '')"
)


def _write(city: City, connection: Connection, taken: list[_Taken]) -> dict[int, str]:
    """Writes all of it; answers the receipts by their place in the batch."""
    now = minute(city.now())
    days = [row | {"number": each.number} for each in taken for row in each.days]
    connection.execute(_REVISION, days)
    connection.execute(_KEEP_DAY, days)
    changed = [row for each in taken if each.held for row in each.days]
    if changed:
        connection.execute(_DROP_LATE, changed)
    late = [
        _late_row(each.desk, day, one)
        for each in taken
        for day in each.one.parcel.days
        for one in day.late
    ]
    if late:
        connection.execute(_KEEP_LATE, late)
    months = sorted({(each.desk.id, row["day"][:7]) for each in taken for row in each.days})
    connection.execute(
        _KEEP_MONTH,
        [{"desk": desk, "month": month} | days_of_month(month) for desk, month in months],
    )
    totals = _totals(connection, [each.desk.id for each in taken])
    receipts = {each.place: _receipt(city, each, totals[each.desk.id]) for each in taken}
    rows = [_parcel_row(each, now, receipts[each.place]) for each in taken]
    connection.execute(_KEEP_PARCEL, rows)
    connection.execute(_KEEP_DESK, rows)
    alarms = [_alarm_row(each, now) for each in taken if each.strange]
    if alarms:
        connection.execute(_ALARM, alarms)
    return receipts


def _totals(connection: Connection, desks: list[str]) -> dict[str, Totals]:
    return {
        row["desk"]: Totals(**{name: row[name] for name in Totals.__struct_fields__})
        for row in connection.execute(_TOTALS, {"desks": desks}).mappings()
    }


def _receipt(city: City, each: _Taken, totals: Totals) -> str:
    parcel = each.one.parcel
    hashes = {row["day"]: row["hash"] for row in each.days}
    receipt = Receipt(
        number=each.number,
        parcel=parcel.id,
        desk=each.desk.id,
        at=city.now(),
        hash=each.one.hash,
        days=tuple(
            Kept(day=day.day, revision=day.revision, hash=hashes[day.day.isoformat()])
            for day in parcel.days
        ),
        totals=totals,
        state=each.state,
        length=parcel.ledger.last.length,
        anew=bool(each.strange),
    )
    return wire.sign("receipt", receipt, city.key)


def _parcel_row(each: _Taken, now: str, receipt: str) -> dict[str, Any]:
    parcel = each.one.parcel
    standing = {
        name: getattr(parcel, name) for name in ("fuse", "strikes", "disclosure", "feedback")
    }
    return {
        "desk": each.desk.id,
        "number": each.number,
        "id": parcel.id,
        "made": minute(parcel.made),
        "received": now,
        "length": parcel.ledger.last.length,
        "head": parcel.ledger.last.hash,
        "hash": each.one.hash,
        "line": each.one.line.encode(),
        "receipt": receipt,
        "state": each.state,
        "versions": written(parcel.versions).decode(),
        "standing": _json(standing),
    }


def _alarm_row(each: _Taken, now: str) -> dict[str, Any]:
    desk, last = each.desk, each.one.parcel.ledger.last
    facts = {"before": desk.length, "now": last.length, "head": desk.head, "head_now": last.hash}
    return {
        "at": now,
        "ward": desk.ward,
        "desk": desk.id,
        "kind": each.strange,
        "facts": json.dumps(facts),
    }


def _day_row(desk: _Desk, day: Day) -> dict[str, Any]:
    return {
        "desk": desk.id,
        "day": day.day.isoformat(),
        "ward": desk.ward,
        "revision": day.revision,
        "hash": hash_of_day(day),
        "ended": day.over,
        **{name: sum(getattr(flow, name) for flow in day.flows) for name in FLOW_NAMES},
        "open": day.open,
        "open_late": day.open_late,
        "late": len(day.late),
        "flows": _json(day.flows),
        "courtesy": _json(day.courtesy),
    }


def _late_row(desk: _Desk, day: Day, one: LateDossier) -> dict[str, Any]:
    return {
        "desk": desk.id,
        "code": one.code,
        "ward": desk.ward,
        "day": day.day.isoformat(),
        "procedure": one.procedure,
        "due": minute(one.due),
        "done": minute(one.done) if one.done else None,
        "second": minute(one.second) if one.second else None,
        "paused": minute(one.paused) if one.paused else None,
        "cause": one.cause,
        "official": one.official,
        "own_fault": one.own_fault,
        "told": one.told,
        "signed": len(one.signed),
        "delivered": len(one.delivered),
        "apologised": minute(one.delivered[0]) if one.delivered else None,
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
