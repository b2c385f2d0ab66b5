"""Schema 6 to 7: the counter's second look.

Frozen once released: written out as it was then, using nothing of today's program.
"""

import json
import re
import unicodedata

from sqlalchemy import Connection

_STATEMENTS: tuple[str, ...] = (
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
    # the day board
    "CREATE INDEX dossiers_returned ON dossiers (returned) WHERE returned IS NOT NULL",
    # everything known about a phone
    "CREATE INDEX applicants_phone ON applicants (phone)",
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
    # the books of certification
    """
    CREATE TABLE certifications (
        dossier INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        book VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        volume INTEGER NOT NULL,
        number INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        paper VARCHAR NOT NULL,
        pages INTEGER NOT NULL,
        copies INTEGER NOT NULL,
        fee INTEGER,
        signer VARCHAR NOT NULL,
        signer_title VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        PRIMARY KEY (dossier, ordinal),
        UNIQUE (book, year, number),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(signer) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX certifications_at ON certifications (book, at)",
)


def to_7(connection: Connection) -> None:
    """Bring a file of schema 6 to schema 7 inside the caller's write transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    _index_last_digits(connection)


# --- search by last digits ------------------------------------------------------------------------

_SEARCH = (
    "DROP TABLE dossier_search",
    "CREATE VIRTUAL TABLE dossier_search USING fts5(folded, exact, tails, content='', "
    "prefix='2 3', tokenize=\"unicode61 remove_diacritics 0\")",
)
_NOBODY = "(đã ẩn danh)"  # those can be found no more
_MARKS = re.compile("[\u0300-\u036f]+")
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHAPES = "\u0302\u0306\u031b"
_OLD_PLACEMENT = re.compile(f"(o(?=.[ae])|u(?=.y))([{_TONES}])([aey])(?![{_SHAPES}{_TONES}])")


def _index_last_digits(connection: Connection) -> None:
    """Make the search table anew: FTS5 without content takes no further column."""
    for statement in _SEARCH:
        connection.exec_driver_sql(statement)
    rows = connection.exec_driver_sql(
        "SELECT d.n, d.code, a.name, a.id_number, a.phone, a.submitter "
        "FROM dossiers d JOIN applicants a ON a.dossier = d.n WHERE a.name <> ? ORDER BY d.n",
        (_NOBODY,),
    )
    while some := rows.fetchmany(5000):
        connection.exec_driver_sql(
            "INSERT INTO dossier_search (rowid, folded, exact, tails) VALUES (?, ?, ?, ?)",
            [(n, _folded(*of), _exact(of[1]), _tails(of[0], *of[2:4])) for n, *of in some],
        )


def _folded(code: str, name: str, id_number: str, phone: str, submitter: str) -> str:
    keys = f"{name} {code} {id_number} {phone}"
    if submitter:
        keys += f" {json.loads(submitter)['name']}"
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", keys.lower())).replace("đ", "d")
    letters = (
        char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in bare
    )
    return " ".join("".join(letters).split())


def _exact(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.lower())
    return unicodedata.normalize("NFC", _OLD_PLACEMENT.sub(r"\1\3\2", decomposed))


def _tails(code: str, id_number: str, phone: str) -> str:
    numbers = (code.rpartition("-")[2], id_number, phone)
    backwards = ("".join(filter(str.isdigit, number))[::-1] for number in numbers)
    return " ".join(filter(None, backwards))
