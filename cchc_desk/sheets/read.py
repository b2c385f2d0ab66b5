"""The first table of a file as text, for lists that a person typed (docs/decisions/011)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.sheets.containers import Cell, Limits, read_container

LARGEST_FILE = 20_000_000  # bytes
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class SheetRow:
    """One row of a table; `number` as a spreadsheet counts, from 1."""

    number: int
    cells: tuple[str, ...]


def read_rows(file: Path) -> tuple[SheetRow, ...]:
    """Return the rows of a file's first sheet, blank ones left out.

    Raises Refused("sheet-file") for what is no table or too large, Trouble("cannot-read").
    """
    limits = Limits(LARGEST_FILE, LARGEST_UNPACKED, MOST_ROWS, MOST_COLUMNS)
    sheets = read_container(read_bytes(file, limits), limits).sheets
    rows = sheets[0].rows if sheets else ()
    widest = max((len(row.cells) for row in rows), default=0)
    return tuple(
        SheetRow(row.number, (*map(as_text, row.cells), *("",) * (widest - len(row.cells))))
        for row in rows
    )


def read_bytes(file: Path, limits: Limits) -> bytes:
    """Return what the file holds, one byte more than `limits` where it is larger.

    Raises Trouble("cannot-read").
    """
    try:
        with file.open("rb") as opened:
            return opened.read(limits.file + 1)
    except OSError as error:
        raise Trouble(
            "cannot-read",
            _("Không đọc được tệp {file}: {error}. Hãy chọn lại tệp.").format(
                file=file.name, error=os_reason(error)
            ),
        ) from error


def as_text(cell: Cell) -> str:
    """Return a cell as the text that a reader sees: 3.0 is 3, a day is 31/12/2026."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return f"{cell:%d/%m/%Y}" if midnight else f"{cell:%d/%m/%Y %H:%M}"
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
