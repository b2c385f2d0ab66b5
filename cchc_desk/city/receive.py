"""What comes from the desks: each line is checked, kept once, and answered with a line the city signed.

The order of the checks is the order of trust: size, form, whose key, signature, content, and only then the ward's
own facts. A parcel that came before is answered with the receipt it had; a refused one leaves nothing but a log line.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from cchc_desk.city import enrolment, news
from cchc_desk.city.office import City, minute
from cchc_desk.errors import Refused
from cchc_desk.language import _
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import (
    Day,
    Kept,
    LateDossier,
    Parcel,
    Question,
    Receipt,
    Refusal,
    Totals,
    hash_of_day,
    state_of,
    written,
)

FAST_CLOCK = timedelta(minutes=10)
_log = logging.getLogger("cchc.city")

_STATUS = {"unknown-desk": 401, "signature": 401, "not-signed": 400, "too-large": 413, "try-later": 429}


@dataclass(frozen=True)
class Reply:
    """What the server says: the HTTP status and the signed lines."""

    status: int
    lines: tuple[str, ...]


class _Mendable(Exception):
    """A refusal that the desk can put right by itself, with what it needs for it."""

    def __init__(self, no: Refused, *, days: Iterable[Kept] = (), length: int = 0) -> None:
        self.no, self.days, self.length = no, tuple(days), length


@dataclass(frozen=True)
class _Desk:
    """The sender as the city knows it."""

    id: str
    ward: str
    key: str
    parcels: int
    length: int
    head: str
    state: str


def answer(city: City, line: str, address: str) -> Reply:
    """Takes one line from a desk, whatever it is; what is no is logged and said."""
    try:
        kind = wire.kind_of(line)
        if kind == "enrolment":
            return Reply(200, (enrolment.welcome(city, line, address),))
        if kind == "question":
            return Reply(200, _down(city, line))
        return Reply(200, (_parcel(city, line),))
    except Refused as no:
        return _refusal(city, line, address, _Mendable(no))
    except _Mendable as mendable:
        return _refusal(city, line, address, mendable)


def _refusal(city: City, line: str, address: str, why: _Mendable) -> Reply:
    """The city's signed no; what it lets a desk put right is no cause for a warning."""
    line_hash, code = wire.hash_of(line), why.no.code
    level = logging.INFO if why.length else logging.WARNING  # asked for an entry, it sends it: that is how it goes
    _log.log(level, "refused", extra={"facts": {"code": code, "address": address, "hash": line_hash}})
    refusal = Refusal(code=code, message=why.no.message[:1000], hash=line_hash, days=why.days, length=why.length)
    return Reply(_STATUS.get(code, 409), (wire.sign("refusal", refusal, city.key),))


@dataclass(frozen=True)
class FileAnswers:
    """What a desk's file came to: the lines to carry back, how many receipts, the codes of what was refused."""

    lines: tuple[str, ...]
    receipts: int
    refused: tuple[str, ...]


def take_file(city: City, lines: Iterable[str]) -> FileAnswers:
    """Takes every line of a desk's file as if it had come over the wire."""
    answers = tuple(line for one in lines for line in answer(city, one, "file").lines)
    kinds = [wire.kind_of(line) for line in answers]
    own = wire.public_key(city.public_key)
    refused = tuple(
        wire.read(line, kind, Refusal, own).code for line, kind in zip(answers, kinds, strict=True) if kind == "refusal"
    )
    return FileAnswers(answers, kinds.count("receipt"), refused)


# --- who ------------------------------------------------------------------------------------------------------------

_DESK = text("SELECT id, ward, key, parcels, length, head, state FROM desks WHERE kid = :kid AND active")


def _sender(connection: Connection, line: str) -> _Desk:
    row = connection.execute(_DESK, {"kid": wire.sender_of(line)}).one_or_none()
    if row is None:
        raise Refused(
            "unknown-desk", _("Thành phố không biết khóa này: quầy chưa ghi danh, hoặc đã ghi danh lại bằng khóa khác.")
        )
    return _Desk(*row)


