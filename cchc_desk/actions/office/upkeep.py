"""Care of the data: the ledger's chain, the seals, the file's health, copies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.dossiers.history import rewritten, unreadable
from cchc_desk.domain.ledger.entry import GENESIS, Break, Entry, Head, first_break, own_break
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.store.engine.backup import copy_database, copy_of_today, head_in, problems_of
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import integrity, journal

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

    `entries`: length of the chain verified. `head`: the last entry as papers print it (head_text).
    """

    ok: bool
    problems: tuple[str, ...]
    entries: int
    head: str


def verify_ledger(desk: Desk, head: str = "", work: LongWork | None = None) -> LedgerAnswer:
    """Verify the whole chain, the seals of all dossiers, and every head stored elsewhere.

    Each backup in the desk's folder holds a head; `head` is one more, typed from a morning sheet. A
    large ward takes many seconds: `work` counts its steps and may stop it. Raises Refused("head").
    """
    return _verify(desk, head, None, work or LongWork())


def verify_recent(desk: Desk, days: int) -> LedgerAnswer:
    """Verify the entries of the last `days` days and their dossiers, as every morning does."""
    return _verify(desk, "", desk.now() - timedelta(days=days), LongWork())


def _verify(desk: Desk, head: str, since: datetime | None, work: LongWork) -> LedgerAnswer:
    desk.require(Act.READ)
    heads = _heads_in_backups(paths.backup_folder(desk.folder))
    if head.strip():
        heads.append(read_head(head))
    with desk.read() as connection:
        before = journal.head_before(connection, since) if since else None
        last = journal.head(connection)
        work.total = 3 * (last.seq if last else 0)  # read, chained, sealed: about as long each
        entries = list(work.counted(journal.entries(connection, before.seq if before else 0)))
        replaced = rewritten(entries)
        begin = (before.seq, before.hash) if before else None
        problems = [
            *_words(first_break(work.counted(entries), begin, replaced)),
            *_lost_heads(connection, heads),
            *_broken_seals(connection, entries, work),
            *_broken_tables(connection, entries),
            *_laundered(entries),
            *unreadable(entries, replaced),
        ]
        if since is None:
            problems += [*_lost_last(connection), *_unwritten(connection)]
    return LedgerAnswer(not problems, tuple(problems), len(entries), head_text(last))


def dossier_problems(connection: Connection, code: str) -> tuple[str, ...]:
    """Return the problems of one dossier's entries, details and sealed facts; empty when sound."""
    entries = list(journal.entries_of(connection, code))
    replaced = rewritten(entries)
    beside = journal.neighbours(connection, code)
    breaks = (
        (entry.seq, own_break(entry, salt, details, replaced) or _loose(entry, *beside[entry.seq]))
        for entry, salt, details in entries
    )
    problems = [_(_BROKEN[what]).format(seq=seq) for seq, what in breaks if what]
    return (
        *problems,
        *_missing(entries, journal.last_of(connection, code)),
        *_laundered(entries),
        *unreadable(entries, replaced),
        *_broken_seals(connection, entries, LongWork()),
    )


def _loose(entry: Entry, before: str | None, after: str | None) -> str | None:
    """Return the kind of break between an entry and its neighbours in the chain, None for none."""
    if entry.previous != (before or GENESIS):
        return "previous" if before else "gap"
    return "next" if after not in (None, entry.hash) else None


def _missing(entries: Iterable[tuple[Entry, str, str]], last_named: int) -> Iterator[str]:
    """Yield a problem for each entry whose `entry_before` does not match its predecessor.

    And one when the dossier's row names another last entry.
    """
    last = 0
    for entry, _salt, details in entries:
        named = journal.facts_in(details).get("entry_before", last)
        if named != last:
            yield _("Sổ cái thiếu mục của hồ sơ này trước mục số {seq}.").format(seq=entry.seq)
        last = entry.seq
    if last != last_named:
        yield _("Sổ cái không còn khớp với mục cuối của hồ sơ này, mục số {seq}.").format(
            seq=last_named
        )


