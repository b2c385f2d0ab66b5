"""Badge of a dossier's standing: a sign, the word and the time left, on a soft ground.

    badge.show_standing(standing)                                        beside a heading
    table.setItemDelegateForColumn(STATE, BadgeDelegate(standing, table))    in a table

where `standing(row)` answers the DossierStanding of a row of the model, None for none.
"""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
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

_BESIDE, _ABOVE = 9, 2  # points between the words and the edge of their ground
_GROUND = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver  # another than plain
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


def _paint(painter: QPainter, rect: QRect, standing: DossierStanding, font: QFont) -> None:
    """Paint a badge at the left of `rect`, no wider than that."""
    text, metrics = badge_text(standing), QFontMetrics(font)
    ink, ground = colours(standing.severity, style.worn())
    wide = min(rect.width(), metrics.horizontalAdvance(text) + 2 * _BESIDE)
    high = min(rect.height(), metrics.height() + 2 * _ABOVE)
    pill = QRectF(rect.x(), rect.y() + (rect.height() - high) / 2, wide, high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(pill, high / 2, high / 2)
    painter.setPen(QColor(ink))
    painter.setFont(font)
    inside = pill.adjusted(_BESIDE, 0, -_BESIDE, 0)
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inside.width()) + 1)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
    painter.restore()


class Badge(QLabel):
    """One badge on a page; hidden until it has a standing."""

    def __init__(self) -> None:
        super().__init__()
        texts.plain(self)
        self._standing: DossierStanding | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_standing(self, standing: DossierStanding) -> None:
        self._standing = standing
        self.setText(badge_text(standing))
        self.setToolTip(standing.words)
        self.show()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.text()) + 2 * _BESIDE
        return QSize(wide, metrics.height() + 2 * _ABOVE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._standing is not None:
            painter = QPainter(self)
            _paint(painter, self.rect(), self._standing, self.font())
            painter.end()


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
        if option.state & _GROUND:
            cell = QStyleOptionViewItem(option)
            self.initStyleOption(cell, index)
            cell.text = ""
            view = cell.widget
            drawn_by = view.style() if view else QApplication.style()
            drawn_by.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, view)
        _paint(painter, option.rect.adjusted(2, 0, -2, 0), standing, option.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        standing = self._standing(index.row())
        if standing is None:
            return super().sizeHint(option, index)
        metrics = QFontMetrics(option.font)
        wide = metrics.horizontalAdvance(badge_text(standing)) + 2 * _BESIDE + 4
        return QSize(wide, metrics.height() + 2 * _ABOVE + 4)
