"""Copies of the data: made of now, kept in two places, read again, told as they were seen."""

import json
import secrets
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cchc_desk import owner_only, paths
from cchc_desk.domain.copies import SOUNDNESS_WORDS, Reason
from cchc_desk.domain.ledger.facts.office import SettingsChanged
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, os_reason
from cchc_desk.output_file import is_data_folder
from cchc_desk.session import Desk
from cchc_desk.store.engine import backup, copies
from cchc_desk.store.engine.copies import Copy as Copy
from cchc_desk.store.engine.volumes import places_of
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import registers

MARK = "cchc-desk-copies.json"


class Second(Enum):
    """State of the second place when a copy was made; the value is its word in --json."""

    NONE = "none"  # the office has chosen no second place
    ABSENT = "absent"  # the stick is not plugged in, the share is not there
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True)
class Copied:
    """Answer of making a copy: the copy as it was read back, and what was wrong, in words.

    `second`: state of the second place, `second_file` the copy there.
    """

    copy: Copy
    problems: tuple[str, ...]
    second: Second = Second.NONE
    second_file: Path | None = None

    @property
    def ok(self) -> bool:
        return self.copy.is_sound and not self.problems


def copy_now(desk: Desk, reason: Reason = Reason.ASKED) -> Copied:
    """Copy the data as they are now to the desk's folder and to the second place.

    Then thin both out, and read again the copy that was not looked at for the longest time. It asks
    for no permission: it is the program's own duty, and the file stays with the desk. Raises as
    backup.copy_database().
    """
    with _ONE_AT_A_TIME:
        return _copy_now(desk, reason)


# The hourly copy of the window has a thread of its own.
_ONE_AT_A_TIME = threading.Lock()


def _copy_now(desk: Desk, reason: Reason) -> Copied:
    folder, now = paths.backup_folder(desk.folder), desk.clock().replace(tzinfo=None)
    copy = copies.add_copy(desk.database, folder, now, reason)
    problems = [] if copy.is_sound else [told(copy)]
    second, second_file = Second.NONE, None
    try:
        copies.thin_out(folder, desk.id)
        again = copies.read_again(folder, desk.id, now)
        if again is not None and not again.is_sound:
            problems.append(told(again))
    except OSError as error:
        problems.append(_not_tidied(folder, error))
    if desk.settings["second_place"]:
        second, second_file, words = _copy_to_second(desk, copy)
        problems += [words] if words else []
    return Copied(copy, tuple(problems), second, second_file)


def copy_if_changed(desk: Desk, reason: Reason) -> Copied | None:
    """Copy the data where anything happened since the last sound copy; None where nothing did.

    That somebody came in, or did not, is nothing.
    """
    newest = newest_copy(desk)
    if newest is not None and newest.head is not None:
        seq = newest.head.seq
        with desk.read() as connection:
            unchanged = journal.hash_of(connection, seq) == newest.head.hash
            unchanged = unchanged and journal.only_acts_behind(connection, seq, _NOTHING)
        if unchanged and copies.read_copy(newest.file, desk.id, whole=False).is_sound:
            return None
    return copy_now(desk, reason)


_NOTHING = (Act.LOG_IN.value,)  # came in, was refused, had to wait, need wait no more


def copy_to(desk: Desk, target: Path) -> Copied:
    """Copy the data as they are now to a file. Raises as backup.copy_database()."""
    backup.copy_database(desk.database, target)
    copy = copies.read_copy(target, desk.id)
    return Copied(copy, () if copy.is_sound else (told(copy),))


def own_copies(desk: Desk) -> tuple[Copy, ...]:
    """Return the copies of this desk in its own folder, by their facts, the last made first."""
    found = copies.copies_in(paths.backup_folder(desk.folder), desk.id)
    return tuple(copy for copy in found if copy.is_sound)


def newest_copy(desk: Desk) -> Copy | None:
    """Return the last copy of this desk in its own folder, by its facts; None while none is."""
    return next(iter(own_copies(desk)), None)


def told(copy: Copy) -> str:
    """Return one sentence on the state of a copy."""
    words = _(SOUNDNESS_WORDS[copy.soundness])
    return _("Bản sao {name} {words}.").format(name=copy.file.name, words=words)


def _not_tidied(folder: Path, error: OSError) -> str:
    return _("Chưa dọn được thư mục bản sao {folder}: {error}.").format(
        folder=folder, error=os_reason(error)
    )


# --- the second place -----------------------------------------------------------------------------


