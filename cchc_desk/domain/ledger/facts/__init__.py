"""Facts of the ledger: one frozen dataclass per act (two where an act has two shapes).

A class owns its act, its JSON keys (its fields), which of them are personal, and its sentence in
the history of a dossier. The classes stand in one module per subject, as the actions that write
them do. `read` decodes an entry of any version and raises WrongShape for details that no version
wrote: a fault of the program, unless the entry's hash shows that they were changed.
"""

from cchc_desk.domain.ledger.facts.base import (
    DossierFacts,
    Envelope,
    Facts,
    PaperFacts,
    TableFacts,
    WrongShape,
    written,
    written_by_msgspec,
)
from cchc_desk.domain.ledger.facts.reading import (
    BY_ACT,
    TABLE_ACTS,
    brought_home,
    known,
    known_envelope,
    read,
    read_envelope,
    taken_in,
    without_people,
)

__all__ = [
    "BY_ACT",
    "TABLE_ACTS",
    "DossierFacts",
    "Envelope",
    "Facts",
    "PaperFacts",
    "TableFacts",
    "WrongShape",
    "brought_home",
    "known",
    "known_envelope",
    "read",
    "read_envelope",
    "taken_in",
    "without_people",
    "written",
    "written_by_msgspec",
]
