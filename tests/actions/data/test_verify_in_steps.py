"""The whole check trusts nothing, the daily check begins at the anchor and is whole in time."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pypdfium2
import pytest

from cchc_desk import __version__, paths
from cchc_desk.actions.boards import morning_sheet
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.long_work import LongWork, Stopped
from cchc_desk.session import Desk
from cchc_desk.store.ledger.integrity import _PARTS
from tests.actions import test_tampering
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.dossiers.test_ledger_facts import Unfinished
from tests.actions.test_tampering import forge, rows
from tests.engines import copy_desk, put_back

LONG_AFTER = datetime(2027, 1, 15, 9, 0)  # more than RECENT_DAYS after the dossier's last act
lived = test_tampering.lived
in_every_table = test_tampering.code  # its fixture: a dossier that has a row in every table
UNTYPED = pytest.mark.one_pc("a value that a typed column cannot hold")
FORGED = "Dữ kiện của hồ sơ {code} đã bị sửa ngoài sổ cái."


@pytest.fixture
def anchored(desk: Desk, in_every_table: str, clock: TableClock) -> str:
    """A dossier with a row in every table, long done when the whole ledger was checked."""
    clock.now = LONG_AFTER
    assert upkeep.verify_ledger(desk).ok
    clock.now += timedelta(days=1)
    return in_every_table


CHANGES = {  # what a dossier's own page still shows, so that it is the seal that is seen
    "dossiers": "field = 'Đất đai'",
    "applicants": "name = 'Người khác'",
    "papers": "original = 9",
    "promises": "due = '2027-12-31T10:00'",
    "pauses": "reason = 'Khác'",
    "due_moves": "after = '2027-12-31T10:00'",
    "hand_overs": "note = 'Khác'",
    "letters": "reason = 'Khác'",
    "notices": "how = 'post'",
    "responsibilities": "own_fault = 0",
    "slips": "reason = 'Khác'",
    "certifications": "copies = 9",
    "scans": "name = 'Khác'",
    "reminders": "answer = 'Khác'",
}
TABLES = [table for table, _, _ in _PARTS]


def change_a_row(desk: Desk, table: str) -> None:
    forge(desk, f"UPDATE {table} SET {CHANGES[table]}")


def change_anchor(desk: Desk, changes: dict[str, object]) -> None:
    file = paths.anchor_file(desk.folder)
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes))


def head(desk: Desk) -> tuple[int, str]:
    ((seq, hashed),) = rows(desk, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    return int(str(seq)), str(hashed)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_before_the_anchor_is_found_by_the_whole_check_and_within_a_week_by_itself(
    desk: Desk, anchored: str, clock: TableClock, table: str
) -> None:
    change_a_row(desk, table)
    assert upkeep.verify_recent(desk).ok  # the one thing that the daily check does not look at
    assert progress.show_dossier(desk, anchored).problems == (FORGED.format(code=anchored),)
    clock.now = LONG_AFTER + timedelta(days=upkeep.WHOLE_EVERY_DAYS)
    assert upkeep.verify_recent(desk).problems == (FORGED.format(code=anchored),)
    assert upkeep.verify_ledger(desk).problems == (FORGED.format(code=anchored),)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_a_dossier_acted_on_since_the_anchor_is_found_by_the_daily_check(
    desk: Desk, anchored: str, table: str
) -> None:
    become(desk, "an")
    steps.shelve(desk, anchored, "Kệ 3")
    change_a_row(desk, table)
    assert upkeep.verify_recent(desk).problems == (FORGED.format(code=anchored),)


def test_a_row_changed_in_the_last_thirty_days_is_found_though_the_anchor_is_newer(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    clock.now += timedelta(days=upkeep.RECENT_DAYS - 1)
    assert upkeep.verify_ledger(desk).ok
    forge(desk, "UPDATE applicants SET name = 'Người khác'")
    assert upkeep.verify_recent(desk).problems == (FORGED.format(code=code),)


@pytest.mark.parametrize(
    ("forged", "says"),
    [
        ("UPDATE officials SET role = 'leader' WHERE id = 'an'", "Danh sách người dùng đã bị sửa"),
        ("UPDATE dossiers SET last_entry = last_entry - 1", "không còn khớp với mục cuối"),
        ("UPDATE dossiers SET code = 'H13.999-261123-0777'", "không có mục nào trong sổ cái"),
        ("UPDATE journal SET hash = 'f' WHERE seq = (SELECT max(seq) FROM journal)", "viết lại"),
    ],
)
def test_what_costs_little_is_looked_at_every_day_however_old(
    desk: Desk, anchored: str, forged: str, says: str
) -> None:
    forge(desk, forged)
    assert any(says in problem for problem in upkeep.verify_recent(desk).problems)


def test_an_entry_of_before_the_anchor_is_found_by_the_whole_check(
    desk: Desk, anchored: str
) -> None:
    forge(desk, "UPDATE journal SET official = 'dung' WHERE seq = 3")
    assert upkeep.verify_recent(desk).ok
    assert upkeep.verify_ledger(desk).problems == ("Mục số 3 của sổ cái đã bị sửa.",)


@pytest.mark.parametrize("check", [upkeep.verify_ledger, upkeep.verify_recent])
def test_entries_cut_off_after_a_check_are_missed_without_any_copy(
    desk: Desk, anchored: str, check: Callable[[Desk], upkeep.LedgerAnswer]
) -> None:
    last, _ = head(desk)
    forge(
        desk,
        f"UPDATE dossiers SET last_entry = {last - 1}",
        f"DELETE FROM journal_details WHERE seq = {last}",
        f"DELETE FROM journal WHERE seq = {last}",
    )
    problem = f"Sổ cái bị cắt: đầu sổ đã lưu là mục số {last}, nay không còn mục ấy."
    assert problem in check(desk).problems
    assert problem in check(desk).problems  # a check that found something moves no anchor


@pytest.mark.parametrize("check", [upkeep.verify_ledger, upkeep.verify_recent])
def test_an_older_copy_put_back_is_told_from_the_ledger_that_was_checked(
    desk: Desk,
    in_every_table: str,
    clock: TableClock,
    check: Callable[[Desk], upkeep.LedgerAnswer],
) -> None:
    kept = desk.folder / "kept"
    copy_desk(desk.folder, kept)
    become(desk, "an")
    steps.shelve(desk, in_every_table, "Kệ 3")
    last = upkeep.verify_ledger(desk).entries
    put_back(kept, desk.folder)
    assert check(desk).problems == (
        f"Sổ cái bị cắt: đầu sổ đã lưu là mục số {last}, nay không còn mục ấy.",
    )
    for place in ("Kệ 4", "Kệ 5"):  # as long again, and another ledger
        steps.shelve(desk, in_every_table, place)
    assert check(desk).problems == (f"Sổ cái bị viết lại: mục số {last} khác với đầu sổ đã lưu.",)


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2030-01-01T00:00"},
        {"at": "hôm nay"},
        {"desk": "another"},
        {"seq": None},
        {"hash": "f" * 64},
        {"seq": 10**6},
        {"seq": 10**30},
        {"seq": float("inf")},
    ],
)
def test_an_anchor_that_does_not_fit_makes_the_next_check_a_whole_one(
    desk: Desk, anchored: str, changes: dict[str, object]
) -> None:
    forge(desk, "UPDATE applicants SET name = 'Người khác'")
    assert upkeep.verify_recent(desk).ok
    change_anchor(desk, changes)
    assert FORGED.format(code=anchored) in upkeep.verify_recent(desk).problems


def test_no_anchor_makes_the_next_check_a_whole_one(desk: Desk, anchored: str) -> None:
    forge(desk, "UPDATE applicants SET name = 'Người khác'")
    paths.anchor_file(desk.folder).unlink()
    assert upkeep.verify_recent(desk).problems == (FORGED.format(code=anchored),)
    assert not paths.anchor_file(desk.folder).exists()


def test_a_forged_anchor_hides_nothing_from_the_whole_check(
    desk: Desk, anchored: str, clock: TableClock
) -> None:
    forge(desk, "UPDATE applicants SET name = 'Người khác'")
    seq, hashed = head(desk)
    change_anchor(desk, {"seq": seq, "hash": hashed, "at": clock.now.isoformat()})
    assert upkeep.verify_recent(desk).ok  # the limit of a file that the same hand may write
    assert upkeep.verify_ledger(desk).problems == (FORGED.format(code=anchored),)


def test_a_fault_of_the_program_below_the_anchor_is_looked_for_once_by_each_version(
    desk: Desk,
    in_every_table: str,
) -> None:
    with desk.database.write() as connection:
        desk.record(connection, Unfinished("phone"), in_every_table)  # no in_time: a slip
    seq, hashed = head(desk)
    (problem,) = upkeep.verify_ledger(desk).problems
    assert "lỗi của chương trình" in problem
    anchor = {"desk": desk.id, "seq": seq, "hash": hashed, "at": "2026-11-26T09:00"}
    found = {}
    for version in ("0.1", __version__):
        paths.anchor_file(desk.folder).write_text(json.dumps(anchor | {"version": version}))
        found[version] = upkeep.verify_ledger(desk).problems
    assert found == {"0.1": (problem,), __version__: ()}


def test_a_folder_that_takes_no_file_is_checked_all_the_same(desk: Desk) -> None:
    file = paths.anchor_file(desk.folder)
    file.with_name(file.name + ".part").mkdir()
    answer = upkeep.verify_ledger(desk)
    assert (answer.ok, answer.anchor) == (True, None)


def test_a_check_that_was_stopped_moves_no_anchor(desk: Desk, anchored: str) -> None:
    paths.anchor_file(desk.folder).unlink()
    work = LongWork()
    work.stop()
    with pytest.raises(Stopped):
        upkeep.verify_ledger(desk, work=work)
    assert not paths.anchor_file(desk.folder).exists()
    become(desk, "an")
    steps.shelve(desk, anchored, "Kệ 3")  # nothing is held by it


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE journal SET at = 'hôm qua' WHERE seq = 3",
        "UPDATE journal SET event = event || ':59' WHERE seq = 3",
        pytest.param(
            "UPDATE journal SET official = CAST(official AS BLOB) WHERE seq = 3", marks=UNTYPED
        ),
        pytest.param(
            "UPDATE journal_details SET details = CAST(details AS BLOB) WHERE seq = 3",
            marks=UNTYPED,
        ),
        'UPDATE journal_details SET details = \'{"tables": 5, "broken_tables": 5}\' WHERE seq = 3',
        'UPDATE journal_details SET details = \'{"tables": {"x": 1}}\' WHERE seq = 3',
        'UPDATE journal_details SET details = \'{"broken_tables": ["x"]}\' WHERE seq = 3',
        "UPDATE journal SET act = 'anonymise' WHERE seq = 3",
    ],
)
def test_what_is_no_moment_or_no_text_is_said_to_be_changed(
    desk: Desk,
    in_every_table: str,
    forged: str,
) -> None:
    forge(desk, forged)
    assert "số 3" in upkeep.verify_ledger(desk).problems[0]


@pytest.mark.parametrize(
    "value", ["'hôm qua'", "''", pytest.param("CAST(at AS BLOB)", marks=UNTYPED)]
)
@pytest.mark.parametrize("check", [upkeep.verify_ledger, upkeep.verify_recent])
def test_a_last_entry_without_a_moment_is_said_to_be_changed(
    desk: Desk, anchored: str, value: str, check: Callable[[Desk], upkeep.LedgerAnswer]
) -> None:
    if not desk.on_server:
        upkeep.backup(desk)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    last, _ = head(desk)
    forge(desk, f"UPDATE journal SET at = {value} WHERE seq = {last}")
    assert check(desk).problems[0] == f"Mục số {last} của sổ cái đã bị sửa."


def test_the_daily_check_answers_as_the_whole_one(desk: Desk, anchored: str) -> None:
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    recent = upkeep.verify_recent(desk)
    whole = upkeep.verify_ledger(desk)
    assert (recent.ok, recent.entries, recent.head) == (whole.ok, whole.entries, whole.head)
    assert recent.anchor
    assert whole.anchor
    assert (recent.anchor.at, whole.anchor.at) == (LONG_AFTER, LONG_AFTER + timedelta(days=1))
    assert (whole.anchor.seq, whole.anchor.hash) == head(desk)


def test_progress_counts_from_nothing_to_all(desk: Desk, in_every_table: str) -> None:
    """Every entry and every dossier is a step, told while it goes on."""
    work = LongWork()
    answer = upkeep.verify_ledger(desk, work=work)
    ((dossiers,),) = rows(desk, "SELECT count(*) FROM dossiers")
    assert work.done == work.total == answer.entries + int(str(dossiers))


def test_the_morning_sheet_says_how_old_the_whole_check_is(desk: Desk, anchored: str) -> None:
    document = pypdfium2.PdfDocument(morning_sheet.sheet_drawing(desk).pdf())
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    seq, _ = head(desk)
    assert f"kiểm tra toàn bộ lần cuối 15/01/2027, đến mục số {seq}." in text
