"""The leader's dialogs: an observation sheet, and the desk's own wording of the eight items."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.domain.courtesy import Item, Mark, Observation
from cchc_desk.domain.people.officials import Official
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from ui.look import texts
from ui.shell import jobs
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import when_changed
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.list_lines import add_line

MARKS = {
    Mark.DONE: later("Đã làm"),
    Mark.BETTER: later("Cần làm tốt hơn"),
    Mark.NO_OCCASION: later("Chưa có dịp"),
}


class _Sheet(QDialog):
    """A dialog with an error line and F9 that keeps it; Esc leaves."""

    def __init__(self, parent: QWidget, title: str, done: Callable[[object], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._done = done
        self.error = texts.words("", "error")
        self.keep = texts.button(_("Ghi lại"), self.save, "F9", self, "primary")
        self.leave = texts.button(_("Thôi"), self.reject, "Esc")

    def save(self) -> None:
        """Save the fields."""

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.error, 1)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        return row

    def _kept(self, kept: object) -> None:
        self.accept()
        self._done(kept)

    def _refused(self, error: DeskError) -> None:
        self.error.setText(error.message)


class ObservationDialog(_Sheet):
    """One official, a mark for each of the eight, what was good, what could be better."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        officials: tuple[Official, ...],
        done: Callable[[object], None],
    ) -> None:
        super().__init__(parent, _("Phiếu quan sát"), done)
        self.desk = desk
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.official = ComboBox()
        self.official.setAccessibleName(_("Người được quan sát"))
        for official in officials:
            self.official.addItem(official.name, official.id)
        form.addRow(_("Người được quan sát"), self.official)
        self.marks = {item.key: _mark_box(item.text) for item in courtesy.items(desk)}
        for box in self.marks.values():
            form.addRow(box.accessibleName(), box)
        self.good, self.better = QLineEdit(), QLineEdit()
        for field, words in (
            (self.good, _("Điều đã làm tốt")),
            (self.better, _("Điều có thể làm tốt hơn")),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        for place in (self.official, self.good, self.better, *self.marks.values()):
            when_changed(place, self.error.clear)
        inside = QWidget()
        inside.setLayout(form)
        column = QVBoxLayout(self)
        column.addWidget(texts.scrolled(inside), 1)
        column.addLayout(self._foot())
        self.resize(texts.room_on_screen(self, 70, 30))

    def save(self) -> None:
        desk = self.desk
        marks = tuple((key, box.currentData()) for key, box in self.marks.items())
        sheet = Observation(
            self.official.currentData(), desk.now(), marks, self.good.text(), self.better.text()
        )
        jobs.run(self, lambda: courtesy.observe(desk, sheet), self._kept, self._refused)


class ItemsDialog(_Sheet):
    """The eight in this desk's order: Enter or F2 rewords one, Alt+Up and Alt+Down move it."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[object], None]) -> None:
        super().__init__(parent, _("Lời và thứ tự của «4 xin, 4 luôn»"), done)
        self.desk = desk
        self.list = QListWidget()
        self.list.setAccessibleName(_("Tám điều"))
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self._fill(courtesy.items(desk))
        self.list.itemChanged.connect(self.error.clear)
        column = QVBoxLayout(self)
        others = ", ".join(text for texts_ in courtesy.other_wordings().values() for text in texts_)
        column.addWidget(
            texts.words(_("Lời khác từng thấy: {words}.").format(words=others), "quiet")
        )
        column.addWidget(self.list, 1)
        keys = Flow()
        keys.add(texts.button(_("Sửa lời"), self._edit, "F2"))
        keys.add(texts.button(_("Lên"), lambda: self._move(-1), "Alt+Up", self))
        keys.add(texts.button(_("Xuống"), lambda: self._move(1), "Alt+Down", self))
        keys.add(texts.button(_("Như công văn"), self._reset, "Alt+G", self))
        column.addWidget(keys)
        column.addLayout(self._foot())
        self.resize(texts.room_on_screen(self, 80, 22))

    def _fill(self, items: tuple[Item, ...]) -> None:
        self.list.clear()
        for item in items:
            add_line(self.list, item.text, {Qt.ItemDataRole.UserRole: item.key})
            row = self.list.item(self.list.count() - 1)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.setCurrentRow(0)

    def _edit(self) -> None:
        self.list.editItem(self.list.currentItem())

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)

    def _reset(self) -> None:
        self._fill(courtesy.dispatch_items())

    def save(self) -> None:
        rows = [self.list.item(number) for number in range(self.list.count())]
        items, desk = (
            [Item(row.data(Qt.ItemDataRole.UserRole), row.text()) for row in rows],
            self.desk,
        )
        jobs.run(self, lambda: courtesy.keep_items(desk, items), self._kept, self._refused)


def _mark_box(item: str) -> QComboBox:
    """Box to mark an item of the eight; unmarked it means that there was no occasion."""
    box = ComboBox()
    box.setAccessibleName(item)
    for mark, words in MARKS.items():
        box.addItem(_(words), mark)
    box.setCurrentIndex(box.findData(Mark.NO_OCCASION))
    return box
