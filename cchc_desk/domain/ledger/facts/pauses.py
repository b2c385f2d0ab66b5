"""Facts of acts by which a dossier's clock stands still and runs again."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Names, Personal
from cchc_desk.domain.ledger.facts.words import how_words, word
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, later, moment

_PAUSE_WORDS = {
    "supplement": later("Chờ bổ sung"),
    "opinion": later("Lấy ý kiến cơ quan khác"),
    "field-check": later("Kiểm tra thực địa"),
    "obligation": later("Chờ nghĩa vụ tài chính"),
}


@dataclass(frozen=True)
class Requested(DossierFacts):
    """Request for a supplement; `broken_notice` is None for a slip given before acceptance."""

    number: Clear
    reason: Personal
    items: tuple[Personal, ...]
    broken_notice: bool | None = None

    act = Act.REQUEST

    def sentence(self, names: Names) -> str:
        late = _(" (yêu cầu lần đầu vào ngày hẹn trả hoặc sau đó)") if self.broken_notice else ""
        text = _("Yêu cầu bổ sung số {number}: {items}")
        return text.format(number=self.number, items="; ".join(self.items)) + late


@dataclass(frozen=True)
class ToldSupplement(DossierFacts):
    how: Clear

    act = Act.TELL

    def sentence(self, names: Names) -> str:
        return _("Báo công dân nội dung cần bổ sung {how}").format(how=how_words(self.how))


@dataclass(frozen=True)
class WentOn(DossierFacts):
    """The clock runs again; `due` is the promise as it stands now, `moved` whether it changed."""

    due: datetime
    moved: bool
    note: Personal

    older = MappingProxyType({"note": ""})
    words: ClassVar[str]

    def sentence(self, names: Names) -> str:
        moved = _("; hạn trả chuyển sang {due}").format(due=moment(self.due)) if self.moved else ""
        return _(self.words).format(moved=moved)


@dataclass(frozen=True)
class Supplemented(WentOn):
    act = Act.SUPPLEMENT
    words = later("Công dân đã bổ sung{moved}")


@dataclass(frozen=True)
class Resumed(WentOn):
    """`reason`: the one of several for which the dossier waits no more, "" for all of them."""

    reason: Personal = ""

    act = Act.RESUME
    words = later("Hết tạm dừng{moved}")

    def sentence(self, names: Names) -> str:
        said = super().sentence(names)
        ended = "; ".join(self.reason.splitlines())
        return _("{said}: {ended}").format(said=said, ended=ended) if ended else said


@dataclass(frozen=True)
class Paid(WentOn):
    act = Act.PAY
    words = later("Đã thực hiện nghĩa vụ tài chính{moved}")


@dataclass(frozen=True)
class StoodStill(DossierFacts):
    kind: Clear
    reason: Personal
    stops_clock: bool

    def sentence(self, names: Names) -> str:
        clock = _("dừng tính thời gian") if self.stops_clock else _("thời gian vẫn tính")
        reasons = "; ".join(self.reason.splitlines())
        return f"{_(word(_PAUSE_WORDS, self.kind))} ({clock}): {reasons}"


@dataclass(frozen=True)
class Paused(StoodStill):
    act = Act.PAUSE


@dataclass(frozen=True)
class Obliged(StoodStill):
    act = Act.OBLIGE
