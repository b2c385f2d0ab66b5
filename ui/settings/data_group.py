"""The data of this desk: where they lie, when they were copied last, and the other ward."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton

from cchc_desk.actions.data import copies, drill, repair, upkeep
from cchc_desk.actions.data.copies import Copied, Copy, Second, SecondPlace
from cchc_desk.actions.data.drill import Drill
from cchc_desk.actions.data.repair import Health
from cchc_desk.actions.dossiers import forgotten_in_copies
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.documents.printing import Paper
from ui.look import texts
from ui.settings import other_ward
from ui.settings.group import Group
from ui.shell import jobs, notices
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.layout.flow import Flow


class DataGroup(Group):
    """Nothing here is typed; its buttons open a folder, or the other ward in its own window."""

    restore = Signal()  # go back to a copy
    record = Signal(object)  # the Paper of a drill

    def __init__(self, desk: Desk, error: ErrorRow) -> None:
        super().__init__(_("Dữ liệu, bản sao, phường tập huấn"), error)
        self.desk = desk
        self.copy = texts.words("", "strong")
        self.folder = texts.words(str(desk.folder))
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts.row(self.form, _("Bản sao gần nhất"), self.copy)
        self.second = texts.words("")
        texts.row(self.form, _("Nơi thứ hai"), self.second)
        ward = _("Về phường thật") if desk.practice else _("Sang phường tập huấn")
        of_copies = (
            texts.button(_("Sao lưu ngay"), self.copy_now, "Alt+B", self, "primary"),
            texts.button(_("Khôi phục bản sao"), self.restore.emit, "Alt+J", self),
            texts.button(_("Kiểm tra bản sao"), self.drill, "Alt+R", self),
            texts.button(_("Chọn nơi thứ hai"), self.choose_second, "Alt+U", self),
        )
        self.leave = texts.button(_("Thôi nơi thứ hai"), self.leave_second, "Alt+X", self)
        self.renew = texts.button(_("Thay bản sao cũ"), self.renew_copies, "Alt+A", self)
        of_folder = (
            texts.button(_("Mở thư mục dữ liệu"), self.open_folder, "Alt+D", self),
            texts.button(_("Kiểm tra và sửa tệp"), self.check, "Alt+S", self),
            texts.button(ward, self.open_other_ward, "Alt+P", self),
        )
        self.acts: tuple[QPushButton, ...] = (*of_copies, self.leave, self.renew, *of_folder)
        texts.off_the_card(self, self.leave, self.renew, of_folder[1])
        of_folder[0].setProperty("also", _("sao lưu, bản sao dữ liệu, khôi phục"))  # for Ctrl+K
        self._add_keys((*of_copies, self.leave, self.renew))
        self.forgotten = texts.words("", "warning")  # copies that hold somebody anonymised
        self.form.addRow(self.forgotten)
        texts.row(self.form, _("Thư mục dữ liệu"), self.folder)
        self._add_keys(of_folder)
        about = texts.words(
            _("Mở trong cửa sổ riêng, dữ liệu riêng; cửa sổ này vẫn mở và không mất gì."), "quiet"
        )
        self.form.addRow(about)
        self.stops = list(self.acts)

    def _add_keys(self, acts: tuple[QPushButton, ...]) -> None:
        keys = Flow()
        for act in acts:
            keys.add(act)
        self.form.addRow(keys)

    def refresh(self) -> None:
        """Look for the newest copy and the second place."""
        desk = self.desk
        jobs.run(self, lambda: _look(desk), self._show)

    def _show(self, seen: "_Seen") -> None:
        self._show_copy(seen.copy)
        self._show_second(seen.second)
        self.leave.setVisible(seen.second is not None)
        self.renew.setVisible(bool(seen.forgotten))
        self.forgotten.setVisible(bool(seen.forgotten))
        self.forgotten.setText(seen.forgotten)
        self.stops = [act for act in self.acts if not act.isHidden()]

    def _show_copy(self, copy: Copy | None) -> None:
        if copy is None or copy.made is None:
            self.copy.setText(_("Chưa có bản sao nào"))
            texts.role(self.copy, "warning")
            return
        self.copy.setText(
            _("{when} · {dossiers} hồ sơ · {name}").format(
                when=_day_and_hour(copy.made, self.desk.now()),
                dossiers=copy.dossiers,
                name=copy.file.name,
            )
        )
        is_old = copy.made.date() < self.desk.now().date()
        texts.role(self.copy, "warning" if is_old else "strong")

    def _show_second(self, place: SecondPlace | None) -> None:
        if place is None:
            words = _("Chưa chọn: ổ đĩa này hỏng thì mất cả bản sao. Hãy chọn USB hoặc ổ khác.")
        elif not place.is_there:
            words = _("{folder} chưa cắm; bản sao sẽ sang đó khi có lại.").format(
                folder=place.folder
            )
        elif place.newest is None or place.newest.made is None:
            words = _("{folder} · chưa có bản sao nào").format(folder=place.folder)
        else:
            words = _("{folder} · {when}").format(
                folder=place.folder, when=_day_and_hour(place.newest.made, self.desk.now())
            )
        if place is not None and place.on_same_disk:
            words = _("{place} · cùng ổ đĩa với dữ liệu: ổ hỏng là mất cả hai").format(place=words)
        self.second.setText(words)
        texts.role(self.second, "warning" if place is None else "quiet")

    def copy_now(self) -> None:
        """A copy of now, here and in the second place; what was seen of it is said."""
        desk = self.desk
        notices.say(_("Đang sao lưu; đừng rút USB…"))
        jobs.run(self, lambda: upkeep.backup(desk), self._copied)

    def _copied(self, copied: Copied) -> None:
        copy = copied.copy
        if copied.problems:
            notices.trouble(copied.problems[0])
        else:
            second = {
                Second.MADE: _(" Cả ở nơi thứ hai."),
                Second.ABSENT: _(" Nơi thứ hai chưa cắm."),
            }.get(copied.second, "")
            said = _("Đã sao lưu {dossiers} hồ sơ và đọc lại thấy lành: {name}.{second}")
            notices.say(said.format(dossiers=copy.dossiers, name=copy.file.name, second=second))
        self.refresh()

    def drill(self) -> None:
        """Tries the last copy in a sandbox; its record comes to be printed."""
        desk = self.desk
        jobs.run_long(
            self, _("Kiểm tra bản sao"), lambda work: drill.drill(desk, work), self._drilled
        )

    def _drilled(self, done: Drill) -> None:
        if done.ok:
            notices.say(
                _("Bản sao {name} mở được và khớp: {dossiers} hồ sơ.").format(
                    name=done.facts.copy, dossiers=done.facts.dossiers
                )
            )
        else:
            notices.trouble(
                _(
                    "{problem} Bản sao này không dùng để khôi phục được: hãy sao lưu ngay (Alt+B) "
                    "rồi kiểm tra lại (Alt+R)."
                ).format(problem=done.facts.problems[0])
            )
        desk = self.desk
        paper = Paper(
            _("Biên bản kiểm tra sao lưu"),
            "bien-ban-kiem-tra-sao-luu",
            lambda: drill.record_pdf(desk, done),
        )
        self.record.emit(paper)

    def choose_second(self) -> None:
        """Asks for the folder on a stick, another disk or a share."""
        name = QFileDialog.getExistingDirectory(
            self, _("Chọn thư mục trên USB, ổ khác hoặc ổ chung"), str(Path.home())
        )
        if name:
            self.use_second(Path(name))

    def use_second(self, folder: Path) -> None:
        """Keeps the copies in `folder` too, the first one at once."""
        desk = self.desk

        def choose() -> Copied:
            copies.choose_second_place(desk, folder)
            return copies.copy_now(desk)

        notices.say(_("Đang sao lưu; đừng rút USB…"))
        jobs.run(self, choose, self._copied, lambda error: notices.trouble(error.message))

    def leave_second(self) -> None:
        """No copy goes to the second place any more; those that are there stay."""
        desk = self.desk

        def left(_none: None) -> None:
            notices.say(_("Không chép sang nơi thứ hai nữa; bản sao ở đó vẫn còn, hãy cất giữ."))
            self.refresh()

        jobs.run(
            self,
            lambda: copies.choose_second_place(desk, None),
            left,
            lambda error: notices.trouble(error.message),
        )

    def renew_copies(self) -> None:
        """A copy of now in the place of those that still hold somebody anonymised."""
        desk = self.desk

        def renewed(gone: tuple[Path, ...]) -> None:
            notices.say(
                _n("Đã sao lưu bản mới và xóa {n} bản sao cũ.", len(gone)).format(n=len(gone))
            )
            self.refresh()

        jobs.run(self, lambda: forgotten_in_copies.renew_copies(desk), renewed)

    def check(self) -> None:
        """Looks through the whole file; search index and numbers that do not hold are made anew."""
        desk = self.desk
        jobs.run_long(
            self,
            _("Kiểm tra tệp dữ liệu"),
            lambda work: repair.check_and_rebuild(desk, work),
            self._checked,
        )

    def _checked(self, health: Health) -> None:
        if health.problems:
            notices.alarm(
                _("Tệp dữ liệu hỏng ở {n} chỗ: hãy khôi phục bản sao lành gần nhất.").format(
                    n=len(health.problems)
                ),
                _("Khôi phục bản sao"),
                self.restore.emit,
            )
        elif health.damaged:
            notices.warn(
                _("Hồ sơ có dòng dữ liệu hỏng: {codes}. Hồ sơ khác vẫn dùng được.").format(
                    codes=", ".join(health.damaged)
                )
            )
        elif health.rebuilt:
            notices.say(" ".join(health.rebuilt))
        else:
            notices.say(_("Tệp dữ liệu lành: mọi trang, chỉ mục tìm kiếm và dãy số đều khớp."))
        self.refresh()

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


@dataclass(frozen=True)
class _Seen:
    copy: Copy | None
    second: SecondPlace | None
    forgotten: str  # of copies that still hold somebody anonymised; "" for none


def _look(desk: Desk) -> _Seen:
    holding = forgotten_in_copies.of_anybody(desk)
    forgotten = _n("{n} bản sao còn giữ người đã ẩn danh.", len(holding)).format(n=len(holding))
    return _Seen(copies.newest_copy(desk), copies.second_place(desk), forgotten if holding else "")


def _day_and_hour(at: datetime, now: datetime) -> str:
    """`07:35 hôm nay`, `07:35 ngày 22/11/2026`."""
    if at.date() == now.date():
        return _("{at:%H:%M} hôm nay").format(at=at)
    return _("{at:%H:%M} ngày {at:%d/%m/%Y}").format(at=at)
