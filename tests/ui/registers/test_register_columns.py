"""Every register, one full row of each: screen, export and declared columns name the same headings,
and each cell stands under its own.
"""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from cchc_desk.actions.data import opening, personal_data
from cchc_desk.actions.data.personal_data import NewRequest
from cchc_desk.actions.dossiers import correct, reminders, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.intake import before_acceptance, certify, intake, paper_receipts
from cchc_desk.actions.intake.certify import Request, ToCertify
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.people import absences
from cchc_desk.actions.people.absences import NewAbsence
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.personal_data import Outcome
from cchc_desk.session import Desk
from tests.actions.conftest import become, make_intake
from tests.ui import questions
from tests.ui.conftest import MakeWindow
from tests.ui.registers.test_registers_page import opened
from ui.registers.books import BOOKS
from ui.registers.page import RegistersPage

_BIRTH, _ADDRESS = (
    "Thủ tục đăng ký khai sinh",
    "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
)
_WITH_NUMBER = "Cao Thị Chứng\n092190001234"
_ITEMS, _PHONE = "Giấy chứng sinh; Tờ khai", "0912345678"


def _supplement(code: str, name: str, slip: str, last: str, at: str) -> dict[str, str]:
    return {
        "Mã hồ sơ": code,
        "Chủ hồ sơ": name,
        "Điện thoại": _PHONE,
        "Phải bổ sung": _ITEMS,
        "Phiếu số": slip,
        last: at,
    }


def _certified(number: str, paper: str, fee: str, **counted: str) -> dict[str, str]:
    """A line of a book of certification; the book of contracts counts no copies."""
    return {
        "Số chứng thực": number,
        "Ngày chứng thực": "19/11/2026",
        "Người yêu cầu": "Cao Thị Chứng" if counted.get("id") == "" else _WITH_NUMBER,
        "Giấy tờ, văn bản": paper,
        "Người ký chứng thực": "Lê Mai Chi, Phó Chủ tịch",
        **({"Số bản": counted["copies"]} if "copies" in counted else {}),
        "Lệ phí (đồng)": fee,
        "Ghi chú": "tại nhà",
    }


