"""The data on the disk: no name is readable in a stolen folder, and nothing is lost by a change."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE

import pytest

from cchc_desk import paths
from cchc_desk.actions.data import copies, existing, opening, protection, restore, upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.training import practice
from cchc_desk.domain.copies import Reason, Soundness
from cchc_desk.domain.people import recovery_code
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import conversion, database, encryption, key_file
from cchc_desk.store.engine import copies as kept_copies
from tests.actions.conftest import MONDAY, TableClock, become, make_intake

pytestmark = pytest.mark.one_pc("encryption of the file")

CODE = recovery_code.new_code()


@pytest.fixture(scope="session")
def kept_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted practice ward with a late dossier, made once: other people's folders copy it."""
    folder = tmp_path_factory.mktemp("encrypted")
    practice.make_practice_ward(folder, 1, clock=lambda: MONDAY, encrypt=True).close()
    return folder


@pytest.fixture
def encrypted(kept_ward: Path, tmp_path: Path, clock: TableClock) -> Iterator[Desk]:
    folder = tmp_path / "ward"
    shutil.copytree(kept_ward, folder)
    desk = opening.open_desk(folder, clock)
    become(desk, "an")
    yield desk
    desk.close()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another computer: it has none of this one's secrets, and nothing is remembered."""
    there = tmp_path / "another computer"
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(there))
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})


def a_days_work(desk: Desk, clock: TableClock) -> tuple[str, ...]:
    """A dossier from its acceptance to its return, a letter, copies; what names its person."""
    become(desk, "an")
    dossier = intake.accept_dossier(desk, make_intake())
    copies.copy_now(desk, Reason.HOURLY)
    for letter in letters.draft_what_is_owed(desk):
        letters.draft_apology(desk, letter.code, "volume", letter.new_due)
    steps.mark_ready(desk, dossier.code)
    steps.return_result(desk, dossier.code, Return(dossier.applicant.name))
    become(desk, "dung")
    upkeep.verify_ledger(desk)
    clock.now += timedelta(hours=1)
    copies.copy_now(desk, Reason.CLOSING)
    clock.now += timedelta(hours=1)
    person = dossier.applicant
    return person.name, person.id_number, person.phone, person.address


def readable(folder: Path, words: tuple[str, ...]) -> list[str]:
    """The files in which one of the words can be read, in any usual coding."""
    needles = [
        word.encode(coding)
        for word in words
        for coding in ("utf-8", "utf-16-le", "utf-16-be")
        if word
    ]
    return sorted(
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(needle in file.read_bytes() for needle in needles)
    )


def test_no_name_is_readable_in_a_stolen_folder(encrypted: Desk, clock: TableClock) -> None:
    words = a_days_work(encrypted, clock)
    assert len([word for word in words if len(word) >= 8]) >= 3
    assert (encrypted.folder / "desk.db-wal").stat().st_size  # stolen while it is open
    assert readable(encrypted.folder, words) == []
    encrypted.close()
    assert readable(encrypted.folder, words) == []
    assert len(list(paths.backup_folder(encrypted.folder).glob("*.db"))) == 2


def test_a_plain_desk_shows_them_and_this_test_would_see_it(desk: Desk, clock: TableClock) -> None:
    words = a_days_work(desk, clock)
    assert "desk.db" in readable(desk.folder, words) or "desk.db-wal" in readable(
        desk.folder, words
    )


