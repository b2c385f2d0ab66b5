"""Acts of a dossier's page that put right, and what «Hoàn tác» does after an act."""

from collections.abc import Callable
from functools import partial

from cchc_desk.actions.dossiers import correct as corrections
from cchc_desk.actions.dossiers import take_back
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.i18n import _
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.question_panel import Line


def correct(page: Page, dossier: Dossier) -> None:
    page.shell.correct_dossier(dossier.code)


def cancel(page: Page, dossier: Dossier) -> None:
    """Ask why the entry was a mistake, then cancel it; its number stays used."""
    reason, desk = Line(_("Nhập sai điều gì?"), name="reason"), page.desk
    seen = desk.sight(dossier)
    questions.ask(
        page,
        _("Hủy do nhập sai – {name} · {number}").format(
            name=dossier.applicant.name,
            number=short_code(dossier.code, desk.now().date()),
        ),
        (reason,),
        _("Hủy hồ sơ này"),
        lambda: desk.as_seen(seen, partial(corrections.cancel, desk, dossier.code, reason.value)),
        partial(_cancelled, page),
        _("Số {code} không dùng lại; nó đứng trong sổ «Số đã hủy».").format(code=dossier.code),
    )


def _cancelled(page: Page, dossier: Dossier) -> None:
    notices.say(
        _("Đã hủy {code} của {name}; số ghi trong sổ «Số đã hủy».").format(
            code=dossier.code, name=dossier.applicant.name
        )
    )
    page.refresh()


def undoing(page: Page, code: str, done: str) -> Callable[[], None]:
    """Return what takes back the last act on this dossier; `done` names it in what is said then."""
    desk = page.desk
    left = desk.sight_of_own([code])  # so that nobody takes back what another one did after it

    def undo() -> None:
        jobs.run(
            page,
            desk.as_seen(left, lambda: take_back.undo(desk, code, JUST_DONE)),
            lambda _view: _undone(page, done),
        )

    return undo


def _undone(page: Page, done: str) -> None:
    notices.say(_("Đã hoàn tác: {done}").format(done=done))
    page.refresh()
