"""The internal deadline, set per field of work, feeds the day board and is never a lateness."""

from datetime import date, datetime, timedelta

import pytest

from cchc_desk.actions.boards import morning, morning_sheet
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, keep_settings, make_intake
from tests.papers.forms.test_read_back import joined

WEDNESDAY = datetime(2026, 11, 25, 9, 0)  # the 24th is a day of rest of this calendar


@pytest.fixture
def code(desk: Desk) -> str:
    """Accepted on Monday at ten with four working days: due on Monday the 30th."""
    return intake.accept_dossier(desk, make_intake(limit="4 ngày làm việc")).code


def near(desk: Desk) -> list[str]:
    return [row.code for row in morning.morning(desk).internal]


def test_it_comes_so_many_working_days_before_the_promise(
    desk: Desk, code: str, clock: TableClock
) -> None:
    due = progress.show_dossier(desk, code).dossier.due
    assert due == datetime(2026, 11, 30, 10, 0)
    assert near(desk) == []
    keep_settings(desk, {"internal_days": {"Hộ tịch": 2}})
    assert progress.show_dossier(desk, code).internal == date(2026, 11, 26)
    clock.now = WEDNESDAY
    assert near(desk) == []
    clock.now = WEDNESDAY + timedelta(days=1)
    assert near(desk) == [code]
    (row,) = progress.internal_due(desk)
    assert not row.late
    assert not row.letters_owed
    clock.now = datetime(2026, 11, 28, 9, 0)  # a Saturday
    assert near(desk) == [code]
    clock.now = due.replace(hour=8)
    assert near(desk) == []  # it is due today, which has a list of its own


def test_the_morning_sheet_has_them(desk: Desk, code: str, clock: TableClock) -> None:
    keep_settings(desk, {"internal_days": {"Hộ tịch": 2}})
    title = "Đã đến hạn nội bộ, chưa đến ngày hẹn (1)"
    assert title not in joined(morning_sheet.sheet_drawing(desk).pdf())
    clock.now = WEDNESDAY + timedelta(days=1)
    text = joined(morning_sheet.sheet_drawing(desk).pdf())
    assert title in text
    assert code in text.partition(title)[2].partition("Đã trễ")[0]


def test_each_field_has_its_own_days(desk: Desk, code: str, clock: TableClock) -> None:
    clock.now = WEDNESDAY + timedelta(days=1)
    for days, there in (
        ({"Đất đai": 3}, []),
        ({"*": 3}, [code]),
        ({"*": 3, "Hộ tịch": 0}, []),
        ({"*": 1, "Hộ tịch": 2}, [code]),
        ({"*": 1}, []),
    ):
        keep_settings(desk, {"internal_days": days})
        assert near(desk) == there, days


def test_what_is_done_or_stands_still_is_not_on_the_board(
    desk: Desk, code: str, clock: TableClock
) -> None:
    keep_settings(desk, {"internal_days": {"*": 3}})
    clock.now = WEDNESDAY
    become(desk, "binh")
    assert near(desk) == []  # the dossier is somebody else's
    become(desk, "an")
    steps.request_supplement(desk, code, "Thiếu bản sao")
    assert near(desk) == []
    steps.supplement_brought(desk, code)
    assert near(desk) == [code]
    steps.pause(desk, code, PauseKind.OPINION, "hỏi")  # by its procedure the clock runs on
    assert near(desk) == [code]
    steps.mark_ready(desk, code)
    assert near(desk) == []


def test_only_whole_days_of_named_fields_are_taken(desk: Desk) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {"internal_days": {"Hộ tịch": 2, "*": 1}})
    assert desk.settings["internal_days"] == {"Hộ tịch": 2, "*": 1}
    for wrong in ({"Hộ tịch": -1}, {"Hộ tịch": 31}, {"Hộ tịch": "2"}, {"Hộ tịch": True}, [2]):
        with pytest.raises(Refused) as no:
            office_settings.change_settings(desk, {"internal_days": wrong})
        assert (no.value.code, no.value.field) == ("setting", "internal_days")
