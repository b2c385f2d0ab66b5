"""An away desk leaves: numbers of its own, and a copy of the ward in a folder of its own."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cchc_desk import __version__, paths
from cchc_desk.actions.away.trips import Trip, TripState, trips_in
from cchc_desk.actions.data import new_desk, opening, protection, upkeep
from cchc_desk.actions.data.wards import checked_name
from cchc_desk.domain.away import SETTING, AwayDesk
from cchc_desk.domain.ledger.facts.away import AwayBegun, AwayGiven, AwayGivenUp
from cchc_desk.domain.ledger.facts.office import Exported
from cchc_desk.domain.ledger.numbers import Blocks as Blocks
from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import checked
from cchc_desk.store.city import outbox
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine import durable, encryption, migrations, moving
from cchc_desk.store.engine.database import Connection, Database
from cchc_desk.store.engine.row_numbers import highest_number
from cchc_desk.store.engine.set_up_lock import alone_in
from cchc_desk.store.ledger import going_back, journal
from cchc_desk.store.office import registers
from cchc_desk.store.office.number_series import DOSSIER

_LAST, _LAST_LETTER = 9999, 99999
_MANY, _MANY_LETTERS = 500, 1000  # numbers of a day, letters and slips of a year
# So many rows of a table are free for an away desk, and for its home until it comes back.
_ROWS = 500_000


@dataclass(frozen=True)
class Leave:
    """Who leaves: the name of the away desk, its numbers (None: as proposed), until when."""

    name: str
    blocks: Blocks | None = None
    until: date | None = None
    encrypt: bool = False


@dataclass(frozen=True)
class Left:
    """What left: its folder, the rows in it, its numbers, the last entry that it took along.

    `home_last`: the last number of a day to which this desk is held from now on, None: as before.
    """

    folder: Path
    rows: int
    blocks: Blocks
    head: str
    home_last: int | None


def proposed_blocks(desk: Desk) -> Blocks:
    """Propose numbers for an away desk: the highest of this desk's that no other away desk has."""
    desk.require(Permission.AWAY)
    with desk.read() as connection:
        return _proposed(desk, trips_in(connection))


def _proposed(desk: Desk, known: Sequence[Trip]) -> Blocks:
    own, held = desk.settings, [trip.blocks for trip in known if _holds_numbers(trip)]
    days = _free(
        own["block_first"],
        max(own["block_last"], *(trip.blocks.last for trip in known), 0),
        _MANY,
        [(one.first, one.last) for one in held],
    )
    years = _free(
        own["letter_block_first"],
        max(own["letter_block_last"], *(trip.blocks.letter_last for trip in known), 0),
        _MANY_LETTERS,
        [(one.letter_first, one.letter_last) for one in held],
    )
    return Blocks(*days, *years)


