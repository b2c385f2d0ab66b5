"""The catalogue on disk: every version of every procedure, kept for ever, since a dossier keeps its own."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from cchc_desk.domain import procedure
from cchc_desk.domain.procedure import Channel, LimitStatus, PaperLabel, ProcedureVersion, match_code
from cchc_desk.store.database import add
from cchc_desk.store.tables import procedures


def add_versions(connection: Connection, versions: Iterable[ProcedureVersion]) -> None:
    """Adds the versions that are not there yet; the caller holds the write transaction."""
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


def in_force(connection: Connection, day: date) -> tuple[ProcedureVersion, ...]:
    """The version for `day` of every procedure that has not ended by then."""
    rows = connection.execute(select(procedures).order_by(procedures.c.code))
    by_code = groupby((_version(row) for row in rows), key=lambda version: version.code)
    chosen = (procedure.version_on(versions, day) for _, versions in by_code)
    return tuple(version for version in chosen if version)


def version_on(connection: Connection, code: str, day: date) -> ProcedureVersion | None:
    """The version of `code` for `day`; local variants of a code match by their first eight characters."""
    rows = connection.execute(select(procedures).where(procedures.c.code == match_code(code)))
    return procedure.version_on((_version(row) for row in rows), day)


def _version(row: Row[Any]) -> ProcedureVersion:
    facts = json.loads(row.facts)
    return ProcedureVersion(
        **facts
        | {
            "effective_from": date.fromisoformat(row.effective_from),
            "effective_to": date.fromisoformat(row.effective_to) if row.effective_to else None,
            "limits": {Channel(key): tuple(texts) for key, texts in facts["limits"].items()},
            "limit_status": LimitStatus(facts["limit_status"]),
            "papers": tuple(PaperLabel(**paper) for paper in facts["papers"]),
        }
    )
