"""Facts of the ledger: one frozen dataclass per act (two where an act has two shapes).

A class owns its JSON keys (its fields), which of them are personal, and its sentence in the history
of a dossier. `read` decodes an entry of any version and raises WrongShape for details that no
version wrote: a fault of the program, unless the entry's hash shows that they were changed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, get_args, get_type_hints

from cchc_desk.domain.dossiers.dossier import STATUS_NAMES, Status
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, _n, later, moment
from cchc_desk.settings import PAPERS

Names = Mapping[str, str]  # log-in name -> name of the official
HOW_WORDS = {
    "counter": later("tại quầy"),
    "phone": later("qua điện thoại"),
    "post": later("qua bưu chính"),
    "message": later("bằng tin nhắn"),
}
PAUSE_WORDS = {
    "supplement": later("Chờ bổ sung"),
    "opinion": later("Lấy ý kiến cơ quan khác"),
    "field-check": later("Kiểm tra thực địa"),
    "obligation": later("Chờ nghĩa vụ tài chính"),
}
_NO_DEFAULTS: Mapping[str, Any] = MappingProxyType({})


class WrongShape(Exception):
    """Details of an entry that do not have the keys and types of its act."""


@dataclass(frozen=True)
class Envelope:
    """Proofs that stand beside an act's facts in the same JSON object; None or empty: not written.

    `entry_before` is 0 where the act is the first on its dossier.
    """

    seal: str | None = None
    tables: Mapping[str, str] | None = None
    entry_before: int | None = None
    broken_before: bool = False
    broken_tables: tuple[str, ...] = ()

    def encode(self) -> dict[str, Any]:
        return _written(self)


@dataclass(frozen=True)
class Facts:
    """Base of all facts. A field with a default is not written while it has that value."""

    acts: ClassVar[tuple[Act, ...]]
    personal: ClassVar[frozenset[str]] = frozenset()
    older: ClassVar[Mapping[str, Any]] = _NO_DEFAULTS  # values for keys that old versions lacked

    def encode(self) -> dict[str, Any]:
        """The act's keys and values as JSON knows them."""
        return _written(self)

    @classmethod
    def renamed(cls, found: Mapping[str, Any]) -> Mapping[str, Any]:
        """The details under today's keys."""
        return found

    def sentence(self, names: Names) -> str:
        """The act in its dossier's history, without who did it; WrongShape where it has none."""
        raise WrongShape(f"{type(self).__name__} is no act on a dossier")


# --- acts on a dossier ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Accepted(Facts):
    procedure: str
    procedure_code: str
    limit: str
    due: datetime
    regime: str
    name: str
    id_number: str
    papers: int
    late_entry_minutes: int

    acts = (Act.ACCEPT,)
    personal = frozenset({"name", "id_number"})
    older = MappingProxyType({"late_entry_minutes": 0})

    def sentence(self, names: Names) -> str:
        late = _(", nhập muộn") if self.late_entry_minutes else ""
        text = _("Tiếp nhận «{procedure}», hẹn trả {due}")
        return text.format(procedure=self.procedure, due=moment(self.due)) + late


@dataclass(frozen=True)
class Answered(Facts):
    """A registration of the portal became a dossier."""

    portal_code: str
    dossier: str

    acts = (Act.ACCEPT,)


@dataclass(frozen=True)
class Ready(Facts):
    dropped_draft: str | None = None

    acts = (Act.READY,)

    def sentence(self, names: Names) -> str:
        return _("Có kết quả")


@dataclass(frozen=True)
class Returned(Facts):
    """`returned_how` is None in entries of schema 1, which called `returned_to` "to"."""

    returned_to: str
    papers_back: str
    letters_owed: int
    authority: str
    originals: str
    returned_how: str | None = None

    acts = (Act.RETURN,)
    personal = frozenset({"returned_to", "papers_back", "authority", "originals"})
    older = MappingProxyType({"papers_back": "", "authority": "", "originals": ""})

    @classmethod
    def renamed(cls, found: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"returned_to": found["to"], **found} if "to" in found else found

    def sentence(self, names: Names) -> str:
        owed = _("; còn nợ thư xin lỗi") if self.letters_owed else ""
        how = f" {_how(self.returned_how)}" if self.returned_how is not None else ""
        return _("Trả kết quả{how} cho {name}").format(how=how, name=self.returned_to) + owed


