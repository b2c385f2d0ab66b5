"""Drafts propose who answers for a late dossier; only a leader who does not bear it decides."""

from datetime import datetime

import pytest

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers
from tests.actions.conftest import TableClock, become, make_intake
from tests.papers.forms.test_read_back import joined, squeezed

NEW_DUE = datetime(2026, 11, 26, 9, 0)
AN_OTHER_LEADER = Official("khanh", "Ngô Gia Khánh", Role.LEADER, "Phó Chủ tịch")


@pytest.fixture(autouse=True)
def another_leader(desk: Desk) -> None:
    """A ward with two leaders."""
    who, other = desk.official, AN_OTHER_LEADER
    become(desk, "dung")
    password = "bốn con cá vàng"
    accounts.add_official(
        desk, NewOfficial(other.id, other.name, other.role, other.title, password)
    )
    desk.official = who


@pytest.fixture
def code(desk: Desk, clock: TableClock) -> str:
    """A dossier that is late since yesterday."""
    taken = intake.accept_dossier(desk, make_intake(limit="2 giờ"))
    clock.now = datetime(2026, 11, 24, 9, 0)
    return taken.code


def draft(desk: Desk, code: str, responsible: str | None, own_fault: bool | None = True) -> str:
    return letters.draft_apology(
        desk, code, "volume", NEW_DUE, responsible=responsible, own_fault=own_fault
    ).id


def struck(desk: Desk) -> dict[str, int]:
    who = desk.official
    desk.official = AN_OTHER_LEADER
    rows = responsibility.strikes(desk, 2026)
    desk.official = who
    return {row.official.id: len(row.dossiers) for row in rows}


def decided(desk: Desk, code: str) -> tuple[str | None, bool | None] | None:
    fixed = progress.show_dossier(desk, code).dossier.responsibility
    return (fixed.official, fixed.own_fault) if fixed else None


def test_a_draft_strikes_nobody_until_a_leader_signs_it(desk: Desk, code: str) -> None:
    letter = draft(desk, code, "binh")
    assert (decided(desk, code), struck(desk)) == (None, {})
    assert letters.letters(desk)[0].letter.responsible == "binh"
    become(desk, "chi")
    letters.sign_letter(desk, letter)
    assert (decided(desk, code), struck(desk)) == (("binh", True), {"binh": 1})
    sentences = [entry.words for entry in progress.show_dossier(desk, code).history]
    assert any("Xác định trách nhiệm: " in sentence for sentence in sentences)


def test_whoever_was_decided_upon_moves_the_blame_by_no_draft(desk: Desk, code: str) -> None:
    become(desk, "chi")
    responsibility.fix_responsibility(desk, code, "volume", "binh", own_fault=True)
    for who in ("binh", "an"):
        become(desk, who)
        letter = draft(desk, code, "an")
        assert (decided(desk, code), struck(desk)) == (("binh", True), {"binh": 1})
    become(desk, "chi")
    letters.sign_letter(desk, letter)  # the proposal changes nothing that was decided
    assert (decided(desk, code), struck(desk)) == (("binh", True), {"binh": 1})


def test_whoever_a_draft_names_cannot_name_another_in_it(desk: Desk, code: str) -> None:
    draft(desk, code, "binh")
    become(desk, "binh")
    with pytest.raises(Refused) as refused:
        draft(desk, code, "an")
    assert refused.value.code == "own-responsibility"
    draft(desk, code, None, own_fault=None)  # the reason may be put right, the proposal stays
    become(desk, "an")  # whose dossier it is
    assert letters.letters(desk)[0].letter.responsible == "binh"
    become(desk, "binh")
    draft(desk, code, "binh", own_fault=False)
    become(desk, "an")
    assert letters.letters(desk)[0].letter.own_fault is True


def test_no_leader_decides_about_himself_by_any_way(desk: Desk, code: str) -> None:
    letter = draft(desk, code, "chi")
    become(desk, "chi")
    for official, fault in (("chi", False), ("chi", True), ("binh", True), (None, None)):
        with pytest.raises(Refused) as refused:
            responsibility.fix_responsibility(desk, code, "volume", official, fault)
        assert refused.value.code == "own-responsibility"
        if official:
            with pytest.raises(Refused) as refused:
                letters.draft_and_sign(desk, code, "volume", NEW_DUE, "", official, fault)
            assert refused.value.code == "own-responsibility"
    letters.sign_letter(desk, letter)  # the citizen does not wait for that decision
    assert struck(desk) == {}
    with pytest.raises(Refused):
        responsibility.fix_responsibility(desk, code, "volume", "binh", own_fault=True)
    desk.official = AN_OTHER_LEADER
    responsibility.fix_responsibility(desk, code, "volume", "chi", own_fault=True)
    assert struck(desk) == {"chi": 1}
    become(desk, "chi")
    with pytest.raises(Refused):
        responsibility.fix_responsibility(desk, code, "volume", "binh", own_fault=True)


