"""Text that comes in and will stand on a paper is asked for characters that no paper can print."""

import ast
import csv
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk import actions
from cchc_desk.actions.catalogue import own_catalogue, procedure_import, process
from cchc_desk.actions.catalogue.procedure_edit import ProcedureEdit
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import correct, progress, steps
from cchc_desk.actions.intake import before_acceptance, certify, intake
from cchc_desk.actions.intake.certify import Request, ToCertify
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import office_calendar, office_settings, printable, signing
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import lessons, practice
from cchc_desk.domain.dossiers.dossier import LetterState, PaperCount, Status
from cchc_desk.domain.law.procedure import PaperLabel, ProcessStep
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.signing import SigningForm
from cchc_desk.domain.text.vietnamese import nfc
from cchc_desk.domain.time.calendar import DayKind, SpecialDay
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.papers.layout.fonts import MISSING, drawable, fonts
from cchc_desk.session import Desk
from cchc_desk.settings import ALL, PAPERS
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings, make_intake

KHMER, CHAM, EMOJI, PRIVATE = "Sok សុខ", "ꨌꩌ Thị", "Lan 🙂", "Lan \ue123"
UNPRINTABLE = (KHMER, CHAM, EMOJI, PRIVATE)
SUBMITTER = Submitter("Trần Văn Đức", "092090001235", "0912345679", "con")
Do = Callable[[Desk, str, str], object]  # desk, the code of an accepted dossier, the text


def owner(field: str) -> Do:
    def accept(desk: Desk, _code: str, bad: str) -> object:
        odd = {field: mail(field, bad)}
        who = replace(make_intake().applicant, **odd)  # type: ignore[arg-type]
        return intake.accept_dossier(desk, make_intake(applicant=who))

    return accept


def mail(field: str, bad: str) -> str:
    return f"{bad.replace(' ', '')}@a.vn" if field == "email" else bad


def submitter(field: str) -> Do:
    return lambda desk, _code, bad: intake.accept_dossier(
        desk, make_intake(submitter=replace(SUBMITTER, **{field: bad}))
    )


def taken_in(desk: Desk, code: str) -> Intake:
    with desk.read() as connection:
        return correct.as_taken_in(progress.the_dossier(connection, code))


def certified(paper: str = "Bằng", note: str = "", name: str = "Lan") -> Request:
    who = Applicant(ApplicantKind.PERSON, name)
    return Request("2.000815", who, (ToCertify(paper),), "chi", note)


def setting(key: str) -> Do:
    return lambda desk, _code, bad: office_settings.change_settings(desk, {key: bad})


