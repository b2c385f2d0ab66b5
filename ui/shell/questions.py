"""Questions whose answer is a job: the panel waits for it and stays where the job is refused.

how = Choice(_("Bằng cách nào?"), ways)
questions.ask(page, _("Báo trước – Lê Thị Hoa"), (how,), _("Ghi lại"),
              lambda: partial(notify, desk, code, how.value), self._notified)
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cchc_desk.errors import DeskError, Refused
from ui.shell import jobs, notices
from ui.widgets.question_panel import Field, QuestionPanel

T = TypeVar("T")


def ask(
    page: QWidget,
    title: str,
    fields: Sequence[Field],
    yes: str,
    job: Callable[[], Callable[[], T]],
    done: Callable[[T], None],
    about: str = "",
    elsewhere: Callable[[DeskError], None] | None = None,
) -> QuestionPanel:
    """Ask in one panel in `page`, then run the job and call `done` with its value.

    `job()` reads the answers on the GUI thread and returns what the worker runs. `elsewhere` shows
    a refusal that names a field of the page instead of one of the panel; the panel then goes.
    """

    def act(panel: QuestionPanel) -> None:
        def finished(value: T) -> None:
            if isValid(panel):
                panel.finish()
            done(value)

        def refused(error: DeskError) -> None:
            named = error.field if isinstance(error, Refused) else None
            if elsewhere and named and named not in {field.name for field in fields}:
                if isValid(panel):
                    panel.finish()
                elsewhere(error)
                return
            if isValid(panel):
                panel.refuse(error)
            if not isValid(panel) or not panel.isVisible():
                notices.trouble(error.message)

        jobs.run(page, job(), finished, refused)

    return QuestionPanel.ask(page, title, fields, yes, act, about)
