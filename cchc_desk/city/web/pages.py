"""The pages for the city's reform officers: rendered here, in Vietnamese, without any script."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import resources
from cchc_desk.city import enrolment, figures, news, officers
from cchc_desk.city.figures import MonthRow, Period, Strikes, WardRow
from cchc_desk.city.office import City, minute
from cchc_desk.city.officers import Officer, OfficerRole
from cchc_desk.domain.figures import LateShare
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.table import Column, Listing, Row
from cchc_desk.errors import Refused
from cchc_desk.long_work import LongWork
from cchc_desk.sheets.write import table_xlsx
from cchc_desk.sync.parcel import written

_log = logging.getLogger("cchc.city")

ON_A_PAGE = 120
MOST_FORM = 20_000  # bytes
FIRST_YEAR = 2020
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STANDINGS = {Standing.CLEAR: "", Standing.WARNING: "cảnh báo", Standing.REVIEW: "đưa ra xem xét"}
_ALARMS = {
    "rewound": "Sổ cái của quầy ngắn lại: từ {before} mục xuống còn {now} mục. "
    "Quầy khôi phục bản sao cũ, hoặc sổ bị cắt.",
    "forked": "Sổ cái của quầy rẽ nhánh: mục số {before} không còn là mục thành phố đã nhận. "
    "Sổ bị viết lại, hoặc có hai máy cùng một quầy.",
}
_ORDERS = {
    "share": "tỷ lệ trễ",
    "owed": "thư xin lỗi còn nợ",
    "strikes": "công chức nhiều lần trễ",
    "silent": "lâu chưa báo",
    "name": "tên",
}

Page = Callable[[City, Request, Officer], Response]
Act = Callable[[City, Request, Officer, FormData], Response]


def routes(city: City) -> list[Route | Mount]:
    """The roads of the pages; every one but the log-in asks who is there."""
    shown: dict[str, Page] = {
        "/": _wards_page,
        "/wards.xlsx": _wards_sheet,
        "/ward/{code}": _ward_page,
        "/ward/{code}/months.xlsx": _months_sheet,
        "/strikes": _strikes_page,
        "/strikes.xlsx": _strikes_sheet,
        "/alarms": _alarms_page,
        "/desks": _desks_page,
        "/news": _news_page,
    }
    done: dict[str, Act] = {
        "/alarms/{n:int}": _answer_alarm,
        "/desks/ward": _add_ward,
        "/desks/invite": _invite,
        "/desks/close": _close_desk,
        "/news/message": _publish_message,
        "/logout": _log_out,
    }
    return [
        Route("/login", partial(_log_in_page, city), methods=["GET"]),
        Route("/login", partial(_log_in, city), methods=["POST"]),
        Mount("/fonts", StaticFiles(directory=str(resources.path("fonts")))),
        *(
            Route(road, partial(_for_officer, city, page), methods=["GET"])
            for road, page in shown.items()
        ),
        *(
            Route(road, partial(_by_form, city, act), methods=["POST"])
            for road, act in done.items()
        ),
    ]


# --- who is there ---------------------------------------------------------------------------------


def _cookie(city: City) -> str:
    """The prefix binds the cookie to this very host over TLS; a plain http server (for trying)
    cannot have it.
    """
    return "__Host-cchc" if city.url.startswith("https:") else "cchc"


async def _for_officer(city: City, page: Page, request: Request) -> Response:
    officer = await run_in_threadpool(officers.officer_of, city, request.cookies.get(_cookie(city)))
    if officer is None:
        return RedirectResponse("/login", 303)
    try:
        return await run_in_threadpool(page, city, request, officer)
    except Refused as no:
        return _shown(
            city,
            request,
            officer,
            "refused.html",
            status=422,
            title="Chưa xem được",
            said=no.message,
        )


async def _by_form(city: City, act: Act, request: Request) -> Response:
    """Runs what a form asks for, once it is sure that the officer's own page sent it."""
    officer = await run_in_threadpool(officers.officer_of, city, request.cookies.get(_cookie(city)))
    if officer is None:
        return RedirectResponse("/login", 303)
    form = await _form(request)
    if not officers.is_own_form(officer, _text(form, "form_token")):
        _note(request, "form-token", login=officer.login)
        raise HTTPException(
            403, "Trang này đã cũ hoặc không do máy chủ này gửi. Hãy mở lại trang rồi làm lại."
        )
    if not officer.may_act and act is not _log_out:
        _note(request, "role", login=officer.login)
        raise HTTPException(403, "Việc này dành cho cán bộ cải cách hành chính; hãy nhờ người ấy.")
    try:
        return await run_in_threadpool(act, city, request, officer, form)
    except Refused as no:
        return _shown(
            city,
            request,
            officer,
            "refused.html",
            status=422,
            title="Chưa làm được",
            said=no.message,
        )


