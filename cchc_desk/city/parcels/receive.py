"""Reception of lines from desks: each is verified, stored once, and answered with a signed line.

The order of the checks is the order of trust: size, form, key, signature, content, and only then
the ward's own facts (store_parcels.py). A refused line leaves nothing but a log line.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text

from cchc_desk.city import enrolment, news
from cchc_desk.city.office import City
from cchc_desk.city.parcels.store_parcels import CorrectableRefusal, Incoming, keep, unknown_desk
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import Parcel, Question, Refusal

_log = logging.getLogger("cchc.city")

_STATUS = {
    "unknown-desk": 401,
    "signature": 401,
    "not-signed": 400,
    "too-large": 413,
    "try-later": 429,
}
_DESK = text("SELECT id, ward, key FROM desks WHERE kid = :kid AND active")


@dataclass(frozen=True)
class Reply:
    """Answer of the server to a desk: the HTTP status and the signed lines."""

    status: int
    lines: tuple[str, ...]


def answer(city: City, line: str, address: str) -> Reply:
    """Take one line from a desk, of any kind, and answer it at once."""
    opened = open_line(city, line, address)
    if isinstance(opened, Reply):
        return opened
    return reply_to(city, opened.line, address, keep(city, [opened])[0])


def open_line(city: City, line: str, address: str) -> Reply | Incoming:
    """Verify a line: a parcel in order is returned to be stored, everything else is answered."""
    try:
        kind = wire.kind_of(line)
        if kind == "enrolment":
            return Reply(200, (enrolment.welcome(city, line, address),))
        if kind == "question":
            return Reply(200, _down(city, line))
        desk, _ward, key = _sender(city, line)
        parcel = wire.read(line, "parcel", Parcel, wire.public_key(key))
        return Incoming(desk, wire.sender_of(line), line, wire.hash_of(line), parcel)
    except Refused as refused:
        return reply_to(city, line, address, refused)


def reply_to(city: City, line: str, address: str, outcome: str | Refused) -> Reply:
    """Return the receipt, or sign the city's refusal and log it."""
    if isinstance(outcome, str):
        return Reply(200, (outcome,))
    line_hash, code = wire.hash_of(line), outcome.code
    correctable = outcome if isinstance(outcome, CorrectableRefusal) else None
    days, length = (correctable.days, correctable.length) if correctable else ((), 0)
    level = logging.INFO if length else logging.WARNING  # asked for an entry, a desk sends it
    _log.log(
        level, "refused", extra={"facts": {"code": code, "address": address, "hash": line_hash}}
    )
    message = outcome.message[:1000]
    refusal = Refusal(code=code, message=message, hash=line_hash, days=days, length=length)
    return Reply(_STATUS.get(code, 409), (wire.sign("refusal", refusal, city.key),))


def _sender(city: City, line: str) -> tuple[str, str, str]:
    """Return (desk, ward, public key) of the key that the line claims.

    The database is asked once for each key; the caller that stores a parcel checks again that the
    desk is still open. Raises Refused("unknown-desk").
    """
    kid = wire.sender_of(line)
    if kid not in city.senders:
        with city.database.begin() as connection:
            row = connection.execute(_DESK, {"kid": kid}).one_or_none()
        if row is None:
            raise unknown_desk()
        city.senders[kid] = (row.id, row.ward, row.key)
    return city.senders[kid]


def _down(city: City, line: str) -> tuple[str, ...]:
    """Return the lines published for the ward of the desk that asks."""
    desk, ward, key = _sender(city, line)
    question = wire.read(line, "question", Question, wire.public_key(key))
    if question.desk != desk:
        raise Refused("ward-differs", _("Gói này nói về đơn vị hoặc quầy khác với khóa đã ký nó."))
    with city.database.begin() as connection:
        if connection.execute(_DESK, {"kid": wire.sender_of(line)}).one_or_none() is None:
            raise unknown_desk()
        return news.lines_for(city, connection, ward, question.after)


@dataclass(frozen=True)
class FileAnswers:
    """Outcome of a desk's file: the lines to carry back, the receipts, the codes of refusals."""

    lines: tuple[str, ...]
    receipts: int
    refused: tuple[str, ...]


def take_file(city: City, lines: Iterable[str]) -> FileAnswers:
    """Take every line of a desk's file as if it had come over the wire."""
    answers = tuple(reply for line in lines for reply in answer(city, line, "file").lines)
    kinds = [wire.kind_of(line) for line in answers]
    own = wire.public_key(city.public_key)
    refused = tuple(
        wire.read(line, kind, Refusal, own).code
        for line, kind in zip(answers, kinds, strict=True)
        if kind == "refusal"
    )
    return FileAnswers(answers, kinds.count("receipt"), refused)
