"""The acts of a dossier's page: words, key, and the function that asks and does each.

Permission and step of the same acts stand in `cchc_desk/actions/dossiers/allowed.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.dossiers import messages, receivers, steps, take_back
from cchc_desk.actions.dossiers.receivers import Receivers
from cchc_desk.actions.lateness import overdue, responsibility
from cchc_desk.actions.office import accounts
from cchc_desk.actions.office.catalogue import Cause
from cchc_desk.domain.dossiers.dossier import Dossier, How, LetterState, Notice
from cchc_desk.domain.dossiers.slips import Slip
from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.domain.time.pauses import PauseKind, supplements
from cchc_desk.i18n import _, later
from ui.dossiers import putting_right
from ui.dossiers.message_dialog import MessageDialog
from ui.dossiers.responsibility_dialog import ResponsibilityDialog
from ui.shell import jobs, notices
from ui.shell.page import Page
from ui.widgets.ask import choose, choose_how, write

_PAUSES = {
    later("Lấy ý kiến cơ quan khác"): PauseKind.OPINION,
    later("Kiểm tra thực địa"): PauseKind.FIELD_CHECK,
}


# --- acts -----------------------------------------------------------------------------------------


def hand_over(page: Page, dossier: Dossier) -> None:
    """Read who may take it, the usual one first, then ask who does."""
    desk = page.desk
    jobs.run(
        page,
        lambda: receivers.receivers(desk, [dossier.code]),
        partial(_choose_receiver, page, dossier),
    )


def _choose_receiver(page: Page, dossier: Dossier, found: Receivers) -> None:
    """Ask who takes it; the holder is not among them, and is named where it is somebody else."""
    names = {f"{who.name} – {_(ROLE_NAMES[who.role])}": who for who in found.officials}
    desk, me = page.desk, page.desk.official
    question = _("Bàn giao hồ sơ {code} của {name} cho ai?").format(
        code=dossier.code, name=dossier.applicant.name
    )
    if me is not None and dossier.holder != me.id:
        question += " " + _("({holder} đang giữ)").format(holder=found.holder_name)
    chosen = choose(page, question, list(names))
    if chosen:
        to = names[chosen]
        said = _("Đã bàn giao {code} của {name} cho {receiver}.").format(
            code=dossier.code, name=dossier.applicant.name, receiver=to.name
        )
        _do_undoable(page, dossier.code, lambda: steps.hand_over(desk, [dossier.code], to.id), said)


def request(page: Page, dossier: Dossier) -> None:
    """Asks what is lacking, one item a line; the second time only what was asked before."""
    asked, desk = supplements(dossier.pauses), page.desk
    question = _("Công dân cần bổ sung những gì? (mỗi dòng một nội dung)")
    if asked:
        question = _(
            "Lần thứ hai: giữ lại những nội dung mà giấy tờ mang tới chưa đáp ứng (không ghi thêm "
            "nội dung mới)."
        )
    items = write(page, question, lines=True, text="\n".join(asked[0].items) if asked else "")
    reason = write(page, _("Lý do yêu cầu bổ sung")) if items else None
    if items and reason is not None:
        wanted, unmet = items.splitlines(), bool(asked)
        jobs.run(
            page,
            lambda: steps.request_supplement(desk, dossier.code, reason, wanted, unmet=unmet),
            partial(_requested, page),
        )


def _requested(page: Page, slip: Slip) -> None:
    said = _("Đã lập phiếu yêu cầu bổ sung số {number_text}; hãy in và báo công dân.").format(
        number_text=slip.number_text
    )
    notices.undoable(said, putting_right.undoing(page, slip.code, said))
    page.refresh()
    page.shell.preview(slip.code, "supplement")


def supplement(page: Page, dossier: Dossier) -> None:
    desk = page.desk
    _do(
        page,
        lambda: steps.supplement_brought(desk, dossier.code),
        _("Đã ghi: công dân bổ sung hồ sơ {code}.").format(code=dossier.code),
    )


def tell(page: Page, dossier: Dossier) -> None:
    how, desk = (
        choose_how(page, _("Đã báo công dân nội dung cần bổ sung bằng cách nào?")),
        page.desk,
    )
    if how:
        said = _("Đã ghi: công dân biết nội dung cần bổ sung của hồ sơ {code}.").format(
            code=dossier.code
        )
        _do(page, lambda: steps.tell_supplement(desk, dossier.code, how), said)


def pause(page: Page, dossier: Dossier) -> None:
    kinds, desk = {_(text): kind for text, kind in _PAUSES.items()}, page.desk
    chosen = choose(page, _("Tạm dừng để làm gì?"), list(kinds))
    reason = write(page, _("Hỏi cơ quan nào, kiểm tra gì?")) if chosen else None
    if chosen and reason is not None:
        kind = kinds[chosen]
        _do_undoable(
            page,
            dossier.code,
            lambda: steps.pause(desk, dossier.code, kind, reason),
            _("Hồ sơ {code} đang tạm dừng.").format(code=dossier.code),
        )


def resume(page: Page, dossier: Dossier) -> None:
    desk = page.desk
    _do(
        page,
        lambda: steps.resume(desk, dossier.code),
        _("Hồ sơ {code} tiếp tục được giải quyết.").format(code=dossier.code),
    )


def oblige(page: Page, dossier: Dossier) -> None:
    _with_reason(
        page,
        dossier,
        _("Công dân phải thực hiện nghĩa vụ gì?"),
        steps.oblige,
        _("Đã ghi nghĩa vụ tài chính"),
    )


def pay(page: Page, dossier: Dossier) -> None:
    desk = page.desk
    _do(
        page,
        lambda: steps.obligation_met(desk, dossier.code),
        _("Đã ghi: hồ sơ {code} xong nghĩa vụ.").format(code=dossier.code),
    )


def withdraw(page: Page, dossier: Dossier) -> None:
    _with_reason(
        page,
        dossier,
        _("Vì sao công dân rút hồ sơ? (để trống cũng được)"),
        steps.withdraw,
        _("Đã rút"),
    )


def stop(page: Page, dossier: Dossier) -> None:
    _with_reason(
        page,
        dossier,
        _("Lý do dừng giải quyết (in trong thông báo)"),
        steps.stop,
        _("Đã dừng giải quyết"),
        "stop",
    )


def undo(page: Page, dossier: Dossier) -> None:
    _with_reason(
        page,
        dossier,
        _("Vì sao hoàn tác? (ghi vào sổ cái)"),
        take_back.undo,
        _("Đã hoàn tác bước cuối của"),
        undoable=False,
    )


def shelve(page: Page, dossier: Dossier) -> None:
    place, desk = (
        write(page, _("Hồ sơ để ở đâu? (kệ, hộp; để trống khi lấy ra)"), text=dossier.place),
        page.desk,
    )
    if place is not None:
        _do_undoable(
            page,
            dossier.code,
            lambda: steps.shelve(desk, dossier.code, place),
            _("Đã ghi nơi để hồ sơ {code}.").format(code=dossier.code),
        )


def deliver(page: Page, dossier: Dossier) -> None:
    """Asks how the signed letter reached the citizen, and who took it: the proof that it was handed
    over.
    """
    letter = next((one for one in dossier.letters if one.state is LetterState.SIGNED), None)
    given, desk = ask_delivery(page, dossier) if letter else None, page.desk
    if letter and given:
        said = _("Đã ghi: trao thư xin lỗi số {number_text}.").format(
            number_text=letter.number_text
        )
        _do(page, lambda: overdue.deliver_letter(desk, letter.id, *given), said)


def ask_delivery(parent: QWidget, dossier: Dossier) -> tuple[How, str] | None:
    """Ask how a letter was handed over and to whom; None when a question was left with Esc."""
    how = choose_how(parent, _("Thư đã trao cho công dân bằng cách nào?"))
    to = write(parent, _("Ai nhận thư?"), text=dossier.applicant.name) if how else None
    return (how, to) if how and to is not None else None


def mistake(page: Page, dossier: Dossier) -> None:
    text, desk = write(page, _("Cơ quan đã sai sót điều gì? (in trong thư xin lỗi)")), page.desk
    if text is not None:
        said = _("Đã soạn thư xin lỗi về sai sót cho {code}; chờ lãnh đạo ký.").format(
            code=dossier.code
        )
        _do(page, lambda: overdue.draft_mistake_letter(desk, dossier.code, text), said)


def fix(page: Page, dossier: Dossier) -> None:
    """The leader says who answers for a late dossier, at which step and for which cause."""
    desk = page.desk
    jobs.run(
        page,
        lambda: (overdue.causes(desk), accounts.list_officials(desk)),
        lambda found: _fix(page, dossier, *found),
    )


def _fix(
    page: Page,
    dossier: Dossier,
    causes: tuple[Cause, ...],
    officials: tuple[Official, ...],
) -> None:
    dialog, desk = ResponsibilityDialog(page, dossier, causes, officials), page.desk
    if dialog.exec():
        decided = dialog.decided()
        said = _("Đã xác định trách nhiệm của hồ sơ {code}.").format(code=dossier.code)
        _do(page, lambda: responsibility.fix_responsibility(desk, dossier.code, *decided), said)


def object_to(page: Page, dossier: Dossier) -> None:
    before = dossier.responsibility.objection if dossier.responsibility else ""
    text, desk = (
        write(page, _("Người chịu trách nhiệm nói gì?"), lines=True, text=before),
        page.desk,
    )
    if text is not None:
        _do(
            page,
            lambda: responsibility.object_to(desk, dossier.code, text),
            _("Đã ghi ý kiến vào hồ sơ {code}.").format(code=dossier.code),
        )


def message(page: Page, dossier: Dossier) -> None:
    """Shows what the citizen should hear today, to be read aloud or copied."""
    desk = page.desk
    jobs.run(
        page,
        lambda: messages.messages_for(desk, dossier.code),
        lambda found: MessageDialog(page, dossier, found).open(),
    )


def ready(page: Page, dossier: Dossier) -> None:
    """The result is there; asked first where somebody else holds the dossier."""
    desk, me = page.desk, page.desk.official
    if me is None or dossier.holder == me.id:
        _ready(page, dossier)
        return
    jobs.run(
        page,
        lambda: accounts.official_name(desk, dossier.holder),
        partial(_ask_ready, page, dossier),
    )


def _ask_ready(page: Page, dossier: Dossier, holder: str) -> None:
    question = _("Hồ sơ {code} của {name} do {holder} giữ, không phải bạn. Ghi có kết quả?").format(
        code=dossier.code, name=dossier.applicant.name, holder=holder
    )
    yes = _("Ghi có kết quả")
    if choose(page, question, [yes, _("Thôi, để {holder} ghi").format(holder=holder)]) == yes:
        _ready(page, dossier)


def _ready(page: Page, dossier: Dossier) -> None:
    desk = page.desk
    _do_undoable(
        page,
        dossier.code,
        lambda: steps.mark_ready(desk, dossier.code),
        _("Hồ sơ {code} của {name} đã có kết quả.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
    )


def give_back(page: Page, dossier: Dossier) -> None:
    page.shell.show_return(dossier.code)


def notify(page: Page, dossier: Dossier) -> None:
    """Asks how the citizen was told beforehand, and says whether that was in time."""
    how, desk = choose_how(page, _("Báo trước cho công dân bằng cách nào?")), page.desk
    if how:
        jobs.run(page, lambda: overdue.notify(desk, dossier.code, how), partial(_notified, page))


def _notified(page: Page, notice: Notice) -> None:
    notices.say(
        _("Đã ghi: báo trước đúng quy định.")
        if notice.in_time
        else _("Đã ghi: báo trước, nhưng muộn so với quy định.")
    )
    page.refresh()


def open_letter(page: Page, dossier: Dossier) -> None:
    page.shell.open_letter(dossier.code)


def preview(kind: str) -> Callable[[Page, Dossier], None]:
    """The act that shows one of the dossier's papers before it is printed."""

    def show(page: Page, dossier: Dossier) -> None:
        page.shell.preview(dossier.code, kind)

    return show


