"""The day's check of the ledger, and what a check found, in the notice bar."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.data.upkeep import LedgerAnswer
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from ui.shell import jobs, notices

LOOK_MS = 1000


def check_today(owner: QWidget, desk: Desk, told: Callable[[str], None]) -> None:
    """Run the daily check beside the worker; `told` has how far it is, and "" at its end.

    Silent while the ledger holds. Nobody who takes in a dossier waits for it.
    """
    work = jobs.WorkBeside()
    look = QTimer(owner, interval=LOOK_MS)
    shown: list[str] = []

    def show() -> None:
        shown[:] = [_progress(work)]
        told(shown[0])

    look.timeout.connect(show)
    look.start()

    def ended(answer: LedgerAnswer) -> None:
        look.stop()
        look.deleteLater()
        if shown:
            told("")
        show_problems(answer)

    jobs.run_long_beside(owner, work, lambda work: upkeep.verify_recent(desk, work), ended)


def _progress(work: LongWork) -> str:
    percent = 100 * min(work.done, work.total) // work.total if work.total else 0
    return _("Đang kiểm tra sổ cái ở phía sau: {percent} %").format(percent=percent)


def show_problems(answer: LedgerAnswer) -> None:
    """The first problem, and how many more there are; nothing where there is none."""
    if answer.ok:
        return
    more = _(" (và {n} điều nữa: cchc verify)").format(n=len(answer.problems) - 1)
    notices.trouble(f"{answer.problems[0]}{more if len(answer.problems) > 1 else ''}")
