"""The acts of a dossier's page: words, key, and the function that asks and does each.

Permission and step of the same acts stand in `cchc_desk/actions/dossiers/allowed.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.actions.dossiers import forwarding, messages, receivers, reminders, steps, take_back
from cchc_desk.actions.dossiers.receivers import Receivers
from cchc_desk.actions.dossiers.reminders import Coming
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.people import accounts
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.dossier import Dossier, How, LetterState, Notice
from cchc_desk.domain.dossiers.reminders import ASKERS, Asker, Reminder
from cchc_desk.domain.dossiers.segments import step_names
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.papers.paper_steps import last_step
from cchc_desk.domain.papers.slips import REMINDER, Slip
from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role
from cchc_desk.domain.time.pauses import WAITS, PauseKind, supplements
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.settings import PaperStep
from ui import formatting
from ui.dossiers import message_panel, putting_right
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.question_panel import Choice, Field, Line, Lines

T = TypeVar("T")

FAULT = (
    (later("chưa kết luận"), None),
    (later("do lỗi của người này"), True),
    (later("không do lỗi của người này"), False),
)
_NO_WAY_BACK = later("Đồng hồ chạy tiếp và hẹn trả được tính lại; ghi rồi thì không hoàn tác được.")
_LAST_RUNS_ON = later(
    "Xong lý do dừng đồng hồ cuối cùng thì đồng hồ chạy tiếp và hẹn trả được tính lại; ghi rồi thì "
    "không hoàn tác được."
)
_RAN_ON = later("Thời gian vẫn tính, hẹn trả không đổi; ghi rồi thì không hoàn tác được.")
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
        partial(_hand_over, page, dossier),
    )


def _hand_over(page: Page, dossier: Dossier, found: Receivers) -> None:
    """Ask who takes it, and for which step; the holder is named where it is somebody else."""
    others = [(f"{who.name} · {_(ROLE_NAMES[who.role])}", who) for who in found.officials]
    to = Choice(_("Giao cho"), others, next(iter(found.officials), None), name="to")
    step = Line(_("Bước"), name="step_name", hint=_("để trống: bước tiếp theo của quy trình"))
    note, desk, me = Line(_("Ghi chú"), name="note"), page.desk, page.desk.official
    held_by_me = me is not None and dossier.holder == me.id
    _ask(
        page,
        dossier,
        _("Bàn giao"),
        (to, step, note),
        lambda: partial(
            steps.hand_over,
            desk,
            [dossier.code],
            to.value.id,
            step_name=step.value,
            note=note.value,
        ),
        lambda: _("Đã bàn giao {code} của {name} cho {receiver}.").format(
            code=dossier.code, name=dossier.applicant.name, receiver=to.value.name
        ),
        about="" if held_by_me else _held_by(found.holder_name),
    )


def _held_by(holder: str) -> str:
    return _("{holder} đang giữ hồ sơ này.").format(holder=holder)


def forward(page: Page, dossier: Dossier) -> None:
    assert dossier.forward_by is not None, "set at acceptance"
    _ask(
        page,
        dossier,
        _("Đã chuyển cơ quan có thẩm quyền"),
        (),
        lambda: partial(forwarding.forward, page.desk, dossier.code),
        lambda: _("Đã ghi: hồ sơ {code} của {name} chuyển tới {agency}.").format(
            code=dossier.code, name=dossier.applicant.name, agency=dossier.for_agency
        ),
        about=_("Tới {agency}, phải chuyển trước {by}. Ghi rồi thì không hoàn tác được.").format(
            agency=dossier.for_agency, by=formatting.moment_text(dossier.forward_by)
        ),
        undoable=False,
    )


def agency_received(page: Page, dossier: Dossier) -> None:
    """Ask when the papers were received there: the time of that agency runs from then."""
    desk = page.desk
    at = Line(_("Nơi ấy nhận lúc nào?"), formatting.short(desk.now()), name="at", needed=True)
    _ask(
        page,
        dossier,
        _("Nơi ấy đã nhận"),
        (at,),
        lambda: partial(_agency_received, desk, dossier.code, at.value),
        lambda: _("Đã ghi: {agency} nhận hồ sơ {code} của {name}.").format(
            code=dossier.code, name=dossier.applicant.name, agency=dossier.for_agency
        ),
        about=_("Ghi lại lần nữa thì lần sau thay lần trước."),
        undoable=False,
    )


def _agency_received(desk: Desk, code: str, typed: str) -> None:
    """Note it; Refused ("received-unreadable") for what is no moment."""
    at = read_moment(typed)
    if at is None:
        raise Refused(
            "received-unreadable",
            _("Chưa đọc được; hãy ghi ngày và giờ như 20/11/2026 14:05."),
            "at",
        )
    forwarding.agency_received(desk, code, at)


def request(page: Page, dossier: Dossier) -> None:
    """Ask what is lacking and why; the second time only what was asked before."""
    asked, desk = supplements(dossier.pauses), page.desk
    hint = _("Mỗi dòng một nội dung. F9 khi xong.")
    if asked:
        hint = _(
            "Lần thứ hai: giữ lại những nội dung mà giấy tờ mang tới chưa đáp ứng (không ghi thêm "
            "nội dung mới)."
        )
    items = Lines(
        _("Công dân cần bổ sung những gì?"),
        "\n".join(asked[0].items) if asked else "",
        name="items",
        hint=hint,
        needed=True,
    )
    reason = Line(_("Lý do yêu cầu bổ sung"), _(formatting.USUAL_LACK), name="reason")
    unmet = bool(asked)

    def requested(slip: Slip) -> None:
        said = _("Đã lập phiếu yêu cầu bổ sung số {number_text}; hãy in và báo công dân.").format(
            number_text=slip.number_text
        )
        notices.undoable(said, putting_right.undoing(page, slip.code, said), of=slip.code)
        page.refresh()
        page.shell.preview_set(slip.code, PaperStep.SUPPLEMENT)

    _ask_then(
        page,
        dossier,
        _("Yêu cầu bổ sung"),
        (items, reason),
        lambda: partial(
            steps.request_supplement,
            desk,
            dossier.code,
            reason.value,
            items.value.splitlines(),
            unmet=unmet,
        ),
        requested,
    )


def supplement(page: Page, dossier: Dossier) -> None:
    _go_on(
        page,
        dossier,
        _("Dân đã bổ sung"),
        PauseKind.SUPPLEMENT,
        partial(steps.supplement_brought, page.desk, dossier.code),
        _("Đã ghi: công dân bổ sung hồ sơ {code} của {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
    )


def tell(page: Page, dossier: Dossier) -> None:
    how, desk = how_field(_("Đã báo nội dung cần bổ sung bằng cách nào?")), page.desk
    _ask(
        page,
        dossier,
        _("Đã báo bổ sung"),
        (how,),
        lambda: partial(steps.tell_supplement, desk, dossier.code, how.value),
        lambda: _("Đã ghi: công dân biết nội dung cần bổ sung của hồ sơ {code}, {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
        undoable=False,
    )


def pause(page: Page, dossier: Dossier) -> None:
    kinds = [(_(text), kind) for text, kind in _PAUSES.items()]
    kind = Choice(_("Tạm dừng để làm gì?"), kinds, kinds[0][1], name="kind")
    reason = Lines(
        _("Hỏi cơ quan nào, kiểm tra gì?"),
        name="reason",
        hint=_("Mỗi dòng một lý do; ghi cùng lúc thì hết cùng lúc. F9 khi xong."),
    )
    desk, waits = page.desk, [one for one in dossier.open_pauses if one.kind in WAITS]
    _ask_then(
        page,
        dossier,
        _("Tạm dừng"),
        (kind, reason),
        lambda: partial(steps.pause, desk, dossier.code, kind.value, reason.value),
        lambda view: _done(page, dossier, _paused(view.dossier)),
        _("Đang tạm dừng vì lý do khác; ghi thêm được.") if waits else "",
    )


def _paused(dossier: Dossier) -> str:
    """Say whether the time to work on it runs on: most citizens and clerks think it does not."""
    stands = dossier.paused_since is not None
    said = (
        _("Hồ sơ {code} của {name} đang tạm dừng; đồng hồ đứng tới khi hết tạm dừng.")
        if stands
        else _("Hồ sơ {code} của {name} đang tạm dừng; thời gian vẫn tính, hẹn trả không đổi.")
    )
    return said.format(code=dossier.code, name=dossier.applicant.name)


def resume(page: Page, dossier: Dossier) -> None:
    """Ask for which of several reasons it waits no more."""
    desk = page.desk
    waits = [one for one in dossier.open_pauses if one.kind in WAITS]
    every: list[tuple[str, int | None]] = [(_("mọi lý do"), None)]
    ways = [*every, *(("; ".join(one.reason.splitlines()), one.ordinal) for one in waits)]
    which = Choice(_("Đã xong lý do nào?"), ways, None, name="which", lines=len(ways))
    _ask(
        page,
        dossier,
        _("Hết tạm dừng"),
        (which,) if len(waits) > 1 else (),
        lambda: partial(steps.resume, desk, dossier.code, which=which.value),
        lambda: (
            _("Hồ sơ {code} của {name} tiếp tục được giải quyết.").format(
                code=dossier.code, name=dossier.applicant.name
            )
            if which.value is None
            else _("Đã ghi: hồ sơ {code} của {name} xong một lý do tạm dừng.").format(
                code=dossier.code, name=dossier.applicant.name
            )
        ),
        undoable=False,
        about=_no_way_back(dossier, *WAITS),
    )


def oblige(page: Page, dossier: Dossier) -> None:
    _ask_reason(
        page,
        dossier,
        _("Nghĩa vụ tài chính"),
        _("Công dân phải thực hiện nghĩa vụ gì?"),
        steps.oblige,
        _("Đã ghi nghĩa vụ tài chính"),
    )


def pay(page: Page, dossier: Dossier) -> None:
    _go_on(
        page,
        dossier,
        _("Đã thực hiện nghĩa vụ"),
        PauseKind.OBLIGATION,
        partial(steps.obligation_met, page.desk, dossier.code),
        _("Đã ghi: hồ sơ {code} của {name} xong nghĩa vụ.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
    )


def withdraw(page: Page, dossier: Dossier) -> None:
    _ask_reason(
        page,
        dossier,
        _("Dân rút hồ sơ"),
        _("Vì sao công dân rút hồ sơ? (để trống cũng được)"),
        steps.withdraw,
        _("Đã rút"),
    )


def stop(page: Page, dossier: Dossier) -> None:
    _ask_reason(
        page,
        dossier,
        _("Dừng giải quyết"),
        _("Lý do dừng giải quyết (in trong thông báo)"),
        steps.stop,
        _("Đã dừng giải quyết"),
        PaperStep.STOP,
    )


def undo(page: Page, dossier: Dossier) -> None:
    _ask_reason(
        page,
        dossier,
        _("Hoàn tác"),
        _("Vì sao hoàn tác? (ghi vào sổ cái)"),
        take_back.undo,
        _("Đã hoàn tác bước cuối của"),
        undoable=False,
    )


def shelve(page: Page, dossier: Dossier) -> None:
    place = Line(_("Hồ sơ để ở đâu? (kệ, hộp; để trống khi lấy ra)"), dossier.place, name="place")
    desk = page.desk
    _ask(
        page,
        dossier,
        _("Nơi để hồ sơ"),
        (place,),
        lambda: partial(steps.shelve, desk, dossier.code, place.value),
        lambda: _("Đã ghi nơi để hồ sơ {code} của {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
    )


def deliver(page: Page, dossier: Dossier) -> None:
    """Ask how the signed letter reached the citizen and who took it, which is the proof of it."""
    letter = next((one for one in dossier.letters if one.state is LetterState.SIGNED), None)
    if letter is None:
        return
    desk, letter_id = page.desk, letter.id
    how, to = delivery_fields(dossier)
    _ask(
        page,
        dossier,
        _("Trao thư xin lỗi số {number_text}").format(number_text=letter.number_text),
        (how, to),
        lambda: partial(letters.deliver_letter, desk, letter_id, how.value, to.value),
        lambda: _("Đã ghi: trao thư xin lỗi số {number_text}.").format(
            number_text=letter.number_text
        ),
        undoable=False,
    )


def delivery_fields(dossier: Dossier) -> tuple[Choice[How], Line]:
    """Return the questions of handing a letter over: how, and to whom."""
    how = how_field(_("Thư đã trao cho công dân bằng cách nào?"))
    return how, Line(_("Ai nhận thư?"), dossier.applicant.name, name="to")


def how_field(label: str) -> Choice[How]:
    """Return the question by which way something reached the citizen."""
    ways = [(_(text), how) for how, text in formatting.HOW.items()]
    return Choice(label, ways, ways[0][1], name="how")


def mistake(page: Page, dossier: Dossier) -> None:
    text = Line(_("Cơ quan đã sai sót điều gì? (in trong thư xin lỗi)"), name="reason")
    desk = page.desk
    _ask(
        page,
        dossier,
        _("Xin lỗi vì sai sót"),
        (text,),
        lambda: partial(letters.draft_mistake_letter, desk, dossier.code, text.value),
        lambda: _("Đã soạn thư xin lỗi về sai sót cho {code}, {name}; chờ lãnh đạo ký.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
        undoable=False,
    )


def fix(page: Page, dossier: Dossier) -> None:
    """The leader says who answers for a late dossier, at which step and for which cause."""
    desk = page.desk
    jobs.run(
        page,
        lambda: (
            letters.causes(desk),
            accounts.list_officials(desk),
            responsibility.is_own(desk, dossier.code),
        ),
        lambda found: (
            _report_up(page, dossier, found[0]) if found[2] else _fix(page, dossier, *found[:2])
        ),
    )


def _report_up(page: Page, dossier: Dossier, causes: tuple[Cause, ...]) -> None:
    """Ask whether the higher office shall decide: nobody decides about what they bear."""
    cause = Choice(_("Nguyên nhân"), [(_(one.label), one.code) for one in causes], name="cause")
    desk = page.desk
    _ask(
        page,
        dossier,
        _("Báo cấp trên"),
        (cause,),
        lambda: partial(responsibility.report_up, desk, dossier.code, cause.value),
        lambda: _("Đã ghi báo cấp trên xác định trách nhiệm của hồ sơ {code}, {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
        about=_(
            "Hồ sơ này có thể do chính bạn chịu trách nhiệm, nên bạn không tự quyết định: lãnh "
            "đạo khác quyết định, hoặc báo cấp trên."
        ),
        undoable=False,
    )


def _fix(
    page: Page,
    dossier: Dossier,
    causes: tuple[Cause, ...],
    officials: tuple[Official, ...],
) -> None:
    """Ask with what was decided before filled in, else with the holder."""
    before, desk = dossier.responsibility, page.desk
    cause = Choice(
        _("Nguyên nhân"),
        [(_(one.label), one.code) for one in causes],
        before.cause if before else next((one.code for one in causes), None),
        name="cause",
        lines=3,
    )
    people = [(_("chưa xác định"), ""), *((one.name, one.id) for one in officials)]
    proposed = next((one for one in reversed(dossier.late_letters) if one.responsible), None)
    held = before.official if before and before.official else None
    if held is None:
        held = proposed.responsible if proposed else dossier.holder
    official = Choice(_("Người chịu trách nhiệm"), people, held, name="official", lines=3)
    fault = Choice(_("Lỗi"), [(_(words), one) for words, one in FAULT], name="own_fault")
    fault.choose(before.own_fault if before else proposed.own_fault if proposed else None)
    # The step of a draft is a guess, and of nobody.
    known = before.step if before and before.official else ""
    passed = [(name, name) for name in step_names(dossier)]
    step = Choice(
        _("Bước"),
        [(_("bước quá hạn nhiều nhất của người này"), ""), *passed],
        known,
        name="step",
        lines=3,
    )
    paper = Line(
        _("Văn bản của cấp trên"),
        name="document",
        hint=_("khi cấp trên đã quyết định về hồ sơ của lãnh đạo: số, ngày, cơ quan"),
        needed=desk.official is not None and desk.official.role is not Role.LEADER,
    )
    _ask(
        page,
        dossier,
        _("Trách nhiệm"),
        (cause, official, fault, step, paper),
        lambda: partial(
            responsibility.fix_responsibility,
            desk,
            dossier.code,
            cause.value,
            official.value or None,
            fault.value,
            step.value,
            paper.value,
        ),
        lambda: _("Đã xác định trách nhiệm của hồ sơ {code}, {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
        undoable=False,
    )


def object_to(page: Page, dossier: Dossier) -> None:
    before = dossier.responsibility.objection if dossier.responsibility else ""
    text = Lines(_("Người chịu trách nhiệm nói gì?"), before, name="objection")
    desk = page.desk
    _ask(
        page,
        dossier,
        _("Ý kiến về trách nhiệm"),
        (text,),
        lambda: partial(responsibility.object_to, desk, dossier.code, text.value),
        lambda: _("Đã ghi ý kiến vào hồ sơ {code} của {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
        undoable=False,
    )


def message(page: Page, dossier: Dossier) -> None:
    """Shows what the citizen should hear today, to be read aloud or copied."""
    desk = page.desk
    jobs.run(
        page,
        lambda: messages.messages_for(desk, dossier.code),
        partial(message_panel.show, page, dossier),
    )


def remind(page: Page, dossier: Dossier) -> None:
    remind_about(page, dossier.code, dossier.applicant.name)


def remind_about(page: Page, code: str, name: str) -> None:
    """Read the how-many-th it is and whom the slip goes to, then ask who asked and how."""
    desk = page.desk
    jobs.run(page, lambda: reminders.coming(desk, code), partial(_remind, page, name))


def _remind(page: Page, name: str, coming: Coming) -> None:
    askers = [(_(words), asker) for asker, words in ASKERS.items()]
    asker = Choice(_("Ai đôn đốc?"), askers, Asker.CITIZEN, name="asker")
    how = how_field(_("Hỏi bằng cách nào?"))
    words = Line(_("Người hỏi nói gì? (để trống cũng được)"), name="words")
    officials = [(f"{who.name} · {_(ROLE_NAMES[who.role])}", who.id) for who in coming.receivers]
    to = Choice(_("Phiếu gửi ai?"), officials, coming.receivers[0].id, name="to", lines=3)
    desk = page.desk
    about = _("Lần thứ {time}; {holder} đang giữ hồ sơ. Trả lời trước {answer_by}.").format(
        time=coming.time,
        holder=coming.holder_name,
        answer_by=formatting.moment_text(coming.answer_by),
    )
    if coming.to_leader:
        about += " " + _("Từ lần thứ ba, phiếu gửi lãnh đạo.")
    questions.ask(
        page,
        _("Đôn đốc lần {time} – {name} · {number}").format(
            time=coming.time, name=name, number=short_code(coming.code, desk.now().date())
        ),
        (asker, how, words, to),
        _("Đôn đốc"),
        lambda: partial(
            reminders.remind, desk, coming.code, asker.value, how.value, words.value, to.value
        ),
        partial(_reminded, page),
        about,
    )


def _reminded(page: Page, made: Reminder) -> None:
    said = _("Đã ghi đôn đốc lần {time}, phiếu số {number}; hãy in và đưa người nhận.").format(
        time=made.time, number=made.number_text
    )
    notices.undoable(said, putting_right.undoing(page, made.code, said), of=made.code)
    page.refresh()
    page.shell.preview(made.code, REMINDER)


def answer_reminder(page: Page, dossier: Dossier) -> None:
    words = Line(_("Đã trả lời người hỏi thế nào?"), name="answer", needed=True)
    desk = page.desk
    _ask(
        page,
        dossier,
        _("Trả lời đôn đốc"),
        (words,),
        lambda: partial(reminders.answer, desk, dossier.code, words.value),
        lambda: _("Đã ghi: trả lời đôn đốc hồ sơ {code} của {name}.").format(
            code=dossier.code, name=dossier.applicant.name
        ),
        undoable=False,
    )


def ready(page: Page, dossier: Dossier) -> None:
    """The result is there; asked first where somebody else holds the dossier."""
    desk, me = page.desk, page.desk.official
    if me is None or dossier.holder == me.id:
        said = _ready_said(dossier)
        jobs.run(
            page,
            _as_seen(page, dossier)(partial(steps.mark_ready, desk, dossier.code)),
            lambda _view: _done(page, dossier, said),
        )
        return
    jobs.run(
        page,
        lambda: accounts.official_name(desk, dossier.holder),
        partial(_ask_ready, page, dossier),
    )


def _ask_ready(page: Page, dossier: Dossier, holder: str) -> None:
    desk = page.desk
    _ask(
        page,
        dossier,
        _("Có kết quả"),
        (),
        lambda: partial(steps.mark_ready, desk, dossier.code),
        lambda: _ready_said(dossier),
        about=_held_by(holder),
    )


def _ready_said(dossier: Dossier) -> str:
    return _("Hồ sơ {code} của {name} đã có kết quả.").format(
        code=dossier.code, name=dossier.applicant.name
    )


def give_back(page: Page, dossier: Dossier) -> None:
    page.shell.show_return(dossier.code)


def notify(page: Page, dossier: Dossier) -> None:
    """Ask how the citizen was told beforehand, and say whether that was in time."""
    how, desk = how_field(_("Báo trước cho công dân bằng cách nào?")), page.desk
    _ask_then(
        page,
        dossier,
        _("Báo trước"),
        (how,),
        lambda: partial(letters.notify, desk, dossier.code, how.value),
        partial(noted, page, dossier.code, dossier.applicant.name),
    )


def noted(page: Page, code: str, name: str, notice: Notice) -> None:
    """Say whether the notice was in time, and offer to take it back."""
    in_time = _("đúng quy định") if notice.in_time else _("nhưng muộn so với quy định báo trước")
    said = _("Đã ghi: báo trước cho công dân hồ sơ {code} của {name}, {in_time}.").format(
        code=code, name=name, in_time=in_time
    )
    notices.undoable(said, putting_right.undoing(page, code, said), of=code)
    page.refresh()


def open_letter(page: Page, dossier: Dossier) -> None:
    page.shell.open_letter(dossier.code)


def preview_set(page: Page, dossier: Dossier) -> None:
    """Show the papers that go with the step that the dossier took last."""
    page.shell.preview_set(dossier.code, last_step(dossier))


def preview(kind: str) -> Callable[[Page, Dossier], None]:
    """The act that shows one of the dossier's papers before it is printed."""

    def show(page: Page, dossier: Dossier) -> None:
        page.shell.preview(dossier.code, kind)

    return show


