"""One ward: its desks, months, fields, late dossiers, strikes and alarms; its months' workbook."""

import json
from fractions import Fraction
from functools import cache
from typing import Any

from sqlalchemy import text
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import resources
from cchc_desk.city import figures
from cchc_desk.city.figures import MonthRow, Period
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages import alarms, desks
from cchc_desk.city.web.pages.periods import offered_periods, period_of
from cchc_desk.city.web.pages.rendering import percent, rendered, workbook
from cchc_desk.domain.table import Column

_WARD = text("SELECT code, name FROM wards WHERE code = :code")
_LATE = text(
    "SELECT l.code, l.due, l.done, l.second, l.cause, l.official, l.own_fault, l.told, l.signed, "
    "l.delivered, l.apologised FROM late l "
    "WHERE l.ward = :ward AND l.day BETWEEN :first AND :last "
    "ORDER BY l.day DESC, l.code LIMIT 300"
)
_COLUMNS: tuple[Column[MonthRow], ...] = (
    Column("Tháng", lambda row: row.month),
    Column("Trễ", lambda row: str(row.fuse.late)),
    Column("Tổng", lambda row: str(row.fuse.total)),
    Column("Tỷ lệ trễ (%)", lambda row: percent(row.fuse)),
    Column("Tiếp nhận", lambda row: str(row.received)),
    Column("Có kết quả", lambda row: str(row.ready)),
    Column("Có kết quả trễ", lambda row: str(row.ready_late)),
    Column("Rút, dừng", lambda row: str(row.gone)),
    Column("Rút, dừng trễ", lambda row: str(row.gone_late)),
    Column("Đang giải quyết cuối kỳ", lambda row: str(row.open)),
    Column("Quá hạn cuối kỳ", lambda row: str(row.open_late)),
    Column("Hồ sơ trễ đến hạn", lambda row: str(row.due_late)),
    Column("Đã báo trước kịp", lambda row: str(row.told)),
    Column("Ngày cuối đã báo", lambda row: row.last),
)


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render the ward of the address. Raises HTTPException 404 for an unknown one."""
    asked, period = period_of(city, request)
    year = Period(f"{period.year}-01", f"{period.year}-12")
    with city.database.begin() as connection:
        ward = known_ward(connection, request.path_params["code"])
        days = {"ward": ward.code, "first": f"{period.first}-01", "last": f"{period.last}-31"}
        months = figures.by_month(connection, ward.code, year)
        facts: dict[str, Any] = {
            "desks": desks.rows(connection, ward.code),
            "fields": figures.by_field(connection, ward.code, period),
            "courtesy": figures.courtesy(connection, ward.code, period),
            "strikes": figures.strikes(connection, period.year, ward.code, least=1),
            "late": connection.execute(_LATE, days).all(),
            "alarms": alarms.rows(connection, ward.code),
            "totals": figures.ward_totals(connection, ward.code, city.now()),
        }
    return rendered(
        city,
        request,
        officer,
        "ward.html",
        title=ward.name,
        ward=ward,
        months=months,
        bars=_bars(months),
        items=_items(),
        asked=asked,
        period=period,
        periods=offered_periods(city),
        **facts,
    )


def sheet(city: City, request: Request, officer: Officer) -> Response:
    """Return the ward's months of the period as a workbook, and record the export."""
    asked, period = period_of(city, request)
    with city.database.begin() as connection:
        ward = known_ward(connection, request.path_params["code"])
        rows = figures.by_month(connection, ward.code, period)
        city.note(connection, officer.login, "export", sheet="months", ward=ward.code, period=asked)
    return workbook(city, f"{ward.code}-{asked}", ward.name, _COLUMNS, rows)


def known_ward(connection: Any, code: str) -> Any:
    """Return the row (code, name) of a ward. Raises HTTPException 404 for an unknown one."""
    ward = connection.execute(_WARD, {"code": code[:40]}).one_or_none()
    if ward is None:
        raise HTTPException(404, "Không có đơn vị này trong danh sách của thành phố.")
    return ward


@cache
def _items() -> tuple[tuple[str, str], ...]:
    facts = json.loads(resources.read_text("courtesy/items.json"))
    return tuple((item["key"], item["text"]) for item in facts["items"])


def _bars(months: tuple[MonthRow, ...]) -> list[dict[str, Any]]:
    """Return the bars of the trend, heights in per cent of the picture's."""
    highest = max([Fraction(1, 10), *(row.fuse.share or Fraction(0) for row in months)])
    return [
        {
            "month": int(row.month[5:]),
            "height": round(float((row.fuse.share or 0) / highest) * 100, 1),
            "tripped": row.fuse.tripped,
            "line": round(float(row.line / highest) * 100, 1),
        }
        for row in months
    ]
