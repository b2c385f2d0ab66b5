"""The question by what authority a leader signs, asked once before the first signature."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.office import signing
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.people.signing import FORM_NAMES, SigningForm
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.shell import questions
from ui.widgets.question_panel import Choice, Line


def ask_signing(page: QWidget, desk: Desk, leader: Official, done: Callable[[], None]) -> None:
    """Ask for title, form and mandate in one panel; `done` follows once they are kept."""
    form = Choice(
        _("Ký theo hình thức nào"),
        [(_(name), form) for form, name in FORM_NAMES.items()],
        name="form",
    )
    title = Line(_("Chức danh in trên giấy tờ"), leader.title, name="title", needed=True)
    mandate = Line(
        _("Văn bản giao quyền"),
        name="mandate",
        hint=_("khi ký thừa lệnh, thừa ủy quyền hoặc quyền Chủ tịch: số, ngày, cơ quan"),
    )

    def keep() -> Callable[[], Official]:
        return lambda: signing.keep_signing(
            desk, leader.id, title.value, SigningForm(form.value), mandate.value
        )

    questions.ask(
        page,
        _("{name} ký giấy tờ với chức vụ nào?").format(name=leader.name),
        (form, title, mandate),
        _("Ghi lại"),
        keep,
        lambda _official: done(),
    )
