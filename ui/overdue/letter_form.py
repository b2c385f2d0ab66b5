"""The fields of an apology letter: filled in from its draft, or from what was typed before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QCheckBox, QFormLayout, QPlainTextEdit, QWidget

from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.domain.dossiers.dossier import Dossier, Letter
from cchc_desk.domain.people.officials import Official
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, later
from ui.dossiers.acts import FAULT
from ui.look import texts
from ui.shell import notices
from ui.widgets.fields.boxes import ComboBox, DateTimeEdit
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed

_ONLY_ONCE = later("Việc hẹn lại tối đa không quá 01 lần{order}.")


@dataclass(frozen=True)
class LetterText:
    """A letter as it is filled in; `new_due` None: no other day is promised."""

    cause: str | None
    reason: str
    new_due: datetime | None
    responsible: str | None
    own_fault: bool | None


class LetterForm(QWidget):
    """Cause, reason, new day and who is responsible; what is typed is kept for each dossier."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dossier: Dossier | None = None
        self._order = ""  # the order behind the rule of one re-appointment, in brackets
        self._loaded: LetterText | None = None  # as the draft has it
        self._typed: dict[str, LetterText] = {}  # by code: what was typed and not drafted yet
        self.cause, self.responsible, self.fault = (texts.narrow(ComboBox()) for _ in range(3))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        texts.fitted(
            self.reason,
            lambda: self.reason.setMaximumHeight(self.reason.fontMetrics().lineSpacing() * 4),
        )
        self.reason.setPlaceholderText(_("lý do ghi trong thư; để trống thì ghi theo nguyên nhân"))
        self.dated = QCheckBox(_("Hẹn lại một lần, vào lúc"))
        self.new_due = DateTimeEdit()
        texts.spaced(self.new_due)
        self.new_due.setDisplayFormat("HH:mm  dd/MM/yyyy")
        self.new_due.setCalendarPopup(True)
        self.dated.toggled.connect(self.new_due.setEnabled)
        for text, _fault in FAULT:
            self.fault.addItem(_(text))
        self.errors = {
            name: texts.words("", "error") for name in ("cause", "reason", "new_due", "responsible")
        }
        self._name_fields()
        self._lay_out()

    def _name_fields(self) -> None:
        for widget, name in (
            (self.cause, _("Nguyên nhân")),
            (self.responsible, _("Đề nghị người chịu trách nhiệm")),
            (self.fault, _("Lỗi")),
            (self.reason, _("Lý do")),
            (self.new_due, _("Ngày hẹn mới")),
            (self.dated, _("Có hẹn lại")),
        ):
            widget.setAccessibleName(name)
        for name, places in (
            ("cause", (self.cause,)),
            ("reason", (self.reason,)),
            ("new_due", (self.new_due, self.dated)),
            ("responsible", (self.responsible, self.fault)),
        ):
            for place in places:
                when_changed(place, self.errors[name].hide)
        self.dated.toggled.connect(self._say_only_once)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(_("Nguyên nhân"), self.cause)
        form.addRow(self.errors["cause"])
        form.addRow(_("Lý do ghi trong thư"), self.reason)
        form.addRow(self.errors["reason"])
        form.addRow(self.dated)
        form.addRow(self.new_due)
        form.addRow(self.errors["new_due"])
        form.addRow(_("Đề nghị người chịu trách nhiệm"), self.responsible)
        form.addRow(self.fault)
        form.addRow(self.errors["responsible"])

    def show_choices(
        self, causes: Sequence[Cause], officials: Sequence[Official], order: str
    ) -> None:
        """Fill the lists; `order`: the one behind the rule of one re-appointment, in brackets."""
        self._order = order
        for cause in causes:
            self.cause.addItem(_(cause.label), cause.code)
        self.responsible.addItem(_("chưa xác định"), None)
        for official in officials:
            self.responsible.addItem(official.name, official.id)

    # --- one letter -------------------------------------------------------------------------------

    def fill(
        self, dossier: Dossier, draft: Letter | None, proposed: datetime, me: Official | None
    ) -> None:
        """Show the draft that waits, or an empty form, or what was typed into it and not drafted.

        `proposed` stands as the new day where the draft has none.
        """
        self._dossier = dossier
        fresh = dossier.ready is None and dossier.second_due is None
        self.new_due.setDateTime(_qt(draft.new_due if draft and draft.new_due else proposed))
        self._write(
            LetterText(
                cause=draft.cause if draft else self.cause.itemData(0),
                reason=draft.reason if draft else "",
                new_due=_python(self.new_due.dateTime())
                if (draft.new_due is not None if draft else fresh)
                else None,
                responsible=draft.responsible if draft else None,
                own_fault=draft.own_fault if draft else None,
            )
        )
        self._loaded = self.text()
        typed = self._typed.pop(dossier.code, None)
        if typed is not None:
            self._write(typed)
        self._fix_proposal(draft, me)

    def text(self) -> LetterText:
        """Return the letter as it stands in the fields."""
        return LetterText(
            cause=self.cause.currentData(),
            reason=self.reason.toPlainText(),
            new_due=_python(self.new_due.dateTime()) if self.dated.isChecked() else None,
            responsible=self.responsible.currentData(),
            own_fault=FAULT[self.fault.currentIndex()][1],
        )

    def drafted(self) -> None:
        """Take what stands in the fields for the draft from now on."""
        self._loaded = self.text()

    def is_edited(self) -> bool:
        """True where a form is shown and differs from its draft."""
        shown = self._dossier is not None and not self.isHidden()
        return shown and self.text() != self._loaded

    def put_away(self) -> None:
        """Keep what was typed for its dossier; the form is nobody's until it is filled again."""
        if self._dossier is not None and self.is_edited():
            self._typed[self._dossier.code] = self.text()
        self._dossier = None

    def _write(self, text: LetterText) -> None:
        self.cause.setCurrentIndex(self.cause.findData(text.cause))
        self.reason.setPlainText(text.reason)
        self.dated.setChecked(text.new_due is not None)
        self.new_due.setEnabled(text.new_due is not None)
        if text.new_due is not None:
            self.new_due.setDateTime(_qt(text.new_due))
        self.responsible.setCurrentIndex(self.responsible.findData(text.responsible))
        self.fault.setCurrentIndex([value for _text, value in FAULT].index(text.own_fault))

    def _fix_proposal(self, draft: Letter | None, me: Official | None) -> None:
        """Whoever the draft names reads what is proposed, and cannot name another."""
        own = draft is not None and me is not None and draft.responsible == me.id
        why = _("Thư đề nghị chính bạn chịu trách nhiệm; bạn không đổi được.") if own else ""
        for made in (self.responsible, self.fault):
            made.setEnabled(not own)
            made.setToolTip(why)

    # --- refusals ---------------------------------------------------------------------------------

    def _say_only_once(self, dated: bool) -> None:
        """A second re-appointment is refused as soon as it is asked for."""
        if dated and self._dossier is not None and self._dossier.second_due is not None:
            self.errors["new_due"].setText(_(_ONLY_ONCE).format(order=self._order))
            self.errors["new_due"].show()

    def show_error(self, error: DeskError | None) -> None:
        """Show a refusal at its field, or as a notice where it is of none; None clears all."""
        field = error.field if isinstance(error, Refused) else None
        for name, label in self.errors.items():
            label.setText(error.message if error and name == field else "")
        places = {"reason": self.reason, "new_due": self.new_due}
        for place in places.values():
            mark(place, False)
        if error and field not in self.errors:
            notices.trouble(error.message)
        elif field in places:
            mark_wrong(places[field])


def _qt(at: datetime) -> QDateTime:
    return QDateTime(at.year, at.month, at.day, at.hour, at.minute, 0)


def _python(at: QDateTime) -> datetime:
    day, clock = at.date(), at.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())
