"""Dossiers by their codes, many at once, as a list of another system names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.store.engine.database import Connection, readable, run

_AT_ONCE = 500  # parameters of one statement


@dataclass(frozen=True)
class KnownPromise:
    """The first promise of a dossier that the desk knows, and whether the office is done."""

    code: str
    due: datetime
    finished: bool


def known_promises(connection: Connection, codes: Iterable[str]) -> dict[str, KnownPromise]:
    """Return the dossiers with these codes, by code; an unknown code is not in it."""
    wanted = list(dict.fromkeys(codes))
    found: dict[str, KnownPromise] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        sql = (
            "SELECT code, first_due, ready IS NOT NULL OR ended IS NOT NULL FROM dossiers "  # noqa: S608
            f"WHERE cancelled IS NULL AND code IN ({', '.join('?' * len(part))})"
        )
        for code, due, finished in run(connection, sql, part):
            with readable(str(code)):
                found[code] = KnownPromise(code, datetime.fromisoformat(due), bool(finished))
    return found
