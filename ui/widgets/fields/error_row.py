"""An error right under the field that it concerns, until that field is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


def mark(field: QWidget, wrong: bool) -> None:
    """Show a field as wrong, or as any other."""
    value = "true" if wrong else "false"
    if field.property("wrong") == value:
        return  # asked at every letter
    field.setProperty("wrong", value)
    field.style().polish(field)


def mark_wrong(field: QWidget) -> None:
    """Show a field as wrong until it is changed; what is wrong stands elsewhere."""

    def mended() -> None:
        mark(field, False)
        QObject.disconnect(change)

    mark(field, True)
    change = when_changed(field, mended)


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
        if self._marked is not None:
            mark(self._marked, wrong)


@dataclass(frozen=True)
class FieldError:
    """A sentence about `field`, to stand under `row` of `form` (the row's widget)."""

    form: QFormLayout
    row: QWidget
    field: QWidget
    words: str


class ErrorRows:
    """All errors of a page at once, each under its field until that is changed."""

    def __init__(self) -> None:
        self._rows: list[ErrorRow] = []

    def show(self, errors: Sequence[FieldError]) -> None:
        """Show these instead of those before, and focus the first field."""
        self.clear()
        for error in reversed(errors):  # each goes right under its field, and takes the focus
            row = ErrorRow()
            self._rows.insert(0, row)
            row.beside(error.form, error.row, error.field, error.words)

    def clear(self) -> None:
        """Nothing is wrong."""
        for row in self._rows:
            row.clear()
            row.deleteLater()
        self._rows.clear()

    def words(self) -> list[str]:
        """The sentences that stand on the page, from top to bottom."""
        return [row.text() for row in self._rows if row.text()]
