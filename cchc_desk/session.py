"""Desk: the database, its settings and law, the clock and the official of an action."""

import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from cchc_desk import owner_only
from cchc_desk.domain import away
from cchc_desk.domain.away import AwayDesk
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.law.regime import Regime, regime_on
from cchc_desk.domain.ledger.doubts import Doubt, DoubtKind
from cchc_desk.domain.ledger.entry import Head
from cchc_desk.domain.ledger.facts import Envelope, Facts, TableFacts
from cchc_desk.domain.ledger.facts.away import AwayBegun, AwayClosed
from cchc_desk.domain.ledger.facts.office import ClockMoved, ClockSet, SettingsChanged, SetUp
from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.domain.people.officials import Act, Official
from cchc_desk.domain.permissions import BY_THE_CLOCK, Permission, require
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.clock import SLACK, ClockDoubt, clock_doubt, last_beyond_doubt
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import Message, _, later, moment
from cchc_desk.settings import BY_KEY, Settings
from cchc_desk.snapshot import Snapshot, read_snapshot
from cchc_desk.store.dossiers.changes import Sight as Sight
from cchc_desk.store.engine import row_numbers
from cchc_desk.store.engine.database import Connection, DeskDatabase
from cchc_desk.store.ledger import integrity, journal, sums
from cchc_desk.store.ledger.witness import Witness, WitnessLine
from cchc_desk.store.office import officials, registers

Clock = Callable[[], datetime]
T = TypeVar("T")
PRACTICE_MARK = "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ"


def machine_uptime() -> float:
    """Return the seconds since this machine began, its sleep included where the system counts it.

    No clock on the wall is in it, so nobody can set it.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux alone has it
    return time.monotonic() if boot is None else time.clock_gettime(boot)


_READ_BACK_S = 10.0  # after an act its own page is read again
_STAYS_SURE = timedelta(hours=12)
# Acts that were done only by a clock beyond doubt, or that put it there.
_TRUSTED_ACTS = (
    *(permission.value for permission in BY_THE_CLOCK),
    Act.CLOCK_CONFIRM.value,
    Act.CLOCK_SET.value,
)
_BEHIND = later(
    "Đồng hồ máy chỉ {now}, trước lần ghi gần nhất của quầy ({last}). Hãy chỉnh giờ của máy, hoặc "
    "xem lại giờ của quầy (Ctrl+Shift+G) rồi làm tiếp."
)
_AHEAD = later(
    "Đồng hồ máy chỉ {now}; lần ghi gần nhất của quầy là {last}. Nếu giờ đúng, hãy xác nhận một "
    "lần (Ctrl+Shift+G) rồi làm tiếp; nếu sai, chỉnh giờ của máy hoặc của quầy."
)


def clock_words(doubt: ClockDoubt) -> Message:
    """Return the sentence on a clock in doubt."""
    text = _BEHIND if doubt.is_behind else _AHEAD
    return Message(text, now=moment(doubt.now), last=moment(doubt.last))


class _Transaction(threading.local):
    """The facts and the official with which the transaction open in this thread began."""

    snapshot: Snapshot | None = None
    reading: Connection | None = None  # the read transaction that is open
    official: Official | None = None
    head: Head | None = None  # the last entry that this transaction made
    numbers: tuple[TakenNumber, ...] = ()  # taken by it
    anew: bool = False  # the witness begins anew with it
    made: tuple[int, ...] = ()  # the numbers of its entries on dossiers
    sight: Sight | None = None  # the dossiers as the window shows them whose act runs here
    only: str = ""  # the one of them that is acted on now; "" for all
    done: float = -_READ_BACK_S  # of time.monotonic(): when this thread's last act was committed


# Of the tables that have a sum, those of which an away desk brings its rows home.
_BROUGHT_HOME = frozenset({"courtesy_visits", "courtesy_ratings", "courtesy_observations"})


def _is_of_this_machine(facts: Facts) -> bool:
    """True for a change of the desk's own tables that is about this machine alone."""
    if isinstance(facts, SettingsChanged):
        return all(key.endswith(("_paper", "_offset", "_printer")) for key in facts.changes)
    return isinstance(facts, AwayBegun | AwayClosed | ClockSet | SetUp)


