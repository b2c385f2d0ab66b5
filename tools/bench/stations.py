"""A station on the ward's PostgreSQL: an acceptance, its board, its search, what others see."""

import gc
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg

from cchc_desk import paths
from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import stations
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.session import Desk
from cchc_desk.store.engine.ward.connection import StationConnection
from tests.engines import empty_database, join
from tools.bench import measure, ward
from tools.bench.accept import RawDesk
from tools.bench.measure import Pair, Result
from tools.postgres import postgres
from tools.ward import contention
from tools.ward.there_and_back import move_there

DOSSIERS = 60_000
QUERIES = ("nguyen", "nguyễn thị", "dao", "tran van", "0912", "le thi kim o", "2611")
ROUNDS, AT_ONCE = 60, 5


def results() -> Iterator[Result]:
    """Acceptance and news with commits that wait for the disk; board and search of a large ward."""
    with tempfile.TemporaryDirectory() as name, postgres(durable=True) as server:
        folder = Path(name)
        desk = _station(folder / "desk", server.url)
        yield Result("accept ÷ same rows by bare psycopg", 2.0, _accept(desk, server.url))
        yield Result("an act shown at another station (goal: 300 ms)", 1.0, _shown(desk))
        desk.close()
        contention.measure(12, 30, 0.0, say=measure.remark)
    with ward.copy_of(ward.large_ward(DOSSIERS)) as folder, postgres() as server:
        move_there(folder, server.url)
        desk = ward.open_ward(folder)
        gc.freeze()
        asked: tuple[tuple[str, Callable[[], object]], ...] = (
            ("day board", lambda: progress.day_board(desk)),
            ("search", lambda: [progress.find_dossiers(desk, one, limit=200) for one in QUERIES]),
        )
        for what, ask in asked:
            bare = _BareSql(desk, ask)
            pairs = measure.in_turn(measure.timed(ask), measure.timed(bare.run), rounds=40, warm=3)
            yield Result(f"{what} of 60,000 dossiers on PostgreSQL ÷ its bare SQL", 1.5, pairs)
            bare.connection.close()
        desk.close()


def _station(folder: Path, server: str) -> Desk:
    folder.mkdir()
    join(folder, server)
    desk = new_desk.set_up(folder, practice.plan(), lambda: ward.NOW, practice=True)
    accounts.log_in(desk, ward.CLERK, practice.PASSWORD)
    return desk


# --- an acceptance --------------------------------------------------------------------------------


def _accept(desk: Desk, server: str) -> tuple[Pair, ...]:
    wanted = ward.an_intake()
    code = intake.accept_dossier(desk, wanted).code
    url = json.loads(paths.ward_file(desk.folder).read_text())["url"]
    desk.database.wait_for_disk(True)  # its connections close: a database in use is copied nowhere
    bare = _BareAcceptance(url, empty_database(server, _name(url)), code)
    gc.freeze()
    return measure.in_turn(
        measure.timed(lambda: intake.accept_dossier(desk, wanted), AT_ONCE),
        measure.timed(bare.write, AT_ONCE),
        ROUNDS,
        warm=4,
    )


def _name(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])


class _BareAcceptance:
    """The rows of one accepted dossier, written by bare psycopg into a ward of its own."""

    def __init__(self, url: str, own: str, code: str) -> None:
        self.connection = psycopg.connect(own, autocommit=True)
        with psycopg.connect(url) as source:
            n, seq = source.execute(
                "SELECT n, last_entry FROM dossiers WHERE code = %s", (code,)
            ).fetchone() or (0, 0)
            keys = {"dossiers": ("n", n), "journal": ("seq", seq), "journal_details": ("seq", seq)}
            self.rows: dict[str, list[tuple[Any, ...]]] = {}
            for table in (*RawDesk.TABLES, "dossier_search"):
                column, value = keys.get(
                    table, ("n" if table == "dossier_search" else "dossier", n)
                )
                sql = f"SELECT * FROM {table} WHERE {column} = %s"
                self.rows[table] = source.execute(sql, (value,)).fetchall()
        self.n, self.seq = n, seq

    def write(self) -> None:
        """One transaction: the rows, the number, the outbox mark; alone, as an act is."""
        self.n, self.seq = self.n + 1, self.seq + 1
        run: Callable[..., Any] = self.connection.execute
        run("BEGIN")
        run("SELECT pg_advisory_xact_lock(1)")
        for table, rows in self.rows.items():
            first = self.seq if table.startswith("journal") else self.n
            for row in rows:
                values = (first, *row[1:])
                if table == "dossiers":
                    values = (first, f"id-{first}", row[2], f"code-{first}", *row[4:])
                run(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(values))})", values)
        run("UPDATE numbers SET next = next + 1 WHERE series = 'dossier'")
        run("UPDATE outbox SET changed = 1")
        run("DELETE FROM drafts WHERE official = 'an'")
        run("DELETE FROM row_changes")
        run("COMMIT")


# --- what another station sees --------------------------------------------------------------------


def _shown(desk: Desk) -> tuple[Pair, ...]:
    """From the return of an act to the dossier as another station reads it, in ms; 300 beside."""
    other = opening.open_desk(desk.folder, lambda: ward.NOW)
    accounts.log_in(other, ward.LEADER, practice.PASSWORD)
    code = intake.accept_dossier(desk, ward.an_intake()).code
    watch = stations.watch(other)
    assert watch is not None, "a station has others"
    seen, came = [0.0], threading.Event()

    def listen() -> None:
        for news in watch.news():
            if isinstance(news, stations.News) and news.changes:
                progress.show_dossier(other, code)
                seen[0] = time.perf_counter()
            came.set()

    listener = threading.Thread(target=listen)
    listener.start()
    pairs = []
    for number in range(30):
        came.wait(10)
        came.clear()
        steps.shelve(desk, code, f"kệ {number}")
        done = time.perf_counter()
        came.wait(10)
        pairs.append(((seen[0] - done) * 1000, 300.0))
        came.set()
    watch.stop()
    listener.join()
    other.close()
    return tuple((max(ours, 0.01), goal) for ours, goal in pairs)


# --- bare SQL -------------------------------------------------------------------------------------


class _BareSql:
    """The statements that `ask` puts to the server, asked by bare psycopg, every row fetched."""

    def __init__(self, desk: Desk, ask: Callable[[], object]) -> None:
        self.statements: list[tuple[Any, Any]] = []
        ours = StationConnection.execute

        def noted(line: StationConnection, query: Any, params: Any = None, **options: Any) -> Any:
            if str(query).lstrip().startswith(("SELECT", "WITH")):
                self.statements.append((query, params))
            return ours(line, query, params, **options)

        with mock.patch.object(StationConnection, "execute", noted):
            ask()
        url = json.loads(paths.ward_file(desk.folder).read_text())["url"]
        self.connection = StationConnection.to(url, 0.0)

    def run(self) -> None:
        """Every statement once."""
        for query, params in self.statements:
            self.connection.execute(query, params).fetchall()


if __name__ == "__main__":
    measure.write(results())
