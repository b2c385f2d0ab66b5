"""Wards to measure: an empty desk, and wards of many years with fake people and real rows.

A large ward is written in bulk. One dossier of each kind (open, ready, returned, late with its
letter, asked for a supplement) is made by the program's own actions; every other one is a copy of
those rows with a person, moments and a place in the ledger of its own: the chain and each last
seal are as the program itself makes them. However many years are stored, about as many dossiers
are open: those of the last weeks.
"""

import hashlib
import heapq
import json
import random
import secrets
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cchc_desk import paths
from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import How, PaperCount
from cchc_desk.domain.ledger.entry import details_hash, next_entry
from cchc_desk.domain.people.applicant import Applicant
from cchc_desk.domain.text.numbers import numbers_in
from cchc_desk.domain.text.vietnamese import exact_key, fold, name_sort_key
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import due_moment, last_minute, parse_limit
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine.migrations import SCHEMA
from cchc_desk.store.ledger import integrity

NOW = datetime(2026, 11, 23, 10, 0)
A_YEAR = 20_000
MADE = Path("build/bench")
CLERK, PROCESSOR, LEADER = "an", "binh", "chi"

LIMITS = ("1 ngày làm việc", "3 ngày làm việc", "5 ngày làm việc", "10 ngày làm việc", "4 giờ")
LATE = 0.03
OWN_FAULT = 0.2
ASKED = 0.08
NOT_FETCHED, FETCHED_WITHIN = 0.05, timedelta(days=20)
_FIRST_NUMBER = 5000  # of letters and slips: above those that the desk itself gives

Facts = dict[str, Any]


# --- desks ----------------------------------------------------------------------------------------


def empty_desk(folder: Path) -> Desk:
    """Make a practice desk without dossiers, the clerk logged in."""
    desk = new_desk.set_up(folder, practice.plan(), lambda: NOW, practice=True)
    accounts.log_in(desk, CLERK, practice.PASSWORD)
    return desk


def open_ward(folder: Path) -> Desk:
    """Open the desk in `folder`, the clerk logged in."""
    desk = opening.open_desk(folder, lambda: NOW)
    accounts.log_in(desk, CLERK, practice.PASSWORD)
    return desk


def an_intake(person: Applicant | None = None) -> intake.Intake:
    """Return the form of a dossier with three papers, of a person who does not exist."""
    who = person or practice.fake_person(random.Random(7), NOW.date())
    return intake.Intake("1.001193", who, limit="3 ngày làm việc", papers=_PAPERS)


_PAPERS = tuple(
    PaperCount(name, original=1) for name in ("Tờ khai", "Giấy chứng sinh", "Giấy kết hôn")
)


