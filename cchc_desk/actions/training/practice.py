"""The practice ward (phường tập huấn): fake people, real procedures, a folder of its own.

The same seed makes the same ward. Every dossier is accepted, returned and apologised for by the
real actions, under a clock set to its day.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.data.new_desk import SetupPlan
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, certify, intake, paper_receipts
from cchc_desk.actions.intake.certify import ToCertify
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.dossiers.dossier import Dossier, How, PaperCount
from cchc_desk.domain.law.procedure import Channel, ProcedureVersion
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.session import Clock, Desk
from cchc_desk.vietnam_time import vietnam_now

PASSWORD = "practice"
UNIT_CODE = "H13.999"
OFFICIALS = (
    NewOfficial("an", "Nguyễn Thị Hoài An", Role.CLERK, "Công chức tiếp nhận", PASSWORD),
    NewOfficial("binh", "Trần Quốc Bình", Role.PROCESSOR, "Công chức thụ lý", PASSWORD),
    NewOfficial("chi", "Lê Mai Chi", Role.LEADER, "Phó Chủ tịch", PASSWORD),
    NewOfficial("dung", "Phạm Tiến Dũng", Role.ADMINISTRATOR, "Quản trị", PASSWORD),
)
# More officials of a ward with scenes.
MORE_OFFICIALS = (
    NewOfficial("giang", "Võ Hoàng Giang", Role.PROCESSOR, "Công chức thụ lý", PASSWORD),
    NewOfficial("hanh", "Đặng Mỹ Hạnh", Role.CLERK, "Công chức tiếp nhận", PASSWORD),
)

_SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
_MIDDLES = {
    "Nam": ("Văn", "Hữu", "Minh", "Quốc", "Đức", "Thành"),
    "Nữ": ("Thị", "Ngọc", "Thị Kim", "Thị Ánh", "Mỹ", "Thúy"),
}
_GIVEN = {
    "Nam": (
        "An",
        "Bảo",
        "Cường",
        "Đạt",
        "Giang",
        "Hòa",
        "Khánh",
        "Lộc",
        "Nghĩa",
        "Phước",
        "Quý",
        "Sơn",
        "Tuấn",
        "Vinh",
    ),
    "Nữ": (
        "Ân",
        "Bích",
        "Diễm",
        "Đào",
        "Hạnh",
        "Hường",
        "Lan",
        "Loan",
        "Mỹ",
        "Ngân",
        "Oanh",
        "Phượng",
        "Quyên",
        "Thủy",
        "Yến",
    ),
}
_STREETS = (
    "Nguyễn Trãi",
    "Hòa Bình",
    "Ngô Quyền",
    "Châu Văn Liêm",
    "Xô Viết Nghệ Tĩnh",
    "Lý Tự Trọng",
    "Trần Phú",
)
_ONE_MINUTE = TimeLimit(LimitUnit.WORKING_MINUTES, 1)
# The day of the city's dispatch: a dossier of the 2018 regime, still open.
_OLD_CASE = datetime(2020, 8, 3, 9, 0)
# a ward of so many dossiers has one of each kind that a trainee should meet, and more officials
_SCENES_FROM = 60


def practice_folder() -> Path:
    """Return the folder of the window's practice ward."""
    return paths.practice_folder()


def plan(officials: tuple[NewOfficial, ...] = OFFICIALS) -> SetupPlan:
    """Return the set-up of the practice ward: a ward of Cần Thơ that no real desk has."""
    return SetupPlan(
        province="Cần Thơ",
        commune="Ninh Kiều",
        unit_code=UNIT_CODE,
        desk_name="Quầy tập huấn",
        block_first=1,
        block_last=9999,
        office_hours={"mon-fri": "07:30-11:30,13:00-17:00"},
        officials=officials,
        parent_agency="ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ",
        unit_name="Ủy ban nhân dân phường Ninh Kiều",
        known_passwords=True,
    )


