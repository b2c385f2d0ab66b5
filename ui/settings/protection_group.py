"""The protection of the data on the disk: whether they are encrypted, and what opens them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cchc_desk.actions.data import protection
from cchc_desk.actions.data.protection import Changed, Protection
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.look import texts
from ui.settings.group import Group
from ui.shell import jobs, notices
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import QuestionPanel

_SHOWN = 3  # names of files in a line


class ProtectionGroup(Group):
    """Nothing here is typed; its buttons encrypt the data, decrypt them, or give them a new key."""

    sheet_wanted = Signal()  # a new recovery sheet

    def __init__(self, desk: Desk, error: ErrorRow, page: QWidget) -> None:
        super().__init__(_("Bảo vệ dữ liệu trên đĩa"), error)
        self.desk, self._page = desk, page
        self.state, self.sheet = texts.words("", "strong"), texts.words("")
        self.copies, self.others = texts.words(""), texts.words("")
        for words, shown in (
            (_("Mã hóa"), self.state),
            (_("Phiếu khôi phục"), self.sheet),
            (_("Bản sao"), self.copies),
            (_("Người dùng khác của máy"), self.others),
        ):
            texts.row(self.form, words, shown)
        self.encrypt = texts.button(_("Mã hóa dữ liệu"), self.ask_encrypt, "Alt+M", self, "primary")
        self.rekey = texts.button(_("Đổi khóa mã hóa"), self.ask_rekey, "Alt+O", self)
        self.decrypt = texts.button(_("Bỏ mã hóa"), self.ask_decrypt, "Alt+G", self)
        self.follow = texts.button(_("Mã hóa bản sao"), self.protect_copies, "Alt+S", self)
        self.print_sheet = texts.button(
            _("In phiếu khôi phục"), self.sheet_wanted.emit, "Alt+H", self
        )
        self.acts: tuple[QPushButton, ...] = (
            self.encrypt,
            self.print_sheet,
            self.follow,
            self.rekey,
            self.decrypt,
        )
        texts.off_the_card(self, self.follow, self.print_sheet)
        keys = Flow()
        for act in self.acts:
            keys.add(act)
        self.form.addRow(keys)
        self.form.addRow(
            texts.words(
                _(
                    "Mã hóa giữ kín thư mục dữ liệu, bản sao và USB bị lấy mất. Nó không che được "
                    "người đang đăng nhập máy bằng tài khoản này, và không che những gì đã in "
                    "hoặc xuất ra tệp."
                ),
                "quiet",
            )
        )
        self.stops = list(self.acts)

    def refresh(self) -> None:
        """Look at the disk."""
        desk = self.desk
        jobs.run(self, lambda: protection.protection(desk), self._show)

    def _show(self, found: Protection) -> None:
        self.encrypt.setEnabled(found.available)
        unlike = found.plain_copies or found.older_copies
        if not found.encrypted:
            shown = [self.encrypt]
        else:
            shown = [self.print_sheet, *([self.follow] if unlike else ()), self.rekey, self.decrypt]
        gone = [act for act in self.acts if act not in shown]
        for act in shown:
            act.show()
        if any(act.hasFocus() for act in gone):
            shown[0].setFocus()  # Qt would go on to whatever comes next in the window
        for act in gone:
            act.hide()
        self.stops = list(shown)
        _say(self.state, _state(found), is_well=found.encrypted and not found.key_in_file)
        _say(self.sheet, _sheet(found), is_well=found.has_sheet or not found.encrypted)
        _say(self.copies, _copies(found), is_well=not unlike)
        opened = found.open_to_others
        _say(
            self.others,
            _("Đọc được: {names}").format(names=_names(opened))
            if opened
            else _("Không đọc được thư mục dữ liệu"),
            is_well=not opened,
        )

    def first(self) -> QWidget:
        return next((act for act in self.acts if not act.isHidden()), self.encrypt)

    # --- acts -------------------------------------------------------------------------------------

    def ask_encrypt(self) -> None:
        """Encrypts the data and the copies, after a question."""
        desk = self.desk
        self._ask(
            _("Mã hóa dữ liệu của quầy"),
            _(
                "Chương trình sao lưu một bản, mã hóa dữ liệu và mọi bản sao, cả ở nơi thứ hai "
                "đang cắm, so từng dòng rồi mới thay tệp cũ. Hãy đóng các cửa sổ khác của quầy này "
                "trước. Tệp đã chép đi nơi khác vẫn đọc được: hãy tự xóa. Xong rồi, in phiếu khôi "
                "phục ngay: mất máy mà không có phiếu thì không ai mở được dữ liệu."
            ),
            _("Mã hóa"),
            lambda: protection.encrypt(desk),
        )

    def ask_rekey(self) -> None:
        """Gives the data and the copies a new key, after a question."""
        desk = self.desk
        self._ask(
            _("Đổi khóa mã hóa"),
            _(
                "Dữ liệu và mọi bản sao, cả ở nơi thứ hai đang cắm, được mã hóa lại bằng khóa mới; "
                "khóa cũ bị bỏ. Nếu nghi phiếu khôi phục đã lộ, in phiếu mới (Alt+H) trước rồi mới "
                "đổi khóa."
            ),
            _("Đổi khóa"),
            lambda: protection.rekey(desk),
        )

    def ask_decrypt(self) -> None:
        """Makes the file a plain one, after a question."""
        desk = self.desk
        self._ask(
            _("Bỏ mã hóa dữ liệu"),
            _(
                "Từ nay ai lấy được tệp dữ liệu đều đọc được tên, số giấy tờ của mọi người dân. "
                "Bản sao đã có vẫn được mã hóa."
            ),
            _("Bỏ mã hóa"),
            lambda: protection.decrypt(desk),
        )

    def protect_copies(self) -> None:
        """Encrypts the copies that are not as the desk is: a stick that was out came back."""
        desk = self.desk
        notices.say(_("Đang làm; đừng tắt máy…"))
        jobs.run(self, lambda: protection.protect_copies(desk), self._changed)

    def _ask(self, title: str, about: str, yes: str, act: Callable[[], Changed]) -> None:
        def go(panel: QuestionPanel) -> None:
            panel.about.setText(
                _(
                    "Đang làm, có thể mất vài phút; đừng tắt máy, đừng rút USB. Đóng khung này thì "
                    "việc vẫn chạy tiếp, xong sẽ báo ở chân cửa sổ."
                )
            )
            panel.no.setText(_("Đóng") + "  ·  Esc")

            def done(changed: Changed) -> None:
                panel.finish()
                self._changed(changed)

            def refused(error: DeskError) -> None:
                panel.about.setText(about)
                panel.no.setText(_("Thôi") + "  ·  Esc")
                panel.refuse(error)

            jobs.run(self, act, done, refused)

        QuestionPanel.ask(self._page, title, (), yes, go, about=about)

    def _changed(self, changed: Changed) -> None:
        if changed.problems:
            notices.trouble(changed.problems[0])
        elif changed.absent is not None:
            notices.warn(
                _(
                    "Đã xong. Nơi thứ hai {folder} chưa cắm nên bản sao ở đó vẫn như cũ: cắm lại "
                    "rồi vào đây bấm «Mã hóa bản sao»."
                ).format(folder=changed.absent)
            )
        else:
            notices.say(
                _n(
                    "Đã xong, nội dung so từng dòng; {n} bản sao cũng được mã hóa lại.",
                    changed.copies,
                ).format(n=changed.copies)
                if changed.copies
                else _("Đã xong, nội dung so từng dòng.")
            )
        self.refresh()

    def save(self) -> None:
        notices.say(_("«{group}» không có gì để lưu.").format(group=self.title))


def _say(label: QLabel, words: str, *, is_well: bool) -> None:
    label.setText(words)
    texts.role(label, "strong" if is_well else "warning")


def _state(found: Protection) -> str:
    if found.encrypted and found.key_in_file:
        return _(
            "Đã mã hóa (AES-256). Máy này không có kho khóa của hệ thống nên khóa nằm trong thư "
            "mục người dùng: ai lấy cả ổ đĩa thì vẫn mở được."
        )
    if found.encrypted:
        return _("Đã mã hóa (AES-256)")
    if not found.available:
        return _("Không mã hóa: máy này thiếu bộ mã hóa SQLCipher, hãy nhờ người cài máy cài thêm")
    return _("Không mã hóa: ai lấy được tệp đều đọc được")


def _sheet(found: Protection) -> str:
    if not found.encrypted:
        return _("Không cần để mở dữ liệu")
    if found.has_sheet:
        return _("Phiếu in gần nhất mở được dữ liệu trên máy khác")
    return _("Chưa có: mất máy này là mất dữ liệu. Hãy in phiếu khôi phục (Alt+H).")


def _copies(found: Protection) -> str:
    plain, older = len(found.plain_copies), len(found.older_copies)
    said = []
    if plain:
        words = _n("{n} bản sao ai cũng đọc được: {names}", plain)
        said.append(words.format(n=plain, names=_names(found.plain_copies)))
    if older:
        words = _n("{n} bản sao còn khóa cũ: {names}", older)
        said.append(words.format(n=older, names=_names(found.older_copies)))
    return "\n".join(said) or _("Bản sao của quầy đều được mã hóa, hoặc chưa có bản nào")


def _names(files: Sequence[Path]) -> str:
    shown = ", ".join(file.name for file in files[:_SHOWN])
    return f"{shown}, …" if len(files) > _SHOWN else shown
