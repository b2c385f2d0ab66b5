"""Sending of the desk's days to the city: by itself when there is a line, or by key at once.

The database's part runs on the desk's worker, the network's beside it, so that the counter never
waits for a line.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cchc_desk.actions.city import schedule
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.shell import jobs, notices

if TYPE_CHECKING:
    from cchc_desk.actions.city.replies import Answer, Taken
    from cchc_desk.actions.city.sending import Outgoing

ROUNDS = 4  # as the command line's (actions/city/sending.py)


class Courier(QObject):
    """Sends one round at a time; `changed` is emitted when a round begins or ends."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.busy = False
        self._by_hand = False
        self._rounds = 0
        self._receipts: tuple[int, ...] = ()
        self._arrived = 0
        self._last: datetime | None = None

    def each_minute(self) -> None:
        """Sets out by itself when it is time to."""
        desk, last = self._desk, self._last
        if not self.busy:
            jobs.run(self, lambda: schedule.due(desk, last), self._is_due)

    def _is_due(self, due: bool) -> None:
        if due and not self.busy:
            self._set_out(by_hand=False)

    def send_now(self) -> None:
        """Send at once and show the result."""
        if self.busy:
            self._by_hand = True
        else:
            self._set_out(by_hand=True)

    def _set_out(self, *, by_hand: bool) -> None:
        self.busy, self._by_hand, self._rounds = True, by_hand, 0
        self._receipts, self._arrived, self._last = (), 0, self._desk.now()
        self.changed.emit()
        self._prepare()

    def _prepare(self) -> None:
        self._rounds += 1
        desk, by_hand = self._desk, self._by_hand
        jobs.run(self, lambda: _prepare(desk, by_hand=by_hand), self._prepared, self._failed)

    def _prepared(self, outgoing: "Outgoing | None") -> None:
        if outgoing is None:
            self._home("")
            return
        jobs.run_outside(self, lambda: _exchange(outgoing), self._came_back, self._failed)

    def _came_back(self, answers: "tuple[Answer, ...]") -> None:
        desk = self._desk
        jobs.run(self, lambda: _take(desk, answers), self._taken, self._failed)

    def _taken(self, taken: "Taken") -> None:
        self._receipts += taken.receipts
        self._arrived += taken.arrived
        if taken.again and self._rounds < ROUNDS:
            self._prepare()
        else:
            self._home(taken.trouble)

    def _failed(self, error: DeskError) -> None:
        self._home(error.message)

    def _home(self, trouble: str) -> None:
        self.busy = False
        self.changed.emit()
        if self._by_hand:
            notices.trouble(trouble) if trouble else notices.say(self._said())
        elif self._arrived > 1:  # the ward's totals come each time
            notices.say(_("Thành phố vừa gửi xuống; xem ở trang Thành phố."))

    def _said(self) -> str:
        if self._receipts:
            numbers = ", ".join(map(str, self._receipts))
            return _("Thành phố đã nhận, biên nhận số {numbers}.").format(numbers=numbers)
        return _("Thành phố đã có đủ số liệu của quầy; không còn gì phải gửi.")


# A sending brings its libraries along (signing, TLS) when it sets out, not when the window counts
# what waits.


def _prepare(desk: Desk, *, by_hand: bool) -> "Outgoing | None":
    """Return what is to be sent; None where another station of the ward sends by itself."""
    from cchc_desk.actions.city import sending

    if not (by_hand or sending.sends_here(desk)):
        return None
    return sending.prepare(desk)


def _exchange(outgoing: "Outgoing") -> "tuple[Answer, ...]":
    from cchc_desk.actions.city import sending

    return sending.exchange(outgoing)


def _take(desk: Desk, answers: "tuple[Answer, ...]") -> "Taken":
    from cchc_desk.actions.city import sending

    return sending.take_answers(desk, answers)
