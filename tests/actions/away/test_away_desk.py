"""An away desk leaves with numbers of its own, works, and comes back; nothing is overwritten."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from cchc_desk import paths
from cchc_desk.actions.away import coming_back, leaving, trips
from cchc_desk.actions.away.leaving import Leave
from cchc_desk.actions.away.trips import TripState
from cchc_desk.actions.data import new_desk, opening, protection, repair, upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import anonymise, progress, reminders, steps
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import clock as office_clock
from cchc_desk.actions.office import numbers, office_settings
from cchc_desk.actions.training import practice
from cchc_desk.domain.away import Side
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.ledger.numbers import Blocks
from cchc_desk.domain.people import recovery_code
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import encryption
from cchc_desk.store.engine.database import run
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import number_series
from tests.actions.conftest import MONDAY, TableClock, become, draft_all, make_intake


def accept(desk: Desk, name: str = "Nguyễn Thị Ánh Đào") -> str:
    become(desk, "an")
    return intake.accept_dossier(desk, make_intake(name)).code


def refusal(job: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        job()
    return refused.value.code


@pytest.fixture
def laptop(desk: Desk, tmp_path: Path) -> Path:
    """The folder of an away desk that left this morning; one dossier was there before."""
    accept(desk)
    return leave(desk, tmp_path / "laptop")


def leave(desk: Desk, folder: Path, name: str = "Ấp 5") -> Path:
    become(desk, "chi")
    return leaving.leave(desk, folder, Leave(name)).folder


@contextmanager
def at(folder: Path, clock: TableClock) -> Iterator[Desk]:
    with closing(opening.open_desk(folder, clock)) as away:
        become(away, "an")
        yield away


def come_back(desk: Desk, folder: Path, **decisions: Side) -> coming_back.Arrival:
    become(desk, "chi")
    return coming_back.bring_back(desk, folder, decisions)


def sound(desk: Desk) -> bool:
    return upkeep.verify_ledger(desk).problems == ()


def first_code(desk: Desk) -> str:
    with desk.read() as connection:
        return str(run(connection, "SELECT code FROM dossiers ORDER BY n").fetchone()[0])


def test_both_sides_work_and_everything_is_there(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    before = first_code(desk)
    with at(laptop, clock) as away:
        far = accept(away, "Trần Văn Xa")
        steps.hand_over(away, [before], "binh")
    near = accept(desk, "Lê Thị Gần")
    assert far.endswith("-9500")
    assert near.endswith("-0002")
    arrival = come_back(desk, laptop)
    assert (arrival.new, arrival.changed, arrival.both) == ((far,), (before,), ())
    assert progress.show_dossier(desk, before).dossier.holder == "binh"
    names = {row.name for row in progress.find_dossiers(desk, "van xa")}
    assert names == {"Trần Văn Xa"}
    assert sound(desk)
    (trip,) = trips.trips(desk)
    assert (trip.state, trip.open_codes) == (TripState.BACK, ())


def test_the_history_says_where_an_act_was_done(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    with at(laptop, clock) as away:
        code, id_there = accept(away), away.id
    come_back(desk, laptop)
    with desk.read() as connection:
        (entry, _facts), *_rest = journal.of_dossier(connection, code)
    assert (entry.desk, entry.official) == (id_there, "an")


def test_what_both_touched_waits_for_a_person(desk: Desk, laptop: Path, clock: TableClock) -> None:
    code = first_code(desk)
    with at(laptop, clock) as away:
        steps.hand_over(away, [code], "binh")
    become(desk, "an")
    steps.shelve(desk, code, "Kệ 1")
    become(desk, "chi")
    seen = coming_back.look(desk, laptop)
    assert [one.code for one in seen.both] == [code]
    assert [one.words for one in seen.both[0].home] == ["Để hồ sơ tại Kệ 1"]
    assert "Bàn giao" in seen.both[0].away[0].words
    arrival = come_back(desk, laptop)
    assert arrival.undecided == (code,)
    assert trips.trips(desk)[0].open_codes == (code,)
    kept = progress.show_dossier(desk, code).dossier
    assert (kept.holder, kept.place) == ("an", "Kệ 1")
    assert sound(desk)

    later = come_back(desk, laptop, **{code: Side.AWAY})
    assert (later.is_back, later.undecided) == (True, ())
    taken = progress.show_dossier(desk, code).dossier
    assert (taken.holder, taken.place) == ("binh", "")
    assert trips.trips(desk)[0].open_codes == ()
    assert sound(desk)


def test_a_decision_that_would_take_a_promise_away_is_refused(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    code = first_code(desk)
    with at(laptop, clock) as away:
        steps.hand_over(away, [code], "binh")
    become(desk, "an")
    steps.pause(desk, code, PauseKind.OPINION, "Hỏi công an")
    become(desk, "chi")
    (one,) = coming_back.look(desk, laptop).both
    assert not one.takes_away
    assert refusal(lambda: come_back(desk, laptop, **{code: Side.AWAY})) == "away-kept"
    with at(laptop, clock) as away:
        assert away.away is not None  # it was closed, nothing of it is at home
        assert away.away.closed
    assert trips.trips(desk)[0].state is TripState.OUT
    assert come_back(desk, laptop, **{code: Side.HOME}).undecided == ()
    assert sound(desk)
    assert refusal(lambda: come_back(desk, laptop, **{code: Side.HOME})) == "away-not-both"


def test_a_numbered_slip_of_home_is_not_taken_away(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    code = first_code(desk)
    with at(laptop, clock) as away:
        steps.shelve(away, code, "Kệ xa")
    become(desk, "an")
    steps.shelve(desk, code, "Kệ gần")
    become(desk, "chi")
    (one,) = coming_back.look(desk, laptop).both
    assert one.takes_away
    reminders.remind(desk, code, Asker.CITIZEN, How.PHONE)
    (one,) = coming_back.look(desk, laptop).both
    assert not one.takes_away
    assert refusal(lambda: come_back(desk, laptop, **{code: Side.AWAY})) == "away-kept"


def test_a_decision_that_comes_too_late_keeps_what_was_done_since(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    code = first_code(desk)
    with at(laptop, clock) as away:
        steps.shelve(away, code, "Kệ xa")
    become(desk, "an")
    steps.shelve(desk, code, "Kệ gần")
    come_back(desk, laptop)
    become(desk, "an")
    steps.shelve(desk, code, "Kệ mới")
    assert refusal(lambda: come_back(desk, laptop, **{code: Side.AWAY})) == "away-kept"
    come_back(desk, laptop, **{code: Side.HOME})
    assert progress.show_dossier(desk, code).dossier.place == "Kệ mới"
    assert sound(desk)


def test_what_was_only_printed_is_no_conflict(desk: Desk, laptop: Path, clock: TableClock) -> None:
    code = first_code(desk)
    with at(laptop, clock) as away:
        printing.log_printed(away, code, "receipt")
    become(desk, "an")
    steps.shelve(desk, code, "Kệ 1")
    arrival = come_back(desk, laptop)
    assert (arrival.both, arrival.changed) == ((), ())
    assert progress.show_dossier(desk, code).dossier.place == "Kệ 1"
    assert sound(desk)


def test_nobody_is_forgotten_while_a_laptop_has_the_names(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    become(desk, "an")
    code = first_code(desk)
    steps.withdraw(desk, code, "Xin rút")
    clock.now = clock.now.replace(year=2032)
    become(desk, "dung")
    office_clock.confirm(desk)
    forget = partial(anonymise.anonymise, desk, code, "Hết hạn lưu")
    assert refusal(forget) == "away-out"
    come_back(desk, laptop)
    become(desk, "dung")
    forget()
    assert sound(desk)


@pytest.mark.one_pc("the encryption of the file")
def test_the_wards_recovery_sheet_opens_the_laptops_data(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    become(desk, "dung")
    protection.encrypt(desk)
    code = recovery_code.new_code()
    assert protection.hold_by_sheet(desk.folder, code)
    laptop = leaving.leave(desk, tmp_path / "laptop", Leave("Ấp 5", encrypt=True)).folder
    file = paths.database_file(laptop)
    assert encryption.is_encrypted(file)
    assert protection.unlock_file(file, code).newest == encryption.key_of(file)
    with at(laptop, clock) as away:
        new = accept(away)
    assert come_back(desk, laptop).new == (new,)


def test_a_laptops_data_are_encrypted_where_home_is_not(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    become(desk, "chi")
    laptop = leaving.leave(desk, tmp_path / "laptop", Leave("Ấp 5", encrypt=True)).folder
    assert encryption.is_encrypted(paths.database_file(laptop))
    with at(laptop, clock) as away:
        new = accept(away)
    assert come_back(desk, laptop).new == (new,)


# --- what an away desk does not do ----------------------------------------------------------------


def test_what_is_one_for_the_ward_is_refused_away(laptop: Path, clock: TableClock) -> None:
    with at(laptop, clock) as away:
        become(away, "chi")
        assert refusal(lambda: office_settings.change_settings(away, {"soon_days": 3})) == "away"
        assert refusal(lambda: leaving.leave(away, laptop / "x", Leave("Ấp 6"))) == "away"
        become(away, "an")
        register = before_acceptance.register_online
        assert refusal(lambda: register(away, make_intake(), "G22.2", MONDAY)) == "away"
        assert refusal(lambda: away.require(Permission.CERTIFY)) == "away"


def test_a_letter_that_the_registrar_numbers_is_signed_at_the_ward(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    accept(desk)
    become(desk, "chi")
    office_settings.change_settings(desk, {"letter_by_registrar": True})
    laptop = leave(desk, tmp_path / "laptop")
    clock.now = clock.now.replace(day=25)
    with at(laptop, clock) as away:
        draft_all(away)
        become(away, "chi")
        (row,) = letters.letters(away)
        assert refusal(lambda: letters.sign_letter(away, row.letter.id, 7)) == "away"


def test_the_paper_of_the_laptops_printer_is_its_own(laptop: Path, clock: TableClock) -> None:
    with at(laptop, clock) as away:
        become(away, "dung")
        office_settings.change_settings(away, {"receipt_paper": "A5"})
        assert away.settings["receipt_paper"] == "A5"


def test_an_away_desk_that_came_back_writes_nothing(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    come_back(desk, laptop)
    with at(laptop, clock) as away:
        assert refusal(lambda: accept(away)) == "away-closed"
        code = first_code(away)
        assert progress.show_dossier(away, code).dossier.code == code
    with desk.read() as connection:
        before = journal.last_link(connection)
    assert come_back(desk, laptop).is_back
    with desk.read() as connection:
        assert journal.last_link(connection) == before


# --- what does not come home ----------------------------------------------------------------------


def test_a_file_changed_by_hand_is_not_taken(desk: Desk, laptop: Path, clock: TableClock) -> None:
    with at(laptop, clock) as away:
        accept(away)
    change(laptop, "UPDATE applicants SET name = 'Người Khác'")
    assert refusal(lambda: come_back(desk, laptop)) == "away-not-clean"
    assert trips.trips(desk)[0].state is TripState.OUT


def test_an_earlier_state_of_the_laptop_is_not_taken(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    """Acts that the witness of its folder knows would be lost in silence."""
    earlier = paths.database_file(laptop).read_bytes()
    with at(laptop, clock) as away:
        accept(away)
    paths.database_file(laptop).write_bytes(earlier)
    for beside in laptop.glob("desk.db-*"):
        beside.unlink()
    assert refusal(lambda: come_back(desk, laptop)) == "away-not-clean"


def test_a_desk_of_another_ward_is_not_taken(
    desk: Desk, laptop: Path, tmp_path: Path, clock: TableClock
) -> None:
    other = tmp_path / "other"
    with closing(new_desk.set_up(other, practice.plan(), clock, practice=True)) as stranger:
        become(stranger, "chi")
        assert refusal(lambda: come_back(stranger, laptop)) == "away-foreign"
        assert refusal(lambda: come_back(stranger, tmp_path / "nothing")) == "not-away"
        assert refusal(lambda: come_back(desk, other)) == "not-away"


def test_a_ledger_that_does_not_begin_with_the_wards_is_not_taken(
    desk: Desk, laptop: Path, clock: TableClock
) -> None:
    with at(laptop, clock) as away:
        assert away.away is not None
        known = away.away.encode() | {"head": "0" * 64}
    change(laptop, "UPDATE settings SET value = ? WHERE key = 'away'", json.dumps(known))
    assert refusal(lambda: come_back(desk, laptop)) == "away-not-clean"


def change(folder: Path, sql: str, *values: str) -> None:
    """Somebody writes into the laptop's file without the program."""
    with closing(sqlite3.connect(paths.database_file(folder))) as connection:
        connection.execute(sql, values)
        connection.commit()


