"""A ward on its own PostgreSQL: the same desk, the same answers, the past as safe."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from cchc_desk import paths
from cchc_desk.actions.data import moving, new_desk, opening, upkeep, wards
from cchc_desk.actions.data.wards import Joined
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.dialects.statements import in_postgresql
from cchc_desk.store.office import registers
from cchc_desk.sync import keys
from tests.actions.conftest import MONDAY, become, make_intake
from tests.engines import join
from tools.postgres import running_postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def station(server: str, tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """An empty practice ward on the server, and the URL of its database."""
    url = join(tmp_path, server)
    desk = new_desk.set_up(tmp_path, practice.plan(), lambda: MONDAY, practice=True)
    become(desk, "an")
    yield desk, url
    desk.close()


def test_a_row_added_without_the_program_is_seen(station: tuple[Desk, str]) -> None:
    desk, url = station
    assert upkeep.verify_ledger(desk).ok
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("INSERT INTO recovery_sheets (fingerprint, made) VALUES ('x', '2026-11-23')")
    assert not upkeep.verify_ledger(desk).ok
    intake.accept_dossier(desk, make_intake())  # takes it for no row of its own
    assert not upkeep.verify_ledger(desk).ok


def test_the_last_code_of_a_day_is_one_row_of_its_index(station: tuple[Desk, str]) -> None:
    desk, _url = station
    code = intake.accept_dossier(desk, make_intake()).code
    day = code[:-4]
    with desk.read() as connection:
        plan = run(connection, f"EXPLAIN {registers._HIGHEST_CODE}", (day, f"{day}9999")).fetchall()
        assert registers.highest_serial(connection, day, f"{day}9999") == int(code[-4:])
    assert any("Index Only Scan Backward" in step for (step,) in plan), plan


def test_a_second_station_opens_the_same_ward(station: tuple[Desk, str], tmp_path: Path) -> None:
    desk, _url = station
    other = tmp_path / "other"
    other.mkdir()
    (other / "ward.json").write_bytes((desk.folder / "ward.json").read_bytes())
    with pytest.raises(Refused) as refused:
        new_desk.set_up(other, practice.plan(), lambda: MONDAY, practice=True)
    assert refused.value.code == "desk-exists"
    second = opening.open_desk(other, lambda: MONDAY)
    assert second.id == desk.id
    second.close()


def test_whoever_waits_too_long_for_the_ward_is_told_in_words(station: tuple[Desk, str]) -> None:
    desk, url = station
    with psycopg.connect(url) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(%s)", (int.from_bytes(b"CCHC"),))
        desk.database.close()
        with pytest.raises(Trouble) as trouble, desk.write():
            pass
    assert trouble.value.code == "database-locked"


def test_a_ward_file_that_says_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "ward.json").write_text("{}")
    with pytest.raises(Trouble) as trouble:
        opening.open_desk(tmp_path)
    assert trouble.value.code == "ward-file"
    assert "ward.json" in trouble.value.message


def test_a_station_without_the_driver_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ward.json").write_text('{"url": "postgresql://ward"}')
    monkeypatch.delitem(sys.modules, "cchc_desk.store.engine.ward.database", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Trouble) as trouble:
        opening.open_desk(tmp_path)
    assert trouble.value.code == "no-postgresql"


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    url = f"postgresql://cchc@/ward?host={tmp_path}"
    (tmp_path / "ward.json").write_text(json.dumps({"url": url}))
    with pytest.raises(Trouble) as trouble:
        opening.open_desk(tmp_path)
    assert trouble.value.code == "no-server"


def test_a_server_that_goes_away_is_named(station: tuple[Desk, str]) -> None:
    desk, url = station

    def drop_lines() -> None:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    def act() -> None:
        with desk.write() as connection:
            drop_lines()
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(Trouble) as trouble:
        act()
    assert trouble.value.code == "no-server"
    drop_lines()  # those that nobody uses just now
    assert progress.find_dossiers(desk) == ()  # by a line of its own


def test_what_only_a_file_can_is_refused_with_the_place(station: tuple[Desk, str]) -> None:
    with pytest.raises(Trouble) as trouble:
        _ = station[0].database.file
    assert trouble.value.code == "on-server"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT 1 FROM t WHERE a = ? AND b = ?", "SELECT 1 FROM t WHERE a = %s AND b = %s"),
        ("SELECT :now, x::text", "SELECT %(now)s, x::text"),
        ("SELECT '?:now %' , 5 % 2", "SELECT '?:now %%' , 5 %% 2"),
        ("WHERE key NOT GLOB '*_paper'", "WHERE key !~ '^.*_paper$'"),
        ("WHERE at GLOB '[12][0-9]-*.?'", r"WHERE at ~ '^[12][0-9]\-.*\..$'"),
        ("WHERE n IN () OR n NOT IN ()", "WHERE n = ANY('{}') OR n <> ALL('{}')"),
        ("ORDER BY +d.due, d.n + 1", "ORDER BY d.due, d.n + 1"),
        ("WHERE ((+d.accepted <= :end))", "WHERE ((d.accepted <= %(end)s))"),
        ("WHERE ((+d.accepted >= ?) OR a.n+d.n > 1)", "WHERE ((d.accepted >= %s) OR a.n+d.n > 1)"),
        ("SELECT 'it''s ?'", "SELECT 'it''s ?'"),
    ],
)
def test_a_statement_in_postgresqls_words(ours: str, theirs: str) -> None:
    assert in_postgresql(ours) == theirs


@pytest.fixture
def invitation(tmp_path: Path) -> Iterator[Path]:
    """The invitation of a ward that was made ready on a server of its own."""
    with running_postgres() as url:
        yield wards.make_ready(url.replace("+psycopg", ""), tmp_path / "invitation.json").invitation


def test_a_desk_moves_to_the_server_and_back_whole(invitation: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    practice.make_practice_ward(folder, clock=lambda: MONDAY).close()
    desk = opening.open_desk(folder, lambda: MONDAY)
    become(desk, "dung")
    before = upkeep.verify_ledger(desk)
    moved = moving.move_to_server(desk, invitation)
    assert moved.head == before.head
    assert moved.aside.exists()
    assert not (folder / "desk.db").exists()

    desk = opening.open_desk(folder, lambda: MONDAY)
    assert desk.doubt is None
    become(desk, "an")
    accepted = intake.accept_dossier(desk, make_intake("Đỗ Thị H’Nhơn"))
    become(desk, "dung")
    assert upkeep.verify_ledger(desk).problems == ()
    back = moving.move_to_file(desk)
    assert back.rows > moved.rows

    desk = opening.open_desk(folder, lambda: MONDAY)
    assert desk.doubt is None
    become(desk, "an")
    assert [row.code for row in progress.find_dossiers(desk, "hnhon")] == [accepted.code]
    become(desk, "dung")
    assert upkeep.verify_ledger(desk).head == back.head
    assert upkeep.verify_ledger(desk).problems == ()
    with pytest.raises(Refused) as refused:  # the server still has its own
        moving.move_to_server(desk, invitation)
    assert refused.value.code == "ward-in-use"
    again = opening.open_desk(folder, lambda: MONDAY)
    assert not (folder / "ward.json").exists()
    again.close()


def test_the_password_lies_in_the_key_store_of_the_user_alone(
    invitation: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "first"
    wards.join(folder, invitation, "Quầy 1")
    password = conninfo_to_dict(json.loads(invitation.read_text())["url"])["password"]
    assert str(password) not in (folder / "ward.json").read_text()
    desk = new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True)
    become(desk, "dung")
    another = json.loads(wards.invite(desk, "Quầy 2", tmp_path / "second.json").read_text())
    assert conninfo_to_dict(another["url"])["password"] == password
    desk.close()
    shutil.rmtree(paths.secrets_folder())  # another user, another computer
    with pytest.raises(Trouble) as refused:
        opening.open_desk(folder, lambda: MONDAY)
    assert refused.value.code == "ward-password"


def test_only_who_may_restore_moves_a_desk(station: tuple[Desk, str]) -> None:
    with pytest.raises(Refused) as refused:
        moving.move_to_file(station[0])
    assert refused.value.code == "role"


def test_the_stations_role_owns_nothing_and_changes_no_past(
    invitation: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "first"
    assert wards.join(folder, invitation, "Quầy 1") == Joined("Quầy 1", "")
    desk = new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    assert upkeep.verify_ledger(desk).problems == ()
    desk.close()
    url = json.loads(invitation.read_text())["url"]
    for sql in (
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_refuse_update ON journal",
        "UPDATE journal SET official = 'dung'",
        "DELETE FROM journal",
        "DELETE FROM promises",
        "TRUNCATE dossiers CASCADE",
        "CREATE TABLE mine (a int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "UPDATE schema SET version = 1",
        "SET ROLE cchc_owner",
        "CREATE DATABASE mine",
        "SET session_replication_role TO replica",
    ):
        refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
        with psycopg.connect(url, autocommit=True) as station, refused:
            station.execute(sql)


def test_a_second_pc_joins_by_its_invitation(invitation: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    wards.join(first, invitation, "Quầy 1")
    desk = new_desk.set_up(first, practice.plan(), lambda: MONDAY, practice=True)
    become(desk, "dung")
    with pytest.raises(Refused) as refused:
        wards.invite(desk, " ", tmp_path / "two.json")
    assert refused.value.code == "station-name"
    keys.make_key(first, desk.id)  # as its enrolment with the city does
    two = wards.invite(desk, "Phòng Phó Chủ tịch", tmp_path / "two.json")
    assert two.stat().st_mode & 0o077 == 0
    joined = wards.join(second, two, clock=lambda: MONDAY)
    assert joined == Joined("Phòng Phó Chủ tịch", str(desk.settings["unit_name"]))
    there = opening.open_desk(second, lambda: MONDAY)
    assert keys.key_text(second, there.id) == keys.key_text(first, desk.id) != ""
    become(there, "an")
    accepted = intake.accept_dossier(there, make_intake())
    become(desk, "chi")
    assert [row.code for row in progress.find_dossiers(desk)] == [accepted.code]
    with pytest.raises(Refused) as refused:
        wards.join(second, two)
    assert refused.value.code == "desk-exists"
    desk.close()
    there.close()


def test_a_station_joins_anew_with_its_witness(invitation: Path, tmp_path: Path) -> None:
    """Its password was lost, or the ward has another server: docs/ward.md."""
    folder, other = tmp_path / "first", tmp_path / "other"
    wards.join(folder, invitation, "Quầy 1")
    desk = new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    desk.close()
    paths.ward_file(folder).unlink()
    assert paths.desk_was_here(folder)
    wards.join(folder, invitation, "Quầy 1", clock=lambda: MONDAY)
    again = opening.open_desk(folder, lambda: MONDAY)
    assert again.doubt is None
    again.close()
    with running_postgres() as server:  # an empty ward is none that this witness has seen
        wards.make_ready(server.replace("+psycopg", ""), tmp_path / "empty.json")
        shutil.copytree(folder, other)
        paths.ward_file(other).unlink()
        with pytest.raises(Refused) as refused:
            wards.join(other, tmp_path / "empty.json")
    assert refused.value.code == "desk-gone"
    assert not paths.ward_file(other).exists()


def test_a_server_is_made_ready_once(server: str, tmp_path: Path) -> None:
    url = server.replace("+psycopg", "")
    wards.make_ready(url, tmp_path / "one.json")
    with pytest.raises(Refused) as refused:
        wards.make_ready(url, tmp_path / "two.json")
    assert refused.value.code == "ward-in-use"
    assert not (tmp_path / "two.json").exists()


def test_whose_database_was_dropped_is_made_ready_again_by_who_is_no_superuser(
    tmp_path: Path,
) -> None:
    with running_postgres() as url:
        keeper = url.replace("+psycopg", "")
        with psycopg.connect(keeper, autocommit=True) as server:
            server.execute("CREATE ROLE quan_tri LOGIN CREATEROLE CREATEDB")
        by_role = keeper.replace("user=cchc", "user=quan_tri").replace("//cchc@", "//quan_tri@")
        wards.make_ready(by_role, tmp_path / "one.json")
        with psycopg.connect(keeper, autocommit=True) as server:
            server.execute("DROP DATABASE cchc")
        wards.make_ready(by_role, tmp_path / "two.json")
        assert wards.join(tmp_path / "desk", tmp_path / "two.json", "Quầy 1").unit == ""


def test_who_joins_nothing_is_no_station(tmp_path: Path) -> None:
    file = tmp_path / "invitation.json"
    file.write_text(json.dumps({"url": f"postgresql://cchc@/ward?host={tmp_path}"}))
    with pytest.raises(Trouble) as trouble:
        wards.join(tmp_path / "desk", file)
    assert trouble.value.code == "no-server"
    assert not (tmp_path / "desk" / "ward.json").exists()