def _with_reason(
    page: Page,
    dossier: Dossier,
    question: str,
    act: Callable[[Any, str, str], object],
    done: str,
    paper: str = "",
    *,
    undoable: bool = True,
) -> None:
    reason, desk = write(page, question), page.desk
    if reason is None:
        return
    said = _("{done} hồ sơ {code} của {name}.").format(
        done=done, code=dossier.code, name=dossier.applicant.name
    )
    undo = putting_right.undoing(page, dossier.code, said) if undoable else None
    _do(page, lambda: act(desk, dossier.code, reason), said, paper, dossier.code, undo)


def _do_undoable(page: Page, code: str, job: Callable[[], object], said: str) -> None:
    _do(page, job, said, undo=putting_right.undoing(page, code, said))


def _do(
    page: Page,
    job: Callable[[], object],
    said: str,
    paper: str = "",
    code: str = "",
    undo: Callable[[], None] | None = None,
) -> None:
    jobs.run(page, job, lambda _: _done(page, said, paper, code, undo))


def _done(page: Page, said: str, paper: str, code: str, undo: Callable[[], None] | None) -> None:
    if undo is not None:
        notices.undoable(said, undo)
    else:
        notices.say(said)
    page.refresh()
    if paper:
        page.shell.preview(code, paper)


