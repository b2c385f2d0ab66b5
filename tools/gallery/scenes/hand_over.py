"""Hand-over of several dossiers."""

from typing import Any

from cchc_desk.actions.dossiers import progress
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL


@scene("hand-over", "", EMPTY)
def hand_over_empty(v: Visitor) -> None:
    _hand_over(v)


@scene("hand-over", "", TYPICAL, FULL)
def hand_over(v: Visitor) -> None:
    page = _hand_over(v)
    rows = progress.find_dossiers(v.desk, only="open", limit=60)
    for row in rows[: 4 if len(rows) < 40 else 40]:
        page.add(row.code)


@scene("hand-over", "none", ERROR)
def hand_over_none(v: Visitor) -> None:
    _hand_over(v)
    v.press("F9")


@scene("hand-over", "unknown", ERROR)
def hand_over_unknown(v: Visitor) -> None:
    v.type("H13.999-991231-9999", _hand_over(v).code)
    v.press("Return")


def _hand_over(v: Visitor) -> Any:
    return v.behind("dossiers", "Alt+B", "hand-over")
