"""What comes from the desks: each line is opened, kept once, and answered with a line the city
signed.

The order of the checks is the order of trust: size, form, whose key, signature, content, and only
then the ward's own facts (keep.py). What is refused leaves nothing but a log line.
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
    """What the server says: the HTTP status and the signed lines."""

    status: int
    lines: tuple[str, ...]


def answer(city: City, line: str, address: str) -> Reply:
    """Takes one line from a desk, whatever it is, at once."""
    opened = open_line(city, line, address)
    return (
        opened
        if isinstance(opened, Reply)
        else told(city, opened.line, address, keep(city, [opened])[0])
    )


def open_line(city: City, line: str, address: str) -> Reply | Incoming:
    """Answers an enrolment, a question and everything that is refused; a parcel in order is still
    to be kept.
    """
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
        return told(city, line, address, refused)


def told(city: City, line: str, address: str, outcome: str | Refused) -> Reply:
    """The city's answer: the receipt, or its signed refusal, which is logged."""
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
    """(desk, ward, public key) of who the line says has signed it.

    Asked of the database once for each key: whether the desk is still known is asked again where
    its parcel is kept.
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
    """What has come down for the ward of the desk that asks."""
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
    """What a desk's file came to: the lines to carry back, how many receipts, the codes of what was
    refused.
    """

    lines: tuple[str, ...]
    receipts: int
    refused: tuple[str, ...]


def take_file(city: City, lines: Iterable[str]) -> FileAnswers:
    """Takes every line of a desk's file as if it had come over the wire."""
    answers = tuple(line for one in lines for line in answer(city, one, "file").lines)
    kinds = [wire.kind_of(line) for line in answers]
    own = wire.public_key(city.public_key)
    refused = tuple(
        wire.read(line, kind, Refusal, own).code
        for line, kind in zip(answers, kinds, strict=True)
        if kind == "refusal"
    )
    return FileAnswers(answers, kinds.count("receipt"), refused)