async def _form(request: Request) -> FormData:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_FORM:
        raise HTTPException(413, "Nội dung gửi lên dài quá mức.")
    return await request.form(max_files=0, max_fields=20)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _note(request: Request, code: str, **facts: str) -> None:
    """An attempt that was turned away, for the log."""
    address = request.client.host if request.client else "?"
    _log.warning(
        "refused",
        extra={"facts": {"code": code, "address": address, "path": request.url.path, **facts}},
    )


def _log_in_page(city: City, request: Request) -> Response:
    return _shown(city, request, None, "login.html", title="Đăng nhập", said="", login="")


async def _log_in(city: City, request: Request) -> Response:
    origin = request.headers.get("origin", "")
    if origin and origin.partition("://")[2] != request.headers.get("host", ""):
        _note(request, "origin")
        raise HTTPException(403, "Trang này không do máy chủ này gửi. Hãy mở lại trang đăng nhập.")
    form = await _form(request)
    login, password = _text(form, "login").strip().lower(), _text(form, "password")
    address = request.client.host if request.client else "?"
    try:
        token = await run_in_threadpool(officers.log_in, city, login, password, address)
    except Refused as no:
        _note(request, no.code, login=login[:60])
        status = 429 if no.code == "try-later" else 401
        return _shown(
            city,
            request,
            None,
            "login.html",
            status=status,
            title="Đăng nhập",
            said=no.message,
            login=login,
        )
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        _cookie(city),
        token,
        max_age=int(officers.SESSION.total_seconds()),
        httponly=True,
        secure=city.url.startswith("https:"),
        samesite="strict",
        path="/",
    )
    return answer


