"""Alarms about ledgers that grew shorter or were rewritten, and their answers."""

import json
from typing import Any

from sqlalchemy import text
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cchc_desk.city.office import City, minute
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.access import text_of
from cchc_desk.city.web.pages.rendering import rendered
from cchc_desk.errors import Refused

_SENTENCES = {
    "rewound": "Sổ cái của quầy ngắn lại: từ {before} mục xuống còn {now} mục. "
    "Quầy khôi phục bản sao cũ, hoặc sổ bị cắt.",
    "forked": "Sổ cái của quầy rẽ nhánh: mục số {before} không còn là mục thành phố đã nhận. "
    "Sổ bị viết lại, hoặc có hai máy cùng một quầy.",
}
_ROWS = text(
    "SELECT a.n, a.at, a.ward, w.name AS ward_name, d.name AS desk_name, a.kind, a.facts, a.seen, "
    "a.seen_by, a.note "
    "FROM alarms a JOIN wards w ON w.code = a.ward JOIN desks d ON d.id = a.desk "
    "WHERE :ward = '' OR a.ward = :ward "
    "ORDER BY a.seen IS NOT NULL, a.n DESC LIMIT 300"
)
_OPEN = text("SELECT count(*) FROM alarms WHERE seen IS NULL")
_SEEN = text(
    "UPDATE alarms SET seen = :at, seen_by = :by, note = :note WHERE n = :n AND seen IS NULL"
)


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render the alarms of all wards, open ones first."""
    with city.database.begin() as connection:
        alarms = rows(connection)
    return rendered(city, request, officer, "alarms.html", title="Báo động sổ cái", alarms=alarms)


def answer(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """Close an alarm with the officer's note. Raises Refused("note")."""
    note = text_of(form, "note").strip()
    if not note or len(note) > 500:
        raise Refused(
            "note", "Hãy ghi đã xác minh thế nào (không quá 500 chữ), rồi bấm lại.", "note"
        )
    n = request.path_params["n"]
    with city.database.begin() as connection:
        connection.execute(
            _SEEN, {"at": minute(city.now()), "by": officer.login, "note": note, "n": n}
        )
        city.note(connection, officer.login, "alarm-seen", n=n, note=note)
    return RedirectResponse("/alarms", 303)


def rows(connection: Any, ward: str = "") -> list[dict[str, Any]]:
    """Return the alarms of a ward, or of all (""), each with its sentence."""
    return [_with_sentence(row) for row in connection.execute(_ROWS, {"ward": ward})]


def count_open(connection: Any) -> int:
    """Count the alarms that nobody has answered."""
    return int(connection.execute(_OPEN).scalar_one())


def _with_sentence(row: Any) -> dict[str, Any]:
    facts = json.loads(row.facts)
    return dict(row._mapping) | {"sentence": _SENTENCES[row.kind].format(**facts), "facts": facts}
