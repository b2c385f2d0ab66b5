"""Taking a list: its readable rows become watched dossiers, whose promise never moves by a list."""

import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cchc_desk.actions.lists.known import known_lists, remember_layout
from cchc_desk.actions.lists.preview import ListPreview, Verdict, judge
from cchc_desk.actions.lists.reading import ListFile, read_file
from cchc_desk.domain.dossiers.dossier import Dossier, Promise, Status
from cchc_desk.domain.law.procedure import Channel, ProcedureVersion
from cchc_desk.domain.law.regime import regime_on
from cchc_desk.domain.ledger.facts import Envelope
from cchc_desk.domain.ledger.facts.lists import (
    FinishedThere,
    ListTaken,
    ReceiptKept,
    Watched,
)
from cchc_desk.domain.lists.columns import day_in_code
from cchc_desk.domain.lists.fields import Field, Layout
from cchc_desk.domain.lists.rows import OVER, CellText, ListRow
from cchc_desk.domain.lists.watched import (
    Difference,
    Disagreement,
    at_closing,
    same_due,
)
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.domain.time.deadlines import MOST_DAYS, LimitUnit, TimeLimit, last_minute_of_day
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese, moment
from cchc_desk.long_work import LongWork, seldom_collected
from cchc_desk.session import Desk
from cchc_desk.sheets.containers import Limits
from cchc_desk.sheets.read import read_bytes
from cchc_desk.store.dossiers import dossiers, listed
from cchc_desk.store.dossiers.listed import KnownPromise, ListedRow
from cchc_desk.store.engine.database import Connection, room_for_many
from cchc_desk.store.ledger.journal import NewEntry
from cchc_desk.store.office import officials, procedures

_ORGANISATIONS = ("cong ty", "ubnd", "uy ban", "hop tac xa", "doanh nghiep", "truong ", "hoi ")


@dataclass(frozen=True)
class ListTaking:
    """A list that was taken, with the verdict on each of its rows as it was then."""

    preview: ListPreview
    taken: int


@seldom_collected()
def take_list(
    desk: Desk,
    file: Path,
    *,
    sheet: str = "",
    chosen: Mapping[str, Field] | None = None,
    again: bool = False,
    mended: Sequence[CellText] = (),
    work: LongWork | None = None,
) -> ListTaking:
    """Read a list and keep its readable rows as watched dossiers, in one transaction.

    Raises Refused("list-again") for the same bytes a second time, and as reading.read_file(). A
    `work` that is stopped before the end leaves nothing.
    """
    me, work = desk.require(Permission.TAKE_LIST), work or LongWork()
    with desk.read() as connection:
        lists = known_lists(connection)
    found = read_file(
        file, desk.now(), known=lists, sheet=sheet, chosen=chosen, mended=mended, work=work
    )
    return _take(desk, me, found, chosen, work, again=again)


@seldom_collected()
def take_shown(
    desk: Desk,
    file: Path,
    shown: ListFile,
    *,
    chosen: Mapping[str, Field] | None = None,
    again: bool = False,
    work: LongWork | None = None,
) -> ListTaking:
    """Keep the readable rows of a list as they were shown, without reading them again.

    Raises Refused("list-changed") where the file is another one now, ("list-again") as take_list();
    Trouble("cannot-read").
    """
    me = desk.require(Permission.TAKE_LIST)
    if sha256(read_bytes(file, Limits())).hexdigest() != shown.sha256:
        raise Refused(
            "list-changed",
            _("«{file}» đã khác lúc xem trước; chưa nhận gì. Hãy đọc lại rồi nhận.").format(
                file=shown.file
            ),
            "file",
        )
    return _take(desk, me, shown, chosen, work or LongWork(), again=again)


def _take(
    desk: Desk,
    me: Official,
    found: ListFile,
    chosen: Mapping[str, Field] | None,
    work: LongWork,
    *,
    again: bool,
) -> ListTaking:
    with desk.write() as connection:
        if not again:
            _refuse_again(connection, found)
        work.total += len(found.reading.rows)
        layout = found.reading.layout
        if chosen:  # the columns are asked for once
            layout = remember_layout(desk, connection, found.reading.heading.texts, chosen)
        # What is kept comes back on letters and in the ledger.
        with in_vietnamese(), room_for_many(connection):
            taken = Taking(desk, connection, found, layout, me, work).take()
        work.step(0)  # the last moment at which it can be stopped: then it is written
        return taken


