"""The officials of a desk: who may log in, their log-in, their passwords."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from cchc_desk.actions.office import printable
from cchc_desk.actions.people import passwords
from cchc_desk.domain.ledger.facts.people import (
    LoggedIn,
    LogInFailed,
    LogInLocked,
    OfficialAdded,
    PasswordChanged,
)
from cchc_desk.domain.people.applicant import LONGEST_TEXT, has_letters
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.people.passwords import Guessed, check_chosen, given_fault
from cchc_desk.domain.people.tries import Tries
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line, nfc
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials

_LOGIN = re.compile(r"[a-z0-9._-]{1,30}")
_NOBODY = "?"  # counts wrong passwords of all names that nobody has


@dataclass(frozen=True)
class NewOfficial:
    """An official to be added, with a password."""

    id: str
    name: str
    role: Role
    title: str
    password: str


def list_officials(desk: Desk) -> tuple[Official, ...]:
    """Return everyone who may log in, by given name."""
    with desk.read() as connection:
        return tuple(
            official for official in officials.all_officials(connection) if official.active
        )


def official_name(desk: Desk, official_id: str) -> str:
    """Return the name of an official; the id itself for an unknown one."""
    with desk.read() as connection:
        names = {official.id: official.name for official in officials.all_officials(connection)}
    return names.get(official_id, official_id)


def log_in(desk: Desk, official_id: str, password: str, *, at_window: bool = False) -> Official:
    """Log the official in; wrong passwords in a row cost waits (domain/people/tries.py).

    The ledger has each log-in at the window, of the command line only those after a wrong one.
    Raises Refused: "wrong-password", "wait", "official-disabled"; Trouble where the count cannot
    be kept: no guess goes uncounted.
    """
    official = check_password(desk, official_id, password, at_window=at_window)
    desk.official = official
    return official


def check_password(
    desk: Desk, official_id: str, password: str, *, at_window: bool = False
) -> Official:
    """Return the official whose password this is; who is at the desk stays.

    Counts and raises as log_in(): "wrong-password", "wait", "official-disabled".
    """
    login = official_id if _LOGIN.fullmatch(official_id) else _NOBODY  # nobody has another
    with desk.read() as connection:
        hashes = officials.password_hashes(connection)
    is_right = passwords.is_right(hashes, login, password)
    # The answer is given by what the count is now: of forty guesses at once five are answered.
    with desk.write_by(None) as connection:
        left = 0 if login == _NOBODY else officials.tries_of(connection, login).left(desk.uptime())
        if not left:
            now = officials.password_hashes(connection).get(login)
            is_right = is_right and now == hashes.get(login)
            if is_right:
                _enter(desk, connection, login, at_window)
            else:
                _count_failure(desk, connection, login, is_known=now is not None)
        official = officials.anyone_of(connection, login)
    if left or not is_right or official is None or not official.active:
        raise _refusal(desk, official if is_right else None, left)
    return official


def _refusal(desk: Desk, official: Official | None, left: int) -> Refused:
    """Say why nobody comes in: so many seconds to wait, a wrong password, or a disused account."""
    if left:
        return Refused(
            "wait",
            _("Sai mật khẩu nhiều lần; hãy thử lại sau {time}, hoặc nhờ quản trị gỡ khóa.").format(
                time=f"{desk.clock() + timedelta(seconds=left):%H:%M:%S}"
            ),
            "password",
        )
    if official is None:
        return Refused(
            "wrong-password", _("Tên hoặc mật khẩu không đúng; hãy nhập lại."), "password"
        )
    return Refused(
        "official-disabled",
        _("Tài khoản này đã ngừng dùng hoặc bị hỏng; hãy hỏi người quản trị của quầy."),
        "login",
    )


def _enter(desk: Desk, connection: Connection, login: str, at_window: bool) -> None:
    failures = officials.tries_of(connection, login).failures
    if failures:
        officials.forget_tries(connection, login)
    if at_window or failures:
        desk.record(connection, LoggedIn(login, at_window, failures), counted=False)


def _count_failure(desk: Desk, connection: Connection, login: str, *, is_known: bool) -> None:
    """Count a wrong password; the ledger has the first of a row and each wait.

    Of names that nobody has it has one entry a day: each may be somebody's password.
    """
    if not is_known:
        _count_nobody(desk, connection)
    if login == _NOBODY:
        return
    before = officials.tries_of(connection, login)
    tries = before.with_failure(desk.uptime(), desk.clock().replace(tzinfo=None))
    officials.keep_tries(connection, login, tries)
    if is_known and tries.wait:
        fact = LogInLocked(login, tries.failures, tries.wait)
        desk.record(connection, fact, counted=False)
    elif is_known and tries.failures == 1:
        desk.record(connection, LogInFailed(login, 1), counted=False)


def _count_nobody(desk: Desk, connection: Connection) -> None:
    now = desk.clock().replace(tzinfo=None)
    before = officials.tries_of(connection, _NOBODY)
    officials.keep_tries(connection, _NOBODY, Tries(before.failures + 1, last=now))
    if before.last is None or before.last.date() != now.date():
        desk.record(connection, LogInFailed("", before.failures + 1), counted=False)


def log_out(desk: Desk) -> None:
    """Leave the desk without an official."""
    desk.official = None


def add_official(desk: Desk, new: NewOfficial) -> Official:
    """Add an official with a password that they change at their first log-in.

    Raises Refused: "login-taken", "login", "official-name", "not-printable", and as given_fault().
    """
    desk.require(Permission.OFFICIALS)
    with desk.write() as connection:
        return add_within(desk, connection, new)


def add_within(desk: Desk, connection: Connection, new: NewOfficial) -> Official:
    """Add an official in the caller's transaction.

    Raises Refused as add_official(): "login-taken", "login", "official-name", "not-printable".
    """
    guessed = passwords.guessed_at_set_up(new.id, new.name)
    refusal = next(official_faults(new), None)
    if not desk.practice:
        refusal = refusal or given_fault(new.password, guessed)
    if refusal:
        raise refusal
    is_known = desk.practice and new.password == passwords.PRACTICE
    official = official_of(new, must_change=not is_known)
    if officials.anyone_of(connection, new.id):
        raise Refused(
            "login-taken",
            _("Tên đăng nhập «{login}» đã có người dùng; hãy chọn tên khác.").format(login=new.id),
            "login",
        )
    officials.add_official(connection, official, passwords.password_hash(new.password))
    officials.forget_tries(connection, new.id)  # of guesses before anybody had the name
    added = OfficialAdded(login=new.id, role=new.role.value)
    desk.record(connection, added, tables=("officials",))
    return official


def official_of(new: NewOfficial, *, must_change: bool) -> Official:
    """Return the official as kept; `must_change`: at the first log-in the password is changed."""
    name, title = clean_line(new.name), clean_line(new.title)
    return Official(new.id, name, new.role, title, must_change=must_change)


def official_faults(official: NewOfficial) -> Iterator[Refused]:
    """Yield what is wrong with log-in name and name: "login", "official-name", "not-printable"."""
    yield from _name_faults(official.name, official.title)
    if not _LOGIN.fullmatch(official.id):
        yield Refused(
            "login",
            _("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm hoặc gạch."),
            "login",
        )


def check_official(name: str, title: str) -> tuple[str, str]:
    """Return name and title as they are kept.

    Raises Refused: "official-name", "text-long", "not-printable".
    """
    fault = next(_name_faults(name, title), None)
    if fault:
        raise fault
    return clean_line(name), clean_line(title)


def _name_faults(name: str, title: str) -> Iterator[Refused]:
    if not has_letters(clean_line(name)):
        yield Refused("official-name", _("Hãy nhập họ tên của người dùng."), "official_name")
    for text, field in ((name, "official_name"), (title, "title")):
        if len(text) > LONGEST_TEXT:
            yield Refused(
                "text-long",
                _("Nội dung dài quá {most} ký tự; hãy viết gọn lại.").format(most=LONGEST_TEXT),
                field,
            )
    unprintable = (
        printable.not_printable(clean_line(name), "official_name"),
        printable.not_printable(clean_line(title), "title"),
    )
    yield from filter(None, unprintable)


def change_password(desk: Desk, old: str, new: str) -> Official:
    """Change the password of the official logged in, who chose it; return them as they are now.

    Raises Refused as check_chosen(), "password-same", and as log_in().
    """
    me = desk.require(Permission.READ)
    if desk.practice:
        fault = given_fault(new, Guessed(()), "new_password")
        if fault:
            raise fault
    else:
        check_chosen(new, passwords.guessed_first(desk.settings, me.id, me.name), "new_password")
    check_password(desk, me.id, old)
    if nfc(old) == nfc(new) and not desk.practice:
        raise Refused(
            "password-same",
            _("Mật khẩu mới giống mật khẩu cũ; hãy chọn mật khẩu khác."),
            "new_password",
        )
    kept = passwords.password_hash(new)
    with desk.write() as connection:
        mine = officials.keep_password(connection, me, kept, must_change=False)
        fact = PasswordChanged(login=me.id, password="changed")
        desk.record(connection, fact, tables=("officials",))
    desk.official = mine
    return mine
