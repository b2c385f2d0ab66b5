"""Offer of what the desk knows about a number, a phone or an organisation: Enter takes it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.intake.people import Known
from cchc_desk.domain.people.birth import birth_text
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow

TAKE, OTHER = "Alt+L", "Alt+O"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KnownOffer(QFrame):
    """A row of a form under the field that was recognised; hidden while nothing is offered.

    `taken` has the Known and that field. Enter takes it as long as nothing was typed since.
    """

    taken = Signal(object, object)  # Known, QWidget

    def __init__(self, panel: QWidget, page: QWidget, lines: Collection[QLineEdit]) -> None:
        super().__init__(panel)
        self.setObjectName("card")
        self._is_fresh = True
        self._lines = lines
        self._typed: list[QMetaObject.Connection] = []  # with them, while an offer is fresh
        self._form: QFormLayout | None = None
        self._field: QWidget | None = None
        self._choices: Sequence[Known] = ()
        self._at = 0
        self.words = texts.words("")
        self.take_button = texts.button(_("Lấy"), self.take, TAKE, page)
        self.other = texts.button(_("Người khác"), self._next, OTHER, page)
        keys = Flow()
        wholes = _("Lấy người quầy đã biết"), _("Người khác cùng điện thoại, cùng tên")
        for button, whole in zip((self.take_button, self.other), wholes, strict=True):
            button.setAccessibleName(whole)
            button.setProperty("words", whole)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            texts.role(button, "small")
            keys.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(keys)
        self._enter = [QShortcut(QKeySequence(key), panel) for key in _ENTER]
        for shortcut in self._enter:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take)
        self.drop()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def offer(self, choices: Sequence[Known], form: QFormLayout, field: QWidget) -> None:
        """Offer one of `choices` in the row of `form` under `field`."""
        self.drop()
        self._choices, self._at = choices, 0
        self._form, self._field = form, field
        form.insertRow(form.getWidgetPosition(field)[0] + 1, self)  # type: ignore[index]
        self.other.setVisible(len(choices) > 1)
        self._show_choice()
        self.show()
        self._listen(True)

    def _listen(self, is_fresh: bool) -> None:
        """Enter takes the offer until something is typed, or goes on from field to field."""
        if is_fresh == self._is_fresh:
            return
        self._is_fresh = is_fresh
        for connection in self._typed:
            QObject.disconnect(connection)
        self._typed = (
            [line.textEdited.connect(lambda _text: self._listen(False)) for line in self._lines]
            if is_fresh
            else []
        )
        for shortcut in self._enter:
            shortcut.setEnabled(is_fresh)
        key = "Enter" if is_fresh else TAKE
        self.take_button.setText(f"{_('Lấy')}  ·  {key}")

    def drop(self) -> None:
        """Nothing is offered."""
        self.hide()
        self._listen(False)
        self._choices = ()
        if self._form is not None:
            self._form.takeRow(self)
            self._form = None

    def take(self) -> None:
        """The clerk takes what is offered."""
        if self._choices:
            known, field = self._choices[self._at], self._field
            self.drop()
            self.taken.emit(known, field)

    def _next(self) -> None:
        if not self._choices:
            return
        self._at = (self._at + 1) % len(self._choices)
        self._show_choice()

    def _show_choice(self) -> None:
        who = self._choices[self._at].applicant
        facts = (
            who.name,
            birth_text(who.born),
            who.representative,
            who.address,
            who.phone,
        )
        place = f" ({self._at + 1}/{len(self._choices)})" if len(self._choices) > 1 else ""
        self.words.setText(
            _("Đang có{place}: {facts}").format(
                place=place, facts=" · ".join(fact for fact in facts if fact)
            )
        )
