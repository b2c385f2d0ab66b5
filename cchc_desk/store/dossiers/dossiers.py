"""Dossiers on disk: added once with their first promise, then updated in parts, read whole."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Table, delete, func, select, update
from sqlalchemy.exc import NoResultFound

from cchc_desk.domain.dossiers.dossier import (
    Dossier,
    DueMove,
    HandOver,
    How,
    Letter,
    LetterKind,
    LetterState,
    Notice,
    PaperCount,
    Promise,
    Responsibility,
    Status,
)
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.birth import read_birth
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.domain.time.deadlines import last_minute, parse_limit
from cchc_desk.domain.time.pauses import Pause, PauseKind
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine import row_numbers
from cchc_desk.store.engine.database import (
    add,
    iso,
    keep,
    readable,
    run,
    sound,
    stored_moment,
    stored_number,
)
from cchc_desk.store.engine.tables import (
    applicants,
    dossiers,
    due_moves,
    hand_overs,
    letters,
    notices,
    papers,
    pauses,
    promises,
    responsibilities,
)
from cchc_desk.store.ledger import integrity

_Rows = dict[str, list[dict[str, Any]]]  # by table


class NewDossier(NamedTuple):
    """A dossier with all its rows and the seal over them, before they are stored."""

    n: int
    dossier: Dossier
    rows: _Rows
    seal: str


def new_dossier(connection: Connection, desk: str, dossier: Dossier) -> NewDossier:
    """Return a dossier as add_dossier() stores it: with a number, its rows and their seal.

    The caller holds the write transaction: nobody else takes the number meanwhile.
    """
    n = _next_number(connection)
    rows = _first_rows(desk, n, dossier)
    return NewDossier(n, dossier, rows, integrity.seal(rows.items()))


def add_dossier(connection: Connection, new: NewDossier, last_entry: int) -> None:
    """Add a dossier with its people, papers, first promise, search keys and ledger entry.

    The caller holds the write transaction since new_dossier().
    """
    new.rows["dossiers"][0]["last_entry"] = last_entry
    for table in (dossiers, applicants, papers, promises):
        add(connection, table, new.rows[table.name])
    search.index(connection, new.n, new.dossier)


def _first_rows(desk: str, n: int, dossier: Dossier) -> _Rows:
    """Return all rows of a new dossier by table, in the order of the seal."""
    return {
        "dossiers": [_facts(desk, n, dossier)],
        "applicants": [{"dossier": n, **_person(dossier)}],
        "papers": [
            {"dossier": n, "ordinal": i, **vars(p)} for i, p in enumerate(dossier.papers, 1)
        ],
        "promises": [_promise_row(n, dossier.first)],
    }


def _next_number(connection: Connection) -> int:
    """Return the number of the next dossier's row.

    It is behind the people's too: a dossier whose own number is damaged stops no other one.
    """
    return row_numbers.next_number(connection, dossiers.c.n, applicants.c.dossier)


def new_dossiers(
    connection: Connection, desk: str, many: Sequence[Dossier]
) -> tuple[NewDossier, ...]:
    """Return many dossiers as add_dossiers() stores them, each with a number of its own.

    The caller holds the write transaction: nobody else takes a number meanwhile.
    """
    numbered = list(enumerate(many, _next_number(connection)))
    rows = [_first_rows(desk, n, dossier) for n, dossier in numbered]
    seals = integrity.new_seals(rows)
    return tuple(
        NewDossier(n, dossier, own, seal)
        for (n, dossier), own, seal in zip(numbered, rows, seals, strict=True)
    )


def add_dossiers(
    connection: Connection, many: Sequence[NewDossier], last_entries: Sequence[int]
) -> None:
    """Add many dossiers, one table after the other, each with the number of its ledger entry.

    The caller holds the write transaction since new_dossiers().
    """
    for new, entry in zip(many, last_entries, strict=True):
        new.rows["dossiers"][0]["last_entry"] = entry
    for table in (dossiers, applicants, papers, promises):
        name = table.name
        add(connection, table, [row for new in many for row in new.rows[name]])
    search.index_all(connection, ((new.n, new.dossier) for new in many))


def _facts(desk: str, n: int, dossier: Dossier) -> dict[str, Any]:
    due = iso(dossier.first.due)
    return {
        "n": n,
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
        "first_due": due,
        "due": due,
        "provisional": int(dossier.first.provisional),
        "last_minute": iso(last_minute(dossier.first.due, dossier.limit)),
        "ready": iso(dossier.ready) if dossier.ready else None,
        "returned": iso(dossier.returned) if dossier.returned else None,
        "closed": iso(dossier.closed) if dossier.closed else None,
        "ended": iso(dossier.ended) if dossier.ended else None,
        "paused_since": None,
        "place": "",
        "portal_code": dossier.portal_code,
        "paper_receipt": dossier.paper_receipt,
        "first_step": dossier.first_step,
        "first_budget": dossier.first_budget,
        "cancelled": None,
        "system": dossier.system,
        "process_minutes": dossier.process_minutes,
        "process_due": iso(dossier.process_due) if dossier.process_due else None,
        "for_agency": dossier.for_agency,
        "forward_by": iso(dossier.forward_by) if dossier.forward_by else None,
        "forwarded": None,
        "agency_received": None,
    }


def _person(dossier: Dossier) -> dict[str, Any]:
    applicant = dossier.applicant
    return {
        "kind": applicant.kind.value,
        "name": applicant.name,
        "name_sort": name_sort_key(applicant.name),
        "id_number": applicant.id_number,
        "born": applicant.born.isoformat() if applicant.born else "",
        "sex": applicant.sex,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "representative": applicant.representative,
        "submitter": json.dumps(vars(dossier.submitter), ensure_ascii=False)
        if dossier.submitter
        else "",
        "note": dossier.note,
        "returned_to": "",
        "papers_back": "",
        "returned_how": None,
        "authority": "",
        "originals": "",
    }


def _promise_row(n: int, promise: Promise) -> dict[str, Any]:
    moments = {
        "made": iso(promise.made),
        "due": iso(promise.due),
        "provisional": int(promise.provisional),
    }
    return vars(promise) | moments | {"dossier": n}


# What a correction may change in the dossier's own row; its person and papers stand beside it.
_CORRECTED = (
    "procedure_code",
    "procedure_name",
    "procedure_version",
    "field",
    "limit_text",
    "channel",
    "sets",
    "fee",
    "provisional",
    "first_step",
    "first_budget",
    "process_minutes",
    "process_due",
)
_OF_THE_RETURN = ("returned_to", "papers_back", "returned_how", "authority", "originals")


def correct_dossier(connection: Connection, before: Dossier, after: Dossier) -> None:
    """Store what was typed wrong at intake as it should have been, the search keys with it.

    A first promise that was never printed may be another one; a printed one is kept by a trigger.
    The caller holds the write transaction.
    """
    n, person = number_of(connection, before.code), _person(after)
    facts = _facts("", n, after)
    search.forget(connection, n, before)
    search.index(connection, n, after)
    for of_the_return in _OF_THE_RETURN:
        del person[of_the_return]
    connection.execute(update(applicants).where(applicants.c.dossier == n).values(**person))
    if after.papers != before.papers:
        connection.execute(delete(papers).where(papers.c.dossier == n))
        brought = enumerate(after.papers, 1)
        add(connection, papers, [{"dossier": n, "ordinal": i, **vars(p)} for i, p in brought])
    mark(connection, before.code, **{column: facts[column] for column in _CORRECTED})
    if after.first != before.first:
        promise = _promise_row(n, after.first)
        first = (promises.c.dossier == n) & (promises.c.ordinal == 1)
        connection.execute(update(promises).where(first).values(**promise))
        set_due(connection, after)


def under_version(connection: Connection, procedure_code: str, effective_from: str) -> str | None:
    """Return the code of a dossier accepted under this version of a procedure, else None."""
    sql = "SELECT code FROM dossiers WHERE procedure_code = ? AND procedure_version = ? LIMIT 1"
    row = run(connection, sql, (procedure_code, effective_from)).fetchone()
    return str(row[0]) if row else None


def mark(connection: Connection, code: str, **facts: Any) -> None:
    """Set columns of the dossier; a moment becomes ISO text."""
    values = {
        key: iso(value) if isinstance(value, datetime) else value for key, value in facts.items()
    }
    connection.execute(update(dossiers).where(dossiers.c.code == code).values(**values))


def mark_person(connection: Connection, code: str, **facts: str | None) -> None:
    """Set columns beside the applicant: those that name or describe people."""
    connection.execute(
        update(applicants)
        .where(applicants.c.dossier == number_of(connection, code))
        .values(**facts)
    )


def set_due(connection: Connection, dossier: Dossier) -> None:
    """Store the current due moments, after a promise or a move was added."""
    late_after = last_minute(dossier.first_due, dossier.limit)
    mark(
        connection,
        dossier.code,
        first_due=dossier.first_due,
        due=dossier.due,
        last_minute=late_after,
    )


def reappoint(connection: Connection, dossier: Dossier, promise: Promise) -> None:
    """Add the one re-appointment beside the first promise, which stays as it was printed."""
    add(connection, promises, [_promise_row(number_of(connection, dossier.code), promise)])
    set_due(connection, replace(dossier, promises=(*dossier.promises, promise)))


def add_pause(connection: Connection, code: str, pause: Pause) -> None:
    row = vars(pause) | {
        "dossier": number_of(connection, code),
        "kind": pause.kind.value,
        "began": iso(pause.began),
        "undone": None,
        "items": json.dumps(pause.items, ensure_ascii=False),
    }
    add(connection, pauses, [row])


def end_pause(connection: Connection, code: str, ordinal: int, ended: datetime) -> None:
    _mark_pause(connection, code, ordinal, ended=iso(ended))


def undo_pause(connection: Connection, code: str, pause: Pause, at: datetime) -> None:
    """Take a pause back: it ended as it began, so that it moves no promise, and counts for nothing.

    The row stays, as every pause does.
    """
    _mark_pause(connection, code, pause.ordinal, ended=iso(pause.began), undone=iso(at))


def tell_pause(connection: Connection, code: str, ordinal: int, told: datetime, how: How) -> None:
    """Note that the citizen knows the items of the request."""
    _mark_pause(connection, code, ordinal, told=iso(told), told_how=how.value)


def _mark_pause(connection: Connection, code: str, ordinal: int, **facts: str) -> None:
    wanted = (pauses.c.dossier == number_of(connection, code)) & (pauses.c.ordinal == ordinal)
    connection.execute(update(pauses).where(wanted).values(**facts))


def add_move(connection: Connection, dossier: Dossier, move: DueMove) -> None:
    """Move the current due moment of one promise; the printed one stays."""
    moments = {"at": iso(move.at), "before": iso(move.before), "after": iso(move.after)}
    row = vars(move) | moments | {"base": iso(move.base) if move.base else None}
    row |= {"dossier": number_of(connection, dossier.code), "ordinal": len(dossier.moves) + 1}
    add(connection, due_moves, [row])
    set_due(connection, replace(dossier, moves=(*dossier.moves, move)))


def add_hand_over(connection: Connection, code: str, passed: HandOver) -> None:
    add(
        connection,
        hand_overs,
        [vars(passed) | {"dossier": number_of(connection, code), "at": iso(passed.at)}],
    )


def drop_hand_over(connection: Connection, code: str, passed: HandOver) -> None:
    """Take the last hand-over out of the dossier; the ledger has it, and that it was taken back."""
    n = number_of(connection, code)
    wanted = (hand_overs.c.dossier == n) & (hand_overs.c.ordinal == passed.ordinal)
    connection.execute(delete(hand_overs).where(wanted))


def keep_responsibility(connection: Connection, code: str, fixed: Responsibility) -> None:
    """Store the responsibility as decided now; the ledger has the earlier decisions."""
    moments = {
        "fixed": iso(fixed.fixed),
        "objected": iso(fixed.objected) if fixed.objected else None,
    }
    row = vars(fixed) | moments | {"dossier": number_of(connection, code)}
    del row["decided"]  # what is kept today was decided
    keep(connection, responsibilities, row)


def keep_letter(connection: Connection, letter: Letter) -> None:
    """Store the letter as it is now: a new draft, a corrected one, signed, or handed over."""
    row = _letter_row(letter) | {"dossier": number_of(connection, letter.code)}
    if connection.execute(select(letters.c.id).where(letters.c.id == letter.id)).first() is None:
        add(connection, letters, [row])
    else:
        connection.execute(update(letters).where(letters.c.id == letter.id).values(row))


def drop_letter(connection: Connection, letter: Letter) -> None:
    """Delete a draft, and the dossier's responsibility if it has no official and no objection."""
    assert letter.state is LetterState.DRAFTED, "only a draft binds nobody"
    connection.execute(delete(letters).where(letters.c.id == letter.id))
    connection.execute(
        delete(responsibilities).where(
            responsibilities.c.dossier == number_of(connection, letter.code),
            responsibilities.c.official.is_(None),
            responsibilities.c.objection == "",
        )
    )


