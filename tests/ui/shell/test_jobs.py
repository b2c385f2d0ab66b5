"""The one door to the core: order, threads, what comes back, and what happens when it goes
wrong.
"""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cchc_desk.errors import DeskError, Refused, Trouble
from cchc_desk.long_work import LongWork
from ui.shell import jobs, notices

DISK_FULL = Trouble("disk-full", "Ổ đĩa đã đầy; hãy dọn bớt rồi thử lại.")


@pytest.fixture(autouse=True)
def the_real_worker(qapp: object) -> Iterator[None]:
    yield
    jobs.finish()


@pytest.fixture
def spoken() -> Iterator[list[tuple[object, ...]]]:
    heard: list[tuple[object, ...]] = []

    def hear(*words: object) -> None:
        heard.append(words)

    notices.signals().noticed.connect(hear)
    yield heard
    notices.signals().noticed.disconnect(hear)


def raising(error: Exception) -> None:
    raise error


def test_jobs_run_in_order_off_the_gui_thread_and_answers_come_back_on_it(qtbot: QtBot) -> None:
    owner, ran, answered = QObject(), list[tuple[int, int]](), list[tuple[int, int]]()

    def job(number: int) -> int:
        ran.append((number, threading.get_ident()))
        return number

    for number in range(20):
        jobs.run(
            owner,
            partial(job, number),
            lambda value: answered.append((value, threading.get_ident())),
        )
    qtbot.waitUntil(lambda: len(answered) == 20)
    assert [number for number, _ in ran] == [value for value, _ in answered] == list(range(20))
    assert len({thread for _, thread in ran}) == 1
    assert {thread for _, thread in answered} == {threading.get_ident()}
    assert threading.get_ident() not in {thread for _, thread in ran}


def test_the_answer_for_a_page_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    gone, here, answered = QObject(), QObject(), list[str]()
    jobs.run(gone, lambda: "for nobody", answered.append)
    delete(gone)
    jobs.run(here, lambda: "for somebody", answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == ["for somebody"]


def test_a_refusal_reaches_who_asked(qtbot: QtBot, spoken: list[tuple[object, ...]]) -> None:
    owner, told = QObject(), list[DeskError]()
    refusal = Refused("limit", "Hãy nhập thời hạn.", "limit")
    jobs.run(owner, lambda: raising(refusal), lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [refusal]
    assert spoken == []


def test_trouble_that_nobody_waits_for_is_a_notice_and_trying_again_runs_the_job_again(
    qtbot: QtBot, spoken: list[tuple[object, ...]]
) -> None:
    owner, answered, tries = QObject(), list[str](), list[int]()

    def job() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise DISK_FULL
        return "saved"

    jobs.run(owner, job, answered.append)
    qtbot.waitUntil(lambda: bool(spoken))
    kind, text, button, again = spoken[0]
    assert (kind, text, button) == (notices.Kind.TROUBLE, DISK_FULL.message, "Thử lại")
    assert callable(again)
    again()
    qtbot.waitUntil(lambda: answered == ["saved"])


def test_a_bug_in_a_job_goes_to_the_crash_box_and_the_worker_lives_on(qtbot: QtBot) -> None:
    owner, answered = QObject(), list[str | None]()
    with qtbot.capture_exceptions() as caught:
        jobs.run(owner, lambda: raising(ZeroDivisionError()), answered.append)
        jobs.run(owner, lambda: "next", answered.append)
        qtbot.waitUntil(lambda: answered == ["next"])
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_who_waits_for_the_answer_of_a_job_with_a_bug_waits_no_longer(qtbot: QtBot) -> None:
    owner, told = QObject(), list[DeskError]()
    with qtbot.capture_exceptions() as caught:
        jobs.run_beside(owner, lambda: raising(KeyError()), lambda _: None, told.append)
        qtbot.waitUntil(lambda: bool(told))
    assert [kind for kind, *_ in caught] == [KeyError]
    assert told[0].code == "bug"


def test_closing_waits_for_what_was_begun() -> None:
    owner, done, go = QObject(), list[int](), threading.Event()
    jobs.run(owner, lambda: go.wait(10), lambda _: None)
    for number in range(3):
        jobs.run(owner, partial(done.append, number), lambda _: None)
    go.set()
    jobs.finish()
    assert done == [0, 1, 2]


def test_a_line_that_hangs_keeps_neither_the_counter_nor_the_end_waiting(qtbot: QtBot) -> None:
    owner, line, answered = QObject(), threading.Event(), list[str]()
    jobs.run_outside(owner, line.wait, lambda _there: answered.append("line"))
    jobs.run(owner, lambda: "counter", answered.append)
    qtbot.waitUntil(lambda: answered == ["counter"])
    jobs.finish()  # the window closes while the line still hangs
    line.set()


def test_a_check_beside_the_worker_keeps_nobody_waiting_and_ends_with_the_window(
    qtbot: QtBot,
) -> None:
    owner, work, accepted, ended = QObject(), jobs.WorkBeside(), list[str](), list[str]()
    begun, go_on = threading.Event(), threading.Event()

    def check(work: LongWork) -> str:
        begun.set()
        while not go_on.wait(0.01):
            work.step()
        return "checked" if jobs.in_job() else "outside"

    jobs.run_long_beside(owner, work, check, ended.append)
    assert begun.wait(5)
    jobs.run(owner, lambda: "accepted", accepted.append)
    qtbot.waitUntil(lambda: accepted == ["accepted"])
    assert ended == []
    go_on.set()
    qtbot.waitUntil(lambda: ended == ["checked"])

    go_on.clear()
    begun.clear()
    jobs.run_long_beside(owner, work, check, ended.append)
    assert begun.wait(5)
    jobs.finish()  # the window closes: the check stops at its next step
    qtbot.wait(1)
    assert ended == ["checked"]


def test_a_check_beside_rests_while_somebody_types(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, work, ended = QObject(), jobs.WorkBeside(), list[str]()
    field, begun, go_on = QLineEdit(), threading.Event(), threading.Event()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()

    def check(work: LongWork) -> str:
        begun.set()
        go_on.wait(5)
        work.step()
        work.step()
        return "checked"

    monkeypatch.setattr(jobs, "REST_S", 3600.0)
    jobs.run_long_beside(owner, work, check, ended.append)
    assert begun.wait(5)
    QTest.keyClick(field, Qt.Key.Key_A)
    go_on.set()
    qtbot.waitUntil(lambda: work.done == 1)
    qtbot.wait(100)
    assert (work.done, ended) == (1, [])
    monkeypatch.setattr(jobs, "REST_S", 0.0)  # so long nobody has typed by now
    qtbot.waitUntil(lambda: ended == ["checked"])
