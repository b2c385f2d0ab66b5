"""The period and the origin that figures are asked for: spans at one key, two days, one choice."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.domain.figures import ORIGIN_NAMES
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.time.spans import Span, days_of
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.error_row import mark
from ui.widgets.layout.flow import Flow

SPAN_WORDS = {
    Span.TODAY: later("Hôm nay"),
    Span.THIS_WEEK: later("Tuần này"),
    Span.THIS_MONTH: later("Tháng này"),
    Span.LAST_MONTH: later("Tháng trước"),
    Span.THIS_QUARTER: later("Quý này"),
    Span.SIX_MONTHS: later("6 tháng"),
    Span.THIS_YEAR: later("Năm nay"),
}


class PeriodFields(QWidget):
    """The fields, at first this year; Alt+1 … Alt+7 choose a span anywhere in `page`.

    `today` says which day it is. `changed`: something else is asked for now.
    """

    changed = Signal()

    def __init__(self, page: QWidget, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        year = today().year
        self.first, self.last = DayField(_("Từ ngày"), year), DayField(_("Đến ngày"), year)
        self.origin = texts.narrow(ComboBox())
        self.origin.setAccessibleName(_("Hồ sơ được tính"))
        origins = [_(name) for name in ORIGIN_NAMES.values()]
        self.origin.setMinimumContentsLength(max(map(len, origins)))
        self.origin.addItems(origins)
        self._set_days(Span.THIS_YEAR)
        self._lay_out(page)
        self.offer_origins(False)
        self.first.editingFinished.connect(self.changed)
        self.last.editingFinished.connect(self.changed)
        self.origin.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _lay_out(self, page: QWidget) -> None:
        spans, self._fields = Flow(), Flow()
        for number, (span, words) in enumerate(SPAN_WORDS.items(), 1):
            choose = partial(self.choose, span)
            spans.add(texts.button(_(words), choose, f"Alt+{number}", page, "small"))
        self._origins = texts.beside(_("Hồ sơ"), self.origin)
        for asked in (
            texts.beside(_("Từ ngày"), self.first),
            texts.beside(_("Đến ngày"), self.last),
            self._origins,
        ):
            self._fields.add(asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(spans)
        column.addWidget(self._fields)

    def _set_days(self, span: Span) -> None:
        for field, day in zip((self.first, self.last), days_of(span, self._today()), strict=True):
            field.set_day(day)

    def add(self, field: QWidget) -> None:
        """Put another choice of the page behind the fields."""
        self._fields.add(field)

    def choose(self, span: Span) -> None:
        """Ask for this span of days."""
        self._set_days(span)
        self.changed.emit()

    def offer_origins(self, has_watched: bool) -> None:
        """Let the origin be chosen, where some dossiers are watched from lists."""
        self._origins.setVisible(has_watched)
        if not has_watched:
            self.origin.setCurrentIndex(0)

    def asked(self) -> Asked | None:
        """Return what is asked for; None, the field marked, where a day cannot be read.

        An empty field is the beginning of this year, or today. The last day may be before the
        first.
        """
        fields, today = (self.first, self.last), self._today()
        for field in fields:
            mark(field, wrong=not field.is_readable)
        if not all(field.is_readable for field in fields):
            return None
        first, last = self.first.day() or today.replace(month=1, day=1), self.last.day() or today
        return Asked(first, last, tuple(ORIGIN_NAMES)[self.origin.currentIndex()])
