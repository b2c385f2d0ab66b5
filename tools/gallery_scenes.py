"""The table of the gallery: every page in every state, and the real keys by which somebody gets
there.

A scene is never put there from outside: wards are played by actions, and what stands on a page was
typed or pressed.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QWidget

import resources
from cchc_desk import paths
from cchc_desk.actions.city import sending
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import overdue, responsibility
from cchc_desk.actions.office import accounts, office_calendar, process
from cchc_desk.actions.office.accounts import NewOfficial
from cchc_desk.actions.office.preferences import keep_preference
from cchc_desk.actions.training import practice
from cchc_desk.city import enrolment, news, office
from cchc_desk.city.parcels import receive
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.dossiers.dossier import How, PaperCount
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.sync import usb_file
from tools.bench.ward import fill
from tools.paper_gallery import LONG_NAME, LONG_REASON, SHORT, Ward, papers, sample_intake, variants
from ui.documents.printing import PreviewDialog
from ui.practice_morning import CARD, MORNING
from ui.registers.books import BOOKS
from ui.shell import crash, jobs, pages
from ui.shell.progress_box import ProgressBox
from ui.shell.window import Window

EMPTY, TYPICAL, FULL, ERROR = STATES = ("empty", "typical", "full", "error")
# What stands beside the pages of the window, each as worth looking at as a page.
BESIDE = (
    "login", "first-run", "palette", "help", "tour", "key-card", "preview", "mirror", "notices", "crash",
)  # fmt: skip
# The one place that says why a state of a page has no scene.
WITHOUT = {
    ("login", EMPTY): "a desk has officials from its first minute",
    ("first-run", EMPTY): "the first step is the empty one",
    ("first-run", FULL): "the list of provinces and communes is always the whole one",
    ("palette", EMPTY): "the commands of a page are there in any ward",
    ("help", EMPTY): "the text is the same in any ward",
    ("help", FULL): "the text is the same in any ward",
    ("help", ERROR): "nothing can be typed into it",
    ("tour", EMPTY): "seven sentences, the same in any ward",
    ("tour", FULL): "seven sentences, the same in any ward",
    ("tour", ERROR): "nothing can be typed into it",
    ("key-card", EMPTY): "the keys are the same in any ward",
    ("key-card", FULL): "the keys are the same in any ward",
    ("key-card", ERROR): "as any other print preview",
    ("preview", EMPTY): "an empty ward has no paper but lists; they stand with the registers",
    (
        "mirror",
        ERROR,
    ): "a citizen types nothing; a face touched too soon is forgotten without a word",
    ("notices", EMPTY): "the line at the foot stands under every other picture",
    ("notices", TYPICAL): "the line at the foot stands under every other picture",
    ("notices", FULL): "the line at the foot stands under every other picture",
    ("crash", EMPTY): "one report looks like another",
    ("crash", TYPICAL): "a crash is no part of a typical day",
    ("crash", FULL): "one report looks like another",
    ("practice", FULL): "nine lessons, the same in any ward",
    ("dossier", EMPTY): "it opens with a dossier only",
    ("scanner", EMPTY): "typical without a scan is the empty one",
    ("scanner", FULL): "a scan is as long as a card",
    ("settings", EMPTY): "a desk has all its settings from its first minute",
}
SOON_MS = 250  # a single shot of at most so long is something the page still does before it rests
_HAND_MS, _SCANNER_MS = 100, 8
_LONG_CARD = (
    "092190009876|362190009|Huỳnh Nguyễn Thị Ngọc Phương Thảo Nguyên|28021990|Nữ|Số 123/45/6B, "
    "hẻm liên tổ 12-20, đường Nguyễn Văn Cừ nối dài, khu vực Thới Nhựt, phường Ninh Kiều, thành "
    "phố Cần Thơ|01072021"
)
_OTHER_CARD = "092085004321||Trần Hữu Nghĩa|02031985|Nam|5 Ngô Quyền, phường Ninh Kiều, thành phố Cần Thơ|01072021"
_BIRTH, _STAY = "1.001193", "1.004222"


# --- the wards ------------------------------------------------------------------------------------


def empty_ward(folder: Path) -> None:
    """A ward with nothing in it yet."""
    practice.make_practice_ward(folder, 0, clock=lambda: MORNING).close()


def typical_ward(folder: Path) -> None:
    """The practice ward as the program ships it, and a year that waits for its second person."""
    desk = practice.make_practice_ward(folder, 60, seed=4, clock=lambda: MORNING)
    _enter_next_year(desk, "Thông báo 1234/TB-BNV ngày 20/11/2026")
    _with_a_city(
        desk, (("Họp giao ban tháng 12", "8 giờ thứ Hai ngày 30/11/2026, mời lãnh đạo phường dự."),)
    )
    desk.close()


def full_ward(folder: Path) -> None:
    """A year of dossiers, everything that can be printed with long data, many late, one with every
    pause there is.
    """
    ward = Ward(folder, datetime(2026, 9, 7, 8, 0), real=False)
    desk = ward.desk
    desk.database.wait_for_disk(False)
    fill(desk, 300, 1)
    desk.clock = lambda: ward.now
    for _paper in (*papers(ward, long=True), *variants(ward, long=True)):
        pass  # made for what the ward has lived through by then
    ward.at_the_desk("dung")
    accounts.add_official(
        desk,
        NewOfficial(
            "nguyen", LONG_NAME, Role.PROCESSOR, "Công chức Tư pháp – Hộ tịch", practice.PASSWORD
        ),
    )
    accounts.change_settings(
        desk,
        {
            "desk_name": "Quầy số 12 – Hộ tịch, chứng thực, cư trú",
            "hotline": "0292 3820 000; 0292 3820 001",
        },
    )
    names = (
        "Tiếp nhận, kiểm tra thành phần hồ sơ",
        "Thẩm định, xác minh tại nơi cư trú trước đây",
        "Ký duyệt",
    )
    many = [
        ProcessStep(f"{name} ({n})", "processor", "nguyen", 90 * n)
        for n in range(1, 5)
        for name in names
    ]
    many[4] = replace(
        many[4], agency="Văn phòng đăng ký đất đai thành phố Cần Thơ – Chi nhánh Ninh Kiều"
    )
    process.set_process(desk, _STAY, many)
    _weeks(ward)
    _many_late(ward)
    _every_pause(ward)
    ward.now = MORNING
    _enter_next_year(
        desk,
        "Quyết định của Ủy ban nhân dân thành phố Cần Thơ về nghỉ lễ, tết, hoán đổi ngày làm việc",
    )
    _with_a_city(desk, tuple((f"{LONG_REASON} ({n})", LONG_REASON) for n in range(1, 13)))
    desk.database.wait_for_disk(True)
    desk.close()


def _weeks(ward: Ward) -> None:
    """Visits, ratings and observations of six weeks."""
    desk, eight = ward.desk, courtesy.items(ward.desk)
    for week in range(6, 0, -1):
        for day in range(3):
            ward.now = MORNING - timedelta(weeks=week, days=-day)
            ward.at_the_desk("an")
            for visit in range(5):
                courtesy.record_visit(
                    desk, [item.key for item in eight[: 8 - visit]], moment=Moment.THANKS
                )
                ward.pass_time(minutes=20)
            ward.at_the_desk("chi")
            marks = tuple(
                (item.key, list(Mark)[(number + day) % 3]) for number, item in enumerate(eight)
            )
            courtesy.observe(
                desk, Observation("an", ward.now, marks, LONG_REASON, "Chào trước khi hỏi giấy tờ")
            )
    ward.now = MORNING - timedelta(hours=2)
    ward.at_the_desk("an")
    for visit in range(7):
        courtesy.record_visit(desk, [item.key for item in eight[: 8 - visit]], moment=Moment.THANKS)


def _many_late(ward: Ward) -> None:
    """Forty taken in on paper when there was no power, most of them late by now, in every stage of
    an apology.
    """
    desk, wanted = ward.desk, sample_intake(long=True)
    for number in range(40):
        ward.at_the_desk("an")
        received = MORNING - timedelta(days=number % 20 + 3, hours=number % 3)
        limit = ("1 ngày làm việc", "5 ngày làm việc", "15 ngày làm việc")[number % 3]
        who = wanted.applicant if number % 2 else replace(SHORT, name=LONG_NAME)
        code = intake.accept_dossier(
            desk, replace(wanted, applicant=who, limit=limit, received=received)
        ).code
        steps.hand_over(desk, [code], ("binh", "nguyen", "chi")[number % 3], note=LONG_REASON)
        if number % 7 == 3:
            steps.mark_ready(desk, code)
        elif number % 5 == 4:
            steps.request_supplement(
                desk, code, LONG_REASON, [f"{LONG_REASON} ({n})" for n in range(1, 4)]
            )
        if number % 4 == 3:
            before_acceptance.register_online(
                desk, wanted, f"H13.999-261120-{number:04d}", received
            )
    overdue.draft_what_is_owed(desk)
    ward.at_the_desk("chi")
    for row in overdue.letters(desk)[::3]:
        if row.letter.number is None:
            overdue.sign_letter(desk, row.letter.id)
    for late in progress.find_dossiers(desk, only="late", limit=6):
        responsibility.fix_responsibility(desk, late.code, "own-error", "nguyen", own_fault=True)


def _every_pause(ward: Ward) -> None:
    """One dossier that stood still for every reason, was late, apologised for, and is late
    again.
    """
    desk = ward.desk
    ward.at_the_desk("an")
    papers = tuple(PaperCount(f"{LONG_REASON} ({n})", original=1, copy=2) for n in range(1, 13))
    wanted = replace(
        sample_intake(long=True),
        papers=papers,
        limit="15 ngày làm việc",
        received=MORNING - timedelta(days=40),
    )
    code = intake.accept_dossier(
        desk, replace(wanted, applicant=replace(wanted.applicant, name=STAR))
    ).code
    steps.hand_over(desk, [code], "nguyen")
    for kind in (PauseKind.OPINION, PauseKind.FIELD_CHECK):
        steps.pause(desk, code, kind, LONG_REASON)
        ward.pass_time(minutes=7)
        steps.resume(desk, code, LONG_REASON)
    for unmet in (False, True):
        steps.request_supplement(
            desk, code, LONG_REASON, ["Bản chính giấy chứng sinh"], unmet=unmet
        )
        steps.tell_supplement(desk, code, How.PHONE)
        ward.pass_time(minutes=7)
        steps.supplement_brought(desk, code)
    steps.oblige(desk, code, LONG_REASON)
    ward.pass_time(minutes=7)
    steps.obligation_met(desk, code)
    ward.at_the_desk("chi")
    letter = overdue.draft_apology(
        desk, code, "other", overdue.propose_new_due(desk, code), LONG_REASON, "nguyen", True
    )
    overdue.sign_letter(desk, letter.id)
    steps.pause(desk, code, PauseKind.OPINION, LONG_REASON)


STAR = "Hợp tác xã Nông nghiệp Dịch vụ Thủy sản và Du lịch sinh thái Cồn Sơn – Cồn Ấu"


def _enter_next_year(desk: Desk, document: str) -> None:
    desk.official = next(
        one for one in accounts.list_officials(desk) if one.role is Role.ADMINISTRATOR
    )
    year = MORNING.year
    office_calendar.enter_year(desk, year, document, office_calendar.year_in_force(desk, year)[1:])
    desk.official = None


def _with_a_city(desk: Desk, told: Sequence[tuple[str, str]]) -> None:
    """Enrolled, and up to now everything went by a stick; messages and a catalogue came back, no
    line is there.
    """
    desk.official = next(one for one in accounts.list_officials(desk) if one.role is Role.LEADER)
    accounts.change_settings(desk, {"city_minutes": 0})
    with TemporaryDirectory() as folder:
        office.found_city(
            Path(folder), "Thành phố Cần Thơ", "http://127.0.0.1:9", practice=True
        ).database.close()
        city = office.open_city(Path(folder), lambda: MORNING)
        enrolment.add_ward(city, desk.settings["unit_code"], desk.settings["unit_name"], "gallery")
        sending.enrol(desk, enrolment.invite(city, desk.settings["unit_code"], "gallery"))
        row = next(csv.DictReader(io.StringIO(resources.read_text("catalogue/procedures.csv"))))
        rows = [row | {"effective_from": "2026-12-01", "limit_direct": "2 ngày làm việc"}]
        news.publish(city, "catalogue", "Danh mục thủ tục từ 01/12/2026", {"rows": rows}, "gallery")
        for title, text in told:
            news.publish(city, "message", title[:200], {"text": text}, "gallery")
        stick = Path(folder) / "stick.cchc"
        sending.write_bag(desk, stick)
        usb_file.write_bag(stick, receive.take_file(city, usb_file.read_bag(stick)).lines)
        sending.take_bag(desk, stick)
        city.database.close()
    desk.official = None


WARDS: dict[str, Callable[[Path], None]] = {
    EMPTY: empty_ward,
    TYPICAL: typical_ward,
    FULL: full_ward,
}


def ward_of(state: str) -> str:
    """Refusals are met in a typical ward."""
    return TYPICAL if state == ERROR else state


# --- who visits the pages -------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """How one official likes the window, and how large their screen is (the task bar takes a little
    of its height).
    """

    size: int
    theme: str
    width: int
    height: int


class Visitor:
    """Two hands and one pair of eyes at a window of the ward in `folder`; `keep` gets what the eyes
    see.
    """

    def __init__(self, folder: Path, look: Look, keep: Callable[[QPixmap], None]) -> None:
        self.folder, self.look, self.keep = folder, look, keep
        self.window: Window
        self.seen = False
        self._who = ""
        self._stamp = 1_000_000

    # --- the desk

    def begin(self, folder: Path) -> None:
        """The program is started; nobody has logged in."""
        self.window = Window(folder, lambda: MORNING)
        self.window.resize(self.look.width, self.look.height)
        self.window.move(0, 0)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        self.window.begin()
        self.settle()

    def like_it(self) -> None:
        """Every official of the ward likes the same, and was shown around already."""
        desk = accounts.open_desk(self.folder, lambda: MORNING)
        for one in accounts.list_officials(desk):
            desk.official = one
            for key, value in (
                ("text_size", self.look.size),
                ("theme", self.look.theme),
                ("tour_seen", True),
            ):
                keep_preference(desk, key, value)
        desk.close()

    def be(self, who: str) -> None:
        """This official is at the desk, by name and password."""
        if who == self._who:
            return
        login = self.window.login
        if self._who:
            self.tidy()  # a dialog would keep the key to itself
            self.press("Ctrl+U")
        assert self.window.screens.currentWidget() is login
        login.who.setCurrentIndex(login.who.findData(who))
        self.type(practice.PASSWORD, login.password)
        self.press("Return")
        self.settle()
        assert self.window.screens.currentWidget() is not login, login.error.text()
        self._who = who

    def leave(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # --- hands

    def press(self, keys: str) -> None:
        """One key or combination, wherever the focus is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(keys))
        self.breathe()

    def type(self, text: str, field: QWidget | None = None, gap: int = _HAND_MS) -> None:
        """Letters as an input method hands them over, at the pace of a hand (or of a scanner)."""
        if field is not None:
            field.setFocus()
        self._stamp += 10 * _HAND_MS
        for letter in text:
            self._stamp += gap
            code = Qt.Key.Key_Return if letter == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(
                    kind, code if letter == "\r" else 0, Qt.KeyboardModifier.NoModifier, letter
                )
                event.setTimestamp(self._stamp)
                QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
        self.breathe()

    def write_over(self, text: str, field: QLineEdit) -> None:
        field.setFocus()
        field.selectAll()
        self.type(text)

    def scan(self, text: str) -> None:
        self.type(f"{text}\r", gap=_SCANNER_MS)

    def choose(self, box: QComboBox, data: object) -> None:
        box.setFocus()
        for _time in range(box.count()):
            self.press("Up")
        for _time in range(box.findData(data)):
            self.press("Down")

    def question(self, keys: str, *answers: Callable[[QDialog], None]) -> None:
        """A key that brings up questions, one after the other. Without answers the first is looked
        at and left.
        """
        waiting = [*(answers or (self._look_and_leave,))]
        coming = QTimer(interval=0)

        def met() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and waiting:
                coming.stop()
                dialog.activateWindow()
                self.breathe()
                answer = waiting.pop(0)
                if waiting:
                    coming.start()
                answer(dialog)

        coming.timeout.connect(met)
        coming.start()
        self.press(keys)  # comes back once the questions are answered
        coming.stop()
        assert not waiting, f"no question after {keys}"
        self.settle()

    def _look_and_leave(self, dialog: QDialog) -> None:
        self.look_at()
        dialog.reject()

    def page(self, name: str) -> Any:
        """The page to the front."""
        self.window.open_page(name)
        self.settle()
        return self.window.page(name)

    # --- eyes

    def settle(self) -> None:
        """Until the window rests: nothing is drawn before what was asked for is there."""
        self.breathe()
        while any(map(_is_due_soon, self._timers())):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.breathe()

    def breathe(self) -> None:
        """What was begun by the last key is done; what waits for a pause in typing is not."""
        for _time in range(3):
            QApplication.processEvents()

    def _timers(self) -> Iterator[QTimer]:
        for top in QApplication.topLevelWidgets():
            if top.isVisible():
                yield from top.findChildren(QTimer)

    def look_at(self, window: QWidget | None = None) -> None:
        """Keeps a picture of the window with the dialogs over it, or of another window."""
        self.settle()
        self.seen = True
        self.keep(window.grab() if window else self._with_dialogs())

    def _with_dialogs(self) -> QPixmap:
        drawn = self.window.grab()
        painter = QPainter(drawn)
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                at = top.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
                painter.drawPixmap(at, top.grab())
                painter.drawRect(at.x() - 1, at.y() - 1, top.width() + 1, top.height() + 1)
        painter.end()
        return drawn

    def tidy(self) -> None:
        """Before the next scene: dialogs closed, the last word faded."""
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                top.reject()
        self.seen = False
        self.window.activateWindow()
        self.window.notices.clear()
        self.settle()

    # --- what is found in the ward

    @property
    def desk(self) -> Desk:
        return self.window.desk

    def late(self) -> str:
        """A late dossier; in the full ward the one with everything in it."""
        found = progress.find_dossiers(self.desk, STAR, limit=1) or progress.find_dossiers(
            self.desk, only="owed"
        )
        return found[0].code


