"""Papers as an archive and a screen reader take them: PDF/A-2b, tagged.

Every day each paper with long data; `make nightly` asks all of `make papers`.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.lib.units import mm

from cchc_desk.domain.table import Column
from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.control_sheet import control_sheet_drawing
from cchc_desk.papers.forms.label import Label, label_drawing
from cchc_desk.papers.forms.receipt import receipt_drawing
from cchc_desk.papers.forms.stop_notice import stop_notice_drawing
from cchc_desk.papers.layout.archive import ArchiveCanvas
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.fonts import BOLD, fonts
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Sheet, Style, joined
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.tags import Box
from tests.papers.archive_check import elements, faults, kids
from tests.papers.forms.test_read_back import a_receipt, an_apology
from tests.papers.forms.test_slips import a_control, a_stop
from tools.gallery import papers as gallery
from tools.gallery.situations import TIMES, situations

MADE = datetime(2026, 11, 23, 10, 0)
ABOUT = Metadata("Thử", "Ủy ban nhân dân phường Ninh Kiều", MADE)
EVERY_DAY = {("2025", True)}
KINDS = [
    (form_set, long)
    for form_set in gallery.STARTS
    for long in (False, True)
    if os.environ.get("PAPERS") == "all" or (form_set, long) in EVERY_DAY
]


@pytest.mark.sweep
@pytest.mark.parametrize(("form_set", "long"), KINDS)
def test_every_paper_is_fit_for_an_archive_and_for_a_screen_reader(
    tmp_path: Path, form_set: str, long: bool
) -> None:
    ward = gallery.Ward(tmp_path / "desk", gallery.STARTS[form_set], real=long)
    made = gallery.papers(ward, long=long)
    if os.environ.get("PAPERS") == "all":
        lives = situations(tmp_path / "lives", TIMES["summer" if long else form_set])
        made = chain(made, gallery.variants(ward, long=long), lives)
    found = {}
    for name, pdf in made:
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)
        found[name] = faults(file)
    assert len(found) > 25
    assert not {name: told for name, told in found.items() if told}


def drawn(folder: Path, *, draw: Callable[[Sheet], None]) -> Path:
    sheet = Sheet(ABOUT, "A4")
    with sheet.tags.element("Part"):
        sheet.paragraph("Tên", Style(role="H1"))
        draw(sheet)
    file = folder / "paper.pdf"
    sheet.finish()
    file.write_bytes(sheet.canvas.pdf())
    return file


def bare_line(sheet: Sheet) -> None:
    sheet.tags._end_mark()
    sheet.canvas.line(0, 0, 100, 100)


def second_title(sheet: Sheet) -> None:
    sheet.paragraph("Tên nữa", Style(role="H1"))


def line_in_a_paragraph(sheet: Sheet) -> None:
    sheet.paragraph("Chữ")
    sheet.canvas.line(0, 0, 100, 100)


def foreign_font(sheet: Sheet) -> None:
    sheet.tags.mark("P")
    sheet.canvas.setFont("Helvetica", 12)
    sheet.canvas.drawString(100, 100, "text")


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (bare_line, "without a mark"),
        (line_in_a_paragraph, "lines within /P"),
        (second_title, "2 titles"),
        (foreign_font, "Helvetica"),
    ],
)
def test_what_an_archive_refuses_is_found(
    tmp_path: Path, draw: Callable[[Sheet], None], told: str
) -> None:
    assert any(told in fault for fault in faults(drawn(tmp_path, draw=draw)))


def tree(file: Path) -> list[tuple[str, int]]:
    """Role of each element, and of how many marked pieces it is made."""
    with pikepdf.open(file) as document:
        root = document.Root.StructTreeRoot
        return [(str(made.S), _pieces(made)) for made in elements(root.K, root)]


def _pieces(element: Any) -> int:
    return sum(isinstance(kid, int) or "/MCID" in kid for kid in kids(element))


def test_a_paragraph_is_one_over_two_pages(tmp_path: Path) -> None:
    words = " ".join(["chữ"] * 1500)
    file = drawn(tmp_path, draw=lambda sheet: sheet.paragraph(words, Style(align="justify")))
    assert tree(file) == [("/Document", 0), ("/Part", 0), ("/H1", 1), ("/P", 2)]
    assert not faults(file)


def test_a_row_is_one_over_two_pages_and_titles_are_read_once(tmp_path: Path) -> None:
    columns = (
        Column[str]("Chữ", lambda text: text, 0.4, group="Nhóm"),
        Column[str]("Trống", lambda _text: "", 0.3, group="Nhóm"),
        Column[str]("Một", lambda _text: "một", 0.3),
    )
    long = " ".join(["chữ"] * 500)
    file = drawn(tmp_path, draw=lambda sheet: table(sheet, columns, [long, "ngắn"]))
    heads, row, last = [("/TR", 0), ("/TH", 1), ("/TH", 1)], ("/TD", 2), ("/TD", 1)
    assert tree(file)[3:] == [
        ("/Table", 0),
        *heads,
        *heads,
        ("/TR", 0),
        *(row, ("/TD", 0), last),
        ("/TR", 0),
        *(last, ("/TD", 0), last),
    ]
    assert not faults(file)


@pytest.mark.parametrize(
    ("change", "made"),
    [
        ({}, "D:20260803000000+07'00'"),
        (
            {"number": None, "signed": None, "drafted": date(2026, 8, 2)},
            "D:20260802000000+07'00'",
        ),
    ],
)
def test_a_letter_bears_its_own_day_and_its_office(
    tmp_path: Path, change: dict[str, date | None], made: str
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(apology_drawing(an_apology(**change)).pdf())
    with pikepdf.open(file) as document:
        told = {key: str(value) for key, value in document.docinfo.items()}
        ids = [bytes(one) for one in document.trailer.ID]
    assert told["/CreationDate"] == told["/ModDate"] == made
    agency = an_apology().agency
    assert told["/Author"] == agency.full_name == f"{agency.name}, {agency.above}"
    other = pikepdf.open(_written(tmp_path, an_apology(address="Nơi khác", **change)))
    assert ids[0] == ids[1] != bytes(other.trailer.ID[0])


def test_letters_in_one_file_share_its_fonts_and_keep_their_titles(tmp_path: Path) -> None:
    letters = [an_apology(code=f"H13.31-261123-{number:04d}") for number in range(9)]
    file = tmp_path / "letters.pdf"
    file.write_bytes(joined(ABOUT, map(apology_drawing, letters)))
    assert not faults(file)
    assert [role for role, _pieces in tree(file)].count("/H1") == 9
    with pikepdf.open(file) as document:
        assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("vi", ABOUT.title)
        programs = {one.objgen for one in document.objects if "/Length1" in _keys(one)}
    assert len(programs) == len({"regular", "bold", "italic", "bold italic"})
    assert file.stat().st_size < 2 * len(apology_drawing(letters[0]).pdf())


@pytest.mark.parametrize("count", [1, 2, 20])
def test_papers_of_mixed_sizes_in_one_file_keep_tags_language_and_archive(
    tmp_path: Path, count: int
) -> None:
    drawings = [
        one
        for number in range(-(-count // 4))
        for one in (
            receipt_drawing(a_receipt(code=f"H13.31-261123-{number:04d}"), paper="A5"),
            control_sheet_drawing(replace(a_control("Đào"), blank=number % 5)),
            label_drawing(Label("H13.31-261123-0004", "Đào", "Khai sinh", MADE, "", "UBND", MADE)),
            apology_drawing(an_apology(number=None, signed=None), offset_mm=(2, -1)),
        )
    ][:count]
    file = tmp_path / "papers.pdf"
    file.write_bytes(joined(ABOUT, drawings))
    assert faults(file) == []
    alone = [tmp_path / f"{number}.pdf" for number in range(count)]
    for one, drawing in zip(alone, drawings, strict=True):
        one.write_bytes(drawing.pdf())
    assert sizes(file) == [size for one in alone for size in sizes(one)]
    assert tree(file)[1:] == [element for one in alone for element in tree(one)[1:]]
    with pikepdf.open(file) as document:
        assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("vi", ABOUT.title)
        programs = {one.objgen for one in document.objects if "/Length1" in _keys(one)}
    assert len(programs) <= len({"regular", "bold", "italic", "bold italic"})


def sizes(file: Path) -> list[tuple[float, float]]:
    with pikepdf.open(file) as document:
        return [(float(page.MediaBox[2]), float(page.MediaBox[3])) for page in document.pages]


def test_letters_in_one_file_have_a_field_each_and_a_paper_alone_is_the_same_bytes(
    tmp_path: Path,
) -> None:
    letter, notice = apology_drawing(an_apology()), stop_notice_drawing(a_stop("Đào"))
    file = tmp_path / "letters.pdf"
    file.write_bytes(joined(ABOUT, [letter, notice, letter]))
    assert faults(file) == []
    with pikepdf.open(file) as document:
        assert [str(field.T) for field in document.Root.AcroForm.Fields] == [
            "ChuKy",
            "ChuKy2",
            "ChuKy3",
        ]
    before = letter.pdf()
    joined(ABOUT, [notice, letter])
    assert letter.pdf() == before == joined(letter.metadata, [letter])


@pytest.mark.parametrize("text", ["Nguyễn Thị Ánh Đào", r"a (b) \ c", "", "Đđ Ơơ  Ưư", "1 – 2…"])
@pytest.mark.parametrize("stretch", [0, 1.25])
def test_a_line_of_text_is_written_as_reportlab_writes_it(text: str, stretch: float) -> None:
    fonts()
    ours, theirs = ArchiveCanvas(ABOUT), ArchiveCanvas(ABOUT)
    ours.line_of_text(text, 100.12345678, 7e-8, BOLD, 12.35, stretch)
    theirs.setFont(BOLD, 12.35)
    theirs.drawString(100.12345678, 7e-8, text, wordSpace=stretch or None)
    assert ours._code == theirs._code


def test_a_field_for_a_key_stands_only_where_a_leader_signs(tmp_path: Path) -> None:
    def fields(pdf: bytes) -> list[Box]:
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf)
        assert not faults(file)
        with pikepdf.open(file) as document:
            shown = document.pages[-1].get("/Annots", [])
            return [(*map(float, one.Rect),) for one in shown]  # type: ignore[misc]

    (letter,), (notice,) = (
        fields(apology_drawing(an_apology()).pdf()),
        fields(stop_notice_drawing(a_stop("Đào")).pdf()),
    )
    for left, bottom, right, top in (letter, notice):
        assert 297 < left < right < 553
        assert top - bottom > 40
    ((left, bottom, _right, _top),) = fields(apology_drawing(an_apology(), offset_mm=(2, 1)).pdf())
    assert left == pytest.approx(letter[0] + 2 * mm, abs=0.02)
    assert bottom == pytest.approx(letter[1] - 1 * mm, abs=0.02)
    assert not fields(apology_drawing(an_apology(number=None, signed=None)).pdf())  # a draft
    assert not fields(receipt_drawing(a_receipt()).pdf())


def _keys(one: Any) -> Any:
    return one.keys() if isinstance(one, pikepdf.Stream) else ()


def _written(folder: Path, letter: Any) -> Path:
    file = folder / "other.pdf"
    file.write_bytes(apology_drawing(letter).pdf())
    return file


def test_an_agency_of_no_other_is_named_alone() -> None:
    assert Agency("", "Ủy ban nhân dân phường Ninh Kiều").full_name == (
        "Ủy ban nhân dân phường Ninh Kiều"
    )
