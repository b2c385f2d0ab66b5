"""Officers of the city: their roles, passwords and sessions."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import text

from cchc_desk.city import attempts
from cchc_desk.city.office import City, minute
from cchc_desk.domain.text.vietnamese import clean_line, nfc
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later

SHORTEST_PASSWORD = 10
SESSION = timedelta(hours=10)  # a working day
_LOGIN = re.compile(r"[a-z0-9._-]{1,30}")


class OfficerRole(Enum):
    """A viewer reads; an officer also invites wards, answers alarms and publishes.

    Officers are made at the server's command line only.
    """

    VIEWER = "viewer"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    OfficerRole.VIEWER: later("người xem"),
    OfficerRole.OFFICER: later("cán bộ cải cách hành chính"),
    OfficerRole.ADMINISTRATOR: later("quản trị"),
}


@dataclass(frozen=True)
class Officer:
    """An officer logged in; `form_token` stands in every form of this session and nowhere else."""

    login: str
    name: str
    role: OfficerRole
    form_token: str

    @property
    def may_act(self) -> bool:
        return self.role is not OfficerRole.VIEWER


_ADD = text(
    "INSERT INTO officers (login, name, role, password_hash, active) VALUES (:login, :name, "
    ":role, :hash, true) "
    "ON CONFLICT (login) DO UPDATE SET name = excluded.name, role = excluded.role, "
    "password_hash = excluded.password_hash, active = true"
)
_FIND = text("SELECT login, password_hash FROM officers WHERE login = :login AND active")
_OPEN = text(
    "INSERT INTO sessions (hash, login, form_token, made, until) VALUES (:hash, :login, "
    ":form_token, :made, :until)"
)
_SESSION = text(
    "SELECT o.login, o.name, o.role, s.form_token FROM sessions s JOIN officers o ON o.login = "
    "s.login "
    "WHERE s.hash = :hash AND s.until >= :now AND o.active"
)
_CLOSE = text("DELETE FROM sessions WHERE hash = :hash")
_CLOSE_ALL = text("DELETE FROM sessions WHERE login = :login OR until < :now")
_RETIRE = text("UPDATE officers SET active = false WHERE login = :login AND active")


def keep_officer(
    city: City, login: str, name: str, role: OfficerRole, password: str, by: str
) -> None:
    """Add an officer, or give one a new name, role and password; their open sessions end.

    Raises Refused: "login", "official-name", "password-short".
    """
    name = clean_line(name)
    if not _LOGIN.fullmatch(login):
        raise Refused(
            "login",
            _("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm hoặc gạch."),
            "login",
        )
    if not name:
        raise Refused("official-name", _("Hãy nhập họ tên của người dùng."), "name")
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            "password-short",
            _("Mật khẩu cần ít nhất {least} ký tự.").format(least=SHORTEST_PASSWORD),
            "password",
        )
    row = {"login": login, "name": name, "role": role.value, "hash": _hasher().hash(nfc(password))}
    with city.database.begin() as connection:
        connection.execute(_ADD, row)
        connection.execute(_CLOSE_ALL, {"login": login, "now": minute(city.now())})
        city.note(connection, by, "officer", login=login, role=role.value)


def retire(city: City, login: str, by: str) -> None:
    """Close an officer's account and end their sessions. Raises Refused("unknown-official")."""
    with city.database.begin() as connection:
        if not connection.execute(_RETIRE, {"login": login}).rowcount:
            raise Refused(
                "unknown-official", _("Không có người dùng «{login}».").format(login=login), "login"
            )
        connection.execute(_CLOSE_ALL, {"login": login, "now": minute(city.now())})
        city.note(connection, by, "retire", login=login)


def log_in(city: City, login: str, password: str, address: str) -> str:
    """Check the password and return the token of a new session.

    An unknown name takes as long as a known one. Raises Refused: "wrong-password", "try-later".
    """
    keys = [f"login {login}", f"login-from {address}"]
    for key in keys:
        attempts.refuse_while_waiting(city, key)
    with city.database.begin() as connection:
        officer = connection.execute(_FIND, {"login": login}).one_or_none()
    if not _right(officer.password_hash if officer else _nobody(), password) or officer is None:
        for key in keys:
            attempts.failed(city, key)
        raise Refused(
            "wrong-password", _("Tên hoặc mật khẩu không đúng; hãy nhập lại."), "password"
        )
    for key in keys:
        attempts.succeeded(city, key)
    token, now = secrets.token_urlsafe(32), city.now()
    row = {"hash": _hash(token), "login": login, "form_token": secrets.token_urlsafe(32)}
    with city.database.begin() as connection:
        connection.execute(_OPEN, row | {"made": minute(now), "until": minute(now + SESSION)})
        city.note(connection, login, "log-in", address=address)
    return token


def officer_of(city: City, token: str | None) -> Officer | None:
    """Return the officer of a session's token; None for an unknown or ended one."""
    if not token:
        return None
    with city.database.begin() as connection:
        row = connection.execute(
            _SESSION, {"hash": _hash(token), "now": minute(city.now())}
        ).one_or_none()
    return Officer(row.login, row.name, OfficerRole(row.role), row.form_token) if row else None


def log_out(city: City, token: str) -> None:
    """End the session of `token`."""
    with city.database.begin() as connection:
        connection.execute(_CLOSE, {"hash": _hash(token)})


def is_own_form(officer: Officer, token: str) -> bool:
    """True when the form was drawn for this very session (against forged requests)."""
    return hmac.compare_digest(officer.form_token.encode(), token.encode())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash that no password fits, so that an unknown name costs the same time."""
    return str(_hasher().hash(secrets.token_urlsafe(32)))


def _right(password_hash: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return bool(_hasher().verify(password_hash, nfc(password[:1000])))
    except VerificationError:
        return False
