"""Officials: log-in, names, passwords."""

import pytest

from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.people.officials import Role
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import become


def test_log_in_by_password_and_the_fifth_wrong_one_costs_a_minute(desk: Desk) -> None:
    desk.uptime = lambda: 1000
    assert accounts.log_in(desk, "an", "practice").role is Role.CLERK
    for _ in range(5):
        with pytest.raises(Refused, match="không đúng"):
            accounts.log_in(desk, "an", "sai")
    with pytest.raises(Refused, match="thử lại sau 10:01:00") as refused:
        accounts.log_in(desk, "an", "practice")
    assert refused.value.code == "wait"
    desk.uptime = lambda: 1060
    accounts.log_in(desk, "an", "practice")


def test_an_unknown_name_and_a_wrong_password_sound_the_same(desk: Desk) -> None:
    said = set()
    for who in ("an", "nobody"):
        with pytest.raises(Refused) as refused:
            accounts.log_in(desk, who, "sai")
        said.add((refused.value.code, refused.value.message))
    assert len(said) == 1


def test_officials_stand_by_given_name(desk: Desk) -> None:
    assert [who.id for who in accounts.list_officials(desk)] == ["an", "binh", "chi", "dung"]


def test_a_new_official_logs_in_and_a_taken_name_is_refused(desk: Desk) -> None:
    become(desk, "dung")
    new = NewOfficial("em", "Võ Thị Em", Role.CLERK, "", "mat-khau")
    accounts.add_official(desk, new)
    with pytest.raises(Refused, match="đã có người dùng"):
        accounts.add_official(desk, new)
    assert accounts.log_in(desk, "em", "mat-khau").name == "Võ Thị Em"


def test_changing_the_password_needs_the_old_one(desk: Desk) -> None:
    with pytest.raises(Refused):
        accounts.change_password(desk, "sai", "mat-khau-moi")
    accounts.change_password(desk, "practice", "mat-khau-moi")
    accounts.log_in(desk, "an", "mat-khau-moi")