# --- registry -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageAct:
    """An act as the page offers it; `name` as in `DOSSIER_ACTS`, which decides whether it may."""

    name: str
    words: str
    key: str
    do: Callable[[Page, Dossier], None]


@dataclass(frozen=True)
class ActGroup:
    heading: str
    acts: tuple[PageAct, ...]


GROUPS = (
    ActGroup(
        later("Giải quyết"),
        (
            PageAct("hand-over", later("Bàn giao"), "B", hand_over),
            PageAct("ready", later("Có kết quả"), "K", ready),
            PageAct("request", later("Yêu cầu bổ sung"), "Y", request),
            PageAct("pause", later("Lấy ý kiến, kiểm tra"), "P", pause),
            PageAct("oblige", later("Nghĩa vụ tài chính"), "E", oblige),
            PageAct("shelve", later("Nơi để hồ sơ"), "H", shelve),
            PageAct("supplement", later("Dân đã bổ sung"), "O", supplement),
            PageAct("tell", later("Đã báo bổ sung"), "Q", tell),
            PageAct("resume", later("Hết tạm dừng"), "N", resume),
            PageAct("pay", later("Đã thực hiện nghĩa vụ"), "U", pay),
        ),
    ),
    ActGroup(
        later("Kết thúc"),
        (
            PageAct("return", later("Trả kết quả"), "T", give_back),
            PageAct("withdraw", later("Dân rút hồ sơ"), "R", withdraw),
            PageAct("stop", later("Dừng giải quyết"), "W", stop),
            PageAct("undo", later("Hoàn tác"), "Z", undo),
            PageAct("correct", later("Sửa thông tin"), "Shift+S", putting_right.correct),
            PageAct("cancel", later("Hủy do nhập sai"), "Shift+Z", putting_right.cancel),
        ),
    ),
    ActGroup(
        later("Lời hẹn"),
        (
            PageAct("notify", later("Báo trước"), "G", notify),
            PageAct("apologise", later("Soạn thư xin lỗi"), "X", open_letter),
            PageAct("sign", later("Ký thư"), "S", open_letter),
            PageAct("deliver", later("Trao thư"), "D", deliver),
            PageAct("message", later("Lời báo công dân"), "M", message),
            PageAct("mistake", later("Xin lỗi vì sai sót"), "F", mistake),
            PageAct("fix", later("Trách nhiệm"), "J", fix),
            PageAct("object", later("Ý kiến về trách nhiệm"), "Shift+J", object_to),
        ),
    ),
    ActGroup(
        later("Giấy tờ"),
        (
            PageAct("print-receipt", later("In giấy hẹn"), "I", preview("receipt")),
            PageAct("print-apology", later("In thư xin lỗi"), "L", preview("apology")),
            PageAct("print-control", later("In phiếu kiểm soát"), "C", preview("control")),
            PageAct("print-label", later("In nhãn hồ sơ"), "A", preview("label")),
            PageAct("print-return", later("In biên nhận trả"), "V", preview("return")),
            PageAct(
                "print-correction", later("In phiếu đính chính"), "Shift+I", preview("correction")
            ),
            PageAct("print-history", later("In lý lịch"), "Shift+L", preview("history")),
        ),
    ),
)
ACTS = {act.name: act for group in GROUPS for act in group.acts}
# The act that ends a state stands in the place of the one that begins it, while it can be done.
ENDS = {"supplement": "request", "tell": "pause", "resume": "pause", "pay": "oblige"}
