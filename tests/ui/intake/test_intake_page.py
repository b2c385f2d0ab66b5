"""The intake page as the clerk meets it: real keys, the real core, a real database; Monday
23/11/2026, 10:00.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.birth import PartialDate
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk
from cchc_desk.settings import PaperStep
from tests.engines import copy_desk, new_place
from ui.city.courier import Courier
from ui.documents.printing import Paper
from ui.intake.form import IntakeForm, to_received
from ui.intake.page import IntakePage
from ui.shell import jobs, notices
from ui.widgets.fields.tick_list import Tick
from ui.widgets.tables.matched_text import MATCHED

MONDAY = datetime(2026, 11, 23, 10, 0)
CARD = (
    "092190001234|362123456|Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|"
    "01012022"
)
HIS_CARD = "092090001235||Trần Văn Đức|02031990|Nam|5 Hòa Bình, Ninh Kiều, Cần Thơ|01012022"
COPY_FROM_BOOK = "2.000908"  # its limit is certain: one working day
DUE = "10 giờ 00 thứ Tư 25/11/2026"  # 24/11 is Vietnam Culture Day
Key = Qt.Key
pytestmark = pytest.mark.usefixtures("straight_away")


class Clock:
    """A clock that stands where the test puts it."""

    now = MONDAY

    def __call__(self) -> datetime:
        return self.now


class Counter:
    """The window around the page, as far as the page can see: it keeps what it is asked to show."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.previews: list[tuple[str, str]] = []

    @property
    def courier(self) -> Courier:
        raise AssertionError("intake sends nothing")

    def open_registration(self, portal_code: str) -> None:
        raise AssertionError(portal_code)

    def preview_set(self, code: str, step: PaperStep) -> None:
        self.previews.append((code, step.value))

    def show_paper(self, paper: Paper) -> None:
        raise AssertionError(paper.title)

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        self.previews.append((code, kind))

    def open_page(self, name: str) -> None:
        raise AssertionError(name)

    def open_dossier(self, code: str) -> None:
        raise AssertionError(code)

    def correct_dossier(self, code: str) -> None:
        """Another page."""

    def back(self) -> None:
        raise AssertionError("no dossier was opened")

    def read_list(self, file: Path) -> None:
        raise AssertionError(file)

    def open_letter(self, code: str) -> None:
        raise AssertionError(code)

    def find_dossiers(self, query: str) -> None:
        raise AssertionError(query)

    def begin_intake(self, procedure: ProcedureVersion) -> None:
        raise AssertionError(procedure.name)

    def show_return(self, code: str) -> None:
        raise AssertionError(code)

    def restore(self, why: str = "") -> None:
        raise AssertionError("nobody goes back here")

    def settings_changed(self) -> None:
        raise AssertionError("the intake page changes no setting")

    def show_unsaved(self, page: str, count: int) -> None:
        raise AssertionError("the intake page changes no setting")

    def set_preference(self, key: str, value: object) -> None:
        raise AssertionError("the intake page changes no setting")


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    return folder


@pytest.fixture
def desk(ward: Path, tmp_path: Path) -> Iterator[Desk]:
    copy_desk(ward, tmp_path)
    opened = opening.open_desk(tmp_path, Clock())
    become(opened, "an")
    yield opened
    opened.close()


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return Counter(desk)


