"""What goes down from the city: signed catalogues, calendars, causes and messages, and each ward's own totals."""

from typing import Any

from sqlalchemy import Connection, text

from cchc_desk.city import figures
from cchc_desk.city.office import City, minute
from cchc_desk.domain.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.language import _
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import News

_NEXT = text("SELECT coalesce(max(number), 0) + 1 FROM news")
_ADD = text(
    "INSERT INTO news (number, ward, kind, title, at, by, line) VALUES (:number, :ward, :kind, :title, :at, :by, :line)"
)
_FOR = text("SELECT line FROM news WHERE number > :after AND (ward IS NULL OR ward = :ward) ORDER BY number")


def publish(city: City, kind: str, title: str, body: dict[str, Any], officer: str, ward: str | None = None) -> News:
    """Signs something for one ward or for all; the desks have it with their next sending."""
    title, now = clean_line(title), city.now()
    if not title or len(title) > 200:
        raise Refused("news-title", _("Hãy ghi tiêu đề (không quá 200 chữ)."), "title")
    with city.database.begin() as connection:
        number = int(connection.execute(_NEXT).scalar_one())
        one = News(number=number, ward=ward, kind=kind, title=title, at=now, body=body)
        line = wire.sign("news", one, city.key)
        row = {
            "number": number,
            "ward": ward,
            "kind": kind,
            "title": title,
            "at": minute(now),
            "by": officer,
            "line": line,
        }
        connection.execute(_ADD, row)
        city.note(connection, officer, "publish", number=number, kind=kind, title=title, ward=ward)
    return one


def lines_for(city: City, connection: Connection, ward: str, after: int) -> tuple[str, ...]:
    """Everything for a ward since number `after`, and its totals as they are now (number 0: they replace the last)."""
    totals = News(
        number=0,
        ward=ward,
        kind="totals",
        title=f"Số liệu chung của đơn vị năm {city.now().year}",
        at=city.now(),
        body=figures.ward_totals(connection, ward, city.now()),
    )
    rows = connection.execute(_FOR, {"after": after, "ward": ward})
    return (*(str(line) for (line,) in rows), wire.sign("news", totals, city.key))
