"""The verbs of the calendar, of supplements, letters about mistakes, the one-page history: words
in, JSON out.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console
from tests.console.test_console import DOSSIER, MONDAY
from tests.engines import copy_desk, new_place

Tell = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def empty_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice ward with nothing in it, made once."""
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    console.main(["--data", str(folder), "--now", MONDAY, "practice", "--dossiers", "0"])
    return folder


@pytest.fixture
def tell(
    empty_ward: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Tell:
    """Runs one verb in a practice ward as `who`; answers its JSON, an error's code under
    "refused".
    """
    monkeypatch.setenv("CCHC_PASSWORD", "practice")
    at = ["--data", str(tmp_path / "ward"), "--json"]
    copy_desk(empty_ward, tmp_path / "ward")
    capsys.readouterr()

    def run(who: str, *words: str, now: str = MONDAY) -> dict[str, Any]:
        console.main([*at, "--now", now, "--as", who, *words])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer if "error" not in answer else {"refused": answer["error"]["code"]}

    return run


@pytest.fixture
def code(tell: Tell, tmp_path: Path) -> str:
    (tmp_path / "dossier.json").write_text(json.dumps(DOSSIER), encoding="utf-8")
    return str(tell("an", "accept", str(tmp_path / "dossier.json"))["code"])


def test_a_calendar_is_entered_by_one_and_confirmed_by_another(
    tell: Tell, code: str, tmp_path: Path
) -> None:
    table = tmp_path / "2026.csv"
    table.write_text(
        "\ufeffngày;loại;tên;văn bản\n24/11/2026;nghỉ lễ;Ngày Văn hóa;NQ 28\n25/11/2026;nghỉ "
        "bù;Nghỉ;\n"
    )
    year = tell("dung", "calendar-enter", str(table), "--year", "2026", "--document", "TB 99")
    assert (year["id"], year["confirmed"], year["days"][1]["document"]) == (
        "lich-2026-1",
        None,
        "TB 99",
    )
    (move,) = tell("chi", "calendar-moves", "lich-2026-1")["moves"]
    assert (move["code"], move["before"], move["after"]) == (
        code,
        "2026-11-25T10:00",
        "2026-11-26T10:00",
    )
    assert tell("dung", "calendar-confirm", "lich-2026-1") == {"refused": "second-person"}
    assert tell("an", "calendar-confirm", "lich-2026-1") == {"refused": "role"}
    assert tell("chi", "calendar-confirm", "lich-2026-1", "--keep", code)["moved"] == []
    shown = tell("an", "calendar")
    assert (shown["confirmed"], len(shown["days"]), shown["entered"][0]["confirmed_by"]) == (
        True,
        2,
        "chi",
    )
    assert (
        tell("an", "deadline", "--accepted", MONDAY, "--limit", "1 ngày làm việc")["due"]
        == "2026-11-26T10:00"
    )
    assert tell("an", "show", code)["due"] == "2026-11-25T10:00"
    assert tell("dung", "calendar-moves", "lich-2026-7") == {"refused": "unknown-year"}


def test_a_table_that_is_no_utf8_or_not_there_says_so(tell: Tell, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes("ngày".encode("utf-16"))
    for file, code in (("old.csv", "calendar-file"), ("none.csv", "cannot-read")):
        words = ("calendar-enter", str(tmp_path / file), "--year", "2026", "--document", "TB")
        assert tell("dung", *words) == {"refused": code}


def test_supplements_in_three_lists(tell: Tell, code: str) -> None:
    tell("an", "request", code, "--reason", "Thiếu bản sao", "--item", "Bản sao hộ chiếu")
    (one,) = tell("an", "supplements")["not_told"]
    assert (one["code"], one["items"], one["number"]) == (code, ["Bản sao hộ chiếu"], "01/HDHS")
    tell("an", "tell", code, "--how", "phone")
    assert tell("an", "supplements")["told"][0]["told_how"] == "phone"
    tell("an", "supplement", code)
    assert [len(part) for part in tell("an", "supplements").values()] == [0, 0, 1]


def test_a_mistake_gets_its_letter_and_the_numbers_show_no_gap(tell: Tell, code: str) -> None:
    letter = tell("an", "mistake-letter", code, "--reason", "ghi sai ngày sinh")
    assert (letter["state"], letter["due"]) == ("drafted", None)
    assert tell("chi", "sign", letter["letter"])["number"] == "01/PXL-UBND"
    assert tell("an", "numbers") == {
        "year": 2026,
        "series": [{"symbol": "PXL-UBND", "given": 1, "last": 1, "gaps": [], "void": []}],
    }


def test_the_history_on_paper_is_checked_and_names_leave_after_their_time(
    tell: Tell, code: str, tmp_path: Path
) -> None:
    out = tmp_path / "history.pdf"
    assert tell("an", "paper", code, "history", "--out", str(out))["pages"] == 1
    from tests.actions.dossiers.test_history_and_names import check_on

    check = check_on(out.read_bytes())
    assert tell("an", "check-history", check, "--code", code) == {
        "code": code,
        "ok": True,
        "ledger": True,
        "lines": [],
    }
    assert tell("an", "check-history", check, "--scan", "abc") == {"refused": "history-scan"}
    tell("an", "ready", code)
    assert tell("an", "return", code, "--to", "Nguyễn Thị Ánh Đào")["closed"]
    assert tell("dung", "anonymise", code, "--reason", "hết hạn lưu") == {"refused": "keep-names"}
    assert (
        tell("dung", "anonymise", code, "--reason", "hết hạn lưu", now="2032-01-05T09:00")["name"]
        == "(đã ẩn danh)"
    )
    assert tell("dung", "verify", now="2032-01-05T09:00")["ok"]


def test_a_receipt_is_checked_by_the_code_on_it(tell: Tell, code: str, tmp_path: Path) -> None:
    out = tmp_path / "receipt.pdf"
    tell("an", "paper", code, "receipt", "--out", str(out))
    from tests.actions.documents.test_paper_checks import check_on

    check = check_on(out.read_bytes())[0]
    found = tell("an", "check-paper", check, "--code", code, "--owner", "Nguyễn Thị Ánh Đào")
    assert found["ok"] is found["ledger"] is True
    assert (found["kind"], found["paper"], found["signature"]) == ("receipt", 1, None)
    assert tell("an", "check-paper", "0000-0000-0000", "--code", code)["ok"] is False
    assert tell("an", "check-paper", check, "--scan", code) == {"refused": "paper-scan"}
    assert tell("an", "check-paper", check) == {"refused": "check-what"}


def test_dossiers_of_one_person_share_an_annex(tell: Tell, code: str, tmp_path: Path) -> None:
    out = str(tmp_path / "annex.pdf")
    assert tell("an", "receipt-annex", code, code, "--out", out) == {"file": out, "pages": 2}
    somebody = json.dumps(DOSSIER | {"applicant": {"name": "Trần Văn Hai"}})
    (tmp_path / "other.json").write_text(somebody, encoding="utf-8")
    other = tell("an", "accept", str(tmp_path / "other.json"))["code"]
    assert tell("an", "receipt-annex", code, other, "--out", out) == {"refused": "annex-mixed"}


def test_the_one_held_responsible_is_not_the_one_who_says_so(tell: Tell, code: str) -> None:
    words = ("responsibility", code, "--cause", "volume", "--official", "binh", "--fault", "no")
    assert tell("chi", *words, now="2026-11-27T10:00")["official"] == "binh"