def test_a_lost_laptop_is_given_up_and_its_numbers_stay_given(
    desk: Desk, laptop: Path, tmp_path: Path, clock: TableClock
) -> None:
    become(desk, "chi")
    assert refusal(lambda: trips.give_up(desk, "Ấp 6", "Máy bị mất")) == "away-unknown"
    assert refusal(lambda: trips.give_up(desk, "Ấp 5", " ")) == "reason"
    assert trips.give_up(desk, "Ấp 5", "Máy bị mất").state is TripState.GIVEN_UP
    assert refusal(lambda: trips.give_up(desk, "Ấp 5", "Máy bị mất")) == "away-not-out"
    second = leaving.leave(desk, tmp_path / "second", Leave("Ấp 6"))
    assert second.blocks == Blocks(9000, 9499, 98000, 98999)
    assert sound(desk)
    # Found after all: nothing of it is lost.
    with at(laptop, clock) as away:
        code = accept(away)
    assert come_back(desk, laptop).new == (code,)
    assert sound(desk)


# --- numbers --------------------------------------------------------------------------------------


def test_two_desks_away_at_once_have_numbers_of_their_own(
    desk: Desk, laptop: Path, tmp_path: Path, clock: TableClock
) -> None:
    other = leave(desk, tmp_path / "other", "Ấp 6")
    codes = []
    for folder in (laptop, other):
        with at(folder, clock) as away:
            codes.append(accept(away))
            steps.request_supplement(away, codes[-1], "Thiếu", ["Bản sao"])
            printing.log_printed(away, codes[-1], "receipt")
    codes.append(accept(desk))
    assert [code[-4:] for code in codes] == ["9500", "9000", "0002"]
    for folder in (other, laptop):  # the later one comes first: papers in another order
        come_back(desk, folder)
        assert sound(desk)
    become(desk, "an")
    steps.request_supplement(desk, codes[-1], "Thiếu", ["Bản sao"])
    (series,) = numbers.series(desk, 2026)
    assert (series.given, series.gaps) == (3, ())


