"""Taking in: the promise, the code, what is refused, what survives."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, TableClock, become, make_intake


def test_one_working_day_from_monday_10_00_skips_the_culture_day(desk: Desk) -> None:
    dossier = intake.accept_dossier(desk, make_intake())
    assert dossier.due == datetime(2026, 11, 25, 10, 0)
    assert dossier.code == "H13.999-261123-0001"


def test_codes_follow_each_other_and_restart_each_day(desk: Desk, clock: TableClock) -> None:
    first, second = (intake.accept_dossier(desk, make_intake()).code for _ in range(2))
    clock.now = datetime(2026, 11, 25, 8, 0)
    third = intake.accept_dossier(desk, make_intake()).code
    assert [first[-4:], second[-4:], third] == ["0001", "0002", "H13.999-261125-0001"]


def test_a_full_block_refuses_and_spends_nothing(desk: Desk) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {"block_first": 7, "block_last": 7})
    become(desk, "an")
    assert intake.accept_dossier(desk, make_intake()).code.endswith("-0007")
    for _ in range(2):
        with pytest.raises(Refused, match="hết dải số 0007–0007") as refused:
            intake.accept_dossier(desk, make_intake())
        assert refused.value.code == "block-full"
    assert len(progress.find_dossiers(desk)) == 1


def test_a_late_entry_keeps_both_times_and_promises_from_when_the_papers_came(desk: Desk) -> None:
    dossier = intake.accept_dossier(desk, make_intake(received=datetime(2026, 11, 20, 14, 0)))
    assert (dossier.accepted, dossier.entered) == (datetime(2026, 11, 20, 14, 0), MONDAY)
    assert dossier.due == datetime(2026, 11, 23, 14, 0)
    assert "nhập muộn" in progress.show_dossier(desk, dossier.code).history[0].words


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"procedure": "9.999999"}, "procedure"),
        ({"procedure": ""}, "procedure"),
        ({"limit": "ba hôm"}, "limit"),
        ({"sets": 0}, "sets"),
        ({"sets": 1000}, "sets"),
        ({"received": datetime(2026, 11, 23, 10, 1)}, "received"),
        ({"received": datetime(2017, 1, 5, 9, 0)}, "received"),
        ({"note": "x" * 2001}, "note"),
        ({"papers": (PaperCount("Đơn", original=-1),)}, "papers"),
        ({"papers": (PaperCount("Đơn", copy=1000),)}, "papers"),
        ({"papers": tuple(PaperCount(f"Giấy {n}", 1) for n in range(61))}, "papers"),
        ({"applicant": Applicant(ApplicantKind.PERSON, "  ")}, "name"),
        ({"applicant": Applicant(ApplicantKind.PERSON, "An", email="không phải thư")}, "email"),
        ({"submitter": Submitter("")}, "submitter_name"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_kept(
    desk: Desk, change: dict[str, object], field: str | None
) -> None:
    wrong = replace(make_intake(), **change)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(desk, wrong)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")
    assert progress.find_dossiers(desk) == ()
    assert upkeep.verify_ledger(desk).entries == 1  # the set-up alone


def test_an_uncertain_limit_is_asked_for(desk: Desk) -> None:
    unsure = make_intake(limit=None)
    preview = intake.preview_promise(desk, unsure.procedure, Channel.DIRECT, None)
    assert preview.needs_confirmation
    assert preview.due is None
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(desk, unsure)
    assert refused.value.field == "limit"
    confirmed = intake.preview_promise(desk, unsure.procedure, Channel.DIRECT, "1 ngày làm việc")
    assert confirmed.due is not None
    assert confirmed.due.moment == datetime(2026, 11, 25, 10, 0)


def test_a_name_with_markup_is_kept_as_typed(desk: Desk) -> None:
    dossier = intake.accept_dossier(
        desk, make_intake(name="<b>Đào & Cả</b>'; DROP TABLE dossiers;--")
    )
    assert (
        progress.show_dossier(desk, dossier.code).dossier.applicant.name == dossier.applicant.name
    )
    assert progress.find_dossiers(desk, "drop table")[0].code == dossier.code


def test_decomposed_text_is_stored_composed(desk: Desk) -> None:
    dossier = intake.accept_dossier(
        desk, make_intake(name="Nguye\u0302\u0303n Thi\u0323 Hu\u031bo\u031b\u0300ng")
    )
    assert dossier.applicant.name == "Nguyễn Thị Hường"


def test_the_persons_open_dossiers_and_last_address_come_with_the_card(desk: Desk) -> None:
    before = intake.accept_dossier(desk, make_intake())
    card = (
        "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
    )
    reading = intake.read_card(desk, card)
    assert [row.code for row in reading.open_dossiers] == [before.code]
    assert reading.known is not None
    assert reading.known.phone == "0912345678"
    assert any(before.code in warning for warning in intake.warnings_for(desk, make_intake()))


def test_a_number_that_disagrees_with_birth_and_sex_warns_but_does_not_stop(desk: Desk) -> None:
    person = replace(make_intake().applicant, born=datetime(1985, 1, 2).date(), sex="Nam")
    odd = make_intake(applicant=person)
    assert len(intake.warnings_for(desk, odd)) == 2
    assert intake.accept_dossier(desk, odd).applicant.sex == "Nam"


def test_missing_required_papers_are_named(desk: Desk) -> None:
    assert any(
        "bắt buộc" in sentence for sentence in intake.warnings_for(desk, make_intake(papers=()))
    )


def test_only_the_counter_accepts(desk: Desk) -> None:
    for who, allowed in (("an", True), ("binh", False), ("chi", True), ("dung", False)):
        become(desk, who)
        if allowed:
            intake.accept_dossier(desk, make_intake())
        else:
            with pytest.raises(Refused, match="người tiếp nhận hoặc lãnh đạo"):
                intake.accept_dossier(desk, make_intake())


def test_a_draft_survives_the_program_and_ends_with_the_acceptance(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    intake.save_draft(desk, {"name": "Nguyễn Thị Hường", "papers": [1, 0]})
    desk.close()
    again = opening.open_desk(tmp_path, clock)
    become(again, "an")
    assert intake.load_draft(again) == {"name": "Nguyễn Thị Hường", "papers": [1, 0]}
    become(again, "chi")
    assert intake.load_draft(again) is None
    become(again, "an")
    intake.accept_dossier(again, make_intake())
    assert intake.load_draft(again) is None
    again.close()
