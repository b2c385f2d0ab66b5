"""The ledger on disk: appended inside the act's own transaction, read back in order."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Row, select, update

from cchc_desk.domain.ledger.entry import (
    GENESIS,
    Entry,
    Head,
    LinksOfOneAct,
    RawEntry,
    details_hash,
    next_entry,
)
from cchc_desk.domain.ledger.facts import (
    TABLE_ACTS,
    Envelope,
    Facts,
    known,
    known_envelope,
    without_people,
    written,
    written_by_msgspec,
)
from cchc_desk.domain.ledger.facts.office import ClockMoved
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import (
    UNREADABLE,
    add,
    any_text,
    iso,
    run,
    stored_moment,
)
from cchc_desk.store.engine.tables import journal, journal_details
from cchc_desk.store.ledger import integrity

# Numbers go on behind the details too: an entry whose own number is damaged stops no act.
_LAST = (
    "SELECT max(seq, (SELECT coalesce(max(seq), 0) FROM journal_details)), hash, at FROM journal "
    "ORDER BY seq DESC LIMIT 1"
)
# The moment of a corrected clock is the one it was set to.
_MOMENTS = (
    "SELECT CASE act WHEN 'clock-set' THEN event ELSE at END FROM journal "
    "WHERE seq >= ? ORDER BY seq"
)
# As RawEntry has them. Details that are no text were never written by the program.
_WRITTEN = (
    "SELECT j.seq, j.desk, j.at, j.event, j.official, j.act, j.code, j.details_hash, j.previous, "
    "j.hash, coalesce(d.salt, ''), CASE typeof(d.details) WHEN 'text' THEN d.details ELSE '' END "
    "FROM journal j LEFT JOIN journal_details d ON d.seq = j.seq "
)


Known = TypeVar("Known", bound=Facts)


class Link(NamedTuple):
    """An entry as a place in the chain: its number and its hash."""

    seq: int
    hash: str


def head(connection: Connection) -> Head | None:
    """Return the last entry, None while the ledger is empty. Raises Trouble("row-unreadable")."""
    with any_text(connection):
        row = run(connection, _LAST).fetchone()
    return Head(row[0], row[1], _last_moment(connection, row[2])) if row else None


def moments_to_trust(connection: Connection, acts: Iterable[str]) -> tuple[datetime, ...]:
    """Return the moments of the entries since the newest of these acts, it included, in order.

    All of them where there is none; damaged ones, which verify names, are left out.
    """
    known = list(acts)
    among = ", ".join("?" * len(known))
    newest = f"SELECT seq FROM journal WHERE act IN ({among}) ORDER BY seq DESC LIMIT 1"  # noqa: S608
    since = run(connection, newest, known).fetchone()
    rows = run(connection, _MOMENTS, (since[0] if since else 0,))
    return tuple(filter(None, (_readable(at) for (at,) in rows)))


def _readable(text: str) -> datetime | None:
    with suppress(*UNREADABLE):
        return stored_moment(text)
    return None


def _last_moment(connection: Connection, text: str) -> datetime:
    """Return the moment of the last entry; of the newest before it where that one is damaged."""
    if last := _readable(text):
        return last
    for (earlier,) in run(connection, _MOMENTS_BACK):
        if found := _readable(earlier):
            return found
    raise Trouble("row-unreadable", _("Sổ cái không còn mục nào đọc được thời điểm."))


_MOMENTS_BACK = "SELECT at FROM journal ORDER BY seq DESC"


def last_link(connection: Connection) -> Link | None:
    """Return the link of the last entry, None while the ledger is empty; it reads no moment."""
    with any_text(connection):
        row = run(connection, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Link._make(row) if row else None


def only_acts_behind(connection: Connection, seq: int, acts: Iterable[str]) -> bool:
    """Return True where no entry behind `seq` is of another act than these."""
    names = tuple(acts)
    marks = ", ".join("?" * len(names))
    sql = f"SELECT 1 FROM journal WHERE seq > ? AND act NOT IN ({marks}) LIMIT 1"  # noqa: S608
    return run(connection, sql, (seq, *names)).fetchone() is None


def append(
    connection: Connection,
    last: Head | None,
    facts: Facts,
    proofs: Envelope,
    *,
    desk: str,
    at: datetime,
    event: datetime,
    official: str,
    code: str = "",
) -> Head:
    """Chain one act behind `last`; the caller holds the write transaction."""
    salt = secrets.token_hex(16)
    text = written({**facts.encode(), **proofs.encode()})
    entry = next_entry(
        (last.seq, last.hash) if last else None,
        desk=desk,
        at=at,
        event=event,
        official=official,
        act=facts.act.value,
        code=code,
        details=details_hash(salt, text),
    )
    row = vars(entry) | {"at": iso(entry.at), "event": iso(entry.event)}
    add(connection, journal, [row])
    add(connection, journal_details, [{"seq": entry.seq, "salt": salt, "details": text}])
    return Head(entry.seq, entry.hash, at)


def note_last(connection: Connection, code: str, seq: int) -> None:
    """Let a dossier keep the number of its last entry.

    That cannot go then, nor move elsewhere, unseen by the dossier's own page.
    """
    run(connection, "UPDATE dossiers SET last_entry = ? WHERE code = ?", (seq, code))


class NewEntry(NamedTuple):
    """One of many acts that are chained at once, each on a dossier that had none before."""

    facts: Facts
    proofs: Envelope
    event: datetime
    code: str


def append_all(
    connection: Connection,
    last: Head | None,
    acts: Sequence[NewEntry],
    *,
    desk: str,
    at: datetime,
    official: str,
) -> Head:
    """Chain acts of one kind, one at least, behind `last` as append(); return the last.

    The caller holds the write transaction, and stores each dossier with the number of its entry.
    """
    rows, texts = [], []
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    moment, write, name = iso(at), written_by_msgspec(), acts[0].facts.act.value
    links = LinksOfOneAct(desk, at, official, name)
    salts = secrets.token_hex(16 * len(acts))  # asked of the system once
    for place, act in enumerate(acts):
        seq, salt, event = seq + 1, salts[32 * place : 32 * (place + 1)], iso(act.event)
        text = write(act.facts.encode() | act.proofs.encode())
        details = details_hash(salt, text)
        own = links.hash(seq, event, act.code, details, previous)
        rows.append(
            {
                "seq": seq,
                "desk": desk,
                "at": moment,
                "event": event,
                "official": official,
                "act": name,
                "code": act.code,
                "details_hash": details,
                "previous": previous,
                "hash": own,
            }
        )
        texts.append({"seq": seq, "salt": salt, "details": text})
        previous = own
    add(connection, journal, rows)
    add(connection, journal_details, texts)
    return Head(seq, previous, at)


def last_of(connection: Connection, code: str) -> int:
    """Return the number of the last entry as the dossier's own row names it; 0 for none.

    Of other ids it is the last entry there is.
    """
    row = run(connection, "SELECT last_entry FROM dossiers WHERE code = ?", (code,)).fetchone()
    row = row or run(connection, "SELECT max(seq) FROM journal WHERE code = ?", (code,)).fetchone()
    return int(row[0] or 0)


def last_of_code(connection: Connection, code: str) -> int:
    """Return the number of the last entry with this code; 0 for none."""
    row = run(connection, "SELECT max(seq) FROM journal WHERE code = ?", (code,)).fetchone()
    return int(row[0] or 0)


def codes_behind(connection: Connection, seq: int, without: Iterable[str]) -> dict[str, int]:
    """Return how many entries behind `seq` each code has, of other acts than those `without`."""
    acts = tuple(without)
    marks = ", ".join("?" * len(acts))
    sql = (
        f"SELECT code, count(*) FROM journal WHERE seq > ? AND code <> '' AND act NOT IN ({marks}) "  # noqa: S608
        "GROUP BY code ORDER BY min(seq)"
    )
    return {code: int(many) for code, many in run(connection, sql, (seq, *acts)).fetchall()}


def lost_last(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Return (code, number) of the dossiers whose row names another last entry than there is."""
    sql = (
        "SELECT d.code, d.last_entry FROM dossiers d "
        "JOIN (SELECT code, max(seq) AS seq FROM journal GROUP BY code) j ON j.code = d.code "
        "WHERE j.seq != d.last_entry"
    )
    return tuple((code, seq) for code, seq in run(connection, sql))


