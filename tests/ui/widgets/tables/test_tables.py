"""Tables: Vietnamese order, copying, export, and coming back as they were left - by keys, in the
real window.
"""

import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.people import accounts
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.table import Column, Listing
from cchc_desk.domain.text.vietnamese import name_sort_key
from tests.ui import questions
from tests.ui.conftest import MakeWindow, cells_of, log_in, press
from ui.dossiers.page import DossiersPage
from ui.shell.window import Window
from ui.widgets.tables.line_table import LineTable

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def listed(window: Window) -> DossiersPage:
    press(window, Key.Key_F3)
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    page.table.setFocus()
    return page


def leader(window: Window) -> Official:
    """The leader of the ward, who may take a list of citizens out."""
    everybody = accounts.list_officials(window.desk)
    return next(one for one in everybody if one.role is Role.LEADER)


def names(page: DossiersPage) -> list[str]:
    return [row.name for row in page.table.dossiers.rows]


def order_by_name(page: DossiersPage) -> None:
    for _ in range(3):  # due, code, name
        QTest.keyClick(page.table, Key.Key_Right, CTRL)


def test_the_column_chosen_by_key_orders_people_as_a_class_list(window: Window) -> None:
    page = listed(window)
    came = names(page)
    order_by_name(page)
    assert names(page) == sorted(came, key=name_sort_key)
    QTest.keyClick(page.table, Key.Key_Down, CTRL)
    assert names(page) == sorted(came, key=name_sort_key, reverse=True)


def test_enter_opens_the_line_that_is_seen(window: Window) -> None:
    page = listed(window)
    order_by_name(page)
    page.table.choose_row(2)
    code = page.table.dossiers.rows[2].code
    QTest.keyClick(page.table, Key.Key_Return)
    assert window.page("dossier").showing() == code


def test_the_cursor_stays_on_its_dossier_when_the_list_comes_anew(window: Window) -> None:
    page = listed(window)
    order_by_name(page)
    page.table.choose_row(4)
    code = page.table.current_code()
    page.refresh()
    assert page.table.current_code() == code
    assert page.table.dossiers.rows[4].code == code


def test_a_table_comes_back_as_it_was_left(
    window: Window, make_window: MakeWindow, folder: Path
) -> None:
    page = listed(window)
    order_by_name(page)
    page.table.horizontalHeader().resizeSection(1, 222)
    page.table.keep()
    window.close()
    again = make_window(folder, "an")
    page = listed(again)
    assert page.table.horizontalHeader().sectionSize(1) == 222
    assert names(page) == sorted(names(page), key=name_sort_key)
    press(again, Key.Key_U, CTRL)
    log_in(again, "chi")  # who left nothing behind
    page = listed(again)
    assert names(page) == [row.name for row in progress.find_dossiers(again.desk, order="accepted")]


def test_chosen_lines_are_copied_with_a_tab_between_cells(window: Window) -> None:
    page = listed(window)
    page.table.choose_row(0)
    QTest.keyClick(page.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[1] for line in lines] == [
        row.code for row in page.table.dossiers.rows[:2]
    ]


def exported(window: Window, monkeypatch: pytest.MonkeyPatch, target: Path) -> DossiersPage:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window.desk.official = leader(window)
    page = listed(window)
    QTest.keyClick(page.table, Key.Key_E, CTRL)
    questions.answer(window, "Nộp đoàn kiểm tra")
    assert f"{len(page.table.dossiers.rows)} dòng" in window.notices.text
    return page


