"""Papers by the command line: chosen among several, listed, the same at every print."""

import hashlib
from pathlib import Path

from tests.console.test_console import text_of
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]
NEW_DUE = "2026-11-27T09:00"


def test_letters_and_slips_are_listed_and_chosen(tell: Tell, code: str, tmp_path: Path) -> None:
    first = tell("chi", "apologise", code, "--cause", "volume", "--new-due", NEW_DUE, "--sign")
    mistake = tell("chi", "mistake-letter", code, "--reason", "ghi sai tên")
    tell("an", "request", code, "--reason", "Thiếu", "--item", "Bản sao")
    letters = [one for one in tell("an", "papers", code)["papers"] if one["kind"] == "apology"]
    assert [(one["letter"], one["state"], one["number"]) for one in letters] == [
        (first["letter"], "signed", first["number"]),
        (mistake["letter"], "draft", ""),
    ]
    out = tmp_path / "letter.pdf"
    tell("an", "paper", code, "apology", "--letter", first["letter"], "--out", str(out))
    assert f"Số: {first['number']}" in text_of(out)
    by_number = ("--letter", first["number"], "--out", str(out))
    tell("an", "paper", code, "apology", *by_number)
    assert "Bản in lại lần 1" in text_of(out)
    for number in (first["number"], "01", "1"):
        tell("an", "paper", code, "apology", "--number", number, "--out", str(out))
        assert f"Số: {first['number']}" in text_of(out)
    unknown = ("paper", code, "apology", "--number", "2", "--out", str(out))
    assert tell("an", *unknown) == {"refused": "unknown-letter"}
    (slip,) = (one for one in tell("an", "papers", code)["papers"] if one["slip"])
    assert (slip["kind"], slip["state"], slip["printed"]) == ("supplement", "not-printed", 0)
    tell("an", "paper", code, "supplement", "--slip", slip["slip"], "--out", str(out))
    assert slip["number"] in text_of(out)
    unknown = ("paper", code, "apology", "--letter", "x", "--out", str(out))
    assert tell("an", *unknown) == {"refused": "unknown-letter"}
    wrong = ("paper", code, "receipt", "--letter", first["letter"], "--out", str(out))
    assert tell("an", *wrong) == {"refused": "usage"}


def test_a_paper_that_was_given_is_printed_again_as_it_was(
    tell: Tell, code: str, tmp_path: Path
) -> None:
    given = tmp_path / "given.pdf"
    tell("an", "paper", code, "receipt", "--out", str(given))
    (receipt,) = tell("an", "papers", code)["papers"]
    assert receipt["pdf_sha256"] == hashlib.sha256(given.read_bytes()).hexdigest()
    assert (receipt["paper"], receipt["state"], receipt["printed"]) == (1, "given", 1)
    changes = tmp_path / "changes.json"
    changes.write_text('{"applicant": {"name": "Nguyễn Thị Ánh Hồng"}}', encoding="utf-8")
    tell("an", "correct", code, str(changes), "--reason", "gõ nhầm")
    again = tmp_path / "again.pdf"
    tell("an", "paper", code, "receipt", "--paper", "1", "--out", str(again))
    assert text_of(again).replace("(Bản in lại lần 1)", "").split() == text_of(given).split()
    tell("an", "paper", code, "receipt", "--out", str(again))
    assert "Nguyễn Thị Ánh Hồng" in text_of(again)
    states = [one["state"] for one in tell("an", "papers", code)["papers"]]
    assert states[:2] == ["given", "in-exchange"]
    assert tell("an", "verify")["problems"] == []
