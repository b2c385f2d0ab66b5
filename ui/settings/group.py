"""One group of the settings: a form that saves only itself, and marks what was changed in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from cchc_desk.settings import Setting
from ui import formatting
from ui.look import texts
from ui.widgets.fields.boxes import SpinBox
from ui.widgets.fields.error_row import ErrorRow, when_changed
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.layout.flow import Flow

_MARK = "● "
_FIELD_LETTERS = 40  # the room that a field has beside its words


@dataclass(frozen=True)
class Edit:
    """An edit that is not saved: the field, its words, what holds, what was typed."""

    field: QWidget
    words: str
    before: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.words}: «{self.before}» → «{self.after}»"


class Group(QWidget):
    """A form under its title; F9 saves it and nothing else, Enter goes from field to field."""

    edited = Signal()

    def __init__(self, title: str, error: ErrorRow) -> None:
        """`error` is the page's one row for what is wrong."""
        super().__init__()
        self.title, self.error = title, error
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(texts.words(title, "section"))
        self.note = texts.words("", "warning")
        self.form.addRow(self.note)
        self.stops: list[QWidget] = []
        self.drop_button: QPushButton | None = None
        self.keys: Flow | None = None

    def say(self, text: str) -> None:
        """A sentence under the title, none for ""."""
        self.note.setText(text)

    def add(self, words: str, field: QWidget, beside: str = "") -> None:
        """The next field; `beside` is said on the page in the place of `words`."""
        field.setAccessibleName(words)
        texts.row(self.form, beside or words, field)
        self.stops.append(field)
        if isinstance(field, QLineEdit):
            field.textChanged.connect(self.mark)
        else:
            when_changed(field, self.mark)

    def add_keys(self, save: str, drop: str = "") -> None:
        """The button that saves, which F9 presses, and one that puts back what was typed: `keys`,
        which the page places where they are always in sight.
        """
        self.keys = keys = Flow()
        keys.setProperty("of", self)  # whoever looks for a key comes to its group
        self.save_button = texts.button(save, self.save, "F9", kind="primary")
        self.save_button.setProperty("key", "")  # the page's F9 stands on the key card, once
        keys.add(self.save_button)
        self.stops.append(self.save_button)
        if drop:
            self.drop_button = texts.button(drop, self.drop, "Alt+B", self)
            keys.add(self.drop_button)
        FocusOrder(self, self.stops, self.stops[:-1])
        self.mark()

    def first(self) -> QWidget:
        """The field in which work begins."""
        return self.stops[0]

    def come_forward(self, is_shown: bool) -> None:
        """Take room on the page only while it is in front."""
        policy = QSizePolicy.Policy.Preferred if is_shown else QSizePolicy.Policy.Ignored
        self.setSizePolicy(policy, policy)

    def heightForWidth(self, width: int) -> int:
        """None while it is not in front: a stack would be as high as its highest."""
        is_shown = self.sizePolicy().verticalPolicy() is not QSizePolicy.Policy.Ignored
        return super().heightForWidth(width) if is_shown else 0

    def event(self, event: QEvent) -> bool:
        """Qt measures a form whose words have changed, and then leaves its rows as they were."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.form.invalidate()
            self.form.setGeometry(self.contentsRect())
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put all fields under their words where one has not its room beside them."""
        super().resizeEvent(event)
        labels = (self.form.labelForField(field) for field in self.stops)
        widest = max((label.minimumWidth() for label in labels if label is not None), default=0)
        needed = widest + self.fontMetrics().averageCharWidth() * _FIELD_LETTERS
        policies = QFormLayout.RowWrapPolicy
        wanted = policies.WrapAllRows if event.size().width() < needed else policies.DontWrapRows
        if self.form.rowWrapPolicy() is not wanted:
            self.form.setRowWrapPolicy(wanted)
        # Of a lower place for shorter words Qt gives each row the height of one line.
        self.form.invalidate()
        self.form.activate()

    # --- what was typed ---------------------------------------------------------------------------

    def edits(self) -> tuple[Edit, ...]:
        """Edits made here and not saved."""
        return ()

    def mark(self) -> None:
        """Mark the words of the fields that were changed, by a sign and by colour."""
        changed = {edit.field: edit for edit in self.edits()}
        for field in self.stops:
            label = self.label_of(field)
            if not isinstance(label, QLabel):
                continue
            words, edit = label.text().removeprefix(_MARK), changed.get(field)
            label.setText(f"{_MARK}{words}" if edit else words)
            texts.role(label, "warning" if edit else "")
            tip = _("Chưa lưu. Đang dùng: «{before}»").format(before=edit.before) if edit else ""
            label.setToolTip(texts.tip(tip))
            field.setAccessibleDescription(tip)
        self.edited.emit()

    def label_of(self, field: QWidget) -> QWidget | None:
        """The words beside a field; None for a button."""
        return self.form.labelForField(field)

    def save(self) -> None:
        """Keep what was typed here."""
        raise NotImplementedError

    def drop(self) -> None:
        """Put back what holds."""
        raise NotImplementedError

    # --- what is wrong ----------------------------------------------------------------------------

    def refuse(self, error: DeskError, places: dict[str, QWidget], otherwise: QWidget) -> None:
        """Say what is wrong under the field that it is about, and bring that into sight."""
        field = places.get(error.field or "") if isinstance(error, Refused) else None
        self.wrong(field or otherwise, error.message)

    def wrong(self, field: QWidget, text: str) -> None:
        row: QWidget | None = field
        while row is not None and self.form.indexOf(row) < 0:
            row = row.parentWidget()
        assert row is not None, "a field, or one in a row of several"
        self.error.beside(self.form, row, field, text)
        QTimer.singleShot(0, self.error, lambda: texts.into_sight(self.error))


# --- fields made from the settings' declarations --------------------------------------------------


def field_of(setting: Setting) -> QWidget:
    """Return an empty field for the values of a setting."""
    if setting.kind is bool:
        return QCheckBox()
    if setting.kind is int:
        box = SpinBox()
        texts.spaced(box)
        box.setRange(setting.least or 0, setting.most if setting.most is not None else 99999)
        return box
    field = QLineEdit()
    texts.letters(field, 24)
    return field


def show_value(field: QWidget, value: object) -> None:
    """Show the value of a setting in its field."""
    if isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(str(value)))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
        field.setCursorPosition(0)  # its beginning in sight


def value_of(field: QWidget) -> object:
    """Return the value typed into the field of a setting."""
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QSpinBox):
        return field.value()
    assert isinstance(field, QLineEdit), field
    return field.text().strip()


def value_text(value: object) -> str:
    """A value of a setting in words."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dict):
        return "; ".join(f"{formatting.weekdays(days)}: {hours}" for days, hours in value.items())
    return str(value) or _("để trống")


def edits_text(edits: Sequence[Edit]) -> str:
    """`Tên quầy: «Quầy 1» → «Quầy 2»; …`."""
    return "; ".join(edit.text for edit in edits)
