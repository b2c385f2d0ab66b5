"""Copies, going back and the drill by the command line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
from tests.console.test_console import DOSSIER

Tell = Callable[..., dict[str, Any]]
MONDAY = "2026-11-23T10:00"
pytestmark = pytest.mark.one_pc("copies of the file")


@pytest.fixture(scope="module")
def new_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ward")
    new_desk.set_up(folder, practice.plan(), practice=True).close()
    return folder


@pytest.fixture
def ward(new_ward: Path, tmp_path: Path) -> Path:
    shutil.copytree(new_ward, tmp_path / "ward")
    return tmp_path / "ward"


@pytest.fixture
def tell(ward: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Runs one verb; answers its JSON, an error's code under "error"."""
    monkeypatch.setenv("CCHC_PASSWORD", practice.PASSWORD)

    def run(*words: str, who: str = "an") -> dict[str, Any]:
        by = ["--as", who] if who else []
        console.main(["--data", str(ward), "--json", "--now", MONDAY, *by, *words])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer if "error" not in answer else {"error": answer["error"]["code"]}

    return run


@pytest.fixture
def accept(tell: Tell, tmp_path: Path) -> Callable[[], str]:
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(DOSSIER), encoding="utf-8")
    return lambda: str(tell("accept", str(file))["code"])


def test_a_backup_is_of_now_and_is_listed_with_what_was_seen(
    tell: Tell, accept: Callable[[], str]
) -> None:
    tell("backup", who="dung")
    accept()
    answer = tell("backup", who="dung")
    assert (answer["ok"], answer["problems"], answer["dossiers"]) == (True, [], 1)
    (listed,) = tell("copies", who="")["copies"]
    assert (listed["file"], listed["ok"], listed["dossiers"]) == (answer["file"], True, 1)
    assert listed["head"] == answer["head"]


def test_going_back_tells_what_is_lost_and_the_next_code_is_behind(
    tell: Tell, accept: Callable[[], str], ward: Path
) -> None:
    accept()
    tell("backup", who="dung")
    printed = [accept(), accept()]
    planned = tell("restore", "--plan", who="")
    assert planned["lost"] == [{"act": "accept", "count": 2}]
    inside = tell("restore", "--look", who="")
    assert (inside["ok"], inside["dossiers"]) == (True, 1)
    done = tell("restore", "--yes", who="chi")
    assert (done["ok"], done["lost"]) == (True, planned["lost"])
    assert {"series": "dossier", "period": "261123", "next": 4} in done["numbers"]
    assert Path(done["aside"]).is_dir()
    code = accept()
    assert code.endswith("-0004")
    assert code not in printed
    assert tell("verify")["problems"] == []


def test_a_lost_desk_is_never_set_up_anew_and_comes_back_from_its_copies(
    tell: Tell, accept: Callable[[], str], ward: Path
) -> None:
    accept()
    tell("backup", who="dung")
    for file in ward.glob("desk.db*"):
        file.unlink()
    assert tell("today") == {"error": "desk-gone"}
    assert tell("restore", who="an") == {"error": "role"}
    assert tell("restore", who="dung")["ok"] is True
    assert accept().endswith("-0002")


def test_a_drill_and_its_record(tell: Tell, tmp_path: Path) -> None:
    tell("backup", who="dung")
    record = tmp_path / "record.pdf"
    done = tell("drill", "--out", str(record), who="dung")
    assert (done["ok"], done["problems"]) == (True, [])
    assert record.read_bytes().startswith(b"%PDF")


def test_the_second_place_is_chosen_seen_and_left(
    tell: Tell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stick = tmp_path_factory.mktemp("stick")
    assert tell("second-place", str(stick), who="dung")["there"] is True
    answer = tell("backup", who="dung")
    assert answer["second"] == "made"
    assert tell("second-place", who="dung")["newest"] == answer["second_file"]
    assert tell("second-place", "--off", who="dung")["folder"] is None