# One row of each register, as `fill` makes them; the order is that of the columns.
ROWS: Mapping[str, Mapping[str, str]] = {
    "Bổ sung: chưa báo công dân": _supplement(
        "H13.999-261119-0001", "Lê Thị Một", "01/HDHS", "Yêu cầu lúc", "19/11/2026 09:00"
    ),
    "Bổ sung: đã báo, đang chờ": _supplement(
        "H13.999-261119-0002", "Phạm Văn Hai", "02/HDHS", "Đã báo lúc", "19/11/2026 13:30"
    ),
    "Bổ sung: công dân đã mang tới": _supplement(
        "H13.999-261119-0003", "Võ Thị Ba", "03/HDHS", "Nhận lúc", "19/11/2026 14:00"
    ),
    "Hồ sơ từ Cổng chờ trả lời": {
        "Mã của Cổng": "H13-ONL-1",
        "Chủ hồ sơ": "Huỳnh Thị Cổng",
        "Thủ tục": _BIRTH,
        "Nộp lúc": "19/11/2026 13:00",
        "Trả lời trước": "20/11/2026 11:30 ✗ quá hạn",
    },
    "Không ai đụng tới": {
        "Mã hồ sơ": "H13.999-261102-0002",
        "Chủ hồ sơ": "Đặng Thị Lặng",
        "Thủ tục": _BIRTH,
        "Người giữ": "Trần Quốc Bình",
        "Hẹn trả": "01/12/2026 09:00",
        "Lần cuối": "02/11/2026 09:30",
    },
    "Nhận trên giấy, nhập muộn": {
        "Mã hồ sơ": "H13.999-261119-0004",
        "Chủ hồ sơ": "Trương Văn Giấy",
        "Nhận lúc": "19/11/2026 08:05",
        "Nhập lúc": "19/11/2026 14:00",
        "Chậm": "5 giờ 55 phút",
        "Giấy in sẵn": "GT-261119-0001",
    },
    "Sổ theo dõi hồ sơ": {
        "Mã hồ sơ": "H13.999-261119-0004",
        "Tên TTHC": _BIRTH,
        "Số bộ": "2",
        "Chủ hồ sơ": "Trương Văn Giấy",
        "Địa chỉ, điện thoại": f"{_ADDRESS}\n{_PHONE}",
        "Cơ quan": "UBND phường Ninh Kiều",
        "Nhận": "08:05 19/11/2026",
        "Hẹn trả": "08:05 20/11/2026",
        "Trả": "09:00 20/11/2026",
        "Nhận kết quả": "bưu chính",
        "Ký nhận": "Lý Thị Nhận",
        "Ghi chú": "Nhập 14:00 19/11/2026\nGiấy in sẵn GT-261119-0001",
    },
    "Sổ chứng thực bản sao từ bản chính": _certified("01", "Học bạ", "6.000", copies="3", id=""),
    "Sổ chứng thực chữ ký, điểm chỉ": _certified("01", "Giấy ủy quyền", "10.000", copies="1"),
    "Sổ chứng thực chữ ký người dịch": _certified("01", "Bản dịch", "10.000", copies="1"),
    "Sổ chứng thực hợp đồng, giao dịch": _certified("01", "Hợp đồng thuê nhà", "50.000"),
    "Công khai xin lỗi": {
        "Mã hồ sơ": "H13.999-261102-0003",
        "Tên (đã che)": "Lâm V. T.",
        "Thủ tục": _BIRTH,
        "Hẹn trả": "09:00 03/11/2026",
        "Lý do": "Nguyên nhân khác",
        "Hẹn lại": "10:00 25/11/2026",
        "Thư số": "08/PXL-UBND",
    },
    "Công chức gây trễ hẹn": {
        "Công chức": "Trần Quốc Bình",
        "Số lần": "1 lần",
        "Mã hồ sơ": "H13.999-261102-0003",
        "Thủ tục": _BIRTH,
        "Hẹn trả": "09:00 03/11/2026",
        "Nguyên nhân": "Nguyên nhân khác",
        "Ý kiến": "Hồ sơ đến muộn.",
    },
    "Tỷ lệ trễ hẹn, đường 5 %": {
        "Mã hồ sơ": "H13.999-261102-0003",
        "Chủ hồ sơ": "Lâm Văn Trễ",
        "Thủ tục": _BIRTH,
        "Người giữ": "Trần Quốc Bình",
        "Hẹn trả": "09:00 03/11/2026",
        "Có kết quả": "20/11/2026",
    },
    "Số văn bản và số trống": {
        "Ký hiệu": "PXL-UBND",
        "Đã cấp": "8",
        "Số cuối": "8",
        "Số trống": "không",
        "Số đã hủy": "không",
    },
    "Số đã hủy": {
        "Số": "H13.999-261102-0004",
        "Chủ hồ sơ": "Mai Thị Lẫn",
        "Việc": _BIRTH,
        "Hủy lúc": "02/11/2026 09:30",
        "Người hủy": "Nguyễn Thị Hoài An",
        "Lý do": "Nhập hai lần",
    },
    "Giấy hẹn in sẵn số": {
        "Số": "GT-261119-0002",
        "In lúc": "19/11/2026 07:45",
        "Nay ở đâu": "đã hủy: Rách",
    },
    "Yêu cầu về dữ liệu cá nhân": {
        "Số": "01/2026-YCDL",
        "Trả lời trước": "09/12/2026",
        "Người yêu cầu": "Võ Thị Em",
        "Yêu cầu": "Xóa dữ liệu",
        "Báo nhận trước": "23/11/2026",
        "Nội dung": "Hồ sơ khai sinh",
        "Nhận lúc": "14:00 19/11/2026",
        "Đã trả lời": "19/11/2026 – từ chối – Chưa hết hạn lưu",
    },
    "Nhật ký xuất dữ liệu": {
        "Lúc": "14:00 19/11/2026",
        "Ai lấy": "Lê Mai Chi",
        "Lấy gì": "Tệp trục liên thông",
        "Số dòng": "12",
        "Để làm gì": "Nộp đoàn kiểm tra",
        "Tệp": "hoso.json",
        "Mã băm SHA-256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    },
    "Đôn đốc hồ sơ": {
        "Phiếu số": "01/PĐĐ",
        "Đôn đốc lúc": "19/11/2026 14:00",
        "Lần": "1",
        "Mã hồ sơ": "H13.999-261102-0003",
        "Chủ hồ sơ": "Lâm Văn Trễ",
        "Ai đôn đốc": "công dân",
        "Người giữ": "Trần Quốc Bình",
        "Phiếu gửi": "Trần Quốc Bình",
        "Trả lời lúc": "19/11/2026 14:00",
        "Đã trả lời": "Mai có kết quả",
    },
    "Đôn đốc theo người giữ": {
        "Người giữ hồ sơ lúc ấy": "Trần Quốc Bình",
        "Lần đôn đốc": "1",
        "Hồ sơ": "1",
        "Gửi lãnh đạo": "0",
        "Đã trả lời": "1",
        "Quá giờ trả lời": "0",
    },
    "Đôn đốc theo lĩnh vực": {
        "Lĩnh vực": "Hộ tịch",
        "Lần đôn đốc": "1",
        "Hồ sơ": "1",
        "Gửi lãnh đạo": "0",
        "Đã trả lời": "1",
        "Quá giờ trả lời": "0",
    },
    "Vắng mặt và người thay": {
        "Người vắng": "Trần Quốc Bình",
        "Người thay": "Nguyễn Thị Hoài An",
        "Từ ngày": "19/11/2026",
        "Đến hết ngày": "31/12/2026",
        "Đang giữ": "2",
        "Lý do": "Đi học",
    },
}


class Clock:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 9, 0)

    def __call__(self) -> datetime:
        return self.now

    def set(self, day: int, hour: int, minute: int = 0) -> None:
        self.now = datetime(2026, 11, day, hour, minute)


