"""Care of the data: the ledger's chain, the seals, the file's health, copies."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from cchc_desk import __version__, paths
from cchc_desk.actions.dossiers.history import rewritten, unreadable, unreadable_words
from cchc_desk.actions.office.paper_check import PaperCheck, paper_problems
from cchc_desk.domain.ledger.entry import GENESIS, Break, Chain, RawEntry, own_break
from cchc_desk.domain.ledger.facts import known_envelope
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.long_work import LongWork
from cchc_desk.output_file import checked_copy
from cchc_desk.session import Desk
from cchc_desk.store.engine.backup import copy_database, copy_of_today, head_in, problems_of
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import integrity, journal
from cchc_desk.store.ledger.anchor import Anchor, keep_anchor, read_anchor

RECENT_DAYS = 30  # what the daily check always looks at
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
    "procedures": later("Danh mục thủ tục"),
}


@dataclass(frozen=True)
class LedgerAnswer:
    """Result of verification: `problems` in words, the first broken link first.

    `head` is the last entry as papers and backups carry it (head_text); `anchor` the last whole
    check that found nothing, this one included.
    """

    ok: bool
    problems: tuple[str, ...]
    entries: int
    head: str
    anchor: Anchor | None = None


def verify_ledger(desk: Desk, head: str = "", work: LongWork | None = None) -> LedgerAnswer:
    """Verify the whole chain, the seals of all dossiers, and every head stored elsewhere.

    A head is kept in each backup of the desk's folder and in the anchor; `head` is one more, typed
    from a morning sheet. Refused ("head") when it cannot be read. A large ward takes seconds:
    `work` has how far it is, and may stop it (Stopped). Nothing found: the anchor moves up.
    """
    desk.require(Permission.READ)
    typed = [read_head(head)] if head.strip() else []
    answer, last = _verify(desk, typed, work or LongWork(), None)
    if not answer.ok or last is None:
        return answer
    anchor = Anchor(__version__, desk.id, last.seq, last.hash, desk.now())
    try:
        keep_anchor(paths.anchor_file(desk.folder), anchor)
    except OSError:  # a folder that takes no file: the next daily check is a whole one
        return answer
    return replace(answer, anchor=anchor)


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
    answer, _last = _verify(desk, [], work or LongWork(), _anchor(desk))
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
    desk: Desk, heads: list[tuple[int, str]], work: LongWork, since: Anchor | None
) -> tuple[LedgerAnswer, journal.Link | None]:
    """Checks everything, or what was written `since` an anchor; the answer and the last entry."""
    anchor = _anchor(desk)
    heads += _heads_in_backups(paths.backup_folder(desk.folder))
    heads += [(anchor.seq, anchor.hash)] if anchor else []
    with desk.read() as connection:
        before = _before(connection, since, desk.now()) if since else None
        last = journal.last_link(connection)
        done = before.seq if before else 0
        entries = (last.seq if last else 0) - done
        work.total = entries + (entries if since else journal.dossier_count(connection))
        read = _read(connection, before, _readable_until(connection, anchor), work)
        if since:
            read.tables = journal.table_seals(connection, done) | read.tables
        problems = [
            *_words(read.broken),
            *_lost_heads(connection, heads),
            *(_broken_seals if since else _all_broken_seals)(connection, read.sealed, work),
            *_broken_tables(connection, read.tables),
            *read.laundered,
            *read.unreadable,
            *read.papers,
            *_lost_last(connection),
            *_unwritten(connection),
        ]
    each_once = tuple(dict.fromkeys(problems))
    return LedgerAnswer(not each_once, each_once, done + read.count, head_text(last), anchor), last


def _before(connection: Connection, anchor: Anchor, now: datetime) -> journal.Link | None:
    """The entry behind which the daily check begins: the anchor's or the last one of before
    RECENT_DAYS, whichever is earlier.
    """
    recent = journal.link_before(connection, now - timedelta(days=RECENT_DAYS))
    if recent is None or recent.seq <= anchor.seq:
        return recent
    return journal.Link(anchor.seq, anchor.hash)


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
    papers = PaperCheck(connection, replaced, whole=before is None)
    for entry in work.counted(journal.raw_entries(connection, after)):
        chain.add(entry)
        papers.add(entry)
        read.count += 1
        if entry.code and '"seal"' in entry.details:
            read.sealed[entry.code] = entry.details
        if '"tables"' in entry.details:
            read.tables |= journal.tables_in(entry.details)
        if '"broken_' in entry.details:
            read.laundered += _laundered(entry)
        known = entry.seq <= readable_until and entry.seq not in replaced
        if not known and unreadable(entry, replaced):
            read.unreadable.append(unreadable_words(entry.seq))
    read.broken, read.papers = chain.broken, papers.finish()
    return read


def dossier_problems(connection: Connection, code: str) -> tuple[str, ...]:
    """Return the faults of one dossier's entries, details, papers and sealed rows, if any."""
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


def head_text(head: journal.Link | None) -> str:
    """`12-3F9A-01BC-77D2`: the number of the last entry and the beginning of its hash; "" for an
    empty ledger.
    """
    if head is None:
        return ""
    short = head.hash[:12].upper()
    return f"{head.seq}-{short[:4]}-{short[4:8]}-{short[8:]}"


def read_head(text: str) -> tuple[int, str]:
    """Read a printed head into its number and the beginning of its hash. Raises Refused("head")."""
    match = _HEAD.fullmatch(clean_line(text).upper())
    if match is None:
        raise Refused(
            "head",
            _("Đầu sổ cái viết như 12-3F9A-01BC-77D2; hãy chép lại từ phiếu buổi sáng."),
            "head",
        )
    return int(match[1]), "".join(match.groups()[1:]).lower()


_HEAD = re.compile(r"([0-9]{1,12})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})")


def _heads_in_backups(folder: Path) -> list[tuple[int, str]]:
    """Return the heads of the desk's own backups, as (number, hash)."""
    heads = (head_in(file) for file in sorted(folder.glob("desk-*.db")))
    return [(head.seq, head.hash) for head in heads if head]


def _lost_heads(connection: Connection, heads: Iterable[tuple[int, str]]) -> Iterator[str]:
    for seq, beginning in heads:
        now = journal.hash_of(connection, seq)
        if now is None:
            yield _("Sổ cái bị cắt: đầu sổ đã lưu là mục số {seq}, nay không còn mục ấy.").format(
                seq=seq
            )
        elif not str(now).startswith(beginning):
            yield _("Sổ cái bị viết lại: mục số {seq} khác với đầu sổ đã lưu.").format(seq=seq)


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
    """Return the problems of the database file; empty when it is sound."""
    desk.require(Permission.READ)
    return problems_of(desk.database.file)


def backup(desk: Desk, target: Path | None = None) -> Path:
    """Copy the database to `target`, or make today's copy in the desk's folder; return the file.

    Raises Refused("backup-target"), and as copy_database().
    """
    desk.require(Permission.BACKUP)
    if target is not None:
        checked_copy(target)
        return copy_database(desk.database, target)
    return copy_of_today(desk.database, paths.backup_folder(desk.folder), desk.now())


@dataclass(frozen=True)
class Copy:
    """A copy of the data in the desk's folder, and when it was made."""

    file: Path
    made: datetime


def newest_copy(desk: Desk) -> Copy | None:
    """Return the newest copy in the desk's own folder; None while there is none."""
    desk.require(Permission.READ)
    made = [
        Copy(file, datetime.fromtimestamp(file.stat().st_mtime))
        for file in paths.backup_folder(desk.folder).glob("desk-*.db")
    ]
    return max(made, key=lambda copy: copy.made, default=None)