@pytest.fixture
def open_page(qtbot: QtBot, counter: Counter) -> Callable[[], IntakePage]:
    """Opens the page as the window does."""

    def opened() -> IntakePage:
        page = IntakePage(counter.desk, counter)
        qtbot.addWidget(page)
        page.resize(1226, 620)
        page.show()
        page.activateWindow()
        page.shown()
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[], IntakePage]) -> IntakePage:
    return open_page()


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What the notice bar was told."""
    texts: list[str] = []

    def hear(kind: notices.Kind, text: str, button: str, act: object) -> None:
        texts.append(text)

    notices.signals().noticed.connect(hear)
    yield texts
    notices.signals().noticed.disconnect(hear)


def become(desk: Desk, official_id: str) -> None:
    who = next(new for new in practice.OFFICIALS if new.id == official_id)
    desk.official = Official(who.id, who.name, who.role, who.title)


@pytest.fixture
def press(qtbot: QtBot, page: IntakePage) -> "Hands":
    return Hands(qtbot, page)


class Hands:
    """Types and presses where the focus is, and counts the keys."""

    def __init__(self, qtbot: QtBot, page: IntakePage) -> None:
        self._qtbot = qtbot
        self._page = page
        self.count = 0

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(focus(self._page), letter)
            else:
                commit(focus(self._page), letter)
            self.count += 1

    def __call__(
        self, *keys: Qt.Key, with_key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            QTest.keyClick(focus(self._page), key, with_key)
            self.count += 1

    def alt(self, key: Qt.Key) -> None:
        self(key, with_key=Qt.KeyboardModifier.AltModifier)

    def ctrl(self, key: Qt.Key) -> None:
        self(key, with_key=Qt.KeyboardModifier.ControlModifier)

    def wait_for(self, seen: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(seen, timeout=3000)

    def choose(self, letters: str) -> None:
        """Finds a procedure as the clerk does, from the search field."""
        self._page.procedure.search.setFocus()
        self.type(letters)
        self(Key.Key_Return)


def focus(page: IntakePage) -> QWidget:
    here = page.focusWidget()
    assert here is not None
    return here


def commit(field: QWidget, text: str) -> None:
    """As an input method hands over what it composed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def texts_of(page: IntakePage) -> dict[str, str]:
    return {name: field.text() for name, field in page.person.fields.items() if field.text()}


def dossiers_of(desk: Desk) -> list[Dossier]:
    return [progress.show_dossier(desk, row.code).dossier for row in progress.find_dossiers(desk)]


def make_applicant(number: str, name: str = "Nguyễn Thị Ánh Đào") -> Applicant:
    return Applicant(ApplicantKind.PERSON, name, id_number=number, phone="0912345678")


def accept(desk: Desk, number: str = "092190001234", name: str = "Nguyễn Thị Ánh Đào") -> Dossier:
    return intake.accept_dossier(
        desk,
        Intake(COPY_FROM_BOOK, make_applicant(number, name)),
    )


# --- who


def test_a_scanned_card_fills_the_person(page: IntakePage) -> None:
    assert page.scanned(CARD)
    assert texts_of(page) == {
        "name": "Nguyễn Thị Ánh Đào",
        "id_number": "092190001234",
        "born": "17/05/1990",
        "address": "12 Nguyễn Trãi, Ninh Kiều, Cần Thơ",
    }
    assert page.person.sex.currentText() == "Nữ"
    assert focus(page) is page.procedure.search


def test_a_scan_brings_the_phone_and_the_open_dossiers_that_the_desk_knows(
    page: IntakePage, desk: Desk
) -> None:
    dossier = accept(desk)
    page.scanned(CARD)
    assert page.person.fields["phone"].text() == "0912345678"
    assert dossier.code in page.person.notes.others.text()


def test_one_scan_and_at_most_twelve_keys(
    page: IntakePage, press: Hands, counter: Counter, desk: Desk
) -> None:
    page.scanned(CARD)
    press.type("kha")
    press(Key.Key_Return)  # takes the first: its limit is not certain
    press(Key.Key_Down, Key.Key_Return)
    press.type("a")
    press(Key.Key_F9, Key.Key_F9)
    (dossier,) = dossiers_of(desk)
    assert press.count <= 12
    assert (dossier.applicant.name, dossier.procedure_code) == ("Nguyễn Thị Ánh Đào", "1.001193")
    assert len(dossier.papers) == 2
    assert counter.previews == [(dossier.code, "accept")]


def test_a_person_typed_with_enter_from_field_to_field(page: IntakePage, press: Hands) -> None:
    for text in ("Trần Văn Đức", "092090001235", "02031990"):
        press.type(text)
        press(Key.Key_Return)
    press.type("N")
    press(Key.Key_Return)
    for text in ("5 Hòa Bình", "+84 912 345 678", "duc@example.vn"):
        press.type(text)
        press(Key.Key_Return)
    assert texts_of(page) == {
        "name": "Trần Văn Đức",
        "id_number": "092090001235",
        "born": "02/03/1990",
        "address": "5 Hòa Bình",
        "phone": "0912345678",
        "email": "duc@example.vn",
    }
    assert page.person.sex.currentText() == "Nam"
    assert focus(page) is page.procedure.search


