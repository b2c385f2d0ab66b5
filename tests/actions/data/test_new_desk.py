"""A new desk: what its plan must hold, where it is never made, how passwords are kept."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.office import places
from cchc_desk.actions.training import practice
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk


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
        new_desk.set_up(tmp_path / "desk", replace(practice.plan(), **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not opening.desk_exists(tmp_path / "desk")


def test_a_desk_is_never_set_up_over_another(desk: Desk) -> None:
    with pytest.raises(Refused, match="đã có dữ liệu"):
        new_desk.set_up(desk.folder, practice.plan())


def test_opening_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="thiết lập quầy trước"):
        opening.open_desk(tmp_path)


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="chọn thư mục khác"):
        new_desk.set_up(tmp_path / "file" / "desk", practice.plan())


def test_can_tho_comes_first_and_has_103_communes() -> None:
    first = places.provinces()[0]
    assert first.name == "Cần Thơ"
    assert len(places.communes(first.code)) == 103


_SET_UP = """
import sys
from pathlib import Path
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
new_desk.set_up(Path(sys.argv[1]), practice.plan(), practice=True).close()
"""


def test_a_password_is_kept_under_a_hash_that_is_slow_to_guess(tmp_path: Path) -> None:
    """In a process of its own, for the suite's hashes are quick (tests/conftest.py)."""
    subprocess.run([sys.executable, "-c", _SET_UP, str(tmp_path)], check=True, timeout=120)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as database:
        kept = {row[0] for row in database.execute("SELECT password_hash FROM officials")}
    assert kept
    assert all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in kept)
