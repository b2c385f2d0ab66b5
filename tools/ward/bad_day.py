"""A day on which everything breaks: stations are killed, the server stops, lines lose answers.

Every station writes down, before each act, what it is about to do, and after it what it was told.
At the end the ledger is read by itself and held against that: what was said to be done is there
once, in its order, what was said not to be done is not, what nobody could say is there once or not.
"""

import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TextIO

import psycopg
from psycopg.conninfo import make_conninfo

from cchc_desk import paths
from cchc_desk.actions.data import new_desk, opening, upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import DeskError, Refused, Trouble
from cchc_desk.session import Desk
from tests.actions.conftest import make_intake
from tests.engines import join
from tools.bad_line import BadLine, bad_line
from tools.postgres import Postgres, postgres
from tools.ward import recount, window_station

NOW = datetime(2026, 11, 23, 10, 0)
MOST_STILL_MS = 100.0
_ALL_WELL = "nothing lost or doubled, no number twice, verify ok, figures as recounted"
_FAULT_S = 0.7  # between two faults, on average
_REST_S = 0.02  # between two acts of a station, on average
DONE, NOT_DONE, UNKNOWN = "done", "not done", "unknown"


@dataclass(frozen=True)
class Tried:
    """An act as its station wrote it down; `outcome` is UNKNOWN where it never heard."""

    act: str
    code: str  # "" of a dossier that was to be taken in
    mark: str
    outcome: str


@dataclass(frozen=True)
class Kept:
    """An act as the ledger has it; `mark` is that of a dossier that it took in."""

    act: str
    code: str
    mark: str


def play(stations: int, acts: int, seed: int, windows: int = 0) -> int:
    """Play the day; print its counts, and return 1 where anything was lost or doubled.

    `windows` of the stations are real windows that only look, and may not stand still.
    """
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory() as name,
        postgres(durable=True) as server,
        ExitStack() as stack,
    ):
        folder = Path(name)
        url = _set_up(folder, server, stations)
        lines = [stack.enter_context(bad_line(server.folder)) for _station in range(stations)]
        places = [_place(folder, url, line, n) for n, line in enumerate(lines)]
        looking = _begun_windows(places[stations - windows :])
        started = time.perf_counter()
        faults = _break_everything(dice, server, lines, places[: stations - windows], acts, seed)
        took = time.perf_counter() - started
        faults["answers lost"] = sum(line.lost for line in lines)
        _end(looking)
        stood = _standstills(places[stations - windows :])
        return _report(url, folder, places[: stations - windows], faults, took) | stood


def _officials(stations: int) -> tuple[NewOfficial, ...]:
    """Return one official for each station, clerks and processors in turn, and who verifies."""
    several = tuple(
        replace(
            practice.OFFICIALS[n % 2],
            id=f"nv{n}",
            name=f"{practice.OFFICIALS[n % 2].name} {'I' * (n + 1)}",
        )
        for n in range(stations)
    )
    return (*several, *practice.OFFICIALS[2:])


def _set_up(folder: Path, server: Postgres, stations: int) -> str:
    first = folder / "first"
    first.mkdir()
    url = join(first, server.url)
    plan = practice.plan(_officials(stations))
    new_desk.set_up(first, plan, lambda: NOW, practice=True).close()
    return url


def _place(folder: Path, url: str, line: BadLine, number: int) -> Path:
    place = folder / f"station-{number}"
    place.mkdir()
    own = {"url": make_conninfo(url, host=str(line.folder)), "station": f"Quầy {number + 1}"}
    paths.ward_file(place).write_text(json.dumps(own), encoding="utf-8")
    return place


# --- the day --------------------------------------------------------------------------------------


