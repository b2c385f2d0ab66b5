"""Settings of the office, changed and set back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc_desk.actions.office import office_calendar, printable
from cchc_desk.domain.ledger.facts.office import SettingsChanged
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import BLOCKS, FOLDERS, check_blocks, checked
from cchc_desk.snapshot import tidy_hours, week_of
from cchc_desk.store.engine.database import Connection

# Settings that stand on no paper, or on the test page of a printer alone.
_ON_NO_PAPER = ("mirror_second", "city_proxy", "printer_offset")


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
        desk.keep_setting(connection, key, value)
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
