"""Pages tell here what happens at the counter; the strip answers with the right words. Never a box
in the way.
"""

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
    """A citizen asks for this dossier: an apology where it is late, asking leave where it waits,
    else a greeting.
    """
    moment = (
        Moment.LATE
        if view.row.late
        else Moment.WAIT
        if view.dossier.open_pause
        else Moment.GREETING
    )
    now(moment, view.dossier.code)