@pytest.mark.parametrize("damage", ["gone", "torn", "flipped"])
def test_keys_that_are_damaged_are_found_beside_the_copies_and_no_act_is_lost(
    encrypted: Desk, clock: TableClock, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    copies.copy_now(encrypted)
    code = intake.accept_dossier(encrypted, make_intake()).code
    encrypted.close()
    keys = paths.key_file(encrypted.folder)
    content = bytearray(keys.read_bytes())
    content[-20] ^= 1  # of a wrapped key
    if damage == "gone":
        keys.unlink()
    else:
        keys.write_bytes(content[: len(content) // 2] if damage == "torn" else content)
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})
    with closing(opening.open_desk(encrypted.folder, clock)) as desk:
        become(desk, "an")
        assert progress.show_dossier(desk, code).dossier.code == code


def test_the_folder_alone_opens_nothing_and_the_sheet_opens_it(
    encrypted: Desk, tmp_path: Path, elsewhere: None
) -> None:
    with closing(Moved(encrypted, tmp_path)) as moved:
        with pytest.raises(Trouble) as trouble:
            opening.open_desk(moved.folder)
        assert trouble.value.code == "disk-key"
        assert "phiếu khôi phục" in trouble.value.message
        with pytest.raises(Refused) as refused:
            protection.unlock(moved.folder, recovery_code.new_code())
        assert refused.value.code == "recovery-code"


class Moved:
    """A copy of the whole folder on another computer."""

    def __init__(self, desk: Desk, place: Path) -> None:
        desk.close()
        self.folder = place / "moved"
        shutil.copytree(desk.folder, self.folder)

    def close(self) -> None:
        shutil.rmtree(self.folder)


def test_a_sheet_opens_the_data_on_a_new_computer_and_only_the_last_one(
    encrypted: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    first = recovery_code.new_code()
    assert protection.hold_by_sheet(encrypted.folder, first)
    assert protection.hold_by_sheet(encrypted.folder, CODE)
    assert protection.protection(encrypted).has_sheet
    request.getfixturevalue("elsewhere")
    folder = Moved(encrypted, tmp_path).folder
    with pytest.raises(Refused, match="in gần nhất"):
        protection.unlock(folder, first)
    protection.unlock(folder, CODE.lower().replace("-", " "))
    for _time in range(2):  # from then on without the code
        monkeypatch.setattr(encryption, "_known", [])
        monkeypatch.setattr(encryption, "_of_file", {})
        desk = opening.open_desk(folder)
        assert len(progress.find_dossiers(as_clerk(desk))) == 1
        desk.close()


def as_clerk(desk: Desk) -> Desk:
    become(desk, "an")
    return desk


def test_todays_desk_is_encrypted_with_its_copies_and_back_without_a_loss(
    desk: Desk, clock: TableClock
) -> None:
    words = a_days_work(desk, clock)
    become(desk, "dung")
    found, head = progress.find_dossiers(desk), upkeep.verify_ledger(desk).head
    changed = protection.encrypt(desk)
    assert changed.problems == ()
    assert changed.copies == 3  # those of the day, and the one made for safety
    assert readable(desk.folder, words) == []
    state = protection.protection(desk)
    assert state.encrypted
    assert state.plain_copies == ()
    assert progress.find_dossiers(desk) == found
    after = upkeep.verify_ledger(desk)
    assert after.ok
    assert int(after.head.split("-")[0]) == int(head.split("-")[0]) + 1  # the change itself
    assert [copy.soundness for copy in copies.own_copies(desk)] == [Soundness.SOUND] * 3
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())  # the same window works on
    become(desk, "dung")
    key = encryption.key_of(desk.database.file)
    assert protection.rekey(desk).copies == 4
    assert encryption.key_of(desk.database.file) != key
    content = key_file.read(paths.key_file(desk.folder))
    assert content is not None
    assert len(content.keys) == 1
    protection.decrypt(desk)
    with closing(sqlite3.connect(desk.database.file)) as plain:
        assert plain.execute("SELECT count(*) FROM dossiers").fetchone() == (len(found) + 1,)
    assert upkeep.check_database(desk) == ()
    assert upkeep.verify_ledger(desk).ok


def test_a_conversion_that_fails_leaves_the_old_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(desk, "dung")
    monkeypatch.setattr(conversion, "_content", lambda it: [(str(id(it)), "")])
    with pytest.raises(Trouble) as trouble:
        protection.encrypt(desk)
    assert trouble.value.code == "conversion"
    assert not encryption.is_encrypted(desk.database.file)
    assert not list(desk.folder.glob("*.converting"))
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())


