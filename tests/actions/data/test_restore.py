"""Going back to a copy: said first, moved aside, in the ledger, and no number given twice."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import owner_only, paths
from cchc_desk.actions.data import (
    copies,
    existing,
    new_desk,
    opening,
    personal_data,
    restore,
    restore_plan,
    upkeep,
)
from cchc_desk.actions.data.personal_data import NewRequest
from cchc_desk.actions.intake import intake, paper_receipts
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.people import accounts, passwords
from cchc_desk.actions.training import practice
from cchc_desk.domain.ledger.facts import BY_ACT
from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.people.tries import FREE
from cchc_desk.errors import DeskError, Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import durable, encryption, migrations
from cchc_desk.store.engine.set_up_lock import alone_in
from cchc_desk.store.ledger import journal, put_back, witness
from tests.actions.conftest import WHY, TableClock, become, make_intake

pytestmark = pytest.mark.one_pc("going back to a copy of the file")

Makes = pytest.TempPathFactory
RELEASED = Path(__file__).parents[2] / "store" / "engine" / "released"


def accept(desk: Desk, count: int) -> list[str]:
    return [intake.accept_dossier(desk, make_intake()).code for _ in range(count)]


def go_back(folder: Path, file: Path | None, clock: TableClock) -> restore.Done:
    return restore.restore(folder, file, "dung", practice.PASSWORD, clock)


@pytest.fixture
def reopened(clock: TableClock) -> Iterator[Callable[[Path], Desk]]:
    opened: list[Desk] = []

    def open_it(folder: Path) -> Desk:
        desk = opening.open_desk(folder, clock)
        become(desk, "an")
        opened.append(desk)
        return desk

    yield open_it
    for desk in opened:
        desk.close()


def test_what_is_lost_is_said_first_and_the_next_code_is_behind_all_printed_ones(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk]
) -> None:
    accept(desk, 2)
    morning = upkeep.backup(desk).copy.file
    clock.now += timedelta(hours=1)
    printed = accept(desk, 3)
    paper_receipts.print_blank(desk, 2)
    asked = NewRequest("see", "Lê Thị Bê", "0912345678", "xem dữ liệu của tôi")
    assert personal_data.take_request(desk, asked).number_text == "01/2026-YCDL"
    desk.close()
    planned = restore_plan.plan(desk.folder, None)
    assert planned.copy.file == morning
    assert [(lost.act, lost.count) for lost in planned.lost] == [
        ("accept", 3),
        ("paper-receipts", 1),
        ("personal-data", 1),
    ]
    assert (desk.folder / "desk.db").exists()
    done = go_back(desk.folder, morning, clock)
    assert done.aside.name == "trước-khi-khôi-phục-20261123-110000"
    again = reopened(desk.folder)
    assert upkeep.verify_ledger(again).problems == ()
    (code,) = accept(again, 1)
    assert code not in printed
    assert code.endswith("-0006")
    numbers, _pdf = paper_receipts.print_blank(again, 1)
    assert numbers == ("GT-261123-0003",)
    assert personal_data.take_request(again, asked).number_text == "02/2026-YCDL"
    assert upkeep.verify_ledger(again).problems == ()


def test_after_a_crash_the_log_left_behind_goes_aside_with_the_file(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk], tmp_path_factory: Makes
) -> None:
    """Copied over by hand the old -wal was replayed into the copy."""
    morning = upkeep.backup(desk).copy.file
    accept(desk, 3)
    crashed = tmp_path_factory.mktemp("crashed")
    shutil.copytree(desk.folder, crashed, dirs_exist_ok=True)  # as the disk has it, open
    assert (crashed / "desk.db-wal").stat().st_size
    done = go_back(crashed, crashed / "backups" / morning.name, clock)
    assert (done.aside / "desk.db").exists()
    assert [(lost.act, lost.count) for lost in done.lost] == [("accept", 3)]
    again = reopened(crashed)
    (code,) = accept(again, 1)
    assert code.endswith("-0004")
    assert upkeep.check_database(again) == ()
    with sqlite3.connect(done.aside / "desk.db") as kept:
        assert kept.execute("SELECT count(*) FROM dossiers").fetchone() == (3,)


def test_every_act_that_may_be_lost_has_a_name() -> None:
    """Its word in the ledger is no word of the screen."""
    assert {act for act in Act if act.value in BY_ACT} <= set(restore_plan.ACT_WORDS)


@pytest.mark.parametrize("harm", ["rubbish", "gone", "cut", "flipped-log", "no-witness"])
def test_from_a_damaged_or_lost_file_the_numbers_go_on_behind(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk], harm: str, makes: Makes
) -> None:
    accept(desk, 1)
    upkeep.backup(desk)
    printed = accept(desk, 4)
    folder = makes.mktemp("harmed")
    shutil.copytree(desk.folder, folder, dirs_exist_ok=True)
    database, log = folder / "desk.db", folder / "desk.db-wal"
    match harm:
        case "rubbish":
            database.write_bytes(b"rubbish" * 1000)
        case "gone":
            database.unlink()
        case "cut":
            database.write_bytes(database.read_bytes()[:50_000])
        case "flipped-log":
            content = bytearray(log.read_bytes())
            content[5000] ^= 1
            log.write_bytes(bytes(content))
        case _:
            database.write_bytes(b"x" * 5000)
            for file in folder.glob("desk.witness*"):
                file.unlink()
    done = go_back(folder, None, clock)
    assert TakenNumber("dossier", "261123", 5) in done.numbers
    again = reopened(folder)
    (code,) = accept(again, 1)
    assert code not in printed
    assert code.endswith("-0006")


@pytest.fixture
def makes(tmp_path_factory: Makes) -> Makes:
    return tmp_path_factory


def test_a_ward_that_went_back_twice_gives_no_number_twice(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk]
) -> None:
    first = upkeep.backup(desk).copy.file
    codes = accept(desk, 2)
    desk.close()
    for _time in range(2):
        clock.now += timedelta(minutes=10)
        go_back(desk.folder, first, clock)
        again = reopened(desk.folder)
        codes += accept(again, 2)
        assert upkeep.verify_ledger(again).problems == ()
        again.close()
    assert len(set(codes)) == len(codes) == 6


def test_a_restore_is_an_entry_and_going_forward_again_is_possible(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk]
) -> None:
    early = upkeep.backup(desk).copy.file
    clock.now += timedelta(hours=1)
    accept(desk, 2)
    desk.close()
    done = go_back(desk.folder, early, clock)
    (before,) = (desk.folder / "backups").glob("before-restore-*.db")
    clock.now += timedelta(hours=1)
    go_back(desk.folder, before, clock)
    again = reopened(desk.folder)
    assert upkeep.verify_ledger(again).problems == ()
    with again.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM dossiers").scalar_one()
        acts = connection.exec_driver_sql(
            "SELECT official FROM journal WHERE act = 'restore'"
        ).scalars()
        assert (count, list(acts)) == (2, ["dung"])
    assert done.aside.exists()


def test_a_head_that_was_cut_off_and_given_up_by_no_restore_is_still_told(
    desk: Desk, clock: TableClock
) -> None:
    early = upkeep.backup(desk).copy.file
    clock.now += timedelta(hours=1)
    accept(desk, 2)
    upkeep.backup(desk)
    desk.close()
    for ending in ("-wal", "-shm"):
        (desk.folder / f"desk.db{ending}").unlink(missing_ok=True)
    shutil.copy(early, desk.folder / "desk.db")  # by hand, past the program
    with closing(opening.open_desk(desk.folder, clock)) as again:
        become(again, "an")
        assert any("bị cắt" in problem for problem in upkeep.verify_ledger(again).problems)


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("official", "password", "code"),
    [
        ("an", practice.PASSWORD, "role"),
        ("dung", "wrong", "wrong-password"),
        ("nobody", practice.PASSWORD, "wrong-password"),
    ],
)
@pytest.mark.parametrize("damaged", [False, True])
def test_only_a_leader_or_administrator_with_a_password_goes_back(
    desk: Desk, clock: TableClock, official: str, password: str, code: str, damaged: bool
) -> None:
    file = upkeep.backup(desk).copy.file
    desk.close()
    if damaged:
        (desk.folder / "desk.db").write_bytes(b"rubbish")
    before = (desk.folder / "desk.db").read_bytes()
    with pytest.raises(Refused) as refused:
        restore.restore(desk.folder, file, official, password, clock)
    assert refused.value.code == code
    assert damaged is ((desk.folder / "desk.db").read_bytes() == b"rubbish")
    assert len((desk.folder / "desk.db").read_bytes()) == len(before)
    assert not list(desk.folder.glob("trước*"))


def test_wrong_passwords_count_where_the_present_file_can_be_read(
    desk: Desk, clock: TableClock
) -> None:
    file = upkeep.backup(desk).copy.file
    desk.close()
    for _time in range(FREE):
        with pytest.raises(Refused):
            restore.restore(desk.folder, file, "dung", "wrong", clock)
    with pytest.raises(Refused) as refused:
        go_back(desk.folder, file, clock)
    assert refused.value.code == "wait"


def test_while_another_window_has_the_desk_open_nothing_is_put_back(
    desk: Desk, clock: TableClock
) -> None:
    file = upkeep.backup(desk).copy.file
    desk.close()
    script = (
        "import sqlite3, sys\n"
        f"c = sqlite3.connect({str(desk.folder / 'desk.db')!r})\n"
        "c.execute('SELECT count(*) FROM dossiers').fetchone()\n"
        "print('open', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        with pytest.raises(Trouble) as trouble:
            go_back(desk.folder, file, clock)
        assert other.stdin is not None
        other.stdin.close()
    assert trouble.value.code == "database-in-use"
    go_back(desk.folder, file, clock)


# --- hostile copies -------------------------------------------------------------------------------


def _half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    file.write_bytes(bytes(content))


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"UPDATE schema SET version = {migrations.SCHEMA + 1}")
        connection.commit()


def _forged(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE settings SET value = '\"H99.999\"' WHERE key = 'unit_code'")
        connection.commit()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda file: file.write_text("a letter", encoding="utf-8"), "not-a-desk"),
        (lambda file: file.write_bytes(b""), "not-a-desk"),
        (_half, "copy-damaged"),
        (_newer, "copy-newer"),
        (_forged, "copy-unsound"),
        (Path.unlink, "copy-missing"),
    ],
)
def test_a_hostile_copy_gets_one_sentence_and_nothing_changes(
    desk: Desk, clock: TableClock, tmp_path: Path, change: Callable[[Path], object], code: str
) -> None:
    file = tmp_path / "stick" / "desk-2026-11-22.db"
    become(desk, "chi")
    upkeep.backup(desk, file, WHY)
    desk.close()
    change(file)
    before = (desk.folder / "desk.db").read_bytes()
    with pytest.raises(DeskError) as refused:
        go_back(desk.folder, file, clock)
    assert refused.value.code == code
    assert refused.value.message.count("\n") == 0
    assert (desk.folder / "desk.db").read_bytes() == before


def test_another_desks_copy_a_link_and_the_desk_itself_are_refused(
    desk: Desk, clock: TableClock, usual_ward: Path, tmp_path: Path
) -> None:
    own = upkeep.backup(desk).copy.file
    desk.close()
    link = tmp_path / "desk-link.db"
    link.symlink_to(own)
    for file, code in (
        (usual_ward / "desk.db", "copy-other-desk"),
        (link, "copy-link"),
        (desk.folder / "desk.db", "copy-is-desk"),
        (tmp_path, "copy-missing"),
    ):
        with pytest.raises(Refused) as refused:
            go_back(desk.folder, file, clock)
        assert refused.value.code == code


def test_a_flipped_copy_in_the_folder_is_listed_as_changed_and_the_one_before_is_taken(
    desk: Desk, clock: TableClock
) -> None:
    good = upkeep.backup(desk).copy.file
    clock.now += timedelta(hours=1)
    bad = upkeep.backup(desk).copy.file
    desk.close()
    _flipped(bad)
    listed = {copy.file: copy.is_sound for copy in restore_plan.copies_of(desk.folder)}
    assert listed == {bad: False, good: True}
    assert restore_plan.plan(desk.folder).copy.file == good


def test_a_copy_of_an_old_schema_is_brought_up_before_it_is_put_back(
    clock: TableClock, tmp_path: Path, reopened: Callable[[Path], Desk]
) -> None:
    old = RELEASED / "schema-3.db"
    folder = tmp_path / "desk"
    existing.bring_in(old, folder)
    shutil.copy(old, tmp_path / "desk-old.db")
    with closing(opening.open_desk(folder, clock)) as desk:
        who = next(
            official
            for official in accounts.list_officials(desk)
            if official.role.value in ("administrator", "leader")
        )
        accept_nothing = desk.settings["unit_code"]
        hashed = passwords.password_hash("a new password")
        with desk.write() as connection:
            connection.exec_driver_sql(
                "UPDATE officials SET password_hash = ? WHERE id = ?", (hashed, who.id)
            )
    restore.restore(folder, tmp_path / "desk-old.db", who.id, "a new password", clock)
    again = reopened(folder)
    assert again.settings["unit_code"] == accept_nothing


# --- stopped in the middle ------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for the end of the process."""


