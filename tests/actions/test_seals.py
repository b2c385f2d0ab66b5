"""Whatever the desk keeps of its people and its days is sealed: changed in silence, it shows."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import doubts, opening, personal_data, upkeep
from cchc_desk.actions.documents import paper_setup
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lists import matching
from cchc_desk.actions.people import accounts, recovery
from cchc_desk.actions.training import lessons, practice
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.ledger.doubts import DoubtKind
from cchc_desk.errors import Refused
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.test_tampering import forge

IN_THE_FILE = pytest.mark.one_pc("the check of the file's own triggers and tables")
HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA"


@pytest.fixture
def lived(desk: Desk, clock: TableClock) -> Desk:
    """A desk with a row of each kind."""
    code = intake.accept_dossier(desk, make_intake()).code
    matching.join_code(desk, code, "H57.32-261123-0001")
    matching.name_official(desk, "Lý Văn Xa", "binh")
    courtesy.record_visit(desk, ["smile"], code=code, moment=Moment.GREETING)
    courtesy.record_visit(desk, [], moment=Moment.THANKS)
    courtesy.rate(desk, code, 2)
    courtesy.rate(desk, code, 1)
    setup = paper_setup.paper_setup(desk, "receipt")
    paper_setup.keep_paper_setup(desk, "receipt", replace(setup, size="A5"))
    courtesy.weekly_card(desk, "an", clock.now.date())
    become(desk, "chi")
    marks = tuple((item.key, Mark.DONE) for item in courtesy.items(desk))
    courtesy.observe(desk, Observation("an", clock.now, marks, "Chào trước", "Nói chậm hơn"))
    lessons.begin_lesson(desk, 1)
    lessons.finish(desk, 60)
    become(desk, "dung")
    accounts.change_password(desk, practice.PASSWORD, "mật khẩu khác hẳn")
    recovery.new_sheet(desk)
    kind = personal_data.kinds()[0].code
    asked = personal_data.NewRequest(kind, "Lê Thị Hoa", "0912 000 111", "hồ sơ năm 2020")
    personal_data.take_request(desk, asked)
    assert upkeep.verify_ledger(desk).problems == ()
    return desk


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE officials SET password_hash = '{HASH}' WHERE id = 'chi'", "Mật khẩu"),
        ("UPDATE numbers SET next = 1 WHERE series = 'dossier'", "Dãy số dossier"),
        ("UPDATE numbers SET next = 90 WHERE series = 'dossier'", "Dãy số dossier"),
        ("DELETE FROM numbers WHERE series = 'dossier'", "Dãy số dossier"),
        ("INSERT INTO numbers VALUES ('PXL-UBND', '2026', 40)", "Dãy số PXL-UBND"),
        (
            "INSERT INTO calendar_years VALUES ('x', 2027, 'QĐ', '[]', 'chi', "
            "'2026-11-23T10:00', 'dung', '2026-11-23T10:00')",
            "không có mục nào trong sổ cái",
        ),
        ("UPDATE courtesy_ratings SET faces = 5", "Đánh giá của công dân"),
        ("DELETE FROM courtesy_ratings", "Đánh giá của công dân"),
        ("UPDATE courtesy_visits SET official = 'binh'", "tự chấm"),
        ("DELETE FROM courtesy_visits WHERE n = 1", "tự chấm"),
        ("INSERT INTO courtesy_visits SELECT n + 9, at, official, moment, done, dossier "
         "FROM courtesy_visits", "tự chấm"),
        ("UPDATE courtesy_observations SET good = 'Tốt'", "Phiếu quan sát"),
        ("DELETE FROM courtesy_observations", "Phiếu quan sát"),
        ("UPDATE lesson_runs SET trainee = 'Ai đó'", "Kết quả bài học"),
        ("UPDATE lesson_runs SET outcome = replace(outcome, '\"score\": ', '\"score\": 1')",
         "Kết quả bài học"),
        ("UPDATE officials SET must_change = 1 WHERE id = 'binh'", "phải đổi mật khẩu"),
        ("UPDATE recovery_sheets SET fingerprint = 'x'", "Sổ phiếu khôi phục"),
        ("UPDATE recovery_sheets SET used = made", "Sổ phiếu khôi phục"),
        ("UPDATE citizen_requests SET answer_by = '2030-01-01'", "Sổ yêu cầu của công dân"),
        ("DELETE FROM citizen_requests", "Sổ yêu cầu của công dân"),
        ("UPDATE list_codes SET code = 'H57.32-261123-0002'", "Mã của hệ thống khác"),
        ("UPDATE list_officials SET official = 'chi'", "Tên cán bộ trong danh sách"),
        ("INSERT INTO list_layouts VALUES ('ab', '[]', '{}')", "Mẫu danh sách"),
        ("INSERT INTO lists VALUES (9, 'ab', 'a.xls', '', '', '', '', '2026-11-23', 'an', '{}')",
         "Danh sách đã nhận"),
        ("UPDATE row_sums SET total = '0' WHERE name = 'courtesy_visits'", "tự chấm"),
        ("DELETE FROM row_sums", "tự chấm"),
        ("UPDATE settings SET value = '\"A4\"' WHERE key = 'receipt_paper'", "Khổ giấy"),
        *(pytest.param(*case, marks=IN_THE_FILE) for case in (
            ("DROP TRIGGER promises_are_kept", "promises_are_kept"),
            ("CREATE TRIGGER x AFTER INSERT ON dossiers BEGIN DELETE FROM visitors; END", "x mà"),
            ("CREATE VIEW v AS SELECT 1", "v mà"),
            ("CREATE TABLE t (a)", "t mà"),
        )),
    ],
)  # fmt: skip
def test_what_is_changed_in_silence_is_seen_by_the_whole_and_the_daily_check(
    lived: Desk, clock: TableClock, statement: str, words: str
) -> None:
    if statement.startswith("DROP"):
        with lived.database.write() as connection:
            connection.exec_driver_sql(statement)
    else:
        forge(lived, statement)

    if "PXL" not in statement:  # a series that no paper bears yet: by the whole check alone
        assert any(words in problem for problem in upkeep.verify_recent(lived).problems)
    assert any(words in problem for problem in upkeep.verify_ledger(lived).problems)


def test_an_act_that_was_refused_first_leaves_the_sums_of_the_next_ones_right(
    desk: Desk, clock: TableClock
) -> None:
    """It takes back all that its transaction made, the triggers of the connection too."""
    desk.close()
    opened = opening.open_desk(desk.folder, clock)
    become(opened, "an")
    with pytest.raises(Refused):
        matching.join_code(opened, "H13.999-261123-9999", "A.1")
    matching.name_official(opened, "Lý Văn Xa", "binh")
    assert upkeep.verify_ledger(opened).problems == ()
    opened.close()


def test_a_later_act_does_not_make_a_changed_rating_good(lived: Desk) -> None:
    forge(lived, "UPDATE courtesy_ratings SET faces = 5")
    become(lived, "an")
    code = intake.accept_dossier(lived, make_intake()).code

    courtesy.rate(lived, code, 3)

    assert any("Đánh giá" in problem for problem in upkeep.verify_ledger(lived).problems)


def test_a_forged_sum_shows_although_it_fits_the_forged_rows(lived: Desk) -> None:
    from cchc_desk.store.ledger import sums

    forge(lived, "UPDATE courtesy_ratings SET faces = 5")
    with lived.database.write() as connection:
        total = sums.sum_of(connection, "courtesy_ratings")
        run(
            connection,
            "UPDATE row_sums SET total = ? WHERE name = 'courtesy_ratings'",
            (f"{total:x}",),
        )
    become(lived, "an")
    courtesy.rate(lived, intake.accept_dossier(lived, make_intake()).code, 3)

    assert any("Đánh giá" in problem for problem in upkeep.verify_ledger(lived).problems)


def _reopened(desk: Desk, clock: TableClock) -> Desk:
    desk.close()
    opened = opening.open_desk(desk.folder, clock)
    become(opened, "dung")
    return opened


@IN_THE_FILE
def test_foreign_triggers_are_told_at_opening_and_put_right_by_who_decides(
    lived: Desk, clock: TableClock
) -> None:
    forge(lived, "CREATE TRIGGER evil AFTER INSERT ON dossiers BEGIN DELETE FROM visitors; END")
    with lived.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER promises_are_kept")

    desk = _reopened(lived, clock)

    assert desk.doubt is not None
    assert desk.doubt.kind is DoubtKind.SCHEMA
    assert "evil" in doubts.doubt_words(desk.doubt)
    become(desk, "an")
    with pytest.raises(Refused):
        intake.accept_dossier(desk, make_intake())
    become(desk, "dung")
    doubts.confirm_state(desk, "đã xem, dựng lại")
    desk = _reopened(desk, clock)
    assert desk.doubt is None
    assert upkeep.verify_ledger(desk).problems == ()


@IN_THE_FILE
@pytest.mark.parametrize("when", ["INSERT ON dossiers", "UPDATE ON numbers", "INSERT ON journal"])
def test_a_foreign_trigger_never_runs(lived: Desk, clock: TableClock, when: str) -> None:
    """It might never end, or delete what it likes: it raises here."""
    boom = "BEGIN SELECT RAISE(ABORT, 'it ran'); END"
    forge(lived, f"CREATE TRIGGER evil BEFORE {when} {boom}")
    desk = _reopened(lived, clock)
    become(desk, "an")
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(desk, make_intake())
    assert refused.value.code == "state-in-doubt"
    become(desk, "dung")
    doubts.confirm_state(desk, "đã xem, dựng lại")
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    desk.close()


def test_the_daily_check_is_bounded_whatever_moments_the_entries_bear(
    desk: Desk, clock: TableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All entries may be of the last thirty days by a clock that leapt: not all are read."""
    monkeypatch.setattr(upkeep, "RECENT_MOST", 5)
    clock.now += timedelta(days=36500)
    for _ in range(8):
        intake.accept_dossier(desk, make_intake())
    upkeep.verify_ledger(desk)
    work = LongWork()

    assert upkeep.verify_recent(desk, work).problems == ()

    assert work.total == 2 * 5  # entries and their dossiers


