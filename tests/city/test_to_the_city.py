"""A desk and its city: what the one counted the other holds, each day once, whatever came between."""

from collections.abc import Callable

from sqlalchemy import text

from cchc_desk.actions import intake, sending, steps
from cchc_desk.city.office import City
from cchc_desk.desk import Desk
from tests.actions.conftest import TableClock, make_intake
from tests.city.conftest import enrol, later_by, serving


def test_a_desk_enrols_and_what_it_counted_stands_at_the_city(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        code = intake.accept_dossier(desk, make_intake()).code
        later_by(clock, days=3)
        taken = sending.send(desk)
        assert (taken.trouble, taken.receipts) == ("", (1,))
        with any_city.database.begin() as connection:
            rows = connection.execute(text("SELECT day, received, open, open_late, late FROM days ORDER BY day")).all()
        assert [tuple(row) for row in rows] == [
            ("2026-11-23", 1, 1, 0, 0),
            ("2026-11-24", 0, 1, 0, 0),  # a holiday: the dossier is due on the day after it
            ("2026-11-25", 0, 1, 0, 1),
            ("2026-11-26", 0, 1, 1, 0),
        ]
        assert code
        assert sending.state(desk).waiting == 0
        steps.mark_ready(desk, code)
        assert sending.send(desk).receipts == (2,)
        assert sending.state(desk).parcels[0].difference == ""
