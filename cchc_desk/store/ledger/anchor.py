"""The anchor: up to which entry the whole ledger was checked and found whole, and when.

A file of its own beside the database: a database that was cut, written anew or put back does not
bring it along. Whoever may write in the folder may write the anchor too, so it only spares work in
the daily check and is one more head that the ledger has to fit (docs/decisions/061).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk import owner_only
from cchc_desk.store.engine.database import iso

_NUMBERS = range(1, 2**63)  # of entries, as SQLite can hold them


@dataclass(frozen=True)
class Anchor:
    """The last entry of a whole check that found nothing: its number, its hash; `at` of the check.

    `version`: of the program that checked.
    """

    version: str
    desk: str
    seq: int
    hash: str
    at: datetime


def read_anchor(file: Path) -> Anchor | None:
    """Return the anchor in `file`; None where there is none that can be read."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        anchor = Anchor(
            str(facts["version"]),
            str(facts["desk"]),
            int(facts["seq"]),
            str(facts["hash"]),
            datetime.fromisoformat(facts["at"]).replace(tzinfo=None),
        )
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None  # the next daily check is a whole one
    return anchor if anchor.seq in _NUMBERS else None


def keep_anchor(file: Path, anchor: Anchor) -> None:
    """Replace the anchor in `file`; OSError where the folder takes no file."""
    facts = vars(anchor) | {"at": iso(anchor.at)}
    owner_only.write_file(file, json.dumps(facts).encode())
