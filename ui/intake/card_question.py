"""Question when a card arrives while another person is on the page; it has the keys meanwhile."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow


class CardQuestion(QFrame):
    """A bar with three keys; hidden while no card waits.

    While it is open it has the focus: what is typed goes into no field. 1, 2 and 3 answer as well.
    """

    replace_owner = Signal(object)
    set_submitter = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._waiting: CardReading | None = None
        self._focus_before: QWidget | None = None
        self._text = texts.words("", "warning")
        self._answers = (
            texts.button(
                _("Thay chủ hồ sơ"), lambda: self._answer(self.replace_owner), "Alt+1", page
            ),
            texts.button(
                _("Là người nộp thay"), lambda: self._answer(self.set_submitter), "Alt+2", page
            ),
            texts.button(_("Bỏ qua"), self.drop, "Alt+3", page),
        )
        keys = Flow()
        for answer in self._answers:
            keys.add(answer)
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addWidget(keys)
        self.hide()

    @property
    def is_open(self) -> bool:
        return self._waiting is not None

    def ask(self, reading: CardReading, here: str) -> None:
        """Ask; `here` is the person on the page now."""
        self._waiting = reading
        self._text.setText(
            _("Vừa quét thẻ của {name}. Trang này đang có {here}.").format(
                name=reading.card.name, here=here
            )
        )
        self._focus_before = QApplication.focusWidget()
        self.show()
        self.setFocus()

    def drop(self) -> None:
        """The page stays as it is."""
        here, before = QApplication.focusWidget(), self._focus_before
        had_focus = here is self or (here is not None and self.isAncestorOf(here))
        self._waiting = self._focus_before = None
        self.hide()
        if had_focus and before is not None and isValid(before):
            before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("1", "2", "3"):
            self._answers[int(event.text()) - 1].click()
        else:
            super().keyPressEvent(event)

    def _answer(self, signal: SignalInstance) -> None:
        reading = self._waiting
        self.drop()
        if reading is not None:
            signal.emit(reading)
