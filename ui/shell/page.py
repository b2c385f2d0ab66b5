"""What every page is: a widget of the window that knows the desk, may use a scan, and refreshes
when it is shown.
"""

from PySide6.QtWidgets import QWidget

from cchc_desk.session import Desk
from ui.shell.navigation import Shell


class Page(QWidget):
    """A page of the window; made when it is first shown, kept until the window closes."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self.setAutoFillBackground(
            True
        )  # opaque: a key paints its field and this, not all that lies below
        self.desk = desk
        self.shell = shell

    def shown(self) -> None:
        """The page came to the front: time to be up to date, and to put the focus where typing
        begins.
        """

    def refresh(self) -> None:
        """Read again, from the desk, all that the page shows."""

    def scanned(self, text: str) -> bool:
        """A scan arrived; True when this page used it."""
        return False

    def open(self, code: str) -> None:
        """Shows one dossier, on pages that can."""

    def showing(self) -> str:
        """What `open` has to be given to show the same again; "" when there is no such thing."""
        return ""

    def official_changed(self) -> None:
        """Another official is at the desk now."""

    def appearance_changed(self) -> None:
        """The window wears other colours or another type size from now on."""

    def leaving(self) -> None:
        """The window closes: last chance to keep what is being typed."""
