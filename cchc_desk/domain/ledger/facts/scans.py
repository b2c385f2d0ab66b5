"""Facts of acts on the scans of a dossier."""

from dataclasses import dataclass

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Names, Personal
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _


@dataclass(frozen=True)
class ScanAdded(DossierFacts):
    """`scan` is its number at this desk, `size` its bytes, `sha256` the hash of its content."""

    scan: int
    name: Personal
    kind: Clear
    size: int
    sha256: Clear

    act = Act.ADD_SCAN

    def sentence(self, names: Names) -> str:
        return _("Thêm bản chụp số {scan}: {name}").format(scan=self.scan, name=self.name)


@dataclass(frozen=True)
class ScanRemoved(DossierFacts):
    """Its content goes a day later, what the ledger says of it stays."""

    scan: int
    reason: Personal

    act = Act.REMOVE_SCAN

    def sentence(self, names: Names) -> str:
        text = _("Bỏ bản chụp số {scan}: {reason}")
        return text.format(scan=self.scan, reason=self.reason)


@dataclass(frozen=True)
class ScanRestored(DossierFacts):
    scan: int

    act = Act.RESTORE_SCAN

    def sentence(self, names: Names) -> str:
        return _("Lấy lại bản chụp số {scan} vừa bỏ").format(scan=self.scan)


@dataclass(frozen=True)
class ScanSaved(DossierFacts):
    """A copy goes out of the program; noted before the file is written."""

    scan: int

    act = Act.SAVE_SCAN

    def sentence(self, names: Names) -> str:
        return _("Lưu bản chụp số {scan} ra tệp").format(scan=self.scan)


SCAN_ACTS = (ScanAdded, ScanRemoved, ScanRestored, ScanSaved)
