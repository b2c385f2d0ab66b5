"""The file on disk when the world gets in the way: locked, full, read-only, damaged, newer, on a
network share.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cchc_desk.errors import Trouble
from cchc_desk.store.engine import backup, database, encryption, key_file, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.engine.safe_location import file_system, refuse_unsafe_folder
from cchc_desk.store.office import registers


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    made = Database(tmp_path / "desk.db", create=True)
    with made.write() as connection:
        migrations.create(connection, "test")
    yield made
    made.close()


def keep(made: Database, value: str) -> None:
    with made.write() as connection:
        registers.keep_setting(connection, "hotline", value)


def kept(made: Database) -> object:
    with made.read() as connection:
        return registers.load_settings(connection).get("hotline")


def kept_in(file: Path) -> object:
    made = Database(file)
    try:
        return kept(made)
    finally:
        made.close()


def test_every_connection_is_durable_and_checked(fresh: Database) -> None:
    with fresh.write() as connection:
        asked = ["journal_mode", "synchronous", "foreign_keys", "temp_store"]
        asked += ["secure_delete", "trusted_schema", "cell_size_check"]
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]
    assert said == ["wal", 2, 1, 2, 1, 0, 1]


def test_a_function_in_a_hostile_view_is_not_run(fresh: Database) -> None:
    connection = database.open_file(fresh.file, "rw")
    connection.create_function("harm", 0, lambda: pytest.fail("it was run"))
    connection.execute("CREATE VIEW evil AS SELECT harm()")
    with pytest.raises(sqlite3.OperationalError, match="unsafe use"):
        connection.execute("SELECT * FROM evil")
    connection.close()


def test_nothing_of_a_deleted_row_stays_in_the_file(fresh: Database) -> None:
    keep(fresh, "Nguyễn Thị Ánh Tuyết")
    with fresh.write() as connection:
        connection.exec_driver_sql("DELETE FROM settings WHERE key = 'hotline'")
    fresh.close()  # the -wal, too, is gone with the last connection
    assert "Ánh Tuyết".encode() not in fresh.file.read_bytes()
    assert not fresh.file.with_name("desk.db-wal").exists()


def test_nor_with_a_sqlite_that_wipes_only_when_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As that of Python for Windows; this system's own does it by itself."""
    other = pytest.importorskip("sqlcipher3.dbapi2")
    with closing(other.connect(":memory:")) as bare:
        assert bare.execute("PRAGMA secure_delete").fetchone() == (0,)
    monkeypatch.setattr(sqlite3, "connect", other.connect)
    with closing(database.connect(tmp_path / "desk.db", create=True)) as connection:
        connection.execute("CREATE TABLE people (name)")
        connection.executemany("INSERT INTO people VALUES (?)", [("Nguyễn Thị Ánh Tuyết",)] * 50)
        connection.execute("DELETE FROM people")
    assert "Ánh Tuyết".encode() not in (tmp_path / "desk.db").read_bytes()


def test_a_desk_is_marked_as_ours_and_another_programs_file_is_told(fresh: Database) -> None:
    assert migrations.check_readable(fresh) == migrations.SCHEMA
    fresh.close()
    assert fresh.file.read_bytes()[68:72] == b"CCHC"
    connection = database.open_file(fresh.file, "rw")
    connection.execute("PRAGMA application_id=252006674")  # a picture editor's
    connection.close()
    again = Database(fresh.file)
    with pytest.raises(Trouble) as trouble:
        migrations.check_readable(again)
    again.close()
    assert trouble.value.code == "not-ours"


MOVES = ("renamed", "deleted", "replaced", "folder renamed", "log deleted", "log replaced")


