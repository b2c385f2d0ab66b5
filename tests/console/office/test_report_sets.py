"""The verbs of reports that are sent again and again, from the first word to the letter sent."""

from pathlib import Path
from zipfile import ZipFile

from tests.console.test_registers import Tell, empty_ward, tell

__all__ = ["empty_ward", "tell"]
ADD = ("report-set", "add", "--name", "Báo cáo tháng", "--receiver", "Sở Nội vụ")
REPORTS = ("--report", "monthly", "--report", "ii-06a")
DECEMBER = "2026-12-02T09:00"


def test_a_month_is_set_made_sent_and_told(tell: Tell, tmp_path: Path) -> None:
    added = tell("chi", *ADD, *REPORTS, "--due", "8")
    assert added == {
        "number": 1,
        "name": "Báo cáo tháng",
        "receiver": "Sở Nội vụ",
        "reports": ["ii-06a", "monthly"],
        "every": "month",
        "closing": 31,
        "due_day": 8,
        "since": "2026-11-23",
    }
    (waiting,) = tell("an", "report-set", "list")["sets"]
    assert (waiting["last"], waiting["due"]) == ("2026-11-30", "2026-12-08")
    assert (waiting["state"], waiting["bundle"], waiting["last_sent"]) == ("running", None, None)
    make = ("report-set", "make", "1", "--out", str(tmp_path))
    assert tell("an", *make) == {"refused": "period-not-over"}
    made = tell("an", *make, now=DECEMBER)
    assert (made["file"], made["first"], made["last"], made["sent"]) == (
        *("bao-cao-thang-2026-11.zip", "2026-11-01"),
        *("2026-11-30", None),
    )
    with ZipFile(tmp_path / made["file"]) as packed:
        assert len(packed.namelist()) == 5
    how = ("--how", "Trục liên thông văn bản")
    sent = tell("an", "report-set", "sent", "1", *how, now=DECEMBER)
    assert (sent["bundle"], sent["sent"], sent["how"]) == (1, "2026-12-02", how[1])
    again = tell("an", "report-set", "sent", "1", *how, "--month", "2026-11", now=DECEMBER)
    assert again == {"refused": "bundle-sent"}
    (stands,) = tell("an", "report-set", "list", now=DECEMBER)["sets"]
    assert (stands["last"], stands["last_sent"]["sha256"]) == ("2026-12-31", made["sha256"])
    (line,) = tell("binh", "report-set", "history", "--set", "1", now=DECEMBER)["bundles"]
    assert line["sent_by_name"] == "Nguyễn Thị Hoài An"
    assert tell("an", "verify", now=DECEMBER)["ok"]


def test_a_set_is_changed_and_taken_away(tell: Tell) -> None:
    tell("chi", *ADD, *REPORTS)
    other = ("--name", "Quý", "--receiver", "Sở Tư pháp", "--report", "766", "--every", "quarter")
    changed = tell("dung", "report-set", "change", "1", *other, "--closing", "14", "--due", "17")
    assert (changed["name"], changed["every"], changed["closing"]) == ("Quý", "quarter", 14)
    (stands,) = tell("chi", "report-set")["sets"]
    assert (stands["first"], stands["last"], stands["due"]) == (
        *("2026-09-15", "2026-12-14"),
        "2026-12-17",
    )
    assert tell("chi", "report-set", "remove", "1")["name"] == "Quý"
    assert tell("chi", "report-set", "list") == {"sets": []}
    assert tell("chi", "report-set", "remove", "1") == {"refused": "unknown-report-set"}


def test_an_earlier_month_is_made_with_a_reason_where_it_names_citizens(
    tell: Tell, tmp_path: Path
) -> None:
    tell("chi", *ADD, "--report", "register")
    make = ("report-set", "make", "1", "--month", "2026-10", "--out", str(tmp_path / "a.zip"))
    assert tell("chi", *make) == {"refused": "reason-missing"}
    why = ("--reason", "Nộp báo cáo cho Sở Nội vụ")
    assert tell("an", *make, *why) == {"refused": "role"}
    assert tell("chi", *make, *why)["last"] == "2026-10-31"
    assert tell("chi", "report-set", "remove", "7") == {"refused": "unknown-report-set"}
