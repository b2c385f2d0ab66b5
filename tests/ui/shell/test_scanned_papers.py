"""A receipt's QR scanned by real keys finds its dossier wherever its bare code did, old and new."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.papers.dossier_papers import receipt_of
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.papers.check_codes import read_scan
from tests.ui.conftest import press, write
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.hand_over_page import HandOverPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.shell.window import Window

HELD: dict[str, Callable[[str], str]] = {
    "an old receipt": lambda scan: read_scan(scan).code,
    "a new receipt": lambda scan: scan,
    "a signed receipt": lambda scan: replace(
        read_scan(scan), key=bytes(range(4)), signature=bytes(range(64))
    ).text(),
    "through an input method": lambda scan: scan.replace("A", "Â"),
}


def scan(text: str, gap: int = 8) -> None:
    """What a hand scanner types into whatever has the focus, at its pace."""
    stamp = 10_000
    for letter in [*text, "\r"]:
        stamp += gap
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(0)
        held = Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, letter)
            event.setTimestamp(stamp)
            receiver = QApplication.focusWidget()
            assert receiver is not None
            QApplication.sendEvent(receiver, event)
    QApplication.processEvents()


@pytest.fixture(params=HELD)
def scanned(request: pytest.FixtureRequest, window: Window) -> tuple[str, str]:
    """A dossier whose result waits, and what the QR of its receipt holds."""
    rows = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))
    steps.mark_ready(window.desk, rows[0].code)
    dossier = progress.show_dossier(window.desk, rows[0].code).dossier
    return dossier.code, HELD[request.param](receipt_of(window.desk, dossier).scan)


def test_it_opens_its_dossier_and_is_given_back(window: Window, scanned: tuple[str, str]) -> None:
    code, text = scanned
    scan(text)
    page = window.page(window.frame.current)
    assert isinstance(page, DossierPage)
    assert page.view is not None
    assert page.view.dossier.code == code
    press(window, Qt.Key.Key_F4)
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    page.code.setFocus()
    scan(text)
    assert page.view is not None
    assert page.view.dossier.code == code
    assert page.code.text() == ""


def test_a_folder_is_scanned_and_a_slow_scanner_types_it(
    window: Window, scanned: tuple[str, str]
) -> None:
    code, text = scanned
    window.open_page("hand-over")
    page = window.page("hand-over")
    assert isinstance(page, HandOverPage)
    page.code.setFocus()
    scan(text)
    assert code in page.error.text() or code in page.rows
    assert "Không có hồ sơ" not in page.error.text()
    window.open_page("dossiers")
    dossiers = window.page("dossiers")
    assert isinstance(dossiers, DossiersPage)
    write(dossiers.search, text)  # slower than a scanner: it stays in the field
    dossiers.refresh()
    assert [row.code for row in dossiers.table.dossiers.rows] == [code]
