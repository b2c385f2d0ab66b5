"""Papers as they were signed or first printed: their facts stay, whatever changes later."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


@dataclass(frozen=True)
class FrozenPaper:
    """One paper as it was given.

    `number` counts the desk's frozen papers, 0 before it is stored. `owner` is the dossier's code,
    before acceptance the slip's id. `subject`: the id of the letter or slip, the ledger entry of
    the return, "" for a paper of which the dossier has one. `form` names the shape of `facts`
    (JSON). `facts`, `salt` and `pdf_sha256` are "" once the dossier's people are forgotten.
    """

    number: int
    owner: str
    kind: str
    subject: str
    frozen: datetime
    program: str
    form: str
    salt: str
    facts: str
    facts_sha256: str
    pdf_sha256: str


def facts_hash(paper: FrozenPaper) -> str:
    """Return the SHA-256 of the facts with all that says whose they are, hex.

    The salt keeps a guess at forgotten facts from being tried.
    """
    about = (paper.owner, paper.kind, paper.subject, paper.frozen.isoformat(timespec="minutes"))
    parts = (*about, paper.program, paper.form, paper.salt, paper.facts)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class PaperState(Enum):
    """States of a paper that can be chosen; the value is stable."""

    DRAFT = "draft"
    NOT_PRINTED = "not-printed"
    SIGNED = "signed"
    DELIVERED = "delivered"
    GIVEN = "given"
    IN_EXCHANGE = "in-exchange"  # for one that was given before a correction
    MADE_ANEW = "made-anew"  # for one that an older version gave and did not keep
    FORGOTTEN = "forgotten"  # its people were anonymised


@dataclass(frozen=True)
class PaperChoice:
    """A paper of a dossier that can be shown or printed.

    `subject` is the id of a letter or slip, "" for other kinds; `paper` the number under which it
    is frozen, None while it is not. `number` is its own ("05/PXL-UBND"), "" without one; `day` that
    of its number or first printing, None before. `printed` counts its printings.
    """

    kind: str
    subject: str
    paper: int | None
    number: str
    day: date | None
    state: PaperState
    printed: int
    pdf_sha256: str = ""
    program: str = ""
