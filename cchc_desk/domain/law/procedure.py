"""A procedure (TTHC): its versions, papers, limits by channel and fee, each with its certainty."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from cchc_desk.domain.law.fees import FeeRule, read_fee
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.i18n import _, later

_CODE = re.compile(r"[0-9]\.[0-9]{6}")
_CODE_LENGTH = 8

_COUNTS = (later("Bản chính"), later("Bản chứng thực"), later("Bản photo"))
_COUNTS_OF_CERTIFICATION = (later("Số trang"), later("Số bản giấy"), later("Ký bản điện tử"))
CERTIFICATION = "Chứng thực"


def count_names(field: str) -> tuple[str, str, str]:
    """Return the names of a paper's three counts in a field; certification counts otherwise.

    In the order of PaperLabel: original, certified, copy.
    """
    return _COUNTS_OF_CERTIFICATION if field == CERTIFICATION else _COUNTS


class Channel(StrEnum):
    """Channel of the papers. National numbers: 1 direct, 2 online, 3 post (docs/sources.md)."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"

    @property
    def number(self) -> int:
        return (Channel.DIRECT, Channel.ONLINE, Channel.POST).index(self) + 1


class LimitStatus(StrEnum):
    """Certainty of a time limit (docs/catalogue.md)."""

    CONFIRMED = "confirmed"  # one value, seen verbatim with its unit
    SEVERAL = "several"  # several values seen, for several cases: the clerk chooses
    UNVERIFIED = "unverified"  # general knowledge [G]: the clerk compares it with the decision
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PaperLabel:
    """One paper to hand in, by a short label of our own, in the counts that are usual."""

    name: str
    original: int = 0
    certified: int = 0
    copy: int = 0
    required: bool = True


@dataclass(frozen=True)
class ProcessStep:
    """One step of a procedure's internal process, in working minutes (None: not set).

    `agency` names another agency that does it on its own clock (liên thông); "" for this office.
    """

    name: str
    role: str
    official: str | None = None
    minutes: int | None = None
    agency: str = ""


def first_step(process: Sequence[ProcessStep]) -> ProcessStep | None:
    """Return the step that acceptance itself is: the first, when the desk's clerk does it."""
    return process[0] if process and process[0].role == "clerk" and not process[0].agency else None


def planned_step(
    process: Sequence[ProcessStep], passed: Iterable[str], receiver: str, role: str, named: str = ""
) -> ProcessStep | None:
    """Return the step that begins when a dossier is handed to `receiver`.

    `passed`: the steps begun so far, by name. The step called `named` begins when a name is given.
    Otherwise it is a step of the receiver's: the next one, else the latest earlier one (the dossier
    is sent back), else the nearest later one. None when the process has no such step.
    """
    if named:
        return next((step for step in process if step.name == named), None)
    here = _present_place(process, passed)
    following = process[here + 1 : here + 2]
    earlier = reversed(process[: here + 1])
    later_ones = process[here + 2 :]
    for step in chain(following, earlier, later_ones):
        if _is_for(step, receiver, role):
            return step
    return None


def _present_place(process: Sequence[ProcessStep], passed: Iterable[str]) -> int:
    """Return the index of the step begun last; -1 when none has begun."""
    names = [step.name for step in process]
    begun = [names.index(name) for name in passed if name in names]
    if begun:
        return begun[-1]
    return 0 if first_step(process) else -1


def _is_for(step: ProcessStep, receiver: str, role: str) -> bool:
    return step.official == receiver if step.official else step.role == role


@dataclass(frozen=True)
class Confirmation:
    """The document by which this office confirmed a limit; `second` confirmed after `official`."""

    document: str
    day: date | None
    official: str
    at: datetime
    second: str = ""


@dataclass(frozen=True)
class ProcedureChange:
    """A version made by this office: in force under `key`, or waiting for its second person ("").

    `document` with its day is what it rests on; `decided_by` confirmed or dropped it.
    """

    id: int
    key: str
    version: "ProcedureVersion"
    document: str
    document_day: date | None
    entered_by: str
    entered: datetime
    decided_by: str | None = None
    decided: datetime | None = None
    dropped: bool = False

    @property
    def is_waiting(self) -> bool:
        return not self.key and not self.dropped


@dataclass(frozen=True)
class RememberedLimit:
    """The limit that a clerk confirmed last where the catalogue is not certain of it."""

    text: str
    official: str
    at: datetime


@dataclass(frozen=True)
class OfficeChoice:
    """The words and the place of a procedure on this office's screens; no promise depends on it.

    `place` is its rank in the office's own order, 1 first.
    """

    favourite: bool = False
    place: int | None = None
    hidden: bool = False
    short_name: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProcedureVersion:
    """One version of a procedure; unknown facts are empty.

    `limits` holds, per channel, the limit texts that deadlines.parse_limit reads. `effective_from`
    is the day the facts were seen when the shipped catalogue does not know since when they hold.
    The screen never shows `fee` without `fee_exemptions`; a citizen's paper has the words that
    `fee_for_citizen` makes of both.
    """

    code: str
    name: str
    field: str
    effective_from: date
    effective_to: date | None
    limits: Mapping[Channel, tuple[str, ...]]
    limit_status: LimitStatus
    fee: str
    fee_exemptions: str
    result: str
    decision: str
    papers: tuple[PaperLabel, ...]
    frequent: int | None  # rank among the frequent ones, 1 the most frequent
    mark: str  # [V] seen verbatim, [I] indirectly, [G] general knowledge
    source: str
    pauses: tuple[str, ...] = ()  # kinds that stop the clock, beside the supplement
    fee_rule: FeeRule | None = None  # None: the fee is words only
    confirmation: Confirmation | None = None  # of the limits, by this office
    ordinal: int = 1  # among the versions that begin on the same day

    @property
    def key(self) -> str:
        """Return the version within its procedure, as a dossier keeps it; keys sort by time."""
        day = self.effective_from.isoformat()
        return day if self.ordinal == 1 else f"{day}.{self.ordinal:02d}"

    def stops_clock(self, kind: PauseKind) -> bool:
        """True when a pause of this kind stops the clock under this version (docs/promise.md 8)."""
        return kind is PauseKind.SUPPLEMENT or kind.value in self.pauses

    def needs_confirmation(self, channel: Channel) -> bool:
        """True when the clerk has to confirm the limit: it is not one certain value here."""
        return (
            self.limit_status is not LimitStatus.CONFIRMED or len(self.limits.get(channel, ())) != 1
        )


