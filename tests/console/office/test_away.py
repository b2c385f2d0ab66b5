"""An away desk leaves, works and comes back from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console
from tests.console.test_console import MONDAY
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]


def test_a_laptop_leaves_and_comes_back(
    tell: Tell, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop = str(tmp_path / "laptop")

    def away(*words: str) -> dict[str, Any]:
        at = ["--data", laptop, "--json", "--now", MONDAY, "--as", "an"]
        console.main([*at, *words])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    out = tell("chi", "ward", "away", laptop, "--name", "Ấp 5", "--plain", "--until", "2026-11-24")
    assert (out["block"], out["letters"], out["hold_home_to"]) == (
        [9500, 9999],
        [99000, 99999],
        9499,
    )
    new = away("accept", str(tmp_path / "dossier.json"))["code"]
    assert new.endswith("-9500")
    away("shelve", code, "--place", "Kệ xa")
    tell("an", "shelve", code, "--place", "Kệ gần")

    seen = tell("chi", "ward", "back", laptop, "--try")
    assert (seen["new"], seen["undecided"]) == ([new], [code])
    assert "Kệ gần" in seen["both"][0]["home"][0]
    assert "Kệ xa" in seen["both"][0]["away"][0]
    (trip,) = tell("chi", "ward", "trips")["trips"]
    assert (trip["state"], trip["until"]) == ("out", "2026-11-24")

    assert tell("chi", "ward", "back", laptop)["undecided"] == [code]
    assert away("accept", str(tmp_path / "dossier.json"))["error"]["code"] == "away-closed"
    decided = tell("chi", "ward", "back", laptop, "--take", code)
    assert (decided["was_back"], decided["undecided"]) == (True, [])
    assert tell("an", "show", code)["place"] == "Kệ xa"
    assert tell("an", "verify")["ok"]
    assert tell("chi", "ward", "give-up", "Ấp 5", "--reason", "Mất")["refused"] == "away-not-out"
