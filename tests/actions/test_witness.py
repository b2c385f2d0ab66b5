"""The witness outside the file: what each act leaves in it."""

import pytest

from cchc_desk.actions.intake import intake
from cchc_desk.domain.ledger.facts.office import SettingsChanged
from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from cchc_desk.store.ledger.witness import NAME, last_line
from tests.actions.conftest import make_intake


def test_each_act_leaves_its_entry_and_the_numbers_it_took(desk: Desk) -> None:
    for number in (1, 2):
        intake.accept_dossier(desk, make_intake())

        line = last_line(desk.folder)
        with desk.read() as connection:
            head = journal.head(connection)
        assert line is not None
        assert head is not None
        assert (line.seq, line.head, line.desk) == (head.seq, head.hash, desk.id)
        assert TakenNumber("dossier", "261123", number) in line.numbers


def test_what_is_rolled_back_leaves_no_line(desk: Desk) -> None:
    intake.accept_dossier(desk, make_intake())
    before = last_line(desk.folder)

    def power_cut() -> None:
        with desk.write() as connection:
            desk.record(connection, SettingsChanged({}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        power_cut()

    assert last_line(desk.folder) == before


def test_an_act_stands_although_its_line_could_not_be_written(desk: Desk) -> None:
    (desk.folder / NAME).unlink(missing_ok=True)
    (desk.folder / NAME).mkdir()

    code = intake.accept_dossier(desk, make_intake()).code

    assert code.endswith("-0001")
    assert desk.witness_trouble is not None
