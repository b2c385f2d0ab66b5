"""The stored catalogue: every version of every procedure, since a dossier keeps its own.

Beside it the office's own choices for its screens, the changes it made and those that wait for a
second person, and the limits that clerks confirmed last.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.law import fees, procedure
from cchc_desk.domain.law.procedure import (
    Channel,
    Confirmation,
    LimitStatus,
    OfficeChoice,
    PaperLabel,
    ProcedureChange,
    ProcedureVersion,
    RememberedLimit,
    match_code,
)
from cchc_desk.store.engine.database import (
    add,
    add_numbered,
    iso,
    readable,
    run,
    sound,
    stored_day,
    stored_moment,
)
from cchc_desk.store.engine.tables import procedure_changes, procedures
from cchc_desk.store.office import registers

_KEEP_CHOICE = (
    "INSERT INTO procedure_choices (code, favourite, place, hidden, short_name, synonyms) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET favourite = excluded.favourite, "
    "place = excluded.place, hidden = excluded.hidden, short_name = excluded.short_name, "
    "synonyms = excluded.synonyms"
)
_REMEMBER = (
    "INSERT INTO remembered_limits (procedure_code, channel, version, limit_text, official, at) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (procedure_code, channel) DO UPDATE SET "
    "version = excluded.version, limit_text = excluded.limit_text, "
    "official = excluded.official, at = excluded.at"
)
_REMEMBERED = (
    "SELECT limit_text, official, at FROM remembered_limits "
    "WHERE procedure_code = ? AND channel = ? AND version = ?"
)


# --- versions -------------------------------------------------------------------------------------


def add_versions(connection: Connection, versions: Iterable[ProcedureVersion]) -> None:
    """Add the versions that are not there yet; the caller holds the write transaction."""
    known = {tuple(row) for row in run(connection, "SELECT code, effective_from FROM procedures")}
    rows = [_row(version) for version in versions if (version.code, version.key) not in known]
    add(connection, procedures, rows)


def _row(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "code": version.code,
        "effective_from": version.key,
        "effective_to": version.effective_to.isoformat() if version.effective_to else None,
        "facts": written(version),
    }


def written(version: ProcedureVersion) -> str:
    """Return the facts of a version as JSON text; `read` reads them again."""
    return json.dumps(asdict(version), ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else str(value)


def drop_version(connection: Connection, code: str, key: str) -> None:
    """Delete a version under which nothing was accepted (store/dossiers.under_version)."""
    run(
        connection,
        "DELETE FROM procedures WHERE code = ? AND effective_from = ?",
        (code, key),
    )


def in_force(connection: Connection, day: date) -> tuple[ProcedureVersion, ...]:
    """Return the version for `day` of every procedure that has not ended by then."""
    rows = run(connection, "SELECT code, facts FROM procedures ORDER BY code")
    versions = sound(connection, "procedures", rows, _version)
    by_code = groupby(versions, key=lambda version: version.code)
    chosen = (procedure.version_on(versions, day) for _, versions in by_code)
    return tuple(version for version in chosen if version)


def versions_of(connection: Connection, code: str) -> tuple[ProcedureVersion, ...]:
    """Return every version of `code`, the newest first."""
    sql = "SELECT code, facts FROM procedures WHERE code = ? ORDER BY effective_from DESC"
    return sound(connection, "procedures", run(connection, sql, (match_code(code),)), _version)


def _version(row: tuple[str, str]) -> ProcedureVersion:
    return read(row[1])


def version_on(connection: Connection, code: str, day: date) -> ProcedureVersion | None:
    """Return the version of `code` for `day`; local variants match by their first 8 characters."""
    return procedure.version_on(versions_of(connection, code), day)


def exact_version(connection: Connection, code: str, key: str) -> ProcedureVersion | None:
    """Return the very version under which a dossier was accepted."""
    sql = "SELECT facts FROM procedures WHERE code = ? AND effective_from = ?"
    row = run(connection, sql, (code, key)).fetchone()
    if row is None:
        return None
    with readable(code):
        return read(row[0])


@lru_cache(maxsize=1024)
def read(text: str) -> ProcedureVersion:
    """Return the version whose facts were written as `text`, by this program or an older one."""
    facts = json.loads(text)
    until = facts["effective_to"]
    typed = {
        "effective_from": stored_day(facts["effective_from"]),
        "effective_to": stored_day(until) if until else None,
        "limits": {Channel(key): tuple(texts) for key, texts in facts["limits"].items()},
        "limit_status": LimitStatus(facts["limit_status"]),
        "papers": tuple(PaperLabel(**paper) for paper in facts["papers"]),
        "pauses": tuple(facts.get("pauses", ())),
        "fee_rule": _fee_rule(facts),
        "confirmation": _confirmation(facts.get("confirmation")),
    }
    return ProcedureVersion(**facts | typed)


def _fee_rule(facts: Mapping[str, Any]) -> fees.FeeRule | None:
    if "fee_rule" not in facts:  # written before fees were numbers
        return fees.read_fee(facts["fee"])
    return fees.from_json(facts["fee_rule"]) if facts["fee_rule"] else None


def _confirmation(facts: Mapping[str, Any] | None) -> Confirmation | None:
    if facts is None:
        return None
    typed = {
        "day": stored_day(facts["day"]) if facts["day"] else None,
        "at": stored_moment(facts["at"]),
    }
    return Confirmation(**{**facts, **typed})


# --- the office's own choices ---------------------------------------------------------------------


def choices(connection: Connection) -> dict[str, OfficeChoice]:
    """Return the office's choices by the code of the procedure, of those that have any."""
    sql = "SELECT code, favourite, place, hidden, short_name, synonyms FROM procedure_choices"
    return dict(sound(connection, "procedure_choices", run(connection, sql), _choice))


