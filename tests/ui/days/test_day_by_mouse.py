"""A whole day at the counter by the mouse alone; the keyboard types content only."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import Dossier, LetterState, Status
from tests.ui.conftest import MONDAY, MakeWindow
from tests.ui.days.mouse import Mouse
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
DAO = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01012022"
DUC = "092090001235||Trần Văn Đức|02031990|Nam|5 Hòa Bình, Ninh Kiều, Cần Thơ|01012022"
YEN = "092195004444||Võ Thị Yến|01011995|Nữ|3 Trần Phú, Ninh Kiều, Cần Thơ|01012022"
BIRTH, EXTRACT = "Đăng ký khai sinh", "Trích lục hộ tịch, bản sao khai sinh"
MARRIAGE, DEATH = "Đăng ký kết hôn", "Đăng ký khai tử"
SINGLE = "Xác nhận tình trạng hôn nhân"
LIMIT = "↓ chọn, hoặc gõ"
FREQUENT_CLICKS, CERTIFICATION_HITS = 6, 8


class Counter:
    """What the day does, in the words of the screen."""

    def __init__(self, window: Window) -> None:
        self.window, self.mouse = window, Mouse(window)

    def log_in(self, name: str) -> None:
        mouse = self.mouse
        if not mouse.shows(name):
            mouse.click_field("Người dùng")
            mouse.click(name)
        mouse.write_into("Mật khẩu", practice.PASSWORD)
        mouse.click("Vào làm việc")
        assert mouse.shows(name)

    def change_to(self, name: str) -> None:
        self.mouse.click("Đổi người")
        self.log_in(name)

    def take_in(self, procedure: str, words: str = "") -> Dossier:
        """Chooses the procedure, all its papers, reads back and accepts."""
        mouse = self.mouse
        if words:
            mouse.write_into("vài chữ, hoặc mã", words)
            mouse.wait_until(lambda: not mouse.shows(BIRTH), words)
        mouse.click(procedure)
        if mouse.shows(LIMIT):  # never confirmed at this desk
            mouse.choose(LIMIT, "trong ngày")
        mouse.click("Đủ giấy bắt buộc")
        return self.accept()

    def accept(self) -> Dossier:
        mouse = self.mouse
        mouse.click("Tiếp nhận và in")
        mouse.click("Đúng, tiếp nhận và in")
        mouse.click("Đóng")  # the receipt
        desk = self.window.desk
        code = progress.find_dossiers(desk, limit=1, order="accepted")[0].code
        return self.now(code)

    def now(self, code: str) -> Dossier:
        return progress.show_dossier(self.window.desk, code).dossier


def the_morning(counter: Counter) -> dict[str, Dossier]:
    """Twelve citizens: ten are taken in, one goes home with a list, one is refused."""
    mouse, taken = counter.mouse, {}
    mouse.click("Tiếp nhận")

    mouse.clicks = mouse.letters = 0
    mouse.scan(DAO)
    taken["scan"] = counter.take_in(BIRTH)
    assert (mouse.clicks <= FREQUENT_CLICKS, mouse.letters) == (True, 0)

    mouse.write_into("Họ tên", "lê thị bích ngọc")
    mouse.write_into("Số định danh", "092192004321")
    mouse.write_into("Ngày sinh", "28/02/1992")
    mouse.write_into("Địa chỉ", "9 Hai Bà Trưng")
    mouse.write_into("Điện thoại", "0987654321")
    mouse.click("Viết hoa")
    taken["typed"] = counter.take_in(SINGLE, "doc than")
    assert taken["typed"].applicant.name == "Lê Thị Bích Ngọc"

    mouse.click_field("Số định danh")
    mouse.write("092190001234")
    mouse.click("Lấy")
    mouse.click("Đăng ký khai sinh  ·  Alt+P")
    mouse.write_into("giấy tờ khác", "Bản dịch hộ chiếu của cha")
    mouse.click("Thêm")
    taken["known"] = counter.accept()
    assert str(taken["known"].applicant.born) == "1990-05-17"

    mouse.choose("Chủ hồ sơ", "Tổ chức")
    mouse.write_into("Tên tổ chức", "Công ty TNHH Lúa Vàng")
    mouse.write_into("Người đại diện", "Lý Thị Hoa")
    mouse.write_into("Địa chỉ", "1 Hòa Bình")
    mouse.write_into("Điện thoại", "02923812345")
    mouse.click("Chứng thực bản sao")
    mouse.click("·")
    mouse.write("20")
    taken["organisation"] = counter.accept()
    assert taken["organisation"].papers[0].original == 20

    mouse.scan(DAO)
    mouse.click("Người khác nộp thay")
    mouse.scan(DUC)
    mouse.write_into("Quan hệ", "chồng")
    taken["submitter"] = counter.take_in(EXTRACT)
    assert taken["submitter"].submitter is not None
    assert taken["submitter"].submitter.name == "Trần Văn Đức"

    mouse.scan(DUC)
    mouse.choose("Hình thức", "Bưu chính")
    taken["post"] = counter.take_in(MARRIAGE)

    mouse.click("Hồ sơ từ Cổng")
    mouse.write_into("Mã của Cổng", "G22.99.01-261122-0007")
    mouse.write_into("Họ tên", "Lý Thị Hường")
    mouse.write_into("Điện thoại", "0901112223")
    taken["portal"] = counter.take_in("Đăng ký tạm trú", "tam tru")
    assert taken["portal"].portal_code == "G22.99.01-261122-0007"

    mouse.write_into("Họ tên", "Phan Văn Lộc")
    mouse.write_into("Điện thoại", "0901112224")
    mouse.click("Nhập muộn")
    mouse.write_into("ví dụ 14:05", "7h45")
    taken["late entry"] = counter.take_in(DEATH)
    assert taken["late entry"].accepted == MONDAY.replace(hour=7, minute=45)

    mouse.scan(YEN)
    taken["same day"] = counter.take_in(EXTRACT)
    assert taken["same day"].due.date() == MONDAY.date()

    mouse.scan(DUC)
    taken["twice"] = counter.take_in(BIRTH)

    mouse.scan(YEN)
    mouse.click(MARRIAGE)
    mouse.click("Thiếu giấy tờ")
    mouse.click("Lập phiếu")
    mouse.click("Đóng")
    assert mouse.shows("Đã lập phiếu yêu cầu bổ sung")

    mouse.scan(YEN)
    mouse.click(MARRIAGE)
    mouse.click("Từ chối: in phiếu")
    mouse.write("Anh chị chưa đủ tuổi kết hôn theo luật")
    mouse.click("Lập phiếu")
    mouse.click("Đóng")
    assert mouse.shows("Đã lập phiếu từ chối")
    return taken


def putting_right(counter: Counter, taken: dict[str, Dossier]) -> None:
    """An address, taken back, and a whole entry; no promise moves."""
    mouse, typed, twice = counter.mouse, taken["typed"], taken["twice"]
    mouse.click("Hồ sơ")
    mouse.double_click("Lê Thị Bích Ngọc")
    mouse.click("Sửa thông tin")
    mouse.write_into("Địa chỉ", "19 Hai Bà Trưng")
    mouse.write_into("ví dụ: gõ nhầm", "gõ nhầm số nhà")
    mouse.click("Ghi sửa đổi")
    after = counter.now(typed.code)
    assert (after.applicant.address, after.first) == ("19 Hai Bà Trưng", typed.first)
    mouse.click("Hoàn tác (")
    assert counter.now(typed.code) == typed

    mouse.click("Hồ sơ")
    mouse.double_click(twice.applicant.name)
    mouse.click("Khác")
    mouse.click("Hủy do nhập sai")
    mouse.write("nhập hai lần")
    mouse.click("Hủy hồ sơ này")
    assert counter.now(twice.code).cancelled


def the_afternoon(counter: Counter, taken: dict[str, Dossier]) -> None:
    """Handed over, asked for more, brought, finished and returned: one by one and together."""
    mouse, window = counter.mouse, counter.window
    mouse.click("Hồ sơ")
    mouse.double_click("Lê Thị Bích Ngọc")
    mouse.click("Bàn giao")
    mouse.click("Trần Quốc Bình", nth=-1)
    mouse.click("Bàn giao  ·  F9")
    assert counter.now(taken["typed"].code).holder == "binh"

    mouse.click("Hồ sơ")
    mouse.double_click("Phan Văn Lộc")
    mouse.click("Yêu cầu bổ sung")
    mouse.write("Giấy báo tử bản chính")
    mouse.click_field("Lý do yêu cầu bổ sung")
    mouse.write("bản nộp là bản chụp")
    mouse.click("Yêu cầu bổ sung  ·  F9")
    mouse.click("Đóng")
    mouse.click("Dân đã bổ sung")
    mouse.click("Dân đã bổ sung  ·  F9")

    mouse.click("Hồ sơ")
    mouse.click("Phan Văn Lộc")
    mouse.add_click("Võ Thị Yến", CTRL)
    mouse.add_click("Lý Thị Hường", CTRL)
    mouse.click("Có kết quả")
    mouse.click("Có kết quả  ·  F9")
    mouse.click("Phan Văn Lộc")
    mouse.add_click("Lý Thị Hường", CTRL)
    mouse.right_click("Lý Thị Hường")
    mouse.click("Trả kết quả")
    mouse.click("Trả kết quả  ·  F9")
    for which in ("late entry", "portal"):
        assert counter.now(taken[which].code).status is Status.RETURNED

    mouse.click("Trả kết quả")
    mouse.scan(taken["same day"].code)
    mouse.click("Trả kết quả  ·  F9")
    assert counter.now(taken["same day"].code).status is Status.RETURNED
    assert window.desk.official is not None


def certifications(counter: Counter) -> None:
    """Six while the citizen waits, each by one button; a citizen with two papers among them."""
    mouse = counter.mouse
    mouse.click("Làm ngay")
    mouse.clicks = mouse.letters = 0
    mouse.scan(DAO)
    mouse.click("Giấy khai sinh")
    mouse.write_into("Số bản", "3")
    mouse.click("Làm và trả ngay")
    assert mouse.clicks + mouse.letters <= CERTIFICATION_HITS
    assert mouse.shows("Đã trả 3 bản cho Nguyễn Thị Ánh Đào")
    for paper in ("Căn cước", "Giấy khai sinh", "Bằng tốt nghiệp đại học"):
        mouse.scan(DUC)
        mouse.click(paper)
        mouse.click("Làm và trả ngay")
        assert mouse.shows("Đã trả 1 bản cho Trần Văn Đức")
    mouse.scan(YEN)
    mouse.click("Căn cước")
    mouse.click("Thêm giấy tờ khác")
    mouse.click("Bằng tốt nghiệp đại học")
    mouse.click("Làm và trả ngay")
    assert mouse.shows("Đã trả 2 bản cho Võ Thị Yến")


def late_letters(counter: Counter) -> None:
    """The clerk drafts, the leader signs all but one and prints, the clerk hands them over."""
    mouse, desk = counter.mouse, counter.window.desk
    mouse.click("Trễ hẹn")
    mouse.click("Soạn mọi thư còn thiếu")
    mouse.click("1  Số lượng hồ sơ tăng đột biến")  # the reason that the desk asks for
    mouse.click("Ghi lý do")
    counter.change_to("Lê Mai Chi")
    mouse.click("Trễ hẹn")
    mouse.click("Ký tất cả")
    mouse.click("☑")
    asked = next(words for words in mouse.words() if words.startswith("Ký ") and "thư?" in words)
    count = int(asked.split()[1])
    mouse.click(f"Ký {count} thư")
    assert mouse.shows(f"Đã ký {count} thư")
    mouse.click("In mọi thư đã ký", nth=0)
    mouse.click("Đóng")
    counter.change_to("Nguyễn Thị Hoài An")
    mouse.click("Trễ hẹn")
    mouse.click("Đã trao nhiều thư")
    mouse.click("Bưu chính", nth=0)
    mouse.click("Ghi đã trao")
    states = [
        letter.state
        for row in progress.find_dossiers(desk)
        for letter in progress.show_dossier(desk, row.code).dossier.letters
    ]
    assert LetterState.SIGNED not in states
    assert states.count(LetterState.DELIVERED) >= count


def registers_and_office(counter: Counter, target: Path) -> None:
    """A book of this month, exported to `target`; a limit confirmed once; the desk's phone."""
    mouse, window = counter.mouse, counter.window
    counter.change_to("Lê Mai Chi")
    mouse.click("Sổ sách")
    mouse.click("Sổ theo dõi hồ sơ")
    mouse.click("Tháng này")
    assert mouse.shows("01/11/2026")
    mouse.click("Xuất bảng tính")
    mouse.write("Nộp đoàn kiểm tra")
    mouse.click("Tiếp tục")
    assert "Lê Thị Bích Ngọc" in target.read_text("utf-8-sig")
    mouse.click("Số đã hủy")
    mouse.wait_for("nhập hai lần")

    counter.change_to("Phạm Tiến Dũng")
    mouse.click("Thủ tục")
    mouse.click("Đăng ký khai tử")
    mouse.write_into("số văn bản", "3152/QĐ-BTP")
    mouse.write_into("Ngày văn bản", "01/11/2026")
    mouse.click("Ghi thay đổi")
    assert mouse.shows("Đã xác nhận theo 3152/QĐ-BTP")
    mouse.click("Cài đặt")
    mouse.write_into("Điện thoại liên hệ", "0292 3812 345")
    mouse.click("Lưu cài đặt")
    assert window.desk.settings["hotline"] == "0292 3812 345"


@pytest.mark.sweep
def test_a_whole_day_by_the_mouse_alone(
    make_window: MakeWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "exports" / "so.csv"  # as somebody chooses it in the system's own dialog
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window = make_window(folder)
    window.resize(1366, 768)
    counter = Counter(window)
    counter.log_in("Nguyễn Thị Hoài An")
    taken = the_morning(counter)
    assert len({dossier.code for dossier in taken.values()}) == 10
    putting_right(counter, taken)
    the_afternoon(counter, taken)
    certifications(counter)
    late_letters(counter)
    registers_and_office(counter, target)
    for which, dossier in taken.items():
        assert counter.now(dossier.code).first == dossier.first, which
    assert upkeep.verify_ledger(window.desk).problems == ()
