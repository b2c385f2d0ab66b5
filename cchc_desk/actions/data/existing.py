"""Data of a desk that exist already: found, looked into, and copied to where no desk is yet."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.data import new_desk, protection, restore
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine import backup, durable, encryption, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.engine.set_up_lock import alone_in
from cchc_desk.store.ledger import put_back
from cchc_desk.store.ledger.witness import bring_witness

MOST = 20  # files offered


@dataclass(frozen=True)
class ExistingDesk:
    """A desk's data in a file; `last`: moment of the last entry of its ledger.

    `locked`: encrypted, and readable on this computer by its recovery sheet alone: nothing else is
    known of it.
    """

    file: Path
    unit_name: str
    desk_name: str
    practice: bool
    last: datetime | None
    locked: bool = False


def look_into(file: Path) -> ExistingDesk:
    """Read which desk a file holds, and until when. Raises Refused("not-a-desk")."""
    if encryption.is_locked(file):
        return ExistingDesk(file, "", "", False, None, locked=True)
    settings = backup.settings_in(file)
    if not settings.get("desk_id"):
        raise Refused(
            "not-a-desk",
            _(
                "«{file}» không phải dữ liệu của CCHC Desk; hãy chọn tệp desk.db hoặc desk-….db."
            ).format(file=file.name),
            "file",
        )
    head = backup.head_in(file)
    return ExistingDesk(
        file,
        str(settings.get("unit_name", "")),
        str(settings.get("desk_name", "")),
        bool(settings.get("practice", False)),
        head.at if head else None,
    )


def is_practice(folder: Path) -> bool:
    """True where the database in `folder`, or a copy of it, is that of a practice ward."""
    files = [paths.database_file(folder), *sorted(paths.backup_folder(folder).glob("*.db"))]
    return any(backup.settings_in(file).get("practice") for file in files if file.is_file())


def find(folder: Path, volumes: Iterable[Path]) -> tuple[ExistingDesk, ...]:
    """Return what lies in the backups of `folder`, beside it and on `volumes`, newest first."""
    found: dict[Path, ExistingDesk] = {}
    for file in _candidates(folder, volumes):
        try:
            desk = look_into(file)
        except Refused:
            continue  # some other program's
        if not desk.practice:
            found[file.resolve()] = desk
    newest = sorted(found.values(), key=lambda desk: str(desk.last or ""), reverse=True)
    return tuple(newest[:MOST])


def _candidates(folder: Path, volumes: Iterable[Path]) -> Iterator[Path]:
    places: list[tuple[Path, tuple[str, ...]]] = [
        (paths.backup_folder(folder), ("*.db",)),
        (folder.parent, (f"*/{paths.DATABASE}",)),
    ]
    places += [(volume, ("desk*.db", "*/desk*.db")) for volume in volumes]
    for place, patterns in places:
        for pattern in patterns:
            try:
                yield from sorted(place.glob(pattern))
            except OSError:  # a volume that was pulled out, a folder not ours to read
                break


def bring_in(file: Path, folder: Path, code: str = "") -> None:
    """Copy the desk in `file` to `folder`, where no desk is yet; the file stays as it is.

    Its number series go on behind the highest that lies beside the file: it may be an old copy.
    `code` of the recovery sheet, where the file is encrypted and this computer has no key of it.
    Raises Refused: "not-a-desk", "desk-exists", "recovery-code"; Trouble: "disk-key",
    "backup-damaged", "database-newer", "read-only", or as trouble_of() and alone_in().
    """
    if code:
        protection.unlock_file(file, code)
    look_into(file)
    new_desk.refuse_existing(folder)
    new_desk.make_folder(folder)
    with alone_in(folder):
        new_desk.refuse_existing(folder)  # another set-up may have been faster
        _copy(file, folder)


def _copy(file: Path, folder: Path) -> None:
    try:
        staging = put_back.stage(folder)
        part = paths.database_file(staging)
        backup.copy_file(file, part)
        with closing(Database(part)) as database:
            migrations.check_readable(database)
        protection.bring_keys(file, folder)
        restore.go_on_behind(staging, file)
        # Only a whole desk gets the name that desk_exists() looks for.
        durable.put(part, paths.database_file(folder))
        if file.name == paths.DATABASE:  # its witness asks at this machine whether the desk moved
            bring_witness(file.parent, folder)
        put_back.clear(folder)
    except OSError as error:
        raise Trouble(
            "read-only",
            _("Không chép được vào thư mục {folder}: {error}.").format(
                folder=folder, error=os_reason(error)
            ),
        ) from error
