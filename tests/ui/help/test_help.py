"""F1 opens the help for where one is, with a picture of that very page; the tour shows who is new
around.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from cchc_desk import i18n
from cchc_desk.actions.office.preferences import preferences
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.permissions import ALLOWED, NAMES, Permission
from tests.ui.conftest import log_in, press
from ui.help.pictures import picture_of
from ui.help.tour import Tour
from ui.help.window import HelpWindow, text_of, topics
from ui.shell import pages
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    i18n.use(i18n.SOURCE)


def help_of(window: Window) -> HelpWindow:
    press(window, Qt.Key.Key_F1)
    return next(one for one in window.findChildren(HelpWindow) if one.isVisible())


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("today", "Phải xin lỗi"),
        ("intake", "Quét thẻ căn cước"),
        ("overdue", "tối đa một lần"),
        ("calendar", "hai người"),
    ],
)
def test_f1_opens_the_page_for_where_one_is(
    window: Window, qtbot: QtBot, page: str, says: str
) -> None:
    window.open_page(page)
    shown = help_of(window)
    assert says in shown.text.toPlainText()
    qtbot.waitUntil(shown.isActiveWindow)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_every_topic_has_a_text_and_nothing_lies_there_without_a_topic(window: Window) -> None:
    named = {name for name, _words in topics(window.desk.practice)}
    files = {file.stem for file in Path(resources.path("help")).glob("*.md")}
    assert files - {spec.name for spec in pages.PAGES} == {"start", "numbers", "rights"}
    assert named <= files
    for name in named:
        assert text_of(name).startswith("# ")


def test_the_rights_are_the_table_that_is_asked(window: Window) -> None:
    shown = help_of(window)
    shown.open_topic("rights")
    rows = [line.split("|")[1:-1] for line in text_of("rights").splitlines() if line[:1] == "|"]
    told = {cells[0].strip(): [cell.strip() == "✓" for cell in cells[1:]] for cells in rows[2:]}
    assert told == {NAMES[one]: [role in ALLOWED[one] for role in Role] for one in Permission}
    assert "Ký thư xin lỗi" in shown.text.toPlainText()


KEYS = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+(?:F\d+|.)|F\d+|Delete)")


@pytest.mark.parametrize("speaks", [name for name in i18n.LANGUAGES if name != i18n.SOURCE])
def test_every_topic_says_the_same_in_every_language(speaks: str) -> None:
    """As many headings, paragraphs and list items, and the same keys in the same order."""
    own = Path(resources.path("help"))
    assert {one.name for one in (own / speaks).glob("*.md")} == {
        one.name for one in own.glob("*.md")
    }
    for file in own.glob("*.md"):
        source, told = (
            file.read_text(encoding="utf-8"),
            (own / speaks / file.name).read_text(encoding="utf-8"),
        )
        assert KEYS.findall(told) == KEYS.findall(source), file.name
        assert shape(told) == shape(source), file.name


def shape(text: str) -> list[str]:
    """What kind of line each is."""
    return [line[:1] if line[:1] in "#-|" else "text" if line else "" for line in text.splitlines()]


def test_the_help_speaks_the_language_of_the_window(window: Window) -> None:
    window.open_page("overdue")
    shown = help_of(window)
    press(window, Qt.Key.Key_T, CTRL)
    again = next(one for one in window.findChildren(HelpWindow) if one.isVisible())
    assert again is not shown
    assert "at most once" in again.text.toPlainText()


def test_the_picture_is_of_the_page_itself_and_its_numbers_are_its_keys(window: Window) -> None:
    window.open_page("overdue")
    picture = picture_of(window.page("overdue"))
    assert ("Alt+A", "Ký tất cả…") in picture.keys
    assert picture.image.width() >= window.page("overdue").width()
    assert "Ký tất cả…" in help_of(window).text.toPlainText()


def test_a_page_that_was_never_opened_is_drawn_for_the_help(window: Window) -> None:
    shown = help_of(window)
    shown.open_topic("registers")
    assert "F9 Xem, in" in shown.text.toPlainText()
    assert "registers" not in window.frame.pages


def test_every_number_of_the_desk_is_defined(window: Window) -> None:
    numbers = text_of("numbers")
    for name in (
        "Hạn trả hiện nay",
        "đường 5 %",
        "Cổng Dịch vụ công",
        "II.06",
        "Ba lần trễ",
        "Tự chấm",
        "Nhập muộn",
    ):
        assert name in numbers


def test_the_tour_walks_by_enter_and_is_remembered(window: Window) -> None:
    assert not preferences(window.desk)["tour_seen"]
    press(window, Qt.Key.Key_F1, CTRL)
    tour = next(one for one in window.findChildren(Tour) if one.isVisible())
    stops = int(tour.count.text().partition("/")[2])
    said = set()
    for _ in range(stops):
        said.add(tour.words.text())
        assert window.rect().intersects(tour.geometry().translated(-window.pos()))
        QTest.keyClick(tour.next, Qt.Key.Key_Return)
    assert len(said) == stops
    assert not tour.isVisible()
    assert preferences(window.desk)["tour_seen"]


def test_esc_ends_the_tour(window: Window) -> None:
    press(window, Qt.Key.Key_F1, CTRL)
    tour = next(one for one in window.findChildren(Tour) if one.isVisible())
    QTest.keyClick(tour, Qt.Key.Key_Escape)
    assert not tour.isVisible()


def test_the_tour_goes_back_and_has_no_frame_of_the_system(window: Window) -> None:
    press(window, Qt.Key.Key_F1, CTRL)
    tour = next(one for one in window.findChildren(Tour) if one.isVisible())
    tour.activateWindow()  # as the system does with a dialog that opens
    QApplication.processEvents()
    first = tour.words.text()
    assert not tour.before.isEnabled()
    QTest.keyClick(tour.next, Qt.Key.Key_Return)
    assert tour.words.text() != first
    QTest.keyClick(tour.next, Qt.Key.Key_Left)
    assert tour.words.text() == first
    assert tour.windowFlags() & Qt.WindowType.FramelessWindowHint


@pytest.mark.parametrize(
    ("official", "told"), [("an", "quét thẻ"), ("chi", "ký"), ("dung", "điện thoại của quầy")]
)
def test_the_tour_tells_each_role_of_its_own_work(window: Window, official: str, told: str) -> None:
    window.access.switch()
    log_in(window, official)
    press(window, Qt.Key.Key_F1, CTRL)
    tour = next(one for one in window.findChildren(Tour) if one.isVisible())
    said = []
    while tour.isVisible():
        said.append(tour.words.text())
        QTest.keyClick(tour.next, Qt.Key.Key_Return)
    assert any(told in sentence for sentence in said)


@pytest.mark.parametrize("official", ["an", "chi"])
def test_the_tour_covers_nothing_that_it_is_about(window: Window, official: str) -> None:
    if official != "an":
        window.access.switch()
        log_in(window, official)
    window.resize(1366, 740)
    press(window, Qt.Key.Key_F1, CTRL)
    tour = next(one for one in window.findChildren(Tour) if one.isVisible())
    while tour.isVisible():
        about = tour._frame.geometry()
        bubble = tour.geometry().translated(-window.mapToGlobal(QPoint(0, 0)))
        assert not bubble.intersects(about), tour.words.text()
        QTest.keyClick(tour.next, Qt.Key.Key_Return)
