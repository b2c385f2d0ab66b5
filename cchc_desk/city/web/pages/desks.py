"""Wards and their desks: added, invited, closed."""

import json
from typing import Any

import msgspec
from sqlalchemy import text
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cchc_desk.city import enrolment
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.access import text_of
from cchc_desk.city.web.pages.rendering import rendered
from cchc_desk.sync.parcel import written

_DESKS = text(
    "SELECT d.id, d.ward, w.name AS ward_name, d.name, d.active, d.enrolled, d.parcels, d.length, "
    "d.head, d.made, d.received, d.versions, d.standing "
    "FROM desks d JOIN wards w ON w.code = d.ward "
    "WHERE (:ward = '' OR d.ward = :ward) ORDER BY w.name, d.name, d.id"
)
_WARDS = text("SELECT code, name FROM wards ORDER BY name")


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render all wards and desks, with the forms to add and close them."""
    with city.database.begin() as connection:
        all_wards, all_desks = wards(connection), rows(connection)
    return rendered(
        city,
        request,
        officer,
        "desks.html",
        title="Quầy và ghi danh",
        wards=all_wards,
        desks=all_desks,
    )


def add_ward(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """Add or rename a ward. Raises as enrolment.add_ward()."""
    code, name = text_of(form, "code").strip().upper(), text_of(form, "name")
    enrolment.add_ward(city, code, name, officer.login)
    return RedirectResponse("/desks", 303)


def invite(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """Return an invitation as a file; its code is never shown again."""
    invitation = enrolment.invite(city, text_of(form, "ward"), officer.login)
    headers = {
        "Content-Disposition": f'attachment; filename="moi-{invitation.ward}.json"',
        "Cache-Control": "no-store",
    }
    return Response(
        msgspec.json.format(written(invitation)), media_type="application/json", headers=headers
    )


def close(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """Close a desk. Raises as enrolment.close_desk()."""
    enrolment.close_desk(city, text_of(form, "desk"), officer.login)
    return RedirectResponse("/desks", 303)


def rows(connection: Any, ward: str = "") -> list[dict[str, Any]]:
    """Return the desks of a ward, or of all (""), with their versions and standing decoded."""
    return [
        dict(row._mapping)
        | {"versions": json.loads(row.versions), "standing": json.loads(row.standing)}
        for row in connection.execute(_DESKS, {"ward": ward})
    ]


def wards(connection: Any) -> Any:
    """Return the rows (code, name) of all wards, by name."""
    return connection.execute(_WARDS).all()
