"""The numbered slips on paper: supplement (Mẫu 02), refusal (Mẫu 03), stop, reminder."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from cchc_desk.actions.documents.paper_checks import scan_for
from cchc_desk.actions.office import signing
from cchc_desk.actions.papers.paper_words import counted, desk_in_commune
from cchc_desk.actions.people import accounts
from cchc_desk.domain.dossiers.dossier import Dossier, How
from cchc_desk.domain.dossiers.reminders import TO_THE_LEADER, Asker, Reminder
from cchc_desk.domain.law.regime import Regime, regime_on
from cchc_desk.domain.papers.check_codes import CheckText
from cchc_desk.domain.papers.slips import REFUSAL, REMINDER, STOP, SUPPLEMENT, Slip
from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    handed_in_by,
    submitter_in,
)
from cchc_desk.domain.people.forms_of_address import addressee, form_of_address
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.deadlines import last_minute
from cchc_desk.papers.forms import refusal, reminder, stop_notice, supplement
from cchc_desk.papers.forms.refusal import Refusal
from cchc_desk.papers.forms.reminder import ReminderSlip
from cchc_desk.papers.forms.slip import Citizen, Paragraph, SlipHead, sentence
from cchc_desk.papers.forms.stop_notice import StopNotice
from cchc_desk.papers.forms.supplement import Supplement
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import capitalised, date_in_words, moment_in_words
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import reminders
from cchc_desk.store.engine.database import readable
from cchc_desk.store.office import officials
from cchc_desk.store.papers import registrations, visitors

_TIMES = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_HOW = {
    How.COUNTER: "tại quầy",
    How.PHONE: "qua điện thoại",
    How.POST: "qua bưu chính",
    How.MESSAGE: "bằng tin nhắn",
}


@dataclass(frozen=True)
class SlipPaper:
    """A slip to be printed; `dossier` is None where nothing was accepted."""

    slip: Slip
    who: Applicant
    dossier: Dossier | None

    @property
    def citizen(self) -> Citizen:
        who = self.who
        return Citizen(
            name=who.name,
            address=who.address,
            phone=who.phone,
            email=who.email,
            procedure=self.slip.procedure_name,
            you=form_of_address(who),
            organisation=who.kind is ApplicantKind.ORGANISATION,
        )


def slip_text(desk: Desk, paper: SlipPaper) -> Supplement | Refusal | StopNotice | ReminderSlip:
    """Return the slip in the form of its kind, one of SLIP_KINDS, with no mark of a reprint."""
    if paper.slip.kind == REMINDER:
        return _reminder(desk, paper)
    if paper.slip.kind == SUPPLEMENT:
        return _supplement(desk, paper)
    if paper.slip.kind == REFUSAL:
        return _refusal(desk, paper)
    assert paper.slip.kind == STOP, "there is no other kind of slip"
    return _stop(desk, paper)


def _supplement(desk: Desk, paper: SlipPaper) -> Supplement:
    slip, regime, unit = paper.slip, _regime_of(desk, paper), desk.settings["unit_name"]
    return Supplement(
        head=_head(desk, paper, Agency(unit, regime.desk_title), supplement.TITLE),
        desk=desk_in_commune(regime, unit),
        citizen=paper.citizen,
        items=slip.items,
        reason=slip.reason,
        official=accounts.official_name(desk, slip.made_by),
        hotline=desk.settings["hotline"],
        again=slip.again,
        watermark=desk.watermark,
    )


def _refusal(desk: Desk, paper: SlipPaper) -> Refusal:
    slip, regime, unit = paper.slip, _regime_of(desk, paper), desk.settings["unit_name"]
    day = (paper.dossier.accepted if paper.dossier else slip.made).date()
    with desk.read() as connection:
        registered = slip.registration
        portal = registrations.registration_of(connection, registered) if registered else None
        submitter = submitter_in(visitors.visitor_of(connection, slip.id))
    return Refusal(
        head=_head(desk, paper, Agency(unit, regime.desk_title), refusal.TITLE),
        desk=desk_in_commune(regime, unit),
        citizen=paper.citizen,
        handed_in_by=handed_in_by(paper.who, submitter),
        reason=slip.reason,
        official=accounts.official_name(desk, slip.made_by),
        hotline=desk.settings["hotline"],
        portal_code=portal.portal_code if portal else "",
        submitted=portal.submitted if portal else None,
        id_number=paper.who.id_number if portal else "",
        form_set=regime.forms_on(day).form_set.value,
        watermark=desk.watermark,
    )


def _stop(desk: Desk, paper: SlipPaper) -> StopNotice:
    slip, dossier, settings = paper.slip, paper.dossier, desk.settings
    assert dossier is not None, "only an accepted dossier is stopped"
    unit, regime = settings["unit_name"], desk.regime(dossier.regime)
    signer = _leader(desk, slip.made_by)
    day, who = datetime.combine(slip.made, time()), paper.who.name
    signed_by = signer.name if signer else ""
    scan = scan_for(desk, CheckText("stop", slip.code, who, day, None, slip.number_text, signed_by))
    return StopNotice(
        head=_head(desk, paper, Agency(settings["parent_agency"], unit), stop_notice.TITLE),
        desk=desk_in_commune(regime, unit),
        citizen=replace(paper.citizen, name=addressee(paper.who)),
        body=tuple(_sentences(desk, slip, dossier, paper.citizen.you)),
        signer_lines=signing.lines_as_signed(desk, signer.id)
        if signer
        else signing.lines_of_whoever_signs(desk),
        signer=signed_by,
        watermark=desk.watermark,
        check=scan.check,
        scan=scan.text(),
    )


def _sentences(desk: Desk, slip: Slip, dossier: Dossier, you: str) -> Iterator[Paragraph]:
    """Yield the sentences of a stop notice, as true as on the day the dossier was stopped."""
    unit, regime, hotline = (
        desk.settings["unit_name"],
        desk.regime(dossier.regime),
        desk.settings["hotline"],
    )
    moved = counted(dossier, dossier.first, slip.made)
    after = f" (thời hạn {moved.words})" if moved else ""
    yield Paragraph(
        f"{capitalised(date_in_words(dossier.accepted.date()))}, {unit} tiếp nhận hồ sơ "
        f"“{dossier.procedure_name}” của {you}; thời gian hẹn trả kết quả: "
        f"{moment_in_words(dossier.first.due)}{after}."
    )
    if slip.made > last_minute(moved.due if moved else dossier.first.due, dossier.limit):
        yield Paragraph(
            f"Đến ngày dừng giải quyết, hồ sơ đã quá thời hạn trả kết quả; {unit} xin lỗi {you} về "
            "việc này bằng văn bản riêng."
        )
    yield Paragraph(
        f"Căn cứ {_cited(regime)} về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa "
        f"liên thông, {unit} thông báo dừng giải quyết hồ sơ này."
    )
    yield Paragraph(f"Lý do: {sentence(slip.reason)}")
    desk_title = desk_in_commune(regime, unit)
    yield Paragraph(
        f"Giấy tờ đã nộp được trả lại khi {you} đến {desk_title}. {you} có thể nộp hồ sơ mới khi "
        "đủ điều kiện."
    )
    if dossier.fee:
        yield Paragraph(
            "Phí, lệ phí đã nộp (nếu có) được giải quyết theo quy định về phí, lệ phí của thủ tục; "
            f"xin hỏi tại {desk_title}."
        )
    contact = f" Mọi thắc mắc xin liên hệ số điện thoại {hotline}." if hotline else ""
    yield Paragraph(f"Xin thông báo để {you} được biết.{contact}"[:-1] + "./.")


def _reminder(desk: Desk, paper: SlipPaper) -> ReminderSlip:
    slip, dossier = paper.slip, paper.dossier
    assert dossier is not None, "only an accepted dossier is asked about again"
    with desk.read() as connection, readable(dossier.code):
        known = {one.slip: one for one in reminders.of_dossier(connection, dossier.code)}
        about = known[slip.id]
        people = {official.id: official for official in officials.all_officials(connection)}
        to, holder = people[about.receiver], people[about.holder]
    unit, regime = desk.settings["unit_name"], desk.regime(dossier.regime)
    return ReminderSlip(
        head=_head(desk, paper, Agency(unit, regime.desk_title), reminder.TITLE),
        time=_TIMES[about.time - 1] if about.time <= len(_TIMES) else str(about.time),
        to=f"Ông/Bà {to.name}" + (f", {to.title}" if to.title else ""),
        citizen=paper.citizen,
        body=tuple(_asked_again(dossier, about, holder, paper.citizen.you)),
        official=accounts.official_name(desk, about.made_by),
        receiver=to.name,
        watermark=desk.watermark,
    )


def _asked_again(
    dossier: Dossier, about: Reminder, holder: Official, you: str
) -> Iterator[Paragraph]:
    """Yield the sentences of a reminder, as true as when somebody asked."""
    asker = you if about.asker is Asker.CITIZEN else "cơ quan cấp trên"
    words = f": “{about.words.rstrip('. ')}”" if about.words else ""  # the stop stands behind it
    yield Paragraph(
        f"Hồi {moment_in_words(about.made)}, {asker} hỏi {_HOW[about.how]} về việc giải "
        f"quyết hồ sơ này{words}."
    )
    moved = counted(dossier, dossier.first, about.made)
    after = f" (thời hạn {moved.words})" if moved else ""
    yield Paragraph(
        f"Hồ sơ tiếp nhận {date_in_words(dossier.accepted.date())}, hẹn trả kết quả "
        f"{moment_in_words(dossier.first.due)}{after}; người đang giữ hồ sơ: {holder.name}."
    )
    late = about.made > last_minute(moved.due if moved else dossier.first.due, dossier.limit)
    if late:
        yield Paragraph(
            f"Đến lúc này hồ sơ đã quá thời gian hẹn; đề nghị trình văn bản xin lỗi {you} (nếu "
            "chưa có) và cho biết ngày có kết quả."
        )
    if about.time >= TO_THE_LEADER:
        yield Paragraph(
            "Hồ sơ bị đôn đốc từ lần thứ ba nên phiếu gửi lãnh đạo để chỉ đạo giải quyết."
        )
    yield Paragraph(
        f"Đề nghị trả lời trước {moment_in_words(about.answer_by)}, để bộ phận tiếp nhận báo lại.",
        bold=True,
    )


def _cited(regime: Regime) -> str:
    """Return the decree as its first citation names it, but for its day (NĐ 30/2020, II.6.b)."""
    return f"{regime.decree.replace('Nghị định', 'Nghị định số')} của Chính phủ"


def _head(desk: Desk, paper: SlipPaper, agency: Agency, title: str) -> SlipHead:
    slip, dossier = paper.slip, paper.dossier
    return SlipHead(
        agency=agency,
        place=desk.settings["place"],
        number=slip.number_text,
        made=slip.made.date(),
        title=title,
        code=slip.code,
        portal_code=dossier.portal_code if dossier else "",
    )


def _regime_of(desk: Desk, paper: SlipPaper) -> Regime:
    if paper.dossier:
        return desk.regime(paper.dossier.regime)
    return regime_on(desk.regimes, paper.slip.made.date())


def _leader(desk: Desk, official_id: str) -> Official | None:
    """Return the leader, who signs; None for others: a leader has yet to sign."""
    leaders = (one for one in accounts.list_officials(desk) if one.role is Role.LEADER)
    return next((leader for leader in leaders if leader.id == official_id), None)
