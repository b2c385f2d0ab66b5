"""Up to the city and back: enrolment, the parcels of days, the receipts, what came down - by a line or by a file.

A sending is three steps, so that neither the database nor the network ever waits for the other:

    outgoing = prepare(desk)                # packs what changed, answers the lines that wait
    answers = exchange(outgoing)            # the network alone; no database
    take_answers(desk, answers)             # receipts are compared and kept

At most one parcel waits for a line at a time; what changes meanwhile waits as marked days and goes with the next one,
so a year without a line is one parcel. Its bytes are kept until the city's signed receipt is here: whatever gets lost
or comes twice, the same bytes are sent again and the city answers the same receipt.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from cchc_desk import __version__
from cchc_desk.desk import Desk
from cchc_desk.domain.officials import Act
from cchc_desk.errors import DeskError, Refused, Trouble
from cchc_desk.language import _, later
from cchc_desk.store import figures, journal, outbox, registers, seals, summary
from cchc_desk.store.database import Connection
from cchc_desk.store.outbox import Arrival, DayState, PackedDay, ParcelRow
from cchc_desk.store.summary import DayCount
from cchc_desk.sync import bag, keys, wire
from cchc_desk.sync.client import Line
from cchc_desk.sync.parcel import (
    MOST_DAYS,
    Courtesy,
    Day,
    Enrolment,
    Entry,
    Flow,
    Fuse,
    Invitation,
    LateDossier,
    Ledger,
    News,
    Parcel,
    Question,
    Receipt,
    Refusal,
    Totals,
    Versions,
    Welcome,
    hash_of_day,
    state_of,
    written,
)

ROUNDS = 4  # one more after each answer that the desk can go on from by itself: welcome, receipt, what to put right
LONGEST_WAIT = timedelta(hours=1)
_DIFFERENT = later(
    "Biên nhận số {number} của thành phố không khớp với số liệu của quầy ({what}). "
    "Hãy báo thành phố; quầy không mất gì."
)


@dataclass(frozen=True)
class City:
    """The city as this desk knows it. `enrolled`: it welcomed the desk; before that, `line` is the desk's request."""

    name: str
    ward: str
    key: str
    url: str
    certificate: str
    enrolled: bool
    line: str


@dataclass(frozen=True)
class Item:
    """One signed line that waits to go: on which road, and of which parcel (None: an enrolment, a question)."""

    road: str
    line: str
    parcel: str | None = None


@dataclass(frozen=True)
class Outgoing:
    """What goes over the line now."""

    city: City
    proxy: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Answer:
    """What came back for one item: the city's lines, or why nothing came."""

    item: Item
    lines: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True)
class Taken:
    """What the answers came to; `again`: another round would bring something further."""

    receipts: tuple[int, ...] = ()
    arrived: int = 0
    trouble: str = ""
    again: bool = False


@dataclass(frozen=True)
class State:
    """The way to the city as the page shows it. `waiting`: days the city does not hold as they are now."""

    city: City | None
    waiting: int
    parcels: tuple[ParcelRow, ...]
    arrivals: tuple[Arrival, ...]


# --- enrolment ------------------------------------------------------------------------------------------------------


def enrol(desk: Desk, invitation: Invitation) -> City:
    """Makes the desk's key and its request to be known by the city that invited it; it goes with the next sending.

    Refused: "ward-differs" for another ward's invitation.
    """
    desk.require(Act.ENROL)
    ward = desk.settings["unit_code"]
    if invitation.ward != ward:
        raise Refused(
            "ward-differs",
            _("Tệp mời này của đơn vị {other}, quầy này thuộc {own}; hãy xin đúng tệp.").format(
                other=invitation.ward, own=ward
            ),
            "file",
        )
    wire.public_key(invitation.key)
    key = keys.make_key(desk.folder, desk.id)
    request = Enrolment(
        ward=ward,
        desk=desk.id,
        name=desk.settings["desk_name"],
        code=invitation.code,
        key=wire.public_text(key),
        made=desk.now(),
        practice=desk.practice,
    )
    line = wire.sign("enrolment", request, key)
    city = City(invitation.city, ward, invitation.key, invitation.url, invitation.certificate, False, line)
    with desk.database.write() as connection:
        registers.keep_setting(connection, "city", vars(city))
        outbox.forget_city(connection)
        desk.record(connection, Act.ENROL, tables=("settings",), city=city.name, url=city.url, key=request.key)
    return city


