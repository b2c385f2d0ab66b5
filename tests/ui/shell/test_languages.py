"""The window in another language: at once, by a key, without losing what is being typed; each
official their own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QPushButton

from cchc_desk import i18n
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.office.preferences import keep_preference, preferences
from cchc_desk.domain.dossiers.filters import Chip
from tests.ui.conftest import MakeWindow, log_in, press, write
from tools import messages
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.intake.page import IntakePage
from ui.settings.page import SettingsPage
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    i18n.use(i18n.SOURCE)


def switch(window: Window) -> None:
    press(window, Qt.Key.Key_T, CTRL)


def rail(window: Window) -> list[str]:
    return [tab.accessibleName().partition(":")[0] for tab in window.frame.tabs.values()]


def test_a_key_switches_and_the_same_key_switches_back(window: Window) -> None:
    vietnamese = rail(window)
    switch(window)
    assert rail(window)[:3] == ["Today", "Intake", "While you wait"]
    assert preferences(window.desk)["language"] == "en"
    assert window.who.text() == "Nguyễn Thị Hoài An"
    switch(window)
    assert rail(window) == vietnamese


def test_what_is_searched_and_filtered_comes_back(window: Window) -> None:
    press(window, Qt.Key.Key_F3)
    page = window.stack.currentWidget()
    assert isinstance(page, DossiersPage)
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    write(page.search, "le")
    switch(window)
    page = window.stack.currentWidget()
    assert isinstance(page, DossiersPage)
    assert (page.chips.chosen(), page.search.text()) == (frozenset({Chip.OPEN}), "le")


def test_what_is_being_typed_comes_back(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    write(page.person.fields["name"], "Lý Thị Hường")
    switch(window)
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    assert page.person.fields["name"].text() == "Lý Thị Hường"
    assert page.accept_button.accessibleName() == "Accept and print"
    assert window.notices.text.endswith("What was being typed is back.")


@pytest.mark.parametrize("what", ["a dossier", "a search"])
def test_the_page_in_front_shows_the_same_again(window: Window, what: str) -> None:
    row = progress.find_dossiers(window.desk, limit=1)[0]
    if what == "a dossier":
        window.open_dossier(row.code)
    else:
        press(window, Qt.Key.Key_F3)
        window.page("dossiers").open(row.name)
    switch(window)
    page = window.stack.currentWidget()
    if isinstance(page, DossierPage):
        assert page.view is not None
        assert page.view.dossier.code == row.code
    else:
        assert isinstance(page, DossiersPage)
        assert {one.name for one in page.table.dossiers.rows} == {row.name}


@pytest.mark.sweep
def test_no_page_is_left_in_vietnamese(window: Window) -> None:
    messages_ = [
        message for message in messages.translations_of("en", "ui") if isinstance(message.id, str)
    ]
    vietnamese = {
        message.id for message in messages_ if message.id and message.id != message.string
    }
    switch(window)
    for name in window.frame.tabs:
        window.open_page(name)
        page = window.page(name)
        widgets: list[QLabel | QPushButton] = [
            *page.findChildren(QLabel),
            *page.findChildren(QPushButton),
        ]
        for widget in widgets:
            assert widget.text().partition("  ·  ")[0] not in vietnamese, name


def test_the_settings_page_switches_too_and_keeps_what_was_changed_on_it(window: Window) -> None:
    press(window, Qt.Key.Key_F12)
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    hotline = page.fields["hotline"]
    assert isinstance(hotline, QLineEdit)
    hotline.clear()
    write(hotline, "0292 3 123 456")
    page.stack.setCurrentWidget(page.own)
    page.own.boxes["language"].setFocus()
    press(window, Qt.Key.Key_Down)
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.own.boxes["language"].currentText() == "English"
    assert page.of_desk[0].save_button.accessibleName() == "Save settings"
    assert window.focusWidget() is page.own.boxes["language"]
    hotline = page.fields["hotline"]
    assert isinstance(hotline, QLineEdit)
    assert hotline.text() == "0292 3 123 456"
    assert preferences(window.desk)["language"] == "en"
    press(window, Qt.Key.Key_Up)
    assert rail(window)[0] == "Hôm nay"


def test_each_official_has_a_language_of_their_own(
    window: Window, make_window: MakeWindow, folder: Path
) -> None:
    keep_preference(window.desk, "language", "en")
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")
    assert rail(window)[0] == "Hôm nay"
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "an")
    assert rail(window)[0] == "Today"
    press(window, Qt.Key.Key_L, CTRL)
    assert window.login.title.text() == "The screen is locked"
    assert window.login.password.accessibleName() == "Password"
    window.close()
    again = make_window(folder, "an")
    assert rail(again)[0] == "Today"


@pytest.mark.parametrize("speaks", list(i18n.LANGUAGES))
def test_the_header_keeps_its_height_in_a_small_window(window: Window, speaks: str) -> None:
    window.set_preference("language", speaks)
    header = window.frame.findChild(QFrame, "header")
    assert header is not None
    high = header.height()
    window.resize(window.minimumSize())
    QApplication.processEvents()
    assert header.height() == high
    for button in header.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()


@pytest.mark.one_pc("the last copy of the file")
def test_what_stands_below_changes_its_language_too(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    window.notices.clear()
    assert window.notices.text.endswith("Bản sao gần nhất desk-2026-11-23-100000.db")
    switch(window)
    assert window.notices.text.endswith("Latest backup desk-2026-11-23-100000.db")
