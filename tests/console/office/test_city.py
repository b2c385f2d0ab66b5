"""The way to the city from a shell, both sides, by a stick: what an officer at a distance types."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs one verb of the desk or of the city and answers (exit code, JSON)."""

    def run(
        folder: str, *words: str, who: str = "", password: str = "practice"
    ) -> tuple[int, dict[str, Any]]:
        monkeypatch.setenv("CCHC_PASSWORD", password)
        acting = ["--as", who] if who else []
        code = console.main(["--data", str(tmp_path / folder), *acting, "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_enrolment_days_and_answers_go_by_a_stick(say: Any, tmp_path: Path) -> None:
    assert say("desk", "practice", "--dossiers", "12")[1]["unit"] == "H13.999"
    assert say("desk", "send", who="an")[1]["error"]["code"] == "not-enrolled"
    setup = say(
        "city",
        "city",
        "setup",
        "--name",
        "Cần Thơ",
        "--url",
        "https://127.0.0.1:8443",
        "--practice",
    )[1]
    assert (setup["practice"], len(setup["key"])) == (True, 43)
    assert (
        say("city", "city", "enrol", "H13.999", "--out", str(tmp_path / "m"))[1]["error"]["code"]
        == "unknown-ward"
    )
    say("city", "city", "ward", "H13.999", "Phường Ninh Kiều")
    assert say("city", "city", "enrol", "H13.999", "--out", str(tmp_path / "moi.json"))[0] == 0
    assert say("desk", "enrol", str(tmp_path / "moi.json"), who="an")[1]["error"]["code"] == "role"
    assert say("desk", "enrol", str(tmp_path / "moi.json"), who="chi")[1]["enrolled"] is False
    parcels = say("desk", "bag", "--out", str(tmp_path / "len.cchc"), who="an")[1]["parcels"]
    (tmp_path / "tin.json").write_text('{"text": "Họp 8 giờ"}', encoding="utf-8")
    say("city", "city", "publish", "message", str(tmp_path / "tin.json"), "--title", "Họp giao ban")
    taken = say(
        "city", "city", "take", str(tmp_path / "len.cchc"), "--out", str(tmp_path / "xuong.cchc")
    )[1]
    assert (taken["receipts"], taken["refused"]) == (parcels, [])
    back = say("desk", "take", str(tmp_path / "xuong.cchc"), who="an")[1]
    assert (back["receipts"], back["arrived"], back["pending"]) == (
        list(range(1, parcels + 1)),
        2,
        0,
    )
    outbox = say("desk", "outbox", who="an")[1]
    assert outbox["enrolled"] is True
    assert {one["state"] for one in outbox["parcels"]} == {"acknowledged"}
    news = say("desk", "news", who="an")[1]["news"]
    assert (news[0]["kind"], news[0]["title"]) == ("message", "Họp giao ban")
    assert say("desk", "news", "1", who="an")[1]["body"] == {"text": "Họp 8 giờ"}
    ward = say("city", "city", "wards")[1]["wards"][0]
    assert (ward["ward"], ward["desks"], ward["received"] > 0) == ("H13.999", 1, True)
    parcel = outbox["parcels"][0]["id"]
    assert say("desk", "retry", parcel, "--cancel", who="an")[1]["error"]["code"] == "parcel-done"
    assert say("desk", "retry", "khong-co", who="an")[1]["error"]["code"] == "unknown-parcel"


def test_officers_and_desks_of_a_city(say: Any, tmp_path: Path) -> None:
    say("city", "city", "setup", "--name", "Cần Thơ", "--url", "https://127.0.0.1:8443")
    words = ("city", "officer", "thu", "--name", "Trần Thị Thu", "--role", "viewer")
    assert say("city", *words, password="ngắn")[1]["error"]["code"] == "password-short"
    assert say("city", *words, password="một mật khẩu dài")[1] == {
        "officer": "thu",
        "role": "viewer",
    }
    assert say("city", "city", "retire", "thu")[1]["active"] is False
    assert say("city", "city", "retire", "thu")[1]["error"]["code"] == "unknown-official"
    assert say("city", "city", "close-desk", "khong-co")[1]["error"]["code"] == "unknown-desk"
    assert say("nowhere", "city", "wards") == (3, say("nowhere", "city", "wards")[1])
    assert console.main(["--json", "city", "wards"]) == 2


def test_the_exchange_file_from_a_shell(say: Any, tmp_path: Path) -> None:
    say("desk", "practice", "--dossiers", "5")
    today = datetime.now().date().isoformat()
    target = tmp_path / "ho-so.json"
    answer = say(
        "desk",
        "exchange",
        "--from",
        "2020-01-01",
        "--to",
        today,
        "--out",
        str(target),
        "--reason",
        "Nộp Sở Nội vụ",
        who="chi",
    )[1]
    assert answer["dossiers"] == len(json.loads(target.read_text(encoding="utf-8"))["HoSo"]) > 0
