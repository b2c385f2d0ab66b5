"""HTTPS client of the city: one signed line up, signed lines back, with its certificate pinned."""

import ssl
from types import TracebackType

import httpx

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.sync.wire import MOST_BYTES

CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 60.0
_BUSY = frozenset({429, 502, 503, 504})


class CityClient:
    """Open connection to a city's server: `with CityClient(...) as client: client.send(...)`.

    `certificate` (PEM): the only one trusted, "" trusts those of the operating system.
    `proxy`: such as http://10.0.0.1:3128, "" goes straight.
    Raises Trouble("city-address") when the address or the proxy cannot be used.
    """

    def __init__(self, url: str, certificate: str = "", proxy: str = "") -> None:
        try:
            self._http = httpx.Client(
                base_url=url,
                verify=_trusting(certificate) if url.startswith("https:") else False,
                proxy=proxy or None,
                trust_env=False,
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                headers={"User-Agent": "cchc-desk"},
            )
        except (ValueError, httpx.InvalidURL) as error:
            raise Trouble(
                "city-address",
                _(
                    "Địa chỉ của thành phố hoặc của máy chủ trung gian (proxy) không dùng được; "
                    "hãy xem lại cài đặt."
                ),
            ) from error

    def __enter__(self) -> "CityClient":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._http.close()

    def send(self, road: str, line: str) -> tuple[str, ...]:
        """Post one signed line to `road` and return the lines of the answer, not yet verified.

        `road`: "parcels", "enrolments" or "questions".
        Raises Trouble: "no-line", "wrong-certificate", "city-busy", "city-answer".
        """
        try:
            with self._http.stream("POST", f"/api/{road}", content=line.encode()) as response:
                if response.status_code in _BUSY:
                    raise Trouble(
                        "city-busy", _("Máy chủ thành phố đang bận; chương trình sẽ tự gửi lại.")
                    )
                answer = _read(response)
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error).upper():
                raise Trouble(
                    "wrong-certificate",
                    _(
                        "Máy chủ trả lời không mang chứng thư của thành phố, nên chưa gửi gì. Hãy "
                        "báo thành phố."
                    ),
                ) from error
            raise _no_line() from error
        except httpx.HTTPError as error:
            raise _no_line() from error
        if response.headers.get("content-type", "").partition(";")[0] != "application/jose":
            raise Trouble(
                "city-answer",
                _(
                    "Máy chủ trả lời không phải câu trả lời của thành phố (mã {status}); sẽ tự "
                    "gửi lại."
                ).format(status=response.status_code),
            )
        return tuple(answer.decode("ascii", "replace").split())


def _read(response: httpx.Response) -> bytes:
    """Read the answer's bytes. Raises Trouble("city-answer") for more than MOST_BYTES."""
    answer = b""
    for part in response.iter_bytes():
        answer += part
        if len(answer) > MOST_BYTES:
            raise Trouble("city-answer", _("Câu trả lời của máy chủ lớn quá mức; sẽ tự gửi lại."))
    return answer


def _no_line() -> Trouble:
    return Trouble(
        "no-line",
        _("Chưa nối được với thành phố; việc ở quầy vẫn làm như thường, có mạng sẽ tự gửi."),
    )


def _trusting(certificate: str) -> ssl.SSLContext:
    if not certificate:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cadata=certificate)
    except (ssl.SSLError, TypeError) as error:  # no certificate; no ASCII
        raise ValueError(error) from error
    return context
