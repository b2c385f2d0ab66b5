"""Copies of the desk's data: in which state one was found, and which ones are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

from cchc_desk.i18n import later

HOURLY, DAILY, MONTHLY = 24, 30, 12
# A pause longer than this between two copies is a clock that was set, not a holiday.
_LONGEST_PAUSE = timedelta(days=31)
_PERIODS = (("%Y-%m-%d %H", HOURLY), ("%Y-%m-%d", DAILY), ("%Y-%m", MONTHLY))


class Reason(Enum):
    """Reason why a copy was made; the value is stored."""

    HOURLY = "hourly"
    CLOSING = "closing"
    ASKED = "asked"
    UPGRADE = "upgrade"
    RESTORE = "restore"
    REPAIR = "repair"


class Soundness(Enum):
    """State in which a file of a copy was found; the value is its word in --json."""

    SOUND = "sound"
    CHANGED = "changed"  # other bytes than those that were read when it was made
    DAMAGED = "damaged"  # SQLite's own check finds faults, or it cannot be read to its end
    NOT_A_DESK = "not-a-desk"
    OTHER_DESK = "other-desk"
    NEWER = "newer"  # of a newer version of the program
    LOCKED = "locked"  # encrypted, and its key is not on this computer
    LINK = "link"  # no file of its own
    MISSING = "missing"


SOUNDNESS_WORDS = {
    Soundness.SOUND: later("lành"),
    Soundness.CHANGED: later("đã bị đổi từ khi chép"),
    Soundness.DAMAGED: later("bị hỏng"),
    Soundness.NOT_A_DESK: later("không phải dữ liệu của CCHC Desk"),
    Soundness.OTHER_DESK: later("của quầy khác"),
    Soundness.NEWER: later("do bản CCHC Desk mới hơn tạo ra"),
    Soundness.LOCKED: later("được mã hóa và khóa không có trên máy này"),
    Soundness.LINK: later("chỉ là đường tắt"),
    Soundness.MISSING: later("không còn"),
}


def kept(made: Sequence[datetime]) -> frozenset[int]:
    """Return the places of the copies to keep, given when each was made, the last made first.

    The last of each of 24 hours, 30 days and 12 months in which copies were made. Only the order of
    making counts: no copy is too old by the clock, and one set back or ahead deletes nothing.
    """
    if len(made) > 1 and not timedelta(0) <= made[0] - made[1] <= _LONGEST_PAUSE:
        return frozenset(range(len(made)))
    places: set[int] = set()
    for label, most in _PERIODS:
        names = [f"{at:{label}}" for at in made]
        # runs of one name: after a clock was set back the same hour comes a second time
        firsts = [n for n in range(len(names)) if n == 0 or names[n] != names[n - 1]]
        places.update(firsts[:most])
    return frozenset(places)