def test_doubts_are_sentences_beside_the_person_and_not_in_the_way(
    page: IntakePage, press: Hands
) -> None:
    press(Key.Key_Return)
    press.type("092090001235")
    press(Key.Key_Return)
    press.type("1985")
    press(Key.Key_Return)
    press(Key.Key_Down, Key.Key_Down)  # Nữ, while the number is a man's
    page.person.fields["phone"].setFocus()
    press.type("123")
    press(Key.Key_Return)
    shown = page.person.notes.warnings.text()
    assert "Giới tính không khớp" in shown
    assert "«123» không giống số di động" in shown
    assert page.person.errors["phone"].isHidden()


def test_the_number_typed_shows_the_open_dossiers_at_once(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    dossier = accept(desk)
    press(Key.Key_Return)
    press.type("092190001234")
    assert page.person.notes.others.isHidden()
    press(Key.Key_Return)
    assert page.person.notes.others.text().startswith(f"⚠ Đang có {dossier.code}")


def test_a_birth_year_alone_is_kept_as_one(page: IntakePage, press: Hands, desk: Desk) -> None:
    page.scanned(CARD.replace("17051990", "1990"))
    assert page.person.fields["born"].text() == "1990"
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9, Key.Key_F9)
    (dossier,) = dossiers_of(desk)
    assert dossier.applicant.born == PartialDate(1990)
    assert dossier.note == ""


def test_an_organisation_by_key(page: IntakePage, press: Hands, desk: Desk) -> None:
    press.type("Công ty Đào & Cả")
    press.alt(Key.Key_T)
    assert page.person.fields["born"].isHidden()
    page.person.fields["representative"].setFocus()
    press.type("Lê Thị Cả")
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9, Key.Key_F9)
    (dossier,) = dossiers_of(desk)
    assert dossier.applicant.kind is ApplicantKind.ORGANISATION
    assert (dossier.applicant.name, dossier.applicant.representative) == (
        "Công ty Đào & Cả",
        "Lê Thị Cả",
    )


def test_somebody_else_brings_it(page: IntakePage, press: Hands, desk: Desk) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    press.type("Trần Văn Đức")
    press.alt(Key.Key_N)
    assert page.form().submitter_name == ""
    press.alt(Key.Key_N)  # folded away by mistake: it comes back
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9, Key.Key_F9)
    (dossier,) = dossiers_of(desk)
    assert dossier.submitter is not None
    assert dossier.submitter.name == "Trần Văn Đức"


@pytest.mark.parametrize(
    ("key", "owner", "submitter"),
    [
        (Key.Key_1, "Trần Văn Đức", ""),
        (Key.Key_2, "Nguyễn Thị Ánh Đào", "Trần Văn Đức"),
        (Key.Key_3, "Nguyễn Thị Ánh Đào", ""),
    ],
)
def test_another_persons_card_asks(
    page: IntakePage, press: Hands, key: Qt.Key, owner: str, submitter: str
) -> None:
    page.scanned(CARD)
    page.person.fields["phone"].setText("0912345678")
    page.scanned(HIS_CARD)
    assert not page.question.isHidden()
    assert page.form().name == "Nguyễn Thị Ánh Đào"
    press.alt(key)
    assert page.question.isHidden()
    assert (page.form().name, page.form().submitter_name) == (owner, submitter)
    assert page.form().phone == ("" if owner == "Trần Văn Đức" else "0912345678")


def test_the_same_card_again_asks_nothing(page: IntakePage) -> None:
    page.scanned(CARD)
    page.person.fields["phone"].setText("0912345678")
    page.scanned(CARD)
    assert page.question.isHidden()
    assert page.form().phone == "0912345678"


def test_a_garbled_scan_gets_a_sentence_and_changes_nothing(
    page: IntakePage, said: list[str]
) -> None:
    page.scanned(CARD)
    before = page.form()
    page.scanned(CARD.replace("17051990", "31021990"))
    assert "31/02/1990" in said[-1]
    assert page.form() == before


def test_a_card_typed_by_a_slow_scanner_without_enter_is_read_by_f9(
    page: IntakePage, press: Hands, said: list[str]
) -> None:
    press.type(CARD)
    press(Key.Key_F9)
    assert page.form().name == "Nguyễn Thị Ánh Đào"
    assert focus(page) is page.procedure.search
    press.type(CARD[:40])
    press(Key.Key_F9)
    assert page.procedure.search.text() == ""
    assert "đứt đoạn" in said[-1]


def test_a_dossier_code_is_not_for_this_page(page: IntakePage) -> None:
    assert not page.scanned("H13.999-261123-0001")


# --- what


