"""A ward whose stations are killed, whose server stops, whose lines lose answers: make ward."""

import pytest

from tools.ward import bad_day
from tools.ward.bad_day import DONE, NOT_DONE, UNKNOWN, Kept, Tried


@pytest.mark.sweep
def test_a_short_bad_day_loses_and_doubles_nothing() -> None:
    assert bad_day.play(stations=4, acts=120, seed=7) == 0


ACCEPT, SHELVE = Kept("accept", "0001", "a"), Kept("shelve", "0001", "")


@pytest.mark.parametrize(
    ("tried", "kept", "found"),
    [
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", DONE)], [ACCEPT, SHELVE], ""),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", NOT_DONE)], [ACCEPT], ""),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", UNKNOWN)], [ACCEPT], ""),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", UNKNOWN)], [ACCEPT, SHELVE], ""),
        (
            [("shelve", "0001", "b", UNKNOWN), ("shelve", "0001", "c", DONE)],
            [SHELVE],
            "",  # the first never came through
        ),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", DONE)], [ACCEPT], "lost"),
        ([("accept", "", "a", DONE)], [Kept("accept", "0002", "x")], "lost"),
        ([("accept", "", "a", NOT_DONE)], [ACCEPT], "nobody did it"),
        ([("accept", "", "a", DONE)], [ACCEPT, ACCEPT], "nobody did it, or twice"),
        (
            [("shelve", "0001", "b", UNKNOWN), ("shelve", "0001", "c", DONE)],
            [SHELVE, SHELVE, SHELVE],
            "nobody did it, or twice",
        ),
    ],
)
def test_the_recount_finds_what_is_lost_or_doubled(
    tried: list[tuple[str, str, str, str]], kept: list[Kept], found: str
) -> None:
    told = "; ".join(bad_day.differences([Tried(*one) for one in tried], kept))
    assert told.startswith(found) if found else not told
