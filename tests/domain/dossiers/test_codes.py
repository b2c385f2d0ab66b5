"""Short codes: unambiguous in a list of several days, and no longer than they must be."""

from datetime import date

import pytest

from cchc_desk.domain.dossiers.codes import short_code

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("H13.31-261123-0002", "…0002"),
        ("H13.31-261118-0002", "18/11 …0002"),
        ("000.00.31.H13-251118-0002", "18/11/2025 …0002"),
        ("H13.31-261118-12345", "18/11 …12345"),
        ("H13.31-261399-0002", "…0002"),  # no day of any month
        ("GT-0002", "…0002"),
        ("0002", "0002"),
    ],
)
def test_a_code_of_another_day_shows_its_day(code: str, shown: str) -> None:
    assert short_code(code, TODAY) == shown


def test_a_book_of_years_shows_each_day_with_its_year() -> None:
    assert short_code("H13.31-261123-0002") == "23/11/2026 …0002"
