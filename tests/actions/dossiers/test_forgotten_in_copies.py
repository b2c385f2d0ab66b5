"""Anonymising reaches the copies: those that hold the person are listed, or made again."""

from datetime import date, datetime

import pytest

from cchc_desk import paths
from cchc_desk.actions.data import copies
from cchc_desk.actions.dossiers import anonymise, forgotten_in_copies, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.domain.copies import Reason
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake

pytestmark = pytest.mark.one_pc("copies of the file")

NAME = "Nguyễn Thị Ánh Đào"


@pytest.fixture
def code(desk: Desk, clock: TableClock) -> str:
    """A dossier whose person was forgotten after years; three copies are older, one is newer."""
    dossier = intake.accept_dossier(desk, make_intake(NAME))
    copies.copy_now(desk)
    copies.copy_now(desk, Reason.UPGRADE)
    steps.mark_ready(desk, dossier.code)
    steps.return_result(desk, dossier.code, Return(NAME))
    clock.now = datetime(2032, 1, 5, 9, 0)
    copies.copy_now(desk)
    clock.now = datetime(2032, 1, 5, 10, 0)
    become(desk, "dung")
    anonymise.anonymise(desk, dossier.code, "Hết thời hạn lưu")
    copies.copy_now(desk)
    return dossier.code


def readable(desk: Desk) -> list[str]:
    folder = paths.backup_folder(desk.folder)
    return sorted(file.name for file in folder.glob("*.db") if NAME.encode() in file.read_bytes())


def test_copies_that_hold_the_person_are_listed_with_their_last_day(desk: Desk, code: str) -> None:
    holding = forgotten_in_copies.copies_holding(desk, code)
    assert sorted(copy.file.name for copy in holding) == readable(desk)
    assert {copy.file.name[:15]: copy.gone_by for copy in holding} == {
        "before-upgrade-": None,
        "desk-2026-11-23": date(2027, 11, 30),
        "desk-2032-01-05": date(2033, 1, 31),
    }
    told = forgotten_in_copies.told(holding)
    assert "3 bản sao" in told
    assert "31/01/2033" in told
    assert "không tự xóa" in told


def test_they_are_made_again_and_the_ledger_knows(desk: Desk, code: str) -> None:
    before = readable(desk)
    assert before
    deleted = forgotten_in_copies.renew_copies(desk, code)
    assert sorted(file.name for file in deleted) == before
    assert readable(desk) == []
    assert copies.newest_copy(desk) is not None
    assert forgotten_in_copies.copies_holding(desk, code) == ()
    assert forgotten_in_copies.told(()) == ""
    assert forgotten_in_copies.renew_copies(desk, code) == ()


def test_only_for_a_dossier_that_was_anonymised(desk: Desk) -> None:
    dossier = intake.accept_dossier(desk, make_intake())
    become(desk, "dung")
    with pytest.raises(Refused) as refused:
        forgotten_in_copies.renew_copies(desk, dossier.code)
    assert refused.value.code == "not-anonymised"
