"""The leader signs one letter, or those that stay ticked; what is lacking for it is asked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lateness.letters import Batch, WaitingDrafts
from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.people.officials import Official
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk, Sight
from ui.dossiers.acts import FAULT
from ui.overdue.signing_question import ask_signing
from ui.overdue.ticked_letters import LettersToTick, TickLine
from ui.shell import jobs, notices, questions
from ui.widgets import question_panel


class Signing(QObject):
    """Signs letters; its panels open in the page that owns it."""

    signed = Signal(object)  # a sequence of Letter, in the order of their numbers
    refused = Signal(object)  # DeskError that the page shows at its field

    def __init__(self, page: QWidget, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk

    def sign(self, draft: Letter, name: str, seen: Sight) -> None:
        """Sign one letter of the dossier of `name`; number and date are given now."""

        def refused(error: DeskError) -> None:
            if isinstance(error, Refused) and error.code == "number-missing":
                self._ask_number(draft, name, seen)
            elif not self._asked_authority(error, partial(self.sign, draft, name, seen)):
                self.refused.emit(error)

        desk = self._desk
        signing = desk.as_seen(seen, lambda: [letters.sign_letter(desk, draft.id)])
        jobs.run(self._page, signing, self.signed.emit, refused)

    def _ask_number(self, draft: Letter, name: str, seen: Sight) -> None:
        """The registrar (văn thư) gives the numbers: ask for that of this letter."""
        number = question_panel.Line(_("Số do văn thư cấp"), name="number", needed=True)
        desk = self._desk

        def sign() -> Callable[[], list[Letter]]:
            typed = number.value.strip()
            given = int(typed) if typed.isdecimal() else 0
            return desk.as_seen(seen, lambda: [letters.sign_letter(desk, draft.id, given)])

        title = _("Ký thư – {name}").format(name=name)
        questions.ask(
            self._page, title, (number,), _("Lãnh đạo ký"), sign, self.signed.emit, draft.code
        )

    def sign_all(self, officials: Sequence[Official]) -> None:
        """Show every letter that waits, ticked; what stays ticked is signed after one question."""

        def refused(error: DeskError) -> None:
            if not self._asked_authority(error, partial(self.sign_all, officials)):
                notices.trouble(error.message)

        desk = self._desk
        jobs.run(
            self._page,
            lambda: letters.waiting_drafts(desk),
            lambda waiting: self._ask_all(waiting, officials),
            refused,
        )

    def _asked_authority(self, error: DeskError, again: Callable[[], None]) -> bool:
        """Ask once by what authority the leader signs, and then do it again."""
        leader = self._desk.official
        if not isinstance(error, Refused) or error.code != "signer-title" or leader is None:
            return False
        ask_signing(self._page, self._desk, leader, again)
        return True

    def _ask_all(self, waiting: WaitingDrafts, officials: Sequence[Official]) -> None:
        lines = tuple(
            TickLine(
                id=draft.row.letter.id,
                name=draft.row.row.name,
                code=draft.row.letter.code,
                reason=draft.row.letter.reason,
                new_due=draft.row.letter.new_due,
                number="",
                why_not=draft.why_not,
                proposal=_proposal(draft.row.letter, officials),
                today=draft.row.row.now.date(),
                is_early=draft.row.row.due >= self._desk.now(),
            )
            for draft in waiting.drafts
        )
        field = LettersToTick(_("Thư sẽ ký, số sẽ cấp"), lines, waiting.numbers)
        desk = self._desk
        seen = desk.sight(*(draft.row.row for draft in waiting.drafts))

        def sign() -> Callable[[], Batch]:
            return desk.as_seen(seen, partial(letters.sign_all, desk, field.value))

        def words() -> tuple[str, str]:
            many = len(field.value)
            title, yes = _n("Ký {count} thư?", many), _n("Ký {count} thư", many)
            return title.format(count=many), yes.format(count=many)

        title, yes = words()
        panel = questions.ask(self._page, title, (field,), yes, sign, self._signed_all)

        def count() -> None:
            title, yes = words()
            panel.title.setText(title)
            panel.yes.setText(f"{yes}  ·  F9")

        field.changed.connect(count)

    def _signed_all(self, batch: Batch) -> None:
        if batch.signed:
            self.signed.emit(batch.signed)
        for code, why in batch.refused:
            notices.trouble(f"{code}: {why}")


def _proposal(draft: Letter, officials: Sequence[Official]) -> str:
    """Whom the draft proposes to hold responsible, which signing decides; "" for nobody."""
    named = [one.name for one in officials if one.id == draft.responsible]
    if not named:
        return ""
    fault = next(_(words) for words, value in FAULT if value is draft.own_fault)
    return _("trách nhiệm: {name}, {fault}").format(name=named[0], fault=fault)