def last_seal(connection: Connection, code: str) -> str | None:
    """Return the seal in the last sealed entry of one dossier; None where there is none."""
    sql = (
        "SELECT d.details FROM journal j JOIN journal_details d ON d.seq = j.seq "
        "WHERE j.code = ? ORDER BY j.seq DESC"
    )
    seals = (known_envelope(details).seal for (details,) in run(connection, sql, (code,)))
    return next((seal for seal in seals if seal), None)


def last_table_seal(connection: Connection, table: str) -> str | None:
    """Return the last seal of one table of the desk itself; None where there is none."""
    sql = (
        "SELECT d.details FROM journal j JOIN journal_details d ON d.seq = j.seq "  # noqa: S608
        f"WHERE j.act IN ({', '.join('?' * len(TABLE_ACTS))}) ORDER BY j.seq DESC"
    )
    proofs = (known_envelope(details) for (details,) in run(connection, sql, TABLE_ACTS))
    seals = (proof.tables.get(table) for proof in proofs if proof.tables)
    return next((seal for seal in seals if seal), None)


def table_seals(connection: Connection, until: int) -> dict[str, str]:
    """Return the last seal of each of the desk's own tables in the entries up to number `until`."""
    sql = (
        "SELECT details FROM journal_details WHERE seq <= ? AND instr(details, '\"tables\"') > 0 "
        "ORDER BY seq"
    )
    seals: dict[str, str] = {}
    for (details,) in run(connection, sql, (until,)):
        seals |= tables_in(details)
    return seals


