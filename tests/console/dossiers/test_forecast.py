"""The verb of the forecast: words in, JSON out."""

import json
from pathlib import Path

import pytest

from cchc_desk.console import command_line
from tests.console.dossiers.test_lists import a_list
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]


def test_a_ward_with_a_short_past_gives_no_chance(tell: Tell, code: str) -> None:
    answer = tell("an", "forecast")
    (dossier,) = answer.pop("dossiers")
    assert answer == {"enough": False}
    assert dossier == {
        "code": code,
        "procedure": dossier["procedure"],
        "due": "2026-11-25T10:00",
        "chance": None,
        "probable": False,
        "past": 0,
        "minutes_left": dossier["minutes_left"],
        "step": "",
        "clock_stands": False,
    }
    # What is left of Monday, and the due day to its closing; Tuesday is a holiday.
    assert dossier["minutes_left"] == 90 + 240 + 480


def test_the_practice_ward_looks_back_on_a_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCHC_PASSWORD", "practice")
    at = ["--json", "--data", str(tmp_path / "ward"), "--now", "2026-11-23T10:00"]
    command_line.main([*at, "practice", "--dossiers", "120"])
    capsys.readouterr()
    command_line.main([*at, "--as", "chi", "forecast", "--month", "2026-11"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["month"] == "2026-11"
    assert {"deciles", "expected_late", "late", "undecided", "enough_then"} <= set(answer)
    chances = [one["chance"] for one in answer["dossiers"] if one["chance"] is not None]
    assert bool(chances) is answer["enough"]
    assert all(0 < chance < 1 for chance in chances)


def test_a_month_that_has_not_begun_or_is_no_month(tell: Tell) -> None:
    assert tell("an", "forecast", "--month", "2026-12") == {"refused": "month-not-begun"}
    for wrong in ("2026-13", "11/2026", "2026-11-01", "1800-01", "x"):
        assert tell("an", "forecast", "--month", wrong) == {"refused": "usage"}


def test_watched_dossiers_are_foreseen_too(tell: Tell, code: str, tmp_path: Path) -> None:
    tell("an", "list-take", str(a_list(tmp_path / "ds.xlsx")))
    found = {
        origin: {one["code"] for one in tell("an", "forecast", "--origin", origin)["dossiers"]}
        for origin in ("all", "desk", "list")
    }
    assert found["desk"] == {code}
    assert found["list"]
    assert found["all"] == found["desk"] | found["list"]
