"""The officials of the desk, their password hashes, and who tried to log in under which name.

A row that cannot be read is that of a damaged official, never a fault of the whole list.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.people.tries import Tries
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message
from cchc_desk.store.engine import database
from cchc_desk.store.engine.database import keep, run, sqlite_errors, stored_moment
from cchc_desk.store.engine.tables import log_in_tries, officials

_COLUMNS = "id, name, role, title, active, must_change"
_ROLES = {role.value: role for role in Role}
_MOST_NAMES = 200  # under which wrong passwords are counted; the oldest goes


# --- officials ------------------------------------------------------------------------------------


def add_official(connection: Connection, official: Official, password_hash: str) -> None:
    connection.execute(
        insert(officials).values(
            id=official.id, password_hash=password_hash, **_values(official, official.must_change)
        )
    )


def keep_official(connection: Connection, official: Official) -> None:
    """Store the name, title, role and state of an official who is there already."""
    changed = _values(official, official.must_change)
    connection.execute(update(officials).where(officials.c.id == official.id).values(**changed))


def _values(official: Official, must_change: bool) -> dict[str, Any]:
    return {
        "name": official.name,
        "name_sort": name_sort_key(official.name),
        "role": official.role.value,
        "title": official.title,
        "active": official.active,
        "must_change": must_change,
    }


def all_officials(connection: Connection) -> tuple[Official, ...]:
    """Return everyone, by given name in Vietnamese order."""
    rows = run(connection, f"SELECT {_COLUMNS} FROM officials ORDER BY name_sort, id")  # noqa: S608
    return tuple(_official(*row) for row in rows)


def _official(
    id_: object, name: object, role: object, title: object, active: object, must_change: object
) -> Official:
    is_damaged = not (
        all(isinstance(text, str) for text in (id_, name, title))
        and role in _ROLES
        and active in (0, 1)
        and must_change in (0, 1)
    )
    return Official(
        _text(id_),
        _text(name),
        _ROLES.get(_text(role), Role.PROCESSOR),
        _text(title),
        active == 1 and not is_damaged,
        must_change != 0,
        is_damaged,
    )


def officials_in(file: Path) -> tuple[Official, ...]:
    """Return everyone in a file that is only read; what cannot be read of it is left out."""
    sql = "SELECT id, name, role, title, active FROM officials ORDER BY name_sort, id"
    roles = {role.value for role in Role}
    try:
        with closing(database.open_file(file, "ro")) as connection:
            rows = connection.execute(sql).fetchall()
    except sqlite_errors():
        return ()
    return tuple(
        Official(str(id_), str(name), Role(role), str(title), bool(active))
        for id_, name, role, title, active in rows
        if role in roles
    )


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def keep_title(connection: Connection, official_id: str, title: str) -> None:
    connection.execute(update(officials).where(officials.c.id == official_id).values(title=title))


def anyone_of(connection: Connection, official_id: str) -> Official | None:
    """Return the official with this id, active or not; None where there is none."""
    sql = f"SELECT {_COLUMNS} FROM officials WHERE id = ?"  # noqa: S608
    row = run(connection, sql, (official_id,)).fetchone()
    return _official(*row) if row else None


def official_of(connection: Connection, official_id: str) -> Official | None:
    """Return the active official with this id, else None."""
    official = anyone_of(connection, official_id)
    return official if official and official.active else None


def check_acting(connection: Connection, official: Official) -> None:
    """Check that whoever acts in this transaction may still: a window can be open for days.

    Raises Refused: "official-disabled", "official-changed".
    """
    now = official_of(connection, official.id)
    if now is None:
        raise Refused(
            "official-disabled",
            Message(
                "Tài khoản của {name} đã ngừng dùng nên việc này chưa được ghi; hãy đổi người dùng "
                "(Ctrl+U) hoặc hỏi quản trị.",
                name=official.name,
            ),
        )
    if now.role is not official.role:
        raise Refused(
            "official-changed",
            Message(
                "Vai trò của {name} vừa được đổi nên việc này chưa được ghi; hãy đăng nhập lại "
                "(Ctrl+U).",
                name=official.name,
            ),
        )


def held_by(connection: Connection, official_id: str) -> tuple[str, ...]:
    """Return the codes of the open dossiers that an official holds, the nearest due first."""
    sql = "SELECT code FROM dossiers WHERE holder = ? AND closed IS NULL ORDER BY due, code"
    return tuple(_text(code) for (code,) in run(connection, sql, (official_id,)))


def open_dossiers_by_holder(connection: Connection) -> Mapping[str, int]:
    """Return how many open dossiers each official holds, who holds any."""
    sql = "SELECT holder, count(*) FROM dossiers WHERE closed IS NULL GROUP BY holder"
    return {_text(holder): count for holder, count in run(connection, sql)}


# --- passwords ------------------------------------------------------------------------------------


def password_hashes(connection: Connection) -> Mapping[str, str]:
    """Return the hash of everyone's password by id; what is no text is as good as a wrong one."""
    rows = run(connection, "SELECT id, password_hash FROM officials ORDER BY id")
    return {_text(id_): _text(password_hash) for id_, password_hash in rows}


def keep_password(
    connection: Connection, official: Official, password_hash: str, *, must_change: bool
) -> Official:
    """Store a new password; return the official as they are now."""
    connection.execute(
        update(officials)
        .where(officials.c.id == official.id)
        .values(password_hash=password_hash, must_change=must_change)
    )
    return replace(official, must_change=must_change)


# --- wrong passwords ------------------------------------------------------------------------------


def tries_of(connection: Connection, login: str) -> Tries:
    """Return the wrong passwords in a row under this name."""
    sql = "SELECT failures, wait, uptime, last FROM log_in_tries WHERE login = ?"
    row = run(connection, sql, (login,)).fetchone()
    return _tries(*row) if row else Tries()


def all_tries(connection: Connection) -> Mapping[str, Tries]:
    """Return the wrong passwords in a row under each name."""
    rows = run(connection, "SELECT login, failures, wait, uptime, last FROM log_in_tries")
    return {_text(login): _tries(*row) for login, *row in rows}


def _tries(failures: object, wait: object, uptime: object, last: object) -> Tries:
    failures, wait, uptime = (
        count if isinstance(count, int) and count > 0 else 0 for count in (failures, wait, uptime)
    )
    try:
        at = stored_moment(_text(last))
    except (ValueError, TypeError):
        at = None
    return Tries(failures, wait, uptime, at)


def keep_tries(connection: Connection, login: str, tries: Tries) -> None:
    """Store the wrong passwords under a name; of too many names the oldest is forgotten."""
    row = {
        "login": login,
        "failures": tries.failures,
        "wait": tries.wait,
        "uptime": tries.uptime,
        "last": tries.last.isoformat(timespec="seconds") if tries.last else "",
    }
    keep(connection, log_in_tries, row)
    run(
        connection,
        "DELETE FROM log_in_tries WHERE login NOT IN (SELECT id FROM officials) AND login NOT IN "
        "(SELECT login FROM log_in_tries ORDER BY last DESC LIMIT ?)",
        (_MOST_NAMES,),
    )


def forget_tries(connection: Connection, login: str) -> None:
    run(connection, "DELETE FROM log_in_tries WHERE login = ?", (login,))
