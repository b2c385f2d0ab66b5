"""A table as a workbook: one sheet, its head fixed, every cell as on the screen."""

import io
from datetime import datetime
from typing import Any

from cchc_desk.domain.table import Listing
from cchc_desk.long_work import LongWork

_WIDEST = 60  # characters
_LONGEST_NAME = 31  # of a sheet, in a workbook
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def table_xlsx(title: str, listing: Listing[Any], made: datetime, work: LongWork) -> bytes:
    """Return the bytes of a workbook; raises Stopped when `work` is stopped.

    Whole numbers are numbers; codes with a leading zero are text.
    """
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    workbook = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": title, "created": made})
    sheet = workbook.add_worksheet(title.translate(_FORBIDDEN)[:_LONGEST_NAME].strip() or "CCHC")
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    headings = listing.headings
    longest = [len(heading) for heading in headings]
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    for row, cells in enumerate(work.counted(listing.cells()), 1):
        for place, text in enumerate(cells):
            if _is_number(text):
                sheet.write_number(row, place, int(text))
            else:
                sheet.write_string(row, place, text)
        longest = [max(most, len(text)) for most, text in zip(longest, cells, strict=True)]
    for place, letters in enumerate(longest):
        sheet.set_column(place, place, min(_WIDEST, letters + 2))
    workbook.close()
    return buffer.getvalue()


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and len(text) < 10
        and (text == "0" or not text.startswith("0"))
    )
