"""Facts of acts at the counter and before: acceptance, registrations, refusals, blank receipts."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from cchc_desk.domain.ledger.facts.base import (
    Clear,
    DossierFacts,
    Facts,
    Names,
    Personal,
    TableFacts,
)
from cchc_desk.domain.ledger.facts.words import name_of
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, moment


@dataclass(frozen=True)
class Accepted(DossierFacts):
    procedure: Clear
    procedure_code: Clear
    limit: Clear
    due: datetime
    regime: Clear
    name: Personal
    id_number: Personal
    papers: int
    late_entry_minutes: int
    process_due: datetime | None = None
    for_agency: Clear = ""

    act = Act.ACCEPT
    older = MappingProxyType({"late_entry_minutes": 0})

    def sentence(self, names: Names) -> str:
        late = _(", nhập muộn") if self.late_entry_minutes else ""
        text = _("Tiếp nhận «{procedure}», hẹn trả {due}")
        process = (
            _(", hạn quy trình {due}").format(due=moment(self.process_due))
            if self.process_due
            else ""
        )
        whose = _(", nhận thay {agency}").format(agency=self.for_agency) if self.for_agency else ""
        said = text.format(procedure=self.procedure, due=moment(self.due))
        return f"{said}{process}{whose}{late}"


@dataclass(frozen=True)
class Certified(DossierFacts):
    """Papers certified and written into a book: `volume` as `01/2026-SCT/BS`, `fee` in đồng."""

    volume: Clear
    numbers: tuple[int, ...]
    copies: int
    signer: Clear
    fee: int | None = None

    act = Act.CERTIFY

    def sentence(self, names: Names) -> str:
        return _("Chứng thực {copies} bản, số {numbers}, quyển số {volume}; ký: {signer}").format(
            copies=self.copies,
            numbers=", ".join(f"{number:02d}" for number in self.numbers),
            volume=self.volume,
            signer=name_of(self.signer, names),
        )


@dataclass(frozen=True)
class Answered(Facts):
    """A registration of the portal became a dossier."""

    portal_code: Clear
    dossier: Clear

    act = Act.ACCEPT


@dataclass(frozen=True)
class Registered(Facts):
    """A dossier that came by the portal and waits for an answer."""

    portal_code: Clear
    procedure: Clear

    act = Act.REGISTER


@dataclass(frozen=True)
class RegistrationRefused(Facts):
    portal_code: Clear
    reason: Personal

    act = Act.REFUSE


@dataclass(frozen=True)
class RefusalGiven(Facts):
    """A refusal slip; `number` as printed."""

    number: Clear
    reason: Personal

    act = Act.REFUSE


@dataclass(frozen=True)
class ReceiptsPrinted(TableFacts):
    """Receipts numbered beforehand, for days without power."""

    first: Clear
    last: Clear
    count: int

    act = Act.PAPER_RECEIPTS


@dataclass(frozen=True)
class ReceiptVoided(TableFacts):
    """`void` is the number of the receipt."""

    void: Clear
    reason: Personal

    act = Act.PAPER_RECEIPTS


@dataclass(frozen=True)
class ReceiptRestored(TableFacts):
    """`restored` is the number of a receipt that was voided by mistake."""

    restored: Clear
    reason: Personal

    act = Act.PAPER_RECEIPTS
