"""The due moment against a brute-force recount, minute by minute and day by day, over seven years.

The recount shares nothing with the program but the rows of holidays.csv: it marks every worked
minute of the years in one long row and walks along it.
"""

import csv
import io
from datetime import datetime, timedelta
from functools import cache
from random import Random

import pytest

import resources
from cchc_desk.domain.time.calendar import STANDARD_WEEK, calendar_from_rows
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment

ORIGIN, LAST = datetime(2020, 1, 1), datetime(2026, 12, 31, 23, 59)
DAY = 24 * 60
DAYS = 8 * 366  # the promises of 2026 end in 2027
STARTS = 2000
EDGES = [7 * 60 + 30, 11 * 60 + 30, 13 * 60, 15 * 60, 17 * 60]


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(resources.read_text("calendar/holidays.csv"))))


@cache
def worked_minutes() -> bytearray:
    """One byte for each minute since ORIGIN: 1 where the office works from this minute to the
    next.
    """
    kinds = {row["date"]: row["kind"] for row in rows()}
    minutes = bytearray(DAYS * DAY)
    for n in range(DAYS):
        day = ORIGIN + timedelta(days=n)
        kind = kinds.get(day.date().isoformat())
        if kind == "swap_work" or (kind is None and day.isoweekday() <= 5):
            for first, last in ((450, 690), (780, 1020)):
                minutes[n * DAY + first : n * DAY + last] = b"\1" * (last - first)
    return minutes


def inside(minute: int) -> bool:
    work = worked_minutes()
    return bool(work[minute] or work[minute - 1])  # the end of a session is still inside it


def works(day: int) -> bool:
    return worked_minutes().find(1, day * DAY, (day + 1) * DAY) >= 0


def start_of(accepted: int) -> int:
    return accepted if inside(accepted) else worked_minutes().find(1, accepted)


def same_hour(day: int, hour: int) -> int:
    for minute in range(day * DAY + hour, day * DAY - 1, -1):
        if inside(minute):
            return minute
    return start_of(day * DAY + hour)


def working_days(accepted: int, amount: int) -> int:
    start = start_of(accepted)
    day = start // DAY
    while amount:
        day += 1
        amount -= works(day)
    return same_hour(day, start % DAY)


def calendar_days(accepted: int, amount: int) -> int:
    start = start_of(accepted)
    day = start // DAY + amount
    while not works(day):
        day += 1
    return same_hour(day, start % DAY)


def working_minutes(accepted: int, amount: int) -> int:
    work, minute = worked_minutes(), start_of(accepted)
    while amount:
        amount -= work[minute]
        minute += 1
    return minute


def within_day(accepted: int, _: int) -> int:
    start = start_of(accepted)
    day = start // DAY
    if start % DAY >= 15 * 60:
        day += 1
        while not works(day):
            day += 1
    return same_hour(day, DAY - 1)


ORACLE = {
    LimitUnit.WORKING_DAYS: (working_days, (1, 60)),
    LimitUnit.CALENDAR_DAYS: (calendar_days, (1, 90)),
    LimitUnit.WORKING_MINUTES: (working_minutes, (1, 24 * 60)),
    LimitUnit.WITHIN_DAY: (within_day, (0, 0)),
}


def random_starts(seed: int) -> list[int]:
    """Half anywhere in the seven years, half within two minutes of an edge of the day."""
    dice, last_day = Random(seed), (LAST - ORIGIN).days
    anywhere = [dice.randrange((last_day + 1) * DAY) for _ in range(STARTS // 2)]
    near = [
        dice.randint(0, last_day) * DAY + dice.choice(EDGES) + dice.randint(-2, 2)
        for _ in range(STARTS // 2)
    ]
    return anywhere + near


@pytest.mark.parametrize("unit", list(LimitUnit))
def test_the_recount_agrees_everywhere(unit: LimitUnit) -> None:
    recount, span = ORACLE[unit]
    calendar = calendar_from_rows(rows(), STANDARD_WEEK, frozenset(range(2020, 2027)), "thử")
    dice = Random(2307)
    for accepted in random_starts(2020):
        amount = dice.randint(*span)
        moment = ORIGIN + timedelta(minutes=accepted)
        due = due_moment(moment, TimeLimit(unit, amount), calendar)
        assert due.moment == ORIGIN + timedelta(minutes=recount(accepted, amount)), (moment, amount)
        assert due.provisional == (due.moment.year > 2026), (moment, amount)
