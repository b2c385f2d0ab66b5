"""The panel of an act's questions: keys, refusals at the field, nothing typed is lost."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cchc_desk.errors import Refused, Trouble
from tests.ui.conftest import delete_what_was_closed
from ui.look import texts
from ui.widgets.question_panel import Choice, Day, Line, Lines, QuestionPanel, Ticks

PEOPLE = [("Trần Quốc Bình", "binh"), ("Lê Mai Chi", "chi"), ("Vũ Thị Giang", "giang")]


class Page(QWidget):
    """A page with a field and a key of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        for key in ("K", "F9", "Esc", "Alt+D"):
            texts.shortcut(self, key, partial(self.pressed.append, key))


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitActive(made):
        made.show()
    made.field.setFocus()
    return made


def focused() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, held)


def test_all_questions_of_an_act_are_answered_by_keys_in_one_panel(page: Page) -> None:
    to, note = Choice("Giao cho", PEOPLE), Line("Ghi chú")
    answered: list[tuple[str, str]] = []

    def act(panel: QuestionPanel) -> None:
        answered.append((to.value, note.value))
        panel.finish()

    panel = QuestionPanel.ask(page, "Bàn giao – Nguyễn Thị Ánh Đào", (to, note), "Bàn giao", act)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "gap")
    press(Qt.Key.Key_Return)
    assert answered == [("chi", "gap")]
    assert panel.isHidden()
    assert page.field.hasFocus()


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(page: Page) -> None:
    reason, items = Line("Lý do", name="reason"), Lines("Cần bổ sung", name="items")

    def refused(panel: QuestionPanel) -> None:
        panel.refuse(Refused("reason-missing", "Hãy ghi lý do.", "reason"))

    panel = QuestionPanel.ask(page, "Yêu cầu bổ sung", (items, reason), "Lập phiếu", refused)
    QTest.keyClicks(items.control, "ban sao")
    press(Qt.Key.Key_Return)  # a new line, not yes
    QTest.keyClicks(items.control, "anh")
    press(Qt.Key.Key_F9)
    assert reason.error.text() == "Hãy ghi lý do."
    assert reason.control.hasFocus()
    assert items.value == "ban sao\nanh"
    QTest.keyClicks(reason.control, "thieu")
    assert reason.error.isHidden()
    panel.refuse(Trouble("disk", "Ổ đĩa đầy."))
    assert panel.error.text() == "Ổ đĩa đầy."
    assert reason.value == "thieu"
    assert panel.isVisible()


def test_what_is_missing_is_said_at_each_field_before_anything_is_done(page: Page) -> None:
    to, reason = Choice("Giao cho", PEOPLE), Line("Lý do", needed=True)
    day = Day("Ngày", None, 2026)
    done: list[bool] = []
    QuestionPanel.ask(page, "?", (to, reason, day), "Có", lambda _panel: done.append(True))
    QTest.keyClicks(day.control, "31/02/2026")
    press(Qt.Key.Key_F9)
    assert [bool(field.error.text()) for field in (to, reason, day)] == [True, True, True]
    assert to.control.hasFocus()
    assert done == []


def test_the_page_keeps_its_keys_to_itself_until_the_question_is_answered(page: Page) -> None:
    panel = QuestionPanel.ask(page, "?", (Choice("Ai", PEOPLE),), "Có", lambda _panel: None)
    for key in (Qt.Key.Key_K, Qt.Key.Key_D):
        press(
            key, Qt.KeyboardModifier.AltModifier if key is Qt.Key.Key_D else Qt.KeyboardModifier(0)
        )
    assert page.pressed == []
    for _time in range(7):
        press(Qt.Key.Key_Tab)
        assert panel.isAncestorOf(focused())
    press(Qt.Key.Key_Escape)
    assert page.pressed == []
    assert QuestionPanel.standing_in(page) is None
    page.setFocus()
    press(Qt.Key.Key_K)
    assert page.pressed == ["K"]


def test_the_mouse_alone_answers_and_ticks(page: Page, qtbot: QtBot) -> None:
    letters = Ticks("Ký những thư này", [("Ngô Minh Phước", 1), ("Đặng Kim Phượng", 2)])
    signed: list[tuple[int, ...]] = []
    panel = QuestionPanel.ask(
        page, "Ký 2 thư?", (letters,), "Ký", lambda _panel: signed.append(letters.value)
    )
    QApplication.processEvents()
    view = letters.control
    assert isinstance(view, QListWidget)
    box = view.visualItemRect(view.item(1))
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=box.topLeft() + QPoint(12, box.height() // 2),
    )
    QTest.mouseClick(panel.yes, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.yes, Qt.MouseButton.LeftButton)  # once is enough
    assert signed == [(1,)]


def test_another_question_takes_the_place_of_the_first(page: Page) -> None:
    first = QuestionPanel.ask(page, "1", (), "Có", lambda _panel: None)
    second = QuestionPanel.ask(page, "2", (), "Có", lambda _panel: None)
    assert first.isHidden()
    assert QuestionPanel.standing_in(page) is second
    assert second.yes.hasFocus()


def test_a_low_page_scrolls_the_questions_and_keeps_the_buttons(page: Page) -> None:
    page.resize(420, 260)
    fields = [Lines(f"Câu {number}") for number in range(5)]
    panel = QuestionPanel.ask(page, "?", fields, "Có", lambda _panel: None)
    QApplication.processEvents()
    assert panel.yes.visibleRegion().boundingRect() == panel.yes.rect()
    for _time in range(4):
        press(Qt.Key.Key_Tab)
    assert fields[-1].control.hasFocus()
    assert not fields[-1].control.visibleRegion().isEmpty()


def test_an_act_answers_to_a_panel_that_was_left_meanwhile(page: Page) -> None:
    note = Line("Ghi chú")
    begun: list[QuestionPanel] = []

    def ask() -> QuestionPanel:
        panel = QuestionPanel.ask(page, "Đổi khóa mã hóa", (note,), "Đổi khóa", begun.append)
        press(Qt.Key.Key_F9)
        press(Qt.Key.Key_Escape)
        assert panel.isHidden()
        press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
        delete_what_was_closed()
        return panel

    panel = ask()
    panel.refuse(Trouble("disk-full", "Ổ đĩa đầy."))
    assert panel.isVisible()
    assert panel.error.text() == "Ổ đĩa đầy."
    press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert page.pressed == ["Alt+D"]  # its keys rest again
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_Escape)
    delete_what_was_closed()
    panel.finish()
    delete_what_was_closed()
    assert not page.findChildren(QuestionPanel)
