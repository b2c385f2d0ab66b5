"""Facts of acts about courtesy at the counter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Facts, Names, Personal
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _


@dataclass(frozen=True)
class Visited(DossierFacts):
    moment: Clear
    done: tuple[Clear, ...]

    act = Act.VISIT

    def sentence(self, names: Names) -> str:
        return _("Tự chấm «4 xin, 4 luôn»")


@dataclass(frozen=True)
class Rated(DossierFacts):
    stage: Clear
    faces: int
    told: bool | None
    corrected: int | None
    typed: bool | None = None

    act = Act.RATE

    def sentence(self, names: Names) -> str:
        return _("Ghi hộ đánh giá của công dân") if self.typed else _("Công dân đã đánh giá")


@dataclass(frozen=True)
class CardSeen(Facts):
    """An official saw the card of their own week."""

    monday: date

    act = Act.SEE_CARD


@dataclass(frozen=True)
class LessonEnded(Facts):
    """A lesson of the practice ward ended with `score`; `run` is its number."""

    run: int
    lesson: Clear
    score: int

    act = Act.LESSON


@dataclass(frozen=True)
class Observed(Facts):
    """A supervisor's sheet about `official`; `marks`: key of each item, what was seen of it."""

    observation: Clear
    official: Clear
    marks: Mapping[Clear, Clear]
    good: Personal
    better: Personal

    act = Act.OBSERVE
