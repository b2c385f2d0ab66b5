"""Opening of the desk in the background, or the first run where there is none yet."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from ui.shell import jobs
from ui.shell.entry.recovering import officials_of
from ui.shell.screens import Screens

if TYPE_CHECKING:
    from cchc_desk.actions.data.restore import Done
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Clock, Desk
    from ui.shell.entry.restore_page import RestorePage


# Encrypted without a key here, and a code that does not open it: it may be typed (again).
_ASKED_FOR_CODE = ("disk-key", "recovery-code")
_AGAIN_MS = 5_000
_LOST = ("damaged", "desk-gone")  # only a copy helps


class Opening(QObject):
    """Opens the desk once; the log-in page shows a failure and tries again."""

    opened = Signal(object, object)  # the Desk, and the officials who may log in
    restored = Signal()  # another file is there now

    def __init__(
        self, folder: Path, clock: "Clock | None", screens: Screens, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.first_time = False  # the desk was set up just now
        self._folder, self._clock, self._screens = folder, clock, screens
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.begin)
        screens.retry.connect(self.begin)
        screens.code_given.connect(self._unlock)
        screens.set_up.connect(self._set_up)

    def begin(self) -> None:
        self._again.stop()
        self._screens.login.to_copies.setHidden(_is_station(self._folder))  # which has none
        folder, clock = self._folder, self._clock
        if _desk_exists(folder):
            jobs.run(self, lambda: _open(folder, clock), self._opened, self._failed)
        elif _desk_was_here(folder):
            self._screens.restore.emit(
                _(
                    "Tệp dữ liệu của quầy trong {folder} không còn, nhưng bản sao hoặc nhật ký của "
                    "nó còn đó. Đừng lập quầy mới ở đây: hãy khôi phục bản sao."
                ).format(folder=folder)
            )
        else:
            self._screens.show_first_run(folder)

    def restore(self, why: str) -> None:
        """Goes back to a copy; the desk must be closed. Then it is opened anew, whatever came."""
        page = self._screens.show_restore(self._folder, self._clock, why)
        page.finished.connect(lambda done: self._restored(page, done))
        page.left.connect(lambda: self._left(page))

    def _restored(self, page: "RestorePage", done: "Done") -> None:
        self._screens.leave_restore(page)
        self._screens.login.warn_restored(done.copy.file.name, done.aside.name)
        self.restored.emit()
        self.begin()

    def _left(self, page: "RestorePage") -> None:
        self._screens.leave_restore(page)
        folder, clock = self._folder, self._clock
        jobs.run(self, lambda: _open(folder, clock), self._opened, self._failed)

    def _opened(self, answer: "tuple[Desk, tuple[Official, ...]]") -> None:
        self.opened.emit(*answer)

    def _failed(self, error: DeskError) -> None:
        if error.code == "no-desk":  # the first PC of a ward whose server was just made ready
            self._screens.show_first_run(self._folder)
            return
        said = str(error)
        if error.code == "no-server":  # in the morning it may be switched on after this PC
            self._again.start()
            said = _("{trouble} Cứ vài giây phần mềm tự thử lại.").format(trouble=said)
        self._screens.login.not_opened(said, lost=error.code in _LOST)
        if error.code in _ASKED_FOR_CODE:
            self._screens.login.ask_code()

    def _unlock(self, code: str) -> None:
        folder, clock = self._folder, self._clock
        jobs.run(self, lambda: _unlock(folder, code, clock), self._unlocked, self._failed)

    def _unlocked(self, answer: "tuple[Desk, tuple[Official, ...]]") -> None:
        self._screens.login.unlocked()
        self._opened(answer)

    def _set_up(self, folder: Path) -> None:
        self._folder = self._screens.appearance.folder = folder
        self.first_time = True
        self.begin()


def _desk_exists(folder: Path) -> bool:
    """Return True if a desk was set up here, before anything heavy is imported."""
    from cchc_desk import paths

    return paths.desk_is_here(folder)


def _is_station(folder: Path) -> bool:
    """Return True if the dossiers of this folder's desk lie on the ward's server."""
    from cchc_desk import paths

    return paths.ward_file(folder).exists()


def _desk_was_here(folder: Path) -> bool:
    """Return True if copies, a -wal or a witness of a desk are here, but no database."""
    from cchc_desk import paths

    return paths.desk_was_here(folder)


def _unlock(folder: Path, code: str, clock: "Clock | None") -> "tuple[Desk, tuple[Official, ...]]":
    from cchc_desk.actions.data import protection

    protection.unlock(folder, code)
    return _open(folder, clock)


def _open(folder: Path, clock: "Clock | None") -> "tuple[Desk, tuple[Official, ...]]":
    from cchc_desk.actions.data import opening

    desk = opening.open_desk(folder, clock) if clock else opening.open_desk(folder)
    return desk, officials_of(desk)