def _ask_reason(
    page: Page,
    dossier: Dossier,
    title: str,
    question: str,
    act: Callable[[Any, str, str], object],
    done: str,
    papers: PaperStep | None = None,
    *,
    undoable: bool = True,
) -> None:
    reason, desk = Line(question, name="reason"), page.desk
    _ask(
        page,
        dossier,
        title,
        (reason,),
        lambda: partial(act, desk, dossier.code, reason.value),
        lambda: _("{done} hồ sơ {code} của {name}.").format(
            done=done, code=dossier.code, name=dossier.applicant.name
        ),
        papers,
        undoable=undoable,
    )


def _ask(
    page: Page,
    dossier: Dossier,
    title: str,
    fields: Sequence[Field],
    job: Callable[[], Callable[[], object]],
    said: Callable[[], str],
    papers: PaperStep | None = None,
    *,
    undoable: bool = True,
    about: str = "",
) -> None:
    """Ask all questions of an act in one panel; `said` and `papers` are shown once it is done."""
    _ask_then(
        page,
        dossier,
        title,
        fields,
        job,
        lambda _answer: _done(page, dossier, said(), papers, undoable=undoable),
        about,
    )


def _ask_then(
    page: Page,
    dossier: Dossier,
    title: str,
    fields: Sequence[Field],
    job: Callable[[], Callable[[], T]],
    done: Callable[[T], None],
    about: str = "",
) -> None:
    """Ask in one panel; `job()` reads the answers and returns what the worker then runs."""
    whose = f"{dossier.applicant.name} · {short_code(dossier.code, page.desk.now().date())}"
    seen = _as_seen(page, dossier)
    questions.ask(page, f"{title} – {whose}", fields, title, lambda: seen(job()), done, about)


