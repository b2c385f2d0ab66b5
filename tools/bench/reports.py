"""Form II.06a over a million dossiers: a month, a year, after a change; time, memory and growth.

    python -m tools.bench.reports             a million
    python -m tools.bench.reports 5000000     another size: the file grows with it, 1 GB a million

The dossiers are rows alone, of ten years and twenty fields; no paper, person or ledger is counted.
The floor is the faster of two statements written by hand: one pass over all dossiers, and one over
those that the indexes find.
"""

import multiprocessing
import resource
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from cchc_desk.actions.reports import reports, summing
from cchc_desk.domain.reports.report import Asked
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import day_summaries
from tools.bench import measure, ward
from tools.bench.measure import Result

DOSSIERS, ROUNDS = 1_000_000, 11
RATIO, SECOND, MEMORY = 1.2, 1000.0, 150.0  # goals: times the floor, ms, MB above idle
WAIT = 50.0  # ms, the longest of a key while a report is made
PERIODS = {
    "a month": Asked(date(2026, 10, 1), date(2026, 10, 31)),
    "a year": Asked(date(2025, 1, 1), date(2025, 12, 31)),
}


def results(dossiers: int) -> Iterator[Result]:
    """The report of each period against its floor and the second; memory; after one change."""
    ward.MADE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ward.MADE) as folder:
        desk = ward.empty_desk(Path(folder) / "ward")
        filler = multiprocessing.get_context("spawn").Process(
            target=fill, args=(desk.database.file, dossiers)
        )  # whose memory is not that of a report
        filler.start()
        filler.join()
        idle, size = _memory(), f"of {dossiers:,} dossiers"
        summed = measure.timed(lambda: summing.sum_days(desk))()
        yield Result(f"the days {size} summed at first, in seconds", 60, ((summed / 1000, 1.0),))
        with closing(sqlite3.connect(desk.database.file)) as bare:
            for name, asked in PERIODS.items():
                floor = fastest(bare, asked)
                ours = measure.timed(partial(reports.make, desk, "ii-06a", asked))
                assert same(desk, bare, asked), "the report is not what its floor counts"
                pairs = measure.in_turn(ours, measure.timed(floor), ROUNDS)
                yield Result(f"form II.06a of {name} {size} ÷ its bare SQL", RATIO, pairs)
                took = tuple((mine, SECOND) for mine, _floor in pairs)
                yield Result(f"form II.06a of {name} {size} ÷ one second", 1.0, took)
        yield Result(
            f"memory of a report {size} ÷ 150 MB", 1.0, ((_memory() - idle, MEMORY),), "MB"
        )
        ask = partial(reports.make, desk, "ii-06a", PERIODS["a year"])
        waits = tuple((measure.longest_wait(ask), WAIT) for _round in range(ROUNDS))
        yield Result(f"a key while a report {size} is made ÷ 50 ms", 1.0, waits)
        yield from after_a_change(desk, size)
        desk.close()


def after_a_change(desk: Desk, size: str) -> Iterator[Result]:
    """The report of a year right after one dossier of ten years ago has changed."""

    def changed() -> float:
        with desk.write() as connection:
            connection.exec_driver_sql("UPDATE dossiers SET channel = 'post' WHERE n = 4711")
        return measure.timed(lambda: reports.make(desk, "ii-06a", PERIODS["a year"]))()

    def unchanged() -> float:
        with desk.write() as connection:
            day_summaries.sum_block(connection, 0)
        return measure.timed(lambda: reports.make(desk, "ii-06a", PERIODS["a year"]))()

    pairs = measure.in_turn(changed, unchanged, ROUNDS)
    yield Result(f"a year after one change {size} ÷ without one", 10, pairs)


def _memory() -> float:
    """Return the most that this process has held until now, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- the dossiers ---------------------------------------------------------------------------------

_FILL = """
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :count),
lives AS (
  SELECT i, date('2016-11-24', '+' || (i * 3650 / :count) || ' days') AS day,
    i * 7919 % 11 AS took, i * 104729 % 100 AS dice FROM numbers
)
INSERT INTO dossiers (n, id, desk, code, status, procedure_code, procedure_name, procedure_version,
  field, regime, limit_text, channel, sets, fee, accepted, entered, accepted_by, holder, first_due,
  due, provisional, ready, closed, last_minute, ended, paused_since)
