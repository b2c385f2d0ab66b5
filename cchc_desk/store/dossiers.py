"""Dossiers on disk: added once with their first promise, then only marked; read back whole or as lines of a list."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from cchc_desk.domain.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.deadlines import parse_limit
from cchc_desk.domain.dossier import (
    Dossier,
    How,
    Letter,
    LetterState,
    Notice,
    PaperCount,
    Promise,
    Status,
)
from cchc_desk.domain.listing import DossierRow
from cchc_desk.domain.procedure import Channel
from cchc_desk.domain.vietnamese import name_sort_key
from cchc_desk.store import search
from cchc_desk.store.database import add, run
from cchc_desk.store.tables import applicants, dossiers, letters, notices, papers, promises


def add_dossier(connection: Connection, desk: str, dossier: Dossier) -> None:
    """The dossier, its people, papers, first promise and search keys; the caller holds the write transaction."""
    n = add(connection, dossiers, [_facts(desk, dossier)])
    add(connection, applicants, [{"dossier": n, **_person(dossier)}])
    add(
        connection,
        papers,
        [{"dossier": n, "ordinal": i, **vars(p)} for i, p in enumerate(dossier.papers, 1)],
    )
    _add_promise(connection, n, dossier.first)
    search.index(connection, n, dossier)


def _facts(desk: str, dossier: Dossier) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "desk": desk,
        "code": dossier.code,
        "status": int(dossier.status),
        "procedure_code": dossier.procedure_code,
        "procedure_name": dossier.procedure_name,
        "procedure_version": dossier.procedure_version,
        "field": dossier.field,
        "regime": dossier.regime,
        "limit_text": dossier.limit.text,
        "channel": dossier.channel.value,
        "sets": dossier.sets,
        "fee": dossier.fee,
        "accepted": iso(dossier.accepted),
        "entered": iso(dossier.entered),
        "accepted_by": dossier.accepted_by,
        "holder": dossier.holder,
        "first_due": iso(dossier.first.due),
        "due": iso(dossier.first.due),
        "provisional": dossier.first.provisional,
    }


def _person(dossier: Dossier) -> dict[str, Any]:
    who = dossier.applicant
    return {
        "kind": who.kind.value,
        "name": who.name,
        "name_sort": name_sort_key(who.name),
        "id_number": who.id_number,
        "born": who.born.isoformat() if who.born else "",
        "sex": who.sex,
        "address": who.address,
        "phone": who.phone,
        "email": who.email,
        "representative": who.representative,
        "submitter": json.dumps(vars(dossier.submitter), ensure_ascii=False) if dossier.submitter else "",
        "note": dossier.note,
        "returned_to": "",
        "papers_back": "",
    }


def _add_promise(connection: Connection, n: int, promise: Promise) -> None:
    row = vars(promise) | {"dossier": n, "made": iso(promise.made), "due": iso(promise.due)}
    add(connection, promises, [row])


def mark_ready(connection: Connection, code: str, ready: datetime) -> None:
    _mark(connection, code, status=int(Status.READY), ready=iso(ready))


def mark_returned(connection: Connection, code: str, returned: datetime, to: str, papers_back: str) -> None:
    _mark(connection, code, status=int(Status.RETURNED), returned=iso(returned))
    n = _n(connection, code)
    person = update(applicants).where(applicants.c.dossier == n)
    connection.execute(person.values(returned_to=to, papers_back=papers_back))


def mark_closed(connection: Connection, code: str, closed: datetime) -> None:
    _mark(connection, code, closed=iso(closed))


def reappoint(connection: Connection, code: str, promise: Promise) -> None:
    """Sets the one re-appointment beside the first promise, which stays as it was printed."""
    _add_promise(connection, _n(connection, code), promise)
    _mark(connection, code, due=iso(promise.due))


def keep_letter(connection: Connection, letter: Letter) -> None:
    """Writes the letter as it is now: a new draft, a corrected one, signed, or handed over."""
    row = _letter_row(letter) | {"dossier": _n(connection, letter.code)}
    if connection.execute(select(letters.c.id).where(letters.c.id == letter.id)).first() is None:
        add(connection, letters, [row])
    else:
        connection.execute(update(letters).where(letters.c.id == letter.id).values(row))


def _letter_row(letter: Letter) -> dict[str, Any]:
    row = dict(vars(letter))
    del row["code"]
    for key in ("new_due", "drafted", "signed", "delivered"):
        row[key] = iso(row[key]) if row[key] else None
    row["state"] = letter.state.value
    row["delivered_how"] = letter.delivered_how.value if letter.delivered_how else None
    row["year"] = letter.signed.year if letter.signed else None
    return row


def add_notice(connection: Connection, code: str, notice: Notice) -> None:
    row = {
        "dossier": _n(connection, code),
        "at": iso(notice.at),
        "how": notice.how.value,
        "in_time": notice.in_time,
    }
    add(connection, notices, [row])


def _mark(connection: Connection, code: str, **values: Any) -> None:
    connection.execute(update(dossiers).where(dossiers.c.code == code).values(**values))


def _n(connection: Connection, code: str) -> int:
    return int(connection.execute(select(dossiers.c.n).where(dossiers.c.code == code)).scalar_one())


def load(connection: Connection, code: str) -> Dossier | None:
    """The whole dossier, or None when the code is unknown."""
    row = connection.execute(select(dossiers).where(dossiers.c.code == code)).one_or_none()
    if row is None:
        return None
    person = connection.execute(select(applicants).where(applicants.c.dossier == row.n)).one()
    return Dossier(
        id=row.id,
        code=row.code,
        status=Status(row.status),
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        field=row.field,
        procedure_version=row.procedure_version,
        regime=row.regime,
        limit=parse_limit(row.limit_text),
        channel=Channel(row.channel),
        sets=row.sets,
        note=person.note,
        accepted=datetime.fromisoformat(row.accepted),
        entered=datetime.fromisoformat(row.entered),
        accepted_by=row.accepted_by,
        holder=row.holder,
        fee=row.fee,
        applicant=_applicant(person),
        submitter=Submitter(**json.loads(person.submitter)) if person.submitter else None,
        papers=tuple(PaperCount(p.name, p.original, p.certified, p.copy) for p in _parts(connection, papers, row.n)),
        promises=tuple(_promise(p) for p in _parts(connection, promises, row.n)),
        letters=tuple(_letter(p, row.code) for p in _parts(connection, letters, row.n)),
        notices=_notices(connection, row.n),
        ready=moment(row.ready),
        returned=moment(row.returned),
        returned_to=person.returned_to,
        papers_back=person.papers_back,
        closed=moment(row.closed),
    )


def _parts(connection: Connection, table: Table, n: int) -> Iterable[Row[Any]]:
    return connection.execute(select(table).where(table.c.dossier == n).order_by(table.c.ordinal))


def _notices(connection: Connection, n: int) -> tuple[Notice, ...]:
    rows = connection.execute(select(notices).where(notices.c.dossier == n).order_by(notices.c.id))
    return tuple(Notice(datetime.fromisoformat(row.at), How(row.how), row.in_time) for row in rows)


def _applicant(row: Row[Any]) -> Applicant:
    return Applicant(
        kind=ApplicantKind(row.kind),
        name=row.name,
        id_number=row.id_number,
        born=date.fromisoformat(row.born) if row.born else None,
        sex=row.sex,
        address=row.address,
        phone=row.phone,
        email=row.email,
        representative=row.representative,
    )


def _promise(row: Row[Any]) -> Promise:
    made, due = datetime.fromisoformat(row.made), datetime.fromisoformat(row.due)
    return Promise(row.ordinal, made, due, row.provisional, row.calendar_version, row.letter)


def _letter(row: Row[Any], code: str) -> Letter:
    return Letter(
        id=row.id,
        code=code,
        ordinal=row.ordinal,
        state=LetterState(row.state),
        cause=row.cause,
        reason=row.reason,
        new_due=moment(row.new_due),
        responsible=row.responsible,
        own_fault=row.own_fault,
        drafted=datetime.fromisoformat(row.drafted),
        drafted_by=row.drafted_by,
        number=row.number,
        symbol=row.symbol,
        signed=moment(row.signed),
        signed_by=row.signed_by,
        delivered=moment(row.delivered),
        delivered_how=How(row.delivered_how) if row.delivered_how else None,
    )


def letter_of(connection: Connection, letter_id: str) -> Letter | None:
    """The letter with this id, or None."""
    row = connection.execute(_LETTERS.where(letters.c.id == letter_id)).one_or_none()
    return _letter(row, row.dossier_code) if row else None


def number_used(connection: Connection, symbol: str, year: int, number: int) -> bool:
    """Whether a letter of this symbol and year bears this number already."""
    same = select(letters.c.id).where(letters.c.symbol == symbol, letters.c.year == year, letters.c.number == number)
    return connection.execute(same).first() is not None


def letters_in(connection: Connection, states: Iterable[LetterState]) -> tuple[Letter, ...]:
    """The letters in these states, oldest draft first."""
    wanted = _LETTERS.where(letters.c.state.in_([state.value for state in states]))
    rows = connection.execute(wanted.order_by(letters.c.drafted, letters.c.id))
    return tuple(_letter(row, row.dossier_code) for row in rows)


_LETTERS = select(letters, dossiers.c.code.label("dossier_code")).join(dossiers, dossiers.c.n == letters.c.dossier)


# --- lines of lists -------------------------------------------------------------------------------------------------

_ROW = """
SELECT d.code, a.name, a.name_sort, d.procedure_name, d.accepted, d.first_due, d.due, d.provisional, d.limit_text,
       d.status, d.ready, d.returned, d.closed, o.name, a.phone,
       (SELECT count(*) FROM letters l WHERE l.dossier = d.n AND l.state = 'delivered')
