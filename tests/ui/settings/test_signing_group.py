"""The authority by which leaders sign: asked at the first signature, changed in the settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cchc_desk.actions.data import opening
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import signing
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.dossiers.dossier import LetterState
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.signing import Signing, SigningForm
from tests.actions.conftest import become
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press, write
from tests.ui.questions import answer, panel_in
from ui.settings.page import SettingsPage
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier
PAPER = "Quyết định số 12/QĐ-UBND ngày 02/01/2026"


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    """A window whose leader's title says nothing of how he signs; two letters wait for him."""
    desk = opening.open_desk(folder, lambda: MONDAY)
    become(desk, "dung")
    new = NewOfficial("giang", "Võ Văn Giang", Role.LEADER, "Giám đốc Trung tâm", "practice")
    accounts.add_official(desk, new)
    become(desk, "an")
    for letter in letters.draft_what_is_owed(desk):
        letters.draft_apology(desk, letter.code, "volume", letter.new_due)
    desk.close()
    return make_window(folder)


def signed(window: Window) -> int:
    return len(letters.letters(window.desk, LetterState.SIGNED))


def test_the_first_signature_asks_once_by_what_authority(window: Window) -> None:
    log_in(window, "giang")
    press(window, Qt.Key.Key_F5)
    before = signed(window)
    press(window, Qt.Key.Key_A, ALT)
    assert panel_in(window).title.text() == "Võ Văn Giang ký giấy tờ với chức vụ nào?"
    panel = answer(window, "thừa lệnh")
    assert panel.isVisible()  # signing by order needs its paper
    answer(window, "thừa lệnh", None, PAPER)
    assert panel_in(window).title.text().startswith("Ký ")
    answer(window)
    assert signed(window) > before
    assert signing.kept(window.desk)["giang"] == Signing(SigningForm.BY_ORDER, PAPER)


def test_title_and_form_are_changed_in_the_settings(window: Window) -> None:
    log_in(window, "dung")
    press(window, Qt.Key.Key_F12)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.search.setFocus()
    write(page.search, "hinh thuc ky")
    press(window, Qt.Key.Key_Return)
    group = page.signing
    assert page.group is group
    group.leader.setCurrentIndex(group.leader.findData("giang"))
    assert group.job_title.text() == "Giám đốc Trung tâm"
    group.way.setCurrentIndex(group.way.findData("TUQ"))
    press(window, Qt.Key.Key_F9)
    assert "văn bản giao quyền" in group.error.text()
    group.mandate.setFocus()
    write(group.mandate, PAPER)
    press(window, Qt.Key.Key_F9)
    assert "Đã ghi chức vụ khi ký của Võ Văn Giang" in window.notices.text
    (leader,) = (one for one in signing.leaders(window.desk) if one.official.id == "giang")
    assert leader.signing == Signing(SigningForm.AUTHORISED, PAPER)
    assert not group.edits()
