"""The calendar desk in the window: a day put by keys, the year sent on, the second person sees what
moves.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_calendar
from cchc_desk.domain.time.calendar import DayKind
from tests.actions.conftest import make_intake
from tests.ui.conftest import MakeWindow, log_in, press, write
from tests.ui.questions import answer, leave, panel_in
from ui.calendar.page import CalendarPage
from ui.settings.page import SettingsPage
from ui.shell import jobs
from ui.shell.window import Window

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def opened(window: Window) -> CalendarPage:
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_L, ALT)
    page = window.page("calendar")
    assert isinstance(page, CalendarPage)
    return page


def entered(make_window: MakeWindow, folder: Path) -> Window:
    """The administrator puts one more rest day into 2026 and sends the year on."""
    window = make_window(folder, "dung")
    page = opened(window)
    count = len(page.days)
    write(page.day, "25112026")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    write(page.name, "Nghỉ phòng, chống bão")
    press(window, Qt.Key.Key_N, ALT)
    assert len(page.days) == count + 1
    write(page.document, "CĐ 12/CĐ-UBND")
    press(window, Qt.Key.Key_F9)
    assert "nhờ người thứ hai" in window.notices.text
    return window


def test_a_year_is_entered_and_confirmed_by_keys_and_promises_move(
    make_window: MakeWindow, folder: Path
) -> None:
    window = entered(make_window, folder)
    press(window, Qt.Key.Key_A, ALT)
    assert "không tự xác nhận được" in window.notices.text
    assert window.desk.calendar.is_working_day(date(2026, 11, 25))
    window.access.switch()
    log_in(window, "chi")
    kept, moved = (
        intake.accept_dossier(window.desk, make_intake(name)).code
        for name in ("Nguyễn A", "Nguyễn B")
    )
    page = opened(window)
    texts = [page.moves.item(n).text() for n in range(page.moves.count())]
    assert any(
        f"{moved} · Nguyễn B · 0912345678\n25/11/2026 10:00 → 26/11/2026 10:00" in text
        for text in texts
    )
    row = next(n for n, text in enumerate(texts) if kept in text)
    page.moves.setCurrentRow(row)
    QTest.keyClick(page.moves, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_A, ALT)
    assert f"Hãy báo {len(texts) - 1} công dân" in window.notices.text
    dues = [progress.show_dossier(window.desk, code).dossier.due.day for code in (kept, moved)]
    assert dues == [25, 26]
    assert not window.desk.calendar.is_working_day(date(2026, 11, 25))


def test_a_day_outside_the_year_says_so_and_a_line_is_corrected(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "dung")
    page = opened(window)
    press(window, Qt.Key.Key_A, ALT)
    assert "Không có lịch nào chờ xác nhận" in window.notices.text
    write(page.day, "1/1/2031")
    write(page.name, "Tết")
    press(window, Qt.Key.Key_N, ALT)
    assert "trong năm 2026" in page.error.text()
    write(page.day, "0")
    assert page.error.text() == ""
    page.table.setFocus()
    press(window, Qt.Key.Key_Return)
    assert page.day.text() == "01/01/2026"
    before = len(page.days)
    page.table.setFocus()
    press(window, Qt.Key.Key_Delete)
    assert len(page.days) == before - 1
    days = page.days
    page.table.choose_row(3)
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Delete)  # the line after it, not the first of the year
    assert page.days == (*days[:3], *days[5:])
    press(window, Qt.Key.Key_Z, CTRL)
    assert page.days == (*days[:3], *days[4:])


def test_the_days_of_a_year_are_ordered_by_date_and_not_by_the_name_of_the_weekday(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "dung")
    page = opened(window)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)

    def shown() -> list[date]:
        cells = [page.table.model_.text(row, 0) for row in range(page.table.model_.rowCount())]
        return [datetime.strptime(cell.split()[-1], "%d/%m/%Y").date() for cell in cells]

    assert shown() == sorted(day.day for day in page.days)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert shown() == sorted((day.day for day in page.days), reverse=True)


def test_an_estimated_year_is_laid_out_to_be_compared_and_a_table_replaces_it(
    make_window: MakeWindow, folder: Path, tmp_path: Path
) -> None:
    window = make_window(folder, "dung")
    page = opened(window)
    page.year.setValue(2027)
    assert "tạm tính" in page.state.text()
    file = office_calendar.save_csv(
        office_calendar.to_csv(page.days[:2]), tmp_path / "exports" / "2027.csv"
    )
    page.read_file(file)
    assert len(page.days) == 2
    file.write_text("ngày;loại\n1;2\n", encoding="utf-8")
    page.read_file(file)
    assert "cần bốn cột" in page.error.text()
    assert len(page.days) == 2
    press(window, Qt.Key.Key_F9)
    assert "văn bản" in page.error.text()


def test_other_hours_ask_what_becomes_of_open_promises(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "chi")
    code = intake.accept_dossier(window.desk, make_intake()).code
    press(window, Qt.Key.Key_F12)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.stack.setCurrentIndex(1)
    page.hours["mon-fri"].setText("13:00-17:00")
    press(window, Qt.Key.Key_F9)
    leave(window)
    assert window.desk.settings["office_hours"]["mon-fri"] != "13:00-17:00"
    moves = len(office_calendar.moves_by_hours(window.desk, {"mon-fri": "13:00-17:00"}))
    press(window, Qt.Key.Key_F9)
    assert panel_in(window).parentWidget() is page
    answer(window, f"Đổi {moves} lời hẹn theo giờ mới")
    assert progress.show_dossier(window.desk, code).dossier.due == datetime(2026, 11, 25, 13, 0)


def test_f9_in_the_form_of_a_day_puts_that_day_and_leaving_loses_no_day(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "dung")
    page = opened(window)
    count = len(page.days)
    write(page.document, "CĐ 12/CĐ-UBND")
    write(page.day, "25112026")
    write(page.name, "Nghỉ phòng, chống bão")
    press(window, Qt.Key.Key_F9)
    assert len(page.days) == count + 1
    assert "F9 lần nữa" in window.notices.text
    assert page.waiting.count() == 0  # nothing was entered yet
    press(window, Qt.Key.Key_F6)
    assert "Chưa lưu, vẫn còn trên trang: lịch năm 2026" in window.notices.text
    window.open_page("calendar")
    assert len(page.days) == count + 1
    page.year.setValue(2027)
    page.year.setValue(2026)
    assert len(page.days) == count
    press(window, Qt.Key.Key_Z, CTRL)
    assert len(page.days) == count + 1
    press(window, Qt.Key.Key_F9)
    assert "nhờ người thứ hai" in window.notices.text


def test_a_year_is_not_confirmed_before_the_promises_it_moves_are_shown(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    """Else the ticks of the year that was shown before would be taken for it."""
    window = entered(make_window, folder)
    days = office_calendar.year_in_force(window.desk, 2027)
    days = tuple(
        replace(day, kind=DayKind.OFF) if day.kind is DayKind.ESTIMATE else day for day in days
    )
    office_calendar.enter_year(window.desk, 2027, "CĐ 13/CĐ-UBND", days)
    window.access.switch()
    log_in(window, "chi")
    page = opened(window)
    assert page.waiting.count() == 2
    page.waiting.setFocus()
    jobs.immediately(False)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_A, ALT)
    assert "Đang tìm các lời hẹn sẽ đổi" in window.notices.text
    qtbot.waitUntil(page.confirm_button.isEnabled)
    jobs.immediately(True)
    entries = office_calendar.entered_years(window.desk)
    assert all(entry.confirmed is None for entry in entries if entry.document.startswith("CĐ"))
