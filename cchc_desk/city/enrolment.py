"""Enrolment of desks: a ward, a one-time code, the desk's own key."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from cchc_desk.city import attempts
from cchc_desk.city.office import City, minute
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import Enrolment, Invitation, Welcome

VALID = timedelta(days=7)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another

_WARD = text(
    "INSERT INTO wards (code, name, added) VALUES (:code, :name, :at) "
    "ON CONFLICT (code) DO UPDATE SET name = excluded.name"
)
_CODE = text(
    "INSERT INTO codes (hash, ward, made, made_by, expires) VALUES (:hash, :ward, :made, :by, "
    ":expires)"
)
_FIND_CODE = text("SELECT ward, expires, used_by FROM codes WHERE hash = :hash")
_USE_CODE = text("UPDATE codes SET used_by = :desk, used = :at WHERE hash = :hash")
_WARD_NAME = text("SELECT name FROM wards WHERE code = :code")
_KNOWN = text("SELECT ward, kid FROM desks WHERE id = :desk")
_NEW_DESK = text(
    "INSERT INTO desks (id, ward, name, kid, key, active, enrolled) "
    "VALUES (:desk, :ward, :name, :kid, :key, true, :at) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, kid = excluded.kid, key = excluded.key, "
    "active = true"
)
_CLOSE = text("UPDATE desks SET active = false WHERE id = :desk AND active")


def add_ward(city: City, code: str, name: str, officer: str) -> None:
    """Add a ward to the city's list, or rename it. Raises Refused: "unit-code", "ward-name"."""
    name = clean_line(name)
    if not wire.is_unit_code(code):
        raise Refused(
            "unit-code", _("Mã định danh có dạng H13.31 hoặc 000.00.31.H13; hãy nhập lại."), "ward"
        )
    if not name or len(name) > 200:
        raise Refused("ward-name", _("Hãy ghi tên xã, phường (không quá 200 chữ)."), "name")
    with city.database.begin() as connection:
        connection.execute(_WARD, {"code": code, "name": name, "at": minute(city.now())})
        city.note(connection, officer, "ward", ward=code, name=name)


def invite(city: City, ward: str, officer: str) -> Invitation:
    """Return an invitation with a new one-time code for one desk of a ward.

    Only the code's hash is kept. Raises Refused("unknown-ward").
    """
    code = "-".join("".join(secrets.choice(_LETTERS) for _i in range(4)) for _j in range(4))
    now = city.now()
    with city.database.begin() as connection:
        if connection.execute(_WARD_NAME, {"code": ward}).one_or_none() is None:
            raise Refused(
                "unknown-ward",
                _("Thành phố chưa có đơn vị «{ward}» trong danh sách.").format(ward=ward),
                "ward",
            )
        row = {
            "hash": _hash(code),
            "ward": ward,
            "made": minute(now),
            "by": officer,
            "expires": minute(now + VALID),
        }
        connection.execute(_CODE, row)
        city.note(connection, officer, "invite", ward=ward)
    return Invitation(
        city=city.name,
        ward=ward,
        code=code,
        key=city.public_key,
        url=city.url,
        certificate=city.certificate,
    )


def welcome(city: City, line: str, address: str) -> str:
    """Enrol the desk and return the signed answer, the same one again when the answer was lost.

    A wrong code, a used one, an expired one and another ward's all raise Refused("enrol-code") with
    the same words: trying teaches nothing. Raises Refused("try-later") for too many failures from
    `address`, and as wire.read_enrolment().
    """
    attempts.refuse_while_waiting(city, f"enrol {address}")
    asked = wire.read_enrolment(line)
    with city.database.begin() as connection:
        answer = _enrol(city, connection, asked, wire.sender_of(line))
    if answer is None:
        attempts.failed(city, f"enrol {address}")
        raise Refused(
            "enrol-code",
            _(
                "Mã ghi danh không dùng được: sai, đã dùng, hết hạn, hoặc của đơn vị khác. Hãy xin "
                "mã mới."
            ),
        )
    return wire.sign("welcome", answer, city.key)


def _enrol(city: City, connection: Connection, asked: Enrolment, kid: str) -> Welcome | None:
    """Enrol the desk, unless it was with this code and key; None when the code does not fit."""
    now = city.now()
    code = connection.execute(_FIND_CODE, {"hash": _hash(asked.code)}).one_or_none()
    known = connection.execute(_KNOWN, {"desk": asked.desk}).one_or_none()
    if code is None or code.ward != asked.ward or asked.practice != city.practice:
        return None
    if known is not None and known.ward != asked.ward:
        return None
    is_again = code.used_by == asked.desk and known is not None and known.kid == kid
    if not is_again:
        if code.used_by is not None or datetime.fromisoformat(code.expires) < now:
            return None
        facts = {
            "desk": asked.desk,
            "ward": asked.ward,
            "name": clean_line(asked.name),
            "at": minute(now),
        }
        connection.execute(_NEW_DESK, facts | {"kid": kid, "key": asked.key})
        connection.execute(_USE_CODE, facts | {"hash": _hash(asked.code)})
        city.note(connection, f"desk {asked.desk}", "enrol", ward=asked.ward, key=asked.key)
    name = str(connection.execute(_WARD_NAME, {"code": asked.ward}).scalar_one())
    return Welcome(desk=asked.desk, ward=asked.ward, ward_name=name, key=asked.key, at=now)


def close_desk(city: City, desk: str, officer: str) -> None:
    """Take nothing of this desk any more: its machine was lost or replaced.

    Raises Refused("unknown-desk").
    """
    with city.database.begin() as connection:
        if not connection.execute(_CLOSE, {"desk": desk}).rowcount:
            raise Refused("unknown-desk", _("Không có quầy nào như vậy đang được nhận."), "desk")
        city.note(connection, officer, "close-desk", desk=desk)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
