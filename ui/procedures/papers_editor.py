"""Giấy tờ: the papers of a procedure, their usual counts, and the case that asks for them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.domain.law.procedure import PaperLabel, count_names
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.widgets.fields.boxes import SpinBox
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.when_empty import WhenEmpty

_MOST = 999
_CASE = " (nếu "  # a paper of one case says so at the end of its name (docs/decisions/010)


def _counts(paper: PaperLabel) -> str:
    return f"{paper.original} / {paper.certified} / {paper.copy}"


_COLUMNS: tuple[Column[PaperLabel], ...] = (
    Column(later("Giấy tờ"), lambda paper: paper.name),
    Column(later("Số bản"), _counts, align="right"),
    Column(later("Bắt buộc"), lambda paper: _("có") if paper.required else "–"),
)


class PapersEditor(QWidget):
    """The papers in their order, and the fields of the one under the cursor."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.papers: list[PaperLabel] = []
        self._edited: int | None = None
        self.table = LineTable(later("Giấy tờ của thủ tục"), ordered=True)
        self.name, self.case = QLineEdit(), QLineEdit()
        self.case.setPlaceholderText(_("để trống: mọi trường hợp; ví dụ: nộp thay"))
        self.counts = tuple(SpinBox() for _count in range(3))
        for box in self.counts:
            texts.spaced(box)
            box.setRange(0, _MOST)
        self.required = QCheckBox(_("Bắt buộc"))
        self.labels = tuple(texts.words("", wrap=False) for _count in range(3))
        self.error = texts.words("", "error")
        self._lay_out()
        self.table.chosen.connect(lambda place: self._edit(int(place)))
        texts.shortcut(self.table, "Del", self.drop)

    def _lay_out(self) -> None:
        self.keys = keys = Flow()
        for text, key, act in (
            (_("Ghi giấy"), "Alt+G", self.put),
            (_("Lên"), "Alt+Up", partial(self.move_paper, -1)),
            (_("Xuống"), "Alt+Down", partial(self.move_paper, 1)),
            (_("Bỏ giấy"), "Alt+B", self.drop),
        ):
            keys.add(texts.button(text, act, key, self))
        counts = Flow()
        for label, box in zip(self.labels, self.counts, strict=True):
            counted = QWidget()
            line = QHBoxLayout(counted)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(label)
            line.addWidget(box)
            counts.add(counted)
        counts.add(self.required)
        form = QFormLayout()
        for name, field in ((_("Tên giấy"), self.name), (_("Chỉ khi"), self.case)):
            field.setAccessibleName(name)
            texts.row(form, name, field)
        form.addRow(counts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addWidget(keys)
        WhenEmpty(self.table, _("Chưa có giấy nào: ghi tên ở dưới rồi Alt+G."))

    def fields(self) -> tuple[QWidget, ...]:
        """Return the fields of one paper and the keys, which only an editor may use."""
        return (self.name, self.case, *self.counts, self.required, self.keys)

    def show_papers(self, papers: tuple[PaperLabel, ...], field: str) -> None:
        """Show the papers of a procedure of this field, whose counts have their own names."""
        self.papers = list(papers)
        for label, box, name in zip(self.labels, self.counts, count_names(field), strict=True):
            label.setText(_(name))
            box.setAccessibleName(_(name))
        self._new()
        self._show()

    def _show(self) -> None:
        places = {id(paper): place for place, paper in enumerate(self.papers)}
        self.table.fill(Listing(_COLUMNS, self.papers), lambda paper: str(places[id(paper)]))

    def _edit(self, place: int) -> None:
        """Enter on a line: its paper in the fields, to be corrected."""
        paper, self._edited = self.papers[place], place
        name, found, case = paper.name.removesuffix(")").partition(_CASE)
        self.name.setText(name if found else paper.name)
        self.case.setText(case if found else "")
        for box, count in zip(
            self.counts, (paper.original, paper.certified, paper.copy), strict=True
        ):
            box.setValue(count)
        self.required.setChecked(paper.required)
        self.name.setFocus()

    def _new(self) -> None:
        self._edited = None
        self.name.clear()
        self.case.clear()
        self.error.clear()
        for box, count in zip(self.counts, (1, 0, 0), strict=True):
            box.setValue(count)
        self.required.setChecked(True)

    def put(self) -> None:
        """Add the paper in the fields, or put it in the place of the one that was corrected."""
        name, case = self.name.text().strip(), self.case.text().strip().removeprefix("nếu ")
        if not name:
            self.error.setText(_("Hãy ghi tên của giấy."))
            self.name.setFocus()
            return
        original, certified, copy = (box.value() for box in self.counts)
        required = self.required.isChecked() and not case
        paper = PaperLabel(
            f"{name}{_CASE}{case})" if case else name, original, certified, copy, required
        )
        if self._edited is None:
            self.papers.append(paper)
        else:
            self.papers[self._edited] = paper
        self._new()
        self._show()
        self.name.setFocus()
        self.changed.emit()

    def move_paper(self, by: int) -> None:
        """The paper under the cursor changes places with the one before (-1) or behind (1) it."""
        here = self.table.currentIndex().row()
        there = here + by
        if here >= 0 and 0 <= there < len(self.papers):
            self.papers[here], self.papers[there] = self.papers[there], self.papers[here]
            self._new()
            self._show()
            self.table.selectRow(there)
            self.changed.emit()

    def drop(self) -> None:
        """Take the paper under the cursor off the list."""
        here = self.table.currentIndex().row()
        if 0 <= here < len(self.papers):
            del self.papers[here]
            self._new()
            self._show()
            self.changed.emit()