def _refuse_again(connection: Connection, found: ListFile) -> None:
    before = listed.taken_before(connection, found.sha256)
    if before is not None:
        raise Refused(
            "list-again",
            _("Tệp này đã nhận lúc {moment} («{file}»); không có gì mới.").format(
                moment=moment(before.taken), file=before.file
            ),
            "file",
        )


class Taking:
    """One list, or a receipt as a list of one row, being taken in the caller's transaction."""

    def __init__(
        self,
        desk: Desk,
        connection: Connection,
        found: ListFile,
        layout: Layout | None,
        me: Official,
        work: LongWork,
    ) -> None:
        self.desk, self.connection, self.found, self.me = desk, connection, found, me
        self.work = work
        self.now = desk.now()
        # A list names the same few of these in all its rows.
        self._versions: dict[tuple[str, str], ProcedureVersion | None] = {}
        self._holders: dict[tuple[str, ...], str] = {}
        self._limits: dict[tuple[date, date], TimeLimit] = {}
        self._regimes: dict[date, str] = {}
        self._dues: dict[datetime, datetime] = {}
        self.layout = layout
        self.system = (self.layout.system if self.layout else "") or _("hệ thống khác")

    def take(self) -> ListTaking:
        rows = self.found.reading.rows
        known = listed.known_promises(self.connection, (row.code for row in rows if row.code))
        judged = tuple(judge(row, known.get(row.code)) for row in rows)
        preview = ListPreview(self.found, judged)
        number = self._add_list(preview)
        kept = [one for one in judged if one.verdict in _KEPT]
        new = [one.row for one in kept if one.verdict is Verdict.NEW]
        numbers = {code: promise.n for code, promise in known.items()} | self._watch(new)
        for row in new:
            if row.over_without_day:
                self._note_over(number, numbers[row.code], row)
        for one in kept:
            if one.verdict is not Verdict.NEW:
                self.work.step()
                self._compare(number, known[one.row.code], one.row)
        is_receipt = bool(self.found.receipt)  # it says nothing of the other dossiers there
        listed.keep_listed(
            self.connection,
            number,
            (_listed(numbers[one.row.code], one.row) for one in kept),
            is_last=not is_receipt,
        )
        if is_receipt:
            for one in kept:
                self._keep_receipt(one.ours or one.row.code)
        else:
            ours = {promise.code for promise in known.values()}
            self._note_gone(number, ours | {row.code for row in rows})
        return ListTaking(preview, len(new))

    def _keep_receipt(self, code: str) -> None:
        """Keep the text where a dossier's people are forgotten with it: in its ledger."""
        facts = ReceiptKept(self.found.receipt, self.found.sha256, self.system)
        self.desk.record(self.connection, facts, code)

    def _add_list(self, preview: ListPreview) -> int:
        counts = {verdict.value: preview.count(verdict) for verdict in Verdict}
        key = self.layout.key if self.layout else ""
        number = listed.add_list(
            self.connection,
            sha256=self.found.sha256,
            file=self.found.file,
            container=self.found.container,
            sheet=self.found.sheet,
            layout=key,
            system=self.system,
            taken=self.now,
            taken_by=self.me.id,
            counts=counts,
        )
        facts = ListTaken(
            self.found.file, self.found.sha256, key, self.system, **counts, mended=self.found.mended
        )
        self.desk.record(self.connection, facts, counted=False)
        return number

    # --- new ones ---------------------------------------------------------------------------------

    def _watch(self, rows: list[ListRow]) -> dict[str, int]:
        """Add the rows as watched dossiers; return their numbers by code."""
        numbers: dict[str, int] = {}
        for start in range(0, len(rows), _AT_ONCE):
            numbers |= self._watch_some(rows[start : start + _AT_ONCE])
        return numbers

    def _watch_some(self, rows: list[ListRow]) -> dict[str, int]:
        ids = _new_ids(len(rows))
        made = [self._dossier(row, next(ids)) for row in self.work.counted_many(rows)]
        new = dossiers.new_dossiers(self.connection, self.desk.id, made)
        entries = [
            NewEntry(
                self._watched(row, dossier), Envelope(seal=seal), dossier.accepted, dossier.code
            )
            for row, (_n, dossier, _rows, seal) in zip(rows, new, strict=True)
        ]
        self.work.step(0)
        since = min(entry.event for entry in entries)
        numbers = self.desk.record_all(self.connection, entries, since=since)
        dossiers.add_dossiers(self.connection, new, numbers)
        return {one.dossier.code: one.n for one in new}

    def _watched(self, row: ListRow, dossier: Dossier) -> Watched:
        return Watched(
            dossier.system,
            self.found.sha256,
            row.number,
            dossier.procedure_name,
            dossier.accepted,
            dossier.first.due,
            dossier.applicant.name,
        )

    def _dossier(self, row: ListRow, new_id: str) -> Dossier:
        assert row.due is not None, "a row without a due moment is not kept"
        received = _received(row, self.now)
        due = self._due(row.due)
        version = self._version(row)
        ready, ended, returned = _end_of(row, received)
        late = (ready or ended or self.now) > last_minute_of_day(due)
        return Dossier(
            id=new_id,
            code=row.code,
            status=_status(row, ready, ended, returned),
            procedure_code=version.code if version else row.procedure_code,
            procedure_name=version.name if version else row.procedure or _("chưa rõ thủ tục"),
            field=version.field if version else "",
            procedure_version=version.key if version else "",
            regime=self._regime(received.date()),
            limit=self._limit(received, due),
            channel=Channel.DIRECT,
            sets=1,
            note=row.note,
            accepted=received,
            entered=self.now,
            accepted_by=self.me.id,
            holder=self._holder(row),
            fee="",
            applicant=applicant_of(row),
            submitter=None,
            papers=(),
            promises=(Promise(1, received, due, False, self.desk.calendar.version),),
            ready=ready,
            ended=ended,
            returned=returned,
            closed=None if late else (returned or ended),
            system=self.system,
        )

    def _due(self, due: datetime) -> datetime:
        if due not in self._dues:
            self._dues[due] = at_closing(due, self.desk.calendar)
        return self._dues[due]

    def _regime(self, day: date) -> str:
        if day not in self._regimes:
            self._regimes[day] = regime_on(self.desk.regimes, day).key
        return self._regimes[day]

    def _limit(self, received: datetime, due: datetime) -> TimeLimit:
        """Return the limit that the two days make: the working days between them."""
        dates = received.date(), due.date()
        if dates not in self._limits:
            days, day = 0, dates[0]
            while day < dates[1] and days < MOST_DAYS:
                day = self.desk.calendar.next_working_day(day)
                days += 1
            unit = LimitUnit.WORKING_DAYS if days else LimitUnit.WITHIN_DAY
            self._limits[dates] = TimeLimit(unit, days)
        return self._limits[dates]

    @cached_property
    def _catalogue(self) -> dict[str, ProcedureVersion]:
        return procedures_in_force(self.connection, self.now.date())

    def _version(self, row: ListRow) -> ProcedureVersion | None:
        named = row.procedure_code, row.procedure
        if named not in self._versions:
            self._versions[named] = named_in(self._catalogue, row)
        return self._versions[named]

    @cached_property
    def _officials(self) -> dict[str, str]:
        """The log-in names of the active officials, by folded name; of namesakes none.

        Whom the clerk named for a name goes before.
        """
        names: dict[str, list[str]] = {}
        for one in officials.all_officials(self.connection):
            if one.active:
                names.setdefault(fold(one.name), []).append(one.id)
        alone = {name: ids[0] for name, ids in names.items() if len(ids) == 1}
        return alone | listed.named_officials(self.connection)

    def _holder(self, row: ListRow) -> str:
        """Return who holds the dossier here: the list's official, else who takes the list."""
        if row.officials not in self._holders:
            known = (self._officials.get(fold(name)) for name in row.officials)
            self._holders[row.officials] = next(filter(None, known), self.me.id)
        return self._holders[row.officials]

    # --- known ones -------------------------------------------------------------------------------

    def _compare(self, number: int, known: KnownPromise, row: ListRow) -> None:
        """Keep what the list says otherwise; a watched dossier that is done there is done here."""
        assert row.due is not None, "a row without a due moment is not kept"
        if not same_due(known.due, row.due):
            self._disagree(number, known, Difference.DUE, moment(known.due), moment(row.due))
        done = row.finished or row.returned
        if known.finished is None and row.over_without_day:
            self._note_over(number, known.n, row)
        if done is None or known.finished is not None:
            return
        if row.received and done.date() < row.received.date():
            self._disagree(
                number, known, Difference.FINISHED_EARLY, moment(row.received), moment(done)
            )
        elif known.system:
            self._finish(known, row)
        else:
            self._disagree(number, known, Difference.FINISHED, "", moment(done))

    def _finish(self, known: KnownPromise, row: ListRow) -> None:
        dossier = dossiers.load(self.connection, known.code)
        assert dossier is not None, "found in this transaction"
        ready, ended, returned = _end_of(row, dossier.accepted)
        done = ready or ended
        if done is None:
            return
        late = done > dossier.last_minute
        dossiers.mark(
            self.connection,
            known.code,
            status=int(_status(row, ready, ended, returned)),
            ready=ready,
            ended=ended,
            returned=returned,
            closed=None if late else (returned or ended),
        )
        how = "ended" if ended else "returned" if returned else "ready"
        facts = FinishedThere(self.found.sha256, row.number, done, how)
        self.desk.record(self.connection, facts, known.code, event=done)

    def _note_over(self, number: int, n: int, row: ListRow) -> None:
        """Keep that a dossier is over there: it stays open here until somebody says since when."""
        found = Disagreement(Difference.FINISHED, "", f"«{row.status_text}»", self.now)
        listed.keep_disagreement(self.connection, number, n, found)

    def _disagree(
        self, number: int, known: KnownPromise, what: Difference, ours: str, theirs: str
    ) -> None:
        found = Disagreement(what, ours, theirs, self.now)
        listed.keep_disagreement(self.connection, number, known.n, found)

    def _note_gone(self, number: int, codes: set[str]) -> None:
        key = self.layout.key if self.layout else ""
        gone = listed.vanished(self.connection, number, key, self.system)
        missing = [code for code in gone if code not in codes]
        for known in listed.known_promises(self.connection, missing).values():
            if known.cancelled:
                continue
            self._disagree(number, known, Difference.GONE, "", self.found.file)


