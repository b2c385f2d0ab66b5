"""The verb `scan`: one file through its whole life at the command line."""

from pathlib import Path

from tests.actions.documents.test_scans import picture
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]


def test_a_scan_is_added_listed_saved_removed_and_taken_back(
    tell: Tell, code: str, tmp_path: Path
) -> None:
    file, saved = tmp_path / "cccd.jpg", tmp_path / "ra.jpg"
    file.write_bytes(picture())
    (added,) = tell("an", "scan", "add", code, str(file))["scans"]
    assert (added["number"], added["name"], added["kind"]) == (1, "cccd.jpg", "jpg")
    assert tell("an", "scan", "list", code)["scans"] == [added]
    assert tell("an", "scan", "add", code, str(file)) == {"refused": "scan-known"}
    number = ("--number", "1")
    assert tell("an", "scan", "save", code, *number, "--out", str(saved))["scans"] == [added]
    assert saved.read_bytes() == file.read_bytes()
    assert tell("an", "scan", "remove", code, *number) == {"refused": "reason-missing"}
    (removed,) = tell("an", "scan", "remove", code, *number, "--reason", "nhầm")["scans"]
    assert removed["removed"]
    assert tell("an", "scan", "list", code)["scans"] == []
    assert tell("an", "scan", "restore", code, *number)["scans"] == [added]
    assert tell("dung", "scan", "save", code, *number) == {"refused": "role"}
    assert tell("an", "scan", "save", code, "--number", "9") == {"refused": "unknown-scan"}
