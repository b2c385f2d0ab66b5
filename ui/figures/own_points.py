"""The points that the office gives itself by the indices that no dossier tells."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.reports.kinds import nine
from cchc_desk.domain.reports.nine_indices import SCORES, Index
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import SCORED_BY_OFFICE
from ui.shell import questions
from ui.widgets.question_panel import Choice


def ask_points(page: QWidget, desk: Desk, done: Callable[[], None]) -> None:
    """Ask for the points of each such index, then keep them."""
    given: dict[str, int] = desk.settings[SCORES]
    fields = {
        one.number: _choice(one, given.get(str(one.number)))
        for one in nine.indices()
        if one.number in SCORED_BY_OFFICE
    }
    questions.ask(
        page,
        _("Đơn vị tự chấm"),
        tuple(fields.values()),
        _("Ghi điểm"),
        lambda: partial(
            nine.give_points, desk, {number: field.value for number, field in fields.items()}
        ),
        lambda _done: done(),
    )


def _choice(index: Index, given: int | None) -> Choice[int | None]:
    options: tuple[tuple[str, int | None], ...] = (
        (f"2 – {index.two}", 2),
        (f"1 – {index.one}", 1),
        (f"0 – {index.none}", 0),
        (_("Chưa chấm"), None),
    )
    field = Choice(f"{index.number}. {index.name}", options)
    field.choose(given)
    return field
