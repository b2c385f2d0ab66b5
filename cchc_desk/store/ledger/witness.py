"""The witness: which entry of the ledger was committed last, kept outside the database.

`desk.witness` lies beside the database. A database that was cut, written anew, put back or that
lost its -wal does not bring it along. Each line is one committed entry: JSON, a blank, a check sum.

witness = Witness(folder)
witness.note(line)         # after the commit; OSError where the folder takes no file
witness.close()            # waits until the disk has every line
newest(folder)             # the last entry, quickly
last_line(folder)          # the newest entry, with the highest number of each series
note_restored(folder, …)   # an older state was put back on purpose: the lines begin anew
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk.domain.ledger.numbers import TakenNumber, highest
from cchc_desk.store.engine.database import iso

NAME = "desk.witness"
PART_BYTES = 64 * 1024  # then a new part begins; it opens with all numbers of those before
KEPT_PARTS = 40  # finished ones
_TAIL_BYTES = 2 * 1024  # of the file: what newest() reads
GROUP_SECONDS = 0.02  # lines of so long wait for the disk together
_NUMBERS = range(1, 2**63)  # of entries, as SQLite can hold them
_SUM = 16  # hex digits
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_fdatasync = getattr(os, "fdatasync", os.fsync)  # Windows and macOS have only fsync


@dataclass(frozen=True)
class WitnessLine:
    """A committed entry: its number and hash, the desk, the machine, when it was entered.

    `numbers`: those taken with it; of last_line() the highest of each series ever. `anew`: lines
    before this one speak of a state that was left on purpose; their numbers stay.
    """

    seq: int
    head: str
    desk: str
    machine: str
    at: datetime
    numbers: tuple[TakenNumber, ...] = ()
    anew: bool = False


class Witness:
    """The witness of one folder, written by one process; several may append to the same file.

    A line is with the operating system when note() returns, so a killed process loses none. The
    disk is waited for in a thread of its own, once for all lines that came meanwhile: a power cut
    in these milliseconds leaves the witness behind the database, never before it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self.empty = newest(folder) is None  # the first line then has every number
        self._handle: int | None = None
        self._place: tuple[int, int] | None = None  # device and number of the open file
        self._first = 0  # bytes of the line with which the open part begins
        self._lock = threading.Lock()
        self._unsynced = threading.Event()
        self._closing = threading.Event()
        self._syncing: threading.Thread | None = None
        self._failed: OSError | None = None

    def note(self, line: WitnessLine, *, durable: bool = True) -> None:
        """Append a committed entry; the disk has it soon after, if `durable`.

        Raises OSError, also for a line before this one that the disk did not take.
        """
        with self._lock:
            handle = self._opened()
            _append(handle, line)
            self.empty = False
            if os.fstat(handle).st_size - self._first > PART_BYTES:
                self._begin_part()
            elif durable:
                self._sync_soon()
            failed, self._failed = self._failed, None
        if failed is not None:
            raise failed

    def close(self) -> None:
        """Wait for the disk and close the file; a later note opens it again."""
        syncing = self._syncing
        if syncing is not None:
            self._closing.set()
            self._unsynced.set()
            syncing.join()
        with self._lock:
            self._syncing = None
            self._closing.clear()
            self._close()

    def _sync_soon(self) -> None:
        if self._syncing is None:
            self._syncing = threading.Thread(target=self._sync, name="witness", daemon=True)
            self._syncing.start()
        self._unsynced.set()

    def _sync(self) -> None:
        """Wait for the disk whenever lines came, until the witness is closed."""
        while True:
            self._unsynced.wait()
            self._closing.wait(GROUP_SECONDS)
            self._unsynced.clear()
            with self._lock:  # a handle of its own: a new part may close the other meanwhile
                handle = os.dup(self._handle) if self._handle is not None else None
            if handle is not None:
                try:
                    _fdatasync(handle)
                except OSError as error:
                    self._failed = error
                finally:
                    os.close(handle)
            if self._closing.is_set() and not self._unsynced.is_set():
                return

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
        self._handle = self._place = None

    def _opened(self) -> int:
        """Return the handle of the file that has the name now: it may be another's new part."""
        try:
            found = self._file.stat()
        except FileNotFoundError:
            found = None
        if self._handle is not None and found and (found.st_dev, found.st_ino) == self._place:
            return self._handle
        self._close()
        before = last_line(self._file.parent) if found is None else None
        self._handle = _open(self._file)
        if before is not None:  # the part was finished, or taken away: its numbers go on
            _append(self._handle, before)
        self._first = _first_line(self._file)
        opened = os.fstat(self._handle)
        self._place = opened.st_dev, opened.st_ino
        return self._handle

    def _begin_part(self) -> None:
        """Set the full part aside; the next begins with the last line and all numbers."""
        if self._handle is not None:
            os.fsync(self._handle)
        last = last_line(self._file.parent)
        self._close()
        if last is None:  # nothing in it can be read: it is no witness, and stays as it is
            return
        with suppress(PermissionError):  # on Windows while another process has it open: later
            _set_aside(self._file, last)


