"""Question when a card arrives while another person is on the page."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow


class CardQuestion(QFrame):
    """A bar with three keys; hidden while no card waits."""

    replace_owner = Signal(object)
    set_submitter = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self._waiting: CardReading | None = None
        self._text = texts.words("", "warning")
        keys = Flow()
        keys.add(
            texts.button(
                _("Thay chủ hồ sơ"), lambda: self._answer(self.replace_owner), "Alt+1", page
            )
        )
        keys.add(
            texts.button(
                _("Là người nộp thay"), lambda: self._answer(self.set_submitter), "Alt+2", page
            )
        )
        keys.add(texts.button(_("Bỏ qua"), self.drop, "Alt+3", page))
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
        self.show()

    def drop(self) -> None:
        """The page stays as it is."""
        self._waiting = None
        self.hide()

    def _answer(self, signal: SignalInstance) -> None:
        reading = self._waiting
        self.drop()
        if reading is not None:
            signal.emit(reading)
