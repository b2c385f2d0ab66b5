"""Frozen papers on disk: added once, read back, emptied where people are forgotten."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.papers.frozen_papers import FrozenPaper, facts_hash
from cchc_desk.store.engine import row_numbers
from cchc_desk.store.engine.database import add, iso, made, run, stored_moment
from cchc_desk.store.engine.tables import frozen_papers

_COLUMNS = (
    "number, owner, kind, subject, frozen, program, form, salt, facts, facts_sha256, pdf_sha256"
)
_FIRST = -(2**63)  # of SQLite's row numbers
_PAPERS = f"SELECT {_COLUMNS} FROM frozen_papers"  # noqa: S608 - constants


def add_paper(connection: Connection, paper: FrozenPaper) -> FrozenPaper:
    """Store a paper under the next number; the caller holds the write transaction."""
    number = row_numbers.next_number(connection, frozen_papers.c.number)
    hashed = replace(paper, number=number, facts_sha256=facts_hash(paper))
    add(connection, frozen_papers, [vars(hashed) | {"frozen": iso(paper.frozen)}])
    return hashed


def papers_of(connection: Connection, owner: str) -> tuple[FrozenPaper, ...]:
    """Return the frozen papers of a dossier or of a slip before acceptance, oldest first."""
    rows = run(connection, f"{_PAPERS} WHERE owner = ? ORDER BY number", (owner,))
    return made(rows, _paper)


def raw_papers(connection: Connection, first: int = _FIRST) -> Iterator[tuple[Any, ...]]:
    """Yield the rows from number `first` on, in order, as they lie on disk (readable_paper)."""
    return iter(run(connection, f"{_PAPERS} WHERE number >= ? ORDER BY number", (first,)))


def readable_paper(row: tuple[Any, ...]) -> FrozenPaper | None:
    """Return the paper of a row of raw_papers(); None for one that the program never wrote."""
    if not all(isinstance(text, str) for text in row[1:]):
        return None
    try:
        return _paper(*row)
    except ValueError:  # no moment
        return None


def forget_people(connection: Connection, owner: str) -> None:
    """Take the facts of a dossier's papers away; the hash of the facts stays."""
    emptied = "UPDATE frozen_papers SET salt = '', facts = '', pdf_sha256 = '' WHERE owner = ?"
    run(connection, emptied, (owner,))


def _paper(number: int, owner: str, kind: str, about: str, frozen: str, *rest: str) -> FrozenPaper:
    return FrozenPaper(number, owner, kind, about, stored_moment(frozen), *rest)