def fill(folder: Path) -> None:
    """Bring a row into every register."""
    clock = Clock()
    desk = opening.open_desk(folder, clock)
    become(desk, "an")
    untouched = accept(desk, "Đặng Thị Lặng", limit="20 ngày làm việc")
    late = accept(desk, "Lâm Văn Trễ")
    clock.set(2, 9, 30)
    steps.hand_over(desk, [untouched, late], "binh")
    correct.cancel(desk, accept(desk, "Mai Thị Lẫn"), "Nhập hai lần")

    clock.set(19, 7, 45)
    used, void = paper_receipts.print_blank(desk, 2)[0]
    paper_receipts.void(desk, void, "Rách")
    clock.set(19, 8, 0)
    asked, told, brought = (
        accept(desk, name, limit="20 ngày làm việc")
        for name in ("Lê Thị Một", "Phạm Văn Hai", "Võ Thị Ba")
    )
    for hour, code in ((9, asked), (10, told), (11, brought)):
        clock.set(19, hour)
        steps.request_supplement(desk, code, "Thiếu", ["Giấy chứng sinh", "Tờ khai"])
    clock.set(19, 13, 30)
    steps.tell_supplement(desk, told, How.PHONE)
    clock.set(19, 14, 0)
    steps.supplement_brought(desk, brought)

    online = make_intake("Huỳnh Thị Cổng")
    before_acceptance.register_online(desk, online, "H13-ONL-1", datetime(2026, 11, 19, 13, 0))
    received = datetime(2026, 11, 19, 8, 5)
    by_hand = accept(desk, "Trương Văn Giấy", received=received, paper_receipt=used, sets=2)

    person = make_intake("Cao Thị Chứng").applicant
    for procedure, paper, copies in (
        ("2.000815", "Học bạ", 3),
        ("2.000884", "Giấy ủy quyền", 1),
        ("2.001008", "Bản dịch", 1),
        ("2.001035", "Hợp đồng thuê nhà", 1),
    ):
        asked_for = (ToCertify(paper, copies),)
        certify.certify(desk, Request(procedure, person, asked_for, "chi", "tại nhà"))

    request = NewRequest("delete", "Võ Thị Em", "0912345678", "Hồ sơ khai sinh", late)
    reminders.remind(desk, late, Asker.CITIZEN, How.PHONE, "Bao giờ xong?")
    reminders.answer(desk, late, "Mai có kết quả")
    become(desk, "chi")
    days = date(2026, 11, 19), date(2026, 12, 31)
    absences.enter(desk, NewAbsence(*days, "an", "binh", "Đi học"))
    personal_data.take_request(desk, request)
    personal_data.answer(desk, "01/2026", Outcome.REFUSED, "Chưa hết hạn lưu")
    leaving.note(desk, "exchange", 12, "hoso.json", b"x", "Nộp đoàn kiểm tra")
    new_due = datetime(2026, 11, 25, 10, 0)
    letter = letters.draft_apology(desk, late, "other", new_due, reason="Chờ xác minh.")
    letters.sign_letter(desk, letter.id)
    responsibility.fix_responsibility(desk, late, "other", "binh", own_fault=True)
    become(desk, "binh")
    responsibility.object_to(desk, late, "Hồ sơ đến muộn.")
    clock.set(20, 8, 0)
    steps.mark_ready(desk, by_hand)
    steps.mark_ready(desk, late)
    become(desk, "an")
    clock.set(20, 9, 0)
    steps.return_result(desk, by_hand, Return("Lý Thị Nhận", how=How.POST))
    desk.close()


