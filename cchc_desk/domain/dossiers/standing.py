"""Standing of a dossier at a moment: kept, due, late or waiting, in words with the time left.

    standing = standing_of(row, row.now)          of a Dossier or of a line of a list
    standing.kind, standing.severity              for the order and for the colour
    standing.text                                 "còn 41 phút", "trễ 2 ngày", "lỡ cả hẹn lại"

Lists, day board, dossier and citizen's screen share it. The words are made when they are read, in
the language in use then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.lateness import Promised
from cchc_desk.i18n import _, _n, later

SOON = timedelta(days=3)  # calendar days before the due day
_MINUTES_SHOWN = 120  # a shorter span is given in minutes


class Standing(Enum):
    """Kind of a standing, the most urgent first; lists sort by this order."""

    DAMAGED = "damaged"
    BROKEN_AGAIN = "broken-again"
    LATE = "late"
    LETTER_OWED = "letter-owed"
    DUE_TODAY = "due-today"
    SOON = "soon"
    OPEN = "open"
    WAITING = "waiting"
    PAUSED = "paused"
    READY = "ready"
    RETURNED = "returned"
    GONE = "gone"
    CANCELLED = "cancelled"


class Severity(Enum):
    """Red for broken, amber for today, grey for waiting; the value names the badge's role."""

    BROKEN = "late"
    TODAY = "soon"
    RUNNING = "plain"
    WAITING = "quiet"
    DONE = "good"


_SEVERITY = {
    Standing.DAMAGED: Severity.BROKEN,
    Standing.BROKEN_AGAIN: Severity.BROKEN,
    Standing.LATE: Severity.BROKEN,
    Standing.LETTER_OWED: Severity.TODAY,
    Standing.DUE_TODAY: Severity.TODAY,
    Standing.SOON: Severity.RUNNING,
    Standing.OPEN: Severity.RUNNING,
    Standing.WAITING: Severity.WAITING,
    Standing.PAUSED: Severity.WAITING,
    Standing.READY: Severity.DONE,
    Standing.RETURNED: Severity.DONE,
    Standing.GONE: Severity.WAITING,
    Standing.CANCELLED: Severity.WAITING,
}
# Beside the colour, so that nothing depends on seeing it.
_SIGNS = {
    Severity.BROKEN: "✗",
    Severity.TODAY: "●",
    Severity.RUNNING: "○",
    Severity.WAITING: "–",
    Severity.DONE: "✓",
}
_WORDS = {
    Standing.DAMAGED: later("hồ sơ bị hỏng"),
    Standing.BROKEN_AGAIN: later("lỡ cả hẹn lại"),
    Standing.LATE: later("trễ hẹn"),
    Standing.DUE_TODAY: later("trả hôm nay"),
    Standing.SOON: later("sắp đến hẹn"),
    Standing.OPEN: later("đang giải quyết"),
    Standing.PAUSED: later("tạm dừng"),
    Standing.READY: later("có kết quả, chờ trả"),
    Standing.RETURNED: later("đã trả"),
    Standing.CANCELLED: later("đã hủy do nhập sai"),
}
_BY_STATUS = {
    Status.SUPPLEMENT: later("chờ dân bổ sung"),
    Status.OBLIGATION: later("chờ nghĩa vụ tài chính"),
    Status.WITHDRAWN: later("đã rút"),
    Status.STOPPED: later("đã dừng"),
}
_OWED = {
    Status.READY: later("có kết quả muộn, nợ thư xin lỗi"),
    Status.RETURNED: later("đã trả, nợ thư xin lỗi"),
    Status.WITHDRAWN: later("đã rút, nợ thư xin lỗi"),
    Status.STOPPED: later("đã dừng, nợ thư xin lỗi"),
}


class Standable(Promised, Protocol):
    """Facts of a dossier that its standing goes by, of the whole of it or of one line of a list."""

    @property
    def due(self) -> datetime: ...
    @property
    def returned(self) -> datetime | None: ...
    @property
    def damaged(self) -> bool: ...


