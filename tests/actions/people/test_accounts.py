"""First run and log-in: what the plan must hold, passwords, roles, settings."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.office import places
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Role
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, become


def test_log_in_by_password_and_the_fifth_wrong_one_costs_a_minute(desk: Desk) -> None:
    desk.uptime = lambda: 1000
    assert accounts.log_in(desk, "an", "practice").role is Role.CLERK
    for _ in range(5):
        with pytest.raises(Refused, match="không đúng"):
            accounts.log_in(desk, "an", "sai")
    with pytest.raises(Refused, match="thử lại sau 10:01:00") as refused:
        accounts.log_in(desk, "an", "practice")
    assert refused.value.code == "wait"
    desk.uptime = lambda: 1060
    accounts.log_in(desk, "an", "practice")


def test_an_unknown_name_and_a_wrong_password_sound_the_same(desk: Desk) -> None:
    said = set()
    for who in ("an", "nobody"):
        with pytest.raises(Refused) as refused:
            accounts.log_in(desk, who, "sai")
        said.add((refused.value.code, refused.value.message))
    assert len(said) == 1


def test_officials_stand_by_given_name(desk: Desk) -> None:
    assert [who.id for who in accounts.list_officials(desk)] == ["an", "binh", "chi", "dung"]


def test_a_new_official_logs_in_and_a_taken_name_is_refused(desk: Desk) -> None:
    become(desk, "dung")
    new = NewOfficial("em", "Võ Thị Em", Role.CLERK, "", "mat-khau")
    accounts.add_official(desk, new)
    with pytest.raises(Refused, match="đã có người dùng"):
        accounts.add_official(desk, new)
    assert accounts.log_in(desk, "em", "mat-khau").name == "Võ Thị Em"


def test_changing_the_password_needs_the_old_one(desk: Desk) -> None:
    with pytest.raises(Refused):
        accounts.change_password(desk, "sai", "mat-khau-moi")
    accounts.change_password(desk, "practice", "mat-khau-moi")
    accounts.log_in(desk, "an", "mat-khau-moi")


def test_settings_are_the_administrators_and_all_or_nothing(desk: Desk) -> None:
    with pytest.raises(Refused, match="quản trị"):
        accounts.change_settings(desk, {"notice_days": 2})
    become(desk, "dung")
    with pytest.raises(Refused, match="từ 1 đến 10"):
        accounts.change_settings(desk, {"hotline": "0292", "notice_days": 11})
    assert (desk.settings["hotline"], desk.settings["notice_days"]) == ("", 1)
    accounts.change_settings(desk, {"office_hours": {"mon-sat": "08:00-12:00"}})
    assert desk.calendar.is_working_day(MONDAY.date() + timedelta(days=5))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"province": "Gia Định"}, "province"),
        ({"commune": "Bến Nghé"}, "commune"),
        ({"unit_code": "H13"}, "unit_code"),
        ({"desk_name": " "}, "desk_name"),
        ({"block_first": 5, "block_last": 4}, "block"),
        ({"office_hours": {"mon-fri": "17:00-07:30"}}, "office_hours"),
        ({"office_hours": {"thứ hai": "07:30-11:30"}}, "office_hours"),
        ({"office_hours": {}}, "office_hours"),
        ({"officials": practice.OFFICIALS[:1]}, "officials"),
        ({"officials": (*practice.OFFICIALS, practice.OFFICIALS[0])}, "officials"),
        ({"officials": (replace(practice.OFFICIALS[0], id="Ân"),)}, "login"),
        ({"officials": (replace(practice.OFFICIALS[0], password="ngan"),)}, "password"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused_at_its_field(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        accounts.set_up(tmp_path / "desk", replace(practice.plan(), **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not accounts.desk_exists(tmp_path / "desk")


def test_a_desk_is_never_set_up_over_another(desk: Desk) -> None:
    with pytest.raises(Refused, match="đã có dữ liệu"):
        accounts.set_up(desk.folder, practice.plan())


def test_opening_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="thiết lập quầy trước"):
        accounts.open_desk(tmp_path)


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="chọn thư mục khác"):
        accounts.set_up(tmp_path / "file" / "desk", practice.plan())


def test_can_tho_comes_first_and_has_103_communes() -> None:
    first = places.provinces()[0]
    assert first.name == "Cần Thơ"
    assert len(places.communes(first.code)) == 103


_SET_UP = """
import sys
from pathlib import Path
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
accounts.set_up(Path(sys.argv[1]), practice.plan(), practice=True).close()
"""


def test_a_password_is_kept_under_a_hash_that_is_slow_to_guess(tmp_path: Path) -> None:
    """In a process of its own, for the suite's hashes are quick (tests/conftest.py)."""
    subprocess.run([sys.executable, "-c", _SET_UP, str(tmp_path)], check=True, timeout=120)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as database:
        kept = {row[0] for row in database.execute("SELECT password_hash FROM officials")}
    assert kept
    assert all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in kept)
