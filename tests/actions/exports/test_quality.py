"""Quality of the data: no check cries wolf on a healthy ward, each finds exactly its own fault."""

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zlib import crc32

import pytest

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import correct, forwarding, reminders, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.exports import quality
from cchc_desk.actions.intake import before_acceptance, certify, intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.lists import matching, taking
from cchc_desk.actions.people import people
from cchc_desk.domain import quality as checks
from cchc_desk.domain.dossiers.dossier import OPEN, Dossier, How, LetterKind
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.law.procedure import Channel, ProcessStep
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.quality import CHECKS, TOUCHED, Bounds, Check
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests import recount
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings, make_intake
from tests.actions.dossiers.test_figures import random_ward
from tests.engines import by_hand, copy_desk

BIRTH, WITH_STEPS, COPIES = "1.001193", "1.007919", "2.000815"
YEAR = date(2026, 1, 1), date(2026, 12, 31)
HEADINGS = (
    "Số hồ sơ", "Tên thủ tục hành chính", "Tên lĩnh vực", "Phòng ban", "Ngày tiếp nhận",
    "Ngày hẹn trả", "Ngày kết thúc xử lý", "Cơ quan/đơn vị", "Chủ hồ sơ", "Số điện thoại",
    "Cán bộ xử lý hiện tại", "Trạng thái hồ sơ",
)  # fmt: skip
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A dossier as the province's list names it."""

    code: str
    name: str
    due: str = "27/11/2026 16:00:00"
    received: str = "18/11/2026 08:10:00"
    done: str = ""
    status: str = "Đang xử lý"
    procedure: str = "Thủ tục đăng ký khai sinh"


WATCHED = Row("H13.132-261118-0101", "Lý Văn Theo Dõi")
# Done on the day of its receipt: the list names no hour.
DONE = Row("H13.132-261118-0102", "Hồ Thị Xong", done="18/11/2026", status="Đã xử lý xong")
ALL_DAY = Row("H13.132-261118-0103", "Hồ Văn Ngày", due="30/11/2026")
ALWAYS = (WATCHED, DONE, ALL_DAY)


def take(desk: Desk, *rows: Row) -> None:
    """Takes the province's list of these dossiers, and of those that are always in it."""
    file = desk.folder / f"ds-{random.Random(repr(rows)).randrange(10**9)}.csv"
    named = {row.code: row for row in (*ALWAYS, *rows)}
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(HEADINGS)
        for row in named.values():
            lines.writerow(
                [row.code, row.procedure, "Hộ tịch", "UBND phường", row.received, row.due, row.done,
                 "UBND phường", row.name, "", "Nguyễn Thị Hoài An", row.status]
            )  # fmt: skip
    become(desk, "an")
    taking.take_list(desk, file)


class Ward:
    """A desk whose people do what a test says, at the moment it says."""

    def __init__(self, desk: Desk, clock: TableClock) -> None:
        self.desk, self.clock = desk, clock

    def at(self, moment: str) -> None:
        self.clock.now = datetime.fromisoformat(f"2026-{moment}")

    def accept(
        self, name: str, limit: str = "10 ngày làm việc", person: str = "", **other: object
    ) -> str:
        """Takes a dossier in; everybody has a number of their own."""
        number = person or f"092190{crc32(name.encode()) % 10**6:06d}"
        become(self.desk, "an")
        wanted = make_intake(name, limit, id_number=number, **other)
        return intake.accept_dossier(self.desk, wanted).code

    def ready(self, code: str, *, returned: bool = True) -> None:
        become(self.desk, "an")
        steps.mark_ready(self.desk, code)
        if returned:
            steps.return_result(self.desk, code, Return("Người Nhận"))

    def hand_over(self, code: str, to: str, step: str = "") -> None:
        become(self.desk, "an")
        steps.hand_over(self.desk, [code], to, step_name=step)

    def letter(
        self, code: str, new_due: datetime | None, *, delivered: bool = True, who: str | None = None
    ) -> None:
        """A letter of apology is drafted, signed and handed over."""
        become(self.desk, "an")
        drafted = letters.draft_apology(self.desk, code, "volume", new_due, "", who)
        become(self.desk, "chi")
        letters.sign_letter(self.desk, drafted.id)
        if delivered:
            letters.deliver_letter(self.desk, drafted.id, How.COUNTER)

    def by_hand(self, sql: str, *values: object) -> None:
        """Somebody changes rows of the database without the program."""
        with by_hand(self.desk.folder) as connection:
            connection.execute(sql, values)

    def code_of(self, name: str) -> str:
        sql = "SELECT d.code FROM dossiers d JOIN applicants a ON a.dossier = d.n WHERE a.name = ?"
        with self.desk.database.read() as connection:
            ((code,),) = run(connection, sql, (name,)).fetchall()
        return str(code)

    def open(self, origin: Origin = Origin.ALL) -> dict[str, Codes]:
        """What the checks find that count anything; each alone finds as many as all together."""
        become(self.desk, "chi")
        rows = quality.checks(self.desk, *YEAR, origin)
        assert [row.check for row in rows] == list(CHECKS)
        counts = {row.check: row.open for row in rows if row.open}
        found = {check: quality.found(self.desk, check, *YEAR, origin) for check in counts}
        assert counts == {check: len(codes) for check, codes in found.items()}
        return {check.name: codes for check, codes in found.items()}


