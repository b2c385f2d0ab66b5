"""The suite stands alone: no screen, no home folder, no network, and nobody's warning goes
unread.
"""

import gc
import logging
import os
import socket
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Examples of a property: few in each run, many with HYPOTHESIS_PROFILE=nightly (make nightly). The
# speed of the machine, and who else is busy on it, is no property of the desk.
for profile, examples in {"daily": 30, "nightly": 2000}.items():
    settings.register_profile(
        profile,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))

# Before Qt is loaded: the same window on every machine, whatever its screen, scale, theme or
# language.
for name in [name for name in os.environ if name.startswith("QT_")]:
    del os.environ[name]
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder for the suite alone, so that no test can meet the desk of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        for variable in (
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME",
            "XDG_RUNTIME_DIR",
        ):
            (home / variable).mkdir(mode=0o700)
            patch.setenv(variable, str(home / variable))
        yield home


@pytest.fixture(scope="session", autouse=True)
def desks_engine() -> Iterator[None]:
    """The PostgreSQL of a run with ENGINE=postgresql."""
    from tests.engines import engine

    with engine():
        yield


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """The folder of one test; what a server has for the desks in it goes with the test."""
    from tests.engines import drop_below

    yield tmp_path
    drop_below(tmp_path)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a ward's server what only the file of one PC has is skipped: counted, and said why.

    UI_SHARE=10: of the window's tests only every tenth, chosen by a sum over its name, so that it
    is the same one on every machine and in every process.
    """
    from tests.engines import ON_POSTGRESQL

    for item in items if ON_POSTGRESQL else ():
        if one_pc := item.get_closest_marker("one_pc"):
            item.add_marker(pytest.mark.skip(reason=f"one PC: {one_pc.args[0]}"))
    share = int(os.environ.get("UI_SHARE", "1"))
    windows = [item for item in items if item.nodeid.startswith("tests/ui/")]
    left_out = [one for one in windows if zlib.crc32(one.nodeid.encode()) % share]
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]


@pytest.fixture(scope="session", autouse=True)
def rare_collections() -> Iterator[None]:
    """The collector walks what a test left behind, not all that was imported, and less often: it
    took an eighth of the suite.
    """
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(50_000, 10, 10)
    yield
    gc.set_threshold(*before)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes that take no tenth of a second each; a hash says itself how hard it is. How hard the
    desk's own are, test_new_desk checks in a process of its own.
    """
    import argon2

    quick = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2, "PasswordHasher", quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """SQL is compiled once, as in a desk that is open all day; each test opens one of its own.

    The cache of an engine goes by its dialect, and those of SQLite are all alike.
    """
    from sqlalchemy import Engine
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as Dialect
    from sqlalchemy.util import LRUCache

    made, cache = Engine.__init__, LRUCache[Any, Any](2000)

    def with_cache(this: Engine, *args: Any, **named: Any) -> None:
        made(this, *args, **named)
        if type(this.dialect) is Dialect:
            this._compiled_cache = cache

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "__init__", with_cache)
        patch.setattr(Dialect, "__hash__", lambda this: hash(type(this)))
        patch.setattr(Dialect, "__eq__", lambda this, other: type(this) is type(other))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only this machine itself may be called (the loopback addresses and local sockets)."""
    connect = socket.socket.connect

    def connect_here(this: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test called out to {address[0]}")
        connect(this, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def no_unread_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A WARNING in the log fails the test, unless the test reads it and calls `caplog.clear()`."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    unread = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not unread