def _is_due_soon(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS


# --- the table ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """A part of a page in some states; `play` gets there, `who` sits at the desk ("" before anybody
    has logged in).
    """

    page: str
    part: str
    states: tuple[str, ...]
    play: Callable[[Visitor], None]
    who: str = "an"

    def name(self, state: str) -> str:
        return "-".join(filter(None, (self.page, self.part, state)))


SCENES: list[Scene] = []
Play = Callable[[Visitor], None]


def scene(page: str, part: str, *states: str, who: str = "an") -> Callable[[Play], Play]:
    """Puts a scene into the table."""

    def put(play: Play) -> Play:
        SCENES.append(Scene(page, part, states, play, who))
        return play

    return put


def scenes_of(state: str) -> list[Scene]:
    """The scenes of one state, the clerk's first: each change of the official takes a log-in.

    Lessons come last: what they put into the ward is no part of any other picture.
    """
    order = ("", "an", "chi", "dung")
    chosen = (one for one in SCENES if state in one.states)
    return sorted(chosen, key=lambda one: (one.page == "practice", order.index(one.who)))


def page_names() -> tuple[str, ...]:
    """Every page of the window's own list, and what stands beside them."""
    return (*(spec.name for spec in pages.PAGES), *BESIDE)


# Before anybody has logged in.


