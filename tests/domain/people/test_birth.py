"""Dates of birth of which only the year, or month and year, are known."""

from datetime import date

import pytest

from cchc_desk.domain.people.birth import (
    Birth,
    PartialDate,
    birth_text,
    first_day_of,
    read_birth,
    read_partial,
)


@pytest.mark.parametrize(
    ("iso", "born", "text"),
    [
        ("1945", PartialDate(1945), "1945"),
        ("1945-03", PartialDate(1945, 3), "03/1945"),
        ("1945-03-17", date(1945, 3, 17), "17/03/1945"),
    ],
)
def test_a_birth_is_written_and_read(iso: str, born: Birth, text: str) -> None:
    assert read_birth(iso) == born
    assert (born.isoformat(), birth_text(born)) == (iso, text)
    assert first_day_of(born) <= date(1945, 3, 17)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1945", PartialDate(1945)),
        (" 3/1945 ", PartialDate(1945, 3)),
        ("00/00/1945", PartialDate(1945)),
        ("?/3/1945", PartialDate(1945, 3)),
        ("17/03/1945", None),
        ("17031945", None),
        ("", None),
    ],
)
def test_a_year_or_a_month_is_read_as_people_type_it(typed: str, born: PartialDate | None) -> None:
    assert read_partial(typed) == born


@pytest.mark.parametrize("iso", ["1945-13", "0000", "1945-2-30", "hai nghìn"])
def test_what_is_no_date_is_none(iso: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_birth(iso)
