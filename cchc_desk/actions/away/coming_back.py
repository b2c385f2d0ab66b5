"""An away desk comes back: what it brings is looked at, then taken over whole, or not at all.

Each dossier that only one side touched is as that side has it. What both touched stays as it is at
home until a person decides; the away desk's acts stand in its history.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.away.trips import Trip, TripState, not_out, the_trip
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.domain.away import SETTING, AwayDesk, Side
from cchc_desk.domain.ledger.doubts import DoubtKind
from cchc_desk.domain.ledger.entry import RawEntry
from cchc_desk.domain.ledger.facts.away import (
    AwayBack,
    AwayBoth,
    AwayClosed,
    AwayDecided,
    AwayNumber,
    SameNumber,
)
from cchc_desk.domain.people.officials import BESIDE_IT, Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.store.away import beside, entries, rows
from cchc_desk.store.away.rows import Difference
from cchc_desk.store.dossiers import changes, search
from cchc_desk.store.dossiers.changes import Change
from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.database import Connection, room_for_many, stored_moment
from cchc_desk.store.ledger import going_back, journal
from cchc_desk.store.office import registers
from cchc_desk.store.office.number_series import DOSSIER

# Entries that change no row of what they are about; those of the coming back itself.
_BESIDE = tuple(act.value for act in (*BESIDE_IT, Act.AWAY_BOTH, Act.AWAY_DECIDE))


@dataclass(frozen=True)
class Both:
    """A dossier that both sides touched, with what each did; `takes_away`: its rows could hold.

    They could not where home has promised, paused or forgotten meanwhile what nothing takes back.
    """

    code: str
    home: tuple[Change, ...]
    away: tuple[Change, ...]
    takes_away: bool
    side: Side | None = None  # as decided


@dataclass(frozen=True)
class Arrival:
    """What an away desk brings: `new` dossiers, `changed` ones, those that `both` sides touched.

    `ratings`: codes of dossiers rated on both sides, where home's stands; `same`: numbers written
    on two dossiers. `is_back`: all but what waits for a decision was taken over before.
    """

    name: str
    entries: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    both: tuple[Both, ...]
    ratings: tuple[str, ...]
    same: tuple[SameNumber, ...]
    is_back: bool = False

    @property
    def undecided(self) -> tuple[str, ...]:
        """The codes that wait for somebody to decide."""
        return tuple(one.code for one in self.both if one.side is None)


def look(desk: Desk, folder: Path, work: LongWork | None = None) -> Arrival:
    """Return what the away desk in `folder` brings; nothing is written, and it may go on working.

    Raises Refused: "away", "not-away", "away-foreign", "away-not-out", "away-older",
    "away-not-clean", "state-in-doubt"; Trouble as open_desk().
    """
    desk.require(Permission.AWAY)
    with _opened(desk, folder) as away:
        _verified(away, work)
        with desk.read() as home, away.read() as there:
            trip = _checked_trip(desk, away, home, there)
            if trip.state is TripState.BACK:
                return _open_questions(trip, home, there)
            return _plan(trip, home, there, {}).arrival


def bring_back(
    desk: Desk,
    folder: Path,
    decisions: Mapping[str, Side] | None = None,
    work: LongWork | None = None,
) -> Arrival:
    """Take over what the away desk in `folder` brings, in one transaction; it is closed for work.

    `decisions`: whose rows hold, by the codes that both sides touched; the others wait, as they are
    at home. One that is back already brings nothing again: then only decisions are taken.

    Raises as look(), and Refused: "away-not-both" for a decision on another code, "away-kept" where
    the away desk's rows cannot hold.
    """
    desk.require(Permission.AWAY)
    desk.require_clock()
    desk.require_no_doubt()
    chosen = dict(decisions or {})
    with _opened(desk, folder) as away:
        _verified(away, work)
        with desk.read() as home, away.read() as there:
            trip = _checked_trip(desk, away, home, there)
        if trip.state is TripState.BACK:
            return _decide_later(desk, away, chosen)
        _close(desk, away)
        return _take_over(desk, away, chosen)


# --- the away desk's side -------------------------------------------------------------------------


@contextmanager
def _opened(desk: Desk, folder: Path) -> Iterator[Desk]:
    """Open the away desk; nobody is logged in there."""
    if not paths.database_file(folder).exists():
        raise _not_away()
    with closing(opening.open_desk(folder, desk.clock)) as away:
        if away.away is None:
            raise _not_away()
        if away.away.home != desk.id:
            raise Refused(
                "away-foreign",
                _("Quầy lưu động {name} đi từ một phường khác, không phải từ đây.").format(
                    name=away.away.name
                ),
                "folder",
            )
        yield away


def _not_away() -> Refused:
    return Refused("not-away", _("Thư mục ấy không phải của một quầy lưu động."), "folder")


def _known(away: Desk) -> AwayDesk:
    assert away.away is not None, "as _opened() found it"
    return away.away


def _verified(away: Desk, work: LongWork | None) -> None:
    """Raise Refused("away-not-clean") where the away desk's own file does not verify."""
    problems = list(upkeep.verify_copy(away, work or LongWork()).problems)
    if away.doubt is not None and away.doubt.kind is not DoubtKind.OTHER_MACHINE:
        problems.append(_("Tệp không khớp với nhân chứng ở thư mục của quầy lưu động."))
    if problems:
        raise Refused(
            "away-not-clean",
            _(
                "Sổ cái của quầy lưu động không lành nên chưa nhận gì: {problem} ({count} chỗ). "
                "Hãy giữ nguyên thư mục ấy và xem bằng cchc verify."
            ).format(problem=problems[0], count=len(problems)),
        )


