"""The code of a recovery sheet, asked where encrypted data cannot be opened otherwise."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cchc_desk.i18n import _
from ui.look import texts


class CodeBox(QWidget):
    """Hidden until `ask`; `given(code)` by Enter or the button."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.code = QLineEdit()
        self.code.setAccessibleName(_("Mã trên phiếu khôi phục"))
        self.code.setPlaceholderText(_("tám nhóm chữ, gạch nối hay không đều được"))
        self.code.returnPressed.connect(self.give)
        self.button = texts.button(_("Mở bằng mã khôi phục"), self.give, kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        label = texts.words(_("Mã trên phiếu khôi phục"), "quiet")
        label.setBuddy(self.code)
        for widget in (label, self.code, self.button):
            column.addWidget(widget)
        self.hide()

    def ask(self) -> None:
        """Ask for the code; one that was typed stays, to be put right."""
        self.button.setEnabled(True)
        self.show()
        self.code.setFocus()

    def give(self) -> None:
        """Hand over what was typed; nothing typed is asked for again."""
        if self.code.text().strip():
            self.button.setEnabled(False)
            self.given.emit(self.code.text())
        else:
            self.code.setFocus()
