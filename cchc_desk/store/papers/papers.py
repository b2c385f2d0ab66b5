"""Numbered papers: slips (supplement, refusal, stop), what came from the portal, and which numbers
were given.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from cchc_desk.domain.dossiers.dossier import Status, number_text
from cchc_desk.store.dossiers.dossiers import iso, moment, number_of
from cchc_desk.store.engine.database import add, run
from cchc_desk.store.engine.tables import dossiers, paper_receipts, registrations, slips, visitors

SUPPLEMENT, REFUSAL, STOP = "supplement", "refusal", "stop"


@dataclass(frozen=True)
class Slip:
    """One numbered slip; `code` is the dossier's, "" before acceptance. `items` is what a
    supplement asks for.
    """

    id: str
    kind: str
    code: str
    symbol: str
    year: int
    number: int
    made: datetime
    made_by: str
    reason: str
    items: tuple[str, ...]
    again: bool
    procedure_code: str
    procedure_name: str
    registration: str | None = None

    @property
    def number_text(self) -> str:
        """`05/HDHS`."""
        return number_text(self.number, self.symbol)


@dataclass(frozen=True)
class Registration:
    """A dossier from the portal, not yet accepted: `answer_by` is the last moment to accept or
    refuse it.
    """

    id: str
    portal_code: str
    status: Status
    procedure_code: str
    procedure_name: str
    submitted: datetime
    answer_by: datetime
    entered: datetime
    answered: datetime | None = None
    code: str = ""


def add_slip(connection: Connection, slip: Slip, visitor: Mapping[str, Any] | None = None) -> None:
    """Keeps a slip; `visitor` is the form of who it is for, where there is no dossier."""
    row = vars(slip) | {"made": iso(slip.made), "items": json.dumps(slip.items, ensure_ascii=False)}
    code = row.pop("code")
    row["dossier"] = number_of(connection, code) if code else None
    add(connection, slips, [row])
    if visitor is not None:
        _keep_visitor(connection, slip.id, visitor)


def slip_of(connection: Connection, slip_id: str) -> Slip | None:
    """The slip with this id, None when unknown."""
    row = connection.execute(_SLIPS.where(slips.c.id == slip_id)).one_or_none()
    return _slip(row) if row else None


def slips_of_dossier(connection: Connection, code: str, kind: str) -> tuple[Slip, ...]:
    """A dossier's slips of one kind, oldest first."""
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


def _keep_visitor(connection: Connection, owner: str, form: Mapping[str, Any]) -> None:
    add(
        connection,
        visitors,
        [{"id": owner, "form": json.dumps(form, ensure_ascii=False, sort_keys=True)}],
    )


def visitor_of(connection: Connection, owner: str) -> dict[str, Any]:
    """The form of the person behind a slip or registration; empty when it was never kept."""
    text = connection.execute(
        select(visitors.c.form).where(visitors.c.id == owner)
    ).scalar_one_or_none()
    form: dict[str, Any] = json.loads(text) if text else {}
    return form


def add_registration(connection: Connection, one: Registration, visitor: Mapping[str, Any]) -> None:
    moments = {
        "submitted": iso(one.submitted),
        "answer_by": iso(one.answer_by),
        "entered": iso(one.entered),
    }
    row = vars(one) | moments | {"status": int(one.status), "dossier": None}
    del row["code"]
    add(connection, registrations, [row])
    _keep_visitor(connection, one.id, visitor)


def answer_registration(
    connection: Connection, one: Registration, status: Status, at: datetime, code: str = ""
) -> None:
    """Notes that it was accepted (as dossier `code`) or refused."""
    dossier = number_of(connection, code) if code else None
    statement = update(registrations).where(registrations.c.id == one.id)
    connection.execute(statement.values(status=int(status), answered=iso(at), dossier=dossier))


def registration_by(connection: Connection, portal_code: str) -> Registration | None:
    """What came from the portal under this code."""
    row = connection.execute(
        _REGISTRATIONS.where(registrations.c.portal_code == portal_code)
    ).one_or_none()
    return _registration(row) if row else None


def registration_of(connection: Connection, registration_id: str) -> Registration | None:
    """The registration with this id."""
    row = connection.execute(
        _REGISTRATIONS.where(registrations.c.id == registration_id)
    ).one_or_none()
    return _registration(row) if row else None


def waiting_registrations(connection: Connection) -> tuple[Registration, ...]:
    """What still waits for an answer, the most pressing first."""
    wanted = _REGISTRATIONS.where(registrations.c.status == int(Status.REGISTERED))
    return tuple(map(_registration, connection.execute(wanted.order_by(registrations.c.answer_by))))


_REGISTRATIONS = select(registrations, dossiers.c.code.label("code")).join(
    dossiers, dossiers.c.n == registrations.c.dossier, isouter=True
)


def _registration(row: Row[Any]) -> Registration:
    submitted, answer_by, entered = (
        datetime.fromisoformat(t) for t in (row.submitted, row.answer_by, row.entered)
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


def symbols(connection: Connection, year: int) -> list[str]:
    """Every symbol under which a paper was numbered in that year."""
    asked = (
        "SELECT symbol FROM letters WHERE year = ? UNION SELECT symbol FROM slips WHERE year = ?"
    )
    return [row[0] for row in run(connection, asked, (year, year))]


def numbers_of(connection: Connection, symbol: str, year: int) -> frozenset[int]:
    """The numbers that letters and slips of this symbol and year bear."""
    asked = (
        "SELECT number FROM letters WHERE symbol = ? AND year = ? UNION "
        "SELECT number FROM slips WHERE symbol = ? AND year = ?"
    )
    return frozenset(row[0] for row in run(connection, asked, (symbol, year) * 2))


@dataclass(frozen=True)
class PaperReceipt:
    """A receipt numbered beforehand: `code` is the dossier that used it, `void` why it never will
    be used.
    """

    number: str
    printed: datetime
    void: str
    code: str


_RECEIPTS = (
    "SELECT r.number, r.printed, r.void, d.code FROM paper_receipts r "
    "LEFT JOIN dossiers d ON d.paper_receipt = r.number AND d.paper_receipt <> ''"
)


def add_paper_receipts(connection: Connection, numbers: Iterable[str], printed: datetime) -> None:
    add(
        connection,
        paper_receipts,
        [{"number": n, "printed": iso(printed), "void": ""} for n in numbers],
    )


def paper_receipt(connection: Connection, number: str) -> PaperReceipt | None:
    """The pre-numbered receipt with this number."""
    row = run(connection, f"{_RECEIPTS} WHERE r.number = ?", (number,)).fetchone()
    return _receipt(row) if row else None


def all_paper_receipts(connection: Connection) -> tuple[PaperReceipt, ...]:
    """Every pre-numbered receipt, in order."""
    return tuple(map(_receipt, run(connection, f"{_RECEIPTS} ORDER BY r.number")))


def void_paper_receipt(connection: Connection, number: str, reason: str) -> None:
    run(connection, "UPDATE paper_receipts SET void = ? WHERE number = ?", (reason, number))


def _receipt(row: Any) -> PaperReceipt:
    return PaperReceipt(row[0], datetime.fromisoformat(row[1]), row[2], row[3] or "")
