"""Look-ups of what the desk has about the person on the intake page, while they are typed."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from cchc_desk.actions.intake import people
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.errors import DeskError
from cchc_desk.session import Desk
from ui.intake.form import IntakeForm
from ui.intake.lookups import look_known_up, look_owner_up
from ui.intake.person.person_panel import PersonPanel
from ui.shell import jobs, notices


class PersonLookups(QObject):
    """Fills the panel's offers and notes; asks nothing while it is `paused`."""

    def __init__(
        self, desk: Desk, person: PersonPanel, form: Callable[[], IntakeForm], page: QObject
    ) -> None:
        """`form` returns the form of the page as it stands."""
        super().__init__(page)
        self._desk, self._person, self._form = desk, person, form
        self.paused = False  # while a form is put on the page
        person.recognisable.connect(self.recognise)

    @property
    def _is_idle(self) -> bool:
        return self.paused or self._desk.official is None

    def recognise(self, name: str) -> None:
        """Look up whether the desk knows what stands in a field of the person."""
        desk, text = self._desk, self._person.fields[name].text()
        if not self._is_idle:
            jobs.run(
                self,
                lambda: look_known_up(desk, name, text),
                lambda known: self._person.offer_known(name, text, known),
                _show_trouble,
            )

    def know_addresses(self) -> None:
        """Read which streets and communes the desk's dossiers have."""
        desk = self._desk
        if desk.official is not None:
            jobs.run(
                self, lambda: people.address_book(desk), self._person.addresses.know, _show_trouble
            )

    def look_up(self, *, is_complete: bool) -> None:
        """Look up what the desk has about the owner, and doubts, once they are typed."""
        desk, form = self._desk, self._form()
        if not self._is_idle:
            jobs.run(
                self,
                lambda: look_owner_up(desk, form, is_complete),
                lambda known: (
                    self._show(*known) if self._form().id_number == form.id_number else None
                ),
                _show_trouble,
            )

    def _show(self, rows: tuple[DossierRow, ...], doubts: tuple[str, ...]) -> None:
        self._person.notes.show_open_dossiers(rows)
        self._person.notes.show_warnings(doubts, self._form().id_number)


def _show_trouble(error: DeskError) -> None:
    notices.trouble(error.message)
