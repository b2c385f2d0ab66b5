"""Search for dossiers with or without marks, old or new tone placement; exact marks first.

No engine folds đ or knows Vietnamese, so the keys are made in Python (dialects/words.py). A name
with an apostrophe (H’Nhơn) is found joined and apart, a number in any spelling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.found import FEWEST_LAST_DIGITS
from cchc_desk.domain.text.numbers import ascii_digits, in_one_piece, numbers_in
from cchc_desk.domain.text.search_words import ways_to_search
from cchc_desk.domain.text.vietnamese import exact_key, fold, without_apostrophes
from cchc_desk.store.engine.database import run, run_many
from cchc_desk.store.engine.dialects.words import IndexRow, Words, words_of

NOBODY = "(đã ẩn danh)"  # the name of who was forgotten: nobody finds the dossier by it


def index(connection: Connection, n: int, dossier: Dossier) -> None:
    """Make dossier row `n` findable by name, code, identity number and phone."""
    words = words_of(connection)
    run(connection, words.index, words.index_values(index_row(n, dossier)))


def index_all(connection: Connection, many: Iterable[tuple[int, Dossier]]) -> None:
    """Make many dossiers findable as index() does."""
    words = words_of(connection)
    rows = (words.index_values(index_row(n, dossier)) for n, dossier in many)
    run_many(connection, words.index, rows)


def forget(connection: Connection, n: int, dossier: Dossier) -> None:
    """Take dossier row `n` out of the index; `dossier` as it was when it was indexed."""
    words = words_of(connection)
    run(connection, words.forget, words.forget_values(index_row(n, dossier)))


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
    words = words_of(connection)
    if not words.is_sound(connection):
        return False
    return run(connection, words.missing, (NOBODY,)).fetchone() is None


def rebuild(connection: Connection) -> int:
    """Make the index anew from the dossiers and their people; return how many it has."""
    words, count = words_of(connection), 0
    words.empty(connection)
    for row in index_rows(connection):
        run(connection, words.index, words.index_values(row))
        count += 1
    return count


def forget_row(connection: Connection, n: int) -> None:
    """Take dossier row `n` out of the index as it stands now; it goes on by index_stored()."""
    words = words_of(connection)
    for row in _stored(connection, n):
        run(connection, words.forget, words.forget_values(row))


def index_stored(connection: Connection, n: int) -> None:
    """Make dossier row `n` findable by what is stored of it."""
    words = words_of(connection)
    for row in _stored(connection, n):
        run(connection, words.index, words.index_values(row))


def _stored(connection: Connection, n: int) -> list[IndexRow]:
    rows = run(connection, _PEOPLE.replace("WHERE", "WHERE d.n = ? AND"), (n, NOBODY)).fetchall()
    return [_index_row(number, texts) for number, *texts in rows]


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
    words = words_of(connection)
    sql = words.find_fitting.format(condition=condition) if condition else words.find

    def ask(matching: str) -> list[int]:
        asked = {"matching": matching, "limit": limit, **(values or {})}
        return [row[0] for row in run(connection, sql, asked)]

    marked = exact_key(query).split()
    exact = ask(match(words, "exact", marked)) if marked != list(ways[0]) else []
    if len(exact) == limit:
        return exact
    seen = set(exact)
    matching = words.any_of([match(words, "folded", way) for way in ways])
    others = [n for n in ask(matching) if n not in seen]
    return (exact + others)[:limit]


def with_number(connection: Connection, number: str) -> list[int]:
    """Return the rows of dossiers that have this number in whatever spelling, newest first."""
    if not number.isdecimal():
        return []
    words = words_of(connection)
    asked = {"matching": words.word("folded", number), "limit": 200}
    return [row[0] for row in run(connection, words.find, asked)]


def match(words: Words, column: str, wanted: Sequence[str]) -> str:
    """Return the question: `column` has every word, the last one as a beginning.

    In `folded` a word of digits may also be the end of a number.
    """
    last = len(wanted) - 1
    return words.all_of(
        [_matched(words, column, word, place == last) for place, word in enumerate(wanted)]
    )


def _matched(words: Words, column: str, word: str, beginning: bool) -> str:
    whole = words.word(column, word, beginning=beginning)
    if column == "folded" and word.isdigit() and len(word) >= FEWEST_LAST_DIGITS:
        return words.any_of([whole, words.word("tails", word[::-1], beginning=True)])
    return whole
