"""The ledger's facts: what is written is read again, a fault of the program is not called
tampering, and no old entry changes its sentence.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import history, progress
from cchc_desk.actions.intake import intake
from cchc_desk.domain.ledger import facts
from cchc_desk.domain.ledger.facts.base import Clear
from cchc_desk.domain.ledger.facts.lateness import Notified
from cchc_desk.domain.people.officials import Act
from cchc_desk.session import Desk
from cchc_desk.store.engine import backup, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.ledger import journal
from tests.actions.conftest import MONDAY, become, make_intake
from tests.engines import by_hand, copy_desk

RELEASED = Path(__file__).parents[2] / "store" / "engine" / "released"
SENTENCES = json.loads((RELEASED / "sentences.json").read_text(encoding="utf-8"))
FAULT = "Mục số 3 không đọc được: lỗi của chương trình, không phải bị sửa"
LOST = "Chi tiết của mục này bị mất hoặc bị sửa"


@dataclass(frozen=True)
class Unfinished(facts.Facts):
    """A notice of a program that forgot whether it was in time."""

    how: Clear

    act = Act.NOTIFY


@pytest.fixture
def code(desk: Desk) -> str:
    return intake.accept_dossier(desk, make_intake()).code


def test_a_key_that_the_program_forgot_is_a_fault_of_the_program(desk: Desk, code: str) -> None:
    with desk.database.write() as connection:
        desk.record(connection, Unfinished("phone"), code)
    view = progress.show_dossier(desk, code)
    assert [line.words for line in view.history][1:] == [FAULT]
    assert view.problems == (FAULT,)
    assert upkeep.verify_ledger(desk).problems == (FAULT,)


@pytest.mark.parametrize("changed", ['{"how": "phone"}', "", "{", "[]"])
def test_details_that_somebody_changed_are_called_tampering(
    desk: Desk, code: str, changed: str
) -> None:
    with desk.database.write() as connection:
        desk.record(connection, Notified("phone", in_time=True), code)
    with by_hand(desk.folder) as raw:
        raw.execute("UPDATE journal_details SET details = ? WHERE seq = 3", (changed,))
    view = progress.show_dossier(desk, code)
    assert [line.words for line in view.history][1:] == [LOST]
    for problems in (view.problems, upkeep.verify_ledger(desk).problems):
        assert "Chi tiết của mục số 3 trong sổ cái đã bị sửa hoặc mất." in problems
        assert FAULT not in problems


def test_every_fact_of_a_practice_ward_is_read_and_written_again_the_same(
    usual_ward: Path, tmp_path: Path
) -> None:
    copy_desk(usual_ward, tmp_path)
    desk = opening.open_desk(tmp_path, lambda: MONDAY)
    become(desk, "an")
    acts = set()
    with desk.database.read() as connection:
        for entry, _salt, details in journal.entries(connection):
            if entry.act in facts.BY_ACT:
                acts.add(entry.act)
                fact, envelope = facts.read(entry.act, details), facts.read_envelope(details)
                assert facts.written({**fact.encode(), **envelope.encode()}) == details
    assert {"accept", "ready", "return", "hand-over", "sign-letter", "request"} <= acts
    assert upkeep.verify_ledger(desk).problems == ()
    desk.close()


@pytest.mark.parametrize("schema", sorted(SENTENCES))
def test_entries_of_every_released_schema_keep_their_sentences(tmp_path: Path, schema: str) -> None:
    """sentences.json was made by the program as it was before the facts had classes."""
    old = tmp_path / "old.db"
    old.write_bytes((RELEASED / f"{schema}.db").read_bytes())
    opened = Database(old)
    migrations.upgrade(opened, lambda it: backup.copy_database(it, tmp_path / "before.db"))
    with opened.read() as connection:
        for code, expected in SENTENCES[schema].items():
            found = [
                [line.at.isoformat(timespec="minutes"), line.official_name, line.act, line.words]
                for line in history.lines(connection, code)
            ]
            assert found == expected
        for entry, _salt, details in journal.entries(connection):
            facts.read(entry.act, details)
    opened.close()
