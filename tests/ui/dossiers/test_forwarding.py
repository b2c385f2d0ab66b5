"""Taking in for another agency by keys: on F2, the day board, forwarded, received there."""

from dataclasses import replace

from PySide6.QtCore import Qt

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from tests.actions.conftest import make_intake
from tests.ui.conftest import press, write
from tests.ui.questions import answer, panel_in
from ui.dossiers.correct_page import CorrectPage
from ui.dossiers.dossier_page import DossierPage
from ui.intake.page import IntakePage
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def test_f2_asks_for_the_agency_and_counts_from_there(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    assert not page.promise.for_agency.isVisible()
    page.show_form(replace(page.form(), procedure="1.001193", limit="3 ngày làm việc"))
    assert "10 giờ 00 thứ Sáu 27/11/2026" in page.due.text()
    press(window, Qt.Key.Key_X, ALT)
    assert page.promise.for_agency.hasFocus()
    write(page.promise.for_agency, "UBND phường Cái Răng")
    assert page.form().for_agency == "UBND phường Cái Răng"
    page.preview.ask()  # as a moment after the last letter
    assert "17 giờ 00 thứ Sáu 27/11/2026" in page.due.text()
    press(window, Qt.Key.Key_X, ALT)  # it is this office's after all
    assert page.form().for_agency == ""


def test_it_is_forwarded_and_received_there(window: Window) -> None:
    made = make_intake(limit="3 ngày làm việc", for_agency="UBND phường Cái Răng")
    code = intake.accept_dossier(window.desk, made).code
    window.open_page("today")
    board = window.page("today")
    assert isinstance(board, TodayPage)
    board.refresh()
    assert "1 hồ sơ nhận thay chưa chuyển (…0001), sớm nhất trước 23/11/2026 17:00" in (
        board.alarms.text()
    )
    window.open_dossier(code)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert "nhận thay UBND phường Cái Răng, chuyển trước 23/11/2026 17:00" in page.state.text()
    assert "Hạn chuyển hồ sơ theo" not in page.clocks.text()
    assert "Hạn chuyển hồ sơ 23/11/2026 17:00: còn hạn" in page.clocks.text()
    press(window, Qt.Key.Key_N, SHIFT)  # it is not there yet
    press(window, Qt.Key.Key_F, SHIFT)
    assert "phải chuyển trước 17 giờ 00" in panel_in(window).about.text()
    answer(window)
    assert "chuyển 23/11/2026 10:00" in page.state.text()
    press(window, Qt.Key.Key_N, SHIFT)
    panel = answer(window, "hôm qua")
    assert panel.isVisible()  # no moment
    answer(window, "23/11/2026 10:00")
    assert "UBND phường Cái Răng nhận 23/11/2026 10:00" in page.state.text()
    ends = "Hạn của cơ quan có thẩm quyền 27/11/2026 10:00: còn hạn"
    assert ends in page.clocks.text()
    press(window, Qt.Key.Key_F8)
    lines = [page.walk.item(row).text() for row in range(page.walk.count())]
    assert any("phải có ở cơ quan có thẩm quyền; tính từ 17:00" in line for line in lines)
    assert ends in lines


def test_what_was_typed_wrong_is_put_right_beside_the_agency(window: Window) -> None:
    made = make_intake(limit="3 ngày làm việc", for_agency="UBND phường Cái Răng")
    code = intake.accept_dossier(window.desk, made).code
    window.open_dossier(code)
    press(window, Qt.Key.Key_S, SHIFT)
    page = window.page("correct")
    assert isinstance(page, CorrectPage)
    assert not page.promise.other.isVisible()  # it stays as it was
    phone = page.person.fields["phone"]
    phone.setFocus()
    phone.selectAll()
    write(phone, "0912345679")
    page.reason.setFocus()
    write(page.reason, "gõ nhầm số")
    press(window, Qt.Key.Key_F9)
    dossier = progress.show_dossier(window.desk, code).dossier
    assert (dossier.applicant.phone, dossier.for_agency) == ("0912345679", "UBND phường Cái Răng")
