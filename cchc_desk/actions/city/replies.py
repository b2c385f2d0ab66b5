"""The city's answers taken: welcomes, receipts, refusals and news, their signatures verified."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import msgspec

from cchc_desk.domain.city import Arrival, ParcelRow
from cchc_desk.domain.ledger.facts.city import EnrolmentWelcomed
from cchc_desk.errors import DeskError, Refused, Trouble
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import registers
from cchc_desk.sync import keys, wire
from cchc_desk.sync.parcel import Day, News, Receipt, Refusal, Totals, Welcome, state_of

_NAMES = {  # of Totals
    "days": later("số ngày"),
    "received": later("tiếp nhận"),
    "ready": later("có kết quả"),
    "ready_late": later("có kết quả trễ"),
    "gone": later("rút, dừng"),
    "gone_late": later("rút, dừng khi đã trễ"),
    "open": later("còn mở"),
    "open_late": later("quá hạn"),
    "late": later("hồ sơ trễ"),
}
LONGEST_WAIT = 60  # minutes between two tries
_DIFFERENT = later(
    "Biên nhận số {number} của thành phố không khớp với số liệu của quầy ({what}). "
    "Hãy báo thành phố; quầy không mất gì."
)


@dataclass(frozen=True)
class City:
    """The city as this desk knows it; `line` is the desk's request until it is `enrolled`."""

    name: str
    ward: str
    key: str
    url: str
    certificate: str
    enrolled: bool
    line: str


@dataclass(frozen=True)
class Item:
    """One signed line to send, on `road`; `parcel` is None for an enrolment or a question."""

    road: str
    line: str
    parcel: str | None = None


@dataclass(frozen=True)
class Answer:
    """The city's lines for one item, or the trouble why none came."""

    item: Item
    lines: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True)
class Taken:
    """Outcome of answers; `again`: another round would bring something further."""

    receipts: tuple[int, ...] = ()
    arrived: int = 0
    trouble: str = ""
    again: bool = False

    def and_then(self, later_: "Taken") -> "Taken":
        """Return both outcomes as one."""
        return Taken(
            self.receipts + later_.receipts,
            self.arrived + later_.arrived,
            later_.trouble or self.trouble,
            self.again or later_.again,
        )


def city_of(connection: Connection) -> City | None:
    """Return the desk's city; None while it never asked to be enrolled."""
    facts = registers.city(connection)
    if facts is None:
        return None
    try:
        return City(**facts)
    except TypeError as error:  # a key that no program wrote
        raise registers.damaged_settings("city") from error


def the_city(connection: Connection) -> City:
    """Return the desk's city. Raises Refused("not-enrolled")."""
    city = city_of(connection)
    if city is None:
        raise Refused(
            "not-enrolled",
            _(
                "Quầy chưa ghi danh với thành phố; hãy mở tệp mời của thành phố ở trang Thành phố "
                "trước."
            ),
        )
    return city


def take(desk: Desk, connection: Connection, city: City, answer: Answer) -> Taken:
    """Take one answer: store its receipts, refusals and news; the caller holds the transaction."""
    trouble = answer.trouble
    taken = Taken()
    for line in answer.lines:
        try:
            outcome = _take_line(desk, connection, city, answer.item, line)
        except DeskError as error:  # damaged on the way, or not the city's: as if nothing had come
            trouble = error.message
            continue
        taken = taken.and_then(outcome)
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
    own = wire.public_text(keys.key_of(desk.folder, desk.id))
    if welcome.desk != desk.id or welcome.key != own or city.enrolled:
        return Taken()  # of an earlier invitation, for example
    known = replace(city, enrolled=True, line="")
    registers.keep_setting(connection, "city", vars(known))
    desk.record(
        connection,
        EnrolmentWelcomed(city=city.name, ward=welcome.ward_name),
        tables=("settings",),
        counted=False,
    )
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
        trouble="",
        refusal="",
        next_try=None,
    )
    outbox.keep_only_line_of(connection, parcel.id)
    if receipt.anew:
        outbox.pack_all_again(connection)
        return Taken(receipts=(receipt.number,), again=True)
    what = _difference(connection, parcel, receipt)
    if what:
        sentence = _(_DIFFERENT).format(number=receipt.number, what=what)
        outbox.keep_parcel(connection, parcel.id, difference=sentence)
    return Taken(
        receipts=(receipt.number,), again=outbox.has_changes(connection, desk.now().date())
    )


