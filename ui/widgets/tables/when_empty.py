"""Words in a list or table that has no line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLayout, QVBoxLayout

from ui.look import texts


class WhenEmpty(QLabel):
    """`text` in the middle of `view` as long as it has no lines: what there is to do, or that
    nothing is left.
    """

    def __init__(self, view: QAbstractItemView, text: str) -> None:
        super().__init__(text, view.viewport())
        texts.plain(self)
        self.setProperty("role", "quiet")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over = QVBoxLayout(view.viewport())
        over.setSizeConstraint(
            QLayout.SizeConstraint.SetNoConstraint
        )  # words never widen what they stand in
        over.setContentsMargins(4, 0, 4, 0)
        over.addWidget(self)
        self._lines = view.model()
        for changed in (self._lines.modelReset, self._lines.rowsInserted, self._lines.rowsRemoved):
            changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.setVisible(self._lines.rowCount() == 0)
