"""What is changed behind the program's back shows: a fact of a dossier, a part of the ledger, its
last rows cut off.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Boolean, Integer

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.documents import printing, scans
from cchc_desk.actions.dossiers import progress, reminders, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake, paper_receipts
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.dossiers.certifications import Certification, CertificationBook
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.ledger.entry import entry_hash
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import metadata
from cchc_desk.store.ledger import journal
from cchc_desk.store.ledger.integrity import _PARTS
from cchc_desk.store.papers import certifications
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.documents.test_scans import picture
from tests.engines import by_hand, copy_desk, put_back


def a_whole_life(desk: Desk, clock: TableClock) -> str:
    """A dossier that has a row in every table: supplemented, passed on, late, apologised for,
    returned.
    """
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    letters.notify(desk, code, How.PHONE)
    steps.hand_over(desk, [code], "binh", note="kèm ảnh")
    steps.request_supplement(desk, code, "Thiếu bản sao")
    steps.tell_supplement(desk, code, How.PHONE)
    clock.now = datetime(2026, 11, 23, 11, 0)
    steps.supplement_brought(desk, code)
    become(desk, "chi")
    later = letters.propose_new_due(desk, code)
    letter = letters.draft_and_sign(desk, code, "volume", later, responsible="binh", own_fault=True)
    clock.now = datetime(2026, 11, 26, 9, 0)
    letters.deliver_letter(desk, letter.id, How.COUNTER, "Đào")
    responsibility.object_to(desk, code, "Chờ máy chủ")
    reminders.remind(desk, code, Asker.CITIZEN, How.COUNTER)
    reminders.answer(desk, code, "Mai có kết quả")
    line = Certification(
        CertificationBook.COPY, 2026, 1, 1, clock.now, "Học bạ", 2, 3, 6000, "chi", "Chủ tịch", "-"
    )
    with desk.write() as connection:
        certifications.add_certifications(connection, code, [line])
        steps.ready_within(desk, connection, code)
    scans.add_scan(desk, code, "cccd.jpg", picture())
    steps.return_result(
        desk, code, Return("Đào", "Thẻ căn cước", authority="ủy quyền", originals="CMND")
    )
    return code


@pytest.fixture(scope="session")
def lived(ward: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, datetime]:
    """The ward's database with such a dossier, made once, its code, and the moment after."""
    folder, clock = tmp_path_factory.mktemp("lived"), TableClock()
    copy_desk(ward, folder)
    desk = opening.open_desk(folder, clock)
    become(desk, "an")
    code = a_whole_life(desk, clock)
    desk.close()
    return folder, code, clock.now


@pytest.fixture
def code(desk: Desk, clock: TableClock, lived: tuple[Path, str, datetime]) -> str:
    """The dossier with a row in every table, come into the desk of the test."""
    folder, code, clock.now = lived
    put_back(folder, desk.folder)
    become(desk, "chi")
    return code


def forge(desk: Desk, *statements: str) -> None:
    """A hand with the database open and no triggers in its way; it puts them back."""
    with by_hand(desk.folder) as connection:
        for statement in statements:
            connection.execute(statement)


def rows(desk: Desk, sql: str) -> list[tuple[object, ...]]:
    with desk.read() as connection:
        return run(connection, sql).fetchall()


@contextmanager
def refused_by_hand(desk: Desk, words: str) -> Iterator[Any]:
    """The database itself refuses, in these words, what is done to it by hand."""
    with (
        pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match=words),
        by_hand(desk.folder, guarded=True) as connection,
    ):
        yield connection


def columns(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].columns]


def changed(table: str, column: str) -> str:
    """Return what gives another value of its kind."""
    number = isinstance(metadata.tables[table].columns[column].type, Integer | Boolean)
    return f"coalesce({column}, 0) * 10 + 1" if number else f"coalesce({column}, '') || '1'"


def test_an_untouched_desk_holds(desk: Desk, code: str) -> None:
    assert upkeep.verify_ledger(desk).problems == ()
    assert progress.show_dossier(desk, code).problems == ()


SEALED = {
    "dossiers", "applicants", "papers", "promises", "pauses", "due_moves", "hand_overs", "letters",
    "notices", "responsibilities", "slips", "certifications", "scans", "reminders",
}  # fmt: skip


