"""Ai: the owner of the dossier, its submitter, and what the desk has about them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.applicant import ApplicantKind, normalise_phone
from cchc_desk.i18n import _, _n, later
from ui import formatting
from ui.intake.form import IntakeForm
from ui.look import texts
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.date_field import DayField
from ui.widgets.layout.optional_fields import OptionalFields

SEXES = ("", later("Nam"), later("Nữ"))  # as a dossier keeps them
_TEXTS = {
    "name": later("Họ tên"),
    "id_number": later("Số định danh"),
    "born": later("Ngày sinh"),
    "address": later("Địa chỉ"),
    "phone": later("Điện thoại"),
    "email": later("Email"),
    "representative": later("Người đại diện"),
    "submitter_name": later("Người nộp"),
    "submitter_id_number": later("Số giấy tờ"),
    "submitter_phone": later("Điện thoại"),
    "submitter_relation": later("Quan hệ"),
}
_ORGANISATION_TEXTS = {"name": later("Tên tổ chức"), "id_number": later("Mã số thuế")}
_SUBMITTER = ("submitter_name", "submitter_id_number", "submitter_phone", "submitter_relation")
_LONG = ("name", "address")  # the whole width of the column, their words above them
_DOSSIERS_SHOWN = 4


class PersonPanel(QWidget):
    """The owner's and the submitter's fields.

    `edited` comes after every change, `person_left` when what the owner can be known or doubted by
    was typed.
    """

    edited = Signal()
    person_left = Signal()

    def __init__(self, this_year: int, page: QWidget) -> None:
        super().__init__()
        self.kind = ComboBox()
        self.kind.addItem(_("Cá nhân  ·  Alt+T"), ApplicantKind.PERSON.value)
        self.kind.addItem(_("Tổ chức  ·  Alt+T"), ApplicantKind.ORGANISATION.value)
        self.kind.setAccessibleName(_("Cá nhân hay tổ chức"))
        self.sex = ComboBox()
        for sex in SEXES:
            self.sex.addItem(_(sex), sex)
        self.sex.setAccessibleName(_("Giới tính"))
        self.fields: dict[str, QLineEdit] = {
            name: DayField(_(label), this_year) if name == "born" else QLineEdit()
            for name, label in _TEXTS.items()
        }
        self.labels: dict[str, QLabel] = {}  # those above their fields
        self.errors = {name: texts.words("", "error") for name in _TEXTS}
        self._card_doubts: tuple[str, tuple[str, ...]] = ("", ())
        self.warnings = texts.words("", "warning")
        self.others = texts.words("", "warning")
        submitter = {name: self.fields[name] for name in _SUBMITTER}
        self.submitter = OptionalFields(
            _("Người khác nộp thay"), _("Chủ hồ sơ tự nộp"), "Alt+N", page, submitter
        )
        self._form = QFormLayout()
        self._lay_out()
        self._connect()
        texts.shortcut(page, "Alt+T", self.switch_kind, _("Cá nhân hay tổ chức"))
        self._kind_changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words(_("1. Ai – quét thẻ căn cước hoặc gõ"), "section"))
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(_("Chủ hồ sơ"), self.kind)
        for name in ("name", "id_number", "born"):
            self._row(self._form, name)
        self._form.addRow(_("Giới tính"), self.sex)
        for name in ("representative", "address", "phone", "email"):
            self._row(self._form, name)
        column.addLayout(self._form)
        column.addWidget(self.warnings)
        column.addWidget(self.others)
        for name in _SUBMITTER:
            self._row(self.submitter.form, name)
        column.addWidget(self.submitter)
        column.addStretch(1)
        self.warnings.hide()
        self.others.hide()

    def _row(self, form: QFormLayout, name: str) -> None:
        field = self.fields[name]
        field.setAccessibleName(_(_TEXTS[name]))
        if name in _LONG:
            label = self.labels[name] = texts.words(_(_TEXTS[name]), wrap=False)
            label.setBuddy(field)
            form.addRow(label)
            form.addRow(field)
        else:
            form.addRow(_(_TEXTS[name]), field)
        form.addRow(self.errors[name])
        self.errors[name].hide()

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.textEdited.connect(self.edited)
            field.textChanged.connect(lambda _, name=name: self.show_error(name, ""))
        self.kind.currentIndexChanged.connect(self._kind_changed)
        for box in (self.kind, self.sex):
            box.currentIndexChanged.connect(self.edited)
        self.submitter.changed.connect(self.edited)
        for name in ("phone", "submitter_phone"):
            self.fields[name].editingFinished.connect(lambda name=name: self._tidy_phone(name))
        for name in ("id_number", "born", "phone", "submitter_phone"):
            self.fields[name].editingFinished.connect(self.person_left)
        self.sex.currentIndexChanged.connect(self.person_left)

    def stops(self) -> list[QWidget]:
        """The fields in the order of work."""
        names = ("representative", "address", "phone", "email", *_SUBMITTER)
        first = (self.fields[name] for name in ("name", "id_number", "born"))
        return [self.kind, *first, self.sex, *(self.fields[name] for name in names)]

    def switch_kind(self) -> None:
        """A person becomes an organisation and back; what was typed stays."""
        self.kind.setCurrentIndex(1 - self.kind.currentIndex())

    def _tidy_phone(self, name: str) -> None:
        field, tidy = self.fields[name], normalise_phone(self.fields[name].text())
        if field.text() != tidy:  # setText forgets what Ctrl+Z could take back
            field.setText(tidy)

    def _kind_changed(self) -> None:
        person = self.kind.currentData() == ApplicantKind.PERSON.value
        for name, organisation_text in _ORGANISATION_TEXTS.items():
            text = _(_TEXTS[name] if person else organisation_text)
            self.fields[name].setAccessibleName(text)
            label = self.labels.get(name) or self._form.labelForField(self.fields[name])
            if isinstance(label, QLabel):
                label.setText(text)
        self._form.setRowVisible(self.fields["born"], person)
        self._form.setRowVisible(self.sex, person)
        self._form.setRowVisible(self.fields["representative"], not person)

    def show_error(self, field: str, message: str) -> None:
        label, line = self.errors[field], self.fields[field]
        if message and field in _SUBMITTER:
            self.submitter.unfold(True)
        if label.text() == message:
            return
        label.setText(message)
        label.setVisible(bool(message))
        line.setProperty("wrong", bool(message))
        line.style().polish(line)

    def show_open_dossiers(self, rows: Sequence[DossierRow]) -> None:
        """The person's dossiers that are not closed: perhaps it was handed in already."""
        lines = [
            _("⚠ Đang có {code}: {procedure_name} – {state}").format(
                code=row.code, procedure_name=row.procedure_name, state=formatting.state(row)
            )
            for row in rows[:_DOSSIERS_SHOWN]
        ]
        more = len(rows) - _DOSSIERS_SHOWN
        self.others.setText(
            "\n".join(
                [*lines, _n("và {more} hồ sơ nữa", more).format(more=more)] if more > 0 else lines
            )
        )
        self.others.setVisible(bool(lines))

    def show_warnings(self, sentences: Sequence[str]) -> None:
        """Show the doubts about the owner, below those about their card."""
        number, doubts = self._card_doubts
        of_card = doubts if number == self.fields["id_number"].text() else ()
        lines = [f"⚠ {sentence}" for sentence in dict.fromkeys((*of_card, *sentences))]
        self.warnings.setText("\n".join(lines))
        self.warnings.setVisible(bool(lines))

    def read(self, form: IntakeForm) -> IntakeForm:
        """Return `form` with the values of these fields."""
        typed: dict[str, Any] = {name: field.text() for name, field in self.fields.items()}
        return replace(form, kind=self.kind.currentData(), sex=self.sex.currentData(), **typed)

    def show_form(self, form: IntakeForm) -> None:
        self.kind.setCurrentIndex(self.kind.findData(form.kind))
        self.sex.setCurrentIndex(self.sex.findData(form.sex))
        for name, field in self.fields.items():
            _put(field, getattr(form, name))
            self.show_error(name, "")
        self.submitter.show_fields()
        self.show_warnings(())
        self.show_open_dossiers(())

    def fill_from_card(self, reading: CardReading, same_person: bool) -> None:
        """Fill the owner from a card; what it lacks stays as typed, or as the desk has it."""
        card, known = reading.card, reading.known
        typed = {
            name: self.fields[name].text() if same_person else "" for name in ("phone", "email")
        }
        values = {
            "name": card.name,
            "id_number": card.id_number,
            "born": f"{card.born:%d/%m/%Y}" if card.born else card.born_text,
            "address": card.address or (known.address if known else ""),
            "phone": typed["phone"] or (known.phone if known else ""),
            "email": typed["email"] or (known.email if known else ""),
        }
        self.kind.setCurrentIndex(0)
        for name, value in values.items():
            _put(self.fields[name], value)
        self.sex.setCurrentIndex(self.sex.findData(card.sex))
        self._card_doubts = (card.id_number, reading.warnings)
        self.show_warnings(())
        self.show_open_dossiers(reading.open_dossiers)
        self.edited.emit()

    def fill_submitter(self, reading: CardReading) -> None:
        _put(self.fields["submitter_name"], reading.card.name)
        _put(self.fields["submitter_id_number"], reading.card.id_number)
        self.submitter.unfold(True)
        self.edited.emit()


def _put(field: QLineEdit, text: str) -> None:
    """The text from its beginning, where it is longer than the field."""
    field.setText(text)
    field.setCursorPosition(0)
