"""A whole day at the counter by keys alone: no mouse, no act but by what stands on the screen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import certify
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.certifications import CertificationBook
from cchc_desk.domain.dossiers.dossier import Dossier, LetterState, Promise, Status
from cchc_desk.domain.law.procedure import Channel
from tests.ui.conftest import log_in, write
from ui.documents.printing import PreviewDialog
from ui.shell.window import Window

SCANNER_MS = 8
MOST_FOR_THE_FREQUENT, MOST_FOR_A_CERTIFICATION = 12, 8
HOUSE = "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ"


def card(number: str, name: str, born: str, sex: str) -> str:
    return f"{number}||{name}|{born}|{sex}|{HOUSE}|01072021"


DAO = card("092190001234", "Nguyễn Thị Ánh Đào", "17051990", "Nữ")
NGOC = card("092170005555", "Lê Thị Bích Ngọc", "02021970", "Nữ")
TOAN = card("092095007777", "Phạm Quốc Toàn", "11111995", "Nam")
PHUC = card("092078003333", "Nguyễn Văn Phúc", "03031978", "Nam")
DAT = card("092092006666", "Huỳnh Tấn Đạt", "06061992", "Nam")
HANH = card("092188007777", "Trương Thị Hạnh", "07071988", "Nữ")


class Counter:
    """The window, a keyboard and a scanner; `count` is of the keys a person pressed."""

    def __init__(self, window: Window) -> None:
        self.window, self.count, self._stamp = window, 0, 10_000

    def __call__(self, *keys: str) -> None:
        """Press keys, as "F9" or "Alt+N", where the focus is."""
        for key in keys:
            self.count += 1
            QTest.keySequence(self._in_front(), QKeySequence(key))

    def type(self, text: str) -> None:
        self.count += len(text)
        write(self._in_front(), text)

    def fill(self, *texts: str) -> None:
        """Type field by field, Enter after each; an empty text leaves a field as it is."""
        for text in texts:
            self.type(text)
            self("Return")

    def scan(self, text: str) -> None:
        """What a hand scanner types, at its pace."""
        here = self._in_front()
        self._stamp += 5_000
        for letter in [*text, "\r"]:
            self._stamp += SCANNER_MS
            code = int(Qt.Key.Key_Return) if letter == "\r" else 0
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(self._stamp)
                QApplication.sendEvent(here, event)
        QApplication.processEvents()

    def procedure(self, words: str, limit: str = "trong ngày") -> None:
        """Choose what the words find first; a limit that nobody confirmed yet is typed."""
        self.fill(words)
        if self._here().accessibleName() == "Thời hạn xác nhận":
            self.fill(limit)

    def accept(self) -> Dossier:
        """F9, read back, F9; the receipt is looked at and put away."""
        self("F9", "F9")
        self.close_paper("Bộ giấy – Tiếp nhận hồ sơ")
        return self.newest()

    def newest(self) -> Dossier:
        (row,) = progress.find_dossiers(self.window.desk, limit=1, order="accepted")
        return self.dossier(row.code)

    def dossier(self, code: str) -> Dossier:
        return progress.show_dossier(self.window.desk, code).dossier

    def close_paper(self, title: str) -> None:
        (paper,) = self._papers()
        assert title in paper.windowTitle()
        self("Escape")
        assert not paper.isVisible()

    def open(self, words: str) -> None:
        """F3 and the words of one dossier; Enter opens it."""
        self("F3", "Ctrl+A")
        self.fill(words)
        if self.window.frame.current == "dossiers":
            self("Return")
        assert self.window.frame.current == "dossier"

    def become(self, official: str) -> None:
        self("Ctrl+U")
        log_in(self.window, official)

    def said(self, words: str) -> bool:
        return words in self.window.notices.text

    def _here(self) -> QWidget:
        papers = self._papers()
        room = papers[-1] if papers else self.window
        return room.focusWidget() or room

    def _in_front(self) -> QWidget:
        """The same in the active window, as the system has it when a paper opens or closes."""
        here = self._here()
        if not here.isActiveWindow():
            here.activateWindow()
            QApplication.processEvents()
        return self._here()

    def _papers(self) -> list[PreviewDialog]:
        """The papers looked at before they are printed."""
        only = Qt.FindChildOption.FindDirectChildrenOnly
        found = self.window.findChildren(PreviewDialog, options=only)
        return [one for one in found if one.isVisible()]


@pytest.fixture
def at(window: Window) -> Counter:
    return Counter(window)


def take_in_ten(at: Counter) -> Iterator[Dossier]:
    """Ten dossiers of ten kinds."""
    at.count = 0
    at.scan(DAO)
    at.procedure("sao so")
    at("A", "F9", "F9", "Escape")
    assert at.count <= MOST_FOR_THE_FREQUENT
    yield at.newest()

    at("F2")
    at.fill("trần văn hùng", "092085004321", "", "", HOUSE, "0905123456", "")
    at("Alt+H")
    at.procedure("doc than", "3 ngày làm việc")
    at("A")
    typed = at.accept()
    assert (typed.applicant.name, typed.applicant.sex) == ("Trần Văn Hùng", "Nam")
    yield typed

    at("Tab")
    at.fill("092190001234")
    at("Alt+P", "A")
    known = at.accept()
    assert known.applicant.name == "Nguyễn Thị Ánh Đào"
    assert known.applicant.born == date(1990, 5, 17)
    yield known

    at("Alt+T")
    at.fill("Công ty TNHH Phương Nam", "0100109106", "Lê Văn Nam", HOUSE, "02923811223", "")
    at.procedure("ho kinh doanh", "3 ngày làm việc")
    at("A")
    yield at.accept()

    at("Alt+T")
    at.scan(NGOC)
    at("Alt+N")
    at.scan(TOAN)
    at.fill("0907123456", "con")
    at.procedure("khai tu")
    at("A")
    other = at.accept()
    assert other.submitter is not None
    assert (other.applicant.name, other.submitter.name) == ("Lê Thị Bích Ngọc", "Phạm Quốc Toàn")
    assert (other.submitter.phone, other.submitter.relation) == ("0907123456", "con")
    yield other

    at.scan(HANH)
    at.procedure("sao so")
    at("A", "Tab", "Tab", "Down", "Down")
    if at._here().accessibleName() == "Thời hạn xác nhận":
        at.fill("2 ngày làm việc")
    by_post = at.accept()
    assert by_post.channel is Channel.POST
    yield by_post

    at.scan(DAT)
    at.procedure("tam tru", "3 ngày làm việc")
    at("A", "Alt+C")
    at.fill("G22.99-261123-0001")
    online = at.accept()
    assert (online.channel, online.portal_code) == (Channel.ONLINE, "G22.99-261123-0001")
    yield online

    at.scan(PHUC)
    at.procedure("ket hon")
    at("A", "Alt+M")
    at.fill("8h10", "", "")
    late_entry = at.accept()
    assert f"{late_entry.accepted:%H:%M}" == "08:10"
    yield late_entry

    at.scan(TOAN)
    at.procedure("khai sinh", "trong ngày")
    at("A")
    yield at.accept()

    at.scan(NGOC)
    at.procedure("chung thuc chu ky")
    at("A")
    yield at.accept()


def turn_two_away(at: Counter) -> None:
    """Papers lack: a slip; not the office's business: a refusal."""
    at.scan(HANH)
    at.procedure("khai sinh")
    at("1", "Alt+Y")
    at("F9")
    at.close_paper("Phiếu yêu cầu bổ sung")
    at.scan(HANH)
    at.procedure("tam tru", "3 ngày làm việc")
    at("Alt+W")
    at.type("Nộp tại công an phường khác")
    at("F9")
    at.close_paper("Phiếu từ chối")


