"""With type of 200 % on the ward's screen nothing is cut or squeezed: what has no room scrolls."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.table import Column, Listing
from tests.ui.conftest import press, write
from tests.ui.rooms import set_appearance
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.look import style, texts
from ui.overdue.ticked_letters import LettersToTick, TickLine
from ui.registers.page import RegistersPage
from ui.settings.people_group import Shown
from ui.shell.entry.login import LoginPage
from ui.shell.entry.new_password import NewPasswordPage
from ui.shell.entry.recovery_page import RecoveryPage
from ui.shell.window import Window
from ui.widgets.question_panel import Choice, Line, QuestionPanel, Ticks
from ui.widgets.tables.line_table import LineTable

SCREEN = 1366, 740  # less the task bar
PANEL = 940, 520  # what a page has of it
CODE = "-".join(("4KTMR", "9XN2C", "HP5J7", "TTVF8") * 2)
PEOPLE = (
    Official("chi", "Lê Mai Chi", Role.LEADER),
    Official("dung", "Phạm Tiến Dũng", Role.ADMINISTRATOR),
)
LONG = (
    "Tệp dữ liệu của quầy bị hỏng. Đừng ghi thêm: hãy giữ nguyên tệp, chép thư mục backups ra nơi "
    "khác và khôi phục bản sao gần nhất."
)


@pytest.fixture(autouse=True)
def large_type(qapp: QApplication) -> Iterator[None]:
    style.load_fonts(qapp)
    style.apply(qapp, practice=False, size=200)
    yield
    style.apply(qapp, practice=False)


def settle() -> None:
    for _time in range(4):
        QApplication.processEvents()


def squeezed(page: QWidget) -> list[str]:
    """What is lower than its words: labels, fields, buttons that show."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            wraps = widget.wordWrap()
            needed = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
            if widget.height() < needed:
                found.append(widget.text())
        elif (
            isinstance(widget, QLineEdit | QComboBox | QPushButton)
            and widget.height() < widget.minimumSizeHint().height()
        ):
            found.append(widget.accessibleName())
    return found


def is_in_sight(widget: QWidget) -> bool:
    """True where it shows from top to bottom."""
    return widget.isVisible() and widget.visibleRegion().boundingRect().height() == widget.height()


@pytest.fixture
def screen(qtbot: QtBot) -> QWidget:
    """As high as the screen, whatever the least height of a page in it."""
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(*SCREEN)
    shown.show()
    return shown


def put(page: QWidget, screen: QWidget) -> None:
    page.setParent(screen)
    page.setGeometry(screen.rect())
    page.show()
    settle()


def closed_login() -> LoginPage:
    page = LoginPage()
    page.not_opened(LONG)
    return page


def locked_login() -> LoginPage:
    page = LoginPage()
    page.not_opened(LONG)
    page.ask_code()
    return page


def restored_login() -> LoginPage:
    page = LoginPage()
    page.hint.setText(LONG)
    page.offer(PEOPLE)
    page.show_rest("Ngày nghỉ; nhận hôm nay tính từ 07:30 thứ Hai 30/11/2026")
    page.warn_restored("desk-2026-11-22.db", "truoc-khoi-phuc-2026-11-23-0800")
    page.refuse("Tên hoặc mật khẩu không đúng; hãy nhập lại.")
    return page


def new_password() -> QWidget:
    page = NewPasswordPage()
    page.ask("Nguyễn Thị Hoài An")
    page.warning.setText("Mật khẩu có dấu tiếng Việt: bộ gõ (UniKey) đang bật? Alt+E để xem.")
    page.refuse("Hai lần nhập mật khẩu mới không giống nhau; hãy nhập lại.")
    return page


def recovered() -> QWidget:
    page = RecoveryPage()
    page.begin(PEOPLE)
    page.show_answer("Phạm Tiến Dũng", "dung", "k7mt-9xn2-hp4j-2c5r", CODE)
    return page


@pytest.mark.parametrize(
    "make", [closed_login, locked_login, restored_login, new_password, recovered]
)
def test_a_page_before_log_in_scrolls_where_it_has_no_room(
    screen: QWidget, make: Callable[[], QWidget]
) -> None:
    page = make()
    put(page, screen)
    assert squeezed(page) == []


def test_a_refusal_at_the_log_in_is_seen_with_the_button_that_tries_again(screen: QWidget) -> None:
    page = restored_login()
    put(page, screen)
    page.refuse("Tên hoặc mật khẩu không đúng; hãy nhập lại.")
    settle()
    assert is_in_sight(page.error)
    assert is_in_sight(page.button)


