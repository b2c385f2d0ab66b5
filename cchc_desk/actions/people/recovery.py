"""Recovery: the sealed sheet, and a new administrator's password by two when all are lost.

Enough are a leader and another official, a leader and the sheet, two officials and the sheet, or
three officials; where the desk has no leader, one less. All of it is in the
ledger. A sheet is used once, and only the newest holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cchc_desk.actions.data import protection
from cchc_desk.actions.people import accounts, people
from cchc_desk.actions.people.people import WithPassword
from cchc_desk.domain.ledger.facts.people import Recovered, SheetMade
from cchc_desk.domain.people import recovery_code
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.people.passwords import one_time_password
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials, recovery_sheets
from cchc_desk.store.office.recovery_sheets import SheetRow

_TRIES = "#"  # counts wrong codes; no official has such a name


@dataclass(frozen=True)
class Sheet:
    """A recovery sheet to be printed now: its code is never seen again."""

    number: int
    code: str


@dataclass(frozen=True)
class Recovery:
    """The administrator with a one-time password; a new sheet where the old one was used."""

    administrator: WithPassword
    sheet: Sheet | None


@dataclass(frozen=True)
class SheetState:
    """The sheet that holds: its number and the day on which it was made."""

    number: int
    made: date


def sheet_in_force(desk: Desk) -> SheetState | None:
    """Return the sheet that holds, None where none was printed or the last one was used."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        row = recovery_sheets.in_force(connection)
    return SheetState(row.number, row.made) if row else None


def lacks_sheet(desk: Desk) -> bool:
    """True for the administrator of a real desk where no sheet holds."""
    me = desk.require(Permission.READ)
    may = me.role in ALLOWED[Permission.OFFICIALS]
    return may and not desk.practice and sheet_in_force(desk) is None


def new_sheet(desk: Desk, keep: Callable[[Sheet], None] | None = None) -> Sheet:
    """Make a sheet; the ones before it hold no more, nor do they open encrypted data.

    `keep` has the sheet before it holds: where it raises, the one before it holds on.
    """
    desk.require(Permission.OFFICIALS)
    with desk.write() as connection:
        sheet = _make_sheet(desk, connection)
        if keep:
            keep(sheet)
    protection.hold_by_sheet(desk.folder, sheet.code)
    return sheet


def first_sheet(desk: Desk) -> Sheet:
    """Make the sheet of a desk that was set up just now, before anybody has logged in.

    Raises Refused("log-in") for any other desk.
    """
    with desk.write_by(None) as connection:
        head = journal.head(connection)
        if head is None or head.seq != 1:
            raise Refused("log-in", _("Quầy đã dùng rồi: hãy đăng nhập quản trị để in phiếu."))
        sheet = _make_sheet(desk, connection)
    protection.hold_by_sheet(desk.folder, sheet.code)
    return sheet


def _make_sheet(desk: Desk, connection: Connection) -> Sheet:
    code = recovery_code.new_code()
    number = recovery_sheets.add(connection, recovery_code.fingerprint(code), desk.now())
    desk.record(connection, SheetMade(number), counted=False)
    return Sheet(number, code)


def recover(
    desk: Desk, helpers: Mapping[str, str], login: str, code: str = "", new_name: str = ""
) -> Recovery:
    """Give the administrator `login` a one-time password; `helpers`: passwords by log-in name.

    With `new_name` a new administrator is added instead. Raises Refused: "recovery-code", "wait",
    "recovery-people", "not-administrator", "login-taken", and as accounts.log_in().
    """
    typed = recovery_code.tidy(code) if code.strip() else ""
    known = [accounts.check_password(desk, helper, word) for helper, word in helpers.items()]
    _check_enough(desk, known, with_sheet=bool(typed))
    recovered = None
    with desk.write_by(known[0]) as connection:
        sheet = recovery_sheets.in_force(connection)
        tries = officials.tries_of(connection, _TRIES)
        left = tries.left(desk.uptime()) if typed else 0
        is_right = not typed or (
            not left and sheet is not None and sheet.fingerprint == recovery_code.fingerprint(typed)
        )
        if is_right:
            if typed:
                officials.forget_tries(connection, _TRIES)
            used = sheet if typed else None
            recovered = _recovered(desk, connection, known, login, used, new_name)
        elif not left:
            officials.keep_tries(connection, _TRIES, tries.with_failure(desk.uptime(), desk.now()))
    if recovered is not None:
        if recovered.sheet is not None:
            protection.hold_by_sheet(desk.folder, recovered.sheet.code)
        return recovered
    raise _wrong_sheet(left)


def _wrong_sheet(left: int) -> Refused:
    """Say that the code does not hold; `left` seconds are to be waited for the next one."""
    if left:
        return Refused(
            "wait",
            _("Sai mã khôi phục nhiều lần; hãy thử lại sau {minutes} phút.").format(
                minutes=left // 60 + 1
            ),
            recovery_code.FIELD,
        )
    return Refused(
        "recovery-code",
        _("Phiếu khôi phục này không còn giá trị: đã dùng, hoặc đã in phiếu mới hơn."),
        recovery_code.FIELD,
    )


def _check_enough(desk: Desk, known: list[Official], *, with_sheet: bool) -> None:
    has_leader = any(one.role is Role.LEADER for one in accounts.list_officials(desk))
    is_led = any(one.role is Role.LEADER for one in known) or not has_leader
    if not known or len({one.id for one in known}) + is_led + with_sheet < _ENOUGH:
        needed = (
            _(
                "Cần lãnh đạo cùng một người nữa, hoặc lãnh đạo cùng phiếu khôi phục, hoặc hai "
                "người cùng phiếu khôi phục."
            )
            if has_leader
            else _("Cần hai người, hoặc một người cùng phiếu khôi phục.")
        )
        raise Refused("recovery-people", needed, "helpers")


_ENOUGH = 3  # officials, a leader among them, the sheet: each counts one


def _recovered(
    desk: Desk,
    connection: Connection,
    helpers: list[Official],
    login: str,
    sheet: SheetRow | None,
    new_name: str,
) -> Recovery:
    password = one_time_password()
    if new_name.strip():
        official = accounts.add_within(
            desk,
            connection,
            accounts.NewOfficial(login, new_name, Role.ADMINISTRATOR, "", password),
        )
    else:
        found = officials.official_of(connection, login)
        if found is None or found.role is not Role.ADMINISTRATOR:
            raise Refused(
                "not-administrator",
                _(
                    "«{id}» không phải quản trị đang làm việc; hãy chọn người khác hoặc ghi họ tên "
                    "quản trị mới."
                ).format(id=login),
                "administrator",
            )
        official = people.set_one_time(desk, connection, found, password)
    new = None
    if sheet is not None:
        recovery_sheets.mark_used(connection, sheet.number, desk.now())
    used = sheet.number if sheet else None
    fact = Recovered(official.id, tuple(one.id for one in helpers), used)
    desk.record(connection, fact, tables=("officials",))
    if sheet is not None:
        new = _make_sheet(desk, connection)
    return Recovery(WithPassword(official, password), new)