@pytest.mark.parametrize("move", MOVES)
def test_no_write_is_promised_once_the_open_file_is_not_the_desks_any_more(
    tmp_path: Path, move: str
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    file = folder / "desk.db"
    made = Database(file, create=True)
    with made.write() as connection:
        migrations.create(connection, "test")
    keep(made, "0292")
    backup.copy_database(made, folder / "copy.db")
    log = folder / "desk.db-wal"

    def act() -> None:
        with made.write() as connection:
            registers.keep_setting(connection, "hotline", "0293")
            match move:  # while the act is under way
                case "renamed":
                    file.rename(folder / "other.db")
                case "deleted":
                    file.unlink()
                case "replaced":
                    (folder / "copy.db").replace(file)
                case "folder renamed":
                    folder.rename(tmp_path / "elsewhere")
                case "log deleted":
                    log.unlink()
                case "log replaced":
                    log.rename(tmp_path / "old-wal")
                    log.write_bytes(b"")

    with pytest.raises(Trouble) as trouble:
        act()
    assert trouble.value.code == "file-moved"
    assert str(file) in trouble.value.message
    with pytest.raises(Trouble, match="chưa được ghi"):  # and none after it
        keep(made, "0294")
    with pytest.raises(Trouble, match="chưa được ghi"):
        kept(made)
    made.close()


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_a_deleted_folder_held_is_kept_once(tmp_path: Path, encrypted: bool) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    keys = key_file.new() if encrypted else None
    if keys:
        key_file.write(folder / "desk.key", keys.file)
    made = Database(folder / "desk.db", create=True, key=keys.newest if keys else None)
    with made.write() as connection:
        migrations.create(connection, "test")
    keep(made, "0292")
    shutil.rmtree(folder)
    for _time in range(2):
        with pytest.raises(Trouble, match=r"rescued\.db\. Hãy đưa tệp về đúng chỗ"):
            keep(made, "0293")
    made.close()
    (rescued,) = (folder / "backups").glob("*.db")
    assert backup.problems_of(rescued) == ()
    assert kept_in(rescued) == "0292"
    assert encryption.is_encrypted(rescued) is encrypted


def test_a_file_that_came_back_is_written_again(fresh: Database, tmp_path: Path) -> None:
    keep(fresh, "0292")
    fresh.file.rename(tmp_path / "away.db")
    with pytest.raises(Trouble, match="đưa tệp về đúng chỗ"):
        keep(fresh, "0293")
    (tmp_path / "away.db").rename(fresh.file)
    keep(fresh, "0294")
    assert kept(fresh) == "0294"


def test_a_read_that_outlasts_the_desk_closes_its_connection(fresh: Database) -> None:
    keep(fresh, "0292")
    with fresh.read() as connection:
        driver = connection.connection.driver_connection
        fresh.close()
        assert registers.load_settings(connection).get("hotline") == "0292"
    assert isinstance(driver, sqlite3.Connection)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        driver.execute("SELECT 1")


def test_a_locked_file_says_wait_and_then_works(fresh: Database) -> None:
    other = sqlite3.connect(fresh.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Trouble, match="Hãy chờ vài giây") as trouble:
        keep(fresh, "0292")
    assert trouble.value.code == "database-locked"
    other.execute("ROLLBACK")
    other.close()
    keep(fresh, "0292")
    assert kept(fresh) == "0292"


def test_a_full_disk_keeps_what_was_there(fresh: Database) -> None:
    keep(fresh, "0292")
    with fresh.read() as connection:
        connection.exec_driver_sql(
            "PRAGMA max_page_count = 1"
        )  # SQLite keeps the present size as the least
    with pytest.raises(Trouble, match="Ổ đĩa đã đầy") as trouble:
        keep(fresh, "x" * 1_000_000)
    assert trouble.value.code == "disk-full"
    assert kept(fresh) == "0292"


def test_a_read_only_file_says_so(fresh: Database) -> None:
    with fresh.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(Trouble, match="chỉ cho đọc") as trouble:
        keep(fresh, "0292")
    assert trouble.value.code == "read-only"


@pytest.mark.parametrize("where", [0, 4096 * 3])
def test_a_damaged_file_is_named_and_left_alone(fresh: Database, where: int) -> None:
    keep(fresh, "0292")
    fresh.close()
    content = bytearray(fresh.file.read_bytes())
    content[where : where + 4096] = b"\xff" * 4096
    fresh.file.write_bytes(content)
    assert backup.problems_of(fresh.file)
    if where == 0:
        with pytest.raises(Trouble, match="bị hỏng") as trouble:
            kept_in(fresh.file)
        assert trouble.value.code == "damaged"
    assert fresh.file.read_bytes() == content


def test_a_newer_file_is_refused_unchanged(fresh: Database) -> None:
    with fresh.write() as connection:
        connection.exec_driver_sql("UPDATE schema SET version = 99")
    with pytest.raises(Trouble, match="bản mới nhất") as trouble:
        migrations.upgrade(fresh, lambda _: pytest.fail("no backup of what is not touched"))
    assert trouble.value.code == "database-newer"


def test_a_backup_holds_the_last_committed_row_and_is_checked(
    fresh: Database, tmp_path: Path
) -> None:
    keep(fresh, "vừa ghi xong")
    copy = backup.copy_database(fresh, tmp_path / "copies" / "desk.db")
    assert backup.problems_of(copy) == ()
    assert kept_in(copy) == "vừa ghi xong"


def test_a_backup_to_an_impossible_place_says_so(fresh: Database) -> None:
    with pytest.raises(Trouble, match="Không chép được bản sao"):
        backup.copy_database(fresh, fresh.file / "inside-a-file" / "desk.db")


def test_a_missing_file_is_not_silently_a_new_desk(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Không mở được"):
        kept_in(tmp_path / "desk.db")
    assert not (tmp_path / "desk.db").exists()


@pytest.mark.parametrize("name", ["OneDrive - UBND phường", "Dropbox", "Google Drive"])
def test_a_cloud_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Trouble, match="đám mây"):
        Database(tmp_path / name / "desk.db")


MOUNTS = (
    "overlay / overlay rw 0 0\n//ward/share /mnt/chung\\040ca cifs rw 0 0\n"
    "/dev/sda1 /mnt ext4 rw 0 0\n"
)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/mnt/chung ca/quay1", "cifs"), ("/mnt/dia", "ext4"), ("/home/an", "overlay")],
)
def test_the_file_system_of_a_folder_is_the_longest_mount(folder: str, kind: str) -> None:
    assert file_system(Path(folder), MOUNTS) == kind