def test_nobody_writes_into_the_file_that_is_being_put_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    become(desk, "dung")
    with another_program_that_has_it_open(desk.database.file), pytest.raises(Trouble) as trouble:
        protection.encrypt(desk)
    assert trouble.value.code == "database-locked"
    assert protection.encrypt(desk).problems == ()


@contextmanager
def another_program_that_has_it_open(file: Path) -> Iterator[None]:
    look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    look += "c.execute('SELECT count(*) FROM dossiers').fetchone(); print('open'); input()"
    words = [sys.executable, "-c", look, str(file)]
    with subprocess.Popen(words, stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.stdin.write("\n")


def test_a_flipped_bit_is_seen_by_check(encrypted: Desk) -> None:
    become(encrypted, "dung")
    assert upkeep.check_database(encrypted) == ()
    encrypted.close()
    content = bytearray(encrypted.database.file.read_bytes())
    content[5 * encryption.PAGE_BYTES + 100] ^= 1
    encrypted.database.file.write_bytes(content)
    assert any("page 6" in line for line in upkeep.check_database(encrypted))


def test_a_copy_carries_its_keys_and_comes_back_on_a_new_computer(
    encrypted: Desk, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assert protection.hold_by_sheet(encrypted.folder, CODE)
    stick = tmp_path / "stick"
    stick.mkdir()
    copies.copy_to(encrypted, stick / "desk-2026-11-23.db")
    encrypted.close()
    request.getfixturevalue("elsewhere")
    copy = stick / "desk-2026-11-23.db"
    found = existing.look_into(copy)
    assert found.locked
    with pytest.raises(Trouble) as trouble:
        existing.bring_in(copy, tmp_path / "new")
    assert trouble.value.code == "disk-key"
    existing.bring_in(copy, tmp_path / "new", CODE)
    encryption._known.clear()
    encryption._of_file.clear()
    desk = opening.open_desk(tmp_path / "new")
    assert protection.protection(desk).encrypted
    desk.close()
    shutil.rmtree(stick)


def test_a_journal_that_a_kill_left_is_played_back_and_the_desk_opens(
    encrypted: Desk, tmp_path: Path, clock: TableClock
) -> None:
    intake.accept_dossier(encrypted, make_intake())
    before = len(progress.find_dossiers(encrypted))
    encrypted.close()
    killed = tmp_path / "killed"
    with closing(database.open_file(paths.database_file(encrypted.folder), "rw")) as connection:
        for pragma in ("journal_mode=DELETE", "cache_size=1", "cache_spill=1"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        connection.execute("UPDATE officials SET name = 'half'")
        connection.execute("CREATE TABLE half AS SELECT * FROM journal")
        shutil.copytree(encrypted.folder, killed)  # as it lies on the disk when it is killed
        connection.execute("ROLLBACK")
    file = paths.database_file(killed)
    assert file.with_name(f"{file.name}-journal").stat().st_size
    (tmp_path / "another desk").mkdir()
    encryption.remember(protection.keys_for(tmp_path / "another desk"))  # its key is tried first
    with closing(opening.open_desk(killed, clock)) as desk:
        become(desk, "an")
        assert len(progress.find_dossiers(desk)) == before
        become(desk, "dung")
        assert upkeep.check_database(desk) == ()
        assert upkeep.verify_ledger(desk).ok


def test_keys_of_another_desk_are_never_written_over(encrypted: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    other = key_file.new()
    key_file.write(stick / "desk.key", other.file)
    copies.copy_to(encrypted, stick / "desk-2026-11-23.db")
    assert key_file.read(stick / "desk.key") == other.file
    assert key_file.read(stick / "desk-2026-11-23-desk.key") is not None
    assert protection.keys_for(stick).keys.keys() == other.keys.keys()


def test_without_the_driver_the_sentence_names_it(
    encrypted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted.close()
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})
    monkeypatch.setattr(encryption, "available", lambda: False)
    with pytest.raises(Trouble) as trouble:
        opening.open_desk(encrypted.folder)
    assert trouble.value.code == "no-cipher"
    assert not protection.encrypts_new_desks()


def test_only_who_may_change_settings_changes_the_protection(encrypted: Desk) -> None:
    become(encrypted, "an")
    for act in (protection.encrypt, protection.decrypt, protection.rekey):
        with pytest.raises(Refused) as refused:
            act(encrypted)
        assert refused.value.code == "role"


def test_the_secret_lies_apart_from_the_data(encrypted: Desk) -> None:
    secrets = paths.secrets_folder()
    assert not secrets.is_relative_to(encrypted.folder)
    kept = list(secrets.glob("disk-*.key"))
    assert kept
    assert all(file.stat().st_mode & 0o077 == 0 for file in kept)


def test_a_printed_recovery_sheet_opens_the_data_elsewhere(
    encrypted: Desk, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    recovery = pytest.importorskip("cchc_desk.actions.people.recovery")
    become(encrypted, "dung")
    sheet = recovery.new_sheet(encrypted)
    request.getfixturevalue("elsewhere")
    folder = Moved(encrypted, tmp_path).folder
    protection.unlock(folder, sheet.code)
    opening.open_desk(folder).close()


# --- the second place -----------------------------------------------------------------------------


def test_copies_in_the_second_place_follow_and_those_of_a_stick_that_was_out_are_told(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stick = tmp_path_factory.mktemp("stick")
    become(desk, "dung")
    copies.choose_second_place(desk, stick)
    upkeep.backup(desk)
    (copy,) = stick.glob("*.db")
    assert copy in protection.protection(desk).plain_copies
    changed = protection.encrypt(desk)
    assert (changed.problems, changed.absent) == ((), None)
    assert encryption.is_encrypted(copy)
    away = stick.rename(stick.with_name("away"))
    changed = protection.rekey(desk)
    assert (changed.problems, changed.absent) == ((), stick)
    away.rename(stick)
    found = protection.protection(desk)
    assert (found.plain_copies, found.older_copies) == ((), (copy,))
    assert protection.protect_copies(desk).copies == 1
    found = protection.protection(desk)
    assert (found.plain_copies, found.older_copies) == ((), ())
    assert encryption.key_of(copy) == encryption.key_of(desk.database.file)
    assert restore.look_inside(kept_copies.read_copy(copy)).problems == ()
    become(desk, "an")
    with pytest.raises(Refused) as refused:
        protection.protect_copies(desk)
    assert refused.value.code == "role"


def test_a_copy_laid_over_an_encrypted_one_by_hand_is_seen_as_it_is(
    encrypted: Desk, tmp_path: Path
) -> None:
    become(encrypted, "dung")
    copy = copies.copy_now(encrypted).copy.file
    assert protection.protection(encrypted).plain_copies == ()
    plain = tmp_path / "plain.db"
    shutil.copy(copy, plain)
    encryption.keep(plain, None)  # its number on the disk was that of a plain file
    conversion.convert(plain, None)
    copy.write_bytes(plain.read_bytes())  # the same number on the disk
    assert protection.protection(encrypted).plain_copies == (copy,)


def test_a_copy_that_cannot_be_read_is_named_and_the_desk_is_not_called_damaged(
    encrypted: Desk,
) -> None:
    become(encrypted, "dung")
    rubbish = paths.backup_folder(encrypted.folder) / "old.db"
    rubbish.parent.mkdir(exist_ok=True)
    rubbish.write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)
    (problem,) = protection.rekey(encrypted).problems
    assert "Bản sao old.db hỏng" in problem
    assert encryption.is_encrypted(encrypted.database.file)
