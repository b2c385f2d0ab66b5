"""The people of the desk: who may be changed, who may not go, what becomes of an open window."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.people import accounts, people
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become
from tests.engines import by_hand


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.fixture
def managed(desk: Desk) -> Desk:
    """The desk with its administrator at it."""
    become(desk, "dung")
    return desk


def test_whoever_is_added_comes_in_by_a_one_time_password_and_must_change_it(managed: Desk) -> None:
    made = people.add(managed, "em", "Võ Thị Em", Role.CLERK, "Công chức")
    assert accounts.log_in(managed, "em", made.password).must_change
    short = partial(accounts.change_password, managed, made.password, "x")
    assert refusal(short) == "password-short"
    changed = accounts.change_password(managed, made.password, "mưa rào tháng bảy")
    assert not changed.must_change
    assert not accounts.log_in(managed, "em", "mưa rào tháng bảy").must_change
    assert upkeep.verify_ledger(managed).ok


def test_name_title_and_role_change_and_the_ledger_stays_whole(managed: Desk) -> None:
    people.change(managed, "binh", name="  Trần  Văn Bình ", title="Chuyên viên", role=Role.LEADER)
    found = {one.official.id: one.official for one in people.everyone(managed)}
    assert found["binh"] == Official("binh", "Trần Văn Bình", Role.LEADER, "Chuyên viên")
    assert upkeep.verify_ledger(managed).ok
    assert refusal(lambda: people.change(managed, "binh", name="...")) == "official-name"
    assert refusal(lambda: people.change(managed, "nobody", name="A")) == "unknown-official"


def test_only_the_administrator_changes_people(desk: Desk) -> None:
    for who in ("an", "binh", "chi"):
        become(desk, who)
        for act in (
            lambda: people.add(desk, "em", "Em", Role.CLERK),
            lambda: people.change(desk, "an", name="X"),
            lambda: people.switch(desk, "an", active=False),
            lambda: people.reset_password(desk, "an"),
            lambda: people.lift_wait(desk, "an"),
        ):
            assert refusal(act) == "role"


def test_the_last_administrator_and_the_last_signer_stay(managed: Desk) -> None:
    for login, code in (("dung", "last-administrator"), ("chi", "last-signer")):
        assert refusal(partial(people.switch, managed, login, active=False)) == code
        assert refusal(partial(people.change, managed, login, role=Role.CLERK)) == code
    people.change(managed, "binh", role=Role.ADMINISTRATOR)
    people.change(managed, "an", role=Role.LEADER)
    assert people.switch(managed, "chi", active=False).official.active is False
    assert people.switch(managed, "dung", active=False).official.active is False
    assert refusal(lambda: people.switch(managed, "dung", active=True)) == "official-disabled"


def test_who_is_switched_off_acts_in_no_open_window_and_their_dossiers_are_named(
    managed: Desk, an_intake: Callable[..., Intake]
) -> None:
    elsewhere = opening.open_desk(managed.folder, managed.clock)
    become(elsewhere, "an")
    code = intake.accept_dossier(elsewhere, an_intake()).code
    assert people.switch(managed, "an", active=False).holds == (code,)
    assert refusal(lambda: intake.accept_dossier(elsewhere, an_intake())) == "official-disabled"
    assert accounts.official_name(elsewhere, "an") == "Nguyễn Thị Hoài An"
    assert "an" not in {one.id for one in accounts.list_officials(elsewhere)}
    people.switch(managed, "an", active=True)
    assert intake.accept_dossier(elsewhere, an_intake()).code != code
    people.change(managed, "an", role=Role.PROCESSOR)
    assert refusal(lambda: intake.accept_dossier(elsewhere, an_intake())) == "official-changed"
    elsewhere.close()


def test_a_reset_password_ends_the_old_one_and_the_wait(managed: Desk) -> None:
    for _guess in range(5):
        assert refusal(lambda: accounts.log_in(managed, "an", "sai")) == "wrong-password"
    assert next(one for one in people.everyone(managed) if one.official.id == "an").waits
    made = people.reset_password(managed, "an")
    assert refusal(lambda: accounts.log_in(managed, "an", "practice")) == "wrong-password"
    assert accounts.log_in(managed, "an", made.password).must_change


def test_the_administrator_lifts_a_wait(managed: Desk) -> None:
    for _guess in range(6):
        with pytest.raises(Refused):
            accounts.log_in(managed, "an", "sai")
    assert people.lift_wait(managed, "an") == 5
    assert accounts.log_in(managed, "an", "practice")


def test_a_damaged_official_is_told_and_made_whole_again(managed: Desk) -> None:
    with by_hand(managed.folder) as database:
        database.execute("UPDATE officials SET role = 'king' WHERE id = 'an'")
        database.execute("UPDATE officials SET password_hash = 'x' WHERE id = 'binh'")
    found = {one.official.id: one for one in people.everyone(managed)}
    assert found["an"].official.is_damaged
    assert not found["binh"].can_log_in
    people.change(managed, "an", role=Role.CLERK)
    assert accounts.log_in(managed, "an", "practice").role is Role.CLERK
    become(managed, "dung")
    made = people.reset_password(managed, "binh")
    assert accounts.log_in(managed, "binh", made.password)


def test_who_answered_for_a_dossier_is_named_after_leaving(
    desk: Desk, clock: TableClock, an_intake: Callable[..., Intake]
) -> None:
    code = intake.accept_dossier(desk, an_intake()).code
    clock.now += timedelta(days=7)
    become(desk, "chi")
    responsibility.fix_responsibility(desk, code, "own-error", official="an", own_fault=True)
    become(desk, "dung")
    people.switch(desk, "an", active=False)
    assert progress.show_dossier(desk, code).responsible == "Nguyễn Thị Hoài An"
