"""Authority by which the office's leaders sign, asked once and printed over their names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_desk.actions.office.printable import printable_line
from cchc_desk.actions.people import accounts
from cchc_desk.domain.ledger.facts.office import SigningKept
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.people.signing import (
    Signing,
    SigningForm,
    check_signing,
    signer_lines,
    signing_of,
)
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.office import officials, registers

_UNKNOWN = ("TM. ỦY BAN NHÂN DÂN",)  # a leader who is not known yet writes the title by hand


def kept(desk: Desk) -> Mapping[str, Signing]:
    """Return the forms of signing that were asked for, by official."""
    stored = desk.settings["signers"]
    return {id_: Signing(SigningForm(form), mandate) for id_, (form, mandate) in stored.items()}


def lines_of(desk: Desk, official: Official) -> tuple[str, ...]:
    """Return the lines over this official's name. Raises Refused("signer-title")."""
    return signer_lines(official, kept(desk))


def lines_of_whoever_signs(desk: Desk) -> tuple[str, ...]:
    """Return the lines for a paper that a leader has yet to sign.

    Where there is one leader they are theirs; among several nobody knows who will sign.
    """
    known = kept(desk)
    leaders = [one for one in accounts.list_officials(desk) if one.role is Role.LEADER]
    if len(leaders) == 1 and signing_of(leaders[0], known):
        return signer_lines(leaders[0], known)
    return _UNKNOWN


def lines_as_signed(desk: Desk, official_id: str) -> tuple[str, ...]:
    """Return the lines of a paper signed before, by whoever it was; never refused."""
    with desk.read() as connection:
        people = {one.id: one for one in officials.all_officials(connection)}
    known, signer = kept(desk), people.get(official_id)
    if signer is None or signing_of(signer, known) is None:
        return _UNKNOWN
    return signer_lines(signer, known)


def keep_signing(
    desk: Desk, official_id: str, title: str, form: SigningForm, mandate: str = ""
) -> Official:
    """Keep a leader's title and form of signing.

    Raises Refused("unknown-official"), ("signer-title"), ("signer-mandate").
    """
    desk.require(Permission.SETTINGS)
    title = printable_line(title, "title")
    signing = Signing(form, printable_line(mandate, "mandate"))
    check_signing(title, signing)
    with desk.write() as connection:
        official = officials.official_of(connection, official_id)
        if official is None or official.role is not Role.LEADER:
            raise Refused(
                "unknown-official",
                _("Không có lãnh đạo «{id}»; hãy kiểm tra lại.").format(id=official_id),
                "official",
            )
        officials.keep_title(connection, official_id, title)
        signers = desk.settings["signers"] | {official_id: [form.value, signing.mandate]}
        registers.keep_setting(connection, "signers", signers)
        fact = SigningKept(official_id, title, form.value, signing.mandate)
        desk.record(connection, fact, tables=("officials", "settings"))
    return replace(official, title=title)


@dataclass(frozen=True)
class Leader:
    """A leader and how they sign, None while nobody knows."""

    official: Official
    signing: Signing | None


def leaders(desk: Desk) -> tuple[Leader, ...]:
    """Return the leaders of the office, by given name."""
    desk.require(Permission.READ)
    known = kept(desk)
    return tuple(
        Leader(official, signing_of(official, known))
        for official in accounts.list_officials(desk)
        if official.role is Role.LEADER
    )
