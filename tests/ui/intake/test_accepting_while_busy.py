"""The intake page when the world gets in the way: a slow desk, a full disk, a locked or read-only
file.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk
from cchc_desk.store.engine import database
from tests.engines import held, wait_shortly
from tools.campaign.clerk import Counter
from ui.intake.form import IntakeForm
from ui.intake.page import IntakePage
from ui.shell import jobs, notices

OF_THE_FILE = pytest.mark.one_pc("the disk under the file")
MONDAY = datetime(2026, 11, 23, 10, 0)
COPY_FROM_BOOK = "2.000908"  # its limit is certain


def a_desk(folder: Path) -> Desk:
    desk = opening.open_desk(folder, lambda: MONDAY)
    who = practice.OFFICIALS[0]
    desk.official = Official(who.id, who.name, who.role)
    return desk


def test_an_accepted_dossier_never_comes_back_as_a_draft(qtbot: QtBot, folder: Path) -> None:
    desk = a_desk(folder)
    page = IntakePage(desk, Counter(desk))
    qtbot.addWidget(page)
    page.show()
    page.show_form(IntakeForm(name="Nguyễn Thị Ánh Đào", procedure=COPY_FROM_BOOK))
    qtbot.waitUntil(lambda: page.procedure.version is not None and "25/11/2026" in page.due.text())
    page.press_accept()
    qtbot.waitUntil(lambda: "Đúng" in page.accept_button.text())
    go_on = threading.Event()
    jobs.run(page, go_on.wait, lambda _: None)
    page.draft.touch()  # the last letter, just before F9
    page.press_accept()
    qtbot.waitUntil(
        lambda: not page.draft._latest.isActive()
    )  # every timer has had its say; the desk is still held up
    go_on.set()
    qtbot.waitUntil(lambda: "Đã tiếp nhận" in page.accept_bar.read_back.text())
    jobs.finish()
    assert intake.load_draft(desk) is None
    assert len(progress.find_dossiers(desk, "Nguyễn Thị Ánh Đào")) == 1
    desk.close()


@contextmanager
def full_disk(desk: Desk) -> Iterator[None]:
    with desk.database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # no page more than there are
    yield
    with desk.database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")


@contextmanager
def read_only(desk: Desk) -> Iterator[None]:
    with desk.database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    yield
    with desk.database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    with desk.database.read() as connection:
        wait_shortly(connection)
    with held(desk.folder):
        yield


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        pytest.param(full_disk, "Ổ đĩa đã đầy", marks=OF_THE_FILE),
        pytest.param(read_only, "chỉ cho đọc", marks=OF_THE_FILE),
        (locked, "Hãy chờ vài giây"),
    ],
)
def test_trouble_says_what_to_do_keeps_what_was_typed_and_trying_again_works(
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    straight_away: None,
    trouble: object,
    sentence: str,
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    desk = a_desk(folder)
    page = IntakePage(desk, Counter(desk))
    bar = notices.NoticeBar()
    for widget in (page, bar):
        qtbot.addWidget(widget)
    page.show()
    note = (
        "Giấy tờ kèm theo: " + "rất nhiều " * 190
    )  # more than the file's last pages can still take
    page.show_form(IntakeForm(name="Nguyễn Thị Ánh Đào", procedure=COPY_FROM_BOOK, note=note))
    page.press_accept()
    with trouble(desk):  # type: ignore[operator]
        page.press_accept()
        for _ in range(40):  # the free pages of the file may take some dossiers more
            if sentence in bar.text:
                break
            page.show_form(
                IntakeForm(name="Nguyễn Thị Ánh Đào", procedure=COPY_FROM_BOOK, note=note)
            )
            page.press_accept()
            page.press_accept()
        assert sentence in bar.text
        assert page.form().name == "Nguyễn Thị Ánh Đào"
        assert page.form().note == note
    before = len(progress.find_dossiers(desk, "Nguyễn Thị Ánh Đào"))
    page.press_accept()
    page.press_accept()
    assert len(progress.find_dossiers(desk, "Nguyễn Thị Ánh Đào")) == before + 1
    desk.close()
