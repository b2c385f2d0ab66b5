"""Guessing a password: counted whoever guesses at once, waits that grow and end, told in the
ledger.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk, upkeep
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.domain.ledger.facts.base import Facts
from cchc_desk.domain.ledger.facts.people import LoggedIn, LogInFailed, LogInLocked
from cchc_desk.domain.ledger.facts.reading import read
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.tries import WAITS
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from tests.actions.conftest import TableClock
from tests.engines import by_hand, held, wait_shortly


def code_of(desk: Desk, login: str, password: str) -> str:
    """The code with which this log-in is refused; "" where it is none."""
    try:
        accounts.log_in(desk, login, password)
    except (Refused, Trouble) as error:
        return error.code
    return ""


UNTYPED = pytest.mark.one_pc("a value that a typed column cannot hold")


def log_ins(desk: Desk) -> list[Facts]:
    """What the ledger has about log-ins."""
    with desk.read() as connection:
        return [read(e.act, e.details) for e in journal.raw_entries_by(connection, "log-in", 0)]


def damage(desk: Desk, sql: str) -> None:
    with by_hand(desk.folder) as database:
        database.execute(sql)


def test_forty_guesses_at_once_are_five_and_then_a_wait(desk: Desk) -> None:
    together = threading.Barrier(40)

    def guess(number: int) -> str:
        together.wait()
        return code_of(desk, "chi", f"guess {number}")

    with ThreadPoolExecutor(40) as pool:
        answers = Counter(pool.map(guess, range(40)))
    assert answers == {"wrong-password": 5, "wait": 35}
    assert code_of(desk, "chi", "practice") == "wait"
    assert [type(fact) for fact in log_ins(desk)] == [LogInFailed, LogInLocked]


def test_forty_right_ones_at_once_all_come_in_and_nothing_is_written(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _n: code_of(desk, "chi", "practice"), range(40))) == {""}
    assert log_ins(desk) == []


def test_waits_grow_to_a_quarter_of_an_hour_and_no_further(desk: Desk) -> None:
    time = 5000.0
    desk.uptime = lambda: time
    for _guess in range(4):
        assert code_of(desk, "an", "sai") == "wrong-password"
    for wait in (*WAITS, WAITS[-1], WAITS[-1]):
        assert code_of(desk, "an", "sai") == "wrong-password"
        time += wait - 1
        assert code_of(desk, "an", "practice") == "wait"
        time += 1
    assert code_of(desk, "an", "practice") == ""
    assert code_of(desk, "an", "sai") == "wrong-password"  # counted from the beginning


@pytest.mark.parametrize("days", [-366, 366, 40_000])
def test_a_wrong_clock_locks_nobody_out_for_longer(
    desk: Desk, clock: TableClock, days: int
) -> None:
    desk.uptime = lambda: 5000
    clock.now += timedelta(days=days)
    for _guess in range(5):
        code_of(desk, "chi", "sai")
    clock.now -= timedelta(days=days)
    assert code_of(desk, "chi", "practice") == "wait"
    desk.uptime = lambda: 5000 + WAITS[0]
    assert code_of(desk, "chi", "practice") == ""


def test_setting_the_clock_ahead_or_starting_the_machine_again_shortens_no_wait(
    desk: Desk, clock: TableClock
) -> None:
    desk.uptime = lambda: 90_000
    for _guess in range(5):
        code_of(desk, "chi", "sai")
    clock.now += timedelta(days=3)
    assert code_of(desk, "chi", "practice") == "wait"
    desk.uptime = lambda: 30  # since the machine began anew
    assert code_of(desk, "chi", "practice") == "wait"
    desk.uptime = lambda: WAITS[0]
    assert code_of(desk, "chi", "practice") == ""


@pytest.mark.parametrize("failures", ["-1", pytest.param("'x'", marks=UNTYPED)])
def test_a_wait_in_the_file_that_never_ends_ends(desk: Desk, failures: str) -> None:
    code_of(desk, "chi", "sai")
    damage(desk, f"UPDATE log_in_tries SET wait = 999999999, uptime = 100, failures = {failures}")
    desk.uptime = lambda: 100
    assert code_of(desk, "chi", "practice") == "wait"
    desk.uptime = lambda: 100 + WAITS[-1]
    assert code_of(desk, "chi", "practice") == ""


def test_no_guess_is_answered_while_another_program_holds_the_file(desk: Desk) -> None:
    with held(desk.folder):
        with desk.database.read() as connection:
            wait_shortly(connection)
        assert code_of(desk, "chi", "practice") == "database-locked"
        assert code_of(desk, "chi", "sai") == "database-locked"
    assert code_of(desk, "chi", "practice") == ""


def test_a_name_that_nobody_has_is_answered_as_a_wrong_password_is(desk: Desk) -> None:
    def answers(login: str) -> list[str]:
        said = []
        for _guess in range(7):
            with pytest.raises(Refused) as refused:
                accounts.log_in(desk, login, "sai")
            said.append(refused.value.message)
        return said

    desk.uptime = lambda: 5000
    assert answers("chi") == answers("khong-co")
    for number in range(30):
        code_of(desk, f"ten-{number}", "sai")
    assert log_ins(desk)[2:] == [LogInFailed("", 1)]  # once a day: a name may be a password


def test_the_ledger_has_log_ins_at_the_window_and_those_after_a_wrong_password(desk: Desk) -> None:
    accounts.log_in(desk, "an", "practice")
    accounts.log_in(desk, "an", "practice", at_window=True)
    for _guess in range(3):
        code_of(desk, "an", "sai")
    accounts.log_in(desk, "an", "practice")
    assert log_ins(desk) == [
        LoggedIn("an", at_window=True),
        LogInFailed("an", 1),
        LoggedIn("an", at_window=False, after_failures=3),
    ]
    assert upkeep.verify_ledger(desk).ok


@pytest.mark.parametrize(
    "damaged", ["x", "", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$", "$argon2id$v=19$m=8,t=1$a$b"]
)
def test_a_damaged_hash_is_a_wrong_password_and_keeps_nobody_else_out(
    desk: Desk, damaged: str
) -> None:
    damage(desk, f"UPDATE officials SET password_hash = '{damaged}' WHERE id = 'chi'")
    assert code_of(desk, "chi", "practice") == "wrong-password"
    assert code_of(desk, "an", "practice") == ""


@pytest.mark.parametrize(
    "damaged",
    [
        "role = 'king'",
        "role = x'ff00'",
        pytest.param("name = x'c3'", marks=UNTYPED),
        pytest.param("active = 'perhaps'", marks=UNTYPED),
        "active = 7",
        pytest.param("must_change = 'x'", marks=UNTYPED),
    ],
)
def test_a_damaged_row_of_one_keeps_nobody_else_out(desk: Desk, damaged: str) -> None:
    damage(desk, f"UPDATE officials SET {damaged} WHERE id = 'chi'")
    assert "chi" not in {who.id for who in accounts.list_officials(desk)}
    assert code_of(desk, "an", "practice") == ""
    assert code_of(desk, "chi", "practice") == "official-disabled"
    assert accounts.official_name(desk, "chi")
    assert accounts.log_in(desk, "dung", "practice").role is Role.ADMINISTRATOR


def test_half_a_character_is_a_wrong_password(desk: Desk) -> None:
    assert code_of(desk, "an", "\udcff") == "wrong-password"
    assert code_of(desk, "\udcff", "practice") == "wrong-password"


def test_whoever_chooses_a_password_at_a_real_desk_keeps_the_rules(tmp_path: Path) -> None:
    officials = tuple(replace(new, password="bimat7") for new in practice.OFFICIALS)
    plan = replace(practice.plan(officials), known_passwords=False)
    desk = new_desk.set_up(tmp_path, plan)
    assert accounts.log_in(desk, "an", "bimat7").must_change
    for new, code in (
        ("bimat77", "password-short"),
        ("matkhau123", "password-common"),
        ("ninhkieu2026", "password-own"),
        ("hoaian2026", "password-own"),
    ):
        with pytest.raises(Refused) as refused:
            accounts.change_password(desk, "bimat7", new)
        assert (refused.value.code, refused.value.field) == (code, "new_password")
    accounts.change_password(desk, "bimat7", "mưa rào tháng bảy")
    with pytest.raises(Refused, match="giống"):
        accounts.change_password(desk, "mưa rào tháng bảy", "mưa rào tháng bảy")
    assert not accounts.log_in(desk, "an", "mưa rào tháng bảy").must_change
    desk.close()


def test_the_window_takes_the_administrators_password_for_his_own(tmp_path: Path) -> None:
    officials = tuple(
        replace(new, password=f"mưa rào tháng {number}")
        for number, new in enumerate(practice.OFFICIALS)
    )
    plan = replace(practice.plan(officials), known_passwords=False, at_window=True)
    desk = new_desk.set_up(tmp_path, plan)
    asked = {who.id for who in accounts.list_officials(desk) if who.must_change}
    assert asked == {"an", "binh", "chi"}
    desk.close()
    faults = new_desk.setup_faults(replace(plan, officials=practice.OFFICIALS))
    assert [fault.refusal.code for fault in faults] == ["password-common"] * 4