def city_of(connection: Connection) -> City | None:
    facts = registers.city(connection)
    return City(**facts) if facts else None


def state(desk: Desk) -> State:
    """What the page of the city shows."""
    desk.require(Act.READ)
    with desk.database.read() as connection:
        return State(
            city_of(connection),
            outbox.waiting_days(connection, desk.now().date()),
            outbox.last_parcels(connection, 50),
            outbox.all_arrivals(connection),
        )


def waiting(desk: Desk) -> int:
    """How many days the city does not hold as they are now; 0 for a desk that knows no city."""
    with desk.database.read() as connection:
        return outbox.waiting_days(connection, desk.now().date()) if city_of(connection) else 0


# --- sending --------------------------------------------------------------------------------------------------------


def send(desk: Desk) -> Taken:
    """Sends what waits and takes the answers, now; Trouble where the line does not hold."""
    desk.require(Act.SEND)
    taken = Taken()
    for _round in range(ROUNDS):
        outgoing = prepare(desk)
        one = take_answers(desk, exchange(outgoing))
        taken = Taken(taken.receipts + one.receipts, taken.arrived + one.arrived, one.trouble, one.again)
        if not one.again:
            break
    return taken


def prepare(desk: Desk) -> Outgoing:
    """Packs what changed and answers every line that waits; Refused ("not-enrolled") for a desk that knows no city.

    What the city refused and nobody has decided upon keeps new days back: they would fare the same.
    """
    with desk.database.write() as connection:
        city = _the_city(connection)
        held_back = outbox.parcels_in(connection, "waiting") or outbox.parcels_in(connection, "refused")
        if city.enrolled and not held_back:
            _pack(desk, connection)
        return Outgoing(city, desk.settings["city_proxy"], _items(desk, connection, city))


def due(desk: Desk) -> bool:
    """Whether the automatic sending should try now: something waits, and the last failure is long enough ago."""
    with desk.database.read() as connection:
        city = city_of(connection)
        if city is None or not desk.settings["city_minutes"]:
            return False
        waiting = outbox.parcels_in(connection, "waiting")
        return all(one.next_try is None or one.next_try <= desk.now() for one in waiting)


def exchange(outgoing: Outgoing) -> tuple[Answer, ...]:
    """Sends each line and answers what came back; the first that does not get through ends it. Touches no database."""
    answers: list[Answer] = []
    city = outgoing.city
    try:
        with Line(city.url, city.certificate, outgoing.proxy) as line:
            for item in outgoing.items:
                answers.append(Answer(item, line.send(item.road, item.line)))
    except Trouble as trouble:
        answers.append(Answer(outgoing.items[len(answers)], trouble=trouble.message))
    return tuple(answers)


def take_answers(desk: Desk, answers: Iterable[Answer]) -> Taken:
    """Keeps receipts, refusals and what came down, each once its signature is found the city's own."""
    taken = Taken()
    for answer in answers:
        with desk.database.write() as connection:
            city = _the_city(connection)
            one = _take(desk, connection, city, answer)
        taken = Taken(
            taken.receipts + one.receipts,
            taken.arrived + one.arrived,
            one.trouble or taken.trouble,
            taken.again or one.again,
        )
    return taken


def retry(desk: Desk, parcel_id: str) -> None:
    """A refused parcel is packed anew and goes with the next sending; a waiting one may be tried at once."""
    desk.require(Act.SEND)
    with desk.database.write() as connection:
        parcel = _the_parcel(connection, parcel_id)
        if parcel.state == "waiting":
            outbox.keep_parcel(connection, parcel.id, next_try=None)
        elif parcel.state == "refused":
            _drop(connection, parcel)


def cancel(desk: Desk, parcel_id: str) -> None:
    """Takes a parcel back that is not acknowledged; its days are packed again with the next one, nothing is lost."""
    desk.require(Act.SEND)
    with desk.database.write() as connection:
        parcel = _the_parcel(connection, parcel_id)
        if parcel.state not in ("waiting", "refused"):
            raise Refused("parcel-done", _("Gói này đã xong; không hủy được nữa."))
        _drop(connection, parcel)


# --- by a file ------------------------------------------------------------------------------------------------------


