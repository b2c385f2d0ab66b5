"""Data of a desk that exist already: found, looked into, and copied to where no desk is yet."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.office import accounts
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine import backup, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.ledger.witness import bring_witness

MOST = 20  # files offered


@dataclass(frozen=True)
class ExistingDesk:
    """A desk's data in a file; `last`: moment of the last entry of its ledger."""

    file: Path
    unit_name: str
    desk_name: str
    practice: bool
    last: datetime | None


def look_into(file: Path) -> ExistingDesk:
    """Read which desk a file holds, and until when. Raises Refused("not-a-desk")."""
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


def bring_in(file: Path, folder: Path) -> None:
    """Copy the desk in `file` to `folder`, where no desk is yet; the file stays as it is.

    Raises Refused: "not-a-desk", "desk-exists"; Trouble: "backup-damaged", "database-newer",
    "read-only", or as trouble_of().
    """
    look_into(file)
    accounts.refuse_existing(folder)
    accounts.make_folder(folder)
    part = paths.database_file(folder).with_suffix(".new")
    try:
        part.unlink(missing_ok=True)
        backup.copy_file(file, part)
        with closing(Database(part)) as database:
            migrations.check_readable(database)
        # Only a whole desk gets the name that desk_exists() looks for.
        part.replace(paths.database_file(folder))
        if file.name == paths.DATABASE:  # its witness asks at this machine whether the desk moved
            bring_witness(file.parent, folder)
    except OSError as error:
        raise Trouble(
            "read-only",
            _("Không chép được vào thư mục {folder}: {error}.").format(
                folder=folder, error=os_reason(error)
            ),
        ) from error
