"""Verbs of lateness, of a dossier's steps, of the counter and of registers: words in, JSON out,
and what stands at the desk afterwards.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.test_console import DOSSIER, DUE, text_of
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]
WEDNESDAY = "2026-11-25T08:00"
FRIDAY = "2026-11-27T10:00"
LATER = "2026-12-01T10:00"  # five working days after Monday at ten; the 24th is a day of rest
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")
PORTAL = "000.00.00.H13-261123-0007"

Written = Callable[..., str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """A file as `accept` reads it, with other values in some of its keys."""

    def write(**changes: Any) -> str:
        file = tmp_path / "intake.json"
        file.write_text(json.dumps(DOSSIER | changes), encoding="utf-8")
        return str(file)

    return write


@pytest.fixture
def slow(tell: Tell, written: Written) -> str:
    """A dossier with five working days, due on the first of December."""
    return str(tell("an", "accept", written(limit="5 ngày làm việc"))["code"])


# --- lateness -------------------------------------------------------------------------------------


def test_the_message_follows_the_dossier(tell: Tell, code: str) -> None:
    early, late = tell("an", "message", code), tell("an", "message", code, now=FRIDAY)
    assert set(early) == {"code", "about", "phone", "sms", "letter"}
    assert (early["code"], early["about"], late["about"]) == (code, "notice", "late")
    assert "10:00 ngày 25/11/2026" in late["phone"]
    assert late["sms"].isascii()
    assert len(late["sms"]) <= 160
    assert late["letter"].startswith("Kính gửi: Nguyễn Thị Ánh Đào")
    tell("an", "ready", code)
    assert tell("an", "message", code)["about"] == "ready"
    assert tell("an", "message", "H13.999-261123-9999") == {"refused": "unknown-dossier"}


def test_all_letters_are_drafted_signed_and_printed_at_once(
    tell: Tell, code: str, slow: str, written: Written, tmp_path: Path
) -> None:
    second = tell("an", "accept", written())["code"]
    drafted = tell("an", "draft-letters", now=FRIDAY)["letters"]
    assert [(one["code"], one["state"], one["number"]) for one in drafted] == [
        (code, "drafted", ""),
        (second, "drafted", ""),
    ]
    assert tell("an", "draft-letters", now=FRIDAY) == {"letters": []}
    assert [one["reason"] for one in drafted] == ["", ""]  # a step not done yet is no reason
    waiting = [one["letter"] for one in drafted]
    assert set(tell("an", "today", now=FRIDAY)["to_sign"]) == set(waiting)
    assert tell("an", "show", code, now=FRIDAY)["due"] == DUE
    out = tmp_path / "letters.pdf"
    to_file = ("signed-letters", "--out", str(out))
    assert tell("an", *to_file, now=FRIDAY) == {"refused": "no-letter"}

    assert tell("an", "sign-all", now=FRIDAY) == {"refused": "role"}
    unsigned = tell("chi", "sign-all", now=FRIDAY)
    assert [one["letters"] for one in (unsigned,)] == [[]]
    assert len(unsigned["refused"]) == 2
    for one in drafted:
        due = ("--new-due", one["due"])
        tell("an", "apologise", one["code"], "--cause", "volume", *due, now=FRIDAY)
    signed = tell("chi", "sign-all", now=FRIDAY)
    assert {one["letter"] for one in signed["letters"]} == set(waiting)
    assert [(one["number"], one["state"], one["signed"]) for one in signed["letters"]] == [
        ("01/PXL-UBND", "signed", FRIDAY),
        ("02/PXL-UBND", "signed", FRIDAY),
    ]
    assert signed["refused"] == []
    assert tell("chi", "sign-all", now=FRIDAY) == {"letters": [], "refused": []}
    board = tell("an", "today", now=FRIDAY)
    assert (board["to_sign"], set(board["to_deliver"])) == ([], set(waiting))
    assert tell("an", "show", code, now=FRIDAY)["due"] == drafted[0]["due"] == LATER

    assert tell("an", *to_file, now=FRIDAY) == {"file": str(out), "pages": 2}
    assert (code in text_of(out), second in text_of(out)) == (True, True)
    assert tell("an", "show", code, now=FRIDAY)["ledger"][-1]["act"] == "print"


def test_a_letter_that_cannot_be_signed_does_not_hold_up_the_others(
    tell: Tell, code: str, written: Written
) -> None:
    words = ("--cause", "volume", "--new-due", "2026-11-26T10:00")
    tell("an", "apologise", code, *words, now=WEDNESDAY)
    second = tell("an", "accept", written())["code"]
    tell("an", "apologise", second, "--cause", "volume", "--new-due", LATER, now=WEDNESDAY)
    signed = tell("chi", "sign-all", now=FRIDAY)
    assert [one["code"] for one in signed["letters"]] == [second]
    ((refused, why),) = [tuple(one.values()) for one in signed["refused"]]
    assert refused == code
    assert why.endswith(".")
    assert tell("chi", "show", code, now=FRIDAY)["letters"][0]["state"] == "drafted"


def test_responsibility_its_objection_and_what_they_count_for(
    tell: Tell, code: str, slow: str
) -> None:
    words = ("--cause", "own-error", "--official", "binh", "--fault", "yes")
    assert tell("an", "responsibility", code, *words, now=FRIDAY) == {"refused": "role"}
    assert tell("chi", "responsibility", slow, *words, now=FRIDAY) == {"refused": "not-late"}
    assert tell("binh", "objection", code, "--text", "Máy hỏng", now=FRIDAY) == {
        "refused": "no-responsibility"
    }
    tell("an", "hand-over", code, "--to", "binh")
    assert tell("chi", "responsibility", code, *words, now=FRIDAY) == {
        "code": code,
        "cause": "own-error",
        "official": "binh",
        "own_fault": True,
        "step": "Thụ lý",
        "over": None,  # this procedure has no limits for its steps
    }
    assert tell("an", "objection", code, "--text", "Máy hỏng", now=FRIDAY) == {
        "refused": "not-yours"
    }
    said = tell("binh", "objection", code, "--text", "Máy hỏng cả ngày", now=FRIDAY)
    assert said == {"code": code, "official": "binh", "objection": "Máy hỏng cả ngày"}
    kept = tell("chi", "show", code, now=FRIDAY)["responsibility"]
    assert (kept["official"], kept["own_fault"], kept["objection"]) == (
        "binh",
        True,
        "Máy hỏng cả ngày",
    )
    (row,) = tell("chi", "strikes", now=FRIDAY)["officials"]
    assert (row["id"], row["strikes"], row["standing"], row["dossiers"]) == (
        "binh",
        1,
        "clear",
        [code],
    )
    assert tell("chi", "strikes", "--year", "2025", now=FRIDAY) == {"year": 2025, "officials": []}
    fuse = tell("chi", "fuse", *NOVEMBER, now=FRIDAY)
    assert fuse == {
        "late": 1,
        "total": 1,
        "share": "1",
        "tripped": True,
        "until_tripped": 0,
        "dossiers": [code],
        "portal": {"late": 1, "total": 2},
        "apologies": {"late": 1, "apologised": 0, "told_in_time": 0},
        "form_ii_06": {"solved": [0, 0], "unsolved": [1, 2]},
    }
    assert tell("chi", "fuse", *NOVEMBER)["share"] is None
    assert tell("chi", "fuse", "--from", "30/11/2026", "--to", "2026-11-30") == {"refused": "usage"}


# --- a dossier's steps ----------------------------------------------------------------------------


def test_dossiers_are_handed_over_together_or_not_at_all(
    tell: Tell, code: str, slow: str, tmp_path: Path
) -> None:
    words = ("--to", "binh", "--step", "Thẩm tra", "--note", "đủ giấy tờ")
    assert tell("an", "hand-over", code, "H13.999-261123-9999", *words) == {
        "refused": "unknown-dossier"
    }
    assert tell("an", "show", code)["holder"] == "an"
    assert tell("an", "hand-over", code, slow, *words) == {
        "code": slow,
        "status": 4,
        "due": LATER,
        "holder": "binh",
        "codes": [code, slow],
    }
    steps = tell("an", "show", code)["steps"]
    assert [(step["official"], step["step"]) for step in steps] == [
        ("an", "Tiếp nhận"),
        ("binh", "Thẩm tra"),
    ]
    out = tmp_path / "slip.pdf"
    assert tell("an", "hand-over-slip", code, slow, "--out", str(out)) == {
        "file": str(out),
        "pages": 2,
    }
    assert (code in text_of(out), slow in text_of(out)) == (True, True)


def test_pauses_and_an_obligation_are_begun_and_ended(tell: Tell, slow: str) -> None:
    at_binh = {"code": slow, "status": 4, "due": LATER, "holder": "binh"}
    tell("an", "hand-over", slow, "--to", "binh")
    for kind, begun, ended in (
        ("opinion", "2026-11-23T14:00", "2026-11-25T10:00"),
        ("field-check", "2026-11-25T10:00", "2026-11-26T10:00"),
    ):
        words = ("pause", slow, "--kind", kind, "--reason", "xem lại")
        assert tell("binh", *words, now=begun) == at_binh | {"stops_clock": False}
        assert tell("binh", *words, now=begun) == {"refused": "already-paused"}
        assert tell("binh", "resume", slow, "--note", "xong", now=ended) == at_binh
    assert tell("binh", "resume", slow, now="2026-11-26T10:00") == {"refused": "not-paused"}
    owed = tell("binh", "oblige", slow, "--reason", "nộp lệ phí", now="2026-11-26T10:00")
    assert owed == at_binh | {"status": 6, "stops_clock": False}
    assert tell("an", "pay", slow, now=FRIDAY) == at_binh
    pauses = tell("an", "show", slow, now=FRIDAY)["pauses"]
    assert [(one["kind"], one["began"], one["ended"], one["reason"]) for one in pauses] == [
        ("opinion", "2026-11-23T14:00", "2026-11-25T10:00", "xem lại"),
        ("field-check", "2026-11-25T10:00", "2026-11-26T10:00", "xem lại"),
        ("obligation", "2026-11-26T10:00", FRIDAY, "nộp lệ phí"),
    ]


def test_several_reasons_of_a_pause_end_one_by_one(tell: Tell, slow: str) -> None:
    tell("an", "hand-over", slow, "--to", "binh")
    asked = ("--reason", "Hỏi công an", "--reason", "Hỏi tư pháp")
    tell("binh", "pause", slow, "--kind", "opinion", *asked)
    tell("binh", "pause", slow, "--kind", "field-check", "--reason", "Xem nhà")
    assert tell("binh", "resume", slow, "--which", "3") == {"refused": "not-paused"}
    tell("binh", "resume", slow, "--which", "1", now=WEDNESDAY)
    pauses = tell("an", "show", slow)["pauses"]
    assert [(one["ordinal"], one["reason"], one["ended"]) for one in pauses] == [
        (1, "Hỏi công an\nHỏi tư pháp", WEDNESDAY),
        (2, "Xem nhà", None),
    ]
    many = [part for n in range(31) for part in ("--reason", str(n))]
    words = ("pause", slow, "--kind", "opinion", *many)
    assert tell("binh", *words) == {"refused": "items-many"}


def test_a_dossier_for_another_agency_has_clocks_of_its_own(tell: Tell, written: Written) -> None:
    there = "UBND phường Cái Răng"
    made = tell("an", "accept", written(limit="5 ngày làm việc", for_agency=there))
    code, by = str(made["code"]), "2026-11-23T17:00"
    assert made["due"] == "2026-12-01T17:00"
    assert tell("an", "today")["to_forward"] == [code]
    assert tell("an", "agency-received", code) == {"refused": "not-forwarded"}
    sent = tell("an", "forward", code, now=WEDNESDAY)
    assert (sent["for_agency"], sent["forward_by"], sent["forwarded"]) == (there, by, WEDNESDAY)
    received = tell("an", "agency-received", code, "--at", "2026-11-25T08:00", now=FRIDAY)
    assert received["agency_received"] == WEDNESDAY
    assert received["agency_due"] == "2026-12-02T08:00"
    clocks = tell("an", "show", code, now=FRIDAY)["clocks"]
    assert [(one["clock"], one["due"], one["late"]) for one in clocks] == [
        ("promise", "2026-12-01T17:00", False),
        ("forward", by, True),
        ("agency", "2026-12-02T08:00", False),
    ]
    assert all(one["walk"] for one in clocks)


def test_the_internal_deadline_is_set_per_field(tell: Tell, slow: str) -> None:
    assert tell("dung", "setting", "internal_days", '{"Hộ tịch": -1}') == {"refused": "setting"}
    tell("dung", "setting", "internal_days", '{"Hộ tịch": 2, "*": 0}')
    assert tell("an", "show", slow)["internal_day"] == "2026-11-27"
    assert tell("an", "today")["internal"] == []
    assert tell("an", "today", now=FRIDAY)["internal"] == [slow]


def test_a_supplement_moves_the_promise_by_the_time_that_was_waited(tell: Tell, slow: str) -> None:
    asked = tell("an", "request", slow, "--reason", "Thiếu bản sao", "--item", "Bản sao hộ chiếu")
    assert set(asked) == {"code", "status", "slip", "number", "items", "broken_notice"}
    assert (asked["status"], asked["number"], asked["broken_notice"]) == (5, "01/HDHS", False)
    told = tell("an", "tell", slow, "--how", "phone")
    assert told == {"code": slow, "status": 5, "due": LATER, "holder": "an"}
    brought = tell("an", "supplement", slow, "--note", "đủ", now="2026-11-26T10:00")
    moved = "2026-12-03T10:00"  # Monday to Thursday, less the day of rest between
    assert (brought["status"], brought["due"]) == (4, moved)
    (move,) = tell("an", "show", slow, now="2026-11-26T10:00")["moves"]
    assert (move["promise"], move["before"], move["after"]) == (1, LATER, moved)


@pytest.mark.parametrize(
    ("words", "status", "act"),
    [
        (("stop", "--reason", "không đủ điều kiện"), 8, "stop"),
        (("withdraw", "--reason", "đổi ý"), 7, "withdraw"),
        (("withdraw",), 7, "withdraw"),
    ],
    ids=["stop", "withdraw with a reason", "withdraw"],
)
def test_an_end_closes_the_dossier_and_is_taken_back_by_a_new_entry(
    tell: Tell, slow: str, words: tuple[str, ...], status: int, act: str
) -> None:
    verb, *rest = words
    open_ = {"code": slow, "status": 2, "due": LATER, "holder": "an"}
    assert tell("chi", verb, slow, *rest) == open_ | {"status": status, "closed": True}
    assert tell("an", "show", slow)["closed"] is True
    assert tell("chi", "undo", slow, "--reason", " ") == {"refused": "reason-missing"}
    undone = tell("chi", "undo", slow, "--reason", "bấm nhầm")
    assert undone == open_ | {"status": 4}  # back to work, whatever it was before
    shown = tell("an", "show", slow)
    assert (shown["status"], shown["closed"]) == (4, False)
    assert [entry["act"] for entry in shown["ledger"]] == ["accept", act, "undo"]
    assert tell("chi", "undo", slow, "--reason", "bấm nhầm") == {"refused": "step-not-allowed"}


def test_the_shelf_is_noted(tell: Tell, code: str) -> None:
    assert tell("an", "shelve", code, "--place", "Kệ 3, ngăn 2") == {
        "code": code,
        "status": 2,
        "due": DUE,
        "holder": "an",
        "place": "Kệ 3, ngăn 2",
    }
    assert tell("an", "show", code)["place"] == "Kệ 3, ngăn 2"


def test_a_process_is_set_and_dossiers_follow_it(
    tell: Tell, code: str, written: Written, tmp_path: Path
) -> None:
    procedure = DOSSIER["procedure"]
    assert tell("an", "process", procedure) == {"procedure": procedure, "steps": []}
    file = tmp_path / "process.json"
    steps = [
        {"name": "Kiểm tra", "role": "clerk", "minutes": 30},
        {"name": "Xác minh", "official": "binh", "minutes": 60},
    ]
    file.write_text(json.dumps({"steps": steps}), encoding="utf-8")
    words = ("process", procedure, "--file", str(file))
    assert tell("an", *words) == {"refused": "role"}
    whole = [
        {"name": "Kiểm tra", "role": "clerk", "official": None, "minutes": 30, "agency": ""},
        {"name": "Xác minh", "role": "processor", "official": "binh", "minutes": 60, "agency": ""},
    ]
    assert tell("dung", *words) == {"procedure": procedure, "steps": whole}
    assert tell("an", "process", procedure)["steps"] == whole
    tell("an", "hand-over", code, "--to", "binh")
    held = tell("an", "show", code, now="2026-11-23T13:15")["steps"][-1]
    assert (held["step"], held["budget"], held["worked"], held["over"]) == (
        "Xác minh",
        60,
        105,  # from ten to half past eleven, and a quarter of an hour after lunch
        45,
    )


# --- the counter ----------------------------------------------------------------------------------


def test_a_dossier_of_the_portal_waits_for_its_answer_and_is_refused(
    tell: Tell, written: Written
) -> None:
    words = ("--portal-code", PORTAL, "--submitted", "2026-11-23T08:00")
    answer = tell("an", "register", written(channel="online"), *words)
    assert answer == {"portal_code": PORTAL, "status": 1, "answer_by": WEDNESDAY}
    waiting = {
        "portal_code": PORTAL,
        "name": "Nguyễn Thị Ánh Đào",
        "procedure": "Thủ tục đăng ký khai sinh",
        "answer_by": WEDNESDAY,
    }
    assert tell("an", "registrations") == {"registrations": [waiting | {"late": False}]}
    assert tell("an", "registrations", now=FRIDAY) == {"registrations": [waiting | {"late": True}]}
    online = {"channel": "online", "portal_code": PORTAL}
    assert tell("an", "refuse", written(**online)) == {"refused": "reason-missing"}
    refused = tell("an", "refuse", written(**online, reason="không thuộc thẩm quyền"))
    assert (refused["number"], refused["status"]) == ("01/TCHS", 3)
    assert refused["code"] == refused["slip"]
    assert tell("an", "registrations") == {"registrations": []}
    assert tell("an", "find", "") == {"dossiers": []}


def test_what_is_lacking_is_asked_for_on_a_slip_before_acceptance(
    tell: Tell, written: Written, tmp_path: Path
) -> None:
    slip = tell("an", "lacking", written(reason="thiếu giấy tờ", items=["Giấy chứng sinh"]))
    assert set(slip) == {"code", "slip", "number", "items"}
    assert (slip["number"], slip["items"]) == ("01/HDHS", ["Giấy chứng sinh"])
    out = tmp_path / "slip.pdf"
    assert tell("an", "paper", slip["slip"], "supplement", "--out", str(out))["file"] == str(out)
    assert "Giấy chứng sinh" in text_of(out)
    assert tell("an", "find", "") == {"dossiers": []}
    assert tell("an", "lacking", written(reason="thiếu", items="một tờ")) == {
        "refused": "file-field"
    }


def test_the_morning_sheet_and_its_lists(
    tell: Tell, code: str, slow: str, written: Written, tmp_path: Path
) -> None:
    words = ("--portal-code", PORTAL, "--submitted", "2026-11-23T08:00")
    tell("an", "register", written(channel="online"), *words)
    out = tmp_path / "morning.pdf"
    sheet = tell("chi", "morning-sheet", "--out", str(out), now=WEDNESDAY)
    assert sheet == {
        "file": str(out),
        "pages": 1,
        "due_today": [code],
        "registrations": [PORTAL],
        "soon": [],
        "late": [],
        "letters_owed": [],
        "notice_owed": [code],
        "untouched": [],
        "clock": [],
    }
    assert code in text_of(out)
    friday = tell("chi", "morning-sheet", "--out", str(out), now=FRIDAY)
    assert (friday["late"], friday["letters_owed"]) == ([code], [code])


def test_procedures_are_found_in_the_desks_own_catalogue(tell: Tell) -> None:
    found = tell("an", "procedures", "1.001193")["procedures"]
    assert [(one["code"], one["field"]) for one in found] == [("1.001193", "Hộ tịch")]


# --- registers ------------------------------------------------------------------------------------


def test_registers_and_lists_are_put_on_paper(
    tell: Tell, code: str, slow: str, written: Written, tmp_path: Path
) -> None:
    out = tmp_path / "list.pdf"
    second = tell("an", "accept", written())["code"]
    words = ("--cause", "own-error", "--responsible", "binh", "--fault", "yes", "--new-due", LATER)
    for late in (code, second):
        tell("chi", "apologise", late, *words, "--sign", now=FRIDAY)
    for verb, period, who, found in (
        ("register-book", NOVEMBER, "an", (code, second, slow)),
        ("apology-list", NOVEMBER, "an", (code, second)),
        ("head-note", NOVEMBER, "chi", ("2/2 = 100%", code)),
        ("review-list", (), "chi", ("Năm 2026", "2 lần", code, second)),
    ):
        assert tell(who, verb, *period, "--out", str(out), now=FRIDAY) == {
            "file": str(out),
            "pages": 1,
        }
        printed = text_of(out)
        assert [text for text in found if text not in printed] == [], verb
        out.unlink()
    tell("an", "register-book", *NOVEMBER, "--field", "Đất đai", "--out", str(out), now=FRIDAY)
    assert code not in text_of(out)
    tell("an", "apology-list", *NOVEMBER, "--out", str(out), now=FRIDAY)
    assert "Nguyễn Thị Ánh Đào" not in text_of(out)
    lost = ("--out", str(tmp_path / "missing" / "list.pdf"))
    assert tell("an", "register-book", *NOVEMBER, *lost) == {"refused": "cannot-save"}


def test_blank_receipts_are_used_voided_or_out(
    tell: Tell, written: Written, tmp_path: Path
) -> None:
    out = tmp_path / "blank.pdf"
    words = ("blank-receipts", "--count", "3", "--out", str(out))
    assert tell("dung", *words) == {"refused": "role"}
    numbers = ["GT-261123-0001", "GT-261123-0002", "GT-261123-0003"]
    assert tell("an", *words) == {"file": str(out), "pages": 6, "numbers": numbers}
    assert [number for number in numbers if number not in text_of(out)] == []
    used = tell("an", "accept", written(paper_receipt=numbers[0]))["code"]
    assert tell("an", "void-receipt", numbers[1], "--reason", "rách") == {
        "number": numbers[1],
        "void": "rách",
    }
    for number in numbers[:2]:
        assert tell("an", "void-receipt", number, "--reason", "rách") == {
            "refused": "paper-receipt-used"
        }
    assert tell("an", "reconcile") == {
        "used": {numbers[0]: used},
        "void": {numbers[1]: "rách"},
        "out": [numbers[2]],
    }


def test_who_is_known_comes_by_number_and_by_phone(tell: Tell, code: str) -> None:
    (by_number,) = tell("an", "known", "092190001234")["people"]
    (by_phone,) = tell("an", "known", "0912 345 678")["people"]
    assert by_number == by_phone
    assert (by_number["name"], by_number["procedures"]) == ("Nguyễn Thị Ánh Đào", ["1.001193"])
    assert tell("an", "known", "092190009999")["people"] == []


# --- the papers of a step -------------------------------------------------------------------------


def test_the_papers_of_a_step_are_written_together(tell: Tell, code: str, tmp_path: Path) -> None:
    out = tmp_path / "bộ giấy"
    assert tell("an", "paper-set", code, "accept", "--out", str(out)) == {"refused": "cannot-save"}
    out.mkdir()
    papers = tell("an", "paper-set", code, "accept", "--out", str(out))["papers"]
    assert [(one["kind"], one["copies"], one["pages"]) for one in papers] == [
        ("receipt", 1, 2),
        ("control", 1, 1),
        ("label", 1, 1),
    ]
    assert [Path(one["file"]).read_bytes()[:4] for one in papers] == [b"%PDF"] * 3
    acts = [entry["act"] for entry in tell("an", "show", code)["ledger"]]
    assert acts.count("print") == 3
    assert tell("an", "paper-set", code, "letter", "--out", str(out)) == {"refused": "no-letter"}
