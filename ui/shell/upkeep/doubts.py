"""The question about a file that does not fit what is known outside of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.data import doubts, machines
from cchc_desk.actions.data.machines import Blocks
from cchc_desk.domain.ledger.doubts import Doubt, DoubtKind
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Desk
from ui.shell import notices, questions
from ui.widgets.question_panel import Choice, Line, QuestionPanel


def ask(page: QWidget, desk: Desk) -> None:
    """Let who may decide about the desk's doubt; others read it and know whom to call."""
    doubt = desk.doubt
    if doubt is None:
        return
    official = desk.official
    if official is None or official.role not in ALLOWED[Permission.CONFIRM_STATE]:
        QuestionPanel.ask(
            page,
            doubts.doubt_title(doubt),
            (),
            "",
            lambda _panel: None,
            doubts.doubt_words(doubt),
        )
    elif doubt.kind is DoubtKind.OTHER_MACHINE:
        _ask_machine(page, desk, doubt)
    else:
        _ask_state(page, desk, doubt)


def remind(desk: Desk, decide: Callable[[], None]) -> None:
    """Show that the desk stopped for its doubt, or that its witness could not be written."""
    if desk.doubt is not None:
        stopped = _("{doubt}: quầy tạm ngừng tiếp nhận.").format(
            doubt=doubts.doubt_title(desk.doubt)
        )
        notices.alarm(stopped, _("Xem"), decide)
    elif desk.witness_trouble is not None:
        notices.warn(
            _(
                "Không ghi được tệp desk.witness cạnh dữ liệu ({error}); hồ sơ vẫn được ghi. "
                "Hãy nhờ quản trị kiểm tra thư mục dữ liệu."
            ).format(error=os_reason(desk.witness_trouble))
        )


def _ask_state(page: QWidget, desk: Desk, doubt: Doubt) -> None:
    reason = Line(
        _("Lý do làm tiếp với dữ liệu này"),
        name="reason",
        needed=True,
        hint=_("ghi vào sổ cái cùng tên người quyết định; các dãy số đi tiếp sau số lớn nhất"),
    )
    questions.ask(
        page,
        doubts.doubt_title(doubt),
        (reason,),
        _("Đã xem, làm tiếp"),
        lambda: partial(doubts.confirm_state, desk, reason.value),
        lambda _done: notices.say(_("Đã ghi quyết định vào sổ cái; quầy làm việc được.")),
        doubts.doubt_words(doubt),
    )


def _ask_machine(page: QWidget, desk: Desk, doubt: Doubt) -> None:
    free = machines.free_blocks(desk)
    options = [
        (_("Quầy đã chuyển sang máy này; máy cũ không dùng nữa"), True),
        (_("Máy này là một quầy mới; máy kia vẫn làm việc"), False),
    ]
    which = Choice(_("Máy này là gì?"), options, name="machine", lines=len(options))
    block = Line(
        _("Dải số hồ sơ của quầy mới"),
        f"{free.first}–{free.last}",
        name="block",
        hint=_("chỉ dùng khi là quầy mới; không trùng với quầy kia"),
    )
    letters = Line(
        _("Dải số thư xin lỗi của quầy mới"),
        f"{free.letter_first}–{free.letter_last}",
        name="letter_block",
    )

    questions.ask(
        page,
        doubts.doubt_title(doubt),
        (which, block, letters),
        _("Ghi quyết định"),
        lambda: partial(_decided, desk, which.value, block.value, letters.value),
        _said,
        doubts.doubt_words(doubt),
    )


def _decided(desk: Desk, moved: bool, block: str, letters: str) -> int | None:
    """Do what was chosen; a job of the worker. Raises Refused at the field that is wrong."""
    if moved:
        machines.moved_here(desk)
        return None
    first = machines.read_block(block, "block")
    return machines.become_own_desk(
        desk, Blocks(*first, *machines.read_block(letters, "letter_block"))
    )


def _said(hold_other_to: int | None) -> None:
    if hold_other_to is None:
        notices.say(_("Đã ghi quyết định vào sổ cái; quầy làm việc được."))
    else:
        notices.warn(
            _(
                "Quầy mới làm việc được. Ở quầy kia hãy vào Cài đặt, đặt số hồ sơ cuối là {last}."
            ).format(last=hold_other_to)
        )
