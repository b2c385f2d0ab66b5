"""The scanner filter against real key events: scans are taken whole, people's typing is never
touched.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QDate, QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTableWidgetSelectionRange,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.widgets.keys.scanner import ScannerFilter

CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
CODE = "H13.12.04-261123-0001"
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
SCANNER_MS, HAND_MS = 8, 90
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Keyboard:
    """Real key events with the time stamps of a scanner or of a hand, and a clock that goes with
    them.
    """

    def __init__(self) -> None:
        self.now = 1_000

    def clock(self) -> float:
        return float(self.now)

    def press(
        self,
        key: int,
        text: str = "",
        held: Qt.KeyboardModifier = PLAIN,
        after: int = SCANNER_MS,
        stamped: bool = True,
        repeated: bool = False,
    ) -> None:
        self.now += after
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text, repeated)
            event.setTimestamp(self.now if stamped else 0)
            receiver = _receiver()
            if receiver is not None:
                QApplication.sendEvent(receiver, event)

    def type(self, text: str, after: int = SCANNER_MS, stamped: bool = True) -> None:
        for char in text:
            self.press(_key_code(char), char, SHIFT if char.isupper() else PLAIN, after, stamped)

    def scan(self, text: str, end: int = ENTER, stamped: bool = True) -> None:
        self.now += 2_000
        self.type(text, stamped=stamped)
        self.press(end, "\t" if end == TAB else "\r", stamped=stamped)

    def commit(
        self, text: str, composing: str = "", after: int = SCANNER_MS, replaced: int = 0
    ) -> None:
        self.now += after
        event = QInputMethodEvent(composing, [])
        event.setCommitString(text, -replaced, replaced)
        receiver = _receiver()
        assert receiver is not None
        QApplication.sendEvent(receiver, event)


def _receiver() -> QObject | None:
    """Where Qt sends a key: the open popup first, or the widget in focus; none when the window has
    closed.
    """
    return QApplication.activePopupWidget() or QApplication.focusWidget()


def _key_code(char: str) -> int:
    return ord(char.upper()) if char.isascii() else 0


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.fixture
def scans(qapp: QApplication, keyboard: Keyboard) -> Iterator[Callable[[], list[str]]]:
    """Asks for everything that was recognised as a scan so far."""
    told: list[str] = []
    scanner = ScannerFilter(qapp, now_ms=keyboard.clock)
    scanner.scanned.connect(told.append)

    def so_far() -> list[str]:
        QApplication.sendPostedEvents(scanner)
        return told

    yield so_far
    scanner.stop()
    scanner.deleteLater()


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[..., None]]:
    """Shows widgets in one window; the first has the focus. The cursor does not blink, so pictures
    compare.
    """

    def shown(*widgets: QWidget) -> None:
        window = QWidget()
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        qtbot.addWidget(window)
        keep.append(window)
        window.show()
        window.activateWindow()
        widgets[0].setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is widgets[0])

    keep: list[QWidget] = []
    blinking = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield shown
    QApplication.setCursorFlashTime(blinking)


Scans = Callable[[], list[str]]
Show = Callable[..., None]


# --- scans


@pytest.mark.parametrize("text", [CARD, CARD + "||||", CODE, "123456"])
@pytest.mark.parametrize("end", [ENTER, Qt.Key.Key_Enter, TAB])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_scan_is_told_and_leaves_the_field_as_it_was(
    show: Show, keyboard: Keyboard, scans: Scans, text: str, end: int, stamped: bool
) -> None:
    line, other = QLineEdit("Trần Văn"), QLineEdit()
    show(line, other)
    line.setCursorPosition(4)
    entered: list[None] = []
    line.returnPressed.connect(lambda: entered.append(None))
    keyboard.scan(text, end, stamped)
    assert scans() == [text]
    assert (line.text(), line.cursorPosition(), line.hasFocus()) == ("Trần Văn", 4, True)
    assert entered == []


def test_what_was_selected_is_selected_again(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    line = QLineEdit("Nguyễn Thị Ánh")
    show(line)
    line.setSelection(7, 3)
    keyboard.scan(CODE)
    assert scans() == [CODE]
    assert (line.text(), line.selectedText()) == ("Nguyễn Thị Ánh", "Thị")


def test_the_persons_own_undo_steps_survive_a_scan(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type("An", after=HAND_MS)
    keyboard.scan(CODE)
    assert scans() == [CODE]
    assert line.text() == "An"
    assert line.isUndoAvailable()


def test_whoever_follows_the_field_hears_that_it_is_back(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit("An")
    heard: list[str] = []
    line.textEdited.connect(heard.append)
    show(line)
    keyboard.scan(CODE)
    assert scans() == [CODE]
    assert heard[-1] == "An"


@pytest.mark.parametrize(
    "prepare", [lambda line: line.setMaxLength(12), lambda line: line.setInputMask("99/99/9999")]
)
def test_a_field_that_takes_only_part_of_the_typing_comes_back(
    show: Show, keyboard: Keyboard, scans: Scans, prepare: Callable[[QLineEdit], None]
) -> None:
    line = QLineEdit()
    prepare(line)
    line.setText("17/05/1990")
    show(line)
    line.setCursorPosition(0)
    keyboard.scan(CARD)
    assert scans() == [CARD]
    assert line.text() == "17/05/1990"


@pytest.mark.parametrize("kind", [QPlainTextEdit, QTextEdit])
def test_a_note_of_many_lines_comes_back(
    show: Show, keyboard: Keyboard, scans: Scans, kind: type[QPlainTextEdit] | type[QTextEdit]
) -> None:
    note = kind()
    note.setPlainText("Một\nHai\nBa")
    show(note)
    cursor = note.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    note.setTextCursor(cursor)
    keyboard.scan(CARD)
    assert scans() == [CARD]
    assert note.toPlainText() == "Một\nHai\nBa"
    assert (note.textCursor().anchor(), note.textCursor().position()) == (1, 6)


def test_a_read_only_field_and_no_field_at_all(
    qtbot: QtBot, show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line, empty = QLineEdit("chỉ đọc", readOnly=True), QWidget()
    empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    show(line, empty)
    keyboard.scan(CODE)
    empty.setFocus()
    keyboard.scan(CARD)
    assert scans() == [CODE, CARD]
    assert line.text() == "chỉ đọc"


def test_scans_one_after_another(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    line = QLineEdit()
    show(line)
    for text in (CODE, CARD, CODE):
        keyboard.scan(text)
    assert scans() == [CODE, CARD, CODE]
    assert line.text() == ""


def test_typing_a_scan_and_typing_on(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type("Trần ", after=HAND_MS)
    keyboard.scan(CODE)
    keyboard.type("Cả", after=HAND_MS)
    assert scans() == [CODE]
    assert line.text() == "Trần Cả"


def test_a_second_end_key_is_swallowed_as_well(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    entered: list[None] = []
    line.returnPressed.connect(lambda: entered.append(None))
    show(line)
    keyboard.scan(CODE)
    keyboard.press(ENTER, "\r")
    assert (scans(), entered) == ([CODE], [])
    keyboard.press(ENTER, "\r", after=HAND_MS)
    assert (scans(), entered) == ([CODE], [None])


def test_shift_alt_codes_and_control_separators_do_not_break_a_scan(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    pressed: list[None] = []
    QShortcut(QKeySequence("Ctrl+]"), line, lambda: pressed.append(None))
    keyboard.type("0")
    keyboard.press(Qt.Key.Key_Shift, held=SHIFT)
    keyboard.type("921")
    keyboard.press(Qt.Key.Key_Shift, held=SHIFT)
    keyboard.press(Qt.Key.Key_N, "N", SHIFT)
    keyboard.press(Qt.Key.Key_Alt, held=ALT)
    for figure in "7877":
        keyboard.press(ord(figure), "", ALT | Qt.KeyboardModifier.KeypadModifier)
    keyboard.press(0, "ễ")
    keyboard.press(Qt.Key.Key_BracketRight, "\x1d", CTRL)
    keyboard.press(Qt.Key.Key_J, "\n", CTRL)
    assert scans() == ["0921Nễ"]
    assert (line.text(), pressed) == ("", [])


# --- buttons, lists, dialogs


def test_no_button_is_pressed_by_a_scan(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    button = QPushButton("Tiếp nhận")
    clicks: list[None] = []
    button.clicked.connect(lambda: clicks.append(None))
    show(button)
    keyboard.scan(CARD)
    assert (scans(), clicks) == ([CARD], [])
    keyboard.press(Qt.Key.Key_Space, " ", after=HAND_MS)
    assert clicks == [None]


def test_no_dialog_is_accepted_by_a_scan(qtbot: QtBot, keyboard: Keyboard, scans: Scans) -> None:
    dialog = QDialog()
    line, accept = QLineEdit(dialog), QPushButton("Đồng ý", dialog)
    accept.setDefault(True)
    accept.clicked.connect(dialog.accept)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    keyboard.scan(CARD)
    assert scans() == [CARD]
    assert dialog.isVisible()
    keyboard.press(ENTER, "\r", after=HAND_MS)
    assert not dialog.isVisible()


def test_a_table_keeps_its_row_and_its_selection(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    table = QTableWidget(4, 1)
    for row, text in enumerate(["An", "Bình", "0921", "Cả"]):
        table.setItem(row, 0, QTableWidgetItem(text))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    opened: list[int] = []
    table.activated.connect(lambda index: opened.append(index.row()))
    show(table)
    table.setCurrentCell(1, 0)
    table.setRangeSelected(QTableWidgetSelectionRange(3, 0, 3, 0), True)
    keyboard.scan(CARD)
    assert (scans(), opened) == ([CARD], [])
    assert table.currentRow() == 1
    assert sorted(index.row() for index in table.selectedIndexes()) == [1, 3]


def test_a_person_may_still_search_in_a_table(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    table = QTableWidget(3, 1)
    for row, text in enumerate(["An", "Bình", "Cả"]):
        table.setItem(row, 0, QTableWidgetItem(text))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    show(table)
    keyboard.type("b", after=HAND_MS)
    assert table.currentRow() == 1
    assert scans() == []


def test_boxes_keep_their_values(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    number, day, choice, tick = (
        QSpinBox(maximum=9999, value=7),
        QDateEdit(QDate(2026, 11, 23)),
        QComboBox(),
        QCheckBox(),
    )
    choice.addItems(["Trực tiếp", "0921", "Bưu chính"])
    show(number, day, choice, tick)
    for box in (number, day, choice, tick):
        box.setFocus()
        keyboard.scan(CARD)
    assert scans() == [CARD] * 4
    assert (number.value(), number.text(), day.date(), choice.currentText()) == (
        7,
        "7",
        QDate(2026, 11, 23),
        "Trực tiếp",
    )
    assert not tick.isChecked()


def test_a_list_of_proposals_closes_again(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    line = QLineEdit()
    proposals = QStringListModel(["092190001234", "0921 Bình"])
    completer, popup = QCompleter(proposals), QListView()
    completer.setPopup(popup)
    line.setCompleter(completer)
    show(line)
    keyboard.type("09", after=HAND_MS)
    assert popup.isVisible()
    keyboard.scan(CARD)
    assert scans() == [CARD]
    assert line.text() == "09"
    assert not popup.isVisible()


def test_shortcuts_on_plain_keys_do_not_fire_within_a_scan(
    qtbot: QtBot, show: Show, scans: Scans
) -> None:
    # Sent as the window system would: the shortcuts are asked before the widget.
    button = QPushButton("x")
    show(button)
    fired: list[str] = []
    for key in ("Return", "x"):
        QShortcut(QKeySequence(key), button, lambda key=key: fired.append(key))
    QTest.keyClicks(button, "092190x001234xx")
    QTest.keyClick(button, ENTER)
    assert (scans(), fired) == (["092190x001234xx"], [])


def test_a_scan_through_the_window_system(show: Show, scans: Scans) -> None:
    # From the window down, and from a widget that does not want the keys up to its parents: each
    # key counts once.
    line, button, code = QLineEdit("An"), QPushButton("x"), "h13.12.04-2611  23-0001"
    show(line, button)
    for widget in (line, button):
        widget.setFocus()
        for char in code:
            QTest.keyClick(widget.window().windowHandle(), Qt.Key(_key_code(char)))
        QTest.keyClick(widget.window().windowHandle(), ENTER)
    assert scans() == [code, code]
    assert line.text() == "An"


def test_the_focus_returns_to_where_the_scan_began(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    first, second = QLineEdit("1"), QLineEdit("2")
    show(first, second)
    first.textEdited.connect(lambda text: second.setFocus() if len(text) == 6 else None)
    keyboard.scan(CARD)
    assert scans() == [CARD]
    assert (first.text(), second.text(), first.hasFocus()) == ("1", "2", True)


def test_a_field_that_vanishes_during_a_scan_harms_nothing(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    first, second = QLineEdit(), QLineEdit("2")
    show(first, second)
    keyboard.type("0921900", stamped=False)
    second.setFocus()
    first.deleteLater()
    QApplication.sendPostedEvents(first, QEvent.Type.DeferredDelete)
    keyboard.type("01234", stamped=False)
    keyboard.press(ENTER, "\r", stamped=False)
    assert scans() == ["092190001234"]
    assert second.text() == "2"


# --- people


@pytest.mark.parametrize("gap", [40, 60, 90, 300])
def test_a_persons_typing_is_seen_at_once_and_stays(
    show: Show, keyboard: Keyboard, scans: Scans, gap: int
) -> None:
    line = QLineEdit()
    entered: list[None] = []
    line.returnPressed.connect(lambda: entered.append(None))
    show(line)
    so_far = ""
    for char in "Nguyễn Thị Ánh Đào 092190001234":
        keyboard.type(char, after=gap)
        so_far += char
        assert line.text() == so_far
    keyboard.press(ENTER, "\r", after=gap)
    assert (scans(), line.text(), entered) == ([], so_far, [None])


@pytest.mark.parametrize("end_after", [SCANNER_MS, 60])
def test_a_short_quick_run_is_a_persons(
    show: Show, keyboard: Keyboard, scans: Scans, end_after: int
) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type("12345")
    keyboard.press(ENTER, "\r", after=end_after)
    assert (scans(), line.text()) == ([], "12345")


def test_a_quick_run_without_an_end_stays_in_the_field(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type(CODE)
    assert line.text() == CODE
    keyboard.press(ENTER, "\r", after=HAND_MS)
    assert (scans(), line.text()) == ([], CODE)


def test_one_pause_within_a_run_makes_it_a_persons(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type("09219")
    keyboard.press(Qt.Key.Key_0, "0", after=50)
    keyboard.type("0012")
    keyboard.press(ENTER, "\r")
    assert (scans(), line.text()) == ([], "0921900012")


def test_a_key_held_down_is_no_scan(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    line = QLineEdit()
    show(line)
    for _ in range(12):
        keyboard.press(Qt.Key.Key_0, "0", after=30, repeated=True)
    keyboard.press(ENTER, "\r", after=20)
    assert (scans(), line.text()) == ([], "0" * 12)


def test_slow_typing_in_a_busy_window_is_no_scan(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    # All keys arrive in one moment, but their stamps say when they were pressed.
    line = QLineEdit()
    show(line)
    stamp = 5_000
    for char in "Tran Van Ca\r":
        stamp += HAND_MS
        event = QKeyEvent(
            QEvent.Type.KeyPress, ENTER if char == "\r" else _key_code(char), PLAIN, char
        )
        event.setTimestamp(stamp)
        QApplication.sendEvent(line, event)
    assert (scans(), line.text()) == ([], "Tran Van Ca")


@pytest.mark.parametrize("mode", [QLineEdit.EchoMode.Password, QLineEdit.EchoMode.NoEcho])
def test_a_password_field_is_left_alone(
    show: Show, keyboard: Keyboard, scans: Scans, mode: QLineEdit.EchoMode
) -> None:
    secret = QLineEdit(echoMode=mode)
    entered: list[None] = []
    secret.returnPressed.connect(lambda: entered.append(None))
    show(secret)
    keyboard.scan(CODE)
    assert (scans(), secret.text(), entered) == ([], CODE, [None])


# --- cards that come too slowly for a machine


@pytest.mark.parametrize("end", [ENTER, TAB])
@pytest.mark.parametrize(
    "pieces", [[CARD], [CARD[:20], CARD[20:24], CARD[24:]], [CARD[:5], CARD[5:-3], CARD[-3:]]]
)
def test_a_card_in_slow_pieces_is_told_whole_and_leaves_the_field(
    show: Show, keyboard: Keyboard, scans: Scans, pieces: list[str], end: int
) -> None:
    line, after = QLineEdit("Nguyễn Thị 😀 B"), QLineEdit()
    show(line, after)
    line.setCursorPosition(len(line.text()) - 1)
    for piece in pieces:
        keyboard.now += 400
        keyboard.type(piece)
    keyboard.press(end, "\r", after=60)
    assert (scans(), line.text(), line.hasFocus()) == ([CARD], "Nguyễn Thị 😀 B", True)


@pytest.mark.parametrize("typed_before", ["", "c"])
def test_a_slow_card_is_read_letter_by_letter_and_what_was_selected_comes_back(
    show: Show, keyboard: Keyboard, scans: Scans, typed_before: str
) -> None:
    line = QLineEdit("Trần Văn Đứ" + "c" * (not typed_before))
    show(line)
    keyboard.type(typed_before, after=60)
    line.selectAll()
    keyboard.type(CARD, after=60)
    keyboard.press(ENTER, "\r", after=60)
    assert (scans(), line.text()) == ([CARD], "Trần Văn Đức")
    line.undo()
    assert CARD in line.text()


def test_the_slow_beginning_of_a_card_is_told_and_leaves_a_note_too(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    note = QPlainTextEdit("Mang thêm bản sao\n")
    show(note)
    note.moveCursor(QTextCursor.MoveOperation.End)
    keyboard.type(CARD[:30], after=50)
    keyboard.press(ENTER, "\r", after=50)
    assert (scans(), note.toPlainText()) == ([CARD[:30]], "Mang thêm bản sao\n")


def test_a_card_that_is_still_being_composed_is_left_alone(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type("092190001234|", after=60)
    keyboard.commit("", composing="Nguyễn", after=60)
    keyboard.press(ENTER, "\r", after=HAND_MS)
    assert scans() == []
    assert line.text().startswith("092190001234|")


# --- input methods


def test_an_input_method_that_commits_in_pieces(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit("Trần")
    show(line)
    keyboard.now += 2_000
    keyboard.type("092190001234||")
    keyboard.commit("", "Nguy")
    keyboard.commit("", "Nguyễn")
    keyboard.commit("Nguyễn ")
    keyboard.commit("Đào")
    keyboard.type("|17051990")
    keyboard.press(ENTER, "\r")
    assert scans() == ["092190001234||Nguyễn Đào|17051990"]
    assert line.text() == "Trần"


def test_every_character_committed(show: Show, keyboard: Keyboard, scans: Scans) -> None:
    line = QLineEdit()
    show(line)
    for char in CARD:
        keyboard.commit(char)
    keyboard.press(ENTER, "\r", stamped=False)
    assert (scans(), line.text()) == ([CARD], "")


def test_an_input_method_that_takes_back_and_writes_anew(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    keyboard.type("0921|A1")
    for _ in "A1":
        keyboard.press(Qt.Key.Key_Backspace, "\b")
    keyboard.type("Á|Ba")
    keyboard.commit("Bà", replaced=2)
    keyboard.press(ENTER, "\r")
    assert (scans(), line.text()) == (["0921|Á|Bà"], "")


def test_what_is_still_being_composed_belongs_to_the_scan(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    empty = line.cursorRect()
    keyboard.type("0921900|")
    keyboard.commit("", "Đào")
    keyboard.press(ENTER, "\r")
    assert line.cursorRect() == empty  # nothing half-written is left on the screen
    keyboard.commit("Đào")  # the commit comes late, as some input methods do
    assert (scans(), line.text()) == (["0921900|Đào"], "")


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_a_scan_that_was_only_composed_leaves_nothing_half_written(
    show: Show, keyboard: Keyboard, scans: Scans, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    box = kind()
    show(box)
    empty = box.grab().toImage()
    for end in range(1, 9):
        keyboard.commit("", "hs261123"[:end])
    assert box.grab().toImage() != empty
    keyboard.press(ENTER, "\r", stamped=False)
    assert scans() == ["hs261123"]
    assert box.grab().toImage() == empty


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
@pytest.mark.parametrize("letters", ["committed first", "composed on", "left alone"])
def test_what_a_person_was_composing_is_kept_and_is_no_part_of_the_scan(
    show: Show,
    keyboard: Keyboard,
    scans: Scans,
    letters: str,
    kind: type[QLineEdit] | type[QPlainTextEdit],
) -> None:
    box = kind()
    show(box)
    keyboard.commit("Nguyễn Thị ", after=HAND_MS)
    keyboard.commit("", "Hường", after=HAND_MS)
    keyboard.now += 2_000
    if letters == "committed first":  # at the first figure
        keyboard.commit("Hường")
    elif letters == "composed on":
        keyboard.commit("", "HườngH")
        keyboard.commit("HườngH")
    keyboard.type(CODE.removeprefix("H") if letters == "composed on" else CODE)
    keyboard.press(ENTER, "\r")
    assert scans() == [CODE]
    if letters == "left alone":  # the field still shows it, and commits it when it is left
        keyboard.commit("Hường", after=HAND_MS)
    text = box.text() if isinstance(box, QLineEdit) else box.toPlainText()
    assert text == "Nguyễn Thị Hường"


def test_a_person_writing_with_an_input_method(
    show: Show, keyboard: Keyboard, scans: Scans
) -> None:
    line = QLineEdit()
    show(line)
    for composing in ("N", "Ng", "Ngu", "Nguy", "Nguyê", "Nguyễ", "Nguyễn"):
        keyboard.commit("", composing, after=HAND_MS)
    keyboard.commit("Nguyễn ")
    keyboard.press(ENTER, "\r")
    assert (scans(), line.text()) == ([], "Nguyễn ")


def test_a_stopped_filter_watches_no_more(
    qapp: QApplication, show: Show, keyboard: Keyboard
) -> None:
    line = QLineEdit()
    show(line)
    scanner = ScannerFilter(qapp, now_ms=keyboard.clock)
    scanner.stop()
    keyboard.scan(CODE)
    assert line.text() == CODE
    scanner.deleteLater()


@pytest.mark.parametrize("before", ["]Q1", "]Q3", "]d2", "]Q2\\000026"])
def test_the_preamble_of_a_slow_reader_leaves_the_field_with_its_card(
    show: Show, keyboard: Keyboard, scans: Scans, before: str
) -> None:
    line = QLineEdit("Nguyễn ")
    show(line)
    line.end(False)
    keyboard.type(before + CARD, after=60)
    keyboard.press(ENTER, "\r", after=60)
    assert (scans(), line.text()) == ([before + CARD], "Nguyễn ")
