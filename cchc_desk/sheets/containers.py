"""Tables in whatever file holds them: its bytes decide what it is, never its name.

Workbooks (.xlsx, .ods, BIFF .xls), HTML tables called .xls, SpreadsheetML 2003, MHTML, text with
commas, semicolons or tabs in any encoding of a Vietnamese office. Nothing is executed, no formula
evaluated, no entity followed; what a file would unpack to is looked at before a library opens it.
"""

import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from cchc_desk.domain.text.legacy_text import LegacyEncoding, legacy_encoding_of
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork

Cell = str | float | datetime


@dataclass(frozen=True)
class Limits:
    """The most that is read of a file."""

    file: int = 60_000_000  # bytes
    unpacked: int = 400_000_000
    rows: int = 100_000
    columns: int = 200
    cell: int = 10_000  # letters


@dataclass(slots=True)  # a frozen one takes longer to make, 50,000 times in a list
class Row:
    """One row of a table; `number` as a spreadsheet counts, from 1.

    `cells` are without blank ones at the end; `width` is how many were written, where the file
    writes every cell (text and HTML), else 0.
    """

    number: int
    cells: tuple[Cell, ...]
    width: int = 0


@dataclass(frozen=True)
class Sheet:
    """One table of a file; `encoding` names the old encoding that its texts came in, if any.

    `before` is one such text as it came in, `after` the same as it is read.
    """

    name: str
    rows: tuple[Row, ...]
    encoding: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Container:
    """A file as it was recognised: "xlsx", "xls", "html", "spreadsheetml", "mhtml" or "text"."""

    kind: str
    sheets: tuple[Sheet, ...]
    is_torn: bool = False  # a text whose last line is shorter than others and does not end


_CHUNK = 1 << 20
_OVERLAP = 64  # bytes: longer than a cell's reference in its quotes
# What zipfile raises for a package that is torn, encrypted or packed in a way it does not know.
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_NO_CELLS = re.compile(r"xl/(sharedStrings\.xml|media/.*)", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_OF_LISTS = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".htm", ".html", ".mht", ".mhtml")
_BIFF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK = b" \t\r\n\x00"


