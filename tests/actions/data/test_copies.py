"""Copies of now, in two places, read again; the answer is what was seen."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.data import copies, opening, restore_plan, upkeep
from cchc_desk.actions.data.copies import Second
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.domain.copies import Reason, Soundness
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import copies as kept_copies
from cchc_desk.store.engine import durable, volumes
from tests.actions.conftest import TableClock, become, make_intake

pytestmark = pytest.mark.one_pc("copies of the file")


@pytest.fixture
def folder(desk: Desk) -> Path:
    return desk.folder / "backups"


def dossiers_in(file: Path) -> int:
    with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM dossiers").fetchone()[0])


def test_a_copy_asked_for_is_always_one_of_now(desk: Desk) -> None:
    """The automatic one of the morning is no answer to the wish of the evening."""
    morning = copies.copy_if_changed(desk, Reason.HOURLY)
    assert morning is not None
    intake.accept_dossier(desk, make_intake())
    evening = upkeep.backup(desk)
    assert evening.ok
    assert (morning.copy.dossiers, evening.copy.dossiers) == (0, 1)
    assert dossiers_in(evening.copy.file) == 1
    assert evening.copy.file != morning.copy.file
    assert upkeep.head_text(evening.copy.head) == upkeep.verify_ledger(desk).head


def test_a_file_of_rubbish_under_a_copys_name_is_no_copy(desk: Desk, folder: Path) -> None:
    folder.mkdir()
    (folder / "desk-2026-11-23.db").write_text("rubbish")
    made = copies.copy_if_changed(desk, Reason.HOURLY)
    assert made is not None
    assert made.ok
    assert made.copy.file.name == "desk-2026-11-23-100000.db"
    newest = copies.newest_copy(desk)
    assert newest is not None
    assert newest.file == made.copy.file


def test_nothing_is_copied_again_while_nothing_has_changed(desk: Desk, folder: Path) -> None:
    first = copies.copy_if_changed(desk, Reason.HOURLY)
    assert first is not None
    assert copies.copy_if_changed(desk, Reason.CLOSING) is None
    first.copy.file.write_bytes(b"cut")  # what is no longer whole is made again
    assert copies.copy_if_changed(desk, Reason.CLOSING) is not None


def test_who_came_in_or_was_refused_alone_makes_no_copy(desk: Desk) -> None:
    assert copies.copy_if_changed(desk, Reason.HOURLY) is not None
    accounts.log_in(desk, "an", practice.PASSWORD, at_window=True)
    with pytest.raises(Refused):
        accounts.log_in(desk, "chi", "wrong", at_window=True)
    assert copies.copy_if_changed(desk, Reason.CLOSING) is None
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    assert copies.copy_if_changed(desk, Reason.CLOSING) is not None


@pytest.mark.parametrize("leap", [timedelta(days=-400), timedelta(days=26_000)])
def test_a_wrong_clock_deletes_no_copy_and_never_the_new_one(
    desk: Desk, clock: TableClock, folder: Path, leap: timedelta
) -> None:
    for _day in range(31):
        clock.now += timedelta(days=1)
        upkeep.backup(desk)
    before = set(folder.glob("*.db"))
    right, clock.now = clock.now, clock.now + leap
    made = upkeep.backup(desk).copy.file
    clock.now = right + timedelta(hours=1)
    again = upkeep.backup(desk).copy.file
    assert set(folder.glob("*.db")) == {*before, made, again}
    newest = copies.newest_copy(desk)
    assert newest is not None
    assert newest.file == again


def test_copies_before_an_upgrade_or_a_repair_are_never_thinned_out(
    desk: Desk, clock: TableClock, folder: Path
) -> None:
    before = copies.copy_now(desk, Reason.REPAIR).copy.file
    for _hour in range(3):
        clock.now += timedelta(minutes=5)
        last = upkeep.backup(desk).copy.file
    assert set(folder.glob("*.db")) == {before, last}


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-4096]),
        lambda file: _flip(file, 5000),
        lambda file: _flip(file, 100_000),
    ],
)
def test_a_copy_that_changed_is_seen_when_its_turn_of_reading_comes(
    desk: Desk, clock: TableClock, change: Callable[[Path], None]
) -> None:
    first = upkeep.backup(desk).copy.file
    change(first)
    clock.now += timedelta(hours=1)
    copied = upkeep.backup(desk)
    assert not copied.ok
    assert copied.problems == (f"Bản sao {first.name} đã bị đổi từ khi chép.",)
    assert copied.copy.is_sound
    assert first.exists()


def _flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(bytes(content))


def test_another_desks_copy_in_the_folder_says_nothing_about_this_ledger(
    desk: Desk, folder: Path, usual_ward: Path
) -> None:
    upkeep.backup(desk)
    strange = folder / "desk-2026-11-22.db"
    strange.write_bytes((usual_ward / "desk.db").read_bytes())
    assert kept_copies.read_copy(strange, desk.id).soundness is Soundness.OTHER_DESK
    assert upkeep.verify_ledger(desk).problems == ()


def test_what_is_no_copy_in_the_folder_says_nothing(desk: Desk, folder: Path) -> None:
    """Others' files, a folder, a half copy, links that lead nowhere or in a circle."""
    kept = upkeep.backup(desk).copy
    (folder / "desk-2026-11-20.db").write_text("ghi chú", encoding="utf-8")
    (folder / "desk-2026-11-19.db").write_bytes(b"")
    (folder / "desk-2026-11-18.db").mkdir()
    (folder / "desk-2026-11-17.db").symlink_to(folder / "nowhere.db")
    (folder / "desk-2026-11-16.db").symlink_to(folder / "desk-2026-11-16.db")
    (folder / "desk-2026-11-15.db.part").write_bytes(kept.file.read_bytes()[:5_000])
    (folder / "desk-2026-11-14.db").write_bytes(b"SQLite format 3\0" + b"\0" * 4_000)
    (folder / "đọc tôi.txt").write_text("x", encoding="utf-8")
    assert upkeep.verify_ledger(desk).problems == ()
    assert upkeep.backup(desk).ok
    assert sum(copy.is_sound for copy in restore_plan.copies_of(desk.folder)) >= 1


