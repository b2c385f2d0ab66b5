"""Phục vụ: the eight items, the trend, today's visits, observation sheets, the papers."""

import calendar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cchc_desk.actions.courtesy import courtesy, courtesy_papers
from cchc_desk.actions.courtesy.courtesy import WeeklyCard
from cchc_desk.domain.courtesy import Moment, Observation, Visit, asked_of, monday_of
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.table import Column, Listing
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.courtesy.dialogs import MARKS, ItemsDialog, ObservationDialog
from ui.courtesy.figures import MOMENTS, tally_lines
from ui.courtesy.trend import TrendChart
from ui.documents.printing import Paper
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import is_narrow
from ui.widgets.tables.line_table import LineTable


@dataclass(frozen=True)
class _VisitRow:
    """A visit, and how many items it called for."""

    visit: Visit
    called_for: int


@dataclass(frozen=True)
class _SheetRow:
    """An observation sheet, and the name of whom it is about."""

    sheet: Observation
    official: str


_VISIT_COLUMNS: tuple[Column[_VisitRow], ...] = (
    Column(later("Lúc"), lambda row: f"{row.visit.at:%H:%M}"),
    Column(later("Việc"), lambda row: _(MOMENTS[row.visit.moment.value])),
    Column(later("Điều"), lambda row: f"{len(row.visit.done)}/{row.called_for}"),
    Column(later("Hồ sơ"), lambda row: row.visit.code),
)
_SHEET_COLUMNS: tuple[Column[_SheetRow], ...] = (
    Column(later("Lúc"), lambda row: formatting.short(row.sheet.at), sort=lambda row: row.sheet.at),
    Column(later("Về ai"), lambda row: row.official),
    Column(later("Đã thấy"), lambda row: ", ".join(_counted(row.sheet))),
)


