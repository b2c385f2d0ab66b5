"""The letters' page by keys and mouse: one selection, letters one by one and all together."""

from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.dossiers.dossier import LetterState
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import log_in, press, write
from tests.ui.documents.test_preview import printed
from tests.ui.questions import answer, leave, panel_in
from tests.ui.widgets.tables.test_menus import click, right_click
from tests.ui.widgets.tables.test_menus import line as at
from ui.documents.printing import PreviewDialog
from ui.overdue.letter_list import COLUMNS, Part
from ui.overdue.page import OverduePage
from ui.overdue.ticked_letters import LettersToTick, TickLine
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


def part(page: OverduePage, wanted: Part) -> list[str]:
    """The codes of one part of the list."""
    return [line.row.code for line in page.list.lines if line.part is wanted]


def highlighted(page: OverduePage) -> str:
    """What is on the one highlighted row: its name and code."""
    (row,) = {index.row() for index in page.list.selectedIndexes()}
    line = page.list.line()
    assert line is not None
    assert row == page.list.currentIndex().row()
    return f"{line.row.name} · {line.row.code}"


def is_consistent(page: OverduePage) -> bool:
    """The highlighted line is the one shown, and the one that would be acted on."""
    assert page.view is not None
    shown = f"{page.view.dossier.applicant.name} · {page.view.dossier.code}"
    return highlighted(page) == page.head.title.text() == shown


def go_to(window: Window, page: OverduePage, wanted: Part, number: int = 0) -> str:
    """The arrow down to a line of a part; its code."""
    page.list.setFocus()
    code = part(page, wanted)[number]
    press(window, Qt.Key.Key_Home, CTRL)
    for _ in page.list.lines:
        line = page.list.line()
        if line and line.row.code == code and line.part is wanted:
            return code
        press(window, Qt.Key.Key_Down)
    raise AssertionError(f"{code} is not reached by the arrows")


def in_state(window: Window, state: LetterState) -> set[str]:
    """The dossiers with a letter in this state."""
    return {row.letter.code for row in letters.letters(window.desk, state)}


def leader_comes(window: Window) -> None:
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")


def drafted_all(window: Window) -> None:
    """Every letter owed, with the cause that the desk asks for where it knows none."""
    press(window, Qt.Key.Key_N, ALT)
    answer(window, "tăng đột biến")


def signed_all(window: Window) -> None:
    press(window, Qt.Key.Key_A, ALT)
    answer(window)


# --- one selection --------------------------------------------------------------------------------


def test_the_letter_follows_the_cursor_by_arrows_and_by_a_single_click(
    window: Window, page: OverduePage
) -> None:
    assert is_consistent(page)
    seen = {highlighted(page)}
    for _ in page.list.lines[1:]:
        press(window, Qt.Key.Key_Down)
        assert is_consistent(page)
        seen.add(highlighted(page))
    assert len(seen) == len(page.list.lines)
    first = page.list.visualRect(page.list.model().index(1, 1)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert is_consistent(page)
    assert page.list.line() == page.list.lines[0]
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, CTRL, first)
    assert is_consistent(page)  # Ctrl takes no highlight away
    heading = page.list.visualRect(page.list.model().index(0, 1)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert is_consistent(page)


def test_what_is_highlighted_is_acted_on_after_every_act(window: Window, page: OverduePage) -> None:
    drafted_all(window)
    assert is_consistent(page)
    leader_comes(window)
    assert is_consistent(page)
    go_to(window, page, Part.TO_SIGN, 1)
    signed_all(window)
    assert is_consistent(page)
    assert part(page, Part.TO_SIGN) == []
    code = go_to(window, page, Part.TO_DELIVER, 1)
    name = highlighted(page).split(" · ")[0]
    press(window, Qt.Key.Key_D, ALT)
    assert name in panel_in(window).title.text()
    assert "/PXL-UBND" in panel_in(window).title.text()
    answer(window, "Bưu chính")
    given = progress.show_dossier(window.desk, code).dossier.late_letters[-1]
    assert (given.state, given.delivered_to) == (LetterState.DELIVERED, name)
    assert is_consistent(page)
    assert page.list.line().row.code != code  # type: ignore[union-attr]
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F5)
    assert is_consistent(page)


