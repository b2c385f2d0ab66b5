"""Receipts printed with a number beforehand, for days without power."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PaperReceipt:
    """A receipt numbered beforehand.

    `void` is the reason why it never will be used, `code` the dossier that used it; each "" where
    there is none.
    """

    number: str
    printed: datetime
    void: str
    code: str
