"""A secret is read whole, however narrow its line."""

import pytest
from pytestqt.qtbot import QtBot

from cchc_desk.domain.people import recovery_code
from ui.widgets.fields.secret_field import SecretField


@pytest.mark.parametrize("width", [900, 420, 260])
def test_the_letters_fit_the_line(qtbot: QtBot, width: int) -> None:
    field = SecretField()
    qtbot.addWidget(field)
    field.setStyleSheet("font-size: 30px")
    field.resize(width, 60)
    field.show()
    field.setText(recovery_code.new_code())
    assert field.fontMetrics().horizontalAdvance(field.text()) < width
