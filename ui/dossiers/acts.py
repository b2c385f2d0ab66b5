"""What can be done with the dossier on its page: each act with its key, what it asks, and what it says when done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QInputDialog, QWidget

from cchc_desk.actions import accounts, messages, overdue, responsibility, steps
from cchc_desk.actions.catalogue import Cause
from cchc_desk.domain.dossier import Dossier, How, LetterState
from cchc_desk.domain.officials import Official
from cchc_desk.domain.pauses import PauseKind, supplements
from ui import background, notices, words
from ui.dossiers.message_dialog import MessageDialog
from ui.dossiers.responsibility_dialog import ResponsibilityDialog

if TYPE_CHECKING:
    from cchc_desk.store.papers import Slip
    from ui.dossiers.dossier_page import DossierPage

# heading, then: act of DossierView.allowed, its words, its key
GROUPS = (
    (
        "Giải quyết",
        (
            ("hand-over", "Bàn giao", "B"),
            ("ready", "Có kết quả", "K"),
            ("request", "Yêu cầu bổ sung", "Y"),
            ("pause", "Lấy ý kiến, kiểm tra", "P"),
            ("oblige", "Nghĩa vụ tài chính", "E"),
            ("shelve", "Nơi để hồ sơ", "H"),
            ("supplement", "Dân đã bổ sung", "O"),
            ("tell", "Đã báo bổ sung", "Q"),
            ("resume", "Hết tạm dừng", "N"),
            ("pay", "Đã thực hiện nghĩa vụ", "U"),
        ),
    ),
    (
        "Kết thúc",
        (
            ("return", "Trả kết quả", "T"),
            ("withdraw", "Dân rút hồ sơ", "R"),
            ("stop", "Dừng giải quyết", "W"),
            ("undo", "Hoàn tác", "Z"),
        ),
    ),
    (
        "Lời hẹn",
        (
            ("notify", "Báo trước", "G"),
            ("apologise", "Soạn thư xin lỗi", "X"),
            ("sign", "Ký thư", "S"),
            ("deliver", "Trao thư", "D"),
            ("message", "Lời báo công dân", "M"),
            ("mistake", "Xin lỗi vì sai sót", "F"),
            ("fix", "Trách nhiệm", "J"),
            ("object", "Ý kiến về trách nhiệm", "Shift+J"),
        ),
    ),
    (
        "Giấy tờ",
        (
            ("print-receipt", "In giấy hẹn", "I"),
            ("print-apology", "In thư xin lỗi", "L"),
            ("print-control", "In phiếu kiểm soát", "C"),
            ("print-label", "In nhãn hồ sơ", "A"),
            ("print-return", "In biên nhận trả", "V"),
            ("print-history", "In lý lịch", "Shift+L"),
        ),
    ),
)
ACTS = tuple(act for _, group in GROUPS for act in group)
# What ends an act stands in the place of what begins it, while it can be done.
ENDS = {"supplement": "request", "tell": "pause", "resume": "pause", "pay": "oblige"}
_PAUSES = {
    "Lấy ý kiến cơ quan khác": PauseKind.OPINION,
    "Kiểm tra thực địa": PauseKind.FIELD_CHECK,
}


# --- questions ------------------------------------------------------------------------------------------------------


def choose(parent: QWidget, question: str, choices: list[str]) -> str | None:
    """Asks for one of `choices` by keys (arrows, Enter); None when it was left with Esc."""
    dialog = _dialog(parent, "Chọn", question)
    dialog.setComboBoxItems(choices)
    return dialog.textValue() if dialog.exec() else None


def choose_how(parent: QWidget, question: str) -> How | None:
    """Asks for the channel that reached the citizen."""
    chosen = choose(parent, question, list(words.HOW.values()))
    return next((how for how, text in words.HOW.items() if text == chosen), None)


def write(parent: QWidget, question: str, *, lines: bool = False, text: str = "") -> str | None:
    """Asks for a text (several lines when `lines`); None when it was left with Esc."""
    dialog = _dialog(parent, "Ghi", question)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, lines)
    dialog.setTextValue(text)
    return dialog.textValue() if dialog.exec() else None


def _dialog(parent: QWidget, title: str, question: str) -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText("Ghi lại")
    dialog.setCancelButtonText("Thôi")
    dialog.setMinimumWidth(460)
    return dialog


# --- acts -----------------------------------------------------------------------------------------------------------


def hand_over(page: "DossierPage", dossier: Dossier) -> None:
    """Asks who takes it; the holder is not among them."""
    names = {f"{who.name} ({who.id})": who.id for who in accounts.list_officials(page.desk) if who.id != dossier.holder}
    chosen, desk = choose(page, f"Bàn giao hồ sơ {dossier.code} cho ai?", list(names)), page.desk
    if chosen:
        to = names[chosen]
        _do(page, lambda: steps.hand_over(desk, [dossier.code], to), f"Đã bàn giao hồ sơ {dossier.code} cho {chosen}.")


def request(page: "DossierPage", dossier: Dossier) -> None:
    """Asks what is lacking, one item a line; the second time only what was asked before."""
    asked, desk = supplements(dossier.pauses), page.desk
    question = "Công dân cần bổ sung những gì? (mỗi dòng một nội dung)"
    if asked:
        question = "Lần thứ hai: giữ lại những nội dung mà giấy tờ mang tới chưa đáp ứng (không ghi thêm nội dung mới)."
    items = write(page, question, lines=True, text="\n".join(asked[0].items) if asked else "")
    reason = write(page, "Lý do yêu cầu bổ sung") if items else None
    if items and reason is not None:
        wanted, unmet = items.splitlines(), bool(asked)
        background.run(
            page,
            lambda: steps.request_supplement(desk, dossier.code, reason, wanted, unmet=unmet),
            partial(_requested, page),
        )


def _requested(page: "DossierPage", slip: "Slip") -> None:
    notices.say(f"Đã lập phiếu yêu cầu bổ sung số {slip.number_text}; hãy in và báo công dân.")
    page.refresh()
    page.shell.preview(slip.code, "supplement")


def supplement(page: "DossierPage", dossier: Dossier) -> None:
    desk = page.desk
    _do(page, lambda: steps.supplement_brought(desk, dossier.code), f"Đã ghi: công dân bổ sung hồ sơ {dossier.code}.")


def tell(page: "DossierPage", dossier: Dossier) -> None:
    how, desk = choose_how(page, "Đã báo công dân nội dung cần bổ sung bằng cách nào?"), page.desk
    if how:
        said = f"Đã ghi: công dân biết nội dung cần bổ sung của hồ sơ {dossier.code}."
        _do(page, lambda: steps.tell_supplement(desk, dossier.code, how), said)


def pause(page: "DossierPage", dossier: Dossier) -> None:
    chosen, desk = choose(page, "Tạm dừng để làm gì?", list(_PAUSES)), page.desk
    reason = write(page, "Hỏi cơ quan nào, kiểm tra gì?") if chosen else None
    if chosen and reason is not None:
        kind = _PAUSES[chosen]
        _do(page, lambda: steps.pause(desk, dossier.code, kind, reason), f"Hồ sơ {dossier.code} đang tạm dừng.")


def resume(page: "DossierPage", dossier: Dossier) -> None:
    desk = page.desk
    _do(page, lambda: steps.resume(desk, dossier.code), f"Hồ sơ {dossier.code} tiếp tục được giải quyết.")


def oblige(page: "DossierPage", dossier: Dossier) -> None:
    _with_reason(page, dossier, "Công dân phải thực hiện nghĩa vụ gì?", steps.oblige, "Đã ghi nghĩa vụ tài chính")


def pay(page: "DossierPage", dossier: Dossier) -> None:
    desk = page.desk
    _do(page, lambda: steps.obligation_met(desk, dossier.code), f"Đã ghi: hồ sơ {dossier.code} xong nghĩa vụ.")


def withdraw(page: "DossierPage", dossier: Dossier) -> None:
    _with_reason(page, dossier, "Vì sao công dân rút hồ sơ? (để trống cũng được)", steps.withdraw, "Đã rút")


def stop(page: "DossierPage", dossier: Dossier) -> None:
    _with_reason(page, dossier, "Lý do dừng giải quyết (in trong thông báo)", steps.stop, "Đã dừng giải quyết", "stop")


def undo(page: "DossierPage", dossier: Dossier) -> None:
    _with_reason(page, dossier, "Vì sao hoàn tác? (ghi vào sổ cái)", steps.undo, "Đã hoàn tác bước cuối của")


def shelve(page: "DossierPage", dossier: Dossier) -> None:
    place, desk = write(page, "Hồ sơ để ở đâu? (kệ, hộp; để trống khi lấy ra)", text=dossier.place), page.desk
    if place is not None:
        _do(page, lambda: steps.shelve(desk, dossier.code, place), f"Đã ghi nơi để hồ sơ {dossier.code}.")


def deliver(page: "DossierPage", dossier: Dossier) -> None:
    """Asks how the signed letter reached the citizen, and who took it: the proof that it was handed over."""
    letter = next((one for one in dossier.letters if one.state is LetterState.SIGNED), None)
    given, desk = ask_delivery(page, dossier) if letter else None, page.desk
    if letter and given:
        said = f"Đã ghi: trao thư xin lỗi số {letter.number_text}."
        _do(page, lambda: overdue.deliver_letter(desk, letter.id, *given), said)


def ask_delivery(parent: QWidget, dossier: Dossier) -> tuple[How, str] | None:
    """How a letter was handed over and to whom; None when a question was left with Esc."""
    how = choose_how(parent, "Thư đã trao cho công dân bằng cách nào?")
    to = write(parent, "Ai nhận thư?", text=dossier.applicant.name) if how else None
    return (how, to) if how and to is not None else None


def mistake(page: "DossierPage", dossier: Dossier) -> None:
    text, desk = write(page, "Cơ quan đã sai sót điều gì? (in trong thư xin lỗi)"), page.desk
    if text is not None:
        said = f"Đã soạn thư xin lỗi về sai sót cho {dossier.code}; chờ lãnh đạo ký."
        _do(page, lambda: overdue.draft_mistake_letter(desk, dossier.code, text), said)


def fix(page: "DossierPage", dossier: Dossier) -> None:
    """The leader says who answers for a late dossier, at which step and for which cause."""
    desk = page.desk
    background.run(
        page, lambda: (overdue.causes(desk), accounts.list_officials(desk)), lambda found: _fix(page, dossier, *found)
    )


def _fix(page: "DossierPage", dossier: Dossier, causes: tuple[Cause, ...], officials: tuple[Official, ...]) -> None:
    dialog, desk = ResponsibilityDialog(page, dossier, causes, officials), page.desk
    if dialog.exec():
        decided = dialog.decided()
        said = f"Đã xác định trách nhiệm của hồ sơ {dossier.code}."
        _do(page, lambda: responsibility.fix_responsibility(desk, dossier.code, *decided), said)


def object_to(page: "DossierPage", dossier: Dossier) -> None:
    before = dossier.responsibility.objection if dossier.responsibility else ""
    text, desk = write(page, "Người chịu trách nhiệm nói gì?", lines=True, text=before), page.desk
    if text is not None:
        _do(
            page, lambda: responsibility.object_to(desk, dossier.code, text), f"Đã ghi ý kiến vào hồ sơ {dossier.code}."
        )


def message(page: "DossierPage", dossier: Dossier) -> None:
    """Shows what the citizen should hear today, to be read aloud or copied."""
    desk = page.desk
    background.run(
        page,
        lambda: messages.messages_for(desk, dossier.code),
        lambda found: MessageDialog(page, dossier, found).open(),
    )


def preview(kind: str, page: "DossierPage", dossier: Dossier) -> None:
    """Shows one of the dossier's papers before it is printed."""
    page.shell.preview(dossier.code, kind)


def _with_reason(
    page: "DossierPage",
    dossier: Dossier,
    question: str,
    act: Callable[[Any, str, str], object],
    done: str,
    paper: str = "",
) -> None:
    reason, desk = write(page, question), page.desk
    if reason is not None:
        _do(page, lambda: act(desk, dossier.code, reason), f"{done} hồ sơ {dossier.code}.", paper, dossier.code)


def _do(page: "DossierPage", job: Callable[[], object], said: str, paper: str = "", code: str = "") -> None:
    background.run(page, job, lambda _: _done(page, said, paper, code))


def _done(page: "DossierPage", said: str, paper: str, code: str) -> None:
    notices.say(said)
    page.refresh()
    if paper:
        page.shell.preview(code, paper)


DO: dict[str, Callable[["DossierPage", Dossier], None]] = {
    "hand-over": hand_over,
    "request": request,
    "supplement": supplement,
    "pause": pause,
    "resume": resume,
    "oblige": oblige,
    "pay": pay,
    "withdraw": withdraw,
    "stop": stop,
    "undo": undo,
    "shelve": shelve,
    "tell": tell,
    "deliver": deliver,
    "mistake": mistake,
    "fix": fix,
    "object": object_to,
    "message": message,
}
