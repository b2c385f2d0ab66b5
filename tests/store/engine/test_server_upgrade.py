"""The tables of a ward's server: brought up to a newer program by who looks after it, once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection

from cchc_desk.actions.data import new_desk, opening, wards
from cchc_desk.actions.documents import paper_setup
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.training import practice
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.ward.server import DATABASE
from tests.actions.conftest import MONDAY, become, make_intake
from tools.postgres import running_postgres

pytestmark = pytest.mark.one_pc("it has a server of its own")


class Server(NamedTuple):
    """The addresses of a server: of its superuser, and of the role that a ward's IT made."""

    keeper: str
    role: str

    def run(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement in the ward's database as the superuser."""
        with psycopg.connect(self.keeper, dbname=DATABASE, autocommit=True) as connection:
            cursor = connection.execute(sql.SQL(statement))
            return cursor.fetchall() if cursor.description else []

    def tables(self) -> list[tuple[object, ...]]:
        """Every column, every right of the stations, every trigger."""
        return [
            *self.run(
                "SELECT table_name, column_name, data_type, is_nullable, column_default "
                "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
            ),
            *self.run(
                "SELECT table_name, privilege_type FROM information_schema.table_privileges "
                "WHERE grantee = 'cchc_station' ORDER BY 1, 2"
            ),
            *self.run("SELECT tgname, tgrelid::regclass::text FROM pg_trigger ORDER BY 1, 2"),
        ]


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with running_postgres() as url:
        keeper = url.replace("+psycopg", "")
        with psycopg.connect(keeper, autocommit=True) as connection:
            connection.execute("CREATE ROLE quan_tri LOGIN CREATEROLE CREATEDB")
        yield Server(keeper, make_conninfo(keeper, user="quan_tri"))


@pytest.fixture
def server(running: Server) -> Server:
    """The server without a ward."""
    with psycopg.connect(running.keeper, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    return running


@pytest.fixture
def station(server: Server, tmp_path: Path) -> Path:
    """The folder of the first station of a practice ward on this server."""
    folder = tmp_path / "desk"
    wards.join(folder, wards.make_ready(server.role, tmp_path / "one.json").invitation, "Quầy 1")
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    return folder


def make_older(server: Server) -> None:
    """Put the tables back to those of the first schema that a server ever had."""
    server.run("DROP TABLE station_settings")
    server.run(f"UPDATE schema SET version = {migrations.FIRST_ON_SERVER}")


def test_a_ward_of_an_older_program_is_upgraded_by_who_looks_after_it(
    server: Server, station: Path
) -> None:
    whole = server.tables()
    make_older(server)
    with pytest.raises(Trouble) as older:
        opening.open_desk(station, lambda: MONDAY)
    assert (older.value.code, "cchc ward upgrade" in older.value.message) == ("server-older", True)

    first = migrations.FIRST_ON_SERVER, migrations.SCHEMA
    assert wards.upgrade(server.role) == first
    assert server.tables() == whole
    with closing(opening.open_desk(station, lambda: MONDAY)) as desk:
        become(desk, "an")
        assert intake.accept_dossier(desk, make_intake()).code
    assert wards.upgrade(server.role) == (migrations.SCHEMA, migrations.SCHEMA)


def test_nobody_works_while_the_tables_change(server: Server, station: Path) -> None:
    with closing(opening.open_desk(station, lambda: MONDAY)) as desk:
        line = desk.database.line()
        assert line is not None
        with closing(line), pytest.raises(Refused) as refused:
            wards.upgrade(server.role)
    assert refused.value.code == "stations-open"
    wards.upgrade(server.role)


def test_an_upgrade_that_breaks_leaves_every_table_as_it_was(
    server: Server, station: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_older(server)
    before = server.tables()
    step = migrations.STEPS[migrations.SCHEMA - 1]

    def broken(connection: Connection) -> None:
        step(connection)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(migrations.STEPS, migrations.SCHEMA - 1, broken)
        with pytest.raises(KeyboardInterrupt):
            wards.upgrade(server.role)
    assert server.tables() == before
    wards.upgrade(server.role)
    opening.open_desk(station, lambda: MONDAY).close()


def test_a_server_without_a_ward_is_none_to_upgrade(server: Server) -> None:
    with pytest.raises(Refused) as refused:
        wards.upgrade(server.role)
    assert refused.value.code == "no-ward"


def test_a_station_older_than_its_ward_says_so(server: Server, station: Path) -> None:
    server.run(f"UPDATE schema SET version = {migrations.SCHEMA + 1}")
    for newer in (lambda: opening.open_desk(station), lambda: wards.upgrade(server.role)):
        with pytest.raises(Trouble) as trouble:
            newer()
        assert trouble.value.code == "database-newer"


# --- what belongs to a PC -------------------------------------------------------------------------


@pytest.fixture
def two(server: Server, station: Path, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two stations of one ward, an official at each."""
    with closing(opening.open_desk(station, lambda: MONDAY)) as first:
        become(first, "dung")
        invitation = wards.invite(first, "Quầy 2", tmp_path / "two.json")
        wards.join(tmp_path / "second", invitation, clock=lambda: MONDAY)
        with closing(opening.open_desk(tmp_path / "second", lambda: MONDAY)) as second:
            become(second, "dung")
            yield first, second


def test_each_station_has_its_own_printers(two: tuple[Desk, Desk]) -> None:
    first, second = two
    for desk in two:
        become(desk, "chi")
    paper_setup.keep_paper_setup(first, "receipt", PaperSetup("A5", 2.0, 1.0, "Máy in quầy 1"))
    paper_setup.keep_paper_setup(second, "receipt", PaperSetup("A5", 0.0, 0.0, "Máy in quầy 2"))
    for desk, printer, offset in ((first, "Máy in quầy 1", 2.0), (second, "Máy in quầy 2", 0.0)):
        with desk.read():  # what others wrote is read with the next snapshot
            setup = paper_setup.paper_setup(desk, "receipt")
        assert (setup.printer, setup.offset_x_mm, setup.size) == (printer, offset, "A5")


def test_a_folder_is_of_the_pc_and_the_rest_of_the_ward(
    two: tuple[Desk, Desk], tmp_path: Path
) -> None:
    first, second = two
    changes = {"scan_folder": str(tmp_path), "hotline": "0292 3820 000"}
    office_settings.change_settings(first, changes)
    with second.read():
        assert (second.settings["scan_folder"], second.settings["hotline"]) == ("", "0292 3820 000")
    assert first.settings["scan_folder"] == str(tmp_path)
    first.database.close()
    with closing(opening.open_desk(first.folder, lambda: MONDAY)) as again:
        assert again.settings["scan_folder"] == str(tmp_path)
