"""Fields that are seldom needed: unfolded by a key, emptied when folded, and remembered."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ui.look import texts


class OptionalFields(QWidget):
    """A button, and under it the rows of `form`; `changed` when folding changed the fields."""

    changed = Signal()

    def __init__(
        self, unfold: str, fold: str, key: str, page: QWidget, fields: Mapping[str, QLineEdit]
    ) -> None:
        super().__init__()
        self._words = {False: f"{unfold}  ·  {key}", True: f"{fold}  ·  {key}"}
        self._fields = fields
        self._before: dict[str, str] = {}
        self.body = QWidget()
        self.button = texts.button(unfold, self.toggle, key, page)
        self.form = QFormLayout(self.body)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self.body)
        self.body.hide()

    @property
    def is_open(self) -> bool:
        return not self.body.isHidden()

    def unfold(self, is_open: bool) -> None:
        """Shows or hides the fields as they are."""
        self.body.setVisible(is_open)
        self.button.setText(self._words[is_open])

    def toggle(self) -> None:
        """Unfolds with what stood there before and takes the focus; or folds away, emptied."""
        if self.is_open:
            self._before = {name: field.text() for name, field in self._fields.items()}
        for name, field in self._fields.items():
            field.setText("" if self.is_open else self._before.get(name, field.text()))
        self.unfold(not self.is_open)
        if self.is_open:
            next(iter(self._fields.values())).setFocus()
        self.changed.emit()

    def show_fields(self) -> None:
        """Unfold if one of the fields, filled by a form, has a text."""
        self._before = {}
        self.unfold(any(field.text() for field in self._fields.values()))
