"""Care of the data: the ledger's chain, the seals, the file's health, copies."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from cchc_desk import __version__, paths
from cchc_desk.actions.data import copies, doubts
from cchc_desk.actions.data.copies import Copied
from cchc_desk.actions.data.doubts import Compared
from cchc_desk.actions.data.paper_check import PaperCheck, paper_problems
from cchc_desk.actions.data.scan_check import ScanCheck
from cchc_desk.actions.dossiers.history import rewritten, unreadable, unreadable_words
from cchc_desk.actions.exports import leaving
from cchc_desk.domain.ledger.entry import (
    GENESIS,
    Break,
    Chain,
    Head,
    RawEntry,
    own_break,
    short_head,
)
from cchc_desk.domain.ledger.facts import known_envelope, taken_in
from cchc_desk.domain.ledger.facts.office import KnownHead
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.long_work import LongWork
from cchc_desk.output_file import checked_copy
from cchc_desk.session import Desk
from cchc_desk.store.engine.backup import problems_of
from cchc_desk.store.engine.database import Connection, any_text
from cchc_desk.store.engine.objects import schema_faults
from cchc_desk.store.engine.ward.file import invitation_to, server_problems
from cchc_desk.store.ledger import integrity, journal, sums
from cchc_desk.store.ledger.anchor import Anchor, keep_anchor, read_anchor
from cchc_desk.store.office import registers

RECENT_DAYS = 30  # what the daily check always looks at
RECENT_MOST = 20_000  # entries of these days
WHOLE_EVERY_DAYS = 7  # after so many the daily check is a whole one
_BROKEN = {
    "gap": later("Sổ cái thiếu hoặc thừa mục trước mục số {seq}."),
    "previous": later("Mục số {seq} của sổ cái không nối với mục trước nó."),
    "hash": later("Mục số {seq} của sổ cái đã bị sửa."),
    "next": later("Mục sau mục số {seq} của sổ cái không nối với nó."),
    "details": later("Chi tiết của mục số {seq} trong sổ cái đã bị sửa hoặc mất."),
}

_TABLES = {
    "settings": later("Cài đặt"),
    "officials": later("Danh sách người dùng"),
    "paper_receipts": later("Danh sách giấy hẹn in sẵn"),
    "process_steps": later("Quy trình nội bộ"),
    "absences": later("Danh sách vắng mặt, người thay"),
    "report_sets": later("Danh sách bộ báo cáo gửi định kỳ"),
    "report_bundles": later("Sổ bộ báo cáo đã lập, đã gửi"),
    "procedures": later("Danh mục thủ tục"),
    "passwords": later("Mật khẩu của người dùng"),
    "passwords_to_change": later("Dấu «phải đổi mật khẩu» của người dùng"),
    "recovery_sheets": later("Sổ phiếu khôi phục"),
    "citizen_requests": later("Sổ yêu cầu của công dân về dữ liệu cá nhân"),
    "lists": later("Danh sách đã nhận của hệ thống khác"),
    "list_layouts": later("Mẫu danh sách đã tự chọn cột"),
    "list_officials": later("Tên cán bộ trong danh sách"),
    "list_codes": later("Mã của hệ thống khác đã ghép với hồ sơ"),
    "paper_sizes": later("Khổ giấy của các loại giấy"),
    "courtesy_visits": later("Sổ tự chấm «4 xin, 4 luôn»"),
    "courtesy_ratings": later("Đánh giá của công dân"),
    "courtesy_observations": later("Phiếu quan sát"),
    "lesson_runs": later("Kết quả bài học"),
}


@dataclass(frozen=True)
class LedgerAnswer:
    """Result of verification: `problems` in words, the first broken link first.

    `head` is the last entry as papers and backups carry it (head_text); `anchor` the last whole
    check that found nothing, this one included; `compared` each place outside the file.
    """

    ok: bool
    problems: tuple[str, ...]
    entries: int
    head: str
    anchor: Anchor | None = None
    compared: tuple[Compared, ...] = ()


def verify_ledger(desk: Desk, head: str = "", work: LongWork | None = None) -> LedgerAnswer:
    """Verify the whole chain, the seals of all dossiers, and every head stored elsewhere.

    A head is kept in each backup of the desk's folder and in the anchor; `head` is one more, typed
    from a morning sheet. Refused ("head") when it cannot be read. A large ward takes seconds:
    `work` has how far it is, and may stop it (Stopped). Nothing found: the anchor moves up.
    """
    desk.require(Permission.READ)
    typed = read_head(head) if head.strip() else None
    answer, last = _verify(desk, typed, work or LongWork(), None)
    if not answer.ok or last is None:
        return answer
    anchor = Anchor(__version__, desk.id, last.seq, last.hash, desk.now())
    try:
        keep_anchor(paths.anchor_file(desk.folder), anchor)
    except OSError:  # a folder that takes no file: the next daily check is a whole one
        return answer
    return replace(answer, anchor=anchor)


def verify_copy(desk: Desk, work: LongWork) -> LedgerAnswer:
    """Verify a copy opened in a sandbox: whole, but against nothing that is kept beside."""
    return _verify(desk, None, work, None)[0]


def verify_recent(desk: Desk, work: LongWork | None = None) -> LedgerAnswer:
    """The daily check: the whole one where that is due, else what was written since the anchor.

    Since the anchor, and at least RECENT_DAYS back: the entries and the seals of their dossiers;
    beside them the desk's own tables, lost and unwritten dossiers, every head kept elsewhere. Not
    looked at: earlier entries, and rows of dossiers without an act since. The whole check is due
    WHOLE_EVERY_DAYS after the last, and where there is no anchor that fits the ledger.
    """
    desk.require(Permission.READ)
    if whole_check_due(desk):
        return verify_ledger(desk, work=work)
    answer, _last = _verify(desk, None, work or LongWork(), _anchor(desk))
    return answer


def whole_check_due(desk: Desk) -> bool:
    """True when the next daily check has to be a whole one."""
    anchor = _anchor(desk)
    if anchor is None or not timedelta(0) <= desk.now() - anchor.at < _WHOLE_EVERY:
        return True
    with desk.read() as connection:
        return journal.hash_of(connection, anchor.seq) != anchor.hash


_WHOLE_EVERY = timedelta(days=WHOLE_EVERY_DAYS)


def _anchor(desk: Desk) -> Anchor | None:
    """The anchor of this desk: one that another desk left in the folder says nothing."""
    anchor = read_anchor(paths.anchor_file(desk.folder))
    return anchor if anchor and anchor.desk == desk.id else None


def _verify(
    desk: Desk, typed: KnownHead | None, work: LongWork, since: Anchor | None
) -> tuple[LedgerAnswer, journal.Link | None]:
    """Checks everything, or what was written `since` an anchor; the answer and the last entry."""
    anchor = _anchor(desk)
    with desk.read() as connection, any_text(connection):
        before = _before(connection, since, desk.now()) if since else None
        last = journal.last_link(connection)
        done = before.seq if before else 0
        entries = (last.seq if last else 0) - done
        work.total = entries + (entries if since else journal.dossier_count(connection))
        compared, differing = doubts.compare(desk, connection, typed, whole=since is None)
        read = _read(connection, before, _readable_until(connection, anchor), work)
        if since:
            read.tables = journal.table_seals(connection, done) | read.tables
            read.sums = journal.sums_until(connection, done) | read.sums
        problems = [
            *_words(read.broken),
            *differing,
            *(_broken_seals if since else _all_broken_seals)(connection, read.sealed, work),
            *_broken_tables(connection, read.tables),
            *read.loose_sums,
            *_broken_sums(connection, read.sums),
            *_broken_numbers(connection, read.taken, whole=read.numbered),
            *_broken_schema(connection),
            *read.laundered,
            *read.unreadable,
            *read.papers,
            *_lost_last(connection),
            *_unwritten(connection),
        ]
    each_once = tuple(dict.fromkeys(problems))
    count, head = done + read.count, head_text(last)
    answer = LedgerAnswer(not each_once, each_once, count, head, anchor, tuple(compared))
    return answer, last


def _before(connection: Connection, anchor: Anchor, now: datetime) -> journal.Link | None:
    """The entry behind which the daily check begins: the anchor's or the last one of before
    RECENT_DAYS, whichever is earlier; of many in so few days the last RECENT_MOST.

    By a clock that leapt all entries may be of these days: their moments alone bound nothing.
    """
    recent = journal.link_before(connection, now - timedelta(days=RECENT_DAYS))
    last = journal.last_link(connection)
    begin = max(recent.seq if recent else 0, last.seq - RECENT_MOST if last else 0)
    return journal.link_at(connection, min(begin, anchor.seq))


@dataclass
class _Read:
    """Result of one pass over entries: their faults, those of papers, and the seals of the rows.

    `sealed`: the details of the last sealed entry of each code; `tables`: the last seal of each
    table of the desk itself.
    """

    broken: Break | None = None
    count: int = 0
    sealed: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    laundered: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    loose_sums: list[str] = field(default_factory=list)
    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    numbered: bool = False  # an entry read here has every number of before

    def add_proofs(self, entry: RawEntry, first: Mapping[str, str]) -> None:
        """Take the numbers and sums of an entry; `first`: the sums before the first one read."""
        for series, period, number in taken_in(entry.details):
            known = self.taken.get((series, period), number)
            self.taken[series, period] = max(number, known)
        totals = known_envelope(entry.details).sums if '"sums"' in entry.details else ()
        self.numbered |= bool(totals) and entry.act == Act.SET_UP.value
        for total in totals:
            last = self.sums.get(total.table, first.get(total.table, ""))
            if total.before != last:
                self.loose_sums.append(
                    _("Trước mục số {seq}: {table} đã bị sửa ngoài sổ cái.").format(
                        seq=entry.seq, table=_(_TABLES.get(total.table, total.table))
                    )
                )
            self.sums[total.table] = total.after


def _readable_until(connection: Connection, anchor: Anchor | None) -> int:
    """The number up to which this version of the program has read the details of every entry.

    Details that still fit their hash are read the same way again: only faults of the program are
    looked for there, no tampering.
    """
    if anchor is None or anchor.version != __version__:
        return 0
    return anchor.seq if journal.hash_of(connection, anchor.seq) == anchor.hash else 0


def _read(
    connection: Connection, before: journal.Link | None, readable_until: int, work: LongWork
) -> _Read:
    """Reads the entries behind `before` once, in order; none is kept in memory."""
    after = before.seq if before else 0
    replaced = rewritten(journal.raw_entries_by(connection, Act.ANONYMISE.value, after))
    chain, read = Chain(before, replaced), _Read()
    first = journal.sums_until(connection, after) if after else {}
    papers = PaperCheck(connection, replaced, whole=before is None)
    scans = ScanCheck(connection)
    for entry in work.counted(journal.raw_entries(connection, after)):
        chain.add(entry)
        papers.add(entry)
        scans.add(entry)
        read.count += 1
        if entry.code and '"seal"' in entry.details:
            read.sealed[entry.code] = entry.details
        if '"tables"' in entry.details:
            read.tables |= journal.tables_in(entry.details)
        if '"taken"' in entry.details or '"sums"' in entry.details:
            read.add_proofs(entry, first)
        if '"broken_' in entry.details:
            read.laundered += _laundered(entry)
        known = entry.seq <= readable_until and entry.seq not in replaced
        if not known and unreadable(entry, replaced):
            read.unreadable.append(unreadable_words(entry.seq))
    read.broken, read.papers = chain.broken, papers.finish()
    if before is None:
        read.papers += scans.finish()
    return read


def dossier_problems(connection: Connection, code: str) -> tuple[str, ...]:
    """Return the faults of one dossier's entries, details, papers and sealed rows, if any."""
    with any_text(connection):
        return _dossier_problems(connection, code)


