"""`cchc lessons …` as a script uses it; a refusal at the command line is a wrong step too."""

from pathlib import Path

from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]


def test_a_lesson_from_the_list_to_the_certificate(tell: Tell, code: str, tmp_path: Path) -> None:
    listed = tell("an", "lessons")["lessons"]
    assert len(listed) == 10
    assert listed[0] == {
        "number": 1,
        "title": "Tiếp nhận đăng ký khai sinh bằng thẻ",
        "minutes": 5,
        "running": False,
        "passed": False,
        "score": None,
    }
    assert tell("an", "lesson-look") == {"number": None}
    begun = tell("an", "lesson-begin", "8", "--name", "Trần Học Viên")
    mine = str(begun["story"]).split()[2]
    assert tell("an", "apologise", mine, "--cause", "volume", "--new-due", "2026-12-01T10:00") == {
        "refused": "second-reappointment"
    }
    tell("an", "hand-over", mine, "--to", "chi")
    tell("an", "ready", mine)
    tell("an", "return", mine, "--to", "Bùi Thành Giang")
    look = tell("an", "lesson-look")
    assert [task["done"] for task in look["tasks"]] == [True, True, True]
    assert [one["source"] for one in look["mistakes"]] == ["Công văn 2307/UBND-NC ngày 03/8/2020"]
    assert tell("an", "lesson-end")["score"] == 9
    out = tmp_path / "certificate.pdf"
    assert tell("an", "certificate", "--name", "Trần Học Viên", "--out", str(out))["pages"] == 1
    assert out.read_bytes().startswith(b"%PDF")
    assert tell("an", "certificate", "--name", "Ai khác", "--out", str(out)) == {
        "refused": "no-lesson-done"
    }
    assert tell("an", "lesson-begin", "11") == {"refused": "unknown-lesson"}
