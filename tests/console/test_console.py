"""The program as an outsider uses it: words in, one JSON object and an exit code out."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cchc_desk import console
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
from tests.engines import by_hand, connect, copy_desk, new_place

ROOT = Path(__file__).parents[2]
MONDAY = "2026-11-23T10:00"
DUE = "2026-11-25T10:00"
NEW_DUE = "2026-11-27T10:00"
CARD = (
    "092190001234|361234567|Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|"
    "01072021"
)
DOSSIER: dict[str, Any] = {
    "procedure": "1.001193",
    "applicant": {
        "kind": "person",
        "name": "Nguyễn Thị Ánh Đào",
        "id_number": "092190001234",
        "born": "1990-05-17",
        "address": "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
        "phone": "0912345678",
        "email": None,
    },
    "submitter": None,
    "channel": "direct",
    "sets": 1,
    "papers": "all",
    "note": None,
    "limit": "1 ngày làm việc",
}

Said = tuple[int, dict[str, Any]]


# --- real processes -------------------------------------------------------------------------------


def process(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cchc_desk.console", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "error", "CCHC_PASSWORD": "practice"} | environment,
        input=stdin.encode(),
        capture_output=True,
        check=False,
    )


def test_a_stranger_serves_a_citizen_from_a_shell(tmp_path: Path) -> None:
    at_ten = ["--data", str(tmp_path / "ward"), "--now", MONDAY, "--json"]
    made = process(*at_ten, "practice", "--dossiers", "3")
    assert (made.returncode, made.stderr) == (0, b"")
    assert json.loads(made.stdout)["dossiers"] == 3
    # An old console code page must not touch the letters.
    taken = process(
        *at_ten, "--as", "an", "accept", "-", stdin=json.dumps(DOSSIER), PYTHONIOENCODING="cp1252"
    )
    assert (taken.returncode, taken.stderr) == (0, b"")
    answer = json.loads(taken.stdout)
    assert (answer["due"], answer["procedure"]) == (DUE, "Thủ tục đăng ký khai sinh")
    assert "Thủ tục đăng ký khai sinh".encode() in taken.stdout
    for words, code, kind in (
        ([*at_ten, "--as", "binh", "accept", "-"], 1, "refused"),
        ([*at_ten, "khong-co"], 2, "usage"),
        (["--json", "--data", str(tmp_path / "nowhere"), "--as", "an", "today"], 3, "trouble"),
    ):
        done = process(*words, stdin=json.dumps(DOSSIER))
        assert (done.returncode, done.stderr) == (code, b"")
        error = json.loads(done.stdout)["error"]
        assert (error["kind"], set(error)) == (kind, {"kind", "code", "message"})


def test_without_json_an_error_is_a_sentence_on_stderr() -> None:
    done = process("card", "không phải thẻ")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("Mã vừa quét không phải")
    assert "Traceback" not in done.stderr.decode()


TEN_TIMES = """
import sys
from cchc_desk import console
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
from tests.engines import by_hand, connect, copy_desk, new_place
for _ in range(10):
    assert console.main(sys.argv[1:]) == 0
"""


def test_two_processes_accepting_at_once_never_share_a_code(
    ward: Path, write: Callable[[Any], str], tell: Callable[..., Said]
) -> None:
    words = ["--data", str(ward), "--now", MONDAY, "--as", "an", "--json", "accept", write(DOSSIER)]
    clerks = [
        subprocess.Popen(
            [sys.executable, "-c", TEN_TIMES, *words], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [clerk.communicate()[0] for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0, 0]
    codes = [json.loads(line)["code"] for lines in said for line in lines.decode().splitlines()]
    assert sorted(codes) == [f"H13.999-261123-{number:04d}" for number in range(1, 21)]
    assert tell("verify")[1]["entries"] == LEDGER + 20


# --- the same in this process, for the tables -----------------------------------------------------


@pytest.fixture(autouse=True)
def the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_PASSWORD", "practice")


@pytest.fixture(scope="module")
def empty_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ward") / "phường"
    folder.mkdir()
    new_place(folder)
    assert (
        console.main(["--data", str(folder), "--now", MONDAY, "practice", "--dossiers", "0"]) == 0
    )
    return folder


LEDGER = 1  # what an empty practice ward's ledger holds: set up


@pytest.fixture
def ward(empty_ward: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "quầy"
    copy_desk(empty_ward, folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs the words with --json; answers the exit code and the one JSON object."""

    def run(*words: str) -> Said:
        capsys.readouterr()
        code = console.main(["--json", *words])
        said = capsys.readouterr()
        assert said.err == ""
        answer = json.loads(said.out)
        assert isinstance(answer, dict)
        return code, answer

    return run


@pytest.fixture
def tell(run: Callable[..., Said], ward: Path) -> Callable[..., Said]:
    """The same at the practice desk: who acts, and when, stand beside the words."""

    def tell(*words: str, who: str = "an", now: str = MONDAY) -> Said:
        return run("--data", str(ward), "--now", now, "--as", who, *words)

    return tell


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], str]:
    def write(value: object) -> str:
        file = tmp_path / "tệp.json"
        file.write_text(
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
            encoding="utf-8",
        )
        return str(file)

    return write


@pytest.fixture
def code(tell: Callable[..., Said], write: Callable[[Any], str]) -> str:
    """A dossier taken in on Monday at ten, due on Wednesday at ten."""
    exit_code, answer = tell("accept", write(DOSSIER))
    assert exit_code == 0
    return str(answer["code"])