def write_bag(desk: Desk, file: Path) -> int:
    """Writes everything that waits to a file for the city; answers how many parcels are in it.

    What was refused is packed anew: somebody is there and wants it to go.
    """
    desk.require(Act.SEND)
    with desk.database.write() as connection:
        city = _the_city(connection)
        for refused in outbox.parcels_in(connection, "refused"):
            _drop(connection, refused)
        _pack(desk, connection)
        items = _items(desk, connection, city, by_file=True)
    bag.write_bag(file, (item.line for item in items))
    return sum(item.parcel is not None for item in items)


def take_bag(desk: Desk, file: Path) -> Taken:
    """Takes what the city wrote back: receipts, refusals, what comes down. A file taken twice changes nothing."""
    desk.require(Act.SEND)
    lines = bag.read_bag(file)
    with desk.database.write() as connection:
        city = _the_city(connection)
        taken = _take(desk, connection, city, Answer(Item("file", ""), lines))
    if taken.trouble:
        raise Refused("bag-foreign", taken.trouble, "file")
    return taken


# --- packing --------------------------------------------------------------------------------------------------------


def _pack(desk: Desk, connection: Connection) -> None:
    """Packs the days that changed, if any, into parcels that wait; inside the caller's transaction."""
    now, first = desk.now(), summary.first_day(connection)
    if first is None:
        return
    outbox.note_every_day(connection, first, now.date())
    marked = outbox.days_to_pack(connection, now.date())
    if not marked:
        return
    counted = summary.count_days(connection, marked[0].day, marked[-1].day, now)
    packed: list[tuple[Day, str]] = []
    for known in marked:
        day = day_of(known, counted[known.day], over=known.day < now.date())
        content_hash = hash_of_day(day)
        if content_hash == known.hash:
            outbox.day_unchanged(connection, known.day, over=day.over)
        else:
            packed.append((day, content_hash))
    ledger = _ledger(connection)
    for begin in range(0, len(packed), MOST_DAYS):
        _keep(desk, connection, packed[begin : begin + MOST_DAYS], ledger, now)
        ledger = Ledger(last=ledger.last, known=ledger.last)  # what the city knows once it has the parcel before


def _keep(desk: Desk, connection: Connection, packed: list[tuple[Day, str]], ledger: Ledger, now: datetime) -> None:
    parcel = Parcel(
        id=str(uuid.uuid4()),
        ward=desk.settings["unit_code"],
        desk=desk.id,
        made=now,
        practice=desk.practice,
        versions=Versions(
            program=__version__,
            catalogue=seals.table_seal(connection, "procedures")[:16],
            calendar=desk.calendar.version,
            law=desk.regime_today().key,
        ),
        ledger=ledger,
        fuse=_fuse(connection, now),
        strikes=dict(sorted(Counter(who for who, _code in figures.strikes(connection, now.year, now)).items())),
        days=tuple(day for day, _hash in packed),
    )
    line = wire.sign("parcel", parcel, keys.key_of(desk.folder, desk.id))
    rows = [PackedDay(day.day.isoformat(), day.revision, content_hash) for day, content_hash in packed]
    outbox.add_parcel(connection, parcel.id, now, rows, line, wire.hash_of(line))
    for (day, _hash), row in zip(packed, rows, strict=True):
        outbox.keep_packed(connection, row, written(day), over=day.over, parcel=parcel.id)


def day_of(known: DayState, counted: DayCount, *, over: bool) -> Day:
    return Day(
        day=known.day,
        revision=known.revision + 1,
        over=over,
        open=counted.open,
        open_late=counted.open_late,
        flows=tuple(Flow(**flow._asdict()) for flow in counted.flows),
        late=tuple(LateDossier(**late._asdict()) for late in counted.late),
        courtesy=Courtesy(
            visits=counted.visits,
            items=dict(sorted(counted.items.items())),
            faces=(counted.faces[1], counted.faces[2], counted.faces[3], counted.faces[4], counted.faces[5]),
            told_yes=counted.told[True],
            told_no=counted.told[False],
        ),
    )


def _ledger(connection: Connection) -> Ledger:
    head = journal.head(connection)
    assert head is not None, "a desk's set-up is its first entry"
    length = outbox.known_length(connection)
    known = journal.hash_of(connection, length) if length else None
    return Ledger(
        last=Entry(length=head.seq, hash=head.hash), known=Entry(length=length, hash=known) if known else None
    )


