"""Single rows and cells that lists really have: each is read, or pointed at in its own words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cchc_desk.actions.lists.known import shipped
from cchc_desk.domain.lists import rows as list_rows
from cchc_desk.domain.lists.columns import NoReading, day_in_code, is_no_moment
from cchc_desk.domain.lists.fields import Field, learned
from cchc_desk.domain.lists.headings import learned_heading, without_blank_end
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.lists.reading import read_list
from cchc_desk.domain.lists.rows import CellText, Kind, ListRow, identity, phone
from tests.actions.lists.provinces import NOW, PROCEDURES, Cell, Rows
from tests.actions.lists.test_reading import PLAIN, promises, read_rows, table, why

CODE, DUE, RECEIVED = 1, 5, 4


def changed(row: int, column: int, cell: Cell) -> ListRow:
    """The reading of a plain list in which one cell is another; the row that has it."""
    rows, _meant = table(PLAIN)
    rows[row][column] = cell
    return next(found for found in read_rows(rows).rows if found.number == row + 1)


def said(row: ListRow) -> str:
    assert row.kind is Kind.UNREADABLE
    return " ".join(map(str, row.problems))


@pytest.mark.parametrize(
    ("received", "problem"),
    [
        (NOW + timedelta(days=3), "khác hẳn ngày trong mã"),
        (datetime(2020, 1, 15, 8), "khác hẳn ngày trong mã"),
    ],
)
def test_a_receipt_that_its_code_contradicts_is_pointed_at(
    received: datetime, problem: str
) -> None:
    row = changed(3, RECEIVED, f"{received:%d/%m/%Y}")
    assert problem in said(row) or "sau hôm nay" in said(row)


def test_a_promise_of_six_years_is_pointed_at() -> None:
    assert "quá xa" in said(changed(3, DUE, "31/12/2033"))


def test_a_code_that_is_a_number_is_its_figures() -> None:
    rows, _meant = table(PLAIN)
    for number, row in enumerate(rows[1:]):
        row[CODE] = float(26000113 + number)
    codes = {row.code for row in read_rows(rows).rows}
    assert "26000113" in codes


def test_a_day_in_a_column_of_words_means_that_the_row_is_shifted() -> None:
    assert "lệch cột" in said(changed(3, 2, datetime(2026, 11, 20, 8)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("01/12/2026 02:30 PM", datetime(2026, 12, 1, 14, 30)),
        ("01/12/2026 12:15 AM", datetime(2026, 12, 1, 0, 15)),
        ("01/12/2026 12:15 PM", datetime(2026, 12, 1, 12, 15)),
    ],
)
def test_hours_of_half_a_day_are_read(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


def test_a_code_names_its_day_or_none() -> None:
    assert day_in_code("H13.31-261118-0007") == date(2026, 11, 18)
    assert day_in_code("H13.31-261399-0007") is None
    assert day_in_code("26000113") is None


def test_a_day_that_programs_write_for_none_is_none() -> None:
    assert is_no_moment(datetime(1900, 1, 1), shipped())
    assert not is_no_moment(datetime(2026, 1, 1), shipped())


def test_numbers_get_back_what_a_workbook_took() -> None:
    assert phone("9.12345678E+8") == "0912345678"
    assert identity("92190001234") == "092190001234"


def test_headings_end_where_their_words_end() -> None:
    assert without_blank_end(("Mã", "Hẹn", "", "")) == ("Mã", "Hẹn")
    assert learned_heading([], shipped()) is None


def test_a_heading_with_blank_cells_behind_it_is_the_same_heading() -> None:
    rows, meant = table(PLAIN)
    wider: Rows = [[*row, "", ""] for row in rows]
    assert promises(read_rows(wider)) == meant


def test_a_list_in_which_nothing_is_a_dossier_is_refused() -> None:
    rows, _meant = table(PLAIN)
    for row in rows[1:]:
        row[CODE] = row[DUE] = ""
    assert why(rows)


def test_day_and_month_that_changed_places_are_told_by_the_code() -> None:
    rows, _meant = table(PLAIN)
    rows[3][CODE], rows[3][RECEIVED], rows[3][DUE] = (
        "H57.32-260304-0007",
        "03/04/2026",
        "30/04/2026",
    )
    row = next(found for found in read_rows(rows).rows if found.number == 4)
    assert "đổi chỗ" in said(row)


def test_an_identity_with_letters_stays_as_it_is() -> None:
    assert identity("C1234567") == "C1234567"
    assert identity("") == ""


def test_a_learned_layout_is_no_other_lists() -> None:
    layout = learned(("Ra", "Mã"), {"Ra": Field.DUE, "Mã": Field.CODE})
    known = replace(shipped(), learned=(layout,))
    assert learned_heading([["", ""], ["Mã hồ sơ", "Hẹn trả"]], known) is None
    found = learned_heading([["Ra", "Mã"], ["30/11/2026", "H57.32-261104-0001"]], known)
    assert found is not None
    assert found[1] == layout


def test_other_days_beside_the_process_limit_are_asked_about() -> None:
    rows, _meant = table("STT|Mã hồ sơ|Chủ hồ sơ|Thủ tục|Ngày tiếp nhận|Hạn xử lý|Ngày nào đó")
    for row in rows[1:]:
        row[6] = row[5]
    assert "cũng là ngày" in why(rows)


def test_days_written_in_two_ways_are_refused() -> None:
    rows, _meant = table(PLAIN)
    for number, row in enumerate(rows[1:]):
        row[DUE] = "12/25/2026" if number % 2 else "25/12/2026"
    assert "lẫn hai cách viết" in why(rows)


def test_few_promises_that_may_be_turned_round_are_refused() -> None:
    rows, _meant = table(PLAIN, count=5)
    for number, row in enumerate(rows[1:]):
        row[RECEIVED] = ""
        row[DUE] = "25/12/2026" if number % 2 else datetime(2026, 12, 3 + number, 17)
    assert "không chắc" in why(rows).lower()


def numbered(rows: Rows) -> list[tuple[int, list[Cell]]]:
    return list(enumerate(rows, 1))


def test_where_most_rows_differ_in_their_cells_none_is_odd() -> None:
    rows, meant = table(PLAIN)
    widths = {number: 7 - number % 2 for number in range(2, len(rows) + 1)}
    assert promises(read_list(numbered(rows), shipped(), NOW, widths=widths)) == meant
    one = {number: 7 - (number == 3) for number in range(2, len(rows) + 1)}
    odd = read_list(numbered(rows), shipped(), NOW, widths=one)
    assert [row.number for row in odd.rows if row.kind is Kind.UNREADABLE] == [3]


def test_a_third_row_of_a_dossier_that_cannot_be_read_stays_so() -> None:
    rows, _meant = table(PLAIN)
    rows.append([*rows[1][:DUE], "sắp xong rồi", rows[1][6]])
    rows.append(list(rows[1]))
    kinds = {row.number: row.kind for row in read_rows(rows).rows}
    assert (kinds[2], kinds[len(rows) - 1], kinds[len(rows)]) == (
        Kind.SKIPPED,
        Kind.UNREADABLE,
        Kind.DOSSIER,
    )


def test_more_different_texts_than_are_remembered_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, meant = table(PLAIN)
    whole = [(row.owner, row.procedure) for row in read_rows(rows).rows]
    monkeypatch.setattr(list_rows, "_MOST_TIDIED", 2)
    reading = read_rows(rows)
    assert promises(reading) == meant
    assert [(row.owner, row.procedure) for row in reading.rows] == whole


def test_columns_that_no_row_fills_are_read_as_blank() -> None:
    rows, meant = table(PLAIN)
    rows[0] += ["Ghi chú", "Người nộp"]
    assert promises(read_rows(rows)) == meant


def test_rows_with_nothing_but_code_and_promise_are_read() -> None:
    rows, meant = table(PLAIN)
    for row in rows[1:]:
        row[:] = [cell if place in (CODE, DUE) else "" for place, cell in enumerate(row)]
    assert promises(read_rows(rows)).keys() == meant.keys()


def test_widths_of_rows_that_are_no_dossiers_say_nothing() -> None:
    rows, meant = table(PLAIN)
    assert promises(read_list(numbered(rows), shipped(), NOW, widths={999: 3})) == meant


def test_a_list_whose_cells_are_all_taken_out_has_no_dossier() -> None:
    rows, _meant = table(PLAIN, count=3)
    emptied = [CellText(row, field, "") for row in (2, 3, 4) for field in Field]
    with pytest.raises(NoReading, match="không có hồ sơ nào"):
        read_list(numbered(rows), shipped(), NOW, mended=emptied)


def test_a_layout_whose_rows_are_not_those_of_this_file_is_read_by_its_headings() -> None:
    rows, meant = table(PLAIN)
    headings = tuple(map(str, rows[0]))
    layout = learned(headings, {headings[CODE]: Field.CODE, headings[DUE]: Field.DUE})
    other = replace(layout, body=(Field.DUE, Field.DUE, *(Field.OTHER for _ in headings[2:])))
    known = replace(shipped(), learned=(other,))
    assert promises(read_list(numbered(rows), known, NOW)).keys() == meant.keys()


def of_twenty(change: Callable[[int, list[Cell]], None]) -> tuple[ListRow, ...]:
    """Read a list of twenty dossiers, promised in 3 to 5 days, of which the tenth is changed."""
    rows: Rows = [["Mã hồ sơ", "Tên thủ tục", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"]]
    for number in range(20):
        day = datetime(2026, 11, 2 + number % 5, 8, 15)
        due = day.replace(hour=17) + timedelta(days=3 if day.weekday() < 2 else 5)
        rows.append(
            [f"H57.32-{day:%y%m%d}-{number + 1:04d}", PROCEDURES[number % 2], "Lê An", day, due]
        )
    change(10, rows[10])
    return read_list(numbered(rows), shipped(), NOW).rows


def put(place: int, value: Cell) -> Callable[[int, list[Cell]], None]:
    return lambda _number, row: row.__setitem__(place, value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(4, datetime(2026, 12, 8, 17)), "Hẹn 32 ngày sau khi nhận"),  # 12 for 11
        (put(4, datetime(2026, 11, 15, 17)), "thứ bảy hoặc chủ nhật"),
        (put(0, "H57.32-2611O6-0010"), "không cùng dạng"),
        (put(0, "H57.32-261016-0010"), "cách xa ngày trong mã"),  # two halves of rows
        (put(0, "H57.33-261106-0010"), "ký hiệu đơn vị"),
    ],
)
def test_a_figure_that_stands_out_is_shown_before_it_is_taken(
    change: Callable[[int, list[Cell]], None], words: str
) -> None:
    rows = of_twenty(change)
    apart = [row for row in rows if row.to_look_at]
    assert [row.number for row in apart] == [11]
    assert any(words in str(message) for message in apart[0].to_look_at)
    assert all(row.kind is Kind.DOSSIER for row in rows)
    assert not any(row.to_look_at for row in of_twenty(lambda _number, _row: None))


def two_lists(second: list[str]) -> Rows:
    first = ["STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày nhận", "Ngày hẹn trả", "Hạn xử lý"]

    def row(number: int) -> list[Cell]:
        days = [datetime(2026, 11, day, 9) for day in (3, 10 + number, 20)]
        return [str(number), f"H57.32-261103-{number:04d}", "Lê An", *days]

    above, below = map(row, range(1, 6)), map(row, range(6, 11))
    return [["I. Đang giải quyết"], [*first], *above, [], ["II. Chờ trả"], [*second], *below]


def test_a_second_list_with_other_columns_on_a_sheet_is_refused() -> None:
    again = ["STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày nhận", "Ngày hẹn trả", "Hạn xử lý"]
    assert len(promises(read_list(numbered(two_lists(again)), shipped(), NOW))) == 10
    other = ["STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày nhận", "Hạn xử lý", "Ngày hẹn trả"]
    with pytest.raises(NoReading, match="thứ hai bắt đầu ở dòng 10"):
        read_list(numbered(two_lists(other)), shipped(), NOW)


def with_dues(cells: list[Cell]) -> Rows:
    """Make a plain list whose due cells are these."""
    rows: Rows = [["Mã hồ sơ", "Chủ hồ sơ", "Ngày nhận", "Ngày hẹn trả"]]
    for number, cell in enumerate(cells, 1):
        rows.append([f"H57.32-261103-{number:04d}", "Lê An", datetime(2026, 11, 3, 9), cell])
    return rows


def test_a_re_appointment_beside_some_due_days_makes_these_rows_alone_unreadable() -> None:
    cells: list[Cell] = [*["10/11/2026"] * 8, *["10/11/2026 (gia hạn 17/11/2026)"] * 2]
    kinds = [row.kind for row in read_rows(with_dues(cells)).rows]
    assert kinds == [Kind.DOSSIER] * 8 + [Kind.UNREADABLE] * 2


def test_the_day_of_the_month_alone_is_no_due_day() -> None:
    assert "Ngày hẹn trả" in why(with_dues([float(day) for day in range(5, 15)]))


def test_marks_that_nobody_sees_are_no_part_of_a_day() -> None:
    cells: list[Cell] = ["\u200e10/\u200e11/\u200e2026", "10/11/2026\ufeff", "10/11/2026"]
    assert {row.due for row in read_rows(with_dues(cells)).rows} == {datetime(2026, 11, 10)}
