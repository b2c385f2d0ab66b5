"""Rows of an away desk that are no dossier's own: papers that were given, marks of courtesy."""

from sqlalchemy import Connection, Table

from cchc_desk.domain.ledger.facts.away import SameNumber
from cchc_desk.store.away.rows import Row, add_row
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import (
    courtesy_observations,
    courtesy_ratings,
    courtesy_seen,
    courtesy_visits,
    frozen_papers,
)

# What both sides wrote on dossiers as a number that only one may bear.
_ONCE = ("paper_receipt", "portal_code")


def take_papers(connection: Connection, away: Connection, rows_from: int) -> int:
    """Add the papers that were given at the away desk; return how many."""
    return _add_new(connection, away, frozen_papers, f"number >= {int(rows_from)}")


def take_courtesy(connection: Connection, away: Connection, rows_from: int) -> None:
    """Add the visits, ratings, observations and seen cards of the away desk.

    A rating that both sides have stays as it is at home (rated_twice).
    """
    _add_new(connection, away, courtesy_visits, f"n >= {int(rows_from)}")
    _add_new(connection, away, courtesy_ratings, "1 = 1")
    _add_new(connection, away, courtesy_observations, "1 = 1")
    keep = (
        "INSERT INTO courtesy_seen (official, monday, until) VALUES (?, ?, ?) "
        "ON CONFLICT (official, monday) DO UPDATE "
        "SET until = CASE WHEN courtesy_seen.until > excluded.until THEN courtesy_seen.until "
        "ELSE excluded.until END"
    )
    for row in run(away, f"SELECT {_columns(courtesy_seen)} FROM courtesy_seen").fetchall():  # noqa: S608 - our own names
        run(connection, keep, tuple(row))


def _add_new(connection: Connection, away: Connection, table: Table, which: str) -> int:
    keys = ", ".join(f'"{key.name}"' for key in table.primary_key)
    own = run(connection, f"SELECT {keys} FROM {table.name} WHERE {which}")  # noqa: S608 - our own names
    known = {tuple(row) for row in own.fetchall()}
    places = [list(table.columns).index(key) for key in table.primary_key]
    theirs = run(away, f"SELECT {_columns(table)} FROM {table.name} WHERE {which}")  # noqa: S608 - our own names
    new: list[Row] = [
        tuple(row) for row in theirs.fetchall() if tuple(row[at] for at in places) not in known
    ]
    for row in new:
        add_row(connection, table, row)
    return len(new)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def rated_twice(connection: Connection, away: Connection) -> tuple[str, ...]:
    """Return the codes of the dossiers that have another rating at the away desk than at home."""
    sql = (
        "SELECT d.code, r.stage, r.at, r.official, r.faces, r.told, r.typed "
        "FROM courtesy_ratings r JOIN dossiers d ON d.n = r.dossier ORDER BY d.code, r.stage"
    )
    ours = {(code, stage): tuple(rest) for code, stage, *rest in run(connection, sql).fetchall()}
    theirs = {(code, stage): tuple(rest) for code, stage, *rest in run(away, sql).fetchall()}
    return tuple(
        dict.fromkeys(key[0] for key, said in theirs.items() if ours.get(key, said) != said)
    )


def written_twice(
    connection: Connection, away: Connection, rows_from: int
) -> tuple[SameNumber, ...]:
    """Return the numbers of new dossiers of the away desk that another dossier at home has too."""
    found = []
    for what in _ONCE:
        new = f"SELECT {what}, code FROM dossiers WHERE n >= ? AND {what} <> '' ORDER BY n"  # noqa: S608 - our own names
        same = f"SELECT code FROM dossiers WHERE {what} = ? AND code <> ? ORDER BY code"  # noqa: S608 - our own names
        for number, code in run(away, new, (rows_from,)).fetchall():
            others = [other for (other,) in run(connection, same, (number, code)).fetchall()]
            if others:
                found.append(SameNumber(what, number, (*others, code)))
    return tuple(found)
