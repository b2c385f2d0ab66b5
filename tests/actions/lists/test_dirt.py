"""Dirt of lists that offices really give out: read through, or pointed at; never taken wrong."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lists import preview, taking
from cchc_desk.actions.lists.preview import Verdict
from cchc_desk.domain.lists.columns import is_no_moment, plain_code
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.lists.rows import Kind
from cchc_desk.domain.lists.watched import Difference
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import desk, ward
from tests.actions.lists.containers import CONTAINERS, archive, html, lines, xlsx
from tests.actions.lists.provinces import (
    NOW,
    Cell,
    Rows,
    bare,
    make_dossiers,
    opencps_ticked,
)
from tests.actions.lists.test_reading import (
    PLAIN,
    in_file,
    made,
    promises,
    read_rows,
    table,
    truth,
    why,
)

__all__ = ["desk", "ward"]


@pytest.mark.parametrize(
    "dirty",
    [
        lambda code: code.replace("-", "\u2011"),
        lambda code: code.replace("-", "–"),
        lambda code: code.replace("-", "−"),
        lambda code: code.replace("-", "\u00ad-"),
        lambda code: f"{code[:12]}\n{code[12:]}",
        lambda code: f'="{code}"',
        lambda code: f"'{code}",
        lambda code: f'"{code}"',
        lambda code: f"{code}.",
    ],
)
def test_a_code_that_programs_changed_is_the_same_code(
    tmp_path: Path, dirty: Callable[[str], str]
) -> None:
    rows, meant = table(PLAIN)
    for row in rows[1::2]:
        row[1] = dirty(str(row[1]))
    assert promises(in_file(tmp_path, xlsx(rows)).reading) == meant
    again = [*rows, [*rows[1][:5], "31/12/2026", rows[1][6]]]
    again[1] = [again[1][0], plain_code(str(again[1][1])), *again[1][2:]]
    twice = in_file(tmp_path, xlsx(again)).reading.rows
    assert {row.kind for row in twice if row.number in (2, len(again))} == {Kind.UNREADABLE}


def test_a_number_as_text_is_the_code_that_it_was() -> None:
    assert plain_code("26000113.0") == "26000113"
    assert plain_code("H13.102-261005-0003.0") == "H13.102-261005-0003.0"


def test_codes_that_a_workbook_made_numbers_are_refused_with_the_reason() -> None:
    rows, _meant = table(PLAIN)
    for number, row in enumerate(rows[1:]):
        row[1] = f"1,2345{number}E+17"
    assert "đổi mã hồ sơ thành số" in why(rows)
    for number, row in enumerate(rows[1:]):
        row[1] = 1.23e17 + number * 1e4
    assert "đổi mã hồ sơ thành số" in why(rows)
    rows, meant = table(PLAIN)
    del meant[str(rows[3][1])]
    rows[3][1] = 1.23e15  # sixteen figures, of which a workbook keeps fifteen
    assert promises(read_rows(rows)) == meant


def test_a_break_in_a_cell_of_a_page_parts_its_words(tmp_path: Path) -> None:
    of = made("td-tracking", 9)
    page = re.sub(r"(/2026) (\d\d:)", r"\1<br/>\2", html(of.rows).decode())
    assert promises(in_file(tmp_path, page.encode()).reading) == truth(of)


def test_days_that_were_written_as_a_workbook_counts_them_are_read(tmp_path: Path) -> None:
    start = datetime(1899, 12, 30)
    rows, meant = table(PLAIN, lambda moment: repr((moment - start) / timedelta(days=1)))
    exact = {str(row[1]): read_moment(float(str(row[5]))) for row in rows[1:]}
    reading = in_file(tmp_path, lines(rows, ";").encode()).reading
    assert {code: due for code, (_received, due) in promises(reading).items()} == exact
    assert exact.keys() == meant.keys()


def test_somebody_named_dang_is_no_word_for_a_day_to_come() -> None:
    from cchc_desk.actions.lists.known import shipped

    for words in ("Đang xử lý", "Chưa có kết quả", "dang giai quyet", "Không quy định"):
        assert is_no_moment(words, shipped())
    for name in ("Đặng Thị Đào", "Đặng Xuân An", "DANG THI DAO"):
        assert not is_no_moment(name, shipped())


def test_a_cell_with_two_days_is_no_promise() -> None:
    for text in ("15/12/2026 (gia hạn 20/12/2026)", "15/12/2026 - 5 ngày, đến 20/12/2026"):
        assert read_moment(text) is None, text
    assert read_moment("15/12/2026 (còn 3 ngày)") == datetime(2026, 12, 15)
    assert read_moment("15/12/0026") is None
    assert read_moment("2026-12-15 08:30:00 - 4 ngày") == datetime(2026, 12, 15, 8, 30)


def test_a_promise_before_the_hour_of_receipt_is_pointed_at() -> None:
    of = made("opencps-all", 9)
    rows: Rows = [list(row) for row in of.rows]
    received, due = rows[0].index("Ngày tiếp nhận"), rows[0].index("Ngày hẹn trả")
    rows[1][received], rows[1][due] = (
        f"{of.truths[0].received:%d/%m/%Y} {at}" for at in ("14:00", "9:30")
    )
    bad = read_rows(rows).rows[0]
    assert [str(one) for one in bad.problems] == ["Giờ hẹn trả ở trước giờ tiếp nhận cùng ngày."]


def test_a_short_list_of_open_dossiers_is_read_though_its_last_column_is_blank() -> None:
    heading = made("td-content", 1).rows[2]
    assert "Ngày kết thúc xử lý" in heading
    code, received, due = "H13.102-261030-0001", "30/10/2026 11:06:00", "16/11/2026 11:00:00"
    row: list[Cell] = ["1", "UBND phường Thử", "Đăng ký khai sinh", code, "Yêu cầu bổ sung giấy tờ",
           "Ấp Mỹ Phước, xã Mỹ Hương", "Huỳnh Ngọc Ngoan", "Đỗ Quốc Thuỷ", "29/10/2026 09:06:00",
           received, due]  # fmt: skip
    meant = {code: (read_moment(received), read_moment(due))}
    assert promises(read_rows([heading, row])) == meant


def test_a_list_whose_blank_ends_leave_two_ways_open_is_read_by_the_one_that_reads_all_days() -> (
    None
):
    heading = ["STT", "Mã hồ sơ", "Nội dung hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả",
               "Ngày trả", "Bên nhận (Ký tên)", "Người nhận hồ sơ", "Ghi chú"]  # fmt: skip
    rows: Rows = [list(heading)]
    rows.append(["1", "H13.15-261007-0001", "Cải chính hộ tịch", "Đỗ Hoàng Lượng", "7/10/2026",
                 "12/10/2026", "11/10/2026", "", "Bùi Hữu Hường"])  # fmt: skip
    meant = {"H13.15-261007-0001": (datetime(2026, 10, 7), datetime(2026, 10, 12))}
    assert promises(read_rows(rows)) == meant


def test_rows_with_rare_cells_are_not_called_shifted() -> None:
    of = made("land", 40, seed=3)
    rows: Rows = [list(row) for row in of.rows]
    heading = next(row for row in rows if "Mã Hồ Sơ" in row)
    back, who = heading.index("Ngày Trả Kết Quả"), heading.index("Người Nhận")
    codes = {one.code: one.due for one in of.truths}
    for number, row in enumerate(r for r in rows if codes.keys() & set(map(str, r))):
        row[back], row[who] = (f"{NOW:%d/%m/%Y}", "Lê Văn Hai") if number < 4 else ("",) * 2
    assert promises(read_rows(rows)) == truth(of)


def test_headings_that_mean_the_same_are_known() -> None:
    rows, meant = table(PLAIN)
    for due in (
        "Ngày hẹn trả KQ (dự kiến)", "Thời điểm hẹn trả", "Ngày hẹn TKQ", "Ngày trả dự kiến",
        "Ngày hẹn trả kết quả (theo giấy hẹn)", "Ngày phải trả",
    ):  # fmt: skip
        rows[0][5] = due
        assert promises(read_rows(rows)) == meant, due
    for received in ("Thời điểm tiếp nhận", "Ngày nhận HS", "Ngày tiếp nhận HS"):
        rows[0][4] = received
        assert promises(read_rows(rows)) == meant, received
    rows[0][5] = "Ngày hẹn trả (lần 2)"  # another promise than the first
    assert "«Ngày hẹn trả»" in why(rows)


def test_a_column_of_days_without_a_known_name_is_pointed_at() -> None:
    rows, meant = table(PLAIN)
    rows = [[*row, "Ngày gì đó" if not n else bare(datetime(2026, 11, 20))]
            for n, row in enumerate(rows)]  # fmt: skip
    reading = read_rows(rows)
    assert promises(reading) == meant
    assert any("«Ngày gì đó»" in str(doubt) for doubt in reading.doubts)


def test_few_cells_are_turned_round_with_their_file() -> None:
    rows, _meant = table(PLAIN, count=30)
    rows[0].append("Ngày hoàn tất")
    for number, row in enumerate(rows[1:]):
        row[1] = f"BN{number + 1000}"
        for place in (4, 5):
            at = datetime.strptime(str(row[place]), "%d/%m/%Y")
            row[place] = at.replace(day=at.month, month=at.day) if at.day <= 12 else row[place]
        row.append("")
    rows[1][7] = datetime(2026, 3, 11)  # the third of November
    found = read_rows(rows).rows[0]
    assert found.finished == datetime(2026, 11, 3)


def test_a_column_that_holds_something_else_is_named() -> None:
    rows, _meant = table(PLAIN)
    for row in rows[1:]:
        row[5] = "Lê Văn Hai"
    assert "«ngay_hen_tra»" in why(rows)


def test_an_archive_is_opened_where_it_holds_one_list(tmp_path: Path) -> None:
    of = made("igate", 6)
    whole = CONTAINERS["csv-bom"](of.rows)
    assert promises(in_file(tmp_path, archive({"a/ds.csv": whole})).reading) == truth(of)
    book = io.BytesIO(CONTAINERS["ods"](of.rows))
    with zipfile.ZipFile(book, "a") as package:  # a chart is a table of its own in it
        package.writestr("Object 1/content.xml", "<a/>")
    assert promises(in_file(tmp_path, book.getvalue()).reading) == truth(of)
    with pytest.raises(Refused, match="2 danh sách"):
        in_file(tmp_path, archive({"a.csv": whole, "b.csv": whole}))
    with pytest.raises(Refused, match="lớn quá"):
        in_file(tmp_path, archive({"a.csv": bytes(61_000_000)}))


def test_a_dossier_that_is_over_there_without_a_day_is_pointed_at(
    desk: Desk, tmp_path: Path
) -> None:
    """OpenCPS ticks no day of the end by default: done dossiers would be late for ever, unsaid."""
    dice, file = random.Random(2), tmp_path / "ds.xlsx"
    first, second = make_dossiers(2, dice)
    listed = [replace(first, state="Đã trả kết quả"), replace(second, state="Đang xử lý")]
    file.write_bytes(xlsx(opencps_ticked(listed, dice).rows))
    found = preview.preview_list(desk, file)
    assert found.count(Verdict.NEW) == 2
    assert any(
        "1 hồ sơ đã xong ở hệ thống kia" in str(doubt) for doubt in found.list.reading.doubts
    )
    said = {row.row.code: [str(one) for one in row.problems] for row in found.rows}
    assert "Đã trả kết quả" in said[first.code][0]
    assert said[second.code] == []
    taking.take_list(desk, file)
    seen = progress.show_dossier(desk, first.code).disagreements
    assert [(one.what, one.theirs) for one in seen] == [(Difference.FINISHED, "«Đã trả kết quả»")]
    assert progress.show_dossier(desk, second.code).disagreements == ()
