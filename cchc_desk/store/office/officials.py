"""The officials of the desk and their password hashes."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from cchc_desk.domain.people.officials import Lock, Official, Role
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.store.engine import database
from cchc_desk.store.engine.database import run, sqlite_errors
from cchc_desk.store.engine.tables import officials


def add_official(connection: Connection, official: Official, password_hash: str) -> None:
    connection.execute(
        insert(officials).values(
            id=official.id,
            name=official.name,
            name_sort=name_sort_key(official.name),
            role=official.role.value,
            title=official.title,
            active=official.active,
            password_hash=password_hash,
            failures=0,
        )
    )


def all_officials(connection: Connection) -> tuple[Official, ...]:
    """Return everyone, by given name in Vietnamese order."""
    rows = run(
        connection, "SELECT id, name, role, title, active FROM officials ORDER BY name_sort, id"
    )
    return tuple(
        Official(id_, name, Role(role), title, bool(active))
        for id_, name, role, title, active in rows
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


def keep_title(connection: Connection, official_id: str, title: str) -> None:
    connection.execute(update(officials).where(officials.c.id == official_id).values(title=title))


def official_of(connection: Connection, official_id: str) -> Official | None:
    """Return the active official with this id, else None."""
    for official in all_officials(connection):
        if official.id == official_id and official.active:
            return official
    return None


def lock_of(connection: Connection, official_id: str) -> Lock | None:
    row = connection.execute(select(officials).where(officials.c.id == official_id)).one_or_none()
    if row is None:
        return None
    wait = datetime.fromisoformat(row.wait_until) if row.wait_until else None
    return Lock(row.password_hash, row.failures, wait)


def keep_lock(connection: Connection, official_id: str, lock: Lock) -> None:
    wait = lock.wait_until.isoformat(timespec="seconds") if lock.wait_until else None
    connection.execute(
        update(officials)
        .where(officials.c.id == official_id)
        .values(password_hash=lock.password_hash, failures=lock.failures, wait_until=wait)
    )
