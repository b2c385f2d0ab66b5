"""Protection of the data on the disk: encryption, its keys, and who else may read the folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_desk import owner_only, paths
from cchc_desk.actions.data.copies import second_place
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.ledger.facts.office import ProtectionChanged
from cchc_desk.domain.people import recovery_code
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Desk
from cchc_desk.store.engine import conversion, copies, encryption, key_file
from cchc_desk.store.engine.database import trouble_of
from cchc_desk.store.engine.key_file import Opened


@dataclass(frozen=True)
class Protection:
    """State of the data on the disk.

    `key_in_file`: this computer has no key store, so whoever takes its whole disk opens them;
    `has_sheet`: a recovery sheet opens them too; `plain_copies` of this desk, here and in the
    second place, that anybody can read who gets the file; `older_copies`: those that an earlier key
    opens; `open_to_others`: what other users of this computer can read.
    """

    encrypted: bool
    available: bool
    key_in_file: bool
    has_sheet: bool
    plain_copies: tuple[Path, ...]
    older_copies: tuple[Path, ...]
    open_to_others: tuple[Path, ...]


def protection(desk: Desk) -> Protection:
    """Return how the data are protected now."""
    encrypted = encryption.is_encrypted(desk.database.file)
    content = key_file.read(paths.key_file(desk.folder))
    own = tuple(_copies(desk))
    plain = tuple(file for file in own if not encryption.is_encrypted(file))
    older = (file for file in own if file not in plain and _is_older(desk, file))
    return Protection(
        encrypted,
        encryption.available(),
        bool(encrypted and content and content.is_held_in_a_file),
        bool(encrypted and content and content.has_code),
        plain,
        tuple(older) if encrypted else (),
        owner_only.open_to_others(desk.folder),
    )


def _is_older(desk: Desk, copy: Path) -> bool:
    """True for a copy that another key opens than the desk's."""
    try:
        return encryption.key_of(copy) != encryption.key_of(desk.database.file)
    except encryption.sqlite_errors():  # of a desk whose keys are not here
        return False


@dataclass(frozen=True)
class Changed:
    """Answer of a change: how many copies followed, and those that could not, in words.

    `absent`: the second place, where it was not there; its copies are as they were.
    """

    copies: int
    problems: tuple[str, ...]
    absent: Path | None = None


def encrypt(desk: Desk) -> Changed:
    """Encrypt the desk's file and its copies, after a copy of now.

    The old file is put away only once the new one is found to hold the same rows. Raises
    Refused("already-encrypted"), Trouble: "no-cipher", "conversion", "database-locked" and others
    as trouble_of().
    """
    desk.require(Permission.SETTINGS)
    if encryption.is_encrypted(desk.database.file):
        raise Refused("already-encrypted", _("Dữ liệu của quầy đã được mã hóa rồi."))
    _need_cipher()
    opened = keys_for(desk.folder)
    return _change(desk, "encrypted", opened.newest)


def decrypt(desk: Desk) -> Changed:
    """Make the desk's file a plain one; copies that are there stay encrypted.

    Raises Refused("not-encrypted"), and as encrypt().
    """
    desk.require(Permission.SETTINGS)
    _need_encrypted(desk)
    return _change(desk, "plain", None)


def rekey(desk: Desk) -> Changed:
    """Encrypt the desk's file and its copies by a new key. Recovery sheets go on opening them.

    Raises Refused("not-encrypted"), and as encrypt().
    """
    desk.require(Permission.SETTINGS)
    _need_encrypted(desk)
    opened = key_file.with_new_key(_opened(desk))
    _write(desk.folder, opened)
    changed = _change(desk, "rekeyed", opened.newest)
    if not changed.problems:
        _write(desk.folder, key_file.without_others(opened))
        for copy in _copies(desk):
            encryption.put_beside(desk.database.file, copy)
    return changed


def protect_copies(desk: Desk) -> Changed:
    """Bring copies that are plain, or under an earlier key, under the desk's own: a stick that was
    out when the desk was encrypted. Raises Refused("not-encrypted").
    """
    desk.require(Permission.SETTINGS)
    _need_encrypted(desk)
    return _follow(desk, "copies", encryption.key_of(desk.database.file))


def hold_by_sheet(folder: Path, code: str) -> bool:
    """Let the code of a recovery sheet that is printed now open the data; earlier ones no longer.

    False where the data are not encrypted. Raises Trouble("disk-key", "read-only").
    """
    if not encryption.is_encrypted(paths.database_file(folder)):
        return False
    before = _opened_in(folder)
    try:
        _write(folder, key_file.with_code(before, code))
    except OSError as error:
        raise _not_written(paths.secrets_folder(), error) from error
    return True


def unlock(folder: Path, code: str) -> None:
    """Open the data on a computer that has no key of them, by the code of the recovery sheet.

    From then on this user on this computer opens them without it. Raises Refused("recovery-code"),
    Refused("not-encrypted"), Trouble("read-only").
    """
    opened = unlock_file(paths.database_file(folder), code)
    hold_here(folder, opened)


def hold_here(folder: Path, opened: Opened) -> None:
    """Let this user on this computer open the data in `folder` by a secret of theirs."""
    try:
        _write(folder, key_file.held_here(opened))
    except OSError as error:
        raise _not_written(paths.secrets_folder(), error) from error


