"""The period of a page: a year, a quarter or a month in its address."""

from starlette.requests import Request

from cchc_desk.city.figures import Period
from cchc_desk.city.office import City
from cchc_desk.errors import Refused

FIRST_YEAR = 2020


def period_of(city: City, request: Request) -> tuple[str, Period]:
    """Return the period asked for (2026, 2026-q3 or 2026-11), as asked and as months.

    This year when none is asked for. Raises Refused("period").
    """
    asked = request.query_params.get("period", "") or str(city.now().year)
    year, _dash, part = asked.partition("-")
    if year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= 2100:
        if not part:
            return asked, Period(f"{year}-01", f"{year}-12")
        if part in ("q1", "q2", "q3", "q4"):
            last = int(part[1]) * 3
            return asked, Period(f"{year}-{last - 2:02d}", f"{year}-{last:02d}")
        if len(part) == 2 and part.isascii() and part.isdigit() and 1 <= int(part) <= 12:
            return asked, Period(asked, asked)
    raise Refused("period", "Kỳ viết như 2026, 2026-q3 hoặc 2026-11; hãy chọn lại.", "period")


def offered_periods(city: City) -> list[tuple[str, str]]:
    """Return (value, label) of this year and the last, their quarters and months begun."""
    now, offered = city.now(), []
    for year in (now.year, now.year - 1):
        last = now.month if year == now.year else 12
        offered.append((str(year), f"Năm {year}"))
        offered += [(f"{year}-q{q}", f"Quý {q} năm {year}") for q in range((last + 2) // 3, 0, -1)]
        offered += [
            (f"{year}-{month:02d}", f"Tháng {month} năm {year}") for month in range(last, 0, -1)
        ]
    return offered
