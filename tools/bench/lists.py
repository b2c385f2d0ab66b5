"""A list of 50,000 rows of another system: read for the preview, and taken.

While a worker takes it, the longest that another thread has to wait for its turn is measured: a key
in the window waits no longer.

The preview against the bare reading of the workbook by its library; taking against bare inserts of
the same rows into a file with the same tables and indexes. Memory is the most that the process has
held until then, in MB, against the goal; the list is made by another one.
"""

import multiprocessing
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook

from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.lists import preview, taking
from cchc_desk.actions.lists.reading import ListFile
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine.dialects.words import IndexRow
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import NOW, igate, make_dossiers
from tools.bench import measure
from tools.bench.measure import Result

ROWS = 50_000
ROUNDS = 3  # of taking, each in a ward of its own
PREVIEW, TAKE, MEMORY = 4.0, 3.0, 300.0  # goals: times the floor, times the floor, MB
WAIT = 500.0  # ms, the longest of a key while a list is taken
_TABLES = (
    "dossiers",
    "applicants",
    "promises",
    "journal",
    "journal_details",
    "listed",
    "disagreements",
)


def results() -> Iterator[Result]:
    """The preview, the taking, and the memory of both."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        maker = multiprocessing.get_context("spawn").Process(target=big_list, args=(file,))
        maker.start()
        maker.join()
        desk = open_desk(Path(folder) / "ward")
        pairs = measure.in_turn(
            lambda: seconds(lambda: preview.preview_list(desk, file)),
            lambda: seconds(lambda: bare_reading(file)),
            rounds=5,
        )
        yield Result(f"preview of {ROWS:,} rows after bare reading", PREVIEW, pairs, unit="s")
        shown = preview.preview_list(desk, file).list
        desk.close()
        rounds = [take_once(Path(folder) / f"round-{n}", file, shown) for n in range(ROUNDS)]
        pairs = tuple(once.pair for once in rounds)
        yield Result(f"taking {ROWS:,} rows after bare inserts", TAKE, pairs, unit="s")
        memory = rounds[0].memory  # later ones follow a floor, which holds all rows at once
        yield Result("memory, after 300 MB", 1.0, ((memory, MEMORY),), unit="MB")
        waits = tuple((once.wait, WAIT) for once in rounds)
        yield Result("a key while a list is taken, after 500 ms", 1.0, waits)


class Taken(NamedTuple):
    """One taking: its time and that of its floor, the most memory so far, the longest wait."""

    pair: measure.Pair
    memory: float
    wait: float


def take_once(room: Path, file: Path, shown: ListFile) -> Taken:
    """Take the list as the window does, what the preview has shown, into a ward of its own."""
    room.mkdir()
    desk, waits = open_desk(room / "ward"), list[float]()
    take = partial(taking.take_shown, desk, file, shown)
    ours = seconds(lambda: waits.append(measure.longest_wait(take)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with desk.read() as connection:
        indexed = list(search.index_rows(connection))
    desk.close()
    floor = bare_inserts(room / "ward" / "desk.db", room / "bare.db", indexed)
    return Taken((ours, floor), memory, waits[0])


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def big_list(file: Path) -> None:
    """Write a list of ROWS dossiers of as many people."""
    dice = random.Random(4)
    file.write_bytes(xlsx(igate(make_dossiers(ROWS, dice), dice).rows))


def open_desk(folder: Path) -> Desk:
    new_desk.set_up(folder, practice.plan(), lambda: NOW, practice=True).close()
    desk = opening.open_desk(folder, lambda: NOW)
    desk.official = Official("an", "An", Role.CLERK)
    return desk


def bare_reading(file: Path) -> None:
    CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def bare_inserts(source: Path, target: Path, indexed: list[IndexRow]) -> float:
    """Return the time of inserting the rows of `source` into the same tables of a new file.

    `indexed` are those of the search, which keeps no row that could be read.
    """
    read, write = sqlite3.connect(source), sqlite3.connect(target, isolation_level=None)
    schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND "
    for (sql,) in read.execute(f"{schema} name NOT LIKE 'dossier_search_%'"):
        write.execute(sql)
    rows = {name: read.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
    read.close()

    def insert() -> None:
        write.execute("BEGIN")
        for name, some in rows.items():
            places = ", ".join("?" * len(some[0]))
            write.executemany(f"INSERT INTO {name} VALUES ({places})", some)
        write.executemany(
            "INSERT INTO dossier_search (rowid, folded, exact, tails) VALUES (?, ?, ?, ?)", indexed
        )
        write.execute("COMMIT")

    taken = seconds(insert)
    write.close()
    return taken


if __name__ == "__main__":
    measure.write(results())
