"""A desk that a set-up file makes is encrypted; on another computer its recovery sheet opens it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desk.console import main
from cchc_desk.store.engine import encryption
from tests.console.test_console import DOSSIER, SETUP

NAME, NUMBER = DOSSIER["applicant"]["name"], DOSSIER["applicant"]["id_number"]
Cchc = Callable[..., tuple[int, Any]]


@pytest.fixture
def cchc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Cchc:
    """One command by a user with this home folder, as by a new process: exit code and answer."""

    def cchc(folder: Path, home: Path, *words: str, given: object = None, **more: str) -> Any:
        for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            monkeypatch.setenv(name, str(home))
        for name, value in more.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(encryption, "_known", [])
        monkeypatch.setattr(encryption, "_of_file", {})
        file = tmp_path / "given.json"
        file.write_text(json.dumps(given), encoding="utf-8")
        written = [str(file) if word == "-" else word for word in words]
        code = main(["--json", "--data", str(folder), *written])
        return code, json.loads(capsys.readouterr().out)

    return cchc


def files_with_a_name(folder: Path) -> list[str]:
    needles = [text.encode(code) for text in (NAME, NUMBER) for code in ("utf-8", "utf-16-le")]
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(needle in file.read_bytes() for needle in needles)
    ]


@pytest.mark.one_pc("encryption of the file")
def test_a_new_desk_is_encrypted_and_moves_by_its_recovery_sheet(
    cchc: Cchc, tmp_path: Path
) -> None:
    folder, home, elsewhere = tmp_path / "desk", tmp_path / "home", tmp_path / "another computer"
    clerk = {"CCHC_PASSWORD": SETUP["officials"][0]["password"]}
    administrator = {"CCHC_PASSWORD": SETUP["officials"][1]["password"]}
    assert cchc(folder, home, "setup", "-", given=SETUP) == (0, {"unit": "H13.32"})
    own = ("--as", "an")
    code, accepted = cchc(folder, home, *own, "accept", "-", given=DOSSIER, **clerk)
    assert code == 0, accepted
    admin = ("--as", "hai")
    assert cchc(folder, home, *admin, "backup", **administrator)[0] == 0
    code, sheet = cchc(folder, home, *admin, "recovery-sheet", **administrator)
    assert code == 0, sheet
    assert files_with_a_name(folder) == []
    assert cchc(folder, home, *admin, "protection", **administrator)[1] == {
        "encrypted": True,
        "can_encrypt": True,
        "key_in_file": True,
        "recovery_sheet": True,
        "plain_copies": [],
        "older_copies": [],
        "open_to_others": [],
    }
    moved = tmp_path / "moved"
    shutil.copytree(folder, moved)
    code, answer = cchc(moved, elsewhere, *own, "show", accepted["code"], **clerk)
    assert (code, answer["error"]["code"]) == (3, "disk-key")
    wrong = sheet["code"][:-1] + ("3" if sheet["code"].endswith("2") else "2")
    code, answer = cchc(moved, elsewhere, "unlock", CCHC_RECOVERY_CODE=wrong)
    assert (code, answer["error"]["code"]) == (1, "recovery-code")
    code, answer = cchc(moved, elsewhere, "unlock", CCHC_RECOVERY_CODE=sheet["code"])
    assert (code, answer) == (0, {"unlocked": True})
    assert cchc(moved, elsewhere, *own, "show", accepted["code"], **clerk)[0] == 0


@pytest.mark.one_pc("encryption of the file")
def test_an_office_that_wants_a_plain_file_has_one(cchc: Cchc, tmp_path: Path) -> None:
    plain = SETUP | {"encrypt": False}
    assert cchc(tmp_path / "desk", tmp_path, "setup", "-", given=plain)[0] == 0
    assert (tmp_path / "desk" / "desk.db").read_bytes()[:6] == b"SQLite"
    odd = SETUP | {"encrypt": "yes"}
    code, answer = cchc(tmp_path / "other", tmp_path, "setup", "-", given=odd)
    assert (code, answer["error"]["code"]) == (1, "file-field")
