"""Putting right by the command line: words in, JSON out, the promise unchanged, the chain whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.test_console import DUE, text_of
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]
DAY = ("--from", "2026-11-23", "--to", "2026-11-23")
Changes = Callable[[dict[str, Any]], str]


@pytest.fixture
def changes(tmp_path: Path) -> Changes:
    """A file with these keys alone."""

    def write(data: dict[str, Any]) -> str:
        file = tmp_path / "changes.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return str(file)

    return write


def test_what_was_typed_wrong_is_corrected_and_the_promise_stays(
    tell: Tell, code: str, changes: Changes, tmp_path: Path
) -> None:
    receipt = ("paper", code, "receipt", "--out", str(tmp_path / "receipt.pdf"))
    tell("an", *receipt)
    wanted = changes(
        {
            "applicant": {"name": "Nguyễn Thị Ánh Đào Hoa", "phone": "+84 987 654 321"},
            "submitter": {"name": "Trần Văn Đức", "relation": "chồng"},
            "sets": 2,
        }
    )
    answer = tell("an", "correct", code, wanted, "--reason", "gõ nhầm")
    assert (answer["code"], answer["reprint"], answer["due"]) == (code, ["receipt"], DUE)
    assert answer["changed"] == {
        "name": {"before": "Nguyễn Thị Ánh Đào", "after": "Nguyễn Thị Ánh Đào Hoa"},
        "phone": {"before": "0912345678", "after": "0987654321"},
        "sets": {"before": 1, "after": 2},
        "submitter_name": {"before": "", "after": "Trần Văn Đức"},
        "submitter_relation": {"before": "", "after": "chồng"},
    }
    shown = tell("an", "show", code)
    assert (shown["applicant"]["name"], shown["due"]) == ("Nguyễn Thị Ánh Đào Hoa", DUE)
    assert shown["ledger"][-1]["act"] == "correct"
    assert [row["code"] for row in tell("an", "find", "dao hoa")["dossiers"]] == [code]
    assert tell("an", "find", "0912345678")["dossiers"] == []
    tell("an", *receipt)
    assert "Cấp đổi" in text_of(tmp_path / "receipt.pdf")
    back = changes({"submitter": None})
    changed = tell("an", "correct", code, back, "--reason", "tự nộp")["changed"]
    assert set(changed) == {"submitter_name", "submitter_relation"}
    assert tell("dung", "verify")["ok"] is True


def test_another_procedure_moves_the_promise_only_before_anything_was_printed(
    tell: Tell, code: str, changes: Changes, tmp_path: Path
) -> None:
    wanted = changes({"procedure": "1.004222", "limit": "5 ngày làm việc"})
    moved = tell("an", "correct", code, wanted, "--reason", "chọn nhầm")
    assert (moved["reprint"], moved["due"]) == ([], "2026-12-01T10:00")
    assert set(moved["changed"]) == {"procedure", "limit"}
    tell("an", "paper", code, "receipt", "--out", str(tmp_path / "receipt.pdf"))
    kept = tell(
        "an", "correct", code, changes({"procedure": "1.001193"}), "--reason", "chọn nhầm nữa"
    )
    assert (kept["reprint"], kept["due"]) == (["receipt", "correction"], "2026-12-01T10:00")
    note = tmp_path / "note.pdf"
    assert tell("an", "paper", code, "correction", "--out", str(note))["pages"] == 1
    assert "không thay đổi" in text_of(note)
    assert tell("dung", "verify")["ok"] is True


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ({"applicant": {"name": ""}}, "name-empty"),
        ({"applicant": {"adress": "9 Hai Bà Trưng"}}, "file-field"),
        ({"adress": "9 Hai Bà Trưng"}, "file-field"),
        ({"applicant": {"phone": "0912345678"}}, "correct-nothing"),
        ({"received": "2026-11-23T09:00"}, "correct-fixed"),
        ({"limit": "9 ngày làm việc"}, "correct-fixed"),
        ({"sets": 0}, "sets"),
    ],
)
def test_a_wrong_correction_is_refused_and_changes_nothing(
    tell: Tell, code: str, changes: Changes, data: dict[str, Any], refusal: str
) -> None:
    before = tell("an", "show", code)
    answer = tell("an", "correct", code, changes(data), "--reason", "gõ nhầm")
    assert answer == {"refused": refusal}
    assert tell("an", "show", code) == before


def test_a_mistaken_entry_is_cancelled_and_its_number_listed(tell: Tell, code: str) -> None:
    assert tell("chi", "cancel", code, "--reason", "nhầm") == {"refused": "cancel-other"}
    later = tell("an", "cancel", code, "--reason", "nhầm", now="2026-11-24T08:00")
    assert later == {"refused": "cancel-day"}
    answer = tell("an", "cancel", code, "--reason", "nhập hai lần")
    assert (answer["code"], answer["status"]) == (code, 3)
    (listed,) = tell("an", "cancelled", *DAY)["cancelled"]
    assert (listed["number"], listed["reason"]) == (code, "nhập hai lần")
    assert tell("chi", "fuse", *DAY)["total"] == 0
    (found,) = tell("an", "find", "dao")["dossiers"]
    assert (found["cancelled"], found["closed"], found["late"]) == (True, True, False)
    assert tell("an", "ready", code) == {"refused": "step-not-allowed"}
    assert tell("dung", "verify")["ok"] is True


def test_a_hand_over_and_a_request_are_taken_back(tell: Tell, code: str) -> None:
    tell("an", "hand-over", code, "--to", "binh")
    undone = tell("an", "undo", code, "--reason", "nhầm người")
    assert (undone["holder"], undone["status"], undone["due"]) == ("an", 2, DUE)
    tell("an", "request", code, "--reason", "thiếu trích lục")
    assert tell("an", "undo", code, "--reason", "nhầm hồ sơ")["status"] == 2
    assert tell("an", "supplements") == {"not_told": [], "told": [], "brought": []}
    assert tell("dung", "verify")["ok"] is True
