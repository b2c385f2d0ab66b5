"""Search for dossiers with or without marks, old or new tone placement; exact marks first.

SQLite folds no đ and its LIKE knows no Vietnamese, so the folded key is made in Python and stored
(FTS5 over three columns: `folded` for finding, `exact` for ranking, `tails` for last digits). A
name with an apostrophe (H’Nhơn) is found joined and apart, a number in any spelling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.found import FEWEST_LAST_DIGITS
from cchc_desk.domain.text.numbers import ascii_digits, in_one_piece, numbers_in
from cchc_desk.domain.text.search_words import ways_to_search
from cchc_desk.domain.text.vietnamese import exact_key, fold, without_apostrophes
from cchc_desk.store.engine.database import is_damage, run, run_many, sqlite_errors
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


IndexRow = tuple[int, str, str, str]  # n, folded, exact, tails


def index(connection: Connection, n: int, dossier: Dossier) -> None:
    """Make dossier row `n` findable by name, code, identity number and phone."""
    run(connection, _INDEX, index_row(n, dossier))


def index_all(connection: Connection, many: Iterable[tuple[int, Dossier]]) -> None:
    """Make many dossiers findable as index() does."""
    run_many(connection, _INDEX, (index_row(n, dossier) for n, dossier in many))


def forget(connection: Connection, n: int, dossier: Dossier) -> None:
    """Take dossier row `n` out of the index; `dossier` as it was when it was indexed."""
    run(connection, _FORGET, index_row(n, dossier))


def index_row(n: int, dossier: Dossier) -> IndexRow:
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
    except sqlite_errors() as error:
        if is_damage(error):
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
    except sqlite_errors():  # too damaged to be emptied
        run(connection, "DROP TABLE dossier_search")
        run(connection, INDEX_TABLE)
    count = 0
    for row in index_rows(connection):
        run(connection, _INDEX, row)
        count += 1
    return count


def index_rows(connection: Connection) -> Iterator[IndexRow]:
    """Yield what the index has of every dossier, by number."""
    for n, *texts in run(connection, _PEOPLE, (NOBODY,)).fetchall():
        yield _index_row(n, [text if isinstance(text, str) else "" for text in texts])


def _index_row(n: int, texts: Sequence[str]) -> IndexRow:
    code, name, number, phone, by = texts
    submitter = f" {by}" if by else ""
    phones = numbers_in(phone)
    keys = fold(f"{name} {code} {number} {phone}{submitter}")
    more = _otherwise(f"{name}{submitter}", number, phones, keys)
    return n, f"{keys} {more}".strip(), exact_key(name), tails(code, number, phones)


def _otherwise(names: str, number: str, phones: Iterable[str], keys: str) -> str:
    """Return the words by which these are found besides `keys`: joined, and in one piece."""
    joined = without_apostrophes(names)
    words = [] if joined == names else fold(joined).split()
    words += (fold(in_one_piece(number)), *phones)
    known = keys.split()
    return " ".join(dict.fromkeys(word for word in words if word and word not in known))


def tails(code: str, id_number: str, phones: Iterable[str]) -> str:
    """Return the last group of a code and the numbers, backwards: FTS5 finds beginnings only.

    Whoever is asked at the counter says the last digits.
    """
    numbers = (code.rpartition("-")[2], ascii_digits(id_number), *phones)
    return " ".join(filter(None, map(_backwards, numbers)))


def _backwards(number: str) -> str:
    if not number.isdecimal():
        number = "".join(filter(str.isdecimal, number))
    return number[::-1]


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
    ways = ways_to_search(query)
    if not ways:
        return []
    sql = _FIND_FITTING.format(condition=condition) if condition else _FIND

    def ask(matching: str) -> list[int]:
        asked = {"matching": matching, "limit": limit, **(values or {})}
        return [row[0] for row in run(connection, sql, asked)]

    marked = exact_key(query).split()
    exact = ask(match("exact", marked)) if marked != list(ways[0]) else []
    if len(exact) == limit:
        return exact
    seen = set(exact)
    matching = " OR ".join(f"({match('folded', words)})" for words in ways)
    others = [n for n in ask(matching) if n not in seen]
    return (exact + others)[:limit]


def with_number(connection: Connection, number: str) -> list[int]:
    """Return the rows of dossiers that have this number in whatever spelling, newest first."""
    asked = {"matching": f'folded : "{number}"', "limit": 200}
    return [row[0] for row in run(connection, _FIND, asked)] if number.isdecimal() else []


def match(column: str, words: Sequence[str]) -> str:
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