def _letter_row(letter: Letter) -> dict[str, Any]:
    row = dict(vars(letter))
    del row["code"]
    for key in ("new_due", "drafted", "signed", "delivered"):
        row[key] = iso(row[key]) if row[key] else None
    row["state"] = letter.state.value
    row["kind"] = letter.kind.value
    row["delivered_how"] = letter.delivered_how.value if letter.delivered_how else None
    row["year"] = letter.signed.year if letter.signed else None
    return row


def add_notice(connection: Connection, code: str, notice: Notice) -> None:
    row = {
        "id": row_numbers.next_number(connection, notices.c.id),
        "dossier": number_of(connection, code),
        "at": iso(notice.at),
        "how": notice.how.value,
        "in_time": notice.in_time,
    }
    add(connection, notices, [row])


def drop_last_notice(connection: Connection, code: str) -> None:
    """Take the last notice out of the dossier; the ledger has it, and that it was taken back."""
    last = select(func.max(notices.c.id)).where(notices.c.dossier == number_of(connection, code))
    connection.execute(delete(notices).where(notices.c.id == last.scalar_subquery()))


def unfinished(connection: Connection) -> tuple[str, ...]:
    """Return the codes of the dossiers whose result the office still owes, oldest first."""
    waiting = (
        dossiers.c.ready.is_(None) & dossiers.c.ended.is_(None) & dossiers.c.cancelled.is_(None)
    )
    return tuple(
        connection.execute(select(dossiers.c.code).where(waiting).order_by(dossiers.c.n)).scalars()
    )


