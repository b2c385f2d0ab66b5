"""Schema 8 to 9: people, copies, scans and citizens' requests.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_PEOPLE: tuple[str, ...] = ()
_SCANS: tuple[str, ...] = (
    """
    CREATE TABLE scans (
        number INTEGER NOT NULL,
        dossier INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        added VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        removed VARCHAR,
        PRIMARY KEY (number),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX scans_dossier ON scans (dossier)",
    """
    CREATE TABLE scan_contents (
        scan INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (scan),
        FOREIGN KEY(scan) REFERENCES scans (number)
    )
    """,
    "CREATE TRIGGER scans_keep_their_facts BEFORE UPDATE ON scans WHEN NEW.number <> OLD.number "
    "OR NEW.dossier <> OLD.dossier OR NEW.kind <> OLD.kind OR NEW.size <> OLD.size "
    "OR NEW.sha256 <> OLD.sha256 OR NEW.added <> OLD.added OR NEW.official <> OLD.official "
    "OR NEW.name NOT IN (OLD.name, '') "
    "BEGIN SELECT RAISE(ABORT, 'a scan is never changed'); END",
    "CREATE TRIGGER scans_are_kept BEFORE DELETE ON scans "
    "BEGIN SELECT RAISE(ABORT, 'a scan is never deleted'); END",
    "CREATE TRIGGER scan_contents_are_kept BEFORE UPDATE ON scan_contents "
    "BEGIN SELECT RAISE(ABORT, 'a scan is never changed'); END",
)
_REQUESTS: tuple[str, ...] = ()
_SEALS: tuple[str, ...] = ()
_DOSSIERS: tuple[str, ...] = ()


def to_9(connection: Connection) -> None:
    """Bring a file of schema 8 to schema 9 inside the caller's write transaction."""
    for statement in (*_PEOPLE, *_SCANS, *_REQUESTS, *_SEALS, *_DOSSIERS):
        connection.exec_driver_sql(statement)
