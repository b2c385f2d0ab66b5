"""What the other stations of the ward do, shown here at once; and the line to them that broke."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from ui.shell import jobs, notices

if TYPE_CHECKING:
    from datetime import datetime

    from cchc_desk.actions.office.stations import News, Present, Watch
    from cchc_desk.session import Desk
    from ui.shell.frame import Frame
    from ui.shell.page import Page

_NO_LINE = later(
    "Mất mạng tới máy chủ của phường từ {since:%H:%M}. Những gì đang hiện vẫn xem được, đang gõ "
    "thì vẫn còn; có mạng lại là ghi tiếp được. Trong lúc chờ, hãy dùng giấy hẹn in sẵn."
)
_LOOKED_AT = frozenset({"dossier", "correct"})  # pages of one dossier


class Elsewhere(QObject):
    """Keeps the page in front as it is in the ward; what is being typed on it stays.

    A desk of one PC has no other stations: there a page is shown anew where an act on it was
    refused because another program has changed the dossier.
    """

    changed = Signal()  # something to be counted again
    _arrived = Signal(object)

    def __init__(self, desk: "Desk", frame: "Callable[[], Frame]", parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._frame = desk, frame
        self._watch: Watch | None = None
        self._others: tuple[Present, ...] = ()
        self._lost_since: datetime | None = None
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)
        jobs.signals().answered.connect(self._answered)

    def start(self) -> None:
        """Listen, from now on and on a thread of its own."""
        from cchc_desk.actions.office import stations

        self._watch = stations.watch(self._desk)
        if self._watch is not None:
            # A daemon: closing the window does not wait for a line that hangs.
            Thread(target=self._listen, args=(self._watch,), name="ward", daemon=True).start()

    def stop(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def look(self) -> None:
        """Say to the others which dossier is in front here, and show who else looks at it."""
        if self._watch is None:
            return
        official = self._desk.official
        self._watch.look_at(official.name if official else "", self._code())
        self._show_state()

    def nobody_here(self) -> None:
        """Say to the others that nobody sits here, so no dossier is open either."""
        if self._watch is not None:
            self._watch.look_at("", "")

    def _page(self) -> "Page":
        frame = self._frame()
        return frame.pages[frame.current]

    def _listen(self, watch: "Watch") -> None:
        for news in watch.news():
            with suppress(RuntimeError):  # the window may be gone
                self._arrived.emit(news)

    def _show(self, news: object) -> None:
        from cchc_desk.actions.office.stations import News

        if self._watch is None:  # it was on its way when the window closed
            return
        if not isinstance(news, News):
            self._lost_since = self._desk.now()
            self._show_state()
            return
        if self._lost_since is not None:
            self._lost_since = None
            notices.say(_("Đã nối lại máy chủ của phường."))
            self._page().changed_elsewhere()
            self.changed.emit()
        self._others = news.others
        self._show_state()
        if news.changes:
            self._show_changes(news)

    def _show_changes(self, news: "News") -> None:
        frame = self._frame()
        page, codes = self._page(), {change.code for change in news.changes}
        in_front = self._code()
        if frame.current not in _LOOKED_AT or in_front in codes:
            page.changed_elsewhere()
        said = [news.sentence(change) for change in news.changes if change.code == in_front]
        if said:
            notices.warn("; ".join(said))
        self.changed.emit()

    def _show_state(self) -> None:
        """One line over the page: the server that cannot be reached, or who else looks at this."""
        from cchc_desk.actions.office import stations

        if self._lost_since is not None:
            self._frame().show_ward(_(_NO_LINE).format(since=self._lost_since))
        else:
            self._frame().show_ward(stations.looking_at(self._others, self._code()))

    def _code(self) -> str:
        """Return the code of the dossier in front, "" for none."""
        return self._page().showing() if self._frame().current in _LOOKED_AT else ""

    def _answered(self, owner: QObject, error: Exception | None) -> None:
        from ui.shell.page import Page

        is_change = isinstance(error, Refused) and error.code == "changed-meanwhile"
        if is_change and isinstance(owner, Page):
            owner.changed_elsewhere()