FROM dossiers d JOIN applicants a ON a.dossier = d.n JOIN officials o ON o.id = d.holder
"""
_ORDERS = {
    "due": "d.due, d.n",
    "accepted": "d.n DESC",
    "name": "a.name_sort, d.n",
    "found": "d.n DESC",
}


def rows(
    connection: Connection,
    now: datetime,
    *,
    status: Iterable[Status] = (),
    open_only: bool = False,
    due_from: datetime | None = None,
    due_before: datetime | None = None,
    order: str = "due",
    limit: int = -1,
) -> tuple[DossierRow, ...]:
    """The dossiers that fit every condition given, `limit` at most (-1: all of them)."""
    where: list[str] = []
    values: list[Any] = []
    if codes := [int(s) for s in status]:
        where.append(f"d.status IN ({', '.join('?' * len(codes))})")
        values += codes
    if open_only:
        where.append("d.closed IS NULL")
    for sign, bound in ((">=", due_from), ("<", due_before)):
        if bound:
            where.append(f"d.due {sign} ?")
            values.append(iso(bound))
    return _rows(connection, now, where, values, order, limit)


def overdue_candidates(connection: Connection, now: datetime) -> tuple[DossierRow, ...]:
    """Every dossier not closed whose first due moment has passed; the rules say which of them are late."""
    return _rows(connection, now, ["d.closed IS NULL", "d.first_due < ?"], [iso(now)], "due", -1)


def rows_of(connection: Connection, now: datetime, codes: Iterable[str]) -> tuple[DossierRow, ...]:
    wanted = list(codes)
    return _rows(connection, now, [f"d.code IN ({', '.join('?' * len(wanted))})"], wanted, "due", -1)


def found(connection: Connection, now: datetime, query: str, limit: int) -> tuple[DossierRow, ...]:
    """What the search finds, exact marks first, newest first; at most `limit`."""
    numbers = search.find(connection, query, limit)
    if not numbers:
        return ()
    places = ", ".join("?" * len(numbers))
    sql = f"{_ROW.replace('SELECT', 'SELECT d.n,', 1)} WHERE d.n IN ({places})"
    by_number = {row[0]: row[1:] for row in run(connection, sql, numbers)}
    return tuple(_row(by_number[n], now) for n in numbers)


def of_person(connection: Connection, now: datetime, id_number: str) -> tuple[DossierRow, ...]:
    """The dossiers of this identity number that are not closed, newest first."""
    return _rows(connection, now, ["a.id_number = ?", "d.closed IS NULL"], [id_number], "accepted", 20)


def last_applicant(connection: Connection, id_number: str) -> Applicant | None:
    """The person as last taken in under this identity number: address and phone to offer again."""
    newest = select(applicants).where(applicants.c.id_number == id_number).order_by(applicants.c.dossier.desc())
    row = connection.execute(newest.limit(1)).one_or_none()
    return replace(_applicant(row)) if row else None


def _rows(
    connection: Connection, now: datetime, where: list[str], values: list[Any], order: str, limit: int
) -> tuple[DossierRow, ...]:
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    sql = f"{_ROW} {condition} ORDER BY {_ORDERS[order]} LIMIT ?"
    return tuple(_row(row, now) for row in run(connection, sql, (*values, limit)))


def _row(row: Any, now: datetime) -> DossierRow:
    code, name, name_sort, procedure, accepted, first, due, provisional, limit, status, *rest = row
    ready, returned, closed, holder, phone, delivered = rest
    first_due, current = datetime.fromisoformat(first), datetime.fromisoformat(due)
    return DossierRow(
        code=code,
        name=name,
        name_sort=name_sort,
        procedure_name=procedure,
        accepted=datetime.fromisoformat(accepted),
        first_due=first_due,
        due=current,
        second_due=current if due != first else None,
        provisional=bool(provisional),
        limit=parse_limit(limit),
        status=Status(status),
        ready=moment(ready),
        returned=moment(returned),
        closed=moment(closed),
        letters_delivered=delivered,
        holder_name=holder,
        phone=phone,
        now=now,
    )


def iso(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
