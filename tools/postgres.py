"""A temporary PostgreSQL for the tests and the bench, in a folder of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine

# Nothing of it has to outlive its run. Its cleaner would go through a database of each test; what
# it would count for the planner is little.
_NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
_ROOM = 2 * 1024**3


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; Debian keeps them out of PATH."""
    on_path = shutil.which(name)
    if on_path:
        return on_path
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    assert installed, f"{name} is missing; make test installs it (tools/system_libraries.py)"
    return str(installed[0])


class Postgres:
    """A PostgreSQL in a folder of its own, on a socket there."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.url = f"postgresql+psycopg://cchc@/postgres?host={folder}"
        as_whom: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            who = pwd.getpwnam("nobody")
            os.chown(folder, who.pw_uid, who.pw_gid)
            as_whom = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        quiet: dict[str, Any] = {
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            "cwd": folder,
        }
        self._quiet = quiet | as_whom
        options = ["-U", "cchc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        make = [program("initdb"), "-D", str(self._data), *options]
        subprocess.run(make, check=True, **self._quiet)
        self._settings = [] if durable else _NOT_DURABLE
        self._server = self._started()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _started(self) -> subprocess.Popen[bytes]:
        sockets = f"unix_socket_directories={self.folder}"
        settings = ["listen_addresses=", sockets, *self._settings]
        options = [word for setting in settings for word in ("-c", setting)]
        server = subprocess.Popen(
            [program("postgres"), "-D", str(self._data), *options], **self._quiet
        )
        _wait_for(self.url, server)
        return server

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT is its "fast" stop, which cuts off open connections, SIGQUIT a crash."""
        self._server.send_signal(how)
        self._server.wait(20)

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop and start it again."""
        self.stop(how)
        self._server = self._started()


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a PostgreSQL in a temporary folder.

    `durable`: each commit waits for the disk, as in life; tests do without, and without a disk
    where the memory has room.
    """
    # A socket's path has to be short.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if durable else _fast_place()))
    server = Postgres(folder, durable=durable)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a PostgreSQL in a temporary folder; yield the URL of its database."""
    with postgres() as server:
        yield server.url


def _fast_place() -> str:
    """Return the folder in memory: a busy disk makes the hundreds of files of a database in 1 s."""
    memory = Path("/dev/shm")
    room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free
    return str(memory) if room > _ROOM else "/tmp"


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    engine = create_engine(url, poolclass=NullPool)
    waiting = threading.Event()
    for _try in range(600):
        assert server.poll() is None, "PostgreSQL did not start"
        with suppress(Exception), engine.connect():
            return
        waiting.wait(0.05)
    raise AssertionError("PostgreSQL did not answer")