def test_a_sentence_that_is_not_there_takes_no_place(qtbot: QtBot) -> None:
    page = NewPasswordPage()
    qtbot.addWidget(page)
    page.show()
    assert not page.error.isVisible()
    page.refuse("Mật khẩu cần ít nhất 8 ký tự.")
    assert page.error.isVisible()
    page.error.clear()
    assert not page.error.isVisible()


def panel(qtbot: QtBot, *fields: Choice[str] | LettersToTick | Line | Shown) -> QuestionPanel:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(*PANEL)
    page.show()
    asked = QuestionPanel.ask(
        page, "Bàn giao – Nguyễn Thị Kim Ân · 03/08/2020 …0001", fields, "Ghi", lambda _panel: None
    )
    settle()
    return asked


def test_a_code_that_is_shown_once_is_read_whole(qtbot: QtBot) -> None:
    shown = Shown("Mã khôi phục", CODE)
    panel(qtbot, shown)
    line = shown.control
    assert line.fontMetrics().horizontalAdvance(CODE) < line.width() - 16


def test_a_long_list_leaves_the_title_of_its_question_in_sight(qtbot: QtBot) -> None:
    options = [(f"Nguyên nhân {n}", str(n)) for n in range(8)]
    asked = panel(qtbot, Choice("Nguyên nhân", options, name="cause", lines=8))
    assert is_in_sight(asked.title)
    assert is_in_sight(asked.fields[0].control)


def test_a_long_paragraph_leaves_the_title_of_its_question_and_the_field_in_sight(
    window: Window,
) -> None:
    window.resize(*SCREEN)
    set_appearance(window, size=200)
    window.open_page("dossiers")
    page = window.page("dossiers")
    settle()
    asked = QuestionPanel.ask(
        page, "Trả kết quả – 4 hồ sơ", (Line("Người nhận"),), "Trả", lambda _panel: None, LONG * 4
    )
    settle()
    assert is_in_sight(asked.title)
    assert is_in_sight(asked.fields[0].control)
    assert is_in_sight(asked.yes)


def test_a_list_of_letters_gives_way_too_and_has_its_lines_again_in_a_high_window(
    qtbot: QtBot,
) -> None:
    lines = tuple(
        TickLine(str(n), "Lê Thị An", "H13.999-261001-0001", "lý do", None, "", None, date.today())
        for n in range(10)
    )
    letters = LettersToTick("Thư sẽ ký", lines, range(1, 11))
    asked = panel(qtbot, letters)
    assert is_in_sight(asked.title)
    low = letters.control.height()
    page = asked.parentWidget()
    assert page is not None
    page.resize(940, 1400)
    settle()
    assert letters.control.height() > 1.5 * low


def test_a_short_code_in_a_title_does_not_go_on_in_another_line() -> None:
    assert texts.unbroken("An · 18/11 …0007") == "An · 18/11\u00a0…\u20600007"
    assert texts.unbroken("và còn nữa …") == "và còn nữa …"


