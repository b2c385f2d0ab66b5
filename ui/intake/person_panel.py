"""Ai: whose dossier it is, who brought it, and what the desk knows of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.intake import CardReading
from cchc_desk.domain.applicant import ApplicantKind, normalise_phone
from cchc_desk.domain.listing import DossierRow
from ui import words
from ui.intake.form import IntakeForm
from ui.look import texts
from ui.widgets.date_field import DayField

_TEXTS = {
    "name": "Họ tên",
    "id_number": "Số định danh",
    "born": "Ngày sinh",
    "address": "Địa chỉ",
    "phone": "Điện thoại",
    "email": "Email",
    "representative": "Người đại diện",
    "submitter_name": "Người nộp",
    "submitter_id_number": "Số giấy tờ",
    "submitter_phone": "Điện thoại",
    "submitter_relation": "Quan hệ",
}
_ORGANISATION_NAMES = {"name": "Tên tổ chức", "id_number": "Mã số thuế/ĐK"}


class PersonPanel(QWidget):
    """The owner's and the submitter's fields; `edited` after every change, `number_left` when the number was typed."""

    edited = Signal()
    number_left = Signal()

    def __init__(self, this_year: int) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.addItem("Cá nhân", ApplicantKind.PERSON.value)
        self.kind.addItem("Tổ chức", ApplicantKind.ORGANISATION.value)
        self.kind.setAccessibleName("Cá nhân hay tổ chức")
        self.sex = QComboBox()
        self.sex.addItems(["", "Nam", "Nữ"])
        self.sex.setAccessibleName("Giới tính")
        self.fields: dict[str, QLineEdit] = {
            name: DayField(label, this_year) if name == "born" else QLineEdit() for name, label in _TEXTS.items()
        }
        self.errors = {name: texts.words("", "error") for name in _TEXTS}
        self.warnings = texts.words("", "warning")
        self.others = texts.words("", "warning")
        self.submitter = QWidget()
        self._lay_out()
        self._connect()
        self._kind_changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words("1. Ai – quét thẻ căn cước hoặc gõ", "section"))
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow("Chủ hồ sơ", self.kind)
        for name in ("name", "id_number", "born"):
            self._row(self._form, name)
        self._form.addRow("Giới tính", self.sex)
        for name in ("representative", "address", "phone", "email"):
            self._row(self._form, name)
        column.addLayout(self._form)
        column.addWidget(self.warnings)
        column.addWidget(self.others)
        self.fold = texts.button("Người khác nộp thay", self.toggle_submitter, "Alt+N", self)
        column.addWidget(self.fold)
        form = QFormLayout(self.submitter)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name in ("submitter_name", "submitter_id_number", "submitter_phone", "submitter_relation"):
            self._row(form, name)
        self.submitter.hide()
        column.addWidget(self.submitter)
        column.addStretch(1)

    def _row(self, form: QFormLayout, name: str) -> None:
        field = self.fields[name]
        field.setAccessibleName(_TEXTS[name])
        form.addRow(_TEXTS[name], field)
        form.addRow(self.errors[name])
        self.errors[name].hide()

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.textEdited.connect(self.edited)
            field.returnPressed.connect(self.focusNextChild)
            field.textChanged.connect(lambda _, name=name: self.show_error(name, ""))
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.kind.currentIndexChanged.connect(self.edited)
        self.sex.currentIndexChanged.connect(self.edited)
        self.fields["id_number"].editingFinished.connect(self.number_left)
        for name in ("phone", "submitter_phone"):
            self.fields[name].editingFinished.connect(lambda name=name: self._tidy_phone(name))

    def _tidy_phone(self, name: str) -> None:
        self.fields[name].setText(normalise_phone(self.fields[name].text()))

    def _kind_changed(self) -> None:
        person = self.kind.currentData() == ApplicantKind.PERSON.value
        for name in ("name", "id_number"):
            label = self._form.labelForField(self.fields[name])
            label.setText(_TEXTS[name] if person else _ORGANISATION_NAMES[name])  # type: ignore[attr-defined]
        self._form.setRowVisible(self.fields["born"], person)
        self._form.setRowVisible(self.sex, person)
        self._form.setRowVisible(self.fields["representative"], not person)

    def toggle_submitter(self) -> None:
        """Unfolds the fields of the one who brings it for the owner, or folds them away, emptied."""
        unfolded = self.submitter.isHidden()
        self.submitter.setVisible(unfolded)
        if unfolded:
            self.fields["submitter_name"].setFocus()
            return
        for name in self.fields:
            if name.startswith("submitter_"):
                self.fields[name].clear()
        self.edited.emit()

    def show_error(self, field: str, message: str) -> None:
        label = self.errors[field]
        label.setText(message)
        label.setVisible(bool(message))
        line = self.fields[field]
        line.setProperty("wrong", bool(message))
        line.style().polish(line)

    def show_open_dossiers(self, rows: Sequence[DossierRow]) -> None:
        """The person's dossiers that are not closed: perhaps it was handed in already."""
        lines = [f"⚠ Đang có {row.code}: {row.procedure_name} – {words.state(row)}" for row in rows[:4]]
        self.others.setText("\n".join(lines))
        self.others.setVisible(bool(lines))

    def show_warnings(self, sentences: Sequence[str]) -> None:
        self.warnings.setText("\n".join(f"⚠ {sentence}" for sentence in sentences))
        self.warnings.setVisible(bool(sentences))

    def read(self, form: IntakeForm) -> IntakeForm:
        """`form` with what stands in these fields."""
        typed: dict[str, Any] = {name: field.text() for name, field in self.fields.items()}
        return replace(form, kind=self.kind.currentData(), sex=self.sex.currentText(), **typed)

    def show_form(self, form: IntakeForm) -> None:
        self.kind.setCurrentIndex(self.kind.findData(form.kind))
        self.sex.setCurrentText(form.sex)
        for name, field in self.fields.items():
            field.setText(getattr(form, name))
            self.show_error(name, "")
        self.submitter.setVisible(bool(form.submitter_name or form.submitter_id_number))
        self.show_warnings(())
        self.show_open_dossiers(())

    def fill_from_card(self, reading: CardReading) -> None:
        """The owner from a scanned card; phone and address as the desk knows them where the card has none."""
        card, known = reading.card, reading.known
        self.kind.setCurrentIndex(0)
        values = {
            "name": card.name,
            "id_number": card.id_number,
            "born": f"{card.born:%d/%m/%Y}" if card.born else "",
            "address": card.address or (known.address if known else ""),
            "phone": self.fields["phone"].text() or (known.phone if known else ""),
            "email": self.fields["email"].text() or (known.email if known else ""),
        }
        for name, value in values.items():
            self.fields[name].setText(value)
        self.sex.setCurrentText(card.sex)
        self.show_warnings(reading.warnings)
        self.show_open_dossiers(reading.open_dossiers)
        self.edited.emit()

    def fill_submitter(self, reading: CardReading) -> None:
        self.submitter.show()
        self.fields["submitter_name"].setText(reading.card.name)
        self.fields["submitter_id_number"].setText(reading.card.id_number)
        self.edited.emit()