def read_container(
    content: bytes, limits: Limits | None = None, work: LongWork | None = None
) -> Container:
    """Return the tables of a file, blank rows left out; each row is a step of `work`.

    Raises Refused("sheet-file") for what is no table, torn, too large or unsafe to open; Stopped.
    """
    limits, work = limits or Limits(), work or LongWork()
    if len(content) > limits.file:
        raise refused(_("tệp lớn quá {most} MB").format(most=limits.file // 1_000_000))
    if content.startswith(_ZIP):
        content = _unzipped(content, limits)
    kind, reader = _recognise(content)
    has_widths = kind in _EVERY_CELL
    sheets = tuple(_whole(sheet, limits, has_widths, work) for sheet in reader(content, limits))
    return Container(kind, sheets, kind == "text" and _is_torn(content, sheets[0].rows))


_EVERY_CELL = frozenset({"html", "mhtml", "text"})  # containers that write blank cells too


def refused(why: str) -> Refused:
    """Return the refusal of a file, with the way out."""
    text = _("Không nhận tệp này: {why}. Hãy lưu lại bằng .xlsx hoặc «CSV UTF-8» rồi chọn lại.")
    return Refused("sheet-file", text.format(why=why), "file")


_Raw = tuple[str, Iterable[tuple[int, Iterable[object]]]]
_Reader = Callable[[bytes, Limits], Iterator[_Raw]]


def _recognise(content: bytes) -> tuple[str, _Reader]:
    if content.startswith(_ZIP):
        return "xlsx", _of_package
    if content.startswith(_BIFF[:4]):
        return "xls", _of_biff
    head = content[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK).lower()
    if head.startswith(b"mime-version") or (
        head.startswith((b"from:", b"content-type:", b"date:")) and b"mime-version" in head
    ):
        return "mhtml", _of_mhtml
    if head.startswith(b"<"):
        office = b"urn:schemas-microsoft-com:office:spreadsheet" in head
        if office and b"<html" not in head:
            return "spreadsheetml", _of_spreadsheetml
        return "html", _of_html
    return "text", _of_text


def _whole(raw: _Raw, limits: Limits, has_widths: bool, work: LongWork) -> Sheet:
    """Return the sheet with cells of three types, in Unicode, within the limits."""
    name, numbered = raw
    rows, clean = [], _Clean(limits)
    for number, values in work.counted_many(numbered):
        if number > limits.rows:
            raise _too_far(limits)
        cells = clean.row(values)
        width = len(cells) if has_widths else 0
        end = len(cells)
        while end and cells[end - 1] == "":
            end -= 1
        cells = cells[:end]
        if len(cells) > limits.columns:
            raise _too_far(limits)
        if cells:
            rows.append(Row(number, cells, width))
    encoding = legacy_encoding_of(_texts(rows))
    if encoding is None:
        return Sheet(name, tuple(rows))
    before = max(itertools.islice(_texts(rows), 20), key=len, default="")
    rows = [replace(row, cells=tuple(_decoded(c, encoding) for c in row.cells)) for row in rows]
    return Sheet(name, tuple(rows), encoding.name, before, encoding.decode_text(before))


def _is_torn(content: bytes, rows: tuple[Row, ...]) -> bool:
    """True where a text ends within a line of three cells or with figures in its first one.

    A signature at the foot of a list has fewer cells and no figures.
    """
    if not rows or content.rstrip(b"\x00")[-1:] in (b"\n", b"\r"):
        return False
    last = rows[-1]
    filled = [str(cell) for cell in last.cells if cell != ""]
    is_line = len(filled) >= 3 or any(map(str.isdigit, filled[0]))
    return is_line and last.width < max(row.width for row in rows)


def cut() -> Refused:
    """Return the refusal of a file that lacks its end."""
    return refused(_("tệp bị cắt cụt, thiếu phần cuối"))


def _too_far(limits: Limits) -> Refused:
    return refused(
        _("bảng vượt {rows} dòng hoặc {columns} cột").format(
            rows=limits.rows, columns=limits.columns
        )
    )


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    """Yield texts that may be in an old encoding: beyond ASCII, of the first rows."""
    for row in itertools.islice(rows, 60):
        yield from (cell for cell in row.cells if isinstance(cell, str) and not cell.isascii())


def _decoded(cell: Cell, encoding: LegacyEncoding) -> Cell:
    if isinstance(cell, str) and not cell.isascii():
        return encoding.decode_text(cell)
    return cell


class _Clean(dict[str, Cell]):
    """Cleaner of cells; a text that stands in many of them is cleaned once, and kept once."""

    def __init__(self, limits: Limits) -> None:
        super().__init__({"": ""})
        self.limits = limits

    def row(self, values: Iterable[object]) -> tuple[Cell, ...]:
        """Return the cells of a row, one more than allowed where there are more."""
        limits = self.limits
        return tuple(
            [
                self[value] if type(value) is str else _cell(value, limits)
                for value in itertools.islice(values, limits.columns + 1)
            ]
        )

    def __missing__(self, value: str) -> Cell:
        if len(value) <= self.limits.cell and value[:1] not in _WRAPPING:
            clean: Cell = value.strip()
        else:
            clean = _cell(value, self.limits)
        if len(self) < _MOST_KEPT:
            self[value] = clean
        return clean


_MOST_KEPT = 20_000  # texts: of these a list has the most again and again
# What programs write around a text so that a workbook leaves it alone: ="012", '012, "012".
_WRAPPING = frozenset("='\"")
_WRAPPED = re.compile(r"""\A(?:="([^"]*)"|"([^"]+)"|'(?=\S)(.*))\Z""", re.DOTALL)


def _cell(value: object, limits: Limits) -> Cell:
    if type(value) is float:
        return value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, str):
        text = value[: limits.cell].strip()
        return _WRAPPED.sub(r"\1\2\3", text).strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)[: limits.cell].strip()


# --- packed files ---------------------------------------------------------------------------------