def number_of(connection: Connection, code: str) -> int:
    """Return the row number of the dossier with this code; NoResultFound for an unknown code."""
    found = run(connection, "SELECT n FROM dossiers WHERE code = ?", (code,)).fetchone()
    if found is None:
        raise NoResultFound(code)
    return int(found[0])


def load(connection: Connection, code: str) -> Dossier | None:
    """Return the whole dossier, None for an unknown code. Raises Trouble("row-unreadable")."""
    with readable(code):
        return _load(connection, code)


def _load(connection: Connection, code: str) -> Dossier | None:
    row = next(_rows(connection, dossiers, code, key="code", order="n"), None)
    if row is None:
        return None
    (person,) = _rows(connection, applicants, row.n, order="dossier")
    promised = tuple(_promise(p) for p in _rows(connection, promises, row.n))
    if not promised:
        raise LookupError(f"{code} has no promise")
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
        accepted=stored_moment(row.accepted),
        entered=stored_moment(row.entered),
        accepted_by=row.accepted_by,
        holder=row.holder,
        fee=row.fee,
        applicant=_applicant(person),
        submitter=Submitter(**json.loads(person.submitter)) if person.submitter else None,
        papers=_papers(connection, row.n),
        promises=promised,
        letters=tuple(_letter(p, row.code) for p in _rows(connection, letters, row.n)),
        notices=_notices(connection, row.n),
        ready=moment(row.ready),
        returned=moment(row.returned),
        returned_to=person.returned_to,
        papers_back=person.papers_back,
        closed=moment(row.closed),
        ended=moment(row.ended),
        pauses=tuple(_pause(p) for p in _rows(connection, pauses, row.n)),
        moves=tuple(_move(p) for p in _rows(connection, due_moves, row.n)),
        hand_overs=tuple(_hand_over(p) for p in _rows(connection, hand_overs, row.n)),
        responsibility=_responsibility(connection, row.n),
        place=row.place,
        portal_code=row.portal_code,
        paper_receipt=row.paper_receipt,
        returned_how=How(person.returned_how) if person.returned_how else None,
        authority=person.authority,
        originals=person.originals,
        first_step=row.first_step,
        first_budget=row.first_budget,
        cancelled=moment(row.cancelled),
        system=row.system,
        process_minutes=row.process_minutes,
        process_due=moment(row.process_due),
        for_agency=row.for_agency,
        forward_by=moment(row.forward_by),
        forwarded=moment(row.forwarded),
        agency_received=moment(row.agency_received),
        last_entry=row.last_entry,
    )


