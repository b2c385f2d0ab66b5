"""Lessons of the practice ward: their tasks, and the checks by which they count as done.

A task names its check; a check is a question about the facts since the lesson began. A wrong step
is a check too, or a refusal that the desk spoke meanwhile. Judging again from the same facts
answers the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterState
from cchc_desk.domain.ledger.facts import Facts as LedgerFacts
from cchc_desk.domain.ledger.facts.courtesy import Visited
from cchc_desk.domain.ledger.facts.dossiers import HandedOver
from cchc_desk.domain.ledger.facts.intake import Accepted
from cchc_desk.domain.ledger.facts.lateness import Drafted, Notified
from cchc_desk.domain.ledger.facts.lists import Watched
from cchc_desk.domain.ledger.facts.pauses import Requested
from cchc_desk.domain.text.vietnamese import fold

_Kind = TypeVar("_Kind", bound=LedgerFacts)
_HIGHEST_SCORE = 10
_NEARLY = 0.8  # the likeness of two names of which one was misread


@dataclass(frozen=True)
class Rule:
    """A rule and its source; `mark` grades how well that is known ([V], [I], [G])."""

    text: str
    source: str
    mark: str


@dataclass(frozen=True)
class Check:
    """A question of CHECKS with its arguments."""

    name: str
    wanted: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """One thing to do, how to begin it, and why."""

    text: str
    hint: str
    rule: Rule
    check: Check


@dataclass(frozen=True)
class WrongStep:
    """A forbidden step: found by its check, or by a code with which the desk refuses it."""

    said: str
    rule: Rule
    codes: tuple[str, ...]
    check: Check | None


@dataclass(frozen=True)
class Lesson:
    """One lesson; `cards` are QR texts of people who do not exist, in the order of scanning."""

    number: int
    key: str
    title: str
    story: str
    minutes: int
    tasks: tuple[Task, ...]
    wrong: tuple[WrongStep, ...]
    cards: tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """One entry of the ledger since the lesson began; `facts` None where they are not readable."""

    official: str
    act: str
    code: str
    facts: LedgerFacts | None


class Happening(Enum):
    """Events that a lesson has to know and no ledger holds."""

    REFUSED = "refused"  # the desk said no; with the code
    REOPENED = "reopened"  # the window was opened again and what was being typed was still there


@dataclass(frozen=True)
class Note:
    """Something that happened while the lesson ran; `what` is the code of a refusal."""

    happening: Happening
    what: str = ""


class LessonRun(NamedTuple):
    """One lesson begun by one trainee; `outcome` is empty and `ended` None until it has ended.

    `after` is the number of the ledger's last entry before it, `given` the prepared dossiers.
    """

    n: int
    lesson: str
    trainee: str
    began: datetime
    after: int
    given: dict[str, str]
    notes: tuple[Note, ...]
    ended: datetime | None
    seconds: int
    outcome: dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """State of the desk since the lesson began; `code` is the prepared dossier's, "" for none."""

    code: str
    deeds: tuple[Deed, ...]
    dossiers: Mapping[str, Dossier]
    notes: tuple[Note, ...]
    roles: Mapping[str, str]  # official -> role

    @property
    def prepared(self) -> Dossier | None:
        return self.dossiers.get(self.code)

    @property
    def accepted(self) -> tuple[Dossier, ...]:
        """The dossiers taken in since, in order."""
        codes = dict.fromkeys(deed.code for deed in self.deeds if isinstance(deed.facts, Accepted))
        return tuple(self.dossiers[code] for code in codes if code in self.dossiers)

    def of_prepared(self, kind: type[_Kind]) -> list[_Kind]:
        """Return the facts of such acts on the prepared dossier."""
        on_it = (deed.facts for deed in self.deeds if deed.code == self.code != "")
        return [facts for facts in on_it if isinstance(facts, kind)]


@dataclass(frozen=True)
class Mistake:
    """A wrong step that was taken, in a sentence, with the rule it broke."""

    said: str
    rule: Rule