@scene("first-run", "1", TYPICAL, who="")
def first_province(v: Visitor) -> None:
    v.begin(v.folder / "nothing")


@scene("first-run", "1-none", ERROR, who="")
def first_nothing_found(v: Visitor) -> None:
    v.begin(v.folder / "nothing")
    v.type("Sài Gòn Gia Định", _wizard(v).provinces.field)


@scene("first-run", "2", TYPICAL, who="")
def first_commune(v: Visitor) -> None:
    v.begin(v.folder / "nothing")
    v.type("can tho", _wizard(v).provinces.field)
    v.press("Return")


@scene("first-run", "3", TYPICAL, who="")
def first_desk(v: Visitor) -> None:
    first_commune(v)
    v.type("ninh kieu", _wizard(v).communes.field)
    v.press("Return")


@scene("first-run", "3-code", ERROR, who="")
def first_no_code(v: Visitor) -> None:
    first_desk(v)
    v.press("F9")


@scene("first-run", "4", TYPICAL, who="")
def first_people(v: Visitor) -> None:
    first_desk(v)
    v.write_over("H13.31", _wizard(v).desk.unit_code)
    v.press("F9")


@scene("first-run", "4-password", ERROR, who="")
def first_short_password(v: Visitor) -> None:
    first_people(v)
    clerk = _wizard(v).people.officials[Role.CLERK]
    v.type("Nguyễn Thị Hoài An", clerk["name"])
    v.type("123", clerk["password"])
    v.press("F9")