def test_a_dossier_asked_for_by_its_code_is_a_line_and_is_highlighted(
    window: Window, page: OverduePage
) -> None:
    listed = {line.row.code for line in page.list.lines}
    rows = progress.find_dossiers(window.desk, only="open")
    other = next(
        row.code
        for row in rows
        if row.code not in listed and row.second_due is None and row.finished is None
    )
    window.open_letter(other)
    assert part(page, Part.OPENED) == [other]
    assert is_consistent(page)
    assert page.form.cause.hasFocus()
    page.list.setFocus()
    press(window, Qt.Key.Key_Up)
    assert is_consistent(page)
    page.refresh()
    assert part(page, Part.OPENED) == []


def test_the_letter_has_the_short_name_of_its_procedure(window: Window, page: OverduePage) -> None:
    copies = make_intake(procedure="2.000815", limit="2 giờ")
    code = intake.accept_dossier(window.desk, copies).code
    window.open_letter(code)
    assert page.head.about.text().splitlines()[0] == "Chứng thực bản sao"
    assert page.head.about.toolTip().startswith("Chứng thực bản sao từ bản chính")


def test_the_right_button_offers_the_acts_on_the_line_under_it_and_no_heading_is_chosen(
    window: Window, page: OverduePage
) -> None:
    drafted_all(window)
    code = go_to(window, page, Part.TO_SIGN, 1)
    place = page.list.currentIndex().row()
    press(window, Qt.Key.Key_Home, CTRL)
    menu = right_click(page.list.viewport(), at(page.list, place, 1))
    assert is_consistent(page)
    words = [one.text().split("\t") for one in menu.actions() if one.text()]
    assert words[0] == ["Soạn thư", "F9"]
    assert words[1][0].startswith("Lãnh đạo ký – ")  # the clerk sees why not
    assert [key for _words, key in words[1:4]] == ["Alt+S", "Alt+I", "Alt+D"]
    click(menu, "Xem, in thư")
    assert window.findChildren(PreviewDialog)[-1].paper.code == code
    right_click(page.list.viewport(), at(page.list, 0, 1)).close()
    assert is_consistent(page)


def test_the_acts_stand_in_the_order_of_a_letters_life(window: Window, page: OverduePage) -> None:
    window.resize(1366, 768)
    QApplication.processEvents()
    heads = ("1 · Soạn", "2 · Ký", "3 · In", "4 · Trao")
    said = {one.text(): one for one in page.findChildren(QLabel) if one.text() in heads}
    across = [said[words].mapTo(page, QPoint(0, 0)).x() for words in heads]
    assert across == sorted(across)
    acts = (page.draft, page.sign, page.show_letter, page.deliver)
    for act, x in zip(acts, across, strict=True):
        assert act.mapTo(page, QPoint(0, 0)).x() == x


def test_what_was_typed_and_not_drafted_is_there_again(window: Window, page: OverduePage) -> None:
    drafted_all(window)
    leader_comes(window)
    code = go_to(window, page, Part.TO_SIGN)
    write(page.form.reason, "Máy chủ hỏng")
    typed = page.form.reason.toPlainText()
    press(window, Qt.Key.Key_S, ALT)  # what is signed is what is read
    assert "F9 ghi lại rồi ký" in window.notices.text
    assert code in in_state(window, LetterState.DRAFTED)
    go_to(window, page, Part.TO_SIGN, 1)
    assert page.form.reason.toPlainText() != typed
    go_to(window, page, Part.TO_SIGN)
    assert page.form.reason.toPlainText() == typed
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_S, ALT)
    assert code in in_state(window, LetterState.SIGNED)
    signed = progress.show_dossier(window.desk, code).dossier.late_letters[-1]
    assert signed.reason == " ".join(typed.split())
    assert is_consistent(page)


# --- a missed re-appointment ----------------------------------------------------------------------


