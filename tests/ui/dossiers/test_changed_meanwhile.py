"""Two at one dossier: an act on what somebody else has changed is refused by name, once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desk.actions.data.opening import open_desk
from cchc_desk.actions.documents.printing import Printout
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import LetterState, Status
from cchc_desk.session import Desk
from tests.actions.conftest import become
from tests.ui.conftest import log_in, press, write
from tests.ui.questions import answer, panel_in
from tests.ui.questions import press as press_key
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.overdue.page import OverduePage
from ui.shell.window import Window
from ui.widgets.question_panel import Line

Key, ALT, CTRL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def elsewhere(window: Window) -> Iterator[Desk]:
    """The same desk in another program, with the processor Bình."""
    desk = open_desk(window.desk.folder, window.desk.clock)
    become(desk, "binh")
    yield desk
    desk.close()


@pytest.fixture
def held(elsewhere: Desk) -> list[str]:
    """Three dossiers that the processor has."""
    become(elsewhere, "an")
    states = frozenset({Status.RECEIVED, Status.PROCESSING})
    codes = [row.code for row in progress.find_dossiers(elsewhere, status=states)][:3]
    assert len(codes) == 3
    steps.hand_over(elsewhere, codes, "binh")
    become(elsewhere, "binh")
    return codes


@pytest.fixture
def page(window: Window, held: list[str]) -> DossierPage:
    window.open_dossier(held[0])
    shown = window.page("dossier")
    assert isinstance(shown, DossierPage)
    return shown


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def status(page: DossierPage) -> Status:
    assert page.view is not None
    return page.view.dossier.status


def test_a_question_keeps_what_was_typed_and_says_who_changed_what(
    window: Window, page: DossierPage, elsewhere: Desk
) -> None:
    press(window, Key.Key_H)
    panel = panel_in(window)
    write(focused(), "kệ 3")
    steps.mark_ready(elsewhere, page.code)
    press_key(Key.Key_F9)
    assert panel.isVisible()
    assert "Trần Quốc Bình lúc" in panel.error.text()
    assert ": có kết quả" in panel.error.text()
    (field,) = panel.findChildren(Line)
    assert field.value == "kệ 3"
    assert status(page) is Status.READY  # shown as it is now
    assert page.view is not None
    assert page.view.dossier.place == ""

    press_key(Key.Key_F9)  # told: now it is an act on what is there
    assert page.view.dossier.place == "kệ 3"


def test_an_act_without_a_question_is_refused_too(
    window: Window, page: DossierPage, elsewhere: Desk
) -> None:
    log_in_as_holder(window, page)
    steps.shelve(elsewhere, page.code, "hộp 7")
    press(window, Key.Key_K)
    assert "hộp 7" in window.notices.text
    assert status(page) is Status.PROCESSING
    press(window, Key.Key_K)
    assert status(page) is Status.READY


def log_in_as_holder(window: Window, page: DossierPage) -> None:
    code = page.code
    press(window, Key.Key_U, CTRL)
    log_in(window, "binh")
    window.open_dossier(code)


def test_what_was_only_printed_changes_nothing(
    window: Window, page: DossierPage, elsewhere: Desk
) -> None:
    log_in_as_holder(window, page)
    Printout(elsewhere, page.code, "control").log()
    press(window, Key.Key_K)
    assert status(page) is Status.READY


def test_nobody_takes_back_what_another_one_did(
    window: Window, page: DossierPage, elsewhere: Desk
) -> None:
    log_in_as_holder(window, page)
    press(window, Key.Key_K)
    become(elsewhere, "an")
    steps.return_result(elsewhere, page.code, steps.Return("Lê Thị Hoa"))
    window.notices.undo()
    assert "trả kết quả" in window.notices.text
    page.refresh()
    assert status(page) is Status.RETURNED


def test_of_many_lines_the_changed_one_is_refused(
    window: Window, held: list[str], elsewhere: Desk
) -> None:
    press(window, Key.Key_U, CTRL)
    log_in(window, "binh")
    press(window, Key.Key_F3)
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    page.table.choose_codes(held)
    steps.shelve(elsewhere, held[1], "hộp 7")
    press(window, Key.Key_K, ALT)
    answer(window)
    assert "hộp 7" in page.bulk.result.text()
    states = {code: progress.show_dossier(elsewhere, code).dossier.status for code in held}
    assert [code for code in held if states[code] is Status.READY] == [held[0], held[2]]


def test_a_leader_signs_what_was_read(window: Window, elsewhere: Desk) -> None:
    become(elsewhere, "an")
    letters.draft_what_is_owed(elsewhere)
    press(window, Key.Key_U, CTRL)
    log_in(window, "chi")
    press(window, Key.Key_F5)
    page = window.page("overdue")
    assert isinstance(page, OverduePage)
    line = next(
        line
        for line in page.list.lines
        if line.letter and line.letter.state is LetterState.DRAFTED and line.row.ready is None
    )
    page.open(line.row.code)
    draft = line.letter
    assert draft is not None
    letters.draft_apology(elsewhere, draft.code, draft.cause, draft.new_due, "Một lý do khác.")
    page.press_sign()
    assert "soạn" in window.notices.text
    assert page.form.text().reason == "Một lý do khác."
    page.press_sign()
    signed = progress.show_dossier(elsewhere, draft.code).dossier.letters
    assert [one.state for one in signed if one.id == draft.id] == [LetterState.SIGNED]


def test_a_result_is_given_once(window: Window, elsewhere: Desk) -> None:
    press(window, Key.Key_F4)
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    code = page.table.dossiers.rows[0].code
    page.open(code)
    become(elsewhere, "an")
    steps.shelve(elsewhere, code, "hộp 7")
    page.press_return()
    assert "hộp 7" in page.error.text()
    page.press_return()
    assert progress.show_dossier(elsewhere, code).dossier.returned is not None


def test_own_acts_are_no_news(window: Window, page: DossierPage) -> None:
    press(window, Key.Key_H)
    steps.shelve(window.desk, page.code, "hộp 7")  # the same program, by another of its pages
    write(focused(), "kệ 3")
    press_key(Key.Key_F9)
    page.refresh()
    assert page.view is not None
    assert page.view.dossier.place == "kệ 3"