@dataclass(frozen=True)
class Notified(Facts):
    how: str
    in_time: bool

    acts = (Act.NOTIFY,)

    def sentence(self, names: Names) -> str:
        late = "" if self.in_time else _(" (muộn so với quy định báo trước)")
        return _("Báo trước cho công dân {how}").format(how=_how(self.how)) + late


@dataclass(frozen=True)
class Drafted(Facts):
    letter: str
    cause: str
    reason: str
    new_due: datetime | None
    responsible: str | None
    own_fault: bool | None

    acts = (Act.DRAFT_LETTER,)
    personal = frozenset({"reason"})

    def sentence(self, names: Names) -> str:
        # the reason is often the label of the cause itself, which the catalogue knows
        return _("Soạn thư xin lỗi: {reason}").format(reason=_(self.reason))


@dataclass(frozen=True)
class DraftDropped(Facts):
    """A draft that an earlier program left was taken away: the dossier was done in time."""

    dropped_draft: str

    acts = (Act.DRAFT_LETTER,)

    def sentence(self, names: Names) -> str:
        return _("Bỏ thư xin lỗi đã soạn, vì hồ sơ xong đúng hẹn")


@dataclass(frozen=True)
class Signed(Facts):
    letter: str
    number: str
    new_due: datetime | None

    acts = (Act.SIGN_LETTER,)
    older = MappingProxyType({"new_due": None})

    def sentence(self, names: Names) -> str:
        again = _(", hẹn lại {due}").format(due=moment(self.new_due)) if self.new_due else ""
        return _("Ký thư xin lỗi số {number}").format(number=self.number) + again


@dataclass(frozen=True)
class Delivered(Facts):
    letter: str
    how: str
    to: str

    acts = (Act.DELIVER_LETTER,)
    personal = frozenset({"to"})
    older = MappingProxyType({"to": ""})

    def sentence(self, names: Names) -> str:
        return _("Trao thư xin lỗi {how}").format(how=_how(self.how))


@dataclass(frozen=True)
class HandedOver(Facts):
    giver: str
    receiver: str
    step: str
    agency: str
    note: str

    acts = (Act.HAND_OVER,)
    personal = frozenset({"note"})
    older = MappingProxyType({"note": ""})

    def sentence(self, names: Names) -> str:
        agency = _(", gửi {agency}").format(agency=self.agency) if self.agency else ""
        giver, receiver = _name(self.giver, names), _name(self.receiver, names)
        text = _("Bàn giao {giver} → {receiver}: {step}")
        return text.format(giver=giver, receiver=receiver, step=_(self.step)) + agency


@dataclass(frozen=True)
class Requested(Facts):
    """Request for a supplement; `broken_notice` is None for a slip given before acceptance."""

    number: str
    reason: str
    items: tuple[str, ...]
    broken_notice: bool | None = None

    acts = (Act.REQUEST,)
    personal = frozenset({"reason", "items"})

    def sentence(self, names: Names) -> str:
        late = _(" (yêu cầu lần đầu vào ngày hẹn trả hoặc sau đó)") if self.broken_notice else ""
        text = _("Yêu cầu bổ sung số {number}: {items}")
        return text.format(number=self.number, items="; ".join(self.items)) + late


@dataclass(frozen=True)
class ToldSupplement(Facts):
    how: str

    acts = (Act.TELL,)

    def sentence(self, names: Names) -> str:
        return _("Báo công dân nội dung cần bổ sung {how}").format(how=_how(self.how))


@dataclass(frozen=True)
class WentOn(Facts):
    """The clock runs again; `due` is the promise as it stands now, `moved` whether it changed."""

    due: datetime
    moved: bool
    note: str

    personal = frozenset({"note"})
    older = MappingProxyType({"note": ""})
    words: ClassVar[str]

    def sentence(self, names: Names) -> str:
        moved = _("; hạn trả chuyển sang {due}").format(due=moment(self.due)) if self.moved else ""
        return _(self.words).format(moved=moved)


@dataclass(frozen=True)
class Supplemented(WentOn):
    acts = (Act.SUPPLEMENT,)
    words = later("Công dân đã bổ sung{moved}")


@dataclass(frozen=True)
class Resumed(WentOn):
    acts = (Act.RESUME,)
    words = later("Hết tạm dừng{moved}")


@dataclass(frozen=True)
class Paid(WentOn):
    acts = (Act.PAY,)
    words = later("Đã thực hiện nghĩa vụ tài chính{moved}")


