"""Every file that a verb writes goes through one guard: not onto data, whole or not at all."""

import ast
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import output_file, paths
from cchc_desk.console import command_line
from cchc_desk.errors import Refused, Trouble
from tests.console.test_registers import Tell, code, empty_ward, tell
from tests.engines import connect

__all__ = ["code", "empty_ward", "tell"]
PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")
WHY = ("--reason", "Nộp báo cáo cho Sở Nội vụ")
WRITING: dict[str, tuple[str, ...]] = {
    "paper": ("an", "paper", "{code}", "receipt"),
    "paper-set": ("an", "paper-set", "{code}", "accept"),
    "morning-sheet": ("chi", "morning-sheet"),
    "register-book": ("chi", "register-book", *PERIOD, *WHY),
    "certification-book": ("chi", "certification-book", *PERIOD, *WHY),
    "hand-over-slip": ("an", "hand-over-slip", "{code}"),
    "receipt-annex": ("an", "receipt-annex", "{code}"),
    "apology-list": ("chi", "apology-list", *PERIOD),
    "review-list": ("chi", "review-list"),
    "head-note": ("chi", "head-note", *PERIOD),
    "blank-receipts": ("an", "blank-receipts", "--count", "2"),
    "signed-letters": ("chi", "signed-letters"),
    "exchange": ("chi", "exchange", *PERIOD, *WHY),
    "report": ("chi", "report", "ii-06a", *PERIOD),
    "report-set make": ("chi", "report-set", "make", "1"),
    "certificate": ("an", "certificate"),
    "bag": ("an", "bag"),
    "sign-pdf": ("chi", "sign-pdf", "{letter}"),
    "backup": ("dung", "backup", *WHY),
    "courtesy card": ("an", "courtesy", "card"),
    "courtesy report": ("chi", "courtesy", "report", *PERIOD),
    "courtesy sheet": ("chi", "courtesy", "sheet"),
    "drill": ("dung", "drill"),
    "recovery-sheet": ("dung", "recovery-sheet"),
    "roster": ("an", "roster"),
    "lobby": ("an", "lobby"),
    "personal-data folder": ("chi", "personal-data", "folder", *WHY),
    "ward init": ("dung", "ward", "init", "postgresql://nowhere"),
    "ward invite": ("dung", "ward", "invite", "Quầy 2"),
    "scan": ("an", "scan", "save", "{code}", "--number", "1"),
}
TOO_EARLY = {
    "not-enrolled",
    "no-lesson-done",
    "unknown-scan",
    "unknown-report-set",
    "not-a-station",
}  # said before there is anything to write
BY_ITSELF = {"paper-set", "sign-pdf"}  # a folder is asked for; a key is asked for first


def verbs_with_out(parser: Any, name: str = "") -> Iterator[str]:
    for action in parser._actions:
        if "--out" in action.option_strings:
            yield name
        elif isinstance(action.choices, dict):
            for verb, under in action.choices.items():
                yield from verbs_with_out(under, f"{name} {verb}".strip())


def test_every_verb_that_writes_a_file_is_tried_here() -> None:
    ours = set(verbs_with_out(command_line._parser()))
    assert {verb for verb in ours if not verb.startswith("city ")} == set(WRITING)


@pytest.fixture
def data(tmp_path: Path, tell: Tell) -> Path:
    folder = tmp_path / "ward"
    (folder / "backups").mkdir()
    tell("dung", "backup", *WHY)
    return folder


Places = dict[str, Path]


