"""The acts in the order of a letter's life: for the chosen line, and for all lines."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.layout.flow import Flow


class LetterSteps(Flow):
    """Each step with its caption, its act on the chosen line and its act on all lines.

    On a low window captions and acts on all lines are folded behind one button, whose key works
    anywhere in `page`.
    """

    def __init__(
        self, page: QWidget, steps: Sequence[tuple[str, QPushButton, QPushButton]]
    ) -> None:
        super().__init__(even=True)
        self._is_low = False
        self._folded: list[tuple[QWidget, QWidget]] = []
        self.fold = texts.button(_("Mọi thư ▾"), self._show_folded, "Alt+M", page)
        self.fold.setCheckable(True)
        for caption, of_line, of_all in steps:
            step = QWidget()
            column = QVBoxLayout(step)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            words = texts.words(caption, "section", wrap=False)
            holder = QWidget()  # hidden in the place of the button, whose key goes on working
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(of_all)
            for part in (words, of_line, holder):
                column.addWidget(part)
            column.addStretch(1)
            self._folded.append((words, holder))
            self.add(step)
        self.add(self.fold)

    def be_low(self, is_low: bool) -> None:
        """Fold the acts on all letters, or show them."""
        self._is_low = is_low
        self.fold.setVisible(is_low)
        self.be_even(not is_low)
        self._show_folded()

    def _show_folded(self) -> None:
        for caption, of_all in self._folded:
            caption.setHidden(self._is_low)
            of_all.setHidden(self._is_low and not self.fold.isChecked())