def _break_everything(
    dice: random.Random,
    server: Postgres,
    lines: Sequence[BadLine],
    places: Sequence[Path],
    acts: int,
    seed: int,
) -> Counter[str]:
    """Let the stations work until `acts` were done, breaking one thing after the other."""
    context = multiprocessing.get_context("spawn")
    faults: Counter[str] = Counter()

    def begun(number: int) -> BaseProcess:
        life = faults["stations killed"]
        process = context.Process(target=_station, args=(places[number], number, seed + life))
        process.start()
        return process

    processes = [begun(number) for number in range(len(places))]
    while _done(places) < acts:
        time.sleep(dice.expovariate(1 / _FAULT_S))
        line = dice.choice(lines)
        line.delay = 0.0
        match dice.choices(
            ("kill", "restart", "crash", "cut", "lose", "delay", "down"), (4, 1, 1, 4, 6, 4, 2)
        )[0]:
            case "kill":
                number = dice.randrange(len(places))
                processes[number].kill()
                processes[number].join()
                faults["stations killed"] += 1
                processes[number] = begun(number)
            case "restart":
                server.restart()
                faults["server restarts"] += 1
            case "crash":
                server.restart(signal.SIGQUIT)
                faults["server crashes"] += 1
            case "cut":
                line.cut()
                faults["lines cut"] += 1
            case "lose":
                line.lose_answer(b"COMMIT", b"pg_advisory")
            case "delay":
                line.delay = dice.uniform(0.0, 0.2)
                faults["lines slow"] += 1
            case _:
                line.down()
                time.sleep(dice.uniform(0.1, 2.0))
                line.up()
                faults["lines down"] += 1
    _end(processes)
    return faults


def _end(processes: Sequence[BaseProcess]) -> None:
    for process in processes:
        assert process.pid is not None, "it was started"
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
    for process in processes:
        process.join()


def _begun_windows(places: Sequence[Path]) -> list[BaseProcess]:
    context = multiprocessing.get_context("spawn")
    leader = practice.OFFICIALS[2]
    windows: list[BaseProcess] = [
        context.Process(target=window_station.show, args=(place, leader.id, practice.PASSWORD, NOW))
        for place in places
    ]
    for window in windows:
        window.start()
    return windows


def _standstills(places: Sequence[Path]) -> int:
    """Print how long the windows stood still at most; return 1 for longer than MOST_STILL_MS."""
    failed = 0
    for place in places:
        looks, pages, longest = window_station.standstills(place)
        print(f"a window: {pages} pages, {looks} looks, stood still at most")
        for one in longest[-3:]:
            print(
                f"  {one.stood:.0f} ms: ran {one.ran:.0f}, held up {one.held_up:.0f} "
                f"(another thread had no core for {one.beside:.0f}) {one.doing}"
            )
        failed |= int(not longest or max(one.own for one in longest) > MOST_STILL_MS)
    return failed


def _done(places: Sequence[Path]) -> int:
    return sum(one.outcome == DONE for place in places for one in _tried(place))


def _station(place: Path, number: int, seed: int) -> None:
    """Work until told to stop; every act stands in the station's own log before it begins."""
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    dice = random.Random(f"{seed}-{number}")
    who = _officials(number + 1)[number]
    desk = _opened(place, stopped)
    if desk is None:
        return
    desk.official = Official(who.id, who.name, who.role, who.title)
    with (place / "acts.log").open("a", encoding="utf-8") as log:
        while not stopped:
            time.sleep(dice.expovariate(1 / _REST_S))
            try:
                act, code, run = _chosen(desk, dice, who.role)
            except DeskError:  # nothing could be read: nothing is tried
                continue
            mark = f"{number}-{dice.randrange(10**12)}"
            _say(log, {"act": act, "code": code, "mark": mark})
            _say(log, {"mark": mark, "outcome": _outcome(run, mark)})
    desk.close()


def _opened(place: Path, stopped: list[int]) -> Desk | None:
    while not stopped:
        try:
            return opening.open_desk(place, lambda: NOW)
        except Trouble:
            time.sleep(0.2)
    return None


def _say(log: TextIO, facts: dict[str, str]) -> None:
    log.write(json.dumps(facts) + "\n")
    log.flush()


def _outcome(run: Callable[[str], object], mark: str) -> str:
    try:
        run(mark)
    except Trouble as trouble:
        return {"answer-lost": UNKNOWN, "done-unread": DONE}.get(trouble.code, NOT_DONE)
    except Refused:
        return NOT_DONE
    return DONE


def _chosen(
    desk: Desk, dice: random.Random, role: Role
) -> tuple[str, str, Callable[[str], object]]:
    """Return an act that may be done or refused: its word in the ledger, its dossier, itself."""
    if role is Role.CLERK and dice.random() < 0.4:
        return "accept", "", lambda mark: intake.accept_dossier(desk, make_intake(note=mark))
    rows = progress.find_dossiers(desk, order="accepted", limit=40)
    if not rows:
        return "accept", "", lambda mark: intake.accept_dossier(desk, make_intake(note=mark))
    code = dice.choice(rows).code
    acts: dict[str, Callable[[str], object]] = {
        "hand-over": lambda mark: steps.hand_over(desk, [code], "nv1", note=mark),
        "shelve": lambda mark: steps.shelve(desk, code, mark),
        "ready": lambda _mark: steps.mark_ready(desk, code),
        "return": lambda _mark: steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào")),
        "pause": lambda mark: steps.pause(desk, code, PauseKind.OPINION, mark),
        "resume": lambda _mark: steps.resume(desk, code),
        "request": lambda mark: steps.request_supplement(desk, code, mark, ["Bản sao"]),
    }
    act = dice.choice(sorted(acts))
    return act, code, acts[act]


