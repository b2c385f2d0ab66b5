"""Nhập danh sách: the rows of a file beside the catalogue; nothing is written before «Nhận»."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.catalogue import procedure_import
from cchc_desk.actions.catalogue.procedure_edit import PARTS
from cchc_desk.actions.catalogue.procedure_import import ImportPreview, ImportRow, Verdict
from cchc_desk.domain.table import Column, Listing
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.look import texts
from ui.shell import jobs, notices
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.error_row import when_changed
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable

_VERDICTS = {
    Verdict.NEW: later("mới"),
    Verdict.CHANGED: later("đổi"),
    Verdict.SAME: later("như cũ"),
    Verdict.SKIPPED: later("bỏ qua"),
    Verdict.UNREADABLE: later("không đọc được"),
}
_LONGEST = 40  # letters of a cell; the line under the table has the whole
_AROUND_HINT = "MMM"  # as wide as the frame of a day's field and its calendar
_TAKEN = (Verdict.NEW, Verdict.CHANGED)
_ORDER = list(_VERDICTS)


@dataclass(frozen=True)
class _Line:
    """One row of the list, and whether it will be taken."""

    row: ImportRow
    is_taken: bool


def _details(line: _Line) -> str:
    changes = [
        f"{_(PARTS[part.what])}: {part.before or '—'} → {part.after or '—'}"
        for part in line.row.changes
        if line.row.verdict is Verdict.CHANGED
    ]
    return "; ".join((*line.row.problems, *changes))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_COLUMNS: tuple[Column[_Line], ...] = (
    Column(later("Nhận"), lambda line: "✓" if line.is_taken else "–", align="centre"),
    Column(
        later("Dòng"),
        lambda line: str(line.row.number),
        align="right",
        sort=lambda line: line.row.number,
    ),
    Column(
        later("Kết luận"),
        lambda line: _(_VERDICTS[line.row.verdict]),
        sort=lambda line: _ORDER.index(line.row.verdict),
    ),
    Column(later("Mã"), lambda line: line.row.code),
    Column(later("Tên"), lambda line: _cut(line.row.name)),
    Column(later("Đổi gì, vì sao"), lambda line: _cut(_details(line))),
)
_NUMBER, _NAME, _WHY = 1, 4, 5
_GIVING, _LEAVING = (_WHY, _NAME), (_WHY, _NUMBER)  # the line under the table says why, too


class ImportPanel(QWidget):
    """`left` when the list was taken or left; the page shows its procedures again."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.file: Path | None = None
        self.preview: ImportPreview | None = None
        self.without: set[int] = set()  # rows that are left out
        self.title = texts.words("", "title")
        self.counts = texts.words("", "section")
        self.document = QLineEdit()
        self.document.setPlaceholderText(_("số quyết định công bố; có thì thời hạn là đã xác nhận"))
        self.document_day = DayField(_("Ngày văn bản"), desk.now().year)
        self.starts = DayField(_("Áp dụng từ"), desk.now().year)
        hint = _("để trống: từ hôm nay")
        self.starts.setPlaceholderText(hint)
        texts.fitted(
            self.starts,
            lambda: self.starts.setMinimumWidth(
                self.starts.fontMetrics().horizontalAdvance(f"{hint}{_AROUND_HINT}")
            ),
        )
        self.table = LineTable(later("Các dòng của danh sách"), giving=_GIVING, leaving=_LEAVING)
        self.details, self.error = texts.words("", "quiet"), texts.words("", "error")
        texts.lines(self.details, 3)
        self._lay_out()
        for field in (self.document, self.document_day, self.starts):
            when_changed(field, self.error.clear)
            field.editingFinished.connect(self.compare)

    def _lay_out(self) -> None:
        names = (_("Theo văn bản"), _("Ngày văn bản"), _("Áp dụng từ"))
        fields = (self.document, self.document_day, self.starts)
        for name, field in zip(names, fields, strict=True):
            field.setAccessibleName(name)
        days = Flow()
        for name, field in zip(names[1:], fields[1:], strict=True):
            days.add(texts.beside(name, field))
        self.take_key = texts.button(_("Nhận"), self.take, "F9", self, "primary")
        keys = Flow()
        keys.add(self.take_key)
        keys.add(texts.button(_("Nhận hay bỏ dòng này"), self.toggle, "Alt+D", self))
        keys.add(texts.button(_("Không nhận, về danh mục"), self.left.emit, "Esc", self))
        inside = texts.Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 10)
        column.addWidget(self.title)
        column.addWidget(texts.beside(names[0], self.document))
        column.addWidget(days)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(self.error)
        column.addWidget(keys)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(texts.scrolled(inside))
        self.table.chosen.connect(lambda _code: self.toggle())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_details())

    def read_file(self, file: Path) -> None:
        """Compare a file with the catalogue and show what taking it would do."""
        self.file, self.preview, self.without = file, None, set()
        self.title.setText(_("Danh sách «{file}»").format(file=file.name))
        self.document.clear()
        self.document_day.clear()
        self.starts.clear()
        self.error.clear()
        self._show()
        self.compare()

    def compare(self) -> None:
        """Compare again, with the document and the day that stand in the fields now."""
        file, desk = self.file, self._desk
        given = self._given()
        if file is None or given is None:
            return
        jobs.run(
            self,
            lambda: procedure_import.preview_import(desk, file, *given),
            self._compared,
            self._refuse,
        )

    def _given(self) -> tuple[str, date | None, date | None] | None:
        """Return document, its day and the first day; None with the error shown."""
        try:
            days = self.document_day.day(), self.starts.day()
        except ValueError:
            self.error.setText(_("Ngày chưa đọc được; hãy ghi như 01/12/2026."))
            return None
        return self.document.text().strip(), *days

    def _compared(self, preview: ImportPreview) -> None:
        self.preview = preview
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        rows = self.preview.rows if self.preview else ()
        lines = [_Line(row, self._is_taken(row)) for row in rows]
        lines.sort(key=lambda line: (_ORDER.index(line.row.verdict), line.row.number))
        self.table.fill(Listing(_COLUMNS, lines), lambda line: str(line.row.number))
        taken = sum(line.is_taken for line in lines)
        counted = [
            f"{_(words)} {self.preview.count(verdict)}"
            for verdict, words in _VERDICTS.items()
            if self.preview
        ]
        self.counts.setText(" · ".join(counted))
        self.take_key.setText(_n("Nhận {count} thủ tục", taken).format(count=taken) + "  ·  F9")
        texts.allow(self.take_key, None if taken else _("Không có dòng nào mới hay đổi để nhận."))

    def _show_details(self) -> None:
        line = self.table.current()
        whole = (line.row.name, _details(line)) if line is not None else ()
        self.details.setText("\n".join(part for part in whole if part))

    def _is_taken(self, row: ImportRow) -> bool:
        return row.verdict in _TAKEN and row.number not in self.without

    def toggle(self) -> None:
        """Take the row under the cursor, or leave it out."""
        line = self.table.current()
        if line is not None and line.row.verdict in _TAKEN:
            self.without ^= {line.row.number}
            self._show()

    def take(self) -> None:
        """Write the rows that are taken, all in one transaction."""
        given = self._given()
        if self.file is None or given is None:
            return
        take = partial(
            procedure_import.take_import, self._desk, self.file, *given, tuple(self.without)
        )
        jobs.run(self, take, self._taken, self._refuse)

    def _taken(self, preview: ImportPreview) -> None:
        taken = sum(self._is_taken(row) for row in preview.rows)
        notices.say(
            _n("Đã nhận {count} thủ tục từ «{file}».", taken).format(count=taken, file=preview.file)
        )
        self.left.emit()

    def _refuse(self, error: DeskError) -> None:
        self.error.setText(error.message)
        if isinstance(error, Refused) and error.code in ("sheet-file", "sheet-headings"):
            self.preview = None
            self._show()
