"""A real city on a real socket, on SQLite and on a PostgreSQL that the suite starts; real desks
that send to it.
"""

import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from sqlalchemy import NullPool, create_engine, text

from cchc_desk.actions.city import sending
from cchc_desk.actions.data import opening
from cchc_desk.city import enrolment, office
from cchc_desk.city.office import City
from cchc_desk.city.web.app import make_app
from cchc_desk.session import Desk
from cchc_desk.store.office import registers
from tests.actions.conftest import TableClock, become
from tests.actions.conftest import ward as ward
from tests.engines import copy_desk
from tools.postgres import running_postgres

pytest.register_assert_rewrite("tests.city.compare")

WARD, OTHER_WARD = "H13.31", "H13.32"


# --- PostgreSQL -----------------------------------------------------------------------------------


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


# --- the city -------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of the city's database: both, the same tests."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))


def make_city(
    folder: Path, clock: TableClock, database: str = "", url: str = "http://127.0.0.1:1"
) -> City:
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
    config = uvicorn.Config(
        make_app(here), log_config=None, access_log=False, lifespan="off", **settings
    )
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
    """The city logs every refusal and alarm as a warning, as it should; a test with this fixture
    expects them.
    """
    yield caplog
    caplog.clear()
    for phase in ("setup", "call"):
        caplog.get_records(phase).clear()


# --- the desks ------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> TableClock:
    return TableClock()


@pytest.fixture
def make_desk(ward: Path, tmp_path: Path, clock: TableClock) -> Iterator[Callable[..., Desk]]:
    """Makes desks of a ward, each with its own data, ledger and number block; the clerk An is at
    the counter.
    """
    opened: list[Desk] = []

    def make(name: str = "quay-1", unit: str = WARD, first: int = 1) -> Desk:
        folder = tmp_path / name
        copy_desk(ward, folder)
        new = opening.open_desk(folder, clock)
        changes = {
            "unit_code": unit,
            "desk_name": name,
            "block_first": first,
            "block_last": first + 999,
        }
        with new.database.write() as connection:
            for key, value in (changes | {"desk_id": str(uuid.uuid4())}).items():
                registers.keep_setting(connection, key, value)
        new.close()
        opened.append(opening.open_desk(folder, clock))
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
