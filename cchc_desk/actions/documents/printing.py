"""Papers: a dossier's facts laid out as PDF, the paper size and offset kept per kind, every
printing logged.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cchc_desk.actions.documents import morning_sheet, one_page_history
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake.before_acceptance import applicant_in, submitter_in
from cchc_desk.actions.office import accounts, catalogue
from cchc_desk.domain.dossiers.dossier import Dossier, How, Letter, LetterKind, LetterState, Promise
from cchc_desk.domain.dossiers.segments import FIRST_STEP, Segment, segments
from cchc_desk.domain.dossiers.slips import Slip
from cchc_desk.domain.law.procedure import Channel, count_names, fee_for_citizen
from cchc_desk.domain.law.regime import Regime, regime_on
from cchc_desk.domain.ledger.facts.lateness import Signed
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, handed_in_by
from cchc_desk.domain.people.officials import Act, Role
from cchc_desk.domain.text.vietnamese import exact_key
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.papers.forms import refusal, stop_notice, supplement
from cchc_desk.papers.forms.apology import Apology, apology_pdf
from cchc_desk.papers.forms.control_sheet import ControlSheet, Passing, control_sheet_pdf
from cchc_desk.papers.forms.label import Label, label_pdf
from cchc_desk.papers.forms.receipt import Receipt, ReceiptPaper, receipt_pdf
from cchc_desk.papers.forms.refusal import Refusal, refusal_pdf
from cchc_desk.papers.forms.return_receipt import ReturnReceipt, return_receipt_pdf
from cchc_desk.papers.forms.slip import Citizen, Counted, SlipHead
from cchc_desk.papers.forms.stop_notice import StopNotice, stop_notice_pdf
from cchc_desk.papers.forms.supplement import Supplement, supplement_pdf
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.printer_page import PrinterPage, printer_page_pdf
from cchc_desk.session import Desk
from cchc_desk.settings import PAPERS as PAPERS
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import procedures, registers
from cchc_desk.store.papers import registrations, slips, visitors

KINDS = tuple(PAPERS)
Numbered = Sequence[Slip | Letter]
SIZES = ("A4", "A5")
FARTHEST_MM = 30.0
_ADDRESS = {"Nam": "Ông", "Nữ": "Bà"}


@dataclass(frozen=True)
class PaperSetup:
    """How one kind of paper is printed: size, offset in millimetres (right, down), and the
    printer's name ("": any).
    """

    size: str
    offset_x_mm: float
    offset_y_mm: float
    printer: str = ""


def paper_setup(desk: Desk, kind: str, printer: str | None = None) -> PaperSetup:
    """What was kept for this kind of paper on `printer`; on the printer of the last time where none
    is named.

    The offset belongs to the printer. One that was kept for the kind alone still holds on a printer
    that has none.
    """
    _check_kind(kind)
    last = desk.settings[f"{kind}_printer"]
    name = last if printer is None else printer
    of_kind = desk.settings[f"{kind}_offset"] if last in ("", name) else (0.0, 0.0)
    x, y = desk.settings["printer_offset"].get(name, of_kind)
    return PaperSetup(desk.settings[f"{kind}_paper"], float(x), float(y), name)


def keep_paper_setup(desk: Desk, kind: str, setup: PaperSetup) -> None:
    """Keeps size and printer for this kind of paper, the offset for the printer; Refused where it
    cannot be meant.
    """
    desk.require(Act.PRINT)
    _check_kind(kind)
    if setup.size not in SIZES:
        raise Refused("paper-size", _("Khổ giấy là A4 hoặc A5."), "size")
    if max(abs(setup.offset_x_mm), abs(setup.offset_y_mm)) > FARTHEST_MM:
        raise Refused(
            "paper-offset",
            _("Độ lệch lề không quá {most} mm.").format(most=f"{FARTHEST_MM:.0f}"),
            "offset",
        )
    offset = [setup.offset_x_mm, setup.offset_y_mm]
    changes: dict[str, Any] = {f"{kind}_paper": setup.size, f"{kind}_printer": setup.printer}
    with desk.write() as connection:
        if setup.printer:
            changes["printer_offset"] = desk.settings["printer_offset"] | {setup.printer: offset}
        else:
            changes[f"{kind}_offset"] = offset
        for key, value in changes.items():
            registers.keep_setting(connection, key, value)


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refused(
            "paper-kind",
            _("Không có loại giấy «{kind}»; có: {kinds}.").format(
                kind=kind, kinds=", ".join(KINDS)
            ),
            "kind",
        )


def paper_pdf(desk: Desk, code: str, kind: str, letter_id: str | None = None) -> bytes:
    """The paper as PDF bytes, in the form set of the regime the dossier was accepted under.

    `code` is a dossier's; for a slip given before anything was accepted it is the slip's id. A
    paper that was printed before says so. The morning sheet and the test page are about no dossier:
    their `code` is "".
    """
    desk.require(Act.READ)
    setup = paper_setup(desk, kind)
    if kind == "morning":
        return morning_sheet.sheet_pdf(desk)
    if kind == "test":
        return _test_page(desk, setup)
    if kind == "history":
        return one_page_history.history_paper(desk, code, (setup.offset_x_mm, setup.offset_y_mm))
    placed: dict[str, Any] = {
        "paper": setup.size,
        "offset_mm": (setup.offset_x_mm, setup.offset_y_mm),
    }
    with desk.read() as connection:
        slip = slips.slip_of(connection, code) if kind in _SLIPS else None
        if slip and not slip.code:
            form = visitors.visitor_of(connection, slip.id)
            again = _again(connection, slip.id, kind, slip, (slip,))
            return _SLIPS[kind](desk, slip, None, applicant_in(form), again, placed)
        dossier = progress.the_dossier(connection, code)
        numbered = _numbered(connection, dossier, kind)
        one = _the_one(dossier, numbered, kind, letter_id)
        again = _again(connection, dossier.code, kind, one, numbered)
    if isinstance(one, Slip):
        return _SLIPS[kind](desk, one, dossier, dossier.applicant, again, placed)
    if kind == "receipt":
        return receipt_pdf(replace(receipt_of(desk, dossier), reprint=again), **placed)
    if kind == "return":
        return return_receipt_pdf(replace(_return_receipt(desk, dossier), reprint=again), **placed)
    if kind == "label":
        return label_pdf(_label(desk, dossier))
    if kind == "control":
        return control_sheet_pdf(replace(_control(desk, dossier), reprint=again), **placed)
    assert isinstance(one, Letter), "every other kind was made above"
    return apology_pdf(replace(_apology(desk, dossier, one), reprint=again), **placed)


def _test_page(desk: Desk, setup: PaperSetup) -> bytes:
    place = f"{desk.settings['unit_name']} · {desk.settings['desk_name']}"
    code = f"{desk.settings['unit_code']}-000000-0000"
    offset = (setup.offset_x_mm, setup.offset_y_mm)
    return printer_page_pdf(
        PrinterPage(place, code, setup.printer, offset, desk.watermark), setup.size
    )


def _again(
    connection: Connection, code: str, kind: str, one: Slip | Letter | None, all_of_it: Numbered
) -> str:
    """The mark of a reprint, "" for the first printing."""
    times = _times(connection, code, kind, one, all_of_it)
    return f"Bản in lại lần {times}" if times else ""


def _times(
    connection: Connection, code: str, kind: str, one: Slip | Letter | None, all_of_it: Numbered
) -> int:
    """How often this paper was printed so far; of slips and letters this one alone, a letter since
    it was signed.

    Before its signature a letter was printed as a draft. Entries of older versions do not name the
    slip or letter: they count for the newest that there was then, for that was the one printed.
    """
    wanted, times = one.id if one else "", 0
    for entry, facts in journal.of_dossier(connection, code):
        if isinstance(facts, Signed) and facts.letter == wanted:
            times = 0
        if isinstance(facts, Printed) and facts.kind == kind:
            then = [paper.id for paper in all_of_it if _made(paper) <= entry.at]
            times += (facts.slip or facts.letter or (then[-1] if then else "")) == wanted
    return times


def _made(paper: Slip | Letter) -> datetime:
    return paper.made if isinstance(paper, Slip) else paper.drafted


def _numbered(connection: Connection, dossier: Dossier, kind: str) -> Numbered:
    """The dossier's slips or letters of this kind, oldest first; none for a kind that is not
    numbered.
    """
    if kind in _SLIPS:
        given = slips.slips_of_dossier(connection, dossier.code, kind)
        if not given:
            raise Refused(
                "no-slip",
                _("Hồ sơ {code} chưa có {paper} nào.").format(
                    code=dossier.code, paper=_(PAPERS[kind])
                ),
                "kind",
            )
        return given
    return dossier.letters if kind == "apology" else ()


def _the_one(
    dossier: Dossier, numbered: Numbered, kind: str, letter_id: str | None
) -> Slip | Letter | None:
    if kind == "apology":
        return _letter(dossier, letter_id)
    return numbered[-1] if numbered else None


def _form_name(desk: Desk, field: str, kind: str, day: date) -> str:
    """The name of the form that another ministry has for this paper, where the desk shows it."""
    return catalogue.form_name(field, kind, day) if desk.settings["police_forms"] else ""


def _head(
    desk: Desk, slip: Slip, dossier: Dossier | None, agency: Agency, title: str, again: str
) -> SlipHead:
    if dossier:
        field = dossier.field
    else:
        with desk.read() as connection:
            version = procedures.version_on(connection, slip.procedure_code, slip.made.date())
        field = version.field if version else ""
    form = _form_name(desk, field, slip.kind, slip.made.date())
    place, number = desk.settings["place"], slip.number_text
    return SlipHead(agency, place, number, slip.made.date(), title, slip.code, form, again)


def _citizen(who: Applicant, procedure: str) -> Citizen:
    return Citizen(
        who.name,
        who.address,
        who.phone,
        who.email,
        procedure,
        who.kind is ApplicantKind.ORGANISATION,
    )


def _regime_of(desk: Desk, slip: Slip, dossier: Dossier | None) -> Regime:
    return desk.regime(dossier.regime) if dossier else regime_on(desk.regimes, slip.made.date())


def _supplement(
    desk: Desk,
    slip: Slip,
    dossier: Dossier | None,
    who: Applicant,
    again: str,
    placed: dict[str, Any],
) -> bytes:
    regime = _regime_of(desk, slip, dossier)
    agency = Agency(desk.settings["unit_name"], regime.desk_title)
    return supplement_pdf(
        Supplement(
            head=_head(desk, slip, dossier, agency, supplement.TITLE, again),
            desk=f"{regime.desk_title} {_commune(desk.settings['unit_name'])}",
            citizen=_citizen(who, slip.procedure_name),
            items=slip.items,
            reason=slip.reason,
            official=accounts.official_name(desk, slip.made_by),
            hotline=desk.settings["hotline"],
            again=slip.again,
            watermark=desk.watermark,
        ),
        **placed,
    )


def _refusal(
    desk: Desk,
    slip: Slip,
    dossier: Dossier | None,
    who: Applicant,
    again: str,
    placed: dict[str, Any],
) -> bytes:
    regime = _regime_of(desk, slip, dossier)
    agency = Agency(desk.settings["unit_name"], regime.desk_title)
    with desk.read() as connection:
        one = (
            registrations.registration_of(connection, slip.registration)
            if slip.registration
            else None
        )
        by = submitter_in(visitors.visitor_of(connection, slip.id))
    return refusal_pdf(
        Refusal(
            head=_head(desk, slip, dossier, agency, refusal.TITLE, again),
            desk=f"{regime.desk_title} {_commune(desk.settings['unit_name'])}",
            citizen=_citizen(who, slip.procedure_name),
            handed_in_by=handed_in_by(who, by),
            reason=slip.reason,
            official=accounts.official_name(desk, slip.made_by),
            hotline=desk.settings["hotline"],
            portal_code=one.portal_code if one else "",
            submitted=one.submitted if one else None,
            id_number=who.id_number if one else "",
            watermark=desk.watermark,
        ),
        **placed,
    )


def _stop(
    desk: Desk,
    slip: Slip,
    dossier: Dossier | None,
    who: Applicant,
    again: str,
    placed: dict[str, Any],
) -> bytes:
    assert dossier is not None, "only an accepted dossier is stopped"
    settings, regime = desk.settings, desk.regime(dossier.regime)
    agency = Agency(settings["parent_agency"], settings["unit_name"])
    return stop_notice_pdf(
        StopNotice(
            head=_head(desk, slip, dossier, agency, stop_notice.TITLE, again),
            agency_name=settings["unit_name"],
            desk=f"{regime.desk_title} {_commune(settings['unit_name'])}",
            citizen=replace(_citizen(who, slip.procedure_name), name=_addressee(who)),
            accepted=dossier.accepted,
            due=dossier.first.due,
            counted=_counted(dossier, dossier.first),
            stage=dossier.hand_overs[-1].step if dossier.hand_overs else FIRST_STEP,
            reason=slip.reason,
            fee="xử lý theo quy định về thu, nộp phí, lệ phí của thủ tục",
            signer_lines=(settings["signer_authority"], *settings["signer_title"].split("|")),
            signer=_leader_name(desk, slip.made_by),
            hotline=settings["hotline"],
            watermark=desk.watermark,
        ),
        **placed,
    )


def _leader_name(desk: Desk, official_id: str) -> str:
    """The name of a leader, who signs; "" for others, whose notice a leader has yet to sign and
    name.
    """
    leaders = {who.id: who.name for who in accounts.list_officials(desk) if who.role is Role.LEADER}
    return leaders.get(official_id, "")


def _counted(dossier: Dossier, promise: Promise) -> Counted | None:
    """Where a promise stands since pauses or changes of the calendar moved it; None where it is as
    printed.
    """
    moves = [move for move in dossier.moves if move.promise == promise.ordinal]
    if not moves or moves[-1].after == promise.due:
        return None
    words = {"pause": "trừ thời gian tạm dừng", "calendar": "điều chỉnh lịch làm việc"}
    causes = {move.why for move in moves}
    return Counted(
        moves[-1].after, " và ".join(said for why, said in words.items() if why in causes)
    )


_SLIPS: dict[str, Callable[[Desk, Slip, Dossier | None, Applicant, str, dict[str, Any]], bytes]] = {
    "supplement": _supplement,
    "refusal": _refusal,
    "stop": _stop,
}


def _return_receipt(desk: Desk, dossier: Dossier) -> ReturnReceipt:
    if dossier.returned is None:
        raise Refused(
            "not-returned",
            _("Hồ sơ {code} chưa trả kết quả; chưa có biên nhận để in.").format(code=dossier.code),
            "kind",
        )
    settings, regime = desk.settings, desk.regime(dossier.regime)
    with desk.read() as connection:
        version = procedures.exact_version(
            connection, dossier.procedure_code, dossier.procedure_version
        )
        given = [
            entry
            for entry, _ in journal.of_dossier(connection, dossier.code)
            if entry.act == Act.RETURN.value
        ]
    return ReturnReceipt(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        code=dossier.code,
        owner=dossier.applicant.name,
        procedure=dossier.procedure_name,
        result=version.result if version else "",
        returned=dossier.returned,
        to=dossier.returned_to,
        phone=_phone_of(dossier, dossier.returned_to),
        authority=dossier.authority,
        how="qua bưu chính" if dossier.returned_how is How.POST else "tại quầy",
        papers_back=dossier.papers_back,
        originals=dossier.originals,
        official=accounts.official_name(desk, given[-1].official) if given else "",
        watermark=desk.watermark,
    )


def _phone_of(dossier: Dossier, name: str) -> str:
    """The phone of this person where it is known: of another one than owner and submitter it is
    not.
    """
    owner, by = dossier.applicant, dossier.submitter
    if by and exact_key(by.name) == exact_key(name):
        return by.phone
    return (
        owner.phone if exact_key(name) in map(exact_key, (owner.name, owner.representative)) else ""
    )


def _label(desk: Desk, dossier: Dossier) -> Label:
    who, what = dossier.applicant.name, dossier.procedure_name
    return Label(dossier.code, who, what, dossier.due, dossier.place, desk.watermark)


def _control(desk: Desk, dossier: Dossier) -> ControlSheet:
    settings, regime = desk.settings, desk.regime(dossier.regime)
    names = {who.id: who.name for who in accounts.list_officials(desk)}
    place = f"{regime.desk_title} {_commune(settings['unit_name'])}"
    held = segments(dossier, desk.calendar, desk.now())
    passings, unit = [], place
    for number, passed in enumerate(dossier.hand_overs):
        to = passed.agency or f"{settings['unit_name']} – {passed.step}"
        giver, receiver = (
            names.get(passed.giver, passed.giver),
            names.get(passed.receiver, passed.receiver),
        )
        passings.append(
            Passing(unit, to, giver, receiver, passed.at, _result(held[number]), passed.note)
        )
        unit = to
    return ControlSheet(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        made=dossier.accepted,
        code=dossier.code,
        owner=dossier.applicant.name,
        procedure=dossier.procedure_name,
        accepted=dossier.accepted,
        due=dossier.first.due,
        solving=settings["unit_name"],
        joining="; ".join(
            dict.fromkeys(passed.agency for passed in dossier.hand_overs if passed.agency)
        ),
        passings=tuple(passings),
        watermark=desk.watermark,
    )


def _result(held: Segment) -> str:
    """How a step stands against its limit: used less, all of it, or more."""
    if held.budget is None:
        return ""
    if held.worked == held.budget:
        return "Đúng hạn"
    return "Trước hạn" if held.worked < held.budget else f"Quá hạn {held.over} phút"


def receipt_of(desk: Desk, dossier: Dossier) -> Receipt:
    """What stands on the receipt of this dossier, in the words of its own regime."""
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    by = handed_in_by(who, dossier.submitter)
    place = f"{regime.desk_title} {_commune(settings['unit_name'])}"
    return Receipt(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        circular=regime.circular,
        desk=f"{place}, {settings['desk_name']}",
        code=dossier.code,
        owner=who.name,
        submitter=by if by != who.name else "",
        address=who.address,
        phone=who.phone,
        email=who.email,
        id_number=who.id_number,
        procedure=dossier.procedure_name,
        papers=tuple(ReceiptPaper(p.name, p.original, p.certified, p.copy) for p in dossier.papers),
        counts=count_names(dossier.field),
        sets=dossier.sets,
        limit=dossier.limit.text,
        accepted=dossier.accepted,
        due=dossier.first.due,
        provisional=dossier.first.provisional,
        receive_at="dịch vụ bưu chính công ích" if dossier.channel is Channel.POST else place,
        fee=_fee(desk, dossier),
        official=accounts.official_name(desk, dossier.accepted_by),
        hotline=settings["hotline"],
        form_name=_form_name(desk, dossier.field, "receipt", dossier.accepted.date()),
        watermark=desk.watermark,
        organisation=who.kind is ApplicantKind.ORGANISATION,
    )


def _fee(desk: Desk, dossier: Dossier) -> str:
    """The fee as a citizen reads it: what the catalogue remarks about it stays on the clerk's
    screen.
    """
    with desk.read() as connection:
        version = procedures.exact_version(
            connection, dossier.procedure_code, dossier.procedure_version
        )
    return (
        fee_for_citizen(version.fee, version.fee_exemptions)
        if version
        else fee_for_citizen(dossier.fee, "")
    )


def _apology(desk: Desk, dossier: Dossier, letter: Letter) -> Apology:
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    again = dossier.promises[1] if letter.ordinal > 1 and len(dossier.promises) > 1 else None
    last = dossier.promises[-1]
    return Apology(
        form_set=regime.form_set.value,
        agency=Agency(settings["parent_agency"], settings["unit_name"]),
        agency_name=settings["unit_name"],
        place=settings["place"],
        number=letter.number_text or None,
        symbol=letter.symbol or settings["letter_symbol"],
        signed=letter.signed.date() if letter.signed else None,
        addressee=_addressee(who),
        address=who.address,
        phone=who.phone,
        code=dossier.code,
        procedure=dossier.procedure_name,
        field=dossier.field,
        accepted=dossier.accepted,
        first_due=dossier.first.due,
        first_counted=_counted(dossier, dossier.first),
        broken_due=again.due if again else None,
        broken_counted=_counted(dossier, again) if again else None,
        ready=dossier.ready is not None and letter.new_due is None,
        reason=letter.reason,
        new_due=letter.new_due,
        signer_lines=(settings["signer_authority"], *settings["signer_title"].split("|")),
        signer=accounts.official_name(desk, letter.signed_by) if letter.signed_by else "",
        old_title=settings["apology_old_title"],
        mistake=letter.kind is LetterKind.MISTAKE,
        kept_due=last.due if dossier.finished is None and letter.drafted <= dossier.due else None,
        kept_counted=_counted(dossier, last),
        organisation=who.kind is ApplicantKind.ORGANISATION,
        desk=regime.desk_title,
        hotline=settings["hotline"],
        watermark=desk.watermark,
    )


def _addressee(who: Applicant) -> str:
    if who.kind is ApplicantKind.ORGANISATION:
        return who.name
    return f"{_ADDRESS.get(who.sex, 'Ông/Bà')} {who.name}"


def _commune(unit_name: str) -> str:
    """ "Ủy ban nhân dân phường Ninh Kiều" -> "phường Ninh Kiều"."""
    return unit_name.removeprefix("Ủy ban nhân dân ")


def _letter(dossier: Dossier, letter_id: str | None) -> Letter:
    wanted = [letter for letter in dossier.letters if letter_id in (None, letter.id)]
    if not wanted:
        raise Refused(
            "no-letter",
            _("Hồ sơ {code} chưa có thư xin lỗi; hãy soạn thư trước (X).").format(
                code=dossier.code
            ),
            "letter",
        )
    return wanted[-1]


def log_printed(desk: Desk, code: str, kind: str, letter_id: str | None = None) -> int:
    """Notes in the ledger that the paper was printed; answers how many times now (2 and more are
    reprints).
    """
    desk.require(Act.PRINT)
    _check_kind(kind)
    with desk.write() as connection:
        about = code
        one: Slip | Letter | None = None
        numbered: Numbered = ()
        slip = slips.slip_of(connection, code) if kind in _SLIPS else None
        if slip:
            one, numbered = slip, (slip,)
        elif kind != "morning":
            dossier = progress.the_dossier(connection, code)
            about, numbered = dossier.code, _numbered(connection, dossier, kind)
            one = _the_one(dossier, numbered, kind, letter_id)
        times = 1 + _times(connection, about, kind, one, numbered)
        printed = Printed(
            kind,
            times,
            slip=one.id if isinstance(one, Slip) else None,
            letter=one.id if isinstance(one, Letter) else None,
        )
        desk.record(connection, printed, about)
    return times


def signed_letters_pdf(desk: Desk) -> bytes:
    """Every signed letter that waits to be handed over, in one file to be printed at once; Refused
    where none waits.
    """
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for letter in _signed_letters(desk):
        part = pypdfium2.PdfDocument(paper_pdf(desk, letter.code, "apology", letter.id))
        whole.import_pages(part)
        part.close()
    buffer = io.BytesIO()
    whole.save(buffer)
    whole.close()
    return buffer.getvalue()


def log_signed_letters(desk: Desk) -> int:
    """Notes in the ledger that each of them was printed; answers 1, since together they are a first
    print.
    """
    for letter in _signed_letters(desk):
        log_printed(desk, letter.code, "apology", letter.id)
    return 1


def _signed_letters(desk: Desk) -> list[Letter]:
    waiting = [row.letter for row in progress.letter_rows(desk, LetterState.SIGNED)]
    if not waiting:
        raise Refused("no-letter", _("Không có thư đã ký nào chờ trao; hãy ký thư trước."))
    return waiting


def save_paper(desk: Desk, code: str, kind: str, target: Path) -> int:
    """Writes the paper to `target` and logs it as printed; answers its pages. Trouble when it
    cannot be written.
    """
    desk.require(Act.PRINT)
    pdf = paper_pdf(desk, code, kind)
    save_pdf(pdf, target)
    log_printed(desk, code, kind)
    return page_count(pdf)


def save_pdf(pdf: bytes, target: Path) -> None:
    """Writes a paper to a file; Trouble ("cannot-save") when the place does not take it."""
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise Trouble(
            "cannot-save",
            _("Không lưu được {file}: {error}. Hãy chọn thư mục khác có quyền ghi.").format(
                file=target, error=os_reason(error)
            ),
        ) from error


def page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