def refusal(said: Said) -> tuple[int, str]:
    return said[0], said[1]["error"]["code"]


# --- without a desk -------------------------------------------------------------------------------


@pytest.mark.parametrize("at_a_desk", [False, True])
def test_deadline_with_its_walk_on_the_shipped_calendar_and_on_the_desks(
    run: Callable[..., Said], ward: Path, tmp_path: Path, at_a_desk: bool
) -> None:
    folder = ward if at_a_desk else tmp_path
    said = run(
        "--data", str(folder), "deadline", "--accepted", MONDAY, "--limit", "1 ngày làm việc"
    )
    assert said[0] == 0
    assert (said[1]["due"], said[1]["provisional"]) == (DUE, False)
    walk = [(step["date"], step["what"], step["counted"]) for step in said[1]["walk"]]
    assert walk[0] == ("2026-11-23", "accepted", False)
    assert ("2026-11-24", "rest", False) in walk
    assert walk[-1] == ("2026-11-25", "due", True)


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("3 ngày làm việc", "2026-11-27T10:00"),
        ("15 ngày", "2026-12-08T10:00"),
        ("8 giờ", DUE),
        ("4 giờ 45 phút", "2026-11-23T16:15"),
        ("0,5 ngày làm việc", "2026-11-23T15:30"),
        ("trong ngày", "2026-11-23T17:00"),
        ("TRONG NGÀY", "2026-11-23T17:00"),
    ],
)
def test_every_way_to_write_a_limit(
    run: Callable[..., Said], tmp_path: Path, limit: str, due: str
) -> None:
    said = run("--data", str(tmp_path), "deadline", "--accepted", MONDAY, "--limit", limit)
    assert (said[0], said[1]["due"]) == (0, due)


def test_an_unannounced_year_is_provisional(run: Callable[..., Said], tmp_path: Path) -> None:
    said = run(
        "--data",
        str(tmp_path),
        "deadline",
        "--accepted",
        "2026-12-28T10:00",
        "--limit",
        "10 ngày làm việc",
    )
    assert said[1]["provisional"] is True


@pytest.mark.parametrize(
    "limit", ["", "ba ngày", "-3 ngày", "0 ngày", "99999 ngày", "NaN", "1e9 giờ", "2,5 ngày"]
)
def test_a_limit_that_is_none_is_refused(
    run: Callable[..., Said], tmp_path: Path, limit: str
) -> None:
    said = run("--data", str(tmp_path), "deadline", "--accepted", MONDAY, f"--limit={limit}")
    assert refusal(said) == (1, "limit-unreadable")


@pytest.mark.parametrize(
    "moment", ["2026-02-30T10:00", "hôm nay", "", "2026-11-23T10:00+07:00", "9" * 5000]
)
def test_a_moment_that_is_none_is_wrong_usage(
    run: Callable[..., Said], tmp_path: Path, moment: str
) -> None:
    said = run("--data", str(tmp_path), "deadline", "--accepted", moment, "--limit", "8 giờ")
    assert refusal(said) == (2, "usage")


@pytest.mark.parametrize(
    ("text", "old_id"),
    [
        (CARD, "361234567"),
        (CARD.replace("361234567", ""), ""),
        (CARD.replace("361234567|", ""), ""),
        (CARD + "||||", "361234567"),
        (CARD + "|Nguyễn Văn Ba|Trần Thị Tư||", "361234567"),
    ],
)
def test_cards_of_seven_eleven_and_six_parts(
    run: Callable[..., Said], text: str, old_id: str
) -> None:
    assert run("card", text) == (
        0,
        {
            "id_number": "092190001234",
            "old_id": old_id,
            "name": "Nguyễn Thị Ánh Đào",
            "born": "1990-05-17",
            "sex": "Nữ",
            "address": "12 Nguyễn Trãi, Ninh Kiều, Cần Thơ",
            "issued": "2021-07-01",
            "warnings": [],
        },
    )


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (CARD.replace("Thị Ánh", "Thị \u0301 Ánh"), "card-garbled", "hãy tắt bộ gõ"),
        (CARD.replace("17051990", "30021990"), "card-date", "không có ngày ấy"),
        ("092190001234|361234567|Nguyễn", "card-incomplete", "quét lại"),
        (CARD.replace("Đào", "Ð?o"), "card-encoding", ""),
        ("https://example.vn", "card-unreadable", "nhập tay theo thẻ"),
        ("", "card-unreadable", "nhập tay theo thẻ"),
    ],
)
def test_a_card_that_cannot_be_read_says_how(
    run: Callable[..., Said], text: str, code: str, words: str
) -> None:
    said = run("card", text)
    assert refusal(said) == (1, code)
    assert words in said[1]["error"]["message"]


def test_a_card_whose_number_does_not_fit_is_read_with_warnings(run: Callable[..., Said]) -> None:
    said = run("card", CARD.replace("Nữ", "Nam"))
    assert said[1]["warnings"] == ["Giới tính không khớp với số định danh; hãy so lại với thẻ."]


@pytest.mark.parametrize(
    "query", ["1.001193", "dang ky khai sinh", "Đăng ký khai sinh", "khai sinh", "KHAI  SINH"]
)
def test_procedures_are_found_with_marks_or_without(
    run: Callable[..., Said], tmp_path: Path, query: str
) -> None:
    exit_code, answer = run("--data", str(tmp_path), "procedures", query)
    found = {procedure["code"]: procedure for procedure in answer["procedures"]}
    assert exit_code == 0
    assert found["1.001193"]["name"] == "Thủ tục đăng ký khai sinh"
    assert found["1.001193"] | {"field": "Hộ tịch", "limit": "trong ngày"} == found["1.001193"]


