"""Schema 6 to 7: the counter's second look.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_STATEMENTS: tuple[str, ...] = (
    # results returned on one day
    "CREATE INDEX dossiers_returned ON dossiers (returned) WHERE returned IS NOT NULL",
    # the office's catalogue
    """
    CREATE TABLE procedure_choices (
        code VARCHAR NOT NULL,
        favourite BOOLEAN NOT NULL,
        place INTEGER,
        hidden BOOLEAN NOT NULL,
        short_name VARCHAR NOT NULL,
        synonyms VARCHAR NOT NULL,
        PRIMARY KEY (code)
    )
    """,
    """
    CREATE TABLE procedure_changes (
        id INTEGER NOT NULL,
        code VARCHAR NOT NULL,
        version VARCHAR NOT NULL,
        facts VARCHAR NOT NULL,
        document VARCHAR NOT NULL,
        document_day VARCHAR,
        entered_by VARCHAR NOT NULL,
        entered VARCHAR NOT NULL,
        decided_by VARCHAR,
        decided VARCHAR,
        dropped BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(entered_by) REFERENCES officials (id),
        FOREIGN KEY(decided_by) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_procedure_changes_code ON procedure_changes (code)",
    """
    CREATE TABLE remembered_limits (
        procedure_code VARCHAR NOT NULL,
        channel VARCHAR NOT NULL,
        version VARCHAR NOT NULL,
        limit_text VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (procedure_code, channel),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    # An entry made by mistake, a request taken back and its slip.
    "ALTER TABLE dossiers ADD COLUMN cancelled VARCHAR",
    "CREATE INDEX dossiers_cancelled ON dossiers (cancelled) WHERE cancelled IS NOT NULL",
    "ALTER TABLE pauses ADD COLUMN undone VARCHAR",
    "DROP INDEX pauses_kind",
    "CREATE INDEX pauses_kind ON pauses (kind, dossier, undone)",
    "ALTER TABLE slips ADD COLUMN void VARCHAR",
    "DROP TRIGGER promises_keep_their_past",
    "CREATE TRIGGER promises_keep_their_past BEFORE UPDATE ON promises WHEN "
    "OLD.ordinal <> 1 OR NEW.ordinal <> 1 OR OLD.dossier <> NEW.dossier OR EXISTS (SELECT 1 FROM "
    "dossiers d JOIN journal j ON j.code = d.code WHERE d.n = OLD.dossier AND j.act = 'print') "
    "BEGIN SELECT RAISE(ABORT, 'a promise is never changed'); END",
)


def to_7(connection: Connection) -> None:
    """Bring a file of schema 6 to schema 7 inside the caller's write transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
