"""The quick look at every page of the file: at an opening, and where a page met damage."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from ui.shell import jobs
from ui.shell.screens import Screens

LARGE = 200_000_000  # bytes; a larger file is read once nobody is at the desk


class FileCheck(QObject):
    """Looks at the file of the open desk; a damaged one leads to the copies.

    Whoever leaves them is told of the damage on each page.
    """

    restore_wanted = Signal(str)  # why

    def __init__(self, screens: Screens, parent: QObject) -> None:
        super().__init__(parent)
        self._screens = screens
        self._damage = ""  # found in the open file
        self._is_looking = False  # at every page of it, or will once nobody is at the desk
        self._place: tuple[QObject, Path, SignalInstance] | None = None
        jobs.signals().answered.connect(self._heard)

    def watch(self, owner: QObject, file: Path, idle: SignalInstance) -> None:
        """Look at this file, now or at the first `idle`, for as long as `owner` is there."""
        self._place = (owner, file, idle)
        self._look()

    def leave(self) -> None:
        """The desk is closed: no page can meet damage any more."""
        self._place = None

    def put_right(self) -> None:
        """Another file is there now."""
        self._damage = ""

    def remind(self) -> bool:
        """Show the damage that was found in the notice bar; False where there is none."""
        if self._damage:
            from ui.shell import notices

            restore = partial(self.restore_wanted.emit, self._damage)
            notices.alarm(self._damage, _("Khôi phục bản sao"), restore)
        return bool(self._damage)

    def _look(self) -> None:
        assert self._place is not None
        owner, file, idle = self._place
        self._is_looking = True

        def read() -> None:
            jobs.run_beside(owner, lambda: _damage(file), self._damaged)

        if file.exists() and file.stat().st_size > LARGE:
            idle.connect(read, Qt.ConnectionType.SingleShotConnection)
        else:
            read()

    def _heard(self, _owner: QObject, error: Exception | None) -> None:
        """A page met a damaged part of some file: look whether it is the desk's own."""
        is_damage = isinstance(error, Trouble) and error.code == "damaged"
        if is_damage and self._place is not None and not (self._damage or self._is_looking):
            self._look()

    def _damaged(self, words: str) -> None:
        """Lead to the copies, once; whoever leaves them is told on each page."""
        told, self._damage, self._is_looking = self._damage, words, False
        if words and self._screens.has_frame:
            self.remind()
        elif words and told:
            self._screens.login.warn(words)
        elif words:
            self.restore_wanted.emit(words)


def _damage(file: Path) -> str:
    from cchc_desk.actions.data import opening

    return opening.damage(file)
