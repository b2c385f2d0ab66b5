"""A month to pick a day from, beside a field in which days are typed: by the mouse or Alt+↓."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout

from cchc_desk.i18n import _, language
from cchc_desk.vietnam_time import vietnam_now
from ui.look import style, texts
from ui.look.icons import icon

_LETTERS, _LINES = 48, 13  # of a month: its days' names whole, and six weeks under them


def offer(field: QLineEdit, day: Callable[[], date | None], picked: Callable[[date], None]) -> None:
    """Add the button to `field`: `day` answers where the month opens, `picked` takes the day.

    A month opens on the day in the field, on today where there is none or it cannot be read.
    """
    show = partial(_show, field, day, picked)
    button = field.addAction(
        icon("today", "accent_dark"), QLineEdit.ActionPosition.TrailingPosition
    )
    button.setText(_("Chọn ngày"))
    button.setToolTip(_("Chọn ngày  ·  Alt+↓"))
    button.triggered.connect(show)
    texts.shortcut(field, "Alt+Down", show)


def _show(field: QLineEdit, day: Callable[[], date | None], picked: Callable[[date], None]) -> None:
    popup = QFrame(field, Qt.WindowType.Popup)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.setFrameShape(QFrame.Shape.StyledPanel)
    month = QCalendarWidget()
    month.setAccessibleName(field.accessibleName())
    month.setLocale(QLocale(language()))
    month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    rest = QTextCharFormat()
    rest.setForeground(QColor(style.worn().late))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        month.setWeekdayTextFormat(weekday, rest)
    metrics = field.fontMetrics()
    month.setMinimumSize(metrics.averageCharWidth() * _LETTERS, metrics.lineSpacing() * _LINES)
    try:
        known = day()
    except ValueError:
        known = None
    shown = known or vietnam_now().date()
    month.setSelectedDate(QDate(shown.year, shown.month, shown.day))

    def pick(chosen: QDate) -> None:
        popup.close()
        picked(date(chosen.year(), chosen.month(), chosen.day()))
        field.setFocus()

    month.clicked.connect(pick)
    month.activated.connect(pick)
    texts.shortcut(popup, "Esc", popup.hide)
    inside = QVBoxLayout(popup)
    inside.setContentsMargins(4, 4, 4, 4)
    inside.addWidget(month)
    popup.adjustSize()
    popup.move(_place(field, popup))
    popup.show()
    month.setFocus()


def _place(field: QLineEdit, popup: QFrame) -> QPoint:
    """Under the field, or over it where the screen ends."""
    screen, below = field.screen().availableGeometry(), field.mapToGlobal(QPoint(0, field.height()))
    above = field.mapToGlobal(QPoint(0, -popup.height()))
    place = below if below.y() + popup.height() <= screen.bottom() else above
    return QPoint(min(place.x(), screen.right() - popup.width()), max(place.y(), screen.top()))
