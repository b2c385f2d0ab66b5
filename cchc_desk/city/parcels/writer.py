"""Single writer thread: stores the parcels that have come in meanwhile in one transaction."""

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
    """Writer of one event loop; its thread begins with the first parcel, ends with the program."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._later: list[_Waiting] = []  # of a desk that has one in the batch already
        self._crowd = False
        self._thread: threading.Thread | None = None

    async def keep(self, parcel: Incoming) -> Outcome:
        """Store a parcel; return its receipt or refusal. Raises Trouble("city-database")."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._write, args=(loop,), name="writer", daemon=True
            )
            self._thread.start()
        self._queue.put((parcel, future))
        return await future

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            batch = self._next()
            outcomes: Iterable[Outcome | Exception]
            try:
                outcomes = keep(self._city, [parcel for parcel, _future in batch])
            except Exception as error:  # noqa: BLE001 - raised again in each waiting coroutine
                outcomes = [error] * len(batch)
            futures = [future for _parcel, future in batch]
            loop.call_soon_threadsafe(_set_results, list(zip(futures, outcomes, strict=True)))

    def _next(self) -> list[_Waiting]:
        """Wait for a parcel and return the batch to store, at most one parcel of each desk."""
        waiting, self._later = self._later or [self._queue.get()], []
        if self._crowd:
            time.sleep(CROWD)
        while len(waiting) < MOST and not self._queue.empty():
            waiting.append(self._queue.get())
        batch: dict[str, _Waiting] = {}
        for parcel, future in waiting:
            if parcel.desk in batch:
                self._later.append((parcel, future))
            else:
                batch[parcel.desk] = (parcel, future)
        self._crowd = len(batch) > 1
        return list(batch.values())


def _set_results(results: "list[tuple[asyncio.Future[Outcome], Outcome | Exception]]") -> None:
    """Resume the coroutines whose parcels were in the batch, on the loop, unless cancelled."""
    for future, outcome in results:
        if future.done():
            continue
        if isinstance(outcome, Refused) or not isinstance(outcome, Exception):
            future.set_result(outcome)
        else:
            future.set_exception(outcome)
