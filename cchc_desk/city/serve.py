"""Start of the server: one process, many threads; logs are one JSON object a line on stderr."""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from cchc_desk.city.office import City, open_city
from cchc_desk.city.web.app import make_app


class JsonLines(logging.Formatter):
    """Formatter of `{"at": …, "level": …, "what": …, …}`: facts stand under their own names."""

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
    """Log everything from INFO on to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def serve(
    city: City, host: str, port: int, *, workers: int = 1, behind_proxy: bool = False
) -> None:
    """Serve until stopped; with a certificate in the office's folder, over TLS.

    `workers`: how many processes share the port. `behind_proxy`: another server in front does TLS
    and names the caller (X-Forwarded-For); only then is that header trusted.
    """
    log_to_stderr()
    tls: dict[str, Any] = {}
    if city.certificate and not behind_proxy:
        tls = {
            "ssl_certfile": str(city.folder / "certificate.pem"),
            "ssl_keyfile": str(city.folder / "certificate.key"),
        }
    os.environ |= {
        _FOLDER: str(city.folder),
        _DATABASE: city.database.engine.url.render_as_string(hide_password=False),
    }
    with TemporaryDirectory(prefix="cchc-city-") as counts:
        if workers > 1:
            # Read by prometheus_client: one count over all workers.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
        uvicorn.run(
            "cchc_desk.city.serve:app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=behind_proxy,
            forwarded_allow_ips="127.0.0.1" if behind_proxy else None,
            timeout_keep_alive=15,
            limit_concurrency=200,
            **tls,
        )


def app() -> ASGIApp:
    """Return the application of one worker, which opens the office for itself."""
    log_to_stderr()
    return make_app(open_city(Path(os.environ[_FOLDER]), database=os.environ[_DATABASE]))


_FOLDER, _DATABASE = "CCHC_CITY_FOLDER", "CCHC_CITY_DATABASE"
