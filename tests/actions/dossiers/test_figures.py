"""Every figure equals a plain recount over the dossiers, on random wards in a real database."""

import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_desk.actions.boards import morning
from cchc_desk.actions.courtesy.courtesy import desk_report
from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import progress, reminders, steps, supplements
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.papers import registers
from cchc_desk.domain import figures as names
from cchc_desk.domain.courtesy import Share
from cchc_desk.domain.dossiers.dossier import Dossier, How, LetterState
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.figures import (
    CARRIED_OVER,
    FLOWS,
    OPEN_IN_TIME,
    PERIOD_FIGURES,
    READY_EARLY,
    READY_ON_TIME,
    RECEIVED_ON_PAPER,
    RECEIVED_ONLINE,
    STANDING,
    Figure,
    Origin,
    Period,
    of_origin,
)
from cchc_desk.domain.late_share import SHARE_LATE, SHARE_TOTAL
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store import courtesy
from cchc_desk.store.city import day_counts
from cchc_desk.store.dossiers import figures, lists
from cchc_desk.store.engine.database import run
from tests import recount
from tests.actions.conftest import TableClock, become
from tests.city.random_life import PEOPLE, act, codes, some_time
from tests.engines import ON_POSTGRESQL, copy_desk, drop_below

AMONG_LATE = (names.DUE_LATE, names.APOLOGISED, names.TOLD_IN_TIME, names.REAPPOINTED)
FORM_II_06 = (
    RECEIVED_ONLINE,
    RECEIVED_ON_PAPER,
    CARRIED_OVER,
    READY_EARLY,
    READY_ON_TIME,
    OPEN_IN_TIME,
)


@contextmanager
def random_ward(ward: Path, rng: random.Random) -> Iterator[Desk]:
    """A desk at which people acted by chance for some weeks."""
    clock = TableClock()
    with tempfile.TemporaryDirectory() as name, own_copy(ward, Path(name), clock) as desk:
        live(desk, clock, rng)
        yield desk


@contextmanager
def own_copy(ward: Path, folder: Path, clock: TableClock) -> Iterator[Desk]:
    """The ward's own copy; gone at the end, also where Hypothesis breaks off an example."""
    copy_desk(ward, folder)
    desk = opening.open_desk(folder, clock)
    try:
        yield desk
    finally:
        desk.close()
        drop_below(folder)


def live(desk: Desk, clock: TableClock, rng: random.Random) -> None:
    """Let people act by chance for some weeks."""
    become(desk, "an")
    for _moment in range(rng.randint(5, 25)):
        for _act in range(rng.randint(1, 6)):
            act(desk, clock, rng)
        some_time(clock, rng)
    for code in codes(desk):
        if rng.random() < 0.3:
            ask_twice(desk, code)
        if rng.random() < 0.3:
            with suppress(Refused):
                reminders.remind(desk, code, Asker.CITIZEN, How.PHONE)
    blame(desk, rng)
    watch_some(desk, rng)
    if rng.random() < 0.5:
        apologise(desk)
        clock.now += timedelta(days=rng.randint(0, 12))


def blame(desk: Desk, rng: random.Random) -> None:
    """Nobody decides about what they did themselves, as the leader did all of it: the city did."""
    become(desk, "dung")
    for code in codes(desk):
        if rng.random() < 0.3:
            who, paper = rng.choice(PEOPLE), "Quyết định số 15/QĐ-UBND"
            with suppress(Refused):
                responsibility.fix_responsibility(
                    desk, code, "own-error", who, own_fault=True, document=paper
                )
    become(desk, "chi")


def watch_some(desk: Desk, rng: random.Random) -> None:
    """Some of the dossiers are watched from now on, as if a list had named them."""
    with desk.database.write() as connection:
        for code in codes(desk):
            if rng.random() < 0.4:
                run(connection, "UPDATE dossiers SET system = 'iGate' WHERE code = ?", (code,))


def ask_twice(desk: Desk, code: str) -> None:
    """What chance seldom does to one dossier: a supplement, brought, and a second one."""
    with suppress(Refused):
        steps.request_supplement(desk, code, "Thiếu bản sao")
        steps.supplement_brought(desk, code)
        steps.request_supplement(desk, code, "Thiếu chữ ký", unmet=True)


def apologise(desk: Desk) -> None:
    """Every letter owed is signed and handed over; open dossiers get their second date."""
    become(desk, "chi")
    letters.draft_what_is_owed(desk)
    letters.sign_all(desk)
    for row in letters.letters(desk, LetterState.SIGNED):
        letters.deliver_letter(desk, row.letter.id, How.COUNTER)