def _log_out(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    officers.log_out(city, request.cookies[_cookie(city)])
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(
        _cookie(city), path="/", secure=city.url.startswith("https:"), httponly=True
    )
    return answer


# --- the wards ------------------------------------------------------------------------------------


def _period(city: City, request: Request) -> tuple[str, Period]:
    """The period asked for - 2026, 2026-q3 or 2026-11 - as asked and as months; this year where
    none is.
    """
    asked = request.query_params.get("period", "") or str(city.now().year)
    year, _dash, part = asked.partition("-")
    if year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= 2100:
        if not part:
            return asked, Period(f"{year}-01", f"{year}-12")
        if part in ("q1", "q2", "q3", "q4"):
            last = int(part[1]) * 3
            return asked, Period(f"{year}-{last - 2:02d}", f"{year}-{last:02d}")
        if len(part) == 2 and part.isascii() and part.isdigit() and 1 <= int(part) <= 12:
            return asked, Period(asked, asked)
    raise Refused("period", "Kỳ viết như 2026, 2026-q3 hoặc 2026-11; hãy chọn lại.", "period")


def _periods(city: City) -> list[tuple[str, str]]:
    """What the list of periods offers: this year and the last with their quarters and months that
    have begun.
    """
    now, offered = city.now(), []
    for year in (now.year, now.year - 1):
        last = now.month if year == now.year else 12
        offered.append((str(year), f"Năm {year}"))
        offered += [(f"{year}-q{q}", f"Quý {q} năm {year}") for q in range((last + 2) // 3, 0, -1)]
        offered += [
            (f"{year}-{month:02d}", f"Tháng {month} năm {year}") for month in range(last, 0, -1)
        ]
    return offered


def _wards_page(city: City, request: Request, officer: Officer) -> Response:
    asked, period = _period(city, request)
    order = request.query_params.get("order", "share")
    order = order if order in figures.ORDERS else "share"
    page, only = (
        _number(request.query_params.get("page", "1")),
        request.query_params.get("only") == "tripped",
    )
    with city.database.begin() as connection:
        known = figures.count_wards(connection)
        span = {"limit": ON_A_PAGE, "offset": (page - 1) * ON_A_PAGE}
        rows = figures.ranking(connection, period, city.now(), order, tripped_only=only, **span)
        open_alarms = _open_alarms(connection)
    return _shown(
        city,
        request,
        officer,
        "wards.html",
        title="Các đơn vị chạm 5 %" if only else "Các xã, phường",
        rows=rows,
        only="tripped" if only else "",
        first=(page - 1) * ON_A_PAGE + 1,
        known=known,
        asked=asked,
        period=period,
        periods=_periods(city),
        order=order,
        orders=_ORDERS,
        page=page,
        pages=max(1, -(-known // ON_A_PAGE)),
        open_alarms=open_alarms,
        silent=partial(_is_silent, city.now().date()),
        link=lambda **changes: (
            "/?"
            + urlencode(
                {"period": asked, "order": order, "page": page}
                | ({"only": "tripped"} if only else {})
                | changes
            )
        ),
    )


def _number(text_: str) -> int:
    return max(1, int(text_)) if text_.isascii() and text_.isdigit() and len(text_) < 5 else 1


def _is_silent(today: date, made: str | None) -> bool:
    """Whether a ward sent nothing for more than three days: a long weekend is no silence."""
    return made is None or not made or (today - date.fromisoformat(made[:10])).days > 3


_WARD_COLUMNS: tuple[Column[WardRow], ...] = (
    Column("Mã đơn vị", lambda row: row.code),
    Column("Xã, phường", lambda row: row.name),
    Column("Số quầy", lambda row: str(row.desks)),
    Column("Trễ", lambda row: str(row.fuse.late)),
    Column("Tổng", lambda row: str(row.fuse.total)),
    Column("Tỷ lệ trễ (%)", lambda row: _percent(row.fuse)),
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
    Column("Báo lần cuối", lambda row: _moment(row.made)),
)


def _wards_sheet(city: City, request: Request, officer: Officer) -> Response:
    asked, period = _period(city, request)
    with city.database.begin() as connection:
        rows = figures.ranking(connection, period, city.now())
        city.note(connection, officer.login, "export", sheet="wards", period=asked)
    return _sheet(city, f"cac-don-vi-{asked}", "Các xã, phường", _WARD_COLUMNS, rows)


def _sheet(
    city: City,
    name: str,
    title: str,
    columns: tuple[Column[Row], ...],
    rows: tuple[Row, ...],
) -> Response:
    content = table_xlsx(title, Listing(columns, rows), city.now(), LongWork())
    return Response(
        content,
        media_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


# --- one ward -------------------------------------------------------------------------------------

_WARD = text("SELECT code, name FROM wards WHERE code = :code")
_DESKS = text(
    "SELECT d.id, d.ward, w.name AS ward_name, d.name, d.active, d.enrolled, d.parcels, d.length, "
    "d.head, d.made, "
    "d.received, d.versions, d.standing FROM desks d JOIN wards w ON w.code = d.ward "
    "WHERE (:ward = '' OR d.ward = :ward) ORDER BY w.name, d.name, d.id"
)
_LATE = text(
    "SELECT l.code, l.due, l.done, l.second, l.cause, l.official, l.own_fault, l.told, l.signed, "
    "l.delivered, "
    "l.apologised FROM late l WHERE l.ward = :ward AND l.day BETWEEN :first AND :last "
    "ORDER BY l.day DESC, l.code LIMIT 300"
)


def _ward_page(city: City, request: Request, officer: Officer) -> Response:
    asked, period = _period(city, request)
    year = Period(f"{period.year}-01", f"{period.year}-12")
    with city.database.begin() as connection:
        ward = _known_ward(connection, request.path_params["code"])
        desks = [_desk(row) for row in connection.execute(_DESKS, {"ward": ward.code})]
        values = {"ward": ward.code, "first": f"{period.first}-01", "last": f"{period.last}-31"}
        late = connection.execute(_LATE, values).all()
        months = figures.by_month(connection, ward.code, year)
        fields = figures.by_field(connection, ward.code, period)
        courtesy = figures.courtesy(connection, ward.code, period)
        strikes = figures.strikes(connection, period.year, ward.code, least=1)
        alarms = connection.execute(_ALARM_ROWS, {"ward": ward.code, "open": False}).all()
        totals = figures.ward_totals(connection, ward.code, city.now())
    return _shown(
        city,
        request,
        officer,
        "ward.html",
        title=ward.name,
        ward=ward,
        desks=desks,
        months=months,
        bars=_bars(months),
        fields=fields,
        courtesy=courtesy,
        items=_items(),
        strikes=strikes,
        late=late,
        alarms=[_alarm(row) for row in alarms],
        totals=totals,
        asked=asked,
        period=period,
        periods=_periods(city),
    )


def _known_ward(connection: Any, code: str) -> Any:
    ward = connection.execute(_WARD, {"code": code[:40]}).one_or_none()
    if ward is None:
        raise HTTPException(404, "Không có đơn vị này trong danh sách của thành phố.")
    return ward


def _desk(row: Any) -> dict[str, Any]:
    """A desk with what it says of itself, read."""
    return dict(row._mapping) | {
        "versions": json.loads(row.versions),
        "standing": json.loads(row.standing),
    }


@cache
def _items() -> tuple[tuple[str, str], ...]:
    facts = json.loads(resources.read_text("courtesy/items.json"))
    return tuple((item["key"], item["text"]) for item in facts["items"])


def _bars(months: tuple[MonthRow, ...]) -> list[dict[str, Any]]:
    """The trend as bars of a picture 12 wide: the share of each month told, in per mille of its
    height.
    """
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


_MONTH_COLUMNS: tuple[Column[MonthRow], ...] = (
    Column("Tháng", lambda row: row.month),
    Column("Trễ", lambda row: str(row.fuse.late)),
    Column("Tổng", lambda row: str(row.fuse.total)),
    Column("Tỷ lệ trễ (%)", lambda row: _percent(row.fuse)),
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


def _months_sheet(city: City, request: Request, officer: Officer) -> Response:
    asked, period = _period(city, request)
    with city.database.begin() as connection:
        ward = _known_ward(connection, request.path_params["code"])
        rows = figures.by_month(connection, ward.code, period)
        city.note(connection, officer.login, "export", sheet="months", ward=ward.code, period=asked)
    return _sheet(city, f"{ward.code}-{asked}", ward.name, _MONTH_COLUMNS, rows)


# --- three strikes --------------------------------------------------------------------------------


def _strikes_page(city: City, request: Request, officer: Officer) -> Response:
    _asked, period = _period(city, request)
    with city.database.begin() as connection:
        found = figures.strikes(connection, period.year)
    return _shown(
        city,
        request,
        officer,
        "strikes.html",
        title="Ba lần trễ hẹn",
        strikes=found,
        year=period.year,
        years=range(city.now().year, max(FIRST_YEAR, city.now().year - 3) - 1, -1),
        regime=figures.regime_of(period.year),
    )


_STRIKE_COLUMNS: tuple[Column[Strikes], ...] = (
    Column("Mã đơn vị", lambda one: one.ward),
    Column("Xã, phường", lambda one: one.ward_name),
    Column("Công chức (mã)", lambda one: one.official),
    Column("Số lần", lambda one: str(one.count)),
    Column("Kết luận", lambda one: _STANDINGS[one.standing]),
    Column("Hồ sơ", lambda one: ", ".join(code for code, _due, _cause in one.dossiers)),
)


def _strikes_sheet(city: City, request: Request, officer: Officer) -> Response:
    _asked, period = _period(city, request)
    with city.database.begin() as connection:
        found = figures.strikes(connection, period.year)
        city.note(connection, officer.login, "export", sheet="strikes", period=str(period.year))
    return _sheet(city, f"ba-lan-tre-{period.year}", "Ba lần trễ hẹn", _STRIKE_COLUMNS, found)


# --- alarms ---------------------------------------------------------------------------------------

_ALARM_ROWS = text(
    "SELECT a.n, a.at, a.ward, w.name AS ward_name, d.name AS desk_name, a.kind, a.facts, a.seen, "
    "a.seen_by, a.note "
    "FROM alarms a JOIN wards w ON w.code = a.ward JOIN desks d ON d.id = a.desk "
    "WHERE (:ward = '' OR a.ward = :ward) AND (a.seen IS NULL OR NOT :open) "
    "ORDER BY a.seen IS NOT NULL, a.n DESC LIMIT 300"
)
_SEEN = text(
    "UPDATE alarms SET seen = :at, seen_by = :by, note = :note WHERE n = :n AND seen IS NULL"
)


def _open_alarms(connection: Any) -> int:
    return int(
        connection.execute(text("SELECT count(*) FROM alarms WHERE seen IS NULL")).scalar_one()
    )


def _alarm(row: Any) -> dict[str, Any]:
    facts = json.loads(row.facts)
    return dict(row._mapping) | {"said": _ALARMS[row.kind].format(**facts), "facts": facts}


def _alarms_page(city: City, request: Request, officer: Officer) -> Response:
    with city.database.begin() as connection:
        rows = connection.execute(_ALARM_ROWS, {"ward": "", "open": False}).all()
    return _shown(
        city,
        request,
        officer,
        "alarms.html",
        title="Báo động sổ cái",
        alarms=[_alarm(row) for row in rows],
    )


def _answer_alarm(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    note = _text(form, "note").strip()
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


# --- desks and invitations ------------------------------------------------------------------------


def _desks_page(city: City, request: Request, officer: Officer) -> Response:
    with city.database.begin() as connection:
        wards = connection.execute(text("SELECT code, name FROM wards ORDER BY name")).all()
        desks = [_desk(row) for row in connection.execute(_DESKS, {"ward": ""})]
    return _shown(
        city, request, officer, "desks.html", title="Quầy và ghi danh", wards=wards, desks=desks
    )


def _add_ward(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    enrolment.add_ward(
        city, _text(form, "code").strip().upper(), _text(form, "name"), officer.login
    )
    return RedirectResponse("/desks", 303)


def _invite(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """The invitation as a file: the code in it is told this once."""
    ward = _text(form, "ward")
    invitation = enrolment.invite(city, ward, officer.login)
    headers = {
        "Content-Disposition": f'attachment; filename="moi-{invitation.ward}.json"',
        "Cache-Control": "no-store",
    }
    return Response(
        msgspec.json.format(written(invitation)), media_type="application/json", headers=headers
    )


def _close_desk(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    enrolment.close_desk(city, _text(form, "desk"), officer.login)
    return RedirectResponse("/desks", 303)


# --- what goes down -------------------------------------------------------------------------------

_NEWS = text(
    "SELECT n.number, n.kind, n.title, n.at, n.by, n.ward, w.name AS ward_name FROM news n "
    "LEFT JOIN wards w ON w.code = n.ward ORDER BY n.number DESC LIMIT 300"
)
_KINDS = {
    "catalogue": "danh mục thủ tục",
    "calendar": "lịch làm việc",
    "law": "quy định",
    "message": "tin nhắn",
}


def _news_page(city: City, request: Request, officer: Officer) -> Response:
    with city.database.begin() as connection:
        rows = connection.execute(_NEWS).all()
        wards = connection.execute(text("SELECT code, name FROM wards ORDER BY name")).all()
    return _shown(
        city, request, officer, "news.html", title="Gửi xuống", news=rows, wards=wards, kinds=_KINDS
    )


def _publish_message(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    said = _text(form, "text").strip()
    if not said or len(said) > 4000:
        raise Refused("news-text", "Hãy viết nội dung (không quá 4.000 chữ).", "text")
    ward = _text(form, "ward") or None
    if ward is not None:
        with city.database.begin() as connection:
            _known_ward(connection, ward)
    news.publish(city, "message", _text(form, "title"), {"text": said}, officer.login, ward)
    return RedirectResponse("/news", 303)


# --- drawing --------------------------------------------------------------------------------------


def _percent(fuse: LateShare) -> str:
    """`11,9`; written by hand, as _count is: hundreds of them stand on a page, and Babel took half
    of its time.
    """
    shown = fuse.percent
    return "—" if shown is None else f"{float(shown):.8f}".rstrip("0").rstrip(".").replace(".", ",")


def _share(part: int, whole: int) -> str:
    return "—" if not whole else f"{part}/{whole}"


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _moment(iso: str | None) -> str:
    return f"{datetime.fromisoformat(iso):%H:%M %d/%m/%Y}" if iso else "—"


@cache
def _causes() -> Mapping[str, str]:
    return {row["code"]: row["label"] for row in json.loads(resources.read_text("law/causes.json"))}


@cache
def _environment() -> Environment:
    """Everything that comes from outside is text: the templates escape it."""
    made = Environment(
        loader=FileSystemLoader(str(resources.path("city/templates"))),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"percent": _percent, "moment": _moment, "day": _day, "count": _count}
    made.globals |= {
        "share": _share,
        "cause": lambda code: _causes().get(code, code),
        "standing": lambda one: _STANDINGS[one],
        "role_name": lambda role: officers.ROLE_NAMES[role],
        "Review": Standing.REVIEW,
        "Administrator": OfficerRole.ADMINISTRATOR,
        "LateShare": LateShare,
    }
    return made


def _shown(
    city: City,
    request: Request,
    officer: Officer | None,
    template: str,
    *,
    status: int = 200,
    **facts: Any,
) -> Response:
    page = _environment().get_template(template).render(
        city=city, officer=officer, road=request.url.path, now=city.now(), **facts
    )  # fmt: skip
    return Response(page, status, media_type="text/html", headers={"Cache-Control": "no-store"})


def error_pages() -> Mapping[Any, Callable[[Request, Exception], Response | Awaitable[Response]]]:
    """What a browser sees when a road leads nowhere or must not be taken; a desk gets the same as
    plain text.
    """

    def said(request: Request, error: Exception) -> Response:
        status, words = (
            500,
            "Máy chủ gặp lỗi; người quản trị thấy chi tiết trong nhật ký. Hãy thử lại.",
        )
        if isinstance(error, HTTPException):
            status = error.status_code
            words = {404: "Không có trang này.", 405: "Không làm như vậy được."}.get(
                status, error.detail
            )
            words = (
                error.detail if error.detail not in ("Not Found", "Method Not Allowed") else words
            )
        page = (
            _environment()
            .get_template("error.html")
            .render(title="Chưa được", said=words, status=status)
        )
        return Response(page, status, media_type="text/html", headers={"Cache-Control": "no-store"})

    return {HTTPException: said, 500: said}
