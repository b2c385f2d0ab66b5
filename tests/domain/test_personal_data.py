"""Requests of citizens about their own data: the day by which the office has to act next."""

from dataclasses import replace
from datetime import date, datetime

from cchc_desk.domain.personal_data import CitizenRequest


def test_the_next_day_is_the_earlier_one_and_there_is_none_once_answered() -> None:
    asked = CitizenRequest(
        year=2026,
        number=3,
        kind="see",
        person="Đào",
        contact="",
        about="",
        code="",
        received=datetime(2026, 11, 23, 9),
        taken_by="an",
        acknowledge_by=date(2026, 11, 25),
        answer_by=date(2026, 12, 7),
    )
    acknowledged = replace(asked, acknowledged=datetime(2026, 11, 24, 9))
    assert asked.next_day == date(2026, 11, 25)
    assert acknowledged.next_day == date(2026, 12, 7)
    assert replace(acknowledged, answered=datetime(2026, 12, 1, 9)).next_day is None
