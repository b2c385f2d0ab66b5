"""The one hand that writes: takes all parcels that have come in meanwhile and keeps them together
(keep.py).
"""

import asyncio
import queue
import threading
import time
from collections.abc import Iterable

from cchc_desk.city.office import City
from cchc_desk.city.parcels.store_parcels import Incoming, keep
from cchc_desk.errors import Refused

MOST = 32  # parcels in one transaction
CROWD = 0.005  # seconds to wait for others to come along, while several come at a time

Outcome = str | Refused
_Waiting = tuple[Incoming, "asyncio.Future[Outcome]"]


class Writer:
    """Of one event loop. Its thread begins with the first parcel and ends with the program."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._later: list[_Waiting] = []  # of a desk that has one in the batch already
        self._crowd = False
        self._thread: threading.Thread | None = None

    async def keep(self, one: Incoming) -> Outcome:
        """Its receipt or why not, once it is written; Trouble where the database failed."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._write, args=(loop,), name="writer", daemon=True
            )
            self._thread.start()
        self._queue.put((one, future))
        return await future

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            batch = self._next()
            outcomes: Iterable[Outcome | Exception]
            try:
                outcomes = keep(self._city, [one for one, _future in batch])
            except Exception as error:  # noqa: BLE001 - each who waits hears of it, and answers for itself
                outcomes = [error] * len(batch)
            told = [
                (future, outcome) for (_one, future), outcome in zip(batch, outcomes, strict=True)
            ]
            loop.call_soon_threadsafe(_tell, told)

    def _next(self) -> list[_Waiting]:
        """What waits, one parcel of each desk; waits for the first."""
        waiting, self._later = self._later or [self._queue.get()], []
        if self._crowd:
            time.sleep(CROWD)
        while len(waiting) < MOST and not self._queue.empty():
            waiting.append(self._queue.get())
        batch: dict[str, _Waiting] = {}
        for each in waiting:
            if each[0].desk in batch:
                self._later.append(each)
            else:
                batch[each[0].desk] = each
        self._crowd = len(batch) > 1
        return list(batch.values())


def _tell(told: "list[tuple[asyncio.Future[Outcome], Outcome | Exception]]") -> None:
    """On the loop: everybody whose parcel was in the batch goes on; who hung up meanwhile is
    gone.
    """
    for future, outcome in told:
        if future.done():
            continue
        if isinstance(outcome, Refused) or not isinstance(outcome, Exception):
            future.set_result(outcome)
        else:
            future.set_exception(outcome)
