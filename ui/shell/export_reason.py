"""The question why personal data leave the program, asked before they do."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.exports import leaving
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.shell import questions
from ui.widgets.question_panel import Line


def ask_reason(page: QWidget, desk: Desk, title: str, then: Callable[[str], None]) -> None:
    """Ask an official who may take such data out, then go on; others go on without a reason.

    What they may not do, or only for their own dossiers, the action says.
    """
    me = desk.official
    if me is None or me.role not in ALLOWED[Permission.EXPORT]:
        then("")
        return
    reason = Line(_("Để làm gì, cho ai? (ghi vào sổ cái)"), name="reason", needed=True)
    questions.ask(
        page,
        title,
        (reason,),
        _("Tiếp tục"),
        lambda: partial(leaving.required_reason, desk, reason.value),
        then,
        _("Danh sách này có dữ liệu cá nhân của công dân; nhật ký xuất dữ liệu giữ lại ai lấy."),
    )
