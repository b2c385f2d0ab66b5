"""An away desk: a laptop that took a copy of the ward along, works alone, and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message

SETTING = "away"  # the setting that makes a desk an away desk


class Side(Enum):
    """Whose rows of a dossier hold, where both sides touched it."""

    HOME = "home"
    AWAY = "away"


@dataclass(frozen=True)
class AwayDesk:
    """What an away desk knows of its home: desk `home`, which it left behind its entry `seq`.

    New rows are numbered from `rows_from` on, so that none has the number of a row at home.
    `closed`: it was brought home, and writes nothing any more.
    """

    name: str
    home: str
    seq: int
    head: str
    rows_from: int
    until: date | None = None
    closed: bool = False

    def encode(self) -> dict[str, Any]:
        """Return it as the settings keep it."""
        return vars(self) | {"until": self.until.isoformat() if self.until else None}


def read_away(stored: Mapping[str, Any] | None) -> AwayDesk | None:
    """Return the away desk of the setting; None for a desk at home.

    Raises LookupError, TypeError or ValueError for a setting that no desk wrote.
    """
    if stored is None:
        return None
    until = stored["until"]
    return AwayDesk(
        str(stored["name"]),
        str(stored["home"]),
        int(stored["seq"]),
        str(stored["head"]),
        int(stored["rows_from"]),
        date.fromisoformat(until) if until else None,
        bool(stored["closed"]),
    )


# What is one for the whole ward (its numbers, its people, its catalogue) is done at home.
_AT_HOME = frozenset(
    {
        Permission.OFFICIALS,
        Permission.CITIZEN_REQUEST,
        Permission.REGISTER,
        Permission.PROCESS,
        Permission.PAPER_RECEIPTS,
        Permission.CALENDAR,
        Permission.CALENDAR_CONFIRM,
        Permission.MOVE_DUE,
        Permission.ANONYMISE,
        Permission.ENROL,
        Permission.SEND,
        Permission.TAKE,
        Permission.CATALOGUE,
        Permission.CATALOGUE_CONFIRM,
        Permission.CERTIFY,
        Permission.TAKE_LIST,
        Permission.ABSENCE,
        Permission.FREEZE,
        Permission.UNFREEZE,
        Permission.REPORT_SET,
        Permission.REPORT_BUNDLE,
        Permission.AWAY,
    }
)
# What only looks; a desk that came back does nothing else.
_LOOKS = frozenset(
    {
        Permission.READ,
        Permission.SEE_ALL,
        Permission.SEE_STRIKES,
        Permission.SEE_CARD,
        Permission.EXPORT_LOG,
        Permission.EXPORT,
        Permission.COURTESY_REPORT,
        Permission.PERSONAL_DATA,
        Permission.BACKUP,
        Permission.COPY_OUT,
        Permission.CONFIRM_STATE,
        Permission.CLOCK,
    }
)


def refuse_away(away: AwayDesk, permission: Permission) -> None:
    """Raise Refused: "away" for what is done at home alone, "away-closed" once it came back."""
    if away.closed and permission not in _LOOKS:
        raise closed(away)
    if permission in _AT_HOME:
        raise at_home(away)


def at_home(away: AwayDesk) -> Refused:
    """Return the refusal of what an away desk does not do."""
    return Refused(
        "away",
        Message(
            "Quầy lưu động {name} không làm việc này; hãy làm ở phường khi về.", name=away.name
        ),
    )


def closed(away: AwayDesk) -> Refused:
    """Return the refusal of an away desk that came back."""
    return Refused(
        "away-closed",
        Message(
            "Quầy lưu động {name} đã về phường nên không ghi thêm; hãy làm ở phường.",
            name=away.name,
        ),
    )
