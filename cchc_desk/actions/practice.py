"""The practice ward (phường tập huấn): fake people, real procedures, its own folder; the same seed gives the same ward.

Every dossier is taken in, returned and apologised for by the real actions, under a clock that is set to its day.
"""

import heapq
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions import accounts, catalogue, intake, overdue, steps
from cchc_desk.actions.accounts import NewOfficial, SetupPlan
from cchc_desk.actions.intake import Intake
from cchc_desk.actions.steps import Return
from cchc_desk.desk import Clock, Desk
from cchc_desk.domain.applicant import Applicant, ApplicantKind
from cchc_desk.domain.deadlines import LimitUnit, TimeLimit, due_moment
from cchc_desk.domain.dossier import Dossier, How, PaperCount
from cchc_desk.domain.officials import Official, Role
from cchc_desk.domain.procedure import Channel, ProcedureVersion

PASSWORD = "practice"
UNIT_CODE = "H13.999"
OFFICIALS = (
    NewOfficial("an", "Nguyễn Thị Hoài An", Role.CLERK, "Công chức tiếp nhận", PASSWORD),
    NewOfficial("binh", "Trần Quốc Bình", Role.PROCESSOR, "Công chức thụ lý", PASSWORD),
    NewOfficial("chi", "Lê Mai Chi", Role.LEADER, "Phó Chủ tịch", PASSWORD),
    NewOfficial("dung", "Phạm Tiến Dũng", Role.ADMINISTRATOR, "Quản trị", PASSWORD),
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
_OLD_CASE = datetime(2020, 8, 3, 9, 0)  # the day of the city's dispatch: a dossier of the 2018 regime, still open


def practice_folder() -> Path:
    """Where the window's practice ward lives."""
    return paths.practice_folder()


def plan() -> SetupPlan:
    """The practice ward's own set-up: a ward of Cần Thơ that no real desk has."""
    return SetupPlan(
        province="Cần Thơ",
        commune="Ninh Kiều",
        unit_code=UNIT_CODE,
        desk_name="Quầy tập huấn",
        block_first=1,
        block_last=9999,
        office_hours={"mon-fri": "07:30-11:30,13:00-17:00"},
        officials=OFFICIALS,
        parent_agency="ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ",
        unit_name="Ủy ban nhân dân phường Ninh Kiều",
    )


def make_practice_ward(folder: Path, dossiers: int = 60, seed: int = 1, clock: Clock = datetime.now) -> Desk:
    """A practice ward in `folder` with `dossiers` fake dossiers of the last weeks; nobody is logged in."""
    today = clock().replace(second=0, microsecond=0)
    play = _Play(folder, _OLD_CASE if dossiers else today, today, seed)
    if dossiers:
        play.at(_OLD_CASE, play.accept_and_forget)
    for moment in play.moments(max(0, dossiers - 1)):
        play.at(moment, play.accept)
    play.run()
    play.desk.official, play.desk.clock = None, clock
    return play.desk


class _Play:
    """Plays the weeks before `today` in the order of time, each act under a clock set to its moment."""

    def __init__(self, folder: Path, begins: datetime, today: datetime, seed: int) -> None:
        self.now = begins
        self.today = today
        self.dice = random.Random(seed)
        self.desk = accounts.set_up(folder, plan(), lambda: self.now, practice=True)
        self._as("dung")
        accounts.change_settings(self.desk, {"signer_title": "KT. CHỦ TỊCH|PHÓ CHỦ TỊCH"})
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Plans `act` for the first working minute from `moment` on; what lies after today is not played."""
        when = self._working_minute(moment)
        if when < self.today:
            self._count += 1
            heapq.heappush(self._acts, (when, self._count, act))

    def run(self) -> None:
        while self._acts:
            self.now, _, act = heapq.heappop(self._acts)
            act()

    def moments(self, count: int) -> list[datetime]:
        """`count` moments inside office hours of the 40 days before today."""
        days = [self.today.date() - timedelta(days=back) for back in range(40, -1, -1)]
        working = [day for day in days if self.desk.calendar.is_working_day(day)]
        drawn = [datetime.combine(self.dice.choice(working), _minute(self.dice)) for _ in range(count)]
        eve = max(day for day in working if day < self.today.date())
        return [m if self._working_minute(m) < self.today else datetime.combine(eve, m.time()) for m in drawn]

    def _working_minute(self, moment: datetime) -> datetime:
        return due_moment(moment, _ONE_MINUTE, self.desk.calendar).moment

    def accept_and_forget(self) -> None:
        """A dossier of 2020 that was never finished: its apology still prints in the form set of 2018."""
        self._as("an")
        intake.accept_dossier(self.desk, _intake(self.dice, self.now.date()))

    def accept(self) -> None:
        """Takes a fake dossier in and plans its fate: ready in time, late with a letter, late without, or open."""
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

    def _ready(self, dossier: Dossier) -> None:
        self._as("binh")
        steps.mark_ready(self.desk, dossier.code)
        if self.dice.random() < 0.9:
            self.at(self.now + timedelta(hours=self.dice.randrange(1, 48)), partial(self._return, dossier))

    def _return(self, dossier: Dossier) -> None:
        self._as("an")
        steps.return_result(self.desk, dossier.code, Return(dossier.applicant.name))

    def _apologise(self, dossier: Dossier) -> None:
        self._as("an")
        letter = overdue.draft_apology(
            self.desk, dossier.code, "volume", overdue.propose_new_due(self.desk, dossier.code)
        )
        self._as("chi")
        overdue.sign_letter(self.desk, letter.id)
        self._as("an")
        overdue.deliver_letter(self.desk, letter.id, How.COUNTER)

    def _as(self, official_id: str) -> None:
        who = next(new for new in OFFICIALS if new.id == official_id)
        self.desk.official = Official(who.id, who.name, who.role, who.title)


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
    return [version for version in catalogue.starter() if version.frequent and version.frequent <= 20]


def _any_limit(version: ProcedureVersion) -> str | None:
    """What a clerk would confirm where the catalogue is not certain: its first value, else three working days."""
    if not version.needs_confirmation(Channel.DIRECT):
        return None
    return next(iter(version.limits.get(Channel.DIRECT, ())), "3 ngày làm việc")


def fake_person(dice: random.Random, day: date) -> Applicant:
    """A person who does not exist, with a number that fits birth date and sex."""
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
        address=f"{dice.randrange(1, 400)} {dice.choice(_STREETS)}, phường Ninh Kiều, thành phố Cần Thơ",
        phone=f"09{dice.choice('0134')}{dice.randrange(10**7):07d}",
    )
