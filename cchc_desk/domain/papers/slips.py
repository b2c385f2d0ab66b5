"""Slips with a number: what is lacking, a refusal, a stop, a reminder."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.dossiers.dossier import number_text

SUPPLEMENT, REFUSAL, STOP, REMINDER = "supplement", "refusal", "stop", "reminder"
SLIP_KINDS = (SUPPLEMENT, REFUSAL, STOP, REMINDER)


@dataclass(frozen=True)
class Slip:
    """One numbered slip.

    `code` is the dossier's, "" before acceptance; `items` is what a supplement asks for, `again`
    that it is not the first one. `made_by` and `registration` are ids. `void`: since when it counts
    for nothing; its number stays used.
    """

    id: str
    kind: str
    code: str
    symbol: str
    year: int
    number: int
    made: datetime
    made_by: str
    reason: str
    items: tuple[str, ...]
    again: bool
    procedure_code: str
    procedure_name: str
    registration: str | None = None
    void: datetime | None = None

    @property
    def number_text(self) -> str:
        """`05/HDHS`."""
        return number_text(self.number, self.symbol)