OWNER = [field.name for field in fields(Applicant) if field.name not in ("kind", "born")]
SUBMITTED = [field.name for field in fields(Submitter)]
ON_PAPER = [
    one.key
    for one in ALL
    if one.kind is str
    and one.key not in ("mirror_second", "city_proxy")
    # A printer's name is the system's, a size is chosen from a list.
    and one.key not in {f"{kind}_{what}" for kind in PAPERS for what in ("printer", "paper")}
]
NEW_DUE = datetime(2026, 11, 30, 9, 0)
# By whom, at which field, and the act.
ACTS: Mapping[str, tuple[str, str | None, Do]] = {
    **{f"owner's {field}": ("an", field, owner(field)) for field in OWNER},
    **{f"submitter's {name}": ("an", f"submitter_{name}", submitter(name)) for name in SUBMITTED},
    **{f"setting {key}": ("dung", key, setting(key)) for key in ON_PAPER},
    "paper at intake": (
        "an",
        "papers",
        lambda desk, _code, bad: intake.accept_dossier(
            desk, make_intake(papers=(PaperCount(bad, 1),))
        ),
    ),
    "note": (
        "an",
        "note",
        lambda desk, _code, bad: intake.accept_dossier(desk, make_intake(note=f"Xem\n{bad}")),
    ),
    "portal code": (
        "an",
        "portal_code",
        lambda desk, _code, bad: intake.accept_dossier(desk, make_intake(portal_code=bad)),
    ),
    "registered": (
        "an",
        "name",
        lambda desk, _code, bad: before_acceptance.register_online(
            desk, make_intake(bad), "G1", MONDAY
        ),
    ),
    "registered code": (
        "an",
        "portal_code",
        lambda desk, _code, bad: before_acceptance.register_online(
            desk, make_intake(), bad, MONDAY
        ),
    ),
    "refused": (
        "an",
        "submitter_name",
        lambda desk, _code, bad: before_acceptance.refuse(
            desk, make_intake(submitter=replace(SUBMITTER, name=bad)), "Sai nơi nộp"
        ),
    ),
    "reason to refuse": (
        "an",
        "reason",
        lambda desk, _code, bad: before_acceptance.refuse(desk, make_intake(), bad),
    ),
    "lacking": (
        "an",
        "items",
        lambda desk, _code, bad: before_acceptance.ask_for_lacking(
            desk, make_intake(), ["Tờ khai", bad], "Thiếu"
        ),
    ),
    "certified paper": (
        "an",
        "papers",
        lambda desk, _code, bad: certify.certify(desk, certified(paper=bad)),
    ),
    "certified note": (
        "an",
        "note",
        lambda desk, _code, bad: certify.certify(desk, certified(note=bad)),
    ),
    "certified name": (
        "an",
        "name",
        lambda desk, _code, bad: certify.certify(desk, certified(name=bad)),
    ),
    "corrected": (
        "an",
        "address",
        lambda desk, code, bad: correct.correct(
            desk,
            code,
            replace(taken_in(desk, code), applicant=replace(make_intake().applicant, address=bad)),
            "Gõ nhầm",
        ),
    ),
    "reason to correct": (
        "an",
        "reason",
        lambda desk, code, bad: correct.correct(desk, code, make_intake("Lan"), bad),
    ),
    "reason to cancel": ("an", "reason", lambda desk, code, bad: correct.cancel(desk, code, bad)),
    "supplement": (
        "binh",
        "items",
        lambda desk, code, bad: steps.request_supplement(desk, code, "Thiếu", [bad]),
    ),
    "pause": (
        "binh",
        "reason",
        lambda desk, code, bad: steps.pause(desk, code, PauseKind.OPINION, bad),
    ),
    "obligation": ("binh", "reason", lambda desk, code, bad: steps.oblige(desk, code, bad)),
    "stop": ("binh", "reason", lambda desk, code, bad: steps.stop(desk, code, bad)),
    "withdrawn": ("an", "reason", lambda desk, code, bad: steps.withdraw(desk, code, bad)),
    "place": ("an", "place", lambda desk, code, bad: steps.shelve(desk, code, bad)),
    "handed over": (
        "an",
        "note",
        lambda desk, code, bad: steps.hand_over(desk, [code], "binh", note=bad),
    ),
    "returned to": (
        "an",
        "to_name",
        lambda desk, code, bad: steps.return_result(desk, code, steps.Return(bad)),
    ),
    "authority": (
        "an",
        "authority",
        lambda desk, code, bad: steps.return_result(desk, code, steps.Return("Lan", authority=bad)),
    ),
    "letter": (
        "binh",
        "reason",
        lambda desk, code, bad: letters.draft_apology(
            desk, code, "volume", NEW_DUE, f"Đông việc\n{bad}"
        ),
    ),
    "letter on a mistake": (
        "binh",
        "reason",
        lambda desk, code, bad: letters.draft_mistake_letter(desk, code, bad),
    ),
    "objection": (
        "binh",
        "reason",
        lambda desk, code, bad: responsibility.object_to(desk, code, bad),
    ),
    "official's name": (
        "dung",
        "official_name",
        lambda desk, _code, bad: accounts.add_official(
            desk, NewOfficial("em", bad, Role.CLERK, "", "mat-khau")
        ),
    ),
    "official's title": (
        "dung",
        "title",
        lambda desk, _code, bad: accounts.add_official(
            desk, NewOfficial("em", "Em", Role.CLERK, bad, "mat-khau")
        ),
    ),
    "leader's title": (
        "dung",
        "title",
        lambda desk, _code, bad: signing.keep_signing(desk, "chi", bad, SigningForm.HEAD),
    ),
    "mandate": (
        "dung",
        "mandate",
        lambda desk, _code, bad: signing.keep_signing(
            desk, "chi", "Trưởng phòng", SigningForm.BY_ORDER, bad
        ),
    ),
    "courtesy item": (
        "dung",
        "courtesy_items",
        lambda desk, _code, bad: courtesy.keep_items(
            desk, [replace(item, text=bad) for item in courtesy.items(desk)]
        ),
    ),
    "procedure's name": (
        "dung",
        "name",
        lambda desk, _code, bad: own_catalogue.set_procedure(
            desk, ProcedureEdit("1.001193", name=bad)
        ),
    ),
    "procedure's fee": (
        "dung",
        "fee",
        lambda desk, _code, bad: own_catalogue.set_procedure(
            desk, ProcedureEdit("1.001193", fee=bad)
        ),
    ),
    "procedure's paper": (
        "dung",
        "papers",
        lambda desk, _code, bad: own_catalogue.set_procedure(
            desk, ProcedureEdit("1.001193", papers=(PaperLabel(bad),))
        ),
    ),
    "step's name": (
        "dung",
        "name",
        lambda desk, _code, bad: process.set_process(
            desk, "1.001193", [ProcessStep(bad, "processor")]
        ),
    ),
    "calendar's document": (
        "dung",
        "document",
        lambda desk, _code, bad: office_calendar.enter_year(desk, 2027, bad, ()),
    ),
    "calendar's day": (
        "dung",
        "file",
        lambda desk, _code, bad: office_calendar.enter_year(
            desk, 2027, "QĐ 1", [SpecialDay(date(2027, 1, 1), DayKind.OFF, bad, "", "")]
        ),
    ),
    "field of a book": (
        "an",
        "field",
        lambda desk, _code, bad: registers.register_book(desk, MONDAY.date(), MONDAY.date(), bad),
    ),
    "trainee": ("an", "trainee", lambda _desk, _code, bad: lessons.tidy_name(bad)),
}


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_no_act_takes_a_text_that_would_be_a_box_on_paper(desk: Desk, text: str) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    wrong = {}
    for name, (who, field, act) in ACTS.items():
        become(desk, who)
        try:
            act(desk, code, text)
        except Refused as refused:
            if (refused.code, refused.field) != ("not-printable", field):
                wrong[name] = f"{refused.code} at {refused.field}: {refused.message}"
        else:
            wrong[name] = "taken"
    assert wrong == {}


