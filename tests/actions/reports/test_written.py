"""Reports in sentences: every figure that of a report of the period, the rest left to write."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_desk.actions.intake import intake
from cchc_desk.actions.reports import exports, makers, months, reports, written
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.reports.table import ReportTable, cell_text, half_up
from cchc_desk.domain.reports.written import (
    LEFT_OPEN,
    Section,
    Sentence,
    Shown,
    ToWrite,
    WrittenReport,
    period_words,
)
from cchc_desk.errors import Refused
from cchc_desk.i18n import SOURCE, use
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, keep_settings, make_intake
from tests.actions.dossiers.test_figures import random_ward
from tests.actions.reports.test_months import ASKED, NOVEMBER, december
from tests.actions.reports.test_reports import periods

__all__ = ["december"]
SHARE = re.compile(r"([\d.]+)/([\d.]+) (?:hồ sơ|lượt|phiếu|thủ tục) \((\d+(?:,\d+)?%|—)\)")
NUMBER = re.compile(r"\d[\d.,]*%?|—")


@pytest.fixture(scope="module", params=range(3))
def desk_of_weeks(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    with random_ward(ward, random.Random(766 + request.param)) as made:
        become(made, "chi")
        yield made


def section(text: WrittenReport, words: str) -> Section:
    return next(one for one in text.outline.sections if words in one.heading)


def said(found: Section) -> str:
    return " ".join(block.text for block in found.blocks if isinstance(block, Sentence))


def sentences(text: WrittenReport) -> list[str]:
    blocks = (block for one in text.outline.sections for block in one.blocks)
    return [block.text for block in blocks if isinstance(block, Sentence)]


def tables(text: WrittenReport) -> dict[str, ReportTable]:
    blocks = (block for one in text.outline.sections for block in one.blocks)
    return {block.title: block.table for block in blocks if isinstance(block, Shown)}


def cell(desk: Desk, asked: Asked, name: str, row: str, column: str) -> str:
    made = reports.make(desk, name, asked).table
    found = made.totals if row == "total" else made.row(row)
    assert found is not None
    return cell_text(made.value(found, column))


# --- figures --------------------------------------------------------------------------------------


def test_what_was_handled_is_the_total_of_form_ii_06a(desk_of_weeks: Desk) -> None:
    desk = desk_of_weeks
    for asked in periods(desk):
        text = written.written(desk, "monthly", asked)
        found = said(section(text, "Cải cách thủ tục"))
        c = {n: cell(desk, asked, "ii-06a", "total", f"c{n}") for n in range(3, 14)}
        assert f"nhận giải quyết {c[3]} hồ sơ" in found
        assert f"(trực tuyến {c[4]}, trực tiếp và bưu chính {c[5]})" in found
        assert f"chuyển sang {c[6]} hồ sơ" in found
        assert f"Đã giải quyết {c[7]} hồ sơ: trước hạn {c[8]}, đúng hạn {c[9]}" in found
        assert f"Đang giải quyết {c[11]} hồ sơ: trong hạn {c[12]}, quá hạn {c[13]}/{c[11]}" in found


def test_the_late_share_and_the_letters_are_those_of_the_reports(desk_of_weeks: Desk) -> None:
    desk = desk_of_weeks
    for asked in periods(desk):
        for name in ("monthly", "dispatch"):
            told = " ".join(sentences(written.written(desk, name, asked)))
            part, whole, share = (
                cell(desk, asked, "dispatch", "late", column)
                for column in ("part", "whole", "share")
            )
            assert f"2307/UBND-NC ngày 03/8/2020: {part}/{whole} hồ sơ (" in told
            assert cell(desk, asked, "monthly", "late_share", "this") == share
            late = cell(desk, asked, "apology-coverage", "total", "late")
            for column, words in (("apologised", "tổ chức"), ("told", "của quầy")):
                value = cell(desk, asked, "apology-coverage", "total", column)
                assert f"{words}: {value}/{late} hồ sơ (" in told


def test_every_share_has_its_part_and_its_whole_beside_it(desk_of_weeks: Desk) -> None:
    seen = 0
    for asked in periods(desk_of_weeks):
        for name in written.WRITTEN:
            for text in sentences(written.written(desk_of_weeks, name, asked)):
                if "ngưỡng" in text:
                    text = text[: text.rindex(",")]  # the line itself
                shares = SHARE.findall(text)
                assert text.count("%") + text.count("—") == len(shares), text
                for part, whole, share in shares:
                    of = int(whole.replace(".", ""))
                    if not of:
                        assert share == "—"
                        continue
                    exact = Fraction(int(part.replace(".", "")), of) * 100
                    shown = Fraction(share.rstrip("%").replace(",", "."))
                    assert abs(shown - Fraction(half_up(exact, 2))) <= Fraction(1, 100)
                    seen += 1
    assert seen


def test_tables_are_cells_of_the_reports(desk_of_weeks: Desk) -> None:
    desk = desk_of_weeks
    for asked in periods(desk):
        found = tables(written.written(desk, "monthly", asked))
        whole = reports.make(desk, "monthly", asked).table
        assert found["Số liệu so với kỳ trước và cùng kỳ năm trước"] == whole
        assert found["Thư xin lỗi cho hồ sơ trễ hẹn"] == (
            reports.make(desk, "apology-coverage", asked).table
        )
        form = reports.make(desk, "ii-06a", asked).table
        shown = found["Kết quả giải quyết thủ tục hành chính theo lĩnh vực (số hồ sơ)"]
        for row, of in zip(shown.all_rows, form.all_rows, strict=True):
            for head in shown.heads:
                assert shown.value(row, head.name) == form.value(of, head.name)
        most = found["Thủ tục hành chính có nhiều hồ sơ nhất trong kỳ"]
        counts = [int(str(most.value(row, "received"))) for row in most.rows]
        channels = reports.make(desk, "channels", asked).table
        every = sorted(int(str(channels.value(row, "received"))) for row in channels.rows)
        assert counts == [one for one in reversed(every) if one][:5]


@pytest.mark.parametrize(
    ("late", "whole", "share", "side"),
    [
        (3, 60, "5%", "từ ngưỡng 5% trở lên"),
        (2, 60, "3,33%", "dưới ngưỡng 5%"),
        (4999, 99981, "4,9999%", "dưới ngưỡng 5%"),
        (0, 0, "—", "không có hồ sơ để tính"),
        (0, 7, "0%", "dưới ngưỡng 5%"),
    ],
)
def test_the_share_shows_on_which_side_of_the_line_it_is(
    desk: Desk, late: int, whole: int, share: str, side: str
) -> None:
    from cchc_desk.domain.reports import sentences as of
    from cchc_desk.domain.reports.written import Counted

    become(desk, "chi")
    report = reports.make(desk, "dispatch", ASKED)
    rows = tuple(
        replace(row, values=(row.values[0], late, whole, None)) if row.key == "late" else row
        for row in report.table.rows
    )
    made = {"dispatch": replace(report, table=replace(report.table, rows=rows))}
    text = of.late_share(Counted(ASKED, made, "Công văn", Fraction(1, 20), 3)).text
    assert text.endswith(f"hồ sơ ({share}), {side}.")


# --- what is left to write ------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(written.WRITTEN))
def test_what_the_desk_does_not_know_is_left_open_and_never_a_number(desk: Desk, name: str) -> None:
    become(desk, "chi")
    text = written.written(desk, name, ASKED)
    places = [
        block for one in text.outline.sections for block in one.blocks if isinstance(block, ToWrite)
    ]
    assert len(places) > 8
    assert all(one.text.endswith(LEFT_OPEN) and not NUMBER.search(one.text) for one in places)


def test_every_order_of_the_dispatch_has_its_section_in_its_order(desk: Desk) -> None:
    become(desk, "chi")
    text = written.written(desk, "dispatch", ASKED)
    assert text.outline.to == "Sở Nội vụ thành phố Cần Thơ"
    orders = (
        "Công khai, minh bạch",
        "quy trình nội bộ",
        "môi trường điện tử",
        "một cửa liên thông",
        "Công khai xin lỗi",
        "Thông báo trước",
        "Không để đến ngày nhận kết quả mới thông báo",
        "tối đa không quá 01 lần",
        "Xác định trách nhiệm",
        "từ 3 lần trở lên",
        "Tỷ lệ hồ sơ trễ hẹn",
        "«4 xin, 4 luôn»",
        "phản ánh, kiến nghị",
        "văn bản quy phạm pháp luật",
        "dịch vụ công trực tuyến",
        "Hệ thống thông tin một cửa điện tử",
        "giải quyết đúng hạn",
        "Khó khăn",
    )
    headings = [one.heading for one in text.outline.sections]
    assert len(headings) == len(orders)
    for place, (words, heading) in enumerate(zip(orders, headings, strict=True), 1):
        assert heading.startswith(f"{place}. ")
        assert words in heading


# --- the rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-01", "2026-11-30", "tháng 11 năm 2026"),
        ("2026-10-01", "2026-12-31", "quý IV năm 2026"),
        ("2026-01-01", "2026-03-31", "quý I năm 2026"),
        ("2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
        ("2026-01-01", "2026-09-30", "9 tháng đầu năm 2026"),
        ("2026-01-01", "2026-12-31", "năm 2026"),
        ("2026-11-30", "2026-12-31", "từ ngày 30/11/2026 đến ngày 31/12/2026"),
        ("2026-02-01", "2026-04-30", "từ ngày 01/02/2026 đến ngày 30/04/2026"),
        ("2025-12-01", "2026-11-30", "từ ngày 01/12/2025 đến ngày 30/11/2026"),
    ],
)
def test_a_period_in_words(first: str, last: str, words: str) -> None:
    assert period_words(Asked(date.fromisoformat(first), date.fromisoformat(last))) == words


def test_of_a_frozen_month_the_frozen_figures_are_said(december: Desk, clock: TableClock) -> None:
    desk = december
    before = {name: written.written(desk, name, ASKED) for name in written.WRITTEN}
    assert not any("đã chốt" in " ".join(text.notes) for text in before.values())
    months.freeze(desk, NOVEMBER)
    clock.now += timedelta(days=9)
    become(desk, "an")
    late = make_intake(limit="20 ngày làm việc", received=clock.now - timedelta(days=15))
    intake.accept_dossier(desk, late)  # received on paper in November, typed now
    become(desk, "chi")
    assert cell_text(makers.current(desk, "ii-06a", ASKED).table.all_rows[-1].values[1]) == "3"
    for name, text in before.items():
        after = written.written(desk, name, ASKED)
        assert after.outline == text.outline
        assert after.notes[-1] == "Số liệu đã chốt ngày 01 tháng 12 năm 2026"


def test_a_frozen_table_stays_as_it_was_beside_the_sentences(
    december: Desk, tmp_path: Path, clock: TableClock
) -> None:
    desk = december
    months.freeze(desk, NOVEMBER)
    (tmp_path / "exports").mkdir(exist_ok=True)
    table, again, text = (tmp_path / "exports" / f"{name}.pdf" for name in "abc")
    for name in written.WRITTEN:
        exports.save_report(desk, reports.make(desk, name, ASKED), table)
        clock.now += timedelta(days=40)
        exports.save_written(desk, name, ASKED, text)
        exports.save_report(desk, reports.make(desk, name, ASKED), again)
        assert again.read_bytes() == table.read_bytes() != text.read_bytes()


def test_who_may_not_see_courtesy_and_strikes_gets_no_sentences(desk: Desk) -> None:
    for login in ("an", "binh"):
        become(desk, login)
        with pytest.raises(Refused) as refused:
            written.written(desk, "monthly", ASKED)
        assert refused.value.code == "role"
    become(desk, "dung")
    assert written.written(desk, "monthly", ASKED).outline.sections


def test_a_report_that_is_a_table_alone_has_no_sentences(desk: Desk, tmp_path: Path) -> None:
    become(desk, "chi")
    for name in sorted(set(makers.MAKERS) - written.WRITTEN):
        with pytest.raises(Refused) as refused:
            exports.save_report(desk, reports.make(desk, name, ASKED), tmp_path / "a.docx")
        assert refused.value.code == "not-written"
    assert not list(tmp_path.glob("*.docx"))


def test_it_is_vietnamese_whatever_the_window_speaks(desk: Desk) -> None:
    become(desk, "chi")
    expected = written.written(desk, "monthly", ASKED)
    use("en")
    try:
        assert written.written(desk, "monthly", ASKED) == expected
    finally:
        use(SOURCE)


def test_the_head_is_the_offices_with_its_number_left_open(desk: Desk) -> None:
    become(desk, "chi")
    text = written.written(desk, "monthly", ASKED)
    assert text.agency == desk.settings["unit_name"]
    assert text.above == desk.settings["parent_agency"] == "ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ"
    assert text.outline.to == "Ủy ban nhân dân thành phố Cần Thơ"
    assert text.made == desk.now().date()
    assert text.title == "Báo cáo công tác cải cách hành chính tháng 11 năm 2026"
    assert text.closing.endswith(f"của {text.agency}./.")
    assert text.notes[0].startswith("Số liệu từ ngày 01/11/2026 đến ")


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        ("UỶ BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Ủy ban nhân dân tỉnh An Giang", "Ủy ban nhân dân tỉnh An Giang"),
        ("UBND HUYỆN", "UBND HUYỆN"),
        ("", ""),
    ],
)
def test_the_agency_above_is_addressed_as_a_sentence_writes_it(agency: str, words: str) -> None:
    assert written.in_sentence(agency) == words


def test_elsewhere_no_line_is_drawn_and_no_dispatch_is_reported_on(desk: Desk) -> None:
    keep_settings(desk, {"unit_code": "H01.31"})
    become(desk, "chi")
    told = " ".join(sentences(written.written(desk, "monthly", ASKED)))
    assert "Tỷ lệ hồ sơ trễ hẹn: 0/0 hồ sơ (—)." in told
    assert not re.search("ngưỡng|2307|3 lần", told)
    with pytest.raises(Refused) as refused:
        written.written(desk, "dispatch", ASKED)
    assert refused.value.code == "no-order"
    assert reports.make(desk, "dispatch", ASKED).table.rows
    keep_settings(desk, {"local_order": "Công văn số 2307/UBND-NC"})
    assert written.written(desk, "dispatch", ASKED).outline.sections