def accept(desk: Desk, name: str, **more: Any) -> str:
    return intake.accept_dossier(desk, make_intake(name, **more)).code


def headings_on_screen(page: RegistersPage) -> list[str]:
    model = page.table.model_
    return [
        model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for place in range(model.columnCount())
    ]


def test_every_register_has_one_set_of_headings_and_each_cell_under_its_own(
    make_window: MakeWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder)
    target = tmp_path / "exports" / "sổ.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window = make_window(folder, "chi")
    assert [book.name for book in BOOKS] == list(ROWS)
    for book in BOOKS:
        page = opened(window, book.name)
        QTest.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        if any(column.personal for column in book.columns):
            questions.answer(window, "Nộp đoàn kiểm tra")
        with target.open(encoding="utf-8-sig", newline="") as file:
            exported = list(csv.reader(file, delimiter=";"))
        target.unlink()
        wanted = ROWS[book.name]
        assert [column.heading for column in book.columns] == list(wanted)
        assert headings_on_screen(page) == list(wanted)
        assert exported[0] == list(wanted)
        shown = [
            [page.table.model_.text(row, column) for column in range(len(wanted))]
            for row in range(page.table.model_.rowCount())
        ]
        assert exported[1:] == shown
        assert list(wanted.values()) in shown, book.name


def test_every_register_of_citizens_leaves_with_a_reason() -> None:
    """A register is of citizens unless it is one of these; names masked for the notice board."""
    free = {book.name for book in BOOKS if not any(column.personal for column in book.columns)}
    assert free == {
        "Công khai xin lỗi",
        "Số văn bản và số trống",
        "Giấy hẹn in sẵn số",
        "Nhật ký xuất dữ liệu",
        "Đôn đốc theo người giữ",
        "Đôn đốc theo lĩnh vực",
    }
