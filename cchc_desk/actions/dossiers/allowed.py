"""Acts on a dossier: the permission, step and obstacles of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Dossier, LetterState, Step, step
from cchc_desk.domain.dossiers.putting_right import check_cancel, check_correct, check_counted
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission, require
from cchc_desk.domain.time.pauses import WAITS
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk

_ON_ANY = frozenset({"print-history"})  # what may be done with a cancelled entry too


def no_obstacle(dossier: Dossier, now: datetime) -> str | None:
    return None


def already_finished(dossier: Dossier, now: datetime) -> str | None:
    return _("Hồ sơ đã xong.") if dossier.finished else None


def no_letter_due(dossier: Dossier, now: datetime) -> str | None:
    """Return the obstacle to an apology letter; its new date is checked when it is drafted."""
    promises_again = dossier.finished is None and dossier.second_due is None
    try:
        lateness.next_letter(dossier, now, now if promises_again else None)
    except Refused as refused:
        return refused.message
    return None


def no_letter_to_sign(dossier: Dossier, now: datetime) -> str | None:
    drafted = any(letter.state is LetterState.DRAFTED for letter in dossier.letters)
    return None if drafted else _("Chưa có thư xin lỗi nào chờ ký.")


def no_letter_to_deliver(dossier: Dossier, now: datetime) -> str | None:
    signed = any(letter.state is LetterState.SIGNED for letter in dossier.letters)
    return None if signed else _("Chưa có thư nào đã ký mà chưa trao.")


def no_letter(dossier: Dossier, now: datetime) -> str | None:
    return None if dossier.letters else _("Hồ sơ này chưa có thư xin lỗi.")


def no_receipt(dossier: Dossier, now: datetime) -> str | None:
    """Return the obstacle to a receipt: only intake knows the papers that it confirms."""
    if not dossier.watched:
        return None
    return _(
        "Hồ sơ theo dõi từ danh sách {system}: giấy hẹn do hệ thống ấy in, quầy không in lại."
    ).format(system=dossier.system)


def not_returned(dossier: Dossier, now: datetime) -> str | None:
    return None if dossier.returned else _("Hồ sơ chưa trả kết quả.")


def not_late(dossier: Dossier, now: datetime) -> str | None:
    if lateness.is_late(dossier, now):
        return None
    return _("Hồ sơ không trễ hẹn; không có trách nhiệm phải xác định.")


def nobody_answers(dossier: Dossier, now: datetime) -> str | None:
    fixed = dossier.responsibility
    if fixed is not None and fixed.official is not None and fixed.decided:
        return None
    return _("Hồ sơ chưa xác định người chịu trách nhiệm.")


def not_paused(dossier: Dossier, now: datetime) -> str | None:
    waits = any(pause.kind in WAITS for pause in dossier.open_pauses)
    return None if waits else _("Hồ sơ không tạm dừng.")


def no_supplement_to_tell(dossier: Dossier, now: datetime) -> str | None:
    if dossier.open_request and dossier.open_request.told is None:
        return None
    return _("Không có yêu cầu bổ sung nào chờ báo.")


def not_to_forward(dossier: Dossier, now: datetime) -> str | None:
    if not dossier.for_agency or dossier.finished:
        return _("Không phải hồ sơ nhận thay cơ quan khác đang giải quyết.")
    return _("Hồ sơ đã chuyển.") if dossier.forwarded else None


def not_forwarded(dossier: Dossier, now: datetime) -> str | None:
    if not dossier.for_agency or dossier.finished:
        return _("Không phải hồ sơ nhận thay cơ quan khác đang giải quyết.")
    return None if dossier.forwarded else _("Hồ sơ chưa chuyển.")


@dataclass(frozen=True)
class DossierAct:
    """One act: its permission, its step in the dossier's life (None: it takes no step).

    `obstacle` is the sentence about what stands in its way, None where nothing does; it goes
    before the refusal of the step itself. `rule` refuses by who is at the desk.
    """

    name: str
    permission: Permission
    step: Step | None = None
    obstacle: Callable[[Dossier, datetime], str | None] = no_obstacle
    rule: Callable[[Dossier, Official, datetime], None] | None = None

    def why_not(self, official: Official | None, dossier: Dossier, now: datetime) -> str | None:
        """Return the sentence that refuses this act now, None where it is allowed."""
        try:
            who = require(official, self.permission)
            if self.name not in _ON_ANY:
                check_counted(dossier)
            if self.rule is not None:
                self.rule(dossier, who, now)
            obstacle = self.obstacle(dossier, now)
            if obstacle is None and self.step is not None:
                step(dossier.status, self.step, dossier.code)
        except Refused as refused:
            return refused.message
        return obstacle


DOSSIER_ACTS = (
    DossierAct("hand-over", Permission.HAND_OVER, Step.HAND_OVER),
    DossierAct("forward", Permission.HAND_OVER, obstacle=not_to_forward),
    DossierAct("agency-received", Permission.HAND_OVER, obstacle=not_forwarded),
    DossierAct("request", Permission.REQUEST, Step.REQUEST),
    DossierAct("supplement", Permission.SUPPLEMENT, Step.SUPPLEMENT),
    DossierAct("tell", Permission.TELL, obstacle=no_supplement_to_tell),
    DossierAct("pause", Permission.PAUSE, Step.PAUSE),
    DossierAct("resume", Permission.RESUME, Step.RESUME, not_paused),
    DossierAct("oblige", Permission.OBLIGE, Step.OBLIGE),
    DossierAct("pay", Permission.PAY, Step.PAY),
    DossierAct("shelve", Permission.SHELVE),
    DossierAct("ready", Permission.READY, Step.READY),
    DossierAct("return", Permission.RETURN, Step.RETURN),
    DossierAct("withdraw", Permission.WITHDRAW, Step.WITHDRAW),
    DossierAct("stop", Permission.STOP, Step.STOP),
    DossierAct("undo", Permission.UNDO, Step.UNDO),
    DossierAct("correct", Permission.CORRECT, rule=check_correct),
    DossierAct("cancel", Permission.CANCEL, rule=check_cancel),
    DossierAct("notify", Permission.NOTIFY, obstacle=already_finished),
    DossierAct("apologise", Permission.DRAFT_LETTER, obstacle=no_letter_due),
    DossierAct("mistake", Permission.DRAFT_LETTER),
    DossierAct("sign", Permission.SIGN_LETTER, obstacle=no_letter_to_sign),
    DossierAct("deliver", Permission.DELIVER_LETTER, obstacle=no_letter_to_deliver),
    DossierAct("message", Permission.READ),
    DossierAct("remind", Permission.REMIND, obstacle=already_finished),
    DossierAct("answer-reminder", Permission.REMIND),
    DossierAct("fix", Permission.ENTER_DECISION, obstacle=not_late),
    DossierAct("object", Permission.OBJECT, obstacle=nobody_answers),
    DossierAct("print-set", Permission.PRINT, obstacle=no_receipt),
    DossierAct("print-receipt", Permission.PRINT, obstacle=no_receipt),
    DossierAct("print-apology", Permission.PRINT, obstacle=no_letter),
    DossierAct("print-control", Permission.PRINT),
    DossierAct("print-label", Permission.PRINT),
    DossierAct("print-return", Permission.PRINT, obstacle=not_returned),
    DossierAct("print-history", Permission.PRINT),
    DossierAct("print-correction", Permission.PRINT),
)


def allowed_acts(
    desk: Desk, dossier: Dossier, *, corrected: bool, urged: bool
) -> dict[str, str | None]:
    """Return each act by its name: None where it is allowed now, else the sentence that refuses.

    `corrected`: what was typed at intake was put right before. `urged`: a reminder waits for its
    answer.
    """
    now = desk.now()
    allowed = {act.name: act.why_not(desk.official, dossier, now) for act in DOSSIER_ACTS}
    if not corrected:
        allowed["print-correction"] = _("Hồ sơ chưa sửa thông tin lần nào.")
    if not urged:
        allowed["answer-reminder"] = _("Không có lần đôn đốc nào chờ trả lời.")
    return allowed
