"""Before anybody has logged in: the first run and the log-in."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk import paths
from cchc_desk.actions.data.existing import ExistingDesk
from cchc_desk.domain.people.officials import Role
from cchc_desk.store.engine import key_file
from cchc_desk.store.engine.key_file import Holder, KeyFile, Wrapped
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR, FULL, TYPICAL


@scene("first-run", "1", TYPICAL, who="")
def first_province(v: Visitor) -> None:
    v.begin(v.folder / "nothing")


@scene("first-run", "1-none", ERROR, who="")
def first_nothing_found(v: Visitor) -> None:
    v.begin(v.folder / "nothing")
    v.type("Sài Gòn Gia Định", _wizard(v).provinces.field)


@scene("first-run", "2", TYPICAL, who="")
def first_commune(v: Visitor) -> None:
    v.begin(v.folder / "nothing")
    v.type("can tho", _wizard(v).provinces.field)
    v.press("Return")


@scene("first-run", "3", TYPICAL, who="")
def first_desk(v: Visitor) -> None:
    first_commune(v)
    v.type("ninh kieu", _wizard(v).communes.field)
    v.press("Return")


@scene("first-run", "3-code", ERROR, who="")
def first_no_code(v: Visitor) -> None:
    first_desk(v)
    v.press("F9")


@scene("first-run", "4", TYPICAL, who="")
def first_people(v: Visitor) -> None:
    first_desk(v)
    v.write_over("H13.31", _wizard(v).desk.unit_code)
    v.press("F9")


@scene("first-run", "3-all", ERROR, who="")
def first_all_faults(v: Visitor) -> None:
    first_desk(v)
    desk = _wizard(v).desk
    desk.desk_name.clear()
    desk.block_first.setValue(desk.block_last.value() + 1)
    v.write_over("sáng", desk.hours["sat"])
    v.press("F9")


@scene("first-run", "existing", TYPICAL, who="")
def first_existing(v: Visitor) -> None:
    v.begin(v.folder / "nothing")
    v.press("F3")


@scene("first-run", "existing-found", TYPICAL, who="")
def first_existing_found(v: Visitor) -> None:
    first_existing(v)
    there = "/media/quay/USB-PHUONG/ban-sao/desk-2026-11-22.db"
    last = datetime(2026, 11, 22, 16, 45)
    found = (
        ExistingDesk(Path(there), "Ủy ban nhân dân phường Ninh Kiều", "Quầy số 1", False, last),
        ExistingDesk(Path(there.replace("22", "20")), "", "", False, None, locked=True),
    )
    _wizard(v).existing.offer(found)


@scene("first-run", "existing-locked", TYPICAL, who="")
def first_existing_locked(v: Visitor) -> None:
    first_existing_found(v)
    _wizard(v).existing.ask_code(Path("desk-2026-11-20.db"))


@scene("first-run", "4-password", ERROR, who="")
def first_short_password(v: Visitor) -> None:
    first_people(v)
    clerk = _wizard(v).people.officials[Role.CLERK]
    v.type("Nguyễn Thị Hoài An", clerk["name"])
    v.type("123", clerk["password"])
    v.press("F9")


@scene("first-run", "5", TYPICAL, who="")
def first_summary(v: Visitor) -> None:
    first_people(v)
    for role, name in ((Role.CLERK, "Nguyễn Thị Hoài An"), (Role.ADMINISTRATOR, "Phạm Tiến Dũng")):
        v.type(name, _wizard(v).people.officials[role]["name"])
        v.type("mưa rào tháng bảy", _wizard(v).people.officials[role]["password"])
    v.press("F9")


@scene("first-run", "6", TYPICAL, who="")
def first_sheet(v: Visitor) -> None:
    v.begin(v.folder / "made")
    made = _wizard(v)
    v.type("can tho", made.provinces.field)
    v.press("Return")
    v.type("ninh kieu", made.communes.field)
    v.press("Return")
    v.write_over("H13.31", made.desk.unit_code)
    v.press("F9")
    for role, name in ((Role.CLERK, "Nguyễn Thị Hoài An"), (Role.ADMINISTRATOR, "Phạm Tiến Dũng")):
        v.type(name, made.people.officials[role]["name"])
        v.type("mưa rào tháng bảy", made.people.officials[role]["password"])
    v.press("F9")
    v.press("F9")


def _wizard(v: Visitor) -> Any:
    return v.window.screens.currentWidget()


@scene("login", "start", TYPICAL, FULL, who="")
def login_start(v: Visitor) -> None:
    v.begin(v.folder)


@scene("login", "encrypted", ERROR, who="")
def login_encrypted(v: Visitor) -> None:
    """A folder that came from another computer, of which this one has no key."""
    moved = v.folder / "moved"
    moved.mkdir(exist_ok=True)
    paths.database_file(moved).write_bytes(b"encrypted bytes " * 256)
    nothing = Wrapped(bytes(12), bytes(48))
    holder = Holder("file", "disk-0123456789abcdef", nothing)
    key_file.write(paths.key_file(moved), KeyFile((holder,), {"0123456789abcdef": nothing}))
    v.begin(moved)


@scene("login", "encrypted-code", ERROR, who="")
def login_wrong_code(v: Visitor) -> None:
    login_encrypted(v)
    v.type("4KTMR-9XN2C-HP5J7", v.window.login.code_box.code)
    v.press("Return")


@scene("login", "wrong", ERROR, who="")
def login_wrong(v: Visitor) -> None:
    """A wrong password, Caps Lock, on a day of rest."""
    v.begin(v.folder)
    login = v.window.login
    login.show_rest("Hôm nay Chủ nhật, ngày nghỉ")
    v.type("PRACTICE", login.password)
    v.press("Return")


@scene("login", "restored", TYPICAL, who="")
def login_restored(v: Visitor) -> None:
    v.begin(v.folder)
    v.window.login.warn_restored("desk-2026-11-22.db", "truoc-khoi-phuc-2026-11-23-0800")


@scene("login", "damaged", ERROR, who="")
def login_damaged(v: Visitor) -> None:
    broken = v.folder / "damaged"
    broken.mkdir(exist_ok=True)
    paths.database_file(broken).write_bytes(b"no database" * 200)
    v.begin(broken)


@scene("login", "recovery", TYPICAL, who="")
def login_recovery(v: Visitor) -> None:
    v.begin(v.folder)
    v.press("Alt+M")


@scene("login", "recovery-code", ERROR, who="")
def login_recovery_code(v: Visitor) -> None:
    login_recovery(v)
    page = _wizard(v)
    v.type("practice", page.passwords[0])
    v.type("4KTMR-9XN2C-HP5J7", page.code)
    v.press("F9")


@scene("login", "recovered", TYPICAL, who="")
def login_recovered(v: Visitor) -> None:
    login_recovery(v)
    page = _wizard(v)
    page.show_answer("Phạm Tiến Dũng", "dung", "k7mt-9xn2-hp4j-2c5r", _CODE)


@scene("login", "own-password", TYPICAL, who="")
def login_own_password(v: Visitor) -> None:
    v.begin(v.folder)
    v.window.screens.ask_new_password("Nguyễn Thị Hoài An")


@scene("login", "own-password", ERROR, who="")
def login_own_password_refused(v: Visitor) -> None:
    login_own_password(v)
    page = _wizard(v)
    v.type("mưa rào tháng bảy", page.new)
    v.type("mưa rào tháng tám", page.again)
    v.press("F9")


@scene("login", "recovery-new", TYPICAL, who="")
def login_recovery_of_a_new_administrator(v: Visitor) -> None:
    login_recovery(v)
    page = _wizard(v)
    page.administrator.setCurrentIndex(page.administrator.count() - 1)
    page.new_name.setFocus()


_CODE = "-".join(("4KTMR", "9XN2C", "HP5J7", "TTVF8") * 2)


@scene("restore", "start", TYPICAL, FULL, who="")
def restore_start(v: Visitor) -> None:
    _keep_a_copy(v, v.folder)
    v.begin(v.folder)
    v.press("F7")


@scene("restore", "inside", TYPICAL, who="")
def restore_inside(v: Visitor) -> None:
    restore_start(v)
    v.settle()
    v.press("F3")


@scene("restore", "password", ERROR, who="")
def restore_wrong_password(v: Visitor) -> None:
    restore_start(v)
    v.settle()
    v.type("khong-dung", _wizard(v).password)
    v.press("F9")


@scene("restore", "damaged", ERROR, who="")
def restore_damaged_copy(v: Visitor) -> None:
    restore_start(v)
    v.settle()
    file = paths.backup_folder(v.folder) / "desk-2026-11-20.db"
    file.write_bytes(b"no database" * 200)
    _wizard(v).take(file)


@scene("restore", "nothing", ERROR, who="")
def restore_nothing(v: Visitor) -> None:
    """No copy to be seen."""
    restore_start(v)
    v.settle()
    _wizard(v)._offer(())


@scene("restore", "gone", ERROR, who="")
def restore_gone(v: Visitor) -> None:
    """No database, but a copy of one: no first run."""
    _keep_a_copy(v, v.folder / "gone")
    v.begin(v.folder / "gone")


def _keep_a_copy(v: Visitor, folder: Path) -> None:
    """The ward as it is under the name of a copy; nobody has it open yet."""
    backups = paths.backup_folder(folder)
    backups.mkdir(exist_ok=True)
    shutil.copy(paths.database_file(v.folder), backups / "desk-2026-11-22.db")
