"""Rendering of pages and sheets: templates, numbers, moments, error pages."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import resources
from cchc_desk.city import officers
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer, OfficerRole
from cchc_desk.domain.late_share import LateShare
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.table import Column, Listing, Row
from cchc_desk.long_work import LongWork
from cchc_desk.sheets.write import table_xlsx

STANDINGS = {Standing.CLEAR: "", Standing.WARNING: "cảnh báo", Standing.REVIEW: "đưa ra xem xét"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_STORE = {"Cache-Control": "no-store"}


def rendered(
    city: City,
    request: Request,
    officer: Officer | None,
    template: str,
    *,
    status: int = 200,
    **facts: Any,
) -> Response:
    """Render a template with the city, the officer and these facts."""
    page = _environment().get_template(template).render(
        city=city, officer=officer, road=request.url.path, now=city.now(), **facts
    )  # fmt: skip
    return Response(page, status, media_type="text/html", headers=_NO_STORE)


def workbook(
    city: City,
    name: str,
    title: str,
    columns: tuple[Column[Row], ...],
    rows: tuple[Row, ...],
) -> Response:
    """Return the rows as an .xlsx to download."""
    content = table_xlsx(title, Listing(columns, rows), city.now(), LongWork())
    return Response(
        content,
        media_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def error_pages() -> Mapping[Any, Callable[[Request, Exception], Response | Awaitable[Response]]]:
    """Return the handlers of HTTPException and of unexpected errors: a page with one sentence."""

    def page(request: Request, error: Exception) -> Response:
        status, message = _status_and_message(error)
        template = _environment().get_template("error.html")
        html = template.render(title="Chưa được", message=message, status=status)
        return Response(html, status, media_type="text/html", headers=_NO_STORE)

    return {HTTPException: page, 500: page}


_SENTENCES = {
    "Not Found": "Không có trang này.",
    "Method Not Allowed": "Không làm như vậy được.",
}


def _status_and_message(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        return error.status_code, _SENTENCES.get(error.detail, error.detail)
    return 500, "Máy chủ gặp lỗi; người quản trị thấy chi tiết trong nhật ký. Hãy thử lại."


def percent(share: LateShare) -> str:
    """Format a share as `11,9`.

    By hand, as _count: hundreds of them stand on a page, and Babel took half of its time.
    """
    shown = share.percent
    return "—" if shown is None else f"{float(shown):.8f}".rstrip("0").rstrip(".").replace(".", ",")


def moment(iso: str | None) -> str:
    """Format a stored moment as `10:00 25/11/2026`, — for none."""
    return f"{datetime.fromisoformat(iso):%H:%M %d/%m/%Y}" if iso else "—"


def _share(part: int, whole: int) -> str:
    return "—" if not whole else f"{part}/{whole}"


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@cache
def _causes() -> Mapping[str, str]:
    return {row["code"]: row["label"] for row in json.loads(resources.read_text("law/causes.json"))}


@cache
def _environment() -> Environment:
    """Make the templates' environment; everything from outside is escaped as text."""
    environment = Environment(
        loader=FileSystemLoader(str(resources.path("city/templates"))),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "moment": moment, "day": _day, "count": _count}
    environment.globals |= {
        "share": _share,
        "cause": lambda code: _causes().get(code, code),
        "standing": lambda standing: STANDINGS[standing],
        "role_name": lambda role: officers.ROLE_NAMES[role],
        "Review": Standing.REVIEW,
        "Administrator": OfficerRole.ADMINISTRATOR,
        "LateShare": LateShare,
    }
    return environment