def test_nothing_found_is_an_empty_list_and_no_query_is_everything(
    run: Callable[..., Said], tmp_path: Path
) -> None:
    assert run("--data", str(tmp_path), "procedures", "xyzxyz") == (0, {"procedures": []})
    assert len(run("--data", str(tmp_path), "procedures")[1]["procedures"]) > 200


# --- the desk behind a verb -----------------------------------------------------------------------


def test_practice_tells_its_people(run: Callable[..., Said], tmp_path: Path) -> None:
    exit_code, answer = run(
        "--data", str(tmp_path / "p"), "--now", "2026-11-23T06:00", "practice", "--dossiers", "9"
    )
    assert exit_code == 0
    assert [
        (who["id"], who["role"])
        for who in sorted(answer["officials"], key=lambda who: str(who["id"]))
    ] == [
        ("an", "clerk"),
        ("binh", "processor"),
        ("chi", "leader"),
        ("dung", "administrator"),
    ]
    assert {"unit", "officials", "dossiers"} == set(answer)
    found = run("--data", str(tmp_path / "p"), "--as", "an", "find", "")[1]["dossiers"]
    assert len(found) == answer["dossiers"] == 9  # before the office opens too
    assert refusal(run("--data", str(tmp_path / "p"), "practice")) == (1, "desk-exists")


SETUP: dict[str, Any] = {
    "province": "Cần Thơ",
    "ward": "Cái Răng",
    "unit_code": "H13.32",
    "desk_name": "Quầy 2",
    "block": [2000, 2999],
    "office_hours": {"mon-fri": "07:00-11:00,13:00-17:00", "sat": "07:00-11:00"},
    "officials": [
        {
            "id": "an",
            "name": "Trần Hoài An",
            "role": "clerk",
            "title": "Công chức",
            "password": "mật-khẩu-1",
        },
        {
            "id": "hai",
            "name": "Lê Thị Hai",
            "role": "administrator",
            "title": "Quản trị",
            "password": "mật-khẩu-2",
        },
    ],
}


def test_a_set_up_file_makes_the_desk_it_says(
    run: Callable[..., Said],
    write: Callable[[Any], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = str(tmp_path / "quầy mới")
    assert run("--data", folder, "setup", write(SETUP)) == (0, {"unit": "H13.32"})
    saturday = run(
        "--data", folder, "deadline", "--accepted", "2026-07-17T10:00", "--limit", "1 ngày làm việc"
    )
    assert saturday[1]["due"] == "2026-07-18T10:00"
    monkeypatch.setenv("CCHC_PASSWORD", "mật-khẩu-1")
    taken = run("--data", folder, "--as", "an", "accept", write(DOSSIER))
    assert re.fullmatch(r"H13\.32-\d{6}-2000", taken[1]["code"])
    assert refusal(run("--data", folder, "setup", write(SETUP))) == (1, "desk-exists")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"province": "Atlantis"}, "province"),
        ({"ward": "Ba Đình"}, "commune"),
        ({"ward": None}, "commune"),
        ({"unit_code": "13"}, "unit-code"),
        ({"unit_code": True}, "file-field"),
        ({"desk_name": "  "}, "desk-name"),
        ({"block": [9, 1]}, "block"),
        ({"block": [1, 10**40]}, "block"),
        ({"block": [True, 5]}, "file-field"),
        ({"block": "1-5"}, "file-field"),
        ({"office_hours": {"mon-fri": "25:00-26:00"}}, "office-hours"),
        ({"office_hours": {}}, "office-hours"),
        ({"office_hours": {"mon": 7}}, "file-field"),
        ({"officials": []}, "officials"),
        ({"officials": None}, "file-field"),
        ({"officials": [1]}, "file-field"),
        ({"officials": [SETUP["officials"][0] | {"role": "king"}]}, "file-field"),
        ({"officials": [SETUP["officials"][0] | {"id": "Ấn"}]}, "login"),
        ({"officials": [SETUP["officials"][0] | {"name": ""}]}, "official-name"),
        ({"officials": [SETUP["officials"][0] | {"password": "12345"}]}, "password-short"),
        ({"officials": [SETUP["officials"][0], SETUP["officials"][1] | {"id": "an"}]}, "officials"),
    ],
)
def test_a_set_up_file_that_cannot_stand_makes_nothing(
    run: Callable[..., Said],
    write: Callable[[Any], str],
    tmp_path: Path,
    changes: dict[str, Any],
    code: str,
) -> None:
    assert refusal(run("--data", str(tmp_path / "q"), "setup", write(SETUP | changes))) == (1, code)
    assert not (tmp_path / "q").exists()


def test_the_clock_moves_only_in_a_practice_ward(
    run: Callable[..., Said], write: Callable[[Any], str], tmp_path: Path
) -> None:
    real = ["--data", str(tmp_path / "q"), "--now", MONDAY]
    wrong = (1, "now-outside-practice")
    assert refusal(run(*real, "setup", write(SETUP))) == wrong
    assert refusal(run(*real, "deadline", "--accepted", MONDAY, "--limit", "8 giờ")) == wrong
    assert refusal(run(*real, "procedures")) == wrong
    run("--data", str(tmp_path / "q"), "setup", write(SETUP))
    for words in (["today"], ["procedures"], ["accept", write(DOSSIER)]):
        assert refusal(run(*real, "--as", "an", *words)) == wrong
    assert refusal(run("--data", str(tmp_path / "q"), "--now", "9999-01-01", "procedures")) == (
        2,
        "usage",
    )


