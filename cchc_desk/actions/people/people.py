"""The people of the desk: who works here, in which role, and who may come in no more."""

from dataclasses import dataclass, replace

from cchc_desk.actions.people import accounts, passwords
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.ledger.facts.people import (
    AsKept,
    LockLifted,
    OfficialChanged,
    OfficialSwitched,
    PasswordChanged,
)
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.people.passwords import one_time_password
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials


@dataclass(frozen=True)
class Person:
    """An official as the administrator sees them; `waits`: seconds until the next try to log in.

    `holds`: how many open dossiers; `can_log_in` is False where the password's hash is damaged.
    """

    official: Official
    failures: int
    waits: int
    holds: int
    can_log_in: bool


@dataclass(frozen=True)
class WithPassword:
    """An official and the password that somebody else made for them, good for one log-in."""

    official: Official
    password: str


@dataclass(frozen=True)
class Switched:
    """An official who may come in or not; `holds`: the codes of the open dossiers they hold."""

    official: Official
    holds: tuple[str, ...]


def everyone(desk: Desk) -> tuple[Person, ...]:
    """Return all officials, also those switched off and damaged ones, by given name."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        tries = officials.all_tries(connection)
        hashes = officials.password_hashes(connection)
        holds = officials.open_dossiers_by_holder(connection)
        found = officials.all_officials(connection)
    return tuple(
        Person(
            one,
            tries[one.id].failures if one.id in tries else 0,
            tries[one.id].left(desk.uptime()) if one.id in tries else 0,
            holds.get(one.id, 0),
            passwords.is_sound(hashes.get(one.id, "")),
        )
        for one in found
    )


def damaged(desk: Desk) -> tuple[str, ...]:
    """Return the names of officials whose rows or passwords are damaged, for who can mend them."""
    me = desk.require(Permission.READ)
    if me.role not in ALLOWED[Permission.OFFICIALS]:
        return ()
    return tuple(
        one.official.name
        for one in everyone(desk)
        if one.official.is_damaged or (one.official.active and not one.can_log_in)
    )


def may_act(desk: Desk, official: Official) -> bool:
    """True while this official is switched on and has the role with which they logged in."""
    with desk.read() as connection:
        now = officials.official_of(connection, official.id)
    return now is not None and now.role is official.role


def add(desk: Desk, login: str, name: str, role: Role, title: str = "") -> WithPassword:
    """Add an official with a one-time password; raises as accounts.add_official()."""
    password = one_time_password()
    new = NewOfficial(login, name, role, title, password)
    return WithPassword(accounts.add_official(desk, new), password)


def change(
    desk: Desk,
    login: str,
    *,
    name: str | None = None,
    title: str | None = None,
    role: Role | None = None,
) -> Official:
    """Change an official's name, title or role; None leaves it as it is.

    Raises Refused: "unknown-official", "official-name", "not-printable", "last-administrator",
    "last-signer".
    """
    desk.require(Permission.OFFICIALS)
    with desk.write() as connection:
        before = _known(connection, login)
        tidy_name, tidy_title = accounts.check_official(
            before.name if name is None else name, before.title if title is None else title
        )
        after = replace(before, name=tidy_name, title=tidy_title, role=role or before.role)
        if before.is_damaged and role:  # only a role makes a damaged row whole again
            after = replace(after, active=True, is_damaged=False)
        if after.role is not before.role:
            _check_not_last(connection, before)
        if after != before:
            officials.keep_official(connection, after)
            fact = OfficialChanged(login, _kept(before), _kept(after))
            desk.record(connection, fact, tables=("officials",))
    if desk.official and desk.official.id == login:
        desk.official = after
    return after


def switch(desk: Desk, login: str, *, active: bool) -> Switched:
    """Let an official log in again, or no more; their name stays on every paper.

    Raises Refused: "unknown-official", "last-administrator", "last-signer".
    """
    desk.require(Permission.OFFICIALS)
    with desk.write() as connection:
        before = _known(connection, login)
        if before.active and not active:
            _check_not_last(connection, before)
        after = replace(before, active=active, is_damaged=False)
        holds = officials.held_by(connection, login)
        if after != before:
            officials.keep_official(connection, after)
            fact = OfficialSwitched(login, active, () if active else holds)
            desk.record(connection, fact, tables=("officials",))
    return Switched(after, holds)


def reset_password(desk: Desk, login: str) -> WithPassword:
    """Give an official a one-time password, to be changed at the next log-in; lift their wait.

    Raises Refused("unknown-official").
    """
    desk.require(Permission.OFFICIALS)
    password = one_time_password()
    with desk.write() as connection:
        return WithPassword(
            set_one_time(desk, connection, _known(connection, login), password), password
        )


def set_one_time(desk: Desk, connection: Connection, official: Official, password: str) -> Official:
    """Store a one-time password in the caller's transaction; return the official as they are."""
    kept = passwords.password_hash(password)
    official = officials.keep_password(connection, official, kept, must_change=True)
    officials.forget_tries(connection, official.id)
    fact = PasswordChanged(official.id, "one-time")
    desk.record(connection, fact, tables=("officials",))
    return official


def lift_wait(desk: Desk, login: str) -> int:
    """Forget the wrong passwords under a name; return how many there were.

    Raises Refused("unknown-official").
    """
    desk.require(Permission.OFFICIALS)
    with desk.write() as connection:
        _known(connection, login)
        failures = officials.tries_of(connection, login).failures
        if failures:
            officials.forget_tries(connection, login)
            desk.record(connection, LockLifted(login, failures), counted=False)
    return failures


def _known(connection: Connection, login: str) -> Official:
    official = officials.anyone_of(connection, login)
    if official is None:
        raise Refused(
            "unknown-official",
            _("Không có người dùng «{id}»; hãy kiểm tra lại.").format(id=login),
            "official",
        )
    return official


def _kept(official: Official) -> AsKept:
    return AsKept(official.name, official.title, official.role.value)


def _check_not_last(connection: Connection, leaving: Official) -> None:
    """Check that somebody else still administers and, where anybody signed, still signs."""
    others = [
        one for one in officials.all_officials(connection) if one.active and one.id != leaving.id
    ]
    if leaving.active and _is_last(Permission.OFFICIALS, leaving, others):
        raise Refused(
            "last-administrator",
            _(
                "{name} là người quản trị duy nhất đang làm việc; hãy thêm hoặc chọn người quản "
                "trị khác trước."
            ).format(name=leaving.name),
            "role",
        )
    if leaving.active and _is_last(Permission.SIGN_LETTER, leaving, others):
        raise Refused(
            "last-signer",
            _(
                "{name} là người ký duy nhất đang làm việc: không còn ai ký thư xin lỗi. Hãy thêm "
                "lãnh đạo khác trước."
            ).format(name=leaving.name),
            "role",
        )


def _is_last(permission: Permission, leaving: Official, others: list[Official]) -> bool:
    roles = ALLOWED[permission]
    return leaving.role in roles and not any(one.role in roles for one in others)
