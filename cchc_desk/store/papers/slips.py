"""Numbered slips on disk: supplements asked for, refusals, stops."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from cchc_desk.domain.dossiers.slips import Slip
from cchc_desk.store.dossiers.dossiers import iso, number_of
from cchc_desk.store.engine.database import add
from cchc_desk.store.engine.tables import dossiers, slips
from cchc_desk.store.papers.visitors import keep_visitor


def add_slip(connection: Connection, slip: Slip, visitor: Mapping[str, Any] | None = None) -> None:
    """Store a slip; `visitor` is the form of its person, where there is no dossier."""
    row = vars(slip) | {"made": iso(slip.made), "items": json.dumps(slip.items, ensure_ascii=False)}
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
    """Return a dossier's slips of one kind, oldest first."""
    wanted = _SLIPS.where(dossiers.c.code == code, slips.c.kind == kind).order_by(
        slips.c.year, slips.c.number
    )
    return tuple(map(_slip, connection.execute(wanted)))


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
        made=datetime.fromisoformat(row.made),
        made_by=row.made_by,
        reason=row.reason,
        items=tuple(json.loads(row.items)),
        again=row.again,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        registration=row.registration,
    )
