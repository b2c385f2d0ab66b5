"""A line that fails on command: between a desk and its city, one fault for each request, then
none.
"""

import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

FAULTS = (
    "refuse",  # nobody answers
    "cut-request",  # half of it arrives
    "lost-answer",  # the city has taken it, the desk never hears
    "half-answer",
    "corrupt-request",  # one byte another
    "corrupt-answer",
    "twice",  # the network repeats it
    "busy",  # a server in front says 503
    "portal",  # a hotel's log-in page answers in the city's place
    "old-answer",  # what the city said some time ago
    "slow",  # byte after byte
)


@dataclass
class FaultyLine:
    """`faults` are used up one by one; `place` says which byte a corruption hits (per mille of the
    whole).
    """

    port: int
    faults: deque[str] = field(default_factory=deque)
    place: int = 500
    requests: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def faulty_line(city_port: int) -> Iterator[FaultyLine]:
    """A proxy in a thread on this machine."""
    listening = socket.create_server(("127.0.0.1", 0))
    line = FaultyLine(listening.getsockname()[1])

    def listen() -> None:
        while True:
            try:
                client, _address = listening.accept()
            except OSError:
                return
            with client, suppress(OSError):
                _carry(client, city_port, line)

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield line
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def _carry(client: socket.socket, city_port: int, line: FaultyLine) -> None:
    fault = line.faults.popleft() if line.faults else ""
    if fault == "refuse":
        return
    request = _request(client)
    line.requests.append(request)
    if fault == "busy":
        client.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
    if fault == "portal":
        page = b"<html>Please log in</html>"
        client.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
            % (len(page), page)
        )
        return
    if fault == "old-answer" and line.answers:
        client.sendall(line.answers[line.place % len(line.answers)])
        return
    if fault == "cut-request":
        with socket.create_connection(("127.0.0.1", city_port)) as city:
            city.sendall(request[: len(request) // 2])
        return
    if fault == "corrupt-request":
        request = _corrupted(request, line.place)
    answer = _ask(request, city_port)
    if fault == "twice":
        answer = _ask(request, city_port)
    line.answers.append(answer)
    if fault == "lost-answer":
        return
    if fault == "half-answer":
        answer = answer[: len(answer) // 2]
    if fault == "corrupt-answer":
        answer = _corrupted(answer, line.place)
    if fault == "slow":
        for n in range(len(answer)):
            client.sendall(answer[n : n + 1])
        return
    client.sendall(answer)


def _request(client: socket.socket) -> bytes:
    """One whole request, told that no other one follows on its connection."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(client)
    head, _gap, body = received.partition(b"\r\n\r\n")
    length = next(
        int(row[15:]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += _more(client)
    kept = [row for row in head.split(b"\r\n") if not row.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", body])


def _more(client: socket.socket) -> bytes:
    part = client.recv(65_536)
    if not part:
        raise ConnectionError
    return part


def _ask(request: bytes, port: int) -> bytes:
    answer = b""
    with socket.create_connection(("127.0.0.1", port)) as city:
        city.sendall(request)
        while part := city.recv(65_536):
            answer += part
    return answer


def _corrupted(message: bytes, place: int) -> bytes:
    """One byte of the body is another."""
    begin = message.index(b"\r\n\r\n") + 4
    at = begin + (len(message) - begin - 1) * place // 1000
    return message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
