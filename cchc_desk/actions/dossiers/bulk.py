"""One act on many dossiers: a transaction of its own and an Outcome for each.

Rights and rules are those of the act on one dossier; one that is refused keeps none of the others.
All raise Refused("too-many") for more than MOST dossiers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cchc_desk.actions.documents.printing import Printout, Printouts
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers import take_back as undoing
from cchc_desk.actions.dossiers.allowed import DOSSIER_ACTS
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Dossier, How, LetterState
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import DeskError, Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.session import Desk

ACTS = ("ready", "return", "hand-over", "deliver", "print-receipt")  # names of DOSSIER_ACTS
MOST = 200  # as many lines as a list shows


@dataclass(frozen=True)
class Outcome:
    """Answer of an act on one dossier; `refusal` is None where it was done."""

    code: str
    name: str
    refusal: str | None = None


def why_not(desk: Desk, codes: Iterable[str]) -> Mapping[str, str | None]:
    """Return each of ACTS: None where it may be done to one of these dossiers at least.

    Else the sentence that refuses it for the first of them.
    """
    me, now = desk.require(Permission.READ), desk.now()
    with desk.read() as connection:
        dossiers = [progress.the_dossier(connection, code) for code in _few(codes)]
    answers: dict[str, str | None] = {}
    for act in DOSSIER_ACTS:
        if act.name in ACTS:
            refusals = [act.why_not(me, dossier, now) for dossier in dossiers]
            answers[act.name] = None if None in refusals else next(iter(refusals), "")
    return answers


def mark_ready(desk: Desk, codes: Iterable[str]) -> tuple[Outcome, ...]:
    """Mark each result as ready."""
    return _each(desk, Permission.READY, codes, lambda each: steps.mark_ready(desk, each.code))


def return_results(desk: Desk, codes: Iterable[str], to: str = "") -> tuple[Outcome, ...]:
    """Hand each result to `to`; "": to who handed the dossier in."""

    def give(dossier: Dossier) -> object:
        by = dossier.submitter.name if dossier.submitter else dossier.applicant.name
        return steps.return_result(desk, dossier.code, Return(to or by))

    return _each(desk, Permission.RETURN, codes, give)


def hand_over(desk: Desk, codes: Iterable[str], to: str, note: str = "") -> tuple[Outcome, ...]:
    """Pass each dossier on to another official."""
    return _each(
        desk,
        Permission.HAND_OVER,
        codes,
        lambda dossier: steps.hand_over(desk, [dossier.code], to, note=note),
    )


def deliver_letters(
    desk: Desk, codes: Iterable[str], how: How, to: str = ""
) -> tuple[Outcome, ...]:
    """Note that each signed letter reached its citizen; `to` took it, "": the owner.

    A dossier without one is refused by "letter-state" in its Outcome.
    """

    def deliver(dossier: Dossier) -> object:
        signed = [one for one in dossier.letters if one.state is LetterState.SIGNED]
        if not signed:
            raise Refused("letter-state", _("Chưa có thư nào đã ký mà chưa trao."), "letter")
        return letters.deliver_letter(desk, signed[0].id, how, to or dossier.applicant.name)

    return _each(desk, Permission.DELIVER_LETTER, codes, deliver)


def take_back(desk: Desk, codes: Iterable[str]) -> tuple[Outcome, ...]:
    """Take back what was just done to each of them."""
    return _each(
        desk,
        Permission.UNDO,
        codes,
        lambda each: undoing.undo(desk, each.code, undoing.JUST_DONE),
    )


def printouts(desk: Desk, codes: Iterable[str], kind: str) -> Printouts:
    """Return this paper of each of the dossiers, to be drawn and noted together."""
    return Printouts([Printout(desk, code, kind) for code in _few(codes)])


def _each(
    desk: Desk, permission: Permission, codes: Iterable[str], act: Callable[[Dossier], object]
) -> tuple[Outcome, ...]:
    """Do the act to one after the other; after a Trouble the rest is not tried."""
    desk.require(permission)
    outcomes = []
    trouble: Trouble | None = None
    for code in _few(codes):
        with desk.read() as connection:
            dossier = progress.the_dossier(connection, code)
        refusal: str | None = None
        try:
            if trouble is not None:
                raise trouble
            with desk.only_on(dossier.code):
                act(dossier)
        except DeskError as error:
            refusal = error.message
            trouble = error if isinstance(error, Trouble) else None
        outcomes.append(Outcome(dossier.code, dossier.applicant.name, refusal))
    return tuple(outcomes)


def _few(codes: Iterable[str]) -> list[str]:
    """Return the codes, each once. Raises Refused("too-many") for more than MOST."""
    each = list(dict.fromkeys(codes))
    if len(each) > MOST:
        raise Refused(
            "too-many", _("Một lần chọn nhiều nhất {most} hồ sơ.").format(most=MOST), "codes"
        )
    return each
