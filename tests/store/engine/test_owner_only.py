"""Nobody but the desk's own user reads its folder, whatever the umask and whatever was there."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desk import owner_only
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.output_file import output_file
from cchc_desk.sync import keys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    paths = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in paths}


def is_private(folder: Path) -> bool:
    found = modes(folder)
    wrong = {
        name: oct(mode)
        for name, mode in found.items()
        if mode != (0o700 if (folder / name).is_dir() else 0o600)
    }
    assert not wrong
    return len(found) > 1


def test_all_that_a_desk_makes_is_its_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    desk = practice.make_practice_ward(folder, 3)
    accounts.log_in(desk, "dung", practice.PASSWORD)
    assert (folder / "desk.db-wal").exists()  # while it is open
    assert is_private(folder)
    upkeep.backup(desk)
    assert upkeep.verify_ledger(desk).ok
    keys._write(folder / "city.key", "secret")
    assert {"desk.db", "desk.db-wal", "backups", "verified.json", "city.key"} <= set(modes(folder))
    assert is_private(folder)
    desk.close()


def test_a_folder_that_stood_open_is_narrowed_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    practice.make_practice_ward(folder, 0).close()
    (folder / "backups").mkdir()
    (folder / "backups" / "desk-2026-11-01.db").write_bytes(b"old copy")
    (folder / "run.sh").write_text("#!/bin/sh")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    outside = tmp_path / "outside.txt"
    outside.write_text("another's")
    outside.chmod(0o644)
    (folder / "link").symlink_to(outside)
    desk = opening.open_desk(folder)
    assert owner_only.open_to_others(folder) == ()
    assert modes(folder)["run.sh"] == 0o700  # it still runs
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
    (folder / "report.txt").write_text("written by another part of the program")
    desk.close()
    assert modes(folder)["report.txt"] == 0o600


def test_a_copy_elsewhere_is_private_too_and_its_folder_stays_as_it_was(tmp_path: Path) -> None:
    desk = practice.make_practice_ward(tmp_path / "ward", 0)
    accounts.log_in(desk, "dung", practice.PASSWORD)
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    copy = upkeep.backup(desk, shared / "copy.db", "Mang sang máy mới").copy.file
    desk.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755


def test_what_is_saved_elsewhere_is_private_too(tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    desk = practice.make_practice_ward(folder, 0)
    older = tmp_path / "older.pdf"
    older.write_bytes(b"%PDF")
    older.chmod(0o644)
    for file in (tmp_path / "new.pdf", older, folder / "exports" / "list.csv"):
        with output_file(file) as out:
            out.write(b"Lan")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "exports").stat().st_mode) == 0o700
    desk.close()


def test_a_folder_of_everybody_is_left_to_everybody(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    assert owner_only.narrow(tmp_path) is False
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    tmp_path.chmod(0o700)
