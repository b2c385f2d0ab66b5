"""Going back to a copy: the copies, what each would lose, and the password of who may do it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from cchc_desk.domain.copies import SOUNDNESS_WORDS
from cchc_desk.domain.people.officials import ROLE_NAMES
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n
from ui import formatting
from ui.look import texts
from ui.shell import jobs
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.password_field import PasswordField
from ui.widgets.tables.list_lines import add_line, value_of
from ui.widgets.tables.whole_text import WholeText

if TYPE_CHECKING:
    from cchc_desk.actions.data.restore import Done, Inside
    from cchc_desk.actions.data.restore_plan import Copy, Plan
    from cchc_desk.session import Clock

_MOST_LOST = 8  # kinds of acts by name, the most frequent first


class RestorePage(QWidget):
    """Works on the folder alone: the desk in it is closed, damaged or gone."""

    finished = Signal(object)  # Done
    left = Signal()

    def __init__(
        self, folder: Path, clock: "Clock | None", why: str = "", last_official: str = ""
    ) -> None:
        super().__init__()
        self.folder, self._clock, self._last_official = folder, clock, last_official
        self._plan: Plan | None = None
        self.why = texts.words(why, "warning")
        self.why.setVisible(bool(why))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Các bản sao"))
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WholeText(self.list))
        self.nothing = texts.words(
            _("Không thấy bản sao nào của quầy này. Cắm USB có bản sao rồi chọn tệp (Ctrl+O)."),
            "empty",
        )
        self.nothing.hide()
        self.lost = texts.words()
        self.who, self.password = ComboBox(), PasswordField()
        self.who.setAccessibleName(_("Lãnh đạo hoặc quản trị"))
        self.password.setAccessibleName(_("Mật khẩu"))
        self.error = texts.words("", "error")
        self.seen = texts.words("", "strong")
        self.go = texts.button(_("Khôi phục"), self.restore, "F9", self, "primary")
        self.look = texts.button(_("Mở ra xem"), self.look_inside, "F3", self)
        self.other = texts.button(_("Chọn tệp khác"), self.choose, "Ctrl+O", self)
        self.back = texts.button(_("Quay lại"), self.left.emit, "Esc", self)
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        self.list.itemActivated.connect(lambda _item: self.password.setFocus())
        self.password.returnPressed.connect(self.restore)
        self._lay_out()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(40, 24, 40, 20)
        page.addWidget(texts.words(_("Khôi phục bản sao dữ liệu"), "title"))
        page.addWidget(self.why)
        page.addWidget(
            texts.words(
                _(
                    "Dữ liệu đang có không bị xóa: nó được dời sang một thư mục riêng. Mọi dãy số "
                    "(mã hồ sơ, thư, phiếu, giấy hẹn in sẵn, sổ chứng thực) đi tiếp sau số cao "
                    "nhất đã cấp. Người dùng, mật khẩu và cài đặt trở lại như trong bản sao. Việc "
                    "này được ghi vào sổ cái."
                ),
                "quiet",
            )
        )
        left, right, inside = QVBoxLayout(), QVBoxLayout(), QWidget()
        left.addWidget(texts.words(_("Các bản sao, mới nhất trước"), "section", wrap=False))
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(texts.words(_("Khôi phục bản này thì mất"), "section"))
        column.addWidget(self.lost)
        column.addWidget(self.seen)
        for caption, field in (
            (_("Lãnh đạo hoặc quản trị"), self.who),
            (_("Mật khẩu"), self.password),
        ):
            label = texts.words(caption, "section")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self.error)
        column.addStretch(1)
        right.addWidget(texts.scrolled(inside))
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addLayout(left, 3)
        middle.addLayout(right, 2)
        page.addLayout(middle, 1)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        for key in (self.other, self.look, self.go):
            row.addWidget(key)
        page.addLayout(row)

    # --- the copies -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Reads every copy to its end and lists them."""
        from cchc_desk.actions.data import restore_plan

        folder = self.folder
        self.list.setFocus()
        jobs.run_long(
            self,
            _("Đọc lại các bản sao"),
            lambda work: restore_plan.copies_of(folder, work),
            self._offer,
            self._refuse,
            self._reading_stopped,
        )

    def _reading_stopped(self) -> None:
        self._show_plan(None)
        self.error.setText(
            _("Đã dừng đọc các bản sao. Bấm Quay lại rồi mở lại trang này, hoặc chọn tệp (Ctrl+O).")
        )

    def _offer(self, copies: "Sequence[Copy]") -> None:
        self.list.clear()
        for copy in copies:
            add_line(self.list, _line(copy), {Qt.ItemDataRole.UserRole: copy.file})
        self.list.setVisible(bool(copies))
        self.nothing.setVisible(not copies)
        sound = (row for row, copy in enumerate(copies) if copy.is_sound)
        self.list.setCurrentRow(next(sound, 0))
        if not copies:
            self._show_plan(None)

    def choose(self) -> None:
        """Asks for a file, on a stick or another disk."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Chọn bản sao"), str(Path.home()), _("Dữ liệu CCHC Desk (*.db)")
        )
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Puts a file on top of the list and chooses it."""
        self.list.show()
        self.nothing.hide()
        add_line(self.list, f"{file.name}\n{file.parent}", {Qt.ItemDataRole.UserRole: file})
        self.list.setCurrentRow(self.list.count() - 1)

    def _chosen(self) -> None:
        from cchc_desk.actions.data import restore_plan

        file, folder = value_of(self.list), self.folder
        self.seen.clear()
        self._show_plan(None)
        if file is not None:
            self.lost.setText(_("Đang đọc bản sao…"))
            jobs.run(self, lambda: restore_plan.plan(folder, file), self._show_plan, self._refuse)

    def _show_plan(self, plan: "Plan | None") -> None:
        self._plan = plan
        self.error.clear()
        for key in (self.go, self.look):
            texts.allow(key, None if plan else _("Hãy chọn một bản sao lành."))
        self.lost.setText(_lost_words(plan) if plan else "—")
        texts.role(self.lost, "warning" if plan and _may_lose(plan) else "strong")
        chosen = self.who.currentData() or self._last_official
        self.who.clear()
        for official in plan.officials if plan else ():
            self.who.addItem(f"{official.name} – {_(ROLE_NAMES[official.role])}", official.id)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _refuse(self, error: DeskError) -> None:
        self.lost.setText("—")
        self.error.setText(error.message)

    def look_inside(self) -> None:
        """Opens the copy in a temporary folder, verifies it and says how far it goes."""
        from cchc_desk.actions.data import restore
        from cchc_desk.vietnam_time import vietnam_now

        if self._plan is None:
            return
        copy, clock = self._plan.copy, self._clock or vietnam_now
        jobs.run_long(
            self,
            _("Mở bản sao ra xem"),
            lambda work: restore.look_inside(copy, clock, work),
            self._show_inside,
            self._refuse,
            lambda: self.seen.setText(_("Đã dừng xem bản này.")),
        )

    def _show_inside(self, inside: "Inside") -> None:
        last = formatting.short(inside.last) if inside.last else "—"
        lines = [
            _("Trong bản này: {dossiers} hồ sơ, {entries} mục sổ cái, việc cuối {last}.").format(
                dossiers=inside.dossiers, entries=inside.entries, last=last
            ),
            _("Hồ sơ cuối: {codes}.").format(codes=", ".join(inside.last_codes) or "—"),
            _("Sổ cái và dấu niêm: {state}").format(
                state=inside.problems[0] if inside.problems else _("không thấy lỗi.")
            ),
        ]
        self.seen.setText("\n".join(lines))
        texts.role(self.seen, "error" if inside.problems else "strong")

    # --- the act ----------------------------------------------------------------------------------

    def restore(self) -> None:
        """F9: the password is asked for first, then everything is done at once."""
        from cchc_desk.actions.data import restore
        from cchc_desk.vietnam_time import vietnam_now

        if self._plan is None or not self.go.isEnabled():
            return
        if not self.password.text():
            self.error.setText(_("Hãy nhập mật khẩu của người khôi phục."))
            self.password.setFocus()
            return
        act = partial(
            restore.restore,
            self.folder,
            self._plan.copy.file,
            str(self.who.currentData() or ""),
            self.password.text(),
            self._clock or vietnam_now,
        )
        self.go.setEnabled(False)
        self.back.setEnabled(False)
        jobs.run_long(
            self, _("Đang khôi phục"), act, self._restored, self._not_restored, self._stopped
        )

    def _restored(self, done: "Done") -> None:
        self.finished.emit(done)

    def _stopped(self) -> None:
        self._ask_again(_("Đã dừng, chưa khôi phục gì; dữ liệu đang có vẫn nguyên."))

    def _not_restored(self, error: DeskError) -> None:
        self._ask_again(error.message)

    def _ask_again(self, why: str) -> None:
        self.go.setEnabled(True)
        self.back.setEnabled(True)
        self.error.setText(why)
        self.password.selectAll()
        self.password.setFocus()