@pytest.fixture
def broken(window: Window) -> str:
    """A dossier whose one re-appointment passed without a result, three days later."""
    row = next(
        row
        for row in progress.day_board(window.desk).letters_owed
        if row.second_due is None and row.finished is None
    )
    clerk = window.desk.official
    become(window.desk, "chi")
    letters.draft_and_sign(window.desk, row.code, "volume", datetime(2026, 11, 25, 9, 11))
    window.desk.official = clerk
    window.desk.clock = lambda: datetime(2026, 11, 26, 8, 0)
    return row.code


def test_a_missed_reappointment_stands_first_and_says_what_to_do(
    window: Window, broken: str, page: OverduePage
) -> None:
    assert part(page, Part.BROKEN)[0:1] == [page.list.lines[0].row.code]
    go_to(window, page, Part.BROKEN, part(page, Part.BROKEN).index(broken))
    assert "Lỡ cả hẹn lại" in page.head.rule.text()
    assert "không quá 01 lần" in page.head.rule.text()
    assert page.head.report.isVisible()
    name = highlighted(page).split(" · ")[0]
    press(window, Qt.Key.Key_B, ALT)
    assert name in panel_in(window).title.text()
    answer(window)
    after = progress.show_dossier(window.desk, broken).dossier
    assert after.holder == "chi"
    assert "Lỡ cả hẹn lại" in after.hand_overs[-1].note
    assert is_consistent(page)
    press(window, Qt.Key.Key_Z, CTRL)
    assert progress.show_dossier(window.desk, broken).dossier.hand_overs == after.hand_overs[:-1]


def test_a_second_reappointment_is_refused_with_the_rule_as_soon_as_it_is_asked_for(
    window: Window, broken: str, page: OverduePage
) -> None:
    window.open_letter(broken)
    assert not page.form.dated.isChecked()
    page.form.dated.setFocus()
    press(window, Qt.Key.Key_Space)
    assert "không quá 01 lần" in page.form.errors["new_due"].text()
    press(window, Qt.Key.Key_F9)
    assert "không quá 01 lần" in page.form.errors["new_due"].text()
    assert page.form.errors["new_due"].isVisible()
    assert broken not in in_state(window, LetterState.DRAFTED)


# --- all together ---------------------------------------------------------------------------------


def test_every_letter_owed_is_drafted_by_one_key_and_once(
    window: Window, page: OverduePage
) -> None:
    owed = {line.row.code for line in page.list.lines if line.row.letters_owed}
    assert (len(owed), in_state(window, LetterState.DRAFTED)) == (5, set())
    press(window, Qt.Key.Key_N, ALT)
    assert "Đã soạn sẵn 5 thư; hãy đọc lại từng thư" in window.notices.text
    blank = [row.letter.code for row in letters.letters(window.desk) if not row.letter.reason]
    assert panel_in(window).title.text() == f"Lý do của {len(blank)} thư?"
    assert set(blank) == {
        line.row.code for line in page.list.lines if COLUMNS[2].value(line) == "thiếu lý do"
    }
    leave(window)  # each is written later
    assert in_state(window, LetterState.DRAFTED) == owed
    press(window, Qt.Key.Key_N, ALT)
    assert "Không còn thư nào phải soạn" in window.notices.text


def test_the_leader_sees_the_list_and_answers_one_question(
    window: Window, page: OverduePage
) -> None:
    drafted_all(window)
    drafted = in_state(window, LetterState.DRAFTED)
    press(window, Qt.Key.Key_A, ALT)
    assert "Lãnh đạo mới ký được thư" in window.notices.text
    leader_comes(window)
    press(window, Qt.Key.Key_A, ALT)
    panel = panel_in(window)
    assert panel.title.text() == "Ký 5 thư?"
    table = panel.fields[0].control
    assert isinstance(table, QTableView)
    shown = [
        [table.model().index(row, column).data() for column in range(6)]
        for row in range(table.model().rowCount())
    ]
    numbers = [int(line[1]) for line in shown]
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    assert len({line[3] for line in shown}) == 5
    assert any("/11 …" in line[3] for line in shown)  # of another day than today
    assert all(name and code and why for _tick, _number, name, code, _date, why in shown)
    leave(window)
    assert in_state(window, LetterState.DRAFTED) == drafted  # nothing is spent on Esc
    press(window, Qt.Key.Key_A, ALT)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        press(window, key)
    assert panel_in(window).title.text() == "Ký 4 thư?"
    assert "Ký 4 thư" in panel_in(window).yes.text()
    answer(window)
    assert f"từ số {numbers[0]:02d}/PXL-UBND" in window.notices.text
    given = {row.letter.number for row in letters.letters(window.desk, LetterState.SIGNED)}
    assert set(numbers[:4]) <= given
    assert len(in_state(window, LetterState.DRAFTED)) == 1  # the unticked one stays
    assert is_consistent(page)