def _dossier_problems(connection: Connection, code: str) -> tuple[str, ...]:
    found = list(journal.raw_entries_of(connection, code))
    replaced = rewritten(found)
    beside = journal.neighbours(connection, code)
    breaks = (
        (entry.seq, own_break(entry, replaced) or _loose(entry, *beside[entry.seq]))
        for entry in found
    )
    sealed = {entry.code: entry.details for entry in found if '"seal"' in entry.details}
    return (
        *(_(_BROKEN[what]).format(seq=seq) for seq, what in breaks if what),
        *_missing(found, journal.last_of(connection, code)),
        *(problem for entry in found for problem in _laundered(entry)),
        *(unreadable_words(entry.seq) for entry in found if unreadable(entry, replaced)),
        *paper_problems(connection, found, replaced),
        *_broken_seals(connection, sealed, LongWork()),
    )


def _loose(entry: RawEntry, before: str | None, after: str | None) -> str | None:
    """Name the broken link between an entry and the two beside it; None when both hold."""
    if entry.previous != (before or GENESIS):
        return "previous" if before else "gap"
    return "next" if after not in (None, entry.hash) else None


def _missing(found: Iterable[RawEntry], last_named: int) -> Iterator[str]:
    """Yield a problem for each entry whose `entry_before` does not match its predecessor.

    And one where the dossier's row names another last entry than the one there.
    """
    last = 0
    for entry in found:
        named = known_envelope(entry.details).entry_before
        if named not in (None, last):
            yield _("Sổ cái thiếu mục của hồ sơ này trước mục số {seq}.").format(seq=entry.seq)
        last = entry.seq
    if last != last_named:
        yield _("Sổ cái không còn khớp với mục cuối của hồ sơ này, mục số {seq}.").format(
            seq=last_named
        )


