"""The papers of a dossier that bear no number of their own: receipts, label, control sheet."""

from datetime import datetime

from cchc_desk.actions.documents.paper_checks import scan_for
from cchc_desk.actions.dossiers.allowed import no_receipt
from cchc_desk.actions.intake.intake import fee_of
from cchc_desk.actions.papers.paper_words import desk_in_commune
from cchc_desk.actions.people import accounts
from cchc_desk.domain.dossiers.dossier import Dossier, How
from cchc_desk.domain.dossiers.segments import Segment, segments
from cchc_desk.domain.lateness import is_late, letters_owed
from cchc_desk.domain.law.fees import FeeUnit, money
from cchc_desk.domain.law.procedure import Channel, count_names, fee_for_citizen
from cchc_desk.domain.ledger.entry import short_head
from cchc_desk.domain.papers.check_codes import CheckText
from cchc_desk.domain.people.applicant import ApplicantKind, handed_in_by
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.text.vietnamese import exact_key
from cchc_desk.domain.time.deadlines import working_time
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.forms.control_sheet import ControlSheet, Passing
from cchc_desk.papers.forms.label import Label
from cchc_desk.papers.forms.receipt import Receipt, ReceiptPaper
from cchc_desk.papers.forms.return_receipt import ReturnReceipt
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import moment_in_words, number_label
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import procedures

_LONGEST_SUM = 80  # letters of an arithmetic that a citizen still reads; beyond it the sum alone


def receipt_of(desk: Desk, dossier: Dossier) -> Receipt:
    """Return the receipt of this dossier, in the words of its own regime.

    Raises Refused("watched") for one that only a list names: intake alone knows what was handed in.
    """
    why_not = no_receipt(dossier, desk.now())
    if why_not:
        raise Refused("watched", why_not)
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    by = handed_in_by(who, dossier.submitter)
    place = desk_in_commune(regime, settings["unit_name"])
    forms = regime.forms_on(dossier.accepted.date())
    official, due = accounts.official_name(desk, dossier.accepted_by), dossier.first.due
    scan = scan_for(
        desk,
        CheckText("receipt", dossier.code, who.name, dossier.accepted, due, "", official),
    )
    return Receipt(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        circular=forms.circular,
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
        due=due,
        provisional=dossier.first.provisional,
        receive_at="dịch vụ bưu chính công ích" if dossier.channel is Channel.POST else place,
        fee=_fee(desk, dossier),
        official=official,
        hotline=settings["hotline"],
        portal_code=dossier.portal_code,
        watermark=desk.watermark,
        organisation=who.kind is ApplicantKind.ORGANISATION,
        form_set=forms.form_set.value,
        check=scan.check,
        scan=scan.text(),
        ledger=_ledger_head(desk),
        for_agency=dossier.for_agency,
    )


def _ledger_head(desk: Desk) -> str:
    """Return the ledger's head as the paper is drawn: in the citizen's hand it is a witness."""
    with desk.read() as connection:
        last = journal.last_link(connection)
    return short_head(last.seq, last.hash) if last else ""


def _fee(desk: Desk, dossier: Dossier) -> str:
    """Return the fee for a citizen; the catalogue's remarks stay on the clerk's screen."""
    with desk.read() as connection:
        version = procedures.exact_version(
            connection, dossier.procedure_code, dossier.procedure_version
        )
    if version:
        words = fee_for_citizen(version.fee, version.fee_exemptions)
        fee, rule = fee_of(version, dossier.papers, dossier.sets, dossier.channel), version.fee_rule
        if fee and rule and (rule.unit is not FeeUnit.CASE or fee.amount != rule.amount):
            said = fee.words if len(fee.words) <= _LONGEST_SUM else money(fee.amount)
            return f"{said}; mức thu: {words}" if fee.amount else words
        return words
    return fee_for_citizen(dossier.fee, "")


