"""Tổng quan: the late share in large figures, and pictures, each part of which has its dossiers."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cchc_desk.actions.reports.overview import Overview
from cchc_desk.domain.reports.pictures import Drawn
from cchc_desk.domain.reports.table import ReportRow
from cchc_desk.i18n import _, later
from ui.figures.report_table import ReportTable
from ui.look import style, texts
from ui.widgets.display.picture import NO_PICTURE, PictureView

_LETTERS = 84  # of width, from which on two pictures stand side by side
_WHOLE = ("trend", "load")  # pictures of many parts take the whole width
_TITLES = {  # of pictures that show a part of their report
    "trend": later("Tỷ lệ trễ hẹn 13 tháng (số trễ/tổng số; cột gãy: quá 20 %)"),
    "ii-06a": later("Đã giải quyết theo lĩnh vực"),
}
_TABLE_LINES = 13  # at most, before a table scrolls
_AROUND_TABLE = 14  # points of its frame, above and below


class Section(QWidget):
    """One picture, its title over it, its table beside it where tables are shown."""

    opened = Signal(object, object, object, str)  # where, Report, ReportRow, name of the column

    def __init__(self, title: str) -> None:
        super().__init__()
        self._drawn: Drawn | None = None
        self.title = texts.words(title, "section")
        self.picture = PictureView(title)
        self.said = texts.words("", "quiet")
        self.table = ReportTable(title)
        self.table.hide()
        card = texts.card()
        column = QVBoxLayout(card)
        for part in (self.title, self.picture, self.said, self.table):
            column.addWidget(part)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)
        self.picture.opened.connect(self._open_part)
        self.table.opened.connect(self._open_cell)

    def show_drawn(self, drawn: Drawn) -> None:
        """Show a report and its picture, or that there is nothing in it."""
        self._drawn = drawn
        has_any = any(bar.value for bar in drawn.picture.bars)
        self.picture.show_picture(drawn.picture)
        self.picture.setVisible(has_any)
        said = (drawn.said,) if has_any else (_("Không có hồ sơ nào."), drawn.said)
        self.said.setText("\n".join(filter(None, said)))
        self.said.setVisible(bool(self.said.text()))
        self.table.show_table(drawn.report.title, drawn.report.table)
        self.fit()

    def clear(self) -> None:
        """Show no report; a picture stays in its place, empty."""
        self._drawn = None
        self.picture.show_picture(NO_PICTURE)
        self.said.clear()
        self.table.clear()

    def fit(self) -> None:
        """The table as high as its lines, up to some, in the type of now."""
        lines = min(max(1, self.table.model_.rowCount()), _TABLE_LINES)
        rows = self.table.verticalHeader().defaultSectionSize() * lines
        head = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        self.table.setFixedHeight(head + rows + below + style.room(_AROUND_TABLE))

    def _open_part(self, bar: int, part: int) -> None:
        if self._drawn is not None:
            cell = self._drawn.cells[bar][part]
            self._open(self.picture, cell.row, cell.column)

    def _open_cell(self, row: ReportRow, column: str) -> None:
        self._open(self.table, row, column)

    def _open(self, where: QWidget, row: ReportRow, column: str) -> None:
        if self._drawn is not None:
            self.opened.emit(where, self._drawn.report, row, column)


class OverviewPanel(QWidget):
    """The overview of a period."""

    opened = Signal(object, object, object, str)  # as Section's

    def __init__(self) -> None:
        super().__init__()
        self.share, self.words = (
            texts.words("", "figure-plain", wrap=False),
            texts.words("", "strong"),
        )
        self.sections: dict[str, Section] = {}
        self._tables = False
        head = QHBoxLayout()
        head.addWidget(self.share)
        head.addWidget(self.words, 1)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addLayout(self._grid)
        self.hide()

    def show_overview(self, made: Overview) -> None:
        """Show the figures of a period."""
        fuse = made.answer.fuse
        self.share.setText(made.share)
        texts.role(self.share, "figure-late" if fuse.tripped else "figure-plain")
        self.share.setAccessibleName(_("Tỷ lệ trễ hẹn"))
        self.words.setText(made.words)
        is_new = not self.sections
        for one in made.drawn:
            if one.report.name not in self.sections:
                title = _(_TITLES.get(one.report.name, one.report.title))
                section = self.sections[one.report.name] = Section(title)
                section.opened.connect(self.opened)
            self.sections[one.report.name].show_drawn(one)
        if is_new:
            self._lay_out()

    def clear(self) -> None:
        """Show the figures of no period."""
        self.share.clear()
        self.words.clear()
        for section in self.sections.values():
            section.clear()

    def first(self) -> QWidget:
        """The first picture that is there, or its table."""
        for section in self.sections.values():
            for part in (section.picture, section.table):
                if part.isVisibleTo(self):
                    return part
        return self

    def fit(self) -> None:
        """Measure the tables anew."""
        for section in self.sections.values():
            section.fit()

    def toggle_tables(self) -> bool:
        """Show the tables, or hide them; return whether they are shown now."""
        self._tables = not self._tables
        for section in self.sections.values():
            section.table.setVisible(self._tables)
        QTimer.singleShot(0, self, self.fit)  # once they have their widths
        return self._tables

    def _columns(self) -> int:
        return 2 if self.width() >= self.fontMetrics().averageCharWidth() * _LETTERS else 1

    def _lay_out(self) -> None:
        """Two pictures side by side where there is room, those of many parts alone."""
        columns, row, column = self._columns(), 0, 0
        for name, section in self.sections.items():
            wide = columns if name in _WHOLE else 1
            if column + wide > columns:
                row, column = row + 1, 0
            self._grid.addWidget(section, row, column, 1, wide)
            column += wide
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
