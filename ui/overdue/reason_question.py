"""The question for the reason of drafts of which the desk itself knows none."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.shell import notices, questions
from ui.widgets.question_panel import Choice, Line, Ticks


def ask_reason(
    page: QWidget,
    desk: Desk,
    drafts: Sequence[tuple[Letter, str]],
    causes: Sequence[Cause],
    done: Callable[[], None],
) -> None:
    """Ask for one reason of these drafts, each with its owner's name.

    It is given to those left ticked; Esc leaves all of them to be written one by one.
    """
    options = [(_(cause.label), cause.code) for cause in causes]
    cause = Choice(_("Nguyên nhân"), options, name="cause", lines=len(options))
    words = Line(
        _("Lý do ghi trong thư"), name="reason", hint=_("để trống thì ghi theo nguyên nhân")
    )
    which = Ticks(
        _("Thư chưa có lý do"),
        [
            (f"{name} · {letter.code}" if name else letter.code, letter.id)
            for letter, name in drafts
        ],
    )

    def give() -> Callable[[], tuple[Letter, ...]]:
        return partial(letters.give_reason, desk, which.value, cause.value, words.value)

    def given(written: tuple[Letter, ...]) -> None:
        notices.say(_n("Đã ghi lý do của {count} thư.", len(written)).format(count=len(written)))
        done()

    title = _n("Lý do của {count} thư?", len(drafts)).format(count=len(drafts))
    questions.ask(page, title, (cause, words, which), _("Ghi lý do"), give, given)
