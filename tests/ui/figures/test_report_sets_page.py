"""Gửi định kỳ: a set entered, made into a bundle, sent and taken away, by keys and by the mouse."""

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from cchc_desk.actions.report_sets import sets, standing
from cchc_desk.actions.report_sets.sets import NewReportSet
from cchc_desk.domain.reports.sets import LAST_DAY, Every, Schedule, State
from tests.actions.conftest import WHY, become
from tests.ui import questions
from tests.ui.conftest import MakeWindow, press
from ui.figures.page import FiguresPage
from ui.figures.sets import ReportSetsPage
from ui.shell.window import Window
from ui.today.page import TodayPage
from ui.widgets.question_panel import QuestionPanel

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
DECEMBER = datetime(2026, 12, 2, 9, 0)
MONTHLY = Schedule(Every.MONTH, LAST_DAY, 5)


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


def opened(window: Window) -> ReportSetsPage:
    """Ctrl+F8, then Alt+G."""
    press(window, Qt.Key.Key_F8, CTRL)
    press(window, Qt.Key.Key_G, ALT)
    page = window.stack.currentWidget()
    assert isinstance(page, ReportSetsPage)
    return page


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def tick(window: Window, *words: str) -> None:
    """Space on these lines of the reports in the panel."""
    field = questions.panel_in(window).fields[2]
    control = field.control
    assert isinstance(control, QListWidget)
    control.setFocus()
    for row in range(control.count()):
        control.setCurrentRow(row)
        if any(said in control.item(row).text() for said in words):
            QTest.keyClick(control, Qt.Key.Key_Space)


