"""The desk's set-up, its officials and their passwords, its settings."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cchc_desk import __version__, paths
from cchc_desk.actions.office import catalogue, office_calendar, printable
from cchc_desk.actions.office.places import commune_of, place_in, place_named, province_of
from cchc_desk.domain.ledger.facts.office import (
    OfficialAdded,
    PasswordChanged,
    SettingsChanged,
    SetUp,
)
from cchc_desk.domain.people.officials import Lock, Official, Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line, nfc
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Clock, Desk
from cchc_desk.settings import checked
from cchc_desk.snapshot import read_snapshot, tidy_hours, week_of
from cchc_desk.store.engine import backup, migrations
from cchc_desk.store.engine.database import Connection, Database
from cchc_desk.store.ledger import integrity
from cchc_desk.store.office import officials, registers

TRIES = 5
WAIT = timedelta(minutes=1)
SHORTEST_PASSWORD = 6
# Settings that stand on no paper, or on the test page of a printer alone.
_ON_NO_PAPER = ("mirror_second", "city_proxy", "printer_offset")
# Old and new identifiers of an agency (docs/sources.md, "Codes").
_UNIT_CODE = re.compile(r"\d{3}(\.\d{2,3}){2}\.[A-Z]\d{2}|[A-Z]\d{2}(\.\d{2,3}){1,3}", re.A)
_LOGIN = re.compile(r"[a-z0-9._-]{1,30}")


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
    """All facts of the first run; `province` and `commune` are official codes or names."""

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
    "official-name", "password-short", "officials", "not-printable".
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
    if not _UNIT_CODE.fullmatch(plan.unit_code):
        yield SetupFault(
            Refused(
                "unit-code",
                _("Mã định danh có dạng H13.31 hoặc 000.00.31.H13; hãy nhập lại."),
                "unit_code",
            )
        )
    if not clean_line(plan.desk_name):
        yield SetupFault(
            Refused("desk-name", _("Hãy đặt tên cho quầy, ví dụ «Quầy 1»."), "desk_name")
        )
    for field in ("desk_name", "hotline", "parent_agency", "unit_name"):
        unprintable = printable.not_printable(clean_line(getattr(plan, field) or ""), field)
        if unprintable:
            yield SetupFault(unprintable)
    if not 1 <= plan.block_first <= plan.block_last <= 9999:
        yield SetupFault(
            Refused(
                "block",
                _("Dải số của quầy nằm trong 0001–9999, số đầu không lớn hơn số cuối."),
                "block",
            )
        )
    yield from hours_faults(plan.office_hours)
    yield from _official_faults(plan.officials)


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


def _official_faults(officials: tuple[NewOfficial, ...]) -> Iterator[SetupFault]:
    logins: set[str] = set()
    for official in officials:
        for refusal in _faults_of(official):
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


def _check_official(official: NewOfficial) -> None:
    refusal = next(_faults_of(official), None)
    if refusal is not None:
        raise refusal


def _faults_of(official: NewOfficial) -> Iterator[Refused]:
    if not clean_line(official.name):
        yield Refused("official-name", _("Hãy nhập họ tên của người dùng."), "official_name")
    name = printable.not_printable(clean_line(official.name), "official_name")
    title = printable.not_printable(clean_line(official.title), "title")
    yield from filter(None, (name, title))
    if not _LOGIN.fullmatch(official.id):
        yield Refused(
            "login",
            _("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm hoặc gạch."),
            "login",
        )
    if len(official.password) < SHORTEST_PASSWORD:
        yield Refused(
            "password-short",
            _("Mật khẩu cần ít nhất {least} ký tự.").format(least=SHORTEST_PASSWORD),
            "password",
        )


def set_up(
    folder: Path, plan: SetupPlan, clock: Clock = datetime.now, *, practice: bool = False
) -> Desk:
    """Make a new desk in `folder` and open it.

    Raises Refused("desk-exists"), and as check_setup(); Trouble: "read-only", "unsafe-folder".
    """
    check_setup(plan)
    refuse_existing(folder)
    part = paths.database_file(folder).with_suffix(".new")
    make_folder(folder)
    part.unlink(missing_ok=True)
    database = Database(part, create=True)
    try:
        with database.write() as connection:
            migrations.create(connection, __version__)
            for key, value in _first_settings(plan, practice).items():
                registers.keep_setting(connection, key, value)
            for new in plan.officials:
                officials.add_official(connection, _official(new), _hash(new.password))
            catalogue.load_starter(connection)
        desk = _desk(folder, database, clock)
        with desk.write() as connection:
            desk.record(connection, SetUp(__version__), tables=integrity.desk_tables())
    finally:
        database.close()
    # Only a whole desk gets the name that desk_exists() looks for: a power cut leaves no half desk.
    part.replace(paths.database_file(folder))
    return open_desk(folder, clock)


def refuse_existing(folder: Path) -> None:
    """Raise Refused("desk-exists") where a desk is: nothing is ever written over another."""
    if desk_exists(folder):
        raise Refused(
            "desk-exists",
            _("Thư mục {folder} đã có dữ liệu của một quầy; hãy chọn thư mục khác.").format(
                folder=folder
            ),
            "folder",
        )


def make_folder(folder: Path) -> None:
    """Make the folder of a new desk. Raises Trouble("read-only")."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            "read-only",
            _(
                "Không tạo được thư mục {folder}: {error}. Hãy chọn thư mục khác có quyền ghi."
            ).format(folder=folder, error=os_reason(error)),
        ) from error


def _official(new: NewOfficial) -> Official:
    return Official(new.id, clean_line(new.name), new.role, clean_line(new.title))


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


