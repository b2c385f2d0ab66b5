"""A field for a day as people type it (17051990, 17/5/1990, 17-5-90), tidied when left."""

import re
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.fields import date_picker

_TYPED = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{2}|\d{4})|(\d{2})(\d{2})(\d{4}|\d{2})")


def read_day(text: str, this_year: int) -> date | None:
    """Return the day, None for ""; ValueError when it is no day. Two-digit years are past."""
    text = text.strip()
    if not text:
        return None
    match = _TYPED.fullmatch(text)
    if not match:
        raise ValueError(text)
    day, month, year = (int(part) for part in match.groups() if part is not None)
    if year < 100:
        century = this_year // 100 * 100
        year += century if century + year <= this_year else century - 100
    return date(year, month, day)


class DayField(QLineEdit):
    """Line for a day: `day()` reads it, leaving the field rewrites it as dd/mm/yyyy."""

    def __init__(self, name: str, this_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._this_year = this_year
        self.setAccessibleName(name)
        self.setPlaceholderText(_("ngày/tháng/năm"))
        wide = self.placeholderText()
        texts.fitted(
            self, lambda: self.setMinimumWidth(self.fontMetrics().horizontalAdvance(wide) + 52)
        )
        self.editingFinished.connect(self._tidy)
        date_picker.offer(self, self.day, self._picked)

    def day(self) -> date | None:
        """The day in the field, None when it is empty; ValueError when it is no day."""
        return read_day(self.text(), self._this_year)

    @property
    def is_readable(self) -> bool:
        """False where what was typed is no day."""
        try:
            self.day()
        except ValueError:
            return False
        return True

    def set_day(self, day: date | None) -> None:
        self.setText(f"{day:%d/%m/%Y}" if day else "")

    def _picked(self, day: date) -> None:
        self.set_day(day)
        self.textEdited.emit(self.text())
        self.editingFinished.emit()

    def _tidy(self) -> None:
        if not self.is_readable:
            return  # what was typed stays; the page says what is wrong when it is needed
        day = self.day()
        if (
            day is None or self.text() != f"{day:%d/%m/%Y}"
        ):  # setText forgets what Ctrl+Z could take back
            self.set_day(day)
