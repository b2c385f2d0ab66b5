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
    """Return the desk's title with its commune: "Bộ phận … phường Ninh Kiều"."""
    return f"{regime.desk_title} {unit_name.removeprefix('Ủy ban nhân dân ')}"


def addressee(applicant: Applicant) -> str:
    """Return the name as a letter addresses it, "Ông Nguyễn Văn An"; an organisation's alone."""
    if applicant.kind is ApplicantKind.ORGANISATION:
        return applicant.name
    return f"{_ADDRESS.get(applicant.sex, 'Ông/Bà')} {applicant.name}"


def form_name(desk: Desk, field: str, kind: str, day: date) -> str:
    """Return another ministry's form for this paper, where the desk shows it; else ""."""
    return catalogue.form_name(field, kind, day) if desk.settings["police_forms"] else ""


def counted(dossier: Dossier, promise: Promise) -> Counted | None:
    """Return the due moment as pauses or the calendar moved it; None where it is as printed."""
    moves = [move for move in dossier.moves if move.promise == promise.ordinal]
    if not moves or moves[-1].after == promise.due:
        return None
    causes = {move.why for move in moves}
    words = [text for cause, text in _CAUSES.items() if cause in causes]
    return Counted(moves[-1].after, " và ".join(words))
