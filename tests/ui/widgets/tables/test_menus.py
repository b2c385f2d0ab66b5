"""Menus of lines and heads: what a table can do by the mouse alone, and by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from tests.ui import questions
from tests.ui.conftest import MakeWindow, press
from tests.ui.widgets.tables.test_tables import leader, listed
from ui.documents.printing import PreviewDialog
from ui.dossiers.rows import HOLDER, STATE
from ui.shell.window import Window
from ui.widgets.tables.table import Table

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def right_click(over: QWidget, point: QPoint) -> QMenu:
    """The right button at a place; the menu that opens."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, over.mapToGlobal(point))
    QApplication.sendEvent(over, event)
    return open_menu()


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words(menu: QMenu) -> list[str]:
    return [one.text().split("\t")[0] for one in menu.actions() if one.text()]


def click(menu: QMenu, text: str) -> None:
    """The left button on the entry that begins with `text`."""
    entry = next(one for one in menu.actions() if one.text().startswith(text))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())


def line(table: Table, row: int, column: int = 0) -> QPoint:
    return table.visualRect(table.model().index(row, column)).center()


def test_the_right_button_chooses_the_line_under_it_and_copies_its_cell(window: Window) -> None:
    table = listed(window).table
    menu = right_click(table.viewport(), line(table, 3, 2))
    assert table.current_code() == table.dossiers.rows[3].code
    click(menu, "Chép ô «Chủ hồ sơ»")
    assert QGuiApplication.clipboard().text() == table.dossiers.rows[3].name


def test_a_copied_code_is_whole_though_the_screen_shows_its_last_group(window: Window) -> None:
    table = listed(window).table
    code = table.dossiers.rows[2].code
    index = table.model().index(2, 1)
    assert index.data() == f"{code[-7:-5]}/{code[-9:-7]} …{code[-4:]}"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == code
    click(right_click(table.viewport(), line(table, 2, 1)), "Chép ô")
    assert QGuiApplication.clipboard().text() == code


@pytest.mark.parametrize(("key", "held"), [(Key.Key_Menu, None), (Key.Key_F10, SHIFT)])
def test_the_menu_of_a_line_opens_and_acts_by_keys(
    window: Window, key: Key, held: Qt.KeyboardModifier | None
) -> None:
    table = listed(window).table
    table.choose_row(1)
    code = table.current_code()
    QTest.keyClick(table, key, held or Qt.KeyboardModifier.NoModifier)
    menu = open_menu()
    assert words(menu)[0] == "Mở hồ sơ"
    assert all("\t" in one.text() for one in menu.actions() if "bảng tính" in one.text())
    QTest.keyClick(menu, Key.Key_Return)
    assert window.page("dossier").showing() == code


def test_lines_that_are_chosen_stay_chosen_under_the_right_button(window: Window) -> None:
    table = listed(window).table
    table.choose_row(1)
    QTest.keyClick(table, Key.Key_Down, SHIFT)
    QTest.keyClick(table, Key.Key_Down, SHIFT)
    menu = right_click(table.viewport(), line(table, 2))
    click(menu, "Chép dòng")
    assert len(QGuiApplication.clipboard().text().split("\n")) == 3
    click(right_click(table.viewport(), line(table, 5)), "Chép dòng")
    assert len(QGuiApplication.clipboard().text().split("\n")) == 1


def test_export_and_paper_are_in_the_menu(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "exports" / "hồ sơ.csv"
    window.desk.official = leader(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    table = listed(window).table
    click(right_click(table.viewport(), line(table, 0)), "Xuất bảng tính")
    questions.answer(window, "Nộp đoàn kiểm tra")
    assert target.exists()
    click(right_click(table.viewport(), line(table, 0)), "In danh sách")
    questions.answer(window, "Nộp đoàn kiểm tra")
    dialog = window.findChildren(PreviewDialog)[-1]
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()


def test_a_column_is_left_out_by_the_mouse_and_stays_so(
    window: Window, make_window: MakeWindow, folder: Path
) -> None:
    table = listed(window).table
    header = table.horizontalHeader()
    assert not table.isColumnHidden(STATE)
    place = QPoint(header.sectionViewportPosition(STATE) + 5, 5)
    click(right_click(header.viewport(), place), "Ẩn cột này")
    assert table.isColumnHidden(STATE)
    table.keep()
    window.close()
    again = make_window(folder, "an")
    table = listed(again).table
    assert table.isColumnHidden(STATE)
    click(right_click(table.horizontalHeader().viewport(), QPoint(5, 5)), "Xếp xuôi")
    assert table.horizontalHeader().sortIndicatorSection() == 0


def test_columns_are_chosen_by_keys_also_where_there_is_no_room(window: Window) -> None:
    window.resize(900, 600)
    QApplication.processEvents()
    table = listed(window).table
    assert table.isColumnHidden(HOLDER)
    press(window, Key.Key_O, ALT)
    menu = open_menu()
    holder = next(place for place, text in enumerate(words(menu)) if text == "Người giữ")
    for _ in range(holder):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert not table.isColumnHidden(HOLDER)


def test_a_column_left_out_is_not_exported(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "exports" / "hồ sơ.csv"
    window.desk.official = leader(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    table = listed(window).table
    table.choose_column(STATE, shown=False)
    QTest.keyClick(table, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    questions.answer(window, "Nộp đoàn kiểm tra")
    heads = target.read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    assert heads == ["Hẹn trả", "Mã hồ sơ", "Chủ hồ sơ", "Thủ tục", "Người giữ"]


def test_one_column_always_stays(window: Window) -> None:
    table = listed(window).table
    for place in range(1, len(table.dossiers.columns)):
        table.choose_column(place, shown=False)
    press(window, Key.Key_O, ALT)
    menu = open_menu()
    assert [one.isEnabled() for one in menu.actions() if one.isChecked()] == [False]
    click(menu, "Như ban đầu")
    assert not table.isColumnHidden(STATE)


def test_a_button_over_each_list_has_its_export_and_its_columns(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "exports" / "hồ sơ.csv"
    window.desk.official = leader(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window.open_page("return")
    table = window.page("return").table  # type: ignore[attr-defined]
    QTest.mouseClick(table.more, Qt.MouseButton.LeftButton)
    assert words(open_menu())[-1] == "Cột"
    click(open_menu(), "Xuất bảng tính")
    questions.answer(window, "Nộp đoàn kiểm tra")
    assert target.exists()
