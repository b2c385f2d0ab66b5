"""Starts the server: one process, many threads; logs are one JSON object a line on stderr."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import uvicorn

from cchc_desk.city.app import make_app
from cchc_desk.city.office import City


class JsonLines(logging.Formatter):
    """`{"at": …, "level": …, "what": …, …}`: facts stand under their own names, never inside a sentence."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def serve(city: City, host: str, port: int, *, behind_proxy: bool = False) -> None:
    """Serves until it is told to stop. With a certificate in the office's folder it speaks TLS itself.

    `behind_proxy`: another server in front speaks TLS and says who asks (X-Forwarded-For); only then is that believed.
    """
    log_to_stderr()
    tls: dict[str, Any] = {}
    if city.certificate and not behind_proxy:
        tls = {
            "ssl_certfile": str(city.folder / "certificate.pem"),
            "ssl_keyfile": str(city.folder / "certificate.key"),
        }
    uvicorn.run(
        make_app(city),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1" if behind_proxy else None,
        timeout_keep_alive=15,
        limit_concurrency=200,
        h11_max_incomplete_event_size=16_384,
        **tls,
    )
