"""All letters at once by keys: drafted by the clerk, signed by the leader, printed in one file."""

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import LetterState
from tests.ui.conftest import log_in, press
from tests.ui.documents.test_preview import printed
from ui.documents.printing import PreviewDialog
from ui.overdue.page import OverduePage
from ui.shell.window import Window

__all__ = ["printed"]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> OverduePage:
    """The letters' page, with the clerk An at the desk."""
    press(window, Qt.Key.Key_F5)
    page = window.page("overdue")
    assert isinstance(page, OverduePage)
    return page


def lines(page: OverduePage) -> list[str]:
    """The letters that wait, as they are shown."""
    return [page.waiting.item(place).text() for place in range(page.waiting.count())]


def in_state(window: Window, state: LetterState) -> set[str]:
    """The dossiers with a letter in this state."""
    return {row.letter.code for row in letters.letters(window.desk, state)}


def leader_comes(window: Window) -> None:
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")


def test_every_letter_owed_is_drafted_by_one_key_and_once(
    window: Window, page: OverduePage
) -> None:
    owed = {row.code for row in page.owing.dossiers.rows}
    assert (len(owed), lines(page)) == (5, [])
    press(window, Qt.Key.Key_N, ALT)
    assert "Đã soạn sẵn 5 thư; hãy đọc lại từng thư" in window.notices.text
    assert in_state(window, LetterState.DRAFTED) == owed
    assert [line.split(" · ")[0] for line in lines(page)] == ["chờ ký"] * 5
    press(window, Qt.Key.Key_N, ALT)
    assert "Không còn thư nào phải soạn" in window.notices.text
    assert len(lines(page)) == 5


def test_the_leader_signs_all_of_them_by_one_key_and_the_clerk_none(
    window: Window, page: OverduePage
) -> None:
    press(window, Qt.Key.Key_N, ALT)
    drafted = in_state(window, LetterState.DRAFTED)
    press(window, Qt.Key.Key_A, ALT)
    assert "Lãnh đạo mới ký được thư" in window.notices.text
    assert in_state(window, LetterState.DRAFTED) == drafted
    leader_comes(window)
    before = in_state(window, LetterState.SIGNED)
    press(window, Qt.Key.Key_A, ALT)
    assert "Đã ký thư xin lỗi số " in window.notices.text
    assert in_state(window, LetterState.SIGNED) == drafted | before
    assert [line.split(" · ")[0] for line in lines(page)] == ["đã ký, chờ trao"] * 5
    assert page.view is not None  # the last one signed stands there, ready to be handed over
    assert page.deliver.isEnabled()
    press(window, Qt.Key.Key_A, ALT)
    assert "Không có thư nào chờ ký" in window.notices.text


def test_every_signed_letter_is_printed_by_one_key_and_noted(
    qtbot: QtBot, window: Window, page: OverduePage, printed: Path
) -> None:
    press(window, Qt.Key.Key_N, ALT)
    leader_comes(window)
    press(window, Qt.Key.Key_A, ALT)
    press(window, Qt.Key.Key_P, ALT)
    shown = window.findChildren(PreviewDialog)[-1]
    assert (shown.windowTitle(), shown.pages.text()) == ("Mọi thư đã ký", "5 trang")
    qtbot.waitUntil(shown.print_button.hasFocus)
    QTest.keyClick(shown, Qt.Key.Key_P, CTRL)
    assert len(pypdf.PdfReader(printed).pages) == 5
    for code in in_state(window, LetterState.SIGNED):
        last = progress.show_dossier(window.desk, code).history[-1]
        assert (last.act, "thư xin lỗi" in last.words) == ("print", True), last.words


def test_without_a_signed_letter_the_key_prints_nothing_and_says_so(
    window: Window, page: OverduePage
) -> None:
    press(window, Qt.Key.Key_P, ALT)
    assert "Không có thư đã ký nào chờ trao" in window.notices.text
    assert window.findChildren(PreviewDialog)[-1].pdf == b""