def _line(copy: "Copy") -> str:
    when = formatting.short(copy.made) if copy.made else "—"
    count = _n("{n} hồ sơ", copy.dossiers).format(n=copy.dossiers)
    head = _("sổ cái {seq} mục").format(seq=copy.head.seq) if copy.head else "—"
    sign = "✓" if copy.is_sound else "⚠"
    state = _(SOUNDNESS_WORDS[copy.soundness])
    where = f"{copy.file.parent.name}/{copy.file.name}"
    return f"{when}  ·  {count}  ·  {head}  ·  {sign} {state}\n{where}"


def _may_lose(plan: "Plan") -> bool:
    from cchc_desk.actions.data.restore_plan import Source

    return bool(plan.lost) or plan.source is Source.NONE


def _lost_words(plan: "Plan") -> str:
    from cchc_desk.actions.data.restore_plan import Source

    if plan.source is Source.NONE:
        return _(
            "Không biết: không còn tệp dữ liệu, bản sao mới hơn hay nhân chứng nào để so. Số đã "
            "in sau bản sao này có thể bị cấp lại: hãy xem giấy tờ đã in."
        )
    if not plan.lost:
        return _("Không mất việc nào.")
    lines = [f"{lost.words}: {lost.count}" for lost in plan.lost[:_MOST_LOST]]
    rest = sum(lost.count for lost in plan.lost[_MOST_LOST:])
    if rest:
        lines.append(_("việc khác: {n}").format(n=rest))
    return "\n".join(lines)
