"""The group of the people of the desk: who works here, what is changed about them, recovery."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from cchc_desk.actions.papers import people_papers
from cchc_desk.actions.people import people, recovery
from cchc_desk.actions.people.people import Person, Switched, WithPassword
from cchc_desk.actions.people.recovery import Sheet, SheetState
from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n
from ui.documents.printing import Paper
from ui.look import texts
from ui.settings.group import Edit, Group
from ui.shell import jobs, notices
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.fields.secret_field import SecretField
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Field, QuestionPanel
from ui.widgets.tables.list_lines import add_line
from ui.widgets.tables.whole_text import WholeText

_MOST_CODES = 6  # of dossiers that are named in one sentence
_LINES = 6  # of the list


class Shown(Field):
    """A secret that is shown once, to be read or printed."""

    def __init__(self, label: str, secret: str) -> None:
        super().__init__(label, SecretField(secret))


def show_password(page: Page, made: WithPassword) -> None:
    """Show a one-time password until it was handed over; F9 prints it."""
    paper = Paper(
        _("Mật khẩu dùng một lần"),
        f"mat-khau-{made.official.id}",
        partial(people_papers.one_time_password, page.desk, made),
    )
    _show_secret(
        page,
        _("Mật khẩu dùng một lần – {name}").format(name=made.official.name),
        Shown(_("Mật khẩu"), made.password),
        paper,
        _(
            "Chỉ hiện lần này. Đăng nhập: {login}. Vào lần đầu, chương trình mời người này đặt mật "
            "khẩu riêng."
        ).format(login=made.official.id),
    )


def show_sheet(page: Page, sheet: Sheet) -> None:
    """Show the code of a new recovery sheet; F9 prints the sheet."""
    paper = Paper(
        _("Phiếu khôi phục"),
        "phieu-khoi-phuc",
        partial(people_papers.recovery_sheet, page.desk, sheet),
    )
    _show_secret(
        page,
        _("Phiếu khôi phục số {number}").format(number=sheet.number),
        Shown(_("Mã khôi phục"), sheet.code),
        paper,
        _(
            "Chỉ hiện lần này, trong dữ liệu không có mã. Hãy in, cho vào phong bì dán kín và cất "
            "ở tủ văn thư; phiếu cũ đã hết giá trị."
        ),
    )


def _show_secret(page: Page, title: str, field: Field, paper: Paper, about: str) -> None:
    def printed(panel: QuestionPanel) -> None:
        panel.yes.setEnabled(True)  # it stays until it is closed: a printer can jam
        page.shell.show_paper(paper)

    panel = QuestionPanel.ask(page, title, (field,), _("In ra giấy"), printed, about)
    panel.no.setText(_("Đã xong") + "  ·  Esc")


class PeopleGroup(Group):
    """Everybody who may log in, or might; the one chosen is changed in the fields below."""

    sheet_made = Signal()  # a new recovery sheet holds

    def __init__(self, page: Page, error: ErrorRow) -> None:
        super().__init__(_("Người dùng của quầy"), error)
        self.page, self.desk = page, page.desk
        self._people: tuple[Person, ...] = ()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WholeText(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts.lines(self.list, _LINES)
        self.name, self.job_title, self.role = QLineEdit(), QLineEdit(), ComboBox()
        for role, name in ROLE_NAMES.items():
            self.role.addItem(_(name), role)
        self.list.setAccessibleName(_("Người dùng"))
        self.form.addRow(self.list)
        self.stops.append(self.list)
        self.add(_("Họ tên"), self.name)
        self.add(_("Chức danh"), self.job_title)
        self.add(_("Vai trò"), self.role)
        self.add_keys(_("Ghi thay đổi"), _("Bỏ phần đang sửa"))
        self.reset = texts.button(_("Cấp mật khẩu"), self.give_password, "Alt+M", self)
        self.switch = texts.button(_("Ngừng dùng"), self.switch_person, "Alt+N", self)
        self.unlock = texts.button(_("Gỡ khóa"), self.lift_wait)
        self.sheet = texts.button(_("Phiếu khôi phục"), self.ask_sheet)
        for act in (self.reset, self.switch):  # on the button alone: the key card has one page
            act.setProperty("key", "")
        for key in self.findChildren(QShortcut):
            key.setWhatsThis("")
        self.acts: tuple[QPushButton, ...] = (self.reset, self.switch, self.unlock, self.sheet)
        self.sheet.setProperty("also", _("quên mật khẩu, mất quản trị, khôi phục"))  # for Ctrl+K
        keys = Flow()
        for act in self.acts:
            keys.add(act)
        self.form.addRow(keys)
        self.sheet_state = texts.words("", "quiet")
        self.form.addRow(self.sheet_state)
        self.list.currentRowChanged.connect(lambda _row: self._chosen())

    # --- showing ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Show what the desk holds."""
        desk = self.desk
        jobs.run(
            self,
            lambda: (people.everyone(desk), recovery.sheet_in_force(desk)),
            lambda answer: self._show(*answer),
        )

    def _show(self, found: tuple[Person, ...], sheet: SheetState | None) -> None:
        self._show_sheet(sheet)
        chosen = self._person()
        self._people = found
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            add_line(self.list, _line(one), {Qt.ItemDataRole.UserRole: one.official.id})
        ids = [one.official.id for one in found]
        before = chosen.official.id if chosen else ""
        self.list.setCurrentRow(ids.index(before) if before in ids else 0)
        self.list.blockSignals(False)
        self._chosen()

    def _show_sheet(self, sheet: SheetState | None) -> None:
        texts.role(self.sheet_state, "quiet" if sheet else "warning")
        self.sheet_state.setText(
            _("Phiếu khôi phục đang có giá trị: số {number}, in ngày {day}.").format(
                number=sheet.number, day=f"{sheet.made:%d/%m/%Y}"
            )
            if sheet
            else _("Chưa có phiếu khôi phục nào có giá trị: hãy in một phiếu và cất kín.")
        )

    def _person(self) -> Person | None:
        row = self.list.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def _chosen(self) -> None:
        self.drop()
        one = self._person()
        active = one is None or one.official.active
        self.switch.setText((_("Ngừng dùng") if active else _("Cho làm việc lại")) + "  ·  Alt+N")
        self._show_rights()

    def show_rights(self, official: Official | None) -> None:
        """Say at once who may not change anybody."""
        may = official is not None and official.role in ALLOWED[Permission.OFFICIALS]
        self.say("" if may else _("Chỉ quản trị đổi được người dùng; bạn xem thì được."))
        self._show_rights()

    def _show_rights(self) -> None:
        me, one = self.desk.official, self._person()
        may = me is not None and me.role in ALLOWED[Permission.OFFICIALS]
        why_not = None if may else _("Chỉ quản trị làm được.")
        for act in self.acts:
            texts.allow(act, why_not)
        if may and (one is None or not one.failures):
            texts.allow(self.unlock, _("Người này không bị khóa."))

    # --- what was typed ---------------------------------------------------------------------------

    def edits(self) -> tuple[Edit, ...]:
        one = self._person()
        if one is None:
            return ()
        held, role = one.official, self.role.currentData()
        edits = [
            Edit(field, field.accessibleName(), was, field.text())
            for field, was in ((self.name, held.name), (self.job_title, held.title))
            if field.text() != was
        ]
        if role is not held.role or held.is_damaged:
            was = _("không rõ") if held.is_damaged else _(ROLE_NAMES[held.role])
            edits.append(Edit(self.role, self.role.accessibleName(), was, self.role.currentText()))
        return tuple(edits)

    def drop(self) -> None:
        """Show the chosen person as kept."""
        one = self._person()
        self.name.setText(one.official.name if one else "")
        self.job_title.setText(one.official.title if one else "")
        self.role.setCurrentIndex(self.role.findData(one.official.role) if one else -1)
        if self.error.parentWidget() is self:
            self.error.clear()
        self.mark()

    # --- acts -------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the name, title and role of the chosen person."""
        one = self._person()
        if one is None or not self.edits():
            notices.say(_("Chưa sửa gì ở người này."))
            return
        desk, login = self.desk, one.official.id
        changed = partial(
            people.change,
            desk,
            login,
            name=self.name.text(),
            title=self.job_title.text(),
            role=self.role.currentData(),
        )
        jobs.run(self, changed, self._saved, self._refused)

    def _saved(self, official: Official) -> None:
        notices.say(_("Đã ghi thay đổi của {name}.").format(name=official.name))
        self.read()

    def _refused(self, error: DeskError) -> None:
        places = {"official_name": self.name, "title": self.job_title, "role": self.role}
        self.refuse(error, places, self.name)

    def give_password(self) -> None:
        """A one-time password, after a question: the old one holds no more."""
        one = self._person()
        if one is None:
            return
        desk, login = self.desk, one.official.id

        def given(panel: QuestionPanel) -> None:
            def done(made: WithPassword) -> None:
                panel.finish()
                self.read()
                show_password(self.page, made)

            jobs.run(self, lambda: people.reset_password(desk, login), done, panel.refuse)

        QuestionPanel.ask(
            self.page,
            _("Cấp mật khẩu dùng một lần – {name}").format(name=one.official.name),
            (),
            _("Cấp mật khẩu"),
            given,
            _("Mật khẩu đang dùng của người này hết giá trị ngay; việc này ghi vào sổ cái."),
        )

    def switch_person(self) -> None:
        """Switch off, after a question that names what they hold; or on again at once."""
        one = self._person()
        if one is None:
            return
        if not one.official.active:
            self._switch(one.official, active=True)
            return
        holds = _n("Đang giữ {n} hồ sơ chưa xong; hãy bàn giao cho người khác.", one.holds).format(
            n=one.holds
        )
        kept = _(
            "Người này không đăng nhập và không làm gì được nữa, cả ở cửa sổ đang mở. Tên vẫn đứng "
            "trên giấy tờ cũ."
        )

        def agreed(panel: QuestionPanel) -> None:
            panel.finish()
            self._switch(one.official, active=False)

        QuestionPanel.ask(
            self.page,
            _("Ngừng dùng – {name}").format(name=one.official.name),
            (),
            _("Ngừng dùng"),
            agreed,
            f"{holds} {kept}" if one.holds else kept,
        )

    def _switch(self, official: Official, *, active: bool) -> None:
        act = partial(people.switch, self.desk, official.id, active=active)
        jobs.run(self, act, self._switched, lambda error: notices.warn(error.message))

    def _switched(self, switched: Switched) -> None:
        name, holds = switched.official.name, switched.holds
        if switched.official.active:
            notices.say(_("{name} làm việc lại được.").format(name=name))
        elif holds:
            codes = ", ".join(holds[:_MOST_CODES]) + (" …" if len(holds) > _MOST_CODES else "")
            notices.warn(
                _n("Đã ngừng {name}, còn giữ {n} hồ sơ: {codes}", len(holds)).format(
                    name=name, n=len(holds), codes=codes
                )
            )
        else:
            notices.say(_("Đã ngừng {name}.").format(name=name))
        self.read()

    def lift_wait(self) -> None:
        """Forget the wrong passwords: the next try need not wait."""
        one = self._person()
        if one is None:
            return
        desk, login, name = self.desk, one.official.id, one.official.name

        def lifted(_failures: int) -> None:
            notices.say(_("Đã gỡ khóa của {name}.").format(name=name))
            self.read()

        jobs.run(self, lambda: people.lift_wait(desk, login), lifted)

    def ask_sheet(self) -> None:
        """A new recovery sheet, after a question: the old one holds no more."""
        desk = self.desk

        def made(panel: QuestionPanel) -> None:
            def done(sheet: Sheet) -> None:
                panel.finish()
                self.read()
                self.sheet_made.emit()
                show_sheet(self.page, sheet)

            jobs.run(self, lambda: recovery.new_sheet(desk), done, panel.refuse)

        QuestionPanel.ask(
            self.page,
            _("Phiếu khôi phục mới"),
            (),
            _("Làm phiếu mới"),
            made,
            _(
                "Phiếu giúp lấy lại quyền khi không còn quản trị nào vào được, và mở dữ liệu đã mã "
                "hóa trên máy khác. Phiếu đã in trước đây hết giá trị."
            ),
        )


def _line(one: Person) -> str:
    """`Nguyễn Thị Hoài An – người tiếp nhận (an) · đã ngừng dùng`."""
    official = one.official
    role = _("vai trò không rõ") if official.is_damaged else _(ROLE_NAMES[official.role])
    states = [f"{official.name} – {role} ({official.id})"]
    if official.is_damaged:
        states.append(_("dòng dữ liệu hỏng: chọn vai trò rồi ghi lại"))
    elif not official.active:
        states.append(_("đã ngừng dùng"))
    if not one.can_log_in:
        states.append(_("mật khẩu hỏng: cấp lại"))
    elif official.must_change and official.active:
        states.append(_("chưa đổi mật khẩu được cấp"))
    if one.waits:
        states.append(_("đang chờ vì sai mật khẩu {n} lần").format(n=one.failures))
    if one.holds:
        states.append(_n("giữ {n} hồ sơ", one.holds).format(n=one.holds))
    return " · ".join(states)