def live(ward: Ward) -> None:
    """Three weeks at a desk at which all is done as it should be."""
    desk = ward.desk
    ward.at("11-02T08:00")
    become(desk, "chi")
    process.set_process(
        desk,
        WITH_STEPS,
        [
            ProcessStep("Tiếp nhận", "clerk", minutes=30),
            ProcessStep("Thẩm định", "processor", minutes=480),
            ProcessStep("Ký duyệt", "leader", minutes=240),
            ProcessStep("Trả kết quả", "clerk", minutes=30),
        ],
    )
    for day, name in (("02T08:30", "Mai Sớm"), ("03T09:00", "Mai Ba"), ("03T14:00", "Mai Tư")):
        ward.at(f"11-{day}")
        code = ward.accept(name, "1 ngày làm việc")
        ward.at(f"11-{day[:2]}T16:00")
        ward.ready(code)
    ward.at("11-04T08:00")
    walked = ward.accept("Phan Đủ Bước", procedure=WITH_STEPS)
    for to, step in (("binh", "Thẩm định"), ("chi", "Ký duyệt")):
        ward.hand_over(walked, to, step)
    ward.ready(walked)
    broken_off = [ward.accept(name) for name in ("Lê Rút", "Lê Dừng", "Lê Hủy", "Lê Chưa Lấy")]
    become(desk, "an")
    steps.withdraw(desk, broken_off[0], "Không cần nữa")
    steps.stop(desk, broken_off[1], "Không đủ căn cứ")
    correct.cancel(desk, broken_off[2], "Nhập nhầm")
    ward.ready(broken_off[3], returned=False)
    become(desk, "chi")
    certify.certify(
        desk,
        certify.Request(
            COPIES,
            Applicant(ApplicantKind.PERSON, "Võ Chứng Thực"),
            (certify.ToCertify("Giấy khai sinh", 3),),
            "chi",
        ),
    )
    ward.at("11-05T08:00")
    late = ward.accept("Trần Trễ", "1 ngày làm việc")
    apologised = ward.accept("Trần Hẹn Lại", "1 ngày làm việc")
    ward.at("11-09T09:00")
    ward.letter(apologised, datetime(2026, 11, 12, 9, 0))
    become(desk, "chi")
    responsibility.fix_responsibility(desk, apologised, "volume", "binh", own_fault=False)
    ward.at("11-11T09:00")
    ward.ready(late)
    ward.ready(apologised)
    ward.letter(late, None)
    become(desk, "chi")
    responsibility.fix_responsibility(desk, late, "volume", "binh", own_fault=False)
    ward.at("11-16T08:00")
    register_online(ward, "H13.999-261116-0077")
    online = ward.accept("Đỗ Trực Tuyến", channel=Channel.ONLINE, portal_code="H13.999-261116-0077")
    for_others = ward.accept("Đỗ Nhận Thay", for_agency="UBND phường Cái Răng")
    become(desk, "an")
    forwarding.forward(desk, for_others)
    forwarding.agency_received(desk, for_others)
    ward.hand_over(online, "binh")
    asked = ward.accept("Bùi Bổ Sung")
    become(desk, "binh")
    steps.request_supplement(desk, asked, "Thiếu bản sao")
    steps.tell_supplement(desk, asked, How.PHONE)
    brought = ward.accept("Bùi Đã Bổ Sung")
    become(desk, "an")
    steps.request_supplement(desk, brought, "Thiếu chữ ký")
    ward.at("11-18T08:00")
    become(desk, "an")
    steps.supplement_brought(desk, brought)
    paused = ward.accept("Bùi Chờ Ý Kiến")
    steps.pause(desk, paused, PauseKind.OPINION, "Chờ Công an phường")
    steps.oblige(desk, ward.accept("Bùi Nộp Thuế"), "Lệ phí trước bạ")
    reminders.remind(desk, paused, Asker.CITIZEN, How.PHONE)
    reminders.answer(desk, paused, "Chờ ý kiến đến thứ Sáu")
    ward.at("11-20T08:00")
    take(desk)
    ward.at("11-20T16:00")
    for name in ("Ngô Một", "Ngô Hai", "Ngô Ba"):
        ward.accept(name)
    ward.clock.now = MONDAY