# (module, function, only once the restore is noted)
STEPS = [
    (put_back, "stage", False),
    (put_back, "_keep", False),
    (put_back, "begin", False),
    (put_back, "finish", True),
    (owner_only, "sync_folder", True),
    (durable, "put", True),
    (witness, "note_restored", True),
    (shutil, "rmtree", True),
]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_kill_at_each_step_leaves_a_whole_desk(
    desk: Desk,
    clock: TableClock,
    step: tuple[object, str, bool],
    after: bool,
    reopened: Callable[[Path], Desk],
) -> None:
    """Old or new, and after a new start one of the two whole, with every number behind."""
    accept(desk, 1)
    file = upkeep.backup(desk).copy.file
    printed = accept(desk, 2)
    desk.close()
    where, name, noted = step
    real = getattr(where, name)

    def killed(*arguments: object, **named: object) -> object:
        begun = not noted or (desk.folder / paths.RESTORING).exists()
        made = real(*arguments, **named) if after or not begun else None
        if begun:
            raise Killed
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, name, killed)
        with pytest.raises(Killed):
            go_back(desk.folder, file, clock)
    again = reopened(desk.folder)
    assert upkeep.check_database(again) == ()
    assert upkeep.verify_ledger(again).problems == ()
    with again.read() as connection:
        dossiers = connection.exec_driver_sql("SELECT count(*) FROM dossiers").scalar_one()
        restored = connection.exec_driver_sql(
            "SELECT count(*) FROM journal WHERE act = 'restore'"
        ).scalar_one()
    begun = noted or (name == "begin" and after)
    assert (dossiers, restored) in ({(1, 1)} if begun else {(3, 0), (1, 1)})
    (code,) = accept(again, 1)
    assert code not in printed
    again.close()
    assert not list(desk.folder.glob("*.part"))
    go_back(desk.folder, file, clock)


