"""Check of the scans: each holds what the ledger says of it; one at a time stands in memory."""

import hashlib

from cchc_desk.domain.ledger.entry import RawEntry
from cchc_desk.domain.ledger.facts import known
from cchc_desk.domain.ledger.facts.scans import ScanAdded
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import scans


class ScanCheck:
    """Checks the scans of the entries given to it, which are all of the ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: dict[int, tuple[str, str]] = {}  # dossier code and hash

    def add(self, entry: RawEntry) -> None:
        """Note the scan that this entry added, if any."""
        if entry.act == Act.ADD_SCAN.value:
            facts = known(entry.act, entry.details)
            if isinstance(facts, ScanAdded):
                self._added[facts.scan] = (entry.code, facts.sha256)

    def finish(self) -> list[str]:
        """Return the problems of all scans."""
        problems = []
        for number, code, sha256, removed in list(scans.raw_scans(self._connection)):
            expected = self._added.pop(number, None)
            if expected is None:
                problems.append(
                    _("Bản chụp số {number} không có mục nào trong sổ cái.").format(number=number)
                )
            elif expected != (code, sha256) or not self._holds(number, sha256, removed):
                problems.append(_altered(number, expected[0]))
        problems += [_altered(number, code) for number, (code, _hash) in self._added.items()]
        return problems

    def _holds(self, number: int, sha256: str, removed: object) -> bool:
        content = scans.content_of(self._connection, number)
        if content is None:
            return removed is not None
        return hashlib.sha256(content).hexdigest() == sha256


def _altered(number: int, code: str) -> str:
    text = _("Bản chụp số {number} của hồ sơ {code} đã bị sửa hoặc mất ngoài sổ cái.")
    return text.format(number=number, code=code)
