"""The pages of the window as data: name on the rail, key, and the place of the code.

A page's code is imported when the page is first shown: the window is there before the heavy
libraries are.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from cchc_desk.i18n import later

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cchc_desk.session import Desk
    from ui.shell.navigation import Shell
    from ui.shell.page import Page


@dataclass(frozen=True)
class PageSpec:
    """One page. `key` opens it from everywhere; "" for a page that is reached from another one.

    `place` is "module:class"; `practice`: only in the practice ward.
    """

    name: str
    words: str
    key: str
    place: str
    practice: bool = False
    counts: str = ""  # what the number beside its words counts
    on_demand: bool = False  # on the rail only once it counts something, or was opened
    of: str = ""  # for a page behind another: the page of the rail that it belongs to
    also: str = ""  # other words under which Ctrl+K finds it, between commas

    @property
    def module(self) -> str:
        return self.place.partition(":")[0]

    def make(self, desk: "Desk", shell: "Shell", parent: "QWidget | None" = None) -> "Page":
        """The page itself, in `parent`."""
        made = getattr(import_module(self.module), self.place.partition(":")[2])
        return cast("Page", made(desk, shell, parent))


# The rail from top to bottom, then the pages behind others.
PAGES = (
    PageSpec(
        "today", later("Hôm nay"), "F6", "ui.today.page:TodayPage", counts=later("trả hôm nay")
    ),
    PageSpec(
        "intake",
        later("Tiếp nhận"),
        "F2",
        "ui.intake.page:IntakePage",
        counts=later("hồ sơ của Cổng chờ trả lời"),
    ),
    PageSpec("on-the-spot", later("Làm ngay"), "Ctrl+F2", "ui.on_the_spot.page:OnTheSpotPage"),
    PageSpec(
        "dossiers",
        later("Hồ sơ"),
        "F3",
        "ui.dossiers.page:DossiersPage",
        counts=later("đang trễ hẹn"),
    ),
    PageSpec(
        "lists",
        later("Tệp của tỉnh"),
        "Ctrl+F3",
        "ui.lists.page:ListsPage",
        also=later("danh sách hồ sơ, iGate, OpenCPS, nhập excel, hồ sơ theo dõi, đồng bộ"),
    ),
    PageSpec(
        "return",
        later("Trả kết quả"),
        "F4",
        "ui.dossiers.return_page:ReturnPage",
        counts=later("có kết quả chờ trả"),
    ),
    PageSpec(
        "overdue",
        later("Trễ hẹn"),
        "F5",
        "ui.overdue.page:OverduePage",
        counts=later("nợ thư xin lỗi"),
    ),
    PageSpec(
        "registers",
        later("Sổ sách"),
        "F7",
        "ui.registers.page:RegistersPage",
        counts=later("phải bổ sung, chưa báo công dân"),
        also=later("in sổ, xuất excel, xuất bảng tính, báo cáo, thống kê"),
    ),
    PageSpec(
        "figures",
        later("Số liệu"),
        "Ctrl+F8",
        "ui.figures.page:FiguresPage",
        also=later("báo cáo, biểu mẫu, thống kê, biểu đồ, II.06, tỷ lệ trễ"),
    ),
    PageSpec("courtesy", later("Phục vụ"), "F10", "ui.courtesy.page:CourtesyPage"),
    PageSpec(
        "city",
        later("Thành phố"),
        "Ctrl+F7",
        "ui.city.page:CityPage",
        counts=later("ngày chờ gửi thành phố"),
        on_demand=True,
    ),
    PageSpec(
        "practice",
        later("Bài tập"),
        "F11",
        "ui.training.page:PracticePage",
        practice=True,
        also=later("luyện tập, tập huấn, bài học"),
    ),
    PageSpec(
        "procedures",
        later("Thủ tục"),
        "Ctrl+F12",
        "ui.procedures.page:ProceduresPage",
        also=later("danh mục thủ tục, thời hạn, phí, lệ phí, tên ngắn, nhập danh sách"),
    ),
    PageSpec(
        "settings",
        later("Cài đặt"),
        "F12",
        "ui.settings.page:SettingsPage",
        counts=later("mục đang sửa, chưa lưu"),
    ),
    PageSpec(
        "dossier", later("Một hồ sơ"), "", "ui.dossiers.dossier_page:DossierPage", of="dossiers"
    ),
    PageSpec(
        "correct", later("Sửa thông tin"), "", "ui.dossiers.correct_page:CorrectPage", of="dossiers"
    ),
    PageSpec(
        "hand-over",
        later("Bàn giao nhiều"),
        "",
        "ui.dossiers.hand_over_page:HandOverPage",
        of="dossiers",
    ),
    PageSpec(
        "report-sets",
        later("Gửi định kỳ"),
        "",
        "ui.figures.sets:ReportSetsPage",
        of="figures",
        also=later("báo cáo hằng tháng, báo cáo quý, gửi báo cáo, hạn báo cáo, công văn"),
    ),
    PageSpec(
        "calendar",
        later("Lịch làm việc"),
        "",
        "ui.calendar.page:CalendarPage",
        of="settings",
        also=later("lịch nghỉ, ngày nghỉ, ngày lễ, nghỉ bù, nghỉ Tết"),
    ),
    PageSpec(
        "process",
        later("Quy trình nội bộ"),
        "",
        "ui.settings.process_page:ProcessPage",
        of="settings",
        also=later("các bước, quy trình"),
    ),
    PageSpec(
        "scanner",
        later("Thử đầu đọc mã"),
        "",
        "ui.settings.scanner_page:ScannerPage",
        of="settings",
        also=later("máy quét, đầu đọc thẻ"),
    ),
)
BY_NAME = {page.name: page for page in PAGES}


def on_rail(desk: "Desk") -> tuple[PageSpec, ...]:
    """The pages that the rail of this desk shows."""
    return tuple(page for page in PAGES if page.key and (desk.practice or not page.practice))
