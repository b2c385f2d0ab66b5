"""Personal data leave with a reason, by a leader or an administrator, and the ledger has it."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.exports import leaving, national_exchange, tables
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_calendar
from cchc_desk.actions.papers import registers
from cchc_desk.domain.table import Column, Listing
from cchc_desk.domain.time.calendar import DayKind, SpecialDay
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import WHY, TableClock, become, make_intake
from tests.papers.forms.test_read_back import joined, squeezed

DAY = date(2026, 11, 23)
PEOPLE = Listing((Column[str]("Chủ hồ sơ", str, personal=True),), ("Nguyễn Thị Ánh Đào",))
Leave = Callable[[Desk, Path, str], object]
WAYS: dict[str, Leave] = {
    "exchange": lambda desk, file, why: national_exchange.export_exchange(
        desk, file, DAY, DAY, why
    ),
    "table": lambda desk, file, why: tables.export_table(desk, file, "Sổ", PEOPLE, reason=why),
    "list": lambda desk, _file, why: registers.list_paper(desk, "Sổ", PEOPLE, why),
    "copy": lambda desk, file, why: upkeep.backup(desk, file, why),
}


OF_THE_FILE = pytest.mark.one_pc("copies of the file")


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=OF_THE_FILE if way == "copy" else ()) for way in WAYS]
)
def test_all_citizens_leave_only_with_a_leader_or_an_administrator_who_says_why(
    desk: Desk, tmp_path: Path, way: str
) -> None:
    intake.accept_dossier(desk, make_intake())
    target = tmp_path / "exports" / "tep"
    target.parent.mkdir()
    for who, why, code in (
        ("an", WHY, "role"),
        ("binh", WHY, "role"),
        ("chi", "", "reason-missing"),
        ("dung", " .-. 1", "reason-missing"),
    ):
        become(desk, who)
        with pytest.raises(Refused) as refused:
            WAYS[way](desk, target, why)
        assert refused.value.code == code
        assert list(target.parent.iterdir()) == []
    for who in ("chi", "dung"):
        become(desk, who)
        target.unlink(missing_ok=True)  # a copy is never written over another
        WAYS[way](desk, target, WHY)
    last, first = leaving.export_log(desk, DAY, DAY)
    assert (first.official, first.lines, first.reason) == ("Lê Mai Chi", 1, WHY)
    if target.exists():
        assert last.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
        assert last.file == "tep"


def test_the_log_of_what_left_is_for_those_who_answer_for_it(desk: Desk) -> None:
    for who in ("an", "binh"):
        become(desk, who)
        with pytest.raises(Refused, match="dành cho"):
            leaving.export_log(desk, DAY, DAY)


@OF_THE_FILE
def test_the_days_copy_in_the_desks_own_folder_is_anybodys(desk: Desk) -> None:
    for who in ("an", "binh", "chi", "dung"):
        become(desk, who)
        assert upkeep.backup(desk).copy.file.exists()


def test_a_clerk_prints_the_book_of_their_own_dossiers_and_no_others(desk: Desk) -> None:
    mine = intake.accept_dossier(desk, make_intake()).code
    become(desk, "chi")
    others = intake.accept_dossier(desk, make_intake("Lê Văn Khác")).code
    with pytest.raises(Refused) as refused:
        registers.register_book(desk, DAY, DAY)
    assert refused.value.code == "reason-missing"
    book = squeezed(joined(registers.register_book(desk, DAY, DAY, reason=WHY)))
    assert mine in book
    assert others in book
    become(desk, "an")
    book = squeezed(joined(registers.register_book(desk, DAY, DAY)))
    assert mine in book
    assert others not in book
    become(desk, "chi")
    newest = leaving.export_log(desk, DAY, DAY)[0]
    assert (newest.own, newest.lines, newest.reason) == (True, 1, "")


# --- a processor ----------------------------------------------------------------------------------


def test_a_processor_lists_their_own_and_looks_up_any_one(desk: Desk, clock: TableClock) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(3)]
    many = leaving_many(desk)
    steps.hand_over(desk, [codes[0]], "binh")
    become(desk, "binh")
    assert {row.code for row in progress.find_dossiers(desk)} == {codes[0]}
    for only in ("open", "late", "owed"):
        assert {row.code for row in progress.find_dossiers(desk, only=only)} <= {codes[0]}
    (found,) = progress.find_dossiers(desk, codes[2])
    assert found.code == codes[2]
    assert progress.show_dossier(desk, codes[2]).dossier.code == codes[2]
    assert {row.code for row in progress.find_dossiers(desk, "n")} <= {codes[0]}
    looked_up = progress.find_dossiers(desk, "Trần Đông", limit=1000)
    assert len(looked_up) == progress.LOOKED_UP < many
    assert {row.code for row in registers.book_rows(desk, DAY, DAY)} == {codes[0]}
    clock.now = clock.now.replace(day=27)
    board = progress.day_board(desk)
    assert {row.code for row in (*board.late, *board.letters_owed)} == {codes[0]}
    clock.now = clock.now.replace(day=23)
    with pytest.raises(Refused) as refused:
        registers.receipt_annex(desk, [codes[2]])
    assert refused.value.code == "not-own"
    become(desk, "an")
    assert len(progress.find_dossiers(desk, limit=1000)) == many + 3


def test_a_processor_sees_their_own_among_the_promises_that_a_calendar_moves(desk: Desk) -> None:
    mine, other = (
        intake.accept_dossier(desk, make_intake(limit="3 ngày làm việc")).code for _ in "ab"
    )
    steps.hand_over(desk, [mine], "binh")
    hours = {"mon-fri": "07:30-09:00"}
    assert {move.code for move in office_calendar.moves_by_hours(desk, hours)} == {mine, other}
    become(desk, "dung")
    rest = SpecialDay(date(2026, 11, 25), DayKind.OFF, "Nghỉ", "TB 1", "")
    days = (*desk.calendar.days_of(2026), rest)
    year = office_calendar.enter_year(desk, 2026, "TB 1", days).id
    become(desk, "binh")
    assert [move.code for move in office_calendar.moves_by_hours(desk, hours)] == [mine]
    assert [move.code for move in office_calendar.moves_of(desk, year)] == [mine]


def leaving_many(desk: Desk) -> int:
    """Take in more dossiers of one name than a look-up shows to a processor."""
    for _ in range(progress.LOOKED_UP + 2):
        intake.accept_dossier(desk, make_intake("Trần Đông"))
    return progress.LOOKED_UP + 2
