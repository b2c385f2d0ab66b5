"""The list of wards with their figures of a period, as a page and as a workbook."""

from datetime import date
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cchc_desk.city import figures
from cchc_desk.city.figures import WardRow
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.alarms import count_open
from cchc_desk.city.web.pages.periods import offered_periods, period_of
from cchc_desk.city.web.pages.rendering import moment, percent, rendered, workbook
from cchc_desk.domain.table import Column

ON_A_PAGE = 120
_ORDERS = {
    "share": "tỷ lệ trễ",
    "owed": "thư xin lỗi còn nợ",
    "strikes": "công chức nhiều lần trễ",
    "silent": "lâu chưa báo",
    "name": "tên",
}
_COLUMNS: tuple[Column[WardRow], ...] = (
    Column("Mã đơn vị", lambda row: row.code),
    Column("Xã, phường", lambda row: row.name),
    Column("Số quầy", lambda row: str(row.desks)),
    Column("Trễ", lambda row: str(row.fuse.late)),
    Column("Tổng", lambda row: str(row.fuse.total)),
    Column("Tỷ lệ trễ (%)", lambda row: percent(row.fuse)),
    Column("Chạm 5 %", lambda row: "có" if row.fuse.tripped else ""),
    Column("Tiếp nhận", lambda row: str(row.received)),
    Column("Có kết quả", lambda row: str(row.ready)),
    Column("Rút, dừng", lambda row: str(row.gone)),
    Column("Đang giải quyết", lambda row: str(row.open)),
    Column("Thư xin lỗi còn nợ", lambda row: str(row.owed)),
    Column("Hồ sơ trễ đến hạn trong kỳ", lambda row: str(row.due_late)),
    Column("Đã báo trước kịp", lambda row: str(row.told)),
    Column("Công chức cảnh báo", lambda row: str(row.warning)),
    Column("Công chức xem xét", lambda row: str(row.review)),
    Column("Báo lần cuối", lambda row: moment(row.made)),
)


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render one page of the ranking, in the order asked for."""
    query = request.query_params
    asked, period = period_of(city, request)
    order = query.get("order", "share")
    order = order if order in figures.ORDERS else "share"
    number, tripped_only = _page_number(query.get("page", "1")), query.get("only") == "tripped"
    offset = (number - 1) * ON_A_PAGE
    with city.database.begin() as connection:
        known = figures.count_wards(connection)
        rows = figures.ranking(
            connection,
            period,
            city.now(),
            order,
            tripped_only=tripped_only,
            limit=ON_A_PAGE,
            offset=offset,
        )
        open_alarms = count_open(connection)
    only = {"only": "tripped"} if tripped_only else {}
    address = {"period": asked, "order": order, "page": number} | only
    return rendered(
        city,
        request,
        officer,
        "wards.html",
        title="Các đơn vị chạm 5 %" if tripped_only else "Các xã, phường",
        rows=rows,
        only="tripped" if tripped_only else "",
        first=offset + 1,
        known=known,
        asked=asked,
        period=period,
        periods=offered_periods(city),
        order=order,
        orders=_ORDERS,
        page=number,
        pages=max(1, -(-known // ON_A_PAGE)),
        open_alarms=open_alarms,
        silent=partial(_is_silent, city.now().date()),
        link=lambda **changes: "/?" + urlencode(address | changes),
    )


def sheet(city: City, request: Request, officer: Officer) -> Response:
    """Return all wards of the period as a workbook, and record the export."""
    asked, period = period_of(city, request)
    with city.database.begin() as connection:
        rows = figures.ranking(connection, period, city.now())
        city.note(connection, officer.login, "export", sheet="wards", period=asked)
    return workbook(city, f"cac-don-vi-{asked}", "Các xã, phường", _COLUMNS, rows)


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _is_silent(today: date, made: str | None) -> bool:
    """True when a ward sent nothing for more than three days: a long weekend is no silence."""
    return not made or (today - date.fromisoformat(made[:10])).days > 3
