"""Whose step is looked at first when a dossier is late."""

from datetime import datetime

import pytest

from cchc_desk.domain.dossiers.segments import Segment, at_fault

DUE = datetime(2026, 11, 25, 10, 0)


def segment(
    official: str, began: str, worked: int = 60, budget: int | None = None, ended: str | None = None
) -> Segment:
    return Segment(
        official,
        "Thẩm định",
        "",
        datetime.fromisoformat(began),
        datetime.fromisoformat(ended) if ended else None,
        worked,
        budget,
    )


@pytest.mark.parametrize(
    ("segments", "official"),
    [
        (  # the most over its own limit, wherever the due moment passed
            [
                segment("an", "2026-11-23T08:00", worked=90, budget=30, ended="2026-11-23T10:00"),
                segment(
                    "binh", "2026-11-23T10:00", worked=500, budget=120, ended="2026-11-25T09:00"
                ),
                segment("chi", "2026-11-25T09:00", worked=200, budget=60),
            ],
            "binh",
        ),
        (  # all within their limits: in whose hands it passed
            [
                segment("an", "2026-11-23T08:00", worked=30, budget=30, ended="2026-11-23T10:00"),
                segment(
                    "binh", "2026-11-23T10:00", worked=120, budget=120, ended="2026-11-26T09:00"
                ),
                segment("chi", "2026-11-26T09:00", worked=10, budget=60),
            ],
            "binh",
        ),
        (  # no limits at all, handed over in the very minute
            [segment("an", "2026-11-23T08:00"), segment("binh", "2026-11-25T10:00")],
            "binh",
        ),
        (  # the named steps all began after the due moment
            [segment("binh", "2026-11-26T08:00"), segment("chi", "2026-11-27T08:00")],
            "chi",
        ),
    ],
)
def test_the_step_at_fault(segments: list[Segment], official: str) -> None:
    assert at_fault(segments, DUE).official == official


@pytest.mark.parametrize(
    ("worked", "budget", "over"), [(90, 30, 60), (30, 30, 0), (5, 30, 0), (500, None, None)]
)
def test_minutes_over_the_limit_of_a_step(
    worked: int, budget: int | None, over: int | None
) -> None:
    assert segment("an", "2026-11-23T08:00", worked=worked, budget=budget).over == over