def head_text(head: journal.Link | Head | None) -> str:
    """Return the last entry as papers carry it (short_head); "" for an empty ledger."""
    return short_head(head.seq, head.hash) if head else ""


def read_head(text: str) -> KnownHead:
    """Read a printed head: its number and the beginning of its hash. Raises Refused("head")."""
    match = _HEAD.fullmatch(clean_line(text).upper())
    if match is None:
        raise Refused(
            "head",
            _("Đầu sổ cái viết như 12-3F9A-01BC-77D2; hãy chép lại từ giấy."),
            "head",
        )
    return KnownHead(int(match[1]), "".join(match.groups()[1:]).lower())


_HEAD = re.compile(r"([0-9]{1,12})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})")


def _broken_seals(
    connection: Connection, sealed: Mapping[str, str], work: LongWork
) -> Iterator[str]:
    """The dossiers whose rows are not what the details of their last sealed entry say."""
    for code, seal in work.counted(integrity.seals_of(connection, sealed)):
        if _seal_in(sealed[code]) != seal:
            yield _forged(code)


def _all_broken_seals(
    connection: Connection, sealed: Mapping[str, str], work: LongWork
) -> Iterator[str]:
    """The same of every dossier and of all that is sealed under an id of its own."""
    seen = set()
    for code, seal in work.counted(integrity.dossier_seals(connection)):
        seen.add(code)
        if code in sealed and _seal_in(sealed[code]) != seal:
            yield _forged(code)
    others = {code: details for code, details in sealed.items() if code not in seen}
    yield from _broken_seals(connection, others, LongWork())


