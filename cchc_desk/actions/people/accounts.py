"""The desk's set-up, its officials and their passwords, its settings."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from cchc_desk import __version__, owner_only, paths
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.data import doubts, protection
from cchc_desk.actions.office import office_calendar, printable
from cchc_desk.actions.office.places import commune_of, place_in, place_named, province_of
from cchc_desk.actions.people import passwords
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.ledger.facts.office import SettingsChanged, SetUp
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
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, later, os_reason
from cchc_desk.session import Clock, Desk
from cchc_desk.settings import BLOCKS, FOLDERS, check_blocks, checked
from cchc_desk.snapshot import read_snapshot, tidy_hours, week_of
from cchc_desk.store.engine import backup, copies, migrations
from cchc_desk.store.engine.database import DAMAGED, Connection, Database
from cchc_desk.store.engine.set_up_lock import alone_in, refuse_taken
from cchc_desk.store.ledger import integrity, put_back, sums
from cchc_desk.store.ledger.machine import machine_mark
from cchc_desk.store.ledger.witness import Witness
from cchc_desk.store.office import officials, registers
from cchc_desk.store.papers import scans
from cchc_desk.vietnam_time import vietnam_now

# Settings that stand on no paper, or on the test page of a printer alone.
_ON_NO_PAPER = ("mirror_second", "city_proxy", "printer_offset")
_LOGIN = re.compile(r"[a-z0-9._-]{1,30}")
_NOBODY = "?"  # counts wrong passwords of all names that nobody has


_GONE = later(
    "Thư mục {folder} từng có dữ liệu của một quầy: tệp desk.db không còn, nhưng bản sao hoặc nhật "
    "ký của nó còn đó. Hãy khôi phục bản sao (trang đăng nhập: F7; dòng lệnh: cchc restore), hoặc "
    "chọn thư mục khác cho quầy mới."
)


@dataclass(frozen=True)
class NewOfficial:
    """An official to be added, with a password."""

    id: str
    name: str
    role: Role
    title: str
    password: str


@dataclass(frozen=True)
class SetupPlan:
    """All facts of the first run; `province` and `commune` are official codes or names.

    `at_window`: passwords are checked as if each had chosen their own; the administrators' are
    taken for theirs, whoever types the others'. `known_passwords`: everybody knows them, as in a
    practice ward, and nobody is asked to change one.
    """

    province: str
    commune: str
    unit_code: str
    desk_name: str
    block_first: int
    block_last: int
    office_hours: Mapping[str, str]
    officials: tuple[NewOfficial, ...]
    parent_agency: str | None = None
    unit_name: str | None = None
    place: str | None = None
    hotline: str = ""
    encrypt: bool = False  # the doors' own default: actions/office/protection.encrypts_new_desks()
    at_window: bool = False
    known_passwords: bool = False


@dataclass(frozen=True)
class SetupFault:
    """A fault of a plan; `role` is that of the official, `days` the office hours it is about."""

    refusal: Refused
    role: Role | None = None
    days: str = ""


def desk_exists(folder: Path) -> bool:
    """True when a desk was set up in `folder`."""
    return paths.database_file(folder).exists()


def check_setup(plan: SetupPlan) -> None:
    """Raise the first Refused of the plan, with its field.

    Codes: "province", "commune", "unit-code", "desk-name", "block", "office-hours", "login",
    "official-name", "officials", "not-printable", of a password those of given_fault() or
    check_chosen().
    """
    fault = next(setup_faults(plan), None)
    if fault is not None:
        raise fault.refusal


def setup_faults(plan: SetupPlan) -> Iterator[SetupFault]:
    """Yield every fault of the plan, in the order in which it is typed; codes: check_setup()."""
    try:
        commune_of(plan.province, plan.commune)
    except Refused as refusal:
        yield SetupFault(refusal)
    for field in ("unit_code", "desk_name", "hotline", "parent_agency", "unit_name", "place"):
        value = getattr(plan, field)
        if value is not None:  # else it follows from the commune
            yield from map(SetupFault, _setting_faults(field, value))
    if not 1 <= plan.block_first <= plan.block_last <= 9999:
        yield SetupFault(
            Refused(
                "block",
                _("Dải số của quầy nằm trong 0001–9999, số đầu không lớn hơn số cuối."),
                "block",
            )
        )
    yield from hours_faults(plan.office_hours)
    yield from _official_faults(plan)


def _setting_faults(key: str, value: str) -> Iterator[Refused]:
    """Yield what the settings page would refuse of a value, too."""
    line = clean_line(value) if key != "unit_code" else value
    unprintable = printable.not_printable(line, key)
    if unprintable:
        yield unprintable
        return
    try:
        checked(key, line)
    except Refused as refusal:
        yield refusal


def _password_fault(plan: SetupPlan, official: NewOfficial) -> Refused | None:
    if plan.known_passwords:
        return given_fault(official.password, Guessed(()))
    if not plan.at_window:
        guessed = passwords.guessed_at_set_up(official.id, official.name)
        return given_fault(official.password, guessed)
    try:
        commune = commune_of(plan.province, plan.commune).full_name
    except Refused:
        commune = ""
    office = {"unit_name": plan.unit_name or commune, "desk_name": plan.desk_name}
    guessed = passwords.guessed_first(office, official.id, official.name)
    try:
        check_chosen(official.password, guessed)
    except Refused as refusal:
        return refusal
    return None


def hours_faults(office_hours: Mapping[str, str]) -> Iterator[SetupFault]:
    """Yield a fault for all days that cannot be read, else one where the whole week rests."""
    wrong = False
    for days, hours in office_hours.items():
        try:
            week_of({"mon": "07:30-11:30"} | {days: hours})
        except Refused as refusal:
            wrong = True
            yield SetupFault(refusal, days=days)
    if wrong:
        return
    try:
        week_of(office_hours)
    except Refused as refusal:
        yield SetupFault(refusal)


def _official_faults(plan: SetupPlan) -> Iterator[SetupFault]:
    officials = plan.officials
    logins: set[str] = set()
    for official in officials:
        for refusal in filter(None, (*_faults_of(official), _password_fault(plan, official))):
            yield SetupFault(refusal, official.role)
        if official.id in logins:
            yield SetupFault(
                Refused(
                    "officials", _("Hai người trùng tên đăng nhập; hãy đổi một tên."), "officials"
                ),
                official.role,
            )
        logins.add(official.id)
    for role in (Role.CLERK, Role.ADMINISTRATOR):
        if role not in {official.role for official in officials}:
            yield SetupFault(
                Refused(
                    "officials",
                    _("Cần ít nhất một người tiếp nhận và một người quản trị."),
                    "officials",
                ),
                role,
            )


def _faults_of(official: NewOfficial) -> Iterator[Refused]:
    yield from _name_faults(official.name, official.title)
    if not _LOGIN.fullmatch(official.id):
        yield Refused(
            "login",
            _("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm hoặc gạch."),
            "login",
        )


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


def set_up(
    folder: Path, plan: SetupPlan, clock: Clock = vietnam_now, *, practice: bool = False
) -> Desk:
    """Make a new desk in `folder` and open it.

    Of two at once in one folder one makes the desk. Raises Refused("desk-exists"), and as
    check_setup(); Trouble: "read-only", "unsafe-folder", "no-cipher" where the plan asks for
    encryption that is not installed, and as alone_in().
    """
    check_setup(plan)
    refuse_existing(folder)
    make_folder(folder)
    with alone_in(folder):
        refuse_existing(folder)  # another set-up may have been faster
        _make_desk(folder, plan, clock, practice=practice)
    desk = open_desk(folder, clock)
    desk.note_head()
    return desk


def _make_desk(folder: Path, plan: SetupPlan, clock: Clock, *, practice: bool) -> None:
    part = paths.database_file(folder).with_suffix(".new")
    part.unlink(missing_ok=True)
    disk_key = protection.key_of_new_desk(folder) if plan.encrypt else None
    database = Database(part, create=True, key=disk_key)
    try:
        with database.write() as connection:
            migrations.create(connection, __version__)
            for key, value in _first_settings(plan, practice).items():
                registers.keep_setting(connection, key, value)
            for new in plan.officials:
                is_own = plan.at_window and new.role is Role.ADMINISTRATOR
                who = _official(new, must_change=not (is_own or plan.known_passwords))
                officials.add_official(connection, who, passwords.password_hash(new.password))
            catalogue.load_starter(connection)
        desk = _desk(folder, database, clock)
        with desk.write() as connection:
            desk.record(connection, SetUp(__version__), tables=integrity.desk_tables())
    finally:
        database.close()
    # Only a whole desk gets the name that desk_exists() looks for: a power cut leaves no half desk.
    part.replace(paths.database_file(folder))


def refuse_existing(folder: Path) -> None:
    """Raise Refused where a desk is, or was: nothing is ever written over another.

    Codes: "desk-exists", "desk-gone".
    """
    if desk_exists(folder):
        raise Refused(
            "desk-exists",
            _("Thư mục {folder} đã có dữ liệu của một quầy; hãy chọn thư mục khác.").format(
                folder=folder
            ),
            "folder",
        )
    if paths.desk_was_here(folder):
        raise Refused("desk-gone", _(_GONE).format(folder=folder), "folder")


def make_folder(folder: Path) -> None:
    """Make the folder of a new desk. Raises Trouble("read-only")."""
    try:
        owner_only.make_folder(folder)
    except OSError as error:
        raise Trouble(
            "read-only",
            _(
                "Không tạo được thư mục {folder}: {error}. Hãy chọn thư mục khác có quyền ghi."
            ).format(folder=folder, error=os_reason(error)),
        ) from error


def _official(new: NewOfficial, *, must_change: bool) -> Official:
    name, title = clean_line(new.name), clean_line(new.title)
    return Official(new.id, name, new.role, title, must_change=must_change)


def _first_settings(plan: SetupPlan, practice: bool) -> dict[str, Any]:
    province, commune = province_of(plan.province), commune_of(plan.province, plan.commune)
    unit = plan.unit_name or f"Ủy ban nhân dân {commune.in_writing}"
    return {
        "desk_id": str(uuid.uuid4()),
        "practice": practice,
        "parent_agency": plan.parent_agency or f"ỦY BAN NHÂN DÂN {province.full_name.upper()}",
        "unit_name": unit,
        "unit_code": plan.unit_code,
        "place": plan.place or place_in(unit) or place_named(commune.kind, commune.name),
        "desk_name": clean_line(plan.desk_name),
        "block_first": plan.block_first,
        "block_last": plan.block_last,
        "office_hours": tidy_hours(plan.office_hours),
        **({"hotline": clean_line(plan.hotline)} if clean_line(plan.hotline) else {}),
    }


def _drop_removed_scans(desk: Desk) -> None:
    """Drop the bytes of scans that were removed before today, where there are any."""
    today = desk.now().replace(hour=0, minute=0)
    with desk.read() as connection:
        due = scans.has_removed(connection, today)
    if due:
        with desk.write() as connection:
            scans.drop_contents(connection, today)


def open_desk(folder: Path, clock: Clock = vietnam_now) -> Desk:
    """Open the desk in `folder`, upgrading an older database after a backup.

    A restore that was stopped is carried to its end first, one at work is waited for. Raises
    Trouble: "no-desk", "desk-gone", "restore-failed", "database-newer", "damaged", as alone_in(),
    or as database.trouble_of().
    """
    if folder.is_dir():  # of a name that no disk takes the system says why
        _finish_restoring(folder)
    if paths.desk_was_here(folder):
        raise Trouble("desk-gone", _(_GONE).format(folder=folder))
    if not desk_exists(folder):
        raise Trouble(
            "no-desk",
            _("Chưa có quầy nào trong {folder}. Hãy thiết lập quầy trước (cchc setup).").format(
                folder=folder
            ),
        )
    if backup.is_mixed(paths.database_file(folder)):
        raise Trouble("damaged", _(DAMAGED))
    owner_only.narrow_all(folder)  # before the -wal is made with the rights of the file
    database = Database(paths.database_file(folder))
    try:
        upgraded = migrations.upgrade(
            database,
            lambda db: copies.add_copy(db, paths.backup_folder(folder), clock(), Reason.UPGRADE),
        )
        desk = _desk(folder, database, clock)
        refuse_taken(folder)  # now that the file is open: a restore locks first, looks then
        desk.witness, desk.machine = Witness(folder), machine_mark()
        with desk.read() as connection:  # a power cut may have come between upgrade and seal
            upgraded = upgraded or not sums.begun(connection)
        if upgraded:  # from here on the desk's own tables are sealed as well
            with desk.write() as connection:
                desk.record(connection, SetUp(__version__), tables=integrity.desk_tables())
        desk.doubt = doubts.find_doubt(desk)
        if desk.doubt is None:
            doubts.catch_up(desk)
        _drop_removed_scans(desk)
        return desk
    except BaseException:
        database.close()
        raise


def _finish_restoring(folder: Path) -> None:
    if not put_back.is_under_way(folder):
        return
    try:
        with alone_in(folder):
            put_back.finish(folder)
    except OSError as error:
        raise Trouble(
            "restore-failed",
            _(
                "Lần khôi phục bản sao bị ngắt giữa chừng và chưa làm tiếp được ({error}). Không "
                "có gì mất: hãy xem chỗ trống và quyền ghi của {folder} rồi mở lại."
            ).format(error=os_reason(error), folder=folder),
        ) from error


def _desk(folder: Path, database: Database, clock: Clock) -> Desk:
    with database.read() as connection:
        desk_id = registers.load_settings(connection).get("desk_id")
        if not isinstance(desk_id, str):
            raise registers.damaged_settings("desk_id")
        return Desk(folder, database, desk_id, read_snapshot(connection), clock)


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
    """Return the official whose password this is; as log_in(), with nobody else at the desk."""
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
    if left:
        raise Refused(
            "wait",
            _("Sai mật khẩu nhiều lần; hãy thử lại sau {time}, hoặc nhờ quản trị gỡ khóa.").format(
                time=f"{desk.clock() + timedelta(seconds=left):%H:%M:%S}"
            ),
            "password",
        )
    if not is_right or official is None:
        raise Refused(
            "wrong-password", _("Tên hoặc mật khẩu không đúng; hãy nhập lại."), "password"
        )
    if not official.active:
        raise Refused(
            "official-disabled",
            _("Tài khoản này đã ngừng dùng hoặc bị hỏng; hãy hỏi người quản trị của quầy."),
            "login",
        )
    return official


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


@dataclass(frozen=True)
class SettingChange:
    """A setting that was changed: what held before, and what was kept."""

    key: str
    before: Any
    after: Any


def change_settings(desk: Desk, changes: Mapping[str, Any], *, move_promises: bool = False) -> None:
    """Set all changes of the settings page in one transaction, or none.

    `move_promises`: other office hours move the open promises too (moves_by_hours lists them).
    Raises Refused: "setting", "unit-code", "desk-name", "paper-size", "block", "office-hours",
    "not-printable", "setting-folder".
    """
    desk.require(Permission.SETTINGS)
    tidy = {
        key: clean_line(value) if type(value) is str else value for key, value in changes.items()
    }
    for key, value in tidy.items():
        _check_printable(key, value)
    checked_changes = {key: checked(key, value) for key, value in tidy.items()}
    for key in FOLDERS:
        _check_folder(key, checked_changes.get(key, ""))
    if "office_hours" in checked_changes:
        checked_changes["office_hours"] = tidy_hours(checked_changes["office_hours"])
    with desk.write() as connection:
        _keep_settings(desk, connection, checked_changes, move_promises=move_promises)


def restore_settings(desk: Desk, changes: Sequence[SettingChange]) -> None:
    """Set these back to what held before, where nobody has changed them since.

    Raises Refused: "settings-elsewhere", and as change_settings().
    """
    desk.require(Permission.SETTINGS)
    with desk.write() as connection:
        if any(desk.settings[change.key] != change.after for change in changes):
            raise Refused(
                "settings-elsewhere",
                _("Cài đặt này vừa được đổi lần nữa nên không hoàn tác được; hãy mở Cài đặt xem."),
            )
        before = {change.key: checked(change.key, change.before) for change in changes}
        _keep_settings(desk, connection, before, move_promises=False)


def _keep_settings(
    desk: Desk, connection: Connection, changes: Mapping[str, Any], *, move_promises: bool
) -> None:
    merged = {**desk.settings, **changes}
    if any(key in changes for block in BLOCKS for key in block):
        check_blocks(merged)
    for key, value in changes.items():
        _check_printable(key, value)
    week_of(merged["office_hours"])
    if move_promises:
        office_calendar.move_by_hours(desk, connection, merged["office_hours"])
    for key, value in changes.items():
        registers.keep_setting(connection, key, value)
    desk.record(connection, SettingsChanged(dict(changes)), tables=("settings",))


def _check_folder(key: str, folder: str) -> None:
    """A folder that is looked into for nothing says nothing later."""
    try:
        is_there = not folder or Path(folder).is_dir()
    except OSError:
        is_there = False
    if not is_there:
        raise Refused(
            "setting-folder",
            _("Máy này không thấy thư mục «{folder}»; hãy chọn lại.").format(folder=folder),
            key,
        )


def _check_printable(key: str, value: object) -> None:
    if key not in _ON_NO_PAPER and not key.endswith("_printer"):
        printable.check_printable("\n".join(printable.texts_in(value)), key)


def add_official(desk: Desk, new: NewOfficial) -> Official:
    """Add an official with a password that they change at their first log-in.

    Raises Refused: "login-taken", "login", "official-name", "not-printable", and as given_fault().
    """
    desk.require(Permission.OFFICIALS)
    with desk.write() as connection:
        return add_within(desk, connection, new)


def add_within(desk: Desk, connection: Connection, new: NewOfficial) -> Official:
    """Add an official in the caller's transaction; raises as add_official()."""
    guessed = passwords.guessed_at_set_up(new.id, new.name)
    refusal = next(_faults_of(new), None)
    if not desk.practice:
        refusal = refusal or given_fault(new.password, guessed)
    if refusal:
        raise refusal
    is_known = desk.practice and new.password == passwords.PRACTICE
    official = _official(new, must_change=not is_known)
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


def check_official(name: str, title: str) -> tuple[str, str]:
    """Return name and title as they are kept.

    Raises Refused: "official-name", "text-long", "not-printable".
    """
    fault = next(_name_faults(name, title), None)
    if fault:
        raise fault
    return clean_line(name), clean_line(title)


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
