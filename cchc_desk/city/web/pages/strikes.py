"""Officials late by their own fault several times in a year, as a page and as a workbook."""

from starlette.requests import Request
from starlette.responses import Response

from cchc_desk.city import figures
from cchc_desk.city.figures import Strikes
from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.periods import FIRST_YEAR, period_of
from cchc_desk.city.web.pages.rendering import STANDINGS, rendered, workbook
from cchc_desk.domain.table import Column

_COLUMNS: tuple[Column[Strikes], ...] = (
    Column("Mã đơn vị", lambda row: row.ward),
    Column("Xã, phường", lambda row: row.ward_name),
    Column("Công chức (mã)", lambda row: row.official),
    Column("Số lần", lambda row: str(row.count)),
    Column("Kết luận", lambda row: STANDINGS[row.standing]),
    Column("Hồ sơ", lambda row: ", ".join(code for code, _due, _cause in row.dossiers)),
)


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render the strikes of the year asked for."""
    _asked, period = period_of(city, request)
    with city.database.begin() as connection:
        rows = figures.strikes(connection, period.year)
    return rendered(
        city,
        request,
        officer,
        "strikes.html",
        title="Ba lần trễ hẹn",
        strikes=rows,
        year=period.year,
        years=range(city.now().year, max(FIRST_YEAR, city.now().year - 3) - 1, -1),
        regime=figures.regime_of(period.year),
    )


def sheet(city: City, request: Request, officer: Officer) -> Response:
    """Return the strikes of the year as a workbook, and record the export."""
    _asked, period = period_of(city, request)
    with city.database.begin() as connection:
        rows = figures.strikes(connection, period.year)
        city.note(connection, officer.login, "export", sheet="strikes", period=str(period.year))
    return workbook(city, f"ba-lan-tre-{period.year}", "Ba lần trễ hẹn", _COLUMNS, rows)
