"""Step of the first run for a desk that has data already: those found here, or any chosen file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.i18n import _
from ui import formatting
from ui.look import texts
from ui.widgets.fields.code_box import CodeBox
from ui.widgets.tables.list_lines import add_line, value_of

if TYPE_CHECKING:
    from cchc_desk.actions.data.existing import ExistingDesk


class ExistingStep(QWidget):
    """Lists what was found, newest first; `picked(file)` when one is chosen."""

    picked = Signal(object)
    unlocked = Signal(object, str)  # one that is encrypted, and the code of its recovery sheet

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Dữ liệu tìm thấy"))
        self.list.activated.connect(lambda _line: self._activated())
        self.code_box = CodeBox()
        self._locked = Path()
        self.code_box.given.connect(lambda code: self.unlocked.emit(self._locked, code))
        self.nothing = texts.words(
            _(
                "Không thấy dữ liệu nào trên máy này hay trên USB đang cắm. Cắm USB có bản sao rồi "
                "mở lại, hoặc chọn tệp."
            ),
            "empty",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            texts.words(
                _(
                    "Dữ liệu được chép vào máy này; tệp cũ giữ nguyên. Máy cũ của quầy này (nếu "
                    "còn) không được dùng tiếp, kẻo hai hồ sơ mang một mã."
                ),
                "warning",
            )
        )
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.code_box)
        row = QHBoxLayout()
        row.addWidget(texts.button(_("Chọn tệp khác"), self.choose, "Ctrl+O", self))
        row.addStretch(1)
        column.addLayout(row)

    def ask_code(self, file: Path) -> None:
        """Asks for the code that opens `file`, which stands in the list from now on."""
        role = Qt.ItemDataRole.UserRole
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(role) == file]
        if not rows:
            add_line(self.list, _locked_line(file), {role: file})
        self.list.setCurrentRow(rows[0] if rows else self.list.count() - 1)
        self.list.show()
        self.nothing.hide()
        self._locked = file
        self.code_box.ask()

    def offer(self, desks: "Sequence[ExistingDesk]") -> None:
        """Shows what was found."""
        self.list.clear()
        for desk in desks:
            until = _("việc cuối {last}").format(last=formatting.short(desk.last))
            line = f"{desk.unit_name} · {desk.desk_name}  –  {until}\n{desk.file}"
            if desk.locked:
                line = _locked_line(desk.file)
            add_line(self.list, line, {Qt.ItemDataRole.UserRole: desk.file})
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(desks))
        self.nothing.setVisible(not desks)
        if desks:
            self.list.setFocus()

    def pick(self) -> None:
        """Takes the chosen line, with the code that was typed; asks for a file where none is."""
        if self.code_box.isVisible() and value_of(self.list) == self._locked:
            self.code_box.give()
        elif self.list.count():
            self._activated()
        else:
            self.choose()

    def choose(self) -> None:
        """Asks for a file."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Mở dữ liệu hoặc bản sao"), str(Path.home()), _("Dữ liệu CCHC Desk (*.db)")
        )
        if name:
            self.picked.emit(Path(name))

    def _activated(self) -> None:
        self.picked.emit(value_of(self.list))


def _locked_line(file: Path) -> str:
    return _("Đã mã hóa: cần mã trên phiếu khôi phục") + f"\n{file}"


def volumes() -> tuple[Path, ...]:
    """Return where disks and sticks other than the system's are mounted."""
    root = QStorageInfo.root().rootPath()
    return tuple(
        Path(volume.rootPath())
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and volume.rootPath() != root and _is_stick(volume.rootPath())
    )


def _is_stick(place: str) -> bool:
    """On Windows every drive, elsewhere what is mounted for its user."""
    return place[1:2] == ":" or place.startswith(("/media/", "/run/media/", "/mnt/", "/Volumes/"))
