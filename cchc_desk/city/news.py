"""Publications of the city: signed catalogues, calendars, causes, messages; each ward's totals."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from cchc_desk.city import figures
from cchc_desk.city.office import City, minute
from cchc_desk.domain.law.procedure import procedures_from_rows
from cchc_desk.domain.law.regime import regimes_from_json
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.calendar import special_days
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import News

_NEXT = text("SELECT coalesce(max(number), 0) + 1 FROM news")
_ADD = text(
    "INSERT INTO news (number, ward, kind, title, at, by, line) VALUES (:number, :ward, :kind, "
    ":title, :at, :by, :line)"
)
_FOR = text(
    "SELECT line FROM news WHERE number > :after AND (ward IS NULL OR ward = :ward) ORDER BY number"
)


def table_body(kind: str, file: Path, year: int | None, document: str) -> dict[str, Any]:
    """Read the body of a catalogue or a calendar from its CSV file (UTF-8).

    Raises Refused("news-body"), Trouble("cannot-read").
    """
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    except OSError as error:
        raise Trouble(
            "cannot-read",
            _("Không đọc được {file}: {error}.").format(file=file, error=os_reason(error)),
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(
            "news-body", _("Tệp CSV (UTF-8) không đọc được; hãy xem lại tệp."), "file"
        ) from error
    if kind == "catalogue":
        return {"rows": rows}
    return {
        "year": year,
        "document": clean_line(document),
        "days": [{"mark": "", **row} for row in rows],
    }


def _check_body(kind: str, body: dict[str, Any]) -> None:
    """Raise Refused("news-body") for a body that no desk could take."""
    try:
        if kind == "catalogue":
            procedures_from_rows(body["rows"], body.get("papers", {}))
        elif kind == "law":
            regimes_from_json(json.dumps(body["regimes"]))
        elif kind == "calendar":
            if not isinstance(body["year"], int) or not body["document"]:
                raise ValueError("year, document")
            special_days(body["days"])
        elif not isinstance(body["text"], str) or not body["text"].strip():
            raise ValueError("text")
    except (KeyError, ValueError, TypeError, AttributeError, Refused) as error:
        raise Refused(
            "news-body",
            _("Nội dung chưa đúng mẫu ({error}); hãy đối chiếu tài liệu.").format(error=error),
            "file",
        ) from error


def publish(
    city: City, kind: str, title: str, body: dict[str, Any], officer: str, ward: str | None = None
) -> News:
    """Sign and store a publication for one ward, or for all (None).

    The desks receive it with their next sending. Raises Refused: "news-title", "news-body".
    """
    title, now = clean_line(title), city.now()
    if not title or len(title) > 200:
        raise Refused("news-title", _("Hãy ghi tiêu đề (không quá 200 chữ)."), "title")
    _check_body(kind, body)
    with city.database.begin() as connection:
        number = int(connection.execute(_NEXT).scalar_one())
        publication = News(number=number, ward=ward, kind=kind, title=title, at=now, body=body)
        line = wire.sign("news", publication, city.key)
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
    return publication


def lines_for(city: City, connection: Connection, ward: str, after: int) -> tuple[str, ...]:
    """Return the signed lines for a ward since number `after`, with its present totals as the last.

    The totals have number 0: they replace those before them. Reads in the caller's transaction.
    """
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
