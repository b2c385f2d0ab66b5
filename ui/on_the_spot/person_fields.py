"""The citizen who waits: name and number, typed, or as a card or an earlier dossier has them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cchc_desk.actions.intake import people
from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.actions.intake.people import Known
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.names import citizen_with_capitals
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.intake.person.filled_in import write
from ui.intake.person.hint import Hint
from ui.look import texts
from ui.on_the_spot.words import heading, say, show_trouble
from ui.shell import jobs
from ui.widgets.fields.error_row import when_changed


class PersonFields(QWidget):
    """Two fields; a number that is known fills the name where none is typed."""

    name_left = Signal(str)  # what was typed, where the focus left the name

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """`page`: where the key that writes capitals works."""
        super().__init__()
        self._desk = desk
        self._known = Applicant(ApplicantKind.PERSON, "")  # as a card or an earlier dossier has it
        self.name, self.id_number = QLineEdit(), QLineEdit()
        self.capitals = Hint(
            _("Viết hoa"), self.write_capitals, "Alt+H", page, _("Viết hoa họ tên")
        )
        self.errors = {name: texts.words("", "error") for name in ("name", "id_number")}
        self.name.setAccessibleName(_("Họ tên"))
        self.name.setPlaceholderText(_("quét thẻ hay giấy hẹn, hoặc gõ họ tên"))
        self.id_number.setAccessibleName(_("Số giấy tờ tùy thân"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(heading(_("Họ tên"), self.name, "quiet"), 0, 0)
        grid.addWidget(heading(_("Số giấy tờ tùy thân"), self.id_number, "quiet"), 0, 1)
        grid.addWidget(self.name, 1, 0)
        grid.addWidget(self.id_number, 1, 1)
        grid.addWidget(self.capitals, 2, 0, 1, 2)
        grid.addWidget(self.errors["name"], 3, 0, 1, 2)
        grid.addWidget(self.errors["id_number"], 4, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setVerticalSpacing(2)
        self.name.editingFinished.connect(self._name_left)
        self.id_number.editingFinished.connect(self._recognise)
        for field, name in ((self.name, "name"), (self.id_number, "id_number")):
            when_changed(field, partial(say, self.errors[name], ""))

    def empty(self) -> None:
        """Forget the citizen."""
        self._known = Applicant(ApplicantKind.PERSON, "")
        for field in (self.name, self.id_number):
            field.setText("")  # unlike clear(), it leaves Ctrl+Z to what was just done
        self.capitals.say("")

    def show_applicant(self, known: Applicant) -> None:
        """Fill the fields with somebody known."""
        self._known = known
        self.name.setText(known.name)
        self.name.home(False)  # the beginning of a long name shows
        self.id_number.setText(known.id_number)
        self.capitals.say("")
        for error in self.errors.values():
            say(error, "")

    def show_card(self, reading: CardReading) -> None:
        """Fill the fields with the holder of a card."""
        card, known = reading.card, reading.known
        self.show_applicant(
            Applicant(
                kind=ApplicantKind.PERSON,
                name=card.name,
                id_number=card.id_number,
                born=card.born,
                sex=card.sex,
                address=card.address or (known.address if known else ""),
                phone=known.phone if known else "",
            )
        )

    def applicant(self) -> Applicant:
        """Return who stands in the fields, with all that is known under this number."""
        name, number = self.name.text().strip(), self.id_number.text().strip()
        if number and number == self._known.id_number:
            return replace(self._known, name=name)
        return Applicant(ApplicantKind.PERSON, name, number)

    def allow(self, allowed: bool) -> None:
        """Let the fields be typed into, or only read."""
        for field in (self.name, self.id_number):
            field.setReadOnly(not allowed)

    def need_number(self, needed: bool) -> None:
        """Say in the field whether the book asks for a number."""
        self.id_number.setPlaceholderText(
            _("sổ này cần số giấy tờ") if needed else _("không bắt buộc")
        )
        say(self.errors["id_number"], "")

    def _name_left(self) -> None:
        self.name.home(False)
        name = " ".join(self.name.text().split())
        better = name if self.name.isReadOnly() else citizen_with_capitals(name)
        self.capitals.say(better if better != name else "")
        self.name_left.emit(self.name.text().strip())

    def write_capitals(self) -> None:
        """Write the name with capitals; Ctrl+Z in the field brings back what was typed."""
        write(self.name, self.capitals.words.text())
        self.capitals.say("")

    def _recognise(self) -> None:
        desk, number = self._desk, self.id_number.text().strip()
        if number and number != self._known.id_number and desk.official is not None:
            jobs.run(
                self,
                lambda: people.known_by_number(desk, number),
                lambda found: self._recognised(number, found),
                show_trouble,
            )

    def _recognised(self, number: str, found: Sequence[Known]) -> None:
        """Fill the name where none is typed; a typed one is never written over."""
        if found and number == self.id_number.text().strip() and not self.name.text().strip():
            self.show_applicant(found[0].applicant)