def test_the_sentence_names_the_characters_and_says_what_to_write(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(desk, make_intake("Sok សុខ \ue123 Đào"))
    assert refused.value.message == (
        "Giấy tờ không in được chữ Khmer, ký tự lạ; hãy bỏ đi hoặc viết bằng chữ Latinh như trên "
        "giấy tờ tùy thân. Không in được: «សុខ, U+E123»"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [(CHAM, "chữ Chăm"), (EMOJI, "hình biểu cảm, ký hiệu"), ("王", "chữ Hán"), ("ສ", "chữ Lào")],
)
def test_the_sentence_says_what_kind_it_is_to_who_has_no_letters_for_it(
    text: str, kind: str
) -> None:
    missing = printable.missing_in(text)
    assert missing is not None
    assert missing.kinds == kind


def test_the_set_up_names_each_official_and_line_that_cannot_be_printed() -> None:
    plan = practice.plan()
    clerk, *others = plan.officials
    odd = replace(
        plan,
        desk_name=KHMER,
        unit_name=EMOJI,
        hotline=PRIVATE,
        officials=(replace(clerk, name=CHAM, title=EMOJI), *others),
    )
    faults = [fault.refusal for fault in new_desk.setup_faults(odd)]
    assert {fault.code for fault in faults} == {"not-printable"}
    assert [fault.field for fault in faults] == [
        *("desk_name", "hotline", "unit_name"),
        *("official_name", "title"),
    ]


def test_a_list_of_procedures_leaves_out_the_row_that_cannot_be_printed(
    desk: Desk, tmp_path: Path
) -> None:
    become(desk, "dung")
    file = tmp_path / "list.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        rows = [("Mã TTHC", "Tên thủ tục hành chính"), ("1.001193", KHMER)]
        csv.writer(out).writerows(rows)
    (row,) = procedure_import.preview_import(desk, file).rows
    assert row.version is None
    assert "សុខ" in row.problems[0]


def test_what_a_message_brings_along_invisibly_is_left_out_of_the_note(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake(note="Gọi\u200b trước\nkhi đến\ufeff")).code
    assert correct.begin(desk, code).taken_in.note == "Gọi trước\nkhi đến"


def test_what_was_pasted_into_a_setting_is_one_clean_line(desk: Desk) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {"hotline": "0292\u00a03812\u200b345 "})
    assert desk.settings["hotline"] == "0292 3812345"


# --- what older versions let in -------------------------------------------------------------------


