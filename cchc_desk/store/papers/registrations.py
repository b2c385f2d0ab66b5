"""Registrations from the portal on disk, and their answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.dossiers.registrations import Registration
from cchc_desk.store.dossiers.dossiers import moment, number_of
from cchc_desk.store.engine.database import add, iso, sound, stored_moment
from cchc_desk.store.engine.tables import dossiers, registrations
from cchc_desk.store.papers.visitors import keep_visitor


def add_registration(
    connection: Connection, registered: Registration, visitor: Mapping[str, Any]
) -> None:
    moments = {
        "submitted": iso(registered.submitted),
        "answer_by": iso(registered.answer_by),
        "entered": iso(registered.entered),
    }
    row = vars(registered) | moments | {"status": int(registered.status), "dossier": None}
    del row["code"]
    add(connection, registrations, [row])
    keep_visitor(connection, registered.id, visitor)


def answer_registration(
    connection: Connection, answered: Registration, status: Status, at: datetime, code: str = ""
) -> None:
    """Note that it was accepted (as dossier `code`) or refused."""
    dossier = number_of(connection, code) if code else None
    statement = update(registrations).where(registrations.c.id == answered.id)
    connection.execute(statement.values(status=int(status), answered=iso(at), dossier=dossier))


def reopen_registration(connection: Connection, registered: Registration) -> None:
    """Let it wait for an answer again: the dossier that it became was an entry made by mistake."""
    statement = update(registrations).where(registrations.c.id == registered.id)
    status = int(Status.REGISTERED)
    connection.execute(statement.values(status=status, answered=None, dossier=None))


def registration_by(connection: Connection, portal_code: str) -> Registration | None:
    """Return the registration with this portal code, None when there is none."""
    row = connection.execute(
        _REGISTRATIONS.where(registrations.c.portal_code == portal_code)
    ).one_or_none()
    return _registration(row) if row else None


def registration_of(connection: Connection, registration_id: str) -> Registration | None:
    """Return the registration with this id, None when unknown."""
    row = connection.execute(
        _REGISTRATIONS.where(registrations.c.id == registration_id)
    ).one_or_none()
    return _registration(row) if row else None


def waiting_registrations(connection: Connection) -> tuple[Registration, ...]:
    """Return the registrations still to be answered, the most pressing first."""
    return sound(connection, "registrations", connection.execute(_WAITING), _registration)


_REGISTRATIONS = select(registrations, dossiers.c.code.label("code")).join(
    dossiers, dossiers.c.n == registrations.c.dossier, isouter=True
)
_WAITING = _REGISTRATIONS.where(registrations.c.status == int(Status.REGISTERED)).order_by(
    registrations.c.answer_by
)


def _registration(row: Row[Any]) -> Registration:
    submitted, answer_by, entered = (
        stored_moment(t) for t in (row.submitted, row.answer_by, row.entered)
    )
    return Registration(
        row.id,
        row.portal_code,
        Status(row.status),
        row.procedure_code,
        row.procedure_name,
        submitted,
        answer_by,
        entered,
        moment(row.answered),
        row.code or "",
    )
