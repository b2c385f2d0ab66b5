"""Errors of the desk; every other exception is a bug.

    DeskError
    ├── Refused    the rule says no: shown beside the field it concerns
    │   └── CorrectableRefusal (city/parcels/store_parcels.py): the desk can put it right by itself
    └── Trouble    disk, lock, printer, network: what happened and what to do

Callers write::

    try:
        accept_dossier(desk, intake)
    except Refused as refused:
        show_beside(refused.field, str(refused))
    except Trouble as trouble:
        offer_to_try_again(str(trouble))

`code` is stable and listed in docs/codes.md; the message is Vietnamese, one sentence or two, and
says what to do.
"""


class DeskError(Exception):
    """An error with a stable code and a sentence for the person at the desk."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Refused(DeskError):
    """The rule says no and nothing was changed. `field` names the input concerned, if any."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(code, message)
        self.field = field


class Trouble(DeskError):
    """Disk, lock, printer or network failed and nothing was changed; trying again may help."""