def test_a_network_share_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc_desk.store.engine.safe_location._mounts", lambda: MOUNTS)
    refuse_unsafe_folder(Path("/mnt/dia"))
    with pytest.raises(Trouble, match="ổ mạng"):
        refuse_unsafe_folder(Path("/mnt/chung ca/quay1"))


def test_the_ledger_and_the_promises_cannot_be_changed_or_deleted(fresh: Database) -> None:
    with fresh.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO journal VALUES (1,'d','t','t','an','accept','','h','p','h')"
        )
    for sql in ("UPDATE journal SET act = 'x'", "DELETE FROM journal"):
        with pytest.raises(Trouble, match="ledger"), fresh.write() as connection:
            connection.exec_driver_sql(sql)


def test_a_text_that_is_no_utf_8_is_shown_damaged_and_the_rows_behind_it_are_whole(
    tmp_path: Path,
) -> None:
    """Python's driver gives the row again once it may show it; Trouble without the value else."""
    from cchc_desk.store.engine import database

    desk = database.Database(tmp_path / "desk.db", create=True)
    with desk.write() as connection:
        database.run(connection, "CREATE TABLE names (n INTEGER PRIMARY KEY, name TEXT)")
        for name in ("'Lan'", "CAST(x'4ec3ff28' AS TEXT)", "'Đào'"):
            database.run(connection, f"INSERT INTO names (name) VALUES ({name})")
    everybody = "SELECT name FROM names ORDER BY n"
    with pytest.raises(Trouble) as trouble, desk.read() as connection:
        database.run(connection, everybody).fetchall()
    assert trouble.value.code == "row-unreadable"
    with desk.read() as connection:  # from now on
        assert len(database.run(connection, everybody).fetchall()) == 3
    desk.close()
    fresh = database.Database(tmp_path / "desk.db")
    with fresh.read() as connection:
        names = database.made(database.run(connection, everybody), str)
    assert (names[0], names[2]) == ("Lan", "Đào")
    assert "\ufffd" in names[1]
    fresh.close()


@pytest.mark.skipif(not encryption.available(), reason="no SQLCipher in this installation")
def test_a_full_disk_is_told_as_such_when_an_encrypted_copy_is_made(tmp_path: Path) -> None:
    """SQLCipher's backup() raises its errors without their number."""
    key = b"k" * 32
    with (
        closing(database.open_file(tmp_path / "source.db", "rwc", key)) as source,
        closing(database.open_file(tmp_path / "copy.db", "rwc", key)) as copy,
    ):
        source.execute("CREATE TABLE t (x)")
        source.execute("INSERT INTO t VALUES (zeroblob(100000))")
        copy.execute("PRAGMA max_page_count=1")
        with pytest.raises(database.sqlite_errors()) as error:
            source.backup(copy)
    assert database.trouble_of(error.value).code == "disk-full"


def test_a_damaged_schema_is_told_as_damage_whatever_bytes_are_in_it(tmp_path: Path) -> None:
    """Python cannot read SQLite's own words on it, in which those bytes stand."""
    file = tmp_path / "desk.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE letters (x)")
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE letters", b"CREATE TABL\x8a letters"))
    with pytest.raises(Trouble) as trouble, Database(file).read():
        pass
    assert trouble.value.code == "damaged"
    assert backup.problems_of(file)