def tables_in(details: str) -> dict[str, str]:
    """Return the seals of the desk's own tables in an entry's details, by name.

    None where nothing of that shape stands there: the chain shows that it was changed.
    """
    seals = known_envelope(details).tables or {}
    return {name: seals[name] for name in integrity.desk_tables() if name in seals}


def sums_until(connection: Connection, until: int) -> dict[str, str]:
    """Return the last hash of each table's sum in the entries up to number `until`."""
    sql = (
        "SELECT details FROM journal_details WHERE seq <= ? AND instr(details, '\"sums\"') > 0 "
        "ORDER BY seq"
    )
    rows = run(connection, sql, (until,))
    return {
        total.table: total.after for (details,) in rows for total in known_envelope(details).sums
    }


def dossier_count(connection: Connection) -> int:
    """Return the number of dossiers of the desk."""
    return int(run(connection, "SELECT count(*) FROM dossiers").fetchone()[0])


def last_codes(connection: Connection, most: int) -> tuple[str, ...]:
    """Return the codes of the `most` dossiers that were entered last, the newest first."""
    rows = run(connection, "SELECT code FROM dossiers ORDER BY n DESC LIMIT ?", (most,))
    return tuple(row[0] for row in rows)


def neighbours(connection: Connection, code: str) -> dict[int, tuple[str | None, str | None]]:
    """Return for each entry of a dossier the hashes that link it to its two neighbours.

    That is the hash of the entry before it, and the one that the entry behind names as its
    previous.
    """
    sql = (
        "SELECT j.seq, b.hash, a.previous FROM journal j LEFT JOIN journal b ON b.seq = j.seq - 1 "
        "LEFT JOIN journal a ON a.seq = j.seq + 1 WHERE j.code = ?"
    )
    return {seq: (before, after) for seq, before, after in run(connection, sql, (code,))}


def unwritten(connection: Connection) -> tuple[str, ...]:
    """Return the codes and ids of what no ledger entry speaks of.

    Of dossiers, slips, registrations, years of the calendar.
    """
    sql = (
        "SELECT code FROM dossiers WHERE code NOT IN (SELECT code FROM journal) "
        "UNION ALL SELECT id FROM registrations WHERE id NOT IN (SELECT code FROM journal) "
        "UNION ALL SELECT id FROM calendar_years WHERE id NOT IN (SELECT code FROM journal) "
        "UNION ALL SELECT id FROM slips WHERE dossier IS NULL AND id NOT IN (SELECT code FROM "
        "journal)"
    )
    return tuple(row[0] for row in run(connection, sql))