@dataclass(frozen=True)
class StoodStill(Facts):
    kind: str
    reason: str
    stops_clock: bool

    personal = frozenset({"reason"})

    def sentence(self, names: Names) -> str:
        clock = _("dừng tính thời gian") if self.stops_clock else _("thời gian vẫn tính")
        return f"{_(_word(PAUSE_WORDS, self.kind))} ({clock}): {self.reason}"


@dataclass(frozen=True)
class Paused(StoodStill):
    acts = (Act.PAUSE,)


@dataclass(frozen=True)
class Obliged(StoodStill):
    acts = (Act.OBLIGE,)


@dataclass(frozen=True)
class Ended(Facts):
    reason: str
    number: str
    letters_owed: int
    dropped_draft: str | None = None

    personal = frozenset({"reason"})
    older = MappingProxyType({"number": "", "letters_owed": 0})
    words: ClassVar[str]

    def sentence(self, names: Names) -> str:
        number = _(" (thông báo số {number})").format(number=self.number) if self.number else ""
        return _(self.words).format(number=number) + (f": {self.reason}" if self.reason else "")


@dataclass(frozen=True)
class Withdrawn(Ended):
    acts = (Act.WITHDRAW,)
    words = later("Công dân rút hồ sơ{number}")


@dataclass(frozen=True)
class Stopped(Ended):
    acts = (Act.STOP,)
    words = later("Dừng giải quyết{number}")


@dataclass(frozen=True)
class Undone(Facts):
    reason: str
    undone: int

    acts = (Act.UNDO,)
    personal = frozenset({"reason"})

    def sentence(self, names: Names) -> str:
        try:
            undone = STATUS_NAMES[Status(self.undone)]
        except (KeyError, ValueError) as error:
            raise WrongShape(f"no status {self.undone}") from error
        return _("Hoàn tác «{undone}»: {reason}").format(undone=_(undone), reason=self.reason)


@dataclass(frozen=True)
class Fixed(Facts):
    """Who answers for a late dossier; `over` minutes were used beyond the step's budget."""

    cause: str
    step: str
    official: str | None
    own_fault: bool | None
    over: int | None

    acts = (Act.FIX_RESPONSIBILITY,)

    def sentence(self, names: Names) -> str:
        fault = {
            True: _("do lỗi cá nhân"),
            False: _("không do lỗi cá nhân"),
            None: _("chưa kết luận lỗi"),
        }[self.own_fault]
        who = _name(self.official, names) if self.official else _("chưa rõ người")
        over = _n(", quá {n} phút", self.over).format(n=self.over) if self.over else ""
        text = _("Xác định trách nhiệm: {official}, bước {step}{over}, {fault}")
        return text.format(official=who, step=_(self.step), over=over, fault=fault)


@dataclass(frozen=True)
class Objected(Facts):
    official: str
    objection: str

    acts = (Act.OBJECT,)
    personal = frozenset({"objection"})

    def sentence(self, names: Names) -> str:
        text = _("Ý kiến của {official}: {objection}")
        return text.format(official=_name(self.official, names), objection=self.objection)


@dataclass(frozen=True)
class Shelved(Facts):
    place: str

    acts = (Act.SHELVE,)

    def sentence(self, names: Names) -> str:
        if self.place:
            return _("Để hồ sơ tại {place}").format(place=self.place)
        return _("Lấy hồ sơ khỏi nơi để")


@dataclass(frozen=True)
class DueMoved(Facts):
    calendar: str
    before: datetime
    after: datetime

    acts = (Act.MOVE_DUE,)

    def sentence(self, names: Names) -> str:
        text = _("Lịch làm việc đổi ({calendar}): hạn trả chuyển từ {before} sang {after}")
        before, after = moment(self.before), moment(self.after)
        return text.format(calendar=_(self.calendar), before=before, after=after)


@dataclass(frozen=True)
class Visited(Facts):
    moment: str
    done: tuple[str, ...]

    acts = (Act.VISIT,)

    def sentence(self, names: Names) -> str:
        return _("Tự chấm «4 xin, 4 luôn»")


@dataclass(frozen=True)
class Rated(Facts):
    stage: str
    faces: int
    told: bool | None
    corrected: int | None

    acts = (Act.RATE,)

    def sentence(self, names: Names) -> str:
        return _("Công dân đã đánh giá")


@dataclass(frozen=True)
class Anonymised(Facts):
    """`rewritten`: number of each entry whose details were replaced, hash of the new ones."""

    reason: str
    rewritten: Mapping[str, str] | None = None

    acts = (Act.ANONYMISE,)
    personal = frozenset({"reason"})

    def sentence(self, names: Names) -> str:
        return _("Ẩn danh thông tin cá nhân: {reason}").format(reason=self.reason)


