"""The list of dossiers: search as you type, filters that combine, preview, acts on many."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.office import preferences
from cchc_desk.domain.dossiers.filters import Chip, Days, ListChoice, SavedFilter, read_choice
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.dossiers.bulk_acts import BulkActs
from ui.dossiers.filter_chips import WORDS, FilterChips
from ui.dossiers.preview import DossierPreview
from ui.dossiers.rows import DossierTable
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.search_line import SearchLine
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import Fold, is_very_low
from ui.widgets.question_panel import Line, QuestionPanel

PAUSE_MS = 120
_ROOM_LETTERS = 110  # of the page, below which the preview leaves its room to the list
MOST = 200
_CHOICE = "dossier_list"  # the preference
_COLUMN = "column"  # the order that Ctrl and the arrows, or a click on its head, gave the table
_ORDERS = (
    (later("Mới nhận trước"), "accepted"),
    (later("Hẹn trả trước"), "due"),
    (later("Theo tên A–Y"), "name"),
    (later("Theo cột"), _COLUMN),
)


class DossiersPage(Page):
    """Search field, filters, the table; answers overtaken by more letters are dropped."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._asked = 0
        self._shown_query = ""
        self._entering = False  # Enter was pressed and waits for the lines of the letters typed
        self._choice = ListChoice()
        self.search = SearchField(
            _("Tìm hồ sơ"),
            _("tên (có dấu hay không), mã hay số cuối của mã, số định danh, điện thoại, đuôi số"),
        )
        self.order = ComboBox()
        self.order.setAccessibleName(_("Thứ tự"))
        for text, value in _ORDERS:
            self.order.addItem(_(text), value)
        self.order.currentIndexChanged.connect(self.refresh)
        self.chips = FilterChips(self)
        self.chips.changed.connect(self.refresh)
        self.chips.saved_chosen.connect(self._use_saved)
        self.chips.saved_dropped.connect(self._drop_saved)
        year = desk.now().year
        self.first, self.last = DayField(_("Nhận từ ngày"), year), DayField(_("Đến ngày"), year)
        for field in (self.first, self.last):
            field.editingFinished.connect(self.refresh)
        self.count = texts.words("", "quiet")
        self.table = DossierTable(later("Danh sách hồ sơ"))
        self.table.opened.connect(shell.open_dossier)
        self.bulk = BulkActs(self, self.table)
        self.bulk.done.connect(self._again)
        self.preview = DossierPreview()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._look = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._look.timeout.connect(self._preview_line)
        self.table.selectionModel().currentRowChanged.connect(self._look.start)
        self.search.textEdited.connect(self._typed)
        self.search.down.connect(self._to_table)
        self.search.returnPressed.connect(self._enter)
        texts.shortcut(self, "Esc", self._to_search)
        header = self.table.horizontalHeader()
        header.sortIndicatorChanged.connect(self._column_chosen)
        self._column_chosen(header.sortIndicatorSection())
        self.order.activated.connect(self._order_chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(texts.words(_("Hồ sơ"), "title", wrap=False), 1)
        beside = Flow()
        row.addWidget(beside)
        self.tools = Fold(_("Bộ lọc, xuất, in"), self, beside, self.chips)
        row.addWidget(self.tools.button)
        beside.add(self.order)
        for words, act, key in (
            (_("Xuất bảng tính"), self.table.export, "Ctrl+E"),
            (_("In danh sách"), self.table.show_paper, "Ctrl+P"),
            (_("Xem nhanh"), self.toggle_preview, "Alt+X"),
        ):
            beside.add(texts.button(words, act, key, self))
        for words, field in ((_("Nhận từ ngày"), self.first), (_("đến ngày"), self.last)):
            self.chips.add(texts.beside(words, field))
        self.chips.add(texts.button(_("Lưu bộ lọc"), self.save_filter, "Alt+L", self, "small"))
        lines = QHBoxLayout()
        lines.addWidget(self.table, 1)
        lines.addWidget(self.preview)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 10)
        page.addLayout(row)
        page.addWidget(self.search)
        page.addWidget(self.chips)
        page.addWidget(self.count)
        page.addLayout(lines, 1)
        page.addWidget(self.bulk)
        QWidget.setTabOrder(self.search, self.chips.buttons[next(iter(self.chips.buttons))])

    def shown(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
        desk = self.desk
        jobs.run(self, lambda: preferences.preferences(desk)[_CHOICE], self._show_choice)
        self.refresh()

    def official_changed(self) -> None:
        self.chips.choose(frozenset())
        for field in (self.search, self.first, self.last):
            field.clear()
        self.preview.clear()

    def scanned(self, text: str) -> bool:
        if "|" not in text:
            return False
        self.open(text.partition("|")[0])
        return True

    def showing(self) -> str:
        pressed = "".join(str(int(chip in self.chips.chosen())) for chip in Chip)
        days = f"{self.first.text()}\t{self.last.text()}"
        return f"{pressed}\t{self.order.currentIndex()}\t{days}\t{self.search.text()}"

    def open(self, code: str) -> None:
        """Show the dossiers found by code, name or number, or the state that `showing` returned."""
        *chosen, text = code.split("\t")
        pressed, order, first, last = chosen or ("0" * len(Chip), "", "", "")
        self.chips.choose(
            frozenset(chip for chip, is_on in zip(Chip, pressed, strict=True) if is_on == "1")
        )
        if order:
            self.order.setCurrentIndex(int(order))
        self.first.setText(first)
        self.last.setText(last)
        self.search.setText(text)
        self.refresh()

    def _typed(self) -> None:
        self._entering = False
        self._asked += 1  # what is found for fewer letters comes too late: no letter waits for it
        self._pause.start()

    def _enter(self) -> None:
        """Enter in the field: opens the only one that was found, else goes to the list."""
        if self._pause.isActive() or self._shown_query != self.search.text().strip():
            self._entering = True  # the table is behind the letters
            self.refresh()
        else:
            self._take()

    def _take(self) -> None:
        self._entering = False
        if len(self.table.dossiers.rows) == 1 and self.search.text().strip():
            self.table.open_line()
        else:
            self.table.setFocus()

    def _to_search(self) -> None:
        """Esc: the next letters are for the search again."""
        self.search.setFocus()
        self.search.selectAll()

    def _to_table(self) -> None:
        if self._pause.isActive():
            self.refresh()
        self.table.setFocus()

    # --- order ------------------------------------------------------------------------------------

    def _column_chosen(self, column: int) -> None:
        """The words of the order agree with the table."""
        by_column = self.order.findData(_COLUMN)
        if column >= 0:
            self.order.setCurrentIndex(by_column)
        elif self.order.currentIndex() == by_column:
            self.order.setCurrentIndex(0)

    def _order_chosen(self) -> None:
        """An order takes the place of that of a column; «by column» begins with the first."""
        sorted_now = self.table.horizontalHeader().sortIndicatorSection() >= 0
        wanted = self.order.currentData() == _COLUMN
        if wanted != sorted_now:
            self.table.sortByColumn(0 if wanted else -1, Qt.SortOrder.AscendingOrder)

    # --- filters ----------------------------------------------------------------------------------

    def _accepted(self) -> Days | None:
        """The days in the two fields; None, with a sentence, where one cannot be read."""
        try:
            return Days(self.first.day(), self.last.day())
        except ValueError:
            notices.trouble(_("Ngày nhận chưa đọc được; hãy ghi như 01/11/2026."))
            return None

    def _show_choice(self, stored: dict[str, object]) -> None:
        self._choice = read_choice(stored)
        self.chips.show_saved(self._choice.saved)
        self.fit()

    def _keep(self, choice: ListChoice) -> None:
        """Keep what the official chose, and show it."""
        desk, stored = self.desk, choice.stored()
        jobs.run(
            self,
            lambda: preferences.keep_preference(desk, _CHOICE, stored),
            lambda _kept: self._show_choice(stored),
        )

    def save_filter(self) -> None:
        """Keep the filters pressed now, and what is searched for, under a name."""
        chips, query = self.chips.chosen(), self.search.text().strip()
        if not chips and not query:
            notices.warn(_("Hãy chọn bộ lọc hoặc gõ chữ cần tìm trước khi lưu."))
            return
        usual = ", ".join(
            [_(WORDS[chip]) for chip in Chip if chip in chips] + [query] * bool(query)
        )
        name = Line(_("Tên của bộ lọc"), usual, name="name", needed=True)

        def keep(panel: QuestionPanel) -> None:
            panel.finish()
            wanted = SavedFilter(name.value, chips, query)
            others = [one for one in self._choice.saved if one.name != wanted.name]
            self._keep(replace(self._choice, saved=(*others, wanted)))

        QuestionPanel.ask(self, _("Lưu bộ lọc"), (name,), _("Lưu"), keep, about=usual)

    def _use_saved(self, wanted: SavedFilter) -> None:
        self.chips.choose(wanted.chips)
        self.search.setText(wanted.query)
        self.refresh()

    def _drop_saved(self, dropped: SavedFilter) -> None:
        before = self._choice
        saved = tuple(one for one in before.saved if one != dropped)
        self._keep(replace(before, saved=saved))
        notices.say(
            _("Đã bỏ bộ lọc «{name}».").format(name=dropped.name),
            _("Hoàn tác"),
            partial(self._keep, before),
        )

    # --- preview ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """A very low window gives its lines to the list, a narrow one its width."""
        self.tools.fit(is_very_low(self))
        room = self.width() >= self.fontMetrics().averageCharWidth() * _ROOM_LETTERS
        self.preview.setVisible(self._choice.preview and room)

    def toggle_preview(self) -> None:
        """Show the preview at the side, or give its room to the list."""
        self._keep(replace(self._choice, preview=not self._choice.preview))
        self._look.start()

    def _preview_line(self) -> None:
        code, desk = self.table.current_code(), self.desk
        if code is None:
            self.preview.clear()
        elif not self.preview.isHidden():
            jobs.run(self, lambda: progress.show_dossier(desk, code), self._show_preview)

    def _show_preview(self, view: DossierView) -> None:
        dossier = view.dossier
        if dossier.code == self.table.current_code():
            short = self.desk.short_name(dossier.procedure_code, dossier.procedure_name)
            self.preview.show_view(view, short)

    # --- the list ---------------------------------------------------------------------------------

    def _again(self, refused: list[str]) -> None:
        """After an act on many: the list as it is now, those that were refused still chosen."""
        self.refresh(after=refused)

    def changed_elsewhere(self) -> None:
        self.refresh(after=[row.code for row in self.table.chosen_rows()])

    def refresh(self, *_changed: object, after: list[str] | None = None) -> None:
        """Asks for what fits now."""
        self._pause.stop()
        self._asked += 1
        asked, desk, query = self._asked, self.desk, self.search.text().strip()
        chips, order, accepted = self.chips.chosen(), self.order.currentData(), self._accepted()
        if accepted is None:
            return
        by_column = order == _COLUMN
        self.order.setEnabled(by_column or not query)  # what is found stands by how well it fits
        jobs.run(
            self,
            lambda: progress.find_dossiers(
                desk,
                query,
                order="accepted" if by_column else order,
                limit=MOST,
                chips=chips,
                accepted=accepted,
            ),
            lambda rows: self._show(rows, query, after) if asked == self._asked else None,
        )

    def _show(self, rows: tuple[DossierRow, ...], query: str, after: list[str] | None) -> None:
        self.table.fill(rows, query)
        self._shown_query = query
        if after is None:
            self.bulk.forget()
        else:
            self.table.choose_codes(after)
        self.count.setText(" ".join(filter(None, (self._said(len(rows), query), self._filtered()))))
        self._look.start()
        if self._entering:
            self._take()

    def _filtered(self) -> str:
        """Which filters hold, where they cannot be seen."""
        pressed = [_(WORDS[chip]) for chip in Chip if chip in self.chips.chosen()]
        if self.first.text() or self.last.text():
            pressed.append(f"{self.first.text()} – {self.last.text()}")
        if not pressed or not self.chips.isHidden():
            return ""
        return _("Đang lọc: {filters}.").format(filters=", ".join(pressed))

    def _said(self, found: int, query: str) -> str:
        """Say how many there are, and what Enter does now."""
        narrowed = self.chips.chosen() or self.first.text() or self.last.text()
        if not found and not query and not narrowed:
            return _("Chưa có hồ sơ nào. F2 để tiếp nhận hồ sơ mới.")
        if not found:
            return _("Không có hồ sơ nào khớp. Thử ít chữ hơn, hoặc bỏ bớt bộ lọc.")
        if found == MOST:
            return _("{most} hồ sơ đầu; gõ thêm chữ để thu hẹp. Enter xuống danh sách.").format(
                most=MOST
            )
        if found == 1 and query:
            return _("1 hồ sơ. Enter mở hồ sơ.")
        if query and self.order.currentData() != _COLUMN:
            return _n(
                "{n} hồ sơ, khớp nhất đứng trước. Enter xuống danh sách, Enter nữa mở hồ sơ.", found
            ).format(n=found)
        return _n("{n} hồ sơ. Enter xuống danh sách, Enter nữa mở hồ sơ.", found).format(n=found)


class SearchField(SearchLine):
    """A field above a list; `down` when Down is pressed in it."""

    down = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        texts.shortcut(self, "Down", self.down.emit)
