"""The apology letters of a dossier on paper."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.documents.paper_checks import scan_for
from cchc_desk.actions.office import signing
from cchc_desk.actions.papers.paper_words import counted
from cchc_desk.actions.people import accounts
from cchc_desk.domain.apologies import MAY_SAY, RECEIPT, Broken, Situation, situation_of
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterKind, LetterState
from cchc_desk.domain.papers.check_codes import CheckText, PaperScan
from cchc_desk.domain.people.forms_of_address import addressee, form_of_address
from cchc_desk.papers.forms.apology import Apology, apology_title
from cchc_desk.papers.forms.slip import Paragraph, sentence
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import capitalised, code_lines, date_in_words, moment_in_words
from cchc_desk.session import Desk


def apology_of(desk: Desk, dossier: Dossier, letter: Letter) -> Apology:
    """Return the apology letter in the forms of the day the dossier was accepted."""
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    forms = regime.forms_on(dossier.accepted.date())
    old_title = settings["apology_old_title"]
    signer = accounts.official_name(desk, letter.signed_by) if letter.signed_by else ""
    scan = _scan(desk, dossier, letter, signer)
    return Apology(
        agency=Agency(settings["parent_agency"], settings["unit_name"]),
        place=settings["place"],
        number=letter.number_text or None,
        symbol=letter.symbol or settings["letter_symbol"],
        signed=letter.signed.date() if letter.signed else None,
        title=apology_title(
            "2018" if old_title else forms.form_set.value, dated=letter.new_due is not None
        ),
        code=dossier.code,
        addressee=addressee(who),
        address=who.address,
        phone=who.phone,
        body=tuple(_body(desk, dossier, letter)),
        signer_lines=_signer_lines(desk, letter),
        signer=signer,
        desk=regime.desk_title,
        drafted=letter.drafted.date(),
        watermark=desk.watermark,
        check=scan.check if scan else "",
        scan=scan.text() if scan else "",
    )


def _scan(desk: Desk, dossier: Dossier, letter: Letter, signer: str) -> PaperScan | None:
    """Return what the letter's QR holds; None for a draft, which says nothing yet."""
    if letter.signed is None:
        return None
    day = datetime.combine(letter.signed, time())
    owner, number = dossier.applicant.name, letter.number_text
    return scan_for(
        desk, CheckText("apology", dossier.code, owner, day, letter.new_due, number, signer)
    )


def _signer_lines(desk: Desk, letter: Letter) -> tuple[str, ...]:
    if letter.signed_by:
        return signing.lines_as_signed(desk, letter.signed_by)
    return signing.lines_of_whoever_signs(desk)


def _body(desk: Desk, dossier: Dossier, letter: Letter) -> Iterator[Paragraph]:
    """Yield the sentences of a letter, each as true as on the day it was signed."""
    office, you = desk.settings["unit_name"], form_of_address(dossier.applicant)
    at = letter.signed or desk.now()
    field = f" (lĩnh vực {dossier.field})" if dossier.field else ""  # not every list names it
    yield Paragraph(
        f"{capitalised(date_in_words(dossier.accepted.date()))}, {office} tiếp nhận giải quyết hồ "
        f"sơ “{dossier.procedure_name}”{field} của {you}."
    )
    # Of their own: within the sentence an unbroken code would tear the line before it apart.
    for named in code_lines(dossier.code, dossier.portal_code):
        yield Paragraph(f"{named}.")
    hotline = desk.settings["hotline"]
    contact = f"Mọi thắc mắc xin liên hệ số điện thoại {hotline}. " if hotline else ""
    if letter.kind is LetterKind.MISTAKE:
        yield from _of_a_mistake(dossier, letter, office, you, at)
    else:
        yield from _of_lateness(desk, dossier, letter, at)
    yield Paragraph(f"{contact}Trân trọng./.")


