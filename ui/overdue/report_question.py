"""The question with which a dossier whose re-appointment was missed goes to the leader."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.dossiers import steps
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.shell import questions
from ui.widgets.question_panel import Choice, Line


def ask_report(
    page: QWidget,
    desk: Desk,
    dossier: Dossier,
    officials: Sequence[Official],
    done: Callable[[], None],
) -> None:
    """Ask which leader and a word on why; `done` follows once the dossier is handed over."""
    leaders = [(who.name, who.id) for who in officials if who.role is Role.LEADER]
    to = Choice(_("Lãnh đạo"), leaders, leaders[0][1] if leaders else None, name="to")
    seen = desk.sight(dossier)
    note = Line(
        _("Nội dung báo"), _("Lỡ cả hẹn lại; xin ý kiến để trả kết quả sớm nhất."), name="note"
    )

    def hand_over() -> Callable[[], object]:
        passing = partial(steps.hand_over, desk, [dossier.code], to.value, note=note.value)
        return desk.as_seen(seen, passing)

    questions.ask(
        page,
        _("Báo lãnh đạo – {name}").format(name=dossier.applicant.name),
        (to, note),
        _("Báo lãnh đạo"),
        hand_over,
        lambda _passed: done(),
        _("Bàn giao hồ sơ {code} cho lãnh đạo.").format(code=dossier.code),
    )