@pytest.mark.parametrize(
    "letters", ["kha sin", "KHAI SINH", "khai sinh", "1.001193", "đăng ký khai sinh"]
)
def test_a_procedure_by_letters_or_code(page: IntakePage, press: Hands, letters: str) -> None:
    press.choose(letters)
    assert page.procedure.version is not None
    assert page.procedure.version.code == "1.001193"
    assert page.procedure.search.text() == letters


def test_up_and_down_work_from_the_search_field(page: IntakePage, press: Hands) -> None:
    page.procedure.search.setFocus()
    press.type("ket hon")
    press.wait_for(lambda: "kết hôn" in page.procedure.list.item(0).text())
    second = page.procedure.list.item(1).data(Qt.ItemDataRole.UserRole)
    press(Key.Key_Down)
    assert focus(page) is page.procedure.search
    press(Key.Key_Return)
    assert page.procedure.version == second


def test_a_procedure_by_field(page: IntakePage, press: Hands) -> None:
    page.procedure.field.setCurrentText("Hộ tịch")
    found = [page.procedure.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(5)]
    assert {version.field for version in found} == {"Hộ tịch"}


def test_nothing_found_says_what_to_try(page: IntakePage, press: Hands) -> None:
    press.choose("zzz")
    assert page.procedure.list.item(0).text().startswith("Không có thủ tục nào khớp")
    assert page.procedure.version is None


def test_the_chosen_procedure_shows_its_facts_and_goes_on_to_its_papers(
    page: IntakePage, press: Hands
) -> None:
    press.choose(COPY_FROM_BOOK)
    version = page.procedure.version
    assert version is not None
    for fact in (version.code, version.field, version.fee, version.decision):
        assert fact in page.procedure.facts.text()
    assert "[" not in page.procedure.facts.text()  # the catalogue's own marks
    assert focus(page) is page.procedure.papers


def test_certification_counts_pages_and_sheets(page: IntakePage, press: Hands) -> None:
    def titles() -> list[str]:
        return [
            page.procedure.papers.ticks.headerData(n, Qt.Orientation.Horizontal)
            for n in range(2, 5)
        ]

    press.choose("1.001193")
    assert titles() == ["Chính", "C.thực", "Photo"]
    page.procedure.search.clear()
    press.choose("2.000815")
    assert titles() == ["Trang", "B.giấy", "Ký đ.tử"]


def test_looking_for_another_procedure_and_esc_keep_the_ticks(
    page: IntakePage, press: Hands
) -> None:
    press.choose("1.001193")
    page.procedure.papers.setFocus()
    press.type("a")
    ticks = page.form().ticks
    page.procedure.search.setFocus()
    press.type("x")
    assert page.procedure.papers_box.isHidden()
    press(Key.Key_Escape)
    assert focus(page) is page.procedure.papers
    assert page.form().ticks == ticks


def test_an_uncertain_limit_is_asked_for_and_gives_the_date(page: IntakePage, press: Hands) -> None:
    press.choose("1.001193")
    assert "chưa được kiểm chứng" in page.procedure.limit_note.text()
    assert page.due.text() == "Hãy xác nhận thời hạn để có ngày hẹn"
    press.type("1 ngày làm việc")
    press.wait_for(lambda: DUE in page.due.text())
    press(Key.Key_Return)
    assert focus(page) is page.procedure.papers


