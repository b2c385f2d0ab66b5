"""Moments as the systems of the provinces write them, and as a workbook keeps them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

_DAY = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4}|\d{2})"
# Minutes of one figure are a text that was cut; «8h» is a whole hour.
_TIME = (
    r"(?P<h>\d{1,2})\s*(?::\s*(?P<i>\d{2})|(?:h|g|giờ)\s*(?P<j>\d{1,2})?)"
    r"(?:\s*:\s*(?P<s>\d{1,2})(?:\.\d+)?)?\s*(?:phút|p)?\s*(?P<half>am|pm|sa|ch)?"
)
# «… - 4 ngày», «(thứ hai)», «(đã quá hạn 4 ngày)» say nothing more of the moment.
# Another day behind it leaves open which of the two counts.
_BEHIND = r"(?:(?!.*\d[/.\-]\d)(?:\s*-\s*\d+[\d.,]*\s*(?:ngày|giờ|phút|ngay|gio).*|\s*\([^()]*\)))?"
_ISO = re.compile(
    r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"(?:[t\s]+(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?)?"
    rf"(?P<zone>z|[+-]\d{{2}}:?\d{{2}})?{_BEHIND}"
)
_FIGURES = re.compile(
    r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<h>\d{2})(?P<i>\d{2})(?P<s>\d{2})?"
)
_WEEKDAY = r"(?:(?:thứ\s+\w+|t[2-7]|chủ\s+nhật|cn)\b[\s,.;\-]*)?"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(?:ngày\s*)?{_DAY}(?:[\s,;\-]+(?:lúc\s*)?{_TIME})?{_BEHIND}")
_TIME_FIRST = re.compile(rf"(?:lúc\s*)?{_TIME}[\s,;\-]*{_WEEKDAY}(?:ngày\s*)?{_DAY}{_BEHIND}")
_WORDS = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*năm\s*(\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_WORD = re.compile(
    rf"(\d{{1,2}})[\s\-]+({'|'.join(_MONTHS)})[a-z]*[\s\-,]+(\d{{4}}|\d{{2}})\b"
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})\b")
_HERE = timedelta(hours=7)  # before UTC, all over the country
_A_FIGURE = re.compile(r"\d")
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
        return within_years(cell)
    if isinstance(cell, float):
        return _of_serial(cell)
    if not isinstance(cell, str) or len(cell) > _LONGEST or not _A_FIGURE.search(cell):
        return None
    text = _plain(cell)
    patterns = (_DAY_FIRST, _TIME_FIRST, _ISO, _FIGURES)
    match = next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)
    if match is None or (not short_years and len(match["y"]) == 2):
        return None
    return _of_match(match, month_first)


def _plain(cell: str) -> str:
    """Return the text in lower case, its months as figures, letters of full width as usual."""
    text = cell
    if not cell.isascii():
        wide = unicodedata.normalize("NFKC", cell)  # with marks of direction, or of a file's begin
        text = "".join(char for char in wide if unicodedata.category(char) != "Cf")
    text = " ".join(text.lower().split()).lstrip("'")
    if "tháng" in text:
        text = _WORDS.sub(r"\1/\2/\3", text)
    elif text.isascii() and any(month in text for month in _MONTHS):
        text = _MONTH_DAY.sub(r"\2 \1 \3", text)
        text = _MONTH_WORD.sub(lambda m: f"{m[1]}/{_MONTHS.index(m[2]) + 1}/{m[3]}", text)
    return text


def _of_serial(days: float) -> datetime | None:
    if not 36_526 <= days < 73_051:  # 2000 to 2099
        return None
    moment = _SERIAL_ZERO + timedelta(days=days)
    return within_years((moment + timedelta(seconds=30)).replace(second=0, microsecond=0))


def _of_match(match: "re.Match[str]", month_first: bool) -> datetime | None:
    groups = match.groupdict()
    day, month, year = int(groups["d"]), int(groups["m"]), int(groups["y"])
    if month_first and match.re in (_DAY_FIRST, _TIME_FIRST):
        day, month = month, day
    year += 2000 if len(groups["y"]) == 2 else 0
    hour, minute = int(groups["h"] or 0), int(groups["i"] or groups.get("j") or 0)
    half = groups.get("half")
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    if half in ("am", "sa") and hour == 12:
        hour = 0
    zone = groups.get("zone")
    try:
        moment = datetime.combine(date(year, month, day), time(hour, minute))
        if zone and (hour, minute) != (0, 0):  # of midnight a day is meant
            moment += _HERE - _offset(zone)
    except (ValueError, OverflowError):  # no such day; the last one there is, of another zone
        return None
    return within_years(moment)


def _offset(zone: str) -> timedelta:
    if zone == "z":
        return timedelta()
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def within_years(moment: datetime) -> datetime | None:
    """Return the moment to the minute; None for one of no year that a list can mean."""
    if not _EARLIEST <= moment.year < _LATEST:
        return None
    if moment.second or moment.microsecond or moment.tzinfo:
        return moment.replace(second=0, microsecond=0, tzinfo=None)
    return moment
