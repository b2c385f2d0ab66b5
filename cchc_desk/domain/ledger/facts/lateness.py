"""Facts of what a promise in danger asks for: notices, letters of apology, responsibility."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Names, PaperFacts, Personal
from cchc_desk.domain.ledger.facts.words import how_words, name_of
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, _n, moment


@dataclass(frozen=True)
class Notified(DossierFacts):
    how: Clear
    in_time: bool

    act = Act.NOTIFY

    def sentence(self, names: Names) -> str:
        late = "" if self.in_time else _(" (muộn so với quy định báo trước)")
        return _("Báo trước cho công dân {how}").format(how=how_words(self.how)) + late


@dataclass(frozen=True)
class Drafted(DossierFacts):
    letter: Clear
    cause: Clear
    reason: Personal
    new_due: datetime | None
    responsible: Clear | None
    own_fault: bool | None

    act = Act.DRAFT_LETTER

    def sentence(self, names: Names) -> str:
        if not self.reason:  # of many drafted at once: it is asked for before they are signed
            return _("Soạn thư xin lỗi, chưa có lý do")
        # the reason is often the label of the cause itself, which the catalogue knows
        return _("Soạn thư xin lỗi: {reason}").format(reason=_(self.reason))


@dataclass(frozen=True)
class DraftDropped(DossierFacts):
    """A draft that an earlier program left was taken away: the dossier was done in time."""

    dropped_draft: Clear

    act = Act.DRAFT_LETTER

    def sentence(self, names: Names) -> str:
        return _("Bỏ thư xin lỗi đã soạn, vì hồ sơ xong đúng hẹn")


@dataclass(frozen=True)
class Signed(PaperFacts):
    letter: Clear
    number: Clear
    new_due: datetime | None

    act = Act.SIGN_LETTER
    older = MappingProxyType({"new_due": None})

    def sentence(self, names: Names) -> str:
        again = _(", hẹn lại {due}").format(due=moment(self.new_due)) if self.new_due else ""
        return _("Ký thư xin lỗi số {number}").format(number=self.number) + again


@dataclass(frozen=True)
class SignedByKey(DossierFacts):
    """A digital signature on a signed paper: the name in the certificate, the file's SHA-256."""

    signed_paper: Clear
    certificate: Clear
    sha256: Clear

    act = Act.SIGN_LETTER

    def sentence(self, names: Names) -> str:
        return _("Ký số văn bản đã ký (chứng thư của {signer})").format(signer=self.certificate)


@dataclass(frozen=True)
class Delivered(DossierFacts):
    letter: Clear
    how: Clear
    to: Personal

    act = Act.DELIVER_LETTER
    older = MappingProxyType({"to": ""})

    def sentence(self, names: Names) -> str:
        return _("Trao thư xin lỗi {how}").format(how=how_words(self.how))


@dataclass(frozen=True)
class Fixed(DossierFacts):
    """Responsibility for a late dossier; `over` minutes were used beyond the step's budget.

    `document`: the paper of the higher office that decided, about a leader's own dossier.
    """

    cause: Clear
    step: Clear
    official: Clear | None
    own_fault: bool | None
    over: int | None
    document: Clear = ""

    act = Act.FIX_RESPONSIBILITY

    def sentence(self, names: Names) -> str:
        fault = {
            True: _("do lỗi cá nhân"),
            False: _("không do lỗi cá nhân"),
            None: _("chưa kết luận lỗi"),
        }[self.own_fault]
        who = name_of(self.official, names) if self.official else _("chưa rõ người")
        over = _n(", quá {n} phút", self.over).format(n=self.over) if self.over else ""
        text = _("Xác định trách nhiệm: {official}, bước {step}{over}, {fault}")
        said = text.format(official=who, step=_(self.step), over=over, fault=fault)
        if not self.document:
            return said
        return said + _("; cấp trên quyết định tại {document}").format(document=self.document)


@dataclass(frozen=True)
class ReportedUp(DossierFacts):
    """A leader may not decide about a dossier of their own: the higher office is asked to."""

    reported_up: Clear
    cause: Clear

    act = Act.FIX_RESPONSIBILITY

    def sentence(self, names: Names) -> str:
        text = _("Báo cấp trên xác định trách nhiệm của {official}")
        return text.format(official=name_of(self.reported_up, names))


@dataclass(frozen=True)
class Objected(DossierFacts):
    official: Clear
    objection: Personal

    act = Act.OBJECT

    def sentence(self, names: Names) -> str:
        text = _("Ý kiến của {official}: {objection}")
        return text.format(official=name_of(self.official, names), objection=self.objection)
