"""Filters above the list of dossiers: buttons that combine, and those saved under a name."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cchc_desk.domain.dossiers.filters import Chip, SavedFilter
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.widgets.layout.flow import Flow

WORDS = {
    Chip.OPEN: later("Chưa xong"),
    Chip.MINE: later("Của tôi"),
    Chip.THIS_WEEK: later("Tuần này"),
    Chip.DUE_TODAY: later("Hẹn hôm nay"),
    Chip.LATE: later("Đang trễ"),
    Chip.WAITING: later("Chờ dân"),
    Chip.READY: later("Chờ trả"),
    Chip.OWED: later("Nợ thư"),
    Chip.URGED: later("Bị đôn đốc"),
}


class FilterChips(Flow):
    """`chosen` answers what is pressed; Alt and its number presses one."""

    changed = Signal()
    saved_chosen = Signal(object)  # SavedFilter
    saved_dropped = Signal(object)  # SavedFilter

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.buttons: dict[Chip, QPushButton] = {}
        self.saved: list[QPushButton] = []
        for number, chip in enumerate(Chip, 1):
            made = self.buttons[chip] = texts.button(
                _(WORDS[chip]), self.changed.emit, f"Alt+{number}", page, "small"
            )
            made.setCheckable(True)
            self.add(made)

    def chosen(self) -> frozenset[Chip]:
        return frozenset(chip for chip, made in self.buttons.items() if made.isChecked())

    def choose(self, chips: frozenset[Chip]) -> None:
        """Press exactly these."""
        for chip, made in self.buttons.items():
            made.setChecked(chip in chips)

    def show_saved(self, filters: Sequence[SavedFilter]) -> None:
        """Offer the filters saved under a name, in place of those before."""
        for made in self.saved:
            self.remove(made)
        self.saved = [self._saved(one) for one in filters]
        for made in self.saved:
            self.add(made)
            made.show()
        self.updateGeometry()

    def _saved(self, one: SavedFilter) -> QPushButton:
        made = texts.button(f"★ {one.name}", partial(self.saved_chosen.emit, one), kind="small")
        made.setToolTip(_("Bộ lọc đã lưu; Delete hoặc nút phải chuột để bỏ."))
        texts.shortcut(made, "Del", partial(self.saved_dropped.emit, one))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(partial(self._saved_menu, made, one))
        return made

    def _saved_menu(self, made: QPushButton, one: SavedFilter, point: object) -> None:
        menu = QMenu(made)
        drop = menu.addAction(f"{_('Bỏ bộ lọc này')}\tDelete")
        drop.triggered.connect(partial(self.saved_dropped.emit, one))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(made.mapToGlobal(made.rect().bottomLeft()))
