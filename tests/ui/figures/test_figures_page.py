"""Số liệu: reports, their cells, the dossiers behind them and back, by keys and by the mouse."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.lists.taking import take_list
from cchc_desk.actions.reports import makers
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.figures import ORIGIN_NAMES
from cchc_desk.domain.reports.report import Report
from cchc_desk.domain.reports.table import cell_text
from cchc_desk.i18n import SOURCE, use
from tests.actions.conftest import become
from tests.console.dossiers.test_lists import a_list
from tests.papers.forms.test_read_back import joined, squeezed
from tests.ui import questions
from tests.ui.conftest import MakeWindow, press
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.figures.page import FiguresPage
from ui.figures.report_table import Place
from ui.help.key_card import key_card
from ui.help.window import text_of
from ui.shell import jobs
from ui.shell.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WHY = "Nộp đoàn kiểm tra"


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


def opened(window: Window, name: str) -> FiguresPage:
    """Ctrl+F8, then down to the report called `name`."""
    press(window, Qt.Key.Key_F8, CTRL)
    page = window.page("figures")
    assert isinstance(page, FiguresPage)
    press(window, Qt.Key.Key_Home)
    while page.name != name:
        before = page.choices.currentRow()
        press(window, Qt.Key.Key_Down)
        assert page.choices.currentRow() == before + 1
    return page


def report_of(page: FiguresPage) -> Report:
    (report,) = page.reports
    return report


def value_in_totals(page: FiguresPage, column: str) -> object:
    table = report_of(page).table
    assert table.totals is not None
    return table.value(table.totals, column)


def cell_of(page: FiguresPage, *, at_least: int) -> Place:
    """A cell with so many dossiers, of a row that is not the totals."""
    assert page.reports
    table = report_of(page).table
    return next(
        Place(row.key, head.name)
        for row in table.rows
        for head, value in zip(table.heads, row.values, strict=True)
        if isinstance(value, int) and value >= at_least
    )


def go_to(window: Window, page: FiguresPage, place: Place) -> None:
    """Enter the table, then the arrows to this cell."""
    press(window, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    press(window, Qt.Key.Key_Home, CTRL)
    for _step in range(200):
        here = page.table.currentIndex()
        names = [head.name for head in report_of(page).table.heads]
        keys = [row.key for row in page.table.model_.rows]
        if here.row() < keys.index(place.key):
            press(window, Qt.Key.Key_Down)
        elif here.column() < names.index(place.column):
            press(window, Qt.Key.Key_Right)
        elif here.column() > names.index(place.column):
            press(window, Qt.Key.Key_Left)
    assert page.table.place() == place


def pdf_of(window: Window) -> bytes:
    dialog = window.findChildren(PreviewDialog)[-1]
    assert isinstance(dialog, PreviewDialog)
    pdf = dialog.pdf
    dialog.reject()
    dialog.deleteLater()
    return pdf


def shown_cells(page: FiguresPage) -> list[list[str]]:
    model = page.table.model_
    return [
        [model.text(row, column) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


# --- choosing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [SOURCE, "en"])
def test_every_report_opens_by_keys_with_its_numbers_and_its_definitions(
    leader: Window, language: str
) -> None:
    use(language)
    try:
        page = opened(leader, next(iter(makers.MAKERS)))
        for number, (name, maker) in enumerate(makers.MAKERS.items()):
            if number:
                press(leader, Qt.Key.Key_Down)
            report = report_of(page)
            assert (page.name, page.title.text()) == (name, maker.title)
            assert page.definitions.text() == "\n".join(report.definitions)
            rows = report.table.all_rows if report.table.rows else ()
            assert shown_cells(page) == [[cell_text(value) for value in row.values] for row in rows]
    finally:
        use(SOURCE)


def test_the_totals_stand_at_the_foot_in_bold_and_numbers_in_the_middle(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    last = page.table.model_.rowCount() - 1
    assert page.table.is_total(last)
    assert not page.table.is_total(0)
    index = page.table.model_.index(last, 3)
    aligned = page.table.model_.data(index, Qt.ItemDataRole.TextAlignmentRole)
    assert aligned & Qt.AlignmentFlag.AlignHCenter


def test_every_definition_stands_in_the_help_too() -> None:
    text = squeezed(text_of("figures"))
    for maker in makers.MAKERS.values():
        assert squeezed(maker.title) in text
        for line in maker.definitions:
            assert squeezed(line) in text, line


# --- a cell, its dossiers, and back ---------------------------------------------------------------


def test_enter_on_a_number_lists_its_dossiers_and_esc_goes_back_to_the_very_cell(
    leader: Window,
) -> None:
    page = opened(leader, "ii-06a")
    place = cell_of(page, at_least=2)
    go_to(leader, page, place)
    count = int(page.table.model_.shown(*cell_at(page)))
    press(leader, Qt.Key.Key_Return)
    assert page.behind.table.hasFocus()
    assert not page.table.isVisible()
    assert page.behind.said.text().startswith(f"{count} hồ sơ, bằng số trong ô.")
    codes = [row.code for row in page.behind.table.dossiers.rows]
    assert len(set(codes)) == count
    press(leader, Qt.Key.Key_Down)
    press(leader, Qt.Key.Key_Return)
    dossier = leader.page("dossier")
    assert isinstance(dossier, DossierPage)
    assert dossier.code == codes[1]
    press(leader, Qt.Key.Key_Escape)
    assert leader.frame.current == "figures"
    assert page.behind.table.hasFocus()
    assert page.behind.table.current_code() == codes[1]
    press(leader, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.table.place() == place
    press(leader, Qt.Key.Key_Escape)
    assert page.choices.hasFocus()


def cell_at(page: FiguresPage) -> tuple[int, int]:
    index = page.table.currentIndex()
    return index.row(), index.column()


def test_the_same_by_the_mouse(leader: Window) -> None:
    press(leader, Qt.Key.Key_F8, CTRL)
    page = leader.page("figures")
    assert isinstance(page, FiguresPage)
    row = list(makers.MAKERS).index("channels") + page.choices.count() - len(makers.MAKERS)
    item = page.choices.visualItemRect(page.choices.item(row))
    QTest.mouseClick(page.choices.viewport(), Qt.MouseButton.LeftButton, pos=item.center())
    assert page.name == "channels"
    place = cell_of(page, at_least=1)
    page.table.choose_place(place)
    index = page.table.currentIndex()
    page.table.choose_row(1 if index.row() == 0 else 0)
    at = page.table.visualRect(index).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.behind.isVisible()
    rows = page.behind.table
    code = rows.dossiers.rows[0].code
    line = rows.visualRect(rows.dossiers.index(0, 1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=line)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=line)
    dossier = leader.page("dossier")
    assert isinstance(dossier, DossierPage)
    assert dossier.code == code
    press(leader, Qt.Key.Key_Escape)
    press(leader, Qt.Key.Key_Escape)
    assert page.table.place() == place


def test_a_line_that_is_one_dossier_opens_it_at_once(leader: Window) -> None:
    page = opened(leader, "register")
    press(leader, Qt.Key.Key_Return)
    place = page.table.place()
    assert place is not None
    press(leader, Qt.Key.Key_Return)
    dossier = leader.page("dossier")
    assert isinstance(dossier, DossierPage)
    assert dossier.code == place.key
    press(leader, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.table.place() == place


def test_a_cell_that_counts_no_dossier_says_so(leader: Window) -> None:
    page = opened(leader, "courtesy")
    press(leader, Qt.Key.Key_Return)
    press(leader, Qt.Key.Key_Return)
    assert "không có hồ sơ nào" in leader.notices.text
    assert page.table.hasFocus()


def test_a_processor_is_told_how_many_of_the_dossiers_are_theirs(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "binh")
    become(window.desk, "chi")
    row = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))[0]
    steps.hand_over(window.desk, [row.code], "binh")
    become(window.desk, "binh")
    page = opened(window, "ii-06a")
    press(window, Qt.Key.Key_Return)
    assert page.reports
    page.table.choose_place(Place(None, "c3"))
    whole = value_in_totals(page, "c3")
    press(window, Qt.Key.Key_Return)
    seen = len(page.behind.table.dossiers.rows)
    assert 0 < seen < int(str(whole))
    assert f"Bạn xem được {seen} hồ sơ" in page.behind.said.text()


def test_who_may_not_read_a_report_is_told_in_its_place(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "binh")
    page = opened(window, "ii-06a")
    page.open("courtesy")
    assert not page.reports
    assert page.table.model_.rowCount() == 0
    assert page.nothing.text()
    page.open("ii-06a")
    assert page.table.model_.rowCount()


# --- the period -----------------------------------------------------------------------------------


def test_a_period_is_chosen_at_one_key_and_a_bad_day_leaves_no_numbers(leader: Window) -> None:
    page = opened(leader, "register")
    year = page.table.model_.rowCount()
    press(leader, Qt.Key.Key_1, ALT)
    assert page.days.text().startswith("Từ ngày 23/11/2026 đến hết ngày 23/11/2026")
    assert page.table.model_.rowCount() < year
    press(leader, Qt.Key.Key_7, ALT)
    assert page.table.model_.rowCount() == year
    page.period.first.setText("45/13/2026")
    QTest.keyClick(page.period.first, Qt.Key.Key_Return)
    assert "chưa đọc được" in leader.notices.text
    assert page.table.model_.rowCount() == 0
    page.period.first.set_day(date(2026, 12, 1))
    QTest.keyClick(page.period.first, Qt.Key.Key_Return)
    assert "từ ngày đầu trở đi" in page.nothing.text()


def test_the_period_of_an_open_cell_changes_its_dossiers_with_it(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    go_to(leader, page, Place(None, "c3"))
    press(leader, Qt.Key.Key_Return)
    before = page.behind.table.dossiers.rowCount()
    press(leader, Qt.Key.Key_1, ALT)
    assert page.reports
    after = value_in_totals(page, "c3")
    assert page.behind.table.dossiers.rowCount() == after
    assert after != before


def test_reports_are_of_the_dossiers_that_are_chosen(leader: Window, tmp_path: Path) -> None:
    page = opened(leader, "register")
    assert not page.period.origin.isVisible()
    take_list(leader.desk, a_list(tmp_path / "ds.xlsx"))
    press(leader, Qt.Key.Key_F7)
    page = opened(leader, "register")
    found = []
    for name in ORIGIN_NAMES.values():
        assert page.period.origin.currentText() == name
        found.append({line[0] for line in shown_cells(page)})
        QTest.keyClick(page.period.origin, Qt.Key.Key_Down)
    assert found[0] == found[1] | found[2]
    assert not found[1] & found[2]
    assert " · Từ tệp của tỉnh" in page.days.text()


# --- out of the program ---------------------------------------------------------------------------


def test_a_report_is_saved_as_a_workbook_and_as_pdf(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(leader, "ii-06a")
    for target in (tmp_path / "exports" / "a.xlsx", tmp_path / "exports" / "a.pdf"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, t=target: (str(t), ""))
        press(leader, Qt.Key.Key_E, CTRL)
        assert target.name in leader.notices.text
    sheet = (
        CalamineWorkbook.from_path(tmp_path / "exports" / "a.xlsx")
        .get_sheet_by_index(0)
        .to_python()
    )
    assert page.reports
    assert [line[0] for line in sheet[1 : 1 + len(report_of(page).table.rows)]] == [
        row.values[0] for row in report_of(page).table.rows
    ]
    assert (tmp_path / "exports" / "a.pdf").read_bytes().startswith(b"%PDF")


def test_two_reports_are_offered_for_word_and_saved_in_sentences(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: dict[str, str] = {}
    target = tmp_path / "exports" / "a"  # without a suffix: that of the chosen kind is taken

    def ask(_page: object, _title: str, _proposed: str, kinds: str) -> tuple[str, str]:
        offered[page.name] = kinds
        return str(target.with_name(page.name)), kinds.split(";;")[-1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for name in ("ii-06a", "monthly", "dispatch"):
        page = opened(leader, name)
        press(leader, Qt.Key.Key_E, CTRL)
    assert {name for name, kinds in offered.items() if "*.docx" in kinds} == {"monthly", "dispatch"}
    files = sorted(one.name for one in target.parent.iterdir())
    assert files == ["dispatch.docx", "ii-06a.pdf", "monthly.docx"]
    for name, words in (("monthly", "cải cách hành chính"), ("dispatch", "2307/UBND-NC")):
        assert words in Document(str(target.with_name(f"{name}.docx"))).core_properties.title


def test_a_clerk_who_asks_for_word_is_told_who_may(
    make_window: MakeWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = make_window(folder, "an")
    target = tmp_path / "exports" / "a.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    opened(clerk, "monthly")
    press(clerk, Qt.Key.Key_E, CTRL)
    assert not target.exists()
    assert "lãnh đạo" in clerk.notices.text.lower()


def test_a_report_with_citizens_is_saved_and_printed_with_a_reason(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "exports" / "so.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    opened(leader, "late")
    press(leader, Qt.Key.Key_E, CTRL)
    assert not target.exists()
    questions.answer(leader, WHY)
    assert target.exists()
    press(leader, Qt.Key.Key_F9)
    questions.answer(leader, WHY)
    assert pdf_of(leader).startswith(b"%PDF")


def test_the_paper_is_vietnamese_whatever_the_window_speaks(leader: Window) -> None:
    page = opened(leader, "766")
    use("en")
    try:
        page.refresh()
        assert any(
            "Not worked out" in cell or "at the desk" in cell
            for line in shown_cells(page)
            for cell in line
        )
        press(leader, Qt.Key.Key_F9)
        assert squeezed("Không tính được tại quầy") in squeezed(joined(pdf_of(leader)))
    finally:
        use(SOURCE)


def test_the_list_of_reports_gives_its_room_to_the_table(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    QApplication.processEvents()
    before = page.table.width()
    press(leader, Qt.Key.Key_X, ALT)
    QApplication.processEvents()
    assert not page.choices.isVisible()
    assert page.table.hasFocus()
    QApplication.processEvents()
    assert page.table.width() > before + 100
    press(leader, Qt.Key.Key_Escape)
    assert page.choices.hasFocus()


def test_the_keys_of_the_page_stand_on_the_key_card_of_one_page(leader: Window) -> None:
    keys = {
        str(button.property("key")): str(button.property("words"))
        for button in opened(leader, "ii-06a").findChildren(QPushButton)
        if button.property("key")
    }
    assert {"F9", "Ctrl+E", "Alt+B", "Alt+X", "Alt+F", "Alt+1", "Alt+7"} <= set(keys)
    pdf = key_card(leader.desk, leader, leader).make()
    card = squeezed(joined(pdf))
    assert squeezed("Ctrl+F8") in card
    for words in keys.values():
        assert squeezed(words) in card
    assert len(PdfDocument(pdf)) == 1


# --- as the window runs it ------------------------------------------------------------------------


def test_fast_arrows_end_with_the_report_that_is_chosen(leader: Window, qtbot: QtBot) -> None:
    """Jobs run beside the window: one report at a time is made, the last one is shown."""
    page = opened(leader, "ii-06a")
    jobs.immediately(False)
    for _step in range(6):
        press(leader, Qt.Key.Key_Down)
    assert page.reports == ()  # nothing of another report under this title
    assert page.days.text() == "Đang đếm…"
    qtbot.waitUntil(lambda: bool(page.reports), timeout=60_000)
    assert report_of(page).name == page.name == "fees"
    assert page.title.text() == makers.MAKERS["fees"].title
    assert page.table.model_.rowCount() == len(report_of(page).table.all_rows)
    jobs.finish()


# --- rows of another kind, checks, frozen months --------------------------------------------------


def test_the_rows_are_of_what_was_chosen_and_open_their_dossiers(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    assert page.grouping.currentText() == "Lĩnh vực"
    before = value_in_totals(page, "c3")
    page.grouping.setFocus()
    press(leader, Qt.Key.Key_Down)
    assert page.grouping.currentText() == "Thủ tục"
    assert report_of(page).table.heads[0].name == "procedure"
    assert value_in_totals(page, "c3") == before
    assert "theo thủ tục" in page.title.text()
    page.choices.setFocus()
    place = cell_of(page, at_least=2)
    go_to(leader, page, place)
    press(leader, Qt.Key.Key_Return)
    assert page.behind.cell is not None
    row = next(row for row in report_of(page).table.rows if row.key == place.key)
    assert len(page.behind.table.dossiers.rows) == report_of(page).table.value(row, place.column)
    press(leader, Qt.Key.Key_Escape)
    press(leader, Qt.Key.Key_Escape)
    press(leader, Qt.Key.Key_Down)  # the next report is as it is declared, and so is this one again
    press(leader, Qt.Key.Key_Up)
    assert page.grouping.currentText() == "Lĩnh vực"
    opened(leader, "fees")
    assert not page.grouping.isVisible()


def test_a_period_with_too_many_parts_is_told_in_a_sentence(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    page.period.first.setFocus()
    page.period.first.selectAll()
    QTest.keyClicks(page.period.first, "01/01/2020")
    press(leader, Qt.Key.Key_Return)
    page.grouping.setFocus()
    page.grouping.setCurrentIndex(page.grouping.findText("Ngày"))
    assert "chia ra quá 400 dòng" in page.nothing.text()


def test_the_checks_stand_under_every_report(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    assert page.checks.isVisible()
    assert page.checks.text().startswith("Kiểm tra dữ liệu lúc lập:")


def test_a_month_is_frozen_and_opened_again_by_keys(leader: Window) -> None:
    page = opened(leader, "ii-06a")
    assert not page.frozen.isVisible()  # this year is no month
    press(leader, Qt.Key.Key_4, ALT)
    assert "chưa chốt" in page.frozen.words.text()
    press(leader, Qt.Key.Key_C, ALT)
    questions.answer(leader)
    assert page.frozen.words.text().startswith("Đã chốt lúc")
    assert "vẫn đếm như thế" in page.frozen.words.text()
    press(leader, Qt.Key.Key_C, ALT)
    questions.answer(leader, "Bổ sung hồ sơ nhập muộn")
    assert "chưa chốt" in page.frozen.words.text()


def test_a_clerk_sees_that_a_month_is_not_frozen_and_has_no_key_for_it(
    make_window: MakeWindow, folder: Path
) -> None:
    clerk = make_window(folder, "an")
    page = opened(clerk, "ii-06a")
    press(clerk, Qt.Key.Key_4, ALT)
    assert "chưa chốt" in page.frozen.words.text()
    assert not page.frozen.act.isVisible()
    press(clerk, Qt.Key.Key_C, ALT)
    assert "chưa chốt" in page.frozen.words.text()