def put_right(at: Counter, taken_in: list[Dossier]) -> None:
    """A phone, a number entered twice, a hand-over taken back."""
    by_card, typed, known = taken_in[:3]
    at.open(by_card.code)
    at("Shift+S", "Tab", "Tab", "Tab", "Tab", "Tab")
    at.type("0912000333")
    at("F9")
    at.type("dân nhớ ra số điện thoại")
    at("F9")
    assert at.dossier(by_card.code).applicant.phone == "0912000333"
    at("Ctrl+Z")
    assert at.dossier(by_card.code).applicant.phone == ""

    at.open(known.code)
    at("Shift+Z")
    at.type("nhập hai lần")
    at("F9")
    assert at.dossier(known.code).cancelled

    at.open(typed.code)
    holder = at.dossier(typed.code).holder
    at("B", "F9")
    assert at.dossier(typed.code).holder != holder
    at("Ctrl+Z")
    assert at.dossier(typed.code).holder == holder


def go_on_with(at: Counter, taken_in: list[Dossier]) -> None:
    """A supplement and its return, a result and its return, folders handed over together."""
    by_card, typed, _known, company, *_others = taken_in
    at.open(company.code)
    at("Y")
    at.type("Bản sao giấy phép")
    at("Tab")
    at.type("Thiếu thành phần")
    at("F9")
    at.close_paper("Phiếu yêu cầu bổ sung")
    assert at.dossier(company.code).paused_since
    at("O", "F9")
    assert not at.dossier(company.code).paused_since

    at.open(by_card.code)
    at("K")
    at("F4")
    at.fill(by_card.code)
    at("F9")
    assert at.dossier(by_card.code).status is Status.RETURNED

    at.open(typed.code)
    at("K")


