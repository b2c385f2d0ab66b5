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
    """One reason for which a dossier stands still; `ended` is None while it lasts.

    Several may stand beside one another. `reason` has a line for each thing that is waited for.

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


# What the office itself waits for, beside a request to the citizen.
WAITS = frozenset({PauseKind.OPINION, PauseKind.FIELD_CHECK})


def open_pauses(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the pauses that have not ended, in order."""
    return tuple(pause for pause in pauses if pause.ended is None)


def supplements(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the requests for a supplement that were not taken back, in order."""
    return tuple(
        pause for pause in pauses if pause.kind is PauseKind.SUPPLEMENT and not pause.undone
    )


def stood(
    pauses: Iterable[Pause], since: datetime, until: datetime | None = None
) -> list[Interval]:
    """Return the intervals in which the clock stood still, cut to the part after `since`.

    Of reasons that stood beside one another no minute is counted twice. Those that last are left
    out, or cut at `until`.
    """
    found: list[Interval] = []
    for pause in sorted(pauses, key=lambda pause: pause.began):
        end = pause.ended or until
        if not pause.stops_clock or end is None or end <= since:
            continue
        began = max(pause.began, since)
        if found and began <= found[-1][1]:
            first, last = found.pop()
            began, end = first, max(last, end)
        found.append((began, end))
    return found


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
