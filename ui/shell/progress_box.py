"""Progress of a long job, shown when it takes a while; Esc stops the job."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from ui.look import texts

LOOK_MS = 100
SHOW_AFTER_MS = 400  # what is over sooner needs no box


class ProgressBox(QDialog):
    """Reads the numbers of `work`; the work itself goes on elsewhere."""

    def __init__(self, words: str, work: LongWork, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(words)
        self._work = work
        self.bar = QProgressBar()
        self.bar.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.addWidget(texts.words(words))
        column.addWidget(self.bar)
        column.addWidget(
            texts.button(_("Dừng"), self.reject, "Esc"), 0, Qt.AlignmentFlag.AlignRight
        )
        self.resize(self.fontMetrics().averageCharWidth() * 56, self.sizeHint().height())
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        self._soon = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._soon.timeout.connect(self.show)
        self._soon.start()

    def look(self) -> None:
        """Update the bar; it only moves to and fro while the total is unknown."""
        self.bar.setRange(0, self._work.total)
        self.bar.setValue(min(self._work.done, self._work.total))

    def over(self) -> None:
        """The work has ended, this way or that."""
        self._soon.stop()
        self._look.stop()
        self.accept()
        self.deleteLater()

    def reject(self) -> None:
        """Stop: the work ends at its next step, and its end closes this box."""
        self._work.stop()
