"""A citizen asks again: one key on the dossier or the day board, the slip, the line, the answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget

from cchc_desk.actions.dossiers import progress, reminders, steps
from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.domain.dossiers.reminders import Asker
from tests.ui.conftest import press
from tests.ui.questions import answer, leave, panel_in
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.rows import STATE
from ui.shell.window import Window
from ui.today.page import TodayPage
from ui.widgets.question_panel import QuestionPanel

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def opened(window: Window) -> DossierPage:
    rows = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))
    window.open_dossier(next(row.code for row in rows if not row.late))
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    return page


def close_slip(window: Window) -> None:
    (dialog,) = (
        found for found in window.findChildren(QDialog) if isinstance(found, PreviewDialog)
    )
    assert dialog.kind == "reminder"
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()
    dialog.deleteLater()


def test_one_key_on_the_dossier_prints_the_slip_and_another_answers_it(window: Window) -> None:
    page = opened(window)
    press(window, Qt.Key.Key_T, SHIFT)  # nobody has asked yet
    assert not window.findChildren(QuestionPanel)
    press(window, Qt.Key.Key_D, SHIFT)
    asked = panel_in(window)
    assert page.view is not None
    assert "Đôn đốc lần 1" in asked.title.text()
    answer(window, "công dân", "Điện thoại", "Hỏi bao giờ xong", None)
    close_slip(window)
    assert page.view.urged is not None
    assert page.view.urged.words == "Hỏi bao giờ xong"
    assert "đôn đốc lần 1, trả lời trước" in page.state.text()
    assert "đôn đốc lần 1" in page.badge.text()
    press(window, Qt.Key.Key_T, SHIFT)
    answer(window, "Mai có kết quả")
    (answered,) = page.view.reminders
    assert answered.answer == "Mai có kết quả"
    assert "đôn đốc" not in page.state.text()


def test_the_third_goes_to_the_leader(window: Window) -> None:
    page = opened(window)
    for _time in range(2):
        reminders.remind(window.desk, page.code, Asker.CITIZEN, How.PHONE)
    press(window, Qt.Key.Key_D, SHIFT)
    to = panel_in(window).fields[-1].control
    assert isinstance(to, QListWidget)
    assert [to.item(line).text() for line in range(to.count())] == ["1  Lê Mai Chi · lãnh đạo"]
    leave(window)


def test_the_day_board_has_a_line_for_it_and_the_same_key(window: Window) -> None:
    board = window.stack.currentWidget()
    assert isinstance(board, TodayPage)
    assert board.asked_again.isHidden()
    code = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))[0].code
    steps.hand_over(window.desk, [code], "binh")
    reminders.remind(window.desk, code, Asker.CITY, How.MESSAGE)
    board.refresh()
    assert "1 lần đôn đốc chưa trả lời" in board.asked_again.text()
    press(window, Qt.Key.Key_8, ALT)
    (row,) = board.table.dossiers.rows
    assert row.code == code
    assert "đôn đốc lần 1" in board.table.dossiers.index(0, STATE).data()
    board.table.setFocus()
    press(window, Qt.Key.Key_D, SHIFT)
    assert "Đôn đốc lần 2" in panel_in(window).title.text()
    leave(window)
