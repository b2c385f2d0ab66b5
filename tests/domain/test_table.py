"""The columns of a list, declared once, and the order of their rows."""

from datetime import datetime

import pytest

from cchc_desk.domain.table import Column, Listing, Sortable

COLUMNS = (
    Column[int]("Số hồ sơ tiếp nhận trong kỳ", str, short="Tiếp nhận"),
    Column[int]("Gấp đôi", lambda row: str(2 * row)),
)


def test_the_screen_has_the_short_title_where_there_is_one() -> None:
    assert Listing(COLUMNS, [21]).headings == ["Tiếp nhận", "Gấp đôi"]


def test_a_row_has_one_text_under_each_heading() -> None:
    assert list(Listing(COLUMNS, [21, 3]).cells()) == [["21", "42"], ["3", "6"]]


@pytest.mark.parametrize(
    "values",
    [
        (9, 10, 200, None),
        (datetime(2026, 2, 1, 9), datetime(2026, 10, 1), None),
        ("Ân", "Bình", "Đào", "Yến", ""),
    ],
)
def test_rows_stand_by_their_value_and_empty_ones_last(values: tuple[Sortable, ...]) -> None:
    column = Column[Sortable]("Cột", str, sort=lambda value: value)
    mixed = list(values[::-1])
    mixed.sort(key=column.key)
    assert tuple(mixed) == values


def test_without_a_sort_value_the_text_is_sorted() -> None:
    column = Column[str]("Tên", lambda row: row)
    assert sorted(["Đào", "Dung", ""], key=column.key) == ["Dung", "Đào", ""]