def test_a_limit_that_cannot_be_read_is_refused_beside_it(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    press.choose("1.001193")
    press.type("sớm thôi")
    press.wait_for(lambda: "Chưa" in page.due.text())
    press(Key.Key_F9)
    assert "sớm thôi" in page.procedure.errors["limit"].text()
    assert page.due.text() == "Chưa tính được ngày hẹn"
    assert page.procedure.limit.currentText() == "sớm thôi"


def test_a_limit_that_cannot_be_read_says_so_when_it_is_left_until_it_is_changed(
    page: IntakePage, press: Hands
) -> None:
    press.choose("1.001193")
    press.type("a")
    press(Key.Key_Return)
    assert "«a» chưa đọc được" in page.procedure.errors["limit"].text()
    press(Key.Key_Backtab)
    press.type("8 gio")
    assert page.procedure.errors["limit"].isHidden()
    press(Key.Key_Return)
    assert DUE in page.due.text()


def test_the_sentence_goes_once_the_limit_can_be_read(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    press.choose("1.001193")
    press(Key.Key_F9)
    assert page.procedure.errors["limit"].text()
    press.type("1 ngày làm việc")
    press.wait_for(lambda: DUE in page.due.text())
    assert page.procedure.errors["limit"].isHidden()


def test_the_limit_confirmed_last_stands_there_already_and_the_clerk_goes_on(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    born = make_applicant("092190001299")
    intake.accept_dossier(desk, Intake("1.001193", born, limit="1 ngày làm việc"))
    press.choose("1.001193")
    press.wait_for(lambda: DUE in page.due.text())
    assert page.form().limit == "1 ngày làm việc"
    assert "Nguyễn Thị Hoài An xác nhận 23/11/2026" in page.procedure.limit_note.text()
    press.wait_for(lambda: focus(page) is page.procedure.papers)
    page.procedure.limit.setFocus()
    press.ctrl(Key.Key_A)
    press.type("2 ngày làm việc")  # another one is typed over it
    press.wait_for(lambda: page.procedure.limit_note.text().startswith("⚠"))


def test_the_fee_of_certified_copies_is_summed_from_pages_and_copies(
    page: IntakePage, press: Hands
) -> None:
    press.choose("2.000815")
    papers = [Tick("Bằng tốt nghiệp", 2, 20, 1, required=True, ticked=True)]
    page.procedure.papers.ticks.fill(papers)
    press.wait_for(lambda: bool(page.promise.fee.text()))
    assert page.promise.fee.text() == "Thu 80.000 đ"
    assert page.promise.fee_note.text().splitlines() == [
        "20 bản × 2 trang × 2.000 đ = 80.000 đ",
        "chưa kể 1 bản điện tử",
    ]
    page.procedure.papers.ticks.fill([])
    press.wait_for(lambda: page.promise.fee.isHidden())


def test_another_procedure_does_not_inherit_the_limit(page: IntakePage, press: Hands) -> None:
    press.choose("1.001193")
    press.type("5 ngày làm việc")
    page.procedure.search.selectAll()
    press.choose("1.004873")
    assert page.form().limit == ""


def test_a_paper_of_ones_own(page: IntakePage, press: Hands, desk: Desk) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_Return)
    press.type("Giấy xác nhận <b>Đào & Cả</b>")
    press(Key.Key_Return, Key.Key_F9, Key.Key_F9)
    (dossier,) = dossiers_of(desk)
    assert [paper.name for paper in dossier.papers] == ["Giấy xác nhận <b>Đào & Cả</b>"]


# --- when


def test_the_walk_explains_the_date(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    assert page.due.text() == f"Hẹn trả {DUE}"
    press(Key.Key_F8)
    lines = [page.walk.item(row).text() for row in range(page.walk.count())]
    assert not page.walk.isHidden()
    assert any("24/11/2026" in line and "Ngày Văn hóa" in line for line in lines)
    assert "25/11/2026" in lines[-1]
    assert "hẹn trả" in lines[-1]
    press(Key.Key_F8)
    assert page.walk.isHidden()
    assert focus(page) is page.procedure.papers


def test_what_was_received_before_is_entered_with_its_time(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press.alt(Key.Key_M)
    press.type("8h30")
    press.wait_for(lambda: "8 giờ 30" in page.due.text())
    press(Key.Key_F9, Key.Key_F9)
    (dossier,) = dossiers_of(desk)
    assert dossier.accepted == datetime(2026, 11, 23, 8, 30)
    assert dossier.entered == MONDAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [("20/11", date(2026, 11, 20)), ("1-12", date(2025, 12, 1)), ("", date(2026, 11, 23))],
)
def test_a_day_without_its_year_is_the_last_such_day(typed: str, day: date) -> None:
    form = IntakeForm(received_day=typed, received_time="8h30")
    assert to_received(form, MONDAY) == datetime.combine(day, time(8, 30))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("25:00", "chưa đọc được"), ("16:00", "không thể ở sau bây giờ"), ("sáng", "chưa đọc được")],
)
def test_a_time_that_cannot_be(page: IntakePage, press: Hands, typed: str, sentence: str) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press.alt(Key.Key_M)
    press.type(typed)
    press(Key.Key_F9)
    assert sentence in page.promise.errors["received"].text()
    assert page.promise.received_time.text() == typed
    press(Key.Key_Backspace)
    assert page.promise.errors["received"].isHidden()


def test_the_date_keeps_up_with_the_clock(page: IntakePage, press: Hands, desk: Desk) -> None:
    press.choose(COPY_FROM_BOOK)
    desk.clock.now = datetime(2026, 11, 23, 17, 30)  # type: ignore[attr-defined]  # after closing: tomorrow's opening
    page.preview.clock.timeout.emit()
    assert page.due.text() == "Hẹn trả 7 giờ 30 thứ Năm 26/11/2026"


def test_a_date_in_a_year_whose_holidays_are_not_settled_says_so(
    page: IntakePage, press: Hands
) -> None:
    press.choose("1.001193")
    press.type("300 ngày làm việc")
    press.wait_for(lambda: "Hẹn trả" in page.due.text())
    assert page.accept_bar.provisional.text().startswith("Tạm tính")
    assert not page.accept_bar.provisional.isHidden()


# --- accepting


def test_it_is_read_back_before_it_is_taken_in(page: IntakePage, press: Hands, desk: Desk) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press.type("1")
    press(Key.Key_F9)
    assert dossiers_of(desk) == []
    assert page.accept_bar.read_back.text() == (
        f"Bà Nguyễn Thị Ánh Đào nộp «Cấp bản sao từ sổ gốc», 1 giấy tờ, 1 bộ, hẹn trả {DUE}."
    )
    assert "Đúng" in page.accept_button.text()


@pytest.mark.parametrize("again", [Key.Key_F9, Key.Key_Return])
def test_the_second_key_takes_it_in(
    page: IntakePage, press: Hands, desk: Desk, counter: Counter, said: list[str], again: Qt.Key
) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9, again)
    (dossier,) = dossiers_of(desk)
    assert dossier.due == datetime(2026, 11, 25, 10, 0)
    assert dossier.applicant.born == date(1990, 5, 17)
    assert page.due.text() == f"{dossier.code} – hẹn trả {DUE}"
    assert counter.previews == [(dossier.code, "accept")]
    assert page.form().is_empty
    assert focus(page) is page.person.fields["name"]


