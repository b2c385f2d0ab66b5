"""A new desk: the plan of its set-up, every fault of it, its making."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc_desk import __version__, owner_only, paths
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.data import opening, protection
from cchc_desk.actions.office import printable
from cchc_desk.actions.office.places import commune_of, place_in, place_named, province_of
from cchc_desk.actions.people import accounts, passwords
from cchc_desk.domain.ledger.facts.office import SetUp
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.passwords import Guessed, check_chosen, given_fault
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Clock, Desk
from cchc_desk.settings import checked
from cchc_desk.snapshot import tidy_hours, week_of
from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.database import Database, DeskDatabase
from cchc_desk.store.engine.set_up_lock import alone_in
from cchc_desk.store.engine.ward.file import is_station, open_database
from cchc_desk.store.ledger import integrity
from cchc_desk.store.office import officials, registers
from cchc_desk.vietnam_time import vietnam_now


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
    officials: tuple[accounts.NewOfficial, ...]
    parent_agency: str | None = None
    unit_name: str | None = None
    place: str | None = None
    hotline: str = ""
    encrypt: bool = False  # the doors' own default: actions/data/protection.encrypts_new_desks()
    at_window: bool = False
    known_passwords: bool = False


@dataclass(frozen=True)
class SetupFault:
    """A fault of a plan; `role` is that of the official, `days` the office hours it is about."""

    refusal: Refused
    role: Role | None = None
    days: str = ""


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


def _password_fault(plan: SetupPlan, official: accounts.NewOfficial) -> Refused | None:
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
        for refusal in filter(
            None, (*accounts.official_faults(official), _password_fault(plan, official))
        ):
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
    desk = opening.open_desk(folder, clock)
    desk.note_head()
    return desk


def _make_desk(folder: Path, plan: SetupPlan, clock: Clock, *, practice: bool) -> None:
    if is_station(folder):
        with closing(open_database(folder)) as ward:
            _fill(folder, ward, plan, clock, practice=practice)
        return
    part = paths.database_file(folder).with_suffix(".new")
    part.unlink(missing_ok=True)
    disk_key = protection.key_of_new_desk(folder) if plan.encrypt else None
    database = Database(part, create=True, key=disk_key)
    try:
        _fill(folder, database, plan, clock, practice=practice)
    finally:
        database.close()
    # Only a whole desk gets the name that desk_exists() looks for: a power cut leaves no half desk.
    part.replace(paths.database_file(folder))


def _fill(
    folder: Path, database: DeskDatabase, plan: SetupPlan, clock: Clock, *, practice: bool
) -> None:
    with database.write() as connection:
        if not migrations.schema_of(connection):  # a server made ready has its tables
            migrations.create(connection, __version__)
        for key, value in _first_settings(plan, practice).items():
            registers.keep_setting(connection, key, value)
        for new in plan.officials:
            is_own = plan.at_window and new.role is Role.ADMINISTRATOR
            who = accounts.official_of(new, must_change=not (is_own or plan.known_passwords))
            officials.add_official(connection, who, passwords.password_hash(new.password))
        catalogue.load_starter(connection)
    desk = opening.load_desk(folder, database, clock)
    with desk.write() as connection:
        desk.record(connection, SetUp(__version__), tables=integrity.desk_tables())


def is_empty_ward(folder: Path) -> bool:
    """True for a station of a ward on whose server no desk was set up yet."""
    if not is_station(folder):
        return False
    with closing(open_database(folder)) as ward, ward.read() as connection:
        return not migrations.is_used(connection)


def refuse_existing(folder: Path) -> None:
    """Raise Refused where a desk is, or was: nothing is ever written over another.

    Codes: "desk-exists", "desk-gone".
    """
    if opening.desk_exists(folder) and not is_empty_ward(folder):
        raise Refused(
            "desk-exists",
            _("Thư mục {folder} đã có dữ liệu của một quầy; hãy chọn thư mục khác.").format(
                folder=folder
            ),
            "folder",
        )
    if paths.desk_was_here(folder):
        raise Refused("desk-gone", _(opening.GONE).format(folder=folder), "folder")


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
