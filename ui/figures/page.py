"""Số liệu: the reports at the left, the chosen one at the right, each number with its dossiers."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.reports import exports, makers, overview, reports, written
from cchc_desk.actions.reports.kinds import checked
from cchc_desk.actions.reports.kinds.nine import NineIndicesReport
from cchc_desk.actions.reports.overview import Overview
from cchc_desk.actions.reports.reports import Behind
from cchc_desk.domain.figures import ORIGIN_NAMES, Origin
from cchc_desk.domain.reports.groupings import ROW_TITLES
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import ReportRow
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.printing import Paper
from ui.figures.behind import BehindPanel, Cell
from ui.figures.frozen import FrozenLine
from ui.figures.overview import OverviewPanel
from ui.figures.own_points import ask_points
from ui.figures.report_table import ReportTable
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.export_reason import ask_reason
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.period import PeriodFields
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import Fold, is_low, is_narrow, with_foot
from ui.widgets.tables.whole_text import WholeText

OVERVIEW = "overview"
_NAMES = (OVERVIEW, *makers.MAKERS)
_LIST_LETTERS, _LIST_LOW = 26, 4.5  # of the list of reports: its width; its lines over the table
_TABLE_LINES = 5  # at least, under the heads
_NO_LIMIT = 16777215  # Qt's own, for a widget of any size


class FiguresPage(Page):
    """Arrows choose a report, Enter goes to its cells, Enter there lists the dossiers of the cell,
    Enter there opens one; Esc goes back each step. F9 shows the paper.
    """

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._is_stacked = False
        self._is_reading = False  # one report at a time is made, however fast the arrows go
        self._is_stale = False  # something else was asked for meanwhile
        self._opened = False  # a dossier was opened: who comes back goes on with the list
        self.reports: tuple[Report, ...] = ()  # those whose cells are shown
        self.choices = QListWidget()
        self.choices.setAccessibleName(_("Các báo cáo"))
        self.choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.setWordWrap(True)
        self.choices.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.choices.setItemDelegate(WholeText(self.choices))
        self.choices.addItems([_listed(name) for name in _NAMES])
        texts.fitted(self.choices, self._fit_choices)
        self.period = PeriodFields(self, lambda: desk.now().date())
        self.grouping = texts.narrow(ComboBox())
        self.grouping.setAccessibleName(_("Mỗi dòng là"))
        self._by = texts.beside(_("Mỗi dòng là"), self.grouping)
        self.period.add(self._by)
        self.title, self.days = texts.words("", "title"), texts.words("", "quiet")
        self.nothing = texts.words("", "quiet")
        self.table = ReportTable(later("Bảng của báo cáo"))
        self.definitions = texts.words("", "quiet")
        self.checks = texts.words("", "quiet")
        self.frozen = FrozenLine(desk, self)
        self.overview = OverviewPanel()
        self.behind = BehindPanel()
        self._from: QWidget = self.table  # where the cell was opened
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        out, keys = Flow(), Flow()
        self.fold = Fold(_("Kỳ, xuất, in"), self, self.period, out)
        self.paper = texts.button(_("Xem, in"), self.show_paper, "F9", self, "primary", "print")
        self.export = texts.button(_("Lưu bảng tính, PDF"), self.save, "Ctrl+E", self)
        self.wide = texts.button(_("Ẩn danh sách"), self.toggle_choices, "Alt+X", self)
        self.tables = texts.button(_("Hiện các bảng"), self.toggle_tables, "Alt+B", self)
        self.points = texts.button(_("Tự chấm"), self.ask_points, "Alt+K", self)
        self.sets = texts.button(_("Gửi định kỳ"), self.show_sets, "Alt+G", self)
        for made in (self.export, self.tables, self.points, self.wide, self.sets):
            out.add(made)
        self._inside = texts.Inside()
        right = QVBoxLayout(self._inside)
        right.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.fold.button)
        right.addLayout(head)
        for part in (self.period, self.days, self.frozen, self.nothing):
            right.addWidget(part)
        right.addWidget(self.table, 1)
        right.addWidget(self.definitions)
        right.addWidget(self.checks)
        right.addWidget(self.overview)
        right.addWidget(self.behind, 1)
        left = QVBoxLayout()
        self.heading = texts.words(_("Số liệu"), "title")
        left.addWidget(self.heading)
        left.addWidget(self.choices, 1)
        self._area = texts.scrolled(self._inside)
        self._shown = QVBoxLayout()
        self._shown.addWidget(self._area)
        texts.lines(self._area, 10)
        self._columns = Columns()
        self._columns.turned.connect(self._turn)
        self._columns.add(left, 0)
        self._columns.add(self._shown, 1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        keys.add(self.paper)
        row.addWidget(keys)
        row.addWidget(out, 1)
        with_foot(self, self._columns, foot)

    def _connect(self) -> None:
        self.choices.currentRowChanged.connect(lambda _row: self._choose())
        self.choices.activated.connect(lambda _line: self._to_cells())
        self.period.changed.connect(self.refresh)
        self.grouping.currentIndexChanged.connect(self.refresh)
        self.frozen.changed.connect(self.refresh)
        self.table.opened.connect(self._ask_behind_cell)
        self.overview.opened.connect(self._ask_behind)
        self.table.saved.connect(self.save)
        self.table.printed.connect(self.show_paper)
        self.behind.table.opened.connect(self._open)
        texts.shortcut(self, "Esc", self._back)

    # --- room -------------------------------------------------------------------------------------

    def _turn(self, is_stacked: bool) -> None:
        """Under the list the table is a screen of its own, with one scroll bar."""
        if is_stacked:
            self._shown.addWidget(self._area.takeWidget())
            self._inside.show()
        else:
            self._area.setWidget(self._inside)
        self._area.setHidden(is_stacked)
        self._is_stacked = is_stacked
        self.fit()

    def _fit_choices(self) -> None:
        """The list some words wide, over the table as wide as that."""
        wide = self.choices.fontMetrics().averageCharWidth() * _LIST_LETTERS
        self.choices.setMinimumWidth(0 if self._is_stacked else wide)
        self.choices.setMaximumWidth(_NO_LIMIT if self._is_stacked else wide)

    def fit(self) -> None:
        """A low window gives its lines to those of the table."""
        self._fit_choices()
        self.fold.fit(is_low(self))
        texts.role(self.title, "section" if is_low(self) else "title")
        high = round(self.choices.fontMetrics().lineSpacing() * _LIST_LOW)
        self.choices.setMaximumHeight(high if self._is_stacked else _NO_LIMIT)
        self.heading.setVisible(not self._is_stacked and not self.choices.isHidden())
        QTimer.singleShot(0, self, self._give_room)  # once all has its place
        QTimer.singleShot(0, self, self.overview.fit)

    def _give_room(self) -> None:
        line = self.fontMetrics().lineSpacing()
        room = self._columns.viewport().height() - line
        for table in (self.table, self.behind.table):
            least = table.horizontalHeader().sizeHint().height() + line * _TABLE_LINES
            table.setMinimumHeight(max(least, room) if self._is_stacked else least)

    def toggle_choices(self) -> None:
        """Hide the list of reports, so that the table has the whole width, or show it again."""
        hide = not self.choices.isHidden()
        self.choices.setHidden(hide)
        self.fit()
        words = _("Hiện danh sách") if hide else _("Ẩn danh sách")
        self.wide.setText(f"{words}  ·  {texts.key_text('Alt+X')}")
        self.wide.setAccessibleName(words)
        if hide:
            self._to_cells()
        else:
            self.choices.setFocus()

    # --- from the list to a cell, its dossiers, and back ------------------------------------------

    def _to_cells(self) -> None:
        """Go to the cells; beside the list a narrow page has no room for them."""
        if is_narrow(self) and not self._is_stacked and not self.choices.isHidden():
            self.toggle_choices()
            return
        self._to(self.behind.table if self.behind.cell else self._first())

    def _first(self) -> QWidget:
        """What one goes to from the list."""
        return self.overview.first() if self.name == OVERVIEW else self.table

    def toggle_tables(self) -> None:
        """Show beside each picture of the overview its table, or hide them."""
        shown = self.overview.toggle_tables()
        words = _("Ẩn các bảng") if shown else _("Hiện các bảng")
        self.tables.setText(f"{words}  ·  {texts.key_text('Alt+B')}")
        self.tables.setAccessibleName(words)

    def _to(self, widget: QWidget) -> None:
        widget.setFocus()
        texts.into_sight(widget)

    def _back(self) -> None:
        if self.behind.cell is not None:
            self._leave_behind()
            self._to(self._from)
        elif self.choices.isHidden():
            self.toggle_choices()
        else:
            self.choices.setFocus()

    def _ask_behind_cell(self, row: ReportRow, column: str) -> None:
        for report in self.reports[:1]:
            self._ask_behind(self.table, report, row, column)

    def _ask_behind(self, where: QWidget, report: Report, row: ReportRow, column: str) -> None:
        self._from = where
        self._read_behind(Cell(report, row, column))

    def _read_behind(self, cell: Cell) -> None:
        desk = self.desk
        jobs.run_beside(
            self,
            lambda: reports.behind(desk, cell.report, cell.row, cell.column),
            partial(self._show_behind, cell),
        )

    def _show_behind(self, cell: Cell, found: Behind) -> None:
        """List the dossiers of a cell; that of a line which is one dossier opens at once."""
        if not any(cell.report is one for one in self.reports):
            return  # another one is shown by now
        if self.behind.cell is None and [one.code for one in found.rows] == [cell.row.key]:
            self._open(found.rows[0].code)
            return
        if not found.count:
            self._leave_behind()
            notices.say(_("Ô này không có hồ sơ nào."))
            return
        is_new = self.behind.cell is None
        self._show_parts(behind=True)
        self.behind.show_behind(cell, found)
        if is_new and self.isVisible():
            self._to(self.behind.table)

    def _leave_behind(self) -> None:
        self.behind.leave()
        self._show_parts(behind=False)

    def _show_parts(self, *, behind: bool) -> None:
        is_overview = self.name == OVERVIEW
        self.table.setHidden(behind or is_overview)
        self.definitions.setHidden(behind or is_overview or not self.definitions.text())
        shown = None if behind or is_overview else next(iter(self.reports), None)
        self.frozen.show_report(shown)
        self.checks.setHidden(behind or is_overview)
        self.overview.setVisible(is_overview and not behind)
        self.tables.setVisible(is_overview and not behind)
        self.export.setVisible(behind or not is_overview)
        self.nothing.setHidden(behind or not self.nothing.text())

    def _open(self, code: str) -> None:
        self._opened = True
        self.shell.open_dossier(code)

    # --- showing ----------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name of the chosen report."""
        return _NAMES[max(0, self.choices.currentRow())]

    def shown(self) -> None:
        if self.choices.currentRow() < 0:
            self.choices.setCurrentRow(0)
        else:
            self.refresh()
        jobs.run(self, lambda: progress.has_watched(self.desk), self.period.offer_origins)
        if self._opened:
            self._to_cells()
        else:
            self.choices.setFocus()
        self._opened = False

    def open(self, code: str) -> None:
        """Show the report with this name."""
        self.choices.setCurrentRow(_NAMES.index(code))

    def showing(self) -> str:
        return self.name

    def official_changed(self) -> None:
        self._leave_behind()
        self._show_nothing("")

    def changed_elsewhere(self) -> None:
        self.refresh()

    def _choose(self) -> None:
        """Nothing of another report stays under the title of this one."""
        self.behind.leave()
        self._show_nothing("")
        self._offer_groupings()
        self.refresh()

    def _offer_groupings(self) -> None:
        """Let the rows of the chosen report be grouped otherwise, where they can be."""
        ways = makers.groupings(self.name)
        with QSignalBlocker(self.grouping):
            self.grouping.clear()
            for way in ways:
                self.grouping.addItem(_(ROW_TITLES[way]), way)
        self._by.setVisible(bool(ways))
        self.points.setVisible(self.name == NineIndicesReport.name)

    def _asked(self) -> Asked | None:
        """Return what is asked for; None where a day cannot be read."""
        asked = self.period.asked()
        if asked is None:
            return None
        return makers.as_declared(self.name, replace(asked, by=self.grouping.currentData()))

    def refresh(self) -> None:
        """Make the chosen report again, for the period in the fields."""
        asked, name, desk = self._asked(), self.name, self.desk
        self.title.setText(_title(name))
        if asked is None:  # nothing of another period stays under this title
            self._leave_behind()
            self.fold.unfold()
            self.days.clear()
            self._show_nothing("")
            notices.trouble(_("Ngày của kỳ chưa đọc được; hãy ghi như 01/11/2026."))
            return
        self.fold.say(f"{asked.first:%d/%m/%Y} – {asked.last:%d/%m/%Y}")
        self.days.setText(_("Đang đếm…"))
        self._is_stale = self._is_reading
        if self._is_reading:
            return
        self._is_reading = True
        refuse = partial(self._answered, partial(self._refuse, name, asked))
        if name == OVERVIEW:
            show = partial(self._answered, self._show_overview)
            jobs.run_beside(self, lambda: overview.make(desk, asked), show, refuse)
        else:
            show = partial(self._answered, self._show)
            jobs.run_beside(self, lambda: _make(desk, name, asked), show, refuse)

    def _answered(self, then: Callable[[Any], None], value: object) -> None:
        """Show what was asked for, or ask again for what is asked for by now."""
        self._is_reading = False
        if self._is_stale:
            self.refresh()
        else:
            then(value)

    def _is_asked(self, name: str, asked: Asked) -> bool:
        """False where the next key has overtaken the answer."""
        return name == self.name and asked == self._asked()

    def _show(self, report: Report) -> None:
        if not self._is_asked(report.name, report.asked):
            return
        self.reports = (report,)
        self.title.setText(report.title)
        lines = len(report.table.rows)
        words = _n("{count} dòng. Enter ở một ô: các hồ sơ của ô; Esc về danh sách.", lines)
        counted = words.format(count=formatting.number(lines)) if lines else ""
        self.days.setText(" · ".join(filter(None, (_period_words(report.asked), counted))))
        self.nothing.setText("" if lines else _("Không có gì để báo cáo trong kỳ."))
        self.definitions.setText("\n".join(report.definitions))
        self._look_through(report.asked)
        self.table.show_table(report.title, report.table)
        self._show_again()
        self._give_room()

    def _look_through(self, asked: Asked) -> None:
        """Say under the report how much stands open of the checks before it is sent."""
        self.checks.clear()
        desk = self.desk
        jobs.run_beside(
            self, lambda: checked.open_line(desk, asked), partial(self._show_checks, asked)
        )

    def _show_checks(self, asked: Asked, line: str) -> None:
        if any(report.asked == asked for report in self.reports):
            self.checks.setText(line)

    def _show_overview(self, made: Overview) -> None:
        if not self._is_asked(OVERVIEW, made.asked):
            return
        self.reports = tuple(one.report for one in made.drawn)
        self.days.setText(_period_words(made.asked))
        self.nothing.clear()
        self.overview.show_overview(made)
        self._show_again()

    def _show_again(self) -> None:
        """List the dossiers of the cell that was open, as its report has it now."""
        opened = self.behind.cell
        self._show_parts(behind=opened is not None)
        if opened is None:
            return
        for report in self.reports:
            for row in report.table.all_rows:
                if (report.name, row.key) == (opened.report.name, opened.row.key):
                    self._read_behind(Cell(report, row, opened.column))
                    return
        self._leave_behind()

    def _refuse(self, name: str, asked: Asked, error: DeskError) -> None:
        """Say why there is no report, where another one would stand else."""
        if self._is_asked(name, asked):
            self._leave_behind()
            self.days.setText(_period_words(asked))
            self._show_nothing(error.message)

    def _show_nothing(self, why: str) -> None:
        self.reports = ()
        self.overview.clear()
        self.table.clear()
        self.definitions.clear()
        self.checks.clear()
        self.nothing.setText(why)
        self._show_parts(behind=False)

    def ask_points(self) -> None:
        """Ask for the points that the office gives itself, and count the report with them."""
        ask_points(self, self.desk, self.refresh)

    # --- out of the program -----------------------------------------------------------------------

    def show_sets(self) -> None:
        """Show the sets of reports that are sent again and again."""
        self.shell.open_page("report-sets")

    def show_paper(self) -> None:
        """The report on paper, or the overview with its pictures."""
        asked = self.period.asked()
        if self.name == OVERVIEW and asked is not None:
            title, make = _title(OVERVIEW), partial(overview.paper, self.desk, asked)
            self.shell.show_paper(Paper(title, f"tong-quan-{_days(asked)}", make))
            return
        for report in self.reports[:1]:
            self._with_reason(report, _("Xem, in"), partial(self._show_paper, report))

    def _with_reason(self, report: Report, act: str, then: Callable[[str], None]) -> None:
        if report.is_personal:
            ask_reason(self, self.desk, act, then)
        else:
            then("")

    def _show_paper(self, report: Report, reason: str) -> None:
        make = partial(exports.report_pdf, self.desk, report, reason)
        self.shell.show_paper(Paper(report.title, _file_name(report), make))

    def save(self) -> None:
        """The report as a workbook, PDF or for Word, or the list of dossiers in its place."""
        if self.behind.cell is not None:
            self.behind.table.export()
            return
        for report in self.reports[:1]:
            self._with_reason(report, _("Lưu báo cáo"), partial(self._ask_file, report))

    def _ask_file(self, report: Report, reason: str) -> None:
        proposed = str(Path.home() / f"{_file_name(report)}.xlsx")
        kinds = _("Bảng tính (*.xlsx);;PDF (*.pdf)")
        if report.name in written.WRITTEN:
            kinds = _("Bảng tính (*.xlsx);;PDF (*.pdf);;Word, viết thành văn (*.docx)")
        chosen, kind = QFileDialog.getSaveFileName(self, _("Lưu báo cáo"), proposed, kinds)
        if not chosen:
            return
        target, desk = Path(chosen), self.desk
        if not target.suffix:
            known = (suffix for suffix in (".pdf", exports.WORD) if f"*{suffix}" in kind)
            target = target.with_suffix(next(known, ".xlsx"))

        def job(work: LongWork) -> str:
            exports.save_report(desk, report, target, reason, work)
            return target.name

        said = _("Đã lưu báo cáo ra {file}.")
        jobs.run_long(self, _("Lưu báo cáo"), job, lambda name: notices.say(said.format(file=name)))


_FORMS = {"ii-06a": "II.06a", "ii-07b": "II.07b"}  # by which an official looks for them


def _listed(name: str) -> str:
    """Return the words of a report in the list: the number of its form before its title."""
    return " · ".join(filter(None, (_FORMS.get(name), _title(name))))


def _title(name: str) -> str:
    return _("Tổng quan") if name == OVERVIEW else makers.MAKERS[name].title


def _make(desk: Desk, name: str, asked: Asked) -> Report:
    asked = reports.asked_of(asked.first, asked.last, asked.origin, asked.by)
    return reports.make(desk, name, asked)


def _period_words(asked: Asked) -> str:
    """Return the period in words, and whose dossiers are counted."""
    words = _("Từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}").format(
        first=asked.first, last=asked.last
    )
    if asked.origin is Origin.ALL:
        return words
    return f"{words} · {_(ORIGIN_NAMES[asked.origin])}"


def _file_name(report: Report) -> str:
    return f"{report.name}-{_days(report.asked)}"


def _days(asked: Asked) -> str:
    return f"{asked.first:%Y%m%d}-{asked.last:%Y%m%d}"