def test_the_words_of_a_form_stand_off_from_its_fields(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form = QFormLayout(page)
    texts.row(form, "Tên đăng nhập", QLineEdit())
    assert form.horizontalSpacing() >= page.fontMetrics().averageCharWidth()


# --- in the window --------------------------------------------------------------------------------


@pytest.fixture
def low(window: Window) -> Window:
    window.resize(*SCREEN)
    set_appearance(window, size=200)
    return window


def test_what_was_found_by_its_digits_does_not_scroll_sideways(low: Window) -> None:
    low.resize(1330, 740)  # where the usual widths have not room, but the words that show have
    low.open_page("dossiers")
    page = low.page("dossiers")
    assert isinstance(page, DossiersPage)
    row = next(row for row in page.table.dossiers.rows if row.phone)
    write(page.search, row.phone[-4:])
    settle()
    assert page.table.horizontalScrollBar().maximum() == 0


def test_the_papers_of_a_dossier_come_with_their_tab(low: Window) -> None:
    low.open_dossier(progress.find_dossiers(low.desk, only="open", limit=1)[0].code)
    settle()
    page = low.page("dossier")
    assert isinstance(page, DossierPage)
    press(low, Qt.Key.Key_2)
    settle()
    assert is_in_sight(page.tabs[1])
    assert page.papers.visibleRegion().boundingRect().height() > 0


def test_nobody_to_hand_a_result_to_is_said_at_that_field_which_is_red(low: Window) -> None:
    low.open_page("return")
    settle()
    page = low.page("return")
    assert isinstance(page, ReturnPage)
    page.open(page.table.dossiers.rows[0].code)
    settle()
    page.to_name.clear()
    press(low, Qt.Key.Key_F9)
    settle()
    assert page.to_name.property("wrong") == "true"
    assert page.error.y() < page.papers_back.y()
    write(page.to_name, "Lê Thị Hoa")
    assert page.to_name.property("wrong") == "false"


def test_a_day_that_is_none_is_red_among_the_days_of_a_period(low: Window) -> None:
    low.open_page("registers")
    page = low.page("registers")
    assert isinstance(page, RegistersPage)
    page.books.setCurrentRow(6)
    settle()
    write(page.first, "32/13/2026")
    press(low, Qt.Key.Key_Return)
    assert (page.first.property("wrong"), page.last.property("wrong")) == ("true", "false")
    assert page.first.isVisible()  # however low the window


def test_words_that_wrap_beside_a_scroll_bar_leave_the_title_of_a_question_in_sight(
    qtbot: QtBot,
) -> None:
    """In a window that was lower before: the bar of then is there when the room is measured."""
    about = "Không ghi thì hồ sơ của người ấy do người nhận danh sách giữ."
    names = [(f"Nguyễn Thị Hoài An {n}", n) for n in range(6)]
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(941, 400)
    page.show()
    asked = QuestionPanel.ask(
        page,
        "«Lê Văn Hai» là ai?",
        (Choice("Ở quầy này là", names),),
        "Ghi",
        lambda _p: None,
        about,
    )
    settle()
    for high in range(500, 600, 20):
        page.resize(941, 400)
        settle()
        page.resize(941, high)
        settle()
        assert is_in_sight(asked.title), high


def test_the_chosen_answer_is_in_sight_in_a_list_that_gave_way(qtbot: QtBot) -> None:
    options = [(f"Hình thức {n}", str(n)) for n in range(6)]
    asked = panel(qtbot, Choice("Ký theo", options, "4"), Line("Chức danh"), Line("Văn bản"))
    control = asked.fields[0].control
    assert isinstance(control, QListWidget)
    line = control.visualItemRect(control.currentItem())
    assert control.viewport().rect().contains(line)


def test_the_result_of_a_late_dossier_is_given_by_a_key_in_sight(low: Window) -> None:
    set_appearance(low, size=150)
    low.open_page("return")
    page = low.page("return")
    assert isinstance(page, ReturnPage)
    owed = progress.find_dossiers(low.desk, only="owed")
    page.open(owed[0].code)
    settle()
    assert page.error.text()
    assert is_in_sight(page.give)


def test_a_heading_without_room_ends_with_dots(qtbot: QtBot) -> None:
    table = LineTable("Sổ")
    qtbot.addWidget(table)
    columns = [Column(f"Tên cột dài thứ {n}", str, align="right") for n in range(4)]
    table.fill(Listing(columns, ["a"]))
    table.resize(table.columnWidth(0) + 200, 300)
    table.show()
    settle()
    assert table.horizontalHeader().textElideMode() is Qt.TextElideMode.ElideRight
    assert table.horizontalScrollBar().isVisible()
    table.fill(Listing(columns, []))
    settle()
    assert not table.horizontalScrollBar().isVisible()  # to heads alone nobody scrolls


def test_lines_that_wrap_in_a_question_do_not_lie_over_one_another(qtbot: QtBot) -> None:
    words = "Đỗ Thị Kim Đào · H57.32-250909-0001 = H13.999-250909-1001"
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(940, 520)
    page.show()
    ticks = Ticks("Cùng người", [(words, 1), ("Lê Thị Hoa", 2)])
    QuestionPanel.ask(page, "Hồ sơ đã nhận?", (ticks,), "Đúng", lambda _panel: None)
    lines = ticks.control
    assert isinstance(lines, QListWidget)
    for wide in range(900, 980, 2):
        page.resize(wide, 520)
        settle()
        first = lines.visualItemRect(lines.item(0))
        option = QStyleOptionViewItem()
        lines.initViewItemOption(option)
        option.rect, option.text = first, words
        option.features |= (
            option.ViewItemFeature.HasDisplay | option.ViewItemFeature.HasCheckIndicator
        )
        part = QStyle.SubElement.SE_ItemViewItemText
        room = lines.style().subElementRect(part, option, lines).width() - 6
        wraps = lines.fontMetrics().horizontalAdvance(words) > room
        lone = lines.visualItemRect(lines.item(1)).height()
        assert first.height() > 1.5 * lone or not wraps, wide