def register_online(ward: Ward, portal_code: str) -> None:
    become(ward.desk, "an")
    wanted = make_intake("Đỗ Trực Tuyến", channel=Channel.ONLINE)
    before_acceptance.register_online(ward.desk, wanted, portal_code, ward.desk.now())


@pytest.fixture(scope="module")
def healthy(ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ward at which all is as it should be, made once."""
    folder, clock = tmp_path_factory.mktemp("healthy"), TableClock()
    copy_desk(ward, folder)
    opened = opening.open_desk(folder, clock)
    live(Ward(opened, clock))
    opened.close()
    return folder


@pytest.fixture
def lived(healthy: Path, tmp_path: Path, clock: TableClock) -> Iterator[Ward]:
    copy_desk(healthy, tmp_path)
    opened = opening.open_desk(tmp_path, clock)
    yield Ward(opened, clock)
    opened.close()


# --- nothing is wrong -----------------------------------------------------------------------------


def test_a_healthy_ward_has_nothing_open(lived: Ward) -> None:
    for origin in Origin:
        assert lived.open(origin) == {}


def test_there_are_twenty_checks_and_more_each_said_shortly_and_by_a_name_of_its_own() -> None:
    assert len(CHECKS) == len({check.name for check in CHECKS}) >= 20
    assert set(CHECKS) == {one for one in vars(checks).values() if isinstance(one, Check)}
    assert max(len(check.title) for check in CHECKS) <= 60
    assert max(len(check.what_to_do) for check in CHECKS) <= 120


def test_of_the_practice_ward_only_what_its_scenes_left_open_is_found(
    usual_ward: Path, tmp_path: Path, clock: TableClock
) -> None:
    copy_desk(usual_ward, tmp_path)
    desk = opening.open_desk(tmp_path, clock)
    found = Ward(desk, clock).open()
    assert {name: len(codes) for name, codes in found.items()} == {
        "supplement-not-told": 1,
        "long-overdue": 1,  # of 2020, its letter too
        "no-letter": 3,
        "letter-undelivered": 1,
        "no-responsibility": 1,
    }
    desk.close()


# --- one fault of each kind -----------------------------------------------------------------------


def received_in_future(ward: Ward) -> Codes:
    ward.at("11-26T09:00")
    return (ward.accept("Một Người"),)


def finished_in_future(ward: Ward) -> Codes:
    ward.at("11-25T09:00")
    ward.ready(code := ward.code_of("Ngô Hai"))
    return (code,)


def finished_before_received(ward: Ward) -> Codes:
    code = ward.accept("Một Người")
    ward.at("11-20T09:00")
    ward.ready(code, returned=False)
    return (code,)


def returned_before_ready(ward: Ward) -> Codes:
    ward.ready(code := ward.code_of("Ngô Hai"), returned=False)
    ward.at("11-20T17:00")
    become(ward.desk, "an")
    steps.return_result(ward.desk, code, Return("Người Nhận"))
    return (code,)


def returned_before_ready_in_a_list(ward: Ward) -> Codes:
    ward.by_hand(
        "UPDATE dossiers SET returned = '2026-11-17T00:00', status = 10 WHERE code = ?", DONE.code
    )
    return (DONE.code,)


def due_before_received(ward: Ward) -> Codes:
    code = ward.code_of("Mai Ba")  # due on the 4th at 9
    ward.by_hand(
        "UPDATE dossiers SET accepted = '2026-11-04T14:00', ready = '2026-11-04T15:00', "
        "returned = '2026-11-04T15:00', closed = '2026-11-04T15:00' WHERE code = ?",
        code,
    )
    return (code,)


def done_without_date(ward: Ward) -> Codes:
    ward.by_hand("UPDATE dossiers SET status = 9 WHERE code = ?", code := ward.code_of("Ngô Hai"))
    return (code,)


def returned_without_date(ward: Ward) -> Codes:
    code = ward.code_of("Lê Chưa Lấy")
    ward.by_hand("UPDATE dossiers SET status = 10 WHERE code = ?", code)
    return (code,)


def stopped_without_date(ward: Ward) -> Codes:
    ward.by_hand("UPDATE dossiers SET status = 8 WHERE code = ?", code := ward.code_of("Ngô Hai"))
    return (code,)


def ready_and_withdrawn(ward: Ward) -> Codes:
    code = ward.code_of("Lê Rút")
    ward.by_hand("UPDATE dossiers SET ready = ended WHERE code = ?", code)
    return (code,)


def cancelled_with_result(ward: Ward) -> Codes:
    code = ward.code_of("Lê Hủy")
    ward.by_hand("UPDATE dossiers SET ready = cancelled WHERE code = ?", code)
    return (code,)


def open_with_end(ward: Ward) -> Codes:
    ward.by_hand("UPDATE dossiers SET status = 4 WHERE code = ?", code := ward.code_of("Mai Ba"))
    return (code,)


def closed_unfinished(ward: Ward) -> Codes:
    code = ward.code_of("Ngô Hai")
    ward.by_hand("UPDATE dossiers SET closed = '2026-11-21T09:00' WHERE code = ?", code)
    return (code,)


def damaged(ward: Ward) -> Codes:
    ward.by_hand("UPDATE dossiers SET status = 77 WHERE code = ?", code := ward.code_of("Ngô Hai"))
    return (code,)


def rest_day_promise(ward: Ward) -> Codes:
    row = Row("H13.132-261118-0200", "Cao Văn Bảy", due="05/12/2026 16:00:00")  # a Saturday
    take(ward.desk, row)
    return (row.code,)


def due_against_promise(ward: Ward) -> Codes:
    code = ward.code_of("Ngô Hai")
    ward.by_hand(
        "UPDATE dossiers SET first_due = '2026-12-30T16:00', due = '2026-12-30T16:00', "
        "last_minute = '2026-12-30T23:59' WHERE code = ?",
        code,
    )
    return (code,)


def reappointed_twice(ward: Ward) -> Codes:
    code = ward.code_of("Trần Hẹn Lại")
    ward.by_hand(
        "INSERT INTO promises (dossier, ordinal, made, due, provisional, calendar_version, letter) "
        "SELECT p.dossier, 3, p.made, p.due, p.provisional, p.calendar_version, p.letter "
        "FROM promises p JOIN dossiers d ON d.n = p.dossier WHERE p.ordinal = 2 AND d.code = ?",
        code,
    )
    return (code,)


def reappointed_without_letter(ward: Ward) -> Codes:
    code = ward.code_of("Trần Hẹn Lại")
    ward.by_hand(
        "UPDATE letters SET signed = NULL WHERE dossier = (SELECT n FROM dossiers WHERE code = ?)",
        code,
    )
    return (code,)


def pause_moments(ward: Ward) -> Codes:
    ward.at("11-25T09:00")
    become(ward.desk, "binh")
    steps.pause(ward.desk, code := ward.code_of("Ngô Hai"), PauseKind.FIELD_CHECK, "Xem thực địa")
    return (code,)


def clock_stands(ward: Ward) -> Codes:
    code = ward.code_of("Ngô Hai")
    ward.by_hand("UPDATE dossiers SET paused_since = '2026-11-21T09:00' WHERE code = ?", code)
    return (code,)


def state_without_request(ward: Ward) -> Codes:
    ward.by_hand("UPDATE dossiers SET status = 5 WHERE code = ?", code := ward.code_of("Ngô Hai"))
    return (code,)


def pause_after_end(ward: Ward) -> Codes:
    become(ward.desk, "binh")
    steps.pause(ward.desk, WATCHED.code, PauseKind.FIELD_CHECK, "Xem thực địa")
    take(ward.desk, replace(WATCHED, done="23/11/2026 09:00:00", status="Đã xử lý xong"))
    return (WATCHED.code,)


def supplement_not_told(ward: Ward) -> Codes:
    ward.at("11-20T17:00")
    become(ward.desk, "binh")
    steps.request_supplement(ward.desk, code := ward.code_of("Ngô Hai"), "Thiếu bản sao")
    return (code,)


def no_holder(ward: Ward) -> Codes:
    become(ward.desk, "dung")
    people.switch(ward.desk, "binh", active=False)
    return (ward.code_of("Đỗ Trực Tuyến"),)


def step_missing(ward: Ward) -> Codes:
    code = ward.accept("Một Người", procedure=WITH_STEPS)
    ward.hand_over(code, "binh", "Thẩm định")
    ward.ready(code)
    return (code,)


def not_forwarded(ward: Ward) -> Codes:
    ward.at("11-20T09:00")
    return (ward.accept("Một Người", for_agency="UBND phường Cái Răng"),)


def long_overdue(ward: Ward) -> Codes:
    ward.at("08-03T09:00")
    code = ward.accept("Một Người", "1 ngày làm việc")
    ward.at("08-10T09:00")
    ward.letter(code, datetime(2026, 12, 15, 9, 0))
    return (code,)


def reminder_unanswered(ward: Ward) -> Codes:
    ward.at("11-17T09:00")
    become(ward.desk, "an")
    reminders.remind(ward.desk, code := ward.code_of("Đỗ Nhận Thay"), Asker.CITIZEN, How.PHONE)
    return (code,)


def no_letter(ward: Ward) -> Codes:
    ward.at("11-16T09:00")
    return (ward.accept("Một Người", "1 ngày làm việc"),)


def no_second_letter(ward: Ward) -> Codes:
    (code,) = no_letter(ward)
    ward.at("11-18T09:00")
    ward.letter(code, datetime(2026, 11, 20, 9, 0))
    return (code,)


def letter_undelivered(ward: Ward) -> Codes:
    (code,) = no_letter(ward)
    ward.at("11-18T09:00")
    ward.letter(code, datetime(2026, 11, 27, 9, 0), delivered=False)
    return (code,)


def no_responsibility(ward: Ward) -> Codes:
    """The letter names the leader, who cannot decide about herself."""
    (code,) = no_letter(ward)
    ward.at("11-18T09:00")
    ward.ready(code)
    ward.letter(code, None, who="chi")
    return (code,)


def number_of_two(ward: Ward) -> Codes:
    ward.at("11-20T17:00")
    first = ward.accept("Đinh Thị Một", person="092190777777")
    return (first, ward.accept("Đinh Thị Hai", person="092190777777"))


def number_length(ward: Ward) -> Codes:
    return (ward.accept("Một Người", person="09219012345"),)


def number_and_birth(ward: Ward) -> Codes:
    """The number is that of a man born in 1985; the first of them is one."""
    said = ((date(1985, 5, 2), "Nam"), (date(1986, 5, 2), ""), (None, "Nữ"))
    codes = []
    for number, (born, sex) in enumerate(said):
        person = ApplicantKind.PERSON
        who = Applicant(person, f"Người Thứ {number}", f"09208512345{number}", born, sex)
        become(ward.desk, "an")
        wanted = make_intake(limit="10 ngày làm việc", applicant=who)
        codes.append(intake.accept_dossier(ward.desk, wanted).code)
    return tuple(codes[1:])


def counted_twice(ward: Ward) -> Codes:
    row = Row("H13.132-261120-0300", "NGÔ HAI", received="20/11/2026 15:50:00")
    row = replace(row, due="04/12/2026 16:00:00")
    take(ward.desk, row)
    return (row.code, ward.code_of("Ngô Hai"))


def no_field(ward: Ward) -> Codes:
    row = Row("H13.132-261118-0400", "Cao Văn Bảy", procedure="Việc không có trong danh mục")
    take(ward.desk, row)
    return (row.code,)


def channel_and_code(ward: Ward) -> Codes:
    return (ward.accept("Một Người", channel=Channel.ONLINE),)


def registration_unanswered(ward: Ward) -> Codes:
    ward.at("11-18T09:00")
    register_online(ward, "H13.999-261118-0500")
    return ("H13.999-261118-0500",)


def list_vanished(ward: Ward) -> Codes:
    row = Row("H13.132-261118-0600", "Cao Văn Bảy")
    take(ward.desk, row)
    ward.clock.now += timedelta(minutes=5)
    take(ward.desk, Row("H13.132-261118-0601", "Cao Văn Tám"))
    return (row.code,)


def list_due(ward: Ward) -> Codes:
    take(ward.desk, replace(WATCHED, due="30/11/2026"))
    return (WATCHED.code,)


def list_done(ward: Ward) -> Codes:
    take(ward.desk, replace(WATCHED, status="Đã xử lý xong"))
    return (WATCHED.code,)


def own_done_in_a_list(ward: Ward) -> Codes:
    code, theirs = ward.code_of("Ngô Hai"), "H13.132-261120-0700"
    become(ward.desk, "an")
    matching.join_code(ward.desk, code, theirs)
    row = Row(theirs, "Ngô Hai", "07/12/2026", "20/11/2026 15:50:00", "23/11/2026 08:00:00")
    take(ward.desk, replace(row, status="Đã xử lý xong"))
    return (code,)


def list_done_early(ward: Ward) -> Codes:
    take(ward.desk, replace(WATCHED, done="10/11/2026 09:00:00", status="Đã xử lý xong"))
    return (WATCHED.code,)


def number_gaps(ward: Ward) -> Codes:
    become(ward.desk, "an")
    slip = steps.request_supplement(ward.desk, ward.code_of("Ngô Hai"), "Thiếu bản sao")
    ward.by_hand("UPDATE slips SET number = ? WHERE id = ?", slip.number + 2, slip.id)
    missing = slip.number, slip.number + 1
    return tuple(f"{number:02d}/{slip.symbol} (2026)" for number in missing)


def code_gaps(ward: Ward) -> Codes:
    last = ward.code_of("Ngô Ba")  # the third of its day
    ward.by_hand("UPDATE dossiers SET code = ? WHERE code = ?", f"{last[:-1]}5", last)
    return (last, f"{last[:-1]}4")


FAULTS: tuple[tuple[Check, Callable[[Ward], Codes]], ...] = (
    (checks.RECEIVED_IN_FUTURE, received_in_future),
    (checks.FINISHED_IN_FUTURE, finished_in_future),
    (checks.FINISHED_BEFORE_RECEIVED, finished_before_received),
    (checks.RETURNED_BEFORE_READY, returned_before_ready),
    (checks.RETURNED_BEFORE_READY, returned_before_ready_in_a_list),
    (checks.DUE_BEFORE_RECEIVED, due_before_received),
    (checks.DONE_WITHOUT_DATE, done_without_date),
    (checks.DONE_WITHOUT_DATE, returned_without_date),
    (checks.DONE_WITHOUT_DATE, stopped_without_date),
    (checks.OPEN_WITH_END, open_with_end),
    (checks.OPEN_WITH_END, ready_and_withdrawn),
    (checks.OPEN_WITH_END, cancelled_with_result),
    (checks.CLOSED_UNFINISHED, closed_unfinished),
    (checks.DAMAGED, damaged),
    (checks.REST_DAY_PROMISE, rest_day_promise),
    (checks.DUE_AGAINST_PROMISE, due_against_promise),
    (checks.REAPPOINTED_TWICE, reappointed_twice),
    (checks.REAPPOINTED_WITHOUT_LETTER, reappointed_without_letter),
    (checks.PAUSE_MOMENTS, pause_moments),
    (checks.CLOCK_STANDS, clock_stands),
    (checks.STATE_WITHOUT_REQUEST, state_without_request),
    (checks.PAUSE_AFTER_END, pause_after_end),
    (checks.SUPPLEMENT_NOT_TOLD, supplement_not_told),
    (checks.NO_HOLDER, no_holder),
    (checks.STEP_MISSING, step_missing),
    (checks.NOT_FORWARDED, not_forwarded),
    (checks.LONG_OVERDUE, long_overdue),
    (checks.REMINDER_UNANSWERED, reminder_unanswered),
    (checks.NO_LETTER, no_letter),
    (checks.NO_LETTER, no_second_letter),
    (checks.LETTER_UNDELIVERED, letter_undelivered),
    (checks.NO_RESPONSIBILITY, no_responsibility),
    (checks.NUMBER_OF_TWO, number_of_two),
    (checks.NUMBER_LENGTH, number_length),
    (checks.NUMBER_AND_BIRTH, number_and_birth),
    (checks.COUNTED_TWICE, counted_twice),
    (checks.NO_FIELD, no_field),
    (checks.CHANNEL_AND_CODE, channel_and_code),
    (checks.REGISTRATION_UNANSWERED, registration_unanswered),
    (checks.LIST_VANISHED, list_vanished),
    (checks.LIST_DUE, list_due),
    (checks.LIST_DONE, list_done),
    (checks.LIST_DONE, own_done_in_a_list),
    (checks.LIST_DONE_EARLY, list_done_early),
    (checks.NUMBER_GAPS, number_gaps),
    (checks.CODE_GAPS, code_gaps),
)


def test_every_check_has_its_fault() -> None:
    assert {check for check, _fault in FAULTS} == set(CHECKS)


@pytest.mark.parametrize(("check", "fault"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_fault_is_found_by_its_own_check_alone(
    lived: Ward, check: Check, fault: Callable[[Ward], Codes]
) -> None:
    expected = fault(lived)
    lived.clock.now = MONDAY
    assert {name: set(codes) for name, codes in lived.open().items()} == {check.name: set(expected)}


# --- random lives ---------------------------------------------------------------------------------


def letters_signed(dossier: Dossier) -> int:
    return sum(one.signed is not None for one in dossier.letters if one.kind is LetterKind.LATE)


def by_rules(dossiers: Iterable[Dossier], now: datetime) -> dict[Check, set[str]]:
    """What the checks find that a random life leaves open, dossier by dossier in plain Python."""
    found: dict[Check, set[str]] = {check: set() for check in CHECKS}
    counted = [one for one in dossiers if not one.cancelled]
    for one in counted:
        owed = recount.letters_owed(one, now)
        delivered = sum(letter.delivered is not None for letter in one.late_letters)
        if owed:
            signed = letters_signed(one) >= delivered + owed
            found[checks.LETTER_UNDELIVERED if signed else checks.NO_LETTER].add(one.code)
            if owed == 1 and not signed:
                assert letters_signed(one) == delivered
        fixed = one.responsibility
        nobody = fixed is None or (
            any(letter.responsible for letter in one.late_letters)
            if fixed.official is None
            else not fixed.decided
        )
        if one.finished and recount.is_late(one, now) and nobody:
            found[checks.NO_RESPONSIBILITY].add(one.code)
        asked = one.open_request
        if one.status in OPEN and asked and asked.told is None and asked.began.date() < now.date():
            found[checks.SUPPLEMENT_NOT_TOLD].add(one.code)
        if one.taken_in and (one.channel is Channel.ONLINE) is not bool(one.portal_code):
            found[checks.CHANNEL_AND_CODE].add(one.code)
    names = {one.applicant.name for one in counted}  # all of them have one number
    if len(names) > 1:
        found[checks.NUMBER_OF_TWO] = {one.code for one in counted}
    return found


@pytest.mark.parametrize("seed", range(8))
def test_of_a_random_ward_a_plain_recount_finds_the_same(ward: Path, seed: int) -> None:
    with random_ward(ward, random.Random(seed)) as desk:
        become(desk, "chi")
        now, dossiers = desk.now(), recount.whole(desk)
        expected = by_rules(dossiers, now)
        waiting = {
            line.reminder.code for line in reminders.waiting(desk) if line.reminder.is_overdue(now)
        }
        expected[checks.REMINDER_UNANSWERED] = waiting
        period = date(2026, 1, 1), date(2027, 12, 31)
        parts = [
            {check: set(quality.found(desk, check, *period, origin)) for check in CHECKS}
            for origin in Origin
        ]
    assert parts[0] == expected
    within = Bounds.of_days(*period, now)
    for check in CHECKS:
        if check.condition:
            holds, touched = check.condition.holds, TOUCHED.holds
            asked = {
                one.code
                for one in dossiers
                if holds(one, within) and (check.whole_ward or touched(one, within))
            }
            assert asked == parts[0][check]
        assert parts[0][check] == parts[1][check] | parts[2][check]
        assert not parts[1][check] & parts[2][check]


def test_the_clock_of_a_province_may_run_before_ours(lived: Ward) -> None:
    row = Row("H13.132-261123-0800", "Cao Văn Bảy", received="23/11/2026 16:00:00")
    take(lived.desk, row)
    assert lived.open() == {}
    lived.clock.now = MONDAY - timedelta(days=1)
    assert quality.found(lived.desk, checks.RECEIVED_IN_FUTURE, *YEAR) == (row.code,)


# --- whose, and when ------------------------------------------------------------------------------


def test_only_what_was_touched_in_the_period_is_found(lived: Ward) -> None:
    code = lived.code_of("Mai Ba")
    lived.by_hand(
        "UPDATE dossiers SET returned = '2026-11-03T15:00' WHERE code = ?", code
    )  # ready at 16
    lived.clock.now = MONDAY
    become(lived.desk, "chi")

    def found(first: str, last: str) -> Codes:
        days = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
        return quality.found(lived.desk, checks.RETURNED_BEFORE_READY, *days)

    assert found("11-03", "11-03") == (code,)
    assert found("11-01", "11-30") == (code,)
    assert found("11-04", "11-30") == ()
    assert found("10-01", "11-02") == ()


def test_what_is_open_belongs_to_every_period_from_its_receipt_on(lived: Ward) -> None:
    (code,) = no_letter(lived)  # received on the 16th
    lived.clock.now = MONDAY
    become(lived.desk, "chi")
    for first, last, expected in ((1, 15, ()), (16, 16, (code,)), (20, 30, (code,))):
        days = date(2026, 11, first), date(2026, 11, last)
        assert quality.found(lived.desk, checks.NO_LETTER, *days) == expected


def test_a_processor_is_told_of_their_own_dossiers(lived: Ward) -> None:
    own, others = no_letter(lived)[0], no_letter(lived)[0]
    lived.hand_over(own, "binh")
    lived.clock.now = MONDAY
    become(lived.desk, "binh")
    assert quality.found(lived.desk, checks.NO_LETTER, *YEAR) == (own,)
    become(lived.desk, "an")
    assert set(quality.found(lived.desk, checks.NO_LETTER, *YEAR)) == {own, others}


def test_numbers_of_the_registrar_may_leave_some_out(lived: Ward) -> None:
    """The registrar (văn thư) numbers the letters of the whole office by one series."""
    expected = number_gaps(lived)
    lived.clock.now = MONDAY
    become(lived.desk, "chi")
    assert quality.found(lived.desk, checks.NUMBER_GAPS, *YEAR) == expected
    assert quality.found(lived.desk, checks.NUMBER_GAPS, *YEAR, Origin.LIST) == ()
    before = date(2025, 1, 1), date(2025, 12, 31)
    assert quality.found(lived.desk, checks.NUMBER_GAPS, *before) == ()
    lived.by_hand("UPDATE letters SET number = 40 WHERE number = (SELECT max(number) FROM letters)")
    assert len(quality.found(lived.desk, checks.NUMBER_GAPS, *YEAR)) > len(expected)
    keep_settings(lived.desk, {"letter_by_registrar": True})
    assert quality.found(lived.desk, checks.NUMBER_GAPS, *YEAR) == expected


def test_a_name_typed_without_its_marks_is_the_same_one(lived: Ward) -> None:
    for name in ("Đinh Thị Một", "DINH THI MOT", "Đinh Thị  MỘT"):
        lived.accept(name, person="092190777777")
    assert lived.open() == {}
    other = lived.accept("Đinh Thị Mốt", person="092190777777")
    assert other in lived.open()[checks.NUMBER_OF_TWO.name]


def test_a_step_that_the_process_got_later_is_not_missed(lived: Ward) -> None:
    become(lived.desk, "chi")
    steps_now = (*process.process_of(lived.desk, WITH_STEPS)[:-1],)
    process.set_process(
        lived.desk, WITH_STEPS, (*steps_now, ProcessStep("Đóng dấu", "leader", minutes=30))
    )
    assert lived.open() == {}


def test_a_dossier_that_came_back_into_the_list_is_no_longer_missed(lived: Ward) -> None:
    (code,) = list_vanished(lived)
    assert lived.open() == {checks.LIST_VANISHED.name: (code,)}
    lived.clock.now += timedelta(minutes=5)
    again = Row("H13.132-261118-0601", "Cao Văn Tám")
    take(lived.desk, again, Row(code, "Cao Văn Bảy"))
    assert lived.open() == {}
    lived.clock.now += timedelta(minutes=5)
    take(lived.desk, again, Row("H13.132-261118-0602", "Cao Văn Chín"))
    assert lived.open() == {checks.LIST_VANISHED.name: (code,)}


def test_the_period_must_not_end_before_it_begins(lived: Ward) -> None:
    become(lived.desk, "chi")
    with pytest.raises(Refused) as refused:
        quality.checks(lived.desk, date(2026, 11, 2), date(2026, 11, 1))
    assert (refused.value.code, refused.value.field) == ("period", "to")
