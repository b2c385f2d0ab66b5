"""Facts of a dossier in the order in which another system asks for them: a row of pastes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.people.birth import birth_text


class Part(Enum):
    """A fact that is copied; the value is its name in resources/lists/copy_orders.json."""

    CODE = "code"
    NAME = "name"
    ID_NUMBER = "id_number"
    BORN = "born"
    SEX = "sex"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    REPRESENTATIVE = "representative"
    SUBMITTER_NAME = "submitter_name"
    SUBMITTER_ID_NUMBER = "submitter_id_number"
    SUBMITTER_PHONE = "submitter_phone"
    PROCEDURE_CODE = "procedure_code"
    PROCEDURE = "procedure"
    RECEIVED = "received"
    DUE = "due"
    NOTE = "note"


IDENTITY = frozenset({Part.ID_NUMBER, Part.SUBMITTER_ID_NUMBER})


@dataclass(frozen=True)
class CopyOrder:
    """The order in which a form of another system asks; `labels` are its own words for each part.

    `source` says where they were seen.
    """

    key: str
    name: str
    source: str
    labels: Sequence[tuple[Part, str]]


@dataclass(frozen=True)
class CopyPart:
    """A fact to be copied, under the other system's label."""

    label: str
    text: str


def parts_of(
    dossier: Dossier, order: CopyOrder, *, with_identity: bool = False
) -> tuple[CopyPart, ...]:
    """Return what the dossier has of this order; identity numbers only `with_identity`."""
    texts = dict(_texts(dossier))
    return tuple(
        CopyPart(label, text)
        for part, label in order.labels
        if (with_identity or part not in IDENTITY) and (text := texts.get(part, ""))
    )


def _texts(dossier: Dossier) -> Iterator[tuple[Part, str]]:
    who, by = dossier.applicant, dossier.submitter
    yield Part.CODE, dossier.code
    yield Part.NAME, who.name
    yield Part.ID_NUMBER, who.id_number
    yield Part.BORN, birth_text(who.born)
    yield Part.SEX, who.sex
    yield Part.ADDRESS, who.address
    yield Part.PHONE, who.phone
    yield Part.EMAIL, who.email
    yield Part.REPRESENTATIVE, who.representative
    if by is not None:
        yield Part.SUBMITTER_NAME, by.name
        yield Part.SUBMITTER_ID_NUMBER, by.id_number
        yield Part.SUBMITTER_PHONE, by.phone
    yield Part.PROCEDURE_CODE, dossier.procedure_code
    yield Part.PROCEDURE, dossier.procedure_name
    yield Part.RECEIVED, _moment(dossier.accepted)
    yield Part.DUE, _moment(dossier.due)
    yield Part.NOTE, " ".join(dossier.note.split())


def _moment(at: datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M}"