def open_desk(folder: Path, clock: Clock = datetime.now) -> Desk:
    """Open the desk in `folder`, upgrading an older database after a backup.

    Raises Trouble: "no-desk", "database-newer", "damaged", or as database.trouble_of().
    """
    if not desk_exists(folder):
        raise Trouble(
            "no-desk",
            _("Chưa có quầy nào trong {folder}. Hãy thiết lập quầy trước (cchc setup).").format(
                folder=folder
            ),
        )
    database = Database(paths.database_file(folder))
    try:
        upgraded = migrations.upgrade(
            database, lambda db: backup.copy_database(db, _before_upgrade(folder, clock()))
        )
        desk = _desk(folder, database, clock)
        if upgraded:  # from here on the desk's own tables are sealed as well
            with desk.write() as connection:
                desk.record(connection, SetUp(__version__), tables=integrity.desk_tables())
        return desk
    except BaseException:
        database.close()
        raise


def _before_upgrade(folder: Path, now: datetime) -> Path:
    return paths.backup_folder(folder) / f"before-upgrade-{now:%Y%m%d-%H%M%S}.db"


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


def log_in(desk: Desk, official_id: str, password: str) -> Official:
    """Log the official in; TRIES wrong passwords in a row cost WAIT.

    Raises Refused: "wrong-password", "wait".
    """
    with desk.read() as connection:
        official = officials.official_of(connection, official_id)
        lock = officials.lock_of(connection, official_id)
    if official is None or lock is None:
        raise Refused(
            "wrong-password", _("Tên hoặc mật khẩu không đúng; hãy nhập lại."), "password"
        )
    now = desk.clock()
    if lock.wait_until and now < lock.wait_until:
        raise Refused(
            "wait",
            _("Sai mật khẩu nhiều lần; hãy thử lại sau {time}.").format(
                time=f"{lock.wait_until:%H:%M:%S}"
            ),
            "password",
        )
    right = _right(lock.password_hash, password)
    failures = 0 if right else lock.failures + 1
    wait = now + WAIT if failures and failures % TRIES == 0 else None
    if failures != lock.failures or lock.wait_until:
        with desk.write() as connection:
            officials.keep_lock(connection, official_id, Lock(lock.password_hash, failures, wait))
    if not right:
        raise Refused(
            "wrong-password", _("Tên hoặc mật khẩu không đúng; hãy nhập lại."), "password"
        )
    desk.official = official
    return official


def log_out(desk: Desk) -> None:
    """Leave the desk without an official."""
    desk.official = None


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


def _hash(password: str) -> str:
    """Return the argon2 hash of a password; NFC, so that every keyboard spells the same one."""
    return str(_hasher().hash(nfc(password)))


def _right(password_hash: str, password: str) -> bool:
    from argon2.exceptions import VerifyMismatchError

    try:
        return bool(_hasher().verify(password_hash, nfc(password)))
    except VerifyMismatchError:
        return False


@dataclass(frozen=True)
class SettingChange:
    """A setting that was changed: what held before, and what was kept."""

    key: str
    before: Any
    after: Any


def change_settings(desk: Desk, changes: Mapping[str, Any], *, move_promises: bool = False) -> None:
    """Set all changes of the settings page in one transaction, or none.

    `move_promises`: other office hours move the open promises too (moves_by_hours lists them).
    Raises Refused: "setting", "paper-size", "block", "office-hours", "not-printable".
    """
    desk.require(Permission.SETTINGS)
    tidy = {
        key: clean_line(value) if type(value) is str else value for key, value in changes.items()
    }
    checked_changes = {key: checked(key, value) for key, value in tidy.items()}
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
    if merged["block_first"] > merged["block_last"]:
        raise Refused("block", _("Số đầu của dải số không được lớn hơn số cuối."), "block_first")
    for key, value in changes.items():
        if key not in _ON_NO_PAPER and not key.endswith("_printer"):
            printable.check_printable("\n".join(printable.texts_in(value)), key)
    week_of(merged["office_hours"])
    if move_promises:
        office_calendar.move_by_hours(desk, connection, merged["office_hours"])
    for key, value in changes.items():
        registers.keep_setting(connection, key, value)
    desk.record(connection, SettingsChanged(dict(changes)), tables=("settings",))


def add_official(desk: Desk, new: NewOfficial) -> Official:
    """Add an official with a password. Raises Refused("login-taken") and as check_setup()."""
    desk.require(Permission.OFFICIALS)
    _check_official(new)
    official = _official(new)
    with desk.write() as connection:
        if officials.lock_of(connection, new.id):
            raise Refused(
                "login-taken",
                _("Tên đăng nhập «{login}» đã có người dùng; hãy chọn tên khác.").format(
                    login=new.id
                ),
                "login",
            )
        officials.add_official(connection, official, _hash(new.password))
        added = OfficialAdded(login=new.id, role=new.role.value)
        desk.record(connection, added, tables=("officials",))
    return official


def change_password(desk: Desk, old: str, new: str) -> None:
    """Change the password of the official logged in.

    Raises Refused("password-short"), and as log_in().
    """
    me = desk.require(Permission.READ)
    if len(new) < SHORTEST_PASSWORD:
        raise Refused(
            "password-short",
            _("Mật khẩu cần ít nhất {least} ký tự.").format(least=SHORTEST_PASSWORD),
            "new_password",
        )
    log_in(desk, me.id, old)
    with desk.write() as connection:
        officials.keep_lock(connection, me.id, Lock(_hash(new), 0, None))
        desk.record(connection, PasswordChanged(login=me.id, password="changed"))