def _new_ids(count: int) -> Iterator[str]:
    """Yield as many random ids; the system is asked once for all of them."""
    random = secrets.token_bytes(16 * count)
    for place in range(0, 16 * count, 16):
        yield str(uuid.UUID(bytes=random[place : place + 16], version=4))


_AT_ONCE = 2_000  # dossiers made before they are stored
_KEPT = (Verdict.NEW, Verdict.NEWER, Verdict.SAME, Verdict.DIFFERS)


def procedures_in_force(connection: Connection, day: date) -> dict[str, ProcedureVersion]:
    """Return the procedures in force that day, by code and by the key of their name."""
    found: dict[str, ProcedureVersion] = {}
    for version in procedures.in_force(connection, day):
        found[version.code] = version
        found.setdefault(procedure_key(version.name), version)
    return found


def named_in(catalogue: Mapping[str, ProcedureVersion], row: ListRow) -> ProcedureVersion | None:
    """Return the procedure that a row names: by its code, else by its name."""
    by_code = catalogue.get(row.procedure_code) if row.procedure_code else None
    return by_code or catalogue.get(procedure_key(row.procedure))


def procedure_key(name: str) -> str:
    """Return the key of a procedure's name: a catalogue says «Thủ tục đăng ký …», a list not."""
    return fold(name).removeprefix("thu tuc ")


