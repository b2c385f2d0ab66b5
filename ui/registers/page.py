"""Sổ sách: the registers of the desk at the left, the chosen one at the right, on paper with one
key.
"""

from functools import partial
from itertools import zip_longest
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.documents import window_papers
from cchc_desk.actions.intake import paper_receipts
from cchc_desk.actions.office import catalogue
from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.domain.table import Listing
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.printing import Paper
from ui.look import texts
from ui.registers.books import BOOKS, RECEIPTS, Book, Content, Scope
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.ask import write
from ui.widgets.display.chart import Chart
from ui.widgets.fields.date_field import DayField
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable


class RegistersPage(Page):
    """Arrows choose a register, Enter goes to its lines, Enter there opens the dossier, F9 shows
    the paper.
    """

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._opened = False  # a line was opened: who comes back goes on with the lines
        today = desk.now().date()
        self.books = QListWidget()
        self.books.setAccessibleName(_("Các sổ"))
        self.books.addItems([_(book.name) for book in BOOKS])
        longest = _("Bổ sung: công dân đã mang tới")
        texts.fitted(
            self.books,
            lambda: self.books.setFixedWidth(
                self.books.fontMetrics().horizontalAdvance(longest) + 60
            ),
        )
        self.first, self.last = (
            DayField(_("Từ ngày"), today.year),
            DayField(_("Đến ngày"), today.year),
        )
        self.first.set_day(today.replace(month=1, day=1))
        self.last.set_day(today)
        self.field = texts.narrow(QComboBox())
        self.field.setAccessibleName(_("Lĩnh vực"))
        self.field.addItem(_("mọi lĩnh vực"))
        self.title, self.said = texts.words("", "title"), texts.words("", "section")
        self.nothing = texts.words("", "quiet")
        self.charts = (Chart(), Chart())
        self.table = LineTable(later("Các dòng của sổ"))
        self.asked = {
            "from": (texts.words(_("Từ ngày"), wrap=False), self.first),
            "to": (texts.words(_("Đến ngày"), wrap=False), self.last),
            "field": (texts.words(_("Lĩnh vực"), wrap=False), self.field),
        }
        self._lay_out()
        self._connect()
        jobs.run(self, lambda: catalogue.fields(desk), self.field.addItems)

    def _lay_out(self) -> None:
        scope = QGridLayout()
        for name, place in (("from", (0, 0)), ("to", (0, 2)), ("field", (1, 0))):
            label, field = self.asked[name]
            scope.addWidget(label, *place)
            scope.addWidget(field, place[0], place[1] + 1, 1, 3 if name == "field" else 1)
        scope.setColumnStretch(4, 1)
        self.paper = texts.button(_("Xem, in"), self.show_paper, "F9", self, "primary", "print")
        self.more = texts.button(_("In thêm giấy số"), self.print_blank, "Alt+N", self)
        self.void = texts.button(_("Hủy một giấy"), self.void_one, "Alt+H", self)
        keys = Flow()
        for made in (self.paper, self.more, self.void):
            keys.add(made)
        inside = texts.Inside()
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, scope, self.said, *self.charts, self.nothing):
            right.addWidget(part) if isinstance(part, QWidget) else right.addLayout(part)
        right.addWidget(self.table, 1)
        right.addWidget(keys)
        left = QVBoxLayout()
        left.addWidget(texts.words(_("Sổ sách"), "title"))
        left.addWidget(self.books, 1)
        shown, area = QVBoxLayout(), texts.scrolled(inside)
        shown.addWidget(area)
        texts.lines(area, 10)
        columns = Columns()
        columns.add(left, 0)
        columns.add(shown, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(columns)

    def _connect(self) -> None:
        self.books.currentRowChanged.connect(lambda _: self.refresh())
        self.books.itemActivated.connect(lambda _: self.table.setFocus())
        self.first.editingFinished.connect(self.refresh)
        self.last.editingFinished.connect(self.refresh)
        self.field.currentIndexChanged.connect(lambda _: self.refresh())
        self.table.chosen.connect(self._open)
        for chart in self.charts:
            chart.wanted.connect(partial(self._draw, chart))
        texts.shortcut(self, "Esc", self.books.setFocus)

    # --- showing ----------------------------------------------------------------------------------

    @property
    def book(self) -> Book[Any]:
        return BOOKS[max(0, self.books.currentRow())]

    def shown(self) -> None:
        if self.books.currentRow() < 0:
            self.books.setCurrentRow(0)
        self.refresh()
        (self.table if self._opened else self.books).setFocus()
        self._opened = False

    def open(self, code: str) -> None:
        """Shows the register with this name."""
        self.books.setCurrentRow([book.name for book in BOOKS].index(code))

    def official_changed(self) -> None:
        self.table.fill(Listing((), ()))

    def scope(self) -> Scope | None:
        """Read the fields of this register; None, with a sentence, when a day cannot be read."""
        today = self.desk.now().date()
        if "period" not in self.book.asks and "year" not in self.book.asks:
            return Scope(today.replace(month=1, day=1), today, self._asked_field())
        try:
            first, last = (
                self.first.day() or today.replace(month=1, day=1),
                self.last.day() or today,
            )
        except ValueError:
            notices.trouble(_("Ngày của kỳ chưa đọc được; hãy ghi như 01/11/2026."))
            return None
        return Scope(first, last, self._asked_field())

    def _asked_field(self) -> str:
        return self.field.currentText() if self.field.currentIndex() else ""

    def refresh(self) -> None:
        """Asks for the chosen register again."""
        book, scope, desk = self.book, self.scope(), self.desk
        self.title.setText(_(book.name))
        for name, widgets in self.asked.items():
            wanted = "field" in book.asks if name == "field" else "period" in book.asks
            wanted = wanted or (name == "to" and "year" in book.asks)
            for widget in widgets:
                widget.setVisible(wanted)
        self.paper.setVisible(book.paper is not None)
        self.more.setVisible(book.name == RECEIPTS)
        self.void.setVisible(book.name == RECEIPTS)
        if scope:
            jobs.run(self, lambda: book.read(desk, scope), partial(self._show, book))
        else:  # nothing of another register, or another period, stays under this title
            self._show(book, Content(()))
            self.nothing.clear()

    def _show(self, book: Book[Any], content: Content[Any]) -> None:
        if book is not self.book:
            return  # overtaken by the next key
        self.said.setText(content.said)
        self.said.setVisible(bool(content.said))
        lines = len(content.rows)
        count = _n("{count} dòng. Enter mở, Esc về danh sách sổ.", lines).format(
            count=formatting.number(lines)
        )
        self.nothing.setText(count if content.rows else _(book.nothing))
        for chart, bars in zip_longest(self.charts, content.charts):
            chart.show_bars(bars)
        self.table.rename(book.name)
        self.table.fill(Listing(book.columns, content.rows), book.code)

    def _draw(self, chart: Chart, bars: Bars, look: ChartLook) -> None:
        jobs.run(chart, lambda: window_papers.chart_svg(bars, look), chart.show_svg)

    def _open(self, code: str) -> None:
        self._opened = True
        if self.book.opens == "registration":
            self.shell.open_registration(code)
        else:
            self.shell.open_dossier(code)

    # --- paper ------------------------------------------------------------------------------------

    def show_paper(self) -> None:
        """The register on paper."""
        book, scope, desk = self.book, self.scope(), self.desk
        make = book.paper
        if make and scope:
            self.shell.show_paper(Paper(_(book.name), book.name, lambda: make(desk, scope)))

    def print_blank(self) -> None:
        """Numbers for days without power: given out once, then shown to be printed."""
        typed = write(
            self,
            _("In sẵn bao nhiêu giấy hẹn? (1–{most})").format(most=paper_receipts.MOST),
            text="20",
        )
        desk = self.desk
        if typed is not None and typed.strip().isdecimal():
            count = int(typed.strip()[:6])
            jobs.run(self, lambda: paper_receipts.print_blank(desk, count), self._blank_made)
        elif typed is not None:
            notices.trouble(_("Hãy ghi một số, ví dụ 20."))

    def _blank_made(self, made: tuple[tuple[str, ...], bytes]) -> None:
        given, pdf = made
        self.refresh()
        self.shell.show_paper(
            Paper(f"{RECEIPTS} {given[0]} – {given[-1]}", f"giay-hen-{given[0]}", lambda: pdf)
        )

    def void_one(self) -> None:
        """A spoilt or lost receipt, with the reason."""
        receipt = self.table.current()
        number = write(self, _("Hủy giấy hẹn số nào?"), text=receipt.number if receipt else "")
        reason = (
            write(self, _("Vì sao hủy giấy {number}?").format(number=number)) if number else None
        )
        desk = self.desk
        if number and reason is not None:
            jobs.run(
                self, lambda: paper_receipts.void(desk, number, reason), lambda _: self.refresh()
            )
