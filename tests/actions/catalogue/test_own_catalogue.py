"""The office edits its catalogue: new versions, limits confirmed once, its own words and order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cchc_desk.actions.catalogue import catalogue, own_catalogue
from cchc_desk.actions.catalogue.procedure_edit import NO_END, ProcedureEdit
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.papers import dossier_papers
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.law.fees import FeeRule, FeeUnit
from cchc_desk.domain.law.procedure import Channel, LimitStatus, OfficeChoice, PaperLabel, shortened
from cchc_desk.domain.ledger import facts
from cchc_desk.domain.ledger.facts.office import ProcedureSet
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings

BIRTH = "1.001193"
CERTIFIED_COPY = "2.000815"
WITHIN_DAY = dict.fromkeys(Channel, ("trong ngày",))
DECISION = ProcedureEdit(
    BIRTH, document="QĐ 12/QĐ-UBND", document_day=date(2026, 11, 2), limits=WITHIN_DAY
)


@pytest.fixture
def admin(desk: Desk) -> Desk:
    become(desk, "dung")
    return desk


def refused(code: str, act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    return caught.value


# --- the limit ------------------------------------------------------------------------------------


def test_a_limit_confirmed_once_with_its_document_is_asked_for_no_more(
    admin: Desk, an_intake: Callable[..., Intake]
) -> None:
    become(admin, "an")
    refused("limit-unconfirmed", lambda: intake.accept_dossier(admin, an_intake(limit=None)))
    become(admin, "dung")
    saved = own_catalogue.set_procedure(admin, DECISION)
    assert saved.version.key == "2026-11-23"
    become(admin, "an")
    dossier = intake.accept_dossier(admin, an_intake(limit=None))
    assert (dossier.limit.text, dossier.procedure_version) == ("trong ngày", "2026-11-23")
    confirmed = saved.version.confirmation
    assert confirmed
    assert (confirmed.document, confirmed.day) == ("QĐ 12/QĐ-UBND", date(2026, 11, 2))
    assert (confirmed.official, confirmed.at) == ("dung", MONDAY)


def test_without_a_document_a_limit_stays_for_the_clerk_to_confirm(admin: Desk) -> None:
    saved = own_catalogue.set_procedure(
        admin, replace(DECISION, document="", limits=dict.fromkeys(Channel, ("2 ngày làm việc",)))
    )
    assert saved.version.limit_status is LimitStatus.UNVERIFIED
    assert saved.version.needs_confirmation(Channel.DIRECT)


def test_until_it_is_confirmed_the_limit_confirmed_last_is_offered(
    desk: Desk, an_intake: Callable[..., Intake]
) -> None:
    def preview() -> intake.PromisePreview:
        return intake.preview_promise(desk, BIRTH, Channel.DIRECT, None)

    assert preview().remembered is None
    intake.accept_dossier(desk, an_intake(limit="3 ngày làm việc"))
    last = preview().remembered
    assert last
    assert (last.text, preview().remembered_by) == ("3 ngày làm việc", "Nguyễn Thị Hoài An")
    online = intake.preview_promise(desk, BIRTH, Channel.ONLINE, None)
    assert online.remembered is None
    become(desk, "dung")
    own_catalogue.set_procedure(desk, ProcedureEdit(BIRTH, result="Giấy khai sinh mới"))
    become(desk, "an")
    assert preview().remembered is None  # it belonged to the version before


def test_with_two_persons_a_limit_waits_for_the_second(admin: Desk) -> None:
    keep_settings(admin, {"limits_by_two": True})
    saved = own_catalogue.set_procedure(admin, DECISION)
    assert saved.change
    number = saved.change.id
    assert intake.the_procedure(admin, BIRTH).limit_status is LimitStatus.UNVERIFIED
    refused("second-person", lambda: own_catalogue.confirm_change(admin, number))
    refused("procedure-waiting", lambda: own_catalogue.set_procedure(admin, DECISION))
    assert own_catalogue.show_procedure(admin, BIRTH).waiting
    become(admin, "chi")
    own_catalogue.confirm_change(admin, number)
    version = intake.the_procedure(admin, BIRTH)
    assert version.confirmation
    assert (version.confirmation.official, version.confirmation.second) == ("dung", "chi")
    refused("change-decided", lambda: own_catalogue.confirm_change(admin, number))
    refused("unknown-change", lambda: own_catalogue.confirm_change(admin, 99))


def test_a_waiting_limit_that_is_dropped_stays_in_the_history(admin: Desk) -> None:
    keep_settings(admin, {"limits_by_two": True})
    saved = own_catalogue.set_procedure(admin, DECISION)
    assert saved.change
    own_catalogue.drop_change(admin, saved.change.id)
    view = own_catalogue.show_procedure(admin, BIRTH)
    assert [change.dropped for change in view.changes] == [True]
    assert len(view.versions) == 1
    own_catalogue.set_procedure(admin, DECISION)  # and a new one may be entered


# --- versions -------------------------------------------------------------------------------------


def test_a_version_is_never_overwritten_and_an_open_dossier_keeps_its_own(
    admin: Desk, an_intake: Callable[..., Intake]
) -> None:
    become(admin, "an")
    old = intake.accept_dossier(admin, an_intake())
    become(admin, "dung")
    first = own_catalogue.set_procedure(admin, ProcedureEdit(BIRTH, fee="8.000 đồng/trường hợp"))
    second = own_catalogue.set_procedure(admin, ProcedureEdit(BIRTH, fee="9.000 đồng/trường hợp"))
    assert (first.version.key, second.version.key) == ("2026-11-23", "2026-11-23.02")
    become(admin, "an")
    new = intake.accept_dossier(admin, an_intake(id_number="092190001235"))
    assert new.procedure_version == "2026-11-23.02"
    assert progress.show_dossier(admin, old.code).dossier.procedure_version == "2026-07-17"
    versions = own_catalogue.show_procedure(admin, BIRTH).versions
    assert [version.fee for version in versions][:2] == [
        "9.000 đồng/trường hợp",
        "8.000 đồng/trường hợp",
    ]
    assert len(versions) == 3


def test_an_older_version_is_brought_back_as_a_new_one(admin: Desk) -> None:
    before = intake.the_procedure(admin, BIRTH)
    own_catalogue.set_procedure(admin, replace(DECISION, fee="9.000 đồng/trường hợp"))
    saved = own_catalogue.restore_version(admin, BIRTH, "2026-07-17")
    assert saved.version.key == "2026-11-23.02"
    now = intake.the_procedure(admin, BIRTH)
    assert (now.fee, now.limit_status) == (before.fee, before.limit_status)
    refused("procedure-same", lambda: own_catalogue.restore_version(admin, BIRTH, "2026-07-17"))
    refused("unknown-version", lambda: own_catalogue.restore_version(admin, BIRTH, "2020-01-01"))


def test_a_version_of_a_later_day_begins_on_its_day(admin: Desk, clock: TableClock) -> None:
    edit = ProcedureEdit(BIRTH, starts=date(2026, 12, 1), result="Giấy khai sinh mới")
    own_catalogue.set_procedure(admin, edit)
    assert intake.the_procedure(admin, BIRTH).result != "Giấy khai sinh mới"
    clock.now = clock.now.replace(month=12, day=1)
    assert intake.the_procedure(admin, BIRTH).result == "Giấy khai sinh mới"


def test_a_change_is_one_entry_with_before_and_after_and_the_ledger_stays_clean(
    admin: Desk,
) -> None:
    own_catalogue.set_procedure(admin, ProcedureEdit(BIRTH, result="Bản chính Giấy khai sinh"))
    with admin.read() as connection:
        entry, _facts, details = list(journal.entries(connection))[-1]
    written = facts.read(entry.act, details)
    assert isinstance(written, ProcedureSet)
    (part,) = written.changes
    assert (part.what, part.after) == ("result", "Bản chính Giấy khai sinh")
    assert part.before
    assert upkeep.verify_ledger(admin).ok


def test_a_procedure_that_the_catalogue_lacks_is_added_and_one_that_ends_is_found_no_more(
    admin: Desk, clock: TableClock
) -> None:
    new = ProcedureEdit("9.123456", name="Cấp giấy đi đường", field="Giao thông", limits=WITHIN_DAY)
    own_catalogue.set_procedure(admin, new)
    assert catalogue.find_procedures(admin, "giay di duong")[0].code == "9.123456"
    own_catalogue.set_procedure(admin, ProcedureEdit("9.123456", ends=date(2026, 11, 29)))
    again = own_catalogue.set_procedure(admin, ProcedureEdit("9.123456", ends=NO_END))
    assert again.version.effective_to is None
    own_catalogue.set_procedure(admin, ProcedureEdit("9.123456", ends=date(2026, 11, 30)))
    clock.now = clock.now.replace(month=12, day=1)
    refused("unknown-procedure", lambda: intake.the_procedure(admin, "9.123456"))


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("procedure-code", ProcedureEdit("khai sinh", name="x", field="y")),
        ("procedure-name", ProcedureEdit("9.123456", name="Chỉ có tên")),
        ("procedure-starts", ProcedureEdit(BIRTH, starts=date(2026, 11, 22), result="x")),
        ("procedure-ends", ProcedureEdit(BIRTH, ends=date(2026, 11, 22))),
        ("procedure-same", ProcedureEdit(BIRTH)),
        ("procedure-document", replace(DECISION, document_day=date(2026, 11, 24))),
        ("limit-unreadable", ProcedureEdit(BIRTH, limits=dict.fromkeys(Channel, ("vài hôm",)))),
        ("paper-name", ProcedureEdit(BIRTH, papers=(PaperLabel(" "),))),
        ("paper-twice", ProcedureEdit(BIRTH, papers=(PaperLabel("Đơn"), PaperLabel("Đơn")))),
        ("paper-count", ProcedureEdit(BIRTH, papers=(PaperLabel("Đơn", original=-1),))),
        ("text-long", ProcedureEdit(BIRTH, result="x" * 5000)),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    admin: Desk, code: str, edit: ProcedureEdit
) -> None:
    refused(code, lambda: own_catalogue.set_procedure(admin, edit))


def test_only_an_administrator_edits(desk: Desk) -> None:
    for official in ("an", "binh", "chi"):
        become(desk, official)
        refused("role", lambda: own_catalogue.set_procedure(desk, DECISION))
        refused("role", lambda: own_catalogue.choose(desk, BIRTH, OfficeChoice(hidden=True)))


# --- papers and fee -------------------------------------------------------------------------------


def test_papers_and_fee_of_a_new_version_stand_at_intake_and_on_the_receipt(
    admin: Desk, an_intake: Callable[..., Intake]
) -> None:
    papers = (PaperLabel("Bản chính", original=1, certified=1),)
    rule = FeeRule(FeeUnit.PAGE, 2500, exemptions="miễn: hộ nghèo")
    own_catalogue.set_procedure(admin, ProcedureEdit(CERTIFIED_COPY, papers=papers, fee=rule))
    become(admin, "an")
    assert [paper.name for paper in intake.all_papers(admin, CERTIFIED_COPY)] == ["Bản chính"]
    brought = (PaperCount("Bằng tốt nghiệp", original=2, certified=20),)
    preview = intake.preview_promise(
        admin, CERTIFIED_COPY, Channel.DIRECT, "trong ngày", None, brought
    )
    assert preview.fee_sum
    assert preview.fee_sum.words == "20 bản × 2 trang × 2.500 đ = 100.000 đ"
    assert preview.fee == "2.500 đồng/trang (miễn: hộ nghèo)"


def test_the_receipt_prints_the_sum_for_what_was_handed_in(
    desk: Desk, an_intake: Callable[..., Intake]
) -> None:
    certified = an_intake(
        procedure=CERTIFIED_COPY,
        limit="trong ngày",
        papers=(PaperCount("Bằng tốt nghiệp", original=3, certified=2),),
    )
    printed = dossier_papers.receipt_of(desk, intake.accept_dossier(desk, certified)).fee
    assert printed.startswith(
        "2 bản × (2 trang × 2.000 đ + 1 trang × 1.000 đ) = 10.000 đ; mức thu: 2.000 đồng/trang"
    )
    online = replace(an_intake(procedure="1.004222", limit=None), channel=Channel.ONLINE)
    printed = dossier_papers.receipt_of(desk, intake.accept_dossier(desk, online)).fee
    assert printed.startswith("10.000 đ; mức thu: 20.000 đồng/lần")


def test_words_that_are_no_price_are_kept_as_words_and_nothing_is_summed(admin: Desk) -> None:
    edit = ProcedureEdit(CERTIFIED_COPY, fee="Theo nghị quyết của HĐND")
    version = own_catalogue.set_procedure(admin, edit).version
    assert version.fee_rule is None
    assert intake.fee_of(version, (), 1, Channel.DIRECT) is None


# --- the screens ----------------------------------------------------------------------------------


def test_the_office_names_orders_and_hides_procedures_for_its_screens(admin: Desk) -> None:
    full = intake.the_procedure(admin, CERTIFIED_COPY).name
    assert admin.short_name(CERTIFIED_COPY, full) == "Chứng thực bản sao"
    choice = OfficeChoice(True, 1, short_name="Sao y", synonyms=("sao y", "photo công chứng"))
    own_catalogue.choose(admin, CERTIFIED_COPY, choice)
    own_catalogue.choose(admin, BIRTH, OfficeChoice(hidden=True))
    assert admin.short_name(CERTIFIED_COPY, full) == "Sao y"
    rows = own_catalogue.all_procedures(admin)
    assert (rows[0].version.code, rows[0].short_name) == (CERTIFIED_COPY, "Sao y")
    assert rows[-1].version.code == BIRTH
    assert own_catalogue.choose(admin, CERTIFIED_COPY, choice) == ()  # nothing changed: no entry


def test_a_hidden_procedure_is_offered_no_more_but_its_code_still_works(admin: Desk) -> None:
    own_catalogue.choose(admin, BIRTH, OfficeChoice(hidden=True))
    assert BIRTH not in {v.code for v in catalogue.find_procedures(admin, "dang ky khai sinh")}
    assert catalogue.find_procedures(admin, BIRTH)[0].code == BIRTH


def test_what_the_office_calls_a_procedure_finds_it_and_its_favourites_come_first(
    admin: Desk,
) -> None:
    guardian = "1.004837"
    assert catalogue.find_procedures(admin, "")[0].code != guardian
    own_catalogue.choose(admin, guardian, OfficeChoice(True, 1, synonyms=("giấy trông trẻ",)))
    assert catalogue.find_procedures(admin, "")[0].code == guardian
    assert catalogue.find_procedures(admin, "trong tre")[0].code == guardian


def test_another_open_desk_sees_the_new_name_at_once(admin: Desk) -> None:
    other = opening.open_desk(admin.folder, admin.clock)
    own_catalogue.choose(admin, BIRTH, OfficeChoice(short_name="Khai sinh"))
    catalogue.fields(other)
    assert other.short_name(BIRTH, "Thủ tục đăng ký khai sinh") == "Khai sinh"
    other.close()


@pytest.mark.parametrize(
    ("code", "choice"),
    [
        ("procedure-place", OfficeChoice(place=0)),
        ("synonyms-many", OfficeChoice(synonyms=tuple(f"từ {n}" for n in range(21)))),
        ("text-long", OfficeChoice(short_name="x" * 81)),
    ],
)
def test_a_choice_that_fits_no_screen_is_refused(
    admin: Desk, code: str, choice: OfficeChoice
) -> None:
    refused(code, lambda: own_catalogue.choose(admin, BIRTH, choice))


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Thủ tục đăng ký giám hộ có yếu tố nước ngoài", "Đăng ký giám hộ có yếu tố nước ngoài"),
        ("Thủ tục công nhận hòa giải viên (cấp xã)", "Công nhận hòa giải viên"),
        ("Tách hộ", "Tách hộ"),
        ("Thủ tục Đăng ký nghĩa vụ quân sự bổ sung", "Đăng ký nghĩa vụ quân sự bổ sung"),
        (f"Thủ tục {'rất ' * 20}dài (áp dụng cho mọi người)", f"R{'ất r' * 19}ất dài"),
    ],
)
def test_a_name_is_shortened_by_rule(full: str, short: str) -> None:
    assert shortened(full) == short


def test_shipped_short_names_are_of_shipped_procedures_and_differ_from_one_another() -> None:
    from cchc_desk.snapshot import shipped_short_names

    names = shipped_short_names()
    assert set(names) <= {version.code for version in catalogue.starter()}
    assert len(set(names.values())) == len(names)
    assert max(map(len, names.values())) <= 40
