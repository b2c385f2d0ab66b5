"""Log-in, lock and switch of officials: who may work at the window, and what waits meanwhile."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from ui.citizen_screen import citizen_events
from ui.shell import jobs, notices
from ui.shell.entry.idle import IdleTimer
from ui.shell.entry.recovering import Recovering, officials_of
from ui.shell.preferences.appearance import Appearance
from ui.shell.screens import Screens
from ui.widgets import clipboard

if TYPE_CHECKING:
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Desk

_WATCH_MS = 60_000  # so long a switched-off official may still read, never write


@dataclass
class LockedState:
    """The window as it was left: its official, their appearance, the focus and open dialogs."""

    official: str
    appearance: Appearance
    focus: QWidget | None
    dialogs: list[QDialog]

    def restore(self) -> None:
        if self.focus is not None and isValid(self.focus):
            self.focus.setFocus()
            if isinstance(self.focus, QLineEdit):
                self.focus.deselect()  # the next letter goes on, it replaces nothing
        for dialog in filter(isValid, self.dialogs):
            dialog.open()

    def discard(self) -> None:
        for dialog in filter(isValid, self.dialogs):
            dialog.reject()


class Access(QObject):
    """Checks passwords, locks the screen, and keeps the locked state for who comes back."""

    entered = Signal(object, object)  # the Official, and their preferences
    cancelled = Signal(object)  # Esc while switching: the LockedState of who works on
    left = Signal()  # the screen is locked or given to another: nobody sits here until then

    def __init__(
        self, desk: "Desk", screens: Screens, application: QApplication, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._screens, self._window = desk, screens, window
        self._state: LockedState | None = None
        self._locked = False  # by the lock, which Esc does not open; not by the switch
        self.idle = IdleTimer(application, self)
        self.idle.timeout.connect(self.lock)
        self._changing: tuple[Official, str] | None = None  # must change the password typed
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look_whether_allowed)
        self._watch.start()
        self._recovering = Recovering(desk, screens, window)
        screens.password_given.connect(self._log_in)
        screens.password_chosen.connect(self._change_password)
        screens.cancelled.connect(self._cancel)

    def leave(self) -> None:
        """The desk is closed: another one will be asked for here."""
        self.idle.finish()
        self._screens.password_given.disconnect(self._log_in)
        self._screens.cancelled.disconnect(self._cancel)
        self.deleteLater()

    def _log_in(self, official_id: str, password: str) -> None:
        desk = self._desk
        self._screens.login.button.setEnabled(False)
        jobs.run(
            self,
            lambda: _log_in(desk, official_id, password),
            lambda answer: self._logged_in(answer, password),
            lambda error: self._screens.login.refuse(error.message),
        )

    def _logged_in(self, answer: "Entry", password: str) -> None:
        self._screens.login.button.setEnabled(True)
        self._screens.login.password.clear()
        if answer.official.must_change:
            self._changing = answer.official, password
            self._new_password = self._screens.ask_new_password(answer.official.name)
            return
        self._changing = None
        self._screens.leave_beside()
        self.entered.emit(answer.official, answer.preferences)
        if answer.damaged:
            notices.warn(
                _("Dữ liệu người dùng hỏng: {names}. Xem Cài đặt, Người dùng của quầy.").format(
                    names=", ".join(answer.damaged)
                )
            )
        elif answer.lacks_sheet:
            notices.say(_("Quầy chưa có phiếu khôi phục: in ở Cài đặt, Người dùng của quầy."))

    def _change_password(self, new: str) -> None:
        assert self._changing is not None, "asked by the page that it opened"
        desk, (official, old) = self._desk, self._changing
        jobs.run(
            self,
            lambda: _change_password(desk, official, old, new),
            lambda answer: self._logged_in(answer, ""),
            lambda error: self._new_password.refuse(error.message),
        )

    def _look_whether_allowed(self) -> None:
        """Locks the window of an official who was switched off, or whose role has changed."""
        desk, official = self._desk, self._desk.official
        if official is None or not self._screens.at_work:
            return

        def told(allowed: bool) -> None:
            if not allowed and self._screens.at_work and desk.official == official:
                self.lock()
                self._screens.login.refuse(
                    _(
                        "Tài khoản của {name} đã ngừng dùng hoặc đổi vai trò; hãy đăng nhập lại."
                    ).format(name=official.name)
                )

        jobs.run(self, lambda: _is_allowed(desk, official), told)

    def lock(self) -> None:
        """Locks the screen; what is being typed behind it stays."""
        clipboard.clear()
        citizen_events.quiet()
        self.idle.stop()
        self._locked = True
        self._ask_password(
            _("Màn hình đã khóa"), _("Nhập mật khẩu để làm tiếp; những gì đang gõ vẫn còn.")
        )

    def switch(self) -> None:
        """Lets another clerk take the desk."""
        clipboard.clear()
        citizen_events.quiet()
        self._locked = False
        self._ask_password(
            _("Đổi người dùng"), _("↑ ↓ chọn tên, nhập mật khẩu, Enter. Esc: thôi, không đổi.")
        )

    def _cancel(self) -> None:
        """Esc while switching: the same official works on; a locked screen stays locked."""
        if self._state is not None and not self._locked:
            self.cancelled.emit(self._state)

    def take_state(self) -> LockedState | None:
        """The state kept since the lock, which is over; None after the first log-in."""
        state, self._state = self._state, None
        return state

    def open_dialog(self, dialog: QDialog) -> None:
        """Opens `dialog` now, or with the desk where this was locked meanwhile."""
        if self._state is None:
            dialog.open()
        else:
            self._state.dialogs.append(dialog)

    def watch_idle(self) -> None:
        """Locks after the minutes of the settings, counted from now."""
        self.idle.watch(int(self._desk.settings["idle_minutes"]))

    def finish(self) -> None:
        """Stop for good: the window closes."""
        self.idle.finish()
        self._watch.stop()

    def _ask_password(self, title: str, hint: str) -> None:
        official = self._desk.official
        assert official is not None, "keys and timer of the lock live while somebody is at the desk"
        if self._state is None:
            focus = self._window.focusWidget()
            appearance = self._screens.appearance.current
            self._state = LockedState(official.id, appearance, focus, self._put_away_dialogs())
        self._screens.ask_password(title, hint, official.id, may_leave=not self._locked)
        self.left.emit()
        desk = self._desk  # an official may have been added meanwhile
        jobs.run(self, lambda: officials_of(desk), self._screens.login.offer)

    def _put_away_dialogs(self) -> list[QDialog]:
        """Hides the window's own dialogs, which nobody may read over the lock, and returns them.

        A question that one of them had opened is left.
        """
        visible = [dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()]
        own = [dialog for dialog in visible if dialog.parent() is self._window]
        for dialog in reversed(visible):
            dialog.hide() if dialog in own else dialog.reject()
        return own


class Entry(NamedTuple):
    """Somebody has come in; the rest is for an administrator alone.

    `damaged`: names of officials whose rows must be mended; `lacks_sheet`: no recovery sheet holds.
    """

    official: "Official"
    preferences: dict[str, Any]
    damaged: tuple[str, ...]
    lacks_sheet: bool = False


def _log_in(desk: "Desk", official_id: str, password: str) -> Entry:
    from cchc_desk.actions.people import accounts

    before = desk.official
    official = accounts.log_in(desk, official_id, password, at_window=True)
    if official.must_change:
        desk.official = before  # not at the desk yet
        return Entry(official, {}, ())
    return _entry(desk, official)


def _change_password(desk: "Desk", official: "Official", old: str, new: str) -> Entry:
    from cchc_desk.actions.people import accounts

    before, desk.official = desk.official, official
    try:
        return _entry(desk, accounts.change_password(desk, old, new))
    except DeskError:
        desk.official = before
        raise


def _entry(desk: "Desk", official: "Official") -> Entry:
    from cchc_desk.actions.office.preferences import preferences
    from cchc_desk.actions.people import people, recovery

    lacks_sheet = recovery.lacks_sheet(desk)
    return Entry(official, preferences(desk), people.damaged(desk), lacks_sheet)


def _is_allowed(desk: "Desk", official: "Official") -> bool:
    from cchc_desk.actions.people import people

    return people.may_act(desk, official)
