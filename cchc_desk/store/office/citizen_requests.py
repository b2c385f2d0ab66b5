"""The register of citizens' requests about their own data."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from cchc_desk.domain.personal_data import CitizenRequest, Outcome
from cchc_desk.store.engine.database import readable, run, sound, stored_day, stored_moment
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


_COLUMNS = tuple(column.name for column in citizen_requests.columns)
_REQUESTS = f"SELECT {', '.join(_COLUMNS)} FROM citizen_requests"  # noqa: S608 - constants


def request_of(connection: Connection, year: int, number: int) -> CitizenRequest | None:
    """Return one request; Trouble("row-unreadable") where it is damaged."""
    row = run(connection, f"{_REQUESTS} WHERE year = ? AND number = ?", (year, number)).fetchone()
    with readable(f"{number}/{year}"):
        return _request(row) if row else None


def requests_in(connection: Connection, first: date, last: date) -> tuple[CitizenRequest, ...]:
    """Return the requests received in these days, and every one that is still open before them."""
    rows = run(
        connection,
        f"{_REQUESTS} WHERE received <= ? AND (received >= ? OR answered IS NULL) "
        "ORDER BY year, number",
        (f"{last.isoformat()}T23:59", first.isoformat()),
    )
    return sound(connection, "citizen_requests", rows, _request)


def open_requests(connection: Connection) -> tuple[CitizenRequest, ...]:
    """Return the requests not answered yet, the most pressing first."""
    rows = run(connection, f"{_REQUESTS} WHERE answered IS NULL")
    found = sound(connection, "citizen_requests", rows, _request)
    return tuple(sorted(found, key=lambda one: one.next_day or date.max))


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
    return stored_moment(text) if text else None


def _request(row: Sequence[Any]) -> CitizenRequest:
    facts = dict(zip(_COLUMNS, row, strict=True))
    of_time = {
        "received": stored_moment(facts["received"]),
        "acknowledge_by": stored_day(facts["acknowledge_by"]),
        "answer_by": stored_day(facts["answer_by"]),
        **{name: _moment(facts[name]) for name in ("acknowledged", "extended", "answered")},
    }
    outcome = Outcome(facts["outcome"]) if facts["outcome"] else None
    return CitizenRequest(**facts | of_time | {"outcome": outcome})
