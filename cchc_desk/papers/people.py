"""Papers for the desk's own people: the sealed recovery sheet, and a one-time password."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

_TITLE = Style(font=BOLD, size=18, before=14, align="centre", role="H1")
_CODE = Style(font=BOLD, size=22, before=18, align="centre")
_STEP = Style(before=6, indent=14)
_PART = Style(font=BOLD, before=16, role="H2")
_GROUPS_ON_A_LINE = 4
_WHO_IS_ENOUGH = (
    "lãnh đạo cùng phiếu này",
    "hai người của quầy cùng phiếu này",
    "lãnh đạo cùng một người nữa, không cần phiếu",
)


@dataclass(frozen=True)
class OfDesk:
    """The desk that a paper is for."""

    unit: str
    desk: str
    watermark: str = ""


def about(title: str, unit: str, made: datetime) -> Metadata:
    """Return what the file says about itself."""
    return Metadata(title, unit, made)


def recovery_sheet_pdf(metadata: Metadata, of: OfDesk, number: int, code: str) -> bytes:
    """Return one A4 page with the code, who is enough and what to do; folded and sealed."""

    def draw(sheet: Sheet) -> None:
        sheet.paragraph(of.unit, Style(font=BOLD, align="centre"))
        sheet.paragraph(of.desk, Style(align="centre"))
        sheet.paragraph(f"PHIẾU KHÔI PHỤC số {number}", _TITLE)
        sheet.paragraph(f"In lúc {metadata.made:%H:%M ngày %d/%m/%Y}", Style(align="centre"))
        groups = code.split("-")
        for first in range(0, len(groups), _GROUPS_ON_A_LINE):
            line = " – ".join(groups[first : first + _GROUPS_ON_A_LINE])
            sheet.paragraph(line, _CODE)
        sheet.paragraph("Để làm gì", _PART)
        sheet.paragraph(
            "Khi không còn người quản trị nào vào được quầy (quên mật khẩu, nghỉ việc), phiếu này "
            "giúp cấp mật khẩu mới cho người quản trị. Một mình phiếu thì chưa đủ. Cần có:",
            Style(before=6, align="justify"),
        )
        for who in _WHO_IS_ENOUGH:
            sheet.paragraph(f"– {who}.", _STEP)
        sheet.paragraph(
            "Dữ liệu đã mã hóa mà máy của quầy hỏng hay mất: một mình phiếu này mở được dữ liệu "
            "và bản sao trên máy khác.",
            Style(before=6, align="justify"),
        )
        sheet.paragraph("Cách dùng", _PART)
        for step in (
            "1. Ở trang đăng nhập bấm «Mất quyền quản trị» (Alt+M).",
            "2. Chọn tên và gõ mật khẩu của những người cùng làm, rồi gõ mã trên phiếu. Dấu nối, "
            "chữ hoa hay thường không quan trọng; gõ sai nhóm nào, chương trình báo nhóm ấy.",
            "3. Quầy cho mật khẩu dùng một lần của người quản trị và mã của phiếu mới: in ngay, "
            "phiếu này hết giá trị.",
            "Trên máy khác: ở màn hình đầu tiên bấm «Mở dữ liệu có sẵn hoặc bản sao» (F3), chọn "
            "bản sao trên USB, gõ mã trên phiếu.",
        ):
            sheet.paragraph(step, _STEP)
        sheet.paragraph("Cất giữ", _PART)
        sheet.paragraph(
            "Gấp lại, cho vào phong bì, dán kín, ký giáp mép và cất ở tủ của văn thư. Không chụp "
            "ảnh, không lưu tệp. Trong dữ liệu của quầy không có mã này. In phiếu mới thì phiếu "
            "này hết giá trị; nghi có người đã xem thì in phiếu mới.",
            Style(before=6, align="justify"),
        )

    return Drawing(metadata, "A4", [draw], watermark=of.watermark).pdf()


def one_time_password_pdf(
    metadata: Metadata, of: OfDesk, official: Official, password: str
) -> bytes:
    """Return one A5 page to be handed to its official."""

    def draw(sheet: Sheet) -> None:
        sheet.paragraph(of.unit, Style(font=BOLD, align="centre"))
        sheet.paragraph(of.desk, Style(align="centre"))
        sheet.paragraph("MẬT KHẨU DÙNG MỘT LẦN", _TITLE)
        sheet.paragraph(official.name, Style(font=BOLD, size=18, before=12, align="centre"))
        role = ROLE_NAMES[official.role]
        sheet.paragraph(f"{role} · đăng nhập: {official.id}", Style(align="centre"))
        sheet.paragraph(password, _CODE)
        sheet.paragraph(
            "Vào cửa sổ bằng mật khẩu này một lần; chương trình mời đặt mật khẩu riêng ngay. Dấu "
            "gạch nối cũng là của mật khẩu. Đặt xong thì hủy tờ giấy này.",
            Style(before=16, align="justify"),
        )
        made = f"Cấp lúc {metadata.made:%H:%M ngày %d/%m/%Y}."
        sheet.paragraph(made, Style(font=ITALIC, before=8))

    return Drawing(metadata, "A5", [draw], watermark=of.watermark).pdf()
