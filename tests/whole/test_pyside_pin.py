"""Guards the PySide6 pin: 6.12.0 steals a reference to None in every void call
(docs/decisions/002).
"""

import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

CALLS = 2000


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal here and cannot be stolen"
)
@pytest.mark.usefixtures("qapp")
def test_a_void_call_of_qt_gives_back_none_with_its_reference() -> None:
    thing, label = QObject(), QLabel()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
        label.setText("x")
        label.update()
    assert before - sys.getrefcount(None) < CALLS // 10
