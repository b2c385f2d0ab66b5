"""The forecast: which open dossiers will probably be late, and how past forecasts came true."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cchc_desk.actions.exports import leaving
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.forecast import (
    Course,
    Decile,
    Outlook,
    Past,
    WorkingClock,
    deciles,
    most_to_save_first,
)
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.long_work import seldom_collected
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import courses, lists
from cchc_desk.store.engine.database import Connection

YEARS = 2  # back to when a promise fell due that teaches something
MOST = 500  # past dossiers of one procedure, the newest


@dataclass(frozen=True)
class ForecastRow:
    """What is foreseen for one open dossier, with its line of a list."""

    row: DossierRow
    outlook: Outlook

    @property
    def chance_words(self) -> str:
        """The chance that it will be late: `72%`; «chưa đủ hồ sơ» where there is none."""
        if self.outlook.chance is None:
            return _("chưa đủ hồ sơ")
        return f"{round(self.outlook.chance * 100)}%"


@dataclass(frozen=True)
class Forecast:
    """Open dossiers that are not late yet, the one first of which most can still be saved.

    `enough`: False where the ward's past is too short for any chance.
    """

    now: datetime
    rows: tuple[ForecastRow, ...]
    enough: bool

    @property
    def probable(self) -> tuple[ForecastRow, ...]:
        """Those that will probably be late, in the same order."""
        return tuple(row for row in self.rows if row.outlook.is_probable)


@dataclass(frozen=True)
class CameTrue:
    """How the forecast of the beginning of a month came true, by now.

    `late`: how many were, of those of which it is known; `expected`: how many by the forecast.
    `undecided`: how many are open still, or stand still. `enough` as in Forecast.
    """

    month: date
    deciles: tuple[Decile, ...]
    expected: float
    late: int
    undecided: int
    enough: bool


@dataclass(frozen=True)
class Judged:
    """A dossier that was forecast, and what became of it."""

    code: str
    chance: float
    was_late: bool


def order_words() -> str:
    """Return by what the list is ordered, in one sentence for the clerk."""
    return _(
        "Đứng đầu là hồ sơ còn cứu được nhất: cứ để vậy thì dễ trễ, mà từ chỗ này nhiều hồ sơ "
        "trước vẫn xong kịp; ngang nhau thì hồ sơ còn nhiều giờ làm việc hơn đứng trước."
    )


@seldom_collected()
def forecast(desk: Desk, origin: Origin = Origin.ALL) -> Forecast:
    """Return what is foreseen for every open dossier of this origin that is not late yet.

    The past is that of the whole ward, whatever the origin.
    """
    desk.require(Permission.READ)
    now = desk.now()
    with desk.read() as connection:
        past, still_open = _known(desk, connection, now, origin)
        outlooks = most_to_save_first(past.outlook(course) for course in still_open)
        rows = lists.rows_of(connection, now, (one.code for one in outlooks))
    by_code = {row.code: row for row in rows if not row.damaged}
    found = (ForecastRow(by_code[one.code], one) for one in outlooks if one.code in by_code)
    return Forecast(now, tuple(found), past.is_enough)


@seldom_collected()
def came_true(desk: Desk, month: date, origin: Origin = Origin.ALL) -> CameTrue:
    """Return how the forecast of the last minute before a month came true.

    It is made from what was known at that minute, over the dossiers that were open then. Raises
    Refused("month-not-begun") for one that has not begun.
    """
    desk.require(Permission.READ)
    first = month.replace(day=1)
    enough, judged, undecided = _judged(desk, first, origin)
    return CameTrue(
        month=first,
        deciles=deciles((one.chance, one.was_late) for one in judged),
        expected=sum(one.chance for one in judged),
        late=sum(one.was_late for one in judged),
        undecided=undecided,
        enough=enough,
    )


@seldom_collected()
def judged(desk: Desk, month: date, origin: Origin = Origin.ALL) -> tuple[Judged, ...]:
    """Return each dossier that came_true() counts in a band. Raises Refused("month-not-begun")."""
    desk.require(Permission.READ)
    return _judged(desk, month.replace(day=1), origin)[1]


def _judged(desk: Desk, first: date, origin: Origin) -> tuple[bool, tuple[Judged, ...], int]:
    """Return whether the past was enough, those of which it is known, how many are undecided."""
    now, at = desk.now(), datetime.combine(first, time()) - timedelta(minutes=1)
    if at >= now:
        raise Refused(
            "month-not-begun", _("Tháng {month} chưa bắt đầu.").format(month=f"{first:%m/%Y}")
        )
    with desk.read() as connection:
        past, still_open = _known(desk, connection, at, origin)
        late = courses.outcomes(connection, (course.code for course in still_open), now)
    outlooks = [past.outlook(course) for course in still_open]
    found = tuple(
        Judged(one.code, one.chance, late[one.code])
        for one in outlooks
        if one.chance is not None and one.code in late
    )
    return past.is_enough, found, sum(one.code not in late for one in outlooks)


def _known(
    desk: Desk, connection: Connection, at: datetime, origin: Origin
) -> tuple[Past, list[Course]]:
    """Return the past as it was known at a moment, and the dossiers seen that were open then."""
    seen = leaving.seen_codes(desk, connection, origin)
    since = at - timedelta(days=365 * YEARS)
    known = courses.courses(connection, since, at, MOST)
    still_open = [one for one in known if one.is_open(at) and one.code in seen]
    clock = WorkingClock(desk.calendar, at)
    return Past(known, clock, since=since, at=at, most=MOST), still_open
