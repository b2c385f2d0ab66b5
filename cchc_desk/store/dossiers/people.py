"""People and organisations of earlier dossiers, found by number, phone or name.

Those that were anonymised have neither number nor phone, and no name of theirs in the index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.birth import read_birth
from cchc_desk.domain.text.numbers import in_one_piece, numbers_in
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine.database import run, sound

_ROW = (
    "SELECT d.code, d.procedure_code, a.kind, a.name, a.id_number, a.born, a.sex, a.address, "
    "a.phone, a.email, a.representative FROM applicants a JOIN dossiers d ON d.n = a.dossier "
)
_NEWEST_FIRST = " ORDER BY a.dossier DESC LIMIT 40"  # an index has its rows in this order
BY_NUMBER = f"{_ROW}WHERE a.id_number = ? AND d.cancelled IS NULL{_NEWEST_FIRST}"
BY_PHONE = f"{_ROW}WHERE a.phone = ? AND d.cancelled IS NULL{_NEWEST_FIRST}"
_MOST_FOUND = 100
_ADDRESSES = "SELECT address FROM applicants WHERE address <> '' ORDER BY dossier DESC LIMIT 3000"


@dataclass(frozen=True)
class Earlier:
    """An owner as one earlier dossier has them, with its code and that of its procedure."""

    applicant: Applicant
    code: str
    procedure_code: str


def of_number(connection: Connection, id_number: str) -> tuple[Earlier, ...]:
    """Return the dossiers under this number, newest first."""
    found = _earlier(connection, run(connection, BY_NUMBER, (id_number,)).fetchall())
    return found or tuple(
        one
        for one in _by_search(connection, id_number)
        if in_one_piece(one.applicant.id_number) == id_number
    )


def of_phone(connection: Connection, phone: str) -> tuple[Earlier, ...]:
    """Return the dossiers of owners with this phone, newest first."""
    alone = _earlier(connection, run(connection, BY_PHONE, (phone,)).fetchall())
    others = tuple(
        one
        for one in _by_search(connection, phone)
        if one.applicant.phone != phone and phone in numbers_in(one.applicant.phone)
    )
    return alone + others


def _by_search(connection: Connection, number: str) -> tuple[Earlier, ...]:
    """Return the dossiers that have this number among others or in an older spelling."""
    found = search.with_number(connection, number)[:_MOST_FOUND]
    places = ", ".join("?" * len(found))
    sql = f"{_ROW}WHERE a.dossier IN ({places}) AND d.cancelled IS NULL{_NEWEST_FIRST}"
    return _earlier(connection, run(connection, sql, found).fetchall()) if found else ()


def organisations(connection: Connection, name: str) -> tuple[Earlier, ...]:
    """Return dossiers of organisations whose name has every typed word, newest first."""
    found = search.find(connection, name, 60)
    places = ", ".join("?" * len(found))
    kind = ApplicantKind.ORGANISATION.value
    sql = (
        f"{_ROW}WHERE a.dossier IN ({places}) AND a.kind = ? AND d.cancelled IS NULL{_NEWEST_FIRST}"
    )
    rows = _earlier(connection, run(connection, sql, (*found, kind)).fetchall()) if found else ()
    words = fold(name).split()
    return tuple(
        one for one in rows if all(word in fold(one.applicant.name).split() for word in words)
    )


def last_addresses(connection: Connection) -> tuple[str, ...]:
    """Return the owners' addresses of the last dossiers, newest first."""
    return tuple(address for (address,) in run(connection, _ADDRESSES))


def _earlier(connection: Connection, rows: Sequence[tuple[str, ...]]) -> tuple[Earlier, ...]:
    return sound(connection, "applicants", rows, _earlier_one)


def _earlier_one(row: Any) -> Earlier:
    code, procedure_code, kind, name, id_number, born, *rest = row
    "".join((name, id_number, *rest))
    person = Applicant(ApplicantKind(kind), name, id_number, read_birth(born), *rest)
    return Earlier(person, code, procedure_code)