# --- no first run ---------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["backups", "wal", "witness"])
def test_where_a_desk_was_none_is_set_up_and_none_is_opened(
    desk: Desk, clock: TableClock, tmp_path_factory: Makes, left: str
) -> None:
    folder = tmp_path_factory.mktemp("left")
    if left == "backups":
        (folder / "backups").mkdir()
        shutil.copy(upkeep.backup(desk).copy.file, folder / "backups")
    elif left == "wal":
        (folder / "desk.db-wal").write_bytes(b"frames")
    else:
        (folder / "desk.witness").write_bytes(b"{}")
    assert paths.desk_was_here(folder)
    with pytest.raises(Refused) as refused:
        new_desk.set_up(folder, practice.plan(), clock)
    assert refused.value.code == "desk-gone"
    with pytest.raises(Trouble) as trouble:
        opening.open_desk(folder, clock)
    assert trouble.value.code == "desk-gone"
    assert "khôi phục" in trouble.value.message.lower()
    assert not (folder / "desk.db").exists()


def test_a_copy_is_looked_into_without_touching_anything(desk: Desk, clock: TableClock) -> None:
    codes = accept(desk, 2)
    copy = upkeep.backup(desk).copy
    before = {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()}
    inside = restore.look_inside(copy, clock)
    assert (inside.dossiers, inside.problems) == (2, ())
    assert set(inside.last_codes) == set(codes)
    assert inside.head == upkeep.head_text(copy.head)
    after = {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()}
    assert {f for f in before if before[f] != after.get(f)} <= {desk.folder / "desk.db-shm"}
    assert copies.newest_copy(desk) == copy


