"""The clock in the window: a doubt is asked about before work begins, a correction is shown."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import clock as office_clock
from cchc_desk.actions.training import practice
from tests.actions.conftest import become, make_intake
from tests.engines import copy_desk, new_place
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press, write
from ui.intake.page import IntakePage
from ui.shell.window import Window
from ui.widgets.question_panel import QuestionPanel

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def real_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real desk with one dossier of Monday 10:00."""
    folder = tmp_path_factory.mktemp("real")
    new_place(folder)
    with_dossier = new_desk.set_up(folder, practice.plan(), lambda: MONDAY)
    become(with_dossier, "an")
    intake.accept_dossier(with_dossier, make_intake())
    with_dossier.close()
    return folder


@pytest.fixture
def opened(
    make_window: MakeWindow, real_ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[datetime], Window]:
    """Opens the window of the real desk at a moment; the clerk An is at it."""

    def at(moment: datetime) -> Window:
        copy_desk(real_ward, tmp_path)
        monkeypatch.setattr("tests.ui.conftest.MONDAY", moment)
        window = make_window(tmp_path)
        log_in(window, "an")
        return window

    return at


def question(window: Window) -> QuestionPanel | None:
    return QuestionPanel.standing_in(window.page(window.frame.current))


def test_an_ordinary_morning_asks_nothing(opened: Callable[[datetime], Window]) -> None:
    assert question(opened(datetime(2026, 11, 25, 7, 40))) is None


def test_a_clock_behind_is_asked_about_at_the_log_in_and_set_by_the_desk(
    opened: Callable[[datetime], Window],
) -> None:
    window = opened(datetime(2020, 1, 1, 8, 0))
    panel = question(window)
    assert panel is not None
    assert panel.title.text() == "Giờ của quầy"
    assert "trước lần ghi gần nhất của quầy (10:00 ngày 23/11/2026)" in panel.about.text()
    day, time = (field.control for field in panel.fields)
    write_over(day, "25/11/2026")
    write_over(time, "8:15")
    QTest.keyClick(time, Qt.Key.Key_F9)
    assert question(window) is None
    assert window.desk.now() == datetime(2026, 11, 25, 8, 15)
    window.daily.count()
    assert "Giờ quầy nhanh hơn giờ máy" in window.notices._resting.text()


def test_an_office_that_was_closed_confirms_once_by_one_key(
    opened: Callable[[datetime], Window],
) -> None:
    window = opened(datetime(2026, 12, 7, 8, 0))
    panel = question(window)
    assert panel is not None
    QTest.keyClick(panel.fields[0].control, Qt.Key.Key_F9)
    assert question(window) is None
    assert office_clock.state(window.desk).doubt is None
    window.daily.minute.emit()
    assert question(window) is None


def test_the_key_asks_for_the_time_whenever_it_is_wanted(
    opened: Callable[[datetime], Window],
) -> None:
    window = opened(datetime(2026, 11, 23, 10, 30))
    press(window, Qt.Key.Key_G, CTRL_SHIFT)
    panel = question(window)
    assert panel is not None
    time = panel.fields[1].control
    write_over(time, "25:99")
    QTest.keyClick(time, Qt.Key.Key_F9)
    assert question(window) is panel
    write_over(time, "10:45")
    QTest.keyClick(time, Qt.Key.Key_F9)
    assert window.desk.now() == datetime(2026, 11, 23, 10, 45)


def write_over(field: QWidget, text: str) -> None:
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.selectAll()
    write(field, text)


def test_whoever_puts_the_question_off_is_told_where_a_promise_would_stand(
    opened: Callable[[datetime], Window],
) -> None:
    window = opened(datetime(2020, 1, 2, 8, 0))
    panel = question(window)
    assert panel is not None
    QTest.keyClick(panel.fields[0].control, Qt.Key.Key_Escape)
    window.open_page("intake")
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    window.begin_intake(catalogue.find_procedures(window.desk, "1.001193")[0])
    page.preview.ask()
    assert page.preview.current is None
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any("trước lần ghi gần nhất" in text for text in [*shown, window.notices._text.text()])
