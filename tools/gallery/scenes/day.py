"""The page of the day, and what opens over any page: tour, palette, help."""

import random

from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress, reminders
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.training.province_list import write_list
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, STAR, TYPICAL


@scene("today", "", EMPTY, TYPICAL, FULL)
def today(v: Visitor) -> None:
    v.page("today")


@scene("today", "late", TYPICAL, FULL)
def today_late(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+4")


@scene("today", "missed-again", TYPICAL, FULL)
def today_missed_again(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+0")


@scene("today", "notified", TYPICAL)
def today_notified(v: Visitor) -> None:
    today_late(v)
    v.page("today").table.setFocus()
    v.press("G")


@scene("today", "refused", ERROR)
def today_refused(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+5")
    v.page("today").table.setFocus()
    v.press("G")


@scene("today", "urged", TYPICAL, FULL)
def today_urged(v: Visitor) -> None:
    page = v.page("today")
    codes = [row.code for row in page.board.late if row.finished is None][:2]
    for code in (*codes, codes[0]):
        reminders.remind(page.desk, code, Asker.CITIZEN, How.PHONE, "Bao giờ xong?")
    page.refresh()
    v.settle()
    v.press("Alt+8")


@scene("today", "internal", TYPICAL, FULL, who="dung")
def today_internal(v: Visitor) -> None:
    """Dossiers whose internal deadline has come, the promise still ahead."""
    office_settings.change_settings(v.desk, {"internal_days": {"*": 3}})
    v.page("today").refresh()
    v.settle()
    v.press("Alt+H")
    v.look_at()
    office_settings.change_settings(v.desk, {"internal_days": {}})


@scene("today", "new-list", TYPICAL, who="dung")
def today_new_list(v: Visitor) -> None:
    """A list that nobody has taken lies in the watched folder."""
    downloads = v.folder / "downloads"
    downloads.mkdir(exist_ok=True)
    made = write_list(v.desk, 5, random.Random(9)).file
    made.rename(downloads / made.name)
    office_settings.change_settings(v.desk, {"lists_folder": str(downloads)})
    v.page("today").refresh()
    v.look_at()
    office_settings.change_settings(v.desk, {"lists_folder": ""})


def receipt(v: Visitor) -> str:
    """The text of a page of another system, as it lies on the clipboard; long in the full ward."""
    is_full = bool(progress.find_dossiers(v.desk, STAR, limit=1))
    return _RECEIPT.format(
        name="HUỲNH NGUYỄN THỊ NGỌC PHƯƠNG THẢO NGUYÊN" if is_full else "LÊ THỊ BƯỞI",
        procedure=_LONG_PROCEDURE if is_full else "Đăng ký khai sinh",
    )


_LONG_PROCEDURE = (
    "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu "
    "đối với tổ chức đang sử dụng đất"
)
_RECEIPT = """Mã số hồ sơ: H57.132-261104-0583 - Số phiếu: 26.10229
Công dân/ Tổ chức: {name}
Điện thoại: 0905389330, Email:
Địa chỉ: Số 123/45/6B, hẻm liên tổ 12-20, đường Nguyễn Văn Cừ nối dài, phường Ninh Kiều
Tên hồ sơ: {procedure}
Ngày nhận: 10:56 04/11/2026; ngày hẹn trả: 10:56 01/12/2026."""


@scene("today", "receipt", TYPICAL, FULL)
def today_receipt(v: Visitor) -> None:
    v.page("today")
    QApplication.clipboard().setText(receipt(v))
    v.panel("Ctrl+V")


@scene("today", "receipt-refused", ERROR)
def today_receipt_refused(v: Visitor) -> None:
    v.page("today")
    QApplication.clipboard().setText(receipt(v).replace("01/12/2026", "01/10/2026"))
    v.press("Ctrl+V")
    v.settle()


@scene("today", "clock", TYPICAL)
def today_clock(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+Shift+G")


@scene("tour", "", TYPICAL)
def tour(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+F1")


@scene("palette", "", TYPICAL, FULL)
def palette(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+K")


@scene("palette", "found", TYPICAL, FULL)
def palette_found(v: Visitor) -> None:
    palette(v)
    v.type("ng")


@scene("palette", "nothing", ERROR)
def palette_nothing(v: Visitor) -> None:
    palette(v)
    v.type("zzqx")


@scene("help", "", TYPICAL)
def help_of_page(v: Visitor) -> None:
    v.page("intake")
    v.press("F1")


@scene("help", "numbers", TYPICAL)
def help_numbers(v: Visitor) -> None:
    help_of_page(v)
    v.press("End")