def _unzipped(content: bytes, limits: Limits) -> bytes:
    """Return the one list in an archive; a workbook, which is an archive too, as it is."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _TORN:
        return content  # a torn workbook is said to be one
    try:
        with archive:
            files = [entry for entry in archive.infolist() if _is_list(entry)]
            if not files:
                return content
            if len(files) > 1:
                raise refused(_("tệp nén có {count} danh sách bên trong").format(count=len(files)))
            if files[0].flag_bits & 1:
                raise refused(_("tệp nén có mật khẩu"))
            with archive.open(files[0]) as packed:
                found = packed.read(limits.file + 1)
    except _TORN as error:
        raise refused(_("tệp nén bị hỏng")) from error
    if len(found) > limits.file:
        raise refused(_("tệp lớn quá {most} MB").format(most=limits.file // 1_000_000))
    return found


_NO_LISTS = ("xl/", "__MACOSX/")  # what a workbook embeds, what a foreign archiver adds


def _is_list(entry: zipfile.ZipInfo) -> bool:
    """True for a file in an archive that may be a list, by its name; no part of a workbook is."""
    name = entry.filename
    return name.lower().endswith(_OF_LISTS) and not name.startswith(_NO_LISTS)


# --- workbooks ------------------------------------------------------------------------------------


def _of_package(content: bytes, limits: Limits) -> Iterator[_Raw]:
    _check_package(content, limits)
    return _of_workbook(content)


def _of_biff(content: bytes, limits: Limits) -> Iterator[_Raw]:
    """Read an old workbook with xlrd: calamine takes all memory for one wrong column number."""
    import xlrd

    try:
        workbook = xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
        )
        for name in workbook.sheet_names():
            sheet = workbook.sheet_by_name(name)
            yield (
                name,
                [
                    (place + 1, [_biff_value(cell, workbook.datemode) for cell in sheet.row(place)])
                    for place in range(min(sheet.nrows, limits.rows + 1))
                ],
            )
            workbook.unload_sheet(name)
    except (MemoryError, Refused):
        raise
    except Exception as error:
        raise refused(_("không phải bảng tính Excel đọc được")) from error


def _biff_value(cell: Any, datemode: int) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return float(cell.value)
    return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else ""


def _of_workbook(content: bytes) -> Iterator[_Raw]:
    from python_calamine import CalamineError, CalamineWorkbook

    with _readable_workbook(CalamineError):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(workbook.sheet_names)
    if not names:
        raise refused(_("trong tệp không có trang tính nào"))
    for place, name in enumerate(names):
        with _readable_workbook(CalamineError):
            sheet = workbook.get_sheet_by_index(place)
        yield name, enumerate(_rows_of(sheet, CalamineError), 1)


def _rows_of(sheet: Any, library_error: type[Exception]) -> Iterator[list[object]]:
    """Yield the rows from the first on, one by one: all at once would hold Python for a second."""
    left = [""] * sheet.start[1] if sheet.start else []  # which the library leaves out
    with _readable_workbook(library_error):
        for row in sheet.iter_rows():
            yield left + row


@contextmanager
def _readable_workbook(library_error: type[Exception]) -> Iterator[None]:
    """Turn the errors of the library into the refusal, its panic over a torn file among them."""
    broken = refused(_("không phải bảng tính Excel đọc được"))
    try:
        yield
    except (library_error, OSError, ValueError, OverflowError) as error:
        raise broken from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of its Rust code; it has no other name
            raise
        raise broken from error


def _check_package(content: bytes, limits: Limits) -> None:
    """Refuse a package that would unpack to too much, or whose cells reach too far."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > limits.unpacked:
                raise refused(_("tệp nén bất thường"))
            for entry in entries:
                if not _NO_CELLS.fullmatch(entry.filename):
                    _check_reach(package, entry, limits)
    except _TORN as error:
        raise refused(_("không phải bảng tính Excel đọc được")) from error