# --- the second place -----------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stick")


def test_every_copy_goes_to_the_second_place_and_is_read_there(desk: Desk, stick: Path) -> None:
    become(desk, "dung")
    copies.choose_second_place(desk, stick)
    copied = upkeep.backup(desk)
    assert (copied.ok, copied.second) == (True, Second.MADE)
    assert copied.second_file == stick / copied.copy.file.name
    assert copied.second_file.read_bytes() == copied.copy.file.read_bytes()
    place = copies.second_place(desk)
    assert place is not None
    assert place.newest is not None
    assert place.newest.head == copied.copy.head


def test_a_stick_that_is_out_is_a_calm_line_and_another_one_is_not_written(
    desk: Desk, stick: Path
) -> None:
    become(desk, "dung")
    copies.choose_second_place(desk, stick)
    mark = (stick / copies.MARK).read_text()
    (stick / copies.MARK).unlink()  # another stick at the same place
    copied = upkeep.backup(desk)
    assert (copied.ok, copied.second, list(stick.iterdir())) == (True, Second.ABSENT, [])
    stick.rmdir()
    assert upkeep.backup(desk).second is Second.ABSENT
    assert not stick.exists()
    stick.mkdir()
    (stick / copies.MARK).write_text(mark)
    assert upkeep.backup(desk).second is Second.MADE


