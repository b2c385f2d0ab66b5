"""Growth: how much slower one more year of 20,000 dossiers makes each answer of a page.

The same question to a smaller and a larger ward in turn; what the larger one takes longer, for each
year that it has more, in per cent of what the smaller one takes. Neighbouring sizes are compared,
so that it shows where a line bends.
"""

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import pairwise

from cchc_desk.actions.boards import morning
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.papers import registers
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.session import Desk
from tools.bench import measure, ward
from tools.bench.measure import Result
from tools.bench.search import MOST

SIZES = (20_000, 60_000, 200_000, 1_000_000)
GOAL = 5.0  # per cent a year
Ask = Callable[[Desk], object]
Rows = tuple[DossierRow, ...]
QUERIES = {
    "a beginning (ng)": "ng",
    "a family name (nguyễn thị)": "nguyễn thị",
    "a whole name (trần văn an)": "trần văn an",
    "a phone's beginning (0912)": "0912",
    "a day of codes (261120)": "261120",
}


def results() -> Iterator[Result]:
    """Each answer between each two neighbouring sizes."""
    for small, large in pairwise(SIZES):
        desks = [ward.open_ward(ward.large_ward(size)) for size in (large, small)]
        gc.freeze()
        for name, ask in answers().items():
            ours, floor = (measure.timed(bound(ask, desk)) for desk in desks)
            pairs = measure.in_turn(ours, floor, rounds_for(floor() + ours()))
            years = (large - small) // ward.A_YEAR
            yield Result(f"{name}, {large:,} after {small:,}", GOAL, pairs, years=years)
        for desk in desks:
            desk.close()


def answers() -> dict[str, Ask]:
    """The questions that pages ask, by the name of the answer."""
    orders = {
        f"list by {order}": partial(find, order=order) for order in ("accepted", "due", "name")
    }
    filters = {f"list of the {only}": partial(find, only=only) for only in ("open", "late", "owed")}
    searches = {f"search: {words}": partial(find, query=query) for words, query in QUERIES.items()}
    return {
        "day board": progress.day_board,
        "morning sheet's numbers": morning.morning,
        "dossier page": lambda desk: [
            progress.show_dossier(desk, row.code) for row in find(desk, limit=5)
        ],
        "late share of the year": lambda desk: responsibility.fuse(
            desk, *responsibility.year_to_date(desk.now())
        ),
        "strikes of the year": lambda desk: responsibility.strikes(desk, desk.now().year),
        "register book of a week": book_of_a_week,
        **orders,
        **filters,
        **searches,
    }


def find(
    desk: Desk, query: str = "", *, only: str = "all", order: str = "accepted", limit: int = MOST
) -> Rows:
    return progress.find_dossiers(desk, query, only=only, order=order, limit=limit)


def book_of_a_week(desk: Desk) -> object:
    today = desk.now().date()
    return registers.book_rows(desk, today - timedelta(days=6), today)


def bound(ask: Ask, desk: Desk) -> Callable[[], object]:
    return lambda: ask(desk)


def rounds_for(ms: float) -> int:
    """Thirty rounds of quick answers, fewer of one that takes long."""
    return max(5, min(30, round(8_000 / ms)))


if __name__ == "__main__":
    measure.write(results())
