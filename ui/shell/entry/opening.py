"""Opening of the desk in the background, or the first run where there is none yet."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.shell import jobs
from ui.shell.entry.recovering import officials_of
from ui.shell.screens import Screens

if TYPE_CHECKING:
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Clock, Desk


class Opening(QObject):
    """Opens the desk once; the log-in page shows a failure and tries again."""

    opened = Signal(object, object)  # the Desk, and the officials who may log in

    def __init__(
        self, folder: Path, clock: "Clock | None", screens: Screens, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.first_time = False  # the desk was set up just now
        self._folder, self._clock, self._screens = folder, clock, screens
        screens.retry.connect(self.begin)
        screens.set_up.connect(self._set_up)

    def begin(self) -> None:
        folder, clock = self._folder, self._clock
        if _desk_exists(folder):
            jobs.run(self, lambda: _open(folder, clock), self._opened, self._failed)
        else:
            self._screens.show_first_run(folder)

    def _opened(self, answer: "tuple[Desk, tuple[Official, ...]]") -> None:
        self.opened.emit(*answer)

    def _failed(self, error: Exception) -> None:
        self._screens.login.not_opened(str(error))

    def _set_up(self, folder: Path) -> None:
        self._folder = self._screens.appearance.folder = folder
        self.first_time = True
        self.begin()


def _desk_exists(folder: Path) -> bool:
    """Return True if a desk was set up here, before anything heavy is imported."""
    from cchc_desk import paths

    return paths.database_file(folder).exists()


def _open(folder: Path, clock: "Clock | None") -> "tuple[Desk, tuple[Official, ...]]":
    from cchc_desk.actions.office import accounts

    desk = accounts.open_desk(folder, clock) if clock else accounts.open_desk(folder)
    return desk, officials_of(desk)