def test_any_fact_of_a_dossier_changed_in_silence_shows(desk: Desk, code: str) -> None:
    assert {table for table, _, _ in _PARTS} == SEALED
    for table in SEALED:
        assert rows(desk, f"SELECT count(*) FROM {table}") != [(0,)], (
            f"the dossier of this test has no row in {table}"
        )
    keys = {
        "n",
        "dossier",
        "id",
        "code",
        "desk",
        "last_entry",
    }  # last_entry: below; a changed key takes the row away, which shows as well
    for table, _, _ in _PARTS:
        for column in columns(table):
            if column in keys or (table, column) == ("scans", "number"):
                continue
            was = f"CREATE TABLE kept AS SELECT * FROM {table}"
            forge(desk, was, f"UPDATE {table} SET {column} = {changed(table, column)}")
            with desk.database.read() as connection:
                problems = upkeep.dossier_problems(connection, code)
            assert problems == (f"Dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái.",), (
                table,
                column,
            )
            back = f"INSERT INTO {table} SELECT * FROM kept"
            forge(desk, f"DELETE FROM {table}", back, "DROP TABLE kept")
    assert upkeep.verify_ledger(desk).problems == ()


@pytest.mark.parametrize(
    "table", ["papers", "promises", "pauses", "hand_overs", "letters", "notices"]
)
def test_a_row_taken_away_shows(desk: Desk, code: str, table: str) -> None:
    forge(desk, f"DELETE FROM {table}")
    assert upkeep.verify_ledger(desk).problems == (
        f"Dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái.",
    )
    assert progress_says(desk, code)


def progress_says(desk: Desk, code: str) -> bool:
    with desk.database.read() as connection:
        return bool(upkeep.dossier_problems(connection, code))


@pytest.mark.parametrize(
    "column", ["at", "event", "official", "act", "code", "details_hash", "previous", "hash", "desk"]
)
def test_any_part_of_an_entry_shows_and_the_first_broken_one_is_named(
    desk: Desk, code: str, column: str
) -> None:
    changed = "'2026-11-23T09:59'" if column in ("at", "event") else f"{column} || 'x'"
    forge(desk, f"UPDATE journal SET {column} = {changed} WHERE seq = 3")
    answer = upkeep.verify_ledger(desk)
    assert not answer.ok
    assert "số 3" in answer.problems[0]


@pytest.mark.parametrize("change", ["details = details || ' '", "salt = salt || '0'"])
def test_any_byte_of_the_details_shows(desk: Desk, code: str, change: str) -> None:
    forge(desk, f"UPDATE journal_details SET {change} WHERE seq = 4")
    assert "số 4" in upkeep.verify_ledger(desk).problems[0]
    assert "số 4" in progress.show_dossier(desk, code).problems[0]


def test_the_past_cannot_be_changed_or_deleted_by_plain_sql(desk: Desk, code: str) -> None:
    for table in ("journal", "promises", "due_moves", "pauses"):
        with refused_by_hand(desk, "never") as connection:
            connection.execute(f"DELETE FROM {table}")
    for table, column in (
        ("journal", "act"),
        ("promises", "due"),
        ("due_moves", "after"),
        ("pauses", "began"),
    ):
        with refused_by_hand(desk, "never") as connection:
            connection.execute(f"UPDATE {table} SET {column} = 'x'")


CUT_OFF = (
    "DELETE FROM journal_details WHERE seq > (SELECT max(seq) FROM journal) - 2",
    "DELETE FROM journal WHERE seq > (SELECT max(seq) FROM journal) - 2",
)


@pytest.mark.one_pc("copies beside the data")
def test_the_last_rows_cut_off_are_missed_by_a_copy(desk: Desk, code: str) -> None:
    upkeep.backup(desk)
    forge(desk, *CUT_OFF)
    assert any("bị cắt" in problem for problem in upkeep.verify_ledger(desk).problems)


def test_the_last_rows_cut_off_are_missed_by_a_head_kept_elsewhere(desk: Desk, code: str) -> None:
    head = upkeep.verify_ledger(desk).head
    forge(desk, *CUT_OFF)
    assert any("bị cắt" in problem for problem in upkeep.verify_ledger(desk, head).problems)
    with pytest.raises(Refused, match="Đầu sổ cái viết như"):
        upkeep.verify_ledger(desk, "mục cuối")


