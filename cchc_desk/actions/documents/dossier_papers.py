"""The papers of a dossier that bear no number of their own: receipts, label, control sheet."""

from cchc_desk.actions.documents.paper_words import desk_in_commune, form_name
from cchc_desk.actions.office import accounts
from cchc_desk.domain.dossiers.dossier import Dossier, How
from cchc_desk.domain.dossiers.segments import Segment, segments
from cchc_desk.domain.law.procedure import Channel, count_names, fee_for_citizen
from cchc_desk.domain.people.applicant import ApplicantKind, handed_in_by
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.text.vietnamese import exact_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.forms.control_sheet import ControlSheet, Passing
from cchc_desk.papers.forms.label import Label
from cchc_desk.papers.forms.receipt import Receipt, ReceiptPaper
from cchc_desk.papers.forms.return_receipt import ReturnReceipt
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import procedures


def receipt_of(desk: Desk, dossier: Dossier) -> Receipt:
    """The receipt of this dossier, in the words of its own regime."""
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    by = handed_in_by(who, dossier.submitter)
    place = desk_in_commune(regime, settings["unit_name"])
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
        form_name=form_name(desk, dossier.field, "receipt", dossier.accepted.date()),
        watermark=desk.watermark,
        organisation=who.kind is ApplicantKind.ORGANISATION,
    )


def _fee(desk: Desk, dossier: Dossier) -> str:
    """The fee as a citizen reads it; the catalogue's remarks stay on the clerk's screen."""
    with desk.read() as connection:
        version = procedures.exact_version(
            connection, dossier.procedure_code, dossier.procedure_version
        )
    return (
        fee_for_citizen(version.fee, version.fee_exemptions)
        if version
        else fee_for_citizen(dossier.fee, "")
    )


def return_receipt_of(desk: Desk, dossier: Dossier) -> ReturnReceipt:
    """The receipt of the result; Refused ("not-returned") before it was returned."""
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
            for entry, _facts in journal.of_dossier(connection, dossier.code)
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
    """The phone of this person; "" unless it is the owner, their representative or submitter."""
    owner, by = dossier.applicant, dossier.submitter
    if by and exact_key(by.name) == exact_key(name):
        return by.phone
    return (
        owner.phone if exact_key(name) in map(exact_key, (owner.name, owner.representative)) else ""
    )


def label_of(desk: Desk, dossier: Dossier) -> Label:
    """The label of the folder."""
    who, what = dossier.applicant.name, dossier.procedure_name
    return Label(dossier.code, who, what, dossier.due, dossier.place, desk.watermark)


def control_sheet_of(desk: Desk, dossier: Dossier) -> ControlSheet:
    """The control sheet with every hand-over so far, each against its step's limit."""
    settings, regime = desk.settings, desk.regime(dossier.regime)
    names = {who.id: who.name for who in accounts.list_officials(desk)}
    place = desk_in_commune(regime, settings["unit_name"])
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
    """A step against its limit: used less, all of it, or more; "" for a step without one."""
    if held.budget is None:
        return ""
    if held.worked == held.budget:
        return "Đúng hạn"
    return "Trước hạn" if held.worked < held.budget else f"Quá hạn {held.over} phút"