def last_line(folder: Path) -> WitnessLine | None:
    """Return the line of the newest entry since the lines last began anew; None where none is.

    Its `numbers` are the highest of each series in all lines of its part.
    """
    for file in (folder / NAME, *reversed(_parts(folder))):
        found = tuple(_lines(file))
        if found:
            numbers = highest(number for line in found for number in line.numbers)
            return replace(max(_since_anew(found), key=lambda line: line.seq), numbers=numbers)
    return None


def newest(folder: Path) -> WitnessLine | None:
    """Return last_line() with its own numbers alone: quick, as each opening asks for it."""
    try:
        with (folder / NAME).open("rb") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size - _TAIL_BYTES))
            found = tuple(_readable(opened.read()))
    except OSError:
        found = ()
    if not found:
        return last_line(folder)
    return max(_since_anew(found), key=lambda line: line.seq)


def lines(folder: Path) -> Iterator[WitnessLine]:
    """Yield the readable lines since they last began anew, in the order in which they stand."""
    found: list[WitnessLine] = []
    for file in (*_parts(folder), folder / NAME):
        found += _lines(file)
    yield from _since_anew(tuple(found))


def bring_witness(source: Path, folder: Path) -> None:
    """Begin a witness in `folder` with the last line of the one in `source`. Raises OSError."""
    line = last_line(source)
    if line is not None:
        witness = Witness(folder)
        try:
            witness.note(line)
        finally:
            witness.close()


def note_restored(folder: Path, seq: int, head: str, desk: str, machine: str, at: datetime) -> None:
    """Begin the lines anew at entry `seq`, of a state that was put back on purpose.

    Call it once that state lies in its place. The highest numbers of before stay. Raises OSError.
    """
    witness = Witness(folder)
    try:
        witness.note(WitnessLine(seq, head, desk, machine, at, anew=True))
    finally:
        witness.close()


def _since_anew(found: tuple[WitnessLine, ...]) -> tuple[WitnessLine, ...]:
    begins = [place for place, line in enumerate(found) if line.anew]
    return found[begins[-1] :] if begins else found


def _parts(folder: Path) -> list[Path]:
    """Return the finished parts, oldest first."""
    return sorted(folder.glob(f"{NAME}.[0-9]*"))


def _set_aside(file: Path, last: WitnessLine) -> None:
    """Rename the full part and write the first line of the next. Raises OSError."""
    beginning = file.with_name(file.name + ".new")
    beginning.unlink(missing_ok=True)
    handle = _open(beginning)
    try:
        _append(handle, last)
        os.fsync(handle)
    finally:
        os.close(handle)
    finished = [int(part.suffix[1:]) for part in _parts(file.parent) if part.suffix[1:].isdigit()]
    file.replace(file.with_name(f"{file.name}.{max(finished, default=0) + 1:06d}"))
    beginning.replace(file)
    for part in _parts(file.parent)[:-KEPT_PARTS]:
        part.unlink(missing_ok=True)


def _open(file: Path) -> int:
    """Open the file to append, behind a torn last line. Raises OSError."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, 0o600)
    size = os.fstat(handle).st_size
    if size:
        os.lseek(handle, size - 1, os.SEEK_SET)
        if os.read(handle, 1) != b"\n":
            os.write(handle, b"\n")
    return handle


def _first_line(file: Path) -> int:
    """Return how many bytes the first line takes; 0 without one."""
    try:
        with file.open("rb") as opened:
            return len(opened.readline())
    except OSError:
        return 0


def _append(handle: int, line: WitnessLine) -> None:
    text = _ENCODER.encode(
        {
            "seq": line.seq,
            "head": line.head,
            "desk": line.desk,
            "machine": line.machine,
            "at": iso(line.at),
            "numbers": [[taken.series, taken.period, taken.number] for taken in line.numbers],
        }
        | ({"anew": True} if line.anew else {})
    ).encode()
    # One write: what another process appends at the same time stands before or behind it.
    os.write(handle, text + b" " + _sum(text) + b"\n")


def _lines(file: Path) -> Iterator[WitnessLine]:
    """Yield the lines whose check sum holds; torn and damaged ones are passed over."""
    try:
        text = file.read_bytes()
    except OSError:  # none, or not ours to read
        return
    yield from _readable(text)


def _readable(text: bytes) -> Iterator[WitnessLine]:
    for line in text.split(b"\n"):
        body, _blank, check = line.rpartition(b" ")
        if body and check == _sum(body):
            read = _read(body)
            if read is not None:
                yield read


def _read(body: bytes) -> WitnessLine | None:
    try:
        facts: Mapping[str, Any] = json.loads(body)
        line = WitnessLine(
            int(facts["seq"]),
            str(facts["head"]),
            str(facts["desk"]),
            str(facts["machine"]),
            datetime.fromisoformat(facts["at"]).replace(tzinfo=None),
            tuple(
                TakenNumber(str(series), str(period), int(number))
                for series, period, number in facts["numbers"]
            ),
            bool(facts.get("anew")),
        )
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError, RecursionError):
        return None  # the sum holds, so another program wrote it; its lines say nothing here
    return line if line.seq in _NUMBERS else None


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:_SUM].encode()
