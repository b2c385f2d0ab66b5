"""The page of a dossier that only a list names: whose it is, and where that list says otherwise."""

import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lists import taking
from tests.actions.lists.provinces import make_dossiers
from tests.ui.conftest import press
from tests.ui.lists.test_lists_page import list_of
from tests.ui.rooms import set_appearance
from ui.dossiers.dossier_page import DossierPage
from ui.look import style
from ui.shell.window import Window


def opened(window: Window, code: str) -> DossierPage:
    window.open_dossier(code)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    return page


def test_origin_disagreements_and_what_only_intake_knows_are_said(
    window: Window, tmp_path: Path
) -> None:
    made = [replace(one, finished=None) for one in make_dossiers(4, random.Random(4))]
    made[0] = replace(made[0], due=datetime(2026, 11, 20, 16))
    file = tmp_path / "ds.xlsx"
    taking.take_list(window.desk, list_of(made, file))
    page = opened(window, made[0].code)
    assert page.origin.text().startswith("Theo dõi từ danh sách của VNPT iGate; giấy tờ đã nộp")
    assert page.others.isHidden()
    press(window, Qt.Key.Key_2)
    assert "Chỉ VNPT iGate biết giấy tờ đã nộp" in page.papers.text()

    moved = [replace(made[0], due=datetime(2026, 11, 30, 16)), *made[1:3]]
    taking.take_list(window.desk, list_of(moved, tmp_path / "ds2.xlsx"))
    page = opened(window, made[0].code)
    assert page.others.text().startswith("⚠ Ngày hẹn: ở đây ")
    assert "ở VNPT iGate" in page.others.text()
    assert page.others.text().endswith("Thấy từ 23/11/2026 10:00.")
    press(window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_F9)
    assert "Đã soạn thư hẹn lại đến " in window.notices.text
    (letter,) = progress.show_dossier(window.desk, made[0].code).dossier.letters
    assert letter.new_due is not None
    assert letter.new_due.date() == moved[0].due.date()
    page = opened(window, made[3].code)
    assert page.their_due.isHidden()
    assert "Không còn trong danh sách «ds2.xlsx» của VNPT iGate" in page.others.text()


def test_what_comes_next_is_in_sight_under_a_disagreement_in_large_type(
    window: Window, tmp_path: Path, qapp: QApplication
) -> None:
    made = [replace(one, finished=None) for one in make_dossiers(2, random.Random(4))]
    made[0] = replace(made[0], due=datetime(2026, 11, 20, 16))
    for number, due in enumerate((made[0].due, datetime(2026, 11, 30, 16))):
        rows = [replace(made[0], due=due), made[1]]
        taking.take_list(window.desk, list_of(rows, tmp_path / f"ds{number}.xlsx"))
    window.resize(1366, 740)
    set_appearance(window, size=200)
    page = opened(window, made[0].code)
    for _time in range(4):
        qapp.processEvents()
    assert not page.others.isHidden()
    assert page.view is not None
    following = page.buttons[page.view.next.first or ""]
    assert following.visibleRegion().boundingRect().height() == following.height()
    style.apply(qapp, practice=False)


def test_a_dossier_of_this_desk_says_nothing_of_lists(window: Window) -> None:
    press(window, Qt.Key.Key_F3)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.origin.isHidden()
    assert page.others.isHidden()
