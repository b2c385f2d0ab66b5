"""Việc gì: the procedure by a few letters, its facts, its limit where that must be confirmed, and the papers."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cchc_desk.actions import catalogue
from cchc_desk.actions.intake import PromisePreview
from cchc_desk.desk import Desk
from cchc_desk.domain.procedure import ProcedureVersion
from ui import background
from ui.intake.form import IntakeForm
from ui.look import texts
from ui.widgets.tick_list import Tick, TickList

PAUSE_MS = 120
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class ProcedurePanel(QWidget):
    """Search field, list, facts, limit, papers. The list never takes the focus from the field."""

    edited = Signal()
    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        self.version: ProcedureVersion | None = None
        self.search = QLineEdit()
        self.search.setAccessibleName("Tìm thủ tục")
        self.search.setPlaceholderText("vài chữ của tên (có dấu hay không), hoặc mã; ↑ ↓ Enter")
        self.field = texts.narrow(QComboBox())
        self.field.setAccessibleName("Lĩnh vực")
        self.list = QListWidget()
        self.list.setAccessibleName("Thủ tục tìm thấy")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setWordWrap(True)
        self.name = texts.words("", "section")
        self.facts = texts.words("", "quiet")
        self.limit = texts.narrow(QComboBox())
        self.limit.setEditable(True)
        self.limit.setAccessibleName("Thời hạn xác nhận")
        self.limit_note = texts.words("", "warning")
        self.limit_row = QWidget()
        self.papers = TickList()
        self.own = QLineEdit()
        self.own.setAccessibleName("Giấy tờ khác")
        self.own.setPlaceholderText("giấy tờ khác: gõ tên, Enter")
        self.errors = {name: texts.words("", "error") for name in ("procedure", "limit", "papers")}
        self._lay_out()
        self._connect()
        background.run(self, lambda: catalogue.fields(desk), self._show_fields)
        self.look_up()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words("2. Việc gì – thủ tục và giấy tờ", "section"))
        row = QHBoxLayout()
        row.addWidget(self.search, 3)
        row.addWidget(self.field, 2)
        column.addLayout(row)
        column.addWidget(self.errors["procedure"])
        column.addWidget(self.list, 2)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        inner = QVBoxLayout(self.limit_row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.limit_note)
        inner.addWidget(self.limit)
        inner.addWidget(self.errors["limit"])
        column.addWidget(self.limit_row)
        column.addWidget(
            texts.words("Giấy tờ nộp: phím 1–9 hay dấu cách đánh dấu, A: giấy bắt buộc, + − số bản", "quiet")
        )
        column.addWidget(self.papers, 3)
        column.addWidget(self.errors["papers"])
        column.addWidget(self.own)
        self.limit_row.hide()
        for label in self.errors.values():
            label.hide()
        self.list.setMinimumHeight(96)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.setMinimumHeight(150)

    def _connect(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.search.textEdited.connect(self._pause.start)
        self.search.textEdited.connect(self.list.show)
        self.search.installEventFilter(self)
        self.field.currentIndexChanged.connect(self.look_up)
        self.list.itemClicked.connect(lambda _: self.choose())
        self.limit.currentTextChanged.connect(self.edited)
        self.papers.ticks.changed.connect(self.edited)
        self.papers.left.connect(self.own.setFocus)
        self.own.returnPressed.connect(self._add_own)

    # --- finding ---------------------------------------------------------------------------------------------------

    def look_up(self) -> None:
        """Asks for what fits the letters typed; an answer that was overtaken is dropped."""
        self._asked += 1
        asked, desk, query, field = self._asked, self._desk, self.search.text(), self.field.currentData()
        background.run(
            self,
            lambda: catalogue.find_procedures(desk, query, field),
            lambda found: self._show_found(found) if asked == self._asked else None,
        )

    def _show_fields(self, fields: tuple[str, ...]) -> None:
        self.field.blockSignals(True)
        self.field.addItem("Mọi lĩnh vực", None)
        for name in fields:
            self.field.addItem(name, name)
        self.field.blockSignals(False)

    def _show_found(self, found: tuple[ProcedureVersion, ...]) -> None:
        self.list.clear()
        for version in found:
            item = QListWidgetItem(f"{version.name}  ·  {version.code}")
            item.setData(Qt.ItemDataRole.UserRole, version)
            item.setToolTip(version.field)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not found:
            self.list.addItem("Không có thủ tục nào khớp; thử ít chữ hơn, hoặc chọn «Mọi lĩnh vực».")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():  # the list is behind the letters: look first, then take the best
                self._pause.stop()
                self.look_up()
                background.run(self, lambda: None, lambda _: self.choose())
            else:
                self.choose()
            return True
        return False

    def choose(self) -> None:
        """Takes the procedure under the cursor and goes on to its papers."""
        item = self.list.currentItem()
        version = item.data(Qt.ItemDataRole.UserRole) if item else None
        if version is None:
            return
        self.set_version(version)
        self.list.hide()  # it comes back with the next letter in the search field
        self.papers.setFocus()
        self.chosen.emit()

    def set_version(self, version: ProcedureVersion | None) -> None:
        """Shows the facts and papers of a procedure; None empties the panel."""
        self.version = version
        self.show_error("procedure", "")
        self.name.setText(f"{version.name} ({version.code})" if version else "")
        self.facts.setText(_facts(version) if version else "")
        labels = version.papers if version else ()
        self.papers.ticks.fill([Tick(p.name, p.original, p.certified, p.copy, p.required) for p in labels])
        self.papers.setCurrentIndex(self.papers.ticks.index(0, 2))
        self.limit_row.hide()

    def show_preview(self, preview: PromisePreview) -> None:
        """Asks for the limit where the catalogue is not certain of it."""
        if preview.needs_confirmation and self.limit_row.isHidden():
            self.limit.blockSignals(True)
            typed = self.limit.currentText()
            self.limit.clear()
            self.limit.addItems(list(preview.choices) or ["trong ngày", "3 ngày làm việc", "5 ngày làm việc"])
            self.limit.setCurrentIndex(-1)
            self.limit.setEditText(typed)
            self.limit.setPlaceholderText("chọn hoặc gõ, ví dụ 3 ngày làm việc")
            self.limit.blockSignals(False)
        self.limit_note.setText(f"⚠ {preview.note}")
        self.limit_row.setVisible(preview.needs_confirmation)

    def _add_own(self) -> None:
        name = self.own.text().strip()
        if not name:
            self.focusNextChild()
            return
        self.papers.ticks.add(Tick(name, 1, 0, 0, required=False, ticked=True))
        self.own.clear()

    def show_error(self, field: str, message: str) -> None:
        self.errors[field].setText(message)
        self.errors[field].setVisible(bool(message))

    def read(self, form: IntakeForm) -> IntakeForm:
        """`form` with what stands in this panel."""
        code = self.version.code if self.version else ""
        limit = self.limit.currentText() if not self.limit_row.isHidden() else ""
        return replace(form, procedure=code, limit=limit, ticks=tuple(self.papers.ticks.ticks))

    def clear(self) -> None:
        self.search.clear()
        self.list.show()
        self.limit.setEditText("")
        self.set_version(None)
        self.look_up()


def _facts(version: ProcedureVersion) -> str:
    fee = f"{version.fee} ({version.fee_exemptions})" if version.fee_exemptions else version.fee
    parts = (
        version.field,
        version.result and f"kết quả: {version.result}",
        f"phí: {fee}",
        version.decision,
        version.mark,
    )
    return " · ".join(part for part in parts if part)
