"""The first run by keyboard alone: to a finished desk, back and forth, with mistakes, or into the
practice ward.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cchc_desk import i18n
from cchc_desk.domain.people.officials import Role
from tests.ui.conftest import MakeWindow, log_in, press, write
from ui.first_run.wizard import Wizard
from ui.look import style
from ui.look.tokens import THEMES
from ui.shell.frame import PRACTICE_BANNER
from ui.shell.window import Window

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
    """A clerk, nobody to process, a leader and an administrator; proposed log-in names stay."""
    enter(window, "Nguyễn Thị Ánh Đào", "", "Công chức", PASSWORD)
    enter(window, "", "", "", "")
    enter(window, "Lê Mai Chi", "", "Chủ tịch", PASSWORD)
    enter(window, "Phạm Tiến Dũng", "", "", PASSWORD)


def test_from_the_first_letter_to_a_desk_at_work_by_keyboard_alone(
    first: Window, tmp_path: Path
) -> None:
    choose_ward(first)
    enter(first, "31", "", "", "", "", "07:30-11:30")  # after the proposed "H13."
    people(first)
    summary = wizard(first).summary.text()
    assert "Ủy ban nhân dân phường Ninh Kiều, thành phố Cần Thơ" in summary
    assert "Mã định danh: H13.31" in summary
    assert "dải số hồ sơ 0001–1999" in summary
    assert "thứ Hai – thứ Sáu: 07:30-11:30,13:00-17:00; thứ Bảy: 07:30-11:30" in summary
    assert "Người tiếp nhận: Nguyễn Thị Ánh Đào (đăng nhập: tiepnhan)" in summary
    assert "thụ lý" not in summary
    press(first, Qt.Key.Key_Return)
    assert (tmp_path / "desk" / "desk.db").exists()
    log_in(first, "tiepnhan", PASSWORD)
    assert first.who.text() == "Nguyễn Thị Ánh Đào"
    settings = first.desk.settings
    assert (settings["unit_code"], settings["place"], settings["block_last"]) == (
        "H13.31",
        "Ninh Kiều",
        1999,
    )
    assert settings["office_hours"] == {"mon-fri": "07:30-11:30,13:00-17:00", "sat": "07:30-11:30"}
    assert not first.desk.practice


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
    assert "H13.31 hoặc 000.00.31.H13" in made.error.text()
    assert made.desk.unit_code.hasFocus()
    assert made.desk.unit_code.text() == "H13.ABC"
    row_of = made.desk.form.getWidgetPosition
    assert row_of(made.error)[0] == row_of(made.desk.unit_code)[0] + 1  # type: ignore[index]
    for _ in range(2):
        press(first, Qt.Key.Key_Escape)
    assert made.steps.currentIndex() == 0
    for _ in range(2):
        press(first, Qt.Key.Key_Return)
    assert (made.desk.unit_code.text(), made.desk.desk_name.text()) == (
        "H13.ABC",
        "Quầy 1 dự phòng",
    )
    assert made.error.text() == ""


def test_each_mistake_about_a_person_leads_to_that_persons_field(first: Window) -> None:
    choose_ward(first)
    write(here(first), "31")
    press(first, Qt.Key.Key_F9)
    made = wizard(first)
    clerk, administrator = (
        made.people.officials[Role.CLERK],
        made.people.officials[Role.ADMINISTRATOR],
    )
    press(first, Qt.Key.Key_F9)
    assert "ít nhất một người tiếp nhận và một người quản trị" in made.error.text()
    write(clerk["name"], "Đào")
    write(clerk["password"], PASSWORD)
    write(administrator["password"], "ngắn")
    for field, sentence, mend in (
        ("name", "họ tên", "Dũng"),
        ("password", "ít nhất 6 ký tự", PASSWORD),
    ):
        press(first, Qt.Key.Key_F9)
        assert sentence in made.error.text()
        assert first.focusWidget() is administrator[field]
        write(administrator[field], mend)
    administrator["id"].clear()
    write(administrator["id"], "tiepnhan")
    press(first, Qt.Key.Key_F9)
    assert "trùng tên đăng nhập" in made.error.text()
    administrator["id"].clear()
    write(administrator["id"], "dung")
    press(first, Qt.Key.Key_F9)
    assert "Người tiếp nhận: Đào" in made.summary.text()


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
    enter(window, "31", "", "", "", "", "")
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
