"""Signals by which pages show something to the citizen; the mirror listens, nothing is stored."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class TakingIn:
    """Intake in progress for the citizen at the counter; `due` is "" while there is no date."""

    name: str
    procedure: str
    papers: tuple[str, ...]
    lacking: tuple[str, ...]
    due: str
    provisional: bool


class Signals(QObject):
    taking_in = Signal(object)  # TakingIn
    accepted = Signal(str, str)  # code, date of return in words
    returned = Signal(str)  # code
    quiet = Signal()


_signals: Signals | None = None


def signals() -> Signals:
    """The signals that the mirror listens to."""
    global _signals
    if _signals is None:
        _signals = Signals()
    return _signals


def taking_in(news: TakingIn) -> None:
    """Show the present state of the intake page."""
    signals().taking_in.emit(news)


def accepted(code: str, due: str) -> None:
    """A dossier was taken in."""
    signals().accepted.emit(code, due)


def returned(code: str) -> None:
    """A result was handed to the citizen."""
    signals().returned.emit(code)


def quiet() -> None:
    """The clerk turned to something else: nothing of anybody stays on the mirror."""
    signals().quiet.emit()
