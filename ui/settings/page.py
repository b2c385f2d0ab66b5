"""Cài đặt: groups of the desk's settings, own window and password, new users, the data."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.data.doubts import compared_words, words_of
from cchc_desk.actions.data.upkeep import LedgerAnswer
from cchc_desk.domain.text.phrase_search import Entry, Index
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.look import texts
from ui.settings.away_group import AwayGroup
from ui.settings.data_group import DataGroup
from ui.settings.desk_groups import HoursGroup, desk_groups
from ui.settings.group import Group
from ui.settings.internal_group import InternalGroup
from ui.settings.own_groups import NewUser, OwnPassword, OwnWindow
from ui.settings.people_group import PeopleGroup
from ui.settings.protection_group import ProtectionGroup
from ui.settings.signing_group import SigningGroup
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.shell.upkeep import doubts
from ui.shell.upkeep.ledger_check import show_problems
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import Fold, is_very_low, with_foot
from ui.widgets.tables.list_lines import LineList
from ui.widgets.tables.whole_text import WholeText

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_MOST_FOUND = 12
_WIDEST = 120  # letters of a form
_LINES, _LINES_LOW = 8, 5  # of the list of groups, at least


@dataclass(frozen=True)
class _Line:
    """A line of the list: a group, or a control that was found in one (or above them all)."""

    words: str
    group: Group | None
    control: QWidget | None = None


class SettingsPage(Page):
    """Left: the groups, or what was searched for. Right: one form, which F9 saves alone."""

    page_name = "settings"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.error = ErrorRow()
        self.of_desk = desk_groups(self, self.error)
        self.own = OwnWindow(shell, self.error)
        self.password = OwnPassword(desk, self.error)
        self.people = PeopleGroup(self, self.error)
        self.new_user = NewUser(self, self.error)
        self.signing = SigningGroup(desk, self.error)
        self.internal = InternalGroup(desk, self.error)
        self.data = DataGroup(desk, self.error)
        self.data.restore.connect(shell.restore)
        self.data.record.connect(shell.show_paper)
        self.protection = ProtectionGroup(desk, self.error, self)
        self.protection.sheet_wanted.connect(self._ask_sheet)
        self.away = AwayGroup(desk, self.error, self)
        # On a server who looks after it sees to copies and disks.
        self._of_file = () if desk.on_server else (self.data, self.protection)
        for of_file in self._of_file:
            self.people.sheet_made.connect(of_file.refresh)
        self.groups: tuple[Group, ...] = (
            *self.of_desk,
            self.internal,
            self.people,
            self.new_user,
            self.own,
            self.password,
            self.signing,
            self.away,
            *self._of_file,
        )
        self.stack = QStackedWidget()
        self._lines: list[_Line] = []
        for group in self.groups:
            self.stack.addWidget(group)
            group.edited.connect(self._edited)
            for key in group.findChildren(QShortcut, options=_DIRECT):
                key.setContext(Qt.ShortcutContext.WindowShortcut)  # from the list as well
        self.search, self.list = QLineEdit(), LineList()
        self.search.setAccessibleName(_("Tìm cài đặt"))
        self.search.setPlaceholderText(_("tìm: mật khẩu, lịch, máy in …"))
        self.list.setAccessibleName(_("Các nhóm cài đặt"))
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WholeText(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self._index = tuple(self._everything())
        self._found = Index([Entry(line.words) for line in self._index])
        self.search.textChanged.connect(self._list_lines)
        self.search.returnPressed.connect(self._take)
        self.list.currentRowChanged.connect(self._show_line)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.list.itemClicked.connect(lambda _item: self._take())
        self.stack.currentChanged.connect(self._stack_turned)
        texts.shortcut(self, "F9", self.save, _("Lưu nhóm đang mở"))
        texts.shortcut(self.search, "Down", self.list.setFocus)
        self._list_lines()
        self._show_group(self.groups[0])

    # --- building ---------------------------------------------------------------------------------

    @property
    def fields(self) -> dict[str, QWidget]:
        """The field of every setting of the desk by its key."""
        return {key: field for group in self.of_desk for key, field in group.fields.items()}

    @property
    def hours(self) -> dict[str, QLineEdit]:
        """The fields of the week's hours."""
        return next(group.hours for group in self.of_desk if isinstance(group, HoursGroup))

    def _lay_out(self) -> None:
        self.area = Columns(70)
        with_foot(self, self.area, *(group.keys for group in self.groups if group.keys))
        left, right = QVBoxLayout(), QVBoxLayout()
        self._head, self._right = QHBoxLayout(), right
        self.area.turned.connect(self._turn)
        self.keys = self._keys()
        self.elsewhere = Fold(_("Lịch, quy trình, thẻ phím…"), self, self.keys)
        self._head.addWidget(texts.words(_("Cài đặt"), "title"), 1)
        left.addLayout(self._head)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        right.addWidget(self.elsewhere.button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.keys)
        form = QHBoxLayout()  # on a wide screen no wider than is read with ease
        form.addWidget(self.stack, 1000)
        form.addStretch(1)
        texts.fitted(
            self.stack,
            lambda: self.stack.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST),
        )
        right.addLayout(form)
        right.addStretch(1)
        self.area.add(left, 1)
        self.area.add(right, 3)
        for group in self.groups:  # Tab goes from the last field to the key at the foot
            if group.keys is not None:
                QWidget.setTabOrder(group.stops[-2], group.stops[-1])
                if group.drop_button is not None:
                    QWidget.setTabOrder(group.stops[-1], group.drop_button)

    def _turn(self, is_stacked: bool) -> None:
        """Over the list, which stands over the group, the ways elsewhere take no line of theirs."""
        if is_stacked:
            self._head.addWidget(self.elsewhere.button)
        else:
            self._right.insertWidget(0, self.elsewhere.button, 0, Qt.AlignmentFlag.AlignLeft)

    def fit(self) -> None:
        """A very low window shows the fields of the group that is open, not the ways elsewhere."""
        is_low = is_very_low(self)
        self.elsewhere.fit(is_low)
        lines = _LINES_LOW if is_low else _LINES
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * lines)

    def _keys(self) -> Flow:
        """Keys to what belongs to the settings but has a page or a paper of its own."""
        open_page, preview = self.shell.open_page, self.shell.preview
        keys = Flow()
        for words, act, key in (
            (_("Lịch làm việc"), partial(open_page, "calendar"), "Alt+L"),
            (_("Quy trình nội bộ"), partial(open_page, "process"), "Alt+Q"),
            (_("Kiểm tra sổ cái"), self.verify, "Alt+V"),
            (_("In thẻ phím"), self._key_card, "Alt+K"),
            (_("In trang thử máy in"), partial(preview, "", "test"), "Alt+I"),
            (_("Thử đầu đọc mã"), partial(open_page, "scanner"), "Alt+T"),
        ):
            keys.add(texts.button(words, act, key, self))
        return keys

    def verify(self) -> None:
        """The whole ledger, link by link and seal by seal; a large ward takes a while."""
        check = partial(upkeep.verify_ledger, self.desk, "")
        jobs.run_long(self, _("Kiểm tra sổ cái"), lambda work: check(work=work), self._verified)

    def _verified(self, answer: LedgerAnswer) -> None:
        doubts.ask(self, self.desk)
        if answer.ok:
            whole = _n("Sổ cái nguyên vẹn: {n} mục, đầu sổ {head}.", answer.entries).format(
                n=answer.entries, head=answer.head
            )
            with_what = words_of(answer.compared)
            fitting = compared_words(answer.compared)
            if with_what:
                notices.warn(f"{whole} {with_what}")
            else:
                notices.say(f"{whole} {fitting}")
        show_problems(answer)

    def _key_card(self) -> None:
        from ui.help.key_card import key_card

        self.shell.show_paper(key_card(self.desk, self.shell, self.window()))

    # --- the list ---------------------------------------------------------------------------------

    def _everything(self) -> Iterator[_Line]:
        """Every group, field and button of the page, as its own words have it."""
        for button in self.keys.findChildren(QPushButton):
            yield _Line(button.accessibleName(), None, button)
        for of_group in (self.people, self.away, *self._of_file):
            for act in of_group.acts:
                yield _Line(act.accessibleName(), of_group, act)
        for group in self.groups:
            yield _Line(group.title, group)
            for control in group.stops:
                if not isinstance(control, QAbstractButton) or isinstance(control, QCheckBox):
                    yield _Line(control.accessibleName(), group, control)

    def _list_lines(self) -> None:
        """The groups; while something is searched for, the lines that fit."""
        query, shown = self.search.text(), self.group
        if query.strip():
            hits = self._found.search(query)[:_MOST_FOUND]
            self._lines = [self._index[hit.place] for hit in hits]
        else:
            self._lines = [_Line(group.title, group) for group in self.groups]
        self.list.blockSignals(True)
        self.list.clear()
        for line in self._lines:
            self.list.addItem(line.words)
        if not self._lines:
            self.list.addItem(_("Không thấy mục nào khớp; thử ít chữ hơn."))
        self.list.blockSignals(False)
        if query.strip():
            self.list.setCurrentRow(0)
            self._show_line(0)
        else:
            self.list.setCurrentRow(self.groups.index(shown))
        self._show_marks()

    def _show_line(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            group = self._lines[row].group
            if group is not None:
                self._show_group(group)

    def _ask_sheet(self) -> None:
        """The group of the people makes it, wherever it was asked for."""
        if self.people.sheet.isEnabled():
            self.people.ask_sheet()
        else:
            notices.warn(self.people.sheet.toolTip())

    def _take(self) -> None:
        """Enter on a line: into its field; a button that was found is pressed."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._lines):
            return
        self.list.scrollToItem(self.list.item(row))  # not before: a click ends where it began
        line = self._lines[row]
        if line.group is not None:
            self._show_group(line.group)
        control = line.control or (line.group.first() if line.group else None)
        if isinstance(control, QAbstractButton) and line.group is None:
            control.click()
        elif control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def group(self) -> Group:
        """The group in front."""
        front = self.stack.currentWidget()
        return next(group for group in self.groups if group is front)

    def _show_group(self, group: Group) -> None:
        self.stack.setCurrentWidget(group)
        self._fit_stack()

    def _stack_turned(self) -> None:
        """Another way to a field (Ctrl+K) shows its group: the list follows."""
        self._fit_stack()
        front = self.group
        if front is self.away:
            self.away.refresh()
        for of_file in self._of_file:
            if front is of_file:
                of_file.refresh()  # a stick may have been put in
        if not self.search.text().strip():
            self.list.blockSignals(True)
            self.list.setCurrentRow(self.groups.index(self.group))
            self.list.blockSignals(False)

    def _fit_stack(self) -> None:
        """As high as the group in front, not as the highest."""
        for group in self.groups:
            is_front = group is self.stack.currentWidget()
            group.come_forward(is_front)
            if group.keys is not None:
                group.keys.setVisible(is_front)
        self.stack.updateGeometry()

    def _show_marks(self) -> None:
        """Beside each group how many of its fields wait to be saved."""
        for row, line in enumerate(self._lines):
            if line.control is None and line.group is not None:
                edits = len(line.group.edits())
                mark = f" ●\N{NO-BREAK SPACE}{edits}" if edits else ""
                self.list.item(row).setText(f"{line.words}{mark}")
        self.list.scrollToItem(self.list.currentItem())  # a mark may have moved it out of sight

    def _edited(self) -> None:
        self._show_marks()
        self.shell.show_unsaved("settings", sum(len(group.edits()) for group in self.groups))

    # --- showing, saving, leaving -----------------------------------------------------------------

    def save(self) -> None:
        """F9: the form in front, whatever has the focus."""
        self.group.save()

    def shown(self) -> None:
        for group in self.of_desk:
            if not group.edits():
                group.fill()  # what was changed and not yet saved stays
            group.show_rights(self.desk.official)
        self.people.show_rights(self.desk.official)
        self.people.read()
        self.new_user.show_rights(self.desk.official)
        self.signing.read()
        self.internal.show_rights(self.desk.official)
        if not self.internal.edits():
            self.internal.read()
        self.away.refresh()
        for of_file in self._of_file:
            of_file.refresh()
        # What is typed first is what is looked for, never a new name of the office.
        (self.group.first() if self.group.edits() else self.search).setFocus()
        self.search.selectAll()  # what was looked for last time gives way

    def unsaved(self) -> str:
        edits = [edit for group in self.groups for edit in group.edits()]
        if not edits:
            return ""
        return _n("{n} mục cài đặt ({what})", len(edits)).format(
            n=len(edits), what=", ".join(edit.words for edit in edits)
        )

    def showing(self) -> str:
        """Return the unsaved changes, the group in front and the focused choice as JSON."""
        focused = next((key for key, box in self.own.boxes.items() if box.hasFocus()), "")
        front = self.groups.index(self.group)
        return json.dumps([[group.typed() for group in self.of_desk], front, focused])

    def open(self, code: str) -> None:
        typed, front, focused = json.loads(code)
        for group, values in zip(self.of_desk, typed, strict=True):
            group.put(values)
        self._show_group(self.groups[front])
        if focused:
            self.own.boxes[focused].setFocus()

    def appearance_changed(self) -> None:
        self.own.appearance_changed()

    def official_changed(self) -> None:
        self.password.drop()
        self.people.drop()
        self.new_user.drop()
        for group in self.of_desk:
            group.fill()
        self.error.clear()
