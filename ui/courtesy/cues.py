"""Signals by which pages report a moment at the counter; the courtesy strip shows the words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cchc_desk.domain.courtesy import Moment

if TYPE_CHECKING:
    from cchc_desk.actions.dossiers.progress import DossierView


class Signals(QObject):
    came = Signal(object, str)  # Moment, code of the dossier


_signals: Signals | None = None


def signals() -> Signals:
    """The signal that the strip listens to."""
    global _signals
    if _signals is None:
        _signals = Signals()
    return _signals


def now(moment: Moment, code: str = "") -> None:
    """Somebody comes, must wait, goes; `code` is the dossier it is about."""
    signals().came.emit(moment, code)


def about(view: "DossierView") -> None:
    """Report that a citizen asks for a dossier, by the moment that fits its lateness or wait."""
    moment = (
        Moment.LATE
        if view.row.late
        else Moment.WAIT
        if view.dossier.open_pauses
        else Moment.GREETING
    )
    now(moment, view.dossier.code)