@dataclass(frozen=True)
class SecondPlace:
    """The second place of the copies: its folder, whether it is there now, its newest copy.

    A stick that has another letter today is found by its mark: `folder` is where it is now.
    """

    folder: Path
    is_there: bool
    newest: Copy | None
    on_same_disk: bool = False  # as the data: one fault takes both


def second_place(desk: Desk) -> SecondPlace | None:
    """Return the second place as it is now; None where the office has chosen none."""
    if not desk.settings["second_place"]:
        return None
    folder = place_now(desk.settings["second_place"], desk.settings["second_place_mark"])
    if folder is None:
        return SecondPlace(Path(desk.settings["second_place"]), False, None)
    found = copies.copies_in(folder, desk.id)
    newest = next((copy for copy in found if copy.is_sound), None)
    return SecondPlace(folder, True, newest, is_on_same_disk(desk, folder))


def choose_second_place(desk: Desk, folder: Path | None) -> None:
    """Keep further copies in `folder` as well, which is marked as this desk's; None: nowhere.

    The mark tells the stick or disk from another that is plugged in at the same place. Raises
    Refused("second-place").
    """
    desk.require(Permission.SETTINGS)
    mark = ""
    if folder is not None:
        folder = folder.absolute()
        mark = _marked(desk, folder)
    changes = {"second_place": str(folder) if folder else "", "second_place_mark": mark}
    with desk.write() as connection:
        for key, value in changes.items():
            registers.keep_setting(connection, key, value)
        desk.record(connection, SettingsChanged(changes), tables=("settings",))


def _marked(desk: Desk, folder: Path) -> str:
    """Return the mark of this desk in `folder`, made where there is none."""
    real, own = folder.resolve(), desk.folder.resolve()
    if not folder.is_dir():
        raise _no_place(_("Không có thư mục {folder}; hãy cắm ổ hoặc chọn thư mục khác."), folder)
    if real == own or own in real.parents or real in own.parents:
        raise _no_place(
            _("{folder} nằm cùng chỗ với dữ liệu của quầy; hãy chọn USB, ổ khác hoặc ổ chung."),
            folder,
        )
    if is_data_folder(folder):
        raise _no_place(
            _("{folder} là thư mục dữ liệu của một quầy; hãy chọn thư mục khác."), folder
        )
    there = _mark_in(folder)
    if there is not None and there.desk != desk.id:
        raise _no_place(
            _("{folder} đang giữ bản sao của quầy khác; hãy chọn thư mục khác."), folder
        )
    if there is not None:
        return there.mark
    mark = secrets.token_hex(8)
    try:
        owner_only.write_file(folder / MARK, json.dumps({"desk": desk.id, "mark": mark}).encode())
    except OSError as error:
        raise _no_place(
            _("Không ghi được vào {folder} ({error}); hãy chọn thư mục khác."),
            folder,
            os_reason(error),
        ) from error
    return mark


def _no_place(words: str, folder: Path, error: str = "") -> Refused:
    return Refused("second-place", words.format(folder=folder, error=error), "second_place")


@dataclass(frozen=True)
class _Mark:
    desk: str
    mark: str


def _mark_in(folder: Path) -> _Mark | None:
    try:
        facts = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return _Mark(str(facts["desk"]), str(facts["mark"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def place_now(folder: str, mark: str) -> Path | None:
    """Return where the folder with this mark is now, on whatever volume; None: nowhere."""
    return next((place for place in places_of(Path(folder)) if _is_marked(place, mark)), None)


def _is_marked(folder: Path, mark: str) -> bool:
    there = _mark_in(folder)
    return there is not None and there.mark == mark


def _copy_to_second(desk: Desk, copy: Copy) -> tuple[Second, Path | None, str]:
    """Bring the copy to the second place: the state, the file there, and what was wrong."""
    folder = place_now(desk.settings["second_place"], desk.settings["second_place_mark"])
    if folder is None:
        return Second.ABSENT, None, ""
    try:
        brought = copies.bring_copy(copy, folder)
        copies.thin_out(folder, desk.id)
    except OSError as error:
        return (
            Second.FAILED,
            None,
            _("Không chép được sang nơi thứ hai {folder}: {error}.").format(
                folder=folder, error=os_reason(error)
            ),
        )
    if not brought.is_sound:
        return Second.FAILED, brought.file, told(brought)
    return Second.MADE, brought.file, ""


def is_on_same_disk(desk: Desk, folder: Path) -> bool:
    """True where a folder lies on the disk of the data, which takes both with it."""
    try:
        return folder.stat().st_dev == desk.folder.stat().st_dev
    except OSError:
        return False