# --- the recount ----------------------------------------------------------------------------------


def _tried(place: Path) -> Iterator[Tried]:
    """Yield what a station wrote down, in order."""
    log = place / "acts.log"
    if not log.exists():
        return
    began: dict[str, dict[str, str]] = {}
    outcomes: dict[str, str] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):  # the last line of a station that was killed
            facts = json.loads(line)
            if "outcome" in facts:
                outcomes[facts["mark"]] = facts["outcome"]
            else:
                began[facts["mark"]] = facts
    for mark, facts in began.items():
        yield Tried(facts["act"], facts["code"], mark, outcomes.get(mark, UNKNOWN))


def _kept(url: str) -> dict[str, list[Kept]]:
    """Read the ledger by bare SQL: each official's acts in order."""
    with psycopg.connect(url) as server:
        marks: dict[str, str] = dict(
            server.execute(
                "SELECT d.code, a.note FROM dossiers d JOIN applicants a ON a.dossier = d.n"
            )
        )
        rows = server.execute("SELECT official, act, code FROM journal ORDER BY seq").fetchall()
    kept: dict[str, list[Kept]] = {}
    for official, act, code in rows:
        kept.setdefault(official, []).append(
            Kept(act, code, marks.get(code, "") if act == "accept" else "")
        )
    return kept


def _matches(tried: Tried, kept: Kept) -> bool:
    if tried.act != kept.act:
        return False
    return tried.mark == kept.mark if tried.act == "accept" else tried.code == kept.code


def differences(tried: Sequence[Tried], kept: Sequence[Kept]) -> Iterator[str]:
    """Yield where the ledger has not what a station was told, or more than that.

    What nobody heard of may stand there or not: `places` are all up to which it may have been read.
    """
    places = {0}
    for one in tried:
        behind = {place + 1 for place in places if place < len(kept) and _matches(one, kept[place])}
        if one.outcome == DONE and not behind:
            yield f"lost: {one}"
        elif one.outcome == DONE:
            places = behind
        elif one.outcome == UNKNOWN:
            places |= behind
    if len(kept) not in places:
        yield f"nobody did it, or twice: {kept[max(places)]}"


def _gaps(url: str) -> Iterator[str]:
    """Yield numbers that were taken twice, or that nobody has."""
    with psycopg.connect(url) as server:
        codes = [code for (code,) in server.execute("SELECT code FROM dossiers ORDER BY code")]
        slips = [n for (n,) in server.execute("SELECT number FROM slips ORDER BY number")]
    numbers = [int(code.rpartition("-")[2]) for code in codes]
    for name, found in (("codes", numbers), ("slips", slips)):
        if found != list(range(1, len(found) + 1)):
            yield f"numbers of {name}: {len(found)} from {found[:1]} to {found[-1:]}"


def _report(
    url: str, folder: Path, places: Sequence[Path], faults: Counter[str], took: float
) -> int:
    kept = _kept(url)
    problems: list[str] = []
    counted: Counter[str] = Counter()
    for number, place in enumerate(places):
        tried = list(_tried(place))
        counted.update(one.outcome for one in tried)
        problems += differences(tried, kept.get(f"nv{number}", []))
    problems += _gaps(url)
    desk = opening.open_desk(folder / "first", lambda: NOW)
    who = practice.OFFICIALS[-1]
    desk.official = Official(who.id, who.name, who.role, who.title)
    problems += upkeep.verify_ledger(desk).problems
    counts = Counter(act for acts in kept.values() for act in (one.act for one in acts))
    listed = len(progress.find_dossiers(desk, limit=100_000))
    if listed != counts["accept"]:
        problems.append(f"{listed} dossiers listed, {counts['accept']} taken in")
    desk.close()
    problems += recount.differences(url, folder / "first", NOW)
    tries = sum(counted.values())
    print(f"{len(places)} stations, {tries} acts tried in {took:.0f} s: {dict(counted)}")
    print(f"faults: {dict(faults)}; in the ledger: {dict(counts)}")
    print("\n".join(problems[:40]) or _ALL_WELL)
    return int(bool(problems))
