"""People, passwords, recovery and settings by the command line."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
from tests.engines import copy_desk, new_place

Say = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), practice=True).close()
    return folder


@pytest.fixture
def say(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Say:
    """Says words as somebody; answers the exit code and the object."""
    copy_desk(made, tmp_path)

    def said(
        *words: str, who: str = "dung", password: str = "practice", **variables: str
    ) -> tuple[int, dict[str, Any]]:
        with monkeypatch.context() as patch:
            patch.setenv("CCHC_PASSWORD", password)
            for name, value in variables.items():
                patch.setenv(name, value)
            code = console.main(["--data", str(tmp_path), "--as", who, "--json", *words])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, answer.get("error", answer)

    return said


def test_an_official_is_added_changed_and_switched_off(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "em.json"
    file.write_text(json.dumps({"id": "em", "name": "Võ Thị Em", "role": "clerk"}))
    code, added = say("official", "add", str(file))
    assert (code, added["role"], added["active"]) == (0, "clerk", True)
    assert say("today", who="em", password=added["password"])[0] == 0
    assert say("official", "rename", "em", "Võ Thị Em Út")[1]["name"] == "Võ Thị Em Út"
    assert say("official", "title", "em", "Công chức")[1]["title"] == "Công chức"
    assert say("official", "role", "em", "processor")[1]["role"] == "processor"
    assert say("official", "role", "em", "king")[1]["code"] == "usage"
    assert say("official", "disable", "em")[1]["active"] is False
    assert say("today", who="em", password=added["password"])[1]["code"] == "official-disabled"
    assert say("official", "enable", "em")[1]["active"] is True
    reset = say("official", "reset", "em")[1]["password"]
    again = say("official", "reset-password", "em")[1]["password"]
    assert say("today", who="em", password=reset)[1]["code"] == "wrong-password"
    assert say("today", who="em", password=again)[0] == 0
    assert say("official", "unlock", "em") == (0, {"id": "em", "failures": 0})
    listed = {one["id"]: one for one in say("official", "list")[1]["officials"]}
    assert listed["em"]["must_change"]
    assert not listed["an"]["damaged"]
    assert say("official", "disable", "dung")[1]["code"] == "last-administrator"
    assert say("official", "disable", "an", who="an")[1]["code"] == "role"
    assert say("verify")[1]["ok"]


def test_whoever_has_a_given_password_is_warned_and_changes_it(
    say: Say,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = say("official", "reset", "an")[1]["password"]
    monkeypatch.setenv("CCHC_PASSWORD", given)
    words = ["--data", str(tmp_path), "--as", "an"]
    assert console.main([*words, "today"]) == 0
    assert "hãy đổi" in capsys.readouterr().err
    assert console.main([*words, "--json", "today"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("CCHC_NEW_PASSWORD", "mưa rào")
    assert console.main([*words, "--json", "password"]) == 0
    capsys.readouterr()
    assert say("today", who="an", password="mưa rào")[0] == 0
    assert say("today", who="an", password=given)[1]["code"] == "wrong-password"


def test_a_lost_administrator_is_recovered_by_two_or_by_the_sheet(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "exports" / "sheet.pdf"
    assert say("recovery-sheet", "--out", str(file))[1]["pages"] == 1
    code = say("recovery-sheet")[1]["code"]
    two = ("--with", "chi", "--with", "an")
    by_two = say("recover", "dung", *two, CCHC_PASSWORD_2="practice")[1]
    assert say("today", password=by_two["password"])[0] == 0
    assert say("recover", "dung", "--with", "chi")[1]["code"] == "recovery-people"
    by_sheet = say("recover", "dung", "--with", "chi", "--sheet", CCHC_RECOVERY_CODE=code)[1]
    assert by_sheet["code"] != code
    assert say("today", password=by_sheet["password"])[0] == 0
    again = say("recover", "dung", "--with", "chi", "--sheet", CCHC_RECOVERY_CODE=code)[1]
    assert again["code"] == "recovery-code"


def test_a_setting_is_read_and_changed_by_the_rules_of_the_page(say: Say) -> None:
    assert say("setting")[1]["settings"]["notice_days"] == 1
    assert say("setting", "notice_days", "2")[1]["value"] == 2
    assert say("setting", "due_at_closing", "có")[1]["value"] is True
    hours = '{"mon-fri": "07:00-11:00"}'
    assert say("setting", "office_hours", hours)[1]["value"] == {"mon-fri": "07:00-11:00"}
    assert say("setting", "receipt_offset", "[1.5, -2]")[1]["value"] == [1.5, -2]
    for key, value, code in (
        ("unit_code", "h13.999", "unit-code"),
        ("practice", "false", "setting"),
        ("nothing", "1", "setting"),
        ("notice_days", "99", "setting"),
        ("notice_days", "x", "usage"),
        ("signers", "{}", "usage"),
        ("office_hours", "[" * 5000, "usage"),
        ("office_hours", '{"mon": 5}', "usage"),
    ):
        assert say("setting", key, value)[1]["code"] == code
    assert say("setting", "hotline", "0292", who="an")[1]["code"] == "role"


def test_what_names_a_person_and_the_password_come_by_standard_input(
    say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    card = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi|01072021"
    monkeypatch.setattr("sys.stdin", io.StringIO(card + "\n"))
    assert say("card", "-")[1]["id_number"] == "092190001234"
    monkeypatch.setattr("sys.stdin", io.StringIO("Ánh Đào\n"))
    assert say("find", "-")[1]["dossiers"] == []
    lines = "Nguyễn Thị Ánh Đào\n0912345678\nSửa tên của tôi\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    request = ("personal-data", "request", "--kind", "correct")
    asked = say(*request, "--person", "-", "--contact", "-", "--about", "-")[1]
    assert (asked["person"], asked["contact"]) == ("Nguyễn Thị Ánh Đào", "0912345678")
    file = tmp_path / "word"
    file.write_text("practice\n", encoding="utf-8")
    wrong = {"password": "wrong"}
    assert say("--password-file", str(file), "today", **wrong)[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("practice\n"))
    assert say("--password-file", "-", "today", **wrong)[0] == 0
    assert say("--password-file", str(tmp_path / "none"), "today")[1]["code"] == "usage"