@pytest.fixture
def places(data: Path, tmp_path: Path) -> Places:
    """Files that no output may replace, in the folder and away from it, by what they are."""
    away = tmp_path / "away"
    away.mkdir()
    shutil.copy(data / "desk.db", away / "thư.pdf")  # by its content
    (away / "khoa.pdf").write_text("ab" * 32)
    (away / "other").mkdir()
    shutil.copy(data / "desk.db", away / "other" / "desk.db")
    (away / "city.key").write_text("x")
    (away / "link.pdf").symlink_to(data / "desk.db")
    (away / "folder").symlink_to(data, target_is_directory=True)
    return {
        "the desk": data / "desk.db",
        "its log": data / "desk.db-wal",
        "its folder": data / "x.pdf",
        "a copy": next((data / "backups").glob("*.db")),
        "among the copies": data / "backups" / "x.pdf",
        "a copy elsewhere": away / "thư.pdf",
        "a key": away / "city.key",
        "a key elsewhere": away / "khoa.pdf",
        "another desk": away / "other" / "desk.db",
        "another desk's folder": away / "other" / "x.pdf",
        "a link": away / "link.pdf",
        "a linked folder": away / "folder" / "x.pdf",
    }


@pytest.mark.one_pc("data files and copies that no output may replace")
@pytest.mark.parametrize("verb", [verb for verb in WRITING if verb not in BY_ITSELF])
def test_no_verb_writes_onto_data(tell: Tell, code: str, places: Places, verb: str) -> None:
    who, *words = WRITING[verb]
    words = [word.format(code=code) for word in words]
    before = {place: file.read_bytes() for place, file in places.items() if file.exists()}
    for place, file in places.items():
        if verb == "backup" and place == "among the copies":
            continue  # that is where copies are
        said = tell(who, *words, "--out", str(file))
        assert said["refused"] in ("output-target", "backup-target", *TOO_EARLY), place
    after = {place: file.read_bytes() for place, file in places.items() if file.exists()}
    assert after.keys() == before.keys()
    assert all(after[place] == before[place] for place in after if place != "its log")


@pytest.mark.one_pc("data files and copies that no output may replace")
def test_a_paper_set_and_a_signature_are_guarded_as_well(
    tell: Tell, code: str, data: Path, places: Places
) -> None:
    said = tell("an", "paper-set", code, "accept", "--out", str(data))
    assert said == {"refused": "output-target"}
    assert not list(data.glob("*.pdf"))


def test_only_a_plain_file_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for wrong in (tmp_path / "pipe", Path("/dev/null"), tmp_path / "a\0b.pdf"):
        with pytest.raises(Refused) as refused:
            output_file.checked_target(wrong)
        assert refused.value.code == "output-target"
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for lost in (tmp_path, tmp_path / "none" / "x.pdf", tmp_path / "circle"):
        with pytest.raises(Trouble), output_file.output_file(lost) as out:
            out.write(b"x")
        assert not list(tmp_path.glob(".*.part"))


@pytest.mark.one_pc("data files and copies that no output may replace")
def test_the_folder_for_exports_in_the_data_folder_is_made_when_it_is_wanted(
    tell: Tell, code: str, data: Path
) -> None:
    out = data / paths.EXPORTS / "so.pdf"
    assert tell("chi", "register-book", *PERIOD, *WHY, "--out", str(out))["pages"] == 1
    assert out.read_bytes().startswith(b"%PDF")


