"""Badge of a dossier's standing: a sign, the word and the time left, on a soft ground.

    badge.show_standing(standing)                                        beside a heading
    table.setItemDelegateForColumn(STATE, BadgeDelegate(standing, table))    in a table

where `standing(row)` answers the DossierStanding of a row of the model, None for none.
"""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from cchc_desk.domain.dossiers.standing import DossierStanding, Severity
from ui.look import style, texts
from ui.look.tokens import Palette

_BESIDE, _ABOVE = 8, 1  # points between the words and the edge of their ground
Index = QModelIndex | QPersistentModelIndex


def badge_text(standing: DossierStanding) -> str:
    """`✗ trễ 2 ngày`: sign and words, as every badge has them."""
    return f"{standing.sign} {standing.text}"


def colours(severity: Severity, palette: Palette) -> tuple[str, str]:
    """Return the colour of the words and of the ground under them."""
    return {
        Severity.BROKEN: (palette.late, palette.late_soft),
        Severity.TODAY: (palette.soon, palette.soon_soft),
        Severity.RUNNING: (palette.ink, palette.quiet_soft),
        Severity.WAITING: (palette.quiet, palette.quiet_soft),
        Severity.DONE: (palette.good, palette.good_soft),
    }[severity]


class Badge(QLabel):
    """One badge on a page; hidden until it has a standing."""

    def __init__(self) -> None:
        super().__init__()
        texts.plain(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_standing(self, standing: DossierStanding) -> None:
        self.setText(badge_text(standing))
        self.setToolTip(standing.words)
        texts.role(self, f"badge-{standing.severity.value}")
        self.show()


class BadgeDelegate(QStyledItemDelegate):
    """Paints the badge of each row of a column; a row without a standing as it would be."""

    def __init__(
        self, standing: Callable[[int], DossierStanding | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._standing = standing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        standing = self._standing(index.row())
        if standing is None:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        view = cell.widget
        drawn_by = view.style() if view else QApplication.style()
        drawn_by.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, view)
        text = badge_text(standing)
        ink, ground = colours(standing.severity, style.worn())
        metrics = QFontMetrics(option.font)
        rect = option.rect.adjusted(2, 0, -2, 0)
        wide = min(rect.width(), metrics.horizontalAdvance(text) + 2 * _BESIDE)
        high = min(rect.height(), metrics.height() + 2 * _ABOVE)
        pill = QRectF(rect.x(), rect.y() + (rect.height() - high) / 2, wide, high)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setPen(QColor(ink))
        painter.setFont(option.font)
        inside = pill.adjusted(_BESIDE, 0, -_BESIDE, 0)
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inside.width()) + 1)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        standing = self._standing(index.row())
        if standing is None:
            return super().sizeHint(option, index)
        metrics = QFontMetrics(option.font)
        wide = metrics.horizontalAdvance(badge_text(standing)) + 2 * _BESIDE + 4
        return QSize(wide, metrics.height() + 2 * _ABOVE + 4)
