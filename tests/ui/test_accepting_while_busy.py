"""The page while the desk is slow: the worker is held up by another job, as by a slow disk."""

import threading
from datetime import datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from cchc_desk.actions import accounts, intake, practice, progress
from cchc_desk.domain.officials import Official
from tools.campaign_clerk import Counter
from ui import background
from ui.intake.form import IntakeForm
from ui.intake.page import IntakePage

MONDAY = datetime(2026, 11, 23, 10, 0)
COPY_FROM_BOOK = "2.000908"  # its limit is certain


def test_an_accepted_dossier_never_comes_back_as_a_draft(qtbot: QtBot, folder: Path) -> None:
    desk = accounts.open_desk(folder, lambda: MONDAY)
    who = practice.OFFICIALS[0]
    desk.official = Official(who.id, who.name, who.role)
    page = IntakePage(desk, Counter(desk))
    qtbot.addWidget(page)
    page.show()
    page.show_form(IntakeForm(name="Nguyễn Thị Ánh Đào", procedure=COPY_FROM_BOOK))
    qtbot.waitUntil(lambda: page.procedure.version is not None and "25/11/2026" in page.due.text())
    page.press_accept()
    qtbot.waitUntil(lambda: "Đúng" in page.accept_button.text())
    go_on = threading.Event()
    background.run(page, go_on.wait, lambda _: None)
    page.draft.touch()  # the last letter, just before F9
    page.press_accept()
    qtbot.waitUntil(lambda: not page.draft._latest.isActive())  # every timer has had its say; the desk is still held up
    go_on.set()
    qtbot.waitUntil(lambda: "Đã tiếp nhận" in page.foot.read_back.text())
    background.finish()
    assert intake.load_draft(desk) is None
    assert len(progress.find_dossiers(desk, "Nguyễn Thị Ánh Đào")) == 1
    desk.close()
