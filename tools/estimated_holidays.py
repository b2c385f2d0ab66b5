"""Days of rest that nobody has announced yet, by the law and the Vietnamese lunar calendar.

`python -m tools.estimated_holidays` writes the years FIRST to LAST anew at the end of
resources/calendar/holidays.csv. The lunar calendar is that of new moons and the sun's longitude at
UTC+7 (Meeus, Astronomical Algorithms, chapters 25 and 49, their largest terms); its days agree with
tables until 2100.

Sources of the rules (docs/sources.md, "Calendar"): Labour Code 2019, articles 111.3 and 112;
resolution 28/2026/QH16, article 2 (24/11, which stands outside article 112: no substitute). Which
five days Tết takes and which day stands beside 2/9 is decided each year: here as in every year
since 2019, a Saturday of Tết given back on the working day before, a Sunday on the one after.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from math import floor, pi, sin
from pathlib import Path
from typing import NamedTuple

FIRST, LAST = 2027, 2040
FILE = Path(__file__).parents[1] / "resources" / "calendar" / "holidays.csv"
_ZONE = 7 / 24  # of a day, before Greenwich
_EPOCH = date(2000, 1, 1).toordinal() - 2451545  # ordinal of a Julian day number
_MONTH = 29.530588853
_SATURDAY, _SUNDAY = 5, 6
_STEMS = ("Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ")
_BRANCHES = (
    *("Thân", "Dậu", "Tuất", "Hợi", "Tý", "Sửu"),
    *("Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi"),
)
# The day of rest beside 2/9, by the weekday of 2/9, as in each year since 2021.
_BESIDE_NATIONAL_DAY = {0: 1, 1: -1, 2: -1, 3: 1, 4: -1, 5: -1, 6: 1}


class Estimate(NamedTuple):
    """A day of rest, as a row of holidays.csv begins."""

    day: date
    name: str


def new_moon(number: int) -> int:
    """Return the Julian day number, at UTC+7, of the new moon `number` (0: January 1900)."""
    t = number / 1236.85
    rad = pi / 180
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    sun = (359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3) * rad
    moon = (306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3) * rad
    node = (21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3) * rad
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    shift += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    shift += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun)
    shift += -0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon)
    shift += 0.0005 * sin(sun + 2 * moon)
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2  # of dynamical time
    return floor(mean + shift - delta + 0.5 + _ZONE)


def sun_sector(julian: int) -> int:
    """Return in which twelfth of its way the sun stands at the beginning of this day (UTC+7)."""
    t = (julian - 0.5 - _ZONE - 2451545.0) / 36525
    rad = pi / 180
    mean = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * rad
    centre = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(mean)
    centre += (0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2 + centre
    return floor(longitude % 360 / 30)


def _month_of_solstice(year: int) -> int:
    """Return the number of the new moon that begins the eleventh month, which has the solstice."""
    julian = date(year, 12, 31).toordinal() - _EPOCH
    number = floor((julian - 2415021) / _MONTH)
    return number - 1 if sun_sector(new_moon(number)) >= 9 else number


def lunar_day(year: int, month: int, day: int) -> date:
    """Return a day of the lunar month `month` (1 to 9) of the year that begins in `year`."""
    first, last = _month_of_solstice(year - 1), _month_of_solstice(year)
    leap = (
        last + 1
    )  # a year of thirteen months repeats the first one without a middle of its season
    if last - first > 12:
        starts = [sun_sector(new_moon(number)) for number in range(first, last + 1)]
        leap = first + next(n for n in range(1, len(starts)) if starts[n] == starts[n - 1]) - 1
    number = first + month + 1
    number += number >= leap
    return date.fromordinal(new_moon(number) + day - 1 + _EPOCH)


def _year_name(year: int) -> str:
    return f"{_STEMS[year % 10]} {_BRANCHES[year % 12]}"


def _next_working_day(day: date, resting: set[date]) -> date:
    while day in resting or day.weekday() >= _SATURDAY:
        day += timedelta(1)
    return day


def estimates(year: int) -> list[Estimate]:
    """Return the days of rest of one year, in order."""
    tet = lunar_day(year, 1, 1)
    resting = {tet + timedelta(n) for n in range(-1, 4)}
    found = [Estimate(day, f"Tết {_year_name(year)}") for day in sorted(resting)]
    found += _given_back_for_tet(found, resting, year)
    national = date(year, 9, 2)
    beside = national + timedelta(_BESIDE_NATIONAL_DAY[national.weekday()])
    fixed = [
        Estimate(date(year, 1, 1), "Tết Dương lịch"),
        Estimate(lunar_day(year, 3, 10), "Giỗ Tổ Hùng Vương"),
        Estimate(date(year, 4, 30), "Ngày Chiến thắng"),
        Estimate(date(year, 5, 1), "Quốc tế Lao động"),
        Estimate(national, "Quốc khánh"),
        Estimate(beside, "Quốc khánh (ngày liền kề)"),
    ]
    resting |= {one.day for one in found} | {one.day for one in fixed}
    for one in fixed:
        if one.day.weekday() >= _SATURDAY:
            back = _next_working_day(one.day, resting)
            resting.add(back)
            found.append(Estimate(back, f"Nghỉ bù {one.name} ({one.day:%d/%m})"))
    found += fixed
    found.append(Estimate(date(year, 11, 24), "Ngày Văn hóa Việt Nam"))
    return sorted(found)


def _given_back_for_tet(tet: list[Estimate], resting: set[date], year: int) -> Iterator[Estimate]:
    name = f"Nghỉ bù Tết {_year_name(year)}"
    for one in tet:
        back = one.day
        while back in resting or back.weekday() >= _SATURDAY:
            back += timedelta(-1 if one.day.weekday() == _SATURDAY else 1)
        if one.day.weekday() >= _SATURDAY:
            resting.add(back)
            yield Estimate(back, f"{name} ({one.day:%d/%m})")


def rows() -> list[list[str]]:
    """Return the rows of all years as holidays.csv has them."""
    return [
        [one.day.isoformat(), "estimate", f"{one.name} (dự kiến)", "chưa công bố", "[I]"]
        for year in range(FIRST, LAST + 1)
        for one in estimates(year)
    ]


def with_estimates(text: str) -> str:
    """Return the text of holidays.csv with the estimated years written anew."""
    kept = [line for line in text.splitlines() if ",estimate," not in line]
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows())
    return "\n".join(kept) + "\n" + buffer.getvalue()


def main() -> None:
    FILE.write_text(with_estimates(FILE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
