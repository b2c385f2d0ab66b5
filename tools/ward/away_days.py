"""Random days on which away desks leave a ward, work beside it and come back: what stands at the
end is held against the union of both sides, counted by bare SQL of what each had before.

A ward lives some days; then another one begins. Its home is a PostgreSQL or the file of one PC.
"""

import io
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from cchc_desk.actions.away import coming_back, leaving
from cchc_desk.actions.away.coming_back import Arrival
from cchc_desk.actions.away.leaving import Leave
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import new_desk, opening, repair, upkeep
from cchc_desk.actions.documents import printing, scans
from cchc_desk.actions.dossiers import progress, reminders
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.away import Side
from cchc_desk.domain.courtesy import Mark, Observation
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.figures import PERIOD_FIGURES, Period
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import figures
from cchc_desk.store.engine.database import Connection, run
from cchc_desk.store.engine.tables import metadata
from tests import recount
from tests.actions.conftest import TableClock, become, make_intake
from tests.city import random_life
from tests.engines import copy_desk, join
from tools.postgres import postgres

LEADER = "chi"
_DAYS_OF_A_WARD = 5
# What changes no row of a dossier, as the promise of the desk says (docs/decisions/098).
_BESIDE = {"print", "save-scan", "visit", "rate"}
_OF_THE_RETURN = {"away-back", "away-both", "away-decide"}
_PROOFS = {"seal", "tables", "entry_before", "broken_before", "broken_tables", "taken", "sums"}
# Tables with rows of a dossier, by the column that names it; scans are those of both sides.
_PARTS = {
    table.name: next(
        key.parent.name for key in table.foreign_keys if key.column.table.name == "dossiers"
    )
    for table in metadata.sorted_tables
    if any(key.column.table.name == "dossiers" for key in table.foreign_keys)
    and not table.name.startswith(("courtesy_", "list", "disagreements", "registrations", "scans"))
}
_BESIDE_TABLES = (
    "frozen_papers",
    *(f"courtesy_{name}" for name in ("visits", "ratings", "observations")),
)
_BY_ID = ("slips", "registrations", "visitors")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Act:
    """An entry of a ledger without its number and its proofs."""

    seq: int
    at: str
    event: str
    official: str
    act: str
    code: str
    facts: str


@dataclass
class Whole:
    """All that one side has, read by bare SQL."""

    acts: list[Act]
    dossiers: dict[str, tuple[Row, ...]]
    ids: dict[str, tuple[Row, ...]]
    scans: dict[str, set[Row]]
    beside: dict[str, dict[Row, Row]]

    def touched(self, behind: int) -> set[str]:
        return {
            act.code
            for act in self.acts
            if act.seq > behind and act.code and act.act not in _BESIDE | _OF_THE_RETURN
        }