def link_at(connection: Connection, seq: int) -> Link | None:
    """Return the link of entry `seq`; None where there is none."""
    row = run(connection, "SELECT seq, hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return Link._make(row) if row else None


def link_before(connection: Connection, moment: datetime) -> Link | None:
    """Return the link of the last entry made before `moment`; None where there is none."""
    sql = "SELECT seq, hash FROM journal WHERE at < ? ORDER BY seq DESC LIMIT 1"
    row = run(connection, sql, (iso(moment),)).fetchone()
    return Link._make(row) if row else None


def entries(connection: Connection, after: int = 0) -> Iterator[tuple[Entry, str, str]]:
    """Yield (entry, salt, details) behind entry `after`, in order; details that are gone are ""."""
    for row in connection.execute(_joined().where(journal.c.seq > after).order_by(journal.c.seq)):
        yield _entry(row), row.salt or "", row.details or ""


def raw_entries(connection: Connection, after: int = 0) -> Iterator[RawEntry]:
    """Yield the entries behind entry `after`, in order, as they lie on disk."""
    rows = run(connection, f"{_WRITTEN} WHERE j.seq > ? ORDER BY j.seq", (after,))
    return map(RawEntry._make, rows)


def raw_entries_by(connection: Connection, act: str, after: int) -> Iterator[RawEntry]:
    """Yield the entries of one act behind entry `after`, in order, as they lie on disk."""
    sql = f"{_WRITTEN} WHERE j.act = ? AND j.seq > ? ORDER BY j.seq"
    return map(RawEntry._make, run(connection, sql, (act, after)))


def raw_entries_by_any(connection: Connection, acts: Iterable[str]) -> Iterator[RawEntry]:
    """Yield the entries of any of these acts, in order, as they lie on disk."""
    names = tuple(acts)
    sql = f"{_WRITTEN} WHERE j.act IN ({', '.join('?' * len(names))}) ORDER BY j.seq"
    return map(RawEntry._make, run(connection, sql, names))


def raw_entries_of(connection: Connection, code: str) -> Iterator[RawEntry]:
    """Yield the entries of one dossier in order, as they lie on disk."""
    rows = run(connection, f"{_WRITTEN} WHERE j.code = ? ORDER BY j.seq", (code,))
    return map(RawEntry._make, rows)


def of_dossier(connection: Connection, code: str) -> tuple[tuple[Entry, Facts | None], ...]:
    """Return one dossier's entries in order, with their facts as `known` reads them."""
    rows = connection.execute(_joined().where(journal.c.code == code).order_by(journal.c.seq))
    return tuple((_entry(row), known(row.act, row.details or "")) for row in rows)


def facts_by(
    connection: Connection, act: str, first: date, last: date
) -> tuple[tuple[Entry, Facts | None], ...]:
    """Return the entries of one act made in these days, with their facts as `known` reads them."""
    after = (last + timedelta(days=1)).isoformat()
    at = journal.c.at
    wanted = _joined().where(journal.c.act == act, at >= first.isoformat(), at < after)
    rows = connection.execute(wanted.order_by(journal.c.seq))
    return tuple((_entry(row), known(row.act, row.details or "")) for row in rows)


def forget_people(connection: Connection, code: str, nobody: str) -> dict[str, str]:
    """Anonymise the details of a dossier's entries, under new salts; return the new hashes by seq.

    The entries stay and commit to details that are gone now: the act that took them away has to
    name the new hashes. Details that somebody had changed have none: they stay a break.
    """
    rewritten = {}
    for row in connection.execute(_joined().where(journal.c.code == code)).all():
        salt, text = secrets.token_hex(16), without_people(row.act, row.details or "", nobody)
        wanted = update(journal_details).where(journal_details.c.seq == row.seq)
        connection.execute(wanted.values(salt=salt, details=text))
        if details_hash(row.salt or "", row.details or "") == row.details_hash:
            rewritten[str(row.seq)] = details_hash(salt, text)
    return rewritten


def last_by(connection: Connection, kind: type[Known]) -> tuple[Entry, Known] | None:
    """Return the last entry with facts of this kind; None where there is none that can be read."""
    rows = run(connection, f"{_WRITTEN} WHERE j.act = ? ORDER BY j.seq DESC", (kind.act.value,))
    for entry in map(RawEntry._make, rows):
        facts = known(entry.act, entry.details)
        if isinstance(facts, kind):
            return _entry(entry), facts
    return None


def first_moment(connection: Connection) -> datetime | None:
    """Return when the first entry was made; None while the ledger is empty, or where damaged."""
    row = run(connection, "SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return _readable(row[0]) if row else None


def clock_moves(connection: Connection, since: datetime) -> tuple[ClockMoved, ...]:
    """Return the moves of the clock noted by readable entries from `since` on."""
    act = ClockMoved.act.value
    sql = f"{_WRITTEN} WHERE j.act = ? AND j.at >= ? ORDER BY j.seq"
    rows = run(connection, sql, (act, iso(since)))
    noted = (known(act, entry.details) for entry in map(RawEntry._make, rows))
    return tuple(facts for facts in noted if isinstance(facts, ClockMoved))


def hash_of(connection: Connection, seq: int) -> str | None:
    """Return the hash of entry `seq`, None when the ledger does not reach so far."""
    row = run(connection, "SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def hashes_between(connection: Connection, first: int, last: int) -> dict[int, str]:
    """Return the hashes of the entries from `first` to `last` by number."""
    sql = "SELECT seq, hash FROM journal WHERE seq BETWEEN ? AND ?"
    return dict(run(connection, sql, (first, last)).fetchall())


def facts_of(connection: Connection, act: str) -> tuple[Facts, ...]:
    """Return the readable facts of every entry of one act, in order."""
    sql = (
        "SELECT d.details FROM journal j JOIN journal_details d ON d.seq = j.seq "
        "WHERE j.act = ? ORDER BY j.seq"
    )
    found = (known(act, details) for (details,) in run(connection, sql, (act,)))
    return tuple(facts for facts in found if facts is not None)


def _joined() -> Any:
    details = journal_details.c
    return select(journal, details.salt, details.details).join(
        journal_details, details.seq == journal.c.seq, isouter=True
    )


def _entry(row: Row[Any] | RawEntry) -> Entry:
    return Entry(
        row.desk,
        row.seq,
        stored_moment(row.at),
        stored_moment(row.event),
        row.official,
        row.act,
        row.code,
        row.details_hash,
        row.previous,
        row.hash,
    )