def test_esc_goes_back_to_where_it_was(page: IntakePage, press: Hands, desk: Desk) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9, Key.Key_Escape)
    assert focus(page) is page.procedure.papers
    press(Key.Key_F9)
    assert dossiers_of(desk) == []


def test_what_is_changed_after_the_read_back_is_read_back_again(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9)
    page.person.fields["phone"].setFocus()
    press.type("0912345678")
    press(Key.Key_F9)
    assert dossiers_of(desk) == []
    press(Key.Key_F9)
    assert dossiers_of(desk)[0].applicant.phone == "0912345678"


def test_what_is_typed_while_the_desk_checks_is_not_read_back(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    jobs.immediately(False)
    busy = threading.Event()
    jobs.run(page, lambda: busy.wait(10), lambda _: None)  # the desk is at something else
    press(Key.Key_F9)
    page.person.fields["phone"].setFocus()
    press.type("0")
    answered: list[None] = []
    jobs.run(page, lambda: None, answered.append)
    busy.set()
    press.wait_for(lambda: bool(answered))
    jobs.finish()
    assert "Đúng" not in page.accept_button.text()
    assert focus(page) is page.person.fields["phone"]


def test_what_lacks_and_what_is_doubtful_stands_under_the_read_back(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    earlier = accept(desk)
    page.scanned(CARD)
    press.choose("1.001193")
    press(Key.Key_Down, Key.Key_F9)
    shown = page.accept_bar.cautions.text()
    assert earlier.code in shown
    assert "Còn thiếu giấy tờ bắt buộc" in shown


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    page: IntakePage, press: Hands
) -> None:
    page.person.fields["email"].setFocus()
    press.type("không phải thư")
    page.person.fields["phone"].setFocus()
    press.type("0912345678")
    press(Key.Key_F9)
    assert "Chưa có tên chủ hồ sơ" in page.person.errors["name"].text()
    assert "ten@noi.vn" in page.person.errors["email"].text()
    assert "Hãy chọn thủ tục" in page.procedure.errors["procedure"].text()
    assert page.procedure.search.property("wrong") == "true"
    assert focus(page) is page.person.fields["name"]
    assert texts_of(page) == {"email": "không phải thư", "phone": "0912345678"}
    press.type("T")
    assert page.person.errors["name"].isHidden()
    assert not page.person.errors["email"].isHidden()


def test_what_no_paper_can_print_is_told_at_its_field_before_anything_is_printed(
    page: IntakePage, counter: Counter, press: Hands
) -> None:
    for field, text in (("name", "Sok សុខ"), ("submitter_name", "Lan 🙂"), ("address", "ꨌꩌ")):
        page.person.fields[field].setText(text)
    page.promise.note.setFocus()
    page.promise.note.insertPlainText("gọi \ue123")
    press(Key.Key_F9)
    assert "không in được chữ Khmer" in page.person.errors["name"].text()
    assert "«🙂»" in page.person.errors["submitter_name"].text()
    assert "«ꨌꩌ»" in page.person.errors["address"].text()
    assert "«U+E123»" in page.promise.errors["note"].text()
    assert focus(page) is page.person.fields["name"]
    assert counter.previews == []
    press.type("Sok Sokha")
    assert page.person.errors["name"].isHidden()


@pytest.mark.parametrize("typed", ["31/2/1990", "1705", "3000", "hôm qua"])
def test_a_birth_date_that_cannot_be(page: IntakePage, press: Hands, typed: str) -> None:
    page.person.fields["born"].setFocus()
    press.type(typed)
    press(Key.Key_F9)
    assert typed in page.person.errors["born"].text()
    assert page.person.fields["born"].text() == typed


def test_a_refusal_of_the_desk_leaves_everything_typed(
    page: IntakePage, press: Hands, desk: Desk, said: list[str]
) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    before = page.form()
    press(Key.Key_F9)
    become(desk, "binh")  # a processor takes nothing in
    press(Key.Key_F9)
    assert page.form() == before
    assert page.accept_button.isEnabled()
    become(desk, "an")
    assert dossiers_of(desk) == []
    assert said[-1]


# --- the draft


def test_what_was_being_typed_comes_back(
    page: IntakePage, press: Hands, desk: Desk, open_page: Callable[[], IntakePage], said: list[str]
) -> None:
    page.scanned(CARD)
    press.choose("1.001193")
    press.type("1 ngày làm việc")
    press(Key.Key_Return)
    press.type("2")
    page.promise.note.setFocus()
    press.type("gấp")
    form = page.form()
    press.wait_for(lambda: (intake.load_draft(desk) or {}).get("note") == "gấp")
    again = open_page()
    assert again.form() == form
    assert DUE in again.due.text()
    assert "Đã khôi phục phần đang gõ dở." in said


def test_the_draft_goes_once_the_dossier_is_taken_in(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    page.leaving()
    assert intake.load_draft(desk)
    press(Key.Key_F9, Key.Key_F9)
    page.leaving()
    assert not intake.load_draft(desk)


def test_a_new_page_can_be_taken_back(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    before = page.form()
    press.ctrl(Key.Key_N)
    assert page.form().is_empty
    press.ctrl(Key.Key_N)
    assert page.form() == before


def test_each_clerk_types_a_form_of_their_own(page: IntakePage, desk: Desk) -> None:
    page.scanned(CARD)
    page.leaving()
    before = page.form()
    become(desk, "dung")
    page.official_changed()
    assert page.form().is_empty
    become(desk, "an")
    page.official_changed()
    assert page.form() == before


def test_unlocking_the_screen_changes_nothing(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9)
    page.official_changed()
    assert "Đúng" in page.accept_button.text()


# --- for everybody


def test_composing_is_not_disturbed(page: IntakePage, press: Hands) -> None:
    search = page.procedure.search
    search.setFocus()
    for composing in ("k", "kh", "khai"):
        QApplication.sendEvent(search, QInputMethodEvent(composing, []))
        assert search.text() == ""
    commit(search, "khai")
    assert (search.text(), search.cursorPosition()) == ("khai", 4)
    press.wait_for(lambda: "khai" in page.procedure.list.item(0).text())
    assert focus(page) is search


def test_every_control_has_a_name_for_those_who_do_not_see_it(page: IntakePage) -> None:
    kinds = (QLineEdit, QComboBox, QListWidget, QPushButton)
    controls = [control for kind in kinds for control in page.findChildren(kind)]
    ours = [
        control for control in controls if not isinstance(control.parent(), QComboBox | QSpinBox)
    ]
    nameless = [control for control in ours if not control.accessibleName()]
    assert len(ours) > 20
    assert nameless == []


def test_user_text_is_never_markup(page: IntakePage) -> None:
    shown = (
        page.due,
        page.accept_bar.read_back,
        page.accept_bar.cautions,
        page.procedure.name,
        page.person.notes.others,
    )
    errors = (
        label
        for panel in (page.person, page.procedure, page.promise)
        for label in panel.errors.values()
    )
    assert {label.textFormat() for label in (*shown, *errors)} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize(
    "size", [QSize(1226, 620), QSize(770, 430)]
)  # the page at 1366×768, at 100 and at 150 %
def test_the_date_and_the_key_are_always_on_the_screen(
    page: IntakePage, press: Hands, qtbot: QtBot, size: QSize
) -> None:
    page.resize(size)
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press(Key.Key_F9)
    for widget in (page.due, page.accept_bar.read_back, page.accept_button):
        assert page.rect().contains(widget.geometry().translated(page.accept_bar.pos()))
        assert widget.height() >= widget.heightForWidth(widget.width())
    inside = page._scroll.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= page._scroll.viewport().width()


def test_khai_tu_and_enter_take_the_death(page: IntakePage, press: Hands) -> None:
    press.choose("khai tu")
    assert page.procedure.version is not None
    assert page.procedure.version.code == "1.000656"


def test_the_letters_typed_are_marked_and_the_first_nine_are_numbered(
    page: IntakePage, press: Hands
) -> None:
    page.procedure.search.setFocus()
    press.type("ket hon")
    press.wait_for(lambda: "kết hôn" in page.procedure.list.item(0).text())
    items = [page.procedure.list.item(row) for row in range(page.procedure.list.count())]
    first = items[0].data(MATCHED)
    assert [items[0].text()[start:end] for start, end in first.spans] == ["kết", "hôn"]
    assert [item.data(MATCHED).number for item in items][:10] == [*"123456789", ""][: len(items)]
    assert page.procedure.list.currentRow() == 0


def test_alt_and_a_digit_take_that_line(page: IntakePage, press: Hands) -> None:
    page.procedure.search.setFocus()
    press.type("ket hon")
    press.wait_for(lambda: "kết hôn" in page.procedure.list.item(0).text())
    third = page.procedure.list.item(2).data(Qt.ItemDataRole.UserRole)
    press.alt(Key.Key_3)
    assert page.procedure.version == third


def test_a_digit_is_a_letter_of_the_search(page: IntakePage, press: Hands) -> None:
    page.procedure.search.setFocus()
    press.type("tre em duoi 6")
    assert page.procedure.search.text() == "tre em duoi 6"
    assert page.procedure.version is None


def test_the_words_of_citizens_find_and_alone_are_enough(page: IntakePage, press: Hands) -> None:
    for words, code in (("doc than", "1.004873"), ("độc thân", "1.004873"), ("sao y", "2.000815")):
        page.procedure.search.selectAll()
        press.choose(words)
        assert page.procedure.version is not None
        assert page.procedure.version.code == code, words


def test_a_paper_of_ones_own_is_certified_once(page: IntakePage, press: Hands) -> None:
    press.choose("2.000815")
    page.procedure.own.setFocus()
    press.type("Bang lai xe")
    press(Key.Key_Return)
    added = page.procedure.papers.ticks.ticks[-1]
    assert (added.name, added.original, added.certified) == ("Bang lai xe", 1, 1)


def test_each_day_of_the_walk_takes_one_line_over_the_date(page: IntakePage, press: Hands) -> None:
    page.resize(1146, 534)  # the page in a window of 1366 × 768
    page.scanned(CARD)
    press.choose("1.001193")
    press.type("15 ngày làm việc")
    press(Key.Key_Return, Key.Key_F8)
    QApplication.processEvents()
    line = page.walk.fontMetrics().lineSpacing()
    assert page.walk.count() > 6
    rows = [page.walk.visualItemRect(page.walk.item(row)) for row in range(page.walk.count())]
    assert max(row.height() for row in rows) < 2 * line
    assert page.walk.height() >= 6 * line
    assert page.walk.mapTo(page, QPoint(0, 0)).y() < page.due.mapTo(page, QPoint(0, 0)).y()


def test_the_day_of_a_late_entry_is_picked_by_the_mouse(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    QTest.mouseClick(page.promise.late.button, Qt.MouseButton.LeftButton)
    press.type("8h30")
    field = page.promise.received_day
    field.setText("20/11/2026")
    (button,) = field.findChildren(QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    days = popup.findChildren(QTableView)[0]
    monday = days.visualRect(days.model().index(4, 0)).center()
    QTest.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=monday)
    assert field.text() == "16/11/2026"
    press.wait_for(lambda: "8 giờ 30 thứ Hai 16/11/2026" in page.accept_bar.read_back.text())
