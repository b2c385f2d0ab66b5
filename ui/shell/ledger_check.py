"""The day's check of the ledger, and what a check found, in the notice bar."""

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.office import upkeep
from cchc_desk.actions.office.upkeep import LedgerAnswer
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.shell import jobs, notices


def check_today(owner: QWidget, desk: Desk) -> None:
    """Runs the daily check; silent while the ledger holds. A whole check has its progress box."""
    jobs.run_long(
        owner, _("Kiểm tra sổ cái"), lambda work: upkeep.verify_recent(desk, work), show_problems
    )


def show_problems(answer: LedgerAnswer) -> None:
    """The first problem, and how many more there are; nothing where there is none."""
    if answer.ok:
        return
    more = _(" (và {n} điều nữa: cchc verify)").format(n=len(answer.problems) - 1)
    notices.trouble(f"{answer.problems[0]}{more if len(answer.problems) > 1 else ''}")
