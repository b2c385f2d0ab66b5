"""Entries of an away desk, chained anew behind the ledger of its home."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from cchc_desk.domain.ledger.entry import Head, RawEntry, details_hash, next_entry
from cchc_desk.domain.ledger.facts import brought_home
from cchc_desk.store.engine.database import add, iso, run, stored_moment
from cchc_desk.store.engine.tables import journal as journal_table
from cchc_desk.store.engine.tables import journal_details
from cchc_desk.store.ledger import journal


def append(
    connection: Connection, entries: Iterable[RawEntry], whole: Collection[str]
) -> Mapping[int, int]:
    """Chain entries of an away desk behind the last one here; return their new numbers.

    Each keeps its own time, official, desk and facts. A seal stays where the rows of its dossier
    were taken over as they are: for the codes in `whole`. The caller holds the transaction, in
    which those rows were taken over before.
    """
    head = journal.head(connection)
    numbers: dict[int, int] = {}
    before: dict[str, int] = {}
    for raw in entries:
        if raw.code and raw.code not in before:
            before[raw.code] = journal.last_of_code(connection, raw.code)
        text = brought_home(raw, before.get(raw.code, 0), numbers, with_seal=raw.code in whole)
        head = _append(connection, head, raw, text)
        numbers[raw.seq] = head.seq
        if raw.code:
            before[raw.code] = head.seq
    for code, seq in before.items():
        run(connection, "UPDATE dossiers SET last_entry = ? WHERE code = ?", (seq, code))
    return numbers


def _append(connection: Connection, last: Head | None, raw: RawEntry, text: str) -> Head:
    at: datetime = stored_moment(raw.at)
    entry = next_entry(
        (last.seq, last.hash) if last else None,
        desk=raw.desk,
        at=at,
        event=stored_moment(raw.event),
        official=raw.official,
        act=raw.act,
        code=raw.code,
        details=details_hash(raw.salt, text),
    )
    row = vars(entry) | {"at": iso(entry.at), "event": iso(entry.event)}
    add(connection, journal_table, [row])
    add(connection, journal_details, [{"seq": entry.seq, "salt": raw.salt, "details": text}])
    return Head(entry.seq, entry.hash, at)
