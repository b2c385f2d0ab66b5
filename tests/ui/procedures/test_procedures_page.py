"""Thủ tục: the administrator confirms a limit once, puts a fee in numbers, takes a list; a clerk
looks.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.catalogue import own_catalogue
from cchc_desk.actions.intake import intake
from cchc_desk.domain.law.procedure import Channel
from tests.ui.conftest import MakeWindow, cells_of, log_in, press, write
from ui.procedures.page import ProceduresPage
from ui.shell.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
BIRTH = "1.001193"


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    """The window with the administrator Dũng at the desk."""
    return make_window(folder, "dung")


@pytest.fixture
def page(window: Window) -> ProceduresPage:
    return opened(window)


def opened(window: Window) -> ProceduresPage:
    press(window, Qt.Key.Key_F12, CTRL)
    page = window.page("procedures")
    assert isinstance(page, ProceduresPage)
    return page


def find(page: ProceduresPage, words: str) -> None:
    page.search.clear()
    write(page.search, words)


def test_a_limit_is_confirmed_once_with_its_document(window: Window, page: ProceduresPage) -> None:
    find(page, "khai sinh")
    assert page.table.current().version.code == BIRTH
    assert "chưa kiểm chứng" in page.editor.certainty.text()
    write(page.editor.document, "QĐ 12/QĐ-UBND")
    write(page.editor.document_day, "02/11/2026")
    assert page.summary.text() == "Sẽ đổi: độ chắc của thời hạn."
    press(window, Qt.Key.Key_F9)
    assert "Đã xác nhận theo QĐ 12/QĐ-UBND 02/11/2026: Phạm Tiến Dũng" in (
        page.editor.certainty.text()
    )
    assert cells_of(page.table)[0][1] == "trong ngày"  # without the sign of doubt
    version = intake.the_procedure(window.desk, BIRTH)
    assert not version.needs_confirmation(Channel.DIRECT)
    page.editor.show_part(4)
    newest = page.editor.history.item(0).text()
    assert newest.startswith("Từ 23/11/2026 · Phạm Tiến Dũng ghi")
    assert "chưa kiểm chứng → đã xác nhận (QĐ 12/QĐ-UBND)" in newest


def test_a_procedure_is_found_by_its_code_or_by_what_the_office_calls_it(
    page: ProceduresPage,
) -> None:
    find(page, "2.000815")
    assert page.title.text() == "Chứng thực bản sao"
    find(page, "zzz")
    assert page.table.model_.rowCount() == 0
    assert page.title.text() == "Chứng thực bản sao"  # the fields stay as they are
    find(page, "ban sao chung thuc")
    assert page.table.current().version.code == "2.000815"


def test_khai_tu_and_enter_are_the_death_here_too_and_a_new_query_chooses_its_first(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    find(page, "khai tu")
    assert page.table.currentIndex().row() == 0
    assert page.table.current().version.code == "1.000656"
    assert "khai tử" in page.title.text()
    find(page, "doc than")
    assert page.table.current().version.code == "1.004873"
    page.table.choose_row(page.table.model_.rowCount() - 1)
    find(page, "khai sinh")
    assert page.table.currentIndex().row() == 0
    assert page.table.current().version.code == BIRTH


def test_the_limits_of_the_other_channels_follow_while_they_are_the_same(
    page: ProceduresPage,
) -> None:
    find(page, "khai sinh")
    line = page.editor.limits[Channel.DIRECT]
    line.selectAll()
    write(line, "2 ngày")
    assert page.editor.limits[Channel.POST].text() == "2 ngày"
    assert "vẫn là chưa kiểm chứng" in page.summary.text()
    page.editor.limits[Channel.ONLINE].clear()
    write(page.editor.limits[Channel.ONLINE], "1 ngày")
    write(line, " làm việc")
    assert page.editor.limits[Channel.ONLINE].text() == "1 ngày"


def test_a_limit_that_cannot_be_read_is_said_and_nothing_is_written(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    write(page.editor.limits[Channel.DIRECT], " hay mai")
    press(window, Qt.Key.Key_F9)
    assert "thời hạn" in page.editor.error.text().lower()
    assert page.editor.limits[Channel.DIRECT].hasFocus()
    assert len(own_catalogue.show_procedure(window.desk, BIRTH).versions) == 1


def test_what_is_not_saved_is_not_lost_by_the_next_line_and_esc_takes_it_back(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    write(page.editor.document, "QĐ 1")
    page.table.setFocus()
    press(window, Qt.Key.Key_Down)
    assert page.title.text() == "Đăng ký khai sinh"
    assert page.table.current().version.code == BIRTH  # the line marked is the one in the fields
    assert "chưa ghi" in window.notices.text
    press(window, Qt.Key.Key_Escape)
    assert page.editor.document.text() == ""
    press(window, Qt.Key.Key_Down)
    assert page.title.text() != "Đăng ký khai sinh"


def test_a_fee_in_numbers_shows_its_sum_and_stands_on_the_version(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "chung thuc chu ky")
    page.editor.fee.unit.setCurrentIndex(page.editor.fee.unit.findText("mỗi trang của mỗi bản"))
    page.editor.fee.amount.selectAll()
    write(page.editor.fee.amount, "3000")
    assert "3 bản × 4 trang × 3.000 đ = 36.000 đ" in page.editor.fee.example.text()
    press(window, Qt.Key.Key_F9)
    assert intake.the_procedure(window.desk, "2.000884").fee == "3.000 đồng/trang"


def test_papers_are_added_with_their_case_and_taken_off(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    press(window, Qt.Key.Key_2, ALT)
    write(page.editor.papers.name, "Giấy ủy quyền")
    write(page.editor.papers.case, "nộp thay")
    press(window, Qt.Key.Key_G, ALT)
    page.editor.papers.table.choose_row(0)
    page.editor.papers.table.setFocus()
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_F9)
    papers = intake.the_procedure(window.desk, BIRTH).papers
    assert (papers[-1].name, papers[-1].required) == ("Giấy ủy quyền (nếu nộp thay)", False)
    assert papers[0].name != "Tờ khai đăng ký khai sinh"


def test_a_short_name_changes_the_screens_at_once_and_makes_no_version(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    press(window, Qt.Key.Key_4, ALT)
    write(page.editor.short_name, "Khai sinh")
    write(page.editor.synonyms, "giấy khai sinh, làm khai sinh")
    QTest.keyClick(page.editor.favourite, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_F9)
    assert cells_of(page.table)[0][0] == "★ Khai sinh"
    view = own_catalogue.show_procedure(window.desk, BIRTH)
    assert view.row.choice.synonyms == ("giấy khai sinh", "làm khai sinh")
    assert len(view.versions) == 1


def test_a_save_can_be_undone_and_an_older_version_brought_back(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    write(page.editor.document, "QĐ 12/QĐ-UBND")
    press(window, Qt.Key.Key_4, ALT)
    write(page.editor.short_name, "Khai sinh")
    press(window, Qt.Key.Key_F9)
    assert page.title.text() == "Khai sinh"
    assert "thời hạn" in window.notices.text
    press(window, Qt.Key.Key_Z, CTRL)
    assert page.title.text() == "Đăng ký khai sinh"
    assert intake.the_procedure(window.desk, BIRTH).needs_confirmation(Channel.DIRECT)
    press(window, Qt.Key.Key_5, ALT)
    page.editor.history.setCurrentRow(1)
    press(window, Qt.Key.Key_R, ALT)
    assert not intake.the_procedure(window.desk, BIRTH).needs_confirmation(Channel.DIRECT)


def test_enter_goes_on_from_field_to_field(window: Window, page: ProceduresPage) -> None:
    find(page, "chung thuc ban sao")
    press(window, Qt.Key.Key_Return)  # to the list
    press(window, Qt.Key.Key_Return)  # to the fields of the line
    assert page.editor.limits[Channel.DIRECT].hasFocus()
    for _times in range(6):
        press(window, Qt.Key.Key_Return)
    assert page.editor.fee.unit.hasFocus()
    press(window, Qt.Key.Key_Return)  # its words are not asked for: it is priced by pages
    assert page.editor.fee.amount.hasFocus()


def test_a_new_procedure_is_typed_whole(window: Window, page: ProceduresPage) -> None:
    press(window, Qt.Key.Key_N, ALT)
    assert page.editor.code.hasFocus()
    write(page.editor.code, "9.123456")
    write(page.editor.name, "Cấp giấy đi đường")
    press(window, Qt.Key.Key_F9)
    assert "tên và lĩnh vực" in page.editor.error.text()
    assert page.editor.field.hasFocus()
    write(page.editor.field, "Giao thông")
    press(window, Qt.Key.Key_F9)
    assert intake.the_procedure(window.desk, "9.123456").name == "Cấp giấy đi đường"


def test_the_second_person_confirms_what_the_first_entered(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "dung")
    desk = window.desk
    from cchc_desk.actions.office import office_settings

    office_settings.change_settings(desk, {"limits_by_two": True})
    page = opened(window)
    find(page, "khai sinh")
    write(page.editor.document, "QĐ 12/QĐ-UBND")
    press(window, Qt.Key.Key_F9)
    assert "chờ người thứ hai" in cells_of(page.table)[0][1]
    assert page.waiting.isVisible()
    press(window, Qt.Key.Key_A, ALT)
    assert "người thứ hai" in page.error.text()  # not by who entered it
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")
    page = opened(window)
    find(page, "khai sinh")
    press(window, Qt.Key.Key_A, ALT)
    assert not page.waiting.isVisible()
    assert "người thứ hai: Lê Mai Chi" in page.editor.certainty.text()


def test_a_clerk_sees_everything_and_changes_nothing(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder, "an")
    page = opened(window)
    find(page, "khai sinh")
    write(page.editor.document, "QĐ 12")
    assert page.editor.document.text() == ""
    press(window, Qt.Key.Key_F9)
    assert "dành cho quản trị" in window.notices.text
    assert "để xem" in page.summary.text()


def test_a_list_is_shown_before_anything_is_written_and_a_line_can_be_left_out(
    window: Window, page: ProceduresPage, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "Mã TTHC,Tên,Lĩnh vực\n"
        f"{BIRTH},Thủ tục đăng ký khai sinh,Hộ tịch\n"
        "9.111111,Cấp giấy đi đường,Giao thông\n"
        "9.222222,Cấp giấy khác,Giao thông\n"
        "x,Không mã,Hộ tịch\n",
        encoding="utf-8",
    )
    page.read_file(file)
    panel = page.import_panel
    assert panel.counts.text() == "mới 2 · đổi 0 · như cũ 1 · bỏ qua 0 · không đọc được 1"
    assert panel.take_key.text() == "Nhận 2 thủ tục  ·  F9"
    panel.table.choose_row(1)
    press(window, Qt.Key.Key_D, ALT)
    assert panel.take_key.text() == "Nhận 1 thủ tục  ·  F9"
    press(window, Qt.Key.Key_F9)
    codes = {row.version.code for row in own_catalogue.all_procedures(window.desk)}
    assert "9.111111" in codes
    assert "9.222222" not in codes
    assert page.views.currentIndex() == 0


def test_who_leaves_with_a_change_unsaved_is_reminded_of_it(
    window: Window, page: ProceduresPage
) -> None:
    find(page, "khai sinh")
    press(window, Qt.Key.Key_F6)
    assert "Chưa lưu" not in window.notices.text
    opened(window)
    find(page, "khai sinh")
    write(page.editor.document, "QĐ 12/QĐ-UBND")
    press(window, Qt.Key.Key_F6)
    assert f"Chưa lưu, vẫn còn trên trang: thủ tục «{page.title.text()}»" in window.notices.text
    opened(window)
    assert page.editor.document.text() == "QĐ 12/QĐ-UBND"


def test_fields_of_papers_and_list_fit_a_small_window_with_large_type(page: ProceduresPage) -> None:
    find(page, "khai sinh")
    most = page.fontMetrics().averageCharWidth() * 62  # 1366 points at 200 %, beside the rail
    assert page.editor.minimumSizeHint().width() <= most
    assert page.import_panel.minimumSizeHint().width() <= most
