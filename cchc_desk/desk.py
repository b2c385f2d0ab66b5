"""Desk: what an action needs - the database, the settings, the calendar, the clock and who is logged in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk.domain.calendar import Calendar
from cchc_desk.domain.officials import Act, Official, require
from cchc_desk.domain.regime import Regime
from cchc_desk.settings import Settings
from cchc_desk.store import journal, registers
from cchc_desk.store.database import Connection, Database

Clock = Callable[[], datetime]


@dataclass
class Desk:
    """One open desk. Actions take it first; nothing in it knows of a window."""

    folder: Path
    database: Database
    id: str
    settings: Settings
    calendar: Calendar
    regimes: tuple[Regime, ...]
    clock: Clock
    official: Official | None = field(default=None)

    @property
    def practice(self) -> bool:
        """Whether this is the practice ward: fake people, watermarked papers."""
        return bool(self.settings["practice"])

    def now(self) -> datetime:
        """The desk's own time, cut to the minute (docs/promise.md 2)."""
        return self.clock().replace(second=0, microsecond=0, tzinfo=None)

    def require(self, act: Act) -> Official:
        """Who is logged in, when that role may do `act`; Refused otherwise."""
        return require(self.official, act)

    def record(
        self,
        connection: Connection,
        act: Act,
        code: str = "",
        *,
        event: datetime | None = None,
        **details: Any,
    ) -> None:
        """Chains `act` to the ledger inside the caller's transaction and marks the day as changed."""
        now = self.now()
        journal.append(
            connection,
            desk=self.id,
            at=now,
            event=event or now,
            official=self.official.id if self.official else "",
            act=act.value,
            code=code,
            details=details,
        )
        registers.day_changed(connection, (event or now).date())

    def close(self) -> None:
        self.database.close()
