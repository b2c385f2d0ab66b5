"""Words that several papers of a dossier share."""

from datetime import date

from cchc_desk.actions.office import catalogue
from cchc_desk.domain.dossiers.dossier import Dossier, Promise
from cchc_desk.domain.law.regime import Regime
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.papers.forms.slip import Counted
from cchc_desk.session import Desk

_ADDRESS = {"Nam": "Ông", "Nữ": "Bà"}
_CAUSES = {"pause": "trừ thời gian tạm dừng", "calendar": "điều chỉnh lịch làm việc"}


def desk_in_commune(regime: Regime, unit_name: str) -> str:
    """The desk's title under the regime with its commune: "Bộ phận … phường Ninh Kiều"."""
    return f"{regime.desk_title} {unit_name.removeprefix('Ủy ban nhân dân ')}"


def addressee(who: Applicant) -> str:
    """The name as a letter addresses it: "Ông Nguyễn Văn An"; an organisation's alone."""
    if who.kind is ApplicantKind.ORGANISATION:
        return who.name
    return f"{_ADDRESS.get(who.sex, 'Ông/Bà')} {who.name}"


def form_name(desk: Desk, field: str, kind: str, day: date) -> str:
    """The form that another ministry has for this paper, where the desk shows it; else ""."""
    return catalogue.form_name(field, kind, day) if desk.settings["police_forms"] else ""


def counted(dossier: Dossier, promise: Promise) -> Counted | None:
    """The due moment since pauses or calendar changes moved it; None where it is as printed."""
    moves = [move for move in dossier.moves if move.promise == promise.ordinal]
    if not moves or moves[-1].after == promise.due:
        return None
    causes = {move.why for move in moves}
    words = [text for cause, text in _CAUSES.items() if cause in causes]
    return Counted(moves[-1].after, " và ".join(words))
