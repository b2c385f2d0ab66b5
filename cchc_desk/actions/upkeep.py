"""Looking after the data: the ledger's chain, the file's health, copies."""

from dataclasses import dataclass
from pathlib import Path

from cchc_desk import paths
from cchc_desk.desk import Desk
from cchc_desk.domain.journal import Break, first_break
from cchc_desk.domain.officials import Act
from cchc_desk.errors import Refused
from cchc_desk.store import journal, upkeep

_BROKEN = {
    "gap": "Sổ cái thiếu hoặc thừa mục trước mục số {seq}.",
    "previous": "Mục số {seq} của sổ cái không nối với mục trước nó.",
    "hash": "Mục số {seq} của sổ cái đã bị sửa.",
    "details": "Chi tiết của mục số {seq} trong sổ cái đã bị sửa hoặc mất.",
}


@dataclass(frozen=True)
class LedgerAnswer:
    """What verification found: `problems` names the first broken link in words; `entries` is the chain's length."""

    ok: bool
    problems: tuple[str, ...]
    entries: int


def verify_ledger(desk: Desk) -> LedgerAnswer:
    """Recomputes the whole chain from the first entry on."""
    desk.require(Act.READ)
    with desk.database.read() as connection:
        entries = list(journal.entries(connection))
    broken = first_break(entries)
    return LedgerAnswer(broken is None, _words(broken), len(entries))


def _words(broken: Break | None) -> tuple[str, ...]:
    return (_BROKEN[broken.what].format(seq=broken.seq),) if broken else ()


def check_database(desk: Desk) -> tuple[str, ...]:
    """What is wrong with the database file; empty when it is sound."""
    desk.require(Act.READ)
    return upkeep.problems_of(desk.database.file)


def backup(desk: Desk, target: Path | None = None) -> Path:
    """Copies the database to `target`, or makes today's copy in the desk's own folder; answers the file."""
    desk.require(Act.BACKUP)
    if target is not None:
        _check_target(desk, target)
        return upkeep.backup(desk.database, target)
    return upkeep.daily_backup(desk.database, paths.backup_folder(desk.folder), desk.now())


def _check_target(desk: Desk, target: Path) -> None:
    if target.is_dir():
        raise Refused("backup-target", f"«{target}» là một thư mục; hãy thêm tên tệp của bản sao.", "out")
    beside_the_desk = target.resolve().parent == desk.folder.resolve()
    if beside_the_desk and target.name.startswith(paths.DATABASE):  # the -wal and -shm too
        raise Refused("backup-target", "Bản sao không được đè lên chính dữ liệu của quầy; hãy chọn tệp khác.", "out")
