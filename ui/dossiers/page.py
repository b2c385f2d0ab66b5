"""The list of dossiers: search as you type, filters, Vietnamese order."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.dossiers.rows import DossierTable
from ui.look import texts
from ui.shell import jobs
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.layout.flow import Flow

PAUSE_MS = 120
MOST = 200
_COLUMN = "column"  # the order that Ctrl and the arrows, or a click on its head, gave the table
_FILTERS = (
    (later("Tất cả"), "all"),
    (later("Chưa xong"), "open"),
    (later("Đang trễ"), "late"),
    (later("Nợ thư xin lỗi"), "owed"),
)
_ORDERS = (
    (later("Mới nhận trước"), "accepted"),
    (later("Hẹn trả trước"), "due"),
    (later("Theo tên A–Y"), "name"),
    (later("Theo cột"), _COLUMN),
)


class DossiersPage(Page):
    """Search field, two filters, the table; answers overtaken by more letters are dropped."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._asked = 0
        self.search = SearchField(
            _("Tìm hồ sơ"), _("tên (có dấu hay không), mã hồ sơ, số định danh, điện thoại")
        )
        self.filter, self.order = ComboBox(), ComboBox()
        for box, name, choices in (
            (self.filter, _("Lọc"), _FILTERS),
            (self.order, _("Thứ tự"), _ORDERS),
        ):
            box.setAccessibleName(name)
            for text, value in choices:
                box.addItem(_(text), value)
            box.currentIndexChanged.connect(self.refresh)
        self.count = texts.words("", "quiet")
        self.table = DossierTable(later("Danh sách hồ sơ"))
        self.table.opened.connect(shell.open_dossier)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.search.textEdited.connect(self._pause.start)
        self.search.down.connect(self.table.setFocus)
        self.search.returnPressed.connect(self._to_table)
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
        beside.add(self.filter)
        beside.add(self.order)
        beside.add(
            texts.button(
                _("Bàn giao nhiều"), lambda: self.shell.open_page("hand-over"), "Alt+B", self
            )
        )
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 10)
        page.addLayout(row)
        page.addWidget(self.search)
        page.addWidget(self.count)
        page.addWidget(self.table, 1)
        QWidget.setTabOrder(self.search, self.filter)

    def shown(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
        self.refresh()

    def scanned(self, text: str) -> bool:
        if "|" not in text:
            return False
        self.open(text.partition("|")[0])
        return True

    def showing(self) -> str:
        return f"{self.filter.currentIndex()}\t{self.order.currentIndex()}\t{self.search.text()}"

    def open(self, code: str) -> None:
        """Show the dossiers found by code, name or number, or the state that `showing` returned."""
        *chosen, text = code.split("\t")
        for box, index in zip((self.filter, self.order), chosen, strict=False):
            box.setCurrentIndex(int(index))
        self.search.setText(text)
        self.refresh()

    def _to_table(self) -> None:
        if self._pause.isActive():  # the table is behind the letters
            self.refresh()
        self.table.setFocus()

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

    def refresh(self) -> None:
        """Asks for what fits now."""
        self._pause.stop()
        self._asked += 1
        asked, desk, query = self._asked, self.desk, self.search.text()
        only, order = self.filter.currentData(), self.order.currentData()
        by_column = order == _COLUMN
        self.order.setEnabled(
            by_column or not query.strip()
        )  # what is found stands by how well it fits
        jobs.run(
            self,
            lambda: progress.find_dossiers(
                desk, query, only=only, order="accepted" if by_column else order, limit=MOST
            ),
            lambda rows: self._show(rows) if asked == self._asked else None,
        )

    def _show(self, rows: tuple[DossierRow, ...]) -> None:
        self.table.fill(rows)
        if not rows and not self.search.text().strip() and self.filter.currentIndex() == 0:
            self.count.setText(_("Chưa có hồ sơ nào. F2 để tiếp nhận hồ sơ mới."))
        elif not rows:
            self.count.setText(_("Không có hồ sơ nào khớp. Thử ít chữ hơn, hoặc chọn «Tất cả»."))
        elif len(rows) == MOST:
            self.count.setText(
                _("{most} hồ sơ đầu; gõ thêm chữ để thu hẹp. Enter mở hồ sơ.").format(most=MOST)
            )
        elif self.search.text().strip() and self.order.currentData() != _COLUMN:
            sentence = _n("{n} hồ sơ, khớp nhất đứng trước. Enter mở hồ sơ.", len(rows))
            self.count.setText(sentence.format(n=len(rows)))
        else:
            self.count.setText(_n("{n} hồ sơ. Enter mở hồ sơ.", len(rows)).format(n=len(rows)))


class SearchField(QLineEdit):
    """A field above a list; `down` when Down is pressed in it."""

    down = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        texts.shortcut(self, "Down", self.down.emit)