@dataclass(frozen=True)
class Printed(Facts):
    """Entries of older versions name neither slip nor letter."""

    kind: str
    times: int
    slip: str | None = None
    letter: str | None = None

    acts = (Act.PRINT,)

    def sentence(self, names: Names) -> str:
        paper = _(_word(PAPERS, self.kind))
        return _("In {paper} lần {times}").format(paper=paper, times=self.times)


_DOSSIER_FACTS: tuple[type[Facts], ...] = (
    *(Accepted, Answered, Ready, Returned, Notified, Drafted, DraftDropped, Signed, Delivered),
    *(HandedOver, Requested, ToldSupplement, Supplemented, Resumed, Paid, Paused, Obliged),
    *(Withdrawn, Stopped, Undone, Fixed, Objected, Shelved, DueMoved, Visited, Rated),
    *(Anonymised, Printed),
)
BY_ACT: dict[str, tuple[type[Facts], ...]] = {
    act.value: tuple(kind for kind in _DOSSIER_FACTS if act in kind.acts)
    for act in Act
    if any(act in kind.acts for kind in _DOSSIER_FACTS)
}


# --- reading --------------------------------------------------------------------------------------


def read(act: str, details: str) -> Facts:
    """The facts of an entry of any version; WrongShape where its details are not those of `act`.

    An act of the desk itself has no class yet: WrongShape.
    """
    found = _object(details)
    kinds = BY_ACT.get(act, ())
    lacking: list[str] = []
    for kind in kinds:
        values = {**kind.older, **kind.renamed(found)}
        missing = [name for name in _REQUIRED[kind] if name not in values]
        if not missing:
            return kind(**dict(_typed(kind, values)))
        lacking.append(f"{kind.__name__} lacks {', '.join(missing)}")
    raise WrongShape("; ".join(lacking) or f"no facts for {act}")


def read_envelope(details: str) -> Envelope:
    """The proofs beside the facts; WrongShape where the details are no JSON object or of a wrong
    type.
    """
    return Envelope(**dict(_typed(Envelope, _object(details))))


def _object(details: str) -> dict[str, Any]:
    try:
        found = json.loads(details)
    except ValueError as error:
        raise WrongShape("details are no JSON") from error
    if not isinstance(found, dict):
        raise WrongShape("details are no object")
    return found


def _kinds_of(kind: type[Facts] | type[Envelope]) -> dict[str, tuple[type, ...]]:
    """For each field the types that its value may have, `datetime` for an ISO minute."""
    hints = get_type_hints(kind)
    plain = {}
    for field in fields(kind):
        hint = hints[field.name]
        options = [hint] if hasattr(hint, "__origin__") else list(get_args(hint)) or [hint]
        plain[field.name] = tuple(getattr(option, "__origin__", option) for option in options)
    return plain


_ALL: tuple[type[Facts] | type[Envelope], ...] = (Envelope, *_DOSSIER_FACTS)
_TYPES: dict[type, dict[str, tuple[type, ...]]] = {kind: _kinds_of(kind) for kind in _ALL}
_REQUIRED = {
    kind: tuple(
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )
    for kind in _DOSSIER_FACTS
}
_DEFAULTS: dict[type, dict[str, Any]] = {
    kind: {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    for kind in _ALL
}


def _typed(kind: type, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, types in _TYPES[kind].items():
        if name in values:
            yield name, _value(kind, name, types, values[name])


def _value(kind: type, name: str, types: tuple[type, ...], value: Any) -> Any:
    if datetime in types and isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError as error:
            raise WrongShape(f"{kind.__name__}.{name} is no moment") from error
    if tuple in types and isinstance(value, list):
        return tuple(value)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise WrongShape(f"{kind.__name__}.{name} is a {type(value).__name__}")
    return value


def _written(facts: Facts | Envelope) -> dict[str, Any]:
    defaults = _DEFAULTS[type(facts)]
    return {
        name: _plain(value)
        for name, value in vars(facts).items()
        if name not in defaults or value != defaults[name]
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return dict(value) if isinstance(value, Mapping) else value


def _name(official: str, names: Names) -> str:
    return names.get(official, official)


def _how(code: str) -> str:
    return _(_word(HOW_WORDS, code))


def _word(words: Mapping[str, str], key: str) -> str:
    try:
        return words[key]
    except KeyError as error:
        raise WrongShape(f"no words for {key}") from error