def _papers(connection: Connection, n: int) -> tuple[PaperCount, ...]:
    return tuple(
        PaperCount(row.name, row.original, row.certified, row.copy)
        for row in _rows(connection, papers, n)
    )


def _rows(
    connection: Connection, table: Table, value: Any, key: str = "dossier", order: str = "ordinal"
) -> Iterator[Any]:
    """Yield the rows of `table` with this value in the column `key`, with an attribute a column."""
    names, truths, allowed = _columns_of(table)
    sql = f"SELECT {', '.join(names)} FROM {table.name} WHERE {key} = ? ORDER BY {order}"  # noqa: S608 - constants
    for values in run(connection, sql, (value,)):
        for found, kinds in zip(values, allowed, strict=True):
            if type(found) not in kinds:
                raise TypeError(table.name)
        row = dict(zip(names, values, strict=True))
        for name in truths:
            row[name] = None if row[name] is None else bool(row[name])
        yield SimpleNamespace(**row)


@cache
def _columns_of(
    table: Table,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[frozenset[type], ...]]:
    """Return the names of all columns, those of truth (0 and 1 on disk), and the types of each."""
    columns = tuple(table.columns)
    return (
        tuple(column.name for column in columns),
        tuple(column.name for column in columns if isinstance(column.type, Boolean)),
        tuple(_types_of(column) for column in columns),
    )


