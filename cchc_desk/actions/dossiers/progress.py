"""Following up: the list, one dossier and what may be done with it, the day board."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import history
from cchc_desk.actions.dossiers.allowed import allowed_acts
from cchc_desk.actions.dossiers.history import HistoryLine
from cchc_desk.actions.dossiers.next_step import NextStep, next_step
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.people import absences
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.clocks import Clock, clocks
from cchc_desk.domain.dossiers.dossier import OPEN as OPEN
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterState, Status
from cchc_desk.domain.dossiers.filters import ANY_DAY, Chip, Days
from cchc_desk.domain.dossiers.putting_right import check_counted
from cchc_desk.domain.dossiers.reminders import Reminder
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.dossiers.segments import Segment, segments
from cchc_desk.domain.dossiers.standing import DossierStanding, standing_of
from cchc_desk.domain.figures import DUE, OVERDUE, Origin, Period
from cchc_desk.domain.lateness import Promised
from cchc_desk.domain.ledger.facts.office import ClockMoved
from cchc_desk.domain.lists.watched import Disagreement
from cchc_desk.domain.papers.check_codes import code_in
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import (
    LimitUnit,
    WalkStep,
    inside_office_hours,
    notice_deadline,
)
from cchc_desk.domain.time.internal import days_before, internal_day
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, moment
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, listed, lists, reminders
from cchc_desk.store.dossiers.lists import DayCounts
from cchc_desk.store.engine.database import Connection, damaged_rows, readable
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials

_LAST_HOUR = timedelta(hours=1)  # before a due moment that is hours after acceptance
LOOKED_UP = 20  # dossiers of others that one look-up shows to a processor
_LOOK_UP_LETTERS = 3
CLOCK_DAYS = 30  # how long a remark on the clock is shown


@dataclass(frozen=True)
class LetterRow:
    """One apology letter in a list, with its dossier; `number_text` is "" until it is signed."""

    letter: Letter
    row: DossierRow
    cause_label: str
    number_text: str


@dataclass(frozen=True)
class DossierView:
    """One dossier with its history, the walk of its first promise, and the acts on it.

    `allowed`: None for an act that is allowed, else the sentence that refuses it. `problems`:
    what was changed behind the ledger's back. `responsible`: the name of the official who answers
    for its lateness, "" for nobody. `internal`: the day by which the office wants it done.
    `receipt`: the text of another system's receipt that was pasted last, "" for none.
    """

    dossier: Dossier
    row: DossierRow
    history: tuple[HistoryLine, ...]
    walk: tuple[WalkStep, ...]
    allowed: Mapping[str, str | None]
    problems: tuple[str, ...]
    segments: tuple[Segment, ...]
    responsible: str
    standing: DossierStanding
    next: NextStep
    disagreements: tuple[Disagreement, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    internal: date | None = None
    clocks: tuple[Clock, ...] = ()
    receipt: str = ""

    @property
    def urged(self) -> Reminder | None:
        """The last reminder, while it waits for its answer."""
        last = self.reminders[-1] if self.reminders else None
        return last if last and last.answered is None else None


@dataclass(frozen=True)
class DayBoard:
    """The work of a day; `reappointment_broken`: missed too, result or letter still to come.

    `damaged`: codes of dossiers, and table and key of other rows, that cannot be read.

    `rest` names a holiday, "" for a weekend, None on a working day; what is taken in now counts
    from `counts_from`. `tomorrow_rest` names a rest day that follows, "" for a working day.
    """

    now: datetime
    reappointment_broken: tuple[DossierRow, ...]
    due_today: tuple[DossierRow, ...]
    soon: tuple[DossierRow, ...]
    late: tuple[DossierRow, ...]
    letters_owed: tuple[DossierRow, ...]
    returned_without_letter: tuple[DossierRow, ...]
    to_sign: tuple[LetterRow, ...]
    to_deliver: tuple[LetterRow, ...]
    damaged: tuple[str, ...]
    counts: DayCounts
    rest: str | None
    counts_from: datetime
    tomorrow_rest: str


def find_dossiers(
    desk: Desk,
    query: str = "",
    status: frozenset[Status] = frozenset(),
    only: str = "all",
    limit: int = 200,
    order: str = "due",
    chips: frozenset[Chip] = frozenset(),
    accepted: Days = ANY_DAY,
    origin: Origin = Origin.ALL,
) -> tuple[DossierRow, ...]:
    """Return at most `limit` dossiers; `only` is "all", "open", "late" or "owed".

    They fit all of `chips` and were accepted within `accepted`. A query ranks exact marks first;
    without one, `order` is that of store/dossiers/lists.py. To a processor: their own dossiers,
    and of others at most LOOKED_UP where a query looks one up.
    """
    me, now, query = desk.require(Permission.READ), desk.now(), code_in(query)
    chosen = chips if only == "all" else chips | {Chip(only)}
    sees_all = me.role in ALLOWED[Permission.SEE_ALL]
    by_rules = bool(chosen & {Chip.LATE, Chip.OWED})  # these leave out some of what SQL finds
    with desk.read() as connection:
        stood_for = absences.cover_within(connection, now.date()).stood_for(me.id)
        wanted = lists.Wanted(
            chosen, accepted, me.id, own_only=not sees_all, stands_for=stood_for, origin=origin
        )
        if query.strip():
            rows = lists.matching(connection, now, query, limit, wanted)
            if not sees_all:
                rows = _with_others(connection, now, query, wanted, rows)
        elif status and not wanted.condition:
            rows = lists.rows(connection, now, status=status, order=order, limit=limit)
        else:
            most = lists.ALL if by_rules or status else limit
            rows = lists.fitting(connection, now, wanted, order, most)
    return tuple(row for row in rows if _fits(row, status, chosen))[:limit]


def _with_others(
    connection: Connection,
    now: datetime,
    query: str,
    wanted: lists.Wanted,
    own: tuple[DossierRow, ...],
) -> tuple[DossierRow, ...]:
    """Return one's own dossiers that match, after those of others that a look-up finds."""
    if sum(char.isalnum() for char in query) < _LOOK_UP_LETTERS:
        return own
    everybodys = replace(wanted, own_only=False)
    codes = {row.code for row in own}
    found = lists.matching(connection, now, query, LOOKED_UP + len(codes), everybodys)
    others = [row for row in found if row.code not in codes][:LOOKED_UP]
    return (*own, *others)


