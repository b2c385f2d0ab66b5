"""Papers ticked and counted by key alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from ui.widgets.fields.tick_list import NAME, Tick, TickList

PAPERS = (
    Tick("Tờ khai", 1, 0, 0, required=True),
    Tick("Giấy chứng sinh", 0, 1, 0, required=True),
    Tick("Văn bản ủy quyền", 0, 0, 0, required=False),
)
Key = Qt.Key


@pytest.fixture
def papers(qtbot: QtBot) -> TickList:
    """The list as it stands once a procedure was chosen: the cursor on the first paper."""
    made = TickList()
    qtbot.addWidget(made)
    made.ticks.fill(PAPERS)
    made.setCurrentIndex(made.ticks.index(0, NAME))
    made.show()
    made.setFocus()
    return made


def counts(papers: TickList) -> list[tuple[int, int, int] | None]:
    """What would be handed in: the counts of each paper, None where it is not ticked."""
    return [
        (tick.original, tick.certified, tick.copy) if tick.ticked else None
        for tick in papers.ticks.ticks
    ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("1", [(1, 0, 0), None, None]),
        ("12", [(1, 0, 0), (0, 1, 0), None]),
        ("11", [None, None, None]),
        ("3", [None, None, (1, 0, 0)]),  # a paper without a usual count is handed in once
        ("9", [None, None, None]),
        (" ", [(1, 0, 0), None, None]),
        ("a", [(1, 0, 0), (0, 1, 0), None]),
        ("A", [(1, 0, 0), (0, 1, 0), None]),
        ("aa", [(1, 0, 0), (0, 1, 0), (1, 0, 0)]),
        ("1a", [(1, 0, 0), (0, 1, 0), None]),
        ("+", [(1, 0, 0), None, None]),
        ("++", [(2, 0, 0), None, None]),
        ("++=", [(3, 0, 0), None, None]),
        ("++-", [(1, 0, 0), None, None]),
        ("+-", [None, None, None]),
        ("-", [None, None, None]),
    ],
)
def test_keys(papers: TickList, keys: str, expected: list[tuple[int, int, int] | None]) -> None:
    QTest.keyClicks(papers, keys)
    assert counts(papers) == expected


def test_arrows_choose_what_is_counted(papers: TickList) -> None:
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Plus):
        QTest.keyClick(papers, key)
    assert counts(papers) == [None, (0, 1, 1), None]


def test_counts_stay_within_reason(papers: TickList) -> None:
    papers.ticks.count(0, 2, 5000)
    papers.ticks.count(0, 2, 5000)
    assert counts(papers)[0] == (999, 0, 0)


def test_a_click_ticks_once(papers: TickList) -> None:
    papers.resize(600, 300)
    where = papers.visualRect(papers.ticks.index(1, 1)).center()
    QTest.mouseClick(papers.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert counts(papers) == [None, (0, 1, 0), None]


def test_enter_leaves(qtbot: QtBot, papers: TickList) -> None:
    with qtbot.waitSignal(papers.left):
        QTest.keyClick(papers, Key.Key_Return)
    assert counts(papers) == [None, None, None]


def test_the_paper_that_need_not_be_brought_says_so(papers: TickList) -> None:
    shown = [papers.ticks.index(row, 1).data() for row in range(3)]
    assert shown == ["Tờ khai", "Giấy chứng sinh", "Văn bản ủy quyền (nếu có)"]


def test_a_long_name_is_shown_whole(papers: TickList) -> None:
    papers.resize(400, 300)
    papers.ticks.add(Tick("Giấy tờ chứng minh " * 12, 1, 0, 0, required=True))
    papers.resizeRowsToContents()
    lines = papers.rowHeight(3) // papers.fontMetrics().lineSpacing()
    width = papers.columnWidth(1) * lines
    assert width > papers.fontMetrics().horizontalAdvance("Giấy tờ chứng minh " * 12)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("2", (2, 0, 0)),
        ("20", (20, 0, 0)),
        ("203", (203, 0, 0)),
        ("2031", (203, 0, 0)),  # the fourth digit would be too many
        ("1+", (2, 0, 0)),
        ("2+5", (5, 0, 0)),  # after another key the number begins anew
        ("0", None),
        ("30", (30, 0, 0)),
        ("a0", None),
    ],
)
def test_digits_in_a_column_of_counts_are_the_count(
    papers: TickList, keys: str, expected: tuple[int, int, int] | None
) -> None:
    QTest.keyClick(papers, Key.Key_Right)
    QTest.keyClicks(papers, keys)
    assert counts(papers)[0] == expected


def test_twenty_copies_in_five_keys(qtbot: QtBot, papers: TickList) -> None:
    with qtbot.waitSignal(papers.left):
        for key in (Key.Key_Right, Key.Key_Right, Key.Key_2, Key.Key_0, Key.Key_Return):
            QTest.keyClick(papers, key)
    assert counts(papers) == [(1, 20, 0), None, None]


def test_a_key_held_with_ctrl_counts_and_ticks_nothing(papers: TickList) -> None:
    for key in (Key.Key_1, Key.Key_Space, Key.Key_A):
        QTest.keyClick(papers, key, Qt.KeyboardModifier.ControlModifier)
    assert counts(papers) == [None, None, None]


def test_a_click_on_a_count_opens_a_number_that_is_typed_or_stepped_by_mouse(
    papers: TickList,
) -> None:
    papers.resize(600, 300)
    cell = papers.visualRect(papers.ticks.index(0, 4)).center()
    QTest.mouseClick(papers.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    box = papers.findChild(QSpinBox)
    assert box is not None
    QTest.keyClicks(box, "12")
    assert counts(papers)[0] == (1, 0, 12)  # kept at once: whatever key comes next finds it
    up = QPoint(box.width() - 6, 5)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=up)
    assert counts(papers)[0] == (1, 0, 13)
    QTest.keyClick(box, Key.Key_Return)
    QApplication.processEvents()
    assert papers.state() is not QAbstractItemView.State.EditingState
