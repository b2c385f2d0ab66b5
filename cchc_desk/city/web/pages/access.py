"""Log-in, sessions and forms: every page and act is run for an officer with a session."""

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cchc_desk.city import officers
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.rendering import rendered
from cchc_desk.errors import Refused

MOST_FORM = 20_000  # bytes

Page = Callable[[City, Request, Officer], Response]
Act = Callable[[City, Request, Officer, FormData], Response]

_log = logging.getLogger("cchc.city")


async def for_officer(city: City, page: Page, request: Request) -> Response:
    """Run a page for the officer of the session; without one, go to the log-in."""
    officer = await _officer(city, request)
    if officer is None:
        return RedirectResponse("/login", 303)
    try:
        return await run_in_threadpool(page, city, request, officer)
    except Refused as refused:
        return _refused_page(city, request, officer, refused, "Chưa xem được")


async def by_form(city: City, act: Act, request: Request) -> Response:
    """Run the act of a form that the officer's own page has sent.

    Raises HTTPException 403 for a form of another page and for a viewer, 413 for a long one.
    """
    officer = await _officer(city, request)
    if officer is None:
        return RedirectResponse("/login", 303)
    form = await _form(request)
    if not officers.is_own_form(officer, text_of(form, "form_token")):
        _log_refused(request, "form-token", login=officer.login)
        raise HTTPException(
            403, "Trang này đã cũ hoặc không do máy chủ này gửi. Hãy mở lại trang rồi làm lại."
        )
    if not officer.may_act and act is not log_out:
        _log_refused(request, "role", login=officer.login)
        raise HTTPException(403, "Việc này dành cho cán bộ cải cách hành chính; hãy nhờ người ấy.")
    try:
        return await run_in_threadpool(act, city, request, officer, form)
    except Refused as refused:
        return _refused_page(city, request, officer, refused, "Chưa làm được")


def text_of(form: FormData, name: str) -> str:
    """Return a field of the form, "" for a missing one."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def log_in_page(city: City, request: Request) -> Response:
    """Render the log-in."""
    return rendered(city, request, None, "login.html", title="Đăng nhập", message="", login="")


async def log_in(city: City, request: Request) -> Response:
    """Log an officer in by the form and set the session's cookie.

    Raises HTTPException 403 for a form sent by another site.
    """
    origin = request.headers.get("origin", "")
    if origin and origin.partition("://")[2] != request.headers.get("host", ""):
        _log_refused(request, "origin")
        raise HTTPException(403, "Trang này không do máy chủ này gửi. Hãy mở lại trang đăng nhập.")
    form = await _form(request)
    login, password = text_of(form, "login").strip().lower(), text_of(form, "password")
    address = request.client.host if request.client else "?"
    try:
        token = await run_in_threadpool(officers.log_in, city, login, password, address)
    except Refused as refused:
        _log_refused(request, refused.code, login=login[:60])
        return rendered(
            city,
            request,
            None,
            "login.html",
            status=429 if refused.code == "try-later" else 401,
            title="Đăng nhập",
            message=refused.message,
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


def log_out(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """End the session and delete its cookie."""
    officers.log_out(city, request.cookies[_cookie(city)])
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(
        _cookie(city), path="/", secure=city.url.startswith("https:"), httponly=True
    )
    return answer


def _cookie(city: City) -> str:
    """Name of the session's cookie.

    The prefix binds it to this very host over TLS; a plain http server (for trying) cannot have it.
    """
    return "__Host-cchc" if city.url.startswith("https:") else "cchc"


async def _officer(city: City, request: Request) -> Officer | None:
    return await run_in_threadpool(officers.officer_of, city, request.cookies.get(_cookie(city)))


async def _form(request: Request) -> FormData:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_FORM:
        raise HTTPException(413, "Nội dung gửi lên dài quá mức.")
    return await request.form(max_files=0, max_fields=20)


def _refused_page(
    city: City, request: Request, officer: Officer, refused: Refused, title: str
) -> Response:
    return rendered(
        city,
        request,
        officer,
        "refused.html",
        status=422,
        title=title,
        message=refused.message,
    )


def _log_refused(request: Request, code: str, **facts: str) -> None:
    address = request.client.host if request.client else "?"
    _log.warning(
        "refused",
        extra={"facts": {"code": code, "address": address, "path": request.url.path, **facts}},
    )
