"""Which database a desk's folder uses: the file of one PC in it, or the ward's PostgreSQL.

The file `ward.json` of a station and the invitation of another one are alike: the address of the
server, with the password of the stations' role, and the name of the station.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk import owner_only, paths
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine.database import UNREADABLE, Database, DeskDatabase

if TYPE_CHECKING:
    from cchc_desk.store.engine.ward_server import ReadyServer


@dataclass(frozen=True)
class Invitation:
    """The way to a ward's server, for the station of this name ("" for one without)."""

    url: str
    station: str

    def encode(self) -> bytes:
        """Return it as it lies in a file."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def is_station(folder: Path) -> bool:
    """True where the folder is that of a station: its dossiers lie in the ward's PostgreSQL."""
    return paths.ward_file(folder).exists()


def open_database(folder: Path) -> DeskDatabase:
    """Open the database of the desk in `folder`. Raises Trouble("ward-file"), as open_server()."""
    if not is_station(folder):
        return Database(paths.database_file(folder))
    invitation = invitation_of(paths.ward_file(folder))
    return open_server(invitation.url, invitation.station)


def open_server(url: str, station: str = "") -> DeskDatabase:
    """Open a ward's PostgreSQL, from this station. Raises Trouble("no-postgresql")."""
    try:  # a desk of one PC needs no driver
        from cchc_desk.store.engine.ward_database import WardDatabase
    except ImportError as error:
        raise _no_driver() from error
    return WardDatabase(url, station)


def make_server_ready(url: str, program: str) -> "ReadyServer":
    """Make an empty ward on a PostgreSQL. Raises as ward_server.make_ready(), open_server()."""
    try:
        from cchc_desk.store.engine.ward_server import make_ready
    except ImportError as error:
        raise _no_driver() from error
    return make_ready(url, program)


def invitation_of(file: Path) -> Invitation:
    """Read a station's file or an invitation. Raises Trouble("ward-file")."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        return Invitation(str(facts["url"]), str(facts.get("station", "")))
    except (OSError, *UNREADABLE) as error:
        raise Trouble(
            "ward-file",
            _(
                "Không đọc được {file}, tệp nói dữ liệu của phường nằm ở đâu. Hãy nhờ quản trị "
                "mạng chép lại tệp ấy từ một máy khác của phường."
            ).format(file=file),
        ) from error


def make_station(folder: Path, invitation: Invitation) -> None:
    """Make `folder` that of a station; only this user reads it. Raises Trouble("cannot-save")."""
    file = paths.ward_file(folder)
    try:
        owner_only.write_file(file, invitation.encode())
    except OSError as error:
        raise Trouble(
            "cannot-save",
            _("Không ghi được {file}: {error}.").format(file=file, error=os_reason(error)),
        ) from error


def _no_driver() -> Trouble:
    return Trouble(
        "no-postgresql",
        _(
            "Máy này chưa có phần nối tới máy chủ PostgreSQL của phường (psycopg). Hãy nhờ "
            "quản trị cài thêm rồi mở lại."
        ),
    )
