"""Dossiers taken in for another agency: the promise, forwarding, the agency's own time."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from cchc_desk.actions.boards import morning, morning_sheet
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import correct, forwarding, progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.clocks import Clock, ClockKind
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.time.deadlines import WalkWhat
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake
from tests.papers.forms.test_read_back import joined, squeezed

THERE = "UBND phường Cái Răng"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


def taken_in(desk: Desk, limit: str = "3 ngày làm việc") -> Dossier:
    return intake.accept_dossier(desk, make_intake(limit=limit, for_agency=f" {THERE} "))


def clock_of(desk: Desk, code: str, kind: ClockKind) -> Clock:
    return next(one for one in progress.show_dossier(desk, code).clocks if one.kind is kind)


@pytest.mark.parametrize(
    ("received", "by", "due"),
    [
        ("11-23T15:00", "11-23T17:00", "11-27T17:00"),
        ("11-23T15:01", "11-25T11:30", "11-30T11:30"),  # the 24th is a day of rest
        ("11-27T16:00", "11-30T11:30", "12-03T11:30"),  # over a weekend
    ],
)
def test_its_time_runs_from_when_the_agency_is_to_have_it(
    desk: Desk, clock: TableClock, received: str, by: str, due: str
) -> None:
    clock.now = at(received)
    preview = intake.preview_promise(
        desk, "1.001193", make_intake().channel, "3 ngày làm việc", for_agency=THERE
    )
    dossier = taken_in(desk)
    assert preview.due is not None
    assert (preview.due.moment, dossier.due) == (at(due), at(due))
    assert (dossier.for_agency, dossier.forward_by) == (THERE, at(by))
    assert dossier.accepted == at(received)
    walk = progress.show_dossier(desk, dossier.code).walk
    assert walk == preview.due.walk
    assert (walk[0].what, walk[0].at) == (WalkWhat.ACCEPTED, at(received).time())
    (begins,) = (step for step in walk if step.what is WalkWhat.FORWARDED)
    assert (begins.day, begins.at) == (at(by).date(), at(by).time())
    assert [step.number for step in walk if step.number] == [1, 2, 3]


def test_which_clock_is_late_is_named_from_forwarding_to_the_agencys_end(
    desk: Desk, clock: TableClock
) -> None:
    code = taken_in(desk).code
    assert morning.morning(desk).to_forward == {code: at("11-23T17:00")}
    sheet = joined(morning_sheet.sheet_drawing(desk).pdf())
    assert "Hồ sơ nhận thay chưa chuyển (1)" in sheet
    assert "trước 17:00 23/11" in sheet
    clock.now = at("11-23T17:00")
    assert not clock_of(desk, code, ClockKind.FORWARD).late
    clock.now = at("11-25T08:00")
    assert clock_of(desk, code, ClockKind.FORWARD).late
    view = forwarding.forward(desk, code)
    assert view.dossier.forwarded == clock.now
    assert "quá hạn chuyển" in view.history[-1].words
    assert morning.morning(desk).to_forward == {}
    assert "nhận thay" not in joined(morning_sheet.sheet_drawing(desk).pdf())
    clock.now = at("11-26T08:00")
    view = forwarding.agency_received(desk, code, at("11-25T15:00"))
    agency = clock_of(desk, code, ClockKind.AGENCY)
    assert (agency.due, agency.late, agency.system) == (at("11-30T15:00"), False, THERE)
    assert agency.walk[-1].at == agency.due.time()
    assert view.dossier.due == at("11-27T17:00")  # a promise does not move
    clock.now = at("11-30T09:00")
    late = {one.kind: one.late for one in progress.show_dossier(desk, code).clocks}
    assert late == {ClockKind.PROMISE: True, ClockKind.FORWARD: True, ClockKind.AGENCY: False}
    assert upkeep.verify_ledger(desk).ok


def test_the_agency_may_be_late_while_the_promise_holds(desk: Desk, clock: TableClock) -> None:
    code = taken_in(desk, "2 giờ").code
    forwarding.forward(desk, code)
    forwarding.agency_received(desk, code)
    clock.now = at("11-23T16:00")
    late = {one.kind: one.late for one in progress.show_dossier(desk, code).clocks}
    assert late == {ClockKind.PROMISE: False, ClockKind.FORWARD: False, ClockKind.AGENCY: True}
    assert not progress.show_dossier(desk, code).row.letters_owed


def test_what_is_not_so_is_refused(desk: Desk, clock: TableClock) -> None:
    own = intake.accept_dossier(desk, make_intake()).code
    code = taken_in(desk).code

    def refused(act: Callable[[], object]) -> str:
        with pytest.raises(Refused) as no:
            act()
        return no.value.code

    assert refused(lambda: forwarding.forward(desk, own)) == "not-for-agency"
    assert refused(lambda: forwarding.agency_received(desk, code)) == "not-forwarded"
    forwarding.forward(desk, code)
    assert refused(lambda: forwarding.forward(desk, code)) == "already-forwarded"
    for when in ("11-23T09:59", "11-23T10:01"):
        noted = partial(forwarding.agency_received, desk, code, at(when))
        assert refused(noted) == "agency-received"
    steps.mark_ready(desk, code)
    assert refused(lambda: forwarding.agency_received(desk, code)) == "already-finished"
    become(desk, "dung")
    assert refused(lambda: forwarding.forward(desk, code)) == "role"


def test_receipt_and_control_sheet_name_the_agency_and_letters_speak_of_the_promise_alone(
    desk: Desk, clock: TableClock
) -> None:
    code = taken_in(desk, "1 ngày làm việc").code
    own = intake.accept_dossier(desk, make_intake()).code
    said = squeezed("thời gian giải quyết tính từ khi cơ quan này nhận hồ sơ")
    assert squeezed(THERE) in squeezed(joined(printing.paper_pdf(desk, code, "receipt")))
    assert said in squeezed(joined(printing.paper_pdf(desk, code, "receipt")))
    assert said not in squeezed(joined(printing.paper_pdf(desk, own, "receipt")))
    solving = squeezed(f"Cơ quan (bộ phận) giải quyết hồ sơ: {THERE}")
    assert solving in squeezed(joined(printing.paper_pdf(desk, code, "control")))
    assert solving not in squeezed(joined(printing.paper_pdf(desk, own, "control")))
    clock.now = at("11-27T09:00")
    assert clock_of(desk, code, ClockKind.FORWARD).late
    letters.draft_apology(desk, code, "volume", at("12-01T10:00"))
    letter = joined(printing.paper_pdf(desk, code, "apology"))
    assert "25 tháng 11" in letter  # the promise
    assert "chuyển" not in letter
    assert "quy trình" not in letter


def test_another_procedure_counts_from_the_same_moment(desk: Desk) -> None:
    code = taken_in(desk).code
    before = progress.show_dossier(desk, code).dossier
    wanted = make_intake(
        limit="5 ngày làm việc", procedure="1.000894", for_agency=THERE, papers=(),
        received=before.accepted,
    )  # fmt: skip
    after = correct.correct(desk, code, wanted, "Chọn nhầm thủ tục").dossier
    assert after.first.made == before.forward_by
    with pytest.raises(Refused) as fixed:
        correct.correct(
            desk, code, make_intake(limit=None, received=before.accepted), "Không phải nhận thay"
        )
    assert (fixed.value.code, fixed.value.field) == ("correct-fixed", "for_agency")
