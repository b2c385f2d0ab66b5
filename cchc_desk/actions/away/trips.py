"""The away desks of this ward, as its ledger has them: where each is, what waits to be decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from cchc_desk.actions.office.printable import printable_line
from cchc_desk.domain.ledger.entry import RawEntry
from cchc_desk.domain.ledger.facts import known
from cchc_desk.domain.ledger.facts.away import (
    AwayBack,
    AwayBoth,
    AwayDecided,
    AwayGiven,
    AwayGivenUp,
)
from cchc_desk.domain.ledger.facts.office import KnownHead
from cchc_desk.domain.ledger.numbers import Blocks, TakenNumber
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection, stored_moment
from cchc_desk.store.ledger import journal


class TripState(Enum):
    """Where an away desk is."""

    OUT = "out"
    BACK = "back"
    GIVEN_UP = "given-up"
    NOT_MADE = "not-made"  # its folder could not be made: its numbers were never given


@dataclass(frozen=True)
class Trip:
    """An away desk that left; `head` is its last entry that was brought home.

    `undecided`: the codes that both sides touched, each with the entry that says so, until
    somebody decides. `numbers`: the highest that it gave.
    """

    away: str
    name: str
    blocks: Blocks
    rows_from: int
    left: datetime
    until: date | None
    state: TripState = TripState.OUT
    head: KnownHead | None = None
    undecided: tuple[tuple[str, int], ...] = ()
    numbers: tuple[TakenNumber, ...] = ()

    @property
    def open_codes(self) -> tuple[str, ...]:
        """The codes that wait for somebody to decide."""
        return tuple(code for code, _seq in self.undecided)


def trips(desk: Desk) -> tuple[Trip, ...]:
    """Return every away desk that ever left, the newest first."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return tuple(reversed(trips_in(connection)))


def trips_in(connection: Connection) -> tuple[Trip, ...]:
    """Return every away desk that left, in that order."""
    found: dict[str, Trip] = {}
    for entry in journal.raw_entries_by_any(connection, _ACTS):
        facts = known(entry.act, entry.details)
        match facts:
            case AwayGiven():
                found[facts.away] = Trip(
                    facts.away,
                    facts.name,
                    facts.blocks,
                    facts.rows_from,
                    stored_moment(entry.at),
                    facts.until,
                )
            case AwayBack() | AwayBoth() | AwayDecided() | AwayGivenUp() if facts.away in found:
                found[facts.away] = _after(found[facts.away], entry, facts)
            case _:
                pass
    return tuple(found.values())


_ACTS = tuple(kind.act.value for kind in (AwayGiven, AwayBack, AwayBoth, AwayDecided, AwayGivenUp))


def _after(
    trip: Trip, entry: RawEntry, facts: AwayBack | AwayBoth | AwayDecided | AwayGivenUp
) -> Trip:
    if isinstance(facts, AwayBack):
        given = (TakenNumber(one.series, one.period, one.number) for one in facts.numbers)
        head = KnownHead(facts.seq, facts.head)
        return replace(trip, state=TripState.BACK, head=head, numbers=tuple(given))
    if isinstance(facts, AwayBoth):
        return replace(trip, undecided=(*trip.undecided, (entry.code, entry.seq)))
    if isinstance(facts, AwayDecided):
        left = tuple(one for one in trip.undecided if one[0] != entry.code)
        return replace(trip, undecided=left)
    return replace(trip, state=TripState.GIVEN_UP if facts.made else TripState.NOT_MADE)


def the_trip(connection: Connection, away: str) -> Trip | None:
    """Return the away desk with this id, None where it never left from here."""
    return next((trip for trip in trips_in(connection) if trip.away == away), None)


def give_up(desk: Desk, name: str, reason: str) -> Trip:
    """Note that an away desk will not come back; its numbers stay given out.

    `name` is the away desk's or its id. Raises Refused: "away-unknown", "away-not-out", "reason".
    """
    desk.require(Permission.AWAY)
    reason = printable_line(reason, "reason")
    if not reason:
        raise Refused("reason", _("Hãy ghi lý do, ví dụ «máy bị mất»."), "reason")
    with desk.write() as connection:
        trip = _named(connection, name)
        if trip.state is not TripState.OUT:
            raise not_out(trip)
        desk.record(connection, AwayGivenUp(trip.away, reason))
    return replace(trip, state=TripState.GIVEN_UP)


def refuse_while_out(connection: Connection) -> None:
    """Raise Refused("away-out") while an away desk is out."""
    out = [trip.name for trip in trips_in(connection) if trip.state is TripState.OUT]
    if out:
        raise Refused(
            "away-out",
            _(
                "Quầy lưu động {names} chưa về và đang mang theo dữ liệu này; hãy làm khi về."
            ).format(names=", ".join(out)),
        )


def _named(connection: Connection, name: str) -> Trip:
    found = [trip for trip in trips_in(connection) if name in (trip.away, trip.name)]
    if not found:
        raise Refused(
            "away-unknown", _("Không có quầy lưu động nào tên «{name}».").format(name=name)
        )
    return next((trip for trip in found if trip.state is TripState.OUT), found[-1])


def not_out(trip: Trip) -> Refused:
    """Return the refusal about an away desk that is not away."""
    said = {
        TripState.BACK: _("Quầy lưu động {name} đã về phường rồi."),
        TripState.GIVEN_UP: _("Phường đã ghi quầy lưu động {name} không về nữa."),
        TripState.NOT_MADE: _("Quầy lưu động {name} chưa từng đi."),
    }
    return Refused("away-not-out", said[trip.state].format(name=trip.name))
