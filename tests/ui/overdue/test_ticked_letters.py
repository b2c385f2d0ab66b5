"""The letters to tick: a column is narrow, and what stands in it is what the leader needs."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from ui.overdue.ticked_letters import LettersToTick, TickLine

WHY = "Thư của hồ sơ H13.999-261001-0001 chưa có lý do; hãy ghi lý do rồi ký."


def test_a_letter_without_a_reason_says_so_in_words_that_fit_its_column(qtbot: QtBot) -> None:
    code = "H13.999-261001-0001"
    line = TickLine("1", "Lê Thị An", code, "", None, "", WHY, date(2026, 11, 23))
    field = LettersToTick("Thư sẽ ký", (line,), (7,))
    qtbot.addWidget(field.control)
    assert isinstance(field.control, QTableView)
    model = field.control.model()
    cell = model.index(0, model.columnCount() - 1)
    assert cell.data() == "thiếu lý do"
    assert WHY in cell.data(Qt.ItemDataRole.ToolTipRole)