def _as_seen(page: Page, dossier: Dossier) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Return what lets a job be refused, once, where others have changed what the page shows."""
    return partial(page.desk.as_seen, page.desk.sight(dossier))


def _go_on(
    page: Page, dossier: Dossier, title: str, ends: PauseKind, job: Callable[[], object], said: str
) -> None:
    """Ask before the clock runs again: a promise that has moved is not moved back."""
    about = _no_way_back(dossier, ends)
    _ask(page, dossier, title, (), lambda: job, lambda: said, undoable=False, about=about)


def _no_way_back(dossier: Dossier, *ends: PauseKind) -> str:
    """Say what the end of the pauses of these kinds does to the promise, if anything."""
    stopping = [pause for pause in dossier.open_pauses if pause.stops_clock]
    if not any(pause.kind in ends for pause in stopping):
        return _(_RAN_ON)
    return _(_NO_WAY_BACK) if len(stopping) == 1 else _(_LAST_RUNS_ON)


def _done(
    page: Page,
    dossier: Dossier,
    said: str,
    papers: PaperStep | None = None,
    *,
    undoable: bool = True,
) -> None:
    if undoable:
        notices.undoable(said, putting_right.undoing(page, dossier.code, said), of=dossier.code)
    else:
        notices.built_upon(dossier.code)
        notices.say(said)
    page.refresh()
    if papers:
        page.shell.preview_set(dossier.code, papers)


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
            PageAct("forward", later("Đã chuyển cơ quan có thẩm quyền"), "Shift+F", forward),
            PageAct("agency-received", later("Nơi ấy đã nhận"), "Shift+N", agency_received),
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
            PageAct("remind", later("Đôn đốc"), "Shift+D", remind),
            PageAct("answer-reminder", later("Trả lời đôn đốc"), "Shift+T", answer_reminder),
            PageAct("mistake", later("Xin lỗi vì sai sót"), "F", mistake),
            PageAct("fix", later("Trách nhiệm"), "J", fix),
            PageAct("object", later("Ý kiến về trách nhiệm"), "Shift+J", object_to),
        ),
    ),
    ActGroup(
        later("Giấy tờ"),
        (
            PageAct("print-set", later("In bộ giấy"), "Shift+B", preview_set),
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
# The act that ends a state is shown while it can be done, and in the place of the one that begins
# it: in its own where that can be done again.
ENDS = {
    "supplement": "request",
    "tell": "tell",
    "resume": "resume",
    "pay": "oblige",
    "forward": "forward",
    "agency-received": "agency-received",
}