# --- the ledger first, and a file whole or not at all ---------------------------------------------


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the disk fill up once a few bytes of a file are on it."""

    def fill() -> None:
        write = os.write

        def too_much(descriptor: int, content: Any) -> int:
            if len(content) > 100:
                write(descriptor, content[:100])
                raise OSError(errno.ENOSPC, "no space")
            return write(descriptor, content)

        monkeypatch.setattr(os, "write", too_much)

    return fill


@pytest.mark.parametrize("verb", ["paper", "blank-receipts", "courtesy card", "exchange"])
def test_a_full_disk_leaves_the_older_file_and_no_entry(
    tell: Tell, code: str, tmp_path: Path, full: Callable[[], None], verb: str
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"%PDF the older one")
    who, *words = WRITING[verb]
    before = head_and_numbers(tmp_path / "ward")
    full()
    said = tell(who, *(word.format(code=code) for word in words), "--out", str(out))
    assert said == {"refused": "cannot-save"}
    assert out.read_bytes() == b"%PDF the older one"
    assert head_and_numbers(tmp_path / "ward") == before
    assert not list(tmp_path.glob(".*.part"))


def head_and_numbers(ward: Path) -> tuple[object, ...]:
    with closing(connect(ward)) as connection:
        head = connection.execute("SELECT max(seq) FROM journal").fetchone()
        numbers = connection.execute("SELECT * FROM numbers ORDER BY series, period").fetchall()
        seen = connection.execute("SELECT * FROM courtesy_seen").fetchall()
    return head, numbers, seen


def test_no_number_is_used_where_no_file_can_be(tell: Tell, tmp_path: Path) -> None:
    lost = str(tmp_path / "none" / "x.pdf")
    assert tell("an", "blank-receipts", "--count", "3", "--out", lost) == {"refused": "cannot-save"}
    assert tell("an", "courtesy", "card", "--out", lost) == {"refused": "cannot-save"}
    given = tell("an", "blank-receipts", "--count", "1", "--out", str(tmp_path / "x.pdf"))
    assert given["numbers"] == ["GT-261123-0001"]


@pytest.mark.one_pc("data files and copies that no output may replace")
def test_a_list_is_not_taken_where_its_result_cannot_be_kept(
    tell: Tell, data: Path, tmp_path: Path
) -> None:
    head = "Số hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Chủ hồ sơ,Thủ tục"
    rows = f"{head}\nH13.1-1,20/11/2026,27/11/2026,Lê Bê,Khai sinh\n"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    take = ("an", "list-take", str(tmp_path / "list.csv"), "--result")
    assert tell(*take, str(data / "desk.db")) == {"refused": "output-target"}
    assert tell(*take, str(tmp_path / "none" / "x.xlsx")) == {"refused": "cannot-save"}
    assert tell(*take, str(tmp_path / "x.xlsx"))["taken"] == 1


@pytest.mark.parametrize("place", ["missing folder", "full disk"])
def test_the_recovery_sheet_before_holds_on_where_the_new_one_cannot_be_kept(
    tell: Tell, tmp_path: Path, full: Callable[[], None], place: str
) -> None:
    assert tell("dung", "recovery-sheet", "--out", str(tmp_path / "1.pdf"))["sheet"] == 1
    before = head_and_numbers(tmp_path / "ward")
    if place == "full disk":
        full()
    folder = tmp_path / "none" if place == "missing folder" else tmp_path
    said = tell("dung", "recovery-sheet", "--out", str(folder / "2.pdf"))
    assert said == {"refused": "cannot-save"}
    assert head_and_numbers(tmp_path / "ward") == before


def test_the_entry_is_there_before_the_file_has_its_name(
    tell: Tell, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename that fails leaves an entry without a file, never a file without its entry."""

    def stuck(this: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "stuck")

    monkeypatch.setattr(Path, "replace", stuck)
    out = tmp_path / "out.json"
    assert tell("chi", "exchange", *PERIOD, *WHY, "--out", str(out)) == {"refused": "cannot-save"}
    assert not out.exists()
    assert tell("an", "verify")["entries"] == 3


# --- and nobody writes past it --------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
# Files that no user names: keys, certificates, marks, reports, what signing needs meanwhile.
OWN_FILES = {
    "cchc_desk/output_file.py",
    "cchc_desk/crash_report.py",
    "cchc_desk/city/office.py",
    "cchc_desk/sync/keys.py",
    "cchc_desk/store/ledger/anchor.py",
    "cchc_desk/store/ledger/machine.py",
    "cchc_desk/papers/signature.py",
}


def writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    opened = name == "open" or (isinstance(call.func, ast.Name) and call.func.id == "open")
    return name in ("write_bytes", "write_text") or (
        opened and any(isinstance(mode, str) and set(mode) & set("wax") for mode in modes)
    )


def test_no_other_door_writes_a_file() -> None:
    """Every save dialog and every verb has to come through output_file.py."""
    found = {
        str(file.relative_to(ROOT))
        for room in ("cchc_desk", "ui")
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and writes(node)
    }
    assert found <= OWN_FILES
