"""The first run by keyboard alone: to a finished desk, back and forth, with mistakes, or into the
practice ward.
"""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cchc_desk import i18n
from cchc_desk.actions.data import copies, new_desk, protection
from cchc_desk.actions.office import places
from cchc_desk.actions.training import practice
from cchc_desk.domain.people import recovery_code
from cchc_desk.domain.people.officials import Role
from cchc_desk.store.engine import encryption
from tests.ui.conftest import MakeWindow, log_in, press, write
from ui.documents.printing import PreviewDialog
from ui.first_run import plan
from ui.first_run.chooser import Chooser
from ui.first_run.wizard import Wizard
from ui.look import style
from ui.look.tokens import THEMES
from ui.shell import jobs
from ui.shell.frame import PRACTICE_BANNER
from ui.shell.window import Window
from ui.widgets.fields.error_row import ErrorRow

PASSWORD = "mat-khau-dai"


@pytest.fixture
def first(make_window: MakeWindow, tmp_path: Path) -> Window:
    return make_window(tmp_path / "desk")


def wizard(window: Window) -> Wizard:
    shown = window.screens.currentWidget()
    assert isinstance(shown, Wizard)
    return shown


def here(window: Window) -> QWidget:
    field = window.focusWidget()
    assert field is not None
    return field


def enter(window: Window, *texts: str) -> None:
    """Types each text into the field that has the focus, and Enter."""
    for text in texts:
        write(here(window), text)
        press(window, Qt.Key.Key_Return)


def choose_ward(window: Window) -> None:
    enter(window, "can tho", "ninh kieu")


def people(window: Window) -> None:
    """A clerk, nobody to process, a leader and an administrator; log-in names are proposed."""
    enter(window, "Nguyễn Thị Ánh Đào", "Công chức", PASSWORD)
    enter(window, "", "", "")
    enter(window, "Lê Mai Chi", "Chủ tịch", PASSWORD)
    enter(window, "Phạm Tiến Dũng", "", PASSWORD)


def test_from_the_first_letter_to_a_desk_at_work_by_keyboard_alone(
    first: Window, tmp_path: Path
) -> None:
    choose_ward(first)
    enter(first, "31", "", "", "")  # after the proposed "H13."
    here(first).clear()  # type: ignore[attr-defined]
    enter(first, "7h30 - 11h30 và 13h đến 17h", "7h30-11h30", "0292 3821 000")
    people(first)
    summary = wizard(first).summary.text()
    assert "Ủy ban nhân dân phường Ninh Kiều, thành phố Cần Thơ" in summary
    assert "Mã định danh: H13.31" in summary
    assert "dải số hồ sơ 0001–1999" in summary
    assert "thứ Hai – thứ Sáu: 07:30-11:30,13:00-17:00; thứ Bảy: 07:30-11:30" in summary
    assert "Người tiếp nhận: Nguyễn Thị Ánh Đào (đăng nhập: dao)" in summary
    assert "thụ lý" not in summary
    assert "Dữ liệu được mã hóa trên đĩa" in summary
    press(first, Qt.Key.Key_Return)
    assert (tmp_path / "desk" / "desk.db").exists()
    assert len(wizard(first).sheet.code.text().split("-")) == 8
    press(first, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (preview,) = first.findChildren(PreviewDialog)
    assert preview.pdf.startswith(b"%PDF")
    preview.close()
    press(first, Qt.Key.Key_F9)
    log_in(first, "dao", PASSWORD)
    enter(first, "mưa rào tháng bảy", "mưa rào tháng bảy")
    assert first.who.text() == "Nguyễn Thị Ánh Đào"
    settings = first.desk.settings
    assert (settings["unit_code"], settings["place"], settings["block_last"]) == (
        "H13.31",
        "Ninh Kiều",
        1999,
    )
    assert settings["hotline"] == "0292 3821 000"
    assert settings["office_hours"] == {"mon-fri": "07:30-11:30,13:00-17:00", "sat": "07:30-11:30"}
    assert not first.desk.practice


def test_an_office_may_have_a_plain_file(first: Window, tmp_path: Path) -> None:
    choose_ward(first)
    QTest.keyClick(wizard(first).desk.encrypt, Qt.Key.Key_Space)
    wizard(first).desk.unit_code.setFocus()
    enter(first, "31", "", "", "", "", "", "")
    people(first)
    assert "Dữ liệu không mã hóa trên đĩa" in wizard(first).summary.text()
    press(first, Qt.Key.Key_Return)
    assert (tmp_path / "desk" / "desk.db").read_bytes()[:6] == b"SQLite"


def test_an_encrypted_copy_is_brought_in_by_the_code_of_its_sheet(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = replace(practice.plan(), encrypt=True)
    desk = new_desk.set_up(tmp_path / "old", plan)
    code = recovery_code.new_code()
    assert protection.hold_by_sheet(desk.folder, code)
    copy = copies.copy_to(desk, tmp_path / "stick" / "desk-2026-11-20.db").copy.file
    desk.close()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "another computer"))
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})
    window = make_window(tmp_path / "new" / "desk")
    made = wizard(window)
    press(window, Qt.Key.Key_F3)
    made.existing.picked.emit(copy)  # as from the dialog of files
    assert "mã trên phiếu khôi phục" in made.trouble.text()
    write(made.existing.code_box.code, code)
    press(window, Qt.Key.Key_Return)
    assert encryption.is_encrypted(tmp_path / "new" / "desk" / "desk.db")
    log_in(window, "an")
    assert window.who.text() == "Nguyễn Thị Hoài An"


