"""A list of procedures from a file: nothing is written before it is taken, then all or nothing."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter

import resources
from cchc_desk.actions.catalogue import own_catalogue, procedure_import
from cchc_desk.actions.catalogue.procedure_import import Verdict
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.domain.law.procedure import Channel, LimitStatus
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import become, keep_settings

NATIONAL = (
    "STT",
    "Mã TTHC",
    "Tên Thủ tục hành chính",
    "Lĩnh vực",
    "Cấp thực hiện",
    "Phí - lệ phí",
    "Thời hạn giải quyết",
)
BIRTH = ("1", "1.001193.000.00.00.H56", "Thủ tục đăng ký khai sinh", "Hộ tịch", "Cấp xã", "", "")


@pytest.fixture
def admin(desk: Desk) -> Desk:
    become(desk, "dung")
    return desk


def sheet(file: Path, *rows: Iterable[str]) -> Path:
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write(0, 0, "DANH MỤC THỦ TỤC HÀNH CHÍNH")
    for number, row in enumerate((NATIONAL, *rows), 2):
        page.write_row(number, 0, row)
    book.close()
    return file


def test_each_row_of_the_national_export_is_compared(admin: Desk, tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "national.xlsx",
        BIRTH,
        ("2", "1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch", "Xã", "", "1 ngày làm việc"),
        ("3", "9.111111", "Cấp giấy đi đường", "Giao thông", "Cấp Xã", "5.000 đồng/lần", "vài hôm"),
        ("4", "1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch", "Cấp tỉnh", "", ""),
        ("5", "khai sinh", "Không có mã", "Hộ tịch", "Cấp xã", "", ""),
        ("6", "1.000656", "Đăng ký khai tử", "Hộ tịch", "Cấp xã", "", ""),
        ("", "", "", "", "", "Người lập biểu", ""),
    )
    preview = procedure_import.preview_import(admin, file)
    assert [(row.number, row.code, row.verdict) for row in preview.rows] == [
        (4, "1.001193", Verdict.SAME),
        (5, "1.000656", Verdict.CHANGED),
        (6, "9.111111", Verdict.NEW),
        (7, "1.000894", Verdict.SKIPPED),
        (8, "khai sin", Verdict.UNREADABLE),
        (9, "1.000656", Verdict.UNREADABLE),
    ]
    problems = [" ".join(row.problems) for row in preview.rows]
    assert "«vài hôm»" in problems[2]
    assert "Cấp tỉnh" in problems[3]
    assert "dòng 5" in problems[5]


def test_nothing_is_written_before_it_is_taken_and_a_second_time_nothing_is_new(
    admin: Desk, tmp_path: Path
) -> None:
    file = sheet(
        tmp_path / "a.xlsx",
        ("1", "1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch", "", "", "1 ngày làm việc"),
        ("2", "9.111111", "Cấp giấy đi đường", "Giao thông", "", "5.000 đồng/lần", "3 ngày"),
    )
    procedure_import.preview_import(admin, file, "QĐ 5/QĐ-UBND")
    assert intake.the_procedure(admin, "1.000656").effective_from.isoformat() == "2026-07-17"
    procedure_import.take_import(admin, file, "QĐ 5/QĐ-UBND")
    death = intake.the_procedure(admin, "1.000656")
    assert death.limits[Channel.DIRECT] == ("1 ngày làm việc",)
    assert death.limit_status is LimitStatus.CONFIRMED
    new = intake.the_procedure(admin, "9.111111")
    assert new.fee_rule
    assert new.fee_rule.amount == 5000
    assert own_catalogue.show_procedure(admin, "9.111111").changes[0].document == "QĐ 5/QĐ-UBND"
    again = procedure_import.preview_import(admin, file, "QĐ 5/QĐ-UBND")
    assert again.count(Verdict.SAME) == 2
    with pytest.raises(Refused) as caught:
        procedure_import.take_import(admin, file, "QĐ 5/QĐ-UBND")
    assert caught.value.code == "import-empty"
    assert upkeep.verify_ledger(admin).ok


def test_a_list_confirms_no_limit_without_its_document_or_where_two_persons_must(
    admin: Desk, tmp_path: Path
) -> None:
    row = ("1", "1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch", "", "", "1 ngày làm việc")
    file = sheet(tmp_path / "a.xlsx", row)
    (without,) = procedure_import.preview_import(admin, file).rows
    assert without.version
    assert without.version.limit_status is LimitStatus.UNVERIFIED
    keep_settings(admin, {"limits_by_two": True})
    (by_one,) = procedure_import.preview_import(admin, file, "QĐ 5").rows
    assert by_one.version
    assert by_one.version.limit_status is LimitStatus.UNVERIFIED


def test_our_own_table_reads_as_what_is_there_already(admin: Desk, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(resources.read_text("catalogue/procedures.csv"))))
    file = tmp_path / "own.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("code", "name", "field", "fee", "result", "decision"))
        for row in rows:
            table.writerow([row[k] for k in ("code", "name", "field", "fee", "result", "decision")])
    preview = procedure_import.preview_import(admin, file)
    assert [row for row in preview.rows if row.verdict is not Verdict.SAME] == []
    assert len(preview.rows) == len(rows)


def test_a_file_without_the_headings_is_refused(admin: Desk, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("Họ tên,Ngày sinh\nA,1990\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        procedure_import.preview_import(admin, file)
    assert caught.value.code == "sheet-headings"
