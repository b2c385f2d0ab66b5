"""Lateness: letters owed, closing, the one re-appointment, three strikes."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

from cchc_desk.domain.dossiers.dossier import GONE, Dossier, Letter, LetterState, Status
from cchc_desk.domain.figures import (
    FIRST_LETTER_OWED,
    LATE,
    REAPPOINTMENT_BROKEN,
    SECOND_LETTER_OWED,
    Period,
)
from cchc_desk.domain.law.regime import Regime
from cchc_desk.domain.time.deadlines import TimeLimit
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later, moment_message


class Promised(Protocol):
    """Facts of a dossier that lateness goes by, of the whole of it or of one line of a list."""

    @property
    def status(self) -> Status: ...
    @property
    def limit(self) -> TimeLimit: ...
    @property
    def first_due(self) -> datetime: ...
    @property
    def last_minute(self) -> datetime: ...
    @property
    def second_due(self) -> datetime | None: ...
    @property
    def second_last_minute(self) -> datetime | None: ...
    @property
    def finished(self) -> datetime | None: ...
    @property
    def paused_since(self) -> datetime | None: ...
    @property
    def letters_delivered(self) -> int: ...
    @property
    def cancelled(self) -> datetime | None: ...


SECOND_REAPPOINTMENT = later(
    "Hồ sơ {code} đã được hẹn lại một lần (hẹn trả {due}). Việc hẹn lại tối đa không quá 01 lần"
    "{order}: không đặt thêm ngày hẹn; hãy báo lãnh đạo và trả kết "
    "quả sớm nhất."
)
_REAPPOINTED = later(
    "Hồ sơ {code} đã được hẹn lại một lần (hẹn trả {due}), chưa lỡ lần hẹn này nên chưa nợ thư "
    "nữa. Việc hẹn lại tối đa không quá 01 lần{order}: hãy báo "
    "lãnh đạo và trả kết quả đúng lần hẹn này."
)
_BROKEN_TWICE = later(
    "Hồ sơ {code} lỡ cả lần hẹn lại {due} và đã có thư xin lỗi thứ hai được ký. Không hẹn thêm "
    "được (tối đa không quá 01 lần): hãy báo lãnh đạo và trả kết quả sớm nhất."
)
_LETTER_SIGNED = later(
    "Hồ sơ {code} đã có thư xin lỗi được ký; hãy in và trao cho công dân, không cần thư nữa."
)
_LETTER_DELIVERED = later("Hồ sơ {code} đã có thư xin lỗi được ký, đã trao; không cần thư nữa.")


def is_late(dossier: Promised, now: datetime) -> bool:
    """Return True when late against the first promise; an open dossier is measured at `now`."""
    return LATE.holds(dossier, Period.at(now))


def broke_reappointment(dossier: Promised, now: datetime) -> bool:
    """Return True when late against the one re-appointment."""
    return REAPPOINTMENT_BROKEN.holds(dossier, Period.at(now))


def letters_owed(dossier: Promised, now: datetime) -> int:
    """Return the number of apology letters that are due and not yet signed and handed over."""
    at = Period.at(now)
    first, second = FIRST_LETTER_OWED.condition, SECOND_LETTER_OWED.condition
    return first.holds(dossier, at) + second.holds(dossier, at)


def closes(dossier: Promised, now: datetime) -> bool:
    """Return True when it was returned, withdrawn or stopped and owes no letter."""
    over = dossier.status is Status.RETURNED or dossier.status in GONE
    return over and letters_owed(dossier, now) == 0


def open_draft(dossier: Dossier) -> Letter | None:
    return next(
        (letter for letter in dossier.late_letters if letter.state is LetterState.DRAFTED), None
    )


def is_decided(dossier: Dossier) -> bool:
    """Return True when somebody is held responsible, or nobody while no letter proposes any."""
    fixed = dossier.responsibility
    if fixed is None or not fixed.decided:
        return False
    return fixed.official is not None or not any(one.responsible for one in dossier.late_letters)


def is_proposed(dossier: Dossier, official: str) -> bool:
    """Return True when a letter proposes that this official answers for the lateness."""
    return any(letter.responsible == official for letter in dossier.late_letters)


def needless_draft(dossier: Dossier, now: datetime) -> Letter | None:
    """Return the draft for a dossier that was done in time after all, None without one."""
    draft = open_draft(dossier)
    return draft if draft and dossier.finished and letters_owed(dossier, now) == 0 else None


def next_letter(dossier: Dossier, now: datetime, new_due: datetime | None, order: str = "") -> int:
    """Return the ordinal of the letter that may be drafted now.

    `order`: the order behind the rule of one re-appointment, " (…)", where the office has one.

    The first letter carries the one re-appointment while the result is not ready; the second, owed
    once that broke too, carries no date (docs/promise.md, "At most one re-appointment"). Raises
    Refused("second-reappointment"), ("letter-exists"), ("new-due-missing"), ("not-late"),
    ("already-ready").
    """
    signed = [letter for letter in dossier.late_letters if letter.state is not LetterState.DRAFTED]
    done = dossier.finished is not None
    second = dossier.second_due
    if new_due is not None and second is not None:
        rule = Message(
            SECOND_REAPPOINTMENT, code=dossier.code, due=moment_message(second), order=order
        )
        raise Refused("second-reappointment", rule, "new_due")
    if signed and not (len(signed) == 1 and broke_reappointment(dossier, now)):
        raise Refused("letter-exists", _why_no_letter(dossier, signed, now, order))
    if not signed and not done and new_due is None:
        raise Refused(
            "new-due-missing", Message("Hãy ghi ngày hẹn trả mới trong thư xin lỗi."), "new_due"
        )
    if done and not is_late(dossier, now):
        raise Refused(
            "not-late",
            Message("Hồ sơ {code} xong đúng hẹn; không phải xin lỗi.", code=dossier.code),
        )
    if done and new_due is not None:
        raise Refused(
            "already-ready",
            Message("Hồ sơ đã xong; thư xin lỗi không đặt ngày hẹn mới."),
            "new_due",
        )
    return len(signed) + 1


def _why_no_letter(
    dossier: Dossier, signed: Sequence[Letter], now: datetime, order: str
) -> Message:
    """Return the sentence that refuses a further letter, with what is to be done instead."""
    code, second = dossier.code, dossier.second_due
    if second is not None and dossier.finished is None:
        rule = _BROKEN_TWICE if broke_reappointment(dossier, now) else _REAPPOINTED
        return Message(rule, code=code, due=moment_message(second), order=order)
    waits = any(letter.state is LetterState.SIGNED for letter in signed)
    return Message(_LETTER_SIGNED if waits else _LETTER_DELIVERED, code=code)


# --- three strikes --------------------------------------------------------------------------------


class Standing(Enum):
    """Consequence of an official's strikes in a calendar year."""

    CLEAR = "clear"
    WARNING = "warning"
    REVIEW = "review"


def standing(strikes: int, regime: Regime) -> Standing:
    """Return the consequence of so many strikes (Công văn 2307/UBND-NC, 03/8/2020)."""
    if strikes >= regime.strikes_review:
        return Standing.REVIEW
    return Standing.WARNING if strikes >= regime.strikes_warn else Standing.CLEAR
