"""Facts of somebody asking again about a dossier, and of what they were answered."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Names, Personal
from cchc_desk.domain.ledger.facts.words import how_words, name_of, word
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, later, moment

_ASKER_WORDS = {"citizen": later("Công dân"), "city": later("Thành phố, cấp trên")}


@dataclass(frozen=True)
class Reminded(DossierFacts):
    """The `time`-th reminder; `holder` had the dossier, the slip went to `receiver`."""

    number: Clear
    time: int
    asker: Clear
    how: Clear
    words: Personal
    holder: Clear
    receiver: Clear
    answer_by: datetime

    act = Act.REMIND

    def sentence(self, names: Names) -> str:
        text = _(
            "{asker} đôn đốc lần {time} {how} (phiếu {number}), gửi {receiver}, trả lời trước "
            "{answer_by}"
        )
        said = text.format(
            asker=_(word(_ASKER_WORDS, self.asker)),
            time=self.time,
            how=how_words(self.how),
            number=self.number,
            receiver=name_of(self.receiver, names),
            answer_by=moment(self.answer_by),
        )
        return f"{said}: {self.words}" if self.words else said


@dataclass(frozen=True)
class ReminderAnswered(DossierFacts):
    """One answer to every reminder that was open, by their numbers."""

    numbers: tuple[Clear, ...]
    answer: Personal
    in_time: bool

    act = Act.ANSWER_REMINDER

    def sentence(self, names: Names) -> str:
        late = "" if self.in_time else _(" (quá giờ)")
        text = _("Trả lời đôn đốc {numbers}{late}: {answer}")
        return text.format(numbers=", ".join(self.numbers), late=late, answer=self.answer)
