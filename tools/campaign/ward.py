"""The ward of the campaign, and what must hold in it after every harm.

In `place`: the desk's data (`ward`), papers (`out`), and a city with its news on a stick.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from unittest import mock

from cchc_desk import paths
from cchc_desk.actions.city import sending
from cchc_desk.actions.data import new_desk, opening, protection, upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.training import practice
from cchc_desk.city import enrolment, news, office
from cchc_desk.city.parcels import receive
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Clock, Desk
from cchc_desk.store.engine import conversion
from cchc_desk.sync import usb_file
from cchc_desk.vietnam_time import vietnam_now

BEGAN = datetime(2026, 11, 23, 8, 0)
RELEASED = Path("tests/store/engine/released")
NEWS = 8  # catalogues of the city, each on a stick of its own


class Lost(AssertionError):
    """Something was lost that must not be; the message says what."""


def say(line: str) -> None:
    """Say how far the campaign is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def own_home(folder: Path) -> Iterator[None]:
    """Keep the keys of wards that are thrown away out of this user's own."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")}
    home["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with mock.patch.dict(os.environ, home):
        yield


@dataclass(frozen=True)
class Place:
    """A folder with a desk and what lies around it; in `releases` desks of older versions."""

    root: Path
    releases: Path

    @property
    def ward(self) -> Path:
        return self.root / "ward"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def city(self) -> Path:
        return self.root / "city"

    @property
    def old(self) -> Path:
        """Folder of desks that older versions have left, each copied from one of older()."""
        return self.root / "old"

    def older(self) -> list[Path]:
        """Return the folders of desks of every older schema."""
        return sorted(self.releases.iterdir())

    def stick(self, number: int) -> Path:
        """Return the city's file with its news up to `number`."""
        return self.root / f"news-{number}.cchc"

    def copy_to(self, name: str) -> "Place":
        """Copy all of it to a folder beside this one."""
        return self.copy_into(self.root.with_name(name))

    def copy_into(self, folder: Path) -> "Place":
        """Copy all of it to a new folder."""
        shutil.copytree(self.root, folder)
        return replace(self, root=folder)


def make_ward(folder: Path, *, encrypted: bool = False, clock: Clock = vietnam_now) -> Path:
    """Make an empty practice ward."""
    plan = replace(practice.plan(), encrypt=encrypted)
    new_desk.set_up(folder, plan, clock, practice=True).close()
    return folder


def make_place(root: Path, *, encrypted: bool) -> Place:
    """Make a practice ward that is enrolled in a city, whose news lie there on sticks."""
    place = Place(root, root.with_name(f"{root.name}-releases"))
    place.out.mkdir(parents=True)
    _make_releases(place.releases, encrypted=encrypted)
    make_ward(place.ward, encrypted=encrypted, clock=_began)
    office.found_city(
        place.city, "Thành phố Cần Thơ", "http://127.0.0.1:1", practice=True
    ).database.close()
    with closing(opening.open_desk(place.ward, _began)) as desk, _city(place, _began) as city:
        become(desk, "chi")
        enrolment.add_ward(city, practice.UNIT_CODE, "Phường Ninh Kiều", "campaign")
        sending.enrol(desk, enrolment.invite(city, practice.UNIT_CODE, "campaign"))
        _carry(place, desk, city, place.root / "enrolment.cchc")
        for number in range(1, NEWS + 1):
            rows = {"rows": [_procedure(number)]}
            news.publish(city, "catalogue", f"Danh mục {number}", rows, "campaign")
            question = place.root / f"question-{number}.cchc"
            sending.write_bag(desk, question)
            answers = receive.take_file(city, usb_file.read_bag(question))
            usb_file.write_bag(place.stick(number), answers.lines)
    return place


def _make_releases(folder: Path, *, encrypted: bool) -> None:
    for file in RELEASED.glob("schema-*.db"):
        desk = folder / file.stem
        desk.mkdir(parents=True)
        shutil.copy(file, paths.database_file(desk))
        if encrypted:
            key = protection.keys_for(desk).newest
            conversion.convert(paths.database_file(desk), key)


def _procedure(number: int) -> dict[str, str]:
    empty = ("effective_to", "limit_online", "limit_post", "fee", "fee_exemptions")
    return dict.fromkeys(empty, "") | {
        "code": "1.001193",
        "name": "Thủ tục đăng ký khai sinh",
        "field": "Hộ tịch",
        "effective_from": f"2026-11-{number:02}",
        "limit_direct": f"{number} ngày làm việc",
        "limit_status": "confirmed",
        "result": "Giấy khai sinh",
        "decision": f"QĐ {number}",
        "mark": "[G]",
        "source": "campaign",
    }


def _began() -> datetime:
    return BEGAN


@contextmanager
def _city(place: Place, clock: Callable[[], datetime]) -> Iterator[office.City]:
    city = office.open_city(place.city, clock)
    try:
        yield city
    finally:
        city.database.close()


def _carry(place: Place, desk: Desk, city: office.City, file: Path) -> None:
    sending.write_bag(desk, file)
    answers = receive.take_file(city, usb_file.read_bag(file))
    usb_file.write_bag(place.root / "answers.cchc", answers.lines)
    sending.take_bag(desk, place.root / "answers.cchc")


def bring_to_the_city(place: Place, now: datetime) -> None:
    """Carry all days to the city and back, as often as both can go on by themselves.

    Raises Lost where one is not acknowledged then.
    """
    clock = lambda: now  # noqa: E731
    with closing(opening.open_desk(place.ward, clock)) as desk, _city(place, clock) as city:
        become(desk, "chi")
        for _round in range(sending.ROUNDS):
            _carry(place, desk, city, place.root / "days.cchc")
        state = sending.state(desk)
        left = [parcel.id for parcel in state.parcels if parcel.state in ("waiting", "refused")]
        if left or state.waiting:
            raise Lost(f"not at the city: {state.waiting} days, parcels {left}")


def at_the_desk(folder: Path) -> Desk:
    """Open the ward, the clerk An at the counter."""
    desk = opening.open_desk(folder)
    become(desk, "an")
    return desk


def become(desk: Desk, login: str) -> None:
    """Put an official at the desk, past the password."""
    who = next(each for each in practice.OFFICIALS if each.id == login)
    desk.official = Official(who.id, who.name, who.role, who.title)


def check_sound(desk: Desk) -> None:
    """Check the file by SQLite's own check, the ledger by its chain. Raises Lost."""
    problems = upkeep.check_database(desk) + upkeep.verify_ledger(desk).problems
    if problems:
        raise Lost(f"the database is not sound: {problems}")


def check_dossiers(desk: Desk, accepted: list[str]) -> None:
    """Check that each acknowledged code is one whole dossier, and that no half one is there."""
    if len(set(accepted)) != len(accepted):
        raise Lost("a code was acknowledged twice")
    codes = [row.code for row in progress.find_dossiers(desk, limit=1_000_000)]
    if len(set(codes)) != len(codes) or not set(accepted) <= set(codes):
        raise Lost(f"acknowledged but not there: {sorted(set(accepted) - set(codes))}")
    for code in codes[-3:] + accepted[-3:]:
        view = progress.show_dossier(desk, code)
        if not view.dossier.promises or not view.history or view.history[0].act != "accept":
            raise Lost(f"half a dossier: {code}")