def test_the_next_desk_goes_on_behind_the_numbers_of_the_last(
    desk: Desk, laptop: Path, tmp_path: Path, clock: TableClock
) -> None:
    with at(laptop, clock) as away:
        first = accept(away)
        steps.request_supplement(away, first, "Thiếu", ["Bản sao"])
    come_back(desk, laptop)
    second = leave(desk, tmp_path / "second")
    with at(second, clock) as away:
        code = accept(away)
        steps.request_supplement(away, code, "Thiếu", ["Bản sao"])
    assert (first[-4:], code[-4:]) == ("9500", "9501")
    come_back(desk, second)
    with desk.read() as connection:
        slips = run(connection, "SELECT number FROM slips ORDER BY number").fetchall()
    assert [number for (number,) in slips] == [99000, 99001]


def test_home_never_goes_on_behind_the_numbers_of_an_away_desk(
    desk: Desk, laptop: Path, clock: TableClock, tmp_path: Path
) -> None:
    with at(laptop, clock) as away:
        code = accept(away)
        steps.request_supplement(away, code, "Thiếu", ["Bản sao"])
    come_back(desk, laptop)
    assert repair.check_and_rebuild(desk).rebuilt == ()
    become(desk, "an")
    assert accept(desk).endswith("-0002")


@pytest.mark.one_pc("copies of the file")
def test_an_older_state_put_back_goes_on_before_them(
    desk: Desk, laptop: Path, clock: TableClock, tmp_path: Path
) -> None:
    with at(laptop, clock) as away:
        code = accept(away)
        steps.request_supplement(away, code, "Thiếu", ["Bản sao"])
    come_back(desk, laptop)
    become(desk, "dung")
    made = upkeep.backup(desk).copy.file
    found = {one.series: one.number for one in number_series.numbers_in(made)}
    assert found["dossier"] == 1
    assert found.get("HDHS", 0) < 9000


