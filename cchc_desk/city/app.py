"""The server's roads: what desks send (/api), what officers read (pages), what keeps it running (/health, /metrics)."""

import logging
import time

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import resources
from cchc_desk import __version__
from cchc_desk.city import pages, receive
from cchc_desk.city.office import City
from cchc_desk.errors import Trouble
from cchc_desk.sync.wire import MOST_BYTES

_log = logging.getLogger("cchc.city")

# No script runs on any page, nothing is loaded from elsewhere, no other page may frame one.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Figures:
    """What the machine's keeper watches: counted since the start, told at /metrics in Prometheus' form."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.lines = Counter(
            "cchc_lines", "Lines from desks, by the HTTP status they had", ["status"], registry=self.registry
        )
        self.requests = Histogram("cchc_request_seconds", "How long requests took", ["road"], registry=self.registry)


def make_app(city: City) -> Starlette:
    """The server of one city."""
    figures = Figures()

    async def lines(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            figures.lines.labels("413").inc()
            _log.warning("refused", extra={"facts": {"code": "too-large", "address": address_of(request)}})
            return PlainTextResponse("Gói lớn hơn mức cho phép.", 413)
        line = body.decode("ascii", "replace").strip()
        try:
            reply = await run_in_threadpool(receive.answer, city, line, address_of(request))
        except Trouble as trouble:
            figures.lines.labels("503").inc()
            _log.error("trouble", extra={"facts": {"code": trouble.code, "message": trouble.message}})
            return PlainTextResponse("Máy chủ đang bận, hãy gửi lại sau.", 503)
        figures.lines.labels(str(reply.status)).inc()
        return Response("\n".join(reply.lines), reply.status, media_type="application/jose")

    def health(request: Request) -> Response:
        try:
            with city.database.begin() as connection:
                connection.execute(text("SELECT 1"))
        except Trouble as trouble:
            return JSONResponse({"ok": False, "problem": trouble.code}, 503)
        return JSONResponse({"ok": True, "version": __version__})

    def metrics(request: Request) -> Response:
        return PlainTextResponse(generate_latest(figures.registry), media_type="text/plain; version=0.0.4")

    return Starlette(
        routes=[
            *(Route(f"/api/{road}", lines, methods=["POST"]) for road in ("parcels", "enrolments", "questions")),
            Route("/health", health),
            Route("/metrics", metrics),
            Mount("/static", StaticFiles(directory=str(resources.path("city/static")))),
            *pages.routes(city),
        ],
        middleware=[Middleware(_Outer, figures=figures, https=city.url.startswith("https:"))],
        exception_handlers=pages.error_pages(),
    )


def address_of(request: Request) -> str:
    """Who asks, by the network address; behind a proxy uvicorn puts the true one there (--proxy)."""
    return request.client.host if request.client else "?"


async def _body(request: Request) -> bytes | None:
    """The whole body, None as soon as it is longer than a line may be."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


class _Outer:
    """Around everything: the headers that keep a page to itself, one log line and one measure for each request."""

    def __init__(self, app: ASGIApp, figures: Figures, https: bool) -> None:
        self._app, self._figures = app, figures
        headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            took = time.perf_counter() - began
            road = scope["path"].split("/")[1] or "/"
            self._figures.requests.labels(road if road in _ROADS else "other").observe(took)
            client = scope.get("client")
            facts = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(took * 1000, 1)}
            _log.info("request", extra={"facts": facts | {"address": client[0] if client else "?"}})


_ROADS = frozenset({"/", "api", "ward", "strikes", "alarms", "desks", "news", "login", "static", "health"})
