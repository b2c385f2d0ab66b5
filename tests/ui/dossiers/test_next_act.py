"""A dossier's page offers one next act; the folded ones keep their keys and are found by words."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Status
from tests.actions.conftest import become
from tests.ui.conftest import MakeWindow, press
from tests.ui.questions import answer, leave, panel_in
from ui.dossiers import acts
from ui.dossiers.act_panel import APART
from ui.dossiers.dossier_page import DossierPage
from ui.overdue.page import OverduePage
from ui.shell.window import Window
from ui.widgets.question_panel import QuestionPanel


@pytest.fixture
def page(window: Window) -> DossierPage:
    rows = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))
    return opened(window, next(row.code for row in rows if not row.late))


def opened(window: Window, code: str) -> DossierPage:
    window.open_dossier(code)
    shown = window.page("dossier")
    assert isinstance(shown, DossierPage)
    return shown


def in_sight(page: DossierPage) -> list[str]:
    """Names of the acts whose buttons can be seen, the large one first."""
    seen = [n for n, one in page.buttons.items() if one.isVisible() and n not in APART]
    return sorted(seen, key=lambda name: page.buttons[name].mapTo(page, QPoint(0, 0)).y())


def test_one_act_is_large_three_stand_beside_it_and_the_rest_is_folded(page: DossierPage) -> None:
    assert page.view is not None
    assert in_sight(page) == [page.view.next.first, *page.view.next.beside]
    first = page.buttons["hand-over"]
    assert first.hasFocus()
    assert first.fontMetrics().height() > page.buttons["ready"].fontMetrics().height()


def test_the_next_act_follows_the_dossier(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_K)
    assert in_sight(page)[0] == "return"
    code = page.code
    steps.undo(window.desk, code, "ghi nhầm")
    page.refresh()
    assert in_sight(page)[0] != "return"


@pytest.mark.parametrize("unfolded", [False, True])
def test_every_act_keeps_its_key_wherever_it_stands(
    window: Window, page: DossierPage, unfolded: bool
) -> None:
    """Pressed one after the other; what is not allowed says why instead."""
    assert page.view is not None
    if unfolded:
        press(window, Qt.Key.Key_Slash)
        page.buttons["hand-over"].setFocus()
    allowed = [name for name, why in page.view.allowed.items() if why is None]
    clicked: list[str] = []
    for name, one in page.buttons.items():
        one.clicked.disconnect()
        one.clicked.connect(partial(clicked.append, name))
    for group in acts.GROUPS:
        for act in group.acts:
            key, shifted = act.key.removeprefix("Shift+"), act.key.startswith("Shift+")
            held = Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier(0)
            QTest.keyClick(page.buttons["hand-over"], getattr(Qt.Key, f"Key_{key}"), held)
    assert sorted(clicked) == sorted(allowed)


def test_the_folded_acts_are_found_by_a_few_letters_and_done_by_enter(
    window: Window, page: DossierPage
) -> None:
    press(window, Qt.Key.Key_Slash)
    search = page.acts.search
    assert search.hasFocus()
    QTest.keyClicks(search, "noi de")
    assert in_sight(page)[4:] == ["shelve"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    answer(window, "Kệ 2")
    assert "để tại Kệ 2" in page.state.text()
    assert len(in_sight(page)) == 4


def test_esc_folds_the_acts_before_it_leaves_the_page(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_Slash)
    press(window, Qt.Key.Key_Escape)
    assert window.frame.current == "dossier"
    assert page.buttons["hand-over"].hasFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.frame.current == "today"


def test_the_mouse_alone_unfolds_and_presses(page: DossierPage) -> None:
    QTest.mouseClick(page.acts.more, Qt.MouseButton.LeftButton)
    shelve = page.buttons["shelve"]
    QApplication.processEvents()
    QTest.mouseClick(shelve, Qt.MouseButton.LeftButton)
    panel = panel_in(page)
    QTest.mouseClick(panel.no, Qt.MouseButton.LeftButton)
    assert QuestionPanel.standing_in(page) is None


def test_history_papers_and_letters_are_tabs_with_keys(window: Window, page: DossierPage) -> None:
    assert page.history.isVisible()
    press(window, Qt.Key.Key_2)
    assert (page.papers.isVisible(), page.history.isVisible()) == (True, False)
    press(window, Qt.Key.Key_3)
    assert page.letters.isVisible()
    QTest.mouseClick(page.tabs[0], Qt.MouseButton.LeftButton)
    assert page.history.isVisible()


def test_the_code_is_short_on_the_page_whole_in_the_tip_and_on_the_clipboard(
    window: Window, page: DossierPage
) -> None:
    assert f" …{page.code[-4:]} · " in page.title.text()
    assert page.code in page.title.toolTip()
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == page.code


def test_the_focus_returns_to_where_it_was_when_a_question_is_left(
    window: Window, page: DossierPage
) -> None:
    page.tabs[1].setFocus()
    press(window, Qt.Key.Key_Y)
    leave(window)
    assert page.tabs[1].hasFocus()


def test_a_question_waits_on_its_page_and_goes_with_its_dossier(
    window: Window, page: DossierPage
) -> None:
    press(window, Qt.Key.Key_Y)
    items = panel_in(window).fields[0].control
    QTest.keyClicks(items, "anh 4x6")
    press(window, Qt.Key.Key_F6)
    assert window.frame.current == "today"
    window.open_dossier(page.code)
    assert panel_in(window).fields[0].control is items
    other = next(row.code for row in progress.find_dossiers(window.desk) if row.code != page.code)
    window.open_dossier(other)
    assert QuestionPanel.standing_in(page) is None
    press(window, Qt.Key.Key_2)
    assert page.papers.isVisible()


def test_a_scan_does_not_sweep_an_open_question_away(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_Y)
    items = panel_in(window).fields[0].control
    QTest.keyClicks(items, "anh 4x6")
    code = page.code
    other = next(row.code for row in progress.find_dossiers(window.desk) if row.code != code)
    window.scanned(other)
    assert page.code == code
    assert panel_in(window).fields[0].control is items
    assert "rồi quét lại" in window.notices.text
    leave(window)
    window.scanned(other)
    assert page.code == other


def test_a_question_goes_when_somebody_else_takes_the_desk(
    window: Window, page: DossierPage
) -> None:
    press(window, Qt.Key.Key_Y)
    page.official_changed()
    assert QuestionPanel.standing_in(page) is None


def test_an_administrator_sees_what_is_left_to_them(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder, "dung")
    page = opened(window, progress.find_dossiers(window.desk, only="open")[0].code)
    assert in_sight(page) == ["message", "fix"]  # what the higher office decided
    buttons = [one for one in page.findChildren(QPushButton) if one.property("role") == "next"]
    assert len(buttons) == 1


def test_a_missed_reappointment_is_marked_and_the_leader_is_the_next_act(window: Window) -> None:
    row = next(
        row
        for row in progress.day_board(window.desk).letters_owed
        if row.second_due is None and row.finished is None
    )
    become(window.desk, "chi")
    letters.draft_and_sign(window.desk, row.code, "volume", datetime(2026, 11, 25, 9, 11))
    become(window.desk, "an")
    window.desk.clock = lambda: datetime(2026, 11, 26, 8, 0)
    page = opened(window, row.code)
    assert page.badge.text().startswith("✗ lỡ cả hẹn lại")
    assert "✗ hẹn lại: 25/11/2026 09:11" in page.timeline.toolTip()
    assert in_sight(page)[0] in ("deliver", "hand-over")
    if in_sight(page)[0] == "deliver":
        press(window, Qt.Key.Key_D)
        answer(window)
    assert in_sight(page)[0] == "hand-over"
    press(window, Qt.Key.Key_X)  # the second letter may be drafted, without a date
    overdue = window.page("overdue")
    assert isinstance(overdue, OverduePage)
    assert overdue.draft.isEnabled()
    assert "không cần thư nữa" not in overdue.head.rule.text()


def test_the_papers_come_into_sight_on_a_low_window(window: Window, page: DossierPage) -> None:
    window.resize(window.minimumSizeHint().width(), 420)
    QApplication.processEvents()
    assert page.papers.visibleRegion().isEmpty()
    press(window, Qt.Key.Key_2)
    assert page.tabs[1].isChecked()
    assert not page.papers.visibleRegion().isEmpty()


def test_a_page_behind_takes_no_focus_when_its_answer_comes(window: Window) -> None:
    """Its keys would be those of a page that nobody sees: Alt+S of the letters was dead."""
    page = opened(window, progress.day_board(window.desk).letters_owed[0].code)
    press(window, Qt.Key.Key_F5)
    here = QApplication.focusWidget()
    page.refresh()
    assert QApplication.focusWidget() is here
    assert here is not None
    assert here.isVisible()
