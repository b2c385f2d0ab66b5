"""The words by which dossiers are found: FTS5 in the file of one PC, a tsvector on PostgreSQL.

Both keep three texts of each dossier, made in Python: `folded` for finding, `exact` for ranking,
`tails` for last digits. The row number is that of the dossier. Neither keeps a text that could be
read.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection

from cchc_desk.store.engine.database import is_damage, run, sqlite_errors
from cchc_desk.store.engine.dialects import is_postgresql
from cchc_desk.store.engine.tables import INDEX_TABLE

IndexRow = tuple[int, str, str, str]  # n, folded, exact, tails


class Words(ABC):
    """The statements of one engine; the same hits in the same order as by the other."""

    index: ClassVar[str]  # with index_values()
    forget: ClassVar[str]  # with forget_values()
    find: ClassVar[str]  # with :matching, :limit
    find_fitting: ClassVar[str]  # as `find`, with {condition} over `dossiers d`
    missing: ClassVar[str]  # finds a dossier that has none, but for one name
    _and: ClassVar[str]
    _or: ClassVar[str]

    @abstractmethod
    def index_values(self, row: IndexRow) -> Sequence[Any]: ...

    @abstractmethod
    def forget_values(self, row: IndexRow) -> Sequence[Any]: ...

    @abstractmethod
    def is_sound(self, connection: Connection) -> bool:
        """Return False where the index is damaged; the caller holds a write transaction."""

    @abstractmethod
    def empty(self, connection: Connection) -> None:
        """Forget every dossier."""

    @abstractmethod
    def word(self, column: str, word: str, *, beginning: bool = False) -> str:
        """Return what finds a word, or its `beginning`, in one column; it is never syntax."""

    def all_of(self, parts: Sequence[str]) -> str:
        return self._and.join(f"({part})" for part in parts)

    def any_of(self, parts: Sequence[str]) -> str:
        return self._or.join(f"({part})" for part in parts)


class Fts5Words(Words):
    """The table `dossier_search` of the file, without content of its own."""

    index = "INSERT INTO dossier_search (rowid, folded, exact, tails) VALUES (?, ?, ?, ?)"
    forget = (
        "INSERT INTO dossier_search (dossier_search, rowid, folded, exact, tails) "
        "VALUES ('delete', ?, ?, ?, ?)"
    )
    find = (
        "SELECT rowid FROM dossier_search WHERE dossier_search MATCH :matching "
        "ORDER BY rowid DESC LIMIT :limit"
    )
    # The search finds the row first, its number the dossier: no list of dossiers is gone through.
    find_fitting = (
        "SELECT s.rowid FROM dossier_search s CROSS JOIN dossiers d ON d.n = s.rowid "
        "WHERE s.dossier_search MATCH :matching AND {condition} "
        "ORDER BY s.rowid DESC LIMIT :limit"
    )
    missing = (
        "SELECT 1 FROM dossiers d JOIN applicants a ON a.dossier = d.n "
        "WHERE d.n NOT IN (SELECT id FROM dossier_search_docsize) AND a.name <> ? LIMIT 1"
    )
    _and, _or = " AND ", " OR "

    def is_sound(self, connection: Connection) -> bool:
        check = "INSERT INTO dossier_search (dossier_search) VALUES ('integrity-check')"
        try:
            run(connection, check)
        except sqlite_errors() as error:
            if is_damage(error):
                return False
            raise
        return True

    def empty(self, connection: Connection) -> None:
        try:
            run(connection, "INSERT INTO dossier_search (dossier_search) VALUES ('delete-all')")
        except sqlite_errors():  # too damaged to be emptied
            run(connection, "DROP TABLE dossier_search")
            run(connection, INDEX_TABLE)

    def index_values(self, row: IndexRow) -> Sequence[Any]:
        return row

    def forget_values(self, row: IndexRow) -> Sequence[Any]:
        return row

    def word(self, column: str, word: str, *, beginning: bool = False) -> str:
        quoted = word.replace('"', '""')
        return f'{column} : "{quoted}"{" *" if beginning else ""}'


class TsvectorWords(Words):
    """The column `words`: each word with the first letter of its column before it, and its place.

    One vector, so that one question goes over all three columns, as FTS5 has it.
    """

    index = "INSERT INTO dossier_search (n, words) VALUES (?, ?)"
    forget = "DELETE FROM dossier_search WHERE n = ?"
    find = (
        "SELECT n FROM dossier_search WHERE words @@ :matching::tsquery "
        "ORDER BY n DESC LIMIT :limit"
    )
    find_fitting = (
        "SELECT s.n FROM dossier_search s JOIN dossiers d ON d.n = s.n "
        "WHERE s.words @@ :matching::tsquery AND {condition} ORDER BY s.n DESC LIMIT :limit"
    )
    missing = (
        "SELECT 1 FROM dossiers d JOIN applicants a ON a.dossier = d.n "
        "WHERE d.n NOT IN (SELECT n FROM dossier_search) AND a.name <> ? LIMIT 1"
    )
    _and, _or = " & ", " | "

    def is_sound(self, connection: Connection) -> bool:
        return True  # the server looks after its own indexes

    def empty(self, connection: Connection) -> None:
        run(connection, "DELETE FROM dossier_search")

    def index_values(self, row: IndexRow) -> Sequence[Any]:
        n, *texts = row
        words = (
            f"'{letter}{word}':{min(place, _LAST_PLACE)}"
            for letter, text in zip("fet", texts, strict=True)
            for place, word in enumerate(_TOKEN.findall(text), 1)
        )
        return n, " ".join(words)

    def forget_values(self, row: IndexRow) -> Sequence[Any]:
        return row[:1]

    def word(self, column: str, word: str, *, beginning: bool = False) -> str:
        # Letters and digits alone are in it: a word is cut as FTS5 cuts it, a sign finds nothing.
        tokens = [f"'{column[0]}{token}'" for token in _TOKEN.findall(word)]
        return " <-> ".join(tokens or _NOTHING) + (":*" if beginning and tokens else "")


_TOKEN = re.compile(r"[^\W_]+")
_NOTHING = ["'-'"]
_LAST_PLACE = 16_383  # that a tsvector has

_WORDS = {False: Fts5Words(), True: TsvectorWords()}


def words_of(connection: Connection) -> Words:
    """Return the statements of this connection's engine."""
    return _WORDS[is_postgresql(connection)]