def _difference(connection: Connection, parcel: ParcelRow, receipt: Receipt) -> str:
    """Return the difference between the city's receipt and the desk's days; "" when they agree."""
    hashes = {(day.day, day.revision): day.hash for day in receipt.days}
    same_days = all(hashes.get((day.day, day.revision)) == day.hash for day in parcel.days)
    if receipt.hash != parcel.hash or not same_days:
        return _("nội dung đã nhận")
    is_last = parcel.id == outbox.last_parcels(connection, 1)[0].id
    if not is_last or not outbox.is_all_acknowledged(connection):
        return ""  # all days can agree only once the last of them is there
    if state_of(outbox.day_hashes(connection)) == receipt.state:
        return ""
    own = totals_of(outbox.contents(connection))
    pairs = [(name, getattr(receipt.totals, name), getattr(own, name)) for name in _NAMES]
    differ = [
        f"{_(_NAMES[name])}: {theirs} ≠ {ours}" for name, theirs, ours in pairs if theirs != ours
    ]
    return ", ".join(differ) or _("một ngày nào đó")


def totals_of(contents: Iterable[bytes]) -> Totals:
    """Sum the days as they were packed: the city should hold the same of this desk."""
    days = sorted(
        (msgspec.json.decode(content, type=Day) for content in contents), key=lambda day: day.day
    )
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
    if parcel is None or parcel.state != "waiting":  # an enrolment or a question
        return Taken(trouble=refusal.message)
    facts: Mapping[str, Any] = {
        "answered": desk.now(),
        "refusal": refusal.code,
        "trouble": refusal.message,
    }
    if refusal.code == "older-revision":
        outbox.keep_parcel(connection, parcel.id, state="cancelled", line=None, **facts)
        _again(connection, parcel, {day.day: day.revision for day in refusal.days})
        return Taken(again=True)
    if refusal.code == "ledger-known":
        outbox.keep_parcel(
            connection, parcel.id, state="cancelled", line=None, length=refusal.length, **facts
        )
        _again(connection, parcel, {})
        return Taken(again=True)
    outbox.keep_parcel(connection, parcel.id, state="refused", **facts)
    return Taken(trouble=refusal.message)


def _again(connection: Connection, parcel: ParcelRow, least: Mapping[date, int]) -> None:
    """Mark the parcel's days to be packed again, above the revisions that the city holds."""
    for day in parcel.days:
        outbox.pack_again(connection, [day.day], least.get(day.day, 0))


def drop(connection: Connection, parcel: ParcelRow) -> None:
    """Cancel a parcel; its days are packed again."""
    outbox.keep_parcel(connection, parcel.id, state="cancelled", line=None, next_try=None)
    _again(connection, parcel, {})


def _failed(desk: Desk, connection: Connection, item: Item, trouble: str) -> None:
    """Store the trouble of a waiting parcel and its next try, later each time."""
    parcel = outbox.parcel(connection, item.parcel or "")
    if parcel is None or parcel.state != "waiting":
        return
    longest = min(2 ** min(parcel.tries, 6), LONGEST_WAIT)
    # At random, so that a hundred wards do not knock in the same minute.
    wait = max(1, round(longest * random.uniform(0.5, 1)))
    tried = {
        "tries": parcel.tries + 1,
        "next_try": desk.now() + timedelta(minutes=wait),
        "trouble": trouble,
    }
    outbox.keep_parcel(connection, parcel.id, **tried)


def _arrived(desk: Desk, connection: Connection, city: City, news: News, line: str) -> Taken:
    if news.ward not in (None, city.ward):
        raise Refused("ward-differs", _("Gói này gửi cho đơn vị khác."))
    needs_decision = news.kind in ("catalogue", "calendar", "law")
    arrival = Arrival(
        news.number,
        news.kind,
        news.title,
        news.at,
        desk.now(),
        news.body,
        "waiting" if needs_decision else "taken",
        None,
        None,
        "",
    )
    return Taken(arrived=int(outbox.add_arrival(connection, arrival, line)))