def saved_to(target: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer the dialog of files with `target`; return the names that it proposes."""
    proposed: list[str] = []

    def choose(_page: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return proposed


def test_a_set_is_entered_by_keys_and_stands_in_the_list(leader: Window) -> None:
    page = opened(leader)
    assert page.table.hasFocus()
    press(leader, Qt.Key.Key_T, ALT)
    tick(leader, "Tình hình, kết quả", "Số liệu báo cáo cải cách")
    questions.answer(leader, "Báo cáo tháng", "Sở Nội vụ", None, "Hằng quý", "hết ngày 14", "17")
    (stands,) = standing.listed(leader.desk)
    kept = stands.report_set
    assert (kept.name, kept.receiver, kept.reports) == (
        *("Báo cáo tháng", "Sở Nội vụ"),
        ("ii-06a", "monthly"),
    )
    assert kept.schedule == Schedule(Every.QUARTER, 14, 17)
    model = page.table.model_
    assert [model.text(0, column) for column in range(model.columnCount())] == [
        *("Báo cáo tháng", "Sở Nội vụ", "quý IV/2026", "17/12/2026", "kỳ chưa hết", ""),
    ]
    press(leader, Qt.Key.Key_Escape)
    assert isinstance(leader.stack.currentWidget(), FiguresPage)


def test_what_is_wrong_in_the_panel_is_said_at_its_field_and_nothing_is_lost(
    leader: Window,
) -> None:
    opened(leader)
    press(leader, Qt.Key.Key_T, ALT)
    panel = questions.answer(leader, "Tháng", "Sở Nội vụ", None, None, None, "32")
    assert panel.isVisible()
    assert panel.fields[2].error.text() != ""
    assert panel.fields[5].error.text() == "Hãy ghi một số từ 1 đến 31."
    tick(leader, "Tình hình, kết quả")
    questions.answer(leader, None, None, None, None, None, "5")
    assert [one.report_set.name for one in standing.listed(leader.desk)] == ["Tháng"]
    press(leader, Qt.Key.Key_T, ALT)
    tick(leader, "Tình hình, kết quả")
    panel = questions.answer(leader, "tháng", "Sở Nội vụ")
    assert "Đã có bộ báo cáo" in panel.fields[0].error.text()
    questions.leave(leader)


def a_set(window: Window, *reports: str) -> None:
    sets.add(window.desk, NewReportSet("Báo cáo tháng", "Sở Nội vụ", reports, MONTHLY))


def test_the_month_is_made_by_enter_and_marked_as_sent_by_a_key(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_set(leader, "ii-06a", "monthly")
    leader.desk.clock = lambda: DECEMBER
    target = tmp_path / "exports" / "thang"
    target.parent.mkdir(exist_ok=True)
    proposed = saved_to(target, monkeypatch)
    page = opened(leader)
    press(leader, Qt.Key.Key_G, ALT)  # nothing was made yet
    assert "Chưa lập bộ báo cáo tháng 11/2026" in leader.notices.text
    press(leader, Qt.Key.Key_Return)
    questions.answer(leader)
    assert proposed == ["bao-cao-thang-2026-11.zip"]
    with ZipFile(target.with_suffix(".zip")) as packed:
        assert len(packed.namelist()) == 5
    assert "thang.zip" in leader.notices.text
    assert page.table.model_.text(0, 4) == "đã lập, chưa gửi"
    press(leader, Qt.Key.Key_G, ALT)
    questions.answer(leader, None, "Trục liên thông văn bản")
    (stands,) = standing.listed(leader.desk)
    assert (stands.period.words, stands.state) == ("tháng 12/2026", State.RUNNING)
    assert "Sở Nội vụ" in leader.notices.text
    assert page.table.model_.text(0, 5) == "02/12/2026 – Trục liên thông văn bản"
    history = page.history.model_
    assert history.rowCount() == 1
    assert history.text(0, 4) == "02/12/2026"


def test_an_earlier_month_by_the_mouse(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_set(leader, "ii-06a")
    leader.desk.clock = lambda: DECEMBER
    (tmp_path / "exports").mkdir(exist_ok=True)
    saved_to(tmp_path / "exports" / "cu.zip", monkeypatch)
    press(leader, Qt.Key.Key_F8, CTRL)
    figures = leader.stack.currentWidget()
    assert isinstance(figures, FiguresPage)
    click(figures.sets)
    page = leader.stack.currentWidget()
    assert isinstance(page, ReportSetsPage)
    click(page.make)
    panel = questions.panel_in(leader)
    periods = panel.fields[0].control
    assert isinstance(periods, QListWidget)
    line = periods.item(1)
    assert "tháng 10/2026" in line.text()
    QTest.mouseClick(
        periods.viewport(),
        Qt.MouseButton.LeftButton,
        pos=periods.visualItemRect(line).center(),
    )
    click(panel.yes)
    (made,) = standing.history(leader.desk)
    assert f"{made.bundle.last:%d/%m/%Y}" == "31/10/2026"
    click(page.change)
    panel = questions.panel_in(leader)
    questions.answer(leader, None, "Văn phòng Ủy ban nhân dân thành phố")
    (stands,) = standing.listed(leader.desk)
    assert stands.report_set.receiver == "Văn phòng Ủy ban nhân dân thành phố"
    assert stands.report_set.reports == ("ii-06a",)
    click(page.drop)
    click(questions.panel_in(leader).yes)
    assert standing.listed(leader.desk) == ()
    assert page.history.model_.rowCount() == 1


def test_names_of_citizens_are_asked_for_a_reason_first(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_set(leader, "register")
    leader.desk.clock = lambda: DECEMBER
    (tmp_path / "exports").mkdir(exist_ok=True)
    saved_to(tmp_path / "exports" / "a.zip", monkeypatch)
    opened(leader)
    press(leader, Qt.Key.Key_F9)
    panel = questions.answer(leader, None, "abc")
    assert panel.isVisible()
    assert not (tmp_path / "exports" / "a.zip").exists()
    questions.answer(leader, None, WHY)
    assert (tmp_path / "exports" / "a.zip").exists()


def test_the_day_board_says_what_must_be_sent(leader: Window) -> None:
    a_set(leader, "ii-06a")
    leader.desk.clock = lambda: datetime(2026, 12, 7, 9, 0)
    press(leader, Qt.Key.Key_F6)
    board = leader.stack.currentWidget()
    assert isinstance(board, TodayPage)
    board.refresh()
    assert "Báo cáo tháng, tháng 11/2026, quá hạn từ 05/12" in board.alarms.text()


def test_who_may_not_finds_the_keys_grey_with_the_reason(leader: Window) -> None:
    a_set(leader, "ii-06a")
    page = opened(leader)
    for who, may in (("an", (True, False)), ("binh", (False, False)), ("dung", (True, True))):
        become(leader.desk, who)
        page.official_changed()
        assert (page.make.isEnabled(), page.new.isEnabled()) == may
    become(leader.desk, "binh")
    page.official_changed()
    press(leader, Qt.Key.Key_Return)  # the line itself says why not
    assert not page.findChildren(QuestionPanel)
    assert "Việc này dành cho người tiếp nhận" in leader.notices.text
    assert page.new.toolTip() != ""