def _fuse(connection: Connection, now: datetime) -> Fuse:
    within = figures.period(date(now.year, 1, 1), now.date(), now)
    late = sum(figures.count(connection, name, within) for name in figures.LATE)
    total = sum(figures.count(connection, name, within) for name in ("ready", "open late", "gone late"))
    return Fuse(year=now.year, late=late, total=total)


def _items(desk: Desk, connection: Connection, city: City, *, by_file: bool = False) -> tuple[Item, ...]:
    request = () if city.enrolled else (Item("enrolments", city.line),)
    if request and not by_file:  # over a line nothing else is of use before the welcome; a file holds all of it
        return request
    question = Question(desk=desk.id, made=desk.now(), after=outbox.last_number(connection))
    return (
        *request,
        *(Item("parcels", one.line or "", one.id) for one in outbox.parcels_in(connection, "waiting")),
        Item("questions", wire.sign("question", question, keys.key_of(desk.folder, desk.id))),
    )


# --- answers --------------------------------------------------------------------------------------------------------


def _take(desk: Desk, connection: Connection, city: City, answer: Answer) -> Taken:
    """What one answer comes to; the caller holds the transaction."""
    trouble = answer.trouble
    taken = Taken()
    for line in answer.lines:
        try:
            one = _take_line(desk, connection, city, answer.item, line)
        except DeskError as bad:  # damaged on the way, or not the city's: as if nothing had come
            trouble = bad.message
            continue
        taken = Taken(taken.receipts + one.receipts, taken.arrived + one.arrived, one.trouble or taken.trouble,
                      taken.again or one.again)  # fmt: skip
    if trouble:
        _failed(desk, connection, answer.item, trouble)
    return replace(taken, trouble=taken.trouble or trouble)


def _take_line(desk: Desk, connection: Connection, city: City, item: Item, line: str) -> Taken:
    key, kind = wire.public_key(city.key), wire.kind_of(line)
    if kind == "welcome":
        return _welcomed(desk, connection, city, wire.read(line, kind, Welcome, key))
    if kind == "receipt":
        return _acknowledged(desk, connection, wire.read(line, kind, Receipt, key), line)
    if kind == "refusal":
        return _refused(desk, connection, item, wire.read(line, kind, Refusal, key))
    if kind == "news":
        return _arrived(desk, connection, city, wire.read(line, kind, News, key), line)
    raise Refused("kind", _("Gói này không phải loại đang chờ; hãy chọn đúng tệp."))


def _welcomed(desk: Desk, connection: Connection, city: City, welcome: Welcome) -> Taken:
    if welcome.desk != desk.id or city.enrolled:
        return Taken()
    known = replace(city, enrolled=True, line="")
    registers.keep_setting(connection, "city", vars(known))
    desk.record(connection, Act.ENROL, tables=("settings",), city=city.name, ward=welcome.ward_name)
    return Taken(again=True)


def _acknowledged(desk: Desk, connection: Connection, receipt: Receipt, line: str) -> Taken:
    parcel = outbox.parcel(connection, receipt.parcel)
    if parcel is None or parcel.state == "acknowledged" or receipt.desk != desk.id:
        return Taken()
    outbox.keep_parcel(
        connection,
        parcel.id,
        state="acknowledged",
        number=receipt.number,
        length=receipt.length,
        answered=desk.now(),
        receipt=line,
        line=None,
        trouble="",
        refusal="",
        next_try=None,
    )
    if receipt.anew:
        outbox.pack_all_again(connection)
        return Taken(receipts=(receipt.number,), again=True)
    what = _difference(connection, parcel, receipt)
    if what:
        said = _(_DIFFERENT).format(number=receipt.number, what=what)
        outbox.keep_parcel(connection, parcel.id, difference=said)
    more = bool(outbox.days_to_pack(connection, desk.now().date()))
    return Taken(receipts=(receipt.number,), again=more)


def _difference(connection: Connection, parcel: ParcelRow, receipt: Receipt) -> str:
    """Where the city's receipt says something else than the desk knows; "" where it agrees."""
    kept = {(day.day.isoformat(), day.revision): day.hash for day in receipt.days}
    if receipt.hash != parcel.hash or any(kept.get((day.day, day.revision)) != day.hash for day in parcel.days):
        return _("nội dung đã nhận")
    if parcel.id != outbox.last_parcels(connection, 1)[0].id or not outbox.is_all_acknowledged(connection):
        return ""  # all days can agree only once the last of them is there
    if state_of(outbox.day_hashes(connection)) == receipt.state:
        return ""
    own = totals_of(outbox.contents(connection))
    named = msgspec.structs.asdict(receipt.totals).items()
    differ = [f"{name}: {value} ≠ {getattr(own, name)}" for name, value in named if value != getattr(own, name)]
    return ", ".join(differ) or _("một ngày nào đó")


