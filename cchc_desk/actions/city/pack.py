"""Parcels for the city: the days that changed, counted, signed, stored until acknowledged."""

import uuid
from collections import Counter
from datetime import date, datetime
from fractions import Fraction

from cchc_desk import __version__
from cchc_desk.domain.city import DayState, PackedDay
from cchc_desk.domain.courtesy import FACES
from cchc_desk.domain.figures import Origin, Period
from cchc_desk.domain.late_share import LateShare
from cchc_desk.session import Desk
from cchc_desk.store.city import day_counts, outbox
from cchc_desk.store.city.day_counts import DayCount
from cchc_desk.store.dossiers import figures
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import integrity, journal
from cchc_desk.sync import keys, wire
from cchc_desk.sync.parcel import (
    MOST_DAYS,
    Courtesy,
    Day,
    Entry,
    Flow,
    Fuse,
    LateDossier,
    Ledger,
    Parcel,
    Versions,
    hash_of_day,
    written,
)


def pack(desk: Desk, connection: Connection) -> None:
    """Pack the changed days, if any, into waiting parcels, in the caller's transaction."""
    now, first = desk.now(), day_counts.first_day(connection)
    if first is None:
        return
    outbox.note_every_day(connection, first, now.date())
    marked = outbox.days_to_pack(connection, now.date())
    if not marked:
        return
    counted = day_counts.count_days(connection, marked[0].day, marked[-1].day, now)
    packed: list[tuple[Day, str]] = []
    for known in marked:
        day = day_of(known, counted[known.day], over=known.day < now.date())
        content_hash = hash_of_day(day)
        if content_hash == known.hash:
            outbox.day_unchanged(connection, known.day, over=day.over)
        else:
            packed.append((day, content_hash))
    ledger = _ledger(connection)
    for begin in range(0, len(packed), MOST_DAYS):
        _keep(desk, connection, packed[begin : begin + MOST_DAYS], ledger, now)
        # The city knows this much once it has the parcel before.
        ledger = Ledger(last=ledger.last, known=ledger.last)


def wrong_days(desk: Desk, connection: Connection) -> tuple[date, ...]:
    """Return the days that stand as sent and are not what the dossiers say of them."""
    settled = outbox.settled_days(connection)
    if not settled:
        return ()
    counted = day_counts.count_days(connection, settled[0].day, settled[-1].day, desk.now())
    return tuple(
        known.day
        for known in settled
        if hash_of_day(day_of(known, counted[known.day], over=True)) != known.hash
    )


def _keep(
    desk: Desk, connection: Connection, packed: list[tuple[Day, str]], ledger: Ledger, now: datetime
) -> None:
    late_officials = (
        official for official, _code in figures.faults(connection, Period.of_year(now.year, now))
    )
    parcel = Parcel(
        id=str(uuid.uuid4()),
        ward=desk.settings["unit_code"],
        desk=desk.id,
        made=now,
        practice=desk.practice,
        versions=Versions(
            program=__version__,
            catalogue=integrity.table_seal(connection, "procedures")[:16],
            calendar=desk.calendar.version,
            law=desk.regime_today().key,
        ),
        ledger=ledger,
        fuse=_fuse(connection, now, desk.regime_today().late_share),
        strikes=dict(sorted(Counter(late_officials).items())),
        days=tuple(day for day, _hash in packed),
    )
    line = wire.sign("parcel", parcel, keys.key_of(desk.folder, desk.id))
    rows = [PackedDay(day.day, day.revision, content_hash) for day, content_hash in packed]
    outbox.add_parcel(connection, parcel.id, now, rows, line, wire.hash_of(line))
    for (day, _hash), row in zip(packed, rows, strict=True):
        outbox.keep_packed(connection, row, written(day), over=day.over, parcel=parcel.id)


def day_of(known: DayState, counted: DayCount, *, over: bool) -> Day:
    """Return the day as counted now, one revision above the one packed last."""
    return Day(
        day=known.day,
        revision=known.revision + 1,
        over=over,
        open=counted.open,
        open_late=counted.open_late,
        flows=tuple(Flow(**flow._asdict()) for flow in counted.flows),
        late=tuple(LateDossier(**late._asdict()) for late in counted.late),
        courtesy=Courtesy(
            visits=counted.visits,
            items=dict(sorted(counted.items.items())),
            faces=tuple(counted.faces[face] for face in FACES),
            told_yes=counted.told[True],
            told_no=counted.told[False],
        ),
    )


def _ledger(connection: Connection) -> Ledger:
    head = journal.head(connection)
    assert head is not None, "a desk's set-up is its first entry"
    length = outbox.known_length(connection)
    known = journal.hash_of(connection, length) if length else None
    return Ledger(
        last=Entry(length=head.seq, hash=head.hash),
        known=Entry(length=length, hash=known) if known else None,
    )


def _fuse(connection: Connection, now: datetime, line: Fraction) -> Fuse:
    year = Period.until_now(date(now.year, 1, 1), now.date(), now)
    share, watched = (
        LateShare.of(figures.counts(connection, year, origin), line)
        for origin in (Origin.ALL, Origin.LIST)
    )
    return Fuse(
        year=now.year,
        late=share.late,
        total=share.total,
        watched=watched.total,
        watched_late=watched.late,
    )
