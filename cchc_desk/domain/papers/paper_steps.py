"""The step of a dossier whose papers are wanted now: the last that any papers go with."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from cchc_desk.domain.dossiers.dossier import Dossier, Status
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.settings import PaperStep


def last_step(dossier: Dossier) -> PaperStep:
    """Return the step that the dossier took last; of several in one minute the later in its life.

    A withdrawn dossier has no papers of its own end: the step before counts.
    """
    return max(_steps(dossier), key=lambda taken: taken[0])[1]


def _steps(dossier: Dossier) -> Iterator[tuple[tuple[datetime, int], PaperStep]]:
    """Yield each step with its moment and its place among those of the same minute."""
    stopped = dossier.ended if dossier.status is Status.STOPPED else None
    taken: tuple[tuple[PaperStep, Sequence[datetime | None]], ...] = (
        (PaperStep.ACCEPT, [dossier.entered]),
        (PaperStep.HAND_OVER, [passed.at for passed in dossier.hand_overs]),
        (
            PaperStep.SUPPLEMENT,
            [pause.began for pause in dossier.pauses if pause.kind is PauseKind.SUPPLEMENT],
        ),
        (PaperStep.LETTER, [letter.signed for letter in dossier.letters]),
        (PaperStep.STOP, [stopped]),
        (PaperStep.READY, [dossier.ready]),
        (PaperStep.RETURN, [dossier.returned]),
    )
    for place, (step, moments) in enumerate(taken):
        for at in moments:
            if at is not None:
                yield (at, place), step
