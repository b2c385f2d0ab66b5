"""Question when a card arrives while another person is on the page."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow


class CardQuestion(QFrame):
    """A bar with three keys; hidden while no card waits.

    It has the focus while it stands: whatever else is typed then goes nowhere, and it says so.
    `asking` comes before the answer, so that the page takes keys again.
    """

    replace_owner = Signal(object)
    set_submitter = Signal(object)
    dropped = Signal()
    asking = Signal(bool)  # it stands, or is gone

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Câu hỏi về thẻ vừa quét"))
        self._waiting: CardReading | None = None
        self._text = texts.words("", "warning")
        self.first = texts.words(_("Hãy trả lời câu này trước: Alt+1, Alt+2 hay Alt+3."), "error")
        keys = Flow()
        self._shortcuts: list[QShortcut] = []
        answers = (
            (_("Thay chủ hồ sơ"), lambda: self._answer(self.replace_owner), "Alt+1"),
            (_("Là người nộp thay"), lambda: self._answer(self.set_submitter), "Alt+2"),
            (_("Bỏ qua"), self.leave, "Alt+3"),
        )
        for words, act, key in answers:
            button = texts.button(words, act, key)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._shortcuts.append(texts.shortcut(page, key, button.click))
            keys.add(button)
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addWidget(keys)
        column.addWidget(self.first)
        self._show(False)

    @property
    def is_open(self) -> bool:
        return self._waiting is not None

    @property
    def name(self) -> str:
        """The name on the card that waits."""
        return self._waiting.card.name if self._waiting else ""

    def ask(self, reading: CardReading, here: str) -> None:
        """Ask; `here` is the person on the page now."""
        self._waiting = reading
        self._text.setText(
            _("Vừa quét thẻ của {name}. Trang này đang có {here}.").format(
                name=reading.card.name, here=here
            )
        )
        self.first.hide()
        self._show(True)
        self.setFocus()

    def insist(self) -> None:
        """Say that this has to be answered first."""
        self.first.show()

    def drop(self) -> None:
        """The question is gone; the page stays as it is."""
        if self._waiting is not None:
            self._waiting = None
            self._show(False)

    def leave(self) -> None:
        """The clerk leaves the card aside."""
        if self._waiting is not None:
            self.drop()
            self.dropped.emit()

    def _show(self, is_asking: bool) -> None:
        """Its keys are another's while it does not stand."""
        for key in self._shortcuts:
            key.setEnabled(is_asking)
        self.setVisible(is_asking)
        self.asking.emit(is_asking)

    def _answer(self, signal: SignalInstance) -> None:
        reading = self._waiting
        self.drop()
        if reading is not None:
            signal.emit(reading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip():
            self.insist()
        event.accept()
