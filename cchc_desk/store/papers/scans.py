"""Scans on disk: what is known of each, and beside it the bytes, until it is removed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.scans import Scan, ScanKind
from cchc_desk.store.dossiers.dossiers import number_of
from cchc_desk.store.engine import row_numbers
from cchc_desk.store.engine.database import add, iso, made, run, stored_moment
from cchc_desk.store.engine.tables import scan_contents, scans

_SCANS = (
    "SELECT s.number, d.code, s.name, s.kind, s.size, s.sha256, s.added, s.official, s.removed "
    "FROM scans s JOIN dossiers d ON d.n = s.dossier "
)

_REMOVED = "scan IN (SELECT number FROM scans WHERE removed IS NOT NULL AND removed < ?)"


def add_scan(connection: Connection, scan: Scan, content: bytes) -> int:
    """Store a scan under the next number and return that; the caller holds the transaction."""
    number = row_numbers.next_number(connection, scans.c.number)
    row = {
        "number": number,
        "dossier": number_of(connection, scan.code),
        "name": scan.name,
        "kind": scan.kind.value,
        "size": scan.size,
        "sha256": scan.sha256,
        "added": iso(scan.added),
        "official": scan.official,
        "removed": None,
    }
    add(connection, scans, [row])
    add(connection, scan_contents, [{"scan": number, "content": content}])
    return number


def scans_of(connection: Connection, code: str) -> tuple[Scan, ...]:
    """Return the scans of a dossier, removed ones too, oldest first."""
    return made(run(connection, f"{_SCANS} WHERE d.code = ? ORDER BY s.number", (code,)), _scan)


def content_of(connection: Connection, number: int) -> bytes | None:
    """Return the bytes; None where they are gone."""
    found = run(connection, "SELECT content FROM scan_contents WHERE scan = ?", (number,))
    row = found.fetchone()
    return row and bytes(row[0])


def mark_removed(connection: Connection, number: int, removed: datetime | None) -> None:
    """Put a scan away, or with None take it back while its bytes are there."""
    at = removed and iso(removed)
    run(connection, "UPDATE scans SET removed = ? WHERE number = ?", (at, number))


def has_removed(connection: Connection, before: datetime) -> bool:
    """Return True where bytes are left of what was removed before this moment."""
    asked = f"SELECT EXISTS (SELECT 1 FROM scan_contents WHERE {_REMOVED})"  # noqa: S608
    return bool(run(connection, asked, (iso(before),)).fetchone()[0])


def drop_contents(connection: Connection, before: datetime) -> None:
    """Drop the bytes of what was removed before this moment."""
    run(connection, f"DELETE FROM scan_contents WHERE {_REMOVED}", (iso(before),))  # noqa: S608


def forget_people(connection: Connection, code: str, now: datetime) -> None:
    """Drop names and bytes of a dossier's scans; the rows stay as removed."""
    n = number_of(connection, code)
    of_dossier = "SELECT number FROM scans WHERE dossier = ?"
    run(connection, f"DELETE FROM scan_contents WHERE scan IN ({of_dossier})", (n,))  # noqa: S608
    emptied = "UPDATE scans SET name = '', removed = coalesce(removed, ?) WHERE dossier = ?"
    run(connection, emptied, (iso(now), n))


def raw_scans(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield number, dossier code, hash and moment of removal of all scans as they lie on disk."""
    asked = (
        "SELECT s.number, d.code, s.sha256, s.removed FROM scans s "
        "LEFT JOIN dossiers d ON d.n = s.dossier ORDER BY s.number"
    )
    return iter(run(connection, asked))


def _scan(number: int, code: str, name: str, kind: str, size: int, *rest: Any) -> Scan:
    sha256, added, official, removed = rest
    return Scan(
        number,
        code,
        name,
        ScanKind(kind),
        size,
        sha256,
        stored_moment(added),
        official,
        removed and stored_moment(removed),
    )
