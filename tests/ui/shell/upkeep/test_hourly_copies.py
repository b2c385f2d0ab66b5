"""Copies that the window makes by itself: each hour, at closing; a failure stays in its line."""

import shutil
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import copies
from cchc_desk.actions.intake import intake
from cchc_desk.domain.copies import Reason
from cchc_desk.session import Desk
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import MakeWindow
from ui.shell import jobs
from ui.shell.window import Window

pytestmark = pytest.mark.one_pc("copies of the file")


def accept(window: Window) -> None:
    become(window.desk, "an")
    intake.accept_dossier(window.desk, make_intake())


def newest(window: Window) -> copies.Copy:
    copy = copies.newest_copy(window.desk)
    assert copy is not None
    return copy


def test_an_hour_later_what_happened_is_in_a_copy(window: Window) -> None:
    accept(window)
    before = newest(window).dossiers
    for _minute in range(59):
        window.daily.go_on()
    window.daily.go_on()
    assert newest(window).dossiers == before + 1
    assert newest(window).reason == Reason.HOURLY.value


def test_at_closing_what_happened_is_in_a_copy(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder, "an")
    accept(window)
    window.close()
    again = make_window(folder)
    assert newest(again).reason == Reason.CLOSING.value
    assert newest(again).dossiers == 41


def test_a_copy_that_could_not_be_made_stays_in_the_line_until_one_is_made(
    window: Window, folder: Path
) -> None:
    backups = folder / "backups"
    shutil.rmtree(backups)
    backups.write_text("in the way", encoding="utf-8")
    for _minute in range(60):
        window.daily.go_on()
    window.daily.count()
    window.notices.clear()
    assert "⚠ Chưa sao lưu được lúc 10:00" in window.notices.text
    backups.unlink()
    for _minute in range(60):
        window.daily.go_on()
    window.daily.count()
    window.notices.clear()
    assert "Bản sao gần nhất desk-2026-11-23" in window.notices.text


def test_nobody_waits_behind_the_hourly_copy(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a thread of its own: what is asked of the worker meanwhile is answered first."""
    go_on, real, answered = Event(), copies.copy_if_changed, list[str]()

    def slow(desk: Desk, reason: Reason) -> copies.Copied | None:
        go_on.wait()
        return real(desk, reason)

    monkeypatch.setattr(copies, "copy_if_changed", slow)
    accept(window)
    jobs.immediately(False)
    try:
        for _minute in range(60):
            window.daily.go_on()
        jobs.run(window, lambda: None, lambda _none: answered.append("counter"))
        qtbot.waitUntil(lambda: answered == ["counter"])
        go_on.set()
        qtbot.waitUntil(lambda: "desk-" in window.daily._copied_line())
    finally:
        go_on.set()
        jobs.finish()
        jobs.immediately(True)
