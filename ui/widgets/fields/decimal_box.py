"""A field for a decimal number, typed with a comma or a point."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox

from ui.widgets.fields.boxes import WheelScrollsPage


class DecimalBox(WheelScrollsPage, QDoubleSpinBox):
    """Takes both signs as the decimal one; Qt would drop one of them and read 1.5 as 15."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return super().validate(self._with_own_sign(text), position)

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(self._with_own_sign(text))

    def _with_own_sign(self, text: str) -> str:
        sign = self.locale().decimalPoint()
        return text.replace("," if sign == "." else ".", sign)