def test_what_a_leader_held_over_its_time_another_decides(desk: Desk, clock: TableClock) -> None:
    become(desk, "chi")
    held = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    clock.now = datetime(2026, 11, 24, 9, 0)
    with pytest.raises(Refused) as refused:
        responsibility.fix_responsibility(desk, held, "volume", "binh", own_fault=True)
    assert refused.value.code == "own-responsibility"
    desk.official = AN_OTHER_LEADER
    responsibility.fix_responsibility(desk, held, "volume", "chi", own_fault=True)
    assert struck(desk) == {"chi": 1}


def test_a_leaders_own_dossier_goes_up_and_its_answer_is_entered_by_another(
    desk: Desk, code: str
) -> None:
    become(desk, "chi")
    responsibility.report_up(desk, code, "volume")
    assert (decided(desk, code), struck(desk)) == (("chi", None), {})
    answer = ("volume", "chi", True, "", "Công văn 15/SNV-CCHC ngày 23/11/2026")
    with pytest.raises(Refused):
        responsibility.fix_responsibility(desk, code, *answer)
    become(desk, "dung")
    with pytest.raises(Refused):  # an administrator decides nothing himself
        responsibility.fix_responsibility(desk, code, *answer[:3])
    responsibility.fix_responsibility(desk, code, *answer)
    assert struck(desk) == {"chi": 1}
    sentences = [entry.words for entry in progress.show_dossier(desk, code).history]
    assert any("15/SNV-CCHC" in sentence for sentence in sentences)
    assert any("Báo cấp trên" in sentence for sentence in sentences)


def test_no_document_lets_an_administrator_decide_what_is_the_leaders(
    desk: Desk, code: str
) -> None:
    become(desk, "chi")
    responsibility.fix_responsibility(desk, code, "volume", "binh", own_fault=True)
    become(desk, "dung")
    for official, fault in (("an", True), ("binh", False), (None, None)):
        with pytest.raises(Refused) as refused:
            responsibility.fix_responsibility(
                desk, code, "volume", official, fault, "", "Công văn 15/SNV-CCHC"
            )
        assert refused.value.code == "leader-decides"
    assert (decided(desk, code), struck(desk)) == (("binh", True), {"binh": 1})


def test_strikes_are_seen_by_a_leader_and_by_whom_they_are_about(
    desk: Desk, code: str, clock: TableClock
) -> None:
    become(desk, "chi")
    responsibility.fix_responsibility(desk, code, "volume", "binh", own_fault=True)

    def seen(who: str) -> tuple[int, int, bool]:
        become(desk, who)
        review = squeezed(joined(registers.review_list(desk, 2026)))
        rows = registers.strike_rows(desk, 2026)
        return len(responsibility.strikes(desk, 2026)), len(rows), code in review

    become(desk, "an")
    other = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code  # two are reviewed
    clock.now = datetime(2026, 11, 26, 9, 0)
    become(desk, "chi")
    responsibility.fix_responsibility(desk, other, "volume", "binh", own_fault=True)
    assert seen("chi") == (1, 2, True)
    assert seen("binh") == (1, 2, True)
    assert seen("an") == seen("dung") == (0, 0, False)


def test_what_a_draft_of_an_earlier_program_wrote_is_a_proposal_and_a_decision_stays(
    desk: Desk, code: str
) -> None:
    become(desk, "chi")
    responsibility.fix_responsibility(desk, code, "volume", "an", own_fault=True)
    with desk.write() as connection:  # as a draft up to 0.4 did
        loaded = dossiers.load(connection, code)
        assert loaded is not None
        fixed = loaded.responsibility
        assert fixed is not None
        dossiers.keep_responsibility(
            connection, code, type(fixed)(**vars(fixed) | {"official": "binh", "fixed_by": "an"})
        )
    assert struck(desk) == {}
    view = progress.show_dossier(desk, code).dossier
    assert view.responsibility is not None
    assert not view.responsibility.decided
    assert not view.own_fault
    responsibility.fix_responsibility(desk, code, "volume", "an", own_fault=True)
    assert struck(desk) == {"an": 1}
