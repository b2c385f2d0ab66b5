"""Ai: the owner of the dossier, its submitter, and what the desk has about them.

Nothing that was typed is changed but by a key of the clerk; what the program filled in is said, and
Alt+Z takes it out again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.actions.intake.people import Known
from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    normalise_phone,
    tidy_id_number,
)
from cchc_desk.domain.people.birth import birth_text
from cchc_desk.domain.people.identity_card import number_facts
from cchc_desk.domain.people.names import organisation_with_capitals, with_capitals
from cchc_desk.i18n import _, later
from ui.intake.form import IntakeForm
from ui.intake.person.address_list import AddressList
from ui.intake.person.filled_in import FilledIn, put, write
from ui.intake.person.hint import Hint
from ui.intake.person.known_offer import KnownOffer
from ui.intake.person.last_procedures import LastProcedures
from ui.intake.person.person_notes import PersonNotes
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
_ONCE = Qt.ConnectionType.SingleShotConnection
_CARD = later("thẻ vừa quét")
_WHOLE_NUMBER = {
    ApplicantKind.PERSON.value: (9, 12),
    ApplicantKind.ORGANISATION.value: (10, 12, 13),
}
_WHOLE_PHONE = (10, 11)


class PersonPanel(QWidget):
    """The owner's and the submitter's fields.

    `edited` comes after every change, `person_left` when what the owner can be known or doubted by
    was typed, `recognisable` with the name of a field whose text may be known to the desk, `known`
    when the clerk took what is.
    """

    edited = Signal()
    person_left = Signal()
    recognisable = Signal(str)
    known = Signal()

    def __init__(
        self, this_year: int, short_name: Callable[[str, str], str], page: QWidget
    ) -> None:
        """`short_name` has code and full name of a procedure."""
        super().__init__()
        self._this_year = this_year
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
        self.errors = {name: texts.words("", "error") for name in _TEXTS}
        self.filled = Hint(_("Bỏ"), self.take_back, "Alt+Z", page, _("Bỏ phần máy điền"))
        self._filled = FilledIn(self.fields, {"kind": self.kind, "sex": self.sex}, self.filled)
        self.capitals = Hint(
            _("Viết hoa"), self.write_capitals, "Alt+H", page, _("Viết hoa họ tên")
        )
        self._capitals_under = "name"  # the field under which they are offered
        self.offer = KnownOffer(self, page, self.fields.values())
        self.addresses = AddressList(self.fields["address"], page)
        self.fields["address"].setPlaceholderText(_("vài chữ của đường, phường; ↓ Enter"))
        self.today = Hint(
            _("Viết lại"),
            self.write_address_of_today,
            "Alt+D",
            page,
            _("Viết địa chỉ theo phường, xã nay"),
        )
        self.last = LastProcedures(short_name, page)
        self.notes = PersonNotes(short_name)
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
        self._row(self._form, "name")
        self._form.addRow(self.capitals)
        for name in ("id_number", "born"):
            self._row(self._form, name)
        self._form.addRow(_("Giới tính"), self.sex)
        for name in ("representative", "address"):
            self._row(self._form, name)
        self._form.addRow(self.today)
        for name in ("phone", "email"):
            self._row(self._form, name)
        column.addLayout(self._form)
        column.addWidget(self.last)
        column.addWidget(self.filled)
        column.addWidget(self.notes.warnings)
        column.addWidget(self.notes.others)
        for name in _SUBMITTER:
            self._row(self.submitter.form, name)
        column.addWidget(self.submitter)
        column.addStretch(1)

    def _row(self, form: QFormLayout, name: str) -> None:
        field = self.fields[name]
        field.setAccessibleName(_(_TEXTS[name]))
        form.addRow(_(_TEXTS[name]), field)
        form.addRow(self.errors[name])
        self.errors[name].hide()

    def _connect(self) -> None:
        for field in self.fields.values():
            field.textEdited.connect(self.edited)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        for box in (self.kind, self.sex):
            box.currentIndexChanged.connect(self.edited)
        self.submitter.changed.connect(self.edited)
        for name in ("phone", "submitter_phone"):
            self.fields[name].editingFinished.connect(lambda name=name: self._tidy_phone(name))
        for name in ("id_number", "submitter_id_number"):
            self.fields[name].editingFinished.connect(lambda name=name: self._tidy_number(name))
        for name in ("name", "representative", "submitter_name"):
            self.fields[name].editingFinished.connect(self._name_left)
        self.fields["name"].editingFinished.connect(self._organisation_left)
        self.fields["id_number"].editingFinished.connect(self._fill_by_number)
        for name in ("id_number", "born", "address", "phone", "submitter_phone"):
            self.fields[name].editingFinished.connect(self.person_left)
        self.sex.currentIndexChanged.connect(self.person_left)
        self.sex.installEventFilter(self)
        for name in ("id_number", "submitter_id_number", "phone"):
            self.fields[name].textEdited.connect(lambda text, name=name: self._typed(name, text))
        self.fields["address"].textChanged.connect(self._address_changed)
        self.offer.taken.connect(self._take_known)

    def stops(self) -> list[QWidget]:
        """The fields in the order of work."""
        names = ("representative", "address", "phone", "email", *_SUBMITTER)
        first = (self.fields[name] for name in ("name", "id_number", "born"))
        return [self.kind, *first, self.sex, *(self.fields[name] for name in names)]

    def switch_kind(self) -> None:
        """A person becomes an organisation and back; what was typed stays."""
        if self.isEnabled():
            self.kind.setCurrentIndex(1 - self.kind.currentIndex())

    @property
    def is_person(self) -> bool:
        return bool(self.kind.currentData() == ApplicantKind.PERSON.value)

    def is_submitters(self, widget: QWidget | None) -> bool:
        """Return True for a field of the submitter."""
        return any(widget is self.fields[name] for name in _SUBMITTER)

    def submitter_lacks(self) -> QLineEdit | None:
        """Return the submitter's first empty field among those that no card fills, if any."""
        asked = (self.fields[name] for name in ("submitter_phone", "submitter_relation"))
        return next((field for field in asked if not field.text().strip()), None)

    def _tidy_phone(self, name: str) -> None:
        field, tidy = self.fields[name], normalise_phone(self.fields[name].text())
        if field.text() != tidy:
            write(field, tidy)

    def _tidy_number(self, name: str) -> None:
        is_of_person = self.is_person or name in _SUBMITTER
        kind = ApplicantKind.PERSON if is_of_person else ApplicantKind.ORGANISATION
        field, tidy = self.fields[name], tidy_id_number(self.fields[name].text(), kind)
        if field.text() != tidy:
            write(field, tidy)

    def _kind_changed(self) -> None:
        person = self.is_person
        for name, organisation_text in _ORGANISATION_TEXTS.items():
            text = _(_TEXTS[name] if person else organisation_text)
            self.fields[name].setAccessibleName(text)
            label = self._form.labelForField(self.fields[name])
            if isinstance(label, QLabel):
                label.setText(text)
        self._form.setRowVisible(self.fields["born"], person)
        self._form.setRowVisible(self.sex, person)
        self._form.setRowVisible(self.fields["representative"], not person)
        if not self.capitals.isHidden():
            self._name_left()  # the other kind has other capitals

    def show_error(self, field: str, message: str) -> None:
        label, line = self.errors[field], self.fields[field]
        if message and field in _SUBMITTER:
            self.submitter.unfold(True)
        if label.text() == message:
            return
        if message:  # until it is typed in again
            line.textChanged.connect(lambda _text: self.show_error(field, ""), _ONCE)
        label.setText(message)
        label.setVisible(bool(message))
        line.setProperty("wrong", bool(message))
        line.style().polish(line)

    def read(self, form: IntakeForm) -> IntakeForm:
        """Return `form` with the values of these fields."""
        typed: dict[str, Any] = {name: field.text() for name, field in self.fields.items()}
        return replace(form, kind=self.kind.currentData(), sex=self.sex.currentData(), **typed)

    def show_form(self, form: IntakeForm) -> None:
        self.kind.setCurrentIndex(self.kind.findData(form.kind))
        self.sex.setCurrentIndex(self.sex.findData(form.sex))
        for name, field in self.fields.items():
            put(field, getattr(form, name))
            self.show_error(name, "")
        self.submitter.show_fields()
        self._filled.forget()
        self.offer.drop()
        self.addresses.close_list()
        self.last.show_procedures(())
        self.capitals.say("")
        self.notes.forget()

    def fill_from_card(self, reading: CardReading, same_person: bool) -> None:
        """Fill the owner from a card; what it lacks stays as typed, or as the desk has it."""
        card, known = reading.card, reading.known
        typed = {
            name: self.fields[name].text() if same_person else "" for name in ("phone", "email")
        }
        self.offer.drop()
        self._filled.fill(
            {
                "kind": ApplicantKind.PERSON.value,
                "name": card.name,
                "id_number": card.id_number,
                "born": birth_text(card.born),
                "sex": card.sex,
                "address": card.address or (known.address if known else ""),
                "phone": typed["phone"] or (known.phone if known else ""),
                "email": typed["email"] or (known.email if known else ""),
            },
            _(_CARD),
            anew=True,
        )
        self.capitals.say("")
        self.notes.keep_card(card.id_number, reading.warnings)
        self.notes.show_warnings((), card.id_number)
        self.notes.show_open_dossiers(reading.open_dossiers)
        self.last.show_procedures(reading.procedures)
        self.edited.emit()

    def fill_submitter(self, reading: CardReading) -> None:
        """Fill the submitter from a card; the phone is another person's unless it is the same."""
        card, known = reading.card, reading.known
        same = self.fields["submitter_id_number"].text().strip() in ("", card.id_number)
        phone = self.fields["submitter_phone"].text() if same else ""
        values = {
            "submitter_name": card.name,
            "submitter_id_number": card.id_number,
            "submitter_phone": phone or (known.phone if known else ""),
        }
        self.offer.drop()
        self._filled.fill(values, _(_CARD), anew=True)
        self.submitter.unfold(True)
        self.edited.emit()

    # --- what the program fills in ----------------------------------------------------------------

    def _typed(self, name: str, text: str) -> None:
        """A number that is whole may be known to the desk."""
        if self.offer.is_open:
            self.offer.drop()
        digits = sum(map(str.isdigit, text))
        kind = ApplicantKind.PERSON.value if name in _SUBMITTER else self.kind.currentData()
        whole = _WHOLE_PHONE if name == "phone" else _WHOLE_NUMBER[kind]
        is_owner_open = not self.fields["name"].text() and not self.fields["id_number"].text()
        if digits in whole and (name != "phone" or is_owner_open):
            self.recognisable.emit(name)

    def _name_left(self) -> None:
        """Offer capitals for the names."""
        better = self._with_capitals()
        if better:
            self._put_capitals(next(iter(better)))
        self.capitals.say(" · ".join(better.values()))

    def _put_capitals(self, name: str) -> None:
        """Let the offer stand under the field of this name, where it is read as that one's."""
        if name != self._capitals_under:
            self._form_of(self._capitals_under).takeRow(self.capitals)
            form, self._capitals_under = self._form_of(name), name
            row = form.getWidgetPosition(self.errors[name])[0]  # type: ignore[index]
            form.insertRow(row + 1, self.capitals)

    def _form_of(self, name: str) -> QFormLayout:
        return self.submitter.form if name in _SUBMITTER else self._form

    def _organisation_left(self) -> None:
        """An organisation may be known by its name."""
        name, number = self.fields["name"].text(), self.fields["id_number"].text()
        if not self.is_person and name.strip() and not number:
            self.recognisable.emit("name")

    def _with_capitals(self) -> dict[str, str]:
        """Return the names that are not written with capitals, as they should be."""
        writing = {"name": with_capitals, "submitter_name": with_capitals}
        if not self.is_person:
            writing |= {"name": organisation_with_capitals, "representative": with_capitals}
        names = {field: " ".join(self.fields[field].text().split()) for field in writing}
        better = {field: write_it(names[field]) for field, write_it in writing.items()}
        return {field: name for field, name in better.items() if name != names[field]}

    def write_capitals(self) -> None:
        """Writes the names with capitals; Ctrl+Z in the field brings back what was typed."""
        for field, name in self._with_capitals().items():
            write(self.fields[field], name)
        self.capitals.say("")
        self.edited.emit()

    def _address_changed(self) -> None:
        """Say which commune an old address is in today, once it is whole."""
        today = self.addresses.renewed()
        self.today.say(_("Nay là: {address}").format(address=today) if today else "")

    def write_address_of_today(self) -> None:
        """Writes the commune of today; Ctrl+Z in the field brings back the older one."""
        write(self.fields["address"], self.addresses.renewed())
        self.edited.emit()

    def offer_known(self, name: str, text: str, choices: Sequence[Known]) -> None:
        """Offer who is known by `text`, if it still stands in the field `name`."""
        field = self.fields[name]
        if field.text() != text:
            return
        new = [
            known
            for known in choices
            if self._is_news(name, known.applicant)
            and (name in _SUBMITTER or known.applicant.id_number != self.notes.on_card)
        ]
        if new:
            self.offer.offer(new, self.submitter.form if name in _SUBMITTER else self._form, field)
        elif choices and name not in _SUBMITTER:
            self.last.show_procedures(choices[0].procedures)

    def _is_news(self, name: str, who: Applicant) -> bool:
        values = self._values_of(name, who)
        return any(value and value != self._filled.value(field) for field, value in values.items())

    def _values_of(self, name: str, who: Applicant) -> dict[str, str]:
        """Return what `who` puts into which fields, when recognised in the field `name`."""
        if name in _SUBMITTER:
            values = {"submitter_name": who.name, "submitter_id_number": who.id_number}
            return values | self._filled.kept({"submitter_phone": who.phone})
        return {
            "kind": who.kind.value,
            "name": who.name,
            "id_number": who.id_number,
        } | self._filled.kept(
            {
                "born": birth_text(who.born),
                "sex": who.sex,
                "address": who.address,
                "phone": who.phone,
                "email": who.email,
                "representative": who.representative,
            }
        )

    def _take_known(self, known: Known, field: QWidget) -> None:
        name = next(name for name, one in self.fields.items() if one is field)
        self._filled.fill(self._values_of(name, known.applicant), _("sổ của quầy"))
        self.capitals.say("")
        self.edited.emit()
        if name in _SUBMITTER:
            (self.submitter_lacks() or self.fields["submitter_relation"]).setFocus()
            return
        self.last.show_procedures(known.procedures)
        self.person_left.emit()
        self.known.emit()

    def _fill_by_number(self) -> None:
        """Sex and birth year stand in the number: fill them in where nothing was typed."""
        said = number_facts(self.fields["id_number"].text())
        if not self.is_person or said is None or said.birth_year > self._this_year:
            return
        year = str(said.birth_year)
        values = self._filled.kept({"sex": said.sex, "born": year})
        if self._filled.value("born").endswith(year):
            values.pop("born", None)  # the whole day stands there already
        if any(self._filled.value(name) != value for name, value in values.items()):
            self._filled.fill(values, _("số định danh"))
            self.edited.emit()

    def take_back(self) -> None:
        """Takes out what the program filled in; what was typed since stays."""
        self._filled.take_back()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter for the sex chooses as ever where the program has filled it in: N is Nam."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.text().isalpha()
            and self._filled.take_over("sex")
        ):
            self.sex.blockSignals(True)
            self.sex.setCurrentIndex(0)
            self.sex.blockSignals(False)
        return super().eventFilter(watched, event)
