"""At intake, papers that are not taken in: the slip of what is lacking, the refusal, what came from
the portal.
"""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import before_acceptance, paper_receipts
from cchc_desk.domain.law.procedure import Channel
from tests.ui.conftest import press, write
from tests.ui.dossiers.test_life_by_keys import close_preview, close_set
from tests.ui.questions import answer, panel_in
from ui.documents.printing import PreviewDialog
from ui.intake.form import IntakeForm
from ui.intake.page import IntakePage
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier
TYPED = IntakeForm(
    name="Nguyễn Thị Ánh Đào",
    id_number="092190001234",
    address="12 Nguyễn Trãi, phường Ninh Kiều",
    phone="0912345678",
    procedure="1.001193",
    limit="1 ngày làm việc",
)


@pytest.fixture
def page(window: Window) -> IntakePage:
    press(window, Qt.Key.Key_F2)
    shown = window.page("intake")
    assert isinstance(shown, IntakePage)
    shown.show_form(TYPED)
    return shown


def test_what_is_lacking_goes_home_on_a_slip_and_no_code_is_spent(
    window: Window, page: IntakePage
) -> None:
    before = len(progress.find_dossiers(window.desk, limit=500))
    press(window, Qt.Key.Key_Y, ALT)
    assert TYPED.name in panel_in(window).title.text()
    answer(window, "Giấy chứng sinh", "Chưa đủ giấy tờ")
    close_preview(window, "supplement")
    assert page.form().is_empty
    assert "Đã lập phiếu yêu cầu bổ sung số" in window.notices.text
    assert len(progress.find_dossiers(window.desk, limit=500)) == before


def test_a_refusal_gives_its_reason_on_paper(window: Window, page: IntakePage) -> None:
    press(window, Qt.Key.Key_W, ALT)
    answer(window, "Hồ sơ không thuộc thẩm quyền của phường")
    (shown,) = window.findChildren(PreviewDialog)
    assert (shown.windowTitle(), shown.paper.file) == (
        "Phiếu từ chối – 01/TCHS",
        "01-TCHS-phieu-tu-choi",
    )
    close_preview(window, "refusal")
    assert page.form().is_empty
    page.show_form(TYPED)
    press(window, Qt.Key.Key_W, ALT)
    panel = answer(window, "  ")
    assert "Hãy ghi lý do từ chối" in panel.fields[0].error.text()
    assert page.form().name == TYPED.name


def test_what_the_portal_sent_is_noted_then_taken_in_under_both_codes(
    window: Window, page: IntakePage
) -> None:
    press(window, Qt.Key.Key_G, ALT)
    assert "mã hồ sơ của Cổng" in page.promise.errors["portal_code"].text()
    assert page.promise.portal_code.property("wrong") == "true"
    write(page.promise.portal_code, "G22.99.01-261123-0007")
    assert page.promise.portal_code.property("wrong") == "false"
    page.promise.channel.setCurrentIndex(page.promise.channel.findData(Channel.ONLINE.value))
    press(window, Qt.Key.Key_G, ALT)
    assert "phải trả lời trước 10 giờ 00 thứ Tư 25/11/2026" in window.notices.text
    (row,) = before_acceptance.waiting(window.desk)
    press(window, Qt.Key.Key_F7)
    registers = window.page("registers")
    registers.books.setCurrentRow(3)  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    form = page.form()
    assert (form.name, form.portal_code, form.channel) == (
        TYPED.name,
        "G22.99.01-261123-0007",
        "online",
    )
    assert page.procedure.version is not None
    page.procedure.limit.setEditText("1 ngày làm việc")
    for _ in range(2):
        press(window, Qt.Key.Key_F9)
    close_set(window)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    dossier = progress.show_dossier(window.desk, newest.code).dossier
    assert (dossier.portal_code, dossier.channel) == (row.registration.portal_code, Channel.ONLINE)
    assert before_acceptance.waiting(window.desk) == ()


def test_a_day_without_power_is_typed_later_with_the_number_of_its_receipt(
    window: Window, page: IntakePage
) -> None:
    today, window.desk.clock = window.desk.clock, lambda: datetime(2026, 11, 19, 9, 0)
    (number,), _ = paper_receipts.print_blank(window.desk, 1)
    window.desk.clock = today
    page.promise.late.toggle()
    write(page.promise.received_time, "8:05")
    write(page.promise.received_day, "20/11/2026")
    write(page.promise.paper_receipt, "GT-261123-9999")
    for _ in range(2):
        press(window, Qt.Key.Key_F9)
    assert "Không có giấy hẹn in sẵn số" in page.promise.errors["paper_receipt"].text()
    page.promise.paper_receipt.setText(number.lower())
    for _ in range(2):
        press(window, Qt.Key.Key_F9)
    close_set(window)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    dossier = progress.show_dossier(window.desk, newest.code).dossier
    assert (dossier.accepted, dossier.paper_receipt) == (datetime(2026, 11, 20, 8, 5), number)
    assert paper_receipts.reconcile(window.desk).out == ()
