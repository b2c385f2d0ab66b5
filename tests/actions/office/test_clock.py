"""A real desk's clock: behind or ahead of the ledger it promises nothing until somebody looked."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk, opening, upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import clock as office_clock
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.training import practice
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.time.clock import last_beyond_doubt
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings, make_intake
from tests.actions.test_tampering import forge
from tests.engines import copy_desk, new_place


@pytest.fixture(scope="session")
def real_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY).close()
    return folder


@pytest.fixture
def real(real_ward: Path, tmp_path: Path, clock: TableClock) -> Iterator[Desk]:
    """A real desk with a dossier of Monday 10:00, opened anew."""
    copy_desk(real_ward, tmp_path)
    desk = opening.open_desk(tmp_path, clock)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    desk.close()
    opened = opening.open_desk(tmp_path, clock)
    become(opened, "an")
    yield opened
    opened.close()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-23T09:54",
        "2026-11-22T10:00",
        "2020-01-01T08:00",
        "2026-11-27T09:00",  # after Wednesday and Thursday without an act
        "2026-12-23T10:00",
        "2098-01-06T10:00",
    ],
)
def test_a_clock_in_doubt_promises_and_prints_nothing(
    real: Desk, clock: TableClock, now: str
) -> None:
    clock.now = datetime.fromisoformat(now)
    (row,) = progress.find_dossiers(real)
    assert refused(lambda: intake.accept_dossier(real, make_intake())) == "clock"
    assert refused(lambda: steps.mark_ready(real, row.code)) == "clock"
    assert refused(lambda: printing.log_printed(real, row.code, "receipt")) == "clock"
    preview = partial(intake.preview_promise, real, row.procedure_code, Channel.DIRECT, "1 ngày")
    assert refused(preview) == "clock"
    assert len(progress.find_dossiers(real)) == 1


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-23T09:56",  # a correction by the network
        "2026-11-23T16:00",
        "2026-11-25T07:30",  # 24/11 rests
        "2026-11-26T16:00",  # one quiet day
    ],
)
def test_an_ordinary_clock_is_asked_nothing(real: Desk, clock: TableClock, now: str) -> None:
    clock.now = datetime.fromisoformat(now)
    assert intake.accept_dossier(real, make_intake()).accepted == clock.now


def test_an_office_closed_over_tet_is_no_fault(real: Desk, clock: TableClock) -> None:
    clock.now = datetime(2027, 2, 3, 16, 0)
    office_clock.confirm(real)
    intake.accept_dossier(real, make_intake())
    clock.now = datetime(2027, 2, 11, 8, 0)
    assert office_clock.state(real).doubt is None


@pytest.mark.parametrize("now", ["2026-11-30T10:00", "2026-11-20T10:00"])
def test_once_confirmed_the_clock_is_asked_no_more(real: Desk, clock: TableClock, now: str) -> None:
    clock.now = datetime.fromisoformat(now)
    assert office_clock.state(real).doubt is not None
    assert office_clock.confirm(real).doubt is None
    assert intake.accept_dossier(real, make_intake()).accepted == clock.now
    clock.now += timedelta(hours=20)
    assert office_clock.state(real).doubt is None


def test_a_corrected_clock_is_the_desks_time_from_then_on(real: Desk, clock: TableClock) -> None:
    clock.now = datetime(2020, 1, 1, 8, 0)
    right = datetime(2026, 11, 23, 10, 30)
    state = office_clock.set_clock(real, right)
    assert (state.now, state.doubt) == (right, None)
    assert intake.accept_dossier(real, make_intake()).accepted == right
    clock.now += timedelta(minutes=45)
    again = opening.open_desk(real.folder, clock)
    assert again.now() == right + timedelta(minutes=45)
    again.close()
    assert office_clock.set_clock(real, clock.now).correction == 0


def test_a_correction_of_another_machine_does_not_hold(real: Desk, clock: TableClock) -> None:
    keep_settings(real, {"clock_correction": {"machine": "another", "minutes": 600}})
    assert real.now() == clock.now


def test_a_log_in_by_a_wrong_clock_does_not_make_it_right(real: Desk, clock: TableClock) -> None:
    clock.now = datetime(2098, 1, 6, 10, 0)
    become(real, "dung")
    office_settings.change_settings(real, {"hotline": "0292 3812345"})  # an entry of its own
    become(real, "an")
    assert refused(lambda: intake.accept_dossier(real, make_intake())) == "clock"


def test_a_clock_set_back_while_the_desk_is_open_is_seen(real: Desk, clock: TableClock) -> None:
    intake.accept_dossier(real, make_intake())
    clock.now -= timedelta(days=1)
    assert refused(lambda: intake.accept_dossier(real, make_intake())) == "clock"
    clock.now += timedelta(days=1)
    intake.accept_dossier(real, make_intake())


def test_a_year_that_cannot_be_now_is_refused(real: Desk) -> None:
    assert refused(lambda: office_clock.set_clock(real, datetime(1926, 1, 1))) == "clock-year"


def test_the_clock_of_a_practice_ward_may_stand_anywhere(desk: Desk, clock: TableClock) -> None:
    intake.accept_dossier(desk, make_intake())
    for now in (datetime(2020, 1, 2, 8, 0), datetime(2098, 1, 6, 8, 0)):
        clock.now = now
        assert intake.accept_dossier(desk, make_intake()).accepted == now


def test_moments_that_do_not_follow_are_passed_over(real: Desk) -> None:
    day = MONDAY
    moments = [day, day + timedelta(hours=2), datetime(2098, 1, 1, 8, 0), day + timedelta(hours=4)]
    assert last_beyond_doubt(moments, real.calendar) == day + timedelta(hours=4)
    assert last_beyond_doubt([], real.calendar) is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, ""),
        (90, "Giờ quầy nhanh hơn giờ máy 1 giờ 30 phút"),
        (-3 * 1440 - 5, "Giờ quầy chậm hơn giờ máy 3 ngày 0 giờ 5 phút"),
    ],
)
def test_a_correction_is_said_in_words(minutes: int, words: str) -> None:
    assert office_clock.correction_words(minutes) == words


@pytest.mark.parametrize("moment", ["hỏng", "2026-11-23T10:00+07:00", "0001-01-01T00:00", ""])
def test_a_damaged_moment_of_the_ledger_stops_no_act(real: Desk, moment: str) -> None:
    """verify names it; the clock is held against the others."""
    forge(real, f"UPDATE journal SET at = '{moment}' WHERE seq = (SELECT max(seq) FROM journal)")
    assert intake.accept_dossier(real, make_intake()).code
    assert not upkeep.verify_ledger(real).ok
