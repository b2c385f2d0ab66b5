"""A table as a workbook: one sheet, its head fixed, every cell as on the screen."""

import io
from collections.abc import Sequence
from datetime import datetime

from cchc_desk.long_work import LongWork

_WIDEST = 60  # characters
_LONGEST_NAME = 31  # of a sheet, in a workbook
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def table_xlsx(
    title: str,
    columns: Sequence[str],
    lines: Sequence[Sequence[str]],
    made: datetime,
    work: LongWork,
) -> bytes:
    """Return the bytes of a workbook; raises Stopped when `work` is stopped.

    Whole numbers stay numbers; codes with a leading zero stay text.
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
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
        longest = max((len(line[place]) for line in lines), default=0)
        sheet.set_column(place, place, min(_WIDEST, max(longest, len(column)) + 2))
    for row, line in enumerate(work.counted(lines), 1):
        for place, text in enumerate(line):
            if _is_number(text):
                sheet.write_number(row, place, int(text))
            else:
                sheet.write_string(row, place, text)
    workbook.close()
    return buffer.getvalue()


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and len(text) < 10
        and (text == "0" or not text.startswith("0"))
    )
