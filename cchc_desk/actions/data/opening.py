"""A desk that is opened: restored to its end, upgraded, its ledger looked at."""

from pathlib import Path

from cchc_desk import __version__, owner_only, paths
from cchc_desk.actions.data import doubts
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.ledger.facts.office import SetUp
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, later, os_reason
from cchc_desk.session import Clock, Desk
from cchc_desk.snapshot import read_snapshot
from cchc_desk.store.engine import backup, copies, migrations
from cchc_desk.store.engine.database import DAMAGED, DeskDatabase
from cchc_desk.store.engine.set_up_lock import alone_in, refuse_taken
from cchc_desk.store.engine.ward.file import is_station, open_database
from cchc_desk.store.ledger import integrity, put_back, sums
from cchc_desk.store.ledger.machine import machine_mark
from cchc_desk.store.ledger.witness import Witness
from cchc_desk.store.office import registers
from cchc_desk.store.papers import scans
from cchc_desk.vietnam_time import vietnam_now

GONE = later(
    "Thư mục {folder} từng có dữ liệu của một quầy: tệp desk.db không còn, nhưng bản sao hoặc nhật "
    "ký của nó còn đó. Hãy khôi phục bản sao (trang đăng nhập: F7; dòng lệnh: cchc restore), hoặc "
    "chọn thư mục khác cho quầy mới."
)


def desk_exists(folder: Path) -> bool:
    """True when a desk was set up in `folder`."""
    return paths.desk_is_here(folder)


def open_desk(folder: Path, clock: Clock = vietnam_now) -> Desk:
    """Open the desk in `folder`, upgrading an older database after a backup.

    A restore that was stopped is carried to its end first, one at work is waited for. Raises
    Trouble: "no-desk", "desk-gone", "restore-failed", "database-newer", "damaged", as alone_in(),
    or as database.trouble_of().
    """
    if folder.is_dir():  # of a name that no disk takes the system says why
        _finish_restoring(folder)
    _refuse_unopenable(folder)
    owner_only.narrow_all(folder)  # before the -wal is made with the rights of the file
    database = open_database(folder)
    try:
        upgraded = migrations.upgrade(
            database,
            lambda db: copies.add_copy(db, paths.backup_folder(folder), clock(), Reason.UPGRADE),
        )
        desk = load_desk(folder, database, clock)
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


def damage(file: Path) -> str:
    """Return what to tell of a database whose pages are damaged; "" where they hold together.

    It reads the file from its beginning to its end, on a connection of its own.
    """
    if not backup.is_damaged(file):
        return ""
    return _(
        "Tệp dữ liệu của quầy bị hỏng một phần. Đừng làm tiếp với nó: hãy khôi phục bản sao lành "
        "gần nhất. Dữ liệu đang có không bị xóa, được dời sang thư mục riêng."
    )


def _refuse_unopenable(folder: Path) -> None:
    """Raise Trouble where no desk is, where one was, or where its file holds parts of two."""
    if paths.desk_was_here(folder):
        raise Trouble("desk-gone", _(GONE).format(folder=folder))
    if not desk_exists(folder):
        raise _no_desk(folder)
    if not is_station(folder) and backup.is_mixed(paths.database_file(folder)):
        raise Trouble("damaged", _(DAMAGED))


def _no_desk(folder: Path) -> Trouble:
    return Trouble(
        "no-desk",
        _("Chưa có quầy nào trong {folder}. Hãy thiết lập quầy trước (cchc setup).").format(
            folder=folder
        ),
    )


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


def load_desk(folder: Path, database: DeskDatabase, clock: Clock) -> Desk:
    """Return the desk of an open database, with its settings.

    Raises Trouble: "damaged", "no-desk" where nobody has set up one on the ward's server yet.
    """
    with database.read() as connection:
        desk_id = registers.load_settings(connection).get("desk_id")
        if desk_id is None and database.on_server and not migrations.is_used(connection):
            raise _no_desk(folder)
        if not isinstance(desk_id, str):
            raise registers.damaged_settings("desk_id")
        return Desk(folder, database, desk_id, read_snapshot(connection, database.station), clock)


def _drop_removed_scans(desk: Desk) -> None:
    """Drop the bytes of scans that were removed before today, where there are any."""
    today = desk.now().replace(hour=0, minute=0)
    with desk.read() as connection:
        due = scans.has_removed(connection, today)
    if due:
        with desk.write() as connection:
            scans.drop_contents(connection, today)
