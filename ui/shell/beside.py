"""The windows beside the main one: the citizen's screen, the waiting room's board, the help."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.citizen_screen.lobby import Lobby
    from ui.citizen_screen.window import Mirror
    from ui.help.window import HelpWindow
    from ui.shell.navigation import Shell


class Beside:
    """Windows of one open desk, each made when it is first asked for."""

    def __init__(self, desk: "Desk", window: QWidget) -> None:
        self._desk, self._window = desk, window
        self.mirror: Mirror | None = None
        self.lobby: Lobby | None = None
        self.help: HelpWindow | None = None

    def toggle_mirror(self) -> None:
        """Open the citizen's mirror, or close it."""
        from ui.citizen_screen.window import toggle

        self.mirror = toggle(self.mirror, self._desk, self._window)

    def toggle_lobby(self) -> None:
        """Open the board of the waiting room, or close it."""
        from ui.citizen_screen.lobby import toggle

        self.lobby = toggle(self.lobby, self._desk, self._window)

    def open_help(
        self,
        shell: "Shell",
        pages: dict[str, QWidget],
        tour: Callable[[], None],
        topic: str,
        words: str,
    ) -> None:
        """Open the help on `topic`, at these words of it; it shows the pages as they stand."""
        from ui.help.window import HelpWindow

        self.help = HelpWindow(self._desk, shell, pages, tour, self._window)
        self.help.open_topic(topic)
        self.help.show()
        self.help.point_at(words)

    def close_help(self) -> str:
        """Close the help and return its topic, "" where none is open."""
        if self.help is None or not isValid(self.help):  # it is gone once it was closed
            return ""
        topic = self.help.topic()
        self.help.close()
        return topic

    def close(self) -> None:
        """Close all of them."""
        for beside in (self.mirror, self.lobby, self.help):
            if beside is not None and isValid(beside):
                beside.close()
                beside.deleteLater()
        self.mirror = self.lobby = self.help = None
