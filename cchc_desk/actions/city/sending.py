"""Exchange with the city over the network or by a file: enrolment, parcels, receipts, news.

A sending is three steps, so that neither the database nor the network ever waits for the other:

    outgoing = prepare(desk)                # packs changed days, returns the waiting lines
    answers = exchange(outgoing)            # the network alone; no database
    take_answers(desk, answers)             # receipts are compared and stored

At most one parcel waits at a time; later changes wait as marked days and go with the next one, so a
year without a connection is one parcel. Its bytes are stored until the city's signed receipt is
here: whatever gets lost or comes twice, the same bytes are sent again and the city answers with the
same receipt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.actions.city.pack import pack
from cchc_desk.actions.city.replies import Answer, City, Item, Taken, city_of, drop, take, the_city
from cchc_desk.domain.city import Arrival, ParcelRow
from cchc_desk.domain.ledger.facts.city import EnrolmentAsked
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.output_file import checked_target
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import registers
from cchc_desk.sync import keys, usb_file, wire
from cchc_desk.sync.client import CityClient
from cchc_desk.sync.parcel import Enrolment, Invitation, Question

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# Another round follows each answer the desk can go on from by itself: welcome, receipt, correction.
ROUNDS = 4


@dataclass(frozen=True)
class Outgoing:
    """Lines to send now, and where."""

    city: City
    proxy: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class State:
    """State of the exchange for its page; `waiting`: days the city does not hold as they are."""

    city: City | None
    waiting: int
    parcels: tuple[ParcelRow, ...]
    arrivals: tuple[Arrival, ...]


# --- enrolment ------------------------------------------------------------------------------------


def enrol(desk: Desk, invitation: Invitation) -> City:
    """Make the desk's key and its enrolment for the city's invitation; the next sending takes it.

    Raises Refused("ward-differs") for another ward's invitation, Refused("key"), and Trouble when
    the key cannot be saved.
    """
    desk.require(Permission.ENROL)
    with desk.write() as connection:
        ward = desk.settings["unit_code"]
        if invitation.ward != ward:
            raise Refused(
                "ward-differs",
                _("Tệp mời này của đơn vị {other}, quầy này thuộc {own}; hãy xin đúng tệp.").format(
                    other=invitation.ward, own=ward
                ),
                "file",
            )
        wire.public_key(invitation.key)  # refused before a new key replaces the old one
        key = keys.make_key(desk.folder, desk.id)
        city = City(
            name=invitation.city,
            ward=ward,
            key=invitation.key,
            url=invitation.url,
            certificate=invitation.certificate,
            enrolled=False,
            line=_request(desk, invitation, key),
        )
        registers.keep_setting(connection, "city", vars(city))
        outbox.forget_city(connection)
        asked = EnrolmentAsked(city=city.name, url=city.url, key=wire.public_text(key))
        desk.record(connection, asked, tables=("settings",))
    return city


def _request(desk: Desk, invitation: Invitation, key: "Ed25519PrivateKey") -> str:
    """Return the desk's signed enrolment."""
    enrolment = Enrolment(
        ward=invitation.ward,
        desk=desk.id,
        name=desk.settings["desk_name"],
        code=invitation.code,
        key=wire.public_text(key),
        made=desk.now(),
        practice=desk.practice,
    )
    return wire.sign("enrolment", enrolment, key)


def enrol_by_file(desk: Desk, file: Path) -> City:
    """Enrol with the city's invitation file. Raises as enrol() and usb_file.read_invitation()."""
    return enrol(desk, usb_file.read_invitation(file))