@scene("first-run", "5", TYPICAL, who="")
def first_summary(v: Visitor) -> None:
    first_people(v)
    for role, name in ((Role.CLERK, "Nguyễn Thị Hoài An"), (Role.ADMINISTRATOR, "Phạm Tiến Dũng")):
        v.type(name, _wizard(v).people.officials[role]["name"])
        v.type(practice.PASSWORD, _wizard(v).people.officials[role]["password"])
    v.press("F9")


def _wizard(v: Visitor) -> Any:
    return v.window.screens.currentWidget()


@scene("login", "start", TYPICAL, FULL, who="")
def login_start(v: Visitor) -> None:
    v.begin(v.folder)


@scene("login", "damaged", ERROR, who="")
def login_damaged(v: Visitor) -> None:
    broken = v.folder / "damaged"
    broken.mkdir(exist_ok=True)
    paths.database_file(broken).write_bytes(b"no database" * 200)
    v.begin(broken)


# The day.


@scene("today", "", EMPTY, TYPICAL, FULL)
def today(v: Visitor) -> None:
    v.page("today")


@scene("today", "late", TYPICAL, FULL)
def today_late(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+4")


@scene("today", "refused", ERROR)
def today_refused(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+5")
    v.page("today").table.setFocus()
    v.press("G")


@scene("tour", "", TYPICAL)
def tour(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+F1")


@scene("palette", "", TYPICAL, FULL)
def palette(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+K")


@scene("palette", "found", TYPICAL, FULL)
def palette_found(v: Visitor) -> None:
    palette(v)
    v.type("ng")


@scene("palette", "nothing", ERROR)
def palette_nothing(v: Visitor) -> None:
    palette(v)
    v.type("zzqx")


@scene("help", "", TYPICAL)
def help_of_page(v: Visitor) -> None:
    v.page("intake")
    v.press("F1")


@scene("help", "numbers", TYPICAL)
def help_numbers(v: Visitor) -> None:
    help_of_page(v)
    v.press("End")


# Intake.


@scene("intake", "", EMPTY, TYPICAL, FULL)
def intake_new(v: Visitor) -> None:
    v.page("intake")


@scene("intake", "nothing-found", ERROR)
def intake_nothing_found(v: Visitor) -> None:
    v.type("zzqx", v.page("intake").procedure.search)
    v.look_at()
    v.press("Ctrl+N")


@scene("intake", "missing", ERROR)
def intake_missing(v: Visitor) -> None:
    v.page("intake").start_anew()
    v.press("F9")
    v.look_at()
    _new_page(v)


@scene("intake", "wrong", ERROR)
def intake_wrong(v: Visitor) -> None:
    page = v.page("intake")
    fields = page.person.fields
    for name, text in (
        ("name", "Lý Ơn"),
        ("id_number", "09219000"),
        ("born", "31/02/1990"),
        ("phone", "0912"),
    ):
        v.type(text, fields[name])
    _procedure(v, "khai sinh")
    v.type("3 ngay", page.procedure.limit)
    v.press("F9")
    v.look_at()
    _new_page(v)


@scene("intake", "no-code", ERROR)
def intake_no_portal_code(v: Visitor) -> None:
    _filled(v)
    v.press("Alt+G")
    v.look_at()
    _new_page(v)


@scene("intake", "card-unread", ERROR)
def intake_card_unread(v: Visitor) -> None:
    v.page("intake")
    v.scan("092190001234|thẻ hỏng|")
    v.look_at()
    _new_page(v)


@scene("intake", "card", TYPICAL, FULL)
def intake_card(v: Visitor) -> None:
    v.page("intake")
    v.scan(_card(v))
    v.look_at()
    _new_page(v)


@scene("intake", "question", TYPICAL, FULL)
def intake_question(v: Visitor) -> None:
    v.page("intake")
    v.scan(_card(v))
    v.scan(_OTHER_CARD)
    v.look_at()
    v.press("Alt+2")
    _new_page(v)


@scene("intake", "organisation", TYPICAL)
def intake_organisation(v: Visitor) -> None:
    v.page("intake")
    v.press("Alt+T")
    v.look_at()
    v.press("Alt+T")


@scene("intake", "date", TYPICAL, FULL)
def intake_date(v: Visitor) -> None:
    _filled(v)
    v.settle()
    v.press("F8")
    v.look_at()
    _new_page(v)


@scene("intake", "late", TYPICAL, FULL)
def intake_late(v: Visitor) -> None:
    _filled(v)
    promise = v.page("intake").promise
    v.press("Alt+M")
    v.type("15:05", promise.received_time)
    v.type("20/11/2026", promise.received_day)
    v.press("Alt+C")
    v.look_at()
    _new_page(v)


@scene("intake", "read-back", TYPICAL, FULL)
def intake_read_back(v: Visitor) -> None:
    _filled(v)
    v.press("F9")
    v.look_at()
    _new_page(v)


@scene("intake", "lacking", TYPICAL)
def intake_lacking(v: Visitor) -> None:
    _filled(v, ticked=False)
    v.question("Alt+Y")
    _new_page(v)


@scene("intake", "refuse", TYPICAL)
def intake_refuse(v: Visitor) -> None:
    _filled(v)
    v.question("Alt+W")
    _new_page(v)


@scene("intake", "accepted", TYPICAL, FULL)
def intake_accepted(v: Visitor) -> None:
    _filled(v)
    v.press("F9")
    v.press("F9")


def _card(v: Visitor) -> str:
    return _LONG_CARD if progress.find_dossiers(v.desk, STAR, limit=1) else CARD


def _filled(v: Visitor, *, ticked: bool = True) -> None:
    """A card, the procedure by a few letters, the papers, the limit."""
    page = v.page("intake")
    v.scan(_card(v))
    _procedure(v, "khai sinh" if _card(v) is CARD else "1.013978")
    if ticked:
        page.procedure.papers.setFocus()
        v.press("A")
    if not page.procedure.limit_row.isHidden():
        v.type("3 ngày làm việc", page.procedure.limit)
        page.promise.note.setFocus()


def _procedure(v: Visitor, letters: str) -> None:
    page = v.page("intake")
    v.type(letters, page.procedure.search)
    v.press("Return")
    v.breathe()


def _new_page(v: Visitor) -> None:
    """What was typed is done with."""
    v.press("Esc")
    page = v.page("intake")
    if not page.form().is_empty:
        page.start_anew()
    v.breathe()


# Dossiers.


@scene("dossiers", "", EMPTY, TYPICAL, FULL)
def dossiers(v: Visitor) -> None:
    v.page("dossiers")


@scene("dossiers", "nothing", ERROR)
def dossiers_nothing(v: Visitor) -> None:
    page = v.page("dossiers")
    v.type("Nguyễn Văn Không Có", page.search)
    v.look_at()
    page.search.selectAll()
    v.press("Backspace")


@scene("dossier", "", TYPICAL, FULL)
def dossier(v: Visitor) -> None:
    v.window.open_dossier(v.late())


@scene("dossier", "date", TYPICAL, FULL)
def dossier_date(v: Visitor) -> None:
    dossier(v)
    v.press("F8")
    v.look_at()
    v.press("F8")


@scene("dossier", "hand-over", TYPICAL, FULL)
def dossier_hand_over(v: Visitor) -> None:
    _open_one(v)
    v.question("B")


@scene("dossier", "request", TYPICAL)
def dossier_request(v: Visitor) -> None:
    _open_one(v)
    v.question("Y")


@scene("dossier", "message", TYPICAL, FULL)
def dossier_message(v: Visitor) -> None:
    dossier(v)
    v.press("M")


@scene("dossier", "stop-reason", ERROR)
def dossier_stop(v: Visitor) -> None:
    _open_one(v, "stop")
    v.question("W", QDialog.accept)


@scene("dossier", "pause-reason", ERROR)
def dossier_pause(v: Visitor) -> None:
    _open_one(v)
    v.question("P", QDialog.accept, QDialog.accept)


@scene("dossier", "mistake", ERROR, who="chi")
def dossier_no_mistake(v: Visitor) -> None:
    _open_one(v, "mistake")
    v.question("F", QDialog.accept)


@scene("dossier", "leader", TYPICAL, FULL, who="chi")
def dossier_leader(v: Visitor) -> None:
    dossier(v)


@scene("dossier", "responsibility", TYPICAL, FULL, who="chi")
def dossier_responsibility(v: Visitor) -> None:
    dossier(v)
    v.question("J")


def _open_one(v: Visitor, act: str = "pause") -> None:
    """A dossier with which this can be done."""
    rows = progress.find_dossiers(v.desk, only="open", order="due", limit=60)
    code = next(
        row.code for row in rows if progress.show_dossier(v.desk, row.code).allowed[act] is None
    )
    v.window.open_dossier(code)
    v.settle()


# Return.


@scene("return", "", EMPTY, TYPICAL, FULL)
def return_list(v: Visitor) -> None:
    v.page("return")


@scene("return", "one", TYPICAL, FULL)
def return_one(v: Visitor) -> None:
    page = v.page("return")
    page.table.setFocus()
    v.press("Return")


@scene("return", "owed", TYPICAL, FULL)
def return_owed(v: Visitor) -> None:
    v.page("return").open(v.late())


@scene("return", "nothing", ERROR)
def return_nothing(v: Visitor) -> None:
    v.type("Nguyễn Văn Không Có", v.page("return").code)
    v.press("Return")


@scene("return", "nobody", ERROR)
def return_nobody(v: Visitor) -> None:
    page = v.page("return")
    v.write_over("\b", page.code)
    page.code.clear()
    v.press("Return")
    page.table.setFocus()
    v.press("Return")
    page.to_name.setFocus()
    page.to_name.selectAll()
    v.press("Backspace")
    v.press("F9")


# Overdue.


@scene("overdue", "", EMPTY, TYPICAL, FULL)
def overdue_list(v: Visitor) -> None:
    v.page("overdue")


@scene("overdue", "letter", TYPICAL, FULL)
def overdue_letter(v: Visitor) -> None:
    v.window.open_letter(v.late())


@scene("overdue", "reason", ERROR)
def overdue_no_reason(v: Visitor) -> None:
    overdue_letter(v)
    v.settle()
    page = v.page("overdue")
    page.open(v.late())
    v.settle()
    v.choose(page.cause, "other")
    page.reason.setFocus()
    v.press("Ctrl+A")
    v.press("Backspace")
    v.press("F9")


@scene("overdue", "rest-day", ERROR)
def overdue_rest_day(v: Visitor) -> None:
    overdue_letter(v)
    page = v.page("overdue")
    page.open(v.late())
    v.settle()
    if not page.dated.isChecked():
        page.dated.setFocus()
        v.press("Space")
    v.choose(page.cause, "volume")
    page.new_due.setFocus()
    for key in ("2", "3"):
        v.press(key)
    v.press("F9")


@scene("overdue", "leader", TYPICAL, FULL, who="chi")
def overdue_leader(v: Visitor) -> None:
    page = v.page("overdue")
    page.waiting.setFocus()
    v.press("Home")
    v.press("Return")


# Registers.


def _register(number: int, v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(number)


_TYPICAL_BOOKS = (0, 6, 7, 9, 11)
for _number in range(len(BOOKS)):
    _states = (TYPICAL, FULL) if _number in _TYPICAL_BOOKS else (FULL,)
    scene("registers", f"{_number + 1:02d}", *((EMPTY,) if _number in (0, 9) else ()), *_states)(
        partial(_register, _number)
    )


@scene("registers", "period", ERROR)
def registers_period(v: Visitor) -> None:
    page = v.page("registers")
    page.books.setCurrentRow(6)
    v.settle()
    v.write_over("32/13/2026", page.first)
    v.press("Return")
    v.look_at()
    v.write_over("01/01/2026", page.first)
    v.press("Return")


@scene("registers", "count", ERROR)
def registers_count(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(11)
    v.settle()

    def many(dialog: QDialog) -> None:
        v.write_over("năm mươi", dialog.findChildren(QLineEdit)[0])
        dialog.accept()

    v.question("Alt+N", many)


@scene("preview", "list", TYPICAL, FULL)
def preview_list(v: Visitor) -> None:
    _register(6, v)
    v.press("F9")


# Courtesy.


@scene("courtesy", "", EMPTY, TYPICAL, FULL)
def courtesy_week(v: Visitor) -> None:
    v.page("courtesy")


@scene("courtesy", "strip", TYPICAL)
def courtesy_strip(v: Visitor) -> None:
    v.page("intake")
    for number in (1, 2, 5):
        v.press(f"Ctrl+{number}")


@scene("courtesy", "strip-empty", ERROR)
def courtesy_nothing_pressed(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+9")


@scene("courtesy", "card", TYPICAL, FULL)
def courtesy_card(v: Visitor) -> None:
    v.page("courtesy")
    v.press("F9")


@scene("courtesy", "leader", EMPTY, TYPICAL, FULL, who="chi")
def courtesy_leader(v: Visitor) -> None:
    page = v.page("courtesy")
    if page.whose.count() > 1:
        v.choose(page.whose, "an")


@scene("courtesy", "observation", TYPICAL, who="chi")
def courtesy_observation(v: Visitor) -> None:
    v.page("courtesy")
    v.press("Alt+Q")


@scene("courtesy", "items", TYPICAL, who="chi")
def courtesy_items(v: Visitor) -> None:
    v.page("courtesy")
    v.press("Alt+S")


@scene("courtesy", "not-seen", ERROR, who="chi")
def courtesy_not_seen(v: Visitor) -> None:
    """A leader asks for a card before its owner has seen it."""
    page = v.page("courtesy")
    v.choose(page.whose, "hanh")


@scene("courtesy", "report", TYPICAL, FULL, who="chi")
def courtesy_report(v: Visitor) -> None:
    v.page("courtesy")
    v.press("Alt+B")


@scene("courtesy", "administrator", TYPICAL, who="dung")
def courtesy_administrator(v: Visitor) -> None:
    v.page("courtesy")


# Hand-over.


@scene("hand-over", "", EMPTY)
def hand_over_empty(v: Visitor) -> None:
    _hand_over(v)


@scene("hand-over", "", TYPICAL, FULL)
def hand_over(v: Visitor) -> None:
    page = _hand_over(v)
    rows = progress.find_dossiers(v.desk, only="open", limit=60)
    for row in rows[: 4 if len(rows) < 40 else 40]:
        page.add(row.code)


@scene("hand-over", "none", ERROR)
def hand_over_none(v: Visitor) -> None:
    _hand_over(v)
    v.press("F9")


@scene("hand-over", "unknown", ERROR)
def hand_over_unknown(v: Visitor) -> None:
    v.type("H13.999-991231-9999", _hand_over(v).code)
    v.press("Return")


def _hand_over(v: Visitor) -> Any:
    return _behind(v, "dossiers", "Alt+B", "hand-over")


# Settings and what lies behind them.


@scene("settings", "", TYPICAL, FULL)
def settings(v: Visitor) -> None:
    v.page("settings")


@scene("settings", "own", TYPICAL)
def settings_own(v: Visitor) -> None:
    _down_to(v, v.page("settings").preference_boxes["text_size"])


@scene("settings", "people", TYPICAL)
def settings_people(v: Visitor) -> None:
    _down_to(v, v.page("settings").role)


@scene("settings", "patience", TYPICAL)
def settings_patience(v: Visitor) -> None:
    v.page("settings")
    box = ProgressBox(_("Kiểm tra sổ cái"), LongWork(), v.window)
    box.show()
    v.look_at()
    box.over()


@scene("settings", "not-allowed", ERROR)
def settings_not_allowed(v: Visitor) -> None:
    page = v.page("settings")
    v.write_over("Quầy khác", page.fields["desk_name"])
    v.press("F9")


@scene("settings", "password", ERROR)
def settings_password(v: Visitor) -> None:
    page = v.page("settings")
    for text, field in (
        (practice.PASSWORD, page.old),
        ("hai-lan", page.new),
        ("khac-nhau", page.again),
    ):
        v.write_over(text, field)
    page.change_password()
    _down_to(v, page.again)


@scene("settings", "wrong", ERROR, who="dung")
def settings_wrong(v: Visitor) -> None:
    page = v.page("settings")
    v.write_over("07:30-25:00", page.hours["mon-fri"])
    v.press("F9")


@scene("settings", "login-taken", ERROR, who="dung")
def settings_login_taken(v: Visitor) -> None:
    page = v.page("settings")
    for text, field in (("an", page.login), ("Lê Thị An", page.name), ("123456", page.first)):
        v.write_over(text, field)
    page.add_official()


def _behind(v: Visitor, page: str, keys: str, name: str) -> Any:
    """A page that is reached from another by its key."""
    v.page(page)
    v.press(keys)
    v.settle()
    return v.window.page(name)


def _down_to(v: Visitor, field: QWidget) -> None:
    field.setFocus()
    v.settle()
    v.page("settings").area.ensureWidgetVisible(field)


@scene("key-card", "", TYPICAL)
def key_card(v: Visitor) -> None:
    v.page("settings")
    v.press("Alt+K")


@scene("city", "", EMPTY, TYPICAL, FULL, who="chi")
def city_page(v: Visitor) -> None:
    v.page("city")


@scene("city", "no-key", ERROR, who="chi")
def city_no_key(v: Visitor) -> None:
    v.page("city")
    v.press("F9")


@scene("calendar", "", EMPTY, TYPICAL, FULL, who="chi")
def calendar_year(v: Visitor) -> None:
    _behind(v, "settings", "Alt+L", "calendar")


@scene("calendar", "document", ERROR, who="chi")
def calendar_no_document(v: Visitor) -> None:
    _behind(v, "settings", "Alt+L", "calendar")
    v.press("F9")


@scene("process", "", EMPTY, TYPICAL, FULL, who="chi")
def process_list(v: Visitor) -> None:
    _behind(v, "settings", "Alt+Q", "process")


@scene("process", "steps", TYPICAL, FULL, who="chi")
def process_steps(v: Visitor) -> None:
    page = _behind(v, "settings", "Alt+Q", "process")
    v.write_over(_STAY, page.search)
    v.press("Return")
    v.press("Return")
    v.settle()
    if not page.steps:
        for name, role in (
            ("Tiếp nhận", Role.CLERK),
            ("Thụ lý", Role.PROCESSOR),
            ("Ký duyệt", Role.LEADER),
        ):
            v.type(name, page.name)
            v.choose(page.role, role.value)
            v.press("Alt+N")


@scene("process", "none", ERROR, who="chi")
def process_none(v: Visitor) -> None:
    _behind(v, "settings", "Alt+Q", "process")
    v.press("F9")


@scene("process", "step-name", ERROR, who="chi")
def process_step_name(v: Visitor) -> None:
    _behind(v, "settings", "Alt+Q", "process")
    v.press("Alt+N")


@scene("scanner", "", TYPICAL)
def scanner(v: Visitor) -> None:
    _behind(v, "settings", "Alt+T", "scanner")


@scene("scanner", "card", TYPICAL)
def scanner_card(v: Visitor) -> None:
    scanner(v)
    v.page("scanner").field.setFocus()
    v.scan(_LONG_CARD)
    v.page("scanner").look()  # as it does by itself after a while of silence


@scene("scanner", "slow", ERROR)
def scanner_slow(v: Visitor) -> None:
    scanner(v)
    v.type("H13.999-261123-0001", v.page("scanner").field, gap=60)
    v.page("scanner").look()


# Print preview.


@scene("preview", "", TYPICAL, FULL)
def preview(v: Visitor) -> None:
    dossier(v)
    v.settle()
    v.press("I")


@scene("preview", "letter", TYPICAL, FULL)
def preview_letter(v: Visitor) -> None:
    rows = overdue.letters(v.desk)
    v.window.preview(rows[-1].row.code, "apology", rows[-1].letter.id)


@scene("preview", "no-printer", ERROR)
def preview_no_printer(v: Visitor) -> None:
    preview(v)
    v.settle()
    v.press("Ctrl+P")


# The citizen's screen.


@scene("mirror", "idle", EMPTY, TYPICAL, FULL)
def mirror_idle(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+M")
    _mirrored(v)


@scene("mirror", "taking-in", TYPICAL, FULL)
def mirror_taking_in(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+M")
    _filled(v)
    _mirrored(v)
    _new_page(v)


@scene("mirror", "date", TYPICAL, FULL)
def mirror_date(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+M")
    _accept(v)
    _mirrored(v)


@scene("mirror", "rating", TYPICAL)
def mirror_rating(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+M")
    _accept(v)
    _mirror(v).go_on()
    _mirrored(v)


@scene("mirror", "return-late", TYPICAL, FULL)
def mirror_return(v: Visitor) -> None:
    """The result of a late dossier was handed over: the question about the apology comes as
    well.
    """
    v.page("return")
    v.press("Ctrl+M")
    desk, code = v.desk, v.late()
    if progress.show_dossier(desk, code).allowed["ready"] is None:
        steps.mark_ready(desk, code)
    v.page("return").open(code)
    v.settle()
    v.press("F9")
    _mirrored(v)


def _accept(v: Visitor) -> None:
    _filled(v)
    v.press("F9")
    v.press("F9")
    v.breathe()


def _mirror(v: Visitor) -> Any:
    return v.window.mirror


def _mirrored(v: Visitor) -> None:
    v.look_at(_mirror(v))
    v.window.toggle_mirror()


# What goes wrong.


@scene("notices", "", ERROR)
def not_saved(v: Visitor) -> None:
    """A paper is saved where nothing can be written."""
    preview(v)
    v.settle()
    shown = v.window.findChildren(PreviewDialog)[-1]
    shown.save(Path("/proc/receipt.pdf"))
    shown.reject()


@scene("crash", "", ERROR)
def crashed(v: Visitor) -> None:
    """A bug in the middle of a job."""
    v.page("today")
    crash.install(v.window)

    def bug() -> date:
        raise ZeroDivisionError

    jobs.run(v.window, bug, lambda _never: None)


# After every other dossier of this state: the next one opened would be refused in its place.
@scene("dossier", "unknown", ERROR, who="dung")
def dossier_unknown(v: Visitor) -> None:
    v.page("today")
    v.scan("H13.999-991231-9999")


# Practice.


@scene("practice", "", EMPTY, TYPICAL)
def lessons_list(v: Visitor) -> None:
    v.page("practice")


@scene("practice", "running", TYPICAL)
def lesson_running(v: Visitor) -> None:
    page = v.page("practice")
    v.type("Nguyễn Thị Ánh Đào", page.trainee)
    page.table.setFocus()
    v.press("F9")
    v.press("F2")
    v.press("Ctrl+G")


@scene("practice", "result", TYPICAL)
def lesson_result(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+B")
    v.settle()
    v.page("practice")


@scene("practice", "wrong-step", ERROR)
def lesson_wrong(v: Visitor) -> None:
    """Lesson 4: a card that arrives broken, then the wrong procedure."""
    page = v.page("practice")
    page.table.setFocus()
    for _lesson in range(3):
        v.press("Down")
    v.press("F9")
    v.press("Ctrl+Q")
    v.press("Ctrl+Q")
    _procedure(v, "1.000656")
    for key in ("Down", "Return"):
        v.press(key)
    v.press("F9")
    v.press("F9")
    v.settle()
    v.press("Esc")


@scene("login", "switch", TYPICAL, FULL)
def login_switch(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+U")
    v.look_at()
    v.press("Esc")


@scene("login", "lock", TYPICAL)
def login_lock(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+L")
    v.look_at()
    v.type(practice.PASSWORD, v.window.login.password)
    v.press("Return")


@scene("login", "password", ERROR)
def login_password(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+U")
    v.type("khong-dung", v.window.login.password)
    v.press("Return")
    v.look_at()
    v.press("Esc")
