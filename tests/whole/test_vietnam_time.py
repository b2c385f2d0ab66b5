"""Times are Vietnamese whatever zone the machine is set to."""

import ast
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_OF_THE_MACHINE = ("today", "utcnow", "fromtimestamp", "currentDate", "currentDateTime", "now")
_ASKED = """
import json, sys
from pathlib import Path
from cchc_desk.actions.people import accounts
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
folder = Path(sys.argv[1])
desk = new_desk.set_up(folder, practice.plan(), practice=True)
desk.official = accounts.log_in(desk, "dung", "practice")
from cchc_desk.actions.data import upkeep
copy = upkeep.backup(desk).copy.file
from cchc_desk.actions.data import copies
made = copies.newest_copy(desk).made
print(json.dumps({"now": desk.now().isoformat(), "copy": copy.name, "made": made.isoformat()}))
"""


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC"])
def test_a_desk_on_a_machine_of_another_zone_has_vietnamese_time(zone: str, tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", _ASKED, str(tmp_path / "desk")],
        cwd=_ROOT,
        env=os.environ | {"TZ": zone},
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(asked.stdout)
    here = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=7)
    for moment in (answer["now"], answer["made"]):
        assert abs(datetime.fromisoformat(moment) - here) < timedelta(minutes=2)
    assert f"{datetime.fromisoformat(answer['now']):%Y%m%d}" in answer["copy"].replace("-", "")


def test_nobody_asks_the_machine_for_its_local_time() -> None:
    files = [file for room in ("cchc_desk", "ui") for file in (_ROOT / room).rglob("*.py")]
    asking = [
        f"{file.relative_to(_ROOT)}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _asks_machine(node)
    ]
    assert asking == []


def _asks_machine(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _OF_THE_MACHINE:
        return False
    of = call.func.value
    is_clock = isinstance(of, ast.Name) and of.id in ("datetime", "date", "QDate", "QDateTime")
    has_zone = len(call.args) > (1 if call.func.attr == "fromtimestamp" else 0)
    return is_clock and not has_zone
