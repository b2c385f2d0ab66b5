"""The wards of the gallery, played by actions: empty, typical and full."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import resources
from cchc_desk.actions.catalogue import process
from cchc_desk.actions.city import sending
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import office_calendar, office_settings
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.city import enrolment, news, office
from cchc_desk.city.parcels import receive
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.dossiers.dossier import How, PaperCount
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.session import Desk
from cchc_desk.sync import usb_file
from tools.bench.ward import fill
from tools.gallery.papers import (
    LONG_NAME,
    LONG_REASON,
    SHORT,
    Ward,
    papers,
    sample_intake,
    variants,
)
from ui.practice_morning import MORNING

EMPTY, TYPICAL, FULL, ERROR = STATES = ("empty", "typical", "full", "error")
ONE = "one"  # with one dossier: of the pages that count
STAY = "1.004222"


def empty_ward(folder: Path) -> None:
    """Make a ward with nothing in it yet."""
    practice.make_practice_ward(folder, 0, clock=lambda: MORNING).close()


def one_dossier_ward(folder: Path) -> None:
    """Make a ward with one dossier, taken in this morning."""
    desk = practice.make_practice_ward(folder, 0, clock=lambda: MORNING)
    desk.official = _with_role(desk, Role.CLERK)
    intake.accept_dossier(desk, sample_intake(long=False))
    desk.close()


def typical_ward(folder: Path) -> None:
    """Make the practice ward as shipped, and a year that waits for its second person."""
    desk = practice.make_practice_ward(folder, 60, seed=4, clock=lambda: MORNING)
    _enter_next_year(desk, "Thông báo 1234/TB-BNV ngày 20/11/2026")
    with_a_city(
        desk, (("Họp giao ban tháng 12", "8 giờ thứ Hai ngày 30/11/2026, mời lãnh đạo phường dự."),)
    )
    desk.close()


def full_ward(folder: Path) -> None:
    """Fill a year of dossiers, with every printable thing in long data, many late, every pause."""
    ward = Ward(folder, datetime(2026, 9, 7, 8, 0), real=False)
    desk = ward.desk
    desk.database.wait_for_disk(False)
    fill(desk, 300, 1)
    desk.clock = lambda: ward.now
    for _paper in (*papers(ward, long=True), *variants(ward, long=True)):
        pass  # made for what the ward has lived through by then
    _set_up_long(ward)
    _weeks(ward)
    _many_late(ward)
    _every_pause(ward)
    ward.now = MORNING
    _enter_next_year(
        desk,
        "Quyết định của Ủy ban nhân dân thành phố Cần Thơ về nghỉ lễ, tết, hoán đổi ngày làm việc",
    )
    with_a_city(desk, tuple((f"{LONG_REASON} ({n})", LONG_REASON) for n in range(1, 13)))
    desk.database.wait_for_disk(True)
    desk.close()


def _set_up_long(ward: Ward) -> None:
    """Give the ward long names: of an official, of the desk, of the steps of a process."""
    desk = ward.desk
    ward.at_the_desk("dung")
    accounts.add_official(
        desk,
        NewOfficial(
            "nguyen", LONG_NAME, Role.PROCESSOR, "Công chức Tư pháp – Hộ tịch", practice.PASSWORD
        ),
    )
    office_settings.change_settings(
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
    process.set_process(desk, STAY, many)


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
    """Take in forty without power, most of them late by now, in every stage of an apology."""
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
    drafts = letters.draft_what_is_owed(desk)
    letters.give_reason(desk, [one.id for one in drafts[::2] if not one.reason], "volume")
    ward.at_the_desk("chi")
    for row in letters.letters(desk)[::3]:
        if row.letter.number is None and row.letter.reason:
            letters.sign_letter(desk, row.letter.id)
    for late in progress.find_dossiers(desk, only="late", limit=6):
        responsibility.fix_responsibility(desk, late.code, "own-error", "nguyen", own_fault=True)


def _every_pause(ward: Ward) -> None:
    """Add a dossier that stood still for every reason, was late, apologised for, and late again."""
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
    letter = letters.draft_apology(
        desk, code, "other", letters.propose_new_due(desk, code), LONG_REASON, "nguyen", True
    )
    letters.sign_letter(desk, letter.id)
    steps.pause(desk, code, PauseKind.OPINION, LONG_REASON)


STAR = "Hợp tác xã Nông nghiệp Dịch vụ Thủy sản và Du lịch sinh thái Cồn Sơn – Cồn Ấu"


def _enter_next_year(desk: Desk, document: str) -> None:
    desk.official = _with_role(desk, Role.ADMINISTRATOR)
    year = MORNING.year
    office_calendar.enter_year(desk, year, document, office_calendar.year_in_force(desk, year)[1:])
    desk.official = None


def _with_role(desk: Desk, role: Role) -> Official:
    return next(person for person in accounts.list_officials(desk) if person.role is role)


def with_a_city(desk: Desk, messages: Sequence[tuple[str, str]]) -> None:
    """Enrol the desk; everything went by a stick, messages and a catalogue came back, no line."""
    desk.official = _with_role(desk, Role.LEADER)
    office_settings.change_settings(desk, {"city_minutes": 0})
    with TemporaryDirectory() as folder:
        data, stick = Path(folder, "city"), Path(folder, "stick.cchc")
        data.mkdir()
        office.found_city(
            data, "Thành phố Cần Thơ", "http://127.0.0.1:9", practice=True
        ).database.close()
        city = office.open_city(data, lambda: MORNING)
        enrolment.add_ward(city, desk.settings["unit_code"], desk.settings["unit_name"], "gallery")
        sending.enrol(desk, enrolment.invite(city, desk.settings["unit_code"], "gallery"))
        row = next(csv.DictReader(io.StringIO(resources.read_text("catalogue/procedures.csv"))))
        rows = [row | {"effective_from": "2026-12-01", "limit_direct": "2 ngày làm việc"}]
        news.publish(city, "catalogue", "Danh mục thủ tục từ 01/12/2026", {"rows": rows}, "gallery")
        for title, text in messages:
            news.publish(city, "message", title[:200], {"text": text}, "gallery")
        sending.write_bag(desk, stick)
        usb_file.write_bag(stick, receive.take_file(city, usb_file.read_bag(stick)).lines)
        sending.take_bag(desk, stick)
        city.database.close()
    desk.official = None


WARDS: dict[str, Callable[[Path], None]] = {
    EMPTY: empty_ward,
    ONE: one_dossier_ward,
    TYPICAL: typical_ward,
    FULL: full_ward,
}


def ward_of(state: str) -> str:
    """Return the ward for a state; refusals are drawn in a typical one."""
    return TYPICAL if state == ERROR else state
