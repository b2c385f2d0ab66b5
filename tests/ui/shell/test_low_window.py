"""On the ward's screen, 1366 × 768, with type of 125 to 200 %: what the work needs is in sight."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton, QWidget

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.law.procedure import Channel, ProcessStep
from cchc_desk.domain.time.pauses import PauseKind
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import log_in, press, write
from tests.ui.rooms import set_appearance
from ui.dossiers.correct_page import CorrectPage
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.hand_over_page import HandOverPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.rows import STATE
from ui.intake.page import IntakePage
from ui.look import style
from ui.on_the_spot.page import OnTheSpotPage
from ui.overdue.page import OverduePage
from ui.procedures.page import ProceduresPage
from ui.registers.books import BOOKS
from ui.registers.page import RegistersPage
from ui.settings.page import SettingsPage
from ui.settings.process_page import ProcessPage
from ui.shell import notices
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SCREEN = 1366, 740  # less the task bar


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, practice=False)


@pytest.fixture
def low(window: Window) -> Window:
    """The window of the clerk An, low and with the largest type."""
    return sized(window, 200)


def sized(window: Window, size: int) -> Window:
    window.resize(*SCREEN)
    set_appearance(window, size=size)
    return window


def settle() -> None:
    for _time in range(4):
        QApplication.processEvents()


def lines_in_sight(view: QAbstractItemView) -> int:
    """The lines of a list or table that are seen from top to bottom."""
    seen, model = view.viewport().visibleRegion().boundingRect(), view.model()
    places = (view.visualRect(model.index(row, 0)) for row in range(model.rowCount()))
    return sum(place.top() >= seen.top() and place.bottom() <= seen.bottom() for place in places)


def is_in_sight(widget: QWidget) -> bool:
    """All of it is seen, scrolled to neither above nor below."""
    return widget.visibleRegion().boundingRect() == QRect(QPoint(0, 0), widget.size())


# --- the day board --------------------------------------------------------------------------------


def test_the_day_board_shows_its_day_tiles_and_lines_at_once(low: Window) -> None:
    low.open_page("today")  # with the type as it is now
    page = low.page("today")
    assert isinstance(page, TodayPage)
    press(low, Qt.Key.Key_3, ALT)
    settle()
    assert is_in_sight(page.date)
    assert all(is_in_sight(tile) for tile in page.tiles.values())
    assert is_in_sight(page.receipt_low)
    assert "Ctrl+V" in page.receipt_low.text()
    assert lines_in_sight(page.table) >= 2
    for size, least in ((150, 4), (125, 5)):
        sized(low, size)
        settle()
        assert lines_in_sight(page.table) >= least


def test_a_warning_that_is_folded_away_scrolls_nothing(low: Window) -> None:
    low.open_page("today")
    page = low.page("today")
    assert isinstance(page, TodayPage)
    settle()
    assert page.broken.text()
    assert not page.broken.isVisible()
    for _time in range(2):
        page.refresh()
        settle()
    assert is_in_sight(page.date)


def test_the_warnings_of_a_low_window_are_counted_and_unfold_by_a_key(low: Window) -> None:
    page = low.page("today")
    assert isinstance(page, TodayPage)
    settle()
    assert not page.warnings.isVisible()
    assert "điều phải để ý" in page.fold.text()
    press(low, Qt.Key.Key_7, ALT)
    settle()
    assert page.warnings.isVisible()
    press(low, Qt.Key.Key_7, ALT)
    sized(low, 100)
    settle()
    assert page.warnings.isVisible()
    assert page.fold.isHidden()


def test_the_standing_is_the_last_column_to_leave_a_narrow_list(low: Window) -> None:
    low.open_page("dossiers")
    settle()
    page = low.page("dossiers")
    assert isinstance(page, DossiersPage)
    right = page.table.columnViewportPosition(STATE) + page.table.columnWidth(STATE)
    assert not page.table.isColumnHidden(STATE)
    assert right <= page.table.viewport().width()


# --- letters --------------------------------------------------------------------------------------


def test_the_letters_page_shows_its_list_and_the_next_act_at_once(low: Window) -> None:
    press(low, Qt.Key.Key_F5)
    page = low.page("overdue")
    assert isinstance(page, OverduePage)
    settle()
    assert lines_in_sight(page.list) >= 2
    assert all(is_in_sight(one) for one in (page.draft, page.sign, page.deliver, page.head.title))
    sized(low, 150)
    settle()
    assert lines_in_sight(page.list) >= 7


def test_the_acts_on_all_letters_are_folded_and_their_keys_work(low: Window) -> None:
    press(low, Qt.Key.Key_F5)
    page = low.page("overdue")
    assert isinstance(page, OverduePage)
    settle()
    assert not page.draft_all.isVisible()
    press(low, Qt.Key.Key_M, ALT)
    settle()
    assert is_in_sight(page.draft_all)
    press(low, Qt.Key.Key_M, ALT)
    press(low, Qt.Key.Key_N, ALT)
    assert "Đã soạn sẵn" in low.notices.text


# --- one dossier ----------------------------------------------------------------------------------


def test_a_long_reason_of_a_pause_leaves_the_next_act_in_sight(window: Window) -> None:
    rows = progress.find_dossiers(window.desk, only="open", limit=60)
    code = next(
        row.code
        for row in rows
        if progress.show_dossier(window.desk, row.code).allowed["pause"] is None
    )
    reason = "Phải gửi văn bản đề nghị xác minh tới nơi cư trú trước đây và chờ trả lời " * 4
    steps.pause(window.desk, code, PauseKind.OPINION, reason)
    window.open_dossier(code)
    sized(window, 200)
    settle()
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.state.height() <= 3 * page.state.fontMetrics().lineSpacing()
    assert "chờ trả lời" in page.state.toolTip()
    assert page.view is not None
    assert not page.buttons[page.view.next.first or ""].visibleRegion().isEmpty()


def test_a_long_name_and_a_pause_leave_the_next_act_in_sight(window: Window) -> None:
    name = "Hợp tác xã Nông nghiệp Dịch vụ Thủy sản và Du lịch sinh thái Cồn Sơn – Cồn Ấu"
    become(window.desk, "an")
    made = make_intake(applicant=replace(make_intake().applicant, name=name, phone="02923820000"))
    code = intake.accept_dossier(window.desk, made).code
    reason = "Phải gửi văn bản đề nghị xác minh tới nơi cư trú trước đây và chờ trả lời " * 4
    steps.pause(window.desk, code, PauseKind.OPINION, reason)
    window.open_dossier(code)
    sized(window, 200)
    notices.undoable(f"Đã tiếp nhận {code} của {name}, hẹn trả 10 giờ 00 thứ Sáu.", lambda: None)
    settle()
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.view is not None
    assert is_in_sight(page.buttons[page.view.next.first or ""])
    assert is_in_sight(page.title)
    for size, is_low in ((100, False), (200, True)):
        sized(window, size)
        settle()
        assert (page.buttons["correct"].parentWidget() is page._low_keys) is is_low
        assert page.buttons["correct"].isVisible()
        assert page.copying.button.isVisible()


def test_a_few_papers_come_into_sight_without_sending_the_next_act_away(window: Window) -> None:
    sized(window, 112)
    window.resize(1366, 640)  # what a tall task bar leaves
    window.open_dossier(progress.find_dossiers(window.desk, only="open", limit=1)[0].code)
    settle()
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.view is not None
    press(window, Qt.Key.Key_2)
    settle()
    assert is_in_sight(page.tabs[1])
    assert not page.papers.visibleRegion().isEmpty()
    assert is_in_sight(page.buttons[page.view.next.first or ""])


def test_what_is_put_right_belongs_to_the_dossiers_and_its_fields_come_first(low: Window) -> None:
    low.open_page("return")
    low.correct_dossier(progress.find_dossiers(low.desk, only="open", limit=1)[0].code)
    settle()
    page = low.page("correct")
    assert isinstance(page, CorrectPage)
    assert low.frame.tabs["dossiers"].isChecked()
    fields = page.person.fields
    assert all(is_in_sight(fields[name]) for name in ("name", "id_number", "born", "address"))
    low.open_page("calendar")
    assert low.frame.tabs["settings"].isChecked()


def test_how_the_date_came_about_comes_into_sight(low: Window) -> None:
    low.open_dossier(progress.find_dossiers(low.desk, only="open", limit=1)[0].code)
    settle()
    page = low.page("dossier")
    assert isinstance(page, DossierPage)
    press(low, Qt.Key.Key_F8)
    settle()
    assert lines_in_sight(page.walk) >= 3


def test_a_folder_that_is_unknown_is_said_beside_its_code(low: Window) -> None:
    low.open_page("hand-over")
    page = low.page("hand-over")
    assert isinstance(page, HandOverPage)
    write(page.code, "H13.999-991231-9999")
    press(low, Qt.Key.Key_Return)
    settle()
    assert "Không có hồ sơ mã" in page.error.text()
    assert is_in_sight(page.code)
    assert is_in_sight(page.error)


# --- procedures -----------------------------------------------------------------------------------


def test_a_wrong_limit_is_said_at_its_field_which_is_in_sight_and_marked(low: Window) -> None:
    press(low, Qt.Key.Key_U, CTRL)
    log_in(low, "dung")
    low.open_page("procedures")
    page = low.page("procedures")
    assert isinstance(page, ProceduresPage)
    write(page.search, "khai sinh")
    settle()
    limit = page.editor.limits[Channel.DIRECT]
    write(limit, " hay mai")
    page.editor.starts.setFocus()
    settle()
    press(low, Qt.Key.Key_F9)
    settle()
    assert "chưa đọc được" in page.editor.error.text()
    assert limit.property("wrong") == "true"
    assert is_in_sight(limit)
    assert is_in_sight(page.editor.error)


def test_no_name_of_a_procedure_makes_the_list_scroll_sideways(window: Window) -> None:
    for size in (100, 200):
        sized(window, size)
        window.open_page("procedures")
        settle()
        page = window.page("procedures")
        assert isinstance(page, ProceduresPage)
        assert page.table.horizontalScrollBar().maximum() == 0
        assert "17/7/2026" in page.editor.certainty.text()


# --- settings, registers, certification -----------------------------------------------------------


def test_a_field_of_the_settings_has_the_whole_width_where_its_words_leave_it_none(
    low: Window,
) -> None:
    low.open_page("settings")
    settle()
    page = low.page("settings")
    assert isinstance(page, SettingsPage)
    fields = [page.fields[name] for name in ("parent_agency", "unit_name", "hotline")]
    assert all(field.width() >= 0.95 * page.group.width() for field in fields)


def test_on_a_wide_screen_a_form_is_no_wider_than_is_read_with_ease(window: Window) -> None:
    window.resize(1920, 1052)
    window.open_page("settings")
    settle()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    letters = page.group.width() / page.fontMetrics().averageCharWidth()
    assert 90 < letters <= 121


def test_the_lines_of_a_register_fill_the_screen_once_they_are_gone_to(low: Window) -> None:
    low.open_page("registers")
    page = low.page("registers")
    assert isinstance(page, RegistersPage)
    settle()
    assert lines_in_sight(page.books) >= 3
    page.open("Sổ theo dõi hồ sơ")
    settle()
    page.books.setFocus()
    press(low, Qt.Key.Key_Return)
    settle()
    assert page.table.hasFocus()
    assert lines_in_sight(page.table) >= 6
    assert page.books.horizontalScrollBar().maximum() == 0


def test_the_lines_of_a_register_take_the_room_of_the_list_and_of_what_is_folded_away(
    window: Window,
) -> None:
    sized(window, 150)
    window.open_page("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    page.open("Sổ theo dõi hồ sơ")
    settle()
    assert lines_in_sight(page.table) >= 7
    assert not page.spans.isVisible()
    press(window, Qt.Key.Key_1, ALT)  # the keys of what is folded away work
    assert page.first.text() == "23/11/2026"
    assert page.fold.button.text().startswith("23/11/2026 – 23/11/2026")
    press(window, Qt.Key.Key_F, ALT)
    assert page.spans.isVisible()
    press(window, Qt.Key.Key_F, ALT)
    page.books.setFocus()
    press(window, Qt.Key.Key_Return)
    assert page.books.isHidden()
    press(window, Qt.Key.Key_Escape)
    assert page.books.hasFocus()


@pytest.mark.parametrize("size", [100, 150, 200])
def test_no_register_scrolls_sideways_and_what_has_no_room_is_counted(
    window: Window, size: int
) -> None:
    sized(window, size)
    window.open_page("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    settle()
    for book in BOOKS:
        page.open(book.name)
        settle()
        assert page.table.horizontalScrollBar().maximum() == 0, book.name
        columns = range(len(book.columns))
        left = sum(page.table.isColumnHidden(one) for one in columns) if page.table.current() else 0
        assert (f"Thiếu chỗ cho {left} cột" in page.nothing.text()) is bool(left), book.name
    page.open("Sổ theo dõi hồ sơ")
    settle()
    before = page.table.left_out
    assert before
    press(window, Qt.Key.Key_X, ALT)  # the room of the list of registers
    settle()
    assert size == 200 or page.table.left_out < before  # there it stood above the lines
    assert f"Thiếu chỗ cho {page.table.left_out} cột" in page.nothing.text()


def test_the_number_that_comes_is_read_whole(low: Window) -> None:
    low.open_page("on-the-spot")
    page = low.page("on-the-spot")
    assert isinstance(page, OnTheSpotPage)
    write(page.person.name, "Nguyễn Thị Ánh Đào")
    for _paper in range(3):
        write(page.papers.paper, "Giấy khai sinh")
        press(low, Qt.Key.Key_T, ALT)
    settle()
    assert page.sum.number.heightForWidth(page.sum.number.width()) <= page.sum.number.height()
    first, _dash, last = page.sum.number.text().partition("Số tiếp theo: ")[2].partition("–")
    assert int(last.partition(",")[0]) == int(first) + 2
    assert page.sum.arithmetic.text() == "3 giấy tờ, 3 bản"


def test_a_long_name_that_is_not_saved_leaves_the_page_its_room(low: Window) -> None:
    low.open_page("on-the-spot")
    page = low.page("on-the-spot")
    assert isinstance(page, OnTheSpotPage)
    write(
        page.person.name,
        "Công ty trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Hoàng Gia " * 2,
    )
    write(page.papers.paper, "Giấy khai sinh")
    press(low, Qt.Key.Key_T, ALT)
    low.open_page("dossiers")
    settle()
    assert "Chưa lưu" in low.notices.text
    assert len(low.notices.text) < 110


def test_the_name_of_a_paper_has_room_beside_its_counts(window: Window) -> None:
    for size in (125, 150):
        sized(window, size)
        window.open_page("on-the-spot")
        settle()
        page = window.page("on-the-spot")
        assert isinstance(page, OnTheSpotPage)
        assert page.papers.paper.width() > 20 * page.fontMetrics().averageCharWidth()


def test_the_names_of_papers_have_room_beside_their_counts(window: Window) -> None:
    sized(window, 175)
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    write(page.procedure.search, "khai sinh")
    press(window, Qt.Key.Key_Return)
    settle()
    papers = page.procedure.papers
    assert papers.isVisible()
    assert papers.columnWidth(1) > 20 * page.fontMetrics().averageCharWidth()


@pytest.mark.parametrize("size", [112, 200])
def test_a_new_page_begins_at_its_top(window: Window, size: int) -> None:
    sized(window, size)
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    write(page.person.fields["name"], "Nguyễn Thị Ánh Đào")
    write(page.procedure.search, "khai sinh")
    press(window, Qt.Key.Key_Return)
    settle()
    bar = page._scroll.verticalScrollBar()
    bar.setValue(20)  # a field lower down has just come into sight
    press(window, Qt.Key.Key_N, CTRL)
    settle()
    assert page.person.fields["name"].hasFocus()
    assert bar.value() == 0


def test_the_names_of_steps_are_read_and_the_table_does_not_scroll_sideways(
    window: Window,
) -> None:
    window.resize(*SCREEN)
    window.open_page("process")
    page = window.page("process")
    assert isinstance(page, ProcessPage)
    page.steps = [ProcessStep("Thẩm tra, xác minh nơi cư trú", "processor", None, 90)]
    page._show()
    settle()
    assert page.table.horizontalScrollBar().maximum() == 0
    wide = page.table.fontMetrics().horizontalAdvance("Thẩm tra, xác minh nơi")
    assert page.table.columnWidth(1) > wide
    sized(window, 200)
    settle()
    hint = page.agency.fontMetrics().horizontalAdvance(page.agency.placeholderText())
    assert page.agency.width() > hint


def test_a_notice_has_the_room_of_what_can_be_undone_which_the_button_names(low: Window) -> None:
    notices.undoable("Đã làm trang mới; Ctrl+N lần nữa để lấy lại.", lambda: None)
    notices.trouble("Không lưu được tệp: không có thư mục này. Hãy chọn thư mục có quyền ghi.")
    settle()
    assert low.notices.height() < 2.5 * low.fontMetrics().lineSpacing()
    undo = next(one for one in low.notices.findChildren(QPushButton) if "Ctrl+Z" in one.text())
    assert "Đã làm trang mới" in undo.toolTip()