def test_where_the_reason_of_a_letter_has_no_room_its_code_gives_way(qtbot: QtBot) -> None:
    day, due = date(2026, 11, 23), datetime(2026, 11, 27, 8, 0)
    reason = "Cần thời gian xác minh, kiểm tra hồ sơ"
    line = TickLine("1", "Trần Thị Ánh Hường", "H13.999-260907-1280", reason, due, "", None, day)
    field = LettersToTick("Thư", (line,), (28,))
    qtbot.addWidget(field)
    field.resize(62 * field.fontMetrics().averageCharWidth(), 300)
    field.show()
    table = field.findChild(QTableView)
    assert isinstance(table, QTableView)
    assert table.columnWidth(5) >= 14 * table.fontMetrics().averageCharWidth()
    assert "1280" in table.model().index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    wanted = table.sizeHintForColumn(5)
    beside = sum(table.columnWidth(column) for column in (0, 1, 2, 4))
    around = field.width() - table.viewport().width()
    field.resize(beside + wanted + around + 4, 300)
    assert table.columnWidth(5) >= wanted  # what is signed is read whole
    field.resize(2 * field.width(), 300)
    assert not table.isColumnHidden(3)


def test_signing_one_letter_asks_nothing(window: Window, page: OverduePage) -> None:
    drafted_all(window)
    leader_comes(window)
    code = go_to(window, page, Part.TO_SIGN)
    press(window, Qt.Key.Key_S, ALT)
    assert code in in_state(window, LetterState.SIGNED)


def test_many_letters_are_handed_over_by_one_question(window: Window, page: OverduePage) -> None:
    press(window, Qt.Key.Key_T, ALT)
    assert "Không có thư đã ký nào chờ trao" in window.notices.text
    drafted_all(window)
    leader_comes(window)
    signed_all(window)
    waiting = in_state(window, LetterState.SIGNED)
    press(window, Qt.Key.Key_T, ALT)
    press(window, Qt.Key.Key_Space)  # one is kept back
    answer(window)
    assert len(in_state(window, LetterState.SIGNED)) == 1
    assert in_state(window, LetterState.SIGNED) < waiting
    assert is_consistent(page)


def test_every_signed_letter_is_printed_by_one_key_and_noted(
    qtbot: QtBot, window: Window, page: OverduePage, printed: Path
) -> None:
    drafted_all(window)
    leader_comes(window)
    signed_all(window)
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
    assert not page.print_all.isEnabled()
    assert not window.findChildren(PreviewDialog)


def test_a_number_of_the_registrar_is_asked_for_when_a_letter_is_signed(
    window: Window, page: OverduePage
) -> None:
    drafted_all(window)
    become(window.desk, "dung")
    office_settings.change_settings(window.desk, {"letter_by_registrar": True})
    leader_comes(window)
    code = go_to(window, page, Part.TO_SIGN)
    press(window, Qt.Key.Key_S, ALT)
    assert highlighted(page).split(" · ")[0] in panel_in(window).title.text()
    answer(window, "không")
    assert "Văn thư cấp số" in panel_in(window).fields[0].error.text()
    answer(window, "417")
    signed = progress.show_dossier(window.desk, code).dossier.late_letters[-1]
    assert (signed.state, signed.number) == (LetterState.SIGNED, 417)
    press(window, Qt.Key.Key_A, ALT)
    assert panel_in(window).title.text() == "Ký 0 thư?"  # none can be signed without its number
    answer(window)
    assert "Chưa chọn thư nào" in panel_in(window).fields[0].error.text()
