"""A real practice desk on the engine of the run; it is Monday 23 November 2026, 10:00."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import Letter, PaperCount
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk
from cchc_desk.store.office import registers
from tests.engines import copy_desk, new_place

MONDAY = datetime(2026, 11, 23, 10, 0)
WHY = "Nộp báo cáo cho Sở Nội vụ"  # personal data leave only with a reason
COMPANY = Applicant(
    ApplicantKind.ORGANISATION,
    "Công ty TNHH Thuận Phát",
    "0100109106",
    address="1 Hòa Bình, phường Ninh Kiều, thành phố Cần Thơ",
    phone="02923812345",
    representative="Lê Văn Thuận",
)


class TableClock:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty practice ward's database, made once; of the engine that the suite runs on."""
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    return folder


@pytest.fixture(scope="session")
def usual_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice ward as the program ships it, made once; a test takes a copy."""
    folder = tmp_path_factory.mktemp("usual")
    new_place(folder)
    practice.make_practice_ward(folder, clock=lambda: MONDAY).close()
    return folder


def draft_all(desk: Desk) -> tuple[Letter, ...]:
    """Every letter that is owed, with a reason by the clerk where the desk has none."""
    drafted = letters.draft_what_is_owed(desk)
    for letter in drafted:
        if not letter.reason:
            letters.draft_apology(desk, letter.code, "volume", letter.new_due)
    return drafted


@pytest.fixture
def clock() -> TableClock:
    return TableClock()


@pytest.fixture
def desk(ward: Path, tmp_path: Path, clock: TableClock) -> Iterator[Desk]:
    """The ward's own copy for one test; the clerk An is at the counter."""
    copy_desk(ward, tmp_path)
    opened = opening.open_desk(tmp_path, clock)
    become(opened, "an")
    yield opened
    opened.close()


def become(desk: Desk, official_id: str) -> None:
    """Puts another official at the desk, past the password (the hash is tested once, in
    test_new_desk).
    """
    who = next(new for new in practice.OFFICIALS if new.id == official_id)
    desk.official = Official(who.id, who.name, who.role, who.title)


def keep_settings(desk: Desk, changes: Mapping[str, object]) -> None:
    """Changes settings past the role and the ledger, of keys that no page offers too."""
    with desk.write() as connection:
        for key, value in changes.items():
            registers.keep_setting(connection, key, value)


@pytest.fixture
def an_intake() -> Callable[..., Intake]:
    return make_intake


def make_intake(
    name: str = "Nguyễn Thị Ánh Đào", limit: str | None = "1 ngày làm việc", **other: object
) -> Intake:
    """A birth registration by a person who does not exist."""
    person = Applicant(
        kind=ApplicantKind.PERSON,
        name=name,
        id_number=str(other.pop("id_number", "092190001234")),
        address="12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
        phone="0912345678",
    )
    papers = (
        PaperCount("Tờ khai đăng ký khai sinh", original=1),
        PaperCount("Giấy chứng sinh (hoặc giấy tờ thay thế)", original=1),
    )
    settings: dict[str, object] = {
        "procedure": "1.001193",
        "applicant": person,
        "papers": papers,
        "limit": limit,
    }
    return Intake(**(settings | other))  # type: ignore[arg-type]
