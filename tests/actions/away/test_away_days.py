"""Random days with away desks: merged equal to the union, conflicts listed, none silent."""

import os

import pytest

from tools.ward import away_days

DAYS = int(os.environ.get("DAYS", "3"))


@pytest.mark.parametrize(
    "server",
    [
        pytest.param(False, id="one PC", marks=pytest.mark.one_pc("its home is a file")),
        pytest.param(True, id="PostgreSQL"),
    ],
)
def test_what_comes_home_is_the_union_of_both_sides(server: bool) -> None:
    assert away_days.play(DAYS, 20261130, server=server) == 0