def make_practice_ward(
    folder: Path,
    dossiers: int = 60,
    seed: int = 1,
    clock: Clock = vietnam_now,
    *,
    encrypt: bool = False,
) -> Desk:
    """Make a practice ward in `folder` with fake dossiers of the last weeks; nobody is logged in.

    The same size, seed and minute of `clock` give the same rows, but for salts, hashes and random
    ids. The file is plain unless `encrypt`: its people are invented.
    """
    today = clock().replace(second=0, microsecond=0)
    officials = OFFICIALS + (MORE_OFFICIALS if dossiers >= _SCENES_FROM else ())
    begins = _OLD_CASE if dossiers else today
    play = _Play(folder, begins, today, seed, replace(plan(officials), encrypt=encrypt))
    if dossiers:
        play.at(_OLD_CASE, play.accept_and_forget)
    scenes = play.scenes() if dossiers >= _SCENES_FROM else ()
    others = 1 + (len(scenes) + len(_CERTIFIED) if scenes else 0)
    for moment in play.moments(max(0, dossiers - others)):
        play.at(moment, play.accept)
    if scenes:
        play.receipts_and_portal()
        play.certifications()
    for days_before, scene in scenes:
        play.at(play.working_day_before(days_before), scene)
    play.run()
    play.desk.official, play.desk.clock = None, clock
    return play.desk


_CERTIFIED = (  # working days before today, procedure, papers
    (14, "2.000815", (ToCertify("Giấy khai sinh", 3),)),
    (13, "2.000884", (ToCertify("Giấy ủy quyền"),)),
    (12, "2.000815", (ToCertify("Bằng tốt nghiệp đại học", 2), ToCertify("Bảng điểm", 2, 4))),
    (11, "2.000815", (ToCertify("Giấy khai sinh"), ToCertify("Căn cước", 2, 1))),
    (9, "2.001035", (ToCertify("Hợp đồng tặng cho xe máy"),)),
)