def _types_of(column: Column[Any]) -> frozenset[type]:
    stored = int if isinstance(column.type, Boolean) else column.type.python_type
    return frozenset({stored, type(None)} if column.nullable else {stored})


def _pause(row: Any) -> Pause:
    return Pause(
        ordinal=row.ordinal,
        kind=PauseKind(row.kind),
        began=stored_moment(row.began),
        ended=moment(row.ended),
        reason=row.reason,
        stops_clock=row.stops_clock,
        items=tuple(json.loads(row.items)),
        slip=row.slip,
        broken_notice=row.broken_notice,
        told=moment(row.told),
        told_how=row.told_how,
        undone=moment(row.undone),
    )


def _move(row: Any) -> DueMove:
    at, before, after = (stored_moment(text) for text in (row.at, row.before, row.after))
    return DueMove(row.promise, at, row.why, row.source, before, after, moment(row.base))


def _hand_over(row: Any) -> HandOver:
    at = stored_moment(row.at)
    return HandOver(
        row.ordinal, at, row.giver, row.receiver, row.step, row.agency, row.budget, row.note
    )


def _responsibility(connection: Connection, n: int) -> Responsibility | None:
    row = next(_rows(connection, responsibilities, n, order="dossier"), None)
    if row is None:
        return None
    fixed, objected = stored_moment(row.fixed), moment(row.objected)
    decided = row.official is None or bool(run(connection, _IS_DECIDED, (n,)).fetchone())
    return Responsibility(
        row.cause,
        row.step,
        row.official,
        row.own_fault,
        row.over,
        fixed,
        row.fixed_by,
        row.objection,
        objected,
        decided,
    )


# Up to 0.4 a draft wrote the row too: what nobody decided and no leader signed is its proposal.
DECIDED = """(EXISTS (SELECT 1 FROM journal j WHERE j.code = d.code
    AND j.act = 'fix-responsibility' AND j.official = r.fixed_by)
  OR EXISTS (SELECT 1 FROM letters l WHERE l.dossier = r.dossier AND l.kind = 'late'
    AND l.signed IS NOT NULL AND l.responsible = r.official
    AND coalesce(l.own_fault, -1) = coalesce(r.own_fault, -1)))"""
