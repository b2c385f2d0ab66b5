"""The cells of a row that could not be read, to be typed right and read again."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.lists.preview import PreviewRow
from cchc_desk.domain.lists.fields import Field
from cchc_desk.domain.lists.rows import CellText, Kind, ListRow
from cchc_desk.i18n import _
from ui.lists.rows import FIELDS
from ui.look import texts
from ui.widgets.layout.flow import Flow

# What a row cannot be read without; and what makes it unreadable where something stands in it.
_NEEDED = (Field.CODE, Field.RECEIVED, Field.DUE, Field.PROCESS_DUE)
_FILLED = (Field.SUBMITTED, Field.FINISHED, Field.RETURNED)


class MendPanel(QWidget):
    """Shows one unreadable row; what is typed for any row is kept until the list is read again."""

    edited = Signal()
    read_again = Signal()  # Enter in a field

    def __init__(self) -> None:
        super().__init__()
        self._typed: dict[tuple[int, Field], CellText] = {}
        self.title = texts.words("", "section")
        self.fields: dict[Field, QLineEdit] = {}
        self._beside: dict[Field, QWidget] = {}
        self._row = ListRow(0, Kind.SKIPPED)
        row = Flow()
        for field in (*_NEEDED, *_FILLED):
            made = self.fields[field] = QLineEdit()
            made.setAccessibleName(_(FIELDS[field]))
            texts.letters(made, 22)
            made.textEdited.connect(partial(self._edit, field))
            made.returnPressed.connect(self.read_again)
            self._beside[field] = texts.beside(_(FIELDS[field]), made)
            row.add(self._beside[field])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(row)
        self.hide()

    def forget(self) -> None:
        """Another list is shown: nothing was typed."""
        self._typed.clear()
        self.hide()

    def put_back(self, typed: Iterable[CellText]) -> None:
        """Take cells that were typed before, as if typed now."""
        self._typed = {(cell.row, cell.field): cell for cell in typed}

    def typed(self) -> tuple[CellText, ...]:
        """Return every cell that was typed."""
        return tuple(self._typed.values())

    def show_row(self, one: PreviewRow | None) -> None:
        """Offer the cells of a row that cannot be read; nothing for another one."""
        cells = {cell.field: cell for cell in one.row.cells} if one else {}
        self.setVisible(bool(cells))
        if one is None or not cells:
            return
        self._row = one.row
        problems = " ".join(map(str, one.problems))
        self.title.setText(
            _("Dòng {number}: {problems} Sửa ô (Enter) rồi đọc lại (Enter).").format(
                number=one.row.number, problems=problems
            )
        )
        for field, made in self.fields.items():
            is_offered = field in cells and (field in _NEEDED or bool(cells[field].text))
            self._beside[field].setVisible(is_offered)
            if is_offered:
                made.setText(self._typed.get((self._row.number, field), cells[field]).text)

    def begin(self) -> None:
        """Put the focus into the cell that could not be read, else into the first."""
        row = self._row
        wrong = {
            Field.CODE: not row.code,
            Field.RECEIVED: row.received is None,
            Field.DUE: row.due is None,
            Field.PROCESS_DUE: row.due is None,
            Field.SUBMITTED: row.submitted is None,
            Field.FINISHED: row.finished is None,
            Field.RETURNED: row.returned is None,
        }
        offered = [field for field, made in self.fields.items() if made.isVisibleTo(self)]
        first = next((field for field in offered if wrong[field]), offered[0] if offered else None)
        if first is not None:
            self.fields[first].setFocus()
            self.fields[first].selectAll()

    def _edit(self, field: Field, text: str) -> None:
        number = self._row.number
        self._typed[(number, field)] = CellText(number, field, text)
        self.edited.emit()