@settings(
    max_examples=int(os.environ.get("WARDS", "4" if ON_POSTGRESQL else "10")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rng=st.randoms(use_true_random=False))
def test_every_figure_is_a_plain_recount_over_the_dossiers(ward: Path, rng: random.Random) -> None:
    with random_ward(ward, rng) as desk:
        now, dossiers = desk.now(), recount.whole(desk)
        days = (now.date() - date(2026, 11, 20)).days
        first = now.date() - timedelta(days=rng.randint(0, days))
        last = first + timedelta(days=rng.randint(0, days))
        periods = [
            Period.of_year(now.year, now),
            Period.until_now(first, max(first, min(last, now.date())), now),
            Period.of_days(first, last, now),
        ]
        for within in periods:
            assert_origins(desk, dossiers, within)
            assert_conditions(dossiers, within)
            assert_period(desk, dossiers, within)
        assert_days(desk, dossiers, first)
        for origin in Origin:
            assert_lists(desk, recount.of_origin(dossiers, origin), origin)
        assert_all_is_desk_and_list(desk, dossiers, first, max(first, last))


def test_no_figure_goes_without_a_recount() -> None:
    declared = {figure for figure in vars(names).values() if isinstance(figure, Figure)}
    assert declared == set(recount.RULES)


def assert_conditions(dossiers: list[Dossier], within: Period) -> None:
    for figure in recount.RULES:
        holds = figure.condition.holds
        found = {dossier.code for dossier in dossiers if holds(dossier, within)}
        assert found == recount.codes(figure, dossiers, within), figure.name


def assert_period(desk: Desk, dossiers: list[Dossier], within: Period) -> None:
    """The counts, the lists behind them, and what else is asked of a period."""
    past = within._replace(now=min(within.now, within.end))
    with desk.database.read() as connection:
        for figure in (*PERIOD_FIGURES, *FORM_II_06):
            expected = recount.codes(figure, dossiers, within)
            assert figures.count(connection, figure, within) == len(expected), figure.name
            behind = figures.codes(connection, figure, within)
            assert (set(behind), len(behind)) == (expected, len(expected)), figure.name
        due = {row.code for row in lists.behind(connection, names.DUE, within)}
        faults = {code for _official, code in figures.faults(connection, within)}
        apologies = {late.code for late in courtesy.late(connection, past)}
        causes = dict(figures.causes(connection, within))
    assert due == recount.codes(names.DUE, dossiers, within)
    assert faults == recount.codes(names.FAULT, dossiers, within)
    assert apologies == recount.codes(names.DUE_LATE_BY_NOW, dossiers, past)
    late = set[str]().union(*(recount.codes(figure, dossiers, within) for figure in SHARE_LATE))
    assert causes == Counter(recount.cause(one) for one in dossiers if one.code in late)


def assert_origins(desk: Desk, dossiers: list[Dossier], within: Period) -> None:
    """Of each origin every count is a recount of its dossiers alone; both add up to all."""
    parts = {one: recount.of_origin(dossiers, one) for one in Origin}
    for figure in recount.RULES:
        for one, some in parts.items():
            holds = of_origin(figure, one).condition.holds
            found_in_domain = {dossier.code for dossier in dossiers if holds(dossier, within)}
            assert found_in_domain == recount.codes(figure, some, within), figure.name
    with desk.database.read() as connection:
        for figure in (*PERIOD_FIGURES, *AMONG_LATE):
            found = {one: figures.count(connection, figure, within, one) for one in Origin}
            assert found == {
                one: recount.count(figure, some, within) for one, some in parts.items()
            }, figure.name
            assert found[Origin.ALL] == found[Origin.DESK] + found[Origin.LIST]
        for one, some in parts.items():
            faults = {code for _official, code in figures.faults(connection, within, one)}
            assert faults == recount.codes(names.FAULT, some, within)
            behind = set(figures.codes(connection, names.OPEN, within, one))
            assert behind == recount.codes(names.OPEN, some, within)
            covered = figures.coverage(connection, within, one)
            assert 0 <= covered.apologised <= covered.late
            assert 0 <= covered.told <= covered.late
        causes = [dict(figures.causes(connection, within, one)) for one in Origin]
    assert Counter(causes[0]) == Counter(causes[1]) + Counter(causes[2])


def assert_days(desk: Desk, dossiers: list[Dossier], first: date) -> None:
    """The days as the city is told of them, counted many in one pass."""
    now = desk.now()
    with desk.database.read() as connection:
        counted = day_counts.count_days(connection, first, now.date(), now)
    for day, found in counted.items():
        within = Period.until_now(day, day, now)
        sums = {flow.name: sum(getattr(one, flow.name) for one in found.flows) for flow in FLOWS}
        sums |= {figure.name: getattr(found, figure.name) for figure in STANDING}
        assert sums == {
            figure.name: recount.count(figure, dossiers, within) for figure in (*FLOWS, *STANDING)
        }
        whole_day = Period.of_days(day, day, now)
        late = {one.code: one for one in found.late}
        assert set(late) == recount.codes(names.DUE_LATE, dossiers, whole_day)
        told = {code for code, one in late.items() if one.told == "in-time"}
        assert told == recount.codes(names.TOLD_IN_TIME, dossiers, whole_day)
        assert_counts_of_day(desk, dossiers, whole_day)


def assert_counts_of_day(desk: Desk, dossiers: list[Dossier], within: Period) -> None:
    """What the day board says of a day, of each origin."""
    for origin in Origin:
        some, day = recount.of_origin(dossiers, origin), within.start.date()
        with desk.database.read() as connection:
            found = lists.day_counts(connection, day, within.now, origin)
        returned = [one for one in some if one.returned and one.returned.date() == day]
        assert found.taken_in == recount.count(names.RECEIVED, some, within)
        assert found.returned == len(returned)


def assert_lists(desk: Desk, dossiers: list[Dossier], origin: Origin) -> None:
    """What the lists and the day board show of late dossiers and letters owed of one origin."""
    now = desk.now()
    owed = {dossier.code: recount.letters_owed(dossier, now) for dossier in dossiers}
    rows = progress.find_dossiers(desk, limit=1000, origin=origin)
    assert {row.code: row.letters_owed for row in rows} == owed
    assert {row.code: row.late for row in rows} == {
        dossier.code: recount.is_late(dossier, now) for dossier in dossiers
    }
    board = progress.day_board(desk, origin)
    assert {row.code for row in board.letters_owed} == {
        code for code, number in owed.items() if number
    }
    assert {row.code for row in board.late} == recount.codes(
        names.OVERDUE, dossiers, Period.at(now)
    )
    today = Period.of_days(now.date(), now.date(), now)
    assert {row.code for row in board.due_today} == recount.codes(names.DUE, dossiers, today)
    answer = responsibility.fuse(desk, *responsibility.year_to_date(now), origin)
    within = Period.until_now(*responsibility.year_to_date(now), now)
    late, total = (
        sum(recount.count(figure, dossiers, within) for figure in part)
        for part in (SHARE_LATE, SHARE_TOTAL)
    )
    assert (answer.fuse.late, answer.fuse.total) == (late, total)


def assert_all_is_desk_and_list(
    desk: Desk, dossiers: list[Dossier], first: date, last: date
) -> None:
    """Every list and count of the desk, of all dossiers, is those of both origins together."""
    become(desk, "chi")
    found = {one: counted(desk, one, first, last) for one in Origin}
    watched = {dossier.code for dossier in dossiers if dossier.system}
    for name, whole in found[Origin.ALL].items():
        own, listed = found[Origin.DESK][name], found[Origin.LIST][name]
        assert whole == own + listed, name
        known = {dossier.code for dossier in dossiers}
        assert not watched.intersection(own), name
        assert not (known - watched).intersection(listed), name


def counted(desk: Desk, origin: Origin, first: date, last: date) -> dict[str, Counter[str]]:
    """Lists as how often each code stands in them, counts by their names."""
    facts = morning.morning(desk, origin)
    board, fuse = facts.board, responsibility.fuse(desk, first, last, origin)
    asked, report = supplements.supplements(desk, origin), desk_report(desk, first, last, origin)
    months = responsibility.fuse_by_month(desk, last.year, origin)
    again = reminders.register(desk, first, last, origin)
    lists_of_codes: dict[str, Iterable[str]] = {
        **{
            f"board {name}": (row.code for row in getattr(board, name))
            for name in (
                "reappointment_broken",
                "due_today",
                "soon",
                "late",
                "letters_owed",
                "returned_without_letter",
            )
        },
        "to sign": (one.letter.code for one in board.to_sign),
        "to deliver": (one.letter.code for one in board.to_deliver),
        "notice owed": (row.code for row in facts.notice_owed),
        "untouched": (one.row.code for one in facts.untouched),
        "asked again": (line.reminder.code for line in facts.reminders),
        "asked again in the period": (line.reminder.code for line in again),
        "late": fuse.late,
        "not told": (one.row.code for one in asked.not_told),
        "told": (one.row.code for one in asked.told),
        "brought": (one.row.code for one in asked.brought),
        "book": (row.code for row in registers.book_rows(desk, first, last, "", origin)),
        "apologies": (row.code for row in registers.apology_rows(desk, first, last, origin)),
        "cancelled": (row.code for row in registers.cancelled_rows(desk, first, last, origin)),
        "strikes": (row.code for row in registers.strike_rows(desk, last.year, origin)),
    }
    counts = {
        "day": {"taken in": board.counts.taken_in, "returned": board.counts.returned},
        "loads": {load.name: load.open for load in facts.loads},
        "share": {"late": fuse.fuse.late, "total": fuse.fuse.total},
        "portal": {"late": fuse.portal.late, "total": fuse.portal.total},
        "coverage": vars(fuse.coverage),
        "late by month": {str(n): month.late for n, month in enumerate(months)},
        "of month": {str(n): month.total for n, month in enumerate(months)},
        "causes": dict(responsibility.late_by_cause(desk, first, last, origin)),
        "courtesy": {
            "visits": report.tally.visits,
            "sheets": report.observations,
            "typed": report.typed,
            **{f"face {n}": many for n, many in enumerate(report.tally.citizens.faces)},
            **_parts("letters", report.tally.letters),
            **_parts("told", report.tally.citizens.told),
            **_parts("score", report.tally.score),
        },
    }
    return {name: Counter(codes) for name, codes in lists_of_codes.items()} | {
        name: Counter(numbers) for name, numbers in counts.items()
    }


def _parts(name: str, share: Share) -> dict[str, int]:
    return {f"{name}, part": share.part, f"{name}, whole": share.whole}
