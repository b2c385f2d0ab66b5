"""Three desks of two wards and their city as in life: days without a line, the city down, both
sides killed, a stick.

The city is the program as it is started (`cchc city serve`) with TLS, on PostgreSQL; it runs by the
real clock, so the desks live through the twelve days before now.
"""

import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from cchc_desk import console
from cchc_desk.actions.city import sending
from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.training import practice
from cchc_desk.city import office
from cchc_desk.city.office import City
from cchc_desk.session import Desk
from cchc_desk.store.office import registers
from cchc_desk.sync import usb_file
from tests.actions.conftest import TableClock, become
from tests.city.compare import assert_equal, own_days
from tests.city.conftest import OTHER_WARD, WARD
from tests.city.random_life import act
from tests.engines import copy_desk, new_place

DAYS = 12


def cchc(folder: Path, *words: str) -> dict[str, Any]:
    """One verb of the city's command line, as its keeper types it."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert console.main(["--data", str(folder), "--json", "city", *words]) == 0, said.getvalue()
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


class Server:
    """`cchc city serve` in a process of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        words = [
            "--data",
            str(self.folder),
            "city",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command = [sys.executable, "-m", "cchc_desk.console", *words]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.wait_for("Uvicorn running")

    def wait_for(self, what: str) -> None:
        """Reads the log until a line says so."""
        assert self.process
        assert self.process.stderr
        for line in self.process.stderr:
            if what in line:
                return
        raise AssertionError(f"the server ended before {what}")

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            self.process = None


@pytest.fixture
def server(tmp_path: Path, postgres_database: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "city"
    url = f"https://127.0.0.1:{port}"
    cchc(
        folder,
        "setup",
        "--name",
        "Thành phố Cần Thơ",
        "--url",
        url,
        "--practice",
        "--database",
        postgres_database,
    )
    cchc(folder, "ward", WARD, "Phường Ninh Kiều")
    cchc(folder, "ward", OTHER_WARD, "Phường Cái Khế")
    made = Server(folder, port)
    yield made
    made.kill()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[TableClock, list[Desk]]]:
    """Three desks, two of them of one ward, twelve days ago."""
    clock = TableClock()
    clock.now = datetime.now().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(
        days=DAYS
    )
    (tmp_path / "first").mkdir()
    new_place(tmp_path / "first")
    new_desk.set_up(tmp_path / "first", practice.plan(), clock, practice=True).close()
    made = []
    for n, unit in enumerate((WARD, WARD, OTHER_WARD), 1):
        folder = tmp_path / f"quay-{n}"
        copy_desk(tmp_path / "first", folder)
        desk = opening.open_desk(folder, clock)
        facts = {
            "desk_id": str(uuid.uuid4()),
            "unit_code": unit,
            "desk_name": f"Quầy {n}",
            "block_first": n * 1000,
        }
        with desk.database.write() as connection:
            for key, value in facts.items():
                registers.keep_setting(connection, key, value)
        desk.close()
        made.append(opening.open_desk(folder, clock))
        become(made[-1], "chi")
    yield clock, made
    for desk in made:
        desk.close()


def work(desks: list[Desk], clock: TableClock, rng: random.Random, days: int) -> None:
    for _day in range(days):
        for _act in range(12):
            act(rng.choice(desks), clock, rng)
            clock.now += timedelta(minutes=30)
        clock.now = clock.now.replace(hour=8, minute=0) + timedelta(days=1)


def send_and_die(desk: Desk, step: str) -> None:
    """The desk's own process sends and is killed once it has done `step`."""
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [
        sys.executable,
        "-m",
        "tests.city.sending_desk",
        str(desk.folder),
        desk.now().isoformat(),
    ]
    pipes: dict[str, Any] = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "text": True,
        "env": here,
    }
    with subprocess.Popen(command, **pipes) as process:
        assert process.stdin
        assert process.stdout
        for line in process.stdout:
            if line.strip() == step:
                break
            process.stdin.write("go on\n")
            process.stdin.flush()
        process.send_signal(signal.SIGKILL)


@pytest.mark.sweep
def test_three_desks_two_wards_one_city(
    server: Server, desks: tuple[TableClock, list[Desk]], tmp_path: Path, postgres_database: str
) -> None:
    clock, (first, second, third) = desks
    rng = random.Random(4)
    server.start()
    for desk in (first, second, third):
        invitation = tmp_path / f"{desk.settings['desk_name']}.json"
        cchc(server.folder, "enrol", desk.settings["unit_code"], "--out", str(invitation))
        sending.enrol(desk, usb_file.read_invitation(invitation))

    # The third has no line at all: its request, its days and the answers go by USB.
    work([first, second, third], clock, rng, 3)
    assert sending.send(first).trouble == ""
    by_usb(third, server, tmp_path)

    # Days with the city down: the desks work on, what waits says why.
    server.kill()
    work([first, second, third], clock, rng, 3)
    assert "Chưa nối được với thành phố" in sending.send(first).trouble
    assert "Chưa nối được với thành phố" in sending.send(second).trouble
    assert sending.state(first).waiting >= 3

    # Killed: the city as soon as it has kept a parcel, the desks with the parcel packed, and with
    # the answer in hand.
    server.start()
    send_and_die(first, "exchanged")
    server.wait_for('"what": "parcel"')
    server.kill()
    send_and_die(second, "prepared")
    work([first, second, third], clock, rng, 3)
    server.start()
    send_and_die(second, "taken")
    send_and_die(third, "prepared")
    by_usb(third, server, tmp_path)

    # Another three days, then everybody sends once more.
    work([first, second, third], clock, rng, DAYS - 9)
    clock.now = datetime.now().replace(second=0, microsecond=0)
    for desk in (first, second):
        assert sending.send(desk).trouble == ""
    by_usb(third, server, tmp_path)
    server.kill()

    city = office.open_city(server.folder, clock)
    try:
        assert_all_is_there(city, [first, second, third])
    finally:
        city.database.close()


def by_usb(desk: Desk, server: Server, tmp_path: Path) -> None:
    """A stick to the city and back; the city's own command line takes it."""
    up, down = tmp_path / "len.cchc", tmp_path / "xuong.cchc"
    sending.write_bag(desk, up)
    answer = cchc(server.folder, "take", str(up), "--out", str(down))
    assert answer["refused"] == []
    sending.take_bag(desk, down)


def assert_all_is_there(city: City, desks: list[Desk]) -> None:
    assert_equal(city, *desks)
    with city.database.begin() as connection:
        days = connection.execute(
            text("SELECT count(*), count(DISTINCT desk || day) FROM days")
        ).one()
        assert days[0] == days[1] == sum(len(own_days(desk)) for desk in desks)
        assert connection.execute(text("SELECT count(*) FROM alarms")).scalar_one() == 0
        assert connection.execute(text("SELECT sum(received) FROM days")).scalar_one() > 20
    for desk in desks:
        state = sending.state(desk)
        assert {one.state for one in state.parcels} == {"acknowledged"}
        assert {one.difference for one in state.parcels} == {""}