@pytest.mark.parametrize("moment", ["2019-01-01T00:00", "2099-01-01T00:00", "0001-01-01T00:00"])
def test_one_entry_of_another_time_makes_the_daily_check_no_longer(
    desk: Desk, clock: TableClock, moment: str
) -> None:
    for _ in range(6):
        clock.now += timedelta(days=20)
        intake.accept_dossier(desk, make_intake())
    upkeep.verify_ledger(desk)
    usual, after = LongWork(), LongWork()
    upkeep.verify_recent(desk, usual)
    forge(desk, f"UPDATE journal SET at = '{moment}' WHERE seq = 2")

    upkeep.verify_recent(desk, after)

    assert after.total == usual.total < 2 * 7


@pytest.mark.one_pc("files of released programs")
@pytest.mark.parametrize("schema", [2, 8])
def test_an_old_file_is_sealed_from_its_upgrade_on(
    tmp_path: Path, clock: TableClock, schema: int
) -> None:
    released = Path(__file__).parents[1] / "store" / "engine" / "released" / f"schema-{schema}.db"
    shutil.copy(released, tmp_path / "desk.db")
    desk = opening.open_desk(tmp_path, clock)
    desk.official = accounts.list_officials(desk)[0]
    assert upkeep.verify_ledger(desk).problems == ()

    forge(desk, f"UPDATE officials SET password_hash = '{HASH}'")
    assert any("Mật khẩu" in problem for problem in upkeep.verify_ledger(desk).problems)
    desk.close()
