"""A real city on a real socket, on SQLite and on a PostgreSQL that the suite starts; real desks that send to it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from sqlalchemy import NullPool, create_engine, text

from cchc_desk.actions import accounts, sending
from cchc_desk.city import enrolment, office
from cchc_desk.city.app import make_app
from cchc_desk.city.office import City
from cchc_desk.desk import Desk
from cchc_desk.store import registers
from tests.actions.conftest import TableClock, become
from tests.actions.conftest import ward as ward

WARD, OTHER_WARD = "H13.31", "H13.32"


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them out of PATH."""
    found = shutil.which(name) or next(
        (str(file) for file in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    assert found, f"{name} is missing; make test installs it (tools/system_libraries.py)"
    return found


@contextmanager
def running_postgres() -> Iterator[str]:
    """A PostgreSQL of its own in a temporary folder, on a socket there; answers the address of a database of it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path has to be short
    as_whom: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        who = pwd.getpwnam("nobody")
        os.chown(folder, who.pw_uid, who.pw_gid)
        as_whom = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    data = folder / "data"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder} | as_whom
    making = [program("initdb"), "-D", str(data), "-U", "cchc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run(making, check=True, **quiet)
    settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    server = subprocess.Popen([program("postgres"), "-D", str(data), *settings], **quiet)
    url = f"postgresql+psycopg://cchc@/postgres?host={folder}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # its "fast" way to stop: whoever is still connected is cut off
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    engine = create_engine(url, poolclass=NullPool)
    waiting = threading.Event()
    for _try in range(600):
        assert server.poll() is None, "PostgreSQL did not start"
        with suppress(Exception), engine.connect():
            return
        waiting.wait(0.05)
    raise AssertionError("PostgreSQL did not answer")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[str]:
    """An empty database for one test."""
    name = f"city_{uuid.uuid4().hex[:12]}"
    keeper = create_engine(postgres, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.replace("/postgres?", f"/{name}?")
    with keeper.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


# --- the city -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of the city's database: both, the same tests."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))


def make_city(folder: Path, clock: TableClock, database: str = "", url: str = "http://127.0.0.1:1") -> City:
    """A practice city with two wards, whose clock is the desks' own."""
    office.found_city(folder, "Thành phố Cần Thơ", url, database, practice=True).database.close()
    city = office.open_city(folder, clock)
    enrolment.add_ward(city, WARD, "Phường Ninh Kiều", "test")
    enrolment.add_ward(city, OTHER_WARD, "Phường Cái Khế", "test")
    return city


@pytest.fixture
def city(tmp_path: Path, clock: TableClock) -> Iterator[City]:
    """A city on SQLite."""
    made = make_city(tmp_path / "city", clock)
    yield made
    made.database.close()


@pytest.fixture
def any_city(tmp_path: Path, clock: TableClock, database: str) -> Iterator[City]:
    """A city on either database."""
    made = make_city(tmp_path / "city", clock, database)
    yield made
    made.database.close()


@dataclass
class Served:
    """A city that listens."""

    city: City
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(city: City, **settings: Any) -> Iterator[Served]:
    """The city's own server in a thread, on a free port of this machine."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    here = replace(city, url=f"http://127.0.0.1:{port}")
    config = uvicorn.Config(make_app(here), log_config=None, access_log=False, lifespan="off", **settings)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    waiting = threading.Event()
    while not server.started:
        assert thread.is_alive()
        waiting.wait(0.005)
    try:
        yield Served(here, port)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture
def served(city: City) -> Iterator[Served]:
    with serving(city) as served:
        yield served


@pytest.fixture
def read_log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The city logs every refusal and alarm as a warning, as it should; a test with this fixture expects them."""
    yield caplog
    caplog.clear()
    for phase in ("setup", "call"):
        caplog.get_records(phase).clear()


# --- the desks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> TableClock:
    return TableClock()


@pytest.fixture
def make_desk(ward: Path, tmp_path: Path, clock: TableClock) -> Iterator[Callable[..., Desk]]:
    """Makes desks of a ward, each with its own data, ledger and number block; the clerk An is at the counter."""
    opened: list[Desk] = []

    def make(name: str = "quay-1", unit: str = WARD, first: int = 1) -> Desk:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "desk.db").write_bytes((ward / "desk.db").read_bytes())
        new = accounts.open_desk(folder, clock)
        changes = {"unit_code": unit, "desk_name": name, "block_first": first, "block_last": first + 999}
        with new.database.write() as connection:
            for key, value in (changes | {"desk_id": str(uuid.uuid4())}).items():
                registers.keep_setting(connection, key, value)
        new.close()
        opened.append(accounts.open_desk(folder, clock))
        become(opened[-1], "an")
        return opened[-1]

    yield make
    for desk in opened:
        desk.close()


def enrol(desk: Desk, city: City) -> None:
    """The desk's leader opens the invitation; the request goes with the first sending."""
    become(desk, "chi")
    sending.enrol(desk, enrolment.invite(city, desk.settings["unit_code"], "test"))
    become(desk, "an")


def later_by(clock: TableClock, **span: float) -> datetime:
    clock.now += timedelta(**span)
    return clock.now
