"""Tệp của tỉnh: a list is dropped or chosen, shown, mended, taken; twice the same is refused."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lists import folder, history
from cchc_desk.actions.lists.preview import Verdict
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training.province_list import write_list
from cchc_desk.domain.lists.fields import Field
from cchc_desk.session import Desk
from tests.actions.conftest import keep_settings
from tests.actions.lists.containers import book, lines, xlsx
from tests.actions.lists.provinces import LAYOUTS, Cell, Dossier, make_dossiers
from tests.actions.lists.test_reading import old_bytes
from tests.ui.conftest import cells_of, press, write
from tests.ui.rooms import set_appearance
from ui.lists.page import ListsPage
from ui.look import style
from ui.shell import jobs
from ui.shell.progress_box import ProgressBox
from ui.shell.window import Window
from ui.today.page import TodayPage

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def made(count: int = 8) -> list[Dossier]:
    return make_dossiers(count, random.Random(4))


def list_of(dossiers: list[Dossier], file: Path, layout: str = "igate") -> Path:
    file.write_bytes(xlsx(LAYOUTS[layout](dossiers, random.Random(4)).rows))
    return file


def drop(window: Window, file: Path, at: QPointF | None = None) -> None:
    """Drag a file over the window and let it go, as the system hands it to the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    at = at or QPointF(window.rect().center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none, here = Qt.KeyboardModifier.NoModifier, window.windowHandle()
    QApplication.sendEvent(here, QDragEnterEvent(at.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(here, QDropEvent(at, copy, mime, left, none))


@pytest.fixture
def page(window: Window) -> ListsPage:
    press(window, Qt.Key.Key_F3, CTRL)
    found = window.page("lists")
    assert isinstance(found, ListsPage)
    return found


def count_of(page: ListsPage, verdict: Verdict) -> int:
    assert page.preview is not None
    return page.preview.count(verdict)


def test_a_file_dropped_anywhere_is_shown_and_nothing_is_written_before_the_yes(
    window: Window, tmp_path: Path
) -> None:
    entries = upkeep.verify_ledger(window.desk).entries
    drop(window, list_of(made(), tmp_path / "ds.xls"))  # on the day board
    assert window.frame.current == "lists"
    page = window.page("lists")
    assert isinstance(page, ListsPage)
    assert "mẫu «VNPT iGate – thống kê hồ sơ»" in page.known.text()
    assert page.filters[Verdict.NEW].text() == "Mới 8  ·  Alt+1"
    assert page.filters[Verdict.SKIPPED].text() == "Bỏ qua 1  ·  Alt+6"
    first = cells_of(page.table)[0]
    assert first[1] == "Mới"
    assert first[2:4] == (made()[0].code, made()[0].owner)
    assert upkeep.verify_ledger(window.desk).entries == entries
    press(window, Qt.Key.Key_6, ALT)
    (skipped,) = cells_of(page.table)
    assert "Cùng hồ sơ với dòng" in skipped[-1]
    press(window, Qt.Key.Key_F9)
    assert page.said.text() == "Đã nhận «ds.xls»: 8 hồ sơ mới, 1 bỏ qua."
    assert progress.show_dossier(window.desk, made()[0].code).dossier.system == "VNPT iGate"
    assert page.take_key.isHidden()


def test_the_same_bytes_twice_are_shown_again_but_not_taken(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    file = list_of(made(), tmp_path / "ds.xlsx")
    page.read_file(file)
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_Escape)
    assert cells_of(page.start.lists)[0][1:4] == ("ds.xlsx", "VNPT iGate", "8")
    page.read_file(file.rename(tmp_path / "again.xlsx"))
    assert count_of(page, Verdict.SAME) == 8
    assert "Tệp này đã nhận lúc 10 giờ 00" in page.doubts.text()
    assert "«ds.xlsx»" in page.doubts.text()
    assert not page.take_key.isEnabled()
    press(window, Qt.Key.Key_F9)
    assert "Tệp này đã nhận lúc 10 giờ 00" in window.notices.text
    page.table.choose_row(0)
    press(window, Qt.Key.Key_Return)
    assert window.frame.current == "dossier"


def test_a_file_that_changed_since_it_was_shown_is_not_taken(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    page.read_file(list_of(made(), tmp_path / "ds.xlsx"))
    list_of(made(9), tmp_path / "ds.xlsx")  # the browser saves under the same name
    press(window, Qt.Key.Key_F9)
    assert "«ds.xlsx» đã khác lúc xem trước" in page.error.text()
    assert history.taken_lists(window.desk) == []
    assert not page.take_key.isEnabled()
    assert page.again_key.isVisible()
    press(window, Qt.Key.Key_F8)
    assert page.error.isHidden()
    assert count_of(page, Verdict.NEW) == 9
    assert not page.again_key.isVisible()
    press(window, Qt.Key.Key_F9)
    assert "9 hồ sơ mới" in page.said.text()


def test_new_dossiers_without_a_name_are_named_before_they_are_taken(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    first, second, *others = made()
    some = [first, replace(second, owner=" "), *others]
    file = list_of(some, tmp_path / "ds.xlsx", "opencps")
    page.read_file(file)
    assert "1 hồ sơ mới không ghi tên chủ: dòng 3." in page.doubts.text()
    press(window, Qt.Key.Key_F9)
    page.read_file(file)
    assert "không ghi tên chủ" not in page.doubts.text()  # it is here, and maybe has its name


@pytest.mark.parametrize("below", [[], [["Tổng cộng", "0"]], [["Không có dữ liệu"]]])
def test_a_list_of_a_quiet_day_says_that_it_has_no_dossier(
    page: ListsPage, tmp_path: Path, below: list[list[Cell]]
) -> None:
    for name in ("igate", "opencps", "td-tracking", "register"):
        empty = LAYOUTS[name](made(0), random.Random(4)).rows if name != "igate" else []
        heads = empty or LAYOUTS["igate"](made(1), random.Random(4)).rows[:1]
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(xlsx([*heads, *below]))
        page.read_file(file)
        assert "Danh sách không có hồ sơ nào" in page.start.error.text(), name


def mend_a_row(window: Window, page: ListsPage, file: Path) -> list[list[Cell]]:
    """Write a list with a due day that nobody can read, and type it right; return its rows."""
    rows = LAYOUTS["opencps"](made(), random.Random(4)).rows
    rows[2][4] = "mai trả"
    file.write_bytes(lines(rows, ",").encode())
    page.read_file(file)
    press(window, Qt.Key.Key_5, ALT)
    press(window, Qt.Key.Key_Return)
    page.mend.fields[Field.DUE].clear()
    write(page.mend.fields[Field.DUE], "30/11/2026")
    return rows


def test_what_was_typed_is_not_put_into_rows_of_another_list_of_the_same_name(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    file = tmp_path / "ds.csv"
    mend_a_row(window, page, file)
    file.write_bytes(lines(LAYOUTS["opencps"](made(), random.Random(4)).rows, ",").encode())
    press(window, Qt.Key.Key_F8)
    assert page.preview is not None
    due = page.preview.rows[1].row.due
    assert due is not None
    assert due.date() == made()[1].due.date()
    assert page.mend.typed() == ()


@pytest.mark.parametrize("changed", [False, True])
def test_what_was_typed_into_a_list_that_was_left_is_taken_back_by_a_key(
    window: Window, page: ListsPage, tmp_path: Path, *, changed: bool
) -> None:
    file = tmp_path / "ds.csv"
    rows = mend_a_row(window, page, file)
    press(window, Qt.Key.Key_Escape)  # out of the field
    press(window, Qt.Key.Key_Escape)
    assert page.file is None
    assert "Đã bỏ 1 ô đã sửa của «ds.csv»." in window.notices.text
    if changed:
        rows[3][4] = "mốt trả"
        file.write_bytes(lines(rows, ",").encode())
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert [cell.text for cell in page.mend.typed()] == ([] if changed else ["30/11/2026"])
    assert count_of(page, Verdict.UNREADABLE) == (2 if changed else 0)


def test_an_unreadable_row_is_mended_in_place_and_read_again(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    rows = LAYOUTS["opencps"](made(), random.Random(4)).rows
    rows[2][4] = "mai trả"
    rows[5][0] = "??"
    file = tmp_path / "ds.csv"
    file.write_bytes(lines(rows, ",").encode())
    page.read_file(file)
    press(window, Qt.Key.Key_5, ALT)
    assert [row[0] for row in cells_of(page.table)] == ["3", "6"]
    assert "«mai trả» không đọc được" in page.mend.title.text()
    assert "Sửa ô (Enter) rồi đọc lại (Enter)." in page.mend.title.text()
    press(window, Qt.Key.Key_Return)
    assert page.mend.fields[Field.DUE].hasFocus()
    assert page.mend.fields[Field.DUE].text() == "mai trả"
    page.mend.fields[Field.DUE].clear()
    write(page.mend.fields[Field.DUE], "30/11/2026")
    assert page.take_key.toolTip() == "Có ô vừa sửa chưa đọc lại: F8."
    press(window, Qt.Key.Key_F8)
    assert [row[0] for row in cells_of(page.table)] == ["6"]
    press(window, Qt.Key.Key_Return)
    page.mend.fields[Field.CODE].clear()
    write(page.mend.fields[Field.CODE], made()[4].code)
    press(window, Qt.Key.Key_Return)
    assert count_of(page, Verdict.UNREADABLE) == 0
    assert count_of(page, Verdict.NEW) == 8
    page.show_only(Verdict.NEW)
    page.table.choose_row([row[0] for row in cells_of(page.table)].index("3"))
    assert " · 30/11/2026" in page.details.text()  # a day alone has no hour
    assert "giờ" not in page.details.text()
    press(window, Qt.Key.Key_F9)
    due = progress.show_dossier(window.desk, made()[1].code).dossier.first.due
    assert f"{due:%d/%m/%Y}" == "30/11/2026"
    assert page.unsaved() == ""


def test_a_list_that_was_taken_with_unreadable_rows_is_taken_again_for_those_that_were_mended(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    rows = LAYOUTS["opencps"](made(), random.Random(4)).rows
    rows[2][4] = "mai trả"
    file = tmp_path / "ds.csv"
    file.write_bytes(lines(rows, ",").encode())
    page.read_file(file)
    press(window, Qt.Key.Key_F9)
    page.read_file(file)
    assert not page.take_key.isEnabled()
    press(window, Qt.Key.Key_5, ALT)
    press(window, Qt.Key.Key_Return)
    page.mend.fields[Field.DUE].clear()
    write(page.mend.fields[Field.DUE], "30/11/2026")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F9)
    assert page.said.text() == "Đã nhận «ds.csv»: 1 hồ sơ mới, 7 như đã có."


def test_another_due_date_is_shown_as_ours_and_theirs(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    page.read_file(list_of(made(), tmp_path / "ds.xlsx"))
    press(window, Qt.Key.Key_F9)
    one = made()[0]
    moved = [replace(one, due=one.due + timedelta(days=9)), *made()[1:]]
    page.read_file(list_of(moved, tmp_path / "ds2.xlsx"))
    press(window, Qt.Key.Key_4, ALT)
    (row,) = cells_of(page.table)
    assert row[2] == one.code
    assert row[-1].startswith("Ngày hẹn khác: ở đây ")


def test_an_old_encoding_is_shown_before_and_after(page: ListsPage, tmp_path: Path) -> None:
    rows = LAYOUTS["td-tracking"](made(), random.Random(4)).rows
    file = tmp_path / "ds.csv"
    file.write_bytes(lines(rows, ",").encode())
    page.read_file(file)
    assert page.encoding.isHidden()
    file.write_bytes(old_bytes(lines(rows, ","), "TCVN3"))
    page.read_file(file)
    before, _between, after = page.encoding.text().partition("» thành «")
    assert before.startswith("Bảng mã TCVN3, đã đổi: «")
    assert "phường" in after.lower() or "thủ tục" in after.lower() or "đăng ký" in after.lower()


def test_an_unknown_layout_is_mapped_with_guesses_and_sample_rows(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "Khóa,Ai,Vào,Ra,Khác\n"
        "A.1-261101-0001,Lê Văn Ba,01/11/2026,30/11/2026,1\n"
        "A.1-261102-0002,Trần Thị Tư,02/11/2026,01/12/2026,2\n",
        encoding="utf-8",
    )
    page.read_file(file)
    assert "Không tìm thấy dòng tiêu đề" in page.start.error.text()
    assert page.start.columns_key.hasFocus()
    press(window, Qt.Key.Key_C, ALT)
    guessed = [(name, box.currentText()) for name, box in page.columns.fields]
    assert guessed == [
        ("Khóa", "Mã hồ sơ"), ("Ai", "Chủ hồ sơ"), ("Vào", "Ngày tiếp nhận"),
        ("Ra", "Ngày hẹn trả"), ("Khác", "không dùng"),
    ]  # fmt: skip
    assert page.columns.fields[4][1].hasFocus()
    page.columns.fields[3][1].setFocus()
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_F9)
    assert page.columns.error.text() == "Còn thiếu cột: Ngày hẹn trả."
    box = page.columns.fields[3][1]
    while box.currentText() != "Ngày hẹn trả":
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_F9)
    assert "cột do bạn chọn" in page.known.text()
    assert count_of(page, Verdict.NEW) == 2
    press(window, Qt.Key.Key_F9)
    assert progress.show_dossier(window.desk, "A.1-261102-0002").dossier.applicant.name == (
        "Trần Thị Tư"
    )
    page.read_file(file)  # the columns are asked for once
    assert "mẫu đã tự chọn cột ở quầy này" in page.known.text()


def test_every_field_that_a_heading_may_name_can_be_chosen(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "Mã hồ sơ,Ngày hẹn trả ban đầu,Ngày hẹn trả,Chủ hồ sơ,Thủ tục\n"
        "A.1-261101-0001,30/11/2026,09/12/2026,Lê Văn Ba,Đăng ký khai sinh\n",
        encoding="utf-8",
    )
    page.read_file(file)
    press(window, Qt.Key.Key_C, ALT)
    assert page.columns.fields[1][1].currentText() == "Ngày hẹn trả ban đầu"
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    due = progress.show_dossier(window.desk, "A.1-261101-0001").dossier.first.due
    assert f"{due:%d/%m/%Y}" == "30/11/2026"


def test_a_tip_shows_what_a_list_says_as_it_is_and_fetches_nothing(
    page: ListsPage, tmp_path: Path
) -> None:
    picture = '<img src="//elsewhere/share/a.png">'
    some = [replace(one, owner=picture) for one in made(2)]
    page.read_file(list_of(some, tmp_path / "ds.xlsx"))
    tip = page.table.model().index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    document = QTextDocument()
    document.setHtml(tip)
    assert document.toPlainText() == picture


def test_of_several_sheets_with_lists_one_is_chosen(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    first, second = made()[:4], made()[4:]
    sheets = {
        name: LAYOUTS["igate"](some, random.Random(4)).rows
        for name, some in (("Tháng 10", first), ("Tháng 11", second))
    }
    file = tmp_path / "ds.xlsx"
    file.write_bytes(book(sheets))
    page.read_file(file)
    assert "nhiều danh sách" in page.columns.error.text()
    assert page.columns.sheet.hasFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_F9)
    assert "mẫu «VNPT iGate – thống kê hồ sơ»" in page.known.text()
    assert {row[2] for row in cells_of(page.table)} == {one.code for one in second}


def test_the_result_sheet_says_of_every_row_what_became_of_it(
    window: Window, page: ListsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.read_file(list_of(made(), tmp_path / "ds.xlsx"))
    assert not page.result_key.isVisible()
    press(window, Qt.Key.Key_F9)
    target = tmp_path / "exports" / "kq.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    press(window, Qt.Key.Key_K, ALT)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert len(rows) == 10
    assert rows[1][3] == "mới: đã nhận"
    owners = {one.owner for one in made()}
    assert not owners & {cell for row in rows for cell in row}  # it leaves without a reason
    assert "Đã lưu kết quả của 9 dòng vào kq.xlsx." in window.notices.text


def test_what_is_no_list_is_refused_with_its_reason(page: ListsPage, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    page.read_file(file)
    assert "Không nhận tệp này" in page.start.error.text()
    assert page.start.choose_key.hasFocus()
    assert not page.start.columns_key.isVisible()


def test_a_clerk_chooses_a_file_by_keyboard(
    window: Window, page: ListsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = list_of(made(), tmp_path / "ds.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    assert page.start.choose_key.hasFocus()
    press(window, Qt.Key.Key_F9)
    assert count_of(page, Verdict.NEW) == 8


def test_a_list_in_the_watched_folder_is_a_line_on_the_day_board(
    window: Window, tmp_path: Path
) -> None:
    board = window.page("today")
    assert isinstance(board, TodayPage)
    assert board.new_list.isHidden()
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    keep_settings(window.desk, {"lists_folder": str(downloads)})
    list_of(made(), downloads / "ds.xlsx")
    press(window, Qt.Key.Key_F6)
    assert board.new_list.text() == "Có danh sách mới: ds.xlsx  ·  Alt+9"
    board.new_list.setFocus()
    press(window, Qt.Key.Key_Return)
    page = window.page("lists")
    assert isinstance(page, ListsPage)
    assert window.frame.current == "lists"
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F6)
    assert board.new_list.isHidden()


def test_esc_stops_the_reading_of_a_long_list_while_the_window_answers(
    qtbot: QtBot, window: Window, page: ListsPage, tmp_path: Path
) -> None:
    """With the real worker: the box shows, Esc in it ends the reading, nothing is shown of it."""
    rows = LAYOUTS["opencps"](made(3000), random.Random(4)).rows
    file = tmp_path / "ds.csv"
    file.write_bytes(lines(rows, ",").encode())
    jobs.immediately(False)
    page.read_file(file)
    (box,) = page.findChildren(ProgressBox)
    box.show()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Đã dừng: Đang đọc «ds.csv»" in window.notices.text)
    assert page.preview is None
    page.read_file(file)  # the next reading goes on
    qtbot.waitUntil(lambda: page.preview is not None)
    assert count_of(page, Verdict.NEW) == 3000


def test_a_name_that_nobody_here_has_is_asked_about_once(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    some = [replace(one, finished=None, official="Lý Văn Xa") for one in made(2)]
    page.read_file(list_of(some, tmp_path / "ds.xlsx"))
    assert page.match.names.text() == "2 tên cán bộ chưa biết là ai  ·  Alt+N"
    press(window, Qt.Key.Key_N, ALT)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_F9)
    assert "Từ nay «Lý Văn Xa» là " in window.notices.text
    assert page.match.names.text() == "1 tên cán bộ chưa biết là ai  ·  Alt+N"
    press(window, Qt.Key.Key_Escape)  # the next name is asked about at once
    press(window, Qt.Key.Key_F9)
    holder = accounts.list_officials(window.desk)[0].id
    assert progress.show_dossier(window.desk, some[0].code).dossier.holder == holder


def test_a_row_that_is_a_dossier_of_this_desk_is_joined_by_the_clerks_yes(
    window: Window, page: ListsPage, tmp_path: Path
) -> None:
    (row, *_others) = progress.find_dossiers(window.desk)
    own = progress.show_dossier(window.desk, row.code).dossier
    twin = replace(
        made(1)[0],
        owner=own.applicant.name,
        procedure=own.procedure_name,
        submitted=own.accepted,
        received=own.accepted,
        due=own.first.due,
        finished=None,
        code=f"H57.32-{own.accepted:%y%m%d}-0009",
    )
    page.read_file(list_of([twin], tmp_path / "ds.xlsx"))
    assert page.match.same.text() == "⚠ 1 dòng có vẻ là hồ sơ đã nhận ở đây  ·  Alt+G"
    press(window, Qt.Key.Key_G, ALT)
    press(window, Qt.Key.Key_F9)
    assert count_of(page, Verdict.NEW) == 0
    assert page.match.same.isHidden()
    page.table.choose_row(1)
    page.table.setFocus()
    press(window, Qt.Key.Key_Return)
    assert window.frame.current == "dossier"
    assert window.page("dossier").showing() == own.code


def test_of_a_watched_folder_that_hangs_one_thread_waits_not_one_each_minute(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = window.page("today")
    assert isinstance(board, TodayPage)
    begun, goes_on = [], Event()

    def hangs(_desk: Desk) -> None:
        begun.append(1)
        goes_on.wait(10)

    monkeypatch.setattr(folder, "waiting_list", hangs)
    keep_settings(window.desk, {"lists_folder": str(tmp_path)})
    jobs.immediately(False)
    board.refresh()
    board.refresh()
    qtbot.waitUntil(lambda: bool(begun))
    goes_on.set()
    qtbot.waitUntil(lambda: not board._asks_folder)
    assert begun == [1]
    board.refresh()
    qtbot.waitUntil(lambda: begun == [1, 1])


def is_in_sight(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == QRect(QPoint(0, 0), widget.size())


def test_with_the_largest_type_the_line_under_the_table_is_read_before_and_after_taking(
    qapp: QApplication, window: Window, page: ListsPage, tmp_path: Path
) -> None:
    window.resize(1366, 768)
    set_appearance(window, size=200)
    page.read_file(write_list(window.desk, 12, random.Random(9)).file)
    for take in (False, True):
        if take:
            press(window, Qt.Key.Key_F9)
            assert page.taken is not None
        for _time in range(4):
            QApplication.processEvents()
        assert is_in_sight(page.table)
        assert is_in_sight(page.details)
        assert is_in_sight(page.title)
        assert is_in_sight(page.leave_key)
    style.apply(qapp, practice=False)


def test_with_large_type_who_and_what_is_read_without_scrolling_sideways(
    qapp: QApplication, window: Window, page: ListsPage, tmp_path: Path
) -> None:
    window.resize(1366, 740)
    for size in (100, 150, 200):
        set_appearance(window, size=size)
        page.leave()
        assert page.start.lists.horizontalScrollBar().maximum() == 0
        page.read_file(list_of(made(), tmp_path / "ds.xlsx"))
        for _time in range(4):
            QApplication.processEvents()
        assert page.table.horizontalScrollBar().maximum() == 0
        shown = {
            column.heading
            for place, column in enumerate(page.table.model_.columns)
            if not page.table.isColumnHidden(place)
        }
        assert {"Kết luận", "Mã hồ sơ", "Chủ hồ sơ", "Hẹn trả"} <= shown
        assert "Thủ tục" in shown or size == 200
        assert page.filters[Verdict.DIFFERS].isHidden()  # none of them
        assert page.filters[Verdict.NEW].isVisible()
    style.apply(qapp, practice=False)


def test_rows_to_look_at_are_shown_alone(page: ListsPage, window: Window, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["Mã hồ sơ", "Thủ tục", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"]
    ]
    for number in range(20):
        day = datetime(2026, 11, 2 + number % 5, 8, 15)
        due = day.replace(hour=17) + timedelta(days=3 if day.weekday() < 2 else 5)
        rows.append([f"H57.32-{day:%y%m%d}-{number + 1:04d}", "Kết hôn", "Lê An", day, due])
    rows[11][4] = datetime(2026, 12, 8, 17)  # 12 for 11
    file = tmp_path / "ds.xlsx"
    file.write_bytes(xlsx(rows))
    drop(window, file)
    press(window, Qt.Key.Key_7, ALT)
    (line,) = cells_of(page.table)
    assert line[0] == "12"
    assert page.filters["apart"].text() == "Cần xem kỹ 1  ·  Alt+7"
    drop(window, list_of(made(), tmp_path / "all-alike.xlsx"))
    assert page.filters["apart"].isHidden()
