"""One act on many dossiers: each on its own, with what happened to it."""

from pathlib import Path

import pikepdf
import pytest

from cchc_desk.actions.dossiers import bulk, progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import become, make_intake
from tests.papers.archive_check import faults


@pytest.fixture
def codes(desk: Desk) -> list[str]:
    names = ("Lê Thị Một", "Phạm Văn Hai", "Võ Thị Ba")
    return [
        intake.accept_dossier(desk, make_intake(name=name, id_number=f"09219000123{n}")).code
        for n, name in enumerate(names)
    ]


def status_of(desk: Desk, code: str) -> Status:
    return progress.show_dossier(desk, code).dossier.status


def test_what_can_be_done_is_done_and_the_rest_says_why(desk: Desk, codes: list[str]) -> None:
    steps.withdraw(desk, codes[1])
    outcomes = bulk.mark_ready(desk, codes)
    assert [one.refusal is None for one in outcomes] == [True, False, True]
    assert (outcomes[1].code, outcomes[1].name) == (codes[1], "Phạm Văn Hai")
    assert outcomes[1].refusal
    ended = Status.WITHDRAWN
    assert [status_of(desk, code) for code in codes] == [Status.READY, ended, Status.READY]


def test_each_act_is_an_entry_of_its_dossier(desk: Desk, codes: list[str]) -> None:
    bulk.mark_ready(desk, codes)
    for code in codes:
        view = progress.show_dossier(desk, code)
        assert view.problems == ()
        assert len(view.history) == 2


def test_results_go_to_who_handed_each_in_or_to_one_for_all(desk: Desk, codes: list[str]) -> None:
    bulk.mark_ready(desk, codes)
    bulk.return_results(desk, codes[:2])
    bulk.return_results(desk, codes[2:], "Lý Thị Nhận")
    to = [progress.show_dossier(desk, code).dossier.returned_to for code in codes]
    assert to == ["Lê Thị Một", "Phạm Văn Hai", "Lý Thị Nhận"]


def test_many_are_handed_over_but_not_to_who_holds_one(desk: Desk, codes: list[str]) -> None:
    steps.hand_over(desk, codes[:1], "binh")
    outcomes = bulk.hand_over(desk, codes, "binh")
    assert [one.refusal is None for one in outcomes] == [False, True, True]


def test_without_a_signed_letter_none_is_delivered(desk: Desk, codes: list[str]) -> None:
    outcomes = bulk.deliver_letters(desk, codes, How.COUNTER)
    assert all(one.refusal for one in outcomes)


def test_who_may_not_do_it_to_one_may_not_do_it_to_many(desk: Desk, codes: list[str]) -> None:
    become(desk, "binh")
    with pytest.raises(Refused) as refused:
        bulk.return_results(desk, codes)
    assert refused.value.code == "role"
    assert bulk.why_not(desk, codes)["return"] == refused.value.message


def test_an_act_is_offered_when_one_of_them_allows_it(desk: Desk, codes: list[str]) -> None:
    assert bulk.why_not(desk, codes)["return"] is not None
    steps.mark_ready(desk, codes[2])
    assert bulk.why_not(desk, codes)["return"] is None


def test_more_than_a_list_shows_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        bulk.mark_ready(desk, [str(number) for number in range(bulk.MOST + 1)])
    assert refused.value.code == "too-many"


def test_their_papers_come_out_as_one_and_each_is_noted(
    desk: Desk, codes: list[str], tmp_path: Path
) -> None:
    papers = bulk.printouts(desk, codes, "receipt")
    file = tmp_path / "receipts.pdf"
    file.write_bytes(papers.pdf())
    assert faults(file) == []
    with pikepdf.open(file) as document:
        title = str(document.docinfo.Title)
    assert title == f"Giấy hẹn của {len(codes):02d} hồ sơ"
    assert papers.log() == 1
    assert bulk.printouts(desk, codes[:1], "receipt").log() == 2
