"""Schema 8 to 9: people, copies, scans and citizens' requests.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_PEOPLE: tuple[str, ...] = (
    "ALTER TABLE officials DROP COLUMN failures",
    "ALTER TABLE officials DROP COLUMN wait_until",
    "ALTER TABLE officials ADD COLUMN must_change BOOLEAN DEFAULT '0' NOT NULL",
    """
    CREATE TABLE log_in_tries (
        login VARCHAR NOT NULL,
        failures INTEGER NOT NULL,
        wait INTEGER NOT NULL,
        uptime INTEGER NOT NULL,
        last VARCHAR NOT NULL,
        PRIMARY KEY (login)
    )
    """,
    """
    CREATE TABLE recovery_sheets (
        number INTEGER NOT NULL,
        fingerprint VARCHAR NOT NULL,
        made VARCHAR NOT NULL,
        used VARCHAR,
        PRIMARY KEY (number)
    )
    """,
)
_SCANS: tuple[str, ...] = ()
_REQUESTS: tuple[str, ...] = ()
_SEALS: tuple[str, ...] = (
    "CREATE TABLE row_sums (name VARCHAR NOT NULL, total VARCHAR NOT NULL, PRIMARY KEY (name))",
)
_DOSSIERS: tuple[str, ...] = ()


def to_9(connection: Connection) -> None:
    """Bring a file of schema 8 to schema 9 inside the caller's write transaction."""
    for statement in (*_PEOPLE, *_SCANS, *_REQUESTS, *_SEALS, *_DOSSIERS):
        connection.exec_driver_sql(statement)