def state(desk: Desk) -> State:
    """Return the state of the exchange for its page."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return State(
            city_of(connection),
            outbox.waiting_days(connection, desk.now().date()),
            outbox.last_parcels(connection, 50),
            outbox.all_arrivals(connection),
        )


# --- sending --------------------------------------------------------------------------------------


def send(desk: Desk) -> Taken:
    """Send all waiting lines and take the answers, now.

    A failed connection is in `trouble` of the outcome, not raised.
    """
    desk.require(Permission.SEND)
    taken = Taken()
    for _round in range(ROUNDS):
        outgoing = prepare(desk)
        outcome = take_answers(desk, exchange(outgoing))
        taken = Taken(
            taken.receipts + outcome.receipts,
            taken.arrived + outcome.arrived,
            outcome.trouble,
            outcome.again,
        )
        if not outcome.again:
            break
    return taken


def sends_here(desk: Desk) -> bool:
    """Return True where this PC sends by itself: it has the key, and no other station does it now.

    Raises Trouble("no-server").
    """
    return bool(keys.key_text(desk.folder, desk.id)) and desk.database.take_sending()


def prepare(desk: Desk) -> Outgoing:
    """Pack changed days and return every waiting line. Raises Refused("not-enrolled").

    A refused parcel that nobody has decided upon holds new days back: they would be refused too.
    """
    with desk.write() as connection:
        city = the_city(connection)
        held_back = outbox.parcels_in(connection, "waiting") or outbox.parcels_in(
            connection, "refused"
        )
        if city.enrolled and not held_back:
            pack(desk, connection)
        return Outgoing(city, desk.settings["city_proxy"], _items(desk, connection, city))


def exchange(outgoing: Outgoing) -> tuple[Answer, ...]:
    """Send each line and return the answers, without any database.

    The first connection error ends it and stands in the last answer.
    """
    answers: list[Answer] = []
    city = outgoing.city
    try:
        with CityClient(city.url, city.certificate, outgoing.proxy) as client:
            for item in outgoing.items:
                answers.append(Answer(item, client.send(item.road, item.line)))
    except Trouble as trouble:
        answers.append(Answer(outgoing.items[len(answers)], trouble=trouble.message))
    return tuple(answers)


def take_answers(desk: Desk, answers: Iterable[Answer]) -> Taken:
    """Store receipts, refusals and news of the answers, each in a transaction of its own."""
    taken = Taken()
    for answer in answers:
        with desk.write() as connection:
            taken = taken.and_then(take(desk, connection, the_city(connection), answer))
    return taken


def retry(desk: Desk, parcel_id: str) -> None:
    """Pack a refused parcel again for the next sending, or let a waiting one be tried at once."""
    desk.require(Permission.SEND)
    with desk.write() as connection:
        parcel = _the_parcel(connection, parcel_id)
        if parcel.state == "waiting":
            outbox.keep_parcel(connection, parcel.id, next_try=None)
        elif parcel.state == "refused":
            drop(connection, parcel)


def cancel(desk: Desk, parcel_id: str) -> None:
    """Cancel a parcel that is not acknowledged; its days go with the next one.

    Raises Refused: "unknown-parcel", "parcel-done".
    """
    desk.require(Permission.SEND)
    with desk.write() as connection:
        parcel = _the_parcel(connection, parcel_id)
        if parcel.state not in ("waiting", "refused"):
            raise Refused("parcel-done", _("Gói này đã xong; không hủy được nữa."))
        drop(connection, parcel)


# --- by a file ------------------------------------------------------------------------------------


def write_bag(desk: Desk, file: Path) -> int:
    """Write everything that waits to a file for the city; return the number of parcels in it.

    A refused parcel is packed again: its sender is there and wants it to go.
    """
    desk.require(Permission.SEND)
    checked_target(file)  # before anything is packed
    with desk.write() as connection:
        city = the_city(connection)
        for refused in outbox.parcels_in(connection, "refused"):
            drop(connection, refused)
        pack(desk, connection)
        items = _items(desk, connection, city, by_file=True)
    usb_file.write_bag(file, (item.line for item in items))
    return sum(item.parcel is not None for item in items)


def take_bag(desk: Desk, file: Path) -> Taken:
    """Take the city's file: receipts, refusals, news; a file taken twice changes nothing.

    Raises Refused("bag-foreign"), and as usb_file.read_bag().
    """
    desk.require(Permission.SEND)
    lines = usb_file.read_bag(file)
    with desk.write() as connection:
        city = the_city(connection)
        taken = take(desk, connection, city, Answer(Item("file", ""), lines))
    if taken.trouble:
        raise Refused("bag-foreign", taken.trouble, "file")
    return taken


# --- shared ---------------------------------------------------------------------------------------


def _items(
    desk: Desk, connection: Connection, city: City, *, by_file: bool = False
) -> tuple[Item, ...]:
    request = () if city.enrolled else (Item("enrolments", city.line),)
    if request and not by_file:  # the city answers nothing else before its welcome
        return request
    waiting = outbox.parcels_in(connection, "waiting")
    question = Question(desk=desk.id, made=desk.now(), after=outbox.last_number(connection))
    return (
        *request,
        *(Item("parcels", parcel.line or "", parcel.id) for parcel in waiting),
        Item("questions", wire.sign("question", question, keys.key_of(desk.folder, desk.id))),
    )


def _the_parcel(connection: Connection, parcel_id: str) -> ParcelRow:
    parcel = outbox.parcel(connection, parcel_id)
    if parcel is None:
        raise Refused("unknown-parcel", _("Không có gói nào mang mã này; hãy xem lại danh sách."))
    return parcel
