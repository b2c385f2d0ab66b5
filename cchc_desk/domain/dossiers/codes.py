"""Codes of dossiers as a screen shows them."""

from datetime import date

_DAY_DIGITS = 6


def short_code(code: str, today: date | None = None) -> str:
    """Return the number of a code, with its day where that is not `today`.

    `…0007` for `H13.31-261118-0007` on that day, `18/11 …0007` on others of that year, else
    `18/11/2026 …0007`: always so where `today` is None, as in a book of several years. A code
    without a day is cut to its last group, one of a single group stays.
    """
    before, _dash, number = code.rpartition("-")
    if not before:
        return code
    day = _day(before.rpartition("-")[2])
    if day is None or day == today:
        return f"…{number}"
    is_this_year = today is not None and day.year == today.year
    return f"{day:%d/%m} …{number}" if is_this_year else f"{day:%d/%m/%Y} …{number}"


def _day(group: str) -> date | None:
    """Return the day of a group such as `261118`, None for any other."""
    if len(group) != _DAY_DIGITS or not (group.isascii() and group.isdigit()):
        return None
    try:
        return date(2000 + int(group[:2]), int(group[2:4]), int(group[4:]))
    except ValueError:
        return None