class _Play:
    """Simulation of the weeks before `today`, each act under a clock set to its moment."""

    def __init__(
        self,
        folder: Path,
        begins: datetime,
        today: datetime,
        seed: int,
        setup: SetupPlan,
    ) -> None:
        self.now = begins
        self.today = today
        self.dice = random.Random(seed)
        # Of its own, so that scenes change nobody else's fate.
        self._cast = random.Random(f"{seed} scenes")
        self._visitors = random.Random(f"{seed} certified")
        self.desk = new_desk.set_up(folder, setup, lambda: self.now, practice=True)
        self._as("dung")
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Plan `act` for the first working minute from `moment` on, if that is before today.

        What would lie behind is done now: a clock does not go back.
        """
        when = self._working_minute(max(moment, self.now))
        if when < self.today:
            self._count += 1
            heapq.heappush(self._acts, (when, self._count, act))

    def run(self) -> None:
        self.desk.database.wait_for_disk(False)
        while self._acts:
            self.now, _, act = heapq.heappop(self._acts)
            act()
        self.desk.database.wait_for_disk(True)

    def moments(self, count: int) -> list[datetime]:
        """Draw `count` moments inside office hours of the 40 days before today."""
        days = [self.today.date() - timedelta(days=back) for back in range(40, -1, -1)]
        working = [day for day in days if self.desk.calendar.is_working_day(day)]
        drawn = [
            datetime.combine(self.dice.choice(working), _minute(self.dice)) for _ in range(count)
        ]
        eve = max(day for day in working if day < self.today.date())
        return [
            m if self._working_minute(m) < self.today else datetime.combine(eve, m.time())
            for m in drawn
        ]

    def working_day_before(self, days: int, at: time = time(9, 10)) -> datetime:
        """Return the `days`-th working day before today."""
        day = self.today.date()
        for _day in range(days):
            day = self.desk.calendar.previous_working_day(day)
        return datetime.combine(day, at)

    def _working_minute(self, moment: datetime) -> datetime:
        return due_moment(moment, _ONE_MINUTE, self.desk.calendar).moment

    def accept_and_forget(self) -> None:
        """Accept a dossier of 2020 never finished: its apology still has the forms of 2018."""
        self._as("an")
        intake.accept_dossier(self.desk, _intake(self.dice, self.now.date()))

    def accept(self) -> None:
        """Accept a fake dossier and plan its fate: ready in time, late with a letter, or open."""
        self._as("an")
        dossier = intake.accept_dossier(self.desk, _intake(self.dice, self.now.date()))
        fate, due = self.dice.random(), dossier.first.due
        if fate < 0.85:
            self.at(
                max(self.now, due - timedelta(hours=self.dice.randrange(2, 30))),
                partial(self._ready, dossier),
            )
        elif fate < 0.95:
            self.at(due - timedelta(hours=3), partial(self._apologise, dossier))
            self.at(due + timedelta(days=self.dice.randrange(1, 3)), partial(self._ready, dossier))

    # --- one of each kind -------------------------------------------------------------------------

    def scenes(self) -> tuple[tuple[int, Callable[[], None]], ...]:
        """Return (working days before today, act): one dossier of each kind to meet in training."""
        return (
            (3, self._due_today),
            (1, partial(self._handed_over, "1 ngày làm việc", "giang")),
            (2, partial(self._handed_over, "3 ngày làm việc", "binh")),
            (2, partial(self._handed_over, "4 ngày làm việc", "giang")),
            (6, partial(self._late, signed=False)),
            (7, partial(self._late, signed=True)),
            (4, partial(self._supplement, told=False, brought=False)),
            (5, partial(self._supplement, told=True, brought=False)),
            (6, partial(self._supplement, told=True, brought=True)),
            (8, self._returned_late),
            (4, self._asks_another_agency),
        )

    def receipts_and_portal(self) -> None:
        """Print receipts for a day without power, and register dossiers of the portal that wait."""
        self.at(self.working_day_before(10), self._print_receipts)
        for days, at in ((1, time(15, 40)), (0, time(7, 35))):
            self.at(self.working_day_before(days, at), self._register_online)

    def certifications(self) -> None:
        """Certify some papers while fake citizens wait, beside the dossiers of the weeks."""
        for days, procedure, papers in _CERTIFIED:
            self.at(
                self.working_day_before(days, time(10, 20)),
                partial(self._certify, procedure, papers),
            )

    def _certify(self, procedure: str, papers: tuple[ToCertify, ...]) -> None:
        self._as("hanh")
        person = fake_person(self._visitors, self.now.date())
        certify.certify(self.desk, certify.Request(procedure, person, papers, "chi"))

    def _accept_with(self, limit: str, clerk: str = "hanh") -> Dossier:
        self._as(clerk)
        wanted = replace(_intake(self._cast, self.now.date()), limit=limit)
        return intake.accept_dossier(self.desk, wanted)

    def _pass_on(self, dossier: Dossier, to: str) -> None:
        self._as("hanh")
        steps.hand_over(self.desk, [dossier.code], to)

    def _handed_over(self, limit: str, to: str) -> None:
        self._pass_on(self._accept_with(limit), to)

    def _due_today(self) -> None:
        self._handed_over("3 ngày làm việc", "binh")

    def _late(self, *, signed: bool) -> None:
        """Make a dossier two working days late, its letter drafted, or signed and not delivered."""
        dossier = self._accept_with("3 ngày làm việc")
        self._pass_on(dossier, "giang")
        self.at(
            self.working_day_before(2 if signed else 1),
            partial(self._draft, dossier, signed=signed),
        )

    def _draft(self, dossier: Dossier, *, signed: bool) -> None:
        self._as("hanh")
        due = letters.propose_new_due(self.desk, dossier.code)
        letter = letters.draft_apology(self.desk, dossier.code, "verification", due)
        if signed:
            self._as("chi")
            letters.sign_letter(self.desk, letter.id)

    def _supplement(self, *, told: bool, brought: bool) -> None:
        """Ask for two papers after acceptance; the citizen was told, or brought them, or not."""
        dossier = self._accept_with("5 ngày làm việc")
        self.at(self.now + timedelta(minutes=45), partial(self._request, dossier, told, brought))

    def _request(self, dossier: Dossier, told: bool, brought: bool) -> None:
        self._as("binh")
        items = ("Bản chính giấy tờ tùy thân để đối chiếu", "Văn bản ủy quyền có chứng thực")
        steps.request_supplement(self.desk, dossier.code, "Giấy tờ nộp chưa đủ", items)
        if told:
            steps.tell_supplement(self.desk, dossier.code, How.PHONE)
        if brought:
            self.at(self.working_day_before(2), partial(self._brought, dossier))

    def _brought(self, dossier: Dossier) -> None:
        self._as("hanh")
        steps.supplement_brought(self.desk, dossier.code)

    def _returned_late(self) -> None:
        dossier = self._accept_with("2 ngày làm việc")
        self.at(self.working_day_before(4), partial(self._ready_and_returned, dossier))

    def _ready_and_returned(self, dossier: Dossier) -> None:
        self._as("binh")
        steps.mark_ready(self.desk, dossier.code)
        self._return(dossier)

    def _asks_another_agency(self) -> None:
        dossier = self._accept_with("10 ngày làm việc")
        self._pass_on(dossier, "binh")
        steps.pause(
            self.desk, dossier.code, PauseKind.OPINION, "Hỏi ý kiến Công an phường về nơi cư trú"
        )

    def _print_receipts(self) -> None:
        self._as("an")
        paper_receipts.print_blank(self.desk, 4)

    def _register_online(self) -> None:
        self._as("an")
        wanted = replace(_intake(self._cast, self.now.date()), channel=Channel.ONLINE)
        before_acceptance.register_online(
            self.desk, wanted, f"{UNIT_CODE}-{self.now:%y%m%d-%H%M}", self.now
        )

    # --- fates ------------------------------------------------------------------------------------

    def _ready(self, dossier: Dossier) -> None:
        self._as("binh")
        steps.mark_ready(self.desk, dossier.code)
        if self.dice.random() < 0.9:
            self.at(
                self.now + timedelta(hours=self.dice.randrange(1, 48)),
                partial(self._return, dossier),
            )

    def _return(self, dossier: Dossier) -> None:
        self._as("an")
        steps.return_result(self.desk, dossier.code, Return(dossier.applicant.name))

    def _apologise(self, dossier: Dossier) -> None:
        self._as("an")
        letter = letters.draft_apology(
            self.desk, dossier.code, "volume", letters.propose_new_due(self.desk, dossier.code)
        )
        self._as("chi")
        letters.sign_letter(self.desk, letter.id)
        self._as("an")
        letters.deliver_letter(self.desk, letter.id, How.COUNTER)

    def _as(self, official_id: str) -> None:
        new = next(new for new in OFFICIALS + MORE_OFFICIALS if new.id == official_id)
        self.desk.official = Official(new.id, new.name, new.role, new.title)


def _minute(dice: random.Random) -> time:
    return time(dice.choice((7, 8, 9, 10, 13, 14, 15, 16)), dice.randrange(30, 60))


def _intake(dice: random.Random, day: date) -> Intake:
    version = dice.choice(_frequent())
    return Intake(
        procedure=version.code,
        applicant=fake_person(dice, day),
        channel=Channel.DIRECT,
        papers=tuple(PaperCount(p.name, p.original, p.certified, p.copy) for p in version.papers),
        limit=_any_limit(version),
    )


def _frequent() -> list[ProcedureVersion]:
    return [
        version for version in catalogue.starter() if version.frequent and version.frequent <= 20
    ]


def _any_limit(version: ProcedureVersion) -> str | None:
    """Return the limit a clerk would confirm: the catalogue's first value, else 3 working days."""
    if not version.needs_confirmation(Channel.DIRECT):
        return None
    return next(iter(version.limits.get(Channel.DIRECT, ())), "3 ngày làm việc")


def fake_person(dice: random.Random, day: date) -> Applicant:
    """Make a person who does not exist, with a number that fits birth date and sex."""
    sex = dice.choice(("Nam", "Nữ"))
    born = date(1950, 1, 1) + timedelta(days=dice.randrange(365 * 55))
    name = f"{dice.choice(_SURNAMES)} {dice.choice(_MIDDLES[sex])} {dice.choice(_GIVEN[sex])}"
    century = (0 if born.year < 2000 else 2) + (sex == "Nữ")
    return Applicant(
        kind=ApplicantKind.PERSON,
        name=name,
        id_number=f"092{century}{born:%y}{dice.randrange(10**6):06d}",
        born=born,
        sex=sex,
        address=f"{dice.randrange(1, 400)} {dice.choice(_STREETS)}, phường Ninh Kiều, "
        "thành phố Cần Thơ",
        phone=f"09{dice.choice('0134')}{dice.randrange(10**7):07d}",
    )
