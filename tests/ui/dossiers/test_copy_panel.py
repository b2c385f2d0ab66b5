"""Copying a dossier into another system: one key a fact, in an order that is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import preferences
from cchc_desk.domain.people.applicant import Submitter
from tests.actions.conftest import keep_settings, make_intake
from tests.ui.conftest import press
from ui.dossiers.copy_panel import CopyPanel
from ui.dossiers.dossier_page import DossierPage
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> DossierPage:
    """The page of a dossier that somebody else handed in."""
    by = Submitter("Trần Văn Bảy", "092080001111", "0987654321", "cha")
    wanted = make_intake("Lê Thị Bưởi", submitter=by, note="Xin bản sao\nhai bản")
    window.open_dossier(intake.accept_dossier(window.desk, wanted).code)
    found = window.stack.currentWidget()
    assert isinstance(found, DossierPage)
    return found


def copied() -> str:
    return QApplication.clipboard().text()


def row_of_pastes(window: Window, panel: CopyPanel, keys: int) -> list[str]:
    """What a paste behind each key would write."""
    found = []
    for _key in range(keys):
        press(window, Qt.Key.Key_J, CTRL)
        found.append(copied())
    return found


def test_one_key_a_fact_in_the_order_that_is_shown(window: Window, page: DossierPage) -> None:
    panel = page.copying
    assert panel.isHidden()
    assert page.view is not None
    dossier = page.view.dossier
    moments = [f"{at:%d/%m/%Y %H:%M}" for at in (dossier.accepted, dossier.due)]
    assert row_of_pastes(window, panel, 7) == [
        "Lê Thị Bưởi",
        "Trần Văn Bảy",
        "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
        "0912345678",
        dossier.procedure_name,
        *moments,
    ]
    assert panel.isVisible()
    assert "Đã chép hết" in panel.said.text()
    press(window, Qt.Key.Key_J, CTRL)  # begins again, and copies nothing over the last one
    assert copied() == moments[1]
    assert panel.said.text().startswith("Tiếp: Tiếp nhận hồ sơ của")
    press(window, Qt.Key.Key_J, CTRL)
    assert copied() == "Lê Thị Bưởi"


def test_it_says_what_was_copied_and_what_is_next(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_J, CTRL)
    panel = page.copying
    assert panel.said.text() == (
        "Đã chép Tiếp nhận hồ sơ của: «Lê Thị Bưởi». Tiếp: Người nộp (Ctrl+J)."
    )
    assert [fact.text() for fact in panel.facts[:3]] == [
        "✓ Tiếp nhận hồ sơ của",
        "▶ Người nộp",
        "Địa chỉ",
    ]


def test_identity_numbers_only_where_they_are_wished(window: Window, page: DossierPage) -> None:
    assert not {"092190001234", "092080001111"} & set(row_of_pastes(window, page.copying, 8))
    keep_settings(window.desk, {"receipt_identity": True})
    page.refresh()
    assert "092190001234" in row_of_pastes(window, page.copying, 8)


def test_all_of_it_by_the_mouse_and_closed_it_begins_again_with_another_dossier(
    window: Window, page: DossierPage
) -> None:
    panel, left = page.copying, Qt.MouseButton.LeftButton
    QTest.mouseClick(panel.button, left)
    assert copied() == "Lê Thị Bưởi"
    QTest.mouseClick(panel.facts[3], left)
    assert copied() == "0912345678"
    assert panel.facts[4].text().startswith("▶ ")
    page.refresh()  # the dossier is the same: so is the place in it
    assert panel.facts[4].text().startswith("▶ ")
    other = intake.accept_dossier(window.desk, make_intake("Võ Thị Em")).code
    window.open_dossier(other)
    assert panel.isHidden()
    press(window, Qt.Key.Key_J, CTRL)
    assert copied() == "Võ Thị Em"


def test_the_order_of_another_system_is_remembered(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_J, CTRL)
    panel = page.copying
    panel.order.setFocus()
    press(window, Qt.Key.Key_End)
    panel.order.activated.emit(panel.order.currentIndex())
    assert preferences.preferences(window.desk)["copy_order"] == "portal"
    press(window, Qt.Key.Key_J, CTRL)
    assert copied() == page.code
    panel.hide()
    press(window, Qt.Key.Key_J, CTRL)
    assert "Tên TTHC" in panel.said.text()  # opened again it goes on


def test_the_lock_takes_what_was_copied_away(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_J, CTRL)
    assert copied() == "Lê Thị Bưởi"
    press(window, Qt.Key.Key_L, CTRL)
    assert copied() == ""