def test_numbers_that_home_used_are_not_given_away(desk: Desk, tmp_path: Path) -> None:
    accept(desk)
    become(desk, "chi")
    for blocks in (Blocks(1, 500, 90000, 90500), Blocks(9000, 8000, 90000, 90500)):
        out = partial(leaving.leave, desk, tmp_path / "x", Leave("Ấp 5", blocks))
        assert refusal(out) == "block-shared"
    early = Leave("Ấp 5", until=MONDAY.date().replace(day=1))
    assert refusal(lambda: leaving.leave(desk, tmp_path / "x", early)) == "away-until"
    assert trips.trips(desk) == ()


def test_a_desk_with_a_part_of_the_numbers_gives_of_its_own(desk: Desk, tmp_path: Path) -> None:
    """Another desk of the office has the numbers behind them."""
    become(desk, "dung")
    office_settings.change_settings(desk, {"block_last": 499, "letter_block_last": 2000})
    first = leaving.leave(desk, tmp_path / "first", Leave("Ấp 5"))
    assert first.blocks == Blocks(376, 499, 1501, 2000)
    second = leaving.leave(desk, tmp_path / "second", Leave("Ấp 6"))
    assert second.blocks == Blocks(252, 375, 1001, 1500)
    assert desk.settings["block_last"] == 251


def test_a_folder_that_could_not_be_made_never_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(desk, "chi")
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "desk.new").mkdir()  # what is in the way
    with pytest.raises((Trouble, OSError)):
        leaving.leave(desk, folder, Leave("Ấp 5"))
    assert trips.trips(desk)[0].state is TripState.NOT_MADE
    (folder / "desk.new").rmdir()
    again = leaving.leave(desk, folder, Leave("Ấp 5"))
    assert again.blocks.first == 9500


def test_letters_are_signed_and_handed_over_away(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    code = accept(desk)
    laptop = leave(desk, tmp_path / "laptop")
    clock.now = clock.now.replace(day=25)
    with at(laptop, clock) as away:
        draft_all(away)
        become(away, "chi")
        letters.sign_all(away)
        (row,) = letters.letters(away)
        letters.deliver_letter(away, row.letter.id, How.COUNTER)
    come_back(desk, laptop)
    (row,) = letters.letters(desk)
    assert (row.letter.code, row.letter.number) == (code, 99000)
    assert sound(desk)