def test_without_a_database_the_witness_counts_what_a_copy_lacks_and_the_last_line_is_chosen(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk]
) -> None:
    """What an earlier restore left behind is newer by its making and is not chosen by itself."""
    first = upkeep.backup(desk).copy.file
    accept(desk, 3)
    desk.close()
    go_back(desk.folder, first, clock)
    again = reopened(desk.folder)
    accept(again, 1)
    again.close()
    for file in desk.folder.glob("desk.db*"):
        file.unlink()
    planned = restore_plan.plan(desk.folder)
    assert planned.copy.file == first
    assert planned.source is restore_plan.Source.COPIES
    left_behind = next((desk.folder / "backups").glob("before-restore-*.db"))
    unnamed = restore_plan.plan(desk.folder, left_behind).lost
    assert [(lost.act, lost.count) for lost in unnamed] == [(restore_plan.UNKNOWN, 2)]


@pytest.mark.parametrize("value", [b"\x8a", b"{"])
def test_a_file_that_opens_no_more_for_one_damaged_value_is_put_back_all_the_same(
    desk: Desk, clock: TableClock, value: bytes
) -> None:
    """SQLite finds such a file whole; the sentence at its opening names the restore."""
    upkeep.backup(desk)
    desk.close()
    with closing(sqlite3.connect(desk.folder / "desk.db")) as connection:
        connection.execute(
            "UPDATE settings SET value = CAST(? AS TEXT) WHERE key = 'desk_id'", (value,)
        )
        connection.commit()
    with pytest.raises(Trouble, match="khôi phục"):
        opening.open_desk(desk.folder, clock)
    go_back(desk.folder, None, clock)
    opening.open_desk(desk.folder, clock).close()


