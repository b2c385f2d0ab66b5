"""Sentences of an apology letter, by what is so on the day it is signed.

No sentence confesses a delay that has not come, promises a result to somebody who withdrew or whose
dossier was stopped, or says that something was mended. The wording beyond the form of 2018 is the
program's own (docs/papers.md).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from cchc_desk.domain.dossiers.dossier import Dossier, Letter, Status
from cchc_desk.domain.time.deadlines import last_minute


class Broken(Enum):
    """The promise that is broken when the letter is signed."""

    NOT_YET = "not-yet"  # told before the due day
    FIRST = "first"
    REAPPOINTMENT = "reappointment"


class Outcome(Enum):
    """The dossier's outcome when the letter is signed."""

    OPEN = "open"
    READY = "ready"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Situation:
    """A promise and an outcome; `finished` and `returned` are moments, None while to come."""

    broken: Broken
    outcome: Outcome
    finished: datetime | None = None
    returned: datetime | None = None


@dataclass(frozen=True)
class Sentences:
    """Sentences of one situation: what is so, the apology, and what comes ("" for nothing).

    Places to be filled: {office}, {you}, {receipt}, {desk}, {finished}, {returned}.
    """

    happened: str
    sorry: str
    follows: str = ""


RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_SORRY_LATE = (
    "{office} thành thật xin lỗi {you} vì sự chậm trễ này và mong nhận được sự thông cảm của {you}."
)
_SORRY_BEFORE = (
    "{office} thành thật xin lỗi {you} vì chưa thể trả kết quả đúng hẹn và mong nhận được sự thông "
    "cảm của {you}."
)
_COME = "{you} có thể nhận kết quả ngay tại {desk}, hoặc theo cách nhận kết quả đã đăng ký."
_WHEN_DONE = "Hồ sơ đang được tiếp tục giải quyết; {office} trả kết quả cho {you} ngay khi xong."
_WITHDRAWN = "Hồ sơ không được giải quyết tiếp, theo đề nghị của {you}."
_FIRST = "đúng thời hạn quy định ghi trên {receipt}"
_AGAIN = f"{_FIRST} cũng như thời gian đã hẹn lại"


def _late(promise: str, passed: str) -> dict[Outcome, Sentences]:
    """Return the sentences once a promise is broken; `passed` is that promise as "sau …"."""
    return {
        Outcome.OPEN: Sentences(
            "Tuy nhiên đến nay, {office} chưa trả kết quả giải quyết hồ sơ của {you} "
            f"{promise}.",
            _SORRY_LATE,
            _WHEN_DONE,
        ),
        Outcome.READY: Sentences(
            f"Hồ sơ của {{you}} có kết quả lúc {{finished}}, {passed}.", _SORRY_LATE, _COME
        ),
        Outcome.RETURNED: Sentences(
            f"Hồ sơ của {{you}} có kết quả lúc {{finished}}, {passed}; kết quả đã được trả lúc "
            "{returned}.",
            _SORRY_LATE,
        ),
        Outcome.WITHDRAWN: Sentences(
            "Đến lúc {you} rút hồ sơ ({finished}), {office} đã không trả kết quả giải quyết hồ sơ "
            f"{promise}.",
            _SORRY_LATE,
            _WITHDRAWN,
        ),
        Outcome.STOPPED: Sentences(
            "Đến lúc dừng giải quyết hồ sơ ({finished}), {office} đã không trả kết quả giải quyết "
            f"hồ sơ của {{you}} {promise}.",
            _SORRY_LATE,
        ),
    }


MAY_SAY = MappingProxyType(
    {
        (Broken.NOT_YET, Outcome.OPEN): Sentences(
            "{office} xin báo trước: kết quả giải quyết hồ sơ của {you} sẽ chưa thể trả "
            f"{_FIRST}.",
            _SORRY_BEFORE,
        ),
        **{
            (broken, outcome): sentences
            for broken, promise, passed in (
                (Broken.FIRST, _FIRST, "sau thời hạn quy định ghi trên {receipt}"),
                (
                    Broken.REAPPOINTMENT,
                    _AGAIN,
                    "sau thời hạn quy định ghi trên {receipt} và cũng sau thời gian đã hẹn lại",
                ),
            )
            for outcome, sentences in _late(promise, passed).items()
        },
    }
)


def situation_of(dossier: Dossier, letter: Letter, now: datetime) -> Situation:
    """Return what is so when the letter was signed, or at `now` for a draft."""
    at = letter.signed or now
    broken = _broken(dossier, letter, at)
    finished, returned = _by(dossier.finished, at), _by(dossier.returned, at)
    if finished is None:
        return Situation(broken, Outcome.OPEN)
    gone = {Status.WITHDRAWN: Outcome.WITHDRAWN, Status.STOPPED: Outcome.STOPPED}
    done = Outcome.RETURNED if returned else Outcome.READY
    outcome = gone.get(dossier.status, done) if dossier.ready is None else done
    return Situation(broken, outcome, finished, returned)


def _by(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None


def _broken(dossier: Dossier, letter: Letter, at: datetime) -> Broken:
    if letter.ordinal > 1:
        return Broken.REAPPOINTMENT
    moved = [move.after for move in dossier.moves if move.promise == 1 and move.at <= at]
    due = moved[-1] if moved else dossier.first.due
    return Broken.FIRST if at > last_minute(due, dossier.limit) else Broken.NOT_YET