def test_a_past_written_anew_is_missed_by_the_head_of_before(
    desk: Desk, code: str, clock: TableClock
) -> None:
    head = upkeep.verify_ledger(desk).head
    number = head.partition("-")[0]
    other = f"{number}-0000-0000-0000"
    assert upkeep.verify_ledger(desk, head).ok
    assert upkeep.verify_ledger(desk, other).problems == (
        f"Sổ cái bị viết lại: mục số {number} khác với đầu sổ đã lưu.",
    )


@pytest.mark.parametrize(
    ("forged", "says"),
    [
        (
            "UPDATE journal SET code = 'H13.999-261123-9999' WHERE seq = {middle}",
            "thiếu mục của hồ sơ này",
        ),
        ("DELETE FROM journal WHERE seq = {middle}", "thiếu"),
        ("UPDATE journal SET hash = 'f' WHERE seq = {middle}", "đã bị sửa"),
        ("UPDATE journal SET previous = 'f' WHERE seq = {middle}", "không nối"),
    ],
)
def test_the_dossiers_own_page_says_what_happened_to_its_entries(
    desk: Desk, code: str, forged: str, says: str
) -> None:
    (middle,) = rows(
        desk, f"SELECT seq FROM journal WHERE code = '{code}' ORDER BY seq LIMIT 1 OFFSET 4"
    )[0]
    forge(desk, forged.format(middle=middle))
    assert any(says in problem for problem in progress.show_dossier(desk, code).problems)
    assert not upkeep.verify_ledger(desk).ok


FORGED_LAST = [
    "UPDATE journal SET code = 'H13.999-261123-9999' WHERE seq = {last}",
    "DELETE FROM journal WHERE seq = {last}",
    "UPDATE dossiers SET last_entry = last_entry - 1",
]


@pytest.mark.parametrize("later_act_elsewhere", [True, False])
@pytest.mark.parametrize("forged", FORGED_LAST)
def test_the_last_entry_of_a_dossier_gone_or_moved_shows_on_its_page(
    desk: Desk, code: str, forged: str, later_act_elsewhere: bool
) -> None:
    printing.log_printed(desk, code, "receipt")  # an act that changes no row: no seal can miss it
    ((last,),) = rows(desk, "SELECT max(seq) FROM journal")
    if later_act_elsewhere:
        become(desk, "an")
        intake.accept_dossier(desk, make_intake())
    forge(desk, forged.format(last=last))
    kept = int(str(last)) - 1 if forged.startswith("UPDATE dossiers") else last
    says = f"Sổ cái không còn khớp với mục cuối của hồ sơ này, mục số {kept}."
    assert says in progress.show_dossier(desk, code).problems
    assert any(
        f"mục cuối của hồ sơ {code}" in problem for problem in upkeep.verify_ledger(desk).problems
    )


@pytest.mark.parametrize("forged", FORGED_LAST)
def test_a_later_act_does_not_make_good_a_lost_last_entry(
    desk: Desk, code: str, forged: str
) -> None:
    printing.log_printed(desk, code, "receipt")
    ((last,),) = rows(desk, "SELECT max(seq) FROM journal")
    forge(
        desk,
        forged.format(last=last),
        f"DELETE FROM journal_details WHERE seq = {last} AND seq NOT IN (SELECT seq FROM journal)",
    )
    become(desk, "an")
    steps.shelve(desk, code, "Kệ 3")
    assert any(
        "thiếu mục của hồ sơ này" in problem
        for problem in progress.show_dossier(desk, code).problems
    )


def test_an_entry_written_anew_with_its_own_hash_shows_on_the_page(desk: Desk, code: str) -> None:
    with desk.database.read() as connection:
        entry, _ = journal.of_dossier(connection, code)[4]
    clear = (
        entry.desk,
        entry.seq,
        entry.at,
        entry.event,
        "chi",
        entry.act,
        entry.code,
        entry.details_hash,
    )
    forge(
        desk,
        f"UPDATE journal SET official = 'chi', hash = '{entry_hash(*clear, entry.previous)}' "
        f"WHERE seq = {entry.seq}",
    )
    assert (
        f"Mục sau mục số {entry.seq} của sổ cái không nối với nó."
        in progress.show_dossier(desk, code).problems
    )