def test_a_stick_is_found_by_its_mark_wherever_it_is_mounted_now(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E:sao-luu of yesterday is F:sao-luu today; another stick at the old place is not taken."""
    drives = tmp_path_factory.mktemp("drives")
    folder = drives / "E" / "của quầy" / "sao-luu"
    folder.mkdir(parents=True)
    become(desk, "dung")
    copies.choose_second_place(desk, folder)
    (drives / "E").rename(drives / "F")
    (drives / "E" / "của quầy" / "sao-luu").mkdir(parents=True)
    assert upkeep.backup(desk).second is Second.ABSENT
    monkeypatch.setattr(volumes, "volumes", lambda: (drives / "E", drives / "F"))
    copied = upkeep.backup(desk)
    place = drives / "F" / "của quầy" / "sao-luu"
    assert (copied.second, copied.second_file) == (Second.MADE, place / copied.copy.file.name)
    found = copies.second_place(desk)
    assert found is not None
    assert (found.folder, found.is_there) == (place, True)
    there = [copy.file for copy in restore_plan.copies_of(desk.folder) if copy.file.parent == place]
    assert there == [copied.second_file]


def test_a_second_place_beside_the_data_or_of_another_desk_is_refused(
    desk: Desk, stick: Path, ward: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    become(desk, "dung")
    (desk.folder / "inside").mkdir()
    beside = (desk.folder, desk.folder / "inside", desk.folder.parent)
    for bad in (*beside, stick / "missing", ward):  # ward: the data of another desk
        with pytest.raises(Refused) as refused:
            copies.choose_second_place(desk, bad)
        assert refused.value.code == "second-place"
    (stick / copies.MARK).write_text('{"desk": "another", "mark": "x"}')
    with pytest.raises(Refused):
        copies.choose_second_place(desk, stick)
    become(desk, "an")
    with pytest.raises(Refused) as refused:
        copies.choose_second_place(desk, stick)
    assert refused.value.code == "role"


# --- failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("free", [1, 4_096, 200_000, 500_000])
def test_a_full_disk_during_a_copy_says_so_and_leaves_nothing_half(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, free: int
) -> None:
    """The limit of the size of files stands for the disk: SQLite gets the same answer."""
    resource = pytest.importorskip("resource")
    kept = upkeep.backup(desk).copy.file
    intake.accept_dossier(desk, make_intake())
    signal = pytest.importorskip("signal")
    monkeypatch.setattr(signal, "SIGXFSZ", signal.SIGXFSZ)
    before_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, before[1]))
    try:
        with pytest.raises(Trouble) as trouble:
            upkeep.backup(desk)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, before_signal)
    assert trouble.value.code in {"disk-full", "disk-error", "backup-failed"}
    assert "đang gõ" not in trouble.value.message
    assert sorted(folder.iterdir()) == [kept, kept_copies.facts_file(kept)]
    assert upkeep.backup(desk).ok


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_takes_nothing_is_said(desk: Desk, folder: Path) -> None:
    folder.mkdir(mode=0o500)
    with pytest.raises(Trouble):
        upkeep.backup(desk)
    folder.chmod(0o700)


def test_what_was_renamed_is_read_back_and_held_against_what_was_written(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = durable.put

    def onto_a_bad_disk(part: Path, target: Path) -> None:
        put(part, target)
        if target.suffix == ".db":
            _flip(target, 5000)

    monkeypatch.setattr(durable, "put", onto_a_bad_disk)
    with pytest.raises(Trouble) as trouble:
        upkeep.backup(desk)
    assert trouble.value.code == "backup-damaged"


def test_an_upgrade_makes_its_copy_first_with_its_facts(desk: Desk, tmp_path: Path) -> None:
    released = Path(__file__).parents[2] / "store" / "engine" / "released"
    old = next(iter(sorted(released.glob("*.db"))), None)
    if old is None:
        pytest.skip("no released file")
    place = tmp_path / "old"
    place.mkdir()
    (place / "desk.db").write_bytes(old.read_bytes())
    opening.open_desk(place, lambda: datetime(2026, 11, 23, 10, 0)).close()
    (copy,) = (place / "backups").glob("*.db")
    assert copy.name == "before-upgrade-2026-11-23-100000.db"
    assert kept_copies.facts_file(copy).exists()


def test_what_a_killed_copy_has_left_is_swept_and_a_copy_without_facts_is_taken_in(
    desk: Desk, clock: TableClock, folder: Path
) -> None:
    first = upkeep.backup(desk).copy.file
    kept_copies.facts_file(first).unlink()  # killed between the copy and its facts
    left = folder / "desk-2026-11-20-100000.db.part"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    clock.now += timedelta(hours=1)
    assert upkeep.backup(desk).ok
    assert not left.exists()
    assert kept_copies.facts_file(first).exists()
    assert kept_copies.read_copy(first, desk.id).is_sound


@pytest.mark.parametrize("harm", ["deleted", "renamed", "replaced", "its log deleted"])
def test_a_copy_is_of_the_file_that_is_open_or_says_that_it_was_moved(
    desk: Desk, harm: str
) -> None:
    intake.accept_dossier(desk, make_intake())
    file = desk.database.file
    match harm:
        case "deleted":
            file.unlink()
        case "renamed":
            file.rename(file.with_name("away.db"))
        case "replaced":
            shutil.copy(file, file.with_name("other.db"))
            file.with_name("other.db").replace(file)
        case _:
            file.with_name("desk.db-wal").unlink()
    with pytest.raises(Trouble) as trouble:
        upkeep.backup(desk)
    assert trouble.value.code == "file-moved"
