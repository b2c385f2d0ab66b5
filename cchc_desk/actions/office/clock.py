"""The desk's clock: looked at when it is in doubt, corrected where the machine's is wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_desk.domain.ledger.facts.office import ClockConfirmed, ClockSet
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.clock import ClockDoubt
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal

_YEARS = range(2019, 2100)  # the first one-stop regime the desk knows began in 2018


@dataclass(frozen=True)
class ClockState:
    """The desk's time, the correction in it in minutes, and the doubt about it, if any."""

    now: datetime
    correction: int
    doubt: ClockDoubt | None


def state(desk: Desk) -> ClockState:
    """Return how the desk's clock stands."""
    with desk.read():
        return ClockState(desk.now(), desk.clock_correction(), desk.clock_doubt())


def confirm(desk: Desk) -> ClockState:
    """Note that somebody looked and the desk's time is right: its acts go on from it."""
    desk.require(Permission.CLOCK)
    with desk.write() as connection:
        now, head = desk.now(), journal.head(connection)
        facts = ClockConfirmed(last=head.at if head else now, now=now)
        desk.record(connection, facts, counted=False)
    desk.clock_is_sure()
    return state(desk)


def set_clock(desk: Desk, to: datetime) -> ClockState:
    """Set the desk's time by a correction of this machine's, which the ledger keeps.

    Raises Refused("clock-year") for a year that is a slip of the key.
    """
    desk.require(Permission.CLOCK)
    if to.year not in _YEARS:
        raise Refused(
            "clock-year",
            _("Năm {year} không phải giờ hiện nay; hãy ghi lại ngày giờ.").format(year=to.year),
            "day",
        )
    with desk.write() as connection:
        before, head = desk.clock_correction(), journal.head(connection)
        machine = desk.now() - timedelta(minutes=before)
        minutes = (to.replace(second=0, microsecond=0) - machine) // timedelta(minutes=1)
        value = {"machine": desk.machine, "minutes": minutes} if minutes else {}
        desk.keep_setting(connection, "clock_correction", value)
        last = head.at if head else to
        facts = ClockSet(before=before, minutes=minutes, last=last)
        # The entry itself still has the moment of the wrong clock.
        desk.record(connection, facts, event=to, tables=("settings",), counted=False)
    desk.clock_is_sure()
    return state(desk)


def correction_words(minutes: int) -> str:
    """Return the line on a desk whose time differs from its machine's; "" where it does not."""
    if not minutes:
        return ""
    days, rest = divmod(abs(minutes), 24 * 60)
    amount = _("{hours} giờ {minutes} phút").format(hours=rest // 60, minutes=rest % 60)
    if days:
        amount = _("{days} ngày {amount}").format(days=days, amount=amount)
    if minutes > 0:
        return _("Giờ quầy nhanh hơn giờ máy {amount}").format(amount=amount)
    return _("Giờ quầy chậm hơn giờ máy {amount}").format(amount=amount)