def test_cantho_stands_first_and_letters_narrow_with_or_without_marks(first: Window) -> None:
    chooser = wizard(first).provinces
    assert chooser.list.count() == 34
    assert chooser.list.item(0).text() == "thành phố Cần Thơ"
    for typed in ("da nang", "đà nẵng"):
        chooser.field.clear()
        write(chooser.field, typed)
        shown = [
            chooser.list.item(n).text() for n in range(34) if not chooser.list.item(n).isHidden()
        ]
        assert shown == ["thành phố Đà Nẵng"]
    chooser.field.clear()
    write(chooser.field, "xyz")
    press(first, Qt.Key.Key_Return)
    assert "Không có tên nào như vậy" in chooser.nothing.text()
    assert wizard(first).steps.currentIndex() == 0


def test_a_wrong_code_is_told_under_its_field_and_nothing_is_lost(first: Window) -> None:
    choose_ward(first)
    made = wizard(first)
    enter(first, "ABC", " dự phòng")
    press(first, Qt.Key.Key_F9)
    (said,) = made.errors.words()
    assert "H13.31 hoặc 000.00.31.H13" in said
    assert made.desk.unit_code.hasFocus()
    assert made.desk.unit_code.text() == "H13.ABC"
    row_of = made.desk.form.getWidgetPosition
    shown = next(row for row in made.desk.findChildren(ErrorRow) if row.text())
    assert row_of(shown)[0] == row_of(made.desk.unit_code)[0] + 1  # type: ignore[index]
    for _ in range(2):
        press(first, Qt.Key.Key_Escape)
    assert made.steps.currentIndex() == 0
    for _ in range(2):
        press(first, Qt.Key.Key_Return)
    assert (made.desk.unit_code.text(), made.desk.desk_name.text()) == (
        "H13.ABC",
        "Quầy 1 dự phòng",
    )
    assert made.errors.words() == []


def marked(room: QWidget) -> list[QWidget]:
    """The fields with the border of a fault."""
    return [one for one in room.findChildren(QWidget) if one.property("wrong") == "true"]


def test_all_faults_of_the_desk_are_shown_at_once_each_at_its_own_field(first: Window) -> None:
    choose_ward(first)
    desk = wizard(first).desk
    desk.desk_name.clear()
    desk.block_first.setValue(5)
    desk.block_last.setValue(4)
    desk.hours["sat"].setText("sáng")
    press(first, Qt.Key.Key_F9)
    assert marked(desk) == [desk.unit_code, desk.desk_name, desk.block_last, desk.hours["sat"]]
    assert desk.unit_code.hasFocus()
    assert len(wizard(first).errors.words()) == 4
    desk.block_last.setValue(6)
    assert desk.block_last not in marked(desk)


def test_what_no_paper_can_print_is_told_at_its_field_of_the_first_run(first: Window) -> None:
    choose_ward(first)
    write(here(first), "31")
    desk = wizard(first).desk
    desk.hotline.setText("0292 🙂")
    press(first, Qt.Key.Key_F9)
    assert marked(desk) == [desk.hotline]
    desk.hotline.clear()
    press(first, Qt.Key.Key_F9)
    people = wizard(first).people
    people.officials[Role.CLERK]["name"].setText("Sok សុខ")
    people.officials[Role.CLERK]["password"].setText(PASSWORD)
    press(first, Qt.Key.Key_F9)
    assert people.officials[Role.CLERK]["name"] in marked(people)
    assert "Không in được: «សុខ»" in wizard(first).errors.words()[0]


