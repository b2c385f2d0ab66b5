"""Check rebuilds what is derived: the search index and the numbers, after a copy."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta

import pytest

from cchc_desk import paths
from cchc_desk.actions.city import pack
from cchc_desk.actions.data import opening, repair, restore_plan, upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake, paper_receipts
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.copies import Soundness
from cchc_desk.errors import Trouble
from cchc_desk.long_work import LongWork, Stopped
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.engine import copies
from cchc_desk.sync import keys
from tests.actions.conftest import TableClock, become, make_intake
from tests.engines import by_hand

UNTYPED = pytest.mark.one_pc("a number that a typed column cannot hold")
SPOILT_INDEX = (
    "DELETE FROM dossier_search_docsize",
    "DELETE FROM dossier_search_data WHERE id > 10",
    "UPDATE dossier_search_data SET block = x'00ff00ff' WHERE id > 10",
    "INSERT INTO dossier_search (dossier_search) VALUES ('delete-all')",
)


def spoil(desk: Desk, sql: str) -> None:
    with by_hand(desk.folder, guarded=True) as connection:
        connection.execute(sql)


def found(desk: Desk) -> list[str]:
    return [row.code for row in progress.find_dossiers(desk, "anh dao")]


@pytest.mark.one_pc("the check of the file, which copies it first")
@pytest.mark.parametrize("sql", SPOILT_INDEX)
def test_a_damaged_search_index_is_made_anew(desk: Desk, sql: str) -> None:
    codes = [intake.accept_dossier(desk, make_intake("Nguyễn Thị Ánh Đào")).code for _ in range(3)]
    spoil(desk, sql)
    health = repair.check_and_rebuild(desk)
    assert health.problems == ()
    assert "3 hồ sơ" in health.rebuilt[0]
    (copy,) = paths.backup_folder(desk.folder).glob("before-repair-*.db")
    assert copy.name in health.rebuilt[-1]
    assert sorted(found(desk)) == codes
    assert intake.accept_dossier(desk, make_intake("Nguyễn Thị Ánh Đào")).code in found(desk)
    assert repair.check_and_rebuild(desk).rebuilt == ()
    assert upkeep.verify_ledger(desk).ok


class _AtOnce(LongWork):
    """Stopped as soon as it has counted so many steps."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._steps = steps

    def step(self, count: int = 1) -> None:
        if self.done + count == self._steps:
            self.stop()
        super().step(count)


@pytest.mark.one_pc("the check of the file, which copies it first")
@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_it_can_be_stopped_before_anything_changes(desk: Desk, steps: int) -> None:
    intake.accept_dossier(desk, make_intake("Nguyễn Thị Ánh Đào"))
    spoil(desk, "DELETE FROM numbers WHERE series = 'dossier'")
    with pytest.raises(Stopped):
        repair.check_and_rebuild(desk, _AtOnce(steps))
    assert not paths.backup_folder(desk.folder).exists()
    assert repair.check_and_rebuild(desk).rebuilt


@pytest.mark.one_pc("the check of the file, which copies it first")
def test_a_sound_desk_is_only_looked_at(desk: Desk) -> None:
    intake.accept_dossier(desk, make_intake())
    entries = upkeep.verify_ledger(desk).entries
    assert repair.check_and_rebuild(desk) == repair.Health((), (), ())
    assert upkeep.verify_ledger(desk).entries == entries
    assert not paths.backup_folder(desk.folder).exists()


NUMBERS = (
    "DELETE FROM numbers WHERE series = 'dossier'",
    "UPDATE numbers SET next = 1 WHERE series = 'dossier'",
    pytest.param("UPDATE numbers SET next = 'hỏng' WHERE series = 'dossier'", marks=UNTYPED),
    pytest.param("UPDATE numbers SET next = x'00' WHERE series = 'dossier'", marks=UNTYPED),
)


@pytest.mark.parametrize("sql", NUMBERS)
def test_a_lost_number_gives_no_code_twice_and_sticks_nowhere(desk: Desk, sql: str) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(3)]
    spoil(desk, sql)
    assert intake.accept_dossier(desk, make_intake()).code.endswith("0004")
    assert len({*codes}) == 3


