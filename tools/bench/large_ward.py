"""A ward of 60,000 dossiers: its board, strikes, fuse and morning sheet against their bare SQL."""

import gc
import sqlite3
from collections.abc import Callable, Iterator

from cchc_desk.actions.boards import morning
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import responsibility
from cchc_desk.session import Desk
from tools.bench import measure, ward
from tools.bench.measure import Result

DOSSIERS = 60_000


def results() -> Iterator[Result]:
    """One comparison for each answer."""
    desk = ward.open_ward(ward.large_ward(DOSSIERS))
    first, last = responsibility.year_to_date(desk.now())
    gc.freeze()
    answers: tuple[tuple[str, float, Callable[[], object]], ...] = (
        ("day board", 1.3, lambda: progress.day_board(desk)),
        ("strikes", 1.5, lambda: responsibility.strikes(desk, last.year)),
        ("fuse", 1.5, lambda: responsibility.fuse(desk, first, last)),
        ("morning sheet's numbers", 1.3, lambda: morning.morning(desk)),
    )
    for name, goal, ask in answers:
        bare = BareSql(desk, ask)
        pairs = measure.in_turn(measure.timed(ask), measure.timed(bare.run), rounds=60, warm=3)
        yield Result(f"{name} of 60,000 dossiers ÷ its bare SQL", goal, pairs)
        bare.connection.close()
    desk.close()


class BareSql:
    """The statements that `ask` puts to the file, asked by bare sqlite3, every row fetched."""

    def __init__(self, desk: Desk, ask: Callable[[], object]) -> None:
        self.statements: list[str] = []
        with desk.database.read() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.set_trace_callback(self.statements.append)
        ask()
        driver.set_trace_callback(None)
        asked = ("SELECT", "WITH")
        self.statements = [sql for sql in self.statements if sql.lstrip().startswith(asked)]
        self.connection = sqlite3.connect(desk.database.file)

    def run(self) -> None:
        """Every statement once."""
        for sql in self.statements:
            self.connection.execute(sql).fetchall()


if __name__ == "__main__":
    measure.write(results())
