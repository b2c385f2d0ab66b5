"""The questions how signed letters reached their citizens, and who took them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lateness.letters import HandedOver
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterState
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.dossiers.acts import delivery_fields, how_field
from ui.overdue.letter_list import Line
from ui.overdue.ticked_letters import LettersToTick, TickLine
from ui.shell import notices, questions
from ui.widgets import question_panel


def ask_delivery(
    page: QWidget, desk: Desk, dossier: Dossier, signed: Letter, done: Callable[[], None]
) -> None:
    """Ask how this letter reached the citizen and who took it; `done` follows once it is kept."""
    how, to = delivery_fields(dossier)
    seen = desk.sight(dossier)

    def deliver() -> Callable[[], Letter]:
        giving = partial(letters.deliver_letter, desk, signed.id, how.value, to.value)
        return desk.as_seen(seen, giving)

    def delivered(letter: Letter) -> None:
        _say(HandedOver((letter,), ()))
        done()

    title = _("Trao thư {number_text} – {name}").format(
        number_text=signed.number_text, name=dossier.applicant.name
    )
    questions.ask(page, title, (how, to), _("Đã trao"), deliver, delivered, signed.code)


def ask_deliveries(
    page: QWidget, desk: Desk, listed: Sequence[Line], done: Callable[[], None]
) -> None:
    """Ask once how the ticked letters reached their citizens, each taken by its own."""
    lines = tuple(
        TickLine(
            id=line.letter.id,
            name=line.row.name,
            code=line.row.code,
            reason=line.letter.reason,
            new_due=line.letter.new_due,
            number=f"{line.letter.number:02d}",
            why_not=None,
            today=line.row.now.date(),
        )
        for line in listed
        if line.letter and line.letter.state is LetterState.SIGNED
    )
    field = LettersToTick(_("Thư đã trao"), lines, most=5)
    how = how_field(_("Thư đã trao bằng cách nào?"))
    seen = desk.sight(*(line.row for line in listed))
    to = question_panel.Line(_("Ai nhận thư?"), name="to", hint=_("để trống: chính chủ từng hồ sơ"))

    def deliver() -> Callable[[], HandedOver]:
        giving = partial(letters.deliver_letters, desk, field.value, how.value, to.value)
        return desk.as_seen(seen, giving)

    def delivered(given: HandedOver) -> None:
        _say(given)
        done()

    title, yes = _("Đã trao nhiều thư"), _("Ghi đã trao")
    questions.ask(page, title, (field, how, to), yes, deliver, delivered)


def _say(given: HandedOver) -> None:
    if given.delivered:
        numbers = ", ".join(letter.number_text for letter in given.delivered)
        notices.say(_("Đã ghi: trao thư xin lỗi số {numbers}.").format(numbers=numbers))
    for code, why in given.refused:
        notices.trouble(f"{code}: {why}")