def _check_reach(package: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse a sheet with a cell beyond the limits. What is read is counted too."""
    read, tail = 0, b""
    far = _far_reference(len(str(limits.rows)))
    with package.open(entry) as sheet:
        while chunk := sheet.read(_CHUNK):
            read += len(chunk)
            if read > limits.unpacked:
                raise refused(_("tệp nén bất thường"))
            for letters, digits in far.findall(tail + chunk):
                if int(digits) > limits.rows or _column(letters.upper()) > limits.columns:
                    raise _too_far(limits)
            tail = chunk[-_OVERLAP:]


@cache
def _far_reference(figures: int) -> "re.Pattern[bytes]":
    """Return the pattern of a reference in two letters, or with so many figures: a few in a sheet.

    It begins with a plain letter, which is sought faster than a kind of letters.
    """
    many = rb"{%d,12}" % figures
    reference = rb"[A-Za-z]{2,3}(?=[0-9]{1,12}[\"'])|[A-Za-z](?=[0-9]" + many + rb"[\"'])"
    return re.compile(rb"r(?<=\sr)\s*=\s*[\"'](" + reference + rb")([0-9]+)")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# --- markup ---------------------------------------------------------------------------------------


def _of_mhtml(content: bytes, limits: Limits) -> Iterator[_Raw]:
    import email  # this container alone asks for it
    from email import policy

    message = email.message_from_bytes(content, policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise refused(_("trong tệp lưu từ trang web không có bảng nào"))
    for page in pages:
        try:
            text = page.get_content()
        except (LookupError, ValueError, KeyError) as error:
            raise refused(_("tệp lưu từ trang web bị hỏng")) from error
        yield from _of_html(text.encode("utf-8"), limits, "utf-8")


def _of_html(content: bytes, limits: Limits, encoding: str = "") -> Iterator[_Raw]:
    text = content.decode(encoding) if encoding else _decoded_markup(content)
    found = False
    if len(_TABLE_BEGINS.findall(text)) > len(_TABLE_ENDS.findall(text)):
        raise cut()
    for number, rows in enumerate(_html_tables(text, limits), 1):
        found = True
        yield _("Bảng {number}").format(number=number), enumerate(rows, 1)
    if not found:
        raise refused(_("trong tệp không có bảng nào"))


_TABLE_BEGINS = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")


def _decoded_markup(content: bytes) -> str:
    """Decode markup by its mark, by what it says of itself, else as text files are."""
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff") and not content.startswith(b"\xef\xbb\xbf"):
        said = _CHARSET.search(content[:4096])
        if said and (b"utf" not in said[1].lower()):
            try:
                return content.decode(said[1].decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass  # what it says of itself is not true: as any text
    return _decoded_text(content)


def _html_tables(text: str, limits: Limits) -> Iterator[list[list[str]]]:
    """Yield each table that holds no other: its rows, cells over several of them repeated."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(_("trang web trong tệp bị hỏng")) from error
    if root is None:
        return
    for table in root.iter("table"):
        if next(table.iterdescendants("table"), None) is None:
            yield _spread((_html_cells(row) for row in table.iter("tr")), limits)


@dataclass(frozen=True)
class _Spanned:
    """A cell that may reach over several columns and rows."""

    text: str
    across: int = 1
    down: int = 1


def _html_cells(row: "object") -> Iterator[_Spanned]:
    for cell in row:  # type: ignore[attr-defined]
        if cell.tag in ("td", "th"):
            text = " ".join(_shown_text(cell).split())
            yield _Spanned(text, _span(cell.get("colspan")), _span(cell.get("rowspan")))


_BREAKS = frozenset({"br", "p", "div", "li", "tr"})


def _shown_text(cell: Any) -> str:
    """Return the text of a cell; what a browser shows on lines of its own is apart."""
    parts = []
    for part in cell.iter():
        if part.tag in _BREAKS:
            parts.append(" ")
        parts.append(part.text or "")
        if part is not cell:
            parts.append(part.tail or "")
    return "".join(parts)


def _span(text: str | None) -> int:
    return min(1000, max(1, int(text))) if text and text.isascii() and text.isdigit() else 1


def _spread(rows: Iterable[Iterable[_Spanned]], limits: Limits) -> list[list[str]]:
    """Lay cells out on a grid; one over several rows stands in each, over columns in the first."""
    grid: list[list[str]] = []
    above: dict[int, tuple[str, int]] = {}  # column: text, rows that it still covers
    for cells in rows:
        if len(grid) >= limits.rows:
            raise _too_far(limits)
        row: list[str] = []
        below: dict[int, tuple[str, int]] = {}
        for cell in cells:
            _hang(row, above, below)
            for step in range(cell.across):
                text = cell.text if step == 0 else ""
                if cell.down > 1:
                    below[len(row)] = (text, cell.down - 1)
                row.append(text)
                if len(row) > limits.columns:
                    raise _too_far(limits)
        _hang(row, above, below)
        grid.append(row)
        above = below
    return grid


def _hang(
    row: list[str], above: dict[int, tuple[str, int]], below: dict[int, tuple[str, int]]
) -> None:
    """Append the cells of the rows above that cover the next columns of this one."""
    while len(row) in above:
        place = len(row)
        text, more = above[place]
        row.append(text)
        if more > 1:
            below[place] = (text, more - 1)


_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"


def _of_spreadsheetml(content: bytes, limits: Limits) -> Iterator[_Raw]:
    from lxml import etree

    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", content[:65_536], re.IGNORECASE):
        raise refused(_("tệp có khai báo lạ bên trong"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(_("bảng tính dạng XML bị hỏng")) from error
    for sheet in root.iter(f"{_SPREADSHEET}Worksheet"):
        rows = sheet.iter(f"{_SPREADSHEET}Row")
        yield sheet.get(f"{_SPREADSHEET}Name") or "", _xml_rows(rows, limits)


def _xml_rows(rows: Iterable[object], limits: Limits) -> Iterator[tuple[int, list[object]]]:
    number = 0
    for row in rows:
        number = _index(row.get(f"{_SPREADSHEET}Index"), number + 1)  # type: ignore[attr-defined]
        values: list[object] = []
        for cell in row.iter(f"{_SPREADSHEET}Cell"):  # type: ignore[attr-defined]
            place = _index(cell.get(f"{_SPREADSHEET}Index"), len(values) + 1)
            if place > limits.columns:
                raise _too_far(limits)
            values += [""] * (place - 1 - len(values))
            data = cell.find(f"{_SPREADSHEET}Data")
            values.append(_xml_value(data))
            values += [""] * min(limits.columns, _index(cell.get(f"{_SPREADSHEET}MergeAcross"), 0))
        yield number, values


def _index(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _xml_value(data: object) -> object:
    if data is None:
        return ""
    text = "".join(data.itertext())  # type: ignore[attr-defined]
    kind = data.get(f"{_SPREADSHEET}Type")  # type: ignore[attr-defined]
    try:
        if kind == "DateTime":
            return datetime.fromisoformat(text.strip())
        if kind == "Number":
            return float(text)
    except ValueError:
        return text
    return text


# --- text -----------------------------------------------------------------------------------------


def _of_text(content: bytes, limits: Limits) -> Iterator[_Raw]:
    text = _decoded_text(content)
    if "\0" in text:
        raise refused(_("không phải bảng tính, cũng không phải văn bản"))
    yield "", _lines(text)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head = "\n".join(text.split("\n", 12)[:12])
    mark = max(";,\t|", key=head.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1):
            if any(_swallows_lines(cell, mark) for cell in row):
                raise _unmatched()
            yield number, row
    except csv.Error as error:
        raise _unmatched() from error


def _swallows_lines(cell: str, mark: str) -> bool:
    """True for a cell with whole lines in it: a quote stands where none was meant."""
    return "\n" in cell and any(line.count(mark) >= 3 for line in cell.split("\n"))


def _unmatched() -> Refused:
    return refused(_("dấu nháy hoặc dấu phân cách không khớp"))


def _decoded_text(content: bytes) -> str:
    """Decode by the mark, else as UTF-8, UTF-16 without a mark, else as an 8-bit encoding.

    Of the 8-bit ones Windows-1258 holds whole Vietnamese words; TCVN3 and VNI are seen later, in
    the cells.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return _strictly(content, "utf-8-sig")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(content[: len(content) // 2 * 2], "utf-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # all before it is right
            raise cut() from error
    zeros = content[:2000].count(0)
    if zeros > len(content[:2000]) // 5:
        even = content[0:2000:2].count(0) > zeros // 2
        return _strictly(content[: len(content) // 2 * 2], "utf-16-be" if even else "utf-16-le")
    western = content.decode("latin-1")
    windows = content.decode("cp1258", "replace")
    return windows if _is_windows_1258(windows, western) else western


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(_("văn bản trong tệp bị hỏng")) from error


def _is_windows_1258(windows: str, western: str) -> bool:
    from cchc_desk.domain.text.vietnamese import is_syllable, nfc

    words = [word for word in re.findall(r"[^\W\d_]+", nfc(windows)) if not word.isascii()][:400]
    good = sum(map(is_syllable, words))
    return bool(words) and good > 0.6 * len(words) and legacy_encoding_of([western]) is None
