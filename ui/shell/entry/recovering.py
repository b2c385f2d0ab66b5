"""Recovery from the log-in page: what the page asks, done in jobs, and its papers printed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cchc_desk.i18n import _
from ui.shell import jobs
from ui.shell.screens import Screens

if TYPE_CHECKING:
    from cchc_desk.actions.people.recovery import Recovery
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Desk
    from ui.shell.entry.recovery_page import Asked, RecoveryPage


class Recovering(QObject):
    """Opens the page on `Screens.recovery_wanted` and works for it."""

    def __init__(self, desk: "Desk", screens: Screens, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._screens, self._window = desk, screens, window
        self._made: Recovery | None = None
        screens.recovery_wanted.connect(self._begin)

    def _begin(self) -> None:
        desk = self._desk
        jobs.run(self, lambda: officials_of(desk), self._show)

    def _show(self, officials: "tuple[Official, ...]") -> None:
        page = self._screens.show_recovery(officials)
        page.asked.connect(partial(self._ask, page))
        page.print_password.connect(self._print_password)
        page.print_sheet.connect(self._print_sheet)

    def _ask(self, page: "RecoveryPage", asked: "Asked") -> None:
        desk = self._desk

        def recovered(made: "Recovery") -> None:
            self._made = made
            who, sheet = made.administrator, made.sheet
            code = sheet.code if sheet else ""
            page.show_answer(who.official.name, who.official.id, who.password, code)
            jobs.run(self, lambda: officials_of(desk), partial(self._offer, who.official.id))

        jobs.run(self, lambda: _recover(desk, asked), recovered, page.refuse)

    def _offer(self, administrator: str, officials: "tuple[Official, ...]") -> None:
        """Offer the log-in of whoever was given a password."""
        login = self._screens.login
        login.offer(officials)
        login.who.setCurrentIndex(login.who.findData(administrator))

    def _print_password(self) -> None:
        from cchc_desk.actions.papers import people_papers
        from ui.documents.printing import Paper, PreviewDialog

        assert self._made is not None, "printed from the answer"
        made = self._made.administrator
        draw = partial(people_papers.one_time_password, self._desk, made)
        paper = Paper(_("Mật khẩu dùng một lần"), f"mat-khau-{made.official.id}", draw)
        PreviewDialog(self._desk, paper, self._window).open()

    def _print_sheet(self) -> None:
        from cchc_desk.actions.papers import people_papers
        from ui.documents.printing import Paper, PreviewDialog

        assert self._made is not None, "printed from the answer"
        assert self._made.sheet is not None, "else the button is hidden"
        draw = partial(people_papers.recovery_sheet, self._desk, self._made.sheet)
        PreviewDialog(
            self._desk, Paper(_("Phiếu khôi phục"), "phieu-khoi-phuc", draw), self._window
        ).open()


def officials_of(desk: "Desk") -> "tuple[Official, ...]":
    """Officials who may log in. A job of the desk's worker."""
    from cchc_desk.actions.people import accounts

    return accounts.list_officials(desk)


def _recover(desk: "Desk", asked: "Asked") -> "Recovery":
    from cchc_desk.actions.people import recovery

    return recovery.recover(desk, asked.helpers, asked.administrator, asked.code, asked.new_name)
