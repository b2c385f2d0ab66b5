"""Data that exist already: found, looked into, and brought to a computer that has no desk."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desk.actions.data import existing, new_desk, opening, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, WHY, become, make_intake


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of an office's desk, as a clerk takes it along."""
    place = tmp_path_factory.mktemp("office")
    with closing(new_desk.set_up(place / "desk", practice.plan())) as desk:
        accounts.log_in(desk, "chi", practice.PASSWORD)
        return upkeep.backup(
            desk, place / "stick" / "desk-2026-11-20.db", "Mang sang máy mới"
        ).copy.file


@pytest.mark.one_pc("a copy of the file is brought in")
def test_a_copy_is_found_on_a_stick_and_says_whose_it_is(copy: Path, tmp_path: Path) -> None:
    (copy.parent / "desk-other.db").write_text("some other program's")
    (found,) = existing.find(tmp_path / "desk", [copy.parent])
    assert (found.file, found.desk_name, found.practice) == (copy, "Quầy tập huấn", False)
    assert "Ninh Kiều" in found.unit_name
    assert found.last is not None


@pytest.mark.one_pc("a copy of the file is brought in")
def test_a_copy_is_brought_in_and_opens_as_the_same_desk(copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    existing.bring_in(copy, tmp_path / "desk")
    with closing(opening.open_desk(tmp_path / "desk")) as desk:
        assert accounts.log_in(desk, "an", practice.PASSWORD).id == "an"
        assert upkeep.verify_ledger(desk).ok
    assert copy.read_bytes() == before


@pytest.mark.one_pc("a copy of the file is brought in")
def test_nothing_is_brought_over_a_desk_that_is_there(copy: Path, tmp_path: Path) -> None:
    existing.bring_in(copy, tmp_path)
    whole = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(Refused) as refused:
        existing.bring_in(copy, tmp_path)
    assert refused.value.code == "desk-exists"
    assert (tmp_path / "desk.db").read_bytes() == whole


def test_what_is_no_desk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("no database")
    with pytest.raises(Refused) as refused:
        existing.bring_in(tmp_path / "letter.db", tmp_path / "desk")
    assert refused.value.code == "not-a-desk"
    assert not (tmp_path / "desk").exists()


@pytest.mark.one_pc("a copy of the file is brought in")
def test_a_newer_programs_data_are_left_alone(copy: Path, tmp_path: Path) -> None:
    newer = tmp_path / "desk-newer.db"
    newer.write_bytes(copy.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE schema SET version = 99")
        connection.commit()
    with pytest.raises(Trouble) as trouble:
        existing.bring_in(newer, tmp_path / "desk")
    assert trouble.value.code == "database-newer"
    assert not opening.desk_exists(tmp_path / "desk")


@pytest.mark.one_pc("a copy of the file is brought in")
def test_a_damaged_copy_makes_no_desk(copy: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "desk-damaged.db"
    whole = bytearray(copy.read_bytes())
    whole[40_000:60_000] = b"\xff" * 20_000
    damaged.write_bytes(bytes(whole))
    with pytest.raises((Refused, Trouble)):
        existing.bring_in(damaged, tmp_path / "desk")
    assert not opening.desk_exists(tmp_path / "desk")


def test_every_fault_of_a_plan_is_said_with_its_place() -> None:
    clerk, *others = practice.OFFICIALS
    plan = replace(
        practice.plan(),
        unit_code="H13",
        office_hours={"mon-fri": "7h30-11h30", "sat": "sáng"},
        officials=(replace(clerk, password="ngan"), replace(others[0], id=clerk.id)),
    )
    said = [
        (fault.refusal.code, fault.role.value if fault.role else "", fault.days)
        for fault in new_desk.setup_faults(plan)
    ]
    assert said == [
        ("unit-code", "", ""),
        ("office-hours", "", "sat"),
        ("password-short", "clerk", ""),
        ("officials", others[0].role.value, ""),
        ("officials", "administrator", ""),
    ]


def test_hours_are_kept_in_one_way_however_they_were_typed(tmp_path: Path) -> None:
    plan = replace(practice.plan(), office_hours={"mon-fri": "7h30 - 11h30 và 13h đến 17h"})
    with closing(new_desk.set_up(tmp_path, plan)) as desk:
        assert desk.settings["office_hours"] == {"mon-fri": "07:30-11:30,13:00-17:00"}


@pytest.mark.one_pc("a copy of the file is brought in")
def test_a_desk_brought_from_an_old_copy_goes_on_behind_the_newer_ones_beside_it(
    desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    become(desk, "chi")
    old = upkeep.backup(desk, stick / "desk-2026-11-20.db", WHY).copy.file
    printed = [intake.accept_dossier(desk, make_intake()).code for _n in range(3)]
    upkeep.backup(desk, stick / "desk-2026-11-23.db", WHY)
    existing.bring_in(old, tmp_path / "new")
    with closing(opening.open_desk(tmp_path / "new", lambda: MONDAY)) as brought:
        become(brought, "an")
        code = intake.accept_dossier(brought, make_intake()).code
        assert int(code[-4:]) == int(printed[-1][-4:]) + 1
        assert upkeep.verify_ledger(brought).problems == ()
