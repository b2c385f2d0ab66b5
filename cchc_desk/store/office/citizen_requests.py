"""The register of citizens' requests about their own data."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cchc_desk.domain.personal_data import CitizenRequest, Outcome
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import citizen_requests
from cchc_desk.store.office import registers

SERIES = "YCDL"  # as the numbers themselves end


def take_number(connection: Connection, year: int) -> int:
    """Take the next number of the year's register, behind the highest that was ever given."""
    sql = "SELECT coalesce(max(number), 0) + 1 FROM citizen_requests WHERE year = ?"
    (first,) = run(connection, sql, (year,)).fetchone()
    return registers.take_number(connection, SERIES, str(year), int(first))


def add_request(connection: Connection, request: CitizenRequest) -> None:
    connection.execute(insert(citizen_requests).values(_row(request)))


def keep_request(connection: Connection, request: CitizenRequest) -> None:
    """Store a request as it stands now."""
    of = (citizen_requests.c.year == request.year) & (citizen_requests.c.number == request.number)
    connection.execute(update(citizen_requests).where(of).values(_row(request)))


def request_of(connection: Connection, year: int, number: int) -> CitizenRequest | None:
    of = (citizen_requests.c.year == year) & (citizen_requests.c.number == number)
    row = connection.execute(select(citizen_requests).where(of)).first()
    return _request(row) if row else None


def requests_in(connection: Connection, first: date, last: date) -> tuple[CitizenRequest, ...]:
    """Return the requests received in these days, and every one that is still open before them."""
    table = citizen_requests.c
    until = f"{last.isoformat()}T23:59"
    wanted = (table.received <= until) & (
        (table.received >= first.isoformat()) | table.answered.is_(None)
    )
    found = connection.execute(
        select(citizen_requests).where(wanted).order_by(table.year, table.number)
    )
    return tuple(map(_request, found))


_OPEN = select(citizen_requests).where(citizen_requests.c.answered.is_(None))


def open_requests(connection: Connection) -> tuple[CitizenRequest, ...]:
    """Return the requests not answered yet, the most pressing first."""
    found = connection.execute(_OPEN)
    return tuple(sorted(map(_request, found), key=lambda one: one.next_day or date.max))


def _row(request: CitizenRequest) -> dict[str, Any]:
    moments = {
        name: value.isoformat(timespec="minutes") if (value := getattr(request, name)) else None
        for name in ("received", "acknowledged", "extended", "answered")
    }
    days = {
        "acknowledge_by": request.acknowledge_by.isoformat(),
        "answer_by": request.answer_by.isoformat(),
    }
    outcome = {"outcome": request.outcome.value if request.outcome else ""}
    return vars(request) | moments | days | outcome


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _request(row: Any) -> CitizenRequest:
    return CitizenRequest(
        year=row.year,
        number=row.number,
        kind=row.kind,
        person=row.person,
        contact=row.contact,
        about=row.about,
        code=row.code,
        received=datetime.fromisoformat(row.received),
        taken_by=row.taken_by,
        acknowledge_by=date.fromisoformat(row.acknowledge_by),
        answer_by=date.fromisoformat(row.answer_by),
        acknowledged=_moment(row.acknowledged),
        extended=_moment(row.extended),
        answered=_moment(row.answered),
        outcome=Outcome(row.outcome) if row.outcome else None,
        answer=row.answer,
    )