@pytest.mark.one_pc("the check of the file, which copies it first")
@pytest.mark.parametrize("following", ["1e300", "1000000000000000000", "'hỏng'", "2"])
def test_check_lets_numbers_go_on_behind_the_highest_there(desk: Desk, following: str) -> None:
    for _ in range(3):
        intake.accept_dossier(desk, make_intake())
    spoil(desk, f"UPDATE numbers SET next = {following} WHERE series = 'dossier'")
    assert any("đi tiếp từ 4" in said for said in repair.check_and_rebuild(desk).rebuilt)
    assert intake.accept_dossier(desk, make_intake()).code.endswith("0004")


@pytest.mark.one_pc("the check of the file, which copies it first")
def test_receipts_and_books_go_on_as_well(desk: Desk) -> None:
    become(desk, "an")
    paper_receipts.print_blank(desk, 3)
    spoil(desk, "DELETE FROM numbers WHERE series <> 'facts'")
    assert paper_receipts.print_blank(desk, 1)[0] == ("GT-261123-0004",)
    spoil(desk, "DELETE FROM numbers WHERE series <> 'facts'")
    assert any("paper-receipt" in said for said in repair.check_and_rebuild(desk).rebuilt)
    assert paper_receipts.print_blank(desk, 1)[0] == ("GT-261123-0005",)


@pytest.mark.parametrize(
    "following",
    [
        "999999999999999999",
        "-5",
        *(pytest.param(value, marks=UNTYPED) for value in ("1e30", "'hỏng'", "x'00'")),
    ],
)
def test_a_damaged_number_stands_on_no_paper(desk: Desk, following: str) -> None:
    paper_receipts.print_blank(desk, 2)
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    letters.draft_apology(desk, code, "volume", datetime(2026, 11, 26, 9, 0))
    become(desk, "chi")
    letters.sign_all(desk)
    become(desk, "an")
    spoil(desk, f"UPDATE numbers SET next = {following} WHERE series <> 'facts'")
    assert paper_receipts.print_blank(desk, 1)[0] == ("GT-261123-0003",)
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    assert code.endswith("0002")
    spoil(desk, f"UPDATE numbers SET next = {following} WHERE series <> 'facts'")
    letters.draft_apology(desk, code, "volume", datetime(2026, 11, 26, 9, 0))
    become(desk, "chi")
    assert letters.waiting_drafts(desk).numbers == (2,)
    (signed,) = letters.sign_all(desk).signed
    assert signed.number == 2


@pytest.mark.one_pc("the check of the file, which copies it first")
def test_a_copy_made_before_a_repair_of_a_torn_file_is_not_called_sound(
    desk: Desk, clock: TableClock
) -> None:
    intake.accept_dossier(desk, make_intake())
    kept = upkeep.backup(desk).copy.file
    clock.now += timedelta(minutes=1)
    desk.close()
    with closing(sqlite3.connect(desk.database.file)) as connection:
        connection.execute("DELETE FROM numbers WHERE series = 'dossier'")
        connection.commit()
        sql = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'promises'"
        (page,) = connection.execute(sql).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with desk.database.file.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    torn = opening.open_desk(desk.folder, clock)
    become(torn, "an")
    with suppress(Trouble):
        repair.check_and_rebuild(torn)
    torn.close()
    (before,) = paths.backup_folder(desk.folder).glob("before-repair-*.db")
    assert copies.read_copy(before).soundness is Soundness.DAMAGED
    assert restore_plan.plan(desk.folder).copy.file == kept


@pytest.mark.one_pc("the check of the file, which copies it first")
def test_a_day_that_stands_as_sent_and_is_not_what_the_dossiers_say_is_sent_again(
    desk: Desk, clock: TableClock
) -> None:
    """Whoever strikes a day off the list of what is to be sent hides it from the city."""
    intake.accept_dossier(desk, make_intake())
    clock.now += timedelta(days=2)
    keys.make_key(desk.folder, desk.id)
    with desk.write() as connection:
        pack.pack(desk, connection)
    assert repair.check_and_rebuild(desk).rebuilt == ()
    spoil(desk, "UPDATE outbox SET changed = 0, hash = 'x' WHERE day = '2026-11-23'")
    assert "Gửi lại thành phố 1 ngày." in repair.check_and_rebuild(desk).rebuilt
    assert repair.check_and_rebuild(desk).rebuilt == ()
    with desk.read() as connection:
        assert outbox.has_changes(connection, clock.now.date())
    assert upkeep.verify_ledger(desk).ok