def head_text(head: Head | None) -> str:
    """Format a head as `12-3F9A-01BC-77D2`: number and beginning of the hash; "" for no entry."""
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
        elif not now.startswith(beginning):
            yield _("Sổ cái bị viết lại: mục số {seq} khác với đầu sổ đã lưu.").format(seq=seq)


def _broken_seals(
    connection: Connection, entries: Iterable[tuple[Entry, str, str]], work: LongWork
) -> Iterator[str]:
    """Yield a problem for each dossier whose rows differ from its last seal."""
    sealed = {
        entry.code: details for entry, _, details in entries if entry.code and '"seal"' in details
    }
    for code, details in work.counted(sealed.items()):
        if _seal_in(details) != integrity.seal_of(connection, code):
            yield _("Dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái.").format(code=code)


def _broken_tables(
    connection: Connection, entries: Iterable[tuple[Entry, str, str]]
) -> Iterator[str]:
    """Yield a problem for each of the desk's own tables that differs from its last seal."""
    sealed: dict[str, object] = {}
    for _entry, _salt, details in entries:
        if '"tables"' in details:
            sealed |= journal.facts_in(details).get("tables", {})
    for table, seal in sealed.items():
        if seal != integrity.table_seal(connection, table):
            yield _("{table} đã bị sửa ngoài sổ cái.").format(table=_(_TABLES[table]))


def _laundered(entries: Iterable[tuple[Entry, str, str]]) -> Iterator[str]:
    """Yield the problems noted in entries: rows changed before an act, which it does not mend."""
    for entry, _salt, details in entries:
        if '"broken_' not in details:
            continue
        facts = journal.facts_in(details)
        if facts.get("broken_before"):
            yield _("Trước mục số {seq}, dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái.").format(
                seq=entry.seq, code=entry.code
            )
        for table in facts.get("broken_tables", ()):
            yield _("Trước mục số {seq}: {table} đã bị sửa ngoài sổ cái.").format(
                seq=entry.seq, table=_(_TABLES[table])
            )


def _lost_last(connection: Connection) -> Iterator[str]:
    for code, seq in journal.lost_last(connection):
        yield _("Sổ cái không còn khớp với mục cuối của hồ sơ {code}, mục số {seq}.").format(
            code=code, seq=seq
        )


def _unwritten(connection: Connection) -> Iterator[str]:
    for code in journal.unwritten(connection):
        yield _("Hồ sơ, phiếu {code} không có mục nào trong sổ cái.").format(code=code)


def _seal_in(details: str) -> object:
    return journal.facts_in(details).get("seal", "damaged")


def _words(broken: Break | None) -> tuple[str, ...]:
    return (_(_BROKEN[broken.what]).format(seq=broken.seq),) if broken else ()


def check_database(desk: Desk) -> tuple[str, ...]:
    """Return the problems of the database file; empty when it is sound."""
    desk.require(Act.READ)
    return problems_of(desk.database.file)


def backup(desk: Desk, target: Path | None = None) -> Path:
    """Copy the database to `target`, or make today's copy in the desk's folder; return the file.

    Raises Refused("backup-target"), and as copy_database().
    """
    desk.require(Act.BACKUP)
    if target is not None:
        _check_target(desk, target)
        return copy_database(desk.database, target)
    return copy_of_today(desk.database, paths.backup_folder(desk.folder), desk.now())


def _check_target(desk: Desk, target: Path) -> None:
    if target.is_dir():
        raise Refused(
            "backup-target",
            _("«{file}» là một thư mục; hãy thêm tên tệp của bản sao.").format(file=target),
            "out",
        )
    beside_the_desk = target.resolve().parent == desk.folder.resolve()
    if beside_the_desk and target.name.startswith(paths.DATABASE):  # the -wal and -shm too
        raise Refused(
            "backup-target",
            _("Bản sao không được đè lên chính dữ liệu của quầy; hãy chọn tệp khác."),
            "out",
        )