def _in_doubt() -> Refused:
    return Refused(
        "state-in-doubt",
        _(
            "Chưa ghi được: dữ liệu của quầy không khớp với dấu giữ ngoài tệp. Hãy nhờ lãnh đạo "
            "hoặc quản trị xem và quyết định (Cài đặt, Kiểm tra sổ cái)."
        ),
    )


def _done_unread() -> Trouble:
    return Trouble(
        "done-unread",
        _(
            "Việc vừa làm đã ghi xong; mất mạng tới máy chủ của phường nên chưa đọc lại được. Đừng "
            "làm lại; có mạng thì trang tự hiện."
        ),
    )


def _was_done() -> Refused:
    return Refused(
        "was-done",
        _(
            "Việc làm lúc đứt mạng đã ghi xong. Việc này chưa ghi; hãy xem lại hồ sơ trước khi làm "
            "lần nữa."
        ),
    )


@dataclass
class Desk:
    """One open desk, the first argument of every action; it knows of no window.

    Settings, calendar and regimes are those committed when the thread's own transaction began; one
    transaction sees one snapshot of them, whatever other windows and processes change meanwhile.
    Outside a transaction they are those that were read last: good enough to be shown, not to act
    upon.
    """

    folder: Path
    database: DeskDatabase
    id: str
    last_read: Snapshot
    clock: Clock
    official: Official | None = field(default=None)
    machine: str = ""
    witness: Witness | None = None
    doubt: Doubt | None = None  # found at opening; decided by somebody who may
    witness_trouble: OSError | None = None  # of the last line, where it could not be written
    uptime: Callable[[], float] = field(default=machine_uptime)
    _sure: datetime | None = field(default=None, init=False, repr=False, compare=False)
    # Entries on dossiers made here, with their code: nothing in them is news at this window.
    _made: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _own: _Transaction = field(default_factory=_Transaction, init=False, repr=False, compare=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read transaction with the facts as they stand in it; raises as Database.read().

        One within another is a part of it: an answer made of many is of one moment, and asks for
        the facts once. Raises Trouble("done-unread") where the line broke behind an act that was
        written.
        """
        if self._own.reading is not None:
            yield self._own.reading
            return
        try:
            with self.database.read() as connection, self._facts_of(connection):
                self._own.reading = connection
                yield connection
        except Trouble as trouble:
            if trouble.code == "no-server" and time.monotonic() - self._own.done < _READ_BACK_S:
                raise _done_unread() from trouble
            raise
        finally:
            self._own.reading = None

    def write(self) -> AbstractContextManager[Connection]:
        """Open a write transaction with the facts and the official that it began with.

        Raises Trouble when it cannot be committed; Refused: "official-disabled",
        "official-changed". Facts that the caller changes hold once it is.
        """
        return self.write_by(self.official)  # who may have left while this waits or works

    @contextmanager
    def write_by(self, official: Official | None) -> Iterator[Connection]:
        """As write(), by somebody who need not be the one at the window; None: by nobody."""
        assert self._own.reading is None, "what is open to read would not see the act"
        self._own.head, self._own.anew, self._own.made = None, False, ()
        with self._forgotten_if_undone(), self.database.write() as connection:
            registers.begin(connection)
            sums.begin(connection)
            if official is not None:
                officials.check_acting(connection, official)
            with self._facts_of(connection):
                row_numbers.begin_at(connection, self.away.rows_from if self.away else 1)
                self._own.official = official
                if self._own.sight is not None:
                    self._own.sight.refuse_changed(connection, self._own.only, self._made)
                yield connection
                facts = self.snapshot
            if registers.facts_changed(connection):
                facts = read_snapshot(connection, self.database.station)
            assert not sums.changed(connection), "rows that have a sum change with an entry alone"
        self.last_read = facts
        self._note_committed()

    def sight(self, *dossiers: Dossier | DossierRow) -> Sight:
        """Return these dossiers as the window shows them to who acts on them."""
        return Sight({one.code: one.last_entry for one in dossiers})

    def sight_of_own(self, codes: Iterable[str]) -> Sight:
        """Return these dossiers as the acts of this window left them."""
        own = {code: seq for seq, code in self._made.items()}
        return Sight({code: own[code] for code in codes if code in own})

    def as_seen(self, sight: Sight, job: Callable[[], T]) -> Callable[[], T]:
        """Return `job` so that its writes are refused, once, by what others changed meanwhile.

        They raise Refused("changed-meanwhile") where a dossier is not any more as `sight` has it.
        """

        def seen() -> T:
            outer, self._own.sight = self._own.sight, sight
            try:
                return job()
            finally:
                self._own.sight = outer

        return seen

    @contextmanager
    def _forgotten_if_undone(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            for seq in self._own.made:
                self._made.pop(seq, None)
            raise

    @contextmanager
    def only_on(self, code: str) -> Iterator[None]:
        """Let the writes of the block look at this one of the dossiers that as_seen() has."""
        self._own.only = code
        try:
            yield
        finally:
            self._own.only = ""

    def _note_committed(self) -> None:
        if self._own.head is not None:
            self._own.done = time.monotonic()
            self._note(self._own.head, self._own.numbers, anew=self._own.anew)

    def _note(self, head: Head, numbers: tuple[TakenNumber, ...], *, anew: bool = False) -> None:
        """Append the entry that was committed to the witness: never before its commit.

        A witness that cannot be written undoes no act; the window says so, `verify` how far behind
        it is.
        """
        if self.witness is None:
            return
        line = WitnessLine(head.seq, head.hash, self.id, self.machine, head.at, numbers, anew)
        try:
            self.witness.note(line, durable=self.database.durable)
            self.witness_trouble = None
        except OSError as error:
            self.witness_trouble = error

    @contextmanager
    def _facts_of(self, connection: Connection) -> Iterator[None]:
        """Make this thread use the facts that `connection` sees, until the block is left."""
        outer = self._own.snapshot, self._own.official
        self.last_read = self._own.snapshot = self._committed(connection)
        try:
            yield
        finally:
            self._own.snapshot, self._own.official = outer

    def _committed(self, connection: Connection) -> Snapshot:
        known = self.last_read  # once: another thread may replace it meanwhile
        if registers.revision(connection) == known.revision:
            return known
        return read_snapshot(connection, self.database.station)

    @property
    def snapshot(self) -> Snapshot:
        """The facts of this thread's transaction; outside of one those that were read last."""
        return self._own.snapshot or self.last_read

    @property
    def settings(self) -> Settings:
        return self.snapshot.settings

    def keep_setting(self, connection: Connection, key: str, value: Any) -> None:
        """Store one setting: this station's own where it belongs to the PC, else the office's.

        The caller holds the transaction.
        """
        station = self.database.station if BY_KEY[key].of_machine else ""
        registers.keep_setting(connection, key, value, station)

    @property
    def calendar(self) -> Calendar:
        return self.snapshot.calendar

    @property
    def regimes(self) -> tuple[Regime, ...]:
        return self.snapshot.regimes

    def short_name(self, code: str, full_name: str) -> str:
        """Return a procedure's name for screens, without the database; papers have the full one."""
        return self.snapshot.short_name(code, full_name)

    @property
    def away(self) -> AwayDesk | None:
        """What an away desk knows of its home; None for a desk at home."""
        return self.snapshot.away

    @property
    def practice(self) -> bool:
        """True for the practice ward: fake people, watermarked papers."""
        return bool(self.settings["practice"])

    @property
    def watermark(self) -> str:
        """The watermark on every paper of the practice ward; "" on a real desk."""
        return PRACTICE_MARK if self.practice else ""

    @property
    def on_server(self) -> bool:
        """True at a station: the data lie on the ward's server, which makes their copies too."""
        return self.database.on_server

    @property
    def own_entries(self) -> Container[int]:
        """The ledger's entries on dossiers that this program has made."""
        return self._made

    def now(self) -> datetime:
        """Return the desk's own time, cut to the minute (docs/promise.md 2)."""
        machine = self.clock().replace(second=0, microsecond=0, tzinfo=None)
        return machine + timedelta(minutes=self.clock_correction())

    def clock_correction(self) -> int:
        """Return the minutes by which the desk's time differs from that of this machine.

        A correction made on another machine, whose file was moved here, does not hold.
        """
        correction = self.settings["clock_correction"]
        here = correction.get("machine") == self.machine
        return int(correction.get("minutes", 0)) if here else 0

    def clock_doubt(self) -> ClockDoubt | None:
        """Return why the clock cannot be trusted before somebody looks at it; None where it can.

        A practice ward's clock may stand anywhere.
        """
        now, sure = self.now(), self._sure
        if self.practice or (sure and sure - SLACK <= now <= sure + _STAYS_SURE):
            return None
        with self.database.read() as connection:
            moments = journal.moments_to_trust(connection, _TRUSTED_ACTS)
        last = last_beyond_doubt(moments, self.calendar)
        doubt = clock_doubt(last, now, self.calendar) if last else None
        self._sure = None if doubt else now
        return doubt

    def clock_is_sure(self) -> None:
        """Trust the clock again: an official has confirmed or corrected it."""
        self._sure = self.now()

    def regime(self, key: str) -> Regime:
        """Return the regime with this key; a dossier keeps its own."""
        return next(regime for regime in self.regimes if regime.key == key)

    def regime_today(self) -> Regime:
        """Return the regime in force today, for papers that belong to no dossier."""
        return regime_on(self.regimes, self.now().date())

    def require(self, permission: Permission) -> Official:
        """Return the official logged in, where they have `permission`; else raises Refused.

        Raises Refused("clock") for what counts by its moment while the clock is in doubt,
        ("state-in-doubt") while the file has commands that are not ours: a write would run them;
        as refuse_away().
        """
        official = require(self._own.official or self.official, permission)
        if self.away is not None:
            away.refuse_away(self.away, permission)
        if permission in BY_THE_CLOCK:
            self.require_clock()
            if self.doubt is not None and self.doubt.kind is DoubtKind.SCHEMA:
                raise _in_doubt()
        return official

    def require_no_doubt(self) -> None:
        """Raise Refused("state-in-doubt") while the file is in doubt."""
        if self.doubt is not None:
            raise _in_doubt()

    def require_clock(self) -> None:
        """Raise Refused("clock") while the clock is in doubt."""
        doubt = self.clock_doubt()
        if doubt is not None:
            raise Refused("clock", clock_words(doubt))

    def record(
        self,
        connection: Connection,
        facts: Facts,
        code: str = "",
        *,
        event: datetime | None = None,
        since: datetime | None = None,
        tables: Iterable[str] = (),
        counted: bool = True,
    ) -> None:
        """Chain an act to the ledger as the last thing in the caller's write transaction.

        An act on a dossier carries the seal of its rows as they are now, an act on `tables` of the
        desk itself the seals of those. The days it changes are marked for the city: from `event`
        on, or from `since` where it changes earlier figures; an act that no figure counts
        (`counted`) marks none.
        """
        assert isinstance(facts, TableFacts) or not tables, "an act that seals no table"
        now = self.now()
        of_dossier = Envelope()
        if code:
            of_dossier = Envelope(
                seal=integrity.seal_of(connection, code),
                entry_before=journal.last_of(connection, code),
            )
        entry = self._chain(connection, facts, code, of_dossier, tables, now, event or now)
        if code:
            journal.note_last(connection, code, entry)
        if counted:
            first = min(since or now, event or now).date()
            registers.days_changed(connection, first, now.date(), code)

    def record_new(
        self, connection: Connection, facts: Facts, code: str, seal: str, event: datetime
    ) -> int:
        """Chain the act by which a dossier comes to be, as record() does; return its number.

        The dossier is stored with it, in the same transaction and as `seal` has it. Its due day is
        among the days from `event` on.
        """
        now = self.now()
        of_dossier = Envelope(seal=seal, entry_before=0)
        entry = self._chain(connection, facts, code, of_dossier, (), now, event)
        registers.days_changed(connection, min(now, event).date(), now.date(), "")
        return entry

    def _chain(
        self,
        connection: Connection,
        facts: Facts,
        code: str,
        of_dossier: Envelope,
        tables: Iterable[str],
        now: datetime,
        event: datetime,
    ) -> int:
        """Append an entry with its proofs, and note it for the witness; return its number."""
        numbers = registers.taken_numbers(connection)
        self._refuse_in_doubt(code, numbers)
        self._refuse_away(connection, facts, code)
        if self._own.official is not None and self.database.forget_unseen():
            raise _was_done()
        if isinstance(facts, SetUp):  # what was there before is sealed from here on
            numbers = registers.all_numbers(connection)
        proofs = self._proofs(connection, facts, code, of_dossier, tables, numbers)
        head = self._own.head = journal.append(
            connection,
            self._watch_clock(connection, journal.head(connection), now),
            facts,
            proofs,
            desk=self.id,
            at=now,
            event=event,
            official=self._own.official.id if self._own.official else "",
            code=code,
        )
        if code:
            self._own.made += (head.seq,)
            self._made[head.seq] = code  # before the others hear of it
        if self.witness is not None and self.witness.empty:
            numbers = registers.all_numbers(connection)
        self._own.numbers, self._own.anew = numbers, self._own.anew or facts.begins_anew
        return head.seq

    def record_all(
        self, connection: Connection, acts: Iterable[journal.NewEntry], *, since: datetime
    ) -> range:
        """Chain one act or more on dossiers that have no entry yet, as record() does with one.

        Return the numbers of the entries, with which the dossiers are stored. The days from `since`
        on are marked for the city.
        """
        many, now = tuple(acts), self.now()
        self._refuse_in_doubt(many[0].code, ())
        last = self._watch_clock(connection, journal.head(connection), now)
        who = self._own.official.id if self._own.official else ""
        head = journal.append_all(connection, last, many, desk=self.id, at=now, official=who)
        self._own.head = head
        registers.days_changed(connection, min(since, now).date(), now.date(), "")
        return range(head.seq - len(many) + 1, head.seq + 1)

    def _refuse_away(self, connection: Connection, facts: Facts, code: str) -> None:
        """Refuse at an away desk what it could not bring home; any act once it came back.

        Raises Refused: "away", "away-closed".
        """
        if self.away is None:
            return
        changed = sums.changed(connection)
        whole = isinstance(facts, TableFacts) and not _is_of_this_machine(facts)
        if self.away.closed and (code or whole or changed):
            raise away.closed(self.away)
        if whole or set(changed) - _BROUGHT_HOME:
            raise away.at_home(self.away)

    def _refuse_in_doubt(self, code: str, numbers: tuple[TakenNumber, ...]) -> None:
        """Refuse an act on a dossier, or one that takes a number, while the file is in doubt."""
        if self.doubt is not None and (code or numbers):
            raise _in_doubt()

    def _proofs(
        self,
        connection: Connection,
        facts: Facts,
        code: str,
        of_dossier: Envelope,
        tables: Iterable[str],
        numbers: tuple[TakenNumber, ...],
    ) -> Envelope:
        """Return the seals that an entry carries beside its facts."""
        proofs = Envelope(
            seal=of_dossier.seal,
            entry_before=of_dossier.entry_before,
            tables={
                table: integrity.table_seal(connection, table)
                for table in integrity.sealed_with(tables)
            }
            or None,
            taken=numbers,
            sums=sums.seal(connection, every=isinstance(facts, SetUp)),
        )
        if proofs.tables or proofs.entry_before:
            proofs = self._with_broken_before(proofs, code)
        return proofs

    def _with_broken_before(self, proofs: Envelope, code: str) -> Envelope:
        """Add the seals that were broken before this act, which seals the rows as they are.

        Each last seal is held against the rows as they were committed before this transaction.
        """
        with self.database.read() as committed:
            seal = journal.last_seal(committed, code) if code else None
            before = {
                table: journal.last_table_seal(committed, table) for table in proofs.tables or ()
            }
            return replace(
                proofs,
                broken_before=bool(seal and seal != integrity.seal_of(committed, code)),
                broken_tables=tuple(
                    table
                    for table, was in before.items()
                    if was and was != integrity.table_seal(committed, table)
                ),
            )

    def _watch_clock(self, connection: Connection, last: Head | None, now: datetime) -> Head | None:
        """Note in the ledger that the clock ran back or leapt since the last entry."""
        if last is None or last.at <= now <= last.at + timedelta(
            days=self.settings["clock_leap_days"]
        ):
            return last
        return journal.append(
            connection,
            last,
            ClockMoved(last=last.at, now=now),
            Envelope(),
            desk=self.id,
            at=now,
            event=now,
            official="",
        )

    def note_head(self) -> None:
        """Note the last entry in the witness, with all numbers as they are on disk now."""
        with self.read() as connection:
            head, numbers = journal.head(connection), registers.all_numbers(connection)
        if head is not None:
            self._note(head, numbers)

    def close(self) -> None:
        """Close the database; whatever was written in the folder meanwhile is this user's alone."""
        self.database.close()
        if self.witness is not None:
            self.witness.close()
        owner_only.narrow_all(self.folder)
