"""Reports in sentences: the Word document and the PDF say the same, and user text stays text."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from cchc_desk.domain.reports.table import Head, ReportRow, ReportTable
from cchc_desk.domain.reports.written import (
    Outline,
    Section,
    Sentence,
    Shown,
    ToWrite,
    WrittenReport,
)
from cchc_desk.papers.forms.written import written_drawing
from cchc_desk.papers.layout.blocks import MOTTO, NATION
from cchc_desk.papers.layout.fonts import MISSING
from cchc_desk.papers.word import plain, written_docx
from tests.papers.archive_check import faults
from tests.papers.forms.test_read_back import EVERY_LETTER, LONG_WORD, joined, squeezed
from tests.papers.test_every_paper import check_form, lines_of

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "@SUM(A1:A9)",
    "<b>Đào & Cả</b> {x} %s <w:p/> ]]> &amp;",
    "{ PAGE } { INCLUDETEXT c:\\\\x }",
    EVERY_LETTER,
    LONG_WORD,
)
CONTROL = "một\x00hai\x07ba\tbốn\nnăm\u202esáu\ufffe\ud800bảy"


def a_table(names: tuple[str, ...], grouped: bool = True) -> ReportTable:
    group = "Số hồ sơ đã giải quyết" if grouped else ""
    heads = (
        Head("field", "Lĩnh vực", width=0.3, align="left"),
        Head("whole", "Tổng số", group),
        Head("late", "Quá hạn", group),
        Head("share", "Tỷ lệ", width=0.1),
    )
    rows = tuple(ReportRow(name, (name, 1234, 5, Fraction(1, 3))) for name in names)
    return ReportTable(heads, rows, ReportRow(None, ("Tổng cộng", 1234, 0, None)))


def a_report(*names: str, **change: object) -> WrittenReport:
    names = names or ("Hộ tịch",)
    outline = Outline(
        "Công tác cải cách hành chính tháng 11 năm 2026",
        "Báo cáo cải cách hành chính tháng 11 năm 2026",
        names[0],
        (
            Section("I. CHỈ ĐẠO", (ToWrite("Kế hoạch đã ban hành"),)),
            Section("II. KẾT QUẢ"),
            Section(
                "1. Cải cách thủ tục hành chính",
                (
                    *(Sentence(f"Lĩnh vực {name}: 4/5 hồ sơ (80,00%).") for name in names),
                    Shown("Theo lĩnh vực", a_table(names)),
                    Shown("Không có gì", a_table(())),
                    Shown("Một hàng tiêu đề", a_table(names, grouped=False)),
                ),
                2,
            ),
        ),
    )
    report = WrittenReport(
        outline,
        "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ",
        "Ủy ban nhân dân phường Ninh Kiều",
        "Ninh Kiều",
        date(2026, 12, 1),
        ("Số liệu từ ngày 01/11/2026 đến ngày 30/11/2026",),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )
    return replace(report, **change)  # type: ignore[arg-type]


def read(report: WrittenReport) -> WordDocument:
    return Document(io.BytesIO(written_docx(report)))


def texts(document: WordDocument) -> Iterator[str]:
    """Every text of the body in its order, a merged cell once."""
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
            continue
        for row in part.rows:
            seen = []
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.append(cell._tc)
                    yield from (one.text for one in cell.paragraphs)


def ruled(document: WordDocument) -> list[Table]:
    return [table for table in document.tables if table.style and table.style.name == "Table Grid"]


def heads_of(table: Table) -> int:
    marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
    return sum(mark is not None for mark in marks)


# --- the same in both -----------------------------------------------------------------------------


def test_word_and_pdf_say_the_same_in_the_same_order() -> None:
    report = a_report("Hộ tịch", "Đất đai", "Chứng thực")
    word = squeezed("".join(texts(read(report))))
    pdf = squeezed(joined(written_drawing(report).pdf()))
    for section in report.outline.sections:
        for found in (word, pdf):
            assert squeezed(section.heading) in found
        for block in section.blocks:
            said = block.title if isinstance(block, Shown) else block.text
            assert squeezed(said) in word
            assert squeezed(said) in pdf
    order = ("Kínhgửi", "I.CHỈĐẠO", "II.KẾTQUẢ", "Theolĩnhvực", "Trênđâylàbáocáo", "Nơinhận")
    for found in (word, pdf):
        assert [found.index(words) for words in order] == sorted(map(found.index, order))


def test_each_cell_of_a_table_is_written_with_the_totals_in_bold() -> None:
    grouped, flat = ruled(read(a_report("Hộ tịch", "Đất đai")))
    assert (heads_of(grouped), heads_of(flat)) == (2, 1)
    cells = [[cell.text for cell in row.cells] for row in grouped.rows]
    assert cells == [
        ["Lĩnh vực", *["Số hồ sơ đã giải quyết"] * 2, "Tỷ lệ"],
        ["Lĩnh vực", "Tổng số", "Quá hạn", "Tỷ lệ"],
        ["Hộ tịch", "1.234", "5", "33,33%"],
        ["Đất đai", "1.234", "5", "33,33%"],
        ["Tổng cộng", "1.234", "0", "—"],
    ]
    last = flat.rows[-1].cells[0].paragraphs[0]
    assert [run.bold for run in last.runs] == [True]


def test_a_table_of_nothing_says_so() -> None:
    report = a_report()
    assert "Không có hồ sơ nào trong kỳ." in list(texts(read(report)))
    assert "Không có hồ sơ nào trong kỳ." in joined(written_drawing(report).pdf())


# --- by NĐ 30 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 60])
def test_the_pdf_keeps_the_form_and_is_fit_for_an_archive(tmp_path: Path, many: int) -> None:
    names = tuple(f"Lĩnh vực số {number}" for number in range(many))
    file = tmp_path / "a.pdf"
    file.write_bytes(written_drawing(a_report(*names)).pdf())
    check_form(lines_of(file.read_bytes()))
    assert not faults(file)


def test_word_has_the_margins_the_font_and_the_language_of_a_paper() -> None:
    document = read(a_report())
    (page,) = document.sections
    size = (page.page_width, page.page_height)
    assert [round(one.mm) for one in size if one is not None] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in margins if one is not None] == [20, 20, 30, 15]
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Title", "Caption"):
        style = document.styles[name]
        assert (style.font.name, style.font.size) in [
            ("Times New Roman", Pt(size)) for size in (12, 13, 14)
        ]
    themed = etree.tostring(document.styles.element)
    used = [style for style in document.styles if style.name in ("Normal", "Heading 1", "Title")]
    assert len(used) == 3
    assert all(b"Theme" not in etree.tostring(style.element) for style in used)
    assert b'w:lang w:val="vi-VN"' in themed


def test_headings_are_words_own_and_the_head_stands_in_a_table_without_rules() -> None:
    document = read(a_report())
    by_style = {
        name: [one.text for one in document.paragraphs if one.style and one.style.name == name]
        for name in ("Title", "Heading 1", "Heading 2", "CCHC To Write")
    }
    assert by_style["Title"] == ["BÁO CÁO"]
    assert by_style["Heading 1"] == ["I. CHỈ ĐẠO", "II. KẾT QUẢ"]
    assert by_style["Heading 2"] == ["1. Cải cách thủ tục hành chính"]
    assert by_style["CCHC To Write"] == ["Kế hoạch đã ban hành: …… (đơn vị ghi)"]
    (left, right), (number, day) = (row.cells for row in document.tables[0].rows)
    assert [one.text for one in left.paragraphs][:2] == [
        "UBND THÀNH PHỐ CẦN THƠ",
        "ỦY BAN NHÂN DÂN PHƯỜNG NINH KIỀU",
    ]
    assert [one.text for one in right.paragraphs][:2] == [NATION, MOTTO]
    assert number.text == "Số: ……/BC-UBND"
    assert day.text == "Ninh Kiều, ngày 01 tháng 12 năm 2026"
    assert "CHỦ TỊCH" in document.tables[-1].rows[0].cells[1].text


def test_the_properties_name_title_office_and_day() -> None:
    known = read(a_report()).core_properties
    assert known.title == "Báo cáo công tác cải cách hành chính tháng 11 năm 2026"
    assert known.author == known.last_modified_by
    assert known.author.startswith("Ủy ban nhân dân phường Ninh Kiều, ")
    assert (known.language, known.comments, known.revision) == ("vi-VN", "", 1)
    assert known.created == known.modified
    assert known.created is not None
    assert known.created.replace(tzinfo=None) == datetime(2026, 12, 1)


def test_the_pages_number_stands_from_the_second_page_on_and_is_the_only_field() -> None:
    (page,) = read(a_report()).sections
    assert page.different_first_page_header_footer
    assert "PAGE" in etree.tostring(page.header._element).decode()
    assert page.first_page_header.paragraphs[0].text == ""
    assert fields(written_docx(a_report(*HOSTILE))) == ["PAGE"]


def fields(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if re.match("word/(document|header)", name)]
        parts = [package.read(name).decode() for name in names]
    found = [one for part in parts for one in re.findall(r"<w:instrText[^>]*>([^<]*)", part)]
    assert len(parts) > 1
    assert not any("fldSimple" in part or "w:hyperlink" in part for part in parts)
    return found


def test_the_mark_of_a_practice_ward_stands_on_every_page() -> None:
    (page,) = read(a_report(watermark="TẬP HUẤN")).sections
    for foot in (page.footer, page.first_page_footer):
        assert [one.text for one in foot.paragraphs] == ["TẬP HUẤN"]


def test_nothing_of_the_librarys_own_empty_document_stays() -> None:
    with zipfile.ZipFile(io.BytesIO(written_docx(a_report()))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert "python-docx" not in package.read("docProps/core.xml").decode()


# --- hostile text ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_user_text_comes_back_letter_by_letter(text: str) -> None:
    report = a_report(text, agency=text, above=text, place=text)
    document = read(report)
    assert [table.rows[-2].cells[0].text for table in ruled(document)] == [text, text]
    assert f"Lĩnh vực {text}: 4/5 hồ sơ (80,00%)." in list(texts(document))
    assert document.core_properties.author[:200] == f"{text}, {text}"[:200]
    assert squeezed(text) in squeezed(joined(written_drawing(a_report(text)).pdf()))


def test_what_is_no_character_is_a_box_and_never_breaks_the_file() -> None:
    text = plain(CONTROL)
    assert text == f"một{MISSING}hai{MISSING}ba bốn năm{MISSING}sáu{MISSING}{MISSING}bảy"
    document = read(a_report(CONTROL, agency=CONTROL, place=CONTROL))
    assert ruled(document)[0].rows[-2].cells[0].text == text
    assert written_drawing(a_report(CONTROL.replace("\ud800", ""))).pdf().startswith(b"%PDF")


def test_a_very_long_unit_name_is_written_whole() -> None:
    name = " ".join(["Ủy ban nhân dân phường Ninh Kiều"] * 20)
    document = read(a_report(agency=name, place=name))
    assert name.upper() in list(texts(document))
    pdf = written_drawing(a_report(agency=name)).pdf()
    assert squeezed(name.upper()) in squeezed(joined(pdf))


# --- opened by an office program ------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("many", [1, 60])
def test_libreoffice_opens_it_with_all_its_text(tmp_path: Path, many: int) -> None:
    names = (*HOSTILE[:4], *(f"Lĩnh vực số {number}" for number in range(many)))
    file = tmp_path / "a.docx"
    report = a_report(*names)
    file.write_bytes(written_docx(report))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    words = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*words, str(file)], check=True, timeout=180, capture_output=True)
    pages = lines_of((tmp_path / "a.pdf").read_bytes())
    assert [round(pages[0][0]), round(pages[0][1])] == [210, 297]
    found = squeezed("".join(line.text for _wide, _high, lines in pages for line in lines))
    for name in names:
        assert squeezed(name) in found
    assert (NATION in [line.text for line in pages[0][2]]) is True
    if many > 1:
        assert len(pages) > 2
        titles = [sum(line.text == "Tổng số" for line in lines) for _w, _h, lines in pages]
        assert sum(titles) > 2  # the heads stand again
