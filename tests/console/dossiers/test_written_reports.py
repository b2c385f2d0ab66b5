"""Reports in sentences on the command line: .docx, and PDF with --written."""

from pathlib import Path

import pytest
from docx import Document

from cchc_desk import console
from tests.console.test_registers import Tell, code, empty_ward, tell
from tests.papers.forms.test_read_back import joined, squeezed

__all__ = ["code", "empty_ward", "tell"]
PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")
TITLES = {
    "monthly": "Công tác cải cách hành chính tháng 11 năm 2026",
    "dispatch": "Kết quả thực hiện Công văn số 2307/UBND-NC",
}


@pytest.mark.parametrize("name", TITLES)
def test_word_and_pdf_are_written_with_the_figures_beside(
    tell: Tell, code: str, tmp_path: Path, name: str
) -> None:
    word, pdf, table = (tmp_path / file for file in ("a.docx", "a.pdf", "b.pdf"))
    answer = tell("chi", "report", name, *PERIOD, "--out", str(word))
    assert (answer["name"], answer["file"]) == (name, str(word))
    texts = [one.text for one in Document(str(word)).paragraphs]
    assert any(text.startswith(TITLES[name]) for text in texts)
    assert any("nhận giải quyết 1 hồ sơ: tiếp nhận mới 1 hồ sơ" in text for text in texts)
    tell("chi", "report", name, *PERIOD, "--written", "--out", str(pdf))
    assert squeezed(TITLES[name]) in squeezed(joined(pdf.read_bytes()))
    assert "(đơn vị ghi)" in joined(pdf.read_bytes())
    tell("chi", "report", name, *PERIOD, "--out", str(table))
    assert "(đơn vị ghi)" not in joined(table.read_bytes())


def test_the_figures_of_the_dispatch_are_a_report_like_the_others(
    tell: Tell, code: str, tmp_path: Path
) -> None:
    answer = tell("chi", "report", "dispatch", *PERIOD)
    assert list(answer["columns"]) == ["what", "part", "whole", "share"]
    online = next(row for row in answer["rows"] if row["what"] == "Hồ sơ nộp trực tuyến")
    assert (online["part"], online["whole"], online["share"]) == (0, 1, 0.0)
    cell = ("--cell", "Hồ sơ nộp trực tuyến:whole")
    assert tell("chi", "report", "dispatch", *PERIOD, *cell) == {"dossiers": [code]}


def test_refusals(tell: Tell, code: str, tmp_path: Path) -> None:
    word = tmp_path / "a.docx"
    said = tell("chi", "report", "ii-06a", *PERIOD, "--out", str(word))
    assert said == {"refused": "not-written"}
    assert tell("an", "report", "monthly", *PERIOD, "--out", str(word)) == {"refused": "role"}
    said = tell("chi", "report", "766", *PERIOD, "--written", "--out", str(tmp_path / "a.pdf"))
    assert said == {"refused": "not-written"}
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize("out", [(), ("--out", "a.xlsx"), ("--out", "a")])
def test_sentences_need_a_file_that_holds_them(
    empty_ward: Path, capsys: pytest.CaptureFixture[str], out: tuple[str, ...]
) -> None:
    words = ("--data", str(empty_ward), "report", "monthly", *PERIOD, "--written", *out)
    assert console.main(list(words)) == 2
    assert "--written" in capsys.readouterr().err