def return_receipt_of(desk: Desk, dossier: Dossier) -> ReturnReceipt:
    """Return the receipt of the result. Raises Refused("not-returned") before it was returned."""
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
        entries = [entry for entry, _facts in journal.of_dossier(connection, dossier.code)]
    returns = [entry for entry in entries if entry.act == Act.RETURN.value]
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
        id_label=number_label(False, regime.forms_on(dossier.accepted.date()).form_set.value),
        id_number=_id_number_of(dossier, dossier.returned_to),
        lateness=_lateness(dossier, desk.now()),
        authority=dossier.authority,
        how="qua bưu chính" if dossier.returned_how is How.POST else "tại quầy",
        papers_back=dossier.papers_back,
        originals=dossier.originals,
        official=accounts.official_name(desk, returns[-1].official) if returns else "",
        portal_code=dossier.portal_code,
        watermark=desk.watermark,
    )


def _phone_of(dossier: Dossier, name: str) -> str:
    """Return the phone of this person; "" unless it is owner, representative or submitter."""
    owner, by = dossier.applicant, dossier.submitter
    if by and exact_key(by.name) == exact_key(name):
        return by.phone
    owners = (exact_key(owner.name), exact_key(owner.representative))
    return owner.phone if exact_key(name) in owners else ""


def _id_number_of(dossier: Dossier, name: str) -> str:
    """Return the ID number of this person; "" unless it is the submitter or an owner in person."""
    owner, by = dossier.applicant, dossier.submitter
    if by and exact_key(by.name) == exact_key(name):
        return by.id_number
    is_owner = owner.kind is ApplicantKind.PERSON and exact_key(owner.name) == exact_key(name)
    return owner.id_number if is_owner else ""


def _lateness(dossier: Dossier, now: datetime) -> str:
    """Return what the receiver of a late result is to know, "" for one in time."""
    if not is_late(dossier, now):
        return ""
    owed = letters_owed(dossier, now)
    letter = f"cơ quan sẽ gửi {owed:02d} thư xin lỗi" if owed else "thư xin lỗi đã trao"
    return f"kết quả trả sau thời gian đã hẹn ({moment_in_words(dossier.first.due)}); {letter}"


def label_of(desk: Desk, dossier: Dossier) -> Label:
    """Return the label of the folder."""
    owner, procedure = dossier.applicant.name, dossier.procedure_name
    regime, unit = desk.regime(dossier.regime), desk.settings["unit_name"]
    return Label(
        code=dossier.code,
        owner=owner,
        procedure=procedure,
        due=dossier.due,
        place=dossier.place,
        office=Agency(unit, regime.desk_title).full_name,
        made=dossier.accepted,
        watermark=desk.watermark,
    )


def control_sheet_of(desk: Desk, dossier: Dossier) -> ControlSheet:
    """Return the control sheet with every hand-over so far, each against its step's limit."""
    settings, regime = desk.settings, desk.regime(dossier.regime)
    names = {official.id: official.name for official in accounts.list_officials(desk)}
    place = desk_in_commune(regime, settings["unit_name"])
    held = segments(dossier, desk.calendar, desk.now())
    passings, unit = [], place
    for number, passed in enumerate(dossier.hand_overs):
        to = passed.agency or f"{settings['unit_name']} – {passed.step}"
        giver = names.get(passed.giver, passed.giver)
        receiver = names.get(passed.receiver, passed.receiver)
        result = _result(held[number])
        passings.append(Passing(unit, to, giver, receiver, passed.at, result, passed.note))
        unit = to
    agencies = dict.fromkeys(passed.agency for passed in dossier.hand_overs if passed.agency)
    return ControlSheet(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        made=dossier.accepted,
        code=dossier.code,
        owner=dossier.applicant.name,
        address=dossier.applicant.address,
        phone=dossier.applicant.phone,
        procedure=dossier.procedure_name,
        accepted=dossier.accepted,
        due=dossier.first.due,
        solving=dossier.for_agency or settings["unit_name"],
        joining="; ".join(agencies),
        passings=tuple(passings),
        portal_code=dossier.portal_code,
        watermark=desk.watermark,
    )


def _result(held: Segment) -> str:
    """Return the result of a step against its limit; "" for a step without one."""
    if held.budget is None:
        return ""
    if held.worked == held.budget:
        return "Đúng hạn"
    return "Trước hạn" if held.worked < held.budget else f"Quá hạn {working_time(held.over or 0)}"
