"""Export of a list on the screen as a workbook or as plain text, noted in the ledger."""

import csv
import io
from pathlib import Path
from typing import Any

from cchc_desk.actions.exports import leaving
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.table import Listing
from cchc_desk.long_work import LongWork
from cchc_desk.output_file import output_file
from cchc_desk.session import Desk
from cchc_desk.sheets.write import table_xlsx

# Beginnings of a cell that a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_table(
    desk: Desk,
    target: Path,
    title: str,
    listing: Listing[Any],
    work: LongWork | None = None,
    reason: str = "",
) -> int:
    """Write the rows to `target` (.csv as text, else .xlsx); return their number.

    A list of citizens leaves the program with a reason: the ledger notes what, how many, who and
    why. Raises as leaving.required_reason() and output_file().
    """
    if listing.is_personal:
        reason = leaving.required_reason(desk, reason)
    else:
        desk.require(Permission.READ)
    content = table_content(desk, target, title, listing, work)
    with output_file(target) as out:
        out.write(content)
        if listing.is_personal:
            leaving.note(desk, title, len(listing.rows), target.name, content, reason)
    return len(listing.rows)


def table_content(
    desk: Desk, target: Path, title: str, listing: Listing[Any], work: LongWork | None = None
) -> bytes:
    """Return the rows as a file of the kind that `target` says."""
    work = work or LongWork()
    work.total = len(listing.rows)
    as_text = target.suffix.lower() == ".csv"
    return _csv(listing) if as_text else table_xlsx(title, listing, desk.now(), work)


def _csv(listing: Listing[Any]) -> bytes:
    """Return UTF-8 with a mark, as spreadsheets on office machines expect it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(listing.headings)
    writer.writerows([_as_text(cell) for cell in line] for line in listing.cells())
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
