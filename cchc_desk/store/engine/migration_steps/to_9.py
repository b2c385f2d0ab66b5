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
_SEALS: tuple[str, ...] = (
    "CREATE TABLE row_sums (name VARCHAR NOT NULL, total VARCHAR NOT NULL, PRIMARY KEY (name))",
)
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
_DOSSIERS: tuple[str, ...] = ()
_LISTS: tuple[str, ...] = (
    "ALTER TABLE dossiers ADD COLUMN system VARCHAR DEFAULT '' NOT NULL",
    "CREATE INDEX dossiers_watched ON dossiers (system) WHERE system <> ''",
    """
    CREATE TABLE lists (
        id INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        file VARCHAR NOT NULL,
        container VARCHAR NOT NULL,
        sheet VARCHAR NOT NULL,
        layout VARCHAR NOT NULL,
        system VARCHAR NOT NULL,
        taken VARCHAR NOT NULL,
        taken_by VARCHAR NOT NULL,
        counts VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(taken_by) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_lists_sha256 ON lists (sha256)",
    """
    CREATE TABLE listed (
        dossier INTEGER NOT NULL,
        first_list INTEGER NOT NULL,
        list INTEGER NOT NULL,
        row INTEGER NOT NULL,
        status VARCHAR NOT NULL,
        due VARCHAR,
        process_due VARCHAR,
        finished VARCHAR,
        officials VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        PRIMARY KEY (dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(first_list) REFERENCES lists (id),
        FOREIGN KEY(list) REFERENCES lists (id)
    )
    """,
    """
    CREATE TABLE disagreements (
        dossier INTEGER NOT NULL,
        what VARCHAR NOT NULL,
        theirs VARCHAR NOT NULL,
        ours VARCHAR NOT NULL,
        seen VARCHAR NOT NULL,
        list INTEGER NOT NULL,
        PRIMARY KEY (dossier, what, theirs),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(list) REFERENCES lists (id)
    )
    """,
)


def to_9(connection: Connection) -> None:
    """Bring a file of schema 8 to schema 9 inside the caller's write transaction."""
    for statement in (*_PEOPLE, *_SCANS, *_REQUESTS, *_SEALS, *_DOSSIERS, *_LISTS):
        connection.exec_driver_sql(statement)
