"""A ward of several PCs: its server made ready, its stations invited and joined."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk import __version__, paths
from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.office.printable import printable_line
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.output_file import output_file
from cchc_desk.session import Clock, Desk
from cchc_desk.store.engine.ward import file as ward_file
from cchc_desk.store.engine.ward.file import Invitation
from cchc_desk.sync import keys
from cchc_desk.vietnam_time import vietnam_now

if TYPE_CHECKING:
    from cchc_desk.store.engine.ward.server import UpgradedServer

MOST_LETTERS = 40  # of a station's name


@dataclass(frozen=True)
class ReadyWard:
    """The invitation for the first station, and what the ward's IT should look at."""

    invitation: Path
    warnings: tuple[str, ...]


def make_ready(url: str, out: Path) -> ReadyWard:
    """Make an empty ward on the PostgreSQL at `url`; write the invitation of its first station.

    `url` is of a role that may make roles and databases; it is kept nowhere. Raises Refused:
    "ward-in-use", "server-unfit"; Trouble: "no-postgresql", "no-server", and as output_file().
    """
    with output_file(out) as file:
        server = ward_file.make_server_ready(url, __version__)
        file.write(Invitation(server.url, "").encode())
    return ReadyWard(out, server.warnings)


def upgrade(url: str) -> "UpgradedServer":
    """Bring the tables of the ward at `url` up to this program's schema.

    `url` is of a role as for make_ready(), kept nowhere. Raises Refused: "stations-open",
    "no-ward"; Trouble: "no-postgresql", "no-server", "database-newer".
    """
    return ward_file.upgrade_server(url)


def invite(desk: Desk, station: str, out: Path) -> Path:
    """Write an invitation for another PC of this ward: whoever has it, reaches the ward's data.

    Raises Refused: "not-a-station", "station-name"; Trouble("cannot-save").
    """
    desk.require(Permission.RESTORE)
    if not ward_file.is_station(desk.folder):
        raise Refused(
            "not-a-station",
            _("Dữ liệu của quầy nằm ở máy này. Hãy chuyển lên máy chủ trước (cchc ward move)."),
        )
    known = ward_file.invitation_to(desk.folder)
    with output_file(out) as file:
        city_key = keys.key_text(desk.folder, desk.id)
        file.write(Invitation(known.url, checked_name(station), city_key).encode())
    return out


@dataclass(frozen=True)
class Joined:
    """The name of the station that joined, and the ward's unit, "" before its set-up."""

    station: str
    unit: str


def join(folder: Path, file: Path, station: str = "", clock: Clock = vietnam_now) -> Joined:
    """Make `folder` that of a station by an invitation; its own name holds where none is given.

    A station may join anew, by another invitation: its witness then looks at the ward's ledger.
    Raises Refused: "desk-exists", "desk-gone", "station-name"; Trouble("ward-file"), as
    open_desk().
    """
    known = ward_file.invitation_of(file)
    name = checked_name(station or known.station) if station or known.station else ""
    was_station = paths.station_was_here(folder)
    if opening.desk_exists(folder) or (paths.desk_was_here(folder) and not was_station):
        new_desk.refuse_existing(folder)
    new_desk.make_folder(folder)
    ward_file.make_station(folder, Invitation(known.url, name))
    try:
        if new_desk.is_empty_ward(folder):
            if was_station:  # of another ward: a new desk would not fit its witness
                raise Refused("desk-gone", _(opening.GONE).format(folder=folder), "folder")
            return Joined(name, "")
        desk = opening.open_desk(folder, clock)
    except BaseException:
        paths.ward_file(folder).unlink()  # what was never opened is no station
        raise
    with closing(desk):
        if known.city_key:
            keys.keep_key(folder, desk.id, known.city_key)
        return Joined(name, str(desk.settings["unit_name"]))


def checked_name(text: str) -> str:
    """Return the name of a station as it is kept. Raises Refused("station-name")."""
    name = printable_line(text, "station")
    if not name or len(name) > MOST_LETTERS:
        raise Refused(
            "station-name",
            _("Hãy đặt tên máy ngắn gọn, nhiều nhất {count} ký tự, như «Quầy 2».").format(
                count=MOST_LETTERS
            ),
            "station",
        )
    return name
