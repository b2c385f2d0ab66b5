"""The card that was scanned: the owner's, the submitter's, or whose has to be asked."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.domain.people.identity_card import Card
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.intake.form import IntakeForm
from ui.intake.person.card_question import CardQuestion
from ui.intake.person.person_panel import PersonPanel
from ui.shell import jobs, notices
from ui.widgets.keys import composing


class ScannedCards(QObject):
    """Reads cards into the fields of a page's person, or asks its question about them.

    `owner_taken` and `submitter_taken` come after the fields were filled; with True where the card
    was scanned in the submitter's own fields.
    """

    owner_taken = Signal()
    submitter_taken = Signal(bool)

    def __init__(
        self, desk: Desk, person: PersonPanel, question: CardQuestion, page: QWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._person, self._question, self._page = desk, person, question, page
        self._focus_before: QWidget = person.fields["name"]
        question.replace_owner.connect(lambda reading: self._take_as_owner(reading, False))
        question.set_submitter.connect(lambda reading: self._take_as_submitter(reading, False))
        question.dropped.connect(lambda: self._focus_before.setFocus())

    def read(self, text: str, field: QWidget | None) -> None:
        """Read the text of a card that was scanned in `field`."""
        desk, is_submitters = self._desk, self._person.is_submitters(field)
        jobs.run(
            self,
            lambda: intake.read_card(desk, text),
            lambda reading: self._take(reading, is_submitters),
            lambda error: notices.trouble(error.message),
        )

    def _take(self, reading: CardReading, is_submitters: bool) -> None:
        form, card = self._person.read(IntakeForm()), reading.card
        if self._question.is_open:
            self._refuse(card)
        elif is_submitters and form.id_number.strip() != card.id_number:
            self._take_as_submitter(reading, True)
        elif _is_owner(form, card):
            self._take_as_owner(reading, True)
        elif form.submitter_id_number.strip() == card.id_number:
            self._take_as_submitter(reading, False)
        else:
            composing.finish()
            self._focus_before = self._page.focusWidget() or self._focus_before
            self._question.ask(reading, form.name.strip() or form.id_number.strip())

    def _refuse(self, card: Card) -> None:
        self._question.insist()
        if card.name != self._question.name:
            notices.warn(
                _(
                    "Chưa nhận thẻ của {name}: hãy trả lời câu hỏi về thẻ của {waiting} rồi "
                    "quét lại."
                ).format(name=card.name, waiting=self._question.name)
            )

    def _take_as_owner(self, reading: CardReading, same_person: bool) -> None:
        self._person.fill_from_card(reading, same_person)
        self.owner_taken.emit()

    def _take_as_submitter(self, reading: CardReading, is_submitters: bool) -> None:
        self._person.fill_submitter(reading)
        self.submitter_taken.emit(is_submitters)


def _is_owner(form: IntakeForm, card: Card) -> bool:
    """Return True if the card is the owner's on the page, or nobody is entered there yet."""
    number, name = form.id_number.strip(), form.name.strip()
    return number == card.id_number or (
        not number and name.casefold() in ("", card.name.casefold())
    )