@dataclass(frozen=True)
class Judgement:
    """Which tasks are done, and every wrong step so far."""

    done: tuple[bool, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def is_complete(self) -> bool:
        return all(self.done)

    @property
    def score(self) -> int:
        """Ten for every task done, less one for each wrong step; time costs nothing."""
        earned = _HIGHEST_SCORE * sum(self.done) // max(1, len(self.done))
        return max(0, earned - len(self.mistakes))


def judged(lesson: Lesson, facts: Facts) -> Judgement:
    """Judge the lesson by the facts."""
    done = tuple(holds(task.check, facts) for task in lesson.tasks)
    return Judgement(done, tuple(_mistakes(lesson, facts)))


def _mistakes(lesson: Lesson, facts: Facts) -> Iterable[Mistake]:
    for wrong in lesson.wrong:
        times = sum(
            note.happening is Happening.REFUSED and note.what in wrong.codes for note in facts.notes
        )
        times += int(wrong.check is not None and holds(wrong.check, facts))
        yield from (Mistake(wrong.said, wrong.rule) for _time in range(times))


def holds(check: Check, facts: Facts) -> bool:
    """Answer the check's question."""
    return CHECKS[check.name](facts, **check.wanted)


# --- the questions --------------------------------------------------------------------------------


def _accepted(
    facts: Facts,
    procedure: str,
    id_number: str,
    papers: int = 0,
    received: str = "",
    receipt: str = "",
) -> bool:
    """Return True when this person's dossier of this procedure was taken in as wanted.

    `papers` is the least number of kinds of papers, `received` an ISO minute or "", `receipt` the
    number of a blank receipt or "".
    """
    return any(
        dossier.procedure_code == procedure
        and len(dossier.papers) >= papers
        and received in ("", _minute(dossier.accepted))
        and receipt in ("", dossier.paper_receipt)
        for dossier in _of(facts, id_number)
    )


def _accepted_otherwise(facts: Facts, procedure: str, id_number: str) -> bool:
    return any(dossier.procedure_code != procedure for dossier in _of(facts, id_number))


def _accepted_lacking(facts: Facts, procedure: str, id_number: str, papers: int) -> bool:
    return any(
        dossier.procedure_code == procedure and len(dossier.papers) < papers
        for dossier in _of(facts, id_number)
    )


def _accepted_at_another_time(facts: Facts, id_number: str, received: str) -> bool:
    return any(_minute(dossier.accepted) != received for dossier in _of(facts, id_number))


def _accepted_misread(facts: Facts, name_like: str, id_number: str) -> bool:
    """Return True when somebody of nearly this name was taken in under another number."""
    applicants = [dossier.applicant for dossier in facts.accepted]
    return any(
        SequenceMatcher(None, fold(name_like), fold(applicant.name)).ratio() > _NEARLY
        for applicant in applicants
        if applicant.id_number != id_number
    )


def _accepted_twice(facts: Facts, id_number: str) -> bool:
    return len(_of(facts, id_number)) > 1


def _of(facts: Facts, id_number: str) -> list[Dossier]:
    return [dossier for dossier in facts.accepted if dossier.applicant.id_number == id_number]


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _done(facts: Facts, act: str) -> bool:
    return any(deed.act == act and deed.code == facts.code != "" for deed in facts.deeds)


def _handed_to(facts: Facts, role: str) -> bool:
    passed = facts.of_prepared(HandedOver)
    return any(facts.roles.get(hand_over.receiver) == role for hand_over in passed)


def _notified(facts: Facts, in_time: bool) -> bool:
    return any(notice.in_time is in_time for notice in facts.of_prepared(Notified))


def _requested(facts: Facts, items: int) -> bool:
    return any(len(request.items) >= items for request in facts.of_prepared(Requested))


def _requested_few(facts: Facts, items: int) -> bool:
    return any(len(request.items) < items for request in facts.of_prepared(Requested))


def _letters(facts: Facts, *states: LetterState) -> list[Letter]:
    """Return the prepared dossier's letters of this lesson that stand in one of these states."""
    known = {draft.letter for draft in facts.of_prepared(Drafted)}
    letters = facts.prepared.late_letters if facts.prepared else ()
    return [letter for letter in letters if letter.id in known and letter.state in states]


def _drafted(facts: Facts, dated: bool, cause: str = "") -> bool:
    letters = _letters(facts, *LetterState)
    return any(
        (letter.new_due is not None) is dated and cause in ("", letter.cause) for letter in letters
    )


def _signed(facts: Facts) -> bool:
    return bool(_letters(facts, LetterState.SIGNED, LetterState.DELIVERED))


def _signed_otherwise(facts: Facts, cause: str) -> bool:
    return any(
        letter.cause != cause
        for letter in _letters(facts, LetterState.SIGNED, LetterState.DELIVERED)
    )


def _delivered(facts: Facts) -> bool:
    return bool(_letters(facts, LetterState.DELIVERED))


def _closed(facts: Facts) -> bool:
    return facts.prepared is not None and facts.prepared.closed is not None and _delivered(facts)


def _visited(facts: Facts, item: str, also: str = "") -> bool:
    """Return True when a visit was scored with these items of "4 xin, 4 luôn"."""
    wanted = {item, also} - {""}
    return any(
        isinstance(deed.facts, Visited) and wanted <= set(deed.facts.done) for deed in facts.deeds
    )


def _refused(facts: Facts, codes: list[str]) -> bool:
    return any(note.happening is Happening.REFUSED and note.what in codes for note in facts.notes)


def _reopened(facts: Facts) -> bool:
    return any(note.happening is Happening.REOPENED for note in facts.notes)


CHECKS: dict[str, Callable[..., bool]] = {
    "accepted": _accepted,
    "accepted_otherwise": _accepted_otherwise,
    "accepted_lacking": _accepted_lacking,
    "accepted_at_another_time": _accepted_at_another_time,
    "accepted_misread": _accepted_misread,
    "accepted_twice": _accepted_twice,
    "done": _done,
    "handed_to": _handed_to,
    "watched": lambda facts: bool(facts.of_prepared(Watched)),
    "notified": _notified,
    "requested": _requested,
    "requested_few": _requested_few,
    "drafted": _drafted,
    "signed": _signed,
    "signed_otherwise": _signed_otherwise,
    "delivered": _delivered,
    "returned": lambda facts: _done(facts, "return"),
    "closed": _closed,
    "visited": _visited,
    "refused": _refused,
    "reopened": _reopened,
}
