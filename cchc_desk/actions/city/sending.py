"""Up to the city and back: enrolment, the parcels of days, the receipts, what came down - by a line
or by a file.

A sending is three steps, so that neither the database nor the network ever waits for the other:

    outgoing = prepare(desk)                # packs what changed, answers the lines that wait
    answers = exchange(outgoing)            # the network alone; no database
    take_answers(desk, answers)             # receipts are compared and kept

At most one parcel waits for a line at a time; what changes meanwhile waits as marked days and goes
with the next one, so a year without a line is one parcel. Its bytes are kept until the city's
signed receipt is here: whatever gets lost or comes twice, the same bytes are sent again and the
city answers the same receipt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cchc_desk.actions.city.pack import pack
from cchc_desk.actions.city.replies import Answer, City, Item, Taken, city_of, drop, take, the_city
from cchc_desk.domain.ledger.facts.city import EnrolmentAsked
from cchc_desk.domain.people.officials import Act
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.city.outbox import Arrival, ParcelRow
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import registers
from cchc_desk.sync import keys, usb_file, wire
from cchc_desk.sync.client import Line
from cchc_desk.sync.parcel import Enrolment, Invitation, Question

# one more after each answer that the desk can go on from by itself: welcome, receipt, what to put
# right
ROUNDS = 4


@dataclass(frozen=True)
class Outgoing:
    """What goes over the line now."""

    city: City
    proxy: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class State:
    """The way to the city as the page shows it. `waiting`: days the city does not hold as they are
    now.
    """

    city: City | None
    waiting: int
    parcels: tuple[ParcelRow, ...]
    arrivals: tuple[Arrival, ...]


# --- enrolment ------------------------------------------------------------------------------------


def enrol(desk: Desk, invitation: Invitation) -> City:
    """Makes the desk's key and its request to be known by the city that invited it; it goes with
    the next sending.

    Refused: "ward-differs" for another ward's invitation.
    """
    desk.require(Act.ENROL)
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
        city = City(
            invitation.city,
            ward,
            invitation.key,
            invitation.url,
            invitation.certificate,
            False,
            line,
        )
        registers.keep_setting(connection, "city", vars(city))
        outbox.forget_city(connection)
        asked = EnrolmentAsked(city=city.name, url=city.url, key=request.key)
        desk.record(connection, asked, tables=("settings",))
    return city


def enrol_by_file(desk: Desk, file: Path) -> City:
    """The same with the file that the city sent."""
    return enrol(desk, usb_file.read_invitation(file))


def state(desk: Desk) -> State:
    """What the page of the city shows."""
    desk.require(Act.READ)
    with desk.read() as connection:
        return State(
            city_of(connection),
            outbox.waiting_days(connection, desk.now().date()),
            outbox.last_parcels(connection, 50),
            outbox.all_arrivals(connection),
        )


# --- sending --------------------------------------------------------------------------------------


def send(desk: Desk) -> Taken:
    """Sends what waits and takes the answers, now; `trouble` of the answer says where the line does
    not hold.
    """
    desk.require(Act.SEND)
    taken = Taken()
    for _round in range(ROUNDS):
        outgoing = prepare(desk)
        one = take_answers(desk, exchange(outgoing))
        taken = Taken(
            taken.receipts + one.receipts, taken.arrived + one.arrived, one.trouble, one.again
        )
        if not one.again:
            break
    return taken


def prepare(desk: Desk) -> Outgoing:
    """Packs what changed and answers every line that waits; Refused ("not-enrolled") for a desk
    that knows no city.

    What the city refused and nobody has decided upon keeps new days back: they would fare the same.
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
    """Sends each line and answers what came back; the first that does not get through ends it.
    Touches no database.
    """
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
    """Keeps receipts, refusals and what came down, each once its signature is found the
    city's own.
    """
    taken = Taken()
    for answer in answers:
        with desk.write() as connection:
            taken = taken.and_then(take(desk, connection, the_city(connection), answer))
    return taken


def retry(desk: Desk, parcel_id: str) -> None:
    """A refused parcel is packed anew and goes with the next sending; a waiting one may be tried at
    once.
    """
    desk.require(Act.SEND)
    with desk.write() as connection:
        parcel = _the_parcel(connection, parcel_id)
        if parcel.state == "waiting":
            outbox.keep_parcel(connection, parcel.id, next_try=None)
        elif parcel.state == "refused":
            drop(connection, parcel)


def cancel(desk: Desk, parcel_id: str) -> None:
    """Takes a parcel back that is not acknowledged; its days are packed again with the next one,
    nothing is lost.
    """
    desk.require(Act.SEND)
    with desk.write() as connection:
        parcel = _the_parcel(connection, parcel_id)
        if parcel.state not in ("waiting", "refused"):
            raise Refused("parcel-done", _("Gói này đã xong; không hủy được nữa."))
        drop(connection, parcel)


# --- by a file ------------------------------------------------------------------------------------


def write_bag(desk: Desk, file: Path) -> int:
    """Writes everything that waits to a file for the city; answers how many parcels are in it.

    What was refused is packed anew: somebody is there and wants it to go.
    """
    desk.require(Act.SEND)
    with desk.write() as connection:
        city = the_city(connection)
        for refused in outbox.parcels_in(connection, "refused"):
            drop(connection, refused)
        pack(desk, connection)
        items = _items(desk, connection, city, by_file=True)
    usb_file.write_bag(file, (item.line for item in items))
    return sum(item.parcel is not None for item in items)


def take_bag(desk: Desk, file: Path) -> Taken:
    """Takes what the city wrote back: receipts, refusals, what comes down. A file taken twice
    changes nothing.
    """
    desk.require(Act.SEND)
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
    if (
        request and not by_file
    ):  # over a line nothing else is of use before the welcome; a file holds all of it
        return request
    question = Question(desk=desk.id, made=desk.now(), after=outbox.last_number(connection))
    return (
        *request,
        *(
            Item("parcels", one.line or "", one.id)
            for one in outbox.parcels_in(connection, "waiting")
        ),
        Item("questions", wire.sign("question", question, keys.key_of(desk.folder, desk.id))),
    )


def _the_parcel(connection: Connection, parcel_id: str) -> ParcelRow:
    parcel = outbox.parcel(connection, parcel_id)
    if parcel is None:
        raise Refused("unknown-parcel", _("Không có gói nào mang mã này; hãy xem lại danh sách."))
    return parcel
