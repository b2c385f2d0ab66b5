"""Due-date situations that other programs were asked too: our answer, and where and why it differs
from theirs.
"""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from cchc_desk.domain.time.calendar import Calendar, DayKind, Session, SpecialDay
from cchc_desk.domain.time.deadlines import due_moment, parse_limit

CASES: dict[str, Any] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parent / "duedate_cases.json").read_text(encoding="utf-8")
    )
}

# id: our answer by docs/promise.md 2-5, who answers otherwise (opencps, td, clock: a plain working
# clock), and why.
ANSWERS: dict[str, tuple[str, str, str]] = {
    "DD01": ("2026-03-09T08:00", "", "five working days over one weekend, same hour"),
    "DD03": ("2026-03-09T16:30", "", "one working day from Friday is Monday, same hour"),
    "DD05": (
        "2026-03-10T07:30",
        "clock",
        "accepted after closing starts at the next opening, so Tue 07:30; the working clock says "
        "Mon 17:00",
    ),
    "DD07": ("2026-03-03T11:30", "", "exactly at the end of a session is still inside it"),
    "DD09": (
        "2026-03-12T07:30",
        "td clock",
        "accepted on a Saturday starts Mon 07:30 and Monday is not counted, so Thu 07:30; "
        "TD keeps Saturday's 09:00 and counts Monday, the working clock ends Wed 17:00",
    ),
    "DD11": ("2026-02-25T14:00", "", "Tết rests"),
    "DD13": (
        "2026-08-27T09:00",
        "td",
        "the swapped Saturday 22/08 is day 1, so Thu 27/08; TD knows no worked Saturdays and says "
        "Fri 28/08",
    ),
    "DD15": ("2026-03-02T15:30", "", "half a working day is four working hours, lunch not counted"),
    "DD17": (
        "2026-03-02T15:00",
        "opencps td",
        "two hours from the end of the morning begin at 13:00, so 15:00; OpenCPS and TD count the "
        "lunch break",
    ),
    "DD19": (
        "2026-03-03T14:00",
        "td",
        "one hour today, four in the morning, one after lunch, so 14:00; TD ends inside the lunch "
        "break",
    ),
    "DD21": ("2026-03-09T08:00", "", "twenty working days across Tết"),
    "DD23": ("2026-03-09T08:50", "opencps", "no rounding: 08:50 stays; OpenCPS rounds up to 09:00"),
    "DD25": ("2028-02-29T15:00", "", "a leap day is a day"),
    "DD27": (
        "2026-04-17T09:00",
        "",
        "fifteen calendar days, the last of them a working day, same hour",
    ),
}


def session(text: str) -> Session:
    opens, closes = text.split("-")
    return Session(time.fromisoformat(opens), time.fromisoformat(closes))


def calendar_of(case: dict[str, Any]) -> Calendar:
    workday = tuple(session(part) for part in case["mon_fri"].split(","))
    kinds = dict.fromkeys(case["rest"], DayKind.OFF) | dict.fromkeys(
        case["worked"], DayKind.SWAP_WORK
    )
    special = {
        date.fromisoformat(day): SpecialDay(
            date.fromisoformat(day), kind, "ngày của tình huống", "", "[G]"
        )
        for day, kind in kinds.items()
    }
    return Calendar((workday,) * 5 + ((), ()), special, frozenset(range(2026, 2029)), "tình huống")


def test_every_case_is_answered() -> None:
    assert list(CASES) == list(ANSWERS)


@pytest.mark.parametrize(
    "case_id", [pytest.param(key, id=f"{key}: {why}") for key, (_, _, why) in ANSWERS.items()]
)
def test_our_answer(case_id: str) -> None:
    case, (ours, differing, _) = CASES[case_id], ANSWERS[case_id]
    due = due_moment(
        datetime.fromisoformat(case["received"]), parse_limit(case["limit"]), calendar_of(case)
    )
    assert due.moment == datetime.fromisoformat(ours)
    # The name of the test tells the truth about the others.
    assert [who for who, theirs in case["others"].items() if theirs != ours] == differing.split()
