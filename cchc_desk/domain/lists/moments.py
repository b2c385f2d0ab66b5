"""Moments as the systems of the provinces write them, and as a workbook keeps them."""

import re
from datetime import date, datetime, time, timedelta

_DAY = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4}|\d{2})"
_TIME = (
    r"(?P<h>\d{1,2})\s*(?::|h|g|giờ)\s*(?P<i>\d{1,2})?(?:\s*:\s*(?P<s>\d{1,2})(?:\.\d+)?)?"
    r"\s*(?:phút|p)?\s*(?P<half>am|pm|sa|ch)?"
)
_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[t\s]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?)?(?:z|[+-]\d{2}:?\d{2})?"
)
_BEHIND = r"(?:\s*-\s*\d+[\d.,]*\s*(?:ngày|giờ|phút|ngay|gio).*)?"  # «… - 4 ngày»
_DAY_FIRST = re.compile(rf"(?:ngày\s*)?{_DAY}(?:[\s,;\-]+(?:lúc\s*)?{_TIME})?{_BEHIND}")
_TIME_FIRST = re.compile(rf"(?:lúc\s*)?{_TIME}[\s,;\-]*(?:ngày\s*)?{_DAY}{_BEHIND}")
_EARLIEST, _LATEST = 2000, 2100  # years, the last one without
_SERIAL_ZERO = datetime(1899, 12, 30)  # of a workbook's days
_LONGEST = 80


def read_moment(
    cell: object, *, month_first: bool = False, short_years: bool = True
) -> datetime | None:
    """Return the moment that a cell holds, to the minute; None where it holds none.

    A day without an hour is its midnight. A number is a workbook's count of days. Without
    `short_years` a year of two figures is half a year: of a text that was cut.
    """
    if isinstance(cell, datetime):
        return _within(cell)
    if isinstance(cell, float):
        return _of_serial(cell)
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = " ".join(cell.lower().split())
    match = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text) or _TIME_FIRST.fullmatch(text)
    if match is None or (not short_years and len(match["y"]) == 2):
        return None
    return _of_match(match, month_first)


def _of_serial(days: float) -> datetime | None:
    if not 36_526 <= days < 73_051:  # 2000 to 2099
        return None
    moment = _SERIAL_ZERO + timedelta(days=days)
    return _within((moment + timedelta(seconds=30)).replace(second=0, microsecond=0))


def _of_match(match: "re.Match[str]", month_first: bool) -> datetime | None:
    groups = match.groupdict()
    day, month, year = int(groups["d"]), int(groups["m"]), int(groups["y"])
    if month_first and match.re is not _ISO:
        day, month = month, day
    year += 2000 if year < 100 else 0
    hour, minute = int(groups["h"] or 0), int(groups["i"] or 0)
    half = groups.get("half")
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    if half in ("am", "sa") and hour == 12:
        hour = 0
    try:
        return _within(datetime.combine(date(year, month, day), time(hour, minute)))
    except ValueError:
        return None


def _within(moment: datetime) -> datetime | None:
    if not _EARLIEST <= moment.year < _LATEST:
        return None
    if moment.second or moment.microsecond or moment.tzinfo:
        return moment.replace(second=0, microsecond=0, tzinfo=None)
    return moment
