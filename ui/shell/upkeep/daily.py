"""Work that goes on by itself: the counts on the rail, the hourly copies, the way to the city."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cchc_desk.i18n import _
from ui.shell import jobs, notices

if TYPE_CHECKING:
    from cchc_desk.actions.data.copies import Copied
    from cchc_desk.errors import DeskError
    from cchc_desk.session import Desk
    from ui.city.courier import Courier

_MINUTE_MS = 60_000
_COPY_MINUTES = 60  # counted, not read off a clock that may be set


@dataclass(frozen=True)
class Counts:
    """Figures of the rail by page; `newest` is a line about the last dossier, "" for none.

    `to_sign`: the letters that wait for who sits here, at a station of a ward.
    """

    by_page: dict[str, int]
    newest: str
    to_sign: int = 0


class DailyWork(QObject):
    """Counts each minute; copies the data each hour in which anything changed, and at closing."""

    counted = Signal(object, str)  # count by page, a line on the newest dossier and the copy
    letters_wait = Signal(int)  # to be signed by who sits here
    copied = Signal()  # the day's first copy is made
    minute = Signal()  # one more has passed
    sheet_wanted = Signal()  # the morning sheet, from the notice of the day's copy

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._copied_on: date | None = None  # the day of the first copy
        self._copied_line: Callable[[], str] = str  # about the last copy, in the language in use
        self._minutes = 0  # since the last copy
        self._lobby_trouble = ""  # that was said about the board's file
        self._writes_lobby = False  # of a share that hangs one thread waits, not one each minute
        self._courier: Courier | None = None
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.each_minute)
        self._recount = QTimer(self, singleShot=True, interval=0)
        self._recount.timeout.connect(self.count)

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
        for done in (notices.signals().noticed, notices.signals().undo_offered):
            done.connect(self._recount.start)  # what was done here counts at once

    def stop(self) -> None:
        self._minute.stop()
        self._recount.stop()

    def each_minute(self) -> None:
        self.minute.emit()
        self.count()
        self._write_lobby()
        self.go_on()

    def _write_lobby(self) -> None:
        """The board of the waiting room for a TV, where the settings name its file."""
        desk = self._desk
        if desk.settings["lobby_file"] and not self._writes_lobby:
            self._writes_lobby = True
            jobs.run_beside(self, lambda: _refresh_lobby(desk), self._lobby_written, self._no_lobby)

    def _lobby_written(self, _written: object) -> None:
        self._lobby_trouble, self._writes_lobby = "", False

    def _no_lobby(self, error: "DeskError") -> None:
        """Said once, not each minute; it is tried again all the same."""
        self._writes_lobby = False
        if self._lobby_trouble != error.message:
            self._lobby_trouble = error.message
            notices.warn(error.message)

    def go_on(self) -> None:
        """Do what is due now besides the counts, which each page that opens brings."""
        self.courier.each_minute()
        self._minutes += 1
        if self._copied_on != self._desk.now().date() or self._minutes >= _COPY_MINUTES:
            self._minutes = 0
            self._copy_data()

    def count(self) -> None:
        """Counts again what waits on each page."""
        desk = self._desk
        jobs.run(self, lambda: _count(desk), self._counted, _not_counted)

    def _counted(self, counts: Counts) -> None:
        parts = (counts.newest, self._copied_line())
        self.counted.emit(counts.by_page, " · ".join(part for part in parts if part))
        self.letters_wait.emit(counts.to_sign)

    def _copy_data(self) -> None:
        desk = self._desk
        if desk.on_server:  # which makes its copies itself
            self._copied_line = lambda: _("Dữ liệu ở máy chủ của phường")
            self._first_of_the_day()
            return
        jobs.run_beside(self, lambda: _copy(desk), self.data_copied, self._not_copied)

    def data_copied(self, copied: "Copied") -> None:
        """Show what was seen of the last copy; the first one of a day has its notice."""
        self._copied_line = lambda: _line_about(copied)
        today = self._desk.now().date()
        if copied.problems:
            notices.trouble(copied.problems[0])
        elif self._copied_on != today:
            notices.say(
                _("Đã có bản sao dữ liệu hôm nay: {name}").format(name=copied.copy.file.name),
                _("Xem phiếu buổi sáng"),
                self.sheet_wanted.emit,
            )
        self._first_of_the_day()

    def _first_of_the_day(self) -> None:
        today = self._desk.now().date()
        if self._copied_on != today:
            self._copied_on = today
            self.copied.emit()

    def _not_copied(self, error: "DeskError") -> None:
        """The line stays until a copy is made; the next is tried in an hour."""
        now = self._desk.now()
        self._copied_on = now.date()
        self._copied_line = lambda: _("⚠ Chưa sao lưu được lúc {now:%H:%M}: {why}").format(
            now=now, why=error.message
        )
        notices.trouble(error.message, self._copy_data)

    def copy_at_closing(self) -> None:
        """The last copy of the day; the program waits for it."""
        desk = self._desk
        if desk.on_server:
            return
        jobs.run(self, lambda: _copy_at_closing(desk), lambda _copied: None)


def _not_counted(error: "DeskError") -> None:
    """Say why, but where it is the line to the server: that stands over the page already."""
    if error.code not in ("no-server", "done-unread"):
        notices.trouble(error.message)


def _line_about(copied: "Copied") -> str:
    from cchc_desk.actions.data.copies import Second

    if copied.problems:
        return _("⚠ Bản sao có lỗi: {problem}").format(problem=copied.problems[0])
    line = _("Bản sao gần nhất {name}").format(name=copied.copy.file.name)
    absent = _(" · nơi thứ hai chưa có mặt") if copied.second is Second.ABSENT else ""
    return f"{line}{absent}"


def _copy(desk: "Desk") -> "Copied":
    """The copy of this hour, or the last one where nothing has changed since."""
    from cchc_desk.actions.data import copies
    from cchc_desk.domain.copies import Reason

    copied = copies.copy_if_changed(desk, Reason.HOURLY)
    if copied is None:
        newest = copies.newest_copy(desk)
        assert newest is not None, "nothing has changed since this one"
        copied = copies.Copied(newest, ())
    return copied


def _refresh_lobby(desk: "Desk") -> object:
    from cchc_desk.actions.boards import lobby

    return lobby.refresh_board(desk)


def _copy_at_closing(desk: "Desk") -> None:
    from cchc_desk.actions.data import copies
    from cchc_desk.domain.copies import Reason

    copies.copy_if_changed(desk, Reason.CLOSING)


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
        if newest and not newest[0].damaged  # its moment is not known
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
    return Counts(by_page, line, _to_sign(desk) if desk.on_server else 0)


def _to_sign(desk: "Desk") -> int:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.domain.dossiers.dossier import LetterState
    from cchc_desk.domain.people.officials import Role

    if desk.official is None or desk.official.role is not Role.LEADER:
        return 0
    return len(letters.letters(desk, LetterState.DRAFTED))
