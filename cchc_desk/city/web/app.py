"""The server's application: desks (/api), officers' pages, its own state (/health, /metrics)."""

import logging
import os
import time
from collections import Counter as Counts

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import resources
from cchc_desk import __version__
from cchc_desk.city.office import City
from cchc_desk.city.parcels import receive
from cchc_desk.city.parcels.writer import Writer
from cchc_desk.city.web import pages
from cchc_desk.errors import Refused, Trouble
from cchc_desk.sync import wire
from cchc_desk.sync.wire import MOST_BYTES

# Lines of one address in a minute: a whole province may stand behind one address.
MOST_REFUSED = 300
SMALL = 50_000  # bytes of a line that is opened where it came in
_log = logging.getLogger("cchc.city")

# No script runs on any page, nothing is loaded from elsewhere, no other page may frame one.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Figures:
    """Counters for the machine's operator since the start, at /metrics in Prometheus' form."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.lines = Counter(
            "cchc_lines",
            "Lines from desks, by the HTTP status they had",
            ["status"],
            registry=self.registry,
        )
        self.requests = Histogram(
            "cchc_request_seconds", "How long requests took", ["road"], registry=self.registry
        )


def make_app(city: City) -> ASGIApp:
    """Build the server of one city: requests of desks by the short way, all others by Starlette."""
    figures = Figures()

    def health(request: Request) -> Response:
        try:
            with city.database.begin() as connection:
                connection.execute(text("SELECT 1"))
        except Trouble as trouble:
            return JSONResponse({"ok": False, "problem": trouble.code}, 503)
        return JSONResponse({"ok": True, "version": __version__})

    def metrics(request: Request) -> Response:
        registry = figures.registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # several workers: the sum of their counts
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return PlainTextResponse(generate_latest(registry), media_type="text/plain; version=0.0.4")

    pages_and_more = Starlette(
        routes=[
            Route("/health", health),
            Route("/metrics", metrics),
            Mount("/static", StaticFiles(directory=str(resources.path("city/static")))),
            *pages.routes(city),
        ],
        exception_handlers=pages.error_pages(),
    )
    return _Outer(
        pages_and_more, _Desks(city, figures), figures, https=city.url.startswith("https:")
    )


class _Desks:
    """POST /api/…: one signed line in, signed lines out."""

    def __init__(self, city: City, figures: Figures) -> None:
        self._city, self._figures, self._writer = city, figures, Writer(city)
        self._refused: Counts[str] = Counts()  # in this minute, by address
        self._minute = 0

    async def __call__(self, scope: Scope, receive_: Receive, send: Send) -> None:
        request = Request(scope, receive_)
        address = address_of(request)
        if self._has_too_many_refused(address):
            response: Response = PlainTextResponse("Nhiều gói sai quá; hãy gửi lại sau.", 429)
        else:
            response = await self._answer(request, address)
        if 400 <= response.status_code < 500:
            self._refused[address] += 1
        self._figures.lines.labels(str(response.status_code)).inc()
        await response(scope, receive_, send)

    def _has_too_many_refused(self, address: str) -> bool:
        """True when MOST_REFUSED lines of this address were refused in the present minute."""
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._refused = minute, Counts()
        return self._refused[address] >= MOST_REFUSED

    async def _answer(self, request: Request, address: str) -> Response:
        body = await _body(request)
        if body is None:
            _log.warning("refused", extra={"facts": {"code": "too-large", "address": address}})
            return PlainTextResponse("Gói lớn hơn mức cho phép.", 413)
        line = body.decode("ascii", "replace").strip()
        try:
            reply = await self._verify_and_store(line, address)
        except Trouble as trouble:
            _log.error(
                "trouble", extra={"facts": {"code": trouble.code, "message": trouble.message}}
            )
            return PlainTextResponse("Máy chủ đang bận, hãy gửi lại sau.", 503)
        return Response("\n".join(reply.lines), reply.status, media_type="application/jose")

    async def _verify_and_store(self, line: str, address: str) -> receive.Reply:
        city = self._city
        if len(line) < SMALL and _is_parcel_of_known(city, line):
            # Some tenths of a millisecond: a thread would take longer.
            opened = receive.open_line(city, line, address)
        else:
            opened = await run_in_threadpool(receive.open_line, city, line, address)
        if isinstance(opened, receive.Reply):
            return opened
        return receive.reply_to(city, line, address, await self._writer.keep(opened))


def _is_parcel_of_known(city: City, line: str) -> bool:
    """True when opening the line asks nothing of the database."""
    try:
        return wire.kind_of(line) == "parcel" and wire.sender_of(line) in city.senders
    except Refused:
        return False


def address_of(request: Request) -> str:
    """Return the caller's network address; behind a proxy uvicorn puts the true one there."""
    return request.client.host if request.client else "?"


async def _body(request: Request) -> bytes | None:
    """Read the whole body, None as soon as it is longer than a line may be."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


class _Outer:
    """Adds the security headers to every response, and logs and measures every request."""

    def __init__(self, app: ASGIApp, desks: ASGIApp, figures: Figures, https: bool) -> None:
        self._app, self._desks, self._figures = app, desks, figures
        headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive_: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive_, send)
            return
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        is_desk = scope["path"] in _API and scope["method"] == "POST"
        try:
            await (self._desks if is_desk else self._app)(scope, receive_, answer)
        finally:
            took = time.perf_counter() - began
            road = scope["path"].split("/")[1] or "/"
            self._figures.requests.labels(road if road in _ROADS else "other").observe(took)
            if not is_desk:  # parcels are logged by themselves: stored, or refused and why
                client = scope.get("client")
                facts = {"method": scope["method"], "path": scope["path"], "status": status}
                facts |= {"ms": round(took * 1000, 1), "address": client[0] if client else "?"}
                _log.info("request", extra={"facts": facts})


_API = frozenset({"/api/parcels", "/api/enrolments", "/api/questions"})
_ROADS = frozenset(
    {
        "/",
        "api",
        "ward",
        "strikes",
        "alarms",
        "desks",
        "news",
        "papers",
        "login",
        "static",
        "health",
    }
)
