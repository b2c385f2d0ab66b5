"""The strip of eight keys: the right words at the right moment, a visit kept in two seconds, folded
to an icon until it is wanted.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk import i18n
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.office import preferences
from cchc_desk.domain.courtesy import Moment, Visit
from cchc_desk.domain.dossiers.dossier import Status
from tests.ui.conftest import log_in, press, write
from tests.ui.dossiers.test_life_by_keys import close_preview, close_set
from tests.ui.intake.test_not_accepted import TYPED
from tests.ui.questions import answer
from ui.intake.page import IntakePage
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
DIGITS = [getattr(Qt.Key, f"Key_{number}") for number in range(10)]


@pytest.fixture
def vietnamese_again() -> Iterator[None]:
    yield
    i18n.use(i18n.SOURCE)


def ctrl(window: Window, *numbers: int) -> None:
    for number in numbers:
        press(window, DIGITS[number], CTRL)


def visits(window: Window) -> tuple[Visit, ...]:
    return courtesy.visits_today(window.desk)


def said(window: Window) -> str:
    return window.frame.courtesy.phrase.text().lower()


def test_a_visit_is_kept_with_a_few_keys_while_a_name_is_being_typed(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    field = window.focusWidget()
    assert field is not None
    write(field, "Lý")
    ctrl(window, 1, 3, 5, 7, 3, 9)  # the second Ctrl+3 takes the third back
    (visit,) = visits(window)
    assert (visit.done, visit.moment) == (frozenset({"greet", "smile", "listen"}), Moment.GREETING)
    assert window.focusWidget() is field
    assert field.property("text") == "Lý"
    assert window.notices.text == "✓ Đã ghi lượt này: 3/6 điều."
    ctrl(window, 9)
    assert len(visits(window)) == 1  # nothing pressed, nothing kept
    assert "Ctrl+1" in window.notices.text


def test_it_is_folded_to_an_icon_until_one_of_its_keys_unfolds_it_for_a_visit(
    window: Window,
) -> None:
    strip = window.frame.courtesy
    press(window, Qt.Key.Key_F2)
    assert (strip.isVisible(), strip.handle.isVisible()) == (False, True)
    ctrl(window, 1)
    assert (strip.isVisible(), strip.handle.isVisible()) == (True, False)
    ctrl(window, 9)
    assert len(visits(window)) == 1
    assert (strip.isVisible(), strip.handle.isVisible()) == (False, True)


def test_the_strip_stands_where_citizens_are_served_and_nowhere_else(window: Window) -> None:
    strip = window.frame.courtesy
    press(window, Qt.Key.Key_F2)
    QTest.mouseClick(strip.handle, Qt.MouseButton.LeftButton)
    for key, shown in (
        (Qt.Key.Key_F2, True), (Qt.Key.Key_F3, False), (Qt.Key.Key_F4, True),
        (Qt.Key.Key_F5, False), (Qt.Key.Key_F10, False),
    ):  # fmt: skip
        press(window, key)
        assert strip.isVisible() is shown
        assert not strip.handle.isVisible()
    ctrl(window, 1, 2, 9)  # its keys sleep with it
    assert visits(window) == ()


def test_one_key_unfolds_it_for_this_official_and_folds_it_again(window: Window) -> None:
    strip = window.frame.courtesy
    press(window, Qt.Key.Key_F2)
    press(window, Qt.Key.Key_H, CTRL)
    assert strip.isVisible()
    assert preferences.preferences(window.desk)["courtesy_strip"] is True
    window.access.switch()
    log_in(window, "chi")
    press(window, Qt.Key.Key_F2)
    assert not strip.isVisible()
    window.access.switch()
    log_in(window, "an")
    press(window, Qt.Key.Key_F2)
    assert strip.isVisible()
    press(window, Qt.Key.Key_H, CTRL)
    assert not strip.isVisible()
    assert "Ctrl+H" in window.notices.text


def test_the_words_follow_the_moment_and_a_late_dossier_asks_for_an_apology(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    assert "chào" in said(window) or "nghe" in said(window)
    late = next(row for row in progress.find_dossiers(window.desk, only="late"))
    window.open_dossier(late.code)
    assert "xin lỗi" in said(window) or "thông cảm" in said(window)
    ctrl(window, 1, 2, 9)
    (visit,) = visits(window)
    assert (visit.moment, visit.code) == (Moment.LATE, late.code)
    assert window.notices.text.endswith("2/7 điều.")


def test_thanks_after_a_return_and_the_visit_knows_its_dossier(window: Window) -> None:
    press(window, Qt.Key.Key_F4)
    row = next(
        row
        for row in progress.find_dossiers(window.desk, status=frozenset({Status.READY}))
        if not row.late
    )
    write(window.focusWidget() or window, row.code)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F9)
    assert "cảm ơn" in said(window)
    ctrl(window, 1, 3, 9)
    assert [(visit.code, visit.moment) for visit in visits(window)] == [(row.code, Moment.THANKS)]


def test_whoever_goes_home_for_papers_is_asked_for_leave(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    page.show_form(TYPED)
    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    answer(window, "Giấy chứng sinh", "Chưa đủ giấy tờ")
    close_preview(window, "supplement")
    assert "xin phép" in said(window)
    ctrl(window, 4, 9)
    assert visits(window)[0].moment is Moment.WAIT


def test_after_an_acceptance_come_the_thanks_and_its_code(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    page.show_form(TYPED)
    for _ in range(2):
        press(window, Qt.Key.Key_F9)
    close_set(window)
    assert "cảm ơn" in said(window)
    ctrl(window, 1, 9)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    assert visits(window)[0].code == newest.code


def test_another_official_begins_with_an_empty_visit(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    ctrl(window, 1, 2)
    window.access.switch()
    log_in(window, "chi")
    press(window, Qt.Key.Key_F2)
    ctrl(window, 5, 9)
    assert [visit.done for visit in visits(window)] == [{"smile"}]


@pytest.mark.parametrize("wide", [900, 1366])
def test_the_keys_stand_whole_and_never_take_the_focus(window: Window, wide: int) -> None:
    window.resize(wide, 700)
    press(window, Qt.Key.Key_F2)
    for key in (
        *window.frame.courtesy.keys.values(),
        window.frame.courtesy.keep,
        window.frame.courtesy.hiding,
    ):
        assert key.width() >= key.fontMetrics().horizontalAdvance(key.text())
        assert key.focusPolicy() is Qt.FocusPolicy.NoFocus
        QTest.mouseClick(key, Qt.MouseButton.LeftButton) if key.isCheckable() else None
    assert len(window.frame.courtesy.keys) == 8
    ctrl(window, 9)
    assert len(visits(window)[0].done) == 8


def test_the_desk_s_own_order_stands_on_the_keys(window: Window) -> None:
    window.access.switch()
    log_in(window, "chi")
    eight = courtesy.items(window.desk)
    courtesy.keep_items(window.desk, (*eight[4:], *eight[:4]))
    press(window, Qt.Key.Key_F2)
    ctrl(window, 1, 9)
    assert visits(window)[0].done == {"smile"}


def test_in_another_language_the_strip_is_as_it_was_left(
    window: Window, vietnamese_again: None
) -> None:
    press(window, Qt.Key.Key_F2)
    press(window, Qt.Key.Key_H, CTRL)
    press(window, Qt.Key.Key_T, CTRL)
    assert window.frame.courtesy.isVisible()
    press(window, Qt.Key.Key_H, CTRL)
    assert not window.frame.courtesy.isVisible()
    ctrl(window, 1, 9)
    assert visits(window)[0].done == {"greet"}
