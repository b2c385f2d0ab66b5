"""A desk moved from the file of one PC to the ward's PostgreSQL, and back."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cchc_desk import __version__, paths
from cchc_desk.actions.data import upkeep
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine import durable, migrations, moving
from cchc_desk.store.engine.database import Database, DeskDatabase
from cchc_desk.store.engine.set_up_lock import alone_in
from cchc_desk.store.engine.ward.file import invitation_of, is_station, make_station, open_server
from cchc_desk.store.ledger import going_back, journal, put_back


@dataclass(frozen=True)
class Moved:
    """What was moved: the rows, the last entry as papers carry it, where the old place lies."""

    rows: int
    head: str
    aside: Path


def move_to_server(desk: Desk, file: Path) -> Moved:
    """Move the desk's file into an empty ward, by an invitation; it stays aside, renamed.

    `desk` is closed and opened anew by the caller. Raises Refused: "already-there", "ward-in-use";
    Trouble: "database-in-use", "conversion", "no-postgresql", or as the server's database.
    """
    desk.require(Permission.RESTORE)
    if is_station(desk.folder):
        raise Refused("already-there", _("Dữ liệu của quầy đã nằm ở máy chủ của phường."))
    folder, own, invitation = desk.folder, desk.database.file, invitation_of(file)
    with alone_in(folder):
        desk.close()
        if put_back.in_use(own):
            raise _in_use()
        with closing(Database(own)) as source, closing(open_server(invitation.url)) as target:
            rows, head = _copy(source, target)
        going_back.finish_file(own)
        aside = own.with_name(f"desk-moved-{desk.clock():%Y%m%d-%H%M%S}.db")
        try:
            make_station(folder, invitation)
            own.rename(aside)  # from here on the folder is a station's, with or without it
        except OSError as error:
            raise _not_moved(error) from error
    return Moved(rows, head, aside)


def move_to_file(desk: Desk) -> Moved:
    """Move the ward's dossiers into the file of this PC; the server keeps its own as they are.

    `desk` is closed and opened anew by the caller. Raises Refused("already-there"), Trouble as
    move_to_server().
    """
    desk.require(Permission.RESTORE)
    if not is_station(desk.folder):
        raise Refused("already-there", _("Dữ liệu của quầy đã nằm ở máy này."))
    folder, part = desk.folder, paths.database_file(desk.folder).with_suffix(".new")
    with alone_in(folder):
        part.unlink(missing_ok=True)
        with closing(Database(part, create=True)) as target:
            rows, head = _copy(desk.database, target)
        desk.close()
        going_back.finish_file(part)
        ward = paths.ward_file(folder)
        aside = ward.with_name(f"ward-moved-{desk.clock():%Y%m%d-%H%M%S}.json")
        try:
            durable.put(part, paths.database_file(folder))
            ward.rename(aside)  # until here the folder is a station's
        except OSError as error:
            raise _not_moved(error) from error
    return Moved(rows, head, aside)


def _copy(source: DeskDatabase, target: DeskDatabase) -> tuple[int, str]:
    """Copy all rows and compare them; return how many, and the head. Nobody writes meanwhile."""
    with source.write() as old, target.write() as new:
        if migrations.is_used(new):
            raise Refused(
                "ward-in-use",
                _(
                    "Cơ sở dữ liệu ấy đã có dữ liệu của một phường; chưa chuyển gì. Hãy lập một cơ "
                    "sở dữ liệu trống rồi làm lại."
                ),
                "url",
            )
        if not migrations.schema_of(new):
            migrations.create(new, __version__)
        rows = moving.copy_rows(old, new)
        search.rebuild(new)
        wrong = moving.differing_tables(old, new)
        if wrong:
            raise Trouble(
                "conversion",
                _("Chưa chuyển được: bảng {names} ở nơi mới không giống nơi cũ.").format(
                    names=", ".join(wrong)
                ),
            )
        head = journal.last_link(new)
    return rows, upkeep.head_text(head)


def _in_use() -> Trouble:
    return Trouble(
        "database-in-use",
        _(
            "Dữ liệu của quầy đang mở ở cửa sổ hoặc chương trình khác. Hãy đóng hết rồi chuyển "
            "lại; chưa có gì thay đổi."
        ),
    )


def _not_moved(error: OSError) -> Trouble:
    return Trouble(
        "conversion",
        _(
            "Đã chép xong nhưng chưa đổi được tên tệp ({error}); quầy vẫn làm với dữ liệu cũ. Hãy "
            "xem quyền ghi của thư mục rồi làm lại với một cơ sở dữ liệu trống."
        ).format(error=os_reason(error)),
    )
