"""The command line's checks of the ledger: their keys, and how far they are on a terminal."""

import io
import json
import os
import pty
import sys
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console
from cchc_desk.console import progress
from cchc_desk.long_work import Stopped
from tests.console.test_console import MONDAY, forge, process
from tests.engines import new_place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice ward whose ledger was never checked."""
    where = tmp_path_factory.mktemp("desk") / "ward"
    where.mkdir()
    new_place(where)
    done = process("--data", str(where), "--now", MONDAY, "practice", "--dossiers", "3")
    assert done.returncode == 0
    return where


def verify(folder: Path, *words: str, now: str = MONDAY) -> dict[str, Any]:
    said = process("--data", str(folder), "--now", now, "--as", "an", "--json", "verify", *words)
    assert (said.returncode, said.stderr) == (0, b"")  # no terminal: no progress
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer


def test_the_keys_stay_and_the_daily_check_says_how_old_the_whole_one_is(folder: Path) -> None:
    whole = verify(folder)
    assert set(whole) == {"ok", "problems", "entries", "head", "compared", "note"}
    again = verify(folder, "--full")
    assert [place["with"] for place in again["compared"]] == ["witness", "check"]
    whole["compared"] = again["compared"]
    assert again == whole
    anchor = {"entry": whole["entries"], "at": MONDAY}
    daily = verify(folder, "--recent")
    assert daily.pop("compared")[0]["since"] is None  # its last line alone
    assert daily == {key: whole[key] for key in daily if key != "anchor"} | {"anchor": anchor}
    assert verify(folder, "--recent", now="2026-12-05T10:00") == whole | {
        "anchor": {"entry": whole["entries"], "at": "2026-12-05T10:00"}  # a week on: a whole one
    }


def test_the_default_finds_what_the_daily_check_does_not_look_at(folder: Path) -> None:
    verify(folder, now="2027-02-01T10:00")
    forge(folder, "UPDATE applicants SET name = 'Người khác' WHERE dossier = 1")
    assert verify(folder, "--recent", now="2027-02-02T10:00")["ok"]
    assert not verify(folder, now="2027-02-02T10:00")["ok"]
    assert not verify(folder, "--recent", now="2027-02-08T10:00")["ok"]


@pytest.mark.parametrize("words", [("--full", "--recent"), ("--recent", "--head", "1-0-0-0")])
def test_two_checks_at_once_are_wrong_usage(
    folder: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["--data", str(folder), "--as", "an", "verify", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_terminal_sees_how_far_it_is_and_the_line_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = pty.openpty()
    seen = b""
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress.shown("Kiểm tra sổ cái") as work:
            work.total = 8
            work.step(2)
            while "Kiểm tra sổ cái: 25 %".encode() not in seen:
                seen += os.read(reader, 1000)
            work.step(6)
            while "Kiểm tra sổ cái: 100 %".encode() not in seen:
                seen += os.read(reader, 1000)
        last = os.read(reader, 1000)
    os.close(reader)
    assert last.endswith(b"\r" + b" " * len("Kiểm tra sổ cái: 100 %") + b"\r")


def stopped_at_once() -> None:
    with progress.shown("Kiểm tra sổ cái") as work:
        work.stop()
        work.step()


def test_the_line_goes_when_the_work_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with pytest.raises(Stopped):
            stopped_at_once()
        assert os.read(reader, 1000).endswith(b"\r")
    os.close(reader)


def test_a_file_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.StringIO()
    monkeypatch.setattr(sys, "stderr", kept)
    with progress.shown("Kiểm tra sổ cái") as work:
        work.total = 1
        work.step()
    assert kept.getvalue() == ""