def apologise(at: Counter) -> None:
    """Every letter owed is drafted, signed by the leader at once, printed, handed over."""
    desk = at.window.desk
    at("F5", "Alt+N", "1", "F9")  # the reason that the desk asks for
    drafted = letters.letters(desk, LetterState.DRAFTED)
    assert drafted
    at.become("chi")
    at("F5", "Alt+A", "F9")
    assert not letters.letters(desk, LetterState.DRAFTED)
    at("Alt+P")
    at.close_paper("Mọi thư đã ký")
    at.become("an")
    at("F5", "Alt+T", "F9")
    assert not letters.letters(desk, LetterState.SIGNED)


def return_many(at: Counter) -> None:
    """All results that wait, in one act on the selection."""
    waiting = {Status.READY}
    desk = at.window.desk
    at("F3", "Ctrl+A", "Del", "Alt+7", "Down", "Ctrl+A", "Alt+T", "F9")
    assert not progress.find_dossiers(desk, status=frozenset(waiting))
    at("Alt+7")


def look_at_the_books(at: Counter, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register of this month, as a workbook: by the leader, who says what for."""
    at.become("chi")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(sheet), ""))
    at("F7", *["Down"] * 6, "Alt+3", "Ctrl+E")
    at.type("Nộp đoàn kiểm tra")
    at("F9")
    assert sheet.stat().st_size > 4_000


def administer(at: Counter) -> None:
    """One limit confirmed with its document, one setting changed."""
    at.become("dung")
    at("Ctrl+F12")
    at.fill("khai sinh", "")
    at("Ctrl+A")
    at.fill("1 ngày làm việc", "", "", "163/QĐ-BTP", "10/07/2026")
    at("F9")
    assert at.said("Đã ghi bản từ")
    at("F12")
    at.type("co quan cap tren")
    at("Enter", "Ctrl+A")
    at.type("ỦY BAN NHÂN DÂN TỈNH MỚI")
    at("F9")
    assert at.said("Đã đổi 1 mục")
    assert at.window.desk.settings["parent_agency"] == "ỦY BAN NHÂN DÂN TỈNH MỚI"


def certify_six(at: Counter) -> None:
    """Six papers in six dossiers, each done and returned by one F9."""
    desk = at.window.desk
    today = desk.now().date()
    before = len(certify.book_lines(desk, CertificationBook.COPY, today, today))
    for who in (DAO, NGOC, TOAN, PHUC, DAT, HANH):
        at("F6")
        at.count = 0
        at("Ctrl+F2")
        at.scan(who)
        at("Alt+1")
        at.type("3")
        at("F9")
        assert at.count <= MOST_FOR_A_CERTIFICATION
    lines = certify.book_lines(desk, CertificationBook.COPY, today, today)
    assert len(lines) == before + 6


@pytest.mark.sweep
def test_a_whole_day_by_keys_alone(
    at: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in = list(take_in_ten(at))
    promised: dict[str, Promise] = {one.code: one.first for one in taken_in}
    assert len(promised) == 10
    turn_two_away(at)
    put_right(at, taken_in)
    go_on_with(at, taken_in)
    assert {one: at.dossier(one).first for one in promised} == promised
    certify_six(at)
    apologise(at)
    return_many(at)
    look_at_the_books(at, tmp_path / "exports" / "so.xlsx", monkeypatch)
    administer(at)
    assert upkeep.verify_ledger(at.window.desk).problems == ()
    assert {one: at.dossier(one).first for one in promised} == promised
