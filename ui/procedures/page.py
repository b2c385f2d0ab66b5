"""Thủ tục: the office's procedures at the left, the chosen one at the right, saved as a version."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import own_catalogue, procedure_edit
from cchc_desk.actions.catalogue.own_catalogue import ProcedureRow, ProcedureSaved, ProcedureView
from cchc_desk.actions.catalogue.procedure_edit import PARTS
from cchc_desk.domain.law.procedure import (
    Channel,
    LimitStatus,
    OfficeChoice,
    ProcedureChange,
)
from cchc_desk.domain.permissions import Permission, require
from cchc_desk.domain.table import Column, Listing
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.look import texts
from ui.procedures.editor import ProcedureEditor
from ui.procedures.import_panel import ImportPanel
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.search_line import SearchLine
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import with_foot
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.when_empty import WhenEmpty


def _name(row: ProcedureRow) -> str:
    return f"{'★ ' if row.choice.favourite else ''}{row.short_name}"


def _limit(row: ProcedureRow) -> str:
    """Return the limit after a sign where it is not certain; a word where the row is hidden."""
    given = row.version.limits.get(Channel.DIRECT) or next(
        (limits for limits in row.version.limits.values() if limits), ()
    )
    limit = given[0] if given else _("chưa có")
    if len(given) > 1:
        limit = _n("{count} thời hạn", len(given)).format(count=len(given))
    sign = "" if row.version.limit_status is LimitStatus.CONFIRMED else "⚠ "
    waits = _("chờ người thứ hai") if row.is_waiting else ""
    hidden = _("ẩn") if row.choice.hidden else ""
    return " · ".join(part for part in (f"{sign}{limit}", waits, hidden) if part)


_COLUMNS: tuple[Column[ProcedureRow], ...] = (
    Column(later("Thủ tục"), _name),
    Column(later("Thời hạn"), _limit),
)
_FILTERS: tuple[tuple[str, Callable[[ProcedureRow], bool]], ...] = (
    (later("mọi thủ tục"), lambda row: True),
    (later("hay dùng"), lambda row: row.choice.favourite or row.version.frequent is not None),
    (
        later("thời hạn chưa chắc"),
        lambda row: row.version.limit_status is not LimitStatus.CONFIRMED,
    ),
    (later("chờ người thứ hai"), lambda row: row.is_waiting),
    (later("đang ẩn"), lambda row: row.choice.hidden),
)


class ProceduresPage(Page):
    """The cursor of the list shows a procedure; F9 saves what was changed of it."""

    page_name = "procedures"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.rows: tuple[ProcedureRow, ...] = ()
        self._shown = ""  # the code of the procedure in the fields, "" for a new one
        self.search = SearchLine()
        self.search.setPlaceholderText(_("vài chữ của tên, tên ngắn hoặc mã"))
        self.search.setAccessibleName(_("Tìm trong danh mục"))
        self.filter = texts.narrow(ComboBox())
        self.filter.setAccessibleName(_("Chỉ hiện"))
        for name, _keeps in _FILTERS:
            self.filter.addItem(_(name))
        self.count = texts.words("", "quiet")
        self.table = LineTable(later("Thủ tục của cơ quan"), giving=(0,))
        self.title = texts.words("", "section")
        self.full_name = texts.OneLine()
        texts.role(self.full_name, "quiet")
        self.view = QWidget()  # the list and the fields; the list from a file lies over it
        self.columns = Columns(100)
        self.editor = ProcedureEditor(desk.now().year, self.view, self.restore)
        self.waiting = texts.card()
        self.waiting_words = texts.words("", "warning")
        self.summary, self.error = texts.words("", "quiet"), texts.words("", "error")
        self.import_panel = ImportPanel(desk)
        self._lay_out()
        self._connect()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.views = QStackedWidget()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.views)
        self.columns.add(self._left(), 2)
        self.columns.add(self._right(), 3)
        self.save_key = texts.button(_("Ghi thay đổi"), self.save, "F9", self.view, "primary")
        self.discard_key = texts.button(_("Bỏ phần sửa"), self.discard, "Esc", self.view)
        keys = Flow()
        keys.add(self.save_key)
        keys.add(self.discard_key)
        with_foot(self.view, self.columns, self.error, keys)
        self.views.addWidget(self.view)
        self.views.addWidget(self.import_panel)

    def _left(self) -> QVBoxLayout:
        find = QHBoxLayout()
        find.addWidget(self.search, 3)
        find.addWidget(self.filter, 2)
        keys = Flow()
        self.new_key = texts.button(_("Thủ tục mới"), self.begin_new, "Alt+N", self.view)
        self.import_key = texts.button(_("Nhập từ Excel"), self.ask_file, "Alt+I", self.view)
        keys.add(self.new_key)
        keys.add(self.import_key)
        column = QVBoxLayout()
        column.addWidget(texts.words(_("Thủ tục của cơ quan"), "title"))
        column.addLayout(find)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)
        column.addWidget(keys)
        WhenEmpty(self.table, _("Không có thủ tục nào khớp; thử ít chữ hơn."))
        return column

    def _right(self) -> QVBoxLayout:
        self.confirm_key = texts.button(
            _("Xác nhận bản này"), self.confirm, "Alt+A", self.view, "primary"
        )
        self.drop_key = texts.button(_("Bỏ bản chờ"), self.drop, "Alt+X", self.view)
        decide = Flow()
        decide.add(self.confirm_key)
        decide.add(self.drop_key)
        inner = QVBoxLayout(self.waiting)
        inner.addWidget(self.waiting_words)
        inner.addWidget(decide)
        self.waiting.hide()
        column = QVBoxLayout()
        column.addWidget(self.title)
        column.addWidget(self.full_name)
        column.addWidget(self.waiting)
        column.addWidget(self.editor, 1)
        column.addWidget(self.summary)
        return column

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _text: self._find())
        self.search.returnPressed.connect(self.table.setFocus)
        self.filter.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.chosen.connect(lambda _code: self._first_field().setFocus())
        self.editor.changed.connect(self._edited)
        self.import_panel.left.connect(self._leave_import)

    def _first_field(self) -> QWidget:
        return self.editor.limits[Channel.DIRECT]

    # --- the list ---------------------------------------------------------------------------------

    def shown(self) -> None:
        self.official_changed()
        self.refresh()
        self.search.setFocus()

    def unsaved(self) -> str:
        if not (self.editor.isEnabled() and self.editor.has_changes()):
            return ""
        return _("thủ tục «{name}»").format(name=self.title.text())

    def official_changed(self) -> None:
        """Grey what this official may not do, with the reason."""
        may_edit = self._why_not(Permission.CATALOGUE)
        for key in (
            self.new_key,
            self.import_key,
            self.save_key,
            self.drop_key,
            self.editor.restore_key,
        ):
            texts.allow(key, may_edit)
        texts.allow(self.confirm_key, self._why_not(Permission.CATALOGUE_CONFIRM))
        self.editor.set_read_only(may_edit is not None)
        self._summarise()

    def _why_not(self, permission: Permission) -> str | None:
        try:
            require(self.desk.official, permission)
        except Refused as refused:
            return refused.message
        return None

    def refresh(self) -> None:
        desk = self.desk
        jobs.run(self, lambda: own_catalogue.all_procedures(desk), self._show_all)

    def _show_all(self, rows: tuple[ProcedureRow, ...]) -> None:
        self.rows = rows
        self._show_rows()

    def _find(self) -> None:
        """Show what fits what is typed, the best of it chosen unless something is not saved."""
        self._show_rows(is_new_query=bool(self.search.text().strip()))

    def _show_rows(self, *, is_new_query: bool = False) -> None:
        rows, typed = self.rows, self.search.text().strip()
        jobs.run(
            self,
            lambda: own_catalogue.fitting(rows, typed),
            lambda found: self._fill(found, typed, is_new_query=is_new_query),
        )

    def _fill(self, found: tuple[ProcedureRow, ...], typed: str, *, is_new_query: bool) -> None:
        if typed != self.search.text().strip():
            return  # overtaken by what was typed since
        _name, keeps = _FILTERS[self.filter.currentIndex()]
        shown = [row for row in found if keeps(row)]
        count = _n("{count} thủ tục", len(shown)).format(count=len(shown))
        unsure = sum(row.version.limit_status is not LimitStatus.CONFIRMED for row in shown)
        doubt = _n("⚠ {count} có thời hạn chưa kiểm chứng hoặc chưa có", unsure).format(
            count=unsure
        )
        self.count.setText(f"{count} · {doubt}" if unsure else count)
        self.table.fill(Listing(_COLUMNS, shown), _code)
        if is_new_query and shown and not self.editor.has_changes():
            self.table.choose_row(0)

    def _row_chosen(self, here: QModelIndex, _before: QModelIndex) -> None:
        row = self.table.current() if here.isValid() else None
        if row is None or row.version.code == self._shown:
            return
        if self.editor.has_changes() and self.editor.isEnabled():
            self._say_unsaved()
            self._choose_shown()
            return
        self.open(row.version.code)

    def _choose_shown(self) -> None:
        """Mark the line of the procedure in the fields; none where the list has it not."""
        codes = [row.version.code for row in self.table.model_.rows]
        if self._shown in codes:
            self.table.choose_row(codes.index(self._shown))
        else:
            self.table.setCurrentIndex(QModelIndex())

    def open(self, code: str) -> None:
        """Show one procedure, as it stands at the desk."""
        desk = self.desk
        jobs.run(self, lambda: own_catalogue.show_procedure(desk, code), self._show_view)

    def _show_view(self, view: ProcedureView | None) -> None:
        self._shown = view.row.version.code if view else ""
        self.editor.show_view(view)
        self.title.setText(view.row.short_name if view else _("Thủ tục mới"))
        version = view.row.version if view else None
        self.full_name.setText(
            " · ".join((version.code, version.field, version.name)) if version else ""
        )
        self._show_error("")
        waiting = view.waiting if view else None
        self.waiting.setVisible(waiting is not None)
        if view and waiting:
            self.waiting_words.setText(_waiting_words(view, waiting))
        self._summarise()

    # --- editing ----------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Empty the fields for a procedure that the catalogue lacks."""
        if self.editor.has_changes():
            self._say_unsaved()
            return
        self._show_view(None)
        self.editor.place_of("code").setFocus()

    def _say_unsaved(self) -> None:
        notices.say(
            _("Phần sửa của «{name}» chưa ghi: F9 ghi, Esc bỏ.").format(name=self.title.text())
        )

    def _edited(self) -> None:
        self._show_error("")
        self._summarise()

    def _summarise(self) -> None:
        """Say which parts F9 would change, and what becomes of them."""
        self.discard_key.setVisible(self.editor.has_changes())
        if not self.save_key.isEnabled():
            self.summary.setText(_("Quản trị mới sửa được danh mục; ở đây để xem."))
            return
        try:
            changed = self._changed_parts()
        except Refused:  # half a limit is not yet a wrong one: F9 says what is wrong
            self.summary.clear()
            return
        if not changed:
            self.summary.setText(_("Chưa đổi gì."))
            return
        text = _("Sẽ đổi: {parts}.").format(parts=", ".join(changed))
        wanted = self.editor.edit()
        if wanted.limits is not None and not wanted.document:
            text += " " + _("Chưa ghi văn bản nên thời hạn vẫn là chưa kiểm chứng.")
        self.summary.setText(text)

    def _changed_parts(self) -> list[str]:
        view, desk = self.editor.view, self.desk
        base = view.row.version if view else None
        had = view.row.choice if view else None
        me = desk.require(Permission.CATALOGUE)
        wanted = self.editor.edit()
        if not self.editor.has_changes():
            return []
        made = procedure_edit.changed_version(desk, me, base, wanted)
        parts = list(procedure_edit.compared(base, made))
        chosen = own_catalogue.compared_choices(made.code, had, self.editor.choice())
        return [_(PARTS[part.what]).lower() for part in (*parts, *chosen)]

    def restore(self) -> None:
        """Make the version under the cursor of the history the one in force again."""
        view, here = self.editor.view, self.editor.history.currentRow()
        if view is not None and 0 <= here < len(view.versions):
            self._restore(view.row.version.code, view.versions[here].key)

    def _restore(self, code: str, key: str) -> None:
        restore = partial(own_catalogue.restore_version, self.desk, code, key)
        jobs.run(self, restore, partial(self._saved, None), self._refuse)

    def _put_back(self, code: str, choice: OfficeChoice) -> None:
        jobs.run(
            self,
            partial(own_catalogue.choose, self.desk, code, choice),
            lambda _changed: self._reload(code),
            self._refuse,
        )

    def save(self) -> None:
        """Save what was changed as a new version; what is only of the screens changes at once."""
        try:
            wanted = self.editor.edit()
        except Refused as refused:
            self._refuse(refused)
            return
        save = partial(own_catalogue.set_procedure, self.desk, wanted, self.editor.choice())
        jobs.run(self, save, partial(self._saved, self.editor.view), self._refuse)

    def _saved(self, before: ProcedureView | None, saved: ProcedureSaved) -> None:
        """Say what was saved; `before`: the procedure as «Hoàn tác» brings it back."""
        self._show_error("")
        parts = ", ".join(_(PARTS[part.what]).lower() for part in saved.changes)
        if saved.change and saved.change.is_waiting:
            text = _("Đã ghi «{name}»; chờ người thứ hai vào đây xác nhận: {parts}.")
        elif saved.change:
            text = _("Đã ghi bản từ {day} của «{name}»: {parts}.")
        else:
            text = _("Đã đổi trên màn hình «{name}»: {parts}.")
        said = text.format(
            name=self.desk.short_name(saved.version.code, saved.version.name),
            day=f"{saved.version.effective_from:%d/%m/%Y}",
            parts=parts,
        )
        code = saved.version.code
        if before is None or (saved.change and saved.change.is_waiting):
            notices.say(said)
        else:
            notices.undoable(said, partial(self._undo, before, saved))
        self._reload(code)

    def _undo(self, before: ProcedureView, saved: ProcedureSaved) -> None:
        """Bring back what a save replaced: the words of the screens, and the version before."""
        code = saved.version.code
        self._put_back(code, before.row.choice)
        if saved.change is not None:
            self._restore(code, before.row.version.key)

    def _reload(self, code: str) -> None:
        self.open(code)
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self._show_error("")
        field = error.field if isinstance(error, Refused) else None
        if not (field and self.editor.refuse(field, error.message)):
            self._show_error(error.message)

    def _show_error(self, message: str) -> None:
        self.editor.error.clear()
        self.error.setText(message)
        self.error.setVisible(bool(message))

    def discard(self) -> None:
        """Put the procedure as it stands back into the fields, and go to the list."""
        if not self.editor.has_changes():
            self.table.setFocus()
            return
        row = self.table.current()
        code = self._shown or (row.version.code if row else "")
        if code:
            self.open(code)
        else:
            self._show_view(None)
        self.table.setFocus()

    # --- the second person ------------------------------------------------------------------------

    def confirm(self) -> None:
        """Confirm the version that waits, as the second person."""
        self._decide(own_catalogue.confirm_change, _("Đã xác nhận bản của «{name}»."))

    def drop(self) -> None:
        """Drop the version that waits; it stays in the ledger."""
        self._decide(own_catalogue.drop_change, _("Đã bỏ bản chờ của «{name}»."))

    def _decide(self, act: Callable[[Desk, int], ProcedureChange], done: str) -> None:
        view, desk = self.editor.view, self.desk
        waiting = view.waiting if view else None
        if waiting is None:
            return
        number = waiting.id

        def decided(change: ProcedureChange) -> None:
            version = change.version
            notices.say(done.format(name=self.desk.short_name(version.code, version.name)))
            self._reload(version.code)

        jobs.run(self, lambda: act(desk, number), decided, self._refuse)

    # --- a list -----------------------------------------------------------------------------------

    def ask_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Nhập danh sách thủ tục"),
            str(Path.home()),
            _("Bảng tính (*.xlsx *.csv)"),
        )
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, file: Path) -> None:
        """Show the rows of a list beside the catalogue; nothing is written before it is taken."""
        self.views.setCurrentWidget(self.import_panel)
        self.import_panel.read_file(file)

    def _leave_import(self) -> None:
        self.views.setCurrentIndex(0)
        self.refresh()
        self.search.setFocus()


def _code(row: ProcedureRow) -> str:
    return row.version.code


def _waiting_words(view: ProcedureView, waiting: ProcedureChange) -> str:
    parts = procedure_edit.compared(view.row.version, waiting.version)
    return _("Chờ người thứ hai: {official} nhập {at}, theo {document}. {parts}").format(
        official=view.names.get(waiting.entered_by, waiting.entered_by),
        at=formatting.short(waiting.entered),
        document=waiting.document or _("không có văn bản"),
        parts="; ".join(
            f"{_(PARTS[part.what])}: {part.before or '—'} → {part.after or '—'}" for part in parts
        ),
    )
