"""Dates of birth: a whole day, or the month or only the year where nobody knows more."""

import re
from dataclasses import dataclass
from datetime import date

_ISO_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_WRITTEN_PARTIAL = re.compile(r"(?:(?:[0?]{1,2}[/.\- ])?([0-9]{1,2})[/.\- ])?((?:19|20)[0-9]{2})")


@dataclass(frozen=True)
class PartialDate:
    """A date whose day, or day and month, nobody knows. Raises ValueError for an impossible one."""

    year: int
    month: int | None = None

    def __post_init__(self) -> None:
        first_day_of(self)

    def isoformat(self) -> str:
        """Return "1945" or "1945-03"."""
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"


Birth = date | PartialDate


def first_day_of(born: Birth) -> date:
    """Return the first day that it may be."""
    return born if isinstance(born, date) else date(born.year, born.month or 1, 1)


def birth_text(born: Birth | None) -> str:
    """Return it as people write it: 17/05/1945, 05/1945, 1945; "" for None."""
    if born is None:
        return ""
    if isinstance(born, date):
        return f"{born:%d/%m/%Y}"
    return f"{born.year}" if born.month is None else f"{born.month:02}/{born.year}"


def read_birth(iso: str) -> Birth | None:
    """Read "1945-03-17", "1945-03" or "1945"; None for "". Raises ValueError for anything else."""
    if not iso:
        return None
    partial = _ISO_PARTIAL.fullmatch(iso)
    if partial is None:
        return date.fromisoformat(iso)
    return PartialDate(int(partial[1]), int(partial[2]) if partial[2] else None)


def read_partial(written: str) -> PartialDate | None:
    """Read "1945", "3/1945" or "0/0/1945" as people write them; None for what is none of these.

    Raises ValueError for an impossible month.
    """
    found = _WRITTEN_PARTIAL.fullmatch(written.strip())
    if found is None:
        return None
    month = int(found[1] or 0)
    return PartialDate(int(found[2]), month or None)
