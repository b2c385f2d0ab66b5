"""`cchc courtesy …` as a script uses it: words in, JSON out, papers in files."""

import json
from pathlib import Path

import pytest

from cchc_desk import console
from tests.console.test_console import MONDAY
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]
FRIDAY = "2026-11-27T16:00"


def test_a_week_at_the_counter(tell: Tell, code: str, tmp_path: Path) -> None:
    done = ["greet", "thank", "smile", "listen", "help"]
    visit = tell("an", "courtesy", "record", *done, "--moment", "greeting", "--code", code)
    assert (visit["done"], visit["code"], visit["moment"]) == (sorted(done), code, "greeting")
    rating = tell("an", "courtesy", "rate", code, "--faces", "5")
    assert (rating["faces"], rating["stage"], rating["told"]) == (5, "intake", None)
    assert tell("chi", "courtesy", "card", "--official", "an") == {"refused": "card-not-seen"}
    card = tell("an", "courtesy", "card")
    assert card["score"] == {"done": 5, "of": 6, "share": "5/6"}
    assert (card["citizens"]["mean"], card["letters"]["share"], card["monday"]) == (
        "5",
        None,
        "2026-11-23",
    )
    assert len(card["trend"]) == 8
    out = tmp_path / "card.pdf"
    seen = tell("chi", "courtesy", "card", "--official", "an", "--out", str(out), "--size", "A4")
    assert (seen["visits"], seen["pages"], out.read_bytes()[:4]) == (1, 1, b"%PDF")
    assert tell("binh", "courtesy", "card", "--official", "an") == {"refused": "card-not-yours"}


def test_a_late_dossier_asks_whether_the_delay_was_told(tell: Tell, code: str) -> None:
    assert tell("an", "courtesy", "rate", code, "--faces", "3", "--told", "yes") == {
        "refused": "told-not-late"
    }
    assert (
        tell("an", "courtesy", "rate", code, "--faces", "3", "--told", "yes", now=FRIDAY)["told"]
        is True
    )
    period = ["--from", "2026-11-23", "--to", "2026-11-27"]
    assert tell("an", "courtesy", "report", *period, now=FRIDAY) == {"refused": "role"}
    report = tell("chi", "courtesy", "report", *period, now=FRIDAY)
    assert (report["citizens"]["told"]["share"], report["letters"]["of"]) == ("1", 1)


def test_the_eight_are_put_in_another_order_and_back(tell: Tell, tmp_path: Path) -> None:
    eight = tell("an", "courtesy", "items")["items"]
    file = tmp_path / "items.json"
    file.write_text(
        json.dumps({"items": [{"key": x["key"], "text": x["text"]} for x in reversed(eight)]})
    )
    assert tell("an", "courtesy", "items", "--set", str(file)) == {"refused": "role"}
    assert tell("chi", "courtesy", "items", "--set", str(file))["items"] == list(reversed(eight))
    file.write_text('{"items": []}')
    assert tell("chi", "courtesy", "items", "--set", str(file))["items"] == eight
    file.write_text('{"items": [{"key": "greet", "text": "xin chào"}]}')
    assert tell("chi", "courtesy", "items", "--set", str(file)) == {"refused": "courtesy-items"}


def test_an_observation_is_filed_and_printed(tell: Tell, tmp_path: Path) -> None:
    keys = [item["key"] for item in tell("an", "courtesy", "items")["items"]]
    file, out = tmp_path / "sheet.json", tmp_path / "sheet.pdf"
    file.write_text(
        json.dumps({"official": "an", "marks": dict.fromkeys(keys, "done"), "good": "Chào trước."})
    )
    kept = tell("chi", "courtesy", "observe", str(file))
    assert (kept["at"], kept["observer"]) == (MONDAY, "chi")
    assert [one["id"] for one in tell("an", "courtesy", "observations")["observations"]] == [
        kept["id"]
    ]
    assert tell("an", "courtesy", "sheet", kept["id"], "--out", str(out))["pages"] == 1
    assert tell("chi", "courtesy", "sheet", "--out", str(out))["pages"] == 1
    assert tell("binh", "courtesy", "sheet", kept["id"], "--out", str(out)) == {
        "refused": "unknown-observation"
    }
    file.write_text(json.dumps({"official": "an", "marks": {"greet": "fine"}}))
    assert tell("chi", "courtesy", "observe", str(file)) == {"refused": "file-field"}


def test_words_for_a_moment(tell: Tell) -> None:
    words = tell("an", "courtesy", "words", "late")
    assert "xin lỗi" in words["say"][0]["text"]
    assert words["avoid"][0]["avoid"] == "không được"


def test_a_wrong_second_word_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["courtesy", "bow"]) == 2
    assert console.main(["courtesy"]) == 2
    assert "cchc courtesy" in capsys.readouterr().err