def _of_a_mistake(
    dossier: Dossier, letter: Letter, office: str, you: str, at: datetime
) -> Iterator[Paragraph]:
    yield Paragraph(f"Trong quá trình tiếp nhận, giải quyết hồ sơ, {office} đã có sai sót sau:")
    yield from _reasons(letter)
    yield Paragraph(
        f"{office} thành thật xin lỗi {you} vì sai sót này và mong nhận được sự thông cảm của "
        f"{you}. {you} không phải nộp thêm giấy tờ hay khoản tiền nào vì sai sót này."
    )
    kept = dossier.promises[-1]
    done = dossier.finished is not None and dossier.finished <= at
    if not done and letter.drafted <= dossier.due:
        moved = counted(dossier, kept, at)
        after = f" (thời hạn {moved.words})" if moved else ""
        yield Paragraph(
            f"Thời gian hẹn trả kết quả không thay đổi: {moment_in_words(kept.due)}{after}."
        )


def _of_lateness(desk: Desk, dossier: Dossier, letter: Letter, at: datetime) -> Iterator[Paragraph]:
    office, you = desk.settings["unit_name"], form_of_address(dossier.applicant)
    situation = situation_of(dossier, letter, desk.now())
    says = MAY_SAY[situation.broken, situation.outcome]
    filled = _places(desk, dossier, situation, you)
    yield from _promised(dossier, situation.broken, at)
    yield Paragraph(says.happened.format_map(filled))
    yield from _reasons(letter)
    yield Paragraph(says.sorry.format_map(filled))
    if letter.new_due:
        forms = desk.regime(dossier.regime).forms_on(dossier.accepted.date())
        asks = {
            "2018": f"{office} hẹn lại thời gian trả kết quả giải quyết hồ sơ cho {you} vào lúc:",
            "2025": f"{office} đề nghị gia hạn thời gian giải quyết và sẽ trả kết quả cho {you} "
            "vào lúc:",
        }[forms.form_set.value]
        yield Paragraph(asks)
        yield Paragraph(f"{capitalised(moment_in_words(letter.new_due))}.", bold=True)
    elif says.follows:
        yield Paragraph(says.follows.format_map(filled))


def _places(desk: Desk, dossier: Dossier, situation: Situation, you: str) -> Mapping[str, str]:
    """Return the words for the places of a sentence."""
    finished, returned = situation.finished, situation.returned
    return {
        "office": desk.settings["unit_name"],
        "you": you,
        "receipt": RECEIPT,
        "desk": desk.regime(dossier.regime).desk_title,
        "finished": moment_in_words(finished) if finished else "",
        "returned": moment_in_words(returned) if returned else "",
    }


def _promised(dossier: Dossier, broken: Broken, at: datetime) -> Iterator[Paragraph]:
    """Yield the printed promises, each followed by its moment after it was moved by then.

    A letter about the re-appointment has that as well.
    """
    first = dossier.first
    yield Paragraph(f"Thời gian hẹn trả kết quả giải quyết hồ sơ: {moment_in_words(first.due)}.")
    if moved := counted(dossier, first, at):
        yield Paragraph(f"Thời hạn {moved.words}.")
    if broken is Broken.REAPPOINTMENT and len(dossier.promises) > 1:
        again = dossier.promises[1]
        yield Paragraph(f"Thời gian đã hẹn lại (một lần): {moment_in_words(again.due)}.")
        if moved := counted(dossier, again, at):
            yield Paragraph(f"Thời hạn hẹn lại {moved.words}.")


def _reasons(letter: Letter) -> Iterator[Paragraph]:
    """Yield the reasons, a cause by the sentence that a citizen understands."""
    by_label = {cause.label: cause.sentence for cause in catalogue.causes() if cause.sentence}
    reasons = [by_label.get(reason, reason) for reason in letter.reasons]
    if letter.kind is LetterKind.MISTAKE:
        for reason in reasons:
            yield Paragraph(f"- {sentence(reason)}")
    elif len(reasons) == 1:
        yield Paragraph(f"Lý do: {sentence(reasons[0])}")
    elif reasons:
        yield Paragraph("Lý do:")
        for reason in reasons:
            yield Paragraph(f"- {sentence(reason)}")
    elif letter.state is LetterState.DRAFTED:
        yield Paragraph("Lý do: ……………………………………………………")
