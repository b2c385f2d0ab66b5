"""Which clock is over stands on the dossier and in lists; F8 shows the walk of each."""

from datetime import datetime

from PySide6.QtCore import Qt

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.intake import intake
from cchc_desk.domain.law.procedure import ProcessStep
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import press
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.rows import STATE
from ui.shell.window import Window
from ui.today.page import TodayPage


def test_the_process_is_over_and_the_promise_is_not(window: Window) -> None:
    become(window.desk, "dung")
    steps = [ProcessStep("Thẩm định", "processor", minutes=240)]
    process.set_process(window.desk, "1.001193", steps)
    become(window.desk, "an")
    friday = datetime(2026, 11, 20, 8, 0)
    code = intake.accept_dossier(
        window.desk, make_intake(limit="3 ngày làm việc", received=friday)
    ).code
    window.open_dossier(code)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.clocks.text() == (
        "Hẹn với công dân 26/11/2026 08:00: còn hạn · Hạn quy trình 20/11/2026 13:30: quá hạn"
    )
    assert page.badge.text() == "○ còn 3 ngày · quá hạn quy trình"
    press(window, Qt.Key.Key_F8)
    lines = [page.walk.item(row).text() for row in range(page.walk.count())]
    assert lines[0] == "Hẹn với công dân 26/11/2026 08:00: còn hạn"
    ends = lines.index("Hạn quy trình 20/11/2026 13:30: quá hạn")
    assert lines[ends - 1].endswith("ngày 3 – hẹn trả")
    assert lines[-1].endswith("tính 240 phút làm việc – hết hạn")
    window.open_page("today")
    board = window.page("today")
    assert isinstance(board, TodayPage)
    board.choose("soon")
    rows = [row.code for row in board.table.dossiers.rows]
    shown = board.table.dossiers.index(rows.index(code), STATE).data()
    assert "quá hạn quy trình" in shown


def test_a_dossier_with_one_clock_says_nothing_of_two(window: Window) -> None:
    code = intake.accept_dossier(window.desk, make_intake(limit="3 ngày làm việc")).code
    window.open_dossier(code)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.clocks.isHidden()
    press(window, Qt.Key.Key_F8)
    assert "tiếp nhận" in page.walk.item(0).text()
