"""Search for dossiers with or without marks, old or new tone placement; exact marks first.

SQLite folds no đ and its LIKE knows no Vietnamese, so the folded key is made in Python and stored
(FTS5 over three columns: `folded` for finding, `exact` for ranking, `tails` for last digits).
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.found import FEWEST_LAST_DIGITS
from cchc_desk.domain.text.vietnamese import exact_key, fold
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import INDEX_TABLE

NOBODY = "(đã ẩn danh)"  # the name of who was forgotten: nobody finds the dossier by it
_INDEX = "INSERT INTO dossier_search (rowid, folded, exact, tails) VALUES (?, ?, ?, ?)"
_FORGET = (
    "INSERT INTO dossier_search (dossier_search, rowid, folded, exact, tails) "
    "VALUES ('delete', ?, ?, ?, ?)"
)
_FIND = (
    "SELECT rowid FROM dossier_search WHERE dossier_search MATCH :matching"
    " ORDER BY rowid DESC LIMIT :limit"
)
# The search finds the row first, its number the dossier: no list of dossiers is gone through.
_FIND_FITTING = """
SELECT s.rowid FROM dossier_search s CROSS JOIN dossiers d ON d.n = s.rowid
WHERE s.dossier_search MATCH :matching AND {condition} ORDER BY s.rowid DESC LIMIT :limit
"""


def index(connection: Connection, n: int, dossier: Dossier) -> None:
    """Make dossier row `n` findable by name, code, identity number and phone."""
    run(connection, _INDEX, index_row(n, dossier))


def forget(connection: Connection, n: int, dossier: Dossier) -> None:
    """Take dossier row `n` out of the index; `dossier` as it was when it was indexed."""
    run(connection, _FORGET, index_row(n, dossier))


def index_row(n: int, dossier: Dossier) -> tuple[int, str, str, str]:
    applicant = dossier.applicant
    submitter = dossier.submitter.name if dossier.submitter else ""
    texts = (dossier.code, applicant.name, applicant.id_number, applicant.phone, submitter)
    return _index_row(n, texts)


_PEOPLE = """
SELECT d.n, d.code, a.name, a.id_number, a.phone,
       CASE WHEN json_valid(a.submitter) THEN json_extract(a.submitter, '$.name') END
FROM dossiers d JOIN applicants a ON a.dossier = d.n WHERE a.name <> ? ORDER BY d.n
"""


def is_whole(connection: Connection) -> bool:
    """Return True when the index is sound and has every dossier.

    The caller holds a write transaction: SQLite counts the check as a write.
    """
    try:
        run(connection, "INSERT INTO dossier_search (dossier_search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
            return False
        raise
    missing = (
        "SELECT 1 FROM dossiers d JOIN applicants a ON a.dossier = d.n "
        "WHERE d.n NOT IN (SELECT id FROM dossier_search_docsize) AND a.name <> ? LIMIT 1"
    )
    return run(connection, missing, (NOBODY,)).fetchone() is None


def rebuild(connection: Connection) -> int:
    """Make the index anew from the dossiers and their people; return how many it has."""
    try:
        run(connection, "INSERT INTO dossier_search (dossier_search) VALUES ('delete-all')")
    except sqlite3.DatabaseError:  # too damaged to be emptied
        run(connection, "DROP TABLE dossier_search")
        run(connection, INDEX_TABLE)
    count = 0
    for n, code, name, id_number, phone, submitter in run(
        connection, _PEOPLE, (NOBODY,)
    ).fetchall():
        texts = (code, name, id_number, phone, submitter)
        row = _index_row(n, [text if isinstance(text, str) else "" for text in texts])
        run(connection, _INDEX, row)
        count += 1
    return count


def _index_row(n: int, texts: Sequence[str]) -> tuple[int, str, str, str]:
    code, name, id_number, phone, submitter = texts
    keys = f"{name} {code} {id_number} {phone}"
    if submitter:
        keys += f" {submitter}"
    return n, fold(keys), exact_key(name), tails(code, id_number, phone)


def tails(code: str, id_number: str, phone: str) -> str:
    """Return the last group of a code and the two numbers, backwards: FTS5 finds beginnings only.

    Whoever is asked at the counter says the last digits.
    """
    numbers = (code.rpartition("-")[2], id_number, phone)
    return " ".join(filter(None, ("".join(filter(str.isdigit, n))[::-1] for n in numbers)))


def find(
    connection: Connection,
    query: str,
    limit: int,
    condition: str = "",
    values: Mapping[str, Any] | None = None,
) -> list[int]:
    """Return row numbers of at most `limit` dossiers, exact marks first, then newest first.

    `condition`: SQL over `dossiers d` that they must fit, with its `values`; "" for all.
    """
    words = fold(query).split()
    if not words:
        return []
    sql = _FIND_FITTING.format(condition=condition) if condition else _FIND

    def ask(matching: str) -> list[int]:
        asked = {"matching": matching, "limit": limit, **(values or {})}
        return [row[0] for row in run(connection, sql, asked)]

    marked = exact_key(query).split()
    exact = ask(match("exact", marked)) if marked != words else []
    if len(exact) == limit:
        return exact
    seen = set(exact)
    others = [n for n in ask(match("folded", words)) if n not in seen]
    return (exact + others)[:limit]


def match(column: str, words: list[str]) -> str:
    """Return an FTS5 query: `column` has every word, the last one as a beginning.

    In `folded` a word of digits may also be the end of a number. Words are quoted, never syntax.
    """
    last = len(words) - 1
    return " AND ".join(
        _matched(column, word, " *" if place == last else "") for place, word in enumerate(words)
    )


def _matched(column: str, word: str, beginning: str) -> str:
    quoted = word.replace('"', '""')
    whole = f'{column} : "{quoted}"{beginning}'
    if column == "folded" and word.isdigit() and len(word) >= FEWEST_LAST_DIGITS:
        return f'({whole} OR tails : "{word[::-1]}" *)'
    return whole