def has_watched(desk: Desk) -> bool:
    """Return True where dossiers are watched here at all: else there is no origin to choose."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return lists.any_watched(connection)


def ready_to_return(desk: Desk) -> int:
    """Return the number of results that wait to be fetched."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return lists.count_of(connection, Status.READY)


def _fits(row: DossierRow, status: frozenset[Status], chips: frozenset[Chip]) -> bool:
    if row.damaged:
        return True  # nobody can tell, and nobody may miss it
    if status and row.status not in status:
        return False
    if Chip.LATE in chips and not row.late:
        return False
    return Chip.OWED not in chips or row.letters_owed > 0


def show_dossier(desk: Desk, code: str) -> DossierView:
    """Return the whole of one dossier. Raises Refused("unknown-dossier")."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        dossier = the_dossier(connection, code)
        (row,) = lists.rows_of(connection, desk.now(), [dossier.code])
        if row.damaged:
            with readable(dossier.code):
                raise ValueError
        with readable(dossier.code):
            past = history.lines(connection, dossier.code)
        problems = upkeep.dossier_problems(connection, dossier.code)
        responsible = _responsible(connection, dossier)
        others = listed.disagreements_of(connection, dossier.code)
        asked = reminders.of_dossier(connection, dossier.code)
        theirs = listed.process_limit(connection, dossier.code)
        pasted = any(line.act == Act.KEEP_RECEIPT.value for line in past)
        receipt = history.kept_receipt(connection, dossier.code) if pasted else ""
    told = clocks(dossier, desk.calendar, desk.now(), theirs)
    held = segments(dossier, desk.calendar, desk.now())
    return DossierView(
        dossier,
        row,
        past,
        told[0].walk,
        allowed_acts(
            desk,
            dossier,
            corrected=any(line.act == Act.CORRECT.value for line in past),
            urged=row.urged > 0,
        ),
        problems,
        held,
        responsible,
        standing_of(dossier, desk.now(), row.urged, process_late=row.process_late),
        next_step(dossier, desk.official, desk.now(), must_warn=notice_due(desk, dossier)),
        others,
        asked,
        _internal_day(desk, dossier, dossier.field),
        told,
        receipt,
    )


def _responsible(connection: Connection, dossier: Dossier) -> str:
    """Return the name of the official who answers for its lateness, "" while nobody does."""
    login = dossier.responsibility.official if dossier.responsibility else None
    official = officials.anyone_of(connection, login) if login else None
    return official.name if official else ""


def the_dossier(connection: Connection, code: str) -> Dossier:
    """Return the dossier with this code as typed or scanned. Raises Refused("unknown-dossier")."""
    typed = code_in(clean_line(code))
    # As written first: a unit's code in small letters was once taken by the settings page.
    dossier = dossiers.load(connection, typed) or dossiers.load(connection, typed.upper())
    if dossier is None:
        raise Refused(
            "unknown-dossier",
            _("Không có hồ sơ mã «{code}»; hãy kiểm tra lại mã.").format(code=typed),
            "code",
        )
    return dossier


def counted_dossier(connection: Connection, code: str) -> Dossier:
    """Return the dossier to act upon. Raises as the_dossier(), and Refused("cancelled")."""
    dossier = the_dossier(connection, code)
    check_counted(dossier)
    return dossier


def day_board(desk: Desk, origin: Origin = Origin.ALL) -> DayBoard:
    """Return the day's work; `letters_owed` includes dossiers returned without their letter.

    Damaged rows are named whatever the origin. A missed re-appointment comes before all others.
    To a processor: of their own dossiers.
    """
    desk.require(Permission.READ)
    now = desk.now()
    tomorrow = datetime.combine(now.date(), time()) + timedelta(days=1)
    horizon = _working_days_on(desk.calendar, now.date(), desk.settings["soon_days"])
    with desk.read() as connection:
        overdue = lists.overdue_candidates(connection, now)
        near = lists.behind(connection, DUE, Period.of_days(now.date(), horizon, now))
        waiting = dossiers.letters_in(connection, [LetterState.DRAFTED, LetterState.SIGNED])
        seen = leaving.seen_codes(desk, connection, origin)
        overdue = tuple(row for row in overdue if row.code in seen)
        near = tuple(row for row in near if row.code in seen)
        waiting = tuple(letter for letter in waiting if letter.code in seen)
        about = _rows_by_code(connection, now, waiting)
        counts = lists.day_counts(connection, now.date(), now, origin)
        spoilt = {*lists.damaged(connection), *damaged_rows(connection)}
    waiting = tuple(letter for letter in waiting if letter.code in about)
    spoilt |= {row.code for row in (*overdue, *near, *about.values()) if row.damaged}
    overdue = tuple(row for row in overdue if not row.damaged)
    near = tuple(row for row in near if not row.damaged)
    at = Period.at(now)
    broken = tuple(row for row in overdue if row.second_due and _stands_broken(row))
    overdue = (*broken, *(row for row in overdue if row not in broken)) if broken else overdue
    owed = tuple(row for row in overdue if row.letters_owed)
    later = bisect_left(near, tomorrow, key=lambda row: row.due)
    return DayBoard(
        now=now,
        reappointment_broken=broken,
        due_today=near[:later],
        soon=near[later:],
        late=tuple(row for row in overdue if OVERDUE.condition.holds(row, at)),
        letters_owed=owed,
        returned_without_letter=tuple(row for row in owed if row.returned),
        to_sign=_letter_rows(waiting, about, LetterState.DRAFTED),
        to_deliver=_letter_rows(waiting, about, LetterState.SIGNED),
        damaged=tuple(sorted(spoilt)),
        counts=counts,
        rest=_rest(desk, now.date()),
        counts_from=inside_office_hours(now, desk.calendar),
        tomorrow_rest=_rest_name(desk, now.date() + timedelta(days=1)),
    )


def _stands_broken(row: DossierRow) -> bool:
    """Return True when the re-appointment was missed too and result or letter are still to come."""
    return row.broke_reappointment and (row.finished is None or row.letters_owed > 0)


def _letter_rows(
    letters: Iterable[Letter], about: Mapping[str, DossierRow], state: LetterState
) -> tuple[LetterRow, ...]:
    return tuple(letter_row(letter, about) for letter in letters if letter.state is state)


def notice_owed(desk: Desk, origin: Origin = Origin.ALL) -> tuple[DossierRow, ...]:
    """Return the open dossiers whose citizen must be warned today, at the latest.

    Work of the same day is not among them, but for hours in their last one.
    """
    desk.require(Permission.READ)
    now = desk.now()
    with desk.read() as connection:
        calendar, days = desk.calendar, desk.settings["notice_days"]
        after = _working_days_on(calendar, now.date(), days) + timedelta(days=1)
        notified = lists.notified(connection)
        near = lists.rows(connection, now, status=OPEN, due_before=datetime.combine(after, time()))
        seen = leaving.seen_codes(desk, connection, origin)
        near = tuple(row for row in near if row.code in seen)
    return tuple(
        row
        for row in near
        if not row.damaged and row.code not in notified and _notice_due(row, now, calendar, days)
    )


def notice_due(desk: Desk, dossier: Promised) -> bool:
    """Return True when a notice is due by today (docs/promise.md, "No surprise")."""
    return _notice_due(dossier, desk.now(), desk.calendar, desk.settings["notice_days"])


def _notice_due(dossier: Promised, now: datetime, calendar: Calendar, days: int) -> bool:
    if dossier.paused_since or dossier.second_due or lateness.is_late(dossier, now):
        return False
    if dossier.limit.within_one_day:  # until then nobody knows better than the receipt says
        in_hours = dossier.limit.unit is LimitUnit.WORKING_MINUTES
        return in_hours and dossier.first_due - _LAST_HOUR <= now
    return notice_deadline(dossier.first_due, dossier.limit, calendar, days).date() <= now.date()


def internal_due(desk: Desk, origin: Origin = Origin.ALL) -> tuple[DossierRow, ...]:
    """Return the open dossiers due after today whose internal deadline is today or past.

    Those whose clock stands still are not among them. To a processor: their own.
    """
    desk.require(Permission.READ)
    now, most = desk.now(), max(desk.settings["internal_days"].values(), default=0)
    if not most:
        return ()
    one = timedelta(days=1)
    last = _working_days_on(desk.calendar, now.date(), most + 1) - one
    with desk.read() as connection:
        near = lists.behind(connection, DUE, Period.of_days(now.date() + one, last, now))
        seen = leaving.seen_codes(desk, connection, origin)
        near = tuple(row for row in near if not row.damaged and not row.paused_since)
        near = tuple(row for row in near if row.code in seen)
        fields = lists.fields_of(connection, (row.code for row in near))
    days = ((row, _internal_day(desk, row, fields[row.code])) for row in near)
    return tuple(row for row, day in days if day and day <= now.date())


def _internal_day(desk: Desk, dossier: Dossier | DossierRow, field: str) -> date | None:
    days = days_before(desk.settings["internal_days"], field)
    return internal_day(dossier.accepted, dossier.due, dossier.limit, desk.calendar, days)


def to_forward(desk: Desk, origin: Origin = Origin.ALL) -> dict[str, datetime]:
    """Return the dossiers taken in for another agency that are still here, until when they go.

    To a processor: their own.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, origin)
        found = lists.to_forward(connection)
    return {code: by for code, by in found.items() if code in seen}


