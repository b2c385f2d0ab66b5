"""Schema 1 to 2: pauses, moved due moments, hand-overs, slips, responsibility, calendar desk.

Frozen: written out as it was released, and never changed. It uses nothing of today's program.
"""

import re
from datetime import datetime

from sqlalchemy import Connection

_COLUMNS = (
    "dossiers ADD COLUMN last_minute VARCHAR NOT NULL DEFAULT ''",
    "dossiers ADD COLUMN ended VARCHAR",
    "dossiers ADD COLUMN paused_since VARCHAR",
    "dossiers ADD COLUMN place VARCHAR NOT NULL DEFAULT ''",
    "dossiers ADD COLUMN portal_code VARCHAR NOT NULL DEFAULT ''",
    "dossiers ADD COLUMN paper_receipt VARCHAR NOT NULL DEFAULT ''",
    "applicants ADD COLUMN returned_how VARCHAR",
    "applicants ADD COLUMN authority VARCHAR NOT NULL DEFAULT ''",
    "applicants ADD COLUMN originals VARCHAR NOT NULL DEFAULT ''",
)

_INDEXES = (
    "DROP INDEX dossiers_open",
    "CREATE INDEX dossiers_open ON dossiers (closed, last_minute)",
    "CREATE INDEX dossiers_ready ON dossiers (ready, last_minute)",
    "CREATE INDEX dossiers_ended ON dossiers (ended) WHERE ended IS NOT NULL",
    "CREATE INDEX journal_clock ON journal (seq) WHERE act = 'clock'",
)

# SQLite cannot change a table's key: letters are made anew, with the kind of letter in it.
_PUT_ASIDE = (
    "ALTER TABLE letters RENAME TO letters_1",
    "DROP INDEX ix_letters_dossier",
    "DROP INDEX ix_letters_state",
)