@dataclass
class Counts:
    """What was seen of all days."""

    days: int = 0
    trips: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    new: int = 0
    changed: int = 0
    both: int = 0
    taken: int = 0
    kept: int = 0
    later: int = 0
    not_takeable: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def play(days: int, seed: int, *, server: bool, acts: int = 25) -> int:
    """Play so many days; print what was seen, and return 1 where anything was lost or silent."""
    began, counts = time.perf_counter(), Counts()
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name, _wards(Path(name), server=server) as ward_of:
        for number in range(-(-days // _DAYS_OF_A_WARD)):
            many = min(_DAYS_OF_A_WARD, days - number * _DAYS_OF_A_WARD)
            folder = Path(name) / f"ward-{number}"
            problems += _ward(ward_of(folder), many, seed + number, acts, counts)
    _report(counts, problems, time.perf_counter() - began, server=server)
    return int(bool(problems))


@contextmanager
def _wards(folder: Path, *, server: bool) -> Iterator[Callable[[Path], Path]]:
    """Yield what makes a ward in a folder."""

    def of_one_pc(place: Path) -> Path:
        copy_desk(made, place)
        return place

    made = folder / "made"
    if not server:
        new_desk.set_up(made, practice.plan(), lambda: MONDAY, practice=True).close()
        yield of_one_pc
        return
    with postgres() as running:
        made.mkdir()
        url = join(made, running.url)
        new_desk.set_up(made, practice.plan(), lambda: MONDAY, practice=True).close()
        template = url.partition("?")[0].rpartition("/")[2]

        def of_server(place: Path) -> Path:
            place.mkdir()
            join(place, running.url, template=template)
            return place

        yield of_server


MONDAY = datetime(2026, 11, 23, 7, 30)


def _ward(folder: Path, days: int, seed: int, acts: int, counts: Counts) -> list[str]:
    dice, clock = random.Random(seed), TableClock()
    clock.now = MONDAY
    problems: list[str] = []
    with closing(opening.open_desk(folder, clock)) as desk:
        for _act in range(acts):
            _work(desk, clock, dice, counts)
        for day in range(days):
            found = _day(desk, clock, dice, acts, counts, folder / f"day-{day}")
            problems += [f"seed {seed}, day {day}: {problem}" for problem in found]
            counts.days += 1
            clock.now = (clock.now + timedelta(days=1)).replace(hour=7, minute=30)
    return problems


# --- a day ----------------------------------------------------------------------------------------


def _day(
    desk: Desk, clock: TableClock, dice: random.Random, acts: int, counts: Counts, folder: Path
) -> list[str]:
    folder.mkdir()
    become(desk, LEADER)
    names = ["Ấp 5", "Ấp Thới Lai"][: 1 if dice.random() < 0.7 else 2]
    for name in names:
        leaving.leave(desk, folder / name, Leave(name))
    sides = {name: opening.open_desk(folder / name, clock) for name in names}
    counts.trips += len(names)
    try:
        for _act in range(acts):
            _work(dice.choice((desk, *sides.values())), clock, dice, counts)
    finally:
        for side in sides.values():
            side.close()
    order = list(names)
    dice.shuffle(order)
    problems: list[str] = []
    for name in order:
        problems += _home_coming(desk, clock, dice, folder / name, counts)
    return problems


def _work(desk: Desk, clock: TableClock, dice: random.Random, counts: Counts) -> None:
    """One act by chance at one side; what the rules refuse changes nothing."""
    side = "away" if desk.away else "home"
    before = _last(desk)
    try:
        if dice.random() < 0.75:
            random_life.act(desk, clock, dice)
        else:
            _other_act(desk, dice)
    except Refused as refused:
        counts.refused[refused.code] += 1
    counts.acts[side] += _last(desk) - before
    clock.now += timedelta(minutes=dice.choice((1, 1, 5, 20)))


def _last(desk: Desk) -> int:
    with desk.read() as connection:
        return int(run(connection, "SELECT max(seq) FROM journal").fetchone()[0])


def _other_act(desk: Desk, dice: random.Random) -> None:
    become(desk, dice.choice(("an", LEADER)))
    known = random_life.codes(desk)
    code = dice.choice(known) if known else ""
    person = f"Người Xa {dice.randrange(10**6)}"

    def observe() -> object:
        become(desk, LEADER)
        marks = tuple((item.key, Mark.DONE) for item in courtesy.items(desk))
        return courtesy.observe(desk, Observation("an", desk.now(), marks, "Tốt", ""))

    choices: tuple[Callable[[], object], ...] = (
        lambda: intake.accept_dossier(desk, make_intake(person)),
        lambda: printing.log_printed(desk, code, "receipt"),
        lambda: printing.log_printed(desk, code, "receipt"),
        lambda: scans.add_scan(desk, code, "Ảnh.png", _picture(dice)),
        lambda: _remove_scan(desk, code),
        lambda: reminders.remind(desk, code, Asker.CITIZEN, How.PHONE),
        lambda: reminders.answer(desk, code, "Ngày mai có"),
        lambda: before_acceptance.ask_for_lacking(
            desk, make_intake(person), ["Giấy chứng sinh"], "Thiếu"
        ),
        lambda: before_acceptance.refuse(desk, make_intake(person), "Không thuộc thẩm quyền"),
        observe,
    )
    dice.choice(choices)()


def _picture(dice: random.Random) -> bytes:
    held = io.BytesIO()
    colour = tuple(dice.randrange(256) for _part in range(3))
    Image.new("RGB", (64, 64), colour).save(held, "PNG")
    return held.getvalue()


def _remove_scan(desk: Desk, code: str) -> None:
    for scan in scans.list_scans(desk, code)[:1]:
        scans.remove_scan(desk, code, scan.number, "Nhầm hồ sơ")


# --- coming back ----------------------------------------------------------------------------------


def _home_coming(
    desk: Desk, clock: TableClock, dice: random.Random, folder: Path, counts: Counts
) -> list[str]:
    """Bring one away desk home; return what is not as both sides had it."""
    become(desk, LEADER)
    with closing(opening.open_desk(folder, clock)) as away:
        known = away.away
        assert known is not None
        there, home = _whole(away), _whole(desk)
    seen = coming_back.look(desk, folder)
    now, later = _decisions(seen, dice)
    back = coming_back.bring_back(desk, folder, now)
    merged = _whole(desk)
    problems = list(_differences(home, there, merged, known.seq, back))
    problems += _sound(desk)
    if later:
        again = coming_back.bring_back(desk, folder, later)
        counts.later += len(later)
        decided = {one.code: one.side for one in again.both if one.side}
        if decided != later:
            problems.append(f"decided later: {decided} instead of {later}")
        problems += _decided_later(home, there, _whole(desk), later)
        problems += _sound(desk)
    problems += _quiet_now(desk, folder, clock)
    counts.new += len(back.new)
    counts.changed += len(back.changed)
    counts.both += len(back.both)
    counts.not_takeable += sum(not one.takes_away for one in back.both)
    counts.taken += sum(side is Side.AWAY for side in (*now.values(), *later.values()))
    counts.kept += sum(side is Side.HOME for side in (*now.values(), *later.values()))
    return problems


def _decisions(seen: Arrival, dice: random.Random) -> tuple[dict[str, Side], dict[str, Side]]:
    """Return what a person decides at once and what later; some of it never."""
    now: dict[str, Side] = {}
    later: dict[str, Side] = {}
    for one in seen.both:
        when = dice.choice((now, later, None))
        if when is not None:
            may = (Side.HOME, Side.AWAY) if one.takes_away else (Side.HOME,)
            when[one.code] = dice.choice(may)
    return now, later


def _differences(
    home: Whole, there: Whole, merged: Whole, left: int, back: Arrival
) -> Iterator[str]:
    """Yield where what stands at home is not the union of both sides."""
    ours, theirs = home.touched(left), there.touched(left)
    both = ours & theirs
    listed = {one.code for one in back.both}
    if listed != both:
        yield f"touched by both: {sorted(both)}, listed: {sorted(listed)}"
    taken = {one.code for one in back.both if one.side is Side.AWAY}
    for kind in ("dossiers", "ids"):
        expected = dict(getattr(home, kind))
        for code, rows in getattr(there, kind).items():
            if code in (theirs - ours) | taken or code not in expected:
                expected[code] = rows
        yield from _unlike(kind, expected, getattr(merged, kind))
    new = set(back.new)
    if new != set(there.dossiers) - set(home.dossiers):
        yield f"new dossiers: {sorted(new)}"
    yield from _unlike("scans", _scans(home, there, theirs - ours, taken), merged.scans)
    for table in home.beside:
        yield from _unlike(table, there.beside[table] | home.beside[table], merged.beside[table])
    wanted = [_said(act) for act in (*home.acts, *(act for act in there.acts if act.seq > left))]
    got = [
        _said(act)
        for act in merged.acts
        if act.seq <= len(home.acts) or act.act not in _OF_THE_RETURN | {"away-close"}
    ]
    if got != wanted:
        first = next((n for n, (a, b) in enumerate(zip(got, wanted, strict=False)) if a != b), 0)
        yield f"acts: {len(got)} instead of {len(wanted)}, first at {first}: {got[first]}"


def _said(act: Act) -> tuple[str, ...]:
    return act.at, act.event, act.official, act.act, act.code, act.facts


def _scans(home: Whole, there: Whole, only_there: set[str], taken: set[str]) -> dict[str, set[Row]]:
    """Return the scans by dossier: as one side has them; where both touched it, those of both."""
    expected = {}
    for code in {*home.scans, *there.scans}:
        ours, theirs = home.scans.get(code, set()), there.scans.get(code, set())
        if code in only_there:
            expected[code] = theirs
        else:
            first, second = (theirs, ours) if code in taken else (ours, theirs)
            known = {row[0] for row in first}
            expected[code] = first | {row for row in second if row[0] not in known}
    return {code: rows for code, rows in expected.items() if rows}


def _unlike(what: str, expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> Iterator[str]:
    for key in {*expected, *found}:
        if expected.get(key) != found.get(key):
            yield f"{what} {key}: {found.get(key)} instead of {expected.get(key)}"


def _decided_later(
    home: Whole, there: Whole, merged: Whole, later: Mapping[str, Side]
) -> Iterator[str]:
    for code, side in later.items():
        for kind in ("dossiers", "ids"):
            wanted = getattr(there if side is Side.AWAY else home, kind).get(code)
            if getattr(merged, kind).get(code) != wanted:
                yield f"{kind} {code}, decided later: {getattr(merged, kind).get(code)}"


def _sound(desk: Desk) -> Iterator[str]:
    """Verify, the search, the number series, and every figure against a plain recount."""
    yield from upkeep.verify_ledger(desk).problems
    yield from repair.check_and_rebuild(desk).rebuilt
    dossiers, now = recount.whole(desk), desk.now()
    within = Period(MONDAY.replace(hour=0) - timedelta(days=7), now, now)
    with desk.read() as connection:
        for figure in PERIOD_FIGURES:
            counted = set(figures.codes(connection, figure, within))
            if counted != recount.codes(figure, dossiers, within):
                yield f"figure {figure.name}: {sorted(counted)}"
    found = {row.code for row in progress.find_dossiers(desk, limit=10_000)}
    if found != {dossier.code for dossier in dossiers}:
        yield "a dossier is not found"


def _quiet_now(desk: Desk, folder: Path, clock: TableClock) -> Iterator[str]:
    """The away desk that came back writes nothing, and coming back once more changes nothing."""
    with closing(opening.open_desk(folder, clock)) as away:
        become(away, "an")
        try:
            intake.accept_dossier(away, make_intake("Người Muộn"))
        except Refused as refused:
            if refused.code != "away-closed":
                yield f"a desk that came back refuses with {refused.code}"
        else:
            yield "a desk that came back goes on"
    before = _last(desk)
    coming_back.bring_back(desk, folder)
    if _last(desk) != before:
        yield "coming back twice wrote something"


# --- reading by bare SQL --------------------------------------------------------------------------


def _whole(desk: Desk) -> Whole:
    with desk.read() as connection:
        names: dict[int, str] = dict(_all(connection, "SELECT n, code FROM dossiers"))
        dossiers: dict[str, list[Row]] = {code: [] for code in names.values()}
        scans_of: dict[str, set[Row]] = {}
        for row in _all(connection, f"SELECT {_columns('dossiers')} FROM dossiers"):
            dossiers[row[3]].append(("dossiers", *row))
        for table, key in _PARTS.items():
            place = _names(table).index(key)
            for row in sorted(_all(connection, f"SELECT {_columns(table)} FROM {table}"), key=repr):
                if row[place] is not None:
                    dossiers[names[row[place]]].append((table, *row))
        for row in _all(connection, f"SELECT {_columns('scans')} FROM scans"):
            scans_of.setdefault(names[row[1]], set()).add(row)
        ids: dict[str, list[Row]] = {}
        for table in _BY_ID:
            for row in _all(connection, f"SELECT {_columns(table)} FROM {table}"):
                of_dossier = table == "slips" and row[_names(table).index("dossier")] is not None
                if not of_dossier:
                    ids.setdefault(row[0], []).append((table, *row))
        beside = {table: _by_key(connection, table) for table in _BESIDE_TABLES}
        acts = _acts(connection)
    return Whole(
        acts,
        {code: tuple(rows) for code, rows in dossiers.items()},
        {code: tuple(rows) for code, rows in ids.items()},
        scans_of,
        beside,
    )


def _by_key(connection: Connection, table: str) -> dict[Row, Row]:
    keys = len(list(metadata.tables[table].primary_key))
    rows = _all(connection, f"SELECT {_columns(table)} FROM {table}")
    return {row[:keys]: row for row in rows}


def _acts(connection: Connection) -> list[Act]:
    sql = (
        "SELECT j.seq, j.at, j.event, j.official, j.act, j.code, d.details "
        "FROM journal j JOIN journal_details d ON d.seq = j.seq ORDER BY j.seq"
    )
    return [
        Act(seq, at, event, who, act, code, _facts(details))
        for seq, at, event, who, act, code, details in _all(connection, sql)
    ]


def _facts(details: str) -> str:
    """Return the facts of an entry; a paper's `drawn_after` names an entry of its own ledger."""
    facts = json.loads(details)
    for proof in (*_PROOFS, "at_away", "drawn_after"):
        facts.pop(proof, None)
    return json.dumps(facts, sort_keys=True)


def _all(connection: Connection, sql: str) -> list[Row]:
    return [tuple(row) for row in run(connection, sql).fetchall()]


def _names(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].columns if column.name != "last_entry"]


def _columns(table: str) -> str:
    return ", ".join(f'"{name}"' for name in _names(table))


def _report(counts: Counts, problems: Iterable[str], took: float, *, server: bool) -> None:
    home = "PostgreSQL" if server else "the file of one PC"
    print(
        f"{counts.days} days, home {home}: {counts.trips} away desks, acts at home "
        f"{counts.acts['home']:,}, away {counts.acts['away']:,}; {took:.0f} s"
    )
    print(
        f"new dossiers {counts.new:,}, changed {counts.changed:,}, touched by both {counts.both:,} "
        f"(all listed; home kept {counts.kept:,}, away's taken {counts.taken:,}, of these decided "
        f"later {counts.later:,}; {counts.not_takeable:,} could only be kept)"
    )
    said = ", ".join(f"{code} {many}" for code, many in counts.refused.most_common(8))
    print(f"refused: {said}")
    print(
        "\n".join(problems) or "merged equal to the union, verify found nothing, figures recounted"
    )
