"""Facts of lists that other systems give out: a list taken, a dossier watched from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Facts, Names, Personal
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, moment


@dataclass(frozen=True)
class ListTaken(Facts):
    """A list that was taken: its file, what it was, how many of its rows became what.

    `mended` counts the cells that the clerk typed because they could not be read.
    """

    file: Personal
    sha256: Clear
    layout: Clear
    system: Clear
    new: int
    newer: int
    same: int
    differs: int
    unreadable: int
    skipped: int
    mended: int

    act = Act.TAKE_LIST


@dataclass(frozen=True)
class Watched(DossierFacts):
    """A dossier of another system whose promise is kept here from now on.

    `row` of the list; 0 for a receipt that was pasted.
    """

    system: Clear
    sha256: Clear
    row: int
    procedure: Clear
    received: datetime
    due: datetime
    name: Personal

    act = Act.WATCH

    def sentence(self, names: Names) -> str:
        words = _("Theo dõi từ danh sách {system}, dòng {row}: hẹn trả {due}")
        if not self.row:
            words = _("Theo dõi từ biên nhận {system}: hẹn trả {due}")
        return words.format(
            system=self.system or _("của hệ thống khác"), row=self.row, due=moment(self.due)
        )


@dataclass(frozen=True)
class ReceiptKept(DossierFacts):
    """The text of a receipt from which a dossier was made or filled in; it goes with its people."""

    text: Personal
    sha256: Clear
    system: Clear

    act = Act.KEEP_RECEIPT

    def sentence(self, names: Names) -> str:
        return _("Giữ văn bản biên nhận đã dán của {system}").format(system=self.system)


@dataclass(frozen=True)
class FinishedThere(DossierFacts):
    """A later list says that the dossier is done."""

    sha256: Clear
    row: int
    finished: datetime
    how: Clear  # "ready", "returned" or "ended"

    act = Act.TAKE_LIST

    def sentence(self, names: Names) -> str:
        words = {
            "ready": _("Danh sách ghi đã có kết quả lúc {moment}"),
            "returned": _("Danh sách ghi đã trả kết quả lúc {moment}"),
            "ended": _("Danh sách ghi đã dừng hoặc rút lúc {moment}"),
        }
        return words[self.how].format(moment=moment(self.finished))


@dataclass(frozen=True)
class LayoutLearned(Facts):
    """The clerk said what the columns of an unknown list hold: the field by the heading."""

    fingerprint: Clear
    columns: Mapping[Clear, Clear]

    act = Act.LEARN_LIST


@dataclass(frozen=True)
class OfficialNamed(Facts):
    """The clerk said whom a name in lists means."""

    named: Personal
    official: Clear

    act = Act.LEARN_LIST


@dataclass(frozen=True)
class OtherDossier(DossierFacts):
    """The clerk took back that a code in lists is this dossier."""

    not_theirs: Clear

    act = Act.LEARN_LIST

    def sentence(self, names: Names) -> str:
        return _("Không phải cùng một hồ sơ với mã {code} của danh sách").format(
            code=self.not_theirs
        )


@dataclass(frozen=True)
class SameDossier(DossierFacts):
    """The clerk said that a code in lists is this dossier, which was taken in here."""

    theirs: Clear

    act = Act.LEARN_LIST

    def sentence(self, names: Names) -> str:
        return _("Cùng một hồ sơ với mã {code} trong danh sách của hệ thống khác").format(
            code=self.theirs
        )
