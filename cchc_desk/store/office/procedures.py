"""The stored catalogue: every version of every procedure, since a dossier keeps its own."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from cchc_desk.domain.law import procedure
from cchc_desk.domain.law.procedure import (
    Channel,
    LimitStatus,
    PaperLabel,
    ProcedureVersion,
    match_code,
)
from cchc_desk.store.engine.database import add, run
from cchc_desk.store.engine.tables import procedures


def add_versions(connection: Connection, versions: Iterable[ProcedureVersion]) -> None:
    """Add the versions that are not there yet; the caller holds the write transaction."""
    known = {(row.code, row.effective_from) for row in connection.execute(select(procedures))}
    rows = [_row(v) for v in versions if (v.code, v.effective_from.isoformat()) not in known]
    add(connection, procedures, rows)


def _row(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "code": version.code,
        "effective_from": version.effective_from.isoformat(),
        "effective_to": version.effective_to.isoformat() if version.effective_to else None,
        "facts": json.dumps(asdict(version), ensure_ascii=False, default=_plain),
    }


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else str(value)


def drop_version(connection: Connection, code: str, effective_from: str) -> None:
    """Delete a version under which nothing was accepted (store/dossiers.under_version)."""
    run(
        connection,
        "DELETE FROM procedures WHERE code = ? AND effective_from = ?",
        (code, effective_from),
    )


def in_force(connection: Connection, day: date) -> tuple[ProcedureVersion, ...]:
    """Return the version for `day` of every procedure that has not ended by then."""
    rows = run(connection, "SELECT facts FROM procedures ORDER BY code")
    by_code = groupby((_version(facts) for (facts,) in rows), key=lambda version: version.code)
    chosen = (procedure.version_on(versions, day) for _, versions in by_code)
    return tuple(version for version in chosen if version)


def version_on(connection: Connection, code: str, day: date) -> ProcedureVersion | None:
    """Return the version of `code` for `day`; local variants match by their first 8 characters."""
    rows = run(connection, "SELECT facts FROM procedures WHERE code = ?", (match_code(code),))
    return procedure.version_on((_version(facts) for (facts,) in rows), day)


def exact_version(
    connection: Connection, code: str, effective_from: str
) -> ProcedureVersion | None:
    """Return the very version under which a dossier was accepted."""
    sql = "SELECT facts FROM procedures WHERE code = ? AND effective_from = ?"
    row = run(connection, sql, (code, effective_from)).fetchone()
    return _version(row[0]) if row else None


@lru_cache(maxsize=1024)
def _version(text: str) -> ProcedureVersion:
    facts = json.loads(text)
    until = facts["effective_to"]
    typed = {
        "effective_from": date.fromisoformat(facts["effective_from"]),
        "effective_to": date.fromisoformat(until) if until else None,
        "limits": {Channel(key): tuple(texts) for key, texts in facts["limits"].items()},
        "limit_status": LimitStatus(facts["limit_status"]),
        "papers": tuple(PaperLabel(**paper) for paper in facts["papers"]),
        "pauses": tuple(facts.get("pauses", ())),
    }
    return ProcedureVersion(**facts | typed)