def clock_remarks(desk: Desk) -> tuple[str, ...]:
    """Return sentences on the clock's moves, back or ahead, in the last CLOCK_DAYS days."""
    desk.require(Permission.READ)
    since = desk.now() - timedelta(days=CLOCK_DAYS)
    with desk.read() as connection:
        return tuple(_clock_words(moved) for moved in journal.clock_moves(connection, since))


def _clock_words(moved: ClockMoved) -> str:
    words = (
        _("Đồng hồ lùi từ {last} về {now}.")
        if moved.now < moved.last
        else _("Đồng hồ nhảy từ {last} đến {now}.")
    )
    return words.format(last=moment(moved.last), now=moment(moved.now))


def _rows_by_code(
    connection: Connection, now: datetime, letters: Iterable[Letter]
) -> dict[str, DossierRow]:
    rows = lists.rows_of(connection, now, {letter.code for letter in letters})
    return {row.code: row for row in rows}


def letter_rows(desk: Desk, *states: LetterState) -> tuple[LetterRow, ...]:
    """Return the letters in these states (all without any), by due moment and code."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection)
        found = dossiers.letters_in(connection, states or tuple(LetterState))
        letters = [letter for letter in found if letter.code in seen]
        about = _rows_by_code(connection, desk.now(), letters)
    return tuple(letter_row(letter, about) for letter in letters)


def letter_row(letter: Letter, about: Mapping[str, DossierRow]) -> LetterRow:
    known = {cause.code: cause.label for cause in catalogue.causes()}
    label = known.get(letter.cause, letter.cause[:40])  # a damaged cause is shown as it lies there
    return LetterRow(letter, about[letter.code], label, letter.number_text)


def _working_days_on(calendar: Calendar, day: date, days: int) -> date:
    """Return the working day that is so many after `day`."""
    for _day in range(days):
        day = calendar.next_working_day(day)
    return day


def _rest(desk: Desk, day: date) -> str | None:
    if desk.calendar.is_working_day(day):
        return None
    special = desk.calendar.special.get(day)
    return special.name if special else ""


def _rest_name(desk: Desk, day: date) -> str:
    if desk.calendar.is_working_day(day):
        return ""
    special = desk.calendar.special.get(day)
    return special.name if special else _("ngày nghỉ cuối tuần")
