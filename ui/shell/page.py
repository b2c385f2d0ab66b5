"""Base class of the pages: a widget with the desk, the shell, and hooks for scan and show."""

from functools import partial
from textwrap import shorten

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.shell import notices
from ui.shell.navigation import Shell

_LETTERS = 60  # of what is not saved, in its notice


class Page(QWidget):
    """A page of the window; made when it is first shown, kept until the window closes."""

    page_name = ""  # in ui/shell/pages.py, of a page that can hold something unsaved

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Opaque: a key paints its field and this, not all that lies below.
        self.setAutoFillBackground(True)
        self.desk = desk
        self.shell = shell

    def shown(self) -> None:
        """Called when the page came to the front: refresh it, set the focus."""

    def focus(self, widget: QWidget) -> None:
        """Give `widget` the focus while this page is in front: an answer may come later."""
        if self.isVisible():
            widget.setFocus()

    def refresh(self) -> None:
        """Read again, from the desk, all that the page shows."""

    def changed_elsewhere(self) -> None:
        """Another station changed something: show it, and leave what is being typed as it is."""

    def scanned(self, text: str) -> bool:
        """A scan arrived; True when this page used it."""
        return False

    def open(self, code: str) -> None:
        """Shows one dossier, on pages that can."""

    def showing(self) -> str:
        """Return the argument for `open` that shows the same again, "" for none."""
        return ""

    def official_changed(self) -> None:
        """Another official is at the desk now."""

    def appearance_changed(self) -> None:
        """Called when colours or type size of the window have changed."""

    def fit(self) -> None:
        """Lay out anew for the room there is (ui/widgets/layout/room.py), in the type of now."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def unsaved(self) -> str:
        """Return what was typed here and is not saved, "" for nothing; it stays on the page."""
        return ""

    def hideEvent(self, event: QHideEvent) -> None:
        """Say what stays unsaved when another page is opened, with a key that goes back to it."""
        super().hideEvent(event)
        if self.isHidden() and self.unsaved():  # this page, not the window around it
            notices.warn(
                _("Chưa lưu, vẫn còn trên trang: {what}.").format(
                    what=shorten(self.unsaved(), _LETTERS, placeholder="…")
                ),
                _("Xem lại"),
                partial(self.shell.open_page, self.page_name),
            )

    def leaving(self) -> None:
        """The window closes: last chance to keep what is being typed."""
