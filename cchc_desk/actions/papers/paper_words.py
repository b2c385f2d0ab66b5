"""Words that several papers of a dossier share."""

from datetime import datetime

from cchc_desk.domain.dossiers.dossier import Dossier, Promise
from cchc_desk.domain.law.regime import Regime
from cchc_desk.papers.forms.slip import Counted

_CAUSES = {"pause": "trừ thời gian tạm dừng", "calendar": "điều chỉnh lịch làm việc"}


def desk_in_commune(regime: Regime, unit_name: str) -> str:
    """Return the desk's title with its commune: "Bộ phận … phường Ninh Kiều"."""
    return f"{regime.desk_title} {unit_name.removeprefix('Ủy ban nhân dân ')}"


def counted(dossier: Dossier, promise: Promise, at: datetime) -> Counted | None:
    """Return the due moment as pauses or the calendar had moved it by `at`; None as printed."""
    moves = [move for move in dossier.moves if move.promise == promise.ordinal and move.at <= at]
    if not moves or moves[-1].after == promise.due:
        return None
    causes = {move.why for move in moves}
    words = [text for cause, text in _CAUSES.items() if cause in causes]
    return Counted(moves[-1].after, " và ".join(words))
