"""The other stations of a ward: what they do while a window is open here, and who sits there."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import changes
from cchc_desk.store.dossiers.changes import Change as Change
from cchc_desk.store.engine.database import Present as Present
from cchc_desk.store.engine.database import StationLine
from cchc_desk.store.ledger import journal

TURN_S = 1.0  # at most until what is shown here is said to the others
_AGAIN_S = 2.0  # between two tries to reach the server


@dataclass(frozen=True)
class News:
    """What the others wrote on dossiers since the last news, and who sits where now."""

    changes: tuple[Change, ...]
    others: tuple[Present, ...]

    def sentence(self, change: Change) -> str:
        """Return who did what, and at which station they sit."""
        places = {one.official: one.station for one in self.others}
        place = places.get(change.official, "")
        return f"{place} · {change.sentence()}" if place else change.sentence()


@dataclass(frozen=True)
class NoLine:
    """The server cannot be reached."""


class Watch:
    """Listens to the ward, on one thread; `look_at` and `stop` are called from any."""

    def __init__(self, desk: Desk, line: StationLine) -> None:
        self._desk, self._line = desk, line
        self._here: Present | None = None
        self._stop = threading.Event()

    def look_at(self, official: str, dossier: str) -> None:
        """Say, at the next turn, who sits here and which dossier they have open, "" for none."""
        self._here = Present(self._desk.database.station, official, dossier)

    def stop(self) -> None:
        """Let `news` end within TURN_S."""
        self._stop.set()

    def news(self) -> Iterator[News | NoLine]:
        """Yield what is new, the present first, until stopped; NoLine once where the line breaks.

        After a line that broke the first news are of all that was missed meanwhile.
        """
        after: int | None = None
        said: Present | None = None
        others: tuple[Present, ...] | None = None
        is_lost = False
        try:
            while not self._stop.is_set():
                try:
                    if self._here != said:
                        said = self._here
                        if said is not None:
                            self._line.sit(said)
                    if after is None:
                        after = self._last()
                    heard = self._line.wait(TURN_S)
                    if not (heard or is_lost or others is None):
                        continue
                    found, now = self._behind(after), self._line.others()
                except Trouble:
                    if not is_lost:
                        is_lost = True
                        yield NoLine()
                    said = None
                    self._stop.wait(_AGAIN_S)
                    continue
                if found or now != others or is_lost:
                    is_lost, others = False, now
                    after = found[-1].seq if found else after
                    yield News(found, now)
        finally:
            self._line.close()

    def _last(self) -> int:
        with self._desk.read() as connection:
            link = journal.last_link(connection)
        return link.seq if link else 0

    def _behind(self, after: int) -> tuple[Change, ...]:
        with self._desk.read() as connection:
            return changes.behind(connection, after, own=self._desk.own_entries)


def watch(desk: Desk) -> Watch | None:
    """Return what listens to the other stations of the ward; None for a desk of one PC."""
    desk.require(Permission.READ)
    line = desk.database.line()
    return Watch(desk, line) if line is not None else None


def looking_at(others: Sequence[Present], code: str) -> str:
    """Return in words who else has this dossier open; "" for nobody."""
    here = [one for one in others if one.dossier == code]
    names = [f"{one.official} ({one.station})" if one.station else one.official for one in here]
    return _("{names} cũng đang mở hồ sơ này.").format(names=", ".join(names)) if names else ""