def totals_of(contents: Iterable[bytes]) -> Totals:
    """The sums of days as they were packed: what the city should hold of this desk."""
    days = sorted((msgspec.json.decode(content, type=Day) for content in contents), key=lambda day: day.day)
    flows = [flow for day in days for flow in day.flows]
    summed = {
        name: sum(getattr(flow, name) for flow in flows)
        for name in ("received", "ready", "ready_late", "gone", "gone_late")
    }
    last = days[-1] if days else None
    return Totals(
        days=len(days),
        open=last.open if last else 0,
        open_late=last.open_late if last else 0,
        late=sum(len(day.late) for day in days),
        **summed,
    )


def _refused(desk: Desk, connection: Connection, item: Item, refusal: Refusal) -> Taken:
    parcel = outbox.parcel_with(connection, refusal.hash)
    if parcel is None and item.parcel:
        raise Trouble("damaged-parcel", _("Gói bị hỏng trên đường; chương trình sẽ tự gửi lại."))
    if parcel is None or parcel.state != "waiting":  # an enrolment or a question: nothing waits on it but a word
        return Taken(trouble=refusal.message)
    facts: Mapping[str, Any] = {"answered": desk.now(), "refusal": refusal.code, "trouble": refusal.message}
    if refusal.code == "older-revision":
        outbox.keep_parcel(connection, parcel.id, state="cancelled", line=None, **facts)
        _again(connection, parcel, {day.day.isoformat(): day.revision for day in refusal.days})
        return Taken(again=True)
    if refusal.code == "ledger-known":
        outbox.keep_parcel(connection, parcel.id, state="cancelled", line=None, length=refusal.length, **facts)
        _again(connection, parcel, {})
        return Taken(again=True)
    outbox.keep_parcel(connection, parcel.id, state="refused", **facts)
    return Taken(trouble=refusal.message)


def _again(connection: Connection, parcel: ParcelRow, least: Mapping[str, int]) -> None:
    """The parcel's days are packed anew, above the revisions that the city holds."""
    for day in parcel.days:
        outbox.pack_again(connection, [day.day], least.get(day.day, 0))


def _drop(connection: Connection, parcel: ParcelRow) -> None:
    outbox.keep_parcel(connection, parcel.id, state="cancelled", line=None, next_try=None)
    _again(connection, parcel, {})


def _failed(desk: Desk, connection: Connection, item: Item, trouble: str) -> None:
    """Notes why the parcel is still here and when the automatic sending tries again: later each time."""
    parcel = outbox.parcel(connection, item.parcel or "")
    if parcel is None or parcel.state != "waiting":
        return
    wait = min(timedelta(minutes=2 ** min(parcel.tries, 6)), LONGEST_WAIT)
    spread = wait * random.uniform(0.5, 1)  # a hundred wards must not knock in the same minute
    tried = {"tries": parcel.tries + 1, "next_try": desk.now() + spread, "trouble": trouble}
    outbox.keep_parcel(connection, parcel.id, **tried)


def _arrived(desk: Desk, connection: Connection, city: City, news: News, line: str) -> Taken:
    if news.ward not in (None, city.ward):
        raise Refused("ward-differs", _("Gói này gửi cho đơn vị khác."))
    needs_a_word = news.kind in ("catalogue", "calendar", "law")
    one = Arrival(
        news.number,
        news.kind,
        news.title,
        news.at,
        desk.now(),
        news.body,
        "waiting" if needs_a_word else "taken",
        None,
        None,
        "",
    )
    return Taken(arrived=int(outbox.add_arrival(connection, one, line)))


def _the_city(connection: Connection) -> City:
    city = city_of(connection)
    if city is None:
        raise Refused(
            "not-enrolled",
            _("Quầy chưa ghi danh với thành phố; hãy mở tệp mời của thành phố ở trang Thành phố trước."),
        )
    return city


def _the_parcel(connection: Connection, parcel_id: str) -> ParcelRow:
    parcel = outbox.parcel(connection, parcel_id)
    if parcel is None:
        raise Refused("unknown-parcel", _("Không có gói nào mang mã này; hãy xem lại danh sách."))
    return parcel
