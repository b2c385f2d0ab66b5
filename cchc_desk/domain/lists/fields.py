"""Facts that a column of a list may hold, and the layouts of lists that are known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from hashlib import sha256

from cchc_desk.domain.text.vietnamese import fold


class Field(Enum):
    """A fact of a dossier in a list; the value is its name on the command line."""

    __hash__ = object.__hash__  # Enum's own is Python code: a list asks for a million columns

    ORDER = "order"
    CODE = "code"
    PARENT_CODE = "parent_code"
    PROCEDURE_CODE = "procedure_code"
    PROCEDURE = "procedure"
    SUBJECT = "subject"
    FIELD_OF_LAW = "field"
    AGENCY = "agency"
    OWNER = "owner"
    OWNER_ID = "owner_id"
    SUBMITTER = "submitter"
    SUBMITTER_ID = "submitter_id"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    FIRST_DUE = "first_due"  # beside a due moment that was moved
    DUE = "due"
    PROCESS_DUE = "process_due"
    NEXT_DUE = "next_due"
    FINISHED = "finished"
    RETURNED = "returned"
    RECEIVER = "receiver"
    OFFICIAL = "official"
    STATUS = "status"
    CHANNEL = "channel"
    NOTE = "note"
    OTHER = "other"


DATES = frozenset(
    {
        Field.SUBMITTED,
        Field.RECEIVED,
        Field.FIRST_DUE,
        Field.DUE,
        Field.PROCESS_DUE,
        Field.NEXT_DUE,
        Field.FINISHED,
        Field.RETURNED,
    }
)
CODES = frozenset({Field.CODE, Field.PARENT_CODE})
NUMBERS = frozenset({Field.ORDER, Field.PHONE, Field.OWNER_ID, Field.SUBMITTER_ID})
TEXTS = frozenset(
    {
        Field.PROCEDURE,
        Field.SUBJECT,
        Field.FIELD_OF_LAW,
        Field.AGENCY,
        Field.OWNER,
        Field.SUBMITTER,
        Field.ADDRESS,
        Field.RECEIVER,
        Field.OFFICIAL,
        Field.STATUS,
    }
)

_COLUMN_NUMBER = re.compile(r"[(\[]\s*\d{1,3}\s*[)\]]")


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return the key of a heading: no marks, single blanks, no column number behind it."""
    return fold(_COLUMN_NUMBER.sub(" ", text))


@dataclass(frozen=True)
class Layout:
    """A list that is known by its headings; `source` says where they were seen.

    `fields` overrides the common meaning of a heading, by its key. `body` names the columns of the
    rows where the system writes fewer of them than headings. `refusal` is the sentence for a list
    that holds no promise.
    """

    key: str
    name: str
    system: str
    source: str
    headings: tuple[str, ...]
    fields: Mapping[str, Field]
    body: tuple[Field, ...] = ()
    refusal: str = ""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.headings)

    @property
    def named(self) -> tuple[str, ...]:
        """The headings whose meaning the layout says itself."""
        return tuple(text for text in self.headings if heading_key(text) in self.fields)


def fingerprint(headings: Iterable[str]) -> str:
    """Return the mark by which a list of the same columns is known again, whatever its dirt."""
    keys = "|".join(heading_key(heading) for heading in headings)
    return sha256(keys.encode()).hexdigest()[:16]


def learned(headings: Sequence[str], chosen: Mapping[str, Field]) -> Layout:
    """Return the layout of a list whose columns the clerk described."""
    mark = fingerprint(headings)
    fields = {heading_key(text): field for text, field in chosen.items()}
    key = f"own-{mark[:8]}"
    return Layout(key, name="", system="", source="", headings=tuple(headings), fields=fields)
