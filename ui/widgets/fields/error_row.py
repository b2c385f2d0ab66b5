"""An error right under the field that it concerns, until that field is changed."""

from collections.abc import Callable

from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from cchc_desk.i18n import _
from ui.look import texts


def when_changed(field: QWidget, act: Callable[[], object]) -> QMetaObject.Connection:
    """Call `act` when the value of a field changes; for a line, when the user edits it."""
    if isinstance(field, QLineEdit):
        return field.textEdited.connect(lambda _text: act())
    told = field.metaObject().userProperty().notifySignal().name().toStdString()
    changed: QMetaObject.Connection = getattr(field, told).connect(lambda *_now: act())
    return changed


class ErrorRow(QLabel):
    """A row of a form that moves: `beside` puts it under a field, marks and focuses that."""

    def __init__(self) -> None:
        super().__init__()
        texts.plain(self)
        self.setProperty("role", "error")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(_("Lỗi"))
        self._form: QFormLayout | None = None
        self._marked: QWidget | None = None
        self._change: QMetaObject.Connection | None = None  # of the marked field
        self.hide()

    def beside(self, form: QFormLayout, row: QWidget, field: QWidget, text: str) -> None:
        """Says `text` under `row` of `form` (the row's widget), about `field` in it."""
        self.clear()
        form.insertRow(form.getWidgetPosition(row)[0] + 1, self)  # type: ignore[index]
        self._form = form
        self._marked = field
        self._change = when_changed(field, self.clear)
        self._mark(True)
        self.setText(text)
        self.show()
        field.setFocus()

    def clear(self) -> None:
        """Nothing is wrong."""
        super().clear()
        self.hide()
        self._mark(False)
        self._marked = None
        if self._change is not None:
            QObject.disconnect(self._change)
            self._change = None
        if self._form is not None:
            self._form.takeRow(self)
            self._form = None

    def _mark(self, wrong: bool) -> None:
        if isinstance(self._marked, QLineEdit):
            self._marked.setProperty("wrong", "true" if wrong else "false")
            self._marked.style().polish(self._marked)
