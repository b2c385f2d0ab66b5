"""Every palette can be read, every size fits, every control has a name: measured on the real window."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from cchc_desk.actions import progress
from cchc_desk.actions.preferences import preferences
from tests.ui.conftest import log_in, press, write
from ui import pages
from ui.help.window import HelpWindow
from ui.intake.page import IntakePage
from ui.look import style, tokens
from ui.look.texts import OneLine
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
PALETTES = [
    pytest.param(theme, palette, id=f"{theme}-{ward}")
    for theme, (_words, *both) in tokens.THEMES.items()
    for ward, palette in zip(("real", "practice"), both, strict=True)
]
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, practice=False)


# --- colours ----------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "palette"), PALETTES)
def test_every_text_can_be_read_on_its_ground(theme: str, palette: tokens.Palette) -> None:
    least = 7.0 if theme == "contrast" else 4.5
    for text, ground in tokens.PAIRS:
        assert contrast(getattr(palette, text), getattr(palette, ground)) >= least, (text, ground)
    for edge, ground in tokens.EDGES:
        assert contrast(getattr(palette, edge), getattr(palette, ground)) >= 3.0, (edge, ground)


def test_the_practice_ward_is_clearly_another_in_every_theme() -> None:
    for _words, real, practising in tokens.THEMES.values():
        assert real.accent != practising.accent


# --- likings ----------------------------------------------------------------------------------------------------------


def test_keys_change_size_and_theme_at_once_and_they_are_kept(window: Window) -> None:
    small = window.frame.who.fontMetrics().height()
    press(window, Qt.Key.Key_Equal, CTRL)
    assert preferences(window.desk)["text_size"] == 112
    assert window.frame.who.fontMetrics().height() > small
    press(window, Qt.Key.Key_Minus, CTRL)
    assert window.frame.who.fontMetrics().height() == small
    press(window, Qt.Key.Key_D, CTRL)
    assert preferences(window.desk)["theme"] == "dark"
    assert style.worn() == tokens.THEMES["dark"][2]
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")  # who likes it light
    assert style.worn() == tokens.THEMES["light"][2]
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "an")
    assert style.worn() == tokens.THEMES["dark"][2]


def test_what_is_being_typed_survives_another_size(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    write(page.person.fields["name"], "Lý Thị Hường")
    press(window, Qt.Key.Key_Equal, CTRL)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    typed = page.person.fields["name"]
    assert isinstance(typed, QLineEdit)
    assert typed.text() == "Lý Thị Hường"


# --- every page -------------------------------------------------------------------------------------------------------


def every_room(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Every page and the windows beside them, as they stand with something in them."""
    code = progress.find_dossiers(window.desk, only="owed", limit=1)[0].code
    for spec in pages.PAGES:
        if spec.practice and not window.desk.practice:
            continue
        window.open_page(spec.name)
        if spec.name in ("dossier", "overdue", "return"):
            window.page(spec.name).open(code)
        QApplication.processEvents()
        yield spec.name, window.page(spec.name)
    yield "frame", window.frame
    for name, opens in beside(window):
        opens()
        QApplication.processEvents()
        shown = [one for one in window.findChildren(QDialog) if one.isVisible()][-1]
        yield name, shown
        shown.reject()
    window.toggle_mirror()
    assert window.mirror is not None
    yield "mirror", window.mirror
    window.toggle_mirror()


def beside(window: Window) -> tuple[tuple[str, Callable[[], None]], ...]:
    code = progress.find_dossiers(window.desk, limit=1)[0].code
    return (
        ("palette", window.open_palette),
        ("help", window.open_help),
        ("tour", window.open_tour),
        ("preview", lambda: window.preview(code, "receipt")),
    )


def test_every_control_has_a_name_that_a_screen_reader_says(window: Window) -> None:
    nameless = []
    for room, root in every_room(window):
        for control in root.findChildren(QWidget):
            if not isinstance(control, CONTROLS) or is_part_of_another(control) or not control.isVisibleTo(root):
                continue
            told = QAccessible.queryAccessibleInterface(control)
            if not (told and told.text(QAccessible.Text.Name).strip()):
                nameless.append(f"{room}: {type(control).__name__} {control.objectName()}")
            assert told is None or told.role() is not QAccessible.Role.NoRole, room
    assert nameless == []


def is_part_of_another(control: QWidget) -> bool:
    """A line inside a spin box, the list of a combo box, the button of a scroll bar: the whole has the name."""
    above = control.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox | QAbstractItemView):
            return True
        above = above.parentWidget()
    return control.objectName().startswith("qt_") or (
        type(control).__module__ == "PySide6.QtWidgets"
        and (type(control).__name__ in ("QHeaderView", "QTableCornerButton"))
    )


@pytest.mark.parametrize("size", [100, 150, 200])
def test_no_words_are_cut_at_any_size(window: Window, size: int) -> None:
    window.resize(QSize(1366, 740))
    window.like("text_size", size)
    cut = []
    for room, root in every_room(window):
        if room in ("mirror", "preview"):
            continue
        for label in root.findChildren(QWidget):
            if isinstance(label, OneLine):  # ends with dots by design; the whole is in its tooltip
                continue
            if not isinstance(label, QLabel | QPushButton) or not label.isVisibleTo(root) or not label.text():
                continue
            if lacks_room(label):
                cut.append(f"{room}: {label.text()[:40]!r} {label.size().toTuple()} < {wanted(label).toTuple()}")
    assert cut == []


def wanted(label: QLabel | QPushButton) -> QSize:
    if isinstance(label, QLabel) and label.wordWrap():
        return QSize(0, label.heightForWidth(label.width()))
    return label.minimumSizeHint() if isinstance(label, QLabel) else label.sizeHint()


def lacks_room(label: QLabel | QPushButton) -> bool:
    needs = wanted(label)
    return label.width() < needs.width() - 2 or label.height() < needs.height() - 2


def test_a_page_that_is_higher_than_the_window_scrolls(window: Window) -> None:
    window.like("text_size", 200)
    for name, kind in product(("intake", "dossier", "settings"), (QScrollArea,)):
        window.open_page(name)
        assert window.page(name).findChildren(kind), name


def test_the_help_is_readable_at_the_largest_size(window: Window) -> None:
    window.like("text_size", 200)
    window.open_help()
    shown = next(one for one in window.findChildren(HelpWindow) if one.isVisible())
    assert shown.text.font().pointSize() == 2 * tokens.POINT
