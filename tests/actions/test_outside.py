"""What was cut, put back, exchanged or written anew shows against anything kept outside the file.

The forger here knows the program: he changes a printed promise and computes every seal and link
anew with the program's own functions.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from cchc_desk import paths
from cchc_desk.actions.data import doubts, opening, upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.intake import intake
from cchc_desk.domain.ledger.doubts import DoubtKind, Outside
from cchc_desk.domain.ledger.entry import GENESIS, details_hash, entry_hash
from cchc_desk.domain.ledger.facts import written
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from cchc_desk.store.ledger import integrity, journal
from cchc_desk.store.ledger.witness import NAME, last_line, newest
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.documents.test_printing import text_of
from tests.engines import ON_POSTGRESQL, copy_desk, past_triggers, put_back


def forge(desk: Desk, code: str) -> None:
    """Move a printed promise and write the whole ledger anew, seals and triggers included."""
    with (
        desk.database.write() as connection,
        past_triggers(connection.connection.dbapi_connection),
    ):
        run(connection, "UPDATE dossiers SET first_due = '2026-12-30T17:00'")
        run(connection, "UPDATE promises SET due = '2026-12-30T17:00'")
        previous, seal = GENESIS, integrity.seal_of(connection, code)
        for entry, salt, details in list(journal.entries(connection)):
            if entry.code == code and '"seal"' in details:
                details = written({**json.loads(details), "seal": seal})
            committed = details_hash(salt, details)
            own = entry_hash(
                entry.desk, entry.seq, entry.at, entry.event, entry.official, entry.act,
                entry.code, committed, previous,
            )  # fmt: skip
            run(
                connection,
                "UPDATE journal SET details_hash = ?, previous = ?, hash = ? WHERE seq = ?",
                (committed, previous, own, entry.seq),
            )
            run(
                connection,
                "UPDATE journal_details SET details = ? WHERE seq = ?",
                (details, entry.seq),
            )
            previous = own


def again(desk: Desk, clock: TableClock) -> Desk:
    desk.close()
    opened = opening.open_desk(desk.folder, clock)
    become(opened, "dung")
    return opened


def no_witness(folder: Path) -> None:
    for file in folder.glob(f"{NAME}*"):
        file.unlink()


def test_a_forger_is_seen_by_the_witness(desk: Desk, clock: TableClock) -> None:
    forge(desk, intake.accept_dossier(desk, make_intake()).code)

    desk = again(desk, clock)

    assert desk.doubt is not None
    assert desk.doubt.kind is DoubtKind.REWRITTEN
    assert any("viết lại" in problem for problem in upkeep.verify_ledger(desk).problems)


@pytest.mark.one_pc("copies beside the data")
def test_a_forger_is_seen_by_a_copy(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    upkeep.backup(desk)
    forge(desk, code)
    no_witness(desk.folder)

    desk = again(desk, clock)

    assert desk.doubt is not None
    assert desk.doubt.outside is Outside.COPY
    assert any("viết lại" in problem for problem in upkeep.verify_ledger(desk).problems)


def test_a_forger_is_seen_by_the_last_check(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    assert upkeep.verify_ledger(desk).ok
    forge(desk, code)
    no_witness(desk.folder)

    desk = again(desk, clock)

    assert desk.doubt is not None
    assert desk.doubt.outside is Outside.CHECK
    assert any("viết lại" in problem for problem in upkeep.verify_ledger(desk).problems)


def test_without_anything_outside_verify_says_that_there_was_nothing(
    desk: Desk, clock: TableClock
) -> None:
    forge(desk, intake.accept_dossier(desk, make_intake()).code)
    no_witness(desk.folder)

    desk = again(desk, clock)
    answer = upkeep.verify_ledger(desk)

    assert answer.ok
    assert answer.compared == ()
    assert "Không có gì ngoài tệp" in doubts.words_of(answer.compared)

    intake.accept_dossier(desk_of_an(desk), make_intake())
    begun = upkeep.verify_ledger(desk).compared[0]
    assert begun.outside is Outside.WITNESS
    assert begun.since == begun.seq  # a witness that knows nothing of before says so


def desk_of_an(desk: Desk) -> Desk:
    become(desk, "an")
    return desk


def _old_copy(desk: Desk) -> Callable[[], None]:
    kept = desk.folder / "kept"
    copy_desk(desk.folder, kept)
    return partial(put_back, kept, desk.folder)


def copy_here(desk: Desk) -> set[Outside]:
    """Make a copy in the desk's own folder; a ward's server keeps its copies itself."""
    if ON_POSTGRESQL:
        return set()
    upkeep.backup(desk)
    return {Outside.COPY}


def test_an_old_copy_put_over_the_file_promises_nothing_until_somebody_decided(
    desk: Desk, clock: TableClock
) -> None:
    intake.accept_dossier(desk, make_intake())
    put_old_back = _old_copy(desk)
    lost = intake.accept_dossier(desk, make_intake()).code
    desk.close()
    put_old_back()

    desk = again(desk, clock)
    assert desk.doubt is not None
    assert desk.doubt.kind is DoubtKind.LOST
    assert "khôi phục" in doubts.doubt_words(desk.doubt)
    become(desk, "an")
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(desk, make_intake())
    assert refused.value.code == "state-in-doubt"
    with pytest.raises(Refused, match="dành cho"):
        doubts.confirm_state(desk, "ổ đĩa hỏng")

    become(desk, "dung")
    doubts.confirm_state(desk, "ổ đĩa hỏng, dùng bản sao")
    become(desk, "an")
    code = intake.accept_dossier(desk, make_intake()).code
    assert code != lost
    assert code.endswith("-0003")  # 0002 was given before
    desk = again(desk, clock)
    assert desk.doubt is None
    answer = upkeep.verify_ledger(desk)
    assert answer.problems == ()
    assert all(place.fits or place.seen for place in answer.compared)


@pytest.mark.one_pc("copies, and a number that a typed column cannot hold")
def test_one_damaged_series_of_a_copy_loses_no_other_number(desk: Desk, clock: TableClock) -> None:
    intake.accept_dossier(desk, make_intake())
    put_old_back = _old_copy(desk)
    with closing(sqlite3.connect(desk.database.file)) as bare, bare:
        bare.execute("INSERT INTO numbers (series, period, next) VALUES ('x', '2026', 9e999)")
    lost = intake.accept_dossier(desk, make_intake()).code
    upkeep.backup(desk)
    desk.close()
    no_witness(desk.folder)
    put_old_back()

    desk = again(desk, clock)
    doubts.confirm_state(desk, "ổ đĩa hỏng, dùng bản sao")
    become(desk, "an")
    assert lost.endswith("-0002")
    assert intake.accept_dossier(desk, make_intake()).code.endswith("-0003")


@pytest.mark.one_pc("the -wal of the file")
def test_a_lost_log_of_the_last_acts_is_seen(desk: Desk, clock: TableClock) -> None:
    intake.accept_dossier(desk, make_intake())
    with closing(sqlite3.connect(desk.database.file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = desk.database.file.read_bytes()
        intake.accept_dossier(desk, make_intake())
        desk.close()
    desk.database.file.write_bytes(before)

    desk = again(desk, clock)

    assert desk.doubt is not None
    assert desk.doubt.kind is DoubtKind.LOST


def test_a_database_of_another_desk_is_seen(
    desk: Desk, clock: TableClock, usual_ward: Path
) -> None:
    intake.accept_dossier(desk, make_intake())
    desk.close()
    put_back(usual_ward, desk.folder)

    desk = again(desk, clock)

    assert desk.doubt is not None
    assert desk.doubt.kind is DoubtKind.OTHER_DESK


def test_nothing_is_doubted_where_all_is_well(desk: Desk, clock: TableClock) -> None:
    intake.accept_dossier(desk, make_intake())
    copies = copy_here(desk)
    upkeep.verify_ledger(desk)

    desk = again(desk, clock)

    assert desk.doubt is None
    answer = upkeep.verify_ledger(desk)
    assert answer.ok
    assert {place.outside for place in answer.compared} == {
        Outside.WITNESS,
        Outside.CHECK,
        *copies,
    }
    assert doubts.words_of(answer.compared) == ""
    with pytest.raises(Refused, match="Không có gì phải quyết định"):
        doubts.confirm_state(desk, "cho chắc")


def test_a_rewritten_past_is_seen_although_new_acts_went_on(desk: Desk, clock: TableClock) -> None:
    forge(desk, intake.accept_dossier(desk, make_intake()).code)
    with desk.write() as connection:  # the desk is open all the while
        pass
    intake.accept_dossier(desk, make_intake())
    line = last_line(desk.folder)
    with desk.read() as connection:
        head = journal.head(connection)
    assert line is not None
    assert head is not None
    assert line.head == head.hash

    assert any("viết lại" in problem for problem in upkeep.verify_ledger(desk).problems)


def test_the_receipt_in_a_citizens_hand_is_a_witness(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    printing.save_paper(desk, code, "receipt", desk.folder / "exports" / "giay-hen.pdf")
    text = text_of((desk.folder / "exports" / "giay-hen.pdf").read_bytes())
    heads = re.findall(r"Sổ cái: (\S+)", text)
    assert len(set(heads)) == 1
    assert len(heads) == 2  # on both copies
    assert upkeep.verify_ledger(desk, heads[0]).ok

    forge(desk, code)
    no_witness(desk.folder)
    desk = again(desk, clock)
    (desk.folder / paths.ANCHOR).unlink()

    assert upkeep.verify_ledger(desk).ok
    assert any("viết lại" in problem for problem in upkeep.verify_ledger(desk, heads[0]).problems)


def test_a_witness_that_is_not_written_any_more_is_a_problem(desk: Desk) -> None:
    intake.accept_dossier(desk, make_intake())
    desk.witness = None
    for _ in range(6):
        intake.accept_dossier(desk, make_intake())

    assert any("chậm hơn" in problem for problem in upkeep.verify_ledger(desk).problems)


def test_entries_that_a_killed_program_left_without_their_line_are_noted_at_opening(
    desk: Desk, clock: TableClock
) -> None:
    intake.accept_dossier(desk, make_intake())
    assert desk.witness is not None
    desk.witness.close()
    desk.witness = None
    for _ in range(6):
        intake.accept_dossier(desk, make_intake())
    desk = again(desk, clock)

    with desk.read() as connection:
        head = journal.head(connection)
    line = newest(desk.folder)
    assert line is not None
    assert head is not None
    assert line.head == head.hash
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_decision_holds_for_a_check_of_before_too(desk: Desk, clock: TableClock) -> None:
    """The last whole check and newer copies knew what is lost: they raise no alarm for ever."""
    intake.accept_dossier(desk, make_intake())
    put_old_back = _old_copy(desk)
    intake.accept_dossier(desk, make_intake())
    copy_here(desk)
    assert upkeep.verify_ledger(desk).ok
    desk.close()
    put_old_back()
    desk = again(desk, clock)
    assert len(upkeep.verify_ledger(desk).problems) == 1  # said once, whoever knows it

    doubts.confirm_state(desk, "dùng bản sao buổi sáng")

    assert upkeep.verify_ledger(desk).problems == ()
    assert again(desk, clock).doubt is None
