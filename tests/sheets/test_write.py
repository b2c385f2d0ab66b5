"""The workbook of a list, read back: each cell under its own heading, numbers as numbers."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from cchc_desk.domain.table import Column, Listing
from cchc_desk.long_work import LongWork
from cchc_desk.sheets.write import table_xlsx

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Thing:
    """A row of the list."""

    code: str
    count: int
    note: str


COLUMNS: tuple[Column[Thing], ...] = (
    Column("Mã số của hồ sơ", lambda thing: thing.code, short="Mã"),
    Column("Số lượng", lambda thing: str(thing.count)),
    Column("Ghi chú", lambda thing: thing.note),
)


def cells(workbook: bytes) -> Iterator[list[str | int]]:
    """The rows of the only sheet: texts, and numbers where the workbook holds numbers."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        texts = ["".join(one.itertext()) for one in strings.iter(f"{_MAIN}si")]
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iter(f"{_MAIN}row"):
        found: list[str | int] = []
        for place, cell in enumerate(row.iter(f"{_MAIN}c")):
            column = re.sub(r"\d", "", cell.attrib["r"])
            assert column == "ABC"[place]
            value = int(cell.findtext(f"{_MAIN}v", ""))
            found.append(texts[value] if cell.attrib.get("t") == "s" else value)
        yield found


def test_each_cell_stands_under_its_heading_and_only_whole_numbers_are_numbers() -> None:
    things = [Thing("0912", 12, "=1+1"), Thing("H13-1", 0, "12 bộ")]
    work = LongWork()
    made = table_xlsx("Sổ", Listing(COLUMNS, things), datetime(2026, 11, 23), work)
    assert list(cells(made)) == [
        ["Mã", "Số lượng", "Ghi chú"],
        ["0912", 12, "=1+1"],
        ["H13-1", 0, "12 bộ"],
    ]
    assert work.done == len(things)
