"""Pages tell here what the citizen may see; the mirror shows it, if it is open. Nothing is kept."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class TakingIn:
    """What is being typed for the citizen at the counter; `due` is "" while there is no date."""

    name: str
    procedure: str
    papers: tuple[str, ...]
    lacking: tuple[str, ...]
    due: str
    provisional: bool


class _Voice(QObject):
    taking_in = Signal(object)  # TakingIn
    accepted = Signal(str, str)  # code, date of return in words
    returned = Signal(str)  # code
    quiet = Signal()


_voice: _Voice | None = None


def voice() -> _Voice:
    """The signals that the mirror listens to."""
    global _voice
    if _voice is None:
        _voice = _Voice()
    return _voice


def taking_in(news: TakingIn) -> None:
    """What stands on the intake page now."""
    voice().taking_in.emit(news)


def accepted(code: str, due: str) -> None:
    """A dossier was taken in."""
    voice().accepted.emit(code, due)


def returned(code: str) -> None:
    """A result was handed to the citizen."""
    voice().returned.emit(code)


def quiet() -> None:
    """The clerk turned to something else: nothing of anybody stays on the mirror."""
    voice().quiet.emit()