def _forged(code: str) -> str:
    return _("Dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái.").format(code=code)


def _broken_tables(connection: Connection, sealed: Mapping[str, str]) -> Iterator[str]:
    """The tables of the desk itself (settings, officials …) that are not what the last entry about
    them says.
    """
    for table, seal in sealed.items():
        if seal != integrity.table_seal(connection, table):
            yield _("{table} đã bị sửa ngoài sổ cái.").format(table=_(_TABLES[table]))


def _broken_sums(connection: Connection, sealed: Mapping[str, str]) -> Iterator[str]:
    """The growing tables whose rows, or whose stored sums, are not those of the last entry."""
    for table, last in sealed.items():
        stored = sums.stored_sum(connection, table) if table in sums.summed_tables() else None
        totals = (stored, sums.sum_of(connection, table)) if stored is not None else ()
        if not totals or any(sums.digest(total) != last for total in totals):
            yield _("{table} đã bị sửa ngoài sổ cái.").format(table=_(_TABLES.get(table, table)))


def _broken_numbers(
    connection: Connection, taken: Mapping[tuple[str, str], int], *, whole: bool
) -> Iterator[str]:
    """The number series that do not stand at the highest number that an entry took.

    `whole`: `taken` has all that were ever taken, so a series that is not in it was put in by hand.
    """
    now = {(one.series, one.period): one.number for one in registers.all_numbers(connection)}
    for series, period in sorted({*taken, *(now if whole else ())}):
        if now.get((series, period)) != taken.get((series, period)):
            yield _("Dãy số {series} ({period}) đã bị sửa ngoài sổ cái.").format(
                series=series, period=period
            )


