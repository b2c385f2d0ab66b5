"""Every administrator is lost: two people, or one and the sealed sheet, give a new password."""

from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk, upkeep
from cchc_desk.actions.people import accounts, people, recovery
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.recovery_code import new_code
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import become

WORD = practice.PASSWORD


def code_of(desk: Desk, helpers: tuple[str, ...], code: str = "") -> str:
    """The refusal of a recovery by these people; "" where it gives a password that holds."""
    try:
        made = recovery.recover(desk, dict.fromkeys(helpers, WORD), "dung", code)
    except Refused as refused:
        return refused.code
    official = accounts.log_in(desk, "dung", made.administrator.password)
    assert official.must_change
    return ""


@pytest.mark.parametrize(
    ("helpers", "with_sheet", "refused"),
    [
        (("chi", "an"), False, ""),
        (("chi",), True, ""),
        (("an", "binh"), True, ""),
        (("chi",), False, "recovery-people"),
        (("an", "binh"), False, "recovery-people"),
        (("an",), True, "recovery-people"),
        ((), True, "recovery-people"),
    ],
)
def test_who_is_enough(
    desk: Desk, helpers: tuple[str, ...], with_sheet: bool, refused: str
) -> None:
    become(desk, "dung")
    sheet = recovery.new_sheet(desk)
    assert code_of(desk, helpers, sheet.code if with_sheet else "") == refused
    assert upkeep.verify_ledger(desk).ok


def test_a_sheet_is_used_once_and_a_new_one_follows(desk: Desk) -> None:
    become(desk, "dung")
    older, sheet = recovery.new_sheet(desk), recovery.new_sheet(desk)
    assert code_of(desk, ("chi",), older.code) == "recovery-code"
    made = recovery.recover(desk, {"chi": WORD}, "dung", sheet.code.lower().replace("-", " "))
    assert made.sheet
    assert made.sheet.number == sheet.number + 1
    assert code_of(desk, ("chi",), sheet.code) == "recovery-code"
    assert code_of(desk, ("chi",), made.sheet.code) == ""


def test_wrong_codes_and_wrong_passwords_cost_waits(desk: Desk) -> None:
    become(desk, "dung")
    sheet = recovery.new_sheet(desk)
    answers = [code_of(desk, ("chi",), new_code()) for _guess in range(6)]
    assert answers == ["recovery-code"] * 5 + ["wait"]
    assert code_of(desk, ("chi",), sheet.code) == "wait"
    for _guess in range(5):
        with pytest.raises(Refused):
            recovery.recover(desk, {"chi": "sai", "an": WORD}, "dung")
    assert code_of(desk, ("chi", "an")) == "wait"


def test_a_new_administrator_where_the_old_one_left(desk: Desk) -> None:
    with pytest.raises(Refused, match="không phải quản trị"):
        recovery.recover(desk, {"chi": WORD, "an": WORD}, "binh")
    made = recovery.recover(desk, {"chi": WORD, "an": WORD}, "giap", new_name="Đỗ Văn Giáp")
    who = accounts.log_in(desk, "giap", made.administrator.password)
    assert (who.name, who.role, who.must_change) == ("Đỗ Văn Giáp", Role.ADMINISTRATOR, True)
    people.switch(desk, "dung", active=False)


def test_the_sheet_of_a_new_desk_is_made_before_anybody_logs_in_and_then_no_more(
    tmp_path: Path,
) -> None:
    desk = new_desk.set_up(tmp_path / "desk", practice.plan())
    sheet = recovery.first_sheet(desk)
    with pytest.raises(Refused):
        recovery.first_sheet(desk)
    assert code_of(desk, ("chi",), sheet.code) == ""
    desk.close()
    held = b"".join(file.read_bytes() for file in (tmp_path / "desk").glob("desk.db*"))
    assert sheet.code.encode() not in held


def test_three_who_do_not_lead_need_no_sheet(desk: Desk) -> None:
    become(desk, "dung")
    accounts.add_official(desk, NewOfficial("hoa", "Lê Thị Hoa", Role.CLERK, "", WORD))
    assert code_of(desk, ("an", "binh", "hoa")) == ""


def test_where_nobody_leads_one_less_is_enough(tmp_path: Path) -> None:
    plan = practice.plan()
    plan = replace(
        plan, officials=tuple(one for one in plan.officials if one.role is not Role.LEADER)
    )
    desk = new_desk.set_up(tmp_path, plan, practice=True)
    with pytest.raises(Refused, match=r"Cần hai người, hoặc một người cùng phiếu khôi phục\."):
        recovery.recover(desk, {"an": WORD}, "dung")
    assert code_of(desk, ("an", "binh")) == ""
    desk.close()
