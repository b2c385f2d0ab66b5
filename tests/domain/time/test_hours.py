"""Office hours, read as people write them."""

import pytest

from cchc_desk.domain.time.hours import hours_text, read_hours

USUAL = "07:30-11:30,13:00-17:00"


@pytest.mark.parametrize(
    "typed",
    [
        USUAL,
        "7h30-11h30, 13h-17h",
        "7h30 - 11h30 và 13h đến 17h",
        "7:30–11:30; 13:00–17:00",
        "7g30 - 11g30  13g - 17g",
        "7h30-11h30 13h-17h",
        "07.30 - 11.30, 13.00 - 17.00.",
        "7 giờ 30 đến 11 giờ 30 và 13 giờ đến 17 giờ",
    ],
)
def test_hours_are_read_as_people_write_them(typed: str) -> None:
    assert hours_text(read_hours(typed)) == USUAL


@pytest.mark.parametrize(("typed", "text"), [("", ""), (" ", ""), ("7-11", "07:00-11:00")])
def test_a_day_of_rest_and_a_single_session(typed: str, text: str) -> None:
    assert hours_text(read_hours(typed)) == text


@pytest.mark.parametrize(
    "typed", ["sáng", "7h30", "7h30-", "11h-7h", "25h-26h", "7h70-8h", "7h-9h x", "7h-9hx13h-17h"]
)
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is the snapshot's
        read_hours(typed)
