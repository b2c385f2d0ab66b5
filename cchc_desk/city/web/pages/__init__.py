"""Pages of the city's reform officers, in Vietnamese, rendered here without any script."""

from functools import partial

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import resources
from cchc_desk.city.office import City
from cchc_desk.city.web.pages import (
    access,
    alarms,
    desks,
    one_ward,
    papers,
    publications,
    strikes,
    wards,
)
from cchc_desk.city.web.pages.access import Act, Page
from cchc_desk.city.web.pages.rendering import error_pages as error_pages


def routes(city: City) -> list[Route | Mount]:
    """Return the routes of all pages; every one but the log-in needs an officer's session."""
    pages: dict[str, Page] = {
        "/": wards.page,
        "/wards.xlsx": wards.sheet,
        "/ward/{code}": one_ward.page,
        "/ward/{code}/months.xlsx": one_ward.sheet,
        "/strikes": strikes.page,
        "/strikes.xlsx": strikes.sheet,
        "/alarms": alarms.page,
        "/desks": desks.page,
        "/news": publications.page,
        "/papers": papers.page,
    }
    acts: dict[str, Act] = {
        "/alarms/{n:int}": alarms.answer,
        "/desks/ward": desks.add_ward,
        "/desks/invite": desks.invite,
        "/desks/close": desks.close,
        "/news/message": publications.publish_message,
        "/papers": papers.check,
        "/logout": access.log_out,
    }
    return [
        Route("/login", partial(access.log_in_page, city), methods=["GET"]),
        Route("/login", partial(access.log_in, city), methods=["POST"]),
        Mount("/fonts", StaticFiles(directory=str(resources.path("fonts")))),
        *(
            Route(path, partial(access.for_officer, city, page), methods=["GET"])
            for path, page in pages.items()
        ),
        *(
            Route(path, partial(access.by_form, city, act), methods=["POST"])
            for path, act in acts.items()
        ),
    ]
