"""A line between a station and its PostgreSQL that can be cut, delayed, or lose an answer.

with bad_line(server_folder) as line:
    … connect to host=line.folder …
    line.lose_answer(b"COMMIT", after=b"INSERT")
"""

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PORT = ".s.PGSQL.5432"
_BLOCK = 65_536


class BadLine:
    """Passes every byte on between its own socket and the server's, unless told otherwise."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder = folder
        self.delay = 0.0  # seconds before each block that a station sends is passed on
        self.is_down = False  # nobody gets through, old lines are cut
        self.lost = 0  # answers that were lost so far
        self._lose: tuple[bytes, bytes] | None = None
        self._server = str(server / _PORT)
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / _PORT))
        self._door.listen(64)
        threading.Thread(target=self._take, daemon=True).start()

    def lose_answer(self, words: bytes, after: bytes) -> None:
        """Throw the next answer with these words away and cut its line: it is done, unheard.

        Only on a line on which a station has sent `after` since now.
        """
        self._lose = (words, after)

    def cut(self) -> None:
        """Cut every line there is; new ones are taken."""
        for one, other in list(self._pairs):
            _close(one, other)

    def down(self) -> None:
        """Cut every line and take no new one, until up()."""
        self.is_down = True
        self.cut()

    def up(self) -> None:
        self.is_down = False

    def close(self) -> None:
        self.down()
        self._door.close()

    def _take(self) -> None:
        while True:
            try:
                station, _address = self._door.accept()
            except OSError:  # closed
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                if self.is_down:
                    raise OSError
                server.connect(self._server)
            except OSError:
                _close(station, server)
                continue
            self._pairs.add((station, server))
            begun = threading.Event()  # what comes before the answer to be lost was sent
            for way in (self._up, self._back):
                threading.Thread(target=way, args=(station, server, begun), daemon=True).start()

    def _up(self, station: socket.socket, server: socket.socket, begun: threading.Event) -> None:
        with suppress(OSError):
            while block := station.recv(_BLOCK):
                time.sleep(self.delay)
                if self._lose is not None and self._lose[1] in block:
                    begun.set()
                server.sendall(block)
        self._end(station, server)

    def _back(self, station: socket.socket, server: socket.socket, begun: threading.Event) -> None:
        with suppress(OSError):
            while block := server.recv(_BLOCK):
                if self._lose is not None and begun.is_set() and self._lose[0] in block:
                    self._lose = None
                    self.lost += 1
                    break
                station.sendall(block)
        self._end(station, server)

    def _end(self, station: socket.socket, server: socket.socket) -> None:
        self._pairs.discard((station, server))
        _close(station, server)


@contextmanager
def bad_line(server: Path) -> Iterator[BadLine]:
    """Open a line to the PostgreSQL whose socket lies in `server`."""
    folder = Path(tempfile.mkdtemp(prefix="line-", dir="/tmp"))  # a socket's path has to be short
    line = BadLine(folder, server)
    try:
        yield line
    finally:
        line.close()
        shutil.rmtree(folder, ignore_errors=True)


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