def _checked_trip(desk: Desk, away: Desk, home: Connection, there: Connection) -> Trip:
    """Return the trip that this ledger knows, where the away desk's begins as this one does."""
    known, trip = _known(away), the_trip(home, away.id)
    if migrations.schema_of(home) != migrations.schema_of(there):
        raise Refused(
            "away-older",
            _("Quầy lưu động và phường dùng hai bản chương trình khác nhau; hãy cập nhật cả hai."),
        )
    fits = journal.hash_of(home, known.seq) == known.head == journal.hash_of(there, known.seq)
    if trip is None or not fits:
        raise Refused(
            "away-foreign",
            _(
                "Sổ cái của quầy lưu động {name} không bắt đầu bằng sổ cái của phường này; chưa "
                "nhận gì."
            ).format(name=known.name),
            "folder",
        )
    if trip.state is TripState.NOT_MADE:
        raise not_out(trip)
    if trip.head is not None and journal.hash_of(there, trip.head.seq) != trip.head.head:
        raise Refused(
            "away-foreign",
            _("Quầy lưu động {name} đã về bằng một tệp khác.").format(name=known.name),
            "folder",
        )
    return trip


def _close(desk: Desk, away: Desk) -> None:
    """Let the away desk write nothing any more, before anything of it stands at home."""
    known = _known(away)
    if known.closed:
        return
    by = desk.require(Permission.AWAY).id
    with away.write_by(None) as connection:
        registers.keep_setting(connection, SETTING, replace(known, closed=True).encode())
        away.record(connection, AwayClosed(by), tables=("settings",), counted=False)


# --- what it brings -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Plan:
    arrival: Arrival
    raw: tuple[RawEntry, ...]
    whole: frozenset[str]  # codes whose rows are as the away desk has them
    differences: tuple[Difference, ...]
    numbers: tuple[int, ...]  # of the dossiers whose rows change


def _plan(trip: Trip, home: Connection, there: Connection, chosen: Mapping[str, Side]) -> _Plan:
    left = _left_at(trip, there)
    touched = journal.codes_behind(there, left, _BESIDE)
    at_home = journal.codes_behind(home, left, _BESIDE)
    both = tuple(
        replace(_both(home, there, code, left), side=chosen.get(code))
        for code in touched
        if code in at_home
    )
    _check_decisions(both, chosen)
    whole = [code for code in touched if code not in at_home]
    units = {code: _difference(home, there, code) for code in whole}
    held = [_of_both(home, there, one) for one in both]
    dossiers = {code: n for code in whole if (n := rows.number_of(there, code)) is not None}
    new = tuple(code for code in dossiers if rows.number_of(home, code) is None)
    raw = tuple(journal.raw_entries(there, left))
    arrival = Arrival(
        trip.name,
        len(raw),
        new,
        tuple(code for code in dossiers if code not in new),
        both,
        beside.rated_twice(home, there),
        beside.written_twice(home, there, trip.rows_from),
    )
    taken = [one.code for one in both if one.side is Side.AWAY]
    numbers = (*dossiers.values(), *(rows.number_of(there, code) for code in taken))
    return _Plan(
        arrival,
        raw,
        frozenset(whole),
        (*units.values(), *held),
        tuple(n for n in numbers if n is not None),
    )


def _left_at(trip: Trip, there: Connection) -> int:
    """Return the last entry that the away desk took along; its own begin behind it."""
    begun = journal.raw_entries_by(there, Act.AWAY_BEGIN.value, 0)
    return next(entry.seq for entry in begun if entry.desk == trip.away) - 1


def _difference(home: Connection, there: Connection, code: str) -> Difference:
    n = rows.number_of(there, code)
    return rows.difference(rows.rows_of(home, code, n), rows.rows_of(there, code, n))


def _both(home: Connection, there: Connection, code: str, left: int) -> Both:
    n, own = rows.number_of(there, code), rows.number_of(home, code)
    may = n == own and not _is_forgotten(home, code, left)
    if may:
        ours = rows.rows_of(home, code, n)
        may = rows.may_replace(ours, rows.difference(ours, rows.rows_of(there, code, n)))
    return Both(code, changes.behind(home, left, code), changes.behind(there, left, code), may)


def _is_forgotten(home: Connection, code: str, left: int) -> bool:
    return any(
        entry.code == code for entry in journal.raw_entries_by(home, Act.ANONYMISE.value, left)
    )