PERSONAL = (
    ["find", "Đào"],
    ["show", "H13.999-261123-0001"],
    ["accept", "FILE"],
    ["ready", "X"],
    ["return", "X", "--to", "Đào"],
    ["notify", "X", "--how", "phone"],
    ["apologise", "X", "--cause", "volume"],
    ["apologise", "X", "--cause", "volume", "--sign"],
    ["sign", "X"],
    ["deliver", "X", "--how", "post"],
    ["paper", "X", "receipt", "--out", "x.pdf"],
    ["today"],
    ["verify"],
    ["check"],
    ["backup"],
)


@pytest.mark.parametrize("words", PERSONAL, ids=" ".join)
def test_what_touches_a_persons_data_needs_a_log_in(
    run: Callable[..., Said], ward: Path, write: Callable[[Any], str], words: list[str]
) -> None:
    spoken = [write(DOSSIER) if word == "FILE" else word for word in words]
    assert refusal(run("--data", str(ward), *spoken)) == (1, "log-in")


def test_passwords_come_from_the_environment_only(
    run: Callable[..., Said], tell: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(tell("today", "--password", "practice")) == (2, "usage")
    assert refusal(tell("today", who="nobody")) == (1, "wrong-password")
    monkeypatch.setenv("CCHC_PASSWORD", "wrong")
    assert refusal(tell("today")) == (1, "wrong-password")
    for _ in range(4):
        tell("today")
    monkeypatch.setenv("CCHC_PASSWORD", "practice")
    assert refusal(tell("today")) == (1, "wait")
    assert tell("today", now="2026-11-23T10:02")[0] == 0
    monkeypatch.delenv("CCHC_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert refusal(tell("today")) == (2, "usage")


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "khong-co"],
        ["khong-co", "--json"],
        ["--json"],
        ["card", "--json"],
        ["deadline", "--json", "--accepted", MONDAY],
        ["notify", "X", "--how", "pigeon", "--json"],
        ["practice", "--dossiers", "-1", "--json"],
        ["practice", "--dossiers", "²", "--json"],
        ["sign", "X", "--number", "một", "--json"],
        ["paper", "X", "poem", "--out", "x.pdf", "--json"],
        ["--now", "mai", "today", "--json"],
        ["today", "--js", "--json"],
        ["find", "Đ\udc80", "--json"],
    ],
    ids=ascii,
)
def test_wrong_usage_is_told_in_json_wherever_json_stands(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(words) == 2
    said = capsys.readouterr()
    assert said.err == ""
    assert json.loads(said.out)["error"] | {"message": ""} == {
        "kind": "usage",
        "code": "usage",
        "message": "",
    }


def test_json_may_stand_behind_the_verb_and_without_it_lines_are_for_eyes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert console.main(["card", CARD, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Nguyễn Thị Ánh Đào"
    assert console.main(["card", CARD]) == 0
    assert "name: Nguyễn Thị Ánh Đào\nborn: 1990-05-17\nsex: Nữ" in capsys.readouterr().out


# --- trouble --------------------------------------------------------------------------------------


@pytest.mark.one_pc("damage to the file")
@pytest.mark.parametrize("bytes_of_the_file", [b"", b"not a database, whatever its name says" * 99])
def test_a_damaged_desk_is_trouble(
    run: Callable[..., Said], ward: Path, bytes_of_the_file: bytes
) -> None:
    (ward / "desk.db").write_bytes(bytes_of_the_file)
    assert refusal(run("--data", str(ward), "--as", "an", "today")) == (3, "damaged")


@pytest.mark.one_pc("damage to the file")
def test_a_desk_torn_in_half_is_trouble(run: Callable[..., Said], ward: Path) -> None:
    whole = (ward / "desk.db").read_bytes()
    (ward / "desk.db").write_bytes(whole[: len(whole) // 2])
    assert refusal(run("--data", str(ward), "--as", "an", "today")) == (3, "damaged")


def test_a_desk_of_a_newer_program_is_trouble(run: Callable[..., Said], ward: Path) -> None:
    forge(ward, "UPDATE schema SET version = 99")
    assert refusal(run("--data", str(ward), "--as", "an", "today")) == (3, "database-newer")


@pytest.mark.parametrize(
    ("folder", "code"),
    [("a file", "read-only"), ("a file/below", "read-only"), ("OneDrive/quầy", "unsafe-folder")],
)
def test_a_folder_that_cannot_hold_a_desk_is_trouble(
    run: Callable[..., Said], write: Callable[[Any], str], tmp_path: Path, folder: str, code: str
) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    data = str(tmp_path / folder)
    assert refusal(run("--data", data, "setup", write(SETUP))) == (3, code)
    assert refusal(run("--data", data, "practice")) == (3, code)
    assert refusal(run("--data", data, "--as", "an", "today")) == (3, "no-desk")


def test_a_folder_name_that_no_disk_takes_is_trouble(run: Callable[..., Said]) -> None:
    assert refusal(run("--data", "x" * 5000, "--as", "an", "today")) == (3, "cannot-reach")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root"
)
def test_a_read_only_folder_is_trouble(
    run: Callable[..., Said], write: Callable[[Any], str], tmp_path: Path
) -> None:
    shut = tmp_path / "khóa"
    shut.mkdir(mode=0o500)
    assert refusal(run("--data", str(shut / "quầy"), "setup", write(SETUP))) == (3, "read-only")


# --- accept ---------------------------------------------------------------------------------------


def test_accept_answers_code_due_and_procedure_from_stdin_too(
    tell: Callable[..., Said], write: Callable[[Any], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    exit_code, answer = tell("accept", write(DOSSIER))
    assert exit_code == 0
    wanted = {
        "code": "H13.999-261123-0001",
        "due": DUE,
        "procedure": "Thủ tục đăng ký khai sinh",
        "status": 2,
    }
    assert wanted.items() <= answer.items()
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeff" + json.dumps(DOSSIER)))
    assert tell("accept", "-")[1]["code"] == "H13.999-261123-0002"


def test_papers_all_or_one_by_one(
    tell: Callable[..., Said], write: Callable[[Any], str], code: str
) -> None:
    everything = tell("show", code)[1]["papers"]
    assert {"name", "original", "certified", "copy"} == set(everything[0])
    assert "Tờ khai đăng ký khai sinh" in [paper["name"] for paper in everything]
    some = [
        {"name": "Giấy chứng sinh", "original": 1},
        {"name": "Hộ chiếu", "certified": 1, "copy": 2},
    ]
    taken = tell("accept", write(DOSSIER | {"papers": some}))[1]["code"]
    assert [tuple(paper.values()) for paper in tell("show", taken)[1]["papers"]] == [
        ("Giấy chứng sinh", 1, 0, 0),
        ("Hộ chiếu", 0, 1, 2),
    ]


def test_an_uncertain_limit_waits_for_the_clerks_word(
    tell: Callable[..., Said], write: Callable[[Any], str]
) -> None:
    unsaid = {key: value for key, value in DOSSIER.items() if key != "limit"}
    said = tell("accept", write(unsaid))
    assert refusal(said) == (1, "limit-unconfirmed")
    assert "xác nhận" in said[1]["error"]["message"]
    assert tell("accept", write(unsaid | {"limit": "trong ngày"}))[1]["due"] == "2026-11-23T17:00"
    certain = tell("accept", write(unsaid | {"procedure": "1.000419"}))
    assert certain[1]["due"] == "2026-12-01T10:00"


def test_a_late_entry_keeps_the_moment_the_papers_came(
    tell: Callable[..., Said], write: Callable[[Any], str]
) -> None:
    late = tell("accept", write(DOSSIER | {"received": "2026-11-20T14:00:45"}))[1]
    assert (late["code"], late["due"]) == ("H13.999-261123-0001", "2026-11-23T14:00")
    shown = tell("show", late["code"])[1]
    assert (shown["accepted"], shown["entered"]) == ("2026-11-20T14:00", MONDAY)
    assert refusal(tell("accept", write(DOSSIER | {"received": "2026-11-23T10:01"}))) == (
        1,
        "received-future",
    )
    assert refusal(tell("accept", write(DOSSIER | {"received": "1990-01-01T10:00"}))) == (
        1,
        "no-regime",
    )


WHO = DOSSIER["applicant"]
BAD_DOSSIERS: list[tuple[dict[str, Any], str]] = [
    ({"procedure": "9.999999"}, "unknown-procedure"),
    ({"procedure": None}, "procedure-missing"),
    ({"procedure": 1.001193}, "file-field"),
    ({"applicant": None}, "file-field"),
    ({"applicant": []}, "file-field"),
    ({"applicant": WHO | {"kind": "cat"}}, "file-field"),
    ({"applicant": WHO | {"name": " \u200b "}}, "name-empty"),
    ({"applicant": WHO | {"name": "Đ" * 201}}, "text-too-long"),
    ({"applicant": WHO | {"name": float("nan")}}, "file-field"),
    ({"applicant": WHO | {"name": True}}, "file-field"),
    ({"applicant": WHO | {"born": "1990-02-30"}}, "file-field"),
    ({"applicant": WHO | {"born": "2990-02-03"}}, "born-in-future"),
    ({"applicant": WHO | {"born": "1790-02-03"}}, "born-too-early"),
    ({"applicant": WHO | {"email": "không"}}, "email-wrong"),
    ({"submitter": {"name": ""}}, "name-empty"),
    ({"submitter": "Ba"}, "file-field"),
    ({"channel": "pigeon"}, "file-field"),
    ({"sets": 0}, "sets"),
    ({"sets": 10**40}, "sets"),
    ({"sets": True}, "file-field"),
    ({"sets": 1.5}, "file-field"),
    ({"sets": float("inf")}, "file-field"),
    ({"sets": "1"}, "file-field"),
    ({"papers": "some"}, "file-field"),
    ({"papers": ["Tờ khai"]}, "file-field"),
    ({"papers": [{"name": "", "original": 1}]}, "paper-name"),
    ({"papers": [{"name": "Tờ khai", "original": -1}]}, "paper-count"),
    ({"papers": [{"name": "Tờ khai", "copy": 10**40}]}, "paper-count"),
    ({"papers": [{"name": f"Tờ {n}", "copy": 1} for n in range(61)]}, "papers-many"),
    ({"note": "a" * 2001}, "note-long"),
    ({"note": ["a"]}, "file-field"),
    ({"limit": "mấy ngày"}, "limit-unreadable"),
    ({"limit": 3}, "file-field"),
    ({"received": "2026-13-01T10:00"}, "file-field"),
    ({"received": "2026-11-20T10:00+07:00"}, "file-field"),
]


def everything_kept(ward: Path) -> list[tuple[Any, ...]]:
    """The rows that an act may add: dossiers, promises, letters, numbers, the ledger."""
    tables = (
        "dossiers",
        "applicants",
        "promises",
        "letters",
        "numbers",
        "journal",
        "journal_details",
    )
    with closing(connect(ward)) as file:
        return [row for name in tables for row in file.execute(f"SELECT * FROM {name}")]


def forge(ward: Path, sql: str) -> None:
    """Past the guards, as someone with the file in hand could."""
    with by_hand(ward) as connection:
        connection.execute(sql)


def test_what_cannot_be_accepted_gets_one_sentence_and_changes_nothing(
    tell: Callable[..., Said], write: Callable[[Any], str], ward: Path
) -> None:
    before = everything_kept(ward)
    for changes, code in BAD_DOSSIERS:
        said = tell("accept", write(DOSSIER | changes))
        assert refusal(said) == (1, code), changes
        assert "\n" not in said[1]["error"]["message"]
    assert everything_kept(ward) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '"chữ"',
        "{'a': 1}",
        "[" * 100_000,
        "9" * 5000,
        '{"sets": ' + "9" * 5000 + "}",
    ],
    ids=lambda text: text[:8],
)
def test_a_file_that_is_no_json_object_is_wrong_usage(
    tell: Callable[..., Said], write: Callable[[Any], str], text: str
) -> None:
    assert refusal(tell("accept", write(text))) == (2, "usage")


def test_a_file_that_cannot_be_read_is_wrong_usage(
    tell: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "utf16.json").write_bytes(json.dumps(DOSSIER).encode("utf-16"))
    for file in (tmp_path / "utf16.json", tmp_path / "missing.json", tmp_path):
        assert refusal(tell("accept", str(file))) == (2, "usage")


def test_half_a_character_is_refused(
    tell: Callable[..., Said], write: Callable[[Any], str]
) -> None:
    assert refusal(tell("accept", write(json.dumps(DOSSIER | {"note": "\ud800"})))) == (
        1,
        "file-field",
    )


def test_marks_written_apart_are_kept_whole(
    tell: Callable[..., Said], write: Callable[[Any], str]
) -> None:
    apart = {
        "applicant": WHO | {"name": "Nguye\u0302\u0303n  Thị\u200b A\u0301nh Đa\u0300o"},
        "note": "ghi chu\u0301",
    }
    shown = tell("show", tell("accept", write(DOSSIER | apart))[1]["code"])[1]
    assert (shown["applicant"]["name"], shown["note"]) == ("Nguyễn Thị Ánh Đào", "ghi chú")


# --- a dossier's road -----------------------------------------------------------------------------


def test_find_and_show(tell: Callable[..., Said], code: str) -> None:
    for query in (code, code[-4:], "anh dao", "Ánh Đào", "ÁNH"):
        found = tell("find", query)[1]["dossiers"]
        assert [row["code"] for row in found] == [code], query
    assert tell("find", "Trần") == (0, {"dossiers": []})
    shown = tell("show", code.lower())[1]
    documented = {"code", "status", "promises", "pauses", "steps", "papers", "ledger"}
    assert documented <= set(shown)
    assert (shown["code"], shown["status"], shown["due"]) == (code, 2, DUE)
    assert [(promise["ordinal"], promise["due"]) for promise in shown["promises"]] == [(1, DUE)]
    assert [entry["act"] for entry in shown["ledger"]] == ["accept"]
    assert refusal(tell("show", "H13.999-261123-9999")) == (1, "unknown-dossier")


def test_in_time_ready_and_returned_is_closed(tell: Callable[..., Said], code: str) -> None:
    assert refusal(tell("return", code, "--to", "Đào")) == (1, "step-not-allowed")
    assert tell("ready", code, who="binh")[1] == {"code": code, "status": 9, "ready": MONDAY}
    assert refusal(tell("ready", code)) == (1, "step-not-allowed")
    assert refusal(tell("return", code, "--to", "  ")) == (1, "returned-to")
    answer = {"code": code, "status": 10, "closed": True, "owed": []}
    assert tell("return", code, "--to", "Nguyễn Thị Ánh Đào", "--papers-back", "Căn cước") == (
        0,
        answer,
    )
    shown = tell("show", code)[1]
    assert (shown["returned_to"], shown["papers_back"]) == ("Nguyễn Thị Ánh Đào", "Căn cước")


def test_notice_is_noted_and_whether_it_came_in_time(tell: Callable[..., Said], code: str) -> None:
    assert tell("notify", code, "--how", "phone") == (0, {"code": code, "in_time": True})
    assert tell("notify", code, "--how", "message", now="2026-11-26T10:00")[1]["in_time"] is False
    assert [notice["how"] for notice in tell("show", code)[1]["notices"]] == ["phone", "message"]


APOLOGY = ("--cause", "volume", "--new-due", NEW_DUE)


def test_the_clerk_drafts_the_leader_signs_and_only_then_the_new_date_binds(
    tell: Callable[..., Said], code: str
) -> None:
    drafted = tell("apologise", code, *APOLOGY, "--responsible", "binh", "--fault", "no")[1]
    assert (drafted["due"], drafted["state"], drafted["own_fault"]) == (NEW_DUE, "drafted", False)
    letter = drafted["letter"]
    assert refusal(tell("deliver", letter, "--how", "post")) == (1, "letter-state")
    assert tell("show", code)[1]["due"] == DUE
    assert refusal(tell("sign", letter)) == (1, "role")
    assert tell("today", who="chi")[1]["to_sign"] == [letter]
    signed = tell("sign", letter, who="chi")[1]
    assert (signed["letter"], signed["due"], signed["number"]) == (letter, NEW_DUE, "01/PXL-UBND")
    assert [promise["due"] for promise in tell("show", code)[1]["promises"]] == [DUE, NEW_DUE]
    assert tell("deliver", letter, "--how", "counter") == (
        0,
        {"letter": letter, "code": code, "closed": False},
    )
    assert refusal(tell("sign", letter, who="chi")) == (1, "letter-state")
    assert refusal(tell("sign", "no-such-letter", who="chi")) == (1, "unknown-letter")


def test_sign_at_once_is_the_leaders_and_a_clerks_try_changes_nothing(
    tell: Callable[..., Said], code: str, ward: Path
) -> None:
    before = everything_kept(ward)
    assert refusal(tell("apologise", code, *APOLOGY, "--sign")) == (1, "role")
    assert everything_kept(ward) == before
    signed = tell("apologise", code, *APOLOGY, "--sign", who="chi")[1]
    assert (signed["due"], signed["state"], signed["signed"]) == (NEW_DUE, "signed", MONDAY)
    after = everything_kept(ward)
    again = tell(
        "apologise", code, "--cause", "volume", "--new-due", "2026-12-01T10:00", "--sign", who="chi"
    )
    assert refusal(again) == (1, "second-reappointment")
    assert "tối đa không quá 01 lần" in again[1]["error"]["message"]
    assert everything_kept(ward) == after


@pytest.mark.parametrize(
    ("words", "code_of_error"),
    [
        (["--cause", "laziness", "--new-due", NEW_DUE], "cause"),
        (["--cause", "other", "--new-due", NEW_DUE], "reason-missing"),
        (["--cause", "volume"], "new-due-missing"),
        (["--cause", "volume", "--new-due", DUE], "new-due-past"),
        (["--cause", "volume", "--new-due", "2020-01-01T10:00"], "new-due-past"),
        (["--cause", "volume", "--new-due", "2026-11-28T10:00"], "new-due-rest"),
        (["--cause", "volume", "--new-due", "9999-12-31T10:00"], "new-due-far"),
        ([*APOLOGY, "--responsible", "nobody"], "unknown-official"),
    ],
)
def test_a_letter_that_cannot_be_written_is_refused(
    tell: Callable[..., Said], code: str, words: list[str], code_of_error: str
) -> None:
    assert refusal(tell("apologise", code, *words)) == (1, code_of_error)


def test_a_late_dossier_is_returned_but_closes_with_its_letter(
    tell: Callable[..., Said], code: str
) -> None:
    thursday = "2026-11-26T09:00"
    tell("ready", code, now=thursday)
    answer = tell("return", code, "--to", "Đào", now=thursday)[1]
    assert (answer["status"], answer["closed"], answer["owed"]) == (10, False, ["apology"])
    board = tell("today", now=thursday)[1]
    assert board["letters_owed"] == board["returned_without_letter"] == [code]
    reason = ("--cause", "other", "--reason", "Máy chủ của thành phố hỏng")
    letter = tell("apologise", code, *reason, "--sign", who="chi", now=thursday)[1]
    assert (letter["due"], letter["reason"]) == (None, "Máy chủ của thành phố hỏng")
    delivered = tell("deliver", letter["letter"], "--how", "post", now=thursday)[1]
    assert delivered == {"letter": letter["letter"], "code": code, "closed": True}
    assert tell("today", now=thursday)[1]["letters_owed"] == []


def test_the_day_board(tell: Callable[..., Said], code: str) -> None:
    monday = tell("today")[1]
    lists = {
        "reappointment_broken",
        "due_today",
        "soon",
        "late",
        "letters_owed",
        "returned_without_letter",
        "to_sign",
        "to_deliver",
    }
    assert lists <= set(monday)
    assert (monday["soon"], monday["tomorrow_rest"]) == ([code], "Ngày Văn hóa Việt Nam")
    assert tell("today", now="2026-11-25T08:00")[1]["due_today"] == [code]
    assert tell("today", now="2026-11-26T08:00")[1]["late"] == [code]


# --- papers, ledger, copies -----------------------------------------------------------------------


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_papers_are_written_to_files(tell: Callable[..., Said], code: str, tmp_path: Path) -> None:
    out = tmp_path / "giấy hẹn.pdf"
    said = tell("paper", code, "receipt", "--out", str(out))
    assert said == (0, {"file": str(out), "pages": 2})
    assert code in text_of(out)
    assert refusal(tell("paper", code, "apology", "--out", str(out))) == (1, "no-letter")
    tell("apologise", code, *APOLOGY)
    assert tell("paper", code, "apology", "--out", str(tmp_path / "thư.pdf"))[1]["pages"] == 1
    for lost in (tmp_path / "missing" / "x.pdf", tmp_path):
        assert refusal(tell("paper", code, "receipt", "--out", str(lost))) == (3, "cannot-save")


def test_the_ledger_is_verified_and_a_forgery_found(
    tell: Callable[..., Said], code: str, ward: Path
) -> None:
    answer = tell("verify")[1]
    assert answer.pop("compared")[0] | {"since": 0} == {
        "with": "witness",
        "name": "desk.witness",
        "entry": LEDGER + 1,
        "since": 0,
        "fits": True,
        "seen": False,
    }
    assert answer.pop("note") == ""
    assert answer == {"ok": True, "problems": [], "entries": LEDGER + 1, "head": answer["head"]}
    forge(ward, "UPDATE journal SET official = 'binh' WHERE seq = 2")
    exit_code, answer = tell("verify")
    assert (exit_code, answer["ok"]) == (0, False)
    assert answer["problems"] == ["Mục số 2 của sổ cái đã bị sửa."]


@pytest.mark.one_pc("copies of the file")
def test_check_and_backup(tell: Callable[..., Said], code: str, ward: Path, tmp_path: Path) -> None:
    assert tell("check") == (0, {"ok": True, "problems": []})
    copy = tmp_path / "usb" / "bản sao.db"
    assert refusal(tell("backup", "--out", str(copy))) == (1, "role")
    assert refusal(tell("backup", "--out", str(copy), who="chi")) == (1, "reason-missing")
    why, kept = ("--reason", "Mang sang máy mới"), everything_kept(ward)
    done, answer = tell("backup", "--out", str(copy), *why, who="chi")
    assert (done, answer["file"], answer["ok"], answer["problems"]) == (0, str(copy), True, [])
    assert answer["dossiers"] == 1
    assert [path.name for path in copy.parent.iterdir()] == ["bản sao.db"]
    assert everything_kept_in(copy) == kept
    made = Path(tell("backup")[1]["file"])
    assert (made.parent, made.name[:16]) == (ward / "backups", "desk-2026-11-23-")
    (tmp_path / "a file").write_text("", encoding="utf-8")
    assert refusal(tell("backup", "--out", str(tmp_path / "a file" / "x.db"), *why, who="chi")) == (
        3,
        "backup-failed",
    )
    for lost in (tmp_path, Path(), ward / "desk.db", ward / "desk.db-wal"):
        assert refusal(tell("backup", "--out", str(lost), *why, who="chi")) == (1, "backup-target")
    assert tell("find", code)[1]["dossiers"][0]["code"] == code


def everything_kept_in(file: Path) -> list[tuple[Any, ...]]:
    folder = file.parent / "opened"
    folder.mkdir()
    (folder / "desk.db").write_bytes(file.read_bytes())
    return everything_kept(folder)


def test_the_examples_of_the_docs_work(
    run: Callable[..., Said], tell: Callable[..., Said], write: Callable[[Any], str], tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "console.md").read_text(encoding="utf-8")
    accept, setup = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert tell("accept", write(accept))[0] == 0
    assert run("--data", str(tmp_path / "q"), "setup", write(setup)) == (0, {"unit": "H13.32"})


def test_the_help_of_every_verb_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert "ngưỡng 5%" in told
    verbs = re.findall(r"^    ([a-z][a-z-]+)(?= |$)", told, re.MULTILINE)
    assert {"fuse", "accept", "paper", "verify"} <= set(verbs)
    for verb in verbs:
        with pytest.raises(SystemExit) as ended:
            console.main([verb, "--help"])
        assert ended.value.code == 0, verb
        assert verb in capsys.readouterr().out


# --- a birth of which only the year is known, and the clock of a real desk ------------------------


@pytest.mark.parametrize(
    ("on_card", "born"), [("1945", "1945"), ("00031945", "1945-03"), ("17051945", "1945-05-17")]
)
def test_what_a_card_says_of_a_birth_is_taken_as_it_is(
    tell: Callable[..., Said], write: Callable[[Any], str], on_card: str, born: str
) -> None:
    card = tell("card", CARD.replace("17051990", on_card))[1]
    assert card["born"] == born
    who = DOSSIER["applicant"] | {"born": card["born"], "id_number": card["id_number"]}
    exit_code, answer = tell("accept", write(DOSSIER | {"applicant": who}))
    assert exit_code == 0
    shown = tell("show", answer["code"])[1]
    assert shown["applicant"]["born"] == born
    code, again = tell(
        "correct", answer["code"], write({"applicant": {"born": "1946"}}), "--reason", "gõ nhầm"
    )
    assert (code, again["changed"]["born"]["after"]) == (0, "1946")


def test_a_card_with_a_bad_day_of_issue_is_read_by_the_command_line_too(
    tell: Callable[..., Said],
) -> None:
    exit_code, card = tell("card", "]Q1" + CARD.replace("01072021", "00000000") + "\r\n")
    assert (exit_code, card["issued"], card["born"]) == (0, None, "1990-05-17")


def test_a_real_desk_after_years_promises_nothing_until_its_clock_is_confirmed(
    run: Callable[..., Said], write: Callable[[Any], str], tmp_path: Path
) -> None:
    folder = tmp_path / "thật"
    new_desk.set_up(folder, practice.plan(), lambda: datetime(2020, 1, 2, 8, 0)).close()
    real = ("--data", str(folder), "--as", "an")
    exit_code, answer = run(*real, "accept", write(DOSSIER))
    assert (exit_code, answer["error"]["code"]) == (1, "clock")
    state = run(*real, "clock")[1]
    assert (state["doubt"], state["last"], state["correction_minutes"]) == (
        "ahead",
        "2020-01-02T08:00",
        0,
    )
    assert run(*real, "clock", "--confirm")[1]["doubt"] is None
    assert run(*real, "accept", write(DOSSIER))[0] == 0
    state = run(*real, "clock", "--set", "2026-11-23T10:00")[1]
    assert (state["now"], state["doubt"]) == ("2026-11-23T10:00", None)
    code, answer = run(*real, "accept", write(DOSSIER))
    assert (code, answer["code"][-11:-5]) == (0, "261123")