def test_every_line_is_exported_to_a_workbook_and_the_ledger_knows(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = exported(window, monkeypatch, tmp_path / "exports" / "hồ sơ.xlsx")
    with zipfile.ZipFile(tmp_path / "exports" / "hồ sơ.xlsx") as book:
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert {row.code for row in page.table.dossiers.rows} <= set(texts)
    assert "Chủ hồ sơ" in texts
    with window.desk.database.read() as connection:
        act = connection.exec_driver_sql(
            "SELECT act FROM journal ORDER BY seq DESC LIMIT 1"
        ).scalar_one()
    assert act == "export"


def test_a_name_that_looks_like_a_formula_stays_text(window: Window, tmp_path: Path) -> None:
    from ui.widgets.tables.table import Table

    memory = Table.memory
    assert memory is not None
    for name in ("a.csv", "a.xlsx"):
        listing = Listing([Column[str]("Tên", str)], ['=HYPERLINK("x")', "0912"])
        memory.write(tmp_path / "exports" / name, "Danh sách", listing)  # type: ignore[attr-defined]
    assert (
        (tmp_path / "exports" / "a.csv")
        .read_text(encoding="utf-8-sig")
        .splitlines()[1]
        .startswith("\"'=HYPERLINK")
    )
    with zipfile.ZipFile(tmp_path / "exports" / "a.xlsx") as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        assert ">0912<" in book.read("xl/sharedStrings.xml").decode()


def test_a_place_that_cannot_be_written_says_so(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *_args: (str(tmp_path / "exports" / "không có" / "a.xlsx"), ""),
    )
    QTest.keyClick(listed(window).table, Key.Key_E, CTRL)
    assert "dành cho lãnh đạo" in window.notices.text  # before a place is asked for
    window.desk.official = leader(window)
    QTest.keyClick(listed(window).table, Key.Key_E, CTRL)
    questions.answer(window, "Nộp đoàn kiểm tra")
    assert "Không lưu được" in window.notices.text


@dataclass(frozen=True)
class Thing:
    """A row with a word, a number and a moment, any of which may be missing."""

    word: str
    number: int | None
    at: datetime | None


COLUMNS: tuple[Column[Thing], ...] = (
    Column("Tên", lambda thing: thing.word),
    Column(
        "Số",
        lambda thing: "" if thing.number is None else f"{thing.number} bộ",
        sort=lambda thing: thing.number,
    ),
    Column(
        "Lúc",
        lambda thing: f"{thing.at:%H:%M %d/%m/%Y}" if thing.at else "",
        sort=lambda thing: thing.at,
    ),
)


def test_columns_order_the_lines_by_value_and_what_is_missing_comes_last(qtbot: QtBot) -> None:
    things = [
        Thing("Đào", 10, datetime(2026, 11, 23, 10, 0)),
        Thing("", 9, datetime(2026, 12, 1, 7, 30)),
        Thing("Dung", None, datetime(2025, 12, 31, 23, 0)),
        Thing("Ánh", 100, None),
    ]
    table = LineTable("")
    qtbot.addWidget(table)
    table.fill(Listing(COLUMNS, things))
    shown = cells_of(table)
    assert [line[0] for line in shown] == ["Đào", "", "Dung", "Ánh"]  # as they came

    def column_after_key(place: int) -> list[str]:
        QTest.keyClick(table, Key.Key_Right, CTRL)
        return [line[place] for line in cells_of(table)]

    assert column_after_key(0) == ["Ánh", "Dung", "Đào", ""]
    assert column_after_key(1) == ["9 bộ", "10 bộ", "100 bộ", ""]
    moments = ["23:00 31/12/2025", "10:00 23/11/2026", "07:30 01/12/2026", ""]
    assert column_after_key(2) == moments
    assert sorted(cells_of(table)) == sorted(shown)  # each line is still whole


def test_no_head_is_written_under_the_button_at_the_end(qtbot: QtBot) -> None:
    rate = Column[Thing]("Tỷ lệ", lambda thing: "—", align="right")
    table = LineTable("")
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.fill(Listing((*COLUMNS, rate), [Thing("Đào", 10, None)]))
    table.show()
    head, button = table.horizontalHeader(), table.more.width()
    drawn = head.grab().toImage()  # without the button, which is a child of the table
    middle = range(drawn.height() // 4, drawn.height() * 3 // 4)
    under = range(drawn.width() - button + 2, drawn.width() - 2)
    assert len({drawn.pixel(x, y) for x in under for y in middle}) <= len(middle)  # a plain ground
    beside = range(drawn.width() - 3 * button, drawn.width() - button - 2)
    assert len({drawn.pixel(x, y) for x in beside for y in middle}) > len(middle)  # the words


@pytest.mark.parametrize("giving", [(), (2,)])
def test_no_words_are_cut_where_the_table_has_room_for_them(
    qtbot: QtBot, giving: tuple[int, ...]
) -> None:
    name = "Công ty TNHH Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu Nông sản"
    table = LineTable("", giving=giving)
    qtbot.addWidget(table)
    table.resize(1500, 200)
    table.fill(Listing(COLUMNS, [Thing(name, 10, datetime(2026, 11, 23, 10, 0))]))
    table.show()
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(name)
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(600, 200)
    assert table.columnWidth(0) < table.fontMetrics().horizontalAdvance(name)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_narrow_column_is_shown_where_a_wider_one_had_to_leave(qtbot: QtBot) -> None:
    long = Column[Thing]("Lý do", lambda thing: "cần thời gian xác minh " * 2)
    table = LineTable("", leaving=(1, 3))
    qtbot.addWidget(table)
    table.fill(Listing((*COLUMNS, long), [Thing("Đào", 10, datetime(2026, 11, 23, 10, 0))]))
    table.show()
    for width in range(600, 100, -5):
        table.resize(width, 200)
        if table.isColumnHidden(3):
            break
    assert not table.isColumnHidden(1)
    assert table.left_out == 1
    assert table.horizontalScrollBar().maximum() == 0


def test_the_line_under_the_cursor_stays_in_sight_in_a_lower_table(qtbot: QtBot) -> None:
    table = LineTable("")
    qtbot.addWidget(table)
    table.setMinimumHeight(0)
    table.resize(600, 300)
    table.fill(Listing(COLUMNS, [Thing(f"{number:02}", number, None) for number in range(20)]))
    table.show()
    last = table.indexAt(table.viewport().rect().bottomLeft() - QPoint(0, 4)).row() - 1
    table.choose_row(last)
    table.resize(600, 300 - 2 * table.rowHeight(last))
    seen = table.viewport().rect()
    assert seen.contains(table.visualRect(table.currentIndex()).center())
    assert table.visualRect(table.currentIndex()).bottom() <= seen.bottom()
    table.verticalScrollBar().setValue(0)  # by the wheel, away from the cursor's line
    table.choose_row(19)
    table.verticalScrollBar().setValue(0)
    table.resize(600, 200)
    assert table.verticalScrollBar().value() == 0


def test_the_arrows_go_through_lines_whose_first_column_is_not_shown(qtbot: QtBot) -> None:
    table = LineTable("")
    qtbot.addWidget(table)
    table.fill(Listing(COLUMNS, [Thing(f"{number:02}", number, None) for number in range(40)]))
    table.resize(600, 200)
    table.show()
    table.choose_column(0, shown=False)  # as large type leaves it out

    def is_in_sight(row: int) -> bool:
        bottom = table.rowViewportPosition(row) + table.rowHeight(row)
        return table.currentIndex().row() == row and 0 < bottom <= table.viewport().height()

    for _line in range(20):
        QTest.keyClick(table, Key.Key_Down)
    assert is_in_sight(20)
    assert {index.row() for index in table.selectedIndexes()} == {20}
    table.choose_row(35)
    assert is_in_sight(35)