SELECT i, 'id' || i, 'D', 'C' || i, CASE WHEN i > :count - 3000 THEN 1 ELSE 5 END, '1.' || (i % 97),
  'Thủ tục ' || (i % 97), 'v', 'Lĩnh vực ' || (i % 20), '2020', '5 ngày làm việc',
  CASE WHEN i % 3 THEN 'counter' ELSE 'online' END, 1, '', day || 'T08:30', day || 'T08:30', 'an',
  'an', date(day, '+8 days') || 'T17:00', date(day, '+8 days') || 'T17:00', 0,
  CASE WHEN i <= :count - 3000 AND dice > 1 THEN date(day, '+' || took || ' days') || 'T15:10' END,
  CASE WHEN i <= :count - 3000 THEN date(day, '+' || took || ' days') || 'T16:00' END,
  date(day, '+8 days') || 'T23:59',
  CASE WHEN i <= :count - 3000 AND dice <= 1 THEN date(day, '+' || took || ' days') || 'T15:10' END,
  CASE WHEN i > :count - 3000 AND dice = 50 THEN day || 'T10:00' END
FROM lives
"""


def fill(file: Path, count: int) -> None:
    """Write so many dossiers into the file of a desk that has none."""
    with closing(sqlite3.connect(file)) as bare, bare:
        bare.execute("PRAGMA cache_size = -400000")
        bare.execute(_FILL, {"count": count})


# --- the floor ------------------------------------------------------------------------------------

_COUNTS = """
SELECT field,
 count(*) FILTER (WHERE accepted BETWEEN :start AND :end AND channel = 'online'),
 count(*) FILTER (WHERE accepted BETWEEN :start AND :end AND channel <> 'online'),
 count(*) FILTER (WHERE accepted < :start),
 count(*) FILTER (WHERE ready BETWEEN :start AND :end
   AND substr(ready, 1, 10) < substr(first_due, 1, 10)),
 count(*) FILTER (WHERE (ready BETWEEN :start AND :end AND ready <= last_minute
   AND substr(ready, 1, 10) >= substr(first_due, 1, 10)) OR ended BETWEEN :start AND :end),
 count(*) FILTER (WHERE ready BETWEEN :start AND :end AND ready > last_minute),
 count(*) FILTER (WHERE coalesce(ready, ended, '9') > :end
   AND (last_minute >= :end OR paused_since <= first_due)),
 count(*) FILTER (WHERE coalesce(ready, ended, '9') > :end AND last_minute < :end
   AND (paused_since IS NULL OR paused_since > first_due))
FROM {dossiers} GROUP BY field
"""
_ONE_PASS = _COUNTS.format(
    dossiers="dossiers WHERE accepted <= :end AND coalesce(ready, ended, '9') >= :start "
    "AND cancelled IS NULL"
)
_BY_INDEXES = _COUNTS.format(
    dossiers="""dossiers WHERE cancelled IS NULL AND n IN (
  SELECT n FROM dossiers WHERE accepted BETWEEN :start AND :end
  UNION SELECT n FROM dossiers WHERE ready >= :start AND accepted <= :end
  UNION SELECT n FROM dossiers WHERE ended >= :start AND accepted <= :end
  UNION SELECT n FROM dossiers WHERE closed IS NULL AND accepted <= :end
    AND coalesce(ready, ended, '9') >= :start)"""
)


def fastest(bare: sqlite3.Connection, asked: Asked) -> Callable[[], object]:
    """Return what asks the statement that is the faster one for this period."""

    def ask(sql: str) -> Callable[[], object]:
        return lambda: bare.execute(sql, bounds(asked)).fetchall()

    both = [ask(sql) for sql in (_ONE_PASS, _BY_INDEXES)]
    took = [statistics.median(measure.timed(one)() for _ in range(3)) for one in both]
    return both[took.index(min(took))]


def bounds(asked: Asked) -> dict[str, str]:
    end = min(f"{asked.last}T23:59", f"{ward.NOW:%Y-%m-%dT%H:%M}")
    return {"start": f"{asked.first}T00:00", "end": end}


def same(desk: Desk, bare: sqlite3.Connection, asked: Asked) -> bool:
    """True where both count the same in every cell."""
    table = reports.make(desk, "ii-06a", asked).table
    columns = ("field", "c4", "c5", "c6", "c8", "c9", "c10", "c12", "c13")
    ours = {tuple(table.value(row, name) for name in columns) for row in table.rows}
    return ours == {row for row in bare.execute(_ONE_PASS, bounds(asked)) if any(row[1:])}


if __name__ == "__main__":
    measure.write(results(int(sys.argv[1]) if len(sys.argv) > 1 else DOSSIERS))