def large_ward(dossiers: int) -> Path:
    """Return the folder of a ward of so many dossiers, A_YEAR a year; made once, stored in MADE.

    It is for reading: whoever writes takes a `copy_of` it.
    """
    made_by = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    current = MADE / f"schema-{SCHEMA}-{made_by}"
    for old in set(MADE.glob("schema-*")) - {current}:
        shutil.rmtree(old)
    folder = current / str(dossiers)
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        desk = empty_desk(part)
        fill(desk, A_YEAR, dossiers // A_YEAR)
        desk.close()
        part.rename(folder)
    return folder


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """Yield a copy of a ward that may be written to, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=MADE) as root:
        target = Path(root) / "ward"
        shutil.copytree(folder, target)
        yield target


# --- one dossier of each kind ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """A row that copies share but for the `own` columns: (column, key in the copy's facts)."""

    table: str
    fixed: Facts
    own: tuple[tuple[str, str], ...]

    def of(self, facts: Facts) -> Facts:
        return self.fixed | {column: facts[key] for column, key in self.own}


@dataclass(frozen=True)
class _Entry:
    """A ledger entry of a life: who did what `when` (key in the facts), and its details."""

    official: str
    act: str
    when: str
    details: _Row


@dataclass(frozen=True)
class _Life:
    """Rows and ledger entries of one kind of dossier."""

    rows: tuple[_Row, ...]
    entries: tuple[_Entry, ...]


# In the order of the seal (store/ledger/integrity.py).
_TABLES = (
    ("dossiers", "n"),
    ("applicants", "dossier"),
    ("papers", "dossier"),
    ("promises", "dossier"),
    ("pauses", "dossier"),
    ("due_moves", "dossier"),
    ("letters", "dossier"),
    ("responsibilities", "dossier"),
    ("slips", "dossier"),
)
# Columns whose values are a copy's own whatever they are.
_OWN_COLUMNS = {
    "n": "n",
    "dossier": "n",
    "desk": "desk",
    "last_minute": "last_minute",
    "last_entry": "last_entry",
    "number": "number",
    "year": "year",
    "official": "official",
    "own_fault": "own_fault",
    "seal": "seal",
    "entry_before": "entry_before",
}
_OF_PAPERS = ("paper", "facts_sha256", "pdf_sha256")  # of PaperFacts
_MINUTES = {
    "accepted": datetime(2026, 9, 7, 8, 11),
    "requested": datetime(2026, 9, 7, 9, 12),
    "brought": datetime(2026, 9, 8, 13, 37),
    "ready": datetime(2026, 9, 9, 9, 22),
    "ready late": datetime(2026, 9, 11, 9, 23),
    "drafted": datetime(2026, 9, 11, 9, 42),
    "signed": datetime(2026, 9, 11, 10, 13),
    "delivered": datetime(2026, 9, 14, 8, 31),
    "returned": datetime(2026, 9, 14, 8, 36),
}
_AT_ONCE = ("requested", "brought")  # counted from the acceptance, all other acts from the result
_AFTER = {
    "requested": timedelta(minutes=10),
    "brought": timedelta(minutes=20),
    "ready": timedelta(0),
    "ready late": timedelta(0),
    "drafted": timedelta(minutes=20),
    "signed": timedelta(hours=1),
    "delivered": timedelta(hours=23),
    "returned": timedelta(hours=23, minutes=5),
}
_LIVES: dict[str, tuple[str, ...]] = {
    "open": ("accepted",),
    "ready": ("accepted", "ready"),
    "returned": ("accepted", "ready", "returned"),
    "asked": ("accepted", "requested", "brought", "ready", "returned"),
    "late": ("accepted", "ready late", "drafted", "signed", "delivered", "returned"),
}


class _Model:
    """A desk of its own on which one dossier of each kind is made by the program's actions."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.desk = new_desk.set_up(folder, practice.plan(), lambda: self.now, practice=True)
        self.code, self.letter = "", ""

    def life(self, acts: tuple[str, ...]) -> _Life:
        """Do the acts on a new dossier, each at its minute, and read its rows back."""
        person = practice.fake_person(random.Random(" ".join(acts)), NOW.date())
        for act in acts:
            self.now = _MINUTES[act]
            self._do(act, person)
        with closing(sqlite3.connect(self.desk.database.file)) as bare:
            bare.row_factory = sqlite3.Row
            return _life_of(bare, self.code, person)

    def _do(self, act: str, person: Applicant) -> None:
        desk, code = self.desk, self.code
        if act == "accepted":
            self._as(CLERK)
            self.code = intake.accept_dossier(desk, an_intake(person)).code
        elif act in ("ready", "ready late"):
            self._as(PROCESSOR)
            steps.mark_ready(desk, code)
        elif act == "returned":
            self._as(CLERK)
            steps.return_result(desk, code, Return(person.name))
        elif act == "requested":
            self._as(PROCESSOR)
            steps.request_supplement(desk, code, "Giấy tờ nộp chưa đủ", ("Văn bản ủy quyền",))
        elif act == "brought":
            self._as(CLERK)
            steps.supplement_brought(desk, code)
        elif act == "drafted":
            self._as(CLERK)
            letter = letters.draft_apology(
                desk, code, "volume", None, responsible=PROCESSOR, own_fault=True
            )
            self.letter = letter.id
        elif act == "signed":
            self._as(LEADER)
            letters.sign_letter(desk, self.letter)
        else:
            self._as(CLERK)
            letters.deliver_letter(desk, self.letter, How.COUNTER)

    def _as(self, official: str) -> None:
        accounts.log_in(self.desk, official, practice.PASSWORD)


def _life_of(bare: sqlite3.Connection, code: str, person: Applicant) -> _Life:
    """Return the rows of this dossier, with the columns that each copy has of its own."""
    n, identity, due, moved = bare.execute(
        "SELECT d.n, d.id, p.due, d.first_due "
        "FROM dossiers d JOIN promises p ON p.dossier = d.n WHERE d.code = ?",
        (code,),
    ).fetchone()
    rows = [
        (table, row) for table, key in _TABLES for row in bare.execute(_rows_sql(table, key), (n,))
    ]
    own: dict[object, str] = {_iso(at): key for key, at in _MINUTES.items()}
    own |= {moved: "moved", due: "due", code: "code", identity: "id", "3 ngày làm việc": "limit"}
    own |= {value: key for key, value in _person_facts(person).items()}
    own |= {row["id"]: f"{table} id" for table, row in rows if table in ("letters", "slips")}
    entries = bare.execute(
        "SELECT j.official, j.act, j.at, d.details "
        "FROM journal j JOIN journal_details d ON d.seq = j.seq WHERE j.code = ? ORDER BY j.seq",
        (code,),
    )
    return _Life(
        tuple(_row(table, dict(row), own) for table, row in rows),
        tuple(
            _Entry(by, act, own[at], _row("", _without_paper(json.loads(details)), own))
            for by, act, at, details in entries
        ),
    )


def _without_paper(details: Facts) -> Facts:
    """Return the details of an act as they were before papers were kept: a copy has none."""
    return {key: value for key, value in details.items() if key not in _OF_PAPERS}


def _rows_sql(table: str, key: str) -> str:
    return f"SELECT * FROM {table} WHERE {key} = ? ORDER BY rowid"


def _row(table: str, fixed: Facts, own: dict[object, str]) -> _Row:
    keys: list[tuple[str, str]] = []
    for column, value in fixed.items():
        if value is None or (table == "letters" and column == "own_fault"):
            continue
        if column == "number" and isinstance(value, str):
            continue  # a ledger entry has the number as printed ("01/HDHS"), which nothing compares
        if column == "own_fault" and isinstance(value, bool):
            keys.append((column, "at fault"))  # a ledger entry says true where a row has 1
            continue
        if column in _OWN_COLUMNS:
            keys.append((column, _OWN_COLUMNS[column]))
        elif isinstance(value, str | bytes) and value in own:
            keys.append((column, own[value]))
    return _Row(table, fixed, tuple(keys))


def _person_facts(person: Applicant) -> Facts:
    return {
        "name": person.name,
        "name_sort": _sort_key(person.name),
        "id_number": person.id_number,
        "born": person.born.isoformat() if person.born else "",
        "sex": person.sex,
        "address": person.address,
        "phone": person.phone,
    }


# --- copies ---------------------------------------------------------------------------------------


@dataclass
class _Copy:
    life: _Life
    facts: Facts
    lived: int = 0  # how many of its entries are in the ledger


def fill(desk: Desk, per_year: int, years: int) -> None:
    """Add `per_year` dossiers a year before now; the last ones open, LATE of them late."""
    with tempfile.TemporaryDirectory() as folder:
        model = _Model(Path(folder))
        lives = {kind: model.life(acts) for kind, acts in _LIVES.items()}
        model.desk.close()
    with closing(_Writer(paths.database_file(desk.folder), desk.id)) as writer:
        waiting: list[tuple[str, int, _Copy]] = []
        for copy in _copies(desk.calendar, desk.now(), lives, per_year, years):
            while waiting and waiting[0][0] <= copy.facts["accepted"]:
                _go_on(waiting, heapq.heappop(waiting)[2], writer)
            writer.accept(copy)
            _go_on(waiting, copy, writer)
        while waiting:
            _go_on(waiting, heapq.heappop(waiting)[2], writer)
        writer.finish()
    _check(desk, lives)


def _go_on(waiting: list[tuple[str, int, _Copy]], copy: _Copy, writer: "_Writer") -> None:
    """Enter the next act of one dossier in the ledger; the one after it waits for its own time."""
    writer.enter(copy)
    if copy.lived < len(copy.life.entries):
        when = copy.facts[copy.life.entries[copy.lived].when]
        heapq.heappush(waiting, (when, copy.facts["n"], copy))


def _copies(
    calendar: Calendar, now: datetime, lives: dict[str, _Life], per_year: int, years: int
) -> Iterator[_Copy]:
    """Yield the dossiers in the order in which they are taken in."""
    dice = random.Random(1)
    every = (now.date() - timedelta(days=back) for back in range(365 * years, -1, -1))
    working = [day for day in every if calendar.is_working_day(day)]
    moments = sorted(_moment(dice, working, now) for _ in range(per_year * years))
    for number, accepted in enumerate(moments):
        limit_text = dice.choice(LIMITS)
        limit = parse_limit(limit_text)
        due = due_moment(accepted, limit, calendar).moment
        kind, ready = _fate(dice, accepted, due, now)
        own_fault = dice.random() < OWN_FAULT
        facts = _person_facts(practice.fake_person(dice, accepted.date()))
        facts |= {
            "code": f"H13.999-{accepted:%y%m%d}-{number % 9000 + 1000:04d}",
            "limit": limit_text,
            "accepted": _iso(accepted),
            "due": _iso(due),
            "year": ready.year,
            "official": dice.choice((CLERK, PROCESSOR)),
            "own_fault": int(own_fault),
            "at fault": own_fault,
        }
        moved = due + timedelta(days=1) if kind == "asked" else due
        facts |= {"moved": _iso(moved), "last_minute": _iso(last_minute(moved, limit))}
        for act in _LIVES[kind][1:]:
            facts[act] = _iso((accepted if act in _AT_ONCE else ready) + _AFTER[act])
        yield _Copy(lives[kind], facts)


def _moment(dice: random.Random, working: list[date], now: datetime) -> datetime:
    day = dice.choice(working)
    moment = datetime.combine(day, time(dice.choice((8, 9, 10, 14, 15)), dice.randrange(60)))
    return moment if moment < now else moment - timedelta(days=3)


def _fate(
    dice: random.Random, accepted: datetime, due: datetime, now: datetime
) -> tuple[str, datetime]:
    """Which life it has, and when its result is ready."""
    late, asked = dice.random() < LATE, dice.random() < ASKED
    if late:
        ready = due + timedelta(days=dice.randrange(1, 6))
    else:
        ready = max(due - timedelta(minutes=dice.randrange(600)), accepted + timedelta(minutes=30))
    if ready >= now:
        return "open", ready
    recent = now - ready < FETCHED_WITHIN
    if recent and (dice.random() < NOT_FETCHED or now - ready < timedelta(days=1)):
        return ("open" if late else "ready"), ready
    return ("late" if late else "asked" if asked else "returned"), ready


class _Writer:
    """Bulk writer of copies to a desk's file, by bare sqlite3."""

    AT_ONCE = 20_000

    def __init__(self, file: Path, desk: str) -> None:
        self._bare = sqlite3.connect(file, isolation_level=None)
        self._bare.execute("PRAGMA synchronous=OFF")
        self._bare.execute("PRAGMA cache_size=-400000")
        self._desk = desk
        (self._n,) = self._bare.execute("SELECT coalesce(max(n), 0) FROM dossiers").fetchone()
        self._last = self._bare.execute(
            "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        self._rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._columns: dict[str, tuple[str, ...]] = {
            "dossier_search": ("rowid", "folded", "exact", "tails")
        }

    def accept(self, copy: _Copy) -> None:
        """Give it its number and index it for the search."""
        self._n += 1
        facts = copy.facts
        own = {
            "n": self._n,
            "id": f"large-{self._n}",
            "number": _FIRST_NUMBER + self._n,
            "desk": self._desk,
            "last_entry": 0,
        }
        facts |= own | {"letters id": f"letter-{self._n}", "slips id": f"slip-{self._n}"}
        keys = (
            f"{_folded(facts['name'])} {fold(facts['code'])} {facts['id_number']} {facts['phone']}"
        )
        ends = search.tails(facts["code"], facts["id_number"], numbers_in(facts["phone"]))
        self._rows["dossier_search"].append((self._n, keys, exact_key(facts["name"]), ends))
        if self._n % self.AT_ONCE == 0:
            self._flush()

    def enter(self, copy: _Copy) -> None:
        """Chain its next act to the ledger; after its last act, write its rows."""
        facts, entry = copy.facts, copy.life.entries[copy.lived]
        copy.lived += 1
        facts["entry_before"] = facts["last_entry"]
        whole = copy.lived == len(copy.life.entries)
        rows = [(row.table, row.of(facts)) for row in copy.life.rows] if whole else []
        # A seal that a later one of the same dossier follows is never compared with its rows.
        facts["seal"] = _seal(rows) if whole else secrets.token_hex(32)
        at, salt = facts[entry.when], secrets.token_hex(16)
        text = _DETAILS.encode(entry.details.of(facts))
        made = next_entry(
            self._last,
            desk=self._desk,
            at=datetime.fromisoformat(at),
            event=datetime.fromisoformat(at),
            official=entry.official,
            act=entry.act,
            code=facts["code"],
            details=details_hash(salt, text),
        )
        self._last = (made.seq, made.hash)
        self._add("journal", vars(made) | {"at": at, "event": at})
        self._add("journal_details", {"seq": made.seq, "salt": salt, "details": text})
        facts["last_entry"] = made.seq
        for table, row in rows:
            self._add(table, row | {"last_entry": made.seq} if table == "dossiers" else row)

    def _add(self, table: str, row: Facts) -> None:
        if table not in self._columns:
            self._columns[table] = tuple(row)
        self._rows[table].append(tuple(row.values()))

    def _flush(self) -> None:
        self._bare.execute("BEGIN")
        for table, rows in self._rows.items():
            columns = self._columns[table]
            places = ", ".join("?" * len(columns))
            self._bare.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows
            )
        self._bare.execute("COMMIT")
        self._rows.clear()

    def finish(self) -> None:
        """Write what is left, and the days that the acts changed."""
        self._flush()
        self._bare.execute("BEGIN")
        self._bare.execute(
            "INSERT INTO outbox (day) SELECT DISTINCT substr(at, 1, 10) FROM journal "
            "WHERE true ON CONFLICT DO NOTHING"
        )
        self._bare.execute("COMMIT")
        self._bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._bare.close()


def _seal(rows: list[tuple[str, Facts]]) -> str:
    parts: dict[str, list[Facts]] = {}
    for table, row in rows:
        parts.setdefault(table, []).append(row)
    return integrity.seal(parts.items())


def _check(desk: Desk, lives: dict[str, _Life]) -> None:
    """AssertionError where the program finds anything wrong with one of the newest copies."""
    with closing(sqlite3.connect(paths.database_file(desk.folder))) as bare:
        newest = bare.execute(
            "SELECT code FROM dossiers WHERE id LIKE 'large-%' ORDER BY n DESC LIMIT 300"
        ).fetchall()
    wrong = {
        code: problems
        for (code,) in newest
        if (problems := progress.show_dossier(desk, code).problems)
    }
    assert not wrong, wrong


_DETAILS = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_sort_key: Callable[[str], bytes] = lru_cache(10_000)(name_sort_key)
_folded: Callable[[str], str] = lru_cache(10_000)(fold)


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
