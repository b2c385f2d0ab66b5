"""Every palette can be read, looks change at once and are kept, icons are crisp: measured on the
real window.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

import resources
from cchc_desk.actions.office.preferences import preferences
from cchc_desk.actions.training import practice
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press, write
from ui.dossiers.page import DossiersPage
from ui.intake.page import IntakePage
from ui.look import style, tokens
from ui.look.icons import icon
from ui.overdue.page import OverduePage
from ui.settings.page import SettingsPage
from ui.shell import jobs, pages
from ui.shell.window import Window
from ui.today.page import LISTS, TodayPage

CTRL = Qt.KeyboardModifier.ControlModifier
PALETTES = [
    pytest.param(theme, palette, id=f"{theme}-{ward}")
    for theme, (_words, *both) in tokens.THEMES.items()
    for ward, palette in zip(("real", "practice"), both, strict=True)
]


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, practice=False)


def test_what_looks_so_already_is_not_styled_anew(qapp: QApplication, qtbot: QtBot) -> None:
    """Each of its widgets would be, in every window: a second and more on an office PC."""

    class Styled(QWidget):
        times = 0

        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt
            self.times += event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange)
            super().changeEvent(event)

    widget = Styled()
    qtbot.addWidget(widget)
    widget.show()
    style.apply(qapp, practice=True)
    before = widget.times
    style.load_fonts(qapp)
    style.apply(qapp, practice=True)
    assert widget.times == before
    style.apply(qapp, practice=True, size=150)
    style.load_fonts(qapp)  # which sets the ordinary size
    style.apply(qapp, practice=True, size=150)
    assert (widget.times > before, qapp.font().pointSize()) == (True, round(tokens.POINT * 1.5))


def test_a_practice_ward_has_its_colours_before_it_is_open_but_for_the_first_time(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    (folder / "look.ini").unlink()
    _words, real, practising = tokens.THEMES["light"]
    for colours in (real, practising):
        window = Window(folder)  # not open yet
        qtbot.addWidget(window)
        assert style.worn() == colours
        make_window(folder).close()
        assert style.worn() == practising


# --- colours --------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = r"#[0-9a-f]{6}"
# What a part without a ground of its own stands on.
ON = {"#header": "header", "#rail": "card", "#notices": "card", "#card": "card"}
CONTROLS = ("QLineEdit", "QPushButton", "QComboBox", "QAbstractSpinBox", "QCheckBox::indicator")


def rules(palette: tokens.Palette) -> Iterator[tuple[str, dict[str, str]]]:
    """(selector, properties) of the style sheet in these colours."""
    for selectors, body in RULE.findall(style.sheet(palette)):
        pairs = [line.partition(":") for line in body.split(";") if ":" in line]
        for selector in selectors.split(","):
            yield (
                " ".join(selector.split()),
                {name.strip(): value.strip() for name, _colon, value in pairs},
            )


def grounds(selector: str, rule: dict[str, str], palette: tokens.Palette) -> list[str]:
    own = re.search(COLOUR, rule.get("background", ""))
    if own:
        return [own.group()]
    place = next((name for start, name in ON.items() if selector.startswith(start)), "")
    return [getattr(palette, name) for name in ([place] if place else ["ground", "card"])]


@pytest.mark.parametrize(("theme", "palette"), PALETTES)
def test_every_text_can_be_read_on_its_ground(theme: str, palette: tokens.Palette) -> None:
    """WCAG 2.2 AA; in high contrast AAA. What cannot be used (disabled) is exempt there as in WCAG,
    but not by much.
    """
    least, measured = (7.0 if theme == "contrast" else 4.5), 0
    for selector, rule in rules(palette):
        for name, text in rule.items():
            if name not in ("color", "selection-color", "placeholder-text-color"):
                continue
            on = (
                [rule["selection-background-color"]]
                if name == "selection-color"
                else grounds(selector, rule, palette)
            )
            for ground in on:
                needs = 3.0 if ":disabled" in selector else least
                assert contrast(text, ground) >= needs, (selector, text, ground)
                measured += 1
    assert measured > 40


@pytest.mark.parametrize(("theme", "palette"), PALETTES)
def test_text_stays_readable_while_its_ground_changes(theme: str, palette: tokens.Palette) -> None:
    """Under the pointer, chosen, pressed: the rule changes the ground and keeps the text of the
    rule before.
    """
    least = 7.0 if theme == "contrast" else 4.5
    for text in ("ink", "quiet", "accent_dark", "late", "soon"):
        assert contrast(getattr(palette, text), palette.accent_soft) >= least, text
    for filled in ("accent", "accent_dark"):
        assert contrast(palette.on_accent, getattr(palette, filled)) >= least
    for filled in ("header", "header_key"):
        assert contrast(palette.on_header, getattr(palette, filled)) >= least


@pytest.mark.parametrize(("theme", "palette"), PALETTES)
def test_a_hint_in_an_empty_field_does_not_look_like_what_was_typed(
    theme: str, palette: tokens.Palette
) -> None:
    assert contrast(palette.quiet, palette.ink) > 1.5


@pytest.mark.parametrize(("theme", "palette"), PALETTES)
def test_frames_of_controls_and_the_focus_are_seen(theme: str, palette: tokens.Palette) -> None:
    for selector, rule in rules(palette):
        frame = re.search(COLOUR, rule.get("border", "") + rule.get("border-color", ""))
        of_control = (
            selector.startswith(CONTROLS) and ":disabled" not in selector and "tile" not in selector
        )
        if frame and (of_control or ":focus" in selector):
            own = re.findall(COLOUR, rule.get("background", ""))
            page = (
                [palette.header]
                if selector.startswith("#header")
                else [palette.ground, palette.card]
            )
            for ground in [*page, *(own if ":focus" in selector else [])]:
                assert contrast(frame.group(), ground) >= 3.0, (selector, ground)


def test_whatever_takes_the_focus_shows_it_two_points_thick() -> None:
    focused = {
        selector: rule
        for selector, rule in rules(tokens.THEMES["light"][1])
        if selector.endswith(":focus")
    }
    for kind in (
        "QLineEdit", "QPlainTextEdit", "QTextBrowser", "QListWidget", "QTableView", "QComboBox",
        "QAbstractSpinBox", "QPushButton", "#rail QPushButton", "#header QPushButton",
        'QPushButton[role="primary"]', 'QPushButton[role="tile"]',
    ):  # fmt: skip
        assert int(re.findall(r"(\d)px", focused[f"{kind}:focus"]["border"])[0]) >= 2, kind
    assert (
        "border-color" in focused["QCheckBox:focus"]
    )  # whose frame is two points wide and unseen till then


def test_the_practice_ward_is_clearly_another_in_every_theme() -> None:
    for _words, real, practising in tokens.THEMES.values():
        assert real.accent != practising.accent


# --- preferences --------------------------------------------------------------------------------


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


def test_what_is_being_typed_stays_on_pages_behind_the_one_in_front_too(window: Window) -> None:
    window.open_page("overdue")
    page = window.page("overdue")
    assert isinstance(page, OverduePage)
    page.form.reason.setPlainText("máy chủ của tỉnh hỏng")
    window.open_page("today")
    press(window, Qt.Key.Key_Equal, CTRL)
    press(window, Qt.Key.Key_D, CTRL)
    assert window.page("overdue") is page
    assert page.form.reason.toPlainText() == "máy chủ của tỉnh hỏng"


def test_quick_presses_add_up_and_one_key_goes_back(window: Window) -> None:
    jobs.immediately(False)
    for _time in range(3):
        press(window, Qt.Key.Key_Plus, CTRL)
    assert style.size() == 150
    press(window, Qt.Key.Key_0, CTRL)
    assert style.size() == 100
    jobs.finish()
    jobs.immediately(True)
    assert preferences(window.desk)["text_size"] == 100


def test_the_settings_show_what_a_key_chose(window: Window) -> None:
    window.open_page("settings")
    press(window, Qt.Key.Key_D, CTRL)
    press(window, Qt.Key.Key_Plus, CTRL)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    assert [box.currentText() for box in page.own.boxes.values()] == [
        "Tiếng Việt",
        "nền tối",
        "112 %",
        "thoáng",
    ]


def test_a_compact_window_leaves_less_room_around_words_and_it_is_kept(window: Window) -> None:
    window.open_page("dossiers")
    window.open_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    line = listed.table.rowHeight(0)
    box, button = page.own.boxes["density"], page.of_desk[0].save_button
    before = button.sizeHint().height()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    assert button.sizeHint().height() < before
    assert button.fontMetrics().height() == window.frame.who.fontMetrics().height()
    assert preferences(window.desk)["density"] == "compact"
    window.open_page("dossiers")
    QApplication.processEvents()
    assert listed.table.rowHeight(0) < line
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")  # who likes it cosy
    assert style.density() == "cosy"


# --- icons ----------------------------------------------------------------------------------------


def test_every_icon_named_is_there_with_its_licence() -> None:
    shipped = {file.stem for file in resources.path("icons").glob("*.svg")}
    named = {page.name for page in pages.PAGES if page.key} | {one.picture for one in LISTS}
    assert named <= shipped
    assert "MIT" in resources.read_text("icons/LICENSE-Fluent.txt")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_at_the_dots_of_the_screen_in_the_colour_of_the_theme(
    qapp: QApplication, scale: float
) -> None:
    for theme in tokens.THEMES:
        style.apply(qapp, practice=False, theme=theme)
        drawn = icon("print").pixmap(QSize(20, 20), scale).toImage()
        assert drawn.width() == round(20 * scale)
        dots = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
        whole = {colour.name() for colour in dots if colour.alpha() == 255}
        assert whole == {style.worn().ink}


# --- empty ----------------------------------------------------------------------------------------


def test_a_day_without_dossiers_says_what_to_do(make_window: MakeWindow, tmp_path: Path) -> None:
    practice.make_practice_ward(tmp_path, 0, seed=1, clock=lambda: MONDAY).close()
    window = make_window(tmp_path, "an")
    page = window.page("today")
    assert isinstance(page, TodayPage)
    assert page.empty.text() == "Hôm nay không có hồ sơ nào phải trả. F2 để tiếp nhận hồ sơ mới."
    assert (page.empty.isVisible(), page.table.isVisible()) == (True, False)
    press(window, Qt.Key.Key_F3)
    press(window, Qt.Key.Key_F6)
    assert window.focusWidget() is page.tiles["due_today"]
    press(window, Qt.Key.Key_F3)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    assert listed.count.text() == "Chưa có hồ sơ nào. F2 để tiếp nhận hồ sơ mới."
    assert not any(tab.waiting.isVisible() for tab in window.frame.tabs.values())


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_the_handle_of_a_scroll_bar_is_told_from_the_bar(
    qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1, as it is painted."""
    for practising in (False, True):
        style.apply(qapp, practice=practising, theme=theme)
        bar = QScrollBar()
        qtbot.addWidget(bar)
        bar.setRange(0, 100)
        bar.setPageStep(50)
        bar.resize(14, 300)
        drawn = bar.grab().toImage()
        handle, groove = (drawn.pixelColor(7, y).name() for y in (60, 280))
        assert contrast(handle, groove) >= 3
    style.apply(qapp, practice=False)
