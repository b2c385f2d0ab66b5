"""Search for dossiers with or without marks, old or new tone placement; exact marks first.

SQLite folds no đ and its LIKE knows no Vietnamese, so the folded key is made in Python and stored
(FTS5 over two columns: `folded` for finding, `exact` for ranking).
"""

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.text.vietnamese import exact_key, fold
from cchc_desk.store.engine.database import run

_INDEX = "INSERT INTO dossier_search (rowid, folded, exact) VALUES (?, ?, ?)"
_FORGET = (
    "INSERT INTO dossier_search (dossier_search, rowid, folded, exact) VALUES ('delete', ?, ?, ?)"
)
_FIND = "SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT ?"


def index(connection: Connection, n: int, dossier: Dossier) -> None:
    """Make dossier row `n` findable by name, code, identity number and phone."""
    run(connection, _INDEX, index_row(n, dossier))


def forget(connection: Connection, n: int, dossier: Dossier) -> None:
    """Take dossier row `n` out of the index; `dossier` as it was when it was indexed."""
    run(connection, _FORGET, index_row(n, dossier))


def index_row(n: int, dossier: Dossier) -> tuple[int, str, str]:
    applicant = dossier.applicant
    keys = f"{applicant.name} {dossier.code} {applicant.id_number} {applicant.phone}"
    if dossier.submitter:
        keys += f" {dossier.submitter.name}"
    return n, fold(keys), exact_key(applicant.name)


def find(connection: Connection, query: str, limit: int) -> list[int]:
    """Return row numbers of at most `limit` dossiers, exact marks first, then newest first."""
    words = fold(query).split()
    if not words:
        return []
    marked = exact_key(query).split()
    exact = _ask(connection, "exact", marked, limit) if marked != words else []
    if len(exact) == limit:
        return exact
    seen = set(exact)
    others = [n for n in _ask(connection, "folded", words, limit) if n not in seen]
    return (exact + others)[:limit]


def _ask(connection: Connection, column: str, words: list[str], limit: int) -> list[int]:
    return [row[0] for row in run(connection, _FIND, (match(column, words), limit))]


def match(column: str, words: list[str]) -> str:
    """Return an FTS5 query: `column` has every word, the last one as a beginning.

    Words are quoted, never syntax.
    """
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    return (
        f"{column} : ({' AND '.join(quoted)} *)" if len(quoted) > 1 else f"{column} : {quoted[0]} *"
    )