def unlock_file(database: Path, code: str) -> Opened:
    """Open a database, or a copy on a stick, until the program ends; nothing is written there.

    Raises Refused("recovery-code"), Refused("not-encrypted").
    """
    path = encryption.key_file_of(database)
    content = key_file.read(path) if path else None
    if content is None:
        raise Refused(
            "not-encrypted", _("Dữ liệu này không được mã hóa; không cần mã khôi phục."), "code"
        )
    opened = key_file.open_by_code(content, recovery_code.tidy(code))
    if opened is None:
        raise Refused(
            "recovery-code",
            _("Mã này không mở được dữ liệu của quầy; hãy dùng phiếu khôi phục in gần nhất."),
            recovery_code.FIELD,
        )
    encryption.remember(opened)
    return opened


def encrypts_new_desks() -> bool:
    """True where a new desk is encrypted unless the office wants it plain."""
    return encryption.available()


def key_of_new_desk(folder: Path) -> bytes:
    """Return the key of a desk that is made in `folder`.

    Raises Trouble: "no-cipher", "read-only".
    """
    _need_cipher()
    return keys_for(folder).newest


def _need_cipher() -> None:
    if not encryption.available():
        raise trouble_of(encryption.NoDriver())


def keys_for(folder: Path) -> Opened:
    """Return the keys for a desk that becomes encrypted, written to its folder.

    Keys that are there already stay: they open the copies. Raises Trouble("read-only").
    """
    path = paths.key_file(folder)
    content = key_file.read(path)
    opened = key_file.open_here(content) if content else None
    try:
        if path.exists() and opened is None:  # another computer's, or another desk's
            path.rename(path.with_name(f"{path.stat().st_mtime_ns}-{path.name}"))
        opened = opened or key_file.new()
    except OSError as error:
        raise _not_written(path, error) from error
    _write(folder, opened)
    return opened


def bring_keys(source: Path, folder: Path) -> None:
    """Bring the keys of an encrypted database to the folder to which it was copied.

    They are held by this user on this computer from now on. Raises Trouble("read-only").
    """
    path = encryption.key_file_of(source)
    content = key_file.read(path) if path and encryption.is_encrypted(source) else None
    opened = encryption.opened(content) if content else None
    if opened is not None:
        hold_here(folder, opened)


def _need_encrypted(desk: Desk) -> None:
    if not encryption.is_encrypted(desk.database.file):
        raise Refused("not-encrypted", _("Dữ liệu của quầy chưa được mã hóa."))


def _change(desk: Desk, protection: str, key: bytes | None) -> Changed:
    """Convert the desk and what copies have to follow, and enter it in the ledger."""
    folder = paths.backup_folder(desk.folder)
    copies.add_copy(desk.database, folder, desk.clock().replace(tzinfo=None), Reason.ASKED)
    with desk.database.set_aside():
        conversion.convert(desk.database.file, key)
    return _follow(desk, protection, key)


def _follow(desk: Desk, protection: str, key: bytes | None) -> Changed:
    """Bring the copies under the desk's key, and enter what was changed in the ledger."""
    done, problems = 0, []
    for copy in _copies(desk) if key else ():
        try:
            encryption.put_beside(desk.database.file, copy)  # before it needs them
            done += copies.reprotect(copy, key)
        except Trouble as trouble:
            problems.append(_of_copy(copy, trouble))
        except OSError as error:
            problems.append(_not_written(copy, error).message)
    with desk.write() as connection:
        desk.record(connection, ProtectionChanged(protection=protection, copies=done))
    place = second_place(desk) if key else None
    is_absent = place is not None and not place.is_there
    return Changed(done, tuple(problems), place.folder if place and is_absent else None)


def _of_copy(copy: Path, trouble: Trouble) -> str:
    """The sentence of a copy that could not follow; the desk's own file is not meant."""
    if trouble.code != "damaged":
        return trouble.message
    return _(
        "Dữ liệu của quầy đã xong. Bản sao {file} hỏng, không đọc được nên vẫn như cũ: không cần "
        "nữa thì hãy xóa nó."
    ).format(file=copy.name)


def _copies(desk: Desk) -> Iterator[Path]:
    """The copies of the desk's folder, whatever made them, and its own in the second place."""
    own = sorted(paths.backup_folder(desk.folder).glob("*.db"))
    place = second_place(desk)
    if place is not None and place.is_there:
        own += [copy.file for copy in copies.copies_in(place.folder) if copy.desk == desk.id]
    for copy in own:
        encryption.forget(copy)  # laid there by hand, or a stick that numbers its files anew
        yield copy


def _opened(desk: Desk) -> Opened:
    return _opened_in(desk.folder)


def _opened_in(folder: Path) -> Opened:
    content = key_file.read(paths.key_file(folder))
    opened = key_file.open_here(content) if content else None
    if opened is None:
        raise trouble_of(encryption.Locked())
    return opened


def _write(folder: Path, opened: Opened) -> None:
    """Write the keys to the desk's folder, and beside its copies where they have some."""
    encryption.remember(opened)
    _write_file(paths.key_file(folder), opened)
    beside = paths.key_file(paths.backup_folder(folder))
    if beside.exists():
        _write_file(beside, opened)


def _write_file(path: Path, opened: Opened) -> None:
    try:
        key_file.write(path, opened.file)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> Trouble:
    return Trouble(
        "read-only",
        _("Không ghi được {file}: {error}.").format(file=path, error=os_reason(error)),
    )
