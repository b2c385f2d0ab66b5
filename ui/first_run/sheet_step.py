"""Last step of the first run: the recovery sheet of the desk that was made just now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.fields.secret_field import SecretField

if TYPE_CHECKING:
    from ui.first_run.plan import MadeDesk


class SheetStep(QWidget):
    """Shows the code once; `wanted` when it is to be printed."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code = SecretField()
        self.code.setAccessibleName(_("Mã khôi phục"))
        self.print = texts.button(_("In phiếu khôi phục"), self.wanted.emit, "Ctrl+P", self)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for paragraph in (
            _("Quầy đã được tạo. Còn một việc: in phiếu khôi phục và cất kín."),
            _(
                "Nếu một ngày không còn quản trị nào vào được, lãnh đạo cùng phiếu này lấy lại "
                "được quyền quản trị. Mã chỉ hiện lần này; in phiếu mới lúc nào cũng được, trong "
                "Cài đặt, Người dùng của quầy."
            ),
        ):
            column.addWidget(texts.words(paragraph))
        column.addWidget(self.code)
        column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_code(self, made: "MadeDesk") -> None:
        """Show the code of the sheet."""
        self.code.setText(made.sheet.code)
