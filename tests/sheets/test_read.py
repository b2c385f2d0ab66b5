"""Tables read from workbooks and text files: what a reader sees, and what is refused unopened."""

import contextlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from cchc_desk.errors import Refused, Trouble
from cchc_desk.sheets import read
from cchc_desk.sheets.read import read_rows


def workbook(file: Path, *rows: list[object]) -> Path:
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, book.add_format({"num_format": 14}))
            else:
                sheet.write(number, place, value)
    book.close()
    return file


def packed(file: Path, name: str, part: bytes) -> Path:
    """A workbook whose part `name` is `part`."""
    whole = workbook(file, ["Mã TTHC", "Tên"])
    content = io.BytesIO(whole.read_bytes())
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return file


def why(file: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_rows(file)
    assert caught.value.code == "sheet-file"
    return caught.value.message


def test_a_workbook_is_read_as_it_is_seen(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "a.xlsx",
        ["Mã", "Số", "Ngày"],
        [],
        ["1.001193", 3, date(2026, 12, 31)],
        ["=1+1", 0.5, None],
    )
    rows = read_rows(file)
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("Mã", "Số", "Ngày")),
        (3, ("1.001193", "3", "31/12/2026")),
        (4, ("0", "0.5", "")),  # a formula is not executed: the value that was saved with it
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_text_file_is_read_with_the_mark_it_uses(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'\ufeffMã{mark}Tên\n1{mark}"một\nhai"\n\n', encoding="utf-8")
    assert [row.cells for row in read_rows(file)] == [("Mã", "Tên"), ("1", "một\nhai")]


def test_what_is_no_table_is_refused_with_a_way_out(tmp_path: Path) -> None:
    old = tmp_path / "a.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert ".xlsx" in why(old)
    torn = workbook(tmp_path / "torn.xlsx", ["a"])
    torn.write_bytes(torn.read_bytes()[:-200])
    assert "Excel" in why(torn)
    whole = bytearray(workbook(tmp_path / "flipped.xlsx", ["a"] * 50).read_bytes())
    for place in range(300, len(whole) - 600, 97):
        flipped = bytearray(whole)
        flipped[place : place + 4] = b"\xff\x00\xff\x00"
        (tmp_path / "flipped.xlsx").write_bytes(bytes(flipped))
        with contextlib.suppress(Refused):  # read in spite of it, or refused: no other error
            read_rows(tmp_path / "flipped.xlsx")
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", "a")
    assert "Excel" in why(other)
    with pytest.raises(Trouble, match="nowhere"):
        read_rows(tmp_path / "nowhere.xlsx")


def test_a_file_that_would_unpack_to_too_much_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "LARGEST_UNPACKED", 1_000_000)
    file = packed(tmp_path / "bomb.xlsx", "xl/sharedStrings.xml", b" " * 2_000_000)
    assert file.stat().st_size < 20_000
    assert "nén bất thường" in why(file)
    monkeypatch.setattr(read, "LARGEST_FILE", 1000)
    assert "lớn quá" in why(file)


@pytest.mark.parametrize("cell", [b'r="XFD1048576"', b"r='A20001'", b'r = "GS1"', b'r="xfd1"'])
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(tmp_path: Path, cell: bytes) -> None:
    sheet = (
        b"<worksheet><sheetData><row><c " + cell + b"><v>1</v></c></row></sheetData></worksheet>"
    )
    file = packed(tmp_path / "far.xlsx", "xl/worksheets/sheet1.xml", sheet)
    assert "bảng vượt" in why(file)
    long = tmp_path / "long.csv"
    long.write_text("a,b\n" * 20_001, encoding="utf-8")
    assert "bảng vượt" in why(long)
