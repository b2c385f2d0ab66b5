"""The schema of a desk's database and the steps that bring an older one up to it.

A new desk is made from `tables`; an older file is backed up, then taken step by step, each step one
transaction with the record of itself. A file of every released schema is kept in
tests/store/released and must open for ever.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select, update

from cchc_desk.domain.time.deadlines import last_minute, parse_limit
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.store.engine import tables
from cchc_desk.store.engine.database import Database

SCHEMA = 5


_NEW_IN_2 = (
    "letters",  # made anew: its key has the kind of letter in it now
    "registrations",
    "slips",
    "visitors",
    "pauses",
    "due_moves",
    "hand_overs",
    "responsibilities",
    "process_steps",
    "paper_receipts",
    "calendar_years",
)


def _to_2(connection: Connection) -> None:
    """The dossier's whole life: pauses, moved due moments, hand-overs, slips, responsibility, the
    calendar desk.
    """
    say = connection.exec_driver_sql
    for column in (
        "last_minute VARCHAR NOT NULL DEFAULT ''",
        "ended VARCHAR",
        "paused_since VARCHAR",
        "place VARCHAR NOT NULL DEFAULT ''",
        "portal_code VARCHAR NOT NULL DEFAULT ''",
        "paper_receipt VARCHAR NOT NULL DEFAULT ''",
    ):
        say(f"ALTER TABLE dossiers ADD COLUMN {column}")
    for row in say("SELECT n, first_due, limit_text FROM dossiers").fetchall():
        late_after = last_minute(datetime.fromisoformat(row.first_due), parse_limit(row.limit_text))
        say(
            "UPDATE dossiers SET last_minute = ? WHERE n = ?",
            (late_after.isoformat(timespec="minutes"), row.n),
        )
    say("DROP INDEX dossiers_open")
    say("CREATE INDEX dossiers_open ON dossiers (closed, last_minute)")
    say("CREATE INDEX dossiers_ready ON dossiers (ready, last_minute)")
    say("CREATE INDEX dossiers_ended ON dossiers (ended) WHERE ended IS NOT NULL")
    for column in (
        "returned_how VARCHAR",
        "authority VARCHAR NOT NULL DEFAULT ''",
        "originals VARCHAR NOT NULL DEFAULT ''",
    ):
        say(f"ALTER TABLE applicants ADD COLUMN {column}")
    say("ALTER TABLE letters RENAME TO letters_1")
    say("DROP INDEX ix_letters_dossier")
    say("DROP INDEX ix_letters_state")
    tables.metadata.create_all(connection, [tables.metadata.tables[name] for name in _NEW_IN_2])
    old = ", ".join(row[1] for row in say("PRAGMA table_info(letters_1)").fetchall())
    say(f"INSERT INTO letters ({old}) SELECT {old} FROM letters_1")  # noqa: S608 - our own columns
    say("DROP TABLE letters_1")
    for statement in tables.PAST_OF_PAUSES:
        say(statement)
    say(
        "INSERT INTO responsibilities (dossier, cause, step, official, own_fault, fixed, "
        "fixed_by, objection) "
        "SELECT dossier, cause, '', responsible, own_fault, drafted, drafted_by, '' FROM letters "
        "GROUP BY dossier "
        "HAVING ordinal = max(ordinal)"
    )


_NEW_IN_3 = (
    "preferences",
    "courtesy_visits",
    "courtesy_ratings",
    "courtesy_seen",
    "courtesy_observations",
    "lesson_runs",
)


def _to_3(connection: Connection) -> None:
    """How each official likes the window; "4 xin, 4 luôn"; the step of the process that acceptance
    itself is.
    """
    connection.exec_driver_sql(
        "ALTER TABLE dossiers ADD COLUMN first_step VARCHAR NOT NULL DEFAULT ''"
    )
    connection.exec_driver_sql("ALTER TABLE dossiers ADD COLUMN first_budget INTEGER")
    tables.metadata.create_all(connection, [tables.metadata.tables[name] for name in _NEW_IN_3])


def _to_4(connection: Connection) -> None:
    """Each dossier's row knows the number of its last entry in the ledger, so that its own page
    sees that one go.
    """
    connection.exec_driver_sql(
        "ALTER TABLE dossiers ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0"
    )
    connection.exec_driver_sql(
        "UPDATE dossiers SET last_entry = coalesce((SELECT max(seq) FROM journal j WHERE j.code = "
        "dossiers.code), 0)"
    )


def _to_5(connection: Connection) -> None:
    """What the city knows of each day, the parcels sent to it, and what came down from it."""
    connection.exec_driver_sql("ALTER TABLE outbox RENAME TO outbox_4")
    tables.metadata.create_all(
        connection, [tables.metadata.tables[name] for name in ("parcels", "outbox", "arrivals")]
    )
    connection.exec_driver_sql("INSERT INTO outbox (day) SELECT day FROM outbox_4")
    connection.exec_driver_sql("DROP TABLE outbox_4")


# STEPS[v] brings schema v to v + 1. Append only.
STEPS: dict[int, Callable[[Connection], None]] = {1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5}


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


def upgrade(database: Database, backup: Callable[[Database], object]) -> bool:
    """Brings the database up to SCHEMA, after `backup`; answers whether it was older.

    Trouble ("database-newer") when a newer program made it.
    """
    with database.read() as connection:
        version = schema_of(connection)
    if (
        version == 0
    ):  # a desk gets its name only when it is whole (accounts.set_up): this file lost its content
        raise Trouble(
            "damaged",
            _("Tệp dữ liệu của quầy trống rỗng. Hãy giữ nguyên tệp và khôi phục bản sao gần nhất."),
        )
    if version > SCHEMA:
        raise Trouble(
            "database-newer",
            _(
                "Dữ liệu này do bản CCHC Desk mới hơn tạo ra (lược đồ {version}, bản này đọc đến "
                "{schema}). Hãy "
                "cài bản mới nhất rồi mở lại; dữ liệu chưa bị thay đổi."
            ).format(version=version, schema=SCHEMA),
        )
    if version < SCHEMA:
        backup(database)
    for step in range(version, SCHEMA):
        with database.write() as connection:
            STEPS[step](connection)
            connection.execute(update(tables.schema).values(version=step + 1))
    return version < SCHEMA
