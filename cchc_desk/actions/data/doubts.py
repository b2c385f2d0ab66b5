"""The ledger against all that is known of it outside its file, at opening and in verification.

The witness beside the database, the copies, the last whole check, the city's last receipt. Any one
of them that still stands shows a file that was cut, put back, exchanged or written anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cchc_desk import paths
from cchc_desk.actions.data import copies
from cchc_desk.actions.office.printable import printable_line
from cchc_desk.domain.ledger.doubts import Doubt, DoubtKind, Outside
from cchc_desk.domain.ledger.facts import BY_ACT
from cchc_desk.domain.ledger.facts.office import KnownHead, MachineMoved, Restored, StateSeen
from cchc_desk.domain.ledger.numbers import TakenNumber, highest
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.engine.objects import put_right, schema_faults
from cchc_desk.store.ledger import journal
from cchc_desk.store.ledger.anchor import read_anchor
from cchc_desk.store.ledger.witness import NAME, WitnessLine, last_line, lines, newest
from cchc_desk.store.office import number_series, registers

LEAST_REASON = 5  # letters
_MOST_BEHIND = 5  # entries: another window may just be writing its line


@dataclass(frozen=True)
class Known:
    """An entry as a place outside the file knows it, in the file `name`."""

    outside: Outside
    name: str
    head: KnownHead
    desk: str = ""  # "" where the place names none


@dataclass(frozen=True)
class Compared:
    """A place outside the file, the entry it was compared at, and whether the ledger has it so.

    `seen`: it does not fit, and somebody who may has seen that. `since`: the first entry that the
    place knows, where it knows more than one.
    """

    outside: Outside
    name: str
    seq: int
    fits: bool
    seen: bool = False
    since: int | None = None


# --- at opening -----------------------------------------------------------------------------------


def find_doubt(desk: Desk) -> Doubt | None:
    """Return the first fault of the file against what is known outside of it; None without one.

    Quick, for each opening: the witness's last line; where there is none the last whole check and
    the newest copy, which verification looks at in any case.
    """
    line = newest(desk.folder)
    known = _witness(line)
    if not known:
        known = [*_check(desk), *list(_copies(desk))[:1]]
    with desk.read() as connection:
        last = journal.last_link(connection)
        wrong = [place for place in known if _fault(connection, desk, place)]
        if wrong:  # the facts are read only now: rarely
            seen = seen_heads(connection)
            wrong = [place for place in wrong if not is_seen(place.head, seen)]
        if not wrong:
            return _schema_doubt(connection, last) or _machine_doubt(connection, desk, line)
        first, kind = wrong[0], _fault(connection, desk, wrong[0])
    assert kind is not None, "the same snapshot gives the same answer"
    return Doubt(kind, first.outside, first.name, first.head, last.seq if last else 0)


def catch_up(desk: Desk) -> None:
    """Note the ledger's end where a program was killed between its last commit and the line.

    A witness that is gone stays so until the next act: nothing outside the file knows its end.
    """
    line = newest(desk.folder)
    if line is None:
        return
    with desk.read() as connection:
        last = journal.last_link(connection)
    if last is not None and line.seq < last.seq:
        desk.note_head()


def _schema_doubt(connection: Connection, last: journal.Link | None) -> Doubt | None:
    names = ", ".join(fault.name for fault in schema_faults(connection) if fault.acts)
    if not names:
        return None
    number = last.seq if last else 0
    return Doubt(DoubtKind.SCHEMA, Outside.PROGRAM, names, KnownHead(number, ""), number)


def _machine_doubt(connection: Connection, desk: Desk, line: WitnessLine | None) -> Doubt | None:
    """A doubt where another machine wrote last that this ledger was not moved from or to."""
    if not (line and line.machine and desk.machine) or line.machine == desk.machine:
        return None
    moves = journal.facts_of(connection, Act.MACHINE.value)
    known = {mark for move in moves if isinstance(move, MachineMoved) for mark in _both(move)}
    if desk.machine in known:
        return None
    head = KnownHead(line.seq, line.head)
    return Doubt(
        DoubtKind.OTHER_MACHINE, Outside.WITNESS, NAME, head, line.seq, machine=line.machine
    )


def _both(move: MachineMoved) -> tuple[str, str]:
    return move.before, move.machine


def _fault(connection: Connection, desk: Desk, place: Known) -> DoubtKind | None:
    if place.desk and place.desk != desk.id:
        return DoubtKind.OTHER_DESK
    now = journal.hash_of(connection, place.head.seq)
    if now is None:
        return DoubtKind.LOST
    fits = isinstance(now, str) and now.startswith(place.head.head)  # damaged, it may be bytes
    return None if fits else DoubtKind.REWRITTEN


def doubt_words(doubt: Doubt) -> str:
    """Return the doubt in a sentence with its next step."""
    place = _(PLACES[doubt.outside])
    return _(_DOUBTS[doubt.kind]).format(
        place=place, name=doubt.name, seq=doubt.known.seq, last=doubt.last
    )


def doubt_title(doubt: Doubt) -> str:
    """Return the doubt in a few words."""
    return _(_TITLES[doubt.kind])


_TITLES: Mapping[DoubtKind, str] = {
    DoubtKind.LOST: later("Dữ liệu bị lùi"),
    DoubtKind.REWRITTEN: later("Sổ cái bị viết lại"),
    DoubtKind.OTHER_DESK: later("Dữ liệu của quầy khác"),
    DoubtKind.OTHER_MACHINE: later("Dữ liệu từ máy khác"),
    DoubtKind.SCHEMA: later("Tệp dữ liệu bị thêm bớt"),
}
PLACES: Mapping[Outside, str] = {
    Outside.WITNESS: later("nhân chứng"),
    Outside.COPY: later("bản sao"),
    Outside.CHECK: later("lần kiểm tra trước"),
    Outside.CITY: later("biên nhận của thành phố"),
    Outside.PAPER: later("đầu sổ trên giấy"),
    Outside.PROGRAM: later("chương trình"),
}
_DOUBTS: Mapping[DoubtKind, str] = {
    DoubtKind.LOST: later(
        "Dữ liệu bị lùi: {place} {name} đã thấy mục số {seq} của sổ cái, tệp dữ liệu chỉ còn đến "
        "mục số {last}. Quầy tạm ngừng tiếp nhận: hãy khôi phục bản sao mới nhất, hoặc nhờ lãnh "
        "đạo hay quản trị xem và quyết định."
    ),
    DoubtKind.REWRITTEN: later(
        "Sổ cái bị viết lại: mục số {seq} khác với {place} {name}. Quầy tạm ngừng tiếp nhận: hãy "
        "khôi phục bản sao còn đúng, hoặc nhờ lãnh đạo hay quản trị xem và quyết định."
    ),
    DoubtKind.OTHER_DESK: later(
        "Tệp dữ liệu là của quầy khác: {place} {name} thuộc một quầy khác. Quầy tạm ngừng tiếp "
        "nhận: hãy khôi phục bản sao của quầy này, hoặc nhờ lãnh đạo hay quản trị xem và quyết "
        "định."
    ),
    DoubtKind.SCHEMA: later(
        "Tệp dữ liệu bị thêm hoặc bớt lệnh chạy ngầm: {name}. Quầy tạm ngừng tiếp nhận: hãy nhờ "
        "lãnh đạo hay quản trị xem và quyết định; chương trình sẽ dựng lại đúng như ban đầu."
    ),
    DoubtKind.OTHER_MACHINE: later(
        "Thư mục dữ liệu này do máy khác ghi lần cuối. Hai máy cùng một quầy sẽ cấp trùng số. Hãy "
        "nhờ lãnh đạo hoặc quản trị cho biết: quầy đã chuyển sang máy này, hay máy này là một "
        "quầy mới."
    ),
}


def confirm_state(desk: Desk, reason: str) -> None:
    """Let the work go on with the file as it is, seen by the official logged in.

    Every number series goes on behind the highest that any place outside knows. Raises Refused:
    "no-doubt", "reason".
    """
    desk.require(Permission.CONFIRM_STATE)
    reason = printable_line(reason, "reason")
    if desk.doubt is None or desk.doubt.kind is DoubtKind.OTHER_MACHINE:
        raise Refused("no-doubt", _("Không có gì phải quyết định: dữ liệu khớp với dấu giữ ngoài."))
    if len(reason) < LEAST_REASON:
        raise Refused("reason", _("Hãy ghi lý do, ví dụ «ổ đĩa hỏng, dùng bản sao»."), "reason")
    with desk.write() as connection:
        last = journal.last_link(connection)
        wrong = misfits(desk, connection)
        mended = put_right(connection)  # first: a foreign command would run with the next write
        for taken in _numbers_outside(desk, wrong):
            registers.raise_number(connection, taken)
        heads = tuple(dict.fromkeys(place.head for place in wrong))
        doubt, desk.doubt = desk.doubt, None  # it would refuse the numbers
        try:
            desk.record(connection, StateSeen(reason, last.seq if last else 0, heads, mended))
        except BaseException:
            desk.doubt = doubt
            raise


def misfits(desk: Desk, connection: Connection) -> list[Known]:
    """Return what places outside the file know and the ledger has not, or has otherwise.

    Whoever decides about it names these heads in facts that `begins_anew`.
    """
    return [place for place in everywhere(desk) if _fault(connection, desk, place)]


def _numbers_outside(desk: Desk, wrong: Iterable[Known]) -> tuple[TakenNumber, ...]:
    line = last_line(desk.folder)
    names = [place.name for place in wrong if place.outside is Outside.COPY]
    folder = paths.backup_folder(desk.folder)
    in_copies = [taken for name in names for taken in number_series.numbers_in(folder / name)]
    return highest([*(line.numbers if line else ()), *in_copies])


def seen_heads(connection: Connection) -> frozenset[KnownHead]:
    """Return the heads outside the file about which somebody has decided.

    In `heads` of facts after which the witness begins anew, in `lost_heads` of a restore.
    """
    acts = [act for act, kinds in BY_ACT.items() if any(kind.begins_anew for kind in kinds)]
    decided = (facts for act in acts for facts in journal.facts_of(connection, act))
    back = journal.facts_of(connection, Act.RESTORE.value)
    return frozenset(
        (
            *(head for facts in decided for head in getattr(facts, "heads", ())),
            *(head for facts in back if isinstance(facts, Restored) for head in facts.lost_heads),
        )
    )


def is_seen(head: KnownHead, seen: frozenset[KnownHead]) -> bool:
    return any(
        head.seq == other.seq and other.head.startswith(head.head[: len(other.head)])
        for other in seen
    )


# --- the places -----------------------------------------------------------------------------------


def everywhere(desk: Desk) -> list[Known]:
    """Return what each place outside the file knows, but the city (city_receipt)."""
    return [*_witness(newest(desk.folder)), *_check(desk), *_copies(desk)]


def _witness(line: WitnessLine | None) -> list[Known]:
    return [Known(Outside.WITNESS, NAME, KnownHead(line.seq, line.head), line.desk)] if line else []


def _check(desk: Desk) -> Iterator[Known]:
    anchor = read_anchor(paths.anchor_file(desk.folder))
    if anchor and anchor.desk == desk.id:
        yield Known(Outside.CHECK, paths.ANCHOR, KnownHead(anchor.seq, anchor.hash))


def _copies(desk: Desk) -> Iterator[Known]:
    """Yield the heads of the desk's own copies, the last made first; another desk's say nothing."""
    for copy in copies.own_copies(desk):
        if copy.head is not None:
            yield Known(Outside.COPY, copy.file.name, KnownHead(copy.head.seq, copy.head.hash))


# --- by verification ------------------------------------------------------------------------------


def compare(
    desk: Desk, connection: Connection, typed: KnownHead | None, *, whole: bool
) -> tuple[list[Compared], list[str]]:
    """Compare the ledger with every place outside; return how, and the problems in words.

    A whole comparison looks at every line of the witness, else at its last.
    """
    places = everywhere(desk)
    places += city_receipt(desk, connection)
    places += [Known(Outside.PAPER, "", typed)] if typed else []
    found: list[Compared] = []
    problems: list[str] = []
    seen: frozenset[KnownHead] | None = None
    for place in places:
        fault, since, at = _fault(connection, desk, place), None, place.head
        if place.outside is Outside.WITNESS:
            noted = list(lines(desk.folder)) if whole else []
            since = min((line.seq for line in noted), default=None)
            wrong = None if fault else _first_wrong(connection, noted)
            problems += [] if fault else _lagging(connection, at.seq)
            if wrong is not None:
                fault, at = DoubtKind.REWRITTEN, KnownHead(wrong.seq, wrong.head)
        known = False
        if fault:
            seen = seen_heads(connection) if seen is None else seen
            known = is_seen(at, seen)
            if not known:
                problems.append(_(_PROBLEMS[fault]).format(seq=at.seq))
        found.append(Compared(place.outside, place.name, at.seq, fault is None, known, since))
    return found, problems


def _lagging(connection: Connection, seq: int) -> list[str]:
    """Return the problem of a witness that is not written any more, if it is one."""
    last = journal.last_link(connection)
    behind = last.seq - seq if last else 0
    if behind <= _MOST_BEHIND:
        return []
    return [
        _(
            "Nhân chứng {name} chậm hơn sổ cái {count} mục: hãy kiểm tra quyền ghi của thư mục dữ "
            "liệu."
        ).format(name=NAME, count=behind)
    ]


_PROBLEMS: Mapping[DoubtKind, str] = {
    DoubtKind.LOST: later("Sổ cái bị cắt: đầu sổ đã lưu là mục số {seq}, nay không còn mục ấy."),
    DoubtKind.REWRITTEN: later("Sổ cái bị viết lại: mục số {seq} khác với đầu sổ đã lưu."),
    DoubtKind.OTHER_DESK: later("Nhân chứng ngoài tệp thuộc quầy khác (mục số {seq})."),
}


def _first_wrong(connection: Connection, noted: list[WitnessLine]) -> WitnessLine | None:
    """Return the first line of the witness whose entry is another one in the ledger."""
    if not noted:
        return None
    seqs = [line.seq for line in noted]
    hashes = journal.hashes_between(connection, min(seqs), max(seqs))
    return next((line for line in noted if hashes.get(line.seq) != line.head), None)


def city_receipt(desk: Desk, connection: Connection) -> list[Known]:
    """Return the last entry that the city's last receipt proves, where the desk is enrolled."""
    city, proof = registers.city(connection), outbox.last_proof(connection)
    if city is None or proof is None:
        return []
    from cchc_desk.sync import wire  # signatures take a while to load: for enrolled desks alone

    receipt, parcel, number = proof
    try:
        entry = wire.proved_entry(receipt, parcel, wire.public_key(str(city["key"])))
    except (Refused, KeyError):  # changed, or of an earlier city: it proves nothing
        return []
    return [Known(Outside.CITY, str(number), KnownHead(entry.length, entry.hash))]


def compared_words(compared: Iterable[Compared]) -> str:
    """Return in words with which places the ledger was compared, each kind once."""
    kinds = dict.fromkeys(place.outside for place in compared)
    return _("Đã đối chiếu với: {places}.").format(
        places=", ".join(_(PLACES[kind]) for kind in kinds)
    )


def words_of(compared: Iterable[Compared]) -> str:
    """Return in words with what a ledger could not be compared; "" where each place was there."""
    there = {place.outside for place in compared}
    if not there - {Outside.CHECK}:
        return _(
            "Không có gì ngoài tệp dữ liệu để đối chiếu (nhân chứng, bản sao, biên nhận của thành "
            "phố): ai sửa tệp và tính lại sổ cái thì kiểm tra này không thấy."
        )
    return ""
