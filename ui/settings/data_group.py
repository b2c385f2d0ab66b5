"""The data of this desk: where they lie, when they were copied last, and the other ward."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from cchc_desk.actions.office import upkeep
from cchc_desk.actions.office.upkeep import Copy
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.look import texts
from ui.settings import other_ward
from ui.settings.group import Group
from ui.shell import jobs, notices
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.layout.flow import Flow


class DataGroup(Group):
    """Nothing here is typed; its buttons open a folder, or the other ward in its own window."""

    def __init__(self, desk: Desk, error: ErrorRow) -> None:
        super().__init__(_("Dữ liệu, bản sao, phường tập huấn"), error)
        self.desk = desk
        self.copy = texts.words("", "strong")
        self.folder = texts.words(str(desk.folder))
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts.row(self.form, _("Bản sao gần nhất"), self.copy)
        texts.row(self.form, _("Thư mục dữ liệu"), self.folder)
        ward = _("Về phường thật") if desk.practice else _("Sang phường tập huấn")
        self.acts: tuple[QPushButton, ...] = (
            texts.button(_("Mở thư mục dữ liệu"), self.open_folder, "Alt+D", self),
            texts.button(ward, self.open_other_ward, "Alt+P", self),
        )
        self.acts[0].setProperty("also", _("sao lưu, bản sao dữ liệu, khôi phục"))  # for Ctrl+K
        keys = Flow()
        for act in self.acts:
            keys.add(act)
        self.form.addRow(keys)
        about = texts.words(
            _("Mở trong cửa sổ riêng, dữ liệu riêng; cửa sổ này vẫn mở và không mất gì."), "quiet"
        )
        self.form.addRow(about)
        self.stops = list(self.acts)

    def refresh(self) -> None:
        """Look for the newest copy."""
        desk = self.desk
        jobs.run(self, lambda: upkeep.newest_copy(desk), self._show_copy)

    def _show_copy(self, copy: Copy | None) -> None:
        if copy is None:
            self.copy.setText(_("Chưa có bản sao nào"))
            texts.role(self.copy, "warning")
            return
        self.copy.setText(
            _("{when} · {name}").format(
                when=_day_and_hour(copy.made, self.desk.now()), name=copy.file.name
            )
        )
        is_old = copy.made.date() < self.desk.now().date()
        texts.role(self.copy, "warning" if is_old else "strong")

    def open_folder(self) -> None:
        """The folder in the system's own window for files."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.folder))):
            notices.warn(
                _("Máy không mở được thư mục; hãy mở bằng tay: {folder}").format(
                    folder=self.desk.folder
                )
            )

    def open_other_ward(self) -> None:
        """The other ward in a window of its own; the practice ward is made where it is missing."""
        from ui.first_run import plan

        is_practice = self.desk.practice
        folder = other_ward.other_folder(self.desk.folder, is_practice=is_practice)
        if is_practice:
            self._open(folder)
        else:
            notices.say(_("Đang mở phường tập huấn…"))
            jobs.run(self, lambda: plan.make_practice_ward(folder), self._open)

    def _open(self, folder: Path) -> None:
        if other_ward.open_window(folder):
            notices.say(_("Đã mở trong cửa sổ riêng; chờ vài giây."))
        else:
            notices.warn(_("Không mở được cửa sổ; hãy mở chương trình lần nữa rồi thử lại."))

    def save(self) -> None:
        notices.say(_("«{group}» không có gì để lưu.").format(group=self.title))


def _day_and_hour(at: datetime, now: datetime) -> str:
    """`07:35 hôm nay`, `07:35 ngày 22/11/2026`."""
    if at.date() == now.date():
        return _("{at:%H:%M} hôm nay").format(at=at)
    return _("{at:%H:%M} ngày {at:%d/%m/%Y}").format(at=at)
