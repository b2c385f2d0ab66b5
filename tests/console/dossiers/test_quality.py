"""The verb of data quality: every check with its words, one check with its dossiers."""

import re
from datetime import timedelta
from pathlib import Path

from cchc_desk.domain.quality import CHECKS
from tests.actions.conftest import MONDAY
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]
YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


def test_every_check_says_how_many_stand_open_and_what_to_do(tell: Tell, code: str) -> None:
    answer = tell("an", "quality", *YEAR)
    assert answer.keys() == {"checks", "dossiers"}
    assert [row["name"] for row in answer["checks"]] == [check.name for check in CHECKS]
    assert {(row["title"], row["what_to_do"]) for row in answer["checks"]} == {
        (check.title, check.what_to_do) for check in CHECKS
    }
    assert answer["dossiers"] == []


def test_one_check_names_its_dossiers(tell: Tell, code: str) -> None:
    answer = tell("an", "quality", *YEAR, "--check", "no-letter")
    assert (answer["checks"][0]["open"], answer["dossiers"]) == (0, [])
    later = (MONDAY + timedelta(days=30)).isoformat()
    answer = tell("an", "quality", *YEAR, "--check", "no-letter", now=later)
    (row,) = answer["checks"]
    assert (row["name"], row["open"]) == ("no-letter", 1)
    assert answer["dossiers"] == [code]
    for origin, found in (("desk", [code]), ("list", [])):
        asked = (*YEAR, "--check", "no-letter", "--origin", origin)
        assert tell("an", "quality", *asked, now=later)["dossiers"] == found


def test_an_unknown_check_and_a_period_the_wrong_way_round_are_refused(tell: Tell) -> None:
    assert tell("an", "quality", *YEAR, "--check", "x") == {"refused": "usage"}
    answer = tell("an", "quality", "--from", "2026-11-02", "--to", "2026-11-01")
    assert answer == {"refused": "period"}


def test_the_document_lists_every_check() -> None:
    text = (Path(__file__).parents[3] / "docs" / "console.md").read_text(encoding="utf-8")
    section = text.partition("## Kiểm tra dữ liệu\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (cả phường|trong kỳ) \|$", section, re.M)
    assert rows == [
        (check.name, check.title, "cả phường" if check.whole_ward else "trong kỳ")
        for check in CHECKS
    ]
