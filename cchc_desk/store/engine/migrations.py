"""The schema of a desk's database and the steps that bring an older one up to it.

A new desk is made from `tables`; an older file is backed up, then taken through `migration_steps`
in one transaction: it is upgraded whole or stays as it was. A file of every released schema lies
in tests/store/engine/released and must open for ever.
"""

from collections.abc import Callable

from sqlalchemy import Connection, update

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.store.engine import tables
from cchc_desk.store.engine.database import APPLICATION_ID, DeskDatabase, run
from cchc_desk.store.engine.dialects import is_postgresql
from cchc_desk.store.engine.migration_steps.to_2 import to_2
from cchc_desk.store.engine.migration_steps.to_3 import to_3
from cchc_desk.store.engine.migration_steps.to_4 import to_4
from cchc_desk.store.engine.migration_steps.to_5 import to_5
from cchc_desk.store.engine.migration_steps.to_6 import to_6
from cchc_desk.store.engine.migration_steps.to_7 import to_7
from cchc_desk.store.engine.migration_steps.to_8 import to_8
from cchc_desk.store.engine.migration_steps.to_9 import to_9
from cchc_desk.store.engine.migration_steps.to_10 import to_10

SCHEMA = 10
FIRST_ON_SERVER = 9  # from here on each step knows both engines

# STEPS[v] brings schema v to v + 1. Append only.
STEPS: dict[int, Callable[[Connection], None]] = {
    1: to_2,
    2: to_3,
    3: to_4,
    4: to_5,
    5: to_6,
    6: to_7,
    7: to_8,
    8: to_9,
    9: to_10,
}


def create(connection: Connection, program: str) -> None:
    """Make all tables of today's schema in an empty database."""
    if is_postgresql(connection):
        # Imported here: no desk in a file holds SQLAlchemy's PostgreSQL for it.
        from cchc_desk.store.engine.dialects import schema

        for statement in schema.statements():
            run(connection, statement)
    else:
        tables.metadata.create_all(connection)
        for statement in tables.SQLITE_ONLY:
            connection.exec_driver_sql(statement)
        _mark(connection)
    run(connection, "INSERT INTO schema (version, made_by) VALUES (?, ?)", (SCHEMA, program))


def schema_of(connection: Connection) -> int:
    """Return the schema version of this database; 0 when it is empty."""
    if not run(connection, _THERE[is_postgresql(connection)]).fetchone()[0]:
        return 0
    found = run(connection, "SELECT version FROM schema").fetchone()
    return found[0] if found and isinstance(found[0], int) else 0


_THERE = {
    False: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema'",
    True: "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() "
    "AND tablename = 'schema'",
}


def is_used(connection: Connection) -> bool:
    """True where a desk was set up in this database."""
    found = schema_of(connection)
    return bool(found and run(connection, "SELECT 1 FROM settings LIMIT 1").fetchone())


def upgrade(database: DeskDatabase, backup: Callable[[DeskDatabase], object]) -> bool:
    """Bring the database up to SCHEMA in one transaction, after `backup`; True if it was older.

    The tables of a server are changed by who looks after it: engine/ward/server.py. Raises as
    check_readable(); Trouble("server-older").
    """
    version = check_readable(database)
    if version == SCHEMA:
        return False
    if database.on_server:
        raise Trouble(
            "server-older",
            _(
                "Bảng trên máy chủ của phường còn của bản trước (lược đồ {version}, bản này cần "
                "{schema}). Hãy nhờ quản trị mạng chạy «cchc ward upgrade», rồi mở lại."
            ).format(version=version, schema=SCHEMA),
        )
    backup(database)
    with database.write() as connection:
        version = take_steps(connection)  # a second program may have been faster
        _mark(connection)
    return version < SCHEMA


def take_steps(connection: Connection) -> int:
    """Bring the tables of a desk up to SCHEMA; return of which schema they were.

    The caller holds the write transaction. Raises as check_readable().
    """
    version = schema_of(connection)
    _check(version)
    for step in range(version, SCHEMA):
        STEPS[step](connection)
    connection.execute(update(tables.schema).values(version=SCHEMA))
    return version


def check_readable(database: DeskDatabase) -> int:
    """Return the schema of a database that this program can open.

    Raises Trouble: "database-newer" when a newer program made it, "damaged" when the file is
    empty, "not-ours" when another program made it.
    """
    with database.read() as connection:
        if not is_postgresql(connection):
            _check_mark(connection)
        version = schema_of(connection)
    _check(version)
    return version


def _mark(connection: Connection) -> None:
    """Write into the file's header whose it is."""
    run(connection, f"PRAGMA application_id={APPLICATION_ID}")


def _check_mark(connection: Connection) -> None:
    """Raise Trouble("not-ours") for a file that another program marked as its own."""
    marked = run(connection, "PRAGMA application_id").fetchone()[0]
    if marked not in (APPLICATION_ID, 0):  # 0: made before schema 9, or by hand
        raise Trouble(
            "not-ours",
            _(
                "Tệp dữ liệu của quầy là tệp của một chương trình khác. Hãy giữ nguyên tệp ấy và "
                "khôi phục bản sao gần nhất."
            ),
        )


def _check(version: int) -> None:
    if version <= 0:
        # a desk gets its name only when it is whole (new_desk.set_up): this file lost its content
        raise Trouble(
            "damaged",
            _(
                "Tệp dữ liệu của quầy trống rỗng hoặc mất số lược đồ. Hãy giữ nguyên tệp và khôi "
                "phục bản sao gần nhất (cchc restore)."
            ),
        )
    if version > SCHEMA:
        raise Trouble(
            "database-newer",
            _(
                "Dữ liệu này do bản CCHC Desk mới hơn tạo ra (lược đồ {version}, bản này đọc đến "
                "{schema}). Hãy cài bản mới nhất rồi mở lại; dữ liệu chưa bị thay đổi."
            ).format(version=version, schema=SCHEMA),
        )
