"""Pauses of the clock, their reasons, and the rule for supplements (docs/promise.md 8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import Interval, TimeLimit, paused_due
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later


class PauseKind(Enum):
    """Reason why the clock stands still; the value is the stable code."""

    SUPPLEMENT = "supplement"
    OPINION = "opinion"
    FIELD_CHECK = "field-check"
    OBLIGATION = "obligation"


@dataclass(frozen=True)
class Pause:
    """One pause; `ended` is None while it lasts.

    `stops_clock`: by the procedure version it was begun under. For a supplement: `items` was asked
    for by the paper `slip`; `broken_notice`: it was first asked on the due day or later (the
    dispatch forbids it); `told`, `told_how`: when and how the citizen learned of it. `undone`: when
    it was taken back; it took no time then.
    """

    ordinal: int
    kind: PauseKind
    began: datetime
    ended: datetime | None
    reason: str
    stops_clock: bool
    items: tuple[str, ...] = ()
    slip: str | None = None
    broken_notice: bool = False
    told: datetime | None = None
    told_how: str = ""
    undone: datetime | None = None


def open_pause(pauses: Iterable[Pause]) -> Pause | None:
    """Return the pause that has not ended, if any."""
    return next((pause for pause in pauses if pause.ended is None), None)


def supplements(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the requests for a supplement that were not taken back, in order."""
    return tuple(
        pause for pause in pauses if pause.kind is PauseKind.SUPPLEMENT and not pause.undone
    )


def stood(pauses: Iterable[Pause], since: datetime) -> list[Interval]:
    """Return the ended intervals in which the clock stood still, cut to the part after `since`."""
    ended = ((p.began, p.ended) for p in pauses if p.stops_clock and p.ended)
    return [(max(began, since), end) for began, end in ended if end > since]


def due_now(
    base: datetime, since: datetime, pauses: Iterable[Pause], limit: TimeLimit, calendar: Calendar
) -> datetime:
    """Return the due moment now: `base`, promised at `since`, moved by the pauses that ended."""
    return paused_due(base, limit, stood(pauses, since), calendar)


ONCE = later(
    "Hồ sơ {code} đã được yêu cầu bổ sung một lần. Chỉ được yêu cầu thêm lần nữa khi giấy tờ "
    "công dân mang tới chưa đáp ứng yêu cầu lần đầu, và không được đòi thêm nội dung mới."
)
TWICE = later(
    "Hồ sơ {code} đã được yêu cầu bổ sung hai lần; không được yêu cầu nữa. Hãy giải quyết hoặc "
    "báo lãnh đạo."
)
NOTHING_NEW = later(
    "Lần yêu cầu thứ hai chỉ được nhắc lại nội dung của lần đầu; nội dung mới: «{new}». Hãy chọn "
    "trong: {first}."
)


def items_to_ask(
    code: str, pauses: Iterable[Pause], items: tuple[str, ...], *, unmet: bool
) -> tuple[str, ...]:
    """Return the items that may be asked for now, by the once-only rule (docs/promise.md 8).

    `unmet`: the papers brought do not meet the first request; then only items of that request may
    be asked again (all of them when `items` is empty). Raises Refused: "supplement-twice",
    "supplement-once", "supplement-new-demand".
    """
    asked = supplements(pauses)
    if not asked:
        return items
    if len(asked) > 1:
        raise Refused("supplement-twice", Message(TWICE, code=code), "reason")
    if not unmet:
        raise Refused("supplement-once", Message(ONCE, code=code), "unmet")
    new = [item for item in items if item not in asked[0].items]
    if new:
        raise Refused(
            "supplement-new-demand",
            Message(NOTHING_NEW, new="; ".join(new), first="; ".join(asked[0].items)),
            "items",
        )
    return items or asked[0].items
