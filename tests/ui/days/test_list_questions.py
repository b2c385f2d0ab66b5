"""Ten minutes of a newcomer on a list of which only people know a part, by keys and by mouse."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import LAYOUTS, make_dossiers
from tests.ui.conftest import MakeWindow, log_in
from tests.ui.days.mouse import Mouse
from tests.ui.days.pictures import Pictures
from tests.ui.lists.test_lists_page import drop
from tests.ui.screen import Screen
from ui.shell.window import Window


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    made = make_window(folder)
    made.resize(1366, 740)
    log_in(made, "an")
    return made


@pytest.fixture
def file(window: Window, tmp_path: Path) -> Path:
    """Two rows are dossiers taken in here; five names of officials are nobody's here."""
    rows = make_dossiers(6, random.Random(4))
    for place, one in enumerate(progress.find_dossiers(window.desk)[:2]):
        own = progress.show_dossier(window.desk, one.code).dossier
        rows[place] = replace(
            rows[place],
            owner=own.applicant.name,
            procedure=own.procedure_name,
            submitted=own.accepted,
            received=own.accepted,
            due=own.first.due,
            finished=None,
            code=f"H57.32-{own.accepted:%y%m%d}-{place:04d}",
        )
    names = ("Lý Văn Xa", "Lý Văn Xa", "Đỗ Thị Lạ", "Lý Văn Xa", "Mai Hữu Mới", "Vũ Thị Khác")
    rows = [
        replace(one, official=name, finished=None) for one, name in zip(rows, names, strict=True)
    ]
    made = tmp_path / "exports" / "danh-sach.xlsx"
    made.parent.mkdir(exist_ok=True)
    made.write_bytes(xlsx(LAYOUTS["igate"](rows, random.Random(4)).rows))
    return made


def test_by_keys(window: Window, qtbot: QtBot, file: Path) -> None:
    screen = Screen(window, qtbot)
    drop(window, file)
    screen.wait_for("Nhận 6 hồ sơ mới")
    screen.press("⚠ 2 dòng có vẻ là hồ sơ đã nhận ở đây")
    screen.wait_for("phím cách hoặc bấm để bỏ chọn")
    screen.key("Space")
    screen.key("Return")
    screen.wait_for("Đã ghép 1 dòng")
    screen.wait_for("Như đã có 1")
    screen.key("Ctrl+Z")  # the wrong one
    screen.wait_for("Đã tách ra")
    screen.wait_for("Nhận 6 hồ sơ mới")
    screen.press("⚠ 2 dòng có vẻ là hồ sơ đã nhận ở đây")
    screen.key("Return")
    screen.wait_for("Nhận 4 hồ sơ mới")

    screen.press("5 tên cán bộ chưa biết là ai")
    first = screen.find("«(.+)» trong danh sách là ai")
    screen.key("Return")
    screen.wait_for("Hãy chọn một dòng.")
    screen.key("5")  # nobody here: the next name comes, and this one no more
    screen.key("Return")
    second = screen.find("«(.+)» trong danh sách là ai")
    assert second != first
    screen.key("1")
    screen.key("Return")
    screen.wait_for(second.partition("»")[0])
    screen.key("Ctrl+R")  # no, somebody else
    screen.wait_for(second)
    screen.key("2")
    screen.key("Return")
    screen.wait_for("là Trần Quốc Bình")
    screen.key("Escape")  # later
    screen.press("3 tên cán bộ chưa biết là ai")
    for _name in range(3):
        screen.key("2")
        screen.key("Return")
    assert not screen.shows("chưa biết là ai")
    screen.press("Nhận 4 hồ sơ mới")
    screen.wait_for("Đã nhận «danh-sach.xlsx»: 4 hồ sơ mới")


def test_by_mouse(window: Window, file: Path) -> None:
    mouse, look = Mouse(window), Pictures(window, "list-questions").look
    drop(window, file)
    look("preview")
    mouse.click("⚠ 2 dòng có vẻ là hồ sơ đã nhận ở đây")
    look("same-question")
    mouse.click("Đúng, ghép lại")
    look("joined")
    mouse.wait_for("Nhận 4 hồ sơ mới")
    mouse.click("Hoàn tác")
    look("taken-apart")
    mouse.wait_for("Nhận 6 hồ sơ mới")
    mouse.click("⚠ 2 dòng có vẻ là hồ sơ đã nhận ở đây")
    look("same-again")
    mouse.click("Đúng, ghép lại")
    look("joined-again")
    mouse.click("5 tên cán bộ chưa biết là ai")
    look("name-question")
    mouse.click("5  không ai ở quầy này")
    look("name-nobody")
    mouse.click("Ghi nhớ")
    look("remembered-nobody")
    mouse.click("2  Trần Quốc Bình")
    look("name-binh")
    mouse.click("Ghi nhớ")
    look("remembered-binh")
    mouse.click("Chọn lại")
    look("choose-again")
    mouse.click("3  Lê Mai Chi")
    look("name-chi")
    mouse.click("Ghi nhớ")
    look("remembered-chi")
    mouse.wait_for("là Lê Mai Chi")
    mouse.click("Thôi")
    look("later")
    # Enter does nothing to what was joined: the focus is not in the «Hoàn tác» beside «Chọn lại».
    assert not window.notices.isAncestorOf(window.focusWidget())
    mouse.click("Nhận 4 hồ sơ mới")
    look("taken")
    mouse.wait_for("Đã nhận «danh-sach.xlsx»: 4 hồ sơ mới")
    mouse.click("Xong")
    look("done")
    mouse.wait_for("Thả tệp danh sách")