def _choice(row: Any) -> tuple[str, OfficeChoice]:
    code, favourite, place, hidden, short_name, synonyms = row
    words = tuple(json.loads(synonyms))
    "".join((code, short_name, *words))
    if not isinstance(place, int | None):
        raise TypeError
    return code, OfficeChoice(bool(favourite), place, bool(hidden), short_name, words)


def keep_choice(connection: Connection, code: str, choice: OfficeChoice) -> None:
    """Store a choice and raise the facts' revision; the caller holds the transaction."""
    synonyms = json.dumps(choice.synonyms, ensure_ascii=False)
    values = (code, choice.favourite, choice.place, choice.hidden, choice.short_name, synonyms)
    run(connection, _KEEP_CHOICE, values)
    registers.raise_revision(connection)


# --- limits confirmed at intake -------------------------------------------------------------------


def remember_limit(
    connection: Connection,
    version: ProcedureVersion,
    channel: Channel,
    limit: RememberedLimit,
) -> None:
    """Store the limit that a clerk confirmed for an uncertain one; the caller holds the write."""
    at = iso(limit.at)
    values = (version.code, channel.value, version.key, limit.text, limit.official, at)
    run(connection, _REMEMBER, values)


def remembered_limit(
    connection: Connection, version: ProcedureVersion, channel: Channel
) -> RememberedLimit | None:
    """Return the limit confirmed last for this version and channel; None when there was none."""
    row = run(connection, _REMEMBERED, (version.code, channel.value, version.key)).fetchone()
    remembered = sound(
        connection,
        "remembered_limits",
        [row] if row else [],
        lambda row: RememberedLimit(row[0], row[1], stored_moment(row[2])),
    )
    return remembered[0] if remembered else None


# --- changes made by this office ------------------------------------------------------------------


def add_change(
    connection: Connection,
    version: ProcedureVersion,
    *,
    key: str,
    document: str,
    document_day: date | None,
    by: str,
    at: datetime,
) -> int:
    """Add a change and return its number; `key` is "" while it waits for a second person."""
    row = {
        "code": version.code,
        "version": key,
        "facts": written(version),
        "document": document,
        "document_day": document_day.isoformat() if document_day else None,
        "entered_by": by,
        "entered": iso(at),
        "dropped": False,
    }
    return add_numbered(connection, procedure_changes, row)


def decide_change(
    connection: Connection, change: int, *, key: str, dropped: bool, by: str, at: datetime
) -> None:
    """Confirm a waiting change as the version `key`, or drop it; the caller holds the write."""
    sql = (
        "UPDATE procedure_changes SET version = ?, dropped = ?, decided_by = ?, decided = ? "
        "WHERE id = ?"
    )
    run(connection, sql, (key, dropped, by, iso(at), change))


def changes(connection: Connection, code: str = "") -> tuple[ProcedureChange, ...]:
    """Return the changes of a procedure, of all of them for "", in the order of entering."""
    sql = (
        "SELECT id, version, facts, document, document_day, entered_by, entered, decided_by, "
        "decided, dropped FROM procedure_changes WHERE ? IN (code, '') ORDER BY id"
    )
    return tuple(_change(*row) for row in run(connection, sql, (code,)))


def _change(
    number: int,
    key: str,
    facts: str,
    document: str,
    document_day: str | None,
    entered_by: str,
    entered: str,
    decided_by: str | None,
    decided: str | None,
    dropped: int,
) -> ProcedureChange:
    return ProcedureChange(
        id=number,
        key=key,
        version=read(facts),
        document=document,
        document_day=stored_day(document_day) if document_day else None,
        entered_by=entered_by,
        entered=stored_moment(entered),
        decided_by=decided_by,
        decided=stored_moment(decided) if decided else None,
        dropped=bool(dropped),
    )
