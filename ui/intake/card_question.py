"""Question when a card arrives while another person is on the page."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow


class CardQuestion(QFrame):
    """A bar with three keys; hidden while no card waits."""

    replace_owner = Signal(object)
    set_submitter = Signal(object)
    asking = Signal(bool)  # it stands, or is gone

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self._waiting: CardReading | None = None
        self._text = texts.words("", "warning")
        keys = Flow()
        self._shortcuts: list[QShortcut] = []
        for words, act, key in (
            (_("Thay chủ hồ sơ"), lambda: self._answer(self.replace_owner), "Alt+1"),
            (_("Là người nộp thay"), lambda: self._answer(self.set_submitter), "Alt+2"),
            (_("Bỏ qua"), self.drop, "Alt+3"),
        ):
            made = texts.button(words, act, key)
            self._shortcuts.append(texts.shortcut(page, key, made.click))
            keys.add(made)
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addWidget(keys)
        self._show(False)

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
        self._show(True)

    def drop(self) -> None:
        """The page stays as it is."""
        self._waiting = None
        self._show(False)

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