def _of_both(home: Connection, there: Connection, one: Both) -> Difference:
    """Return what changes at home of a dossier that both touched: as decided; else new scans."""
    if rows.number_of(home, one.code) != rows.number_of(there, one.code):
        return Difference({}, {}, {})  # two dossiers of one code, which blocks exclude
    found = _difference(home, there, one.code)
    return rows.without_loss(found) if one.side is Side.AWAY else rows.only_scans(found)


def _check_decisions(both: tuple[Both, ...], chosen: Mapping[str, Side]) -> None:
    known = {one.code: one for one in both}
    for code, side in chosen.items():
        if code not in known:
            raise Refused(
                "away-not-both",
                _("Hồ sơ {code} không chờ ai quyết định.").format(code=code),
            )
        if side is Side.AWAY and not known[code].takes_away:
            raise Refused(
                "away-kept",
                _(
                    "Hồ sơ {code}: phường đã hẹn, tạm dừng hoặc làm thêm điều không rút lại được, "
                    "nên chỉ giữ bản của phường được. Việc của quầy lưu động đã ghi trong lịch sử; "
                    "hãy làm lại ở phường những gì còn cần."
                ).format(code=code),
            )


# --- at home --------------------------------------------------------------------------------------


def _take_over(desk: Desk, away: Desk, chosen: Mapping[str, Side]) -> Arrival:
    with desk.write() as home, room_for_many(home):
        with away.read() as there:
            trip = _checked_trip(desk, away, home, there)
            if trip.state is TripState.BACK:  # another station was faster
                raise not_out(trip)
            plan = _plan(trip, home, there, chosen)
            _write_rows(home, there, plan, trip)
            head = journal.last_link(there)
            given = tuple(_given(there, trip))
            entries.append(home, plan.raw, plan.whole)
        assert head is not None, "it has its own entries"
        for one in plan.arrival.both:
            acts = sum(entry.code == one.code for entry in plan.raw)
            desk.record(home, AwayBoth(trip.away, trip.name, acts), one.code)
            if one.side is not None:
                desk.record(home, AwayDecided(trip.away, trip.name, one.side.value), one.code)
        arrival = plan.arrival
        back = AwayBack(
            trip.away,
            head.seq,
            head.hash,
            _finished(away),
            arrival.entries,
            len(arrival.new),
            len(arrival.changed),
            tuple(one.code for one in arrival.both),
            arrival.ratings,
            arrival.same,
            given,
        )
        desk.record(home, back)
        _mark_days(desk, home, plan)
    return arrival


def _write_rows(home: Connection, there: Connection, plan: _Plan, trip: Trip) -> None:
    for n in plan.numbers:
        search.forget_row(home, n)
    rows.take_over(home, plan.differences)
    for n in plan.numbers:
        search.index_stored(home, n)
    beside.take_papers(home, there, trip.rows_from)
    beside.take_courtesy(home, there, trip.rows_from)


def _given(there: Connection, trip: Trip) -> Iterator[AwayNumber]:
    """Yield the highest numbers that the away desk gave of its own."""
    for one in registers.all_numbers(there):
        own = trip.blocks.first if one.series == DOSSIER else trip.blocks.letter_first
        if one.number >= own:
            yield AwayNumber(one.series, one.period, one.number)


def _finished(away: Desk) -> str:
    """Close the away desk's file, whole; return its SHA-256."""
    away.close()
    file = paths.database_file(away.folder)
    going_back.finish_file(file)
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _mark_days(desk: Desk, home: Connection, plan: _Plan) -> None:
    """Let the city hear of the days again whose figures the away desk's acts are in."""
    first: dict[str, datetime] = {}
    for entry in plan.raw:
        at = min(stored_moment(entry.at), stored_moment(entry.event))
        first[entry.code] = min(first.get(entry.code, at), at)
    for code, at in first.items():
        registers.days_changed(home, min(at, desk.now()).date(), desk.now().date(), code)


# --- decided later --------------------------------------------------------------------------------


def _open_questions(trip: Trip, home: Connection, there: Connection) -> Arrival:
    left = _left_at(trip, there)
    both = []
    for code, seq in trip.undecided:
        found = _both(home, there, code, left)
        goes_on = bool(changes.behind(home, seq, code))
        both.append(replace(found, takes_away=found.takes_away and not goes_on))
    return Arrival(trip.name, 0, (), (), tuple(both), (), (), is_back=True)


def _decide_later(desk: Desk, away: Desk, chosen: Mapping[str, Side]) -> Arrival:
    with desk.write() as home, away.read() as there:
        trip = _checked_trip(desk, away, home, there)
        asked = _open_questions(trip, home, there)
        _check_decisions(asked.both, chosen)
        both = tuple(replace(one, side=chosen.get(one.code)) for one in asked.both)
        for one in both:
            if one.side is Side.AWAY:
                _take_one(home, there, one)
            if one.side is not None:
                fact = AwayDecided(trip.away, trip.name, one.side.value)
                desk.record(home, fact, one.code, since=trip.left)
    return replace(asked, both=both)


def _take_one(home: Connection, there: Connection, one: Both) -> None:
    n = rows.number_of(home, one.code)
    if n is not None:
        search.forget_row(home, n)
    rows.take_over(home, [_of_both(home, there, one)])
    if n is not None:
        search.index_stored(home, n)
