"""The columns of a list that no layout names: the clerk says once what each of them holds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cchc_desk.actions.lists.looking import SheetLook
from cchc_desk.domain.lists.fields import CODES, DATES, Field
from cchc_desk.i18n import _
from ui.lists.rows import FIELDS
from ui.look import texts
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.layout.flow import Flow

_NEEDED = (Field.CODE, Field.DUE)
_LEAST = 3  # columns that must be known before rows are believed
_LONGEST, _FIELD = 40, 16  # letters of a sample, of the box beside it


class ColumnsPanel(QWidget):
    """A line per column: its name in the file, what it holds, some of its cells."""

    read_wanted = Signal()  # with the columns as they are named
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._looks: Sequence[SheetLook] = ()
        self.fields: list[tuple[str, ComboBox]] = []
        self.sheet, self.heading = texts.narrow(ComboBox()), texts.narrow(ComboBox())
        self._sheet_beside = texts.beside(_("Trang"), self.sheet)
        self.sheet.setAccessibleName(_("Trang"))
        self.heading.setAccessibleName(_("Dòng tiêu đề"))
        self.error = texts.words("", "error")
        self.only_sheet = False  # the table alone is asked for: its columns are known
        self._heading_beside = texts.beside(_("Dòng tiêu đề"), self.heading)
        choose = Flow()
        choose.add(self._sheet_beside)
        choose.add(self._heading_beside)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 10)
        self.title = texts.words("", "title")
        self._column.addWidget(self.title)
        self.about = texts.words(
            _(
                "Chưa biết mẫu danh sách này: hãy cho biết mỗi cột là gì. Cần ít nhất ba cột, "
                "trong đó có mã hồ sơ và ngày hẹn trả."
            )
        )
        self._column.addWidget(self.about)
        self._column.addWidget(choose)
        self._grid = QWidget()
        inside = texts.Inside()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self._grid)
        self._inside.addStretch(1)
        self._area = texts.scrolled(inside)
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self.error)
        self._column.addStretch(0)
        self._column.addWidget(self._keys())
        self.sheet.currentIndexChanged.connect(lambda _at: self._show_sheet())
        self.heading.currentIndexChanged.connect(lambda _at: self._show_columns())

    def _keys(self) -> Flow:
        keys = Flow()
        keys.add(
            texts.button(_("Đọc với các cột này"), self.read_wanted.emit, "F9", self, "primary")
        )
        keys.add(texts.button(_("Bỏ tệp này"), self.leave_wanted.emit, "Esc", self))
        return keys

    def show_looks(
        self, file: str, looks: Sequence[SheetLook], *, only_sheet: bool = False
    ) -> None:
        """Show the tables of a file, the first one with what its columns probably hold.

        `only_sheet` asks which of the tables it is, no more.
        """
        self._looks, self.only_sheet = looks, only_sheet
        self.title.setText(_("Các cột của «{file}»").format(file=file))
        self.error.clear()
        for part in (self.about, self._heading_beside, self._area):
            part.setVisible(not only_sheet)
        self._sheet_beside.setVisible(len(looks) > 1)
        self.sheet.blockSignals(True)
        self.sheet.clear()
        self.sheet.addItems([look.name for look in looks])
        self.sheet.blockSignals(False)
        self._show_sheet()

    def sheet_name(self) -> str:
        """Return the name of the table that was chosen."""
        return self._looks[self.sheet.currentIndex()].name if self._looks else ""

    def _show_sheet(self) -> None:
        if not self._looks:
            return
        look = self._looks[self.sheet.currentIndex()]
        self.heading.blockSignals(True)
        self.heading.clear()
        self.heading.addItems([str(number) for number in look.headings()])
        self.heading.setCurrentIndex(look.heading())
        self.heading.blockSignals(False)
        self._show_columns()

    def _show_columns(self) -> None:
        look, at = self._looks[self.sheet.currentIndex()], self.heading.currentIndex()
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(2 * self.fontMetrics().averageCharWidth())
        for place, words in enumerate((_("Cột trong tệp"), _("Là gì"), _("Ví dụ trong tệp"))):
            grid.addWidget(texts.words(words, "section", wrap=False), 0, place)
        self.fields = []
        for line, column in enumerate(look.columns(at), 1):
            name = column.heading or _("(cột không tên)")
            box = ComboBox()
            texts.narrow(box)
            box.setMinimumContentsLength(_FIELD)
            box.setAccessibleName(name)
            for field, words in FIELDS.items():
                box.addItem(_(words), field)
            box.setCurrentIndex(box.findData(column.field or Field.OTHER))
            box.setEnabled(bool(column.heading))
            box.currentIndexChanged.connect(lambda _at: self.error.clear())
            samples = texts.OneLine()
            samples.setText(" · ".join(one[:_LONGEST] for one in column.samples))
            texts.role(samples, "quiet")
            grid.addWidget(texts.words(name), line, 0)
            grid.addWidget(box, line, 1)
            grid.addWidget(samples, line, 2)
            if column.heading:
                self.fields.append((column.heading, box))
        before, self._grid = self._grid, made
        self._inside.replaceWidget(before, made)
        before.deleteLater()

    def chosen(self) -> dict[str, Field]:
        """Return what each column holds, by its heading; {} with the error shown."""
        chosen = {heading: box.currentData() for heading, box in self.fields}
        used = [field for field in chosen.values() if field is not Field.OTHER]
        once = (field for field in used if field in CODES | DATES)
        twice = next((field for field in once if used.count(field) > 1), None)
        missing = [_(FIELDS[field]) for field in _NEEDED if field not in used]
        if twice is not None:
            message = _("Hai cột cùng là «{field}»; hãy để một.").format(field=_(FIELDS[twice]))
        elif missing:
            message = _("Còn thiếu cột: {columns}.").format(columns=", ".join(missing))
        elif len(used) < _LEAST:
            message = _("Cần ít nhất ba cột; hãy thêm ngày tiếp nhận hoặc chủ hồ sơ.")
        else:
            return chosen
        self.error.setText(message)
        return {}

    def begin(self) -> None:
        """Put the focus on the table, or on the first column whose meaning is open."""
        if self.only_sheet:
            self.sheet.setFocus()
            return
        open_ones = [box for _name, box in self.fields if box.currentData() is Field.OTHER]
        first = next(iter(open_ones), self.fields[0][1] if self.fields else None)
        if first is not None:
            first.setFocus()
