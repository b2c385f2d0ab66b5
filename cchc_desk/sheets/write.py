"""Tables as a workbook: a sheet each, its head fixed; numbers, days and shares are such."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cchc_desk.domain.table import Cell, Listing
from cchc_desk.long_work import LongWork

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9  # the workbook's number of this paper
_WIDEST = 60  # characters
_LONGEST_NAME = 31  # of a sheet, in a workbook
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class SheetOf:
    """One sheet of a workbook: its name, its table, and lines of text under it."""

    name: str
    listing: Listing[Any]
    notes: tuple[str, ...] = ()


def table_xlsx(title: str, listing: Listing[Any], made: datetime, work: LongWork) -> bytes:
    """Return the bytes of a workbook of one sheet, as workbook_xlsx() does."""
    return workbook_xlsx(title, (SheetOf(title, listing),), made, work)


def workbook_xlsx(title: str, sheets: Iterable[SheetOf], made: datetime, work: LongWork) -> bytes:
    """Return the bytes of a workbook; raises Stopped when `work` is stopped.

    A column's `cell` says what is a number, a day or a share; of other texts whole numbers are
    numbers, and codes with a leading zero are text. Nothing is a formula.
    """
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    workbook = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": title, "created": made})
    writer = _SheetWriter(workbook)
    for sheet in sheets:
        writer.add(sheet, work)
    workbook.close()
    return buffer.getvalue()


class _SheetWriter:
    """Writes sheets into one workbook, whose formats they share."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        self._moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self._share = workbook.add_format({"num_format": "0.00%"})
        self._decimal = workbook.add_format({"num_format": "0.00"})
        self._number = workbook.add_format({"num_format": "#,##0"})

    def add(self, made: SheetOf, work: LongWork) -> None:
        """Add a sheet, ready to be printed: across the page, its head on each page."""
        name = made.name.translate(_FORBIDDEN)[:_LONGEST_NAME].strip() or "CCHC"
        sheet, listing = self._workbook.add_worksheet(name), made.listing
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&P/&N")
        longest = [len(heading) for heading in listing.headings]
        for place, heading in enumerate(listing.headings):
            sheet.write_string(0, place, heading, self._bold)
        last = 0
        for last, row in enumerate(work.counted(listing.rows), 1):
            for place, column in enumerate(listing.columns):
                text = column.value(row)
                longest[place] = max(longest[place], len(text))
                if column.cell is None:
                    self._write_text(sheet, last, place, text)
                else:
                    self._write(sheet, last, place, column.cell(row), text)
        for place, letters in enumerate(longest):
            sheet.set_column(place, place, min(_WIDEST, letters + 2))
        for line, note in enumerate(made.notes, last + 2):
            sheet.write_string(line, 0, note)

    def _write(self, sheet: "Worksheet", row: int, place: int, cell: Cell, text: str) -> None:
        """Write a number, a share or a day as what it is, with its format; else its text."""
        match cell:
            case Fraction():
                sheet.write_number(row, place, float(cell), self._share)
            case Decimal():
                sheet.write_number(row, place, float(cell), self._decimal)
            case int():
                sheet.write_number(row, place, cell, self._number)
            case datetime():
                sheet.write_datetime(row, place, cell, self._moment)
            case date():
                sheet.write_datetime(row, place, datetime(*cell.timetuple()[:3]), self._day)
            case _:
                sheet.write_string(row, place, text)

    @staticmethod
    def _write_text(sheet: "Worksheet", row: int, place: int, text: str) -> None:
        if _is_number(text):
            sheet.write_number(row, place, int(text))
        else:
            sheet.write_string(row, place, text)


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and len(text) < 10
        and (text == "0" or not text.startswith("0"))
    )
