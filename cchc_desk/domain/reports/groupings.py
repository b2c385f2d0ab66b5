"""What one row of a report is of: a group of dossiers, or a part of the period."""

from datetime import date, timedelta
from enum import Enum

from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later


class Grouping(Enum):
    """What one row of a report is of; the value is its name on the command line."""

    FIELD = "field"
    PROCEDURE = "procedure"
    CHANNEL = "channel"
    OFFICIAL = "official"
    ORIGIN = "origin"
    DESK = "desk"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def is_of_time(self) -> bool:
        """True where a row is a part of the period."""
        return self in _MONTHS or self in (Grouping.DAY, Grouping.WEEK)


# The title of the column that names the group.
ROW_TITLES = {
    Grouping.FIELD: later("Lĩnh vực"),
    Grouping.PROCEDURE: later("Thủ tục"),
    Grouping.CHANNEL: later("Kênh nộp"),
    Grouping.OFFICIAL: later("Người giữ hồ sơ"),
    Grouping.ORIGIN: later("Hệ thống"),
    Grouping.DESK: later("Quầy"),
    Grouping.DAY: later("Ngày"),
    Grouping.WEEK: later("Tuần"),
    Grouping.MONTH: later("Tháng"),
    Grouping.QUARTER: later("Quý"),
    Grouping.HALF_YEAR: later("Nửa năm"),
    Grouping.YEAR: later("Năm"),
}
_MONTHS = {
    Grouping.MONTH: 1,
    Grouping.QUARTER: 3,
    Grouping.HALF_YEAR: 6,
    Grouping.YEAR: 12,
}
MOST_PARTS = 400  # a year by days; each is counted for itself
_ROMAN = ("I", "II", "III", "IV")
Days = tuple[date, date]


def parts(first: date, last: date, grouping: Grouping) -> tuple[Days, ...]:
    """Return the parts of a period, both days included, the first and the last one cut by it.

    Raises Refused("too-many-parts").
    """
    found: list[Days] = []
    day = first
    while day <= last:
        end = _end(day, grouping)
        found.append((day, min(end, last)))
        day = end + timedelta(days=1)
        if len(found) > MOST_PARTS:
            raise Refused(
                "too-many-parts",
                Message(
                    "Kỳ này chia ra quá {most} dòng; hãy chia thưa hơn hoặc chọn kỳ ngắn hơn.",
                    most=MOST_PARTS,
                ),
            )
    return tuple(found)


def _end(day: date, grouping: Grouping) -> date:
    """Return the last day of the part of time in which a day is."""
    if grouping is Grouping.DAY:
        return day
    if grouping is Grouping.WEEK:
        return day + timedelta(days=6 - day.weekday())
    months = _MONTHS[grouping]
    following = day.year * 12 + (day.month - 1) // months * months + months
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def part_name(first: date, last: date, grouping: Grouping) -> str:
    """Return the name of a part as a Vietnamese report writes it."""
    match grouping:
        case Grouping.DAY:
            return f"{first:%d/%m/%Y}"
        case Grouping.WEEK:
            year, week, _day = last.isocalendar()
            return f"Tuần {week}/{year} (từ {first:%d/%m})"
        case Grouping.MONTH:
            return f"Tháng {first:%m/%Y}"
        case Grouping.QUARTER:
            return f"Quý {_ROMAN[(first.month - 1) // 3]}/{first.year}"
        case Grouping.HALF_YEAR:
            return f"6 tháng {'đầu' if first.month <= 6 else 'cuối'} năm {first.year}"
    return f"Năm {first.year}"
