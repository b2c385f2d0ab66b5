"""Numbered slips on disk: supplements asked for, refusals, stops."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from cchc_desk.domain.dossiers.dossier import number_text
from cchc_desk.domain.dossiers.register_rows import VoidNumber
from cchc_desk.domain.figures import Period
from cchc_desk.domain.papers.slips import REFUSAL, Slip
from cchc_desk.store.dossiers.dossiers import moment, number_of
from cchc_desk.store.engine.database import add, iso, run, sound, stored_moment
from cchc_desk.store.engine.tables import dossiers, slips
from cchc_desk.store.papers.visitors import keep_visitor


def add_slip(connection: Connection, slip: Slip, visitor: Mapping[str, Any] | None = None) -> None:
    """Store a slip; `visitor` is the form of its person, where there is no dossier."""
    row = vars(slip) | {
        "made": iso(slip.made),
        "items": json.dumps(slip.items, ensure_ascii=False),
        "void": iso(slip.void) if slip.void else None,
    }
    code = row.pop("code")
    row["dossier"] = number_of(connection, code) if code else None
    add(connection, slips, [row])
    if visitor is not None:
        keep_visitor(connection, slip.id, visitor)


def slip_of(connection: Connection, slip_id: str) -> Slip | None:
    """Return the slip with this id, None when unknown."""
    row = connection.execute(_SLIPS.where(slips.c.id == slip_id)).one_or_none()
    return _slip(row) if row else None


def slips_of_dossier(connection: Connection, code: str, kind: str) -> tuple[Slip, ...]:
    """Return a dossier's slips of one kind that are not void, oldest first."""
    wanted = _SLIPS.where(
        dossiers.c.code == code, slips.c.kind == kind, slips.c.void.is_(None)
    ).order_by(slips.c.year, slips.c.number)
    return sound(connection, "slips", connection.execute(wanted), _slip)


def void_slip(connection: Connection, slip_id: str, at: datetime) -> None:
    """Make a slip void; its number stays used."""
    connection.execute(update(slips).where(slips.c.id == slip_id).values(void=iso(at)))


def refusals(connection: Connection, within: Period) -> int:
    """Return how many slips of refusal were made within a period and hold."""
    sql = "SELECT count(*) FROM slips WHERE kind = ? AND made BETWEEN ? AND ? AND void IS NULL"
    values = REFUSAL, iso(within.start), iso(within.end)
    return int(run(connection, sql, values).fetchone()[0])


_VOID = """
SELECT s.number, s.symbol, s.procedure_name, a.name, s.void, d.code
FROM slips s JOIN dossiers d ON d.n = s.dossier JOIN applicants a ON a.dossier = d.n
WHERE s.void BETWEEN ? AND ? ORDER BY s.void, s.number
"""


def void_slips(connection: Connection, start: str, end: str) -> tuple[VoidNumber, ...]:
    """Return the slips made void from `start` to `end` (ISO minutes)."""
    return sound(connection, "slips", run(connection, _VOID, (start, end)), _void_number)


def _void_number(row: Any) -> VoidNumber:
    number, symbol, what, name, at, code = row
    return VoidNumber(number_text(number, symbol), what, name, stored_moment(at), code)


_SLIPS = select(slips, dossiers.c.code.label("code")).join(
    dossiers, dossiers.c.n == slips.c.dossier, isouter=True
)


def _slip(row: Row[Any]) -> Slip:
    return Slip(
        id=row.id,
        kind=row.kind,
        code=row.code or "",
        symbol=row.symbol,
        year=row.year,
        number=row.number,
        made=stored_moment(row.made),
        made_by=row.made_by,
        reason=row.reason,
        items=tuple(json.loads(row.items)),
        again=row.again,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        registration=row.registration,
        void=moment(row.void),
    )