def old_dossier(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take in a dossier as versions up to 0.4 did."""
    with monkeypatch.context() as before:
        before.setattr(printable, "not_printable", lambda _text, _field: None)
        return intake.accept_dossier(desk, make_intake("Sok សុខ")).code


def test_a_letter_is_not_signed_with_a_box_and_the_receipt_is_printed_again(
    desk: Desk, clock: TableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = old_dossier(desk, monkeypatch)
    assert printing.paper_pdf(desk, code, "receipt").startswith(b"%PDF")
    clock.now = datetime(2026, 11, 25, 9, 0)
    become(desk, "chi")
    letter = letters.draft_apology(desk, code, "volume", NEW_DUE)
    with pytest.raises(Refused, match=r"có chữ Khmer.* Sửa thông tin .*rồi ký.*«សុខ»") as refused:
        letters.sign_letter(desk, letter.id)
    assert refused.value.code == "not-printable"
    assert letters.sign_all(desk).signed == ()
    latin = replace(taken_in(desk, code), applicant=make_intake("Sok Sokha").applicant)
    correct.correct(desk, code, latin, "Chữ Khmer")
    assert letters.sign_letter(desk, letter.id).state is LetterState.SIGNED


def test_a_stop_notice_is_not_given_with_a_box(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = old_dossier(desk, monkeypatch)
    become(desk, "chi")
    with pytest.raises(Refused, match="«សុខ»"):
        steps.stop(desk, code, "Không đủ điều kiện")
    assert steps.withdraw(desk, code).dossier.status is Status.WITHDRAWN


def test_a_letter_is_not_signed_with_a_box_in_the_offices_name(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    keep_settings(desk, {"unit_name": "Ủy ban 🙂"})
    clock.now += timedelta(days=2)
    become(desk, "chi")
    with pytest.raises(Refused, match="sửa trong Cài đặt rồi ký"):
        letters.draft_and_sign(desk, code, "volume", NEW_DUE)


# --- the check itself -----------------------------------------------------------------------------


def test_the_fonts_have_every_character_that_is_passed_without_opening_them() -> None:
    assert fonts().issuperset(map(ord, printable.COMMON - {"\n"}))


@given(st.text(st.characters(exclude_categories=["C", "Z"])).map(nfc))
def test_what_passes_is_drawn_without_a_box_and_nothing_else_passes(text: str) -> None:
    typed = text.replace(MISSING, "")
    assert (printable.missing_in(typed) is None) == (MISSING not in drawable(typed))


# Functions that clean a line by themselves, by what asks about its characters.
FINDS = {  # it is compared with what is stored, and never stored
    ("papers/one_page_history.py", "_read_scan"),
    ("papers/one_page_history.py", "check_history"),
    ("documents/paper_checks.py", "check_paper"),
    ("dossiers/progress.py", "the_dossier"),
    ("intake/before_acceptance.py", "registered"),
    ("intake/intake.py", "the_procedure"),
    ("intake/paper_receipts.py", "restore"),
    ("intake/paper_receipts.py", "void"),
    ("catalogue/procedure_edit.py", "check_code"),
    ("catalogue/own_catalogue.py", "show_procedure"),
    ("data/upkeep.py", "read_head"),
    ("training/lessons.py", "results"),
}
ASKED_ELSEWHERE = {
    ("intake/before_acceptance.py", "_portal_code"),  # asked at its end
    ("intake/certify.py", "_cleaned"),  # by _problems() and accept_within()
    ("intake/intake.py", "_tidy_paper"),  # by printable_problems()
    ("intake/intake.py", "cleaned"),
    ("people/accounts.py", "_name_faults"),  # asked there
    ("people/accounts.py", "check_official"),  # by _name_faults()
    ("people/accounts.py", "official_of"),
    ("data/new_desk.py", "_setting_faults"),
    ("documents/scans.py", "add_scan"),  # a name of a file, on no paper
    ("lists/matching.py", "join_code"),  # words of a list, on no paper
    ("lists/matching.py", "name_official"),
    ("lists/matching.py", "part_code"),
    ("data/new_desk.py", "_first_settings"),
    ("office/office_settings.py", "change_settings"),
    ("office/office_calendar.py", "_special"),
    ("office/office_calendar.py", "read_csv"),  # names of columns
    ("catalogue/own_catalogue.py", "_checked_choice"),  # short names are for screens alone
    ("catalogue/own_catalogue.py", "enter_version"),  # by changed_version()
    ("office/printable.py", "printable_line"),
    ("catalogue/procedure_import.py", "_limits"),  # a row goes through changed_version()
    ("catalogue/procedure_import.py", "_papers"),
    ("catalogue/procedure_import.py", "_repeated"),
    ("catalogue/procedure_import.py", "_row"),
    ("catalogue/procedure_import.py", "_stated"),
    ("catalogue/procedure_import.py", "take_import"),
}


def test_every_line_that_is_kept_is_asked() -> None:
    """Whoever cleans a line in another way than printable_line() has a place in the lists above."""
    root = Path(actions.__file__).parent
    found = set()
    for file in root.rglob("*.py"):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(node, ast.Name) and node.id == "clean_line"
                for node in ast.walk(function)
            ):
                found.add((str(file.relative_to(root)), function.name))
    assert found == FINDS | ASKED_ELSEWHERE
