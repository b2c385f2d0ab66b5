"""Each place where a newcomer with the keyboard alone stumbled in a whole day, played again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from tests.actions.conftest import make_intake
from tests.ui.conftest import press, write
from ui.documents.printing import PreviewDialog
from ui.dossiers.correct_page import CorrectPage
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.intake.page import IntakePage
from ui.shell import notices
from ui.shell.window import Window

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Key = Qt.Key
CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"


@pytest.fixture
def page(window: Window) -> IntakePage:
    press(window, Key.Key_F2)
    shown = window.page("intake")
    assert isinstance(shown, IntakePage)
    return shown


def type_(window: Window, text: str) -> None:
    field = window.focusWidget()
    assert field is not None
    write(field, text)


def choose(window: Window, words: str) -> None:
    """The procedure that these words find first."""
    type_(window, words)
    press(window, Key.Key_Return)


def accept(window: Window) -> Dossier:
    """F9 twice, and the receipt put away."""
    press(window, Key.Key_F9)
    press(window, Key.Key_F9)
    receipt = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    QTest.keyClick(receipt, Key.Key_Escape)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    return progress.show_dossier(window.desk, newest.code).dossier


def test_leaving_the_number_keeps_the_whole_day_of_birth(window: Window, page: IntakePage) -> None:
    window.scanned(CARD)
    page.person.fields["id_number"].setFocus()
    press(window, Key.Key_Tab)
    assert page.form().born == "17/05/1990"


def test_a_paper_typed_without_enter_is_taken_by_f9_and_never_left_for_the_next(
    window: Window, page: IntakePage
) -> None:
    window.scanned(CARD)
    choose(window, "sao so")
    press(window, Key.Key_A)
    press(window, Key.Key_Tab)
    type_(window, "Giấy ủy quyền")
    taken_in = accept(window)
    assert "Giấy ủy quyền" in [paper.name for paper in taken_in.papers]
    assert page.procedure.own.text() == ""
    window.scanned(CARD)
    choose(window, "sao so")
    press(window, Key.Key_Tab)
    type_(window, "Giấy của người này")
    press(window, Key.Key_N, CTRL)
    assert page.procedure.own.text() == ""


def test_once_more_f9_is_not_asked_for_any_longer_when_it_was_refused(
    window: Window, page: IntakePage
) -> None:
    window.scanned(CARD)
    choose(window, "sao so")
    press(window, Key.Key_A)
    press(window, Key.Key_M, ALT)
    for words in ("8h10", "", "12"):  # hour, day, number of a receipt that was never printed
        type_(window, words)
        press(window, Key.Key_Return)
    press(window, Key.Key_F9)
    assert "F9 (hoặc Enter) một lần nữa" in window.notices.text
    press(window, Key.Key_F9)
    assert "Không có giấy hẹn in sẵn số 12" in page.promise.errors["paper_receipt"].text()
    assert "một lần nữa" not in window.notices.text


def test_esc_after_a_correction_goes_where_the_dossier_was_opened(window: Window) -> None:
    taken_in = intake.accept_dossier(window.desk, make_intake("đặng thị bích ngọc"))
    press(window, Key.Key_F3)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    window.open_dossier(taken_in.code)
    press(window, Key.Key_S, SHIFT)
    press(window, Key.Key_Escape)
    assert window.stack.currentWidget() is window.page("dossier")
    press(window, Key.Key_Escape)
    assert window.stack.currentWidget() is listed


def test_a_paper_that_must_be_there_is_not_called_optional_when_put_right(window: Window) -> None:
    taken_in = intake.accept_dossier(window.desk, make_intake("đặng thị bích ngọc"))
    window.open_dossier(taken_in.code)
    press(window, Key.Key_S, SHIFT)
    page = window.page("correct")
    assert isinstance(page, CorrectPage)
    assert page.procedure.version is not None
    known = {paper.name: paper.required for paper in page.procedure.version.papers}
    for tick in page.procedure.papers.ticks.ticks:
        assert tick.required == known.get(tick.name, True), tick.name


def test_after_an_act_the_focus_is_on_the_next_step(window: Window) -> None:
    taken_in = intake.accept_dossier(window.desk, make_intake("đặng thị bích ngọc"))
    window.open_dossier(taken_in.code)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    for act, then in ((Key.Key_Y, Key.Key_Escape), (Key.Key_K, None)):
        press(window, act)
        if then:
            press(window, then)
        assert page.view is not None
        assert page.view.next.first is not None
        assert window.focusWidget() is page.acts.buttons[page.view.next.first]


def test_an_offer_at_the_foot_is_taken_by_its_key(window: Window) -> None:
    taken = list[str]()
    notices.say("Đã ký 8 thư.", "In mọi thư đã ký", lambda: taken.append("in"))
    for _twice in range(2):
        press(window, Key.Key_R, CTRL)
    assert taken == ["in"]


def test_letters_drafted_ahead_are_said(window: Window) -> None:
    intake.accept_dossier(window.desk, make_intake("đặng thị bích ngọc"))  # due on the next day
    press(window, Key.Key_F5)
    press(window, Key.Key_N, ALT)
    assert "chưa trễ mà hôm nay phải báo trước" in window.notices.text


def test_a_tax_code_is_not_called_an_identity_number(window: Window) -> None:
    who = Applicant(ApplicantKind.ORGANISATION, "Công ty TNHH Thuận Phát", "0100109106")
    wanted = replace(make_intake("x"), applicant=who)
    code = intake.accept_dossier(window.desk, wanted).code
    steps.mark_ready(window.desk, code)
    window.show_return(code)
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    assert "Mã số thuế: 0100109106" in page.about.text()
