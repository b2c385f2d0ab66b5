"""The columns of a list, declared once."""

from cchc_desk.domain.table import Column, cells

COLUMNS = (
    Column[int]("Số hồ sơ tiếp nhận trong kỳ", str, short="Tiếp nhận"),
    Column[int]("Gấp đôi", lambda row: str(2 * row)),
)


def test_the_screen_has_the_short_title_where_there_is_one() -> None:
    assert [column.screen_title for column in COLUMNS] == ["Tiếp nhận", "Gấp đôi"]


def test_a_row_has_one_text_under_each_title() -> None:
    assert cells(COLUMNS, 21) == ("21", "42")
