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


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; Debian keeps them out of PATH."""
    on_path = shutil.which(name)
    if on_path:
        return on_path
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    assert installed, f"{name} is missing; make test installs it (tools/system_libraries.py)"
    return str(installed[0])


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """Run a PostgreSQL in a temporary folder, on a socket there; yield the URL of its database.

    `durable`: each commit waits for the disk, as in life; tests do without.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path has to be short
    as_whom: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        who = pwd.getpwnam("nobody")
        os.chown(folder, who.pw_uid, who.pw_gid)
        as_whom = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    data = folder / "data"
    quiet: dict[str, Any] = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "cwd": folder,
    } | as_whom
    options = ["-U", "cchc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run([program("initdb"), "-D", str(data), *options], check=True, **quiet)
    fsync = f"fsync={'on' if durable else 'off'}"
    sockets = f"unix_socket_directories={folder}"
    settings = ["-c", "listen_addresses=", "-c", fsync, "-c", sockets]
    server = subprocess.Popen([program("postgres"), "-D", str(data), *settings], **quiet)
    url = f"postgresql+psycopg://cchc@/postgres?host={folder}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # its "fast" stop, which cuts off open connections
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
