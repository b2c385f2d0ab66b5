"""Publications of the city: their list, and messages written on the page."""

from sqlalchemy import text
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cchc_desk.city import news
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.access import text_of
from cchc_desk.city.web.pages.desks import wards
from cchc_desk.city.web.pages.one_ward import known_ward
from cchc_desk.city.web.pages.rendering import rendered
from cchc_desk.errors import Refused

_ROWS = text(
    "SELECT n.number, n.kind, n.title, n.at, n.by, n.ward, w.name AS ward_name FROM news n "
    "LEFT JOIN wards w ON w.code = n.ward ORDER BY n.number DESC LIMIT 300"
)
_KINDS = {
    "catalogue": "danh mục thủ tục",
    "calendar": "lịch làm việc",
    "law": "quy định",
    "message": "tin nhắn",
}


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render everything published, and the form of a message."""
    with city.database.begin() as connection:
        published, all_wards = connection.execute(_ROWS).all(), wards(connection)
    return rendered(
        city,
        request,
        officer,
        "news.html",
        title="Gửi xuống",
        news=published,
        wards=all_wards,
        kinds=_KINDS,
    )


def publish_message(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """Publish a message for one ward or for all.

    Raises Refused: "news-text", "news-title"; HTTPException 404 for an unknown ward.
    """
    message = text_of(form, "text").strip()
    if not message or len(message) > 4000:
        raise Refused("news-text", "Hãy viết nội dung (không quá 4.000 chữ).", "text")
    ward = text_of(form, "ward") or None
    if ward is not None:
        with city.database.begin() as connection:
            known_ward(connection, ward)
    news.publish(city, "message", text_of(form, "title"), {"text": message}, officer.login, ward)
    return RedirectResponse("/news", 303)
