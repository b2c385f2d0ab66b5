"""Long work tells how far it is and can be stopped; the window lives meanwhile."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cchc_desk import paths
from cchc_desk.actions.data import upkeep
from cchc_desk.long_work import LongWork
from cchc_desk.store.ledger.anchor import read_anchor
from tests.engines import by_hand
from tests.ui.conftest import MakeWindow, delete_what_was_closed, press
from ui.shell import jobs, notices
from ui.shell.progress_box import ProgressBox
from ui.shell.upkeep import ledger_check
from ui.shell.window import Window


def test_the_whole_ledger_is_verified_from_the_settings(window: Window) -> None:
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    answer = upkeep.verify_ledger(window.desk)
    assert f"{answer.entries} mục" in window.notices.text
    assert answer.head in window.notices.text


def test_verifying_counts_every_step(window: Window) -> None:
    work = LongWork()
    answer = upkeep.verify_ledger(window.desk, work=work)
    assert answer.entries < work.done == work.total


def test_the_day_begins_with_a_check_of_the_ledger(make_window: MakeWindow, folder: Path) -> None:
    """What was changed behind the program's back stands in the notice bar after the log-in."""
    with by_hand(folder, guarded=True) as bare:
        bare.execute("UPDATE applicants SET name = 'Người khác' WHERE dossier IN (1, 2)")
    paths.anchor_file(folder).unlink()  # the week's whole check is due
    window = make_window(folder, "an")
    assert "đã bị sửa ngoài sổ cái. (và 1 điều nữa: cchc verify)" in window.notices.text


@pytest.mark.one_pc("copies of the file")
def test_a_day_with_a_ledger_that_holds_begins_quietly(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "an")
    assert "Đã có bản sao dữ liệu hôm nay" in window.notices.text
    anchor = read_anchor(paths.anchor_file(window.desk.folder))
    assert anchor is not None
    logged_in = 1  # an entry behind the check of the day before anybody came
    assert anchor.seq + logged_in == upkeep.verify_recent(window.desk).entries


def test_how_far_the_check_is_stands_in_the_frame_of_another_language(window: Window) -> None:
    """The frame in which it began is gone; its bar was written to each second all the same."""
    jobs.immediately(False)
    window.daily.copied.emit()
    jobs.immediately(True)
    of_window = window.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    look = of_window[-1]  # the newest
    assert look.interval() == ledger_check.LOOK_MS
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    delete_what_was_closed()
    look.timeout.emit()
    window.notices.clear()
    assert "%" in window.notices.text


def test_esc_stops_it_and_the_next_job_goes_on(qtbot: QtBot, window: Window) -> None:
    """A real worker that goes on until it is stopped: the box shows, counts, and Esc ends it."""
    jobs.immediately(False)
    said: list[str] = []
    notices.signals().noticed.connect(lambda _kind, text, *_rest: said.append(text))
    begun = threading.Event()

    def endless(work: LongWork) -> int:
        work.total = 10**9
        begun.set()
        while True:
            work.step()

    jobs.run_long(window, "Việc dài", endless, lambda _value: said.append("xong"))
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(ProgressBox)))
    (box,) = window.findChildren(ProgressBox)
    qtbot.waitUntil(lambda: box.bar.maximum() == 10**9)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["Đã dừng: Việc dài"]
    jobs.run(window, lambda: "việc sau", said.append)
    qtbot.waitUntil(lambda: said[-1] == "việc sau")
    jobs.finish()
