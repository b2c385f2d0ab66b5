"""Schema 8 to 9: people, copies, scans and citizens' requests.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_PEOPLE: tuple[str, ...] = ()
_SCANS: tuple[str, ...] = ()
_REQUESTS: tuple[str, ...] = (
    "ALTER TABLE courtesy_ratings ADD COLUMN typed BOOLEAN",
    """
    CREATE TABLE citizen_requests (
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        person VARCHAR NOT NULL,
        contact VARCHAR NOT NULL,
        about VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        received VARCHAR NOT NULL,
        taken_by VARCHAR NOT NULL,
        acknowledge_by VARCHAR NOT NULL,
        answer_by VARCHAR NOT NULL,
        acknowledged VARCHAR,
        extended VARCHAR,
        answered VARCHAR,
        outcome VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        PRIMARY KEY (year, number),
        FOREIGN KEY(taken_by) REFERENCES officials (id)
    )
    """,
)
_SEALS: tuple[str, ...] = ()
_DOSSIERS: tuple[str, ...] = ()


def to_9(connection: Connection) -> None:
    """Bring a file of schema 8 to schema 9 inside the caller's write transaction."""
    for statement in (*_PEOPLE, *_SCANS, *_REQUESTS, *_SEALS, *_DOSSIERS):
        connection.exec_driver_sql(statement)