def _broken_schema(connection: Connection) -> Iterator[str]:
    for fault in schema_faults(connection):
        yield _(_SCHEMA[fault.what]).format(name=fault.name)


_SCHEMA = {
    "missing": later("Tệp dữ liệu thiếu {name} của chương trình."),
    "added": later("Tệp dữ liệu có {name} mà chương trình không tạo."),
    "changed": later("{name} trong tệp dữ liệu đã bị sửa."),
}


def _laundered(entry: RawEntry) -> Iterator[str]:
    """Yield the rows that an entry found changed: a later act does not make it good."""
    proofs = known_envelope(entry.details)
    if proofs.broken_before:
        yield _("Trước mục số {seq}, dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái.").format(
            seq=entry.seq, code=entry.code
        )
    for table in proofs.broken_tables:
        yield _("Trước mục số {seq}: {table} đã bị sửa ngoài sổ cái.").format(
            seq=entry.seq, table=_(_TABLES.get(table, table))
        )


def _lost_last(connection: Connection) -> Iterator[str]:
    for code, seq in journal.lost_last(connection):
        yield _("Sổ cái không còn khớp với mục cuối của hồ sơ {code}, mục số {seq}.").format(
            code=code, seq=seq
        )


def _unwritten(connection: Connection) -> Iterator[str]:
    for code in journal.unwritten(connection):
        yield _("Hồ sơ, phiếu {code} không có mục nào trong sổ cái.").format(code=code)


def _seal_in(details: str) -> str:
    return known_envelope(details).seal or "damaged"


def _words(broken: Break | None) -> tuple[str, ...]:
    return (_(_BROKEN[broken.what]).format(seq=broken.seq),) if broken else ()


def check_database(desk: Desk) -> tuple[str, ...]:
    """Return the problems of the database file or of the ward's server; empty when it is sound."""
    desk.require(Permission.READ)
    if desk.on_server:
        return server_problems(invitation_to(desk.folder).url, desk.clock())
    return problems_of(desk.database.file)


def backup(desk: Desk, target: Path | None = None, reason: str = "") -> Copied:
    """Copy the data as they are now to `target`, else to the desk's folder and the second place.

    A copy elsewhere is everybody's personal data leaving: it needs a reason. Raises
    Refused("backup-target"), and as copies.copy_now() and leaving.required_reason().
    """
    if target is None:
        desk.require(Permission.BACKUP)
        return copies.copy_now(desk)
    reason = leaving.required_reason(desk, reason, Permission.COPY_OUT)
    checked_copy(target)
    copied = copies.copy_to(desk, target)
    leaving.note_copy(desk, copied.copy.file, reason)
    return copied
