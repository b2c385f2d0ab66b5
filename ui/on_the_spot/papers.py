"""The papers of this citizen: the one that is typed, and those in the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cchc_desk.actions.intake import certify
from cchc_desk.actions.intake.certify import ToCertify
from cchc_desk.actions.intake.intake import MOST_OF_A_PAPER
from cchc_desk.domain.law.fees import money
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.on_the_spot.paper_field import PaperField
from ui.on_the_spot.words import heading, say
from ui.widgets.fields.boxes import SpinBox
from ui.widgets.fields.error_row import when_changed
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable, opens_nothing


@dataclass(frozen=True)
class _Line:
    """One paper of this citizen with its own sum, as the table shows it."""

    asked: ToCertify
    fee: str


_COLUMNS: tuple[Column[_Line], ...] = (
    Column(later("Bản"), lambda line: str(line.asked.copies), align="right"),
    Column(later("Trang"), lambda line: str(line.asked.pages), align="right"),
    Column(later("Lệ phí"), lambda line: line.fee, align="right"),
    Column(later("Giấy tờ"), lambda line: line.asked.paper),
)


class Papers(QWidget):
    """Name, copies and pages of one paper above the table; keys work anywhere in `page`."""

    changed = Signal()  # what is to be certified, or how much of it

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._lines: list[ToCertify] = []
        self._version: ProcedureVersion | None = None
        self.paper = PaperField(page)
        self.copies, self.pages = _count(_("Số bản")), _count(_("Số trang"))
        self.table = LineTable(later("Giấy tờ của người này"), ordered=True)
        texts.lines(self.table, 5)
        self.error = texts.words("", "error")
        self.more = texts.button(_("Thêm giấy tờ khác"), self.add_line, "Alt+T", page)
        self.less = texts.button(_("Bỏ dòng"), self.drop_line, "Alt+X", page)
        keys = Flow()
        keys.add(self.more)
        keys.add(self.less)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._one_paper())
        column.addWidget(self.error)
        column.addWidget(self.table, 1)
        column.addWidget(keys)
        self.paper.taken.connect(self._paper_taken)
        self.paper.textChanged.connect(self.changed)
        for count in (self.copies, self.pages):
            count.valueChanged.connect(self.changed)
        when_changed(self.paper, partial(say, self.error, ""))
        texts.shortcut(self.table, "Del", self.drop_line)

    def _one_paper(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for column, (words, field) in enumerate(
            (
                (_("Tên giấy tờ"), self.paper),
                (_("Số bản"), self.copies),
                (_("Số trang"), self.pages),
            )
        ):
            grid.addWidget(heading(words, field, "quiet"), 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(0, 1)
        texts.with_it(self.paper, self.paper.list)
        return grid

    def listed(self) -> tuple[ToCertify, ...]:
        """Return the papers of the table."""
        return tuple(self._lines)

    def all(self) -> tuple[ToCertify, ...]:
        """Return the papers of the table and the one in the fields, where it has a name."""
        return (*self._lines, *self._typed())

    def _typed(self) -> tuple[ToCertify, ...]:
        paper = self.paper.text().strip()
        return (ToCertify(paper, self.copies.value(), self.pages.value()),) if paper else ()

    def empty(self) -> None:
        """Forget all papers."""
        self._lines.clear()
        self.next_paper()

    def add(self, papers: Sequence[ToCertify]) -> None:
        """Put papers into the table, beside what is typed."""
        self._lines.extend(papers)
        self._show_lines()

    def next_paper(self) -> None:
        """Empty the fields for another paper."""
        self.paper.forget()
        self.copies.setValue(1)
        self.pages.setValue(1)
        self._show_lines()
        self.changed.emit()

    def show_fees(self, version: ProcedureVersion | None) -> None:
        """Show the sum of each line by this version of the procedure."""
        self._version = version
        self._show_lines()

    def add_line(self) -> None:
        """The typed paper goes into the table; the next one can be typed."""
        if self._typed():
            self._lines.extend(self._typed())
            self.next_paper()
        self.paper.setFocus()

    def drop_line(self) -> None:
        """The line under the cursor is not wanted after all."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._lines):
            del self._lines[row]
            self._show_lines()
            self.changed.emit()

    def _paper_taken(self) -> None:
        self.copies.setFocus()
        self.copies.selectAll()

    def _show_lines(self) -> None:
        version = self._version
        fees = [certify.fee_of(version, (one,)) if version else None for one in self._lines]
        lines = [
            _Line(one, money(fee.amount) if fee else "")
            for one, fee in zip(self._lines, fees, strict=True)
        ]
        self.table.fill(Listing(_COLUMNS, lines), opens_nothing)
        texts.allow(self.less, None if lines else _("Chưa có dòng nào để bỏ."))


def _count(name: str) -> SpinBox:
    box = SpinBox()
    box.setRange(1, MOST_OF_A_PAPER)
    box.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    texts.letters(box, 5)
    return box
