"""The verbs of reminders, absences and the lobby board, each through its life."""

from pathlib import Path

from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]


def test_a_reminder_is_made_listed_answered_and_counted(tell: Tell, code: str) -> None:
    made = tell("an", "remind", code, "--how", "phone", "--words", "Bao giờ xong?")
    assert (made["time"], made["number"], made["receiver"]) == (1, "01/PĐĐ", "an")
    (waiting,) = tell("an", "reminders")["reminders"]
    assert (waiting["code"], waiting["overdue"]) == (code, False)
    (shown,) = tell("an", "show", code)["reminders"]
    assert shown["answered"] is None
    (answered,) = tell("an", "answer-reminder", code, "--answer", "Mai có")["answered"]
    assert (answered["answer"], answered["answered_by"]) == ("Mai có", "an")
    assert tell("an", "reminders")["reminders"] == []
    counted = tell("an", "reminders", "--from", "2026-01-01", "--to", "2026-12-31")
    assert [(one["of"], one["answered"]) for one in counted["by_holder"]] == [("an", 1)]
    assert len(counted["by_field"]) == 1


def test_an_absence_is_entered_listed_and_ended(tell: Tell, code: str, tmp_path: Path) -> None:
    days = ("--from", "2026-11-23", "--to", "2026-12-31")
    entered = tell("chi", "absence", *days, "--official", "an", "--stand-in", "chi")
    assert (entered["official"], entered["entered_by"]) == ("an", "chi")
    (listed,) = tell("an", "absences")["absences"]
    assert (listed["cover"], listed["held"]) == ("Lê Mai Chi", 1)
    assert tell("an", "roster", "--out", str(tmp_path / "cua.pdf"))["pages"] == 1
    assert tell("an", "absence-end", str(entered["number"]))["official"] == "an"
    assert tell("an", "absences") == {"absences": [], "remarks": []}


def test_the_lobby_board_is_a_page(tell: Tell, code: str, tmp_path: Path) -> None:
    tell("an", "ready", code)
    file = tmp_path / "bang.html"
    assert tell("an", "lobby", "--out", str(file))["lines"] == 1
    assert code.partition("-")[2] in file.read_text("utf-8")
