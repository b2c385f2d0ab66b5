"""The panels of the intake page, side by side or one below another as the width allows."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

_NARROW_LETTERS = 112  # below this many letters of width the third column goes under the first
_NARROWEST_LETTERS = 80  # below this many each goes under the one before: names of papers have room
# columns shown -> row, column, rows and columns of who, what and when; how the width is shared
_PLACES = {
    3: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
    2: ((0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)),
    1: ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
}
# the first has room for a name of 320 points beside its label at 1366 points
_STRETCHES = {3: (40, 37, 23), 2: (11, 11, 0), 1: (1, 0, 0)}


class PanelGrid(QWidget):
    """Three panels in one to three columns."""

    def __init__(self) -> None:
        super().__init__()
        self._panels: Sequence[QWidget] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 6)
        self._grid.setHorizontalSpacing(16)
        self.columns = 3

    def hold(self, panels: Sequence[QWidget]) -> None:
        """Takes the panels; the grid has its own place by then, or they would be styled again."""
        self._panels = panels
        self._place(self.columns)

    def fit(self, letters: int) -> bool:
        """Place the panels for a page so many letters wide; return True if that changed them."""
        columns = 3 if letters >= _NARROW_LETTERS else 2 if letters >= _NARROWEST_LETTERS else 1
        if columns == self.columns:
            return False
        self._place(columns)
        return True

    def _place(self, columns: int) -> None:
        self.columns = columns
        for panel in self._panels:
            self._grid.removeWidget(panel)
        for panel, place in zip(self._panels, _PLACES[columns], strict=True):
            self._grid.addWidget(panel, *place)
        self._grid.setRowStretch(1, 1 if columns == 2 else 0)
        for column, stretch in enumerate(_STRETCHES[columns]):
            self._grid.setColumnStretch(column, stretch)