# --- a parcel -------------------------------------------------------------------------------------------------------

_BEFORE = text("SELECT hash, receipt FROM parcels WHERE desk = :desk AND id = :id")
_LOCK = "SELECT id, ward, key, parcels, length, head, state FROM desks WHERE id = :id"
_KNOWN = "SELECT day, revision, hash FROM days WHERE desk = :desk AND day BETWEEN :first AND :last"
_REVISION = text(
    "INSERT INTO revisions (desk, day, revision, number, hash) VALUES (:desk, :day, :revision, :number, :hash)"
)
_COUNTS = ("received", "ready", "ready_late", "gone", "gone_late")
_DAY_COLUMNS = (
    *("desk", "day", "ward", "revision", "hash", "ended"),
    *_COUNTS,
    *("open", "open_late", "late", "flows", "courtesy"),
)
_LATE_COLUMNS = (
    *("desk", "code", "ward", "day", "procedure", "due", "done", "second", "paused"),
    *("cause", "official", "own_fault", "told", "signed", "delivered", "apologised"),
)


def _upsert(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    values = ", ".join(f":{name}" for name in columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return text(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) "  # noqa: S608 - our own names
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    )


_KEEP_DAY = _upsert("days", _DAY_COLUMNS, ("desk", "day"))
_KEEP_LATE = _upsert("late", _LATE_COLUMNS, ("desk", "code"))
_DROP_LATE = text("DELETE FROM late WHERE desk = :desk AND day = :day")
_SUMS = ", ".join(f"sum({name})" for name in (*_COUNTS, "late"))
_KEEP_MONTH = text(f"""
INSERT INTO months (desk, month, ward, days, {", ".join(_COUNTS)}, late, last, told, open, open_late)
SELECT s.*,
       (SELECT count(*) FROM late l WHERE l.desk = s.desk AND l.day BETWEEN :first AND :last AND l.told = 'in-time'),
       e.open, e.open_late
FROM (SELECT desk, CAST(:month AS VARCHAR(7)) AS month, ward, count(*) AS days, {_SUMS}, max(day) AS last FROM days
      WHERE desk = :desk AND day BETWEEN :first AND :last GROUP BY desk, ward) s
JOIN days e ON e.desk = s.desk AND e.day = s.last
WHERE true
ON CONFLICT (desk, month) DO UPDATE SET ward = excluded.ward, days = excluded.days,
  {", ".join(f"{name} = excluded.{name}" for name in (*_COUNTS, "late", "last", "told", "open", "open_late"))}
""")  # noqa: S608 - our own names
_TOTALS = text(f"""
SELECT sum(days), {_SUMS}, max(month) FROM months WHERE desk = :desk
""")  # noqa: S608 - our own names
_STOOD = text("SELECT open, open_late FROM months WHERE desk = :desk AND month = :month")
_KEEP_PARCEL = text(
    "INSERT INTO parcels (desk, number, id, made, received, length, head, hash, line, receipt) "
    "VALUES (:desk, :number, :id, :made, :received, :length, :head, :hash, :line, :receipt)"
)
_KEEP_DESK = text(
    "UPDATE desks SET parcels = :number, length = :length, head = :head, state = :state, made = :made, "
    "received = :received, versions = :versions, standing = :standing WHERE id = :desk"
)
_ALARM = text("INSERT INTO alarms (at, ward, desk, kind, facts, note) VALUES (:at, :ward, :desk, :kind, :facts, '')")


def _parcel(city: City, line: str) -> str:
    with city.database.begin() as connection:
        sender = _sender(connection, line)
        parcel = wire.read(line, "parcel", Parcel, wire.public_key(sender.key))
        # From here on no other parcel of this desk is taken in meanwhile; SQLite has locked the whole already.
        lock = _LOCK + (" FOR UPDATE" if connection.dialect.name == "postgresql" else "")
        sender = _Desk(*connection.execute(text(lock), {"id": sender.id}).one())
        line_hash = wire.hash_of(line)
        before = connection.execute(_BEFORE, {"desk": sender.id, "id": parcel.id}).one_or_none()
        if before is not None:
            if before.hash != line_hash:
                raise Refused("parcel-altered", _("Gói mang mã này đã được nhận với nội dung khác; hãy đóng gói lại."))
            return str(before.receipt)
        _check(city, sender, parcel)
        number = sender.parcels + 1
        now = city.now()
        held = _held_days(connection, sender, parcel)
        strange = _watch_ledger(city, connection, sender, parcel, now)
        state = _keep_days(connection, sender, parcel, number, held)
        receipt = Receipt(
            number=number,
            parcel=parcel.id,
            desk=sender.id,
            at=now,
            hash=line_hash,
            days=tuple(Kept(day=day.day, revision=day.revision, hash=hash_of_day(day)) for day in parcel.days),
            totals=_totals(connection, sender.id),
            state=state,
            length=parcel.ledger.last.length,
            anew=strange,
        )
        signed = wire.sign("receipt", receipt, city.key)
        facts = {
            "desk": sender.id,
            "number": number,
            "made": minute(parcel.made),
            "received": minute(now),
            "length": parcel.ledger.last.length,
            "head": parcel.ledger.last.hash,
            "state": state,
        }
        connection.execute(
            _KEEP_PARCEL, facts | {"id": parcel.id, "hash": line_hash, "line": line.encode(), "receipt": signed}
        )
        connection.execute(
            _KEEP_DESK, facts | {"versions": written(parcel.versions).decode(), "standing": _standing(parcel)}
        )
    _log.info(
        "parcel", extra={"facts": {"desk": sender.id, "ward": sender.ward, "number": number, "days": len(parcel.days)}}
    )
    return signed


def _check(city: City, sender: _Desk, parcel: Parcel) -> None:
    """The parcel against the ward's own facts."""
    if parcel.desk != sender.id or parcel.ward != sender.ward:
        raise Refused("ward-differs", _("Gói này nói về đơn vị hoặc quầy khác với khóa đã ký nó."))
    if parcel.practice != city.practice:
        raise Refused(
            "practice-differs", _("Số liệu tập huấn chỉ gửi được cho máy chủ tập huấn, số liệu thật cho máy chủ thật.")
        )
    if parcel.made > city.now() + FAST_CLOCK:
        raise Refused(
            "clock-ahead",
            _("Đồng hồ của quầy chạy trước giờ thành phố ({made}); hãy chỉnh lại đồng hồ rồi bấm gửi lại.").format(
                made=f"{parcel.made:%H:%M %d/%m/%Y}"
            ),
        )
    told = [day.day for day in parcel.days]
    if len(set(told)) < len(told) or max(told) > parcel.made.date():
        raise Refused("days", _("Gói có ngày trùng nhau hoặc ngày chưa tới."))
    if any(late.due.date() != day.day for day in parcel.days for late in day.late):
        raise Refused("days", _("Gói có hồ sơ trễ không đúng ngày hẹn của nó."))


def _watch_ledger(city: City, connection: Connection, sender: _Desk, parcel: Parcel, now: datetime) -> bool:
    """A ledger only grows: what is shorter than it was, or no longer holds the entry known here, is an alarm.

    The figures are taken all the same: a desk restored from its copy must be able to work, and is seen to be one.
    Answers whether there was an alarm.
    """
    ledger = parcel.ledger
    if not sender.length:
        return False
    if ledger.last.length < sender.length:
        kind = "rewound"
    elif ledger.known is None or ledger.known.length != sender.length:
        no = Refused("ledger-known", _("Hãy gửi kèm mục sổ cái số {n}.").format(n=sender.length))
        raise _Mendable(no, length=sender.length)
    elif ledger.known.hash != sender.head:
        kind = "forked"
    else:
        return False
    facts = {"before": sender.length, "now": ledger.last.length, "head": sender.head, "head_now": ledger.last.hash}
    row = {"at": minute(now), "ward": sender.ward, "desk": sender.id, "kind": kind, "facts": json.dumps(facts)}
    connection.execute(_ALARM, row)
    _log.warning("alarm", extra={"facts": {"kind": kind, "desk": sender.id, **facts}})
    return True


def _held_days(connection: Connection, sender: _Desk, parcel: Parcel) -> dict[str, tuple[int, str]]:
    """(revision, hash) of the parcel's days as they are held now; a parcel that is older than those is refused."""
    days = sorted(day.day for day in parcel.days)
    span = {"desk": sender.id, "first": days[0].isoformat(), "last": days[-1].isoformat()}
    held = {day: (revision, known) for day, revision, known in connection.execute(text(_KNOWN), span)}
    newer = [
        Kept(day=day.day, revision=held[iso][0], hash=held[iso][1])
        for day in parcel.days
        if (iso := day.day.isoformat()) in held and held[iso][0] >= day.revision
    ]
    if newer:
        no = Refused("older-revision", _("Thành phố đã có bản mới hơn của {n} ngày trong gói.").format(n=len(newer)))
        raise _Mendable(no, days=newer)
    return held


def _keep_days(
    connection: Connection, sender: _Desk, parcel: Parcel, number: int, held: dict[str, tuple[int, str]]
) -> str:
    """Keeps the days of a parcel; answers what stands for all the desk's days from now on."""
    days = parcel.days
    rows = [_day_row(sender, day) for day in days]
    connection.execute(_REVISION, [row | {"number": number} for row in rows])
    connection.execute(_KEEP_DAY, rows)
    if held:
        connection.execute(_DROP_LATE, rows)
    late = [_late_row(sender, day, one) for day in days for one in day.late]
    if late:
        connection.execute(_KEEP_LATE, late)
    months = sorted({row["day"][:7] for row in rows})
    connection.execute(
        _KEEP_MONTH,
        [{"desk": sender.id, "month": month, "first": f"{month}-01", "last": f"{month}-31"} for month in months],
    )
    replaced = [(row["day"], held[row["day"]][1]) for row in rows if row["day"] in held]
    return state_of([(row["day"], row["hash"]) for row in rows], sender.state, less=replaced)


def _day_row(sender: _Desk, day: Day) -> dict[str, Any]:
    counts = {name: sum(getattr(flow, name) for flow in day.flows) for name in _COUNTS}
    return {
        "desk": sender.id,
        "day": day.day.isoformat(),
        "ward": sender.ward,
        "revision": day.revision,
        "hash": hash_of_day(day),
        "ended": day.over,
        **counts,
        "open": day.open,
        "open_late": day.open_late,
        "late": len(day.late),
        "flows": _json(day.flows),
        "courtesy": _json(day.courtesy),
    }


def _late_row(sender: _Desk, day: Day, one: LateDossier) -> dict[str, Any]:
    return {
        "desk": sender.id,
        "code": one.code,
        "ward": sender.ward,
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


def _totals(connection: Connection, desk: str) -> Totals:
    days, received, ready, ready_late, gone, gone_late, late, month = connection.execute(_TOTALS, {"desk": desk}).one()
    stood = connection.execute(_STOOD, {"desk": desk, "month": month}).one()
    return Totals(
        days=days, received=received, ready=ready, ready_late=ready_late, gone=gone, gone_late=gone_late, late=late,
        open=stood.open, open_late=stood.open_late,
    )  # fmt: skip


def _standing(parcel: Parcel) -> str:
    """What the desk says of itself as a whole, beside what its days add up to."""
    told = {
        "fuse": parcel.fuse,
        "strikes": parcel.strikes,
        "disclosure": parcel.disclosure,
        "feedback": parcel.feedback,
    }
    return _json(told)


def _json(value: object) -> str:
    import msgspec

    return msgspec.json.encode(value).decode()


# --- a question -----------------------------------------------------------------------------------------------------


def _down(city: City, line: str) -> tuple[str, ...]:
    with city.database.begin() as connection:
        sender = _sender(connection, line)
        question = wire.read(line, "question", Question, wire.public_key(sender.key))
        if question.desk != sender.id:
            raise Refused("ward-differs", _("Gói này nói về đơn vị hoặc quầy khác với khóa đã ký nó."))
        return news.lines_for(city, connection, sender.ward, question.after)