def _received(row: ListRow, now: datetime) -> datetime:
    """Return when the papers were handed in; the day that the code names where no column does."""
    if said := row.received or row.submitted:
        return said
    if day := day_in_code(row.code):
        return datetime.combine(day, time(8))
    assert row.due is not None, "a row without a due moment is not kept"
    return min(now, row.due)


def _end_of(
    row: ListRow, received: datetime
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Return when the result was ready, when the dossier was ended without one, when returned."""
    done = row.finished or row.returned
    if done is None or done.date() < received.date():
        return None, None, None
    if row.status in (Status.WITHDRAWN, Status.STOPPED, Status.NOT_RECEIVED):
        return None, done, None
    returned = row.returned or (done if row.status is Status.RETURNED else None)
    return done, None, returned


def _status(
    row: ListRow, ready: datetime | None, ended: datetime | None, returned: datetime | None
) -> Status:
    if returned:
        return Status.RETURNED
    if ready:
        return Status.READY
    if ended:
        return row.status if row.status in OVER and row.status else Status.STOPPED
    if row.status is None or row.status in OVER:
        return Status.PROCESSING
    return Status.RECEIVED if row.status is Status.REGISTERED else row.status


def applicant_of(row: ListRow) -> Applicant:
    """Return whose dossier a row is."""
    name = row.owner or _("Chủ hồ sơ {code}").format(code=row.code)
    organisation = fold(name[:20]).startswith(_ORGANISATIONS)
    return Applicant(
        ApplicantKind.ORGANISATION if organisation else ApplicantKind.PERSON,
        name,
        row.owner_id,
        address=row.address,
        phone=row.phone,
    )


def _listed(n: int, row: ListRow) -> ListedRow:
    return ListedRow(
        n,
        row.number,
        row.status_text,
        row.due,
        row.process_due,
        row.finished or row.returned,
        row.officials,
        row.agency,
    )
