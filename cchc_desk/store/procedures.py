"""The catalogue on disk: every version of every procedure, kept for ever, since a dossier keeps its own."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, select

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
    """One version of every procedure that still exists on `day`: the newest begun by then, else the oldest known.

    The shipped catalogue says since when a fact was seen, not since when it holds; a dossier taken in before that
    gets the oldest version known.
    """
    chosen: dict[str, ProcedureVersion] = {}
    for row in connection.execute(select(procedures).order_by(procedures.c.code, procedures.c.effective_from)):
        _choose(chosen, _version(row), day)
    return tuple(version for version in chosen.values() if not version.effective_to or version.effective_to >= day)


def _choose(chosen: dict[str, ProcedureVersion], version: ProcedureVersion, day: date) -> None:
    if version.code not in chosen or version.effective_from <= day:
        chosen[version.code] = version


def version_on(connection: Connection, code: str, day: date) -> ProcedureVersion | None:
    """The version of `code` for `day`, as in_force(); local variants match by their first eight characters."""
    rows = connection.execute(
        select(procedures).where(procedures.c.code == match_code(code)).order_by(procedures.c.effective_from)
    )
    chosen: dict[str, ProcedureVersion] = {}
    for row in rows:
        _choose(chosen, _version(row), day)
    found = next(iter(chosen.values()), None)
    return found if found and (not found.effective_to or found.effective_to >= day) else None


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
