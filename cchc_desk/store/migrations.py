"""The schema of a desk's database and the steps that bring an older one up to it.

A new desk is made from `tables`; an older file is backed up, then taken step by step, each step one transaction with
the record of itself. A file of every released schema is kept in tests/store/released and must open for ever.
"""

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from cchc_desk.errors import Trouble
from cchc_desk.store import tables
from cchc_desk.store.database import Database

# STEPS[v] brings schema v to v + 1. Append only.
STEPS: dict[int, Callable[[Connection], None]] = {}
SCHEMA = 1


def create(connection: Connection, program: str) -> None:
    """All tables of today's schema in an empty database."""
    tables.metadata.create_all(connection)
    for statement in tables.SQLITE_ONLY:
        connection.exec_driver_sql(statement)
    connection.execute(insert(tables.schema).values(version=SCHEMA, made_by=program))


def schema_of(connection: Connection) -> int:
    """The schema version of this database; 0 when it is empty."""
    if not inspect(connection).has_table("schema"):
        return 0
    return int(connection.execute(select(tables.schema.c.version)).scalar_one())


def upgrade(database: Database, backup: Callable[[Database], object]) -> None:
    """Brings the database up to SCHEMA, after `backup`; Trouble ("database-newer") when a newer program made it."""
    with database.read() as connection:
        version = schema_of(connection)
    if version == 0:  # a desk gets its name only when it is whole (accounts.set_up): this file lost its content
        raise Trouble("damaged", "Tệp dữ liệu của quầy trống rỗng. Hãy giữ nguyên tệp và khôi phục bản sao gần nhất.")
    if version > SCHEMA:
        raise Trouble(
            "database-newer",
            f"Dữ liệu này do bản CCHC Desk mới hơn tạo ra (lược đồ {version}, bản này đọc đến {SCHEMA}). "
            "Hãy cài bản mới nhất rồi mở lại; dữ liệu chưa bị thay đổi.",
        )
    if version < SCHEMA:
        backup(database)
    for step in range(version, SCHEMA):
        with database.write() as connection:
            STEPS[step](connection)
            connection.execute(update(tables.schema).values(version=step + 1))
