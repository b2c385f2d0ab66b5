"""Pauses: what they move, and what may be asked of the citizen (docs/promise.md 8)."""

from datetime import datetime

import pytest

from cchc_desk.domain.time.calendar import STANDARD_WEEK, Calendar
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.domain.time.pauses import Pause, PauseKind, due_now, items_to_ask
from cchc_desk.errors import Refused

# Monday 9 to Friday 13 March 2026, worked 7:30-11:30 and 13:00-17:00; no holidays.
PLAIN = Calendar(STANDARD_WEEK, {}, frozenset({2026}), "thử")
SINCE, DUE = "2026-03-09T10:00", "2026-03-12T10:00"
DAYS, CALENDAR_DAYS, HOURS = "3 ngày làm việc", "3 ngày", "24 giờ"


def pause(
    began: str, ended: str | None, *, stops_clock: bool = True, items: tuple[str, ...] = ()
) -> Pause:
    end = datetime.fromisoformat(ended) if ended else None
    begin = datetime.fromisoformat(began)
    return Pause(1, PauseKind.SUPPLEMENT, begin, end, "Thiếu", stops_clock, items)


@pytest.mark.parametrize(
    ("limit", "pauses", "due"),
    [
        (DAYS, [], DUE),
        (DAYS, [pause("2026-03-10T08:00", "2026-03-10T10:00")], "2026-03-12T13:30"),
        (HOURS, [pause("2026-03-10T08:00", "2026-03-10T10:00")], "2026-03-12T13:30"),
        # the night adds nothing, and two short pauses are placed once, as their sum
        (DAYS, [pause("2026-03-10T17:00", "2026-03-11T07:30")], DUE),
        (
            DAYS,
            [
                pause("2026-03-10T08:00", "2026-03-10T09:00"),
                pause("2026-03-11T08:00", "2026-03-11T09:00"),
            ],
            "2026-03-12T13:30",
        ),
        # limits in calendar days: whole days, and on to a working day
        (CALENDAR_DAYS, [pause("2026-03-10T08:00", "2026-03-10T16:00")], DUE),
        (CALENDAR_DAYS, [pause("2026-03-10T16:00", "2026-03-11T08:00")], "2026-03-13T10:00"),
        (CALENDAR_DAYS, [pause("2026-03-10T16:00", "2026-03-12T08:00")], "2026-03-16T10:00"),
        # what never moves it: a clock that ran on, a pause that lasts, one begun too late
        (DAYS, [pause("2026-03-10T08:00", "2026-03-10T10:00", stops_clock=False)], DUE),
        (DAYS, [pause("2026-03-10T08:00", None)], DUE),
        (DAYS, [pause("2026-03-12T10:01", "2026-03-12T15:00")], DUE),
        # the first pause moves it far enough for the second to count
        (
            DAYS,
            [
                pause("2026-03-11T08:00", "2026-03-11T09:30"),
                pause("2026-03-12T11:00", "2026-03-12T11:30"),
            ],
            "2026-03-12T13:30",
        ),
        # several reasons beside one another: no minute twice, whichever ends first
        (
            DAYS,
            [
                pause("2026-03-10T08:00", "2026-03-10T10:00"),
                pause("2026-03-10T09:00", "2026-03-10T11:00"),
            ],
            "2026-03-12T14:30",
        ),
        (
            DAYS,
            [
                pause("2026-03-10T09:00", "2026-03-10T10:00"),
                pause("2026-03-10T08:00", "2026-03-10T11:00"),
                pause("2026-03-10T08:30", None),
            ],
            "2026-03-12T14:30",
        ),
        (
            DAYS,
            [
                pause("2026-03-10T08:00", "2026-03-10T11:00", stops_clock=False),
                pause("2026-03-10T09:00", "2026-03-10T10:00"),
            ],
            "2026-03-12T11:00",
        ),
        (
            CALENDAR_DAYS,
            [
                pause("2026-03-10T08:00", "2026-03-11T08:00"),
                pause("2026-03-10T16:00", "2026-03-11T16:00"),
            ],
            "2026-03-13T10:00",
        ),
        # one begun beside another before the due moment, ended behind it
        (
            DAYS,
            [
                pause("2026-03-12T09:00", "2026-03-12T11:00"),
                pause("2026-03-12T10:30", "2026-03-12T15:00"),
            ],
            "2026-03-12T16:00",
        ),
        # a promise made within a pause is moved by the rest of it alone
        (DAYS, [pause("2026-03-09T09:00", "2026-03-09T10:30")], "2026-03-12T10:30"),
        (DAYS, [pause("2026-03-09T08:00", "2026-03-09T10:00")], DUE),
    ],
)
def test_the_due_moment_moves_by_what_the_clock_stood_still(
    limit: str, pauses: list[Pause], due: str
) -> None:
    base, since = datetime.fromisoformat(DUE), datetime.fromisoformat(SINCE)
    moved = due_now(base, since, pauses, parse_limit(limit), PLAIN)
    assert moved == datetime.fromisoformat(due)


FIRST = pause("2026-03-10T08:00", "2026-03-10T10:00", items=("Bản sao", "Ảnh"))
SECOND = pause("2026-03-11T08:00", "2026-03-11T10:00", items=("Ảnh",))
OPINION = Pause(1, PauseKind.OPINION, FIRST.began, FIRST.ended, "Hỏi", stops_clock=True)


@pytest.mark.parametrize(
    ("pauses", "items", "unmet", "asked"),
    [
        ([], ("Bản sao",), False, ("Bản sao",)),
        ([OPINION], ("Bản sao",), False, ("Bản sao",)),  # no request for a supplement
        ([FIRST], ("Ảnh",), True, ("Ảnh",)),
        ([FIRST], (), True, ("Bản sao", "Ảnh")),
    ],
)
def test_what_may_be_asked_for(
    pauses: list[Pause], items: tuple[str, ...], unmet: bool, asked: tuple[str, ...]
) -> None:
    assert items_to_ask("H13-1", pauses, items, unmet=unmet) == asked


@pytest.mark.parametrize(
    ("pauses", "items", "unmet", "code", "field"),
    [
        ([FIRST], ("Ảnh",), False, "supplement-once", "unmet"),
        ([FIRST], ("Ảnh", "Sổ hộ khẩu"), True, "supplement-new-demand", "items"),
        ([FIRST, SECOND], ("Ảnh",), True, "supplement-twice", "reason"),
    ],
)
def test_what_may_not_be_asked_for(
    pauses: list[Pause], items: tuple[str, ...], unmet: bool, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        items_to_ask("H13-1", pauses, items, unmet=unmet)
    assert (refused.value.code, refused.value.field) == (code, field)
