"""Memory of people: all that earlier dossiers have about a number, a phone or an organisation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cchc_desk.actions.office import places
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.people.addresses import AddressBook, Place, used_addresses
from cchc_desk.domain.people.applicant import Applicant, Submitter, normalise_phone, tidy_id_number
from cchc_desk.domain.people.identity_card import Card
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import exact_key, fold
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import people
from cchc_desk.store.dossiers.people import Earlier
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import procedures

MOST_PEOPLE = 3  # of one phone, or of one name
MOST_PROCEDURES = 3
_PORTAL_CODE = re.compile(r"H[0-9]{2}")


@dataclass(frozen=True)
class Known:
    """An owner as their newest dossier has them, and their last procedures, newest first."""

    applicant: Applicant
    procedures: tuple[ProcedureVersion, ...]


def known_by_number(desk: Desk, id_number: str) -> tuple[Known, ...]:
    """Return whose number this is, in one place or none."""
    desk.require(Permission.READ)
    number = tidy_id_number(id_number)
    with desk.read() as connection:
        found = people.of_number(connection, number) if number else ()
        return _known(desk, connection, found)[:1]


def known_by_card(desk: Desk, card: Card) -> tuple[Known, ...]:
    """Return the holder by the card's number, else by the older one where the name is the same."""
    by_old_number = known_by_number(desk, card.old_id)
    return known_by_number(desk, card.id_number) or tuple(
        known for known in by_old_number if fold(known.applicant.name) == fold(card.name)
    )


def known_by_phone(desk: Desk, phone: str) -> tuple[Known, ...]:
    """Return whose phone this is, those of the newest dossiers first: a family may share one."""
    desk.require(Permission.READ)
    number = normalise_phone(phone)
    with desk.read() as connection:
        found = people.of_phone(connection, number) if number else ()
        return _known(desk, connection, found)


def known_organisations(desk: Desk, name: str) -> tuple[Known, ...]:
    """Return the organisations whose name has all of these words, two at least."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        found = people.organisations(connection, name) if len(name.split()) > 1 else ()
        return _known(desk, connection, found)


def known(desk: Desk, text: str) -> tuple[Known, ...]:
    """Return who is known by a number, else by a phone, else as an organisation by its name."""
    return (
        known_by_number(desk, text) or known_by_phone(desk, text) or known_organisations(desk, text)
    )


def _known(desk: Desk, connection: Connection, found: Iterable[Earlier]) -> tuple[Known, ...]:
    """Return each owner once, as the newest of their dossiers has them."""
    of_owner: dict[str, list[Earlier]] = {}
    for one in found:
        who = one.applicant
        of_owner.setdefault(who.id_number or exact_key(who.name), []).append(one)
    return tuple(
        Known(dossiers[0].applicant, _procedures(desk, connection, dossiers))
        for dossiers in list(of_owner.values())[:MOST_PEOPLE]
    )


def _procedures(
    desk: Desk, connection: Connection, earlier: Iterable[Earlier]
) -> tuple[ProcedureVersion, ...]:
    """Return the last procedures that are still in force, each once, newest first."""
    today = desk.now().date()
    codes = list(dict.fromkeys(one.procedure_code for one in earlier))
    versions = (procedures.version_on(connection, code, today) for code in codes)
    return tuple(version for version in versions if version)[:MOST_PROCEDURES]


def address_book(desk: Desk) -> AddressBook:
    """Return what addresses are completed by: those used here, and the province's communes.

    The office's own commune comes first; older communes as far as `resources/communes/former.csv`
    says what became of them.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        used = people.last_addresses(connection)
        unit_code, unit_name = desk.settings["unit_code"], desk.settings["unit_name"]
    return AddressBook(_places(unit_code, unit_name), used_addresses(used), places.FORMER_PROVINCES)


def _places(unit_code: str, unit_name: str) -> tuple[Place, ...]:
    code = _PORTAL_CODE.search(unit_code)
    here = [one for one in places.provinces() if code and one.portal_code == code[0]]
    communes = [
        (commune, province) for province in here for commune in places.communes(province.code)
    ]
    full = {
        commune.code: f"{commune.full_name}, {province.full_name}" for commune, province in communes
    }
    today = [Place(commune.kind, commune.name, full[commune.code]) for commune, _of in communes]
    today.sort(key=lambda place: not unit_name.endswith(f"{place.kind} {place.name}"))
    former = [
        Place(one.kind, one.name, full[one.now], one.full_name)
        for one in places.former_communes()
        if one.now in full and full[one.now] != f"{one.kind} {one.name}, {here[0].full_name}"
    ]
    return (*today, *former)


def contact_doubt(owner: Applicant, submitter: Submitter | None) -> str:
    """Return the sentence on how this citizen could not be reached; empty when they can."""
    phone = owner.phone.strip() or (submitter.phone.strip() if submitter else "")
    if phone and owner.address.strip():
        return ""
    if phone:
        return _("Chưa có địa chỉ: không gửi giấy tờ qua bưu chính được.")
    if owner.address.strip():
        return _("Chưa có điện thoại: không báo trước được.")
    return _("Chưa có điện thoại, địa chỉ: không báo trước được.")