# The catalogue's remarks to the clerk about its own facts: not for a citizen's paper.
_REMARKS = ("chưa rõ", "chưa kiểm chứng", "tra quyết định", "xem ", "cổng ")
FEE_UNKNOWN = "Theo quy định (hỏi tại quầy)"


def fee_for_citizen(fee: str, exemptions: str) -> str:
    """Return the certain part of the fee for a citizen's paper, without the screen's remarks."""
    if _is_remark(fee):
        return FEE_UNKNOWN
    certain = "; ".join(part for part in exemptions.split("; ") if part and not _is_remark(part))
    return f"{fee} ({certain})" if certain else fee


def _is_remark(text: str) -> bool:
    return any(remark in f"{text.lower()} " for remark in _REMARKS)


_THE_PROCEDURE = re.compile(r"^thủ tục( hành chính)?( về)? ", re.IGNORECASE)
_LEVEL = re.compile(
    r"\s*\((?:tại )?(?:ủy ban nhân dân |UBND )?cấp (?:xã|huyện|tỉnh)[^()]*\)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*\([^()]*\)")
LONGEST_SHORT_NAME = 60


@lru_cache(maxsize=2048)
def shortened(name: str) -> str:
    """Return the name for a screen: without «Thủ tục», «(cấp xã)», and remarks in a long one."""
    short = _LEVEL.sub("", _THE_PROCEDURE.sub("", name)).strip()
    if len(short) > LONGEST_SHORT_NAME:
        short = _REMARK.sub("", short).strip()
    return short[:1].upper() + short[1:] or name


_CERTAINTY = {
    "[I]": later("chưa kiểm chứng: mới biết mã và tên gọi"),
    "[G]": later("thời hạn chưa kiểm chứng"),
}


def certainty_words(version: ProcedureVersion) -> str:
    """Return what a reader should know of a version's certainty; "" where there is no doubt."""
    if version.confirmation or version.mark == "[V]":
        return ""
    return _(_CERTAINTY.get(version.mark, ""))


def version_on(versions: Iterable[ProcedureVersion], day: date) -> ProcedureVersion | None:
    """Return the newest version begun by `day`, else the oldest known; None once it has ended.

    A dossier taken in before the facts were seen gets the oldest version known: the shipped
    catalogue has the day on which a fact was seen, not since when it holds.
    """
    chosen: ProcedureVersion | None = None
    for version in sorted(versions, key=lambda version: version.key):
        if chosen is None or version.effective_from <= day:
            chosen = version
    if chosen is None or (chosen.effective_to and chosen.effective_to < day):
        return None
    return chosen


def match_code(text: str) -> str:
    """Cut a local variant to the national code: "1.001193.000.00.00.H56" -> "1.001193".

    Source: docs/sources.md, "Codes".
    """
    return text.strip()[:_CODE_LENGTH]


def procedures_from_rows(
    rows: Iterable[Mapping[str, str]], papers: Mapping[str, Mapping[str, object]]
) -> tuple[ProcedureVersion, ...]:
    """Build the catalogue from csv rows and `papers` (by code: "frequent", its rank, "papers").

    Raises ValueError naming the wrong row.
    """
    return tuple(_version(row, papers.get(row["code"], {})) for row in rows)


def _version(row: Mapping[str, str], known: Mapping[str, object]) -> ProcedureVersion:
    try:
        if not _CODE.fullmatch(row["code"]):
            raise ValueError("a procedure code looks like 1.001193")
        return ProcedureVersion(
            code=row["code"],
            name=row["name"],
            field=row["field"],
            effective_from=date.fromisoformat(row["effective_from"]),
            effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
            limits={channel: _limits(row[f"limit_{channel.value}"]) for channel in Channel},
            limit_status=LimitStatus(row["limit_status"]),
            fee=row["fee"],
            fee_exemptions=row["fee_exemptions"],
            result=row["result"],
            decision=row["decision"],
            papers=_papers(known.get("papers", [])),
            frequent=_rank(known.get("frequent")),
            mark=row["mark"],
            source=row["source"],
            pauses=_pauses(known.get("pauses", [])),
            fee_rule=read_fee(row["fee"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"catalogue row {row.get('code')}: {error}") from error


def _limits(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _papers(listed: object) -> tuple[PaperLabel, ...]:
    if not isinstance(listed, list):
        raise TypeError("papers must be a list")
    return tuple(PaperLabel(**paper) for paper in listed)


def _pauses(listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list):
        raise TypeError("pauses must be a list")
    return tuple(PauseKind(kind).value for kind in listed)


def _rank(rank: object) -> int | None:
    if rank is None or isinstance(rank, int):
        return rank
    raise TypeError("frequent must be a whole number")
