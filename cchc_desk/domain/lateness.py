"""Lateness: which letters are owed, when a dossier is closed, and that a promise is re-made once at most."""

from datetime import datetime
from typing import Protocol

from cchc_desk.domain.deadlines import LimitUnit, TimeLimit, Timing, timing
from cchc_desk.domain.dossier import Dossier, Letter, LetterState, Status
from cchc_desk.errors import Refused


class Promised(Protocol):
    """What lateness needs to know of a dossier, whether the whole of it or one line of a list."""

    @property
    def status(self) -> Status: ...
    @property
    def limit(self) -> TimeLimit: ...
    @property
    def first_due(self) -> datetime: ...
    @property
    def second_due(self) -> datetime | None: ...
    @property
    def ready(self) -> datetime | None: ...
    @property
    def letters_delivered(self) -> int: ...


# Re-appointments compare dates, whatever the first limit was (docs/promise.md 9).
_BY_DATE = TimeLimit(LimitUnit.WORKING_DAYS, 1)

SECOND_REAPPOINTMENT = (
    "Hồ sơ {code} đã được hẹn lại một lần (hẹn trả {due:%H:%M ngày %d/%m/%Y}). Việc hẹn lại tối đa không quá 01 lần "
    "(Công văn 2307/UBND-NC ngày 03/8/2020): không đặt thêm ngày hẹn; hãy báo lãnh đạo và trả kết quả sớm nhất."
)


def is_late(dossier: Promised, now: datetime) -> bool:
    """Late against the first promise; an open dossier is measured at `now`."""
    return timing(dossier.ready or now, dossier.first_due, dossier.limit) is Timing.LATE


def broke_reappointment(dossier: Promised, now: datetime) -> bool:
    second = dossier.second_due
    return second is not None and timing(dossier.ready or now, second, _BY_DATE) is Timing.LATE


def letters_due(dossier: Promised, now: datetime) -> int:
    """How many apology letters this dossier must have had: one when late, another when the re-appointment broke too."""
    return int(is_late(dossier, now)) + int(broke_reappointment(dossier, now))


def letters_owed(dossier: Promised, now: datetime) -> int:
    """How many of them are not yet signed and handed over."""
    return max(0, letters_due(dossier, now) - dossier.letters_delivered)


def closes(dossier: Promised, now: datetime) -> bool:
    """A returned dossier is closed once every letter it owes was handed over."""
    return dossier.status is Status.RETURNED and letters_owed(dossier, now) == 0


def open_draft(dossier: Dossier) -> Letter | None:
    return next((letter for letter in dossier.letters if letter.state is LetterState.DRAFTED), None)


def next_letter(dossier: Dossier, now: datetime, new_due: datetime | None) -> int:
    """The ordinal of the letter that may be drafted now; Refused where the rule allows none.

    The first letter carries the one re-appointment while the result is not ready; the second, owed once that
    broke too, carries no date (docs/promise.md, "At most one re-appointment").
    """
    signed = [letter for letter in dossier.letters if letter.state is not LetterState.DRAFTED]
    second = dossier.second_due
    if new_due is not None and second is not None:
        rule = SECOND_REAPPOINTMENT.format(code=dossier.code, due=second)
        raise Refused("second-reappointment", rule, "new_due")
    if signed and not (len(signed) == 1 and broke_reappointment(dossier, now)):
        raise Refused("letter-exists", f"Hồ sơ {dossier.code} đã có thư xin lỗi được ký; không cần thư nữa.")
    if not signed and dossier.ready is None and new_due is None:
        raise Refused("new-due-missing", "Hãy ghi ngày hẹn trả mới trong thư xin lỗi.", "new_due")
    if dossier.ready is not None and not is_late(dossier, now):
        raise Refused("not-late", f"Hồ sơ {dossier.code} có kết quả đúng hẹn; không phải xin lỗi.")
    if dossier.ready is not None and new_due is not None:
        raise Refused("already-ready", "Hồ sơ đã có kết quả; thư xin lỗi không đặt ngày hẹn mới.", "new_due")
    return len(signed) + 1
