"""No file yet: where to drop one, and the lists that were taken."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from cchc_desk.domain.lists.watched import TakenList
from cchc_desk.domain.table import Listing
from cchc_desk.i18n import _, later
from ui.lists.rows import GIVING_OF_TAKEN, LEAVING_OF_TAKEN, TAKEN
from ui.look import texts
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.when_empty import WhenEmpty


class StartFace(texts.Inside):
    """The first face of the page."""

    file_wanted = Signal()
    columns_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lists = LineTable(
            later("Các danh sách đã nhận"),
            ordered=True,
            giving=GIVING_OF_TAKEN,
            leaving=LEAVING_OF_TAKEN,
        )
        WhenEmpty(self.lists, _("Chưa nhận danh sách nào."))
        self.error = texts.words("", "error")
        where = texts.card()
        words = QVBoxLayout(where)
        words.addWidget(texts.words(_("Thả tệp danh sách hồ sơ vào cửa sổ này"), "big"))
        about = _(
            "Danh sách xuất từ hệ thống một cửa của tỉnh (iGate, OpenCPS, Viettel, Cổng quốc gia…) "
            "bằng Excel, trang web hay CSV. Xem trước rồi mới nhận; chưa nhận thì chưa ghi gì."
        )
        words.addWidget(texts.words(about, "quiet"))
        keys = Flow()
        self.choose_key = texts.button(
            _("Chọn tệp…"), self.file_wanted.emit, "F9", self, "primary", "lists"
        )
        self.columns_key = texts.button(_("Tự chọn cột"), self.columns_wanted.emit, "Alt+C", self)
        keys.add(self.choose_key)
        keys.add(self.columns_key)
        words.addWidget(self.error)
        words.addWidget(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.addWidget(texts.words(_("Tệp của tỉnh"), "title"))
        column.addWidget(where)
        column.addWidget(texts.words(_("Đã nhận"), "section"))
        column.addWidget(self.lists, 1)

    def show_lists(self, lists: Sequence[TakenList]) -> None:
        """Show which lists were taken."""
        self.lists.fill(Listing(TAKEN, lists))

    def allow_columns(self, has_file: bool) -> None:
        """Offer to name the columns of the file that was chosen, where there is one."""
        texts.allow(self.columns_key, None if has_file else _("Chưa chọn tệp nào."))
        self.columns_key.setVisible(has_file)

    def show_error(self, message: str) -> None:
        """Say why the file could not be read; "" for nothing."""
        self.error.setText(message)
        self.error.setVisible(bool(message))