def test_every_entry_of_one_act_is_counted_as_lost_where_the_database_cannot_be_read(
    desk: Desk, clock: TableClock
) -> None:
    """The witness has a line for each act; signing all letters is one act of many entries."""
    accept(desk, 3)
    clock.now += timedelta(days=9)
    upkeep.backup(desk)
    accept(desk, 1)
    drafted = letters.draft_what_is_owed(desk)
    with desk.read() as connection:
        last = journal.last_link(connection)
    desk.close()
    (desk.folder / "desk.db").write_bytes(b"damaged" * 9000)
    planned = restore_plan.plan(desk.folder)
    assert len(drafted) >= 3
    assert last is not None
    assert planned.copy.head is not None
    assert sum(lost.count for lost in planned.lost) == last.seq - planned.copy.head.seq


@pytest.mark.skipif(not encryption.available(), reason="no SQLCipher in this installation")
def test_an_encrypted_desk_goes_back_encrypted(
    clock: TableClock, tmp_path: Path, reopened: Callable[[Path], Desk]
) -> None:
    folder = tmp_path / "desk"
    with closing(practice.make_practice_ward(folder, 3, clock=clock, encrypt=True)) as desk:
        become(desk, "an")
        upkeep.backup(desk)
        printed = accept(desk, 2)
    go_back(folder, None, clock)
    assert encryption.is_encrypted(folder / "desk.db")
    again = reopened(folder)
    (code,) = accept(again, 1)
    assert code not in printed
    assert upkeep.verify_ledger(again).problems == ()


# --- two at once ----------------------------------------------------------------------------------


def test_who_opens_the_desk_while_it_is_put_back_waits_or_is_told(
    desk: Desk, clock: TableClock, reopened: Callable[[Path], Desk]
) -> None:
    """Nobody works in a file whose place another one takes; what is being made stays."""
    upkeep.backup(desk)
    desk.close()
    with alone_in(desk.folder):  # as restore() holds it
        staging = put_back.stage(desk.folder)
        assert put_back.is_under_way(desk.folder)
        put_back.clear(desk.folder)
        with pytest.raises(Trouble) as trouble:
            opening.open_desk(desk.folder, clock)
        assert trouble.value.code == "set-up-elsewhere"
    assert not staging.exists()
    (desk.folder / "set-up.lock").touch()  # left by a program that was killed
    assert reopened(desk.folder).id == desk.id


def test_what_came_after_the_first_look_is_among_what_is_lost(
    desk: Desk, clock: TableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = upkeep.backup(desk).copy.file
    desk.close()
    looked = restore.look_inside

    def look_inside(*args: Any) -> restore.Inside:
        with closing(opening.open_desk(desk.folder, clock)) as other:
            become(other, "an")
            accept(other, 1)
        return looked(*args)

    monkeypatch.setattr(restore, "look_inside", look_inside)
    done = go_back(desk.folder, file, clock)
    assert [(lost.act, lost.count) for lost in done.lost if lost.act == "accept"] == [("accept", 1)]
