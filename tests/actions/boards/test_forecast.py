"""The forecast at a real desk, and how those of past months came true."""

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_desk.actions.boards import forecast
from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lists import taking
from cchc_desk.domain import forecast as rules
from cchc_desk.domain.dossiers.dossier import How, LetterState
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.forecast import Outlook
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.lists.test_taking import FIRST_DAY, Province, write
from tests.city.random_life import LIMITS, PEOPLE, PROCEDURES, _try, codes, some_time
from tests.engines import copy_desk

BEFORE = datetime(2026, 11, 30, 23, 59)  # the last minute before a month
DECEMBER = date(2026, 12, 1)


@pytest.fixture
def any_past_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of dossiers is past enough for a chance."""
    monkeypatch.setattr(rules, "ENOUGH", 1)


def accept(desk: Desk, name: str, limit: str = "1 ngày làm việc", **other: object) -> str:
    become(desk, "an")
    return intake.accept_dossier(desk, make_intake(name, limit, **other)).code


def finish(desk: Desk, code: str) -> None:
    become(desk, "binh")
    steps.mark_ready(desk, code)


def past(desk: Desk, clock: TableClock, late: int, in_time: int) -> None:
    """Dossiers of one working day: of each ten minutes one, in time from noon on or late."""
    clock.now = datetime(2026, 11, 23, 8, 0)
    taken = []
    for n in range(late + in_time):
        taken.append(accept(desk, f"Người Thứ {n}"))
        clock.now += timedelta(minutes=1)
    for code in taken[late:]:
        clock.now += timedelta(minutes=5)
        finish(desk, code)
    clock.now = datetime(2026, 11, 26, 9, 0)
    for code in taken[:late]:
        finish(desk, code)


def test_a_ward_with_a_short_past_has_no_number(desk: Desk, clock: TableClock) -> None:
    past(desk, clock, late=2, in_time=10)
    code = accept(desk, "Người Mới")
    found = forecast.forecast(desk)
    assert not found.enough
    assert [(row.row.code, row.chance_words) for row in found.rows] == [(code, "chưa đủ hồ sơ")]
    assert found.probable == ()


def test_the_chance_grows_while_nothing_is_done(desk: Desk, clock: TableClock) -> None:
    past(desk, clock, late=10, in_time=25)
    code = accept(desk, "Người Mới")
    begun = forecast.forecast(desk).rows[0]
    assert begun.outlook.past == 35
    assert begun.outlook.chance == pytest.approx(10 / 35, abs=0.05)
    assert begun.chance_words == f"{round((begun.outlook.chance or 0) * 100)}%"
    clock.now = datetime(2026, 11, 27, 15, 0)  # of its day half an hour is left
    (row,) = forecast.forecast(desk).rows
    assert row.row.code == code
    assert row.outlook.is_probable
    assert row.outlook.left == 120
    assert forecast.forecast(desk).probable == (row,)
    clock.now = datetime(2026, 11, 30, 8, 0)  # late already: no forecast
    assert forecast.forecast(desk).rows == ()


def test_one_whose_second_date_is_promised_is_no_forecast(desk: Desk, clock: TableClock) -> None:
    past(desk, clock, late=10, in_time=25)
    code = accept(desk, "Người Mới", "3 ngày làm việc")
    assert [row.row.code for row in forecast.forecast(desk).rows] == [code]
    become(desk, "chi")
    letter = letters.draft_apology(desk, code, "volume", datetime(2026, 12, 10, 9, 0))
    letters.sign_letter(desk, letter.id)
    assert forecast.forecast(desk).rows == ()


def test_a_processor_sees_their_own_alone(desk: Desk, clock: TableClock) -> None:
    past(desk, clock, late=10, in_time=25)
    others = accept(desk, "Người Mới")
    own = accept(desk, "Người Khác")
    steps.hand_over(desk, [own], "binh")
    become(desk, "chi")
    assert {row.row.code for row in forecast.forecast(desk).rows} == {own, others}
    become(desk, "binh")
    assert [row.row.code for row in forecast.forecast(desk).rows] == [own]


def test_a_month_that_has_not_begun_has_no_forecast_to_look_back_on(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        forecast.came_true(desk, DECEMBER)
    assert refused.value.code == "month-not-begun"


def test_how_a_month_came_true(desk: Desk, clock: TableClock) -> None:
    past(desk, clock, late=10, in_time=25)
    clock.now = datetime(2026, 11, 30, 9, 0)
    kept, broken, waiting = (accept(desk, f"Tháng {n}", "3 ngày làm việc") for n in range(3))
    clock.now = datetime(2026, 12, 1, 9, 0)
    assert forecast.came_true(desk, DECEMBER).undecided == 3
    finish(desk, kept)
    become(desk, "binh")
    steps.request_supplement(desk, waiting, "Thiếu bản sao")
    become(desk, "chi")
    clock.now = datetime(2026, 12, 7, 9, 0)
    found = forecast.came_true(desk, date(2026, 12, 20))
    assert (found.month, found.late, found.undecided, found.enough) == (DECEMBER, 1, 1, True)
    (decile,) = found.deciles
    assert (decile.dossiers, decile.happened) == (2, Fraction(1, 2))
    assert found.expected == pytest.approx(2 * decile.forecast)
    finish(desk, broken)  # late all the same
    become(desk, "chi")
    assert forecast.came_true(desk, DECEMBER) == found


# --- nothing of what became known later -----------------------------------------------------------


@contextmanager
def a_desk(ward: Path) -> Iterator[tuple[Desk, TableClock]]:
    clock = TableClock()
    with tempfile.TemporaryDirectory() as folder:
        copy_desk(ward, Path(folder))
        desk = opening.open_desk(Path(folder), clock)
        yield desk, clock
        desk.close()


def work(desk: Desk, clock: TableClock, rng: random.Random) -> None:
    """One act by chance, of those that do not take back another one."""
    become(desk, "chi")
    known = codes(desk)
    if not known or rng.random() < 0.4:
        late = {"received": clock.now - timedelta(days=2)} if rng.random() < 0.2 else {}
        wanted = make_intake("Ai Đó", rng.choice(LIMITS), procedure=rng.choice(PROCEDURES), **late)
        _try(lambda: intake.accept_dossier(desk, wanted))
        return
    code, who = rng.choice(known), rng.choice(PEOPLE)
    acts: tuple[Callable[[], object], ...] = (
        lambda: steps.mark_ready(desk, code),
        lambda: steps.mark_ready(desk, code),
        lambda: steps.return_result(desk, code, Return(to="Người Nhận")),
        lambda: steps.withdraw(desk, code, "Xin rút"),
        lambda: steps.hand_over(desk, [code], who),
        lambda: steps.request_supplement(desk, code, "Thiếu bản sao"),
        lambda: steps.supplement_brought(desk, code),
        lambda: steps.pause(desk, code, PauseKind.OPINION, "Chờ ý kiến"),
        lambda: steps.resume(desk, code),
        lambda: letters.draft_what_is_owed(desk),
        lambda: letters.sign_all(desk),
        lambda: [
            letters.deliver_letter(desk, row.letter.id, How.COUNTER)
            for row in letters.letters(desk, LetterState.SIGNED)
        ],
    )
    _try(rng.choice(acts))


def foreseen(desk: Desk, at: datetime) -> list[Outlook]:
    with desk.read() as connection:
        past, still_open = forecast._known(desk, connection, at, Origin.ALL)
    return sorted((past.outlook(one) for one in still_open), key=lambda one: one.code)


@pytest.mark.parametrize("seed", range(1, 1 + int(os.environ.get("WARDS", "6"))))
def test_a_forecast_looked_back_on_is_the_one_that_was_made(
    ward: Path, any_past_is_enough: None, seed: int
) -> None:
    """Whatever is done afterwards: results, hand-overs, pauses that end, letters, new dossiers."""
    rng = random.Random(seed)
    with a_desk(ward) as (desk, clock):
        while clock.now < BEFORE - timedelta(days=2):
            for _act in range(rng.randint(1, 6)):
                work(desk, clock, rng)
            some_time(clock, rng)
        clock.now = max(clock.now, BEFORE)
        made = foreseen(desk, clock.now)
        shown = {row.outlook.code: row.outlook for row in forecast.forecast(desk).rows}
        assert shown == {one.code: one for one in made}
        at = clock.now
        for _day in range(8):
            clock.now += timedelta(minutes=1)
            for _act in range(rng.randint(1, 6)):
                work(desk, clock, rng)
            some_time(clock, rng)
        become(desk, "chi")
        assert foreseen(desk, at) == made


def test_pauses_that_end_later_and_dates_of_later_move_nothing_before(
    desk: Desk, clock: TableClock, any_past_is_enough: None
) -> None:
    clock.now = datetime(2026, 11, 30, 9, 0)
    standing, moved, put_off = (accept(desk, f"Tháng {n}", "3 ngày làm việc") for n in range(3))
    steps.request_supplement(desk, standing, "Thiếu bản sao")
    clock.now = BEFORE
    made = foreseen(desk, BEFORE)
    assert [one.code for one in made] == [standing, moved, put_off]
    assert [one.clock_stands for one in made] == [True, False, False]
    clock.now = datetime(2026, 12, 1, 9, 0)
    steps.supplement_brought(desk, standing)
    steps.request_supplement(desk, moved, "Thiếu bản sao")
    become(desk, "chi")
    letter = letters.draft_apology(desk, put_off, "volume", datetime(2026, 12, 10, 9, 0))
    letters.sign_letter(desk, letter.id)
    clock.now = datetime(2026, 12, 3, 9, 0)
    steps.supplement_brought(desk, moved)
    assert foreseen(desk, BEFORE) == made
    assert [one.code for one in foreseen(desk, clock.now)] == [standing, moved]


def test_what_a_later_list_says_of_the_time_before_was_not_known_then(
    desk: Desk, tmp_path: Path, clock: TableClock, any_past_is_enough: None
) -> None:
    """Lists name ends of the day before, and leave rows out that they name some days later."""
    dice = random.Random(31)
    province, made = Province(dice), dict[datetime, list[Outlook]]()
    become(desk, "an")
    for day in range(20):
        province.now = clock.now = FIRST_DAY + timedelta(days=day)
        province.work_a_day()
        if rows := province.give_out():
            taking.take_list(desk, write(tmp_path / f"{day}.xlsx", rows, dice))
        clock.now += timedelta(hours=1)
        made[clock.now] = foreseen(desk, clock.now)
    assert len(made[clock.now]) > 5
    assert made == {at: foreseen(desk, at) for at in made}
