"""The last procedures of whoever is on the page: a click away, the newest by its key."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow

KEY = "Alt+P"
_MOST = 3
_LETTERS = 34  # of a name; the tool tip has the whole


class LastProcedures(QWidget):
    """Hidden while there are none. The key chooses the newest, pressed again the one before."""

    chosen = Signal(object)  # ProcedureVersion

    def __init__(self, short_name: Callable[[str, str], str], page: QWidget) -> None:
        super().__init__()
        self._short_name = short_name
        self._versions: Sequence[ProcedureVersion] = ()
        self._next = 0
        keys = Flow()
        self.buttons = [self._button(place) for place in range(_MOST)]
        for button in self.buttons:
            keys.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(texts.words(_("Thủ tục lần trước"), "quiet"))
        column.addWidget(keys)
        texts.shortcut(page, KEY, self._choose_next)
        self.hide()

    def _button(self, place: int) -> QPushButton:
        button = texts.button(_("Thủ tục lần trước"), partial(self._choose, place), kind="small")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if place == 0:  # for the palette and the key card
            button.setProperty("key", KEY)
        return button

    def show_procedures(self, versions: Sequence[ProcedureVersion]) -> None:
        """Show these, newest first; without any it hides."""
        self._versions, self._next = versions[:_MOST], 0
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self._versions))
        for version, button in zip(self._versions, self.buttons, strict=False):
            button.setToolTip(texts.tip(version.name))
            button.setAccessibleName(version.name)
            name = _cut(self._short_name(version.code, version.name))
            button.setText(name if button is not self.buttons[0] else f"{name}  ·  {KEY}")
        self.setVisible(bool(self._versions))

    def _choose(self, place: int) -> None:
        self._next = (place + 1) % len(self._versions)
        self.chosen.emit(self._versions[place])

    def _choose_next(self) -> None:
        if not self.isHidden() and self.isEnabled():
            self._choose(self._next)


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[:_LETTERS].rstrip()}…"