LETTERS_CAUSE = """(SELECT l.cause FROM letters l WHERE l.dossier = d.n AND l.kind = 'late'
  ORDER BY l.ordinal DESC LIMIT 1)"""
_IS_DECIDED = (
    "SELECT 1 FROM responsibilities r JOIN dossiers d ON d.n = r.dossier "  # noqa: S608 - constants
    f"WHERE r.dossier = ? AND {DECIDED}"
)


def _notices(connection: Connection, n: int) -> tuple[Notice, ...]:
    rows = _rows(connection, notices, n, order="id")
    return tuple(Notice(stored_moment(row.at), How(row.how), row.in_time) for row in rows)


def _applicant(row: Any) -> Applicant:
    return Applicant(
        kind=ApplicantKind(row.kind),
        name=row.name,
        id_number=row.id_number,
        born=read_birth(row.born),
        sex=row.sex,
        address=row.address,
        phone=row.phone,
        email=row.email,
        representative=row.representative,
    )


def _promise(row: Any) -> Promise:
    made, due = stored_moment(row.made), stored_moment(row.due)
    return Promise(row.ordinal, made, due, row.provisional, row.calendar_version, row.letter)


def _letter(row: Any, code: str) -> Letter:
    return Letter(
        id=row.id,
        code=code,
        ordinal=stored_number(row.ordinal),
        state=LetterState(row.state),
        cause=row.cause,
        reason=row.reason,
        new_due=moment(row.new_due),
        responsible=row.responsible,
        own_fault=None if row.own_fault is None else bool(row.own_fault),
        drafted=stored_moment(row.drafted),
        drafted_by=row.drafted_by,
        number=None if row.number is None else stored_number(row.number),
        symbol=row.symbol,
        signed=moment(row.signed),
        signed_by=row.signed_by,
        delivered=moment(row.delivered),
        delivered_how=How(row.delivered_how) if row.delivered_how else None,
        delivered_to=row.delivered_to,
        kind=LetterKind(row.kind),
    )


def objections(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Return the objections to the responsibility for these dossiers, by code."""
    wanted = list(codes)
    places = ", ".join("?" * len(wanted))
    return dict(run(connection, f"{_OBJECTIONS} AND d.code IN ({places})", wanted).fetchall())


_OBJECTIONS = (
    "SELECT d.code, r.objection FROM responsibilities r JOIN dossiers d ON d.n = r.dossier "
    "WHERE r.objection <> ''"
)


def letter_of(connection: Connection, letter_id: str) -> Letter | None:
    """Return the letter with this id, or None."""
    row = connection.execute(_LETTERS.where(letters.c.id == letter_id)).one_or_none()
    return _letter(row, row.dossier_code) if row else None


def letters_in(connection: Connection, states: Iterable[LetterState]) -> tuple[Letter, ...]:
    """Return the letters in these states, by the first due moment and code of their dossiers."""
    wanted = [state.value for state in states]
    places = ", ".join("?" * len(wanted))
    sql = f"{_LETTERS_IN} WHERE l.state IN ({places}) ORDER BY d.first_due, d.code, l.ordinal, l.id"
    rows = run(connection, sql, wanted)
    names = [column[0] for column in rows.description]

    def letter(row: Any) -> Letter:
        named = SimpleNamespace(**dict(zip(names, row, strict=True)))
        "".join((named.id, named.cause, named.reason, named.drafted_by, named.dossier_code))
        return _letter(named, named.dossier_code)

    return sound(connection, "letters", rows, letter)


_LETTERS_IN = "SELECT d.code AS dossier_code, l.* FROM letters l JOIN dossiers d ON d.n = l.dossier"
_LETTERS = select(letters, dossiers.c.code.label("dossier_code")).join(
    dossiers, dossiers.c.n == letters.c.dossier
)


@lru_cache(maxsize=4096)  # a dossier's rows have few moments, a list's dossiers few due ones
def moment(text: str | None) -> datetime | None:
    return stored_moment(text) if text else None
