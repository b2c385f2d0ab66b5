"""Standing of a dossier: which word, how much time, which colour, at each hour of its life."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.dossiers.standing import Severity, Standing, standing_of
from cchc_desk.domain.time.deadlines import (
    LimitUnit,
    TimeLimit,
    last_minute,
    last_minute_of_day,
)

DUE = datetime(2026, 11, 25, 10, 0)
DAYS = TimeLimit(LimitUnit.WORKING_DAYS, 3)


@dataclass(frozen=True)
class Line:
    """One line of a list, as far as its standing goes by it."""

    status: Status = Status.PROCESSING
    limit: TimeLimit = DAYS
    first_due: datetime = DUE
    second_due: datetime | None = None
    finished: datetime | None = None
    returned: datetime | None = None
    paused_since: datetime | None = None
    letters_delivered: int = 0
    cancelled: datetime | None = None
    damaged: bool = False

    # The facts that the figures ask for beside `finished`.
    @property
    def ready(self) -> datetime | None:
        return self.finished

    @property
    def ended(self) -> datetime | None:
        return None

    @property
    def due(self) -> datetime:
        return self.second_due or self.first_due

    @property
    def last_minute(self) -> datetime:
        return last_minute(self.first_due, self.limit)

    @property
    def second_last_minute(self) -> datetime | None:
        return last_minute_of_day(self.second_due) if self.second_due else None


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M")


OPEN = Line()
HOURS = Line(limit=TimeLimit(LimitUnit.WORKING_MINUTES, 240))
AGAIN = Line(second_due=at("28 15:00"), letters_delivered=1)
ASKED = Line(Status.SUPPLEMENT, paused_since=at("24 08:00"))
READY = Line(Status.READY, finished=at("24 09:00"))


@pytest.mark.parametrize(
    ("line", "now", "kind", "severity", "text"),
    [
        (OPEN, "20 10:00", Standing.OPEN, Severity.RUNNING, "còn 5 ngày"),
        (OPEN, "24 16:30", Standing.SOON, Severity.RUNNING, "còn 1 ngày"),
        (OPEN, "25 07:30", Standing.DUE_TODAY, Severity.TODAY, "còn 2 giờ"),
        (OPEN, "25 09:19", Standing.DUE_TODAY, Severity.TODAY, "còn 41 phút"),
        (OPEN, "25 10:20", Standing.DUE_TODAY, Severity.TODAY, "quá giờ hẹn 20 phút"),
        (OPEN, "26 00:00", Standing.LATE, Severity.BROKEN, "trễ 1 ngày"),
        (HOURS, "25 10:20", Standing.LATE, Severity.BROKEN, "trễ 20 phút"),
        (AGAIN, "27 09:00", Standing.LATE, Severity.BROKEN, "trễ hẹn · hẹn lại, còn 1 ngày"),
        (AGAIN, "30 09:00", Standing.BROKEN_AGAIN, Severity.BROKEN, "lỡ cả hẹn lại · trễ 2 ngày"),
        (ASKED, "26 09:00", Standing.WAITING, Severity.WAITING, "chờ dân bổ sung"),
        (
            replace(ASKED, paused_since=None),
            "24 09:00",
            Standing.WAITING,
            Severity.WAITING,
            "chờ dân bổ sung · còn 1 ngày",
        ),
        (replace(ASKED, status=Status.PROCESSING), "26 09:00", Standing.PAUSED, None, "tạm dừng"),
        (READY, "26 09:00", Standing.READY, Severity.DONE, "có kết quả, chờ trả"),
        (
            replace(
                READY, finished=at("27 09:00"), returned=at("27 10:00"), status=Status.RETURNED
            ),
            "27 11:00",
            Standing.LETTER_OWED,
            Severity.TODAY,
            "đã trả, nợ thư xin lỗi",
        ),
        (
            replace(READY, returned=at("24 10:00"), status=Status.RETURNED),
            "27 11:00",
            Standing.RETURNED,
            Severity.DONE,
            "đã trả",
        ),
        (
            replace(OPEN, cancelled=at("23 09:00")),
            "30 09:00",
            Standing.CANCELLED,
            Severity.WAITING,
            "đã hủy do nhập sai",
        ),
        (
            replace(READY, status=Status.WITHDRAWN),
            "27 11:00",
            Standing.GONE,
            Severity.WAITING,
            "đã rút",
        ),
    ],
)
def test_each_standing_has_its_word_time_and_colour(
    line: Line, now: str, kind: Standing, severity: Severity | None, text: str
) -> None:
    standing = standing_of(line, at(now))
    assert (standing.kind, standing.text) == (kind, text)
    assert severity is None or standing.severity is severity


def test_time_only_gets_more_urgent_while_nothing_is_done() -> None:
    """Minute by minute over a week: the kinds come in order and none comes back."""
    order = [Standing.OPEN, Standing.SOON, Standing.DUE_TODAY, Standing.LATE]
    seen = [
        standing_of(OPEN, at("20 08:00") + timedelta(minutes=minute)).kind
        for minute in range(8 * 24 * 60)
    ]
    assert list(dict.fromkeys(seen)) == order
    assert seen == sorted(seen, key=order.index)
