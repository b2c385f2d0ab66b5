"""The screens of the window, one in front: log-in page, first run, frame with its pages."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cchc_desk.i18n import _
from ui.shell.entry.login import LoginPage
from ui.shell.preferences.appearance import WindowAppearance

if TYPE_CHECKING:
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Clock, Desk
    from ui.first_run.wizard import Wizard
    from ui.shell.entry.new_password import NewPasswordPage
    from ui.shell.entry.recovery_page import RecoveryPage
    from ui.shell.entry.restore_page import RestorePage
    from ui.shell.frame import Frame


class Screens(QStackedWidget):
    """Makes each screen in the language in use, and again when another is chosen.

    Whoever is connected to the signals here need not be connected to each new screen.
    """

    password_given = Signal(str, str)  # id of the official, password
    code_given = Signal(str)  # of the recovery sheet, to open encrypted data
    retry = Signal()  # the desk could not be opened: try once more
    cancelled = Signal()  # Esc on the log-in page
    next_language = Signal()  # Ctrl+T before anybody has logged in
    restore = Signal(str)  # go back to a copy; why that is offered, "" where somebody asked
    set_up = Signal(object)  # folder of the desk that the first run has made
    password_chosen = Signal(str)  # by whom must_change asked
    recovery_wanted = Signal()  # no administrator can come in

    def __init__(self, appearance: WindowAppearance, make_frame: "Callable[[], Frame]") -> None:
        super().__init__()
        self.appearance = appearance
        self._make_frame = make_frame
        self._desk: Desk | None = None
        self._frame: Frame | None = None
        self._wizard: Wizard | None = None
        self._beside: NewPasswordPage | RecoveryPage | None = None  # in place of the log-in page
        self._add_login()
        self.login.password.setFocus()

    @property
    def desk(self) -> "Desk":
        assert self._desk is not None, "set once the desk is open"
        return self._desk

    @property
    def frame(self) -> "Frame":
        assert self._frame is not None, "the frame exists once somebody has logged in"
        return self._frame

    @property
    def has_frame(self) -> bool:
        """True after the first log-in."""
        return self._frame is not None

    @property
    def at_work(self) -> bool:
        """True while the frame is in front, neither log-in page nor first run."""
        return self._frame is not None and self.currentWidget() is self._frame

    # --- before anybody has logged in -------------------------------------------------------------

    def _add_login(self) -> None:
        self.login = LoginPage()
        self.login.entered.connect(self.password_given)
        self.login.again.connect(self.retry)
        self.login.code_box.given.connect(self.code_given)
        self.login.left.connect(self.cancelled)
        self.login.restore.connect(lambda: self.restore.emit(""))
        self.login.lost.connect(self.recovery_wanted)
        self._add_first(self.login)

    def _add_first(self, page: "LoginPage | Wizard") -> None:
        """Add a page with the keys of appearance, which work before any log-in."""
        keys, line = self.appearance.keys, page.appearance_line
        keys.add_to(page)
        for signal, act in (
            (line.smaller, keys.smaller),
            (line.larger, keys.larger),
            (line.colours, keys.next_theme),
        ):
            signal.connect(act)
        page.next_language.connect(self.next_language)
        self.addWidget(page)

    def offer(self, desk: "Desk", officials: "Sequence[Official]") -> None:
        """Offers the officials of the desk that has just opened."""
        self._desk = desk
        self._show_unit()
        self.login.offer(officials, self.appearance.last_official)

    def _show_unit(self) -> None:
        from ui import formatting
        from ui.shell.frame import PRACTICE_BANNER, unit_text

        if self._desk is None:
            return
        self.login.to_copies.setHidden(self._desk.on_server)  # which makes them itself
        self.login.hint.setText(
            _("{banner}. Mật khẩu của mọi người: practice").format(banner=_(PRACTICE_BANNER))
            if self._desk.practice
            else unit_text(self._desk)
        )
        self.login.show_rest(formatting.rest_text(self._desk.now(), self._desk.calendar))

    def show_first_run(self, folder: Path) -> None:
        """Leads through the set-up of a desk in `folder`."""
        from ui.first_run.wizard import Wizard

        self._wizard = Wizard(folder)
        self._wizard.finished.connect(self._leave_first_run)
        self._add_first(self._wizard)
        self.setCurrentWidget(self._wizard)
        self._wizard.begin()

    def show_restore(self, folder: Path, clock: "Clock | None", why: str) -> "RestorePage":
        """Shows the copies of the desk in `folder`, which is not open here."""
        from ui.shell.entry.restore_page import RestorePage

        page = RestorePage(folder, clock, why, self.appearance.last_official)
        self.appearance.keys.add_to(page)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.begin()
        return page

    def leave_restore(self, page: "RestorePage") -> None:
        """Back to a log-in page without names: the desk is opened anew."""
        old = self.login
        self._desk = None
        self._add_login()
        self.setCurrentWidget(self.login)
        for widget in (page, old):
            self._remove(widget)
        self.login.password.setFocus()

    def drop_frame(self) -> None:
        """Takes the frame away: its desk is closed."""
        if self._frame is not None:
            frame, self._frame = self._frame, None
            self._remove(frame)

    def _leave_first_run(self, folder: Path) -> None:
        wizard, self._wizard = self._wizard, None
        assert wizard is not None, "the one that has just finished"
        self.setCurrentWidget(self.login)
        self._remove(wizard)  # its keys must not stand on the key card
        self.login.password.setFocus()
        self.set_up.emit(folder)

    def ask_password(self, title: str, hint: str, official_id: str, may_leave: bool) -> None:
        """Shows the log-in page with the name of `official_id` chosen."""
        self.login.ask(title, hint, official_id, may_leave)
        self.setCurrentWidget(self.login)
        self.login.password.setFocus()

    # --- in place of the log-in page --------------------------------------------------------------

    def ask_new_password(self, name: str) -> "NewPasswordPage":
        """Show the page on which the official of this name chooses a password of their own."""
        from cchc_desk.domain.people.passwords import SHORTEST, SHORTEST_GIVEN
        from ui.shell.entry.new_password import NewPasswordPage

        page = NewPasswordPage(SHORTEST_GIVEN if self.desk.practice else SHORTEST)
        page.chosen.connect(self.password_chosen)
        page.left.connect(self.back_to_login)
        self._put_beside(page)
        page.ask(name)
        return page

    def show_recovery(self, officials: "Sequence[Official]") -> "RecoveryPage":
        """Show the page on which the desk is recovered."""
        from ui.shell.entry.recovery_page import RecoveryPage

        page = RecoveryPage()
        page.left.connect(self.back_to_login)
        self._put_beside(page)
        page.begin(officials)
        return page

    def _put_beside(self, page: "NewPasswordPage | RecoveryPage") -> None:
        before, self._beside = self._beside, page
        self.appearance.keys.add_to(page)
        self.addWidget(page)
        self.setCurrentWidget(page)
        if before is not None:
            self._remove(before)

    def back_to_login(self) -> None:
        """The log-in page again, with nothing typed."""
        self.login.refuse("")
        self.login.password.clear()
        self.setCurrentWidget(self.login)
        self.leave_beside()
        self.login.password.setFocus()

    def leave_beside(self) -> None:
        """Forget the page that stood in place of the log-in page, with all that was typed."""
        before, self._beside = self._beside, None
        if before is not None:
            self._remove(before)

    # --- at work ----------------------------------------------------------------------------------

    def add_frame(self) -> None:
        """Makes the frame in the language in use."""
        self._frame = self._make_frame()
        self.appearance.keys.add_to(self._frame)
        self.addWidget(self._frame)

    def show_frame(self) -> None:
        self.setCurrentWidget(self.frame)

    # --- in another language ----------------------------------------------------------------------

    def rebuild_first(self) -> None:
        """Makes log-in page or first run anew, before any log-in; a password typed comes along."""
        if self._wizard is not None:
            old: QWidget = self._wizard
            self.show_first_run(self._wizard.folder)
        else:
            old = before = self.login
            self._add_login()
            self._show_unit()
            self.login.take_over(before)
            self.setCurrentWidget(self.login)
        self._remove(old)

    def rebuild(self) -> None:
        """Makes log-in page and frame anew."""
        old = (self.frame, self.login)
        self._add_login()
        self._show_unit()
        self.add_frame()
        for widget in old:
            self._remove(widget)

    def _remove(self, widget: QWidget) -> None:
        self.removeWidget(widget)
        widget.deleteLater()
