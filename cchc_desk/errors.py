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

`code` is stable and listed in docs/codes.md; the message is one sentence or two and says what to
do. The rules of the domain give a Message (i18n.py), which is translated where it is shown; whoever
knows the language in use may give the sentence itself.
"""

from cchc_desk.i18n import Message


class DeskError(Exception):
    """An error with a stable code and a sentence for the person at the desk."""

    def __init__(self, code: str, message: str | Message) -> None:
        super().__init__(message)
        self.code = code
        self._message = message

    @property
    def message(self) -> str:
        """The sentence, a Message in the language in use now."""
        return str(self._message)

    def __str__(self) -> str:
        return self.message


class Refused(DeskError):
    """The rule says no and nothing was changed. `field` names the input concerned, if any."""

    def __init__(self, code: str, message: str | Message, field: str | None = None) -> None:
        super().__init__(code, message)
        self.field = field


class Trouble(DeskError):
    """Disk, lock, printer or network failed; trying again may help.

    The act was not done. An entry may stand in the ledger for a file that then got no name, and
    one of several things done together may be done already.
    """
