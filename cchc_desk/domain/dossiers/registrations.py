"""Dossiers sent through the portal, before they are accepted or refused."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.dossiers.dossier import Status


@dataclass(frozen=True)
class Registration:
    """A dossier from the portal; `answer_by` is the last moment to accept or refuse it.

    `code` is the dossier's once it is accepted, "" before.
    """

    id: str
    portal_code: str
    status: Status
    procedure_code: str
    procedure_name: str
    submitted: datetime
    answer_by: datetime
    entered: datetime
    answered: datetime | None = None
    code: str = ""
