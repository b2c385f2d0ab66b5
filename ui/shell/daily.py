"""Work that goes on by itself: the counts on the rail, the day's copy, the way to the city."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cchc_desk.i18n import _
from ui.shell import jobs, notices

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.city.courier import Courier

_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Counts:
    """Figures of the rail by page; `newest` is a line about the last dossier, "" for none."""

    by_page: dict[str, int]
    newest: str


class DailyWork(QObject):
    """Counts each minute; the first minute of a day also makes its copy of the data."""

    counted = Signal(object, str)  # count by page, a line on the newest dossier and the copy
    copied = Signal()  # the day's copy is made
    minute = Signal()  # one more has passed
    sheet_wanted = Signal()  # the morning sheet, from the notice of the day's copy

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._copied_on: date | None = None
        self._copy = ""  # name of the day's copy
        self._courier: Courier | None = None
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.each_minute)

    @property
    def courier(self) -> "Courier":
        """Carries the desk's days to the city, whatever page is in front."""
        from ui.city.courier import Courier

        if self._courier is None:
            self._courier = Courier(self._desk, self)
            self._courier.changed.connect(self.count)
        return self._courier

    def start(self) -> None:
        self._minute.start()

    def stop(self) -> None:
        self._minute.stop()

    def each_minute(self) -> None:
        self.minute.emit()
        self.count()
        self.go_on()

    def go_on(self) -> None:
        """What is due now besides the counts, which each page that opens brings."""
        self.courier.each_minute()
        today = self._desk.now().date()
        if self._copied_on != today:
            self._copied_on = today
            self._backup()

    def count(self) -> None:
        """Counts again what waits on each page."""
        desk = self._desk
        jobs.run(self, lambda: _count(desk), self._counted)

    def _counted(self, counts: Counts) -> None:
        copy = _("Bản sao gần nhất {name}").format(name=self._copy) if self._copy else ""
        self.counted.emit(
            counts.by_page, " · ".join(part for part in (counts.newest, copy) if part)
        )

    def _backup(self) -> None:
        desk = self._desk
        jobs.run(self, lambda: _backup(desk), self._backed_up)

    def _backed_up(self, file: Path) -> None:
        self._copy = file.name
        notices.say(
            _("Đã có bản sao dữ liệu hôm nay: {name}").format(name=file.name),
            _("Xem phiếu buổi sáng"),
            self.sheet_wanted.emit,
        )
        self.copied.emit()


def _backup(desk: "Desk") -> Path:
    from cchc_desk.actions.office import upkeep

    return upkeep.backup(desk)


def _count(desk: "Desk") -> Counts:
    """Seven counts that matter, each beside the page where it is worked on."""
    from cchc_desk.actions.city import schedule
    from cchc_desk.actions.dossiers import progress, supplements
    from cchc_desk.actions.intake import before_acceptance
    from cchc_desk.actions.office import clock

    board = progress.day_board(desk)
    found = progress.find_dossiers(desk, limit=5, order="accepted")
    newest = [row for row in found if not row.cancelled]
    line = (
        _("Hồ sơ mới nhất {code} lúc {accepted:%H:%M %d/%m}").format(
            code=newest[0].code, accepted=newest[0].accepted
        )
        if newest
        else ""
    )
    correction = clock.correction_words(desk.clock_correction())
    line = " · ".join(filter(None, (correction, line)))
    by_page = {
        "today": len(board.due_today),
        "intake": len(before_acceptance.waiting(desk)),
        "dossiers": len(board.late),
        "return": progress.ready_to_return(desk),
        "overdue": len(board.letters_owed),
        "registers": len(supplements.supplements(desk).not_told),
    }
    if schedule.has_city(desk):
        by_page["city"] = schedule.waiting(desk)
    return Counts(by_page, line)
