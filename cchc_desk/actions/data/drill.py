"""The monthly drill: the last copy is opened in a sandbox and compared; a record is printed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cchc_desk.actions.data import copies, doubts, upkeep
from cchc_desk.actions.people import accounts
from cchc_desk.domain.ledger.facts.office import Drilled, KnownHead
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.store.engine import copies as kept_copies
from cchc_desk.store.ledger import journal

if TYPE_CHECKING:
    from cchc_desk.papers.forms.drill_record import DrillLine

EVERY = timedelta(days=31)
_MOST_PROBLEMS = 10  # told on the record


@dataclass(frozen=True)
class Drill:
    """A drill as the ledger has it: when, by whom, and what was found."""

    at: datetime
    official: str
    facts: Drilled

    @property
    def ok(self) -> bool:
        return not self.facts.problems


def drill(desk: Desk, work: LongWork | None = None) -> Drill:
    """Open the last copy in a sandbox, verify it whole, hold it against the desk, and note it.

    Its bytes, its number of dossiers, its head and every seal. Raises Refused("no-copy").
    """
    me = desk.require(Permission.DRILL)
    newest = copies.newest_copy(desk)
    if newest is None or newest.made is None:
        raise Refused("no-copy", _("Quầy chưa có bản sao nào; hãy sao lưu trước (Alt+B)."))
    with in_vietnamese():
        entries, faults = _compare(desk, newest, work or LongWork())
    facts = Drilled(
        copy=newest.file.name,
        sha256=newest.sha256,
        made=newest.made,
        head=upkeep.head_text(newest.head),
        dossiers=newest.dossiers,
        entries=entries,
        problems=tuple(fault.words for fault in faults[:_MOST_PROBLEMS]),
        failed=tuple(dict.fromkeys(fault.part for fault in faults)),
    )
    with desk.write() as connection:
        desk.record(connection, facts)
    return Drill(desk.now(), me.id, facts)


@dataclass(frozen=True)
class _Fault:
    part: str  # as in Drilled.failed
    words: str


def _compare(desk: Desk, newest: copies.Copy, work: LongWork) -> tuple[int, list[_Fault]]:
    """Return how many entries the copy has, and what is wrong with it."""
    from cchc_desk.actions.data import restore  # the day board asks only whether a drill is due

    found = kept_copies.read_copy(newest.file, desk.id)
    faults = [] if found.is_sound else [_Fault("bytes", copies.told(found))]
    try:
        inside = restore.look_inside(newest, desk.clock, work)
    except DeskError as error:  # it cannot even be opened: nothing of it holds
        return 0, [*faults, *(_Fault(part, error.message) for part in (_DOSSIERS, _HEAD, _SEALS))]
    faults += [_Fault(_SEALS, problem) for problem in inside.problems]
    if inside.dossiers != newest.dossiers:
        words = _("Bản sao có {found} hồ sơ, lúc chép là {made}.")
        faults.append(_Fault(_DOSSIERS, words.format(found=inside.dossiers, made=newest.dossiers)))
    with desk.read() as connection:
        now = journal.hash_of(connection, newest.head.seq) if newest.head else None
        seen = doubts.seen_heads(connection)
    head = KnownHead(newest.head.seq, newest.head.hash) if newest.head else None
    if head is None or (now != head.head and not doubts.is_seen(head, seen)):
        faults.append(_Fault(_HEAD, _("Đầu sổ của bản sao không có trong sổ cái đang dùng.")))
    return inside.entries, faults


_DOSSIERS, _HEAD, _SEALS = "dossiers", "head", "seals"


def last_drill(desk: Desk) -> Drill | None:
    """Return the last drill that the ledger knows of."""
    with desk.read() as connection:
        found = journal.last_by(connection, Drilled)
    return Drill(found[0].at, found[0].official, found[1]) if found else None


def due(desk: Desk) -> bool:
    """True where the last drill, or the first day of a desk without one, is a month ago.

    Also where the last one found the copy wanting.
    """
    return _is_due(desk, last_drill(desk))


def _is_due(desk: Desk, last: Drill | None) -> bool:
    if last is not None:
        return not last.ok or desk.now() - last.at >= EVERY
    with desk.read() as connection:
        first = journal.first_moment(connection)
    return first is not None and desk.now() - first >= EVERY


def due_words(desk: Desk) -> str:
    """Return the sentence of the day board; "" while no drill is due, and at a station."""
    if desk.on_server:
        return ""
    last = last_drill(desk)
    if not _is_due(desk, last):
        return ""
    if last is None:
        return _("Chưa lần nào kiểm tra bản sao có khôi phục được không: F12, Dữ liệu, Alt+R.")
    if not last.ok:
        return _(
            "Kiểm tra bản sao ngày {at:%d/%m/%Y} không đạt: F12, Dữ liệu, Alt+B sao lưu rồi Alt+R "
            "kiểm tra lại."
        ).format(at=last.at)
    words = _("Đã một tháng chưa kiểm tra bản sao (lần cuối {at:%d/%m/%Y}): F12, Dữ liệu, Alt+R.")
    return words.format(at=last.at)


def record_pdf(desk: Desk, done: Drill) -> bytes:
    """Draw «Biên bản kiểm tra sao lưu» of a drill."""
    from cchc_desk.papers.forms.drill_record import DrillRecord, drill_record_pdf
    from cchc_desk.papers.layout.blocks import Agency

    desk.require(Permission.DRILL)
    settings = desk.settings
    officials = {official.id: official for official in accounts.list_officials(desk)}
    who = officials.get(done.official)
    with in_vietnamese():
        record = DrillRecord(
            agency=Agency(settings["parent_agency"], settings["unit_name"]),
            place=settings["place"],
            desk=settings["desk_name"],
            at=done.at,
            by=who.name if who else done.official,
            title=who.title if who else "",
            lines=_lines(done.facts),
            problems=done.facts.problems,
            watermark=desk.watermark,
        )
    return drill_record_pdf(record)


def _lines(facts: Drilled) -> "tuple[DrillLine, ...]":
    from cchc_desk.papers.forms.drill_record import DrillLine

    def line(what: str, found: str, part: str = "") -> DrillLine:
        return DrillLine(what, found, part not in facts.failed)

    of_seals = "Không khớp" if _SEALS in facts.failed else "Khớp"
    return (
        line("Tệp bản sao", f"{facts.copy}, chép lúc {facts.made:%H:%M %d/%m/%Y}"),
        line("Mã băm SHA-256 lúc chép; đọc lại tệp", _grouped(facts.sha256), "bytes"),
        line("Số hồ sơ", str(facts.dossiers), _DOSSIERS),
        line("Số mục sổ cái; đầu sổ", f"{facts.entries}; {facts.head}", _HEAD),
        line("Móc xích sổ cái và dấu niêm của mọi hồ sơ", of_seals, _SEALS),
    )


def _grouped(digest: str) -> str:
    """`3f9a01bc 77d2…`: the digest in groups that wrap."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