@pytest.mark.parametrize(
    ("forged", "names"),
    [
        ("UPDATE settings SET value = '9' WHERE key = 'notice_days'", "Cài đặt"),
        ("UPDATE officials SET role = 'leader' WHERE id = 'an'", "Danh sách người dùng"),
        (
            "UPDATE procedures SET facts = replace(facts, 'khai sinh', 'khai tử')",
            "Danh mục thủ tục",
        ),
        ("DELETE FROM paper_receipts WHERE number LIKE '%-0002'", "Danh sách giấy hẹn in sẵn"),
        ("UPDATE process_steps SET minutes = 9999", "Quy trình nội bộ"),
    ],
)
def test_the_desks_own_tables_are_sealed_too(desk: Desk, forged: str, names: str) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {"notice_days": 2})
    process.set_process(desk, "1.001193", [ProcessStep("Thẩm định", "processor", minutes=120)])
    become(desk, "an")
    paper_receipts.print_blank(desk, 3)
    assert upkeep.verify_ledger(desk).problems == ()
    forge(desk, forged)
    assert upkeep.verify_ledger(desk).problems == (f"{names} đã bị sửa ngoài sổ cái.",)


def test_a_dossier_that_the_ledger_never_heard_of_shows(desk: Desk, code: str) -> None:
    names = [name for name in columns("dossiers") if name not in ("n", "id", "code")]
    listed = ", ".join(names)
    forge(
        desk,
        f"INSERT INTO dossiers (n, id, code, {listed}) "
        f"SELECT n + 1, 'x', 'H13.999-261123-0777', {listed} FROM dossiers",
    )
    assert upkeep.verify_ledger(desk).problems == (
        "Hồ sơ, phiếu H13.999-261123-0777 không có mục nào trong sổ cái.",
    )


def test_a_slip_from_before_acceptance_is_sealed_too(desk: Desk) -> None:
    slip = before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền")
    assert upkeep.verify_ledger(desk).ok
    forge(desk, "UPDATE visitors SET form = replace(form, 'Đào', 'Mai')")
    assert upkeep.verify_ledger(desk).problems == (
        f"Dữ kiện của hồ sơ {slip.id} đã bị sửa ngoài sổ cái.",
    )


def test_a_clock_that_runs_back_or_leaps_is_noted_once(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake(limit="60 ngày làm việc")).code
    clock.now = datetime(2026, 11, 23, 9, 0)
    letters.notify(desk, code, How.PHONE)
    letters.notify(desk, code, How.PHONE)
    clock.now = datetime(2026, 12, 18, 9, 0)
    letters.notify(desk, code, How.PHONE)
    said = progress.clock_remarks(desk)
    assert said == (
        "Đồng hồ lùi từ 10:00 ngày 23/11/2026 về 09:00 ngày 23/11/2026.",
        "Đồng hồ nhảy từ 09:00 ngày 23/11/2026 đến 09:00 ngày 18/12/2026.",
    )
    assert upkeep.verify_ledger(desk).ok


def test_a_later_act_does_not_make_good_what_was_changed_before_it(desk: Desk, code: str) -> None:
    become(desk, "an")
    forge(
        desk,
        "UPDATE applicants SET name = 'Người khác' WHERE dossier = (SELECT n FROM dossiers WHERE "
        f"code = '{code}')",
    )
    steps.shelve(desk, code, "Kệ 3")  # seals the rows as they lie now
    steps.shelve(desk, code, "Kệ 4")
    said = [
        f"dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái" in problem
        for problem in upkeep.verify_ledger(desk).problems
    ]
    assert said == [True]
    assert progress.show_dossier(desk, code).problems == upkeep.verify_ledger(desk).problems


def test_a_later_act_does_not_make_good_a_forged_table(desk: Desk) -> None:
    paper_receipts.print_blank(desk, 3)
    forge(desk, "DELETE FROM paper_receipts WHERE number LIKE '%-0002'")
    paper_receipts.print_blank(desk, 1)
    (problem,) = upkeep.verify_ledger(desk).problems
    assert "Danh sách giấy hẹn in sẵn đã bị sửa ngoài sổ cái" in problem
