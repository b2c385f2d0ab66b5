"""Phục vụ (F10) by keys: one's own week first, the leader after it, sheets, wording, papers."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.domain.courtesy import Mark, Moment
from tests.ui.conftest import MONDAY, cells_of, log_in, press, write
from ui.courtesy.dialogs import ItemsDialog, ObservationDialog
from ui.courtesy.page import CourtesyPage
from ui.documents.printing import PreviewDialog
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier


def page_of(window: Window) -> CourtesyPage:
    press(window, Qt.Key.Key_F10)
    page = window.page("courtesy")
    assert isinstance(page, CourtesyPage)
    return page


def items(page: CourtesyPage) -> list[tuple[str, ...]]:
    return cells_of(page.items)


def become(window: Window, official: str) -> None:
    window.access.switch()
    log_in(window, official)


def paper(window: Window) -> bytes:
    dialog = window.findChildren(PreviewDialog)[-1]
    assert isinstance(dialog, PreviewDialog)
    pdf = dialog.pdf
    dialog.reject()
    dialog.deleteLater()
    return pdf


def test_the_clerk_finds_the_own_week_the_visits_of_today_and_the_paper(window: Window) -> None:
    courtesy.record_visit(window.desk, ["greet", "smile"], moment=Moment.GREETING)
    page = page_of(window)
    assert not page.whose.isVisible()
    assert items(page)[0] == ("xin chào", "1", "1", "100%")
    assert items(page)[1] == ("xin lỗi", "0", "0", "—")  # not called for: nothing, never 100 %
    assert page.values[0].text() == "33% (2/6)"
    assert page.values[1].text() == "—"
    assert page.visits_title.text() == "Hôm nay tôi tự chấm 1 lượt"
    assert [line[1:3] for line in cells_of(page.visits)] == [("tiếp công dân", "2/6")]
    assert "23/11: 33%, —" in page.trend.accessibleDescription()
    press(window, Qt.Key.Key_F9)
    assert paper(window).startswith(b"%PDF")
    press(window, Qt.Key.Key_Left, ALT)
    assert page.week.text().startswith("Tuần 16/11")
    assert page.values[0].text() == "—"
    press(window, Qt.Key.Key_Right, ALT)
    press(window, Qt.Key.Key_Right, ALT)  # there is no week after this one
    assert page.week.text().startswith("Tuần 23/11")


def test_an_empty_day_says_how_a_visit_is_kept(window: Window) -> None:
    page = page_of(window)
    assert page.no_visits.isVisible()
    assert "Ctrl+9" in page.no_visits.text()
    assert page.no_sheets.isVisible()


def test_the_leader_sees_a_card_only_after_its_clerk(window: Window) -> None:
    become(window, "chi")
    page = page_of(window)
    assert page.whose.isVisible()
    page.whose.setFocus()
    while page.whose.currentData() != "an":
        QTest.keyClick(page.whose, Qt.Key.Key_Down)
    assert "chưa xem phiếu tuần" in page.why_not.text()
    assert not page.items.isVisible()
    assert not page.card.isEnabled()
    become(window, "an")
    page_of(window)
    become(window, "chi")
    page = page_of(window)
    while page.whose.currentData() != "an":
        QTest.keyClick(page.whose, Qt.Key.Key_Down)
    assert not page.why_not.isVisible()
    assert len(items(page)) == 8


def test_the_leader_fills_an_observation_by_keys_and_the_clerk_reads_it(
    qtbot: QtBot, window: Window
) -> None:
    become(window, "chi")
    page = page_of(window)
    press(window, Qt.Key.Key_Q, ALT)
    dialog = page.findChild(ObservationDialog)
    assert isinstance(dialog, ObservationDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    while dialog.official.currentData() != "an":
        QTest.keyClick(dialog.official, Qt.Key.Key_Down)
    for box in dialog.marks.values():
        assert box.currentData() is Mark.NO_OCCASION
        QTest.keyClick(box, Qt.Key.Key_Home)
    write(dialog.good, "Chào trước.")
    QTest.keyClick(dialog.good, Qt.Key.Key_F9)
    assert "Đã ghi phiếu quan sát" in window.notices.text
    become(window, "an")
    page = page_of(window)
    (line,) = cells_of(page.sheets)
    assert line[1:] == ("Nguyễn Thị Hoài An", "8 Đã làm")
    page.sheets.setFocus()
    press(window, Qt.Key.Key_Return)
    assert paper(window).startswith(b"%PDF")


def test_the_leader_orders_the_eight_anew_by_keys(qtbot: QtBot, window: Window) -> None:
    become(window, "chi")
    page = page_of(window)
    press(window, Qt.Key.Key_S, ALT)
    dialog = page.findChild(ItemsDialog)
    assert isinstance(dialog, ItemsDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    QTest.keyClick(dialog.list, Qt.Key.Key_F9)
    assert [row[0] for row in items(page)][:2] == ["xin lỗi", "xin chào"]


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_B])
def test_the_blank_sheet_and_the_month_s_report_come_on_paper(window: Window, key: Qt.Key) -> None:
    become(window, "chi")
    page_of(window)
    press(window, key, ALT)
    assert paper(window).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("who", "seen"), [("an", (False, False)), ("chi", (True, True)), ("dung", (False, True))]
)
def test_each_role_finds_what_it_may_do(window: Window, who: str, seen: tuple[bool, bool]) -> None:
    become(window, who)
    page = page_of(window)
    assert (page.observe.isVisible(), page.report.isVisible()) == seen
    if who == "dung":
        assert "Quản trị không có phiếu tuần" in page.why_not.text()
        press(window, Qt.Key.Key_B, ALT)
        assert paper(window).startswith(b"%PDF")


def test_the_page_turns_with_the_week(window: Window) -> None:
    page = page_of(window)
    assert page.monday == MONDAY.date()
    assert page.monday + timedelta(days=6) > MONDAY.date()
    assert not page.next.isEnabled()
