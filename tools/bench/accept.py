"""Accepting: one durable dossier, against the same rows written by bare sqlite3, FULL."""

import gc
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cchc_desk.actions.intake import intake
from tools.bench import measure, ward
from tools.bench.measure import Result

ROUNDS, AT_ONCE = 60, 5


def results() -> Iterator[Result]:
    """In rounds of some dossiers each; the median of a round is a pair's value."""
    with tempfile.TemporaryDirectory() as folder:
        desk, wanted = ward.empty_desk(Path(folder) / "desk"), ward.an_intake()
        code = intake.accept_dossier(desk, wanted).code
        raw = RawDesk(Path(folder) / "raw.db", desk.database.file, code)
        gc.freeze()  # as the window does once it stands
        pairs = measure.in_turn(
            measure.timed(lambda: intake.accept_dossier(desk, wanted), AT_ONCE),
            measure.timed(raw.write, AT_ONCE),
            ROUNDS,
            warm=4,
        )
        yield Result("accept (durable) ÷ same rows by raw sqlite3, FULL", 1.6, pairs)
        desk.close()
        raw.connection.close()


class RawDesk:
    """The tables, indexes and rows of one accepted dossier, written by bare sqlite3."""

    TABLES = ("dossiers", "applicants", "papers", "promises", "journal", "journal_details")

    def __init__(self, file: Path, source: Path, code: str) -> None:
        copy = sqlite3.connect(source)
        self.connection = sqlite3.connect(file, isolation_level=None)
        copy.backup(self.connection)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
        ):
            self.connection.execute(f"PRAGMA {pragma}")
        n = copy.execute("SELECT n FROM dossiers WHERE code = ?", (code,)).fetchone()[0]
        seq = copy.execute("SELECT seq FROM journal WHERE code = ?", (code,)).fetchone()[0]
        keys = {"dossiers": ("n", n), "journal": ("seq", seq), "journal_details": ("seq", seq)}
        self.rows = {}
        for table in self.TABLES:
            column, value = keys.get(table, ("dossier", n))
            sql = f"SELECT * FROM {table} WHERE {column} = ?"
            self.rows[table] = copy.execute(sql, (value,)).fetchall()
        self.keys = (
            "nguyen thi anh dao h13 999 261123 0001 092190001234 0912345678",
            "nguyễn thị ánh đào",
        )
        self.n, self.seq = n, seq
        copy.close()

    def write(self) -> None:
        """One transaction: the eight inserts, the number, the outbox mark."""
        self.n, self.seq = self.n + 1, self.seq + 1
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        for table, rows in self.rows.items():
            first = self.seq if table.startswith("journal") else self.n
            for row in rows:
                values = (first, *row[1:])
                if table == "dossiers":
                    values = (first, f"id-{first}", row[2], f"code-{first}", *row[4:])
                run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
        search = "INSERT INTO dossier_search (rowid, folded, exact) VALUES (?, ?, ?)"
        run(search, (self.n, *self.keys))
        run("UPDATE numbers SET next = next + 1 WHERE series = 'dossier'")
        run("UPDATE outbox SET changed = 1")
        run("DELETE FROM drafts WHERE official = 'an'")
        run("COMMIT")


if __name__ == "__main__":
    measure.write(results())
