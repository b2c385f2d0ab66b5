"""The papers of a dossier that can be chosen: what was given, and what its next print would be."""

from collections.abc import Iterator
from datetime import date

from cchc_desk.actions.documents.choosing import Chosen, Owner, chosen_of, owners_of
from cchc_desk.actions.documents.reprints import (
    IN_EXCHANGE,
    MADE_ANEW,
    NumberedPaper,
    corrected_last,
    returned_last,
    times_of,
)
from cchc_desk.domain.dossiers.dossier import Letter, LetterState
from cchc_desk.domain.papers.frozen_papers import FrozenPaper, PaperChoice, PaperState
from cchc_desk.domain.papers.slips import Slip
from cchc_desk.domain.permissions import Permission
from cchc_desk.papers import frozen
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import readable

_OF_LETTERS = {
    LetterState.DRAFTED: PaperState.DRAFT,
    LetterState.SIGNED: PaperState.SIGNED,
    LetterState.DELIVERED: PaperState.DELIVERED,
}
_BY_MARK = {IN_EXCHANGE: PaperState.IN_EXCHANGE, MADE_ANEW: PaperState.MADE_ANEW}


def paper_choices(desk: Desk, code: str) -> tuple[PaperChoice, ...]:
    """Return the papers of a dossier by kind, oldest first; of a slip before acceptance its own.

    Raises Refused("unknown-dossier"), ("cancelled").
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        return tuple(
            choice for kind, owner in owners_of(connection, code) for choice in _of(owner, kind)
        )


def _of(owner: Owner, kind: str) -> Iterator[PaperChoice]:
    now = _now(owner, kind)
    for subject in {paper.subject: None for paper in owner.frozen} | dict.fromkeys(now):
        chosen = chosen_of(owner, kind, subject)
        for paper in owner.frozen:
            if paper.subject == subject:
                yield _given(owner, chosen, paper)
        if chosen.given is None and subject in now:
            yield _to_be_printed(chosen)


def _now(owner: Owner, kind: str) -> list[str]:
    """Return the subjects of the papers that can be printed as things stand, oldest first."""
    if owner.of_kind:
        return [paper.id for paper in owner.of_kind]
    there = {
        "receipt": owner.dossier is not None,
        "return": owner.dossier is not None and owner.dossier.returned is not None,
        "correction": corrected_last(owner.past) > 0,
    }
    if not there.get(kind):
        return []
    return [str(returned_last(owner.past)) if kind == "return" else ""]


def _given(owner: Owner, chosen: Chosen, paper: FrozenPaper) -> PaperChoice:
    numbered = chosen.numbered
    return PaperChoice(
        kind=paper.kind,
        subject=numbered.id if numbered else "",
        paper=paper.number,
        number=numbered.number_text if numbered else "",
        day=_day(numbered) or paper.frozen.date(),
        state=_state(numbered, paper),
        printed=times_of(owner.past, paper.number),
        pdf_sha256=paper.pdf_sha256,
        program=paper.program,
    )


def _state(numbered: NumberedPaper | None, paper: FrozenPaper) -> PaperState:
    if not paper.facts:
        return PaperState.FORGOTTEN
    with readable(f"{paper.owner} ({paper.kind})"):
        mark = frozen.mark_of(frozen.read(paper.form, paper.facts))
    of_letter = _OF_LETTERS[numbered.state] if isinstance(numbered, Letter) else PaperState.GIVEN
    return _BY_MARK.get(mark, of_letter)


def _to_be_printed(chosen: Chosen) -> PaperChoice:
    numbered = chosen.numbered
    of_letter = isinstance(numbered, Letter) and _OF_LETTERS[numbered.state]
    return PaperChoice(
        kind=chosen.kind,
        subject=numbered.id if numbered else "",
        paper=None,
        number=numbered.number_text if numbered else "",
        day=_day(numbered),
        state=_BY_MARK.get(chosen.standing) or of_letter or PaperState.NOT_PRINTED,
        printed=0,
    )


def _day(numbered: NumberedPaper | None) -> date | None:
    if isinstance(numbered, Slip):
        return numbered.made.date()
    return (numbered.signed or numbered.drafted).date() if numbered else None
