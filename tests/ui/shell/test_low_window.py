"""On the ward's screen, 1366 × 768, with type of 125 to 200 %: what the work needs is in sight."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from tests.ui.conftest import press
from tests.ui.rooms import set_appearance
from ui.dossiers.page import DossiersPage
from ui.dossiers.rows import STATE
from ui.look import style
from ui.overdue.page import OverduePage
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT = Qt.KeyboardModifier.AltModifier
SCREEN = 1366, 740  # less the task bar


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, practice=False)


@pytest.fixture
def low(window: Window) -> Window:
    """The window of the clerk An, low and with the largest type."""
    return sized(window, 200)


def sized(window: Window, size: int) -> Window:
    window.resize(*SCREEN)
    set_appearance(window, size=size)
    return window


def settle() -> None:
    for _time in range(4):
        QApplication.processEvents()


def lines_in_sight(view: QAbstractItemView) -> int:
    """The lines of a list or table that are seen from top to bottom."""
    seen, model = view.viewport().visibleRegion().boundingRect(), view.model()
    places = (view.visualRect(model.index(row, 0)) for row in range(model.rowCount()))
    return sum(place.top() >= seen.top() and place.bottom() <= seen.bottom() for place in places)


def is_in_sight(widget: QWidget) -> bool:
    """All of it is seen, scrolled to neither above nor below."""
    return widget.visibleRegion().boundingRect() == QRect(QPoint(0, 0), widget.size())


# --- the day board --------------------------------------------------------------------------------


def test_the_day_board_shows_its_day_tiles_and_lines_at_once(low: Window) -> None:
    page = low.page("today")
    assert isinstance(page, TodayPage)
    press(low, Qt.Key.Key_3, ALT)
    settle()
    assert is_in_sight(page.date)
    assert all(is_in_sight(tile) for tile in page.tiles.values())
    assert lines_in_sight(page.table) >= 2
    for size, least in ((150, 4), (125, 5)):
        sized(low, size)
        settle()
        assert lines_in_sight(page.table) >= least


def test_the_warnings_of_a_low_window_are_counted_and_unfold_by_a_key(low: Window) -> None:
    page = low.page("today")
    assert isinstance(page, TodayPage)
    settle()
    assert not page.warnings.isVisible()
    assert "điều phải để ý" in page.fold.text()
    press(low, Qt.Key.Key_7, ALT)
    settle()
    assert page.warnings.isVisible()
    press(low, Qt.Key.Key_7, ALT)
    sized(low, 100)
    settle()
    assert page.warnings.isVisible()
    assert page.fold.isHidden()


def test_the_standing_is_the_last_column_to_leave_a_narrow_list(low: Window) -> None:
    low.open_page("dossiers")
    settle()
    page = low.page("dossiers")
    assert isinstance(page, DossiersPage)
    right = page.table.columnViewportPosition(STATE) + page.table.columnWidth(STATE)
    assert not page.table.isColumnHidden(STATE)
    assert right <= page.table.viewport().width()


# --- letters --------------------------------------------------------------------------------------


def test_the_letters_page_shows_its_list_and_the_next_act_at_once(low: Window) -> None:
    press(low, Qt.Key.Key_F5)
    page = low.page("overdue")
    assert isinstance(page, OverduePage)
    settle()
    assert lines_in_sight(page.list) >= 2
    assert all(is_in_sight(one) for one in (page.draft, page.sign, page.deliver, page.title))
    sized(low, 150)
    settle()
    assert lines_in_sight(page.list) >= 7


def test_the_acts_on_all_letters_are_folded_and_their_keys_work(low: Window) -> None:
    press(low, Qt.Key.Key_F5)
    page = low.page("overdue")
    assert isinstance(page, OverduePage)
    settle()
    assert not page.draft_all.isVisible()
    press(low, Qt.Key.Key_M, ALT)
    settle()
    assert is_in_sight(page.draft_all)
    press(low, Qt.Key.Key_M, ALT)
    press(low, Qt.Key.Key_N, ALT)
    assert "Đã soạn sẵn" in low.notices.text
