"""Vietnamese typing in every kind of text field, as ibus (preedit, commit) and as UniKey
(Backspace, letters) do it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QInputDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow, press, write
from ui.first_run.wizard import Wizard
from ui.intake.page import IntakePage
from ui.shell.palette.palette import Palette
from ui.shell.window import Window
from ui.widgets.keys import pasted
from ui.widgets.question_panel import Line, Lines, QuestionPanel

NAME = "Nguyễn Thị Hường Đặng Ước"
# What stands in the field after each key of the word.
TELEX = {  # Nguyeenx Thij Huwowngf DDawngj Uwowcs
    "Nguyễn": ("N", "Ng", "Ngu", "Nguy", "Nguye", "Nguyê", "Nguyên", "Nguyễn"),
    "Thị": ("T", "Th", "Thi", "Thị"),
    "Hường": ("H", "Hu", "Hư", "Hưo", "Hươ", "Hươn", "Hương", "Hường"),
    "Đặng": ("D", "Đ", "Đa", "Đă", "Đăn", "Đăng", "Đặng"),
    "Ước": ("U", "Ư", "Ưo", "Ươ", "Ươc", "Ước"),
}
VNI = {  # the tone typed at the vowel: Nguye64n Thi5 Hu72o7ng D9a85ng U7o71c
    "Nguyễn": ("N", "Ng", "Ngu", "Nguy", "Nguye", "Nguyê", "Nguyễ", "Nguyễn"),
    "Thị": ("T", "Th", "Thi", "Thị"),
    "Hường": ("H", "Hu", "Hư", "Hừ", "Hừo", "Hườ", "Hườn", "Hường"),
    "Đặng": ("D", "Đ", "Đa", "Đă", "Đặ", "Đặn", "Đặng"),
    "Ước": ("U", "Ư", "Ưo", "Ươ", "Ướ", "Ước"),
}
TypeName = Callable[[QWidget], None]
CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
TCVN3, VNI_TEXT = "NguyÔn ThÞ Ho¹t", "Nguyeãn Thò Hoaït"


def compose(field: QWidget, shown: str, commit: str = "") -> None:
    event = QInputMethodEvent(shown, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def key(field: QWidget, code: int, text: str = "") -> None:
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


def by_ibus(words: dict[str, tuple[str, ...]]) -> TypeName:
    """Each syllable is shown while it grows, and committed before the blank."""

    def type_name(field: QWidget) -> None:
        for word in NAME.split():
            for shown in words[word]:
                compose(field, shown)
            compose(field, "", word)
            key(field, Qt.Key.Key_Space, " ")

    return type_name


def by_unikey(words: dict[str, tuple[str, ...]]) -> TypeName:
    """No preedit: what must change is taken back with Backspace and typed anew."""

    def type_name(field: QWidget) -> None:
        for word in NAME.split():
            before = ""
            for shown in words[word]:
                same = len(
                    list(
                        takewhile(lambda pair: pair[0] == pair[1], zip(before, shown, strict=False))
                    )
                )
                for _ in before[same:]:
                    key(field, Qt.Key.Key_Backspace, "\b")
                for letter in shown[same:]:
                    key(field, 0, letter)
                before = shown
            key(field, Qt.Key.Key_Space, " ")

    return type_name


WAYS = {
    "ibus, Telex": by_ibus(TELEX),
    "ibus, VNI": by_ibus(VNI),
    "UniKey, Telex": by_unikey(TELEX),
    "UniKey, VNI": by_unikey(VNI),
}


def text_of(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()  # type: ignore[attr-defined]


def text_fields(room: QWidget) -> list[QWidget]:
    """Every field of a room that takes words."""
    lines = [
        line
        for line in room.findChildren(QLineEdit)
        if not line.isReadOnly()
        and line.echoMode() == QLineEdit.EchoMode.Normal
        and not isinstance(line.parent(), QAbstractSpinBox | QComboBox)
    ]
    notes = [note for note in room.findChildren(QPlainTextEdit) if not note.isReadOnly()]
    choices = [box for box in room.findChildren(QComboBox) if box.isEditable()]
    return [
        field
        for field in (*lines, *notes, *choices)
        if field.isVisibleTo(room) and field.isEnabled()
    ]


def type_everywhere(room: QWidget, fields: Sequence[QWidget], type_name: TypeName) -> None:
    assert fields
    for field in fields:
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        elif isinstance(field, QComboBox):
            field.setEditText("")
        assert QApplication.focusWidget() is field, field.accessibleName()
        type_name(field)
        assert text_of(field) == f"{NAME} ", field.accessibleName()
        assert is_normalized("NFC", text_of(field))
        assert QApplication.focusWidget() is field, field.accessibleName()
        assert QApplication.activePopupWidget() is None, field.accessibleName()


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    """One of its own for each test: an offer over a field leaves its keys to the next one."""
    return make_window(folder, "an")


@pytest.fixture
def page(window: Window) -> IntakePage:
    press(window, Qt.Key.Key_F2)
    made = window.page("intake")
    assert isinstance(made, IntakePage)
    return made


@pytest.mark.parametrize("way", WAYS)
def test_the_intake_page(window: Window, page: IntakePage, way: str) -> None:
    for letter in (Qt.Key.Key_N, Qt.Key.Key_M, Qt.Key.Key_C):  # every field unfolded
        press(window, letter, Qt.KeyboardModifier.AltModifier)
    fields = text_fields(page)
    assert len(fields) >= 16
    type_everywhere(page, fields, WAYS[way])
    # and once a procedure is chosen: its limit, papers of one's own
    page.procedure.search.setFocus()
    page.procedure.search.selectAll()
    write(page.procedure.search, "tạm trú")
    press(window, Qt.Key.Key_Return)
    page.procedure.limit_row.show()
    type_everywhere(page, [page.procedure.own, page.procedure.limit], WAYS[way])


@pytest.mark.parametrize("way", ["ibus, VNI", "UniKey, Telex"])
def test_every_other_page(make_window: MakeWindow, folder: Path, way: str) -> None:
    window = make_window(folder, "dung")
    for name in ("dossiers", "return", "hand-over", "process", "calendar", "settings"):
        window.open_page(name)
        room = window.page(name)
        if fields := text_fields(room):
            type_everywhere(room, fields, WAYS[way])
        else:
            assert name in ("registers",), name


@pytest.mark.parametrize("way", ["ibus, VNI", "UniKey, Telex"])
def test_the_letters_page(window: Window, way: str) -> None:
    window.open_page("overdue")
    press(window, Qt.Key.Key_Return)  # into the form of the first line
    room = window.page("overdue")
    type_everywhere(room, text_fields(room), WAYS[way])


@pytest.mark.parametrize("way", ["ibus, Telex", "UniKey, VNI"])
def test_the_palette_and_the_first_run(
    qtbot: QtBot, window: Window, tmp_path: Path, way: str
) -> None:
    palette = Palette(window.desk, window, (), (), window)
    wizard = Wizard(tmp_path / "new")
    wizard.begin()
    qtbot.addWidget(wizard)
    for room in (palette, wizard):
        room.open() if isinstance(room, QDialog) else room.show()
        room.activateWindow()
        qtbot.waitUntil(partial(QWidget.isActiveWindow, room))
        type_everywhere(room, text_fields(room), WAYS[way])
        room.close()


@pytest.mark.parametrize("way", ["ibus, Telex", "UniKey, VNI"])
def test_the_questions_of_an_act(window: Window, way: str) -> None:
    reason, items = Line("Lý do?"), Lines("Còn thiếu gì?")
    panel = QuestionPanel.ask(window.page("today"), "?", (reason, items), "Có", lambda _panel: None)
    type_everywhere(panel, text_fields(panel), WAYS[way])
    assert (reason.value, items.value.strip()) == (NAME, NAME)


# --- while a word is being composed


@pytest.mark.parametrize("place", ["name", "address", "search", "own", "note"])
def test_enter_only_ends_the_composition(window: Window, page: IntakePage, place: str) -> None:
    write(page.procedure.search, "tạm trú")
    press(window, Qt.Key.Key_Return)
    ticks = len(page.procedure.papers.ticks.ticks)
    field = {
        "name": page.person.fields["name"],
        "address": page.person.fields["address"],
        "search": page.procedure.search,
        "own": page.procedure.own,
        "note": page.promise.note,
    }[place]
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    compose(field, "Hường")
    press(window, Qt.Key.Key_Return)
    assert (text_of(field), QApplication.focusWidget()) == ("Hường", field)
    assert len(page.procedure.papers.ticks.ticks) == ticks
    compose(field, "", "Hường")  # an input method that answers Enter late
    assert text_of(field) == "Hường"
    press(window, Qt.Key.Key_Return)  # now it is an Enter like any other
    assert (QApplication.focusWidget() is not field) or text_of(field) in ("", "Hường\n")


def test_enter_after_the_input_method_has_committed_moves_on(
    window: Window, page: IntakePage
) -> None:
    name = page.person.fields["name"]
    name.setFocus()
    compose(name, "Hường")
    compose(name, "", "Hường")
    press(window, Qt.Key.Key_Return)
    assert (name.text(), page.person.fields["id_number"].hasFocus()) == ("Hường", True)


def test_esc_keeps_what_is_composed_and_closes_nothing(qtbot: QtBot, window: Window) -> None:
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = next(dialog for dialog in window.findChildren(Palette) if dialog.isVisible())
    qtbot.waitUntil(palette.search.hasFocus)
    compose(palette.search, "Hườn")
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert (palette.isVisible(), palette.search.text()) == (True, "Hườn")
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_key_that_acts_takes_the_last_word_along(window: Window, page: IntakePage) -> None:
    name = page.person.fields["name"]
    write(name, "Nguyễn Thị ")
    compose(name, "Hường")
    press(window, Qt.Key.Key_F9)
    assert name.text() == "Nguyễn Thị Hường"
    assert page.form().name == "Nguyễn Thị Hường"


def test_nothing_is_searched_before_it_is_committed(qtbot: QtBot, window: Window) -> None:
    press(window, Qt.Key.Key_F3)
    dossiers = window.page("dossiers")
    search = dossiers.search  # type: ignore[attr-defined]
    pause = dossiers._pause  # type: ignore[attr-defined]
    search.setFocus()
    for shown in TELEX["Hường"]:
        compose(search, shown)
        assert not pause.isActive()
    compose(search, "", "Hường")
    assert pause.isActive()


def test_a_draft_that_comes_back_does_not_disturb_the_first_word(
    window: Window, page: IntakePage
) -> None:
    name = page.person.fields["name"]
    write(name, "Trần Văn Đức")
    kept = page.form()
    page.start_anew()
    name.setFocus()
    compose(name, "Hường")
    page._draft_loaded(kept)
    assert name.text() == "Hường"
    assert "gõ dở" in window.notices.text


def test_the_reason_of_a_letter_takes_its_last_word_along(window: Window) -> None:
    window.open_page("overdue")
    reason = window.page("overdue").form.reason  # type: ignore[attr-defined]
    reason.setFocus()
    compose(reason, "Hường")
    press(window, Qt.Key.Key_F9)
    assert reason.toPlainText() == "Hường"


# --- a scan while an input method is composing


def scan(field: QWidget, text: str, shown: str = "", stamp: int = 5_000) -> None:
    """The keys of a scanner, of which an input method takes the letters and leaves the rest."""
    for char in text:
        stamp += 5
        receiver = QApplication.focusWidget() or field
        if char.isalpha():
            shown += char
            compose(receiver, shown)
            continue
        if shown:
            compose(receiver, "", shown)
            shown = ""
        event = QKeyEvent(
            QEvent.Type.KeyPress, ord(char.upper()), Qt.KeyboardModifier.NoModifier, char
        )
        event.setTimestamp(stamp)
        QApplication.sendEvent(receiver, event)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    event.setTimestamp(stamp + 5)
    QApplication.sendEvent(QApplication.focusWidget() or field, event)
    QApplication.processEvents()


@pytest.fixture
def quick_scanner(window: Window) -> None:
    window.scanner._now_ms = lambda: 0.0


@pytest.mark.usefixtures("quick_scanner")
def test_a_card_scanned_while_a_note_is_being_composed(window: Window, page: IntakePage) -> None:
    note = page.promise.note
    note.setFocus()
    compose(note, "", "Giao cho chị ")
    compose(note, "Hường")
    window.scanner._last_clock = float("-inf")  # a while later
    scan(note, CARD, shown="Hường")
    assert note.toPlainText() == "Giao cho chị Hường"
    assert page.person.fields["name"].text() == "Nguyễn Thị Ánh Đào"
    assert page.person.fields["id_number"].text() == "092190001234"


# --- pasting


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    def put(text: str) -> None:
        data = QMimeData()
        data.setText(text)
        qapp.clipboard().setMimeData(data)

    yield put
    qapp.clipboard().clear()


Put = Callable[[str], None]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def paste(field: QWidget, window: Window) -> None:
    field.setFocus()
    press(window, Qt.Key.Key_V, CTRL)
    QApplication.processEvents()


def places(page: IntakePage) -> list[QWidget]:
    return [page.person.fields["name"], page.procedure.search, page.promise.note]


def test_decomposed_text_is_put_together_quietly(
    window: Window, page: IntakePage, clipboard: Put
) -> None:
    clipboard(normalize("NFD", "Nguyễn Thị Hường"))
    for field in places(page):
        paste(field, window)
        assert text_of(field) == "Nguyễn Thị Hường"
        assert pasted.offered() is None


def test_a_lone_decomposed_syllable_is_put_together_when_the_field_is_left(
    window: Window, page: IntakePage, clipboard: Put
) -> None:
    name = page.person.fields["name"]
    clipboard(normalize("NFD", "Hường"))
    paste(name, window)
    press(window, Qt.Key.Key_Return)
    assert name.text() == "Hường"


@pytest.mark.parametrize("written", [TCVN3, VNI_TEXT])
def test_old_text_is_offered_and_one_key_takes_it(
    window: Window, page: IntakePage, clipboard: Put, written: str
) -> None:
    for field in places(page):
        clipboard(written)
        paste(field, window)
        assert text_of(field) == written  # never changed silently
        offer = pasted.offered()
        assert offer is not None
        assert offer.isVisible()
        assert written in offer.before.text()
        assert offer.after.text() == "→ Nguyễn Thị Hoạt"
        assert QApplication.focusWidget() is field
        press(window, Qt.Key.Key_U, ALT)
        assert (text_of(field), pasted.offered()) == ("Nguyễn Thị Hoạt", None)
        press(window, Qt.Key.Key_Z, CTRL)
        assert text_of(field) == written
        press(window, Qt.Key.Key_Z, CTRL)


def test_esc_keeps_old_text_and_goes_nowhere_else(
    window: Window, page: IntakePage, clipboard: Put
) -> None:
    name = page.person.fields["name"]
    clipboard(TCVN3)
    paste(name, window)
    press(window, Qt.Key.Key_Escape)
    assert (name.text(), pasted.offered(), name.hasFocus()) == (TCVN3, None, True)
    press(window, Qt.Key.Key_Return)  # and it is not asked again
    assert pasted.offered() is None


def test_the_offer_ends_with_another_field_and_with_another_text(
    window: Window, page: IntakePage, clipboard: Put
) -> None:
    name = page.person.fields["name"]
    clipboard(TCVN3)
    paste(name, window)
    press(window, Qt.Key.Key_Tab)
    assert pasted.offered() is None
    name.setFocus()
    name.clear()
    paste(name, window)
    assert pasted.offered() is not None
    press(window, Qt.Key.Key_Z, CTRL)
    assert pasted.offered() is None


def test_over_a_small_dialog_the_offer_is_a_window_without_focus(
    qtbot: QtBot, window: Window, clipboard: Put
) -> None:
    clipboard(TCVN3)
    dialog = QInputDialog(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    (field,) = text_fields(dialog)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, CTRL)
    QApplication.processEvents()
    offer = pasted.offered()
    assert offer is not None
    assert offer.isWindow()
    assert offer.isVisible()
    assert QApplication.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_U, ALT)
    assert dialog.textValue() == "Nguyễn Thị Hoạt"
    dialog.close()


def test_pasting_by_the_menu_is_noticed_too(
    window: Window, page: IntakePage, clipboard: Put
) -> None:
    name = page.person.fields["name"]
    name.setFocus()
    clipboard(TCVN3)
    menu = name.createStandardContextMenu()
    found = next(action for action in menu.actions() if action.text().startswith("&Paste"))
    assert isinstance(found, QAction)
    found.trigger()
    QApplication.processEvents()
    assert pasted.offered() is not None


def test_ordinary_pastes_and_typing_are_not_noticed(
    window: Window, page: IntakePage, clipboard: Put
) -> None:
    name = page.person.fields["name"]
    for text in (
        "Nguyễn Thị Hường",
        "Lê Thái",
        "092190001234",
        "H13.31-261123-0001",
        "José Müller",
    ):
        clipboard(text)
        paste(name, window)
        assert pasted.offered() is None
        name.clear()
    write(name, TCVN3)
    QApplication.processEvents()
    assert pasted.offered() is None