def test_all_mistakes_about_people_are_shown_at_once_each_in_its_persons_row(
    first: Window,
) -> None:
    choose_ward(first)
    write(here(first), "31")
    press(first, Qt.Key.Key_F9)
    made = wizard(first)
    clerk, administrator = (
        made.people.officials[Role.CLERK],
        made.people.officials[Role.ADMINISTRATOR],
    )
    write(clerk["name"], "Đào")
    write(clerk["password"], "ngắn")
    press(first, Qt.Key.Key_F9)
    assert marked(made.people) == [clerk["password"], administrator["name"]]
    assert made.errors.words() == [
        "Mật khẩu cần ít nhất 8 ký tự.",
        "Cần ít nhất một người tiếp nhận và một người quản trị.",
    ]
    write(clerk["password"], PASSWORD)
    write(administrator["name"], "Dũng")
    write(administrator["password"], PASSWORD)
    assert not administrator["id"].isVisible()  # tucked away until somebody asks
    press(first, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    administrator["id"].clear()
    write(administrator["id"], "dao")
    press(first, Qt.Key.Key_F9)
    assert marked(made.people) == [administrator["id"]]
    assert "trùng tên đăng nhập" in made.errors.words()[0]
    administrator["id"].clear()
    write(administrator["id"], "dung")
    press(first, Qt.Key.Key_F9)
    assert "Người tiếp nhận: Đào (đăng nhập: dao)" in made.summary.text()


def test_two_people_of_one_name_get_two_log_in_names(first: Window) -> None:
    people_step = wizard(first).people
    for role, name in ((Role.CLERK, "Lê Anh Đào"), (Role.LEADER, "Trần Thị Đào")):
        people_step.officials[role]["name"].setText(name)
    assert [fields["id"].text() for fields in people_step.officials.values()] == [
        "dao",
        "",
        "dao2",
        "",
    ]


@pytest.mark.one_pc("another file")
def test_data_that_exist_already_are_found_and_opened(
    make_window: MakeWindow, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The data of an older program beside an empty folder: the second door of the first screen."""
    empty = tmp_path_factory.mktemp("new")
    (empty / "old desk").mkdir()
    copy = empty / "old desk" / "desk.db"
    copy.write_bytes((folder / "desk.db").read_bytes())
    with sqlite3.connect(copy) as connection:  # the practice ward is no office's data
        connection.execute("UPDATE settings SET value = 'false' WHERE key = 'practice'")
    connection.close()
    window = make_window(empty / "desk")
    press(window, Qt.Key.Key_F3)
    found = wizard(window).existing.list
    assert found.count() == 1
    assert "old desk" in found.item(0).text()
    press(window, Qt.Key.Key_F9)
    assert (empty / "desk" / "desk.db").exists()
    log_in(window, "an")
    assert not window.desk.practice
    assert copy.exists()


def test_esc_leads_back_from_the_list_of_existing_data(first: Window) -> None:
    press(first, Qt.Key.Key_F3)
    assert wizard(first).existing.nothing.isVisible()
    press(first, Qt.Key.Key_Escape)
    assert wizard(first).steps.currentIndex() == 0
    QTest.keyClicks(here(first), "hue")
    assert wizard(first).provinces.field.text() == "hue"


def test_while_the_desk_is_made_the_screen_says_so_and_nothing_can_be_pressed(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = make_window(tmp_path / "desk")
    choose_ward(window)
    enter(window, "31", "", "", "", "", "", "")
    people(window)
    made = wizard(window)
    jobs.immediately(False)
    press(window, Qt.Key.Key_F9)
    assert "Đang tạo quầy…" in made.next.text()
    assert not made.back.isEnabled()
    press(window, Qt.Key.Key_Escape)
    assert "Đang tạo quầy…" in made.next.text()
    qtbot.waitUntil(lambda: (tmp_path / "desk" / "desk.db").exists(), timeout=20_000)
    jobs.finish()


def test_one_key_leads_into_the_practice_ward(
    first: Window, qapp: QApplication, tmp_path: Path
) -> None:
    style.apply(qapp, practice=False)
    press(first, Qt.Key.Key_F10)
    beside = tmp_path / "desk-phuong-tap-huan"  # never inside the real desk's folder
    assert first.appearance.folder == beside
    assert not (tmp_path / "desk").exists()
    log_in(first, "an")
    assert first.desk.practice
    _words, real, practising = THEMES["light"]
    assert practising.accent in qapp.styleSheet()
    assert real.accent not in qapp.styleSheet()
    assert PRACTICE_BANNER in [label.text() for label in first.frame.findChildren(QLabel)]


def test_a_folder_that_cannot_be_made_says_so_and_keeps_what_was_typed(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    window = make_window(tmp_path / "file" / "desk")
    choose_ward(window)
    enter(window, "31", "", "", "", "", "", "")
    people(window)
    press(window, Qt.Key.Key_F9)
    made = wizard(window)
    assert "chọn thư mục khác" in made.trouble.text()
    assert "Nguyễn Thị Ánh Đào" in made.summary.text()
    assert made.next.isEnabled()


def test_every_field_of_the_first_run_has_a_name(first: Window) -> None:
    from PySide6.QtWidgets import QLineEdit, QSpinBox

    fields = [field for kind in (QLineEdit, QSpinBox) for field in wizard(first).findChildren(kind)]
    nameless = [
        f for f in fields if not f.accessibleName() and not isinstance(f.parent(), QSpinBox)
    ]
    assert fields
    assert nameless == []


def test_keys_reach_the_first_field_at_once(first: Window) -> None:
    QTest.keyClicks(here(first), "hue")
    assert wizard(first).provinces.field.text() == "hue"


def test_the_first_run_speaks_english_from_its_first_step_on(first: Window) -> None:
    press(first, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert wizard(first).title.text().startswith("Step 1/5")
    choose_ward(first)
    press(
        first, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier
    )  # later on something would be lost
    press(first, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert wizard(first).title.text().startswith("Step 3/5")
    assert style.size() == 112
    i18n.use("vi")


def test_columns_have_heads_and_the_code_of_the_unit_is_explained(first: Window) -> None:
    choose_ward(first)
    made = wizard(first)
    said = [label.text() for label in made.desk.findChildren(QLabel) if label.isVisible()]
    assert any("hỏi Sở" in words and "Cổng Dịch vụ công" in words for words in said)
    assert made.desk.hours["mon-fri"].placeholderText() != made.desk.hours["sat"].placeholderText()
    write(here(first), "31")
    press(first, Qt.Key.Key_F9)
    heads = [head.text() for head in made.people.heads.values() if head.isVisible()]
    assert heads == ["Họ tên", "Chức danh", "Mật khẩu"]
    for key in ("name", "title", "password"):
        over, under = made.people.heads[key], made.people.officials[Role.CLERK][key]
        assert over.mapTo(made, QPoint(0, 0)).x() == under.mapTo(made, QPoint(0, 0)).x()


def test_a_password_is_shown_by_its_eye_and_caps_lock_is_said_in_the_first_run_too(
    first: Window,
) -> None:
    choose_ward(first)
    write(here(first), "31")
    press(first, Qt.Key.Key_F9)
    people_step = wizard(first).people
    password = people_step.officials[Role.CLERK]["password"]
    password.setFocus()
    QTest.keyClicks(password, "ab")
    assert people_step.warning.text() == ""
    shouted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(password, shouted)
    assert "Caps Lock" in people_step.warning.text()
    assert people_step.warning.isVisible()
    press(first, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert password.echoMode() is QLineEdit.EchoMode.Normal


def test_on_a_wide_screen_a_step_stands_in_the_middle_and_is_no_wider_than_is_read(
    first: Window,
) -> None:
    first.resize(1920, 1052)
    choose_ward(first)
    QApplication.processEvents()
    field = wizard(first).desk.unit_code
    left = field.mapTo(first, QPoint(0, 0)).x()
    right = first.width() - left - field.width()
    assert field.width() < first.width() * 0.6
    assert right > first.width() * 0.2


def test_an_older_name_leads_to_the_commune_of_today(qtbot: QtBot) -> None:
    chooser = Chooser("Xã, phường")
    qtbot.addWidget(chooser)
    picked: list[object] = []
    chooser.picked.connect(picked.append)
    chooser.offer(plan.communes("79"))
    today = chooser.list.count()
    chooser.field.setText("ben nghe")
    assert chooser.list.count() > today
    line = chooser.list.currentItem()
    assert line.text() == "phường Bến Nghé, quận 1 (nay thuộc phường Sài Gòn)"
    chooser.pick()
    assert picked == [places.commune_of("79", "phường Sài Gòn")]
