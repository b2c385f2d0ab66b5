"""Several reasons on one pause: the clock runs again after the last that stops it, none twice."""

from datetime import datetime

import pytest

from cchc_desk.actions.dossiers import messages, progress, steps, take_back
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.dossier import Dossier, Status
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake

DUE = datetime(2026, 12, 1, 10, 0)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


@pytest.fixture
def forest(desk: Desk, clock: TableClock) -> str:
    """A dossier whose opinions and field checks stop the clock, due on the 1st of December."""
    clock.now = at("11-25T10:00")
    code = intake.accept_dossier(
        desk, make_intake(limit="4 ngày làm việc", procedure="1.007919")
    ).code
    assert seen(desk, code).due == DUE
    return code


def seen(desk: Desk, code: str) -> Dossier:
    return progress.show_dossier(desk, code).dossier


def test_two_reasons_stand_beside_one_another_and_no_hour_counts_twice(
    desk: Desk, clock: TableClock, forest: str
) -> None:
    steps.pause(desk, forest, PauseKind.OPINION, "Hỏi Chi cục Kiểm lâm")
    clock.now = at("11-25T14:00")
    steps.pause(desk, forest, PauseKind.FIELD_CHECK, "Xem rừng")
    dossier = seen(desk, forest)
    assert [one.kind for one in dossier.open_pauses] == [PauseKind.OPINION, PauseKind.FIELD_CHECK]
    assert dossier.paused_since == at("11-25T10:00")
    clock.now = at("11-26T10:00")
    steps.resume(desk, forest, which=1)
    dossier = seen(desk, forest)
    assert [one.ordinal for one in dossier.open_pauses] == [2]
    assert dossier.paused_since == at("11-25T14:00")  # it stands on
    clock.now = at("11-27T10:00")
    view = steps.resume(desk, forest)
    assert view.dossier.paused_since is None
    assert view.dossier.due == at("12-03T10:00")  # two days of work, from the 25th to the 27th
    (held,) = view.segments
    assert held.worked == 0  # of the time until now nothing was worked
    said = [line.words for line in view.history if line.act == "resume"]
    assert said[0].endswith(": Hỏi Chi cục Kiểm lâm")
    assert said[1].startswith("Hết tạm dừng; hạn trả chuyển sang")


def test_a_reason_that_stops_no_clock_lets_it_run_on(
    desk: Desk, clock: TableClock, forest: str
) -> None:
    steps.pause(desk, forest, PauseKind.FIELD_CHECK, "Xem rừng")
    steps.oblige(desk, forest, "Nộp phí thẩm định")  # the obligation does not stop it there
    clock.now = at("11-26T10:00")
    become(desk, "binh")
    view = steps.resume(desk, forest)
    assert view.dossier.status is Status.OBLIGATION
    assert view.dossier.paused_since is None
    assert view.dossier.due == at("12-02T10:00")
    assert [one.kind for one in view.dossier.open_pauses] == [PauseKind.OBLIGATION]
    assert steps.obligation_met(desk, forest).dossier.due == at("12-02T10:00")


def test_papers_are_asked_for_while_an_opinion_is_awaited(
    desk: Desk, clock: TableClock, forest: str
) -> None:
    steps.pause(desk, forest, PauseKind.OPINION, "Hỏi Chi cục Kiểm lâm")
    steps.request_supplement(desk, forest, "Thiếu bản sao", ("Sổ đỏ",))
    dossier = seen(desk, forest)
    assert (dossier.status, len(dossier.open_pauses)) == (Status.SUPPLEMENT, 2)
    assert "Sổ đỏ" in messages.messages_for(desk, forest).phone
    steps.pause(desk, forest, PauseKind.FIELD_CHECK, "Xem rừng")
    assert seen(desk, forest).status is Status.SUPPLEMENT
    clock.now = at("11-26T10:00")
    dossier = steps.supplement_brought(desk, forest).dossier
    assert dossier.status is Status.PROCESSING
    assert len(dossier.open_pauses) == 2
    steps.mark_ready(desk, forest)  # ends them all
    assert not seen(desk, forest).open_pauses


def test_several_lines_are_several_reasons_of_one_pause(desk: Desk, forest: str) -> None:
    view = steps.pause(desk, forest, PauseKind.OPINION, "Hỏi Kiểm lâm\n\n Hỏi Thuế \nHỏi Thuế")
    (pause,) = view.dossier.open_pauses
    assert pause.reason == "Hỏi Kiểm lâm\nHỏi Thuế"
    assert view.history[-1].words.endswith(": Hỏi Kiểm lâm; Hỏi Thuế")
    with pytest.raises(Refused) as same:
        steps.pause(desk, forest, PauseKind.OPINION, "Hỏi Kiểm lâm\nHỏi Thuế")
    assert (same.value.code, same.value.field) == ("already-paused", "reason")
    with pytest.raises(Refused) as none:
        steps.pause(desk, forest, PauseKind.OPINION, " \n ")
    assert (none.value.code, none.value.field) == ("reason-missing", "reason")
    with pytest.raises(Refused) as unknown:
        steps.resume(desk, forest, which=7)
    assert unknown.value.code == "not-paused"


def test_the_last_reason_is_taken_back_and_the_others_stay(
    desk: Desk, clock: TableClock, forest: str
) -> None:
    steps.pause(desk, forest, PauseKind.OPINION, "Hỏi Kiểm lâm")
    clock.now = at("11-25T11:00")
    steps.request_supplement(desk, forest, "Thiếu bản sao")
    dossier = take_back.undo(desk, forest, "Nhầm hồ sơ").dossier
    assert (dossier.status, dossier.paused_since) == (Status.PROCESSING, at("11-25T10:00"))
    steps.request_supplement(desk, forest, "Thiếu bản sao")
    steps.pause(desk, forest, PauseKind.FIELD_CHECK, "Xem rừng")
    dossier = take_back.undo(desk, forest, "Nhầm hồ sơ").dossier
    assert (dossier.status, len(dossier.open_pauses)) == (Status.SUPPLEMENT, 2)
    assert dossier.due == DUE
