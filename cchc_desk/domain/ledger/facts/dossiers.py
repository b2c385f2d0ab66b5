"""Facts of a dossier's way through the office and its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from cchc_desk.domain.dossiers.dossier import STATUS_NAMES, Status
from cchc_desk.domain.ledger.facts.base import (
    Clear,
    DossierFacts,
    Names,
    PaperFacts,
    Personal,
    WrongShape,
)
from cchc_desk.domain.ledger.facts.words import how_words, name_of
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, later


@dataclass(frozen=True)
class Ready(DossierFacts):
    dropped_draft: Clear | None = None

    act = Act.READY

    def sentence(self, names: Names) -> str:
        return _("Có kết quả")


@dataclass(frozen=True)
class Returned(DossierFacts):
    """`returned_how` is None in entries of schema 1, which called `returned_to` "to"."""

    returned_to: Personal
    papers_back: Personal
    letters_owed: int
    authority: Personal
    originals: Personal
    returned_how: Clear | None = None

    act = Act.RETURN
    older = MappingProxyType({"papers_back": "", "authority": "", "originals": ""})
    renamed = MappingProxyType({"to": "returned_to"})

    def sentence(self, names: Names) -> str:
        owed = _("; còn nợ thư xin lỗi") if self.letters_owed else ""
        how = f" {how_words(self.returned_how)}" if self.returned_how is not None else ""
        return _("Trả kết quả{how} cho {name}").format(how=how, name=self.returned_to) + owed


@dataclass(frozen=True)
class HandedOver(DossierFacts):
    giver: Clear
    receiver: Clear
    step: Clear
    agency: Clear
    note: Personal

    act = Act.HAND_OVER
    older = MappingProxyType({"note": ""})

    def sentence(self, names: Names) -> str:
        agency = _(", gửi {agency}").format(agency=self.agency) if self.agency else ""
        giver, receiver = name_of(self.giver, names), name_of(self.receiver, names)
        text = _("Bàn giao {giver} → {receiver}: {step}")
        return text.format(giver=giver, receiver=receiver, step=_(self.step)) + agency


@dataclass(frozen=True)
class Shelved(DossierFacts):
    place: Clear

    act = Act.SHELVE

    def sentence(self, names: Names) -> str:
        if self.place:
            return _("Để hồ sơ tại {place}").format(place=self.place)
        return _("Lấy hồ sơ khỏi nơi để")


@dataclass(frozen=True)
class Ended(PaperFacts):
    reason: Personal
    number: Clear
    letters_owed: int
    dropped_draft: Clear | None = None

    older = MappingProxyType({"number": "", "letters_owed": 0})
    words: ClassVar[str]

    def sentence(self, names: Names) -> str:
        number = _(" (thông báo số {number})").format(number=self.number) if self.number else ""
        return _(self.words).format(number=number) + (f": {self.reason}" if self.reason else "")


@dataclass(frozen=True)
class Withdrawn(Ended):
    act = Act.WITHDRAW
    words = later("Công dân rút hồ sơ{number}")


@dataclass(frozen=True)
class Stopped(Ended):
    act = Act.STOP
    words = later("Dừng giải quyết{number}")


@dataclass(frozen=True)
class Undone(DossierFacts):
    reason: Personal
    undone: int

    act = Act.UNDO

    def sentence(self, names: Names) -> str:
        try:
            undone = STATUS_NAMES[Status(self.undone)]
        except (KeyError, ValueError) as error:
            raise WrongShape(f"no status {self.undone}") from error
        return _("Hoàn tác «{undone}»: {reason}").format(undone=_(undone), reason=self.reason)


@dataclass(frozen=True)
class Anonymised(DossierFacts):
    """`rewritten`: number of each entry whose details were replaced, hash of the new ones."""

    reason: Personal
    rewritten: Mapping[Clear, Clear] | None = None

    act = Act.ANONYMISE

    def sentence(self, names: Names) -> str:
        return _("Ẩn danh thông tin cá nhân: {reason}").format(reason=self.reason)