def _free(first: int, last: int, many: int, taken: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the highest numbers up to `last` that nobody has: a quarter of all, or `many`."""
    many = max(1, min(many, (last - first + 1) // 4))
    for other_first, other_last in sorted(taken, reverse=True):
        if _meet(last - many + 1, last, other_first, other_last):
            last = other_first - 1
    return last - many + 1, last


def _holds_numbers(trip: Trip) -> bool:
    """True while nobody else may have its numbers: it is out, or was given up."""
    return trip.state in (TripState.OUT, TripState.GIVEN_UP)


def leave(desk: Desk, folder: Path, plan: Leave) -> Left:
    """Let an away desk leave with a copy of the ward in `folder`, which has no desk yet.

    Nobody at home waits while the rows are copied. Raises Refused: "away", "station-name",
    "setting", "block-shared", "away-until", "desk-exists", "desk-gone", "state-in-doubt"; Trouble:
    "read-only", "unsafe-folder", "no-cipher", "conversion", and as alone_in().
    """
    desk.require(Permission.AWAY)
    desk.require_no_doubt()
    name = checked_name(plan.name)
    if plan.until is not None and plan.until < desk.now().date():
        raise Refused("away-until", _("Ngày về không thể trước hôm nay."), "until")
    new_desk.refuse_existing(folder)
    new_desk.make_folder(folder)
    with alone_in(folder):
        new_desk.refuse_existing(folder)
        given = _give(desk, name, plan, folder)
        try:
            rows, head = _make(desk, folder, given, plan)
        except BaseException:
            with desk.write() as connection:
                desk.record(connection, AwayGivenUp(given.away, "", made=False))
            raise
    with closing(opening.open_desk(folder, desk.clock)) as opened:
        opened.note_head()
    return Left(folder, rows, given.blocks, head, given.changes.get("block_last"))


def _give(desk: Desk, name: str, plan: Leave, folder: Path) -> AwayGiven:
    """Note at home that a copy leaves, and which numbers; home's own blocks end before them."""
    with desk.write() as connection:
        known = trips_in(connection)
        blocks = _checked(plan.blocks or _proposed(desk, known))
        _refuse_given(blocks, known)
        changes = _held_before(desk, connection, blocks)
        for key, value in changes.items():
            registers.keep_setting(connection, key, value)
        rows_from = _next_rows(connection, known)
        given = AwayGiven(str(uuid.uuid4()), name, blocks, rows_from, plan.until, changes)
        dossiers = journal.dossier_count(connection)
        copy = Exported("backup", dossiers, folder.name, reason=f"Quầy lưu động {name}")
        desk.record(connection, copy, counted=False)
        desk.record(connection, given, tables=("settings",), counted=False)
    return given


def _checked(blocks: Blocks) -> Blocks:
    for key, value in _settings(blocks).items():
        checked(key, value)
    return blocks


def _settings(blocks: Blocks) -> dict[str, int]:
    return {
        "block_first": blocks.first,
        "block_last": blocks.last,
        "letter_block_first": blocks.letter_first,
        "letter_block_last": blocks.letter_last,
    }


def _refuse_given(blocks: Blocks, known: Iterable[Trip]) -> None:
    for trip in known:
        other = trip.blocks
        if _holds_numbers(trip) and (
            _meet(blocks.first, blocks.last, other.first, other.last)
            or _meet(blocks.letter_first, blocks.letter_last, other.letter_first, other.letter_last)
        ):
            raise Refused(
                "block-shared",
                _("Dải số ấy đã giao cho quầy lưu động {name}; hãy chọn dải khác.").format(
                    name=trip.name
                ),
                "block",
            )


def _meet(first: int, last: int, other_first: int, other_last: int) -> bool:
    return first <= other_last and other_first <= last


def _held_before(desk: Desk, connection: Connection, blocks: Blocks) -> dict[str, int]:
    """Return the settings that hold home to the numbers before those that leave.

    Raises Refused("block-shared") where home has none left, or gave one of them already.
    """
    now, changes = desk.now(), {}
    for block, first, last, period in (
        ("block", blocks.first, blocks.last, f"{now:%y%m%d}"),
        ("letter_block", blocks.letter_first, blocks.letter_last, f"{now:%Y}"),
    ):
        of_period = (
            one.number for one in registers.all_numbers(connection) if one.period == period
        )
        used = max(of_period, default=0)
        if not max(desk.settings[f"{block}_first"], used) < first <= last:
            raise Refused(
                "block-shared",
                _(
                    "Dải số {first}–{last} phải đứng sau số đầu của quầy và sau những số đã dùng "
                    "({used}); hãy chọn dải cao hơn."
                ).format(first=first, last=last, used=used),
                block,
            )
        if desk.settings[f"{block}_last"] >= first:
            changes[f"{block}_last"] = first - 1
    return changes


def _next_rows(connection: Connection, known: Iterable[Trip]) -> int:
    highest = max((highest_number(connection), *(trip.rows_from + _ROWS for trip in known)))
    return (highest // _ROWS + 1) * _ROWS


# --- the folder -----------------------------------------------------------------------------------


def _make(desk: Desk, folder: Path, given: AwayGiven, plan: Leave) -> tuple[int, str]:
    part = paths.database_file(folder).with_suffix(".new")
    part.unlink(missing_ok=True)
    key = _key(desk, folder) if plan.encrypt else None
    with closing(Database(part, create=True, key=key)) as target:
        with desk.read() as home:
            rows, link = _copied(home, target)
            numbers = _numbers_of(trips_in(home), given.blocks)
        away = opening.load_desk(folder, target, desk.clock)
        _begin(away, desk, given, numbers, link)
    going_back.finish_file(part)
    durable.put(part, paths.database_file(folder))
    return rows, upkeep.head_text(link)


def _key(desk: Desk, folder: Path) -> bytes:
    """Return the key of the copy: that of home's own file, whose recovery sheet opens it too."""
    own = None if desk.on_server else encryption.key_of(desk.database.file)
    if own is None:
        return protection.key_of_new_desk(folder)
    protection.bring_keys(desk.database.file, folder)
    return own


def _copied(home: Connection, target: Database) -> tuple[int, journal.Link]:
    with target.write() as new:
        migrations.create(new, __version__)
        rows = moving.copy_rows(home, new)
        search.rebuild(new)
        wrong = moving.differing_tables(home, new)
    if wrong:
        raise Trouble(
            "conversion",
            _("Chưa chép được: bảng {names} ở nơi mới không giống nơi cũ.").format(
                names=", ".join(wrong)
            ),
        )
    link = journal.last_link(home)
    assert link is not None, "the leaving itself is an entry"
    return rows, link


def _begin(
    away: Desk,
    home: Desk,
    given: AwayGiven,
    numbers: Iterable[TakenNumber],
    link: journal.Link,
) -> None:
    """Make the copy an away desk, by its first own entry."""
    known = AwayDesk(given.name, home.id, link.seq, link.hash, given.rows_from, given.until)
    changes: Mapping[str, Any] = _settings(given.blocks) | {
        "desk_name": given.name,
        "desk_id": given.away,
        SETTING: known.encode(),
    }
    away.official = home.official
    with away.write() as connection:
        for key, value in changes.items():
            registers.keep_setting(connection, key, value)
        if registers.city(connection) is not None:  # its key speaks for the ward
            registers.drop_setting(connection, "city")
            outbox.forget_city(connection)
        for number in numbers:
            registers.set_number(connection, number)
        away.id = given.away
        begun = AwayBegun(home.id, given.name, link.seq, link.hash, _settings(given.blocks))
        away.record(connection, begun, tables=("settings",), counted=False)


def _numbers_of(known: Iterable[Trip], blocks: Blocks) -> list[TakenNumber]:
    """Return the highest numbers that earlier away desks gave of these blocks."""
    found: dict[tuple[str, str], TakenNumber] = {}
    for trip in known:
        for one in trip.numbers:
            first, last = (
                (blocks.first, blocks.last)
                if one.series == DOSSIER
                else (blocks.letter_first, blocks.letter_last)
            )
            before = found.get((one.series, one.period))
            if first <= one.number <= last and (before is None or before.number < one.number):
                found[one.series, one.period] = one
    return list(found.values())
