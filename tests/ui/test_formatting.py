"""Days and numbers as they are written in each language."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from cchc_desk import i18n
from ui import formatting

WEDNESDAY, SUNDAY = date(2026, 11, 25), date(2026, 11, 29)


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    i18n.use(i18n.SOURCE)


def test_vietnamese_writes_days_as_the_decree_on_clerical_work_does() -> None:
    assert [formatting.weekday(number) for number in range(7)] == [
        *("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"),
        "Chủ nhật",
    ]
    assert formatting.weekdays("mon-fri") == "thứ Hai – thứ Sáu"
    assert formatting.moment_text(datetime(2026, 11, 25, 7, 5)) == "7 giờ 05 thứ Tư 25/11/2026"
    assert formatting.number(12345) == "12.345"


def test_english_keeps_the_day_before_the_month() -> None:
    i18n.use("en")
    assert formatting.day_text(WEDNESDAY) == "Wednesday 25/11/2026"
    assert formatting.day_text(SUNDAY) == "Sunday 29/11/2026"
    assert formatting.weekdays("sat") == "Saturday"
    assert formatting.number(12345) == "12,345"
