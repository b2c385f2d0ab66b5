"""What can be done with the dossier on its page: each act with its key, what it asks, and what it says when done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QInputDialog, QWidget

from cchc_desk.actions import accounts, steps
from cchc_desk.domain.dossier import Dossier, How
from cchc_desk.domain.pauses import PauseKind, supplements
from ui import background, notices, words

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
        ),
    ),
)
ACTS = tuple(act for _, group in GROUPS for act in group)
# What ends an act stands in the place of what begins it, while it can be done.
ENDS = {"supplement": "request", "resume": "pause", "pay": "oblige"}
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
}
