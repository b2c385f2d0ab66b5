"""Receipts numbered beforehand, on disk."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.papers.paper_receipts import PaperReceipt
from cchc_desk.store.engine.database import add, iso, run, sound, stored_moment
from cchc_desk.store.engine.tables import paper_receipts

_RECEIPTS = (
    "SELECT r.number, r.printed, r.void, d.code FROM paper_receipts r "
    "LEFT JOIN dossiers d ON d.paper_receipt = r.number AND d.paper_receipt <> '' "
    "AND d.cancelled IS NULL"
)


def add_paper_receipts(connection: Connection, numbers: Iterable[str], printed: datetime) -> None:
    add(
        connection,
        paper_receipts,
        [{"number": n, "printed": iso(printed), "void": ""} for n in numbers],
    )


def paper_receipt(connection: Connection, number: str) -> PaperReceipt | None:
    """Return the pre-numbered receipt with this number, None when unknown."""
    row = run(connection, f"{_RECEIPTS} WHERE r.number = ?", (number,)).fetchone()
    return _receipt(row) if row else None


def all_paper_receipts(connection: Connection) -> tuple[PaperReceipt, ...]:
    """Return every pre-numbered receipt, in order."""
    rows = run(connection, f"{_RECEIPTS} ORDER BY r.number")
    return sound(connection, "paper_receipts", rows, _receipt)


def void_paper_receipt(connection: Connection, number: str, reason: str) -> None:
    run(connection, "UPDATE paper_receipts SET void = ? WHERE number = ?", (reason, number))


def _receipt(row: Any) -> PaperReceipt:
    return PaperReceipt(row[0], stored_moment(row[1]), row[2], row[3] or "")
