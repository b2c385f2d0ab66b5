"""Settings: the administrator's, all of a change or none."""

from datetime import timedelta

import pytest

from cchc_desk.actions.office import office_settings
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, become


def test_settings_are_the_administrators_and_all_or_nothing(desk: Desk) -> None:
    with pytest.raises(Refused, match="quản trị"):
        office_settings.change_settings(desk, {"notice_days": 2})
    become(desk, "dung")
    with pytest.raises(Refused, match="từ 1 đến 10"):
        office_settings.change_settings(desk, {"hotline": "0292", "notice_days": 11})
    assert (desk.settings["hotline"], desk.settings["notice_days"]) == ("", 1)
    office_settings.change_settings(desk, {"office_hours": {"mon-sat": "08:00-12:00"}})
    assert desk.calendar.is_working_day(MONDAY.date() + timedelta(days=5))
