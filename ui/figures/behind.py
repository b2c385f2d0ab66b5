"""The list of the dossiers behind a number, in place of the table that the number stands in."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.reports.reports import Behind
from cchc_desk.domain.reports.report import Report
from cchc_desk.domain.reports.table import ReportRow, cell_text
from cchc_desk.i18n import _, _n, later
from ui import formatting
from ui.dossiers.rows import DossierTable
from ui.look import texts


@dataclass(frozen=True)
class Cell:
    """A cell of a report."""

    report: Report
    row: ReportRow
    column: str

    @property
    def title(self) -> str:
        """Return the words of its row and of its column."""
        heads = self.report.table.heads
        head = next(head for head in heads if head.name == self.column)
        column = " – ".join(filter(None, (head.group, head.title)))
        return f"{cell_text(self.row.values[0])} · {column}"

    @property
    def number(self) -> str:
        """Return what stands in it."""
        return cell_text(self.report.table.value(self.row, self.column))


class BehindPanel(QWidget):
    """Says how many dossiers there are, and that the cell has as many; Enter opens one."""

    def __init__(self) -> None:
        super().__init__()
        self.cell: Cell | None = None
        self.title, self.said = texts.words("", "section"), texts.words("", "quiet")
        self.table = DossierTable(later("Hồ sơ của ô"))
        texts.lines(self.table, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.said):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.hide()

    def show_behind(self, cell: Cell, found: Behind) -> None:
        """Show the dossiers of a cell."""
        self.cell = cell
        self.title.setText(cell.title)
        self.said.setText(" ".join(_said(cell, found)))
        self.table.fill(found.rows)
        self.show()

    def leave(self) -> None:
        """Show no cell any more."""
        self.cell = None
        self.table.fill(())
        self.hide()


def _said(cell: Cell, found: Behind) -> list[str]:
    """Return how many there are, beside what stands in the cell, and how many may be seen."""
    count = formatting.number(found.count)
    said = (
        _n("{count} hồ sơ, bằng số trong ô.", found.count).format(count=count)
        if cell.report.table.value(cell.row, cell.column) == found.count
        else _n("{count} hồ sơ; ô ghi {number}.", found.count).format(
            count=count, number=cell.number
        )
    )
    seen = len(found.rows)
    if seen == found.count:
        return [said, _("Enter mở, Esc về ô.")]
    of_others = _n("Bạn xem được {seen} hồ sơ của mình.", seen)
    return [said, of_others.format(seen=formatting.number(seen)), _("Enter mở, Esc về ô.")]
