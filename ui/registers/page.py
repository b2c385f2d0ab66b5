"""Sổ sách: the registers of the desk at the left, the chosen one at the right, on paper with one
key.
"""

from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.actions.intake import paper_receipts
from cchc_desk.actions.papers import window_papers
from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.domain.figures import ORIGIN_NAMES, Origin
from cchc_desk.domain.papers.paper_receipts import PaperReceipt
from cchc_desk.domain.table import Listing
from cchc_desk.domain.time.spans import Span, days_of
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.printing import Paper
from ui.look import texts
from ui.registers import absences, personal_data
from ui.registers.books import BOOKS, RECEIPTS, Book, Content, Scope, leaving
from ui.shell import jobs, notices, questions
from ui.shell.export_reason import ask_reason
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.display.chart import Chart
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.error_row import mark
from ui.widgets.fields.period import SPAN_WORDS
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import Fold, is_low, is_narrow, with_foot
from ui.widgets.question_panel import Line
from ui.widgets.tables.line_table import LineTable, opens_nothing

_BOOKS_LOW = 4.5  # lines of the list of registers over the lines of one
_TABLE_LINES = 6
_NO_LIMIT = 16777215  # Qt's own, for a widget of any height


class RegistersPage(Page):
    """Arrows choose a register, Enter goes to its lines, Enter there opens the dossier, F9 shows
    the paper.
    """

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._is_stacked = False
        self._counted = ""  # how many lines there are, in words
        self._opened = False  # a line was opened: who comes back goes on with the lines
        today = desk.now().date()
        self.books = QListWidget()
        self.books.setAccessibleName(_("Các sổ"))
        self.books.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names = [_(book.name) for book in BOOKS]
        self.books.addItems(names)
        self._names = names
        texts.fitted(self.books, self._fit_books)
        self.first, self.last = (
            DayField(_("Từ ngày"), today.year),
            DayField(_("Đến ngày"), today.year),
        )
        self.first.set_day(today.replace(month=1, day=1))
        self.last.set_day(today)
        self.field = texts.narrow(ComboBox())
        self.field.setAccessibleName(_("Lĩnh vực"))
        self.field.setMinimumContentsLength(16)
        self.field.addItem(_("mọi lĩnh vực"))
        self._has_watched = False  # else there is no origin to choose
        self.origin = texts.narrow(ComboBox())
        self.origin.setAccessibleName(_("Hồ sơ được tính"))
        origins = [_(name) for name in ORIGIN_NAMES.values()]
        self.origin.setMinimumContentsLength(max(map(len, origins)))
        self.origin.addItems(origins)
        self.title, self.said = texts.words("", "title"), texts.words("", "section")
        self.nothing = texts.words("", "quiet")
        self.charts = (Chart(), Chart())
        self.table = LineTable(later("Các dòng của sổ"))
        self.spans = Flow()
        for number, (span, words) in enumerate(SPAN_WORDS.items(), 1):
            choose = partial(self.choose_span, span)
            self.spans.add(texts.button(_(words), choose, f"Alt+{number}", self, "small"))
        self.asked = {
            "from": texts.beside(_("Từ ngày"), self.first),
            "to": texts.beside(_("Đến ngày"), self.last),
            "field": texts.beside(_("Lĩnh vực"), self.field),
            "origin": texts.beside(_("Hồ sơ"), self.origin),
        }
        self._lay_out()
        self._connect()
        jobs.run(self, lambda: catalogue.fields(desk), self.field.addItems)

    def _lay_out(self) -> None:
        scope, period, any_book = Flow(), QWidget(), Flow()
        for asked in self.asked.values():
            scope.add(asked)
        asks = QVBoxLayout(period)
        asks.setContentsMargins(0, 0, 0, 0)
        asks.addWidget(self.spans)
        asks.addWidget(scope)
        self.fold = Fold(_("Xuất, in"), self, period, any_book)
        self.paper = texts.button(_("Xem, in"), self.show_paper, "F9", self, "primary", "print")
        self.more = texts.button(_("In thêm giấy số"), self.print_blank, "Alt+N", self)
        self.void = texts.button(_("Hủy một giấy"), self.void_one, "Alt+H", self)
        self.personal = tuple(
            texts.button(_(words), partial(self._do, act), key, self)
            for words, key, act in personal_data.ACTS
        )
        self.away = tuple(
            texts.button(_(words), partial(self._do, act), key, self)
            for words, key, act in absences.ACTS
        )
        self.export = texts.button(_("Xuất bảng tính"), self.table.export, "Ctrl+E", self)
        self.print = texts.button(_("In danh sách"), self.table.show_paper, "Ctrl+P", self)
        self.wide = texts.button(_("Ẩn danh sách sổ"), self.toggle_books, "Alt+X", self)
        keys = Flow()
        for made in (self.paper, self.more, self.void, *self.personal, *self.away):
            keys.add(made)
        for made in (self.export, self.print, self.wide):
            any_book.add(made)
        inside = texts.Inside()
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.fold.button)
        right.addLayout(head)
        for part in (period, self.said, *self.charts, self.nothing):
            right.addWidget(part)
        right.addWidget(self.table, 1)
        left = QVBoxLayout()
        self.heading = texts.words(_("Sổ sách"), "title")
        left.addWidget(self.heading)
        left.addWidget(self.books, 1)
        self._inside, self._area = inside, texts.scrolled(inside)
        self._shown = QVBoxLayout()
        self._shown.addWidget(self._area)
        texts.lines(self._area, 10)
        columns = self._columns = Columns()
        columns.turned.connect(self._turn)
        columns.add(left, 0)
        columns.add(self._shown, 1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(keys)
        row.addWidget(any_book, 1)
        with_foot(self, columns, foot)

    def _turn(self, is_stacked: bool) -> None:
        """Under the list of registers the lines are a screen of their own, with one scroll bar."""
        if is_stacked:
            self._shown.addWidget(self._area.takeWidget())
            self._inside.show()
        else:
            self._area.setWidget(self._inside)
        self._area.setHidden(is_stacked)
        self._is_stacked = is_stacked
        self.fit()

    def _fit_books(self) -> None:
        """The list as wide as its longest name, over the lines as wide as they are."""
        bar = self.books.verticalScrollBar().sizeHint().width()
        wide = max(map(self.books.fontMetrics().horizontalAdvance, self._names)) + 40 + bar
        self.books.setMinimumWidth(0 if self._is_stacked else wide)
        self.books.setMaximumWidth(_NO_LIMIT if self._is_stacked else wide)

    def fit(self) -> None:
        """A low window gives its lines to those of the register."""
        self._fit_books()
        self.fold.fit(is_low(self))
        texts.role(self.title, "section" if is_low(self) else "title")
        line, most = self.books.fontMetrics().lineSpacing(), self.books.maximumHeight()
        high = round(line * _BOOKS_LOW) if self._is_stacked else _NO_LIMIT
        if most != high:
            self.books.setMaximumHeight(high)
        self.heading.setVisible(not self._is_stacked and not self.books.isHidden())
        QTimer.singleShot(0, self, self._give_room)  # once all has its place

    def _give_room(self) -> None:
        """Under the list of registers the lines have a screen of their own."""
        line = self.fontMetrics().lineSpacing()
        least, room = line * _TABLE_LINES, self._columns.viewport().height() - line
        self.table.setMinimumHeight(max(least, room) if self._is_stacked else least)

    def _connect(self) -> None:
        self.books.currentRowChanged.connect(lambda _: self.refresh())
        self.books.activated.connect(lambda _line: self._to_lines())
        self.first.editingFinished.connect(self.refresh)
        self.last.editingFinished.connect(self.refresh)
        self.field.currentIndexChanged.connect(lambda _: self.refresh())
        self.origin.currentIndexChanged.connect(lambda _: self.refresh())
        self.table.chosen.connect(self._open)
        self.table.left.connect(self._say_left)
        for chart in self.charts:
            chart.wanted.connect(partial(self._draw, chart))
        texts.shortcut(self, "Esc", self._to_books)

    def _to_lines(self) -> None:
        """Go to the lines of the register; beside the list a narrow page has no room for them."""
        if is_narrow(self) and not self._is_stacked and not self.books.isHidden():
            self.toggle_books()
            return
        self.table.setFocus()
        texts.into_sight(self.table)

    def _to_books(self) -> None:
        if self.books.isHidden():
            self.toggle_books()
        else:
            self.books.setFocus()

    def toggle_books(self) -> None:
        """Hide the list of registers, so that the lines have the whole width, or show it again."""
        hide = not self.books.isHidden()
        self.books.setHidden(hide)
        self.fit()
        words = _("Hiện danh sách sổ") if hide else _("Ẩn danh sách sổ")
        self.wide.setText(f"{words}  ·  {texts.key_text('Alt+X')}")
        self.wide.setAccessibleName(words)
        if hide:
            self._to_lines()
        else:
            self.books.setFocus()

    def choose_span(self, span: Span) -> None:
        """The period of a register at one key."""
        if "period" in self.book.asks:
            for field, day in zip(
                (self.first, self.last), days_of(span, self.desk.now().date()), strict=True
            ):
                field.set_day(day)
            self.refresh()

    # --- showing ----------------------------------------------------------------------------------

    @property
    def book(self) -> Book[Any]:
        return BOOKS[max(0, self.books.currentRow())]

    def shown(self) -> None:
        if self.books.currentRow() < 0:
            self.books.setCurrentRow(0)
        self.refresh()
        jobs.run(self, lambda: progress.has_watched(self.desk), self._offer_origins)
        if self._opened:
            self._to_lines()
        else:
            self.books.setFocus()
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
            first, last = today.replace(month=1, day=1), today
            return Scope(first, last, self._asked_field(), self._asked_origin())
        try:
            first, last = (
                self.first.day() or today.replace(month=1, day=1),
                self.last.day() or today,
            )
        except ValueError:
            for field in (self.first, self.last):
                mark(field, wrong=not field.is_readable)
            self.fold.unfold()
            notices.trouble(_("Ngày của kỳ chưa đọc được; hãy ghi như 01/11/2026."))
            return None
        for field in (self.first, self.last):
            mark(field, wrong=False)
        return Scope(first, last, self._asked_field(), self._asked_origin())

    def _asked_field(self) -> str:
        return self.field.currentText() if self.field.currentIndex() else ""

    def _asked_origin(self) -> Origin:
        return (
            tuple(ORIGIN_NAMES)[self.origin.currentIndex()] if self._asks("origin") else Origin.ALL
        )

    def _asks(self, name: str) -> bool:
        """True where the register is asked for by this field."""
        asks = self.book.asks
        if name == "origin":
            return name in asks and self._has_watched
        if name == "field":
            return name in asks
        return "period" in asks or (name == "to" and "year" in asks)

    def _offer_origins(self, has_watched: bool) -> None:
        self._has_watched = has_watched
        self.asked["origin"].setVisible(self._asks("origin"))

    def refresh(self) -> None:
        """Asks for the chosen register again."""
        book, scope, desk = self.book, self.scope(), self.desk
        self.title.setText(_(book.name))
        for name, asked in self.asked.items():
            asked.setVisible(self._asks(name))
        self.spans.setVisible("period" in book.asks)
        if scope and "period" in book.asks:
            self.fold.say(f"{scope.first:%d/%m/%Y} – {scope.last:%d/%m/%Y}")
        else:
            self.fold.say(_("Xuất, in"))
        self.paper.setVisible(book.paper is not None)
        self.more.setVisible(book.name == RECEIPTS)
        self.void.setVisible(book.name == RECEIPTS)
        for made in self.personal:
            made.setVisible(book.name == personal_data.REQUESTS)
        for made in self.away:
            made.setVisible(book.name == absences.ABSENCES)
        if scope:
            show = partial(self._show, book, origin=scope.origin)
            refuse = partial(self._refuse, book)
            jobs.run(self, lambda: book.read(desk, scope), show, refuse)
        else:  # nothing of another register, or another period, stays under this title
            self._show(book, Content(()))
            self.nothing.clear()

    def _show(self, book: Book[Any], content: Content[Any], origin: Origin = Origin.ALL) -> None:
        if book is not self.book:
            return  # overtaken by the next key
        self.said.setText(content.said)
        self.said.setVisible(bool(content.said))
        lines = len(content.rows)
        count = (
            _n("{count} dòng. Esc về danh sách sổ.", lines)
            if book.code is opens_nothing
            else _n("{count} dòng. Enter mở, Esc về danh sách sổ.", lines)
        ).format(count=formatting.number(lines))
        self._counted = count if content.rows else _(book.nothing)
        for chart, bars in zip_longest(self.charts, content.charts):
            chart.show_bars(bars)
        self.table.rename(book.name, "" if origin is Origin.ALL else ORIGIN_NAMES[origin])
        self.table.leaving = leaving(book.columns)
        self.table.fill(Listing(book.columns, content.rows), book.code)
        self._say_left()

    def _say_left(self) -> None:
        """Say under the title how many lines there are and how many columns have left."""
        left = self.table.left_out if self.table.model_.rows else 0
        where = _n("Thiếu chỗ cho {n} cột: Alt+O chọn.", left)
        self.nothing.setText(" ".join([self._counted, *([where.format(n=left)] if left else [])]))

    def _refuse(self, book: Book[Any], error: DeskError) -> None:
        """Say why there are no lines, where those of another register would stand else."""
        if book is self.book:
            self._show(book, Content(()))
            self.nothing.setText(error.message)

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
        book, scope = self.book, self.scope()
        if book.paper and scope and book.lists_citizens:
            ask_reason(self, self.desk, _(book.name), partial(self._show_paper, book, scope))
        elif book.paper and scope:
            self._show_paper(book, scope, "")

    def _show_paper(self, book: Book[Any], scope: Scope, reason: str) -> None:
        make, desk, scope = book.paper, self.desk, replace(scope, reason=reason)
        if make:
            self.shell.show_paper(Paper(_(book.name), book.name, lambda: make(desk, scope)))

    def _do(self, act: absences.Act) -> None:
        act(self, self.table.current())

    def print_blank(self) -> None:
        """Numbers for days without power: given out once, then shown to be printed."""
        question = _("In sẵn bao nhiêu giấy hẹn? (1–{most})").format(most=paper_receipts.MOST)
        desk, count = self.desk, _Count(question, "20", name="count", needed=True)
        questions.ask(
            self,
            _("In thêm giấy số"),
            (count,),
            _("In"),
            lambda: partial(paper_receipts.print_blank, desk, int(count.value)),
            self._blank_made,
        )

    def _blank_made(self, made: tuple[tuple[str, ...], bytes]) -> None:
        given, pdf = made
        self.refresh()
        self.shell.show_paper(
            Paper(f"{RECEIPTS} {given[0]} – {given[-1]}", f"giay-hen-{given[0]}", lambda: pdf)
        )

    def void_one(self) -> None:
        """A spoilt or lost receipt, with the reason."""
        receipt, desk = self.table.current(), self.desk
        known = receipt.number if receipt else ""
        number = Line(_("Hủy giấy hẹn số nào?"), known, name="number", needed=True)
        reason = Line(_("Vì sao hủy?"), name="reason", needed=True)
        questions.ask(
            self,
            _("Hủy một giấy"),
            (number, reason),
            _("Hủy giấy"),
            lambda: partial(paper_receipts.void, desk, number.value, reason.value),
            self._voided,
        )

    def _voided(self, receipt: PaperReceipt) -> None:
        desk, number = self.desk, receipt.number
        said = _("Đã hủy giấy hẹn in sẵn số {number}.").format(number=number)

        def restored(_receipt: PaperReceipt) -> None:
            notices.say(_("Đã hoàn tác: {done}").format(done=said))
            self.refresh()

        notices.undoable(
            said,
            lambda: jobs.run(
                self, lambda: paper_receipts.restore(desk, number, JUST_DONE), restored
            ),
        )
        self.refresh()


class _Count(Line):
    """A line for a number."""

    def problem(self) -> str:
        is_number = self.value.isdecimal() and len(self.value) < 7
        return "" if is_number else _("Hãy ghi một số, ví dụ 20.")
