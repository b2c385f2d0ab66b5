"""Tables read from a workbook (.xlsx) or a text file (.csv): every cell as text, nothing executed.

A file is looked at before the library opens it: its size, what it would unpack to, and how far its
cells reach, since a few bytes can name a cell in the last column of the last row.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason

LARGEST_FILE = 20_000_000  # bytes
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
_CHUNK = 1 << 20
_OVERLAP = 64  # bytes: longer than a cell's reference in its quotes
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,12})["']""")
# What zipfile raises for a package that is torn, encrypted or packed in a way it does not know.
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_NO_CELLS = re.compile(r"xl/(sharedStrings\.xml|media/.*)", re.IGNORECASE)


@dataclass(frozen=True)
class SheetRow:
    """One row of a table; `number` as a spreadsheet counts, from 1."""

    number: int
    cells: tuple[str, ...]


def read_rows(file: Path) -> tuple[SheetRow, ...]:
    """Return the rows of a file's first sheet, blank ones left out.

    Raises Refused("sheet-file") for what is no table or too large, Trouble("cannot-read").
    """
    content = _content(file)
    rows = _of_workbook(content) if content[:4] == b"PK\x03\x04" else _of_text(content)
    return tuple(row for row in rows if any(row.cells))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Trouble(
            "cannot-read",
            _("Không đọc được tệp {file}: {error}. Hãy chọn lại tệp.").format(
                file=file.name, error=os_reason(error)
            ),
        ) from error
    if len(content) > LARGEST_FILE:
        raise _refused(_("tệp lớn quá {most} MB").format(most=LARGEST_FILE // 1_000_000))
    return content


def _refused(why: str) -> Refused:
    text = _("Không nhận tệp này: {why}. Hãy lưu lại bằng .xlsx hoặc «CSV UTF-8» rồi chọn lại.")
    return Refused("sheet-file", text.format(why=why), "file")


# --- a workbook -----------------------------------------------------------------------------------


def _of_workbook(content: bytes) -> Iterator[SheetRow]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_package(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not workbook.sheet_names:
            raise _refused(_("trong tệp không có trang tính nào"))
        values = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(_("không phải bảng tính Excel đọc được")) from error
    for number, row in enumerate(values, 1):
        yield SheetRow(number, tuple(_text(value) for value in row))


def _check_package(content: bytes) -> None:
    """Refuse a package that would unpack to too much, or whose cells reach too far."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise _refused(_("tệp nén bất thường"))
            for entry in entries:
                if not _NO_CELLS.fullmatch(entry.filename):
                    _check_reach(package, entry)
    except _TORN as error:
        raise _refused(_("không phải bảng tính Excel đọc được")) from error


def _check_reach(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a sheet with a cell beyond MOST_ROWS or MOST_COLUMNS. What is read is counted too."""
    read, tail = 0, b""
    with package.open(entry) as sheet:
        while chunk := sheet.read(_CHUNK):
            read += len(chunk)
            if read > LARGEST_UNPACKED:
                raise _refused(_("tệp nén bất thường"))
            for letters, digits in _REFERENCE.findall(tail + chunk):
                if int(digits) > MOST_ROWS or _column(letters.upper()) > MOST_COLUMNS:
                    raise _refused(
                        _("bảng vượt {rows} dòng hoặc {columns} cột").format(
                            rows=MOST_ROWS, columns=MOST_COLUMNS
                        )
                    )
            tail = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(value: object) -> str:
    """Return a cell as the text that a reader sees: 3.0 is 3, a day is 31/12/2026."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, timedelta):
        return str(value)
    return str(value)[:LONGEST_CELL].strip()


# --- a text file ----------------------------------------------------------------------------------


def _of_text(content: bytes) -> Iterator[SheetRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(_("không phải .xlsx, cũng không phải văn bản UTF-8")) from error
    if "\0" in text:
        raise _refused(_("không phải .xlsx, cũng không phải văn bản UTF-8"))
    head = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    try:
        for number, row in enumerate(lines, 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise _refused(
                    _("bảng vượt {rows} dòng hoặc {columns} cột").format(
                        rows=MOST_ROWS, columns=MOST_COLUMNS
                    )
                )
            yield SheetRow(number, tuple(cell[:LONGEST_CELL].strip() for cell in row))
    except csv.Error as error:
        raise _refused(_("dấu nháy hoặc dấu phân cách không khớp")) from error