@dataclass(frozen=True)
class DossierStanding:
    """Standing of one dossier at `now`; `due` is what its citizen waits for now.

    `clock_stands`: a pause stops the clock, so there is no time left to speak of. `urged`: how many
    times somebody asked again, 0 where that was answered. `process_late`: over the process limit.
    """

    kind: Standing
    status: Status
    due: datetime
    second: bool
    clock_stands: bool
    now: datetime
    urged: int = 0
    process_late: bool = False

    @property
    def severity(self) -> Severity:
        return _SEVERITY[self.kind]

    @property
    def sign(self) -> str:
        """One character that says the severity without its colour."""
        return _SIGNS[self.severity]

    @property
    def words(self) -> str:
        """The kind in words: `trễ hẹn`, `chờ dân bổ sung`."""
        if self.kind is Standing.LETTER_OWED:
            return _(_OWED[self.status])
        return _(_WORDS.get(self.kind) or _BY_STATUS[self.status])

    @property
    def time_left(self) -> str:
        """`còn 41 phút`, `trễ 2 ngày`; "" where no time runs."""
        if self.kind not in _TIMED or self.clock_stands:
            return ""
        if self.now <= self.due:
            left = _("còn {span}").format(span=_span(self.now, self.due))
        elif self.kind in (Standing.LATE, Standing.BROKEN_AGAIN):
            left = _("trễ {span}").format(span=_span(self.due, self.now))
        else:  # the day is not over, and a day's promise counts days
            left = _("quá giờ hẹn {span}").format(span=_span(self.due, self.now))
        return _("hẹn lại, {left}").format(left=left) if self._waits_for_second else left

    @property
    def _waits_for_second(self) -> bool:
        return self.second and self.kind is Standing.LATE

    @property
    def text(self) -> str:
        """Text of a badge: the time left where that says all, else the words with it."""
        left = self.time_left
        says_all = left and self.kind in _TIME_SAYS_ALL and not self._waits_for_second
        urged = _("đôn đốc lần {n}").format(n=self.urged) if self.urged else ""
        # Where the promise is broken too, that says enough; the dossier's page names both.
        over = _("quá hạn quy trình") if self.process_late and self.kind in _PROMISE_HOLDS else ""
        return " · ".join(filter(None, ("" if says_all else self.words, left, over, urged)))


_TIME_SAYS_ALL = {Standing.LATE, Standing.DUE_TODAY, Standing.SOON, Standing.OPEN}
_PROMISE_HOLDS = {
    *(Standing.DUE_TODAY, Standing.SOON, Standing.OPEN, Standing.WAITING),
    Standing.PAUSED,
}
_TIMED = _TIME_SAYS_ALL | {Standing.BROKEN_AGAIN, Standing.WAITING, Standing.PAUSED}


def standing_of(
    dossier: Standable, now: datetime, urged: int = 0, *, process_late: bool = False
) -> DossierStanding:
    """Return the standing of a dossier, or of a line of a list, at `now`; the rest as it has."""
    return DossierStanding(
        _kind(dossier, now),
        dossier.status,
        dossier.due,
        dossier.second_due is not None,
        dossier.paused_since is not None and not lateness.is_late(dossier, now),
        now,
        urged,
        process_late,
    )


def _kind(dossier: Standable, now: datetime) -> Standing:
    status = dossier.status
    if dossier.damaged:
        return Standing.DAMAGED
    if dossier.cancelled is not None:
        return Standing.CANCELLED
    if dossier.finished is not None:
        if status in _OWED and lateness.letters_owed(dossier, now):
            return Standing.LETTER_OWED
        if dossier.returned is not None:
            return Standing.RETURNED
        return Standing.READY if status is Status.READY else Standing.GONE
    if lateness.broke_reappointment(dossier, now):
        return Standing.BROKEN_AGAIN
    if lateness.is_late(dossier, now):
        return Standing.LATE
    if status in (Status.SUPPLEMENT, Status.OBLIGATION):
        return Standing.WAITING
    if dossier.paused_since is not None:
        return Standing.PAUSED
    if dossier.due.date() <= now.date():
        return Standing.DUE_TODAY
    return Standing.SOON if dossier.due.date() - now.date() <= SOON else Standing.OPEN


def _span(start: datetime, end: datetime) -> str:
    """A span in the largest unit that fits: days between two days, hours and minutes within one."""
    days = (end.date() - start.date()).days
    if days:
        return _n("{n} ngày", days).format(n=days)
    minutes = int((end - start).total_seconds()) // 60
    if minutes < _MINUTES_SHOWN:
        return _n("{n} phút", minutes).format(n=minutes)
    return _n("{n} giờ", minutes // 60).format(n=minutes // 60)