_TABLES = (
    """
    CREATE TABLE visitors (
        id VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE paper_receipts (
        number VARCHAR NOT NULL,
        printed VARCHAR NOT NULL,
        void VARCHAR NOT NULL,
        PRIMARY KEY (number)
    )
    """,
    """
    CREATE TABLE process_steps (
        procedure_code VARCHAR NOT NULL,
        ordinal INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        role VARCHAR NOT NULL,
        official VARCHAR,
        minutes INTEGER,
        agency VARCHAR NOT NULL,
        PRIMARY KEY (procedure_code, ordinal),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE calendar_years (
        id VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        document VARCHAR NOT NULL,
        days VARCHAR NOT NULL,
        entered_by VARCHAR NOT NULL,
        entered VARCHAR NOT NULL,
        confirmed_by VARCHAR,
        confirmed VARCHAR,
        PRIMARY KEY (id),
        FOREIGN KEY(entered_by) REFERENCES officials (id),
        FOREIGN KEY(confirmed_by) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE registrations (
        id VARCHAR NOT NULL,
        portal_code VARCHAR NOT NULL,
        status INTEGER NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        submitted VARCHAR NOT NULL,
        answer_by VARCHAR NOT NULL,
        entered VARCHAR NOT NULL,
        answered VARCHAR,
        dossier INTEGER,
        PRIMARY KEY (id),
        UNIQUE (portal_code),
        FOREIGN KEY(dossier) REFERENCES dossiers (n)
    )
    """,
    """
    CREATE TABLE slips (
        id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        dossier INTEGER,
        registration VARCHAR,
        symbol VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        made VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        items VARCHAR NOT NULL,
        again BOOLEAN NOT NULL,
        procedure_code VARCHAR NOT NULL,
        procedure_name VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (symbol, year, number),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(registration) REFERENCES registrations (id),
        FOREIGN KEY(made_by) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_slips_dossier ON slips (dossier)",
    """
    CREATE TABLE pauses (
        dossier INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        began VARCHAR NOT NULL,
        ended VARCHAR,
        stops_clock BOOLEAN NOT NULL,
        reason VARCHAR NOT NULL,
        items VARCHAR NOT NULL,
        slip VARCHAR,
        broken_notice BOOLEAN NOT NULL,
        told VARCHAR,
        told_how VARCHAR NOT NULL,
        PRIMARY KEY (dossier, ordinal),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(slip) REFERENCES slips (id)
    )
    """,
    "CREATE INDEX pauses_open ON pauses (ended)",
    """
    CREATE TABLE due_moves (
        dossier INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        promise INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        why VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        "before" VARCHAR NOT NULL,
        "after" VARCHAR NOT NULL,
        base VARCHAR,
        PRIMARY KEY (dossier, ordinal),
        FOREIGN KEY(dossier) REFERENCES dossiers (n)
    )
    """,
    """
    CREATE TABLE hand_overs (
        dossier INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        giver VARCHAR NOT NULL,
        receiver VARCHAR NOT NULL,
        step VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        budget INTEGER,
        note VARCHAR NOT NULL,
        PRIMARY KEY (dossier, ordinal),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(giver) REFERENCES officials (id),
        FOREIGN KEY(receiver) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE responsibilities (
        dossier INTEGER NOT NULL,
        cause VARCHAR NOT NULL,
        step VARCHAR NOT NULL,
        official VARCHAR,
        own_fault BOOLEAN,
        over INTEGER,
        fixed VARCHAR NOT NULL,
        fixed_by VARCHAR NOT NULL,
        objection VARCHAR NOT NULL,
        objected VARCHAR,
        PRIMARY KEY (dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX responsibilities_fault ON responsibilities (own_fault, official)",
    """
    CREATE TABLE letters (
        id VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        state VARCHAR NOT NULL,
        cause VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        new_due VARCHAR,
        responsible VARCHAR,
        own_fault BOOLEAN,
        drafted VARCHAR NOT NULL,
        drafted_by VARCHAR NOT NULL,
        number INTEGER,
        symbol VARCHAR,
        year INTEGER,
        signed VARCHAR,
        signed_by VARCHAR,
        delivered VARCHAR,
        delivered_how VARCHAR,
        delivered_to VARCHAR DEFAULT '' NOT NULL,
        kind VARCHAR DEFAULT 'late' NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (dossier, kind, ordinal),
        UNIQUE (symbol, year, number),
        FOREIGN KEY(dossier) REFERENCES dossiers (n)
    )
    """,
    "CREATE INDEX ix_letters_dossier ON letters (dossier)",
    "CREATE INDEX ix_letters_state ON letters (state)",
)

_LETTERS = (
    "id, dossier, ordinal, state, cause, reason, new_due, responsible, own_fault, drafted, "
    "drafted_by, number, symbol, year, signed, signed_by, delivered, delivered_how"
)
_CONTENT = (
    f"INSERT INTO letters ({_LETTERS}) SELECT {_LETTERS} FROM letters_1",  # noqa: S608 - a constant
    "DROP TABLE letters_1",
    """
    INSERT INTO responsibilities
        (dossier, cause, step, official, own_fault, fixed, fixed_by, objection)
        SELECT dossier, cause, '', responsible, own_fault, drafted, drafted_by, '' FROM letters
        GROUP BY dossier HAVING ordinal = max(ordinal)
    """,
)

_TRIGGERS = (
    "CREATE TRIGGER pauses_keep_their_past BEFORE UPDATE ON pauses WHEN OLD.began <> NEW.began OR "
    "OLD.kind <> NEW.kind OR OLD.stops_clock <> NEW.stops_clock "
    "OR OLD.ended IS NOT NULL AND OLD.ended IS NOT NEW.ended "
    "BEGIN SELECT RAISE(ABORT, 'a pause is never changed'); END",
    "CREATE TRIGGER pauses_are_kept BEFORE DELETE ON pauses "
    "BEGIN SELECT RAISE(ABORT, 'a pause is never deleted'); END",
    "CREATE TRIGGER due_moves_keep_their_past BEFORE UPDATE ON due_moves "
    "BEGIN SELECT RAISE(ABORT, 'a move of a due moment is never changed'); END",
    "CREATE TRIGGER due_moves_are_kept BEFORE DELETE ON due_moves "
    "BEGIN SELECT RAISE(ABORT, 'a move of a due moment is never deleted'); END",
)

# A limit in hours or minutes ("gi…", "ph…") or in parts of a working day ends at its minute; any
# other at the end of its day (docs/promise.md 9).
_TO_THE_MINUTE = re.compile(r"\b(?:gi|ph)|[.,]0*[1-9]")


def to_2(connection: Connection) -> None:
    """Bring a file of schema 1 to schema 2 inside the caller's write transaction."""
    for change in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE {change}")
    _fill_last_minutes(connection)
    for statement in (*_INDEXES, *_PUT_ASIDE, *_TABLES, *_CONTENT, *_TRIGGERS):
        connection.exec_driver_sql(statement)


def _fill_last_minutes(connection: Connection) -> None:
    rows = connection.exec_driver_sql("SELECT n, first_due, limit_text FROM dossiers").fetchall()
    for n, first_due, limit in rows:
        last = datetime.fromisoformat(first_due)
        if not _TO_THE_MINUTE.search(limit.casefold()):
            last = last.replace(hour=23, minute=59)
        connection.exec_driver_sql(
            "UPDATE dossiers SET last_minute = ? WHERE n = ?",
            (last.isoformat(timespec="minutes"), n),
        )
