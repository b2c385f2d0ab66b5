"""Tệp của tỉnh: a list of another system is read and shown; nothing is written before «Nhận»."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from cchc_desk.actions.lists import history, looking, preview, taking
from cchc_desk.actions.lists.looking import SheetLook
from cchc_desk.actions.lists.preview import ListPreview, PreviewRow, Verdict
from cchc_desk.actions.lists.taking import ListTaking
from cchc_desk.domain.lists.fields import Field, Layout
from cchc_desk.domain.lists.rows import CellText
from cchc_desk.domain.lists.watched import TakenList, is_whole_day
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.table import Listing
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.paths import EXPORTS
from cchc_desk.session import Desk
from ui import formatting
from ui.lists.columns_panel import ColumnsPanel
from ui.lists.files import ask_list, ask_result
from ui.lists.match_keys import MatchKeys
from ui.lists.mend_panel import MendPanel
from ui.lists.rows import (
    FILTERS,
    GIVING,
    LEAVING,
    ROWS,
    WORDS,
    Filter,
    count_shown,
    rows_shown,
)
from ui.lists.start_face import StartFace
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import Fold, is_low, is_very_low, with_foot
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.when_empty import WhenEmpty

_MEASURED = 60  # rows
_LINES, _LINES_LOW = 6, 4  # of the table, at least
_START, _READ, _COLUMNS = range(3)
_KEPT = (Verdict.NEW, Verdict.NEWER, Verdict.SAME, Verdict.DIFFERS)


class ListsPage(Page):
    """Three faces: no file yet, a list that was read, a list whose columns nobody knows."""

    page_name = "lists"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.file: Path | None = None
        self.preview: ListPreview | None = None
        self.taken: ListTaking | None = None
        self._sheet = ""
        self._chosen: Mapping[str, Field] | None = None  # columns that the clerk named
        self._read_with: tuple[CellText, ...] = ()  # cells that the preview was read with
        self._is_stale = False  # the file is another one than the preview shows
        self._faces = QStackedWidget()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._faces)
        self.columns = ColumnsPanel()
        self.columns.read_wanted.connect(self.read_mapped)
        self.columns.leave_wanted.connect(self.leave)
        self.start = StartFace()
        self.start.file_wanted.connect(self.ask_file)
        self.start.columns_wanted.connect(self.ask_columns)
        for face in (texts.scrolled(self.start), self._make_read(), self.columns):
            self._faces.addWidget(face)

    # --- building ---------------------------------------------------------------------------------

    def _make_read(self) -> QWidget:
        self.read, inside = QWidget(), texts.Inside()
        self.title = texts.words("", "title")
        self.known, self.encoding = texts.words("", "quiet"), texts.words("", "quiet")
        self.doubts = texts.words("", "warning")
        self.said, self.error = texts.words("", "strong"), texts.words("", "error")
        self.map_place = QWidget()  # the key in it comes and goes with what may be done
        self.how = Fold(_("Cách đọc"), self.read, self.known, self.map_place)
        self.filters: dict[Filter, QPushButton] = {}
        chips = Flow()
        for number, (chosen, words) in enumerate(FILTERS):
            chip = texts.button(
                _(words), partial(self.show_only, chosen), f"Alt+{number}", self.read, "small"
            )
            chip.setCheckable(True)
            self.filters[chosen] = chip
            chips.add(chip)
        self.table = LineTable(later("Các hồ sơ của danh sách"), giving=GIVING, leaving=LEAVING)
        # All of 50,000 rows are never measured: the first ones tell how wide a column is.
        self.table.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        WhenEmpty(self.table, _("Không có dòng nào như vậy."))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_mend())
        self.table.chosen.connect(self._open)
        self.details = texts.words("", "quiet")
        self.match = MatchKeys(self, self.read)
        self.match.joined.connect(self._read_joined)
        self.mend = MendPanel()
        self.mend.edited.connect(self._show_keys)
        self.mend.read_again.connect(self.read_again)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 8, 16, 4)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.how.button)
        column.addLayout(head)
        for part in (self.known, self.encoding, self.doubts, self.said):
            column.addWidget(part)
        column.addWidget(chips)
        column.addWidget(self.match)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(self.mend)
        with_foot(self.read, texts.scrolled(inside), self.error, self._read_keys())
        return self.read

    def fit(self) -> None:
        """A low window gives its lines to the rows of the list."""
        low = is_low(self)
        texts.role(self.title, "section" if low else "title")
        for key in (self.again_key, self.result_key, self.map_key, self.leave_key):
            texts.role(key, "small" if low else "")
        lines = _LINES_LOW if is_very_low(self) else _LINES
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * lines)
        self._show_head()
        self._show_counts()

    def _read_keys(self) -> Flow:
        keys = Flow()
        self.take_key = texts.button(_("Nhận danh sách"), self.take, "F9", self.read, "primary")
        self.again_key = texts.button(_("Đọc lại"), self.read_again, "F8", self.read)
        self.result_key = texts.button(
            _("Lưu bảng kết quả (.xlsx)"), self.ask_result, "Alt+K", self.read
        )
        self.map_key = texts.button(_("Tự chọn cột"), self.ask_columns, "Alt+C", self.read)
        self.leave_key = texts.button(_("Bỏ tệp này"), self.leave, "Esc", self.read)
        place = QHBoxLayout(self.map_place)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.map_key)
        for key in (
            self.take_key, self.again_key, self.result_key, self.map_place, self.leave_key
        ):  # fmt: skip
            keys.add(key)
        return keys

    # --- showing ----------------------------------------------------------------------------------

    def shown(self) -> None:
        if self._faces.currentIndex() == _START:
            self.refresh()
            self.start.choose_key.setFocus()
        elif self._faces.currentIndex() == _READ:
            self.table.setFocus()

    def showing(self) -> str:
        return str(self.file) if self.file else ""

    def open(self, code: str) -> None:
        """Read the file again, as when the window was made anew in another language."""
        self.read_file(Path(code))

    def refresh(self) -> None:
        """Read again which lists were taken."""
        desk = self.desk
        jobs.run(self, lambda: history.taken_lists(desk), self._show_lists)

    def _show_lists(self, lists: list[TakenList]) -> None:
        self.start.show_lists(lists)
        self.start.allow_columns(self.file is not None)

    def official_changed(self) -> None:
        """Another official chooses a file of their own."""
        self.mend.forget()
        self.leave()

    def unsaved(self) -> str:
        typed = () if self.taken else self.mend.typed()
        if not typed or self.preview is None:
            return ""
        return _n("{count} ô đã sửa của «{file}»", len(typed)).format(
            count=len(typed), file=self.preview.list.file
        )

    def leave(self) -> None:
        """Forget the file; what was taken stays taken."""
        self._begin(None)
        self._faces.setCurrentIndex(_START)
        self.refresh()
        self.focus(self.start.choose_key)

    def _begin(self, file: Path | None) -> None:
        self._offer_typed()
        self.file, self.preview, self.taken = file, None, None
        self._sheet, self._chosen, self._read_with, self._is_stale = "", None, (), False
        self.mend.forget()
        self.start.show_error("")
        self._show_error("")

    def _offer_typed(self) -> None:
        """A key takes back the cells that were typed into the file that goes."""
        what, file, shown = self.unsaved(), self.file, self.preview
        sheet, chosen, typed = self._sheet, self._chosen, self.mend.typed()
        if not what or file is None:
            return

        def take_back() -> None:
            self._begin(file)
            self._sheet, self._chosen = sheet, chosen
            self.preview = shown  # where the file has changed since, they fit no more
            self.mend.put_back(typed)
            self._read()

        notices.warn(_("Đã bỏ {what}.").format(what=what), _("Lấy lại"), take_back)

    # --- reading ----------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for a file by keyboard."""
        practice = self.desk.practice  # where the list of a lesson lies
        chosen = ask_list(self, self.desk.folder / EXPORTS if practice else None)
        if chosen:
            self.read_file(chosen)

    def read_file(self, file: Path) -> None:
        """Read a list and show what taking it would do; nothing is written."""
        self._begin(file)
        self._read()

    def read_again(self) -> None:
        """Read the same file with what was typed into its unreadable rows."""
        if self.again_key.isEnabled() and self.file is not None:
            self._read()

    def _read_joined(self) -> None:
        """Read the file again, now that some of its rows are dossiers of this desk, or no more."""
        if self.file is not None and self.taken is None:
            self._read()

    def read_mapped(self) -> None:
        """Read the table that was chosen, with the columns as they are named in the panel."""
        if self.columns.only_sheet:
            self._sheet = self.columns.sheet_name()
            self._read()
        elif chosen := self.columns.chosen():
            self._sheet, self._chosen = self.columns.sheet_name(), chosen
            self._read()

    def _read(self) -> None:
        file, typed = self.file, self.mend.typed()
        assert file is not None, "chosen before"
        desk, sheet, chosen = self.desk, self._sheet, self._chosen
        jobs.run_long(
            self,
            _("Đang đọc «{file}»").format(file=file.name),
            lambda work: preview.preview_list(
                desk, file, sheet=sheet, chosen=chosen, mended=typed, work=work
            ),
            partial(self._show_read, typed),
            self._not_read,
        )

    def _show_read(self, typed: tuple[CellText, ...], found: ListPreview) -> None:
        again = self.preview is not None and self.preview.list.sha256 == found.list.sha256
        if typed and self.preview is not None and not again:  # into rows that are others now
            self.mend.forget()
            self._read()
            return
        self.preview, self._read_with, self.taken = found, typed, None
        self._is_stale = False
        self._faces.setCurrentIndex(_READ)
        self._show_error("")
        self._show_head()
        unreadable, was = found.count(Verdict.UNREADABLE), self._filter()
        if again and was is Verdict.UNREADABLE and unreadable:
            self.show_only(was)
        else:
            self.show_only(None)
        self.match.look(found)
        if not again:
            self.table.choose_row(0)
        self.focus(self.table)

    def _show_head(self) -> None:
        """Say which layout was recognised, on which sheet, in which encoding, and what is odd."""
        found = self.preview
        if found is None:
            return
        self.how.fit(is_low(self))
        read = found.list.reading
        is_title = is_very_low(self) and self.taken is not None  # it names the file as well
        named = _("Danh sách «{file}»").format(file=found.list.file)
        self.title.setText(self.said.text() if is_title else named)
        self.said.setVisible(self.taken is not None and not is_title)
        if self._chosen:
            name = _("cột do bạn chọn")
        else:
            name = _layout_words(read.layout) if read.layout else ""
        parts = (
            name or _("mẫu chưa biết, đọc theo tên cột"),
            _("trang «{name}»").format(name=found.list.sheet) if found.list.sheet else "",
            _("tiêu đề ở dòng {number}").format(number=read.heading_row),
        )
        self.known.setText(_("Nhận ra: {what}").format(what=" · ".join(filter(None, parts))))
        self.encoding.setText(
            _("Bảng mã {encoding}, đã đổi: «{before}» thành «{after}»").format(
                encoding=found.list.encoding, before=found.list.before, after=found.list.after
            )
        )
        self.encoding.setVisible(bool(found.list.encoding))
        doubts = [str(doubt) for doubt in found.doubts]
        if found.taken_before is not None:
            doubts.insert(0, _taken_before(found))
        self.doubts.setText("\n".join(f"⚠ {doubt}" for doubt in doubts))
        self.doubts.setVisible(bool(doubts))

    def _filter(self) -> Filter:
        return next((one for one, chip in self.filters.items() if chip.isChecked()), None)

    def show_only(self, chosen: Filter) -> None:
        """Show the rows that this filter lets through."""
        found = self.preview
        if found is None:
            return
        for one, chip in self.filters.items():
            chip.setChecked(one == chosen)
        self._show_counts()
        self.table.fill(Listing(ROWS, rows_shown(found, chosen)), _name_of)
        self._show_mend()
        self._show_keys()

    def _show_counts(self) -> None:
        """Say how many rows there are of each kind; in a very low window its key is in the tip."""
        found, chosen = self.preview, self._filter()
        if found is None:
            return
        for one, chip in self.filters.items():
            count = count_shown(found, one)
            words, key = f"{chip.property('words')} {count}", str(chip.property("key"))
            chip.setText(words if is_very_low(self) else f"{words}  ·  {key}")
            chip.setToolTip(key)
            chip.setVisible(count > 0 or one in (None, chosen))
            chip.updateGeometry()

    def _show_mend(self) -> None:
        one: PreviewRow | None = self.table.current()
        self.mend.show_row(one if self.taken is None else None)
        self.details.setText(_details(one) if one and self.mend.isHidden() else "")
        self.details.setVisible(bool(self.details.text()))

    def _open(self, _name: str) -> None:
        """Enter mends a row that cannot be read, and opens a dossier that is here."""
        one: PreviewRow | None = self.table.current()
        if one is None:
            return
        if one.verdict is Verdict.UNREADABLE and self.taken is None:
            self.mend.begin()
        elif self.taken is not None or one.verdict not in (Verdict.NEW, Verdict.SKIPPED):
            self.shell.open_dossier(one.ours or one.row.code)

    def _show_keys(self) -> None:
        found = self.preview
        if found is None:
            return
        is_read = set(self.mend.typed()) == set(self._read_with) and not self._is_stale
        texts.allow(self.take_key, self._why_not(found, is_read=is_read))
        self.take_key.setVisible(self.taken is None)
        new = found.count(Verdict.NEW)
        words = _n("Nhận {count} hồ sơ mới", new).format(count=new) if new else _("Nhận danh sách")
        self.take_key.setText(f"{words}  ·  F9")
        self.again_key.setVisible(self.taken is None and not is_read)
        texts.allow(self.again_key, None if not is_read else _("Chưa sửa ô nào."))
        self.map_key.setVisible(self.taken is None)
        self.result_key.setVisible(self.taken is not None)
        self.leave_key.setText(f"{_('Xong') if self.taken else _('Bỏ tệp này')}  ·  Esc")

    def _why_not(self, found: ListPreview, *, is_read: bool) -> str | None:
        """Return why the list cannot be taken now; None where it can."""
        try:
            self.desk.require(Permission.TAKE_LIST)
        except Refused as refused:
            return refused.message
        if self._is_stale:
            return _("Tệp đã khác lúc xem trước: F8 đọc lại.")
        if not is_read:
            return _("Có ô vừa sửa chưa đọc lại: F8.")
        if not any(found.count(verdict) for verdict in _KEPT):
            return _("Không có dòng nào đọc được để nhận.")
        if found.taken_before and not _has_news(found):
            return _taken_before(found)
        return None

    def _not_read(self, error: DeskError) -> None:
        """Say why, and lead to what the clerk can do: choose a sheet or name the columns."""
        if isinstance(error, Refused) and error.code == "list-sheet":
            self._look_into(partial(self._show_sheets, error.message))
            return
        if self._faces.currentIndex() == _COLUMNS:
            self.columns.error.setText(error.message)
        elif self.preview is not None:
            self._show_error(error.message)
        else:
            self._faces.setCurrentIndex(_START)
            self.start.show_error(error.message)
            readable = isinstance(error, Refused) and error.code == "list"
            if not readable:
                self.file = None
            self.start.allow_columns(self.file is not None)
            self.focus(self.start.columns_key if readable else self.start.choose_key)

    def _show_error(self, message: str) -> None:
        self.error.setText(message)
        self.error.setVisible(bool(message))

    # --- columns ----------------------------------------------------------------------------------

    def ask_columns(self) -> None:
        """Show the tables of the file for the clerk to name their columns."""
        self._look_into(self._show_columns)

    def _look_into(self, show: Callable[[tuple[SheetLook, ...]], None]) -> None:
        file, desk = self.file, self.desk
        if file is None:
            return
        jobs.run_long(
            self,
            _("Đang đọc «{file}»").format(file=file.name),
            lambda work: looking.look_into(desk, file, work),
            show,
            self._not_read,
        )

    def _show_sheets(self, message: str, looks: tuple[SheetLook, ...]) -> None:
        self._show_columns(looks, only_sheet=True)
        self.columns.error.setText(message)

    def _show_columns(self, looks: tuple[SheetLook, ...], *, only_sheet: bool = False) -> None:
        assert self.file is not None, "chosen before"
        self.columns.show_looks(self.file.name, looks, only_sheet=only_sheet)
        self._faces.setCurrentIndex(_COLUMNS)
        self.columns.begin()

    # --- taking -----------------------------------------------------------------------------------

    def take(self) -> None:
        """Write every row that can be read, all in one transaction."""
        file, found = self.file, self.preview
        if file is None or found is None:
            return
        take = partial(
            taking.take_shown,
            self.desk,
            file,
            found.list,
            chosen=self._chosen,
            again=found.taken_before is not None,
        )
        jobs.run_long(
            self,
            _("Đang nhận «{file}»").format(file=file.name),
            lambda work: take(work=work),
            self._taken,
            self._not_taken,
        )

    def _not_taken(self, error: DeskError) -> None:
        """Say why; a file that has changed is read again by a key."""
        self._show_error(error.message)
        self._is_stale = isinstance(error, Refused) and error.code == "list-changed"
        self._show_keys()

    def _taken(self, done: ListTaking) -> None:
        self.taken, self.preview = done, done.preview
        found = done.preview
        parts = [
            _n("{count} hồ sơ mới", done.taken).format(count=done.taken),
            *(
                f"{found.count(verdict)} {_(WORDS[verdict]).lower()}"
                for verdict in WORDS
                if verdict is not Verdict.NEW and found.count(verdict)
            ),
        ]
        said = _("Đã nhận «{file}»: {what}.").format(file=found.list.file, what=", ".join(parts))
        self.match.hide()
        notices.say(said, _("Sang Hôm nay"), partial(self.shell.open_page, "today"))
        self.said.setText(said)
        self._show_head()
        self.show_only(self._filter())
        self.focus(self.table)

    def ask_result(self) -> None:
        """Ask where the sheet goes that says of every row what became of it."""
        if self.taken is not None:
            ask_result(self, self.desk, self.taken.preview)


def _layout_words(layout: Layout) -> str:
    if not layout.name:  # one whose columns were named at this desk
        return _("mẫu đã tự chọn cột ở quầy này")
    return _("mẫu «{name}»").format(name=layout.name)


def _details(one: PreviewRow) -> str:
    """The row in full: its code, its procedure, and why it has this verdict."""
    row = one.row
    due = formatting.moment_text(row.due) if row.due else ""
    if row.due and is_whole_day(row.due):  # its hour is the closing of that day, which it says not
        due = f"{row.due:%d/%m/%Y}"
    parts = (row.code, row.procedure, row.owner, due, *map(str, one.problems))
    return " · ".join(filter(None, parts))


def _name_of(one: PreviewRow) -> str:
    return str(one.row.number)


def _has_news(found: ListPreview) -> bool:
    return bool(found.count(Verdict.NEW) or found.count(Verdict.NEWER))


def _taken_before(found: ListPreview) -> str:
    before = found.taken_before
    assert before is not None, "asked only then"
    return _("Tệp này đã nhận lúc {moment} («{file}»); không có gì mới.").format(
        moment=formatting.moment_text(before.taken), file=before.file
    )
