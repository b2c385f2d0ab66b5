"""A picture of bars by keys and by the mouse, and what it says of itself."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cchc_desk.domain.chart import Bar, Part, Picture, Shape, Tone
from ui.widgets.display.picture import PictureView

KEYS = Qt.Key


def picture(shape: Shape) -> Picture:
    bars = tuple(
        Bar(name, (Part(early, str(early), Tone.GOOD), Part(late, str(late), Tone.LATE)))
        for name, early, late in (("Hộ tịch", 6, 2), ("Chứng thực", 3, 0))
    )
    return Picture(shape, bars, ("Trước hạn", "Quá hạn"))


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView("Theo lĩnh vực")
    qtbot.addWidget(made)
    made.resize(500, 200)
    return made


@pytest.mark.parametrize(
    ("shape", "next_bar", "next_part"),
    [
        (Shape.STANDING, KEYS.Key_Right, KEYS.Key_Up),
        (Shape.LYING, KEYS.Key_Down, KEYS.Key_Right),
        (Shape.GRID, KEYS.Key_Down, KEYS.Key_Right),
    ],
)
def test_arrows_go_as_the_bars_stand_and_stop_at_the_ends(
    view: PictureView, shape: Shape, next_bar: Qt.Key, next_part: Qt.Key
) -> None:
    view.show_picture(picture(shape))
    assert view.chosen() == (0, 0)
    QTest.keyClick(view, next_part)
    assert view.chosen() == (0, 1)
    QTest.keyClick(view, next_part)
    assert view.chosen() == (0, 1)
    QTest.keyClick(view, next_bar)
    assert view.chosen() == (1, 1)
    QTest.keyClick(view, next_bar)
    assert view.chosen() == (1, 1)
    assert view.accessibleName() == "Theo lĩnh vực – Chứng thực · Quá hạn: 0"


@pytest.mark.parametrize("shape", Shape)
def test_a_click_on_a_part_and_enter_open_the_same(view: PictureView, shape: Shape) -> None:
    opened: list[tuple[int, int]] = []
    view.opened.connect(lambda bar, part: opened.append((bar, part)))
    view.show_picture(picture(shape))
    view.show()
    for x in range(0, view.width(), 3):
        for y in range(0, view.height(), 3):
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert {(0, 0), (0, 1), (1, 0)} <= set(opened)
    QTest.keyClick(view, KEYS.Key_Return)
    assert opened[-1] == view.chosen()


def test_a_picture_of_nothing_chooses_and_opens_nothing(view: PictureView) -> None:
    opened: list[tuple[int, int]] = []
    view.opened.connect(lambda bar, part: opened.append((bar, part)))
    view.show_picture(Picture(Shape.GRID, (), ()))
    for key in (KEYS.Key_Return, KEYS.Key_Down, KEYS.Key_Right):
        QTest.keyClick(view, key)
    assert view.chosen() is None
    assert opened == []
    assert not view.grab().isNull()


def test_all_values_are_read_out(view: PictureView) -> None:
    view.show_picture(picture(Shape.LYING))
    assert view.accessibleDescription() == (
        "Hộ tịch · Trước hạn: 6; Hộ tịch · Quá hạn: 2; "
        "Chứng thực · Trước hạn: 3; Chứng thực · Quá hạn: 0"
    )