class CourtesyPage(Page):
    """The week item by item, the weeks before, today's visits, a supervisor's observations."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.monday = monday_of(desk.now().date())
        self._officials: tuple[Official, ...] = ()
        self.whose = texts.narrow(ComboBox())
        self.whose.setMinimumContentsLength(24)
        self.whose.setAccessibleName(_("Phiếu tuần của ai"))
        self.whose.currentIndexChanged.connect(lambda _index: self._ask_card())
        self.week = texts.words("", "section", wrap=False)
        self.why_not = texts.words("", "warning")
        self.items = LineTable(later("Tám điều trong tuần"), ordered=True)
        self.values = [texts.words("", wrap=False) for _label in range(4)]
        self.labels = [texts.words("", "quiet") for _label in range(4)]
        self.trend = TrendChart()
        self.legend = texts.words(
            _("Tám tuần qua. Cột: tự chấm; ☺: công dân đánh giá, trên 5."), "quiet"
        )
        self.visits_title = texts.words("", "section", wrap=False)
        self.visits = LineTable(later("Lượt hôm nay tự chấm"), ordered=True)
        self.visits.chosen.connect(shell.open_dossier)
        self.no_visits = texts.words(
            _("Chưa ghi lượt nào hôm nay. Khi tiếp công dân: Ctrl+1 … Ctrl+8, rồi Ctrl+9 để ghi."),
            "quiet",
        )
        self.sheets_title = texts.words("", "section", wrap=False)
        self.sheets = LineTable(later("Các phiếu quan sát"))
        self.sheets.chosen.connect(self._show_sheet)
        self.no_sheets = texts.words(_("Chưa có phiếu quan sát nào."), "quiet")
        for table in (self.items, self.visits):  # few and narrow columns
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.official_changed()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._week_row())
        for part in (self.why_not, self.items, self.visits_title, self.no_visits):
            left.addWidget(part)
        left.addWidget(self.visits, 1)
        left.addWidget(texts.words(_("Lời nên tránh → lời nên nói"), "section", wrap=False))
        for words in courtesy.words_for(self.desk, Moment.GREETING).avoid:
            left.addWidget(texts.words(f"“{words.avoid}” → “{words.prefer}”", "quiet"))
        left.addStretch(0)
        right.addLayout(self._figures())
        right.addSpacing(SPACE)
        for widget in (self.trend, self.legend, self.sheets_title, self.no_sheets):
            right.addWidget(widget)
        right.addWidget(self.sheets, 1)
        right.addStretch(0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(2 * SPACE)
        for column in (left, right):
            column.setSpacing(SPACE)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(16, 12, 16, 4)
        head = QHBoxLayout()
        head.addWidget(texts.words(_("Phục vụ: 4 xin, 4 luôn"), "title"), 1)
        head.addWidget(self.whose)
        whole.addLayout(head)
        whole.addWidget(texts.words(courtesy.source(), "quiet"))
        whole.addLayout(self._columns, 1)
        self._inside = whole
        self._keys = self._make_keys()
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(16, 4, 16, 10)
        self._foot.addWidget(self.card, 0, Qt.AlignmentFlag.AlignLeft)
        self._foot.addWidget(self._keys, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(texts.scrolled(inside), 1)
        page.addLayout(self._foot)

    def fit(self) -> None:
        directions, narrow = QBoxLayout.Direction, is_narrow(self)
        self._columns.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        # Under large type they would leave no room.
        (self._inside if narrow else self._foot).addWidget(self._keys, 0 if narrow else 1)

    def _week_row(self) -> Flow:
        row = Flow()
        row.add(self.week)
        row.add(texts.button(_("Tuần trước"), partial(self._turn, -7), "Alt+Left", self))
        self.next = texts.button(_("Tuần sau"), partial(self._turn, 7), "Alt+Right", self)
        row.add(self.next)
        return row

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(SPACE // 2)
        for row, (label, value) in enumerate(zip(self.labels, self.values, strict=True)):
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _make_keys(self) -> Flow:
        self.card = texts.button(
            _("Xem, in phiếu tuần"), self.show_card, "F9", self, "primary", "print"
        )
        self.blank = texts.button(
            _("Phiếu quan sát trống"), partial(self._show_sheet, ""), "Alt+T", self
        )
        self.observe = texts.button(_("Ghi quan sát"), self.fill_sheet, "Alt+Q", self)
        self.report = texts.button(_("Báo cáo tháng"), self.show_report, "Alt+B", self)
        self.reword = texts.button(_("Sửa lời, thứ tự"), self.edit_items, "Alt+S", self)
        keys = Flow()
        for made in (self.blank, self.observe, self.report, self.reword):
            keys.add(made)
        return keys

    # --- showing ----------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        self._focus_first()

    def _focus_first(self) -> None:
        """The week where there is one, else who is asked for, else what is left to do."""
        next(
            part
            for part in (self.items, self.whose, self.report, self.blank)
            if part.isVisibleTo(self)
        ).setFocus()

    def official_changed(self) -> None:
        """A leader may choose whose card; everybody else has their own."""
        self.monday = monday_of(self.desk.now().date())
        role = self.desk.official.role if self.desk.official else Role.CLERK
        self._officials = ()
        self.whose.setVisible(role is Role.LEADER)
        self.observe.setVisible(role is Role.LEADER)
        for made in (self.report, self.reword):
            made.setVisible(role in (Role.LEADER, Role.ADMINISTRATOR))
        for made in (self.card, self.blank):
            made.setVisible(role is not Role.ADMINISTRATOR)
        self._show_nothing("")

    def refresh(self) -> None:
        """Asks again for everything on the page."""
        desk = self.desk
        if desk.official is not None and desk.official.role is Role.ADMINISTRATOR:
            self._show_nothing(_("Quản trị không có phiếu tuần; báo cáo của quầy: Alt+B."))
            return
        jobs.run(self, lambda: courtesy.colleagues(desk), self._show_officials)
        jobs.run(self, lambda: courtesy.visits_today(desk), self._show_visits)
        jobs.run(self, lambda: courtesy.observations(desk), self._show_sheets)

    def _show_officials(self, officials: tuple[Official, ...]) -> None:
        if officials != self._officials:
            self._officials = officials
            self.whose.blockSignals(True)
            self.whose.clear()
            for official in officials:
                self.whose.addItem(official.name, official.id)
            self.whose.blockSignals(False)
        self._ask_card()

    def _turn(self, days: int) -> None:
        self.monday += timedelta(days=days)
        self._ask_card()

    def _ask_card(self) -> None:
        desk, whose, monday = self.desk, self.whose.currentData(), self.monday
        sunday = monday + timedelta(days=6)
        self.week.setText(
            _("Tuần {monday} – {sunday}").format(
                monday=f"{monday:%d/%m}", sunday=f"{sunday:%d/%m/%Y}"
            )
        )
        texts.allow(self.next, None if sunday < desk.now().date() else _("Tuần này chưa hết."))
        if whose is not None:
            jobs.run(
                self,
                lambda: courtesy.weekly_card(desk, whose, monday),
                self._show_card,
                self._no_card,
            )

    def _no_card(self, error: DeskError) -> None:
        self._show_nothing(error.message)

    def _show_nothing(self, why: str) -> None:
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why))
        self._show_week(shown=False)
        self.items.fill(Listing(courtesy_papers.ITEM_COLUMNS, ()))
        self.trend.show_points(())
        for part in (*self.labels, *self.values):
            part.setText("")

    def _show_week(self, *, shown: bool) -> None:
        if self.items.hasFocus() and not shown:
            self.whose.setFocus()  # Qt would scroll down to the next table
        texts.allow(self.card, None if shown else self.why_not.text())
        for part in (self.items, self.trend, self.legend):
            part.setVisible(shown)

    def _show_card(self, card: WeeklyCard) -> None:
        self.why_not.hide()
        self._show_week(shown=True)
        self.items.fill(Listing(courtesy_papers.ITEM_COLUMNS, card.tally.items))
        _show_whole(self.items)
        for (label, value), shown, beside in zip(
            tally_lines(card.tally), self.labels, self.values, strict=True
        ):
            shown.setText(label)
            beside.setText(value)
        self.trend.show_points(card.trend)

    def _show_visits(self, visits: tuple[Visit, ...]) -> None:
        eight = courtesy.items(self.desk)
        self.visits_title.setText(
            _n("Hôm nay tôi tự chấm {n} lượt", len(visits)).format(n=len(visits))
        )
        rows = [_VisitRow(visit, len(asked_of(visit, eight))) for visit in reversed(visits)]
        self.visits.fill(Listing(_VISIT_COLUMNS, rows), lambda row: row.visit.code)
        self.visits.setVisible(bool(rows))
        self.no_visits.setVisible(not rows)

    def _show_sheets(self, sheets: tuple[Observation, ...]) -> None:
        names = {official.id: official.name for official in self._officials}
        self.sheets_title.setText(_n("{n} phiếu quan sát", len(sheets)).format(n=len(sheets)))
        rows = [_SheetRow(sheet, names.get(sheet.official, sheet.official)) for sheet in sheets]
        self.sheets.fill(Listing(_SHEET_COLUMNS, rows), lambda row: row.sheet.id)
        self.sheets.setVisible(bool(rows))
        self.no_sheets.setVisible(not rows)

    # --- papers and dialogs -----------------------------------------------------------------------

    def show_card(self) -> None:
        """The week's card as it comes out of the printer."""
        desk, whose, monday = self.desk, self.whose.currentData(), self.monday
        make = partial(courtesy_papers.weekly_card_pdf, desk, whose, monday)
        self.shell.show_paper(Paper(_("Phiếu tuần"), f"phieu-tuan-{whose}-{monday:%Y-%m-%d}", make))

    def show_report(self) -> None:
        """The desk's report of the month in which the shown week begins."""
        desk, first = self.desk, self.monday.replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        make = partial(courtesy_papers.desk_report_pdf, desk, first, last)
        self.shell.show_paper(Paper(_("Báo cáo tháng"), f"4-xin-4-luon-{first:%Y-%m}", make))

    def _show_sheet(self, observation: str) -> None:
        make = partial(courtesy_papers.observation_sheet_pdf, self.desk, observation)
        self.shell.show_paper(Paper(_("Phiếu quan sát"), "phieu-quan-sat", make))

    def fill_sheet(self) -> None:
        """The leader fills the observation sheet."""
        ObservationDialog(self, self.desk, self._officials[1:], self._observed).open()

    def _observed(self, _sheet: object) -> None:
        notices.say(
            _("Đã ghi phiếu quan sát; người được quan sát đọc được trên phiếu tuần của mình.")
        )
        self.refresh()

    def edit_items(self) -> None:
        """The desk's own wording and order."""
        ItemsDialog(self, self.desk, self._reworded).open()

    def _reworded(self, _items: object) -> None:
        notices.say(_("Đã lưu lời và thứ tự của «4 xin, 4 luôn»."))
        self.refresh()


def _show_whole(table: LineTable) -> None:
    """As high as its lines: eight need no scrolling."""
    frame = 2 * table.frameWidth() + table.fontMetrics().lineSpacing() // 2
    table.setFixedHeight(
        table.horizontalHeader().sizeHint().height() + table.verticalHeader().length() + frame
    )


def _counted(sheet: Observation) -> list[str]:
    """`5 Đã làm`, `2 Cần làm tốt hơn`: how many items of each mark."""
    seen = [mark for _key, mark in sheet.marks]
    return [f"{seen.count(mark)} {_(words_)}" for mark, words_ in MARKS.items() if seen.count(mark)]
