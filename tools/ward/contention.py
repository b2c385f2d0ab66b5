"""How long each station waits for the others.

Every station is a process of its own on the server's socket. It takes in dossiers at the pace of a
busy counter, or as fast as it can; each commit waits for the disk, as in life. At the end the
ledger is verified, and every code that was said is there once.
"""

import json
import multiprocessing
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import psycopg

from cchc_desk import paths
from cchc_desk.actions.data import new_desk, opening, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official
from tests.actions.conftest import make_intake
from tests.engines import join
from tools.postgres import postgres

NOW = datetime(2026, 11, 23, 10, 0)


@dataclass(frozen=True)
class Taken:
    """What one station took in: the codes that it was told, and how long each acceptance took."""

    codes: tuple[str, ...]
    seconds: tuple[float, ...]


def measure(stations: int, dossiers: int, pause: float, say: Callable[[str], None] = print) -> int:
    """Print what `stations` take in together; return 1 where a code was lost or the ledger broke.

    `dossiers` for each, `pause` seconds between two of them.
    """
    with tempfile.TemporaryDirectory() as folder, postgres(durable=True) as server:
        places = make_stations(Path(folder), server.url, stations)
        started = time.perf_counter()
        taken = _work(places, dossiers, pause)
        took = time.perf_counter() - started
        return _report(places[0], taken, took, say)


def make_stations(folder: Path, server: str, count: int) -> list[Path]:
    """Set up a practice ward on the server; return the folders of its stations."""
    places = [folder / f"station-{n}" for n in range(1, count + 1)]
    for place in places:
        place.mkdir()
    join(places[0], server)
    new_desk.set_up(places[0], practice.plan(), lambda: NOW, practice=True).close()
    for place in places[1:]:
        shutil.copy(paths.ward_file(places[0]), place)
    return places


def _work(stations: Sequence[Path], dossiers: int, pause: float) -> list[Taken]:
    context = multiprocessing.get_context("spawn")
    begin = context.Barrier(len(stations))
    told: SimpleQueue[Taken] = context.SimpleQueue()
    processes = [
        context.Process(target=_station, args=(place, n, dossiers, pause, begin, told))
        for n, place in enumerate(stations)
    ]
    for process in processes:
        process.start()
    taken = [told.get() for _process in processes]
    for process in processes:
        process.join()
    return taken


def _station(
    place: Path,
    number: int,
    dossiers: int,
    pause: float,
    begin: Barrier,
    told: "SimpleQueue[Taken]",
) -> None:
    dice = random.Random(number)
    desk = opening.open_desk(place, lambda: NOW)
    who = practice.OFFICIALS[0]
    desk.official = Official(who.id, who.name, who.role, who.title)
    wanted = make_intake()
    intake.check_intake(desk, wanted)  # what is read once is read
    codes, seconds = [], []
    begin.wait()
    for _dossier in range(dossiers):
        time.sleep(dice.expovariate(1 / pause) if pause else 0)
        before = time.perf_counter()
        codes.append(intake.accept_dossier(desk, wanted).code)
        seconds.append(time.perf_counter() - before)
    desk.close()
    told.put(Taken(tuple(codes), tuple(seconds)))


def _report(place: Path, taken: Sequence[Taken], took: float, say: Callable[[str], None]) -> int:
    codes = [code for one in taken for code in one.codes]
    seconds = sorted(second for one in taken for second in one.seconds)
    worst = seconds[int(len(seconds) * 0.99)]
    say(
        f"{len(taken)} stations, {len(codes)} dossiers in {took:.1f} s: {len(codes) / took:.0f} a "
        f"second; each {statistics.median(seconds) * 1000:.0f} ms, one in a hundred "
        f"{worst * 1000:.0f} ms, longest {seconds[-1] * 1000:.0f} ms"
    )
    url = json.loads(paths.ward_file(place).read_text(encoding="utf-8"))["url"]
    with psycopg.connect(url) as server:
        stored = [code for (code,) in server.execute("SELECT code FROM dossiers ORDER BY code")]
    desk = opening.open_desk(place, lambda: NOW)
    desk.official = Official("dung", "Dũng", practice.OFFICIALS[-1].role)
    problems = upkeep.verify_ledger(desk).problems
    desk.close()
    lost = sorted(codes) != stored
    say(f"codes said and stored {'differ' if lost else 'are the same'}; verify: {problems or 'ok'}")
    return int(lost or bool(problems))
