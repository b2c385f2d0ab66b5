"""Which database a desk's folder uses: the file of one PC in it, or the ward's PostgreSQL.

An invitation is the address of the server with the password of the stations' role, and the name of
the station it is for. `ward.json` in the folder of a station has the same without the password,
which this user's key store has (key_store.py).
"""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk import key_store, owner_only, paths
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine.database import UNREADABLE, Database, DeskDatabase

if TYPE_CHECKING:
    from cchc_desk.store.engine.ward.server import ReadyServer, UpgradedServer


@dataclass(frozen=True)
class Invitation:
    """The way to a ward's server, for the station of this name ("" for one without).

    `city_key`: with which the desk's parcels to the city are signed, "" before it is enrolled.
    """

    url: str
    station: str
    city_key: str = ""

    def encode(self) -> bytes:
        """Return it as it lies in a file."""
        return _encoded(self)


@dataclass(frozen=True)
class Station:
    """The way to the server as a station's folder has it; `password`: its name in the key store.

    "" where the server asks for none.
    """

    url: str
    station: str
    password: str = ""
    keeper: key_store.Keeper = "file"


def is_station(folder: Path) -> bool:
    """True where the folder is that of a station: its dossiers lie in the ward's PostgreSQL."""
    return paths.ward_file(folder).exists()


def open_database(folder: Path) -> DeskDatabase:
    """Open the database of the desk in `folder`. Raises as invitation_to() and open_server()."""
    if not is_station(folder):
        return Database(paths.database_file(folder))
    invitation = invitation_to(folder)
    return open_server(invitation.url, invitation.station)


def open_server(url: str, station: str = "") -> DeskDatabase:
    """Open a ward's PostgreSQL, from this station. Raises Trouble("no-postgresql")."""
    try:  # a desk of one PC needs no driver
        from cchc_desk.store.engine.ward.database import WardDatabase
    except ImportError as error:
        raise _no_driver() from error
    return WardDatabase(url, station)


def make_server_ready(url: str, program: str) -> "ReadyServer":
    """Make an empty ward on a PostgreSQL. Raises as server.make_ready(), open_server()."""
    try:
        from cchc_desk.store.engine.ward.server import make_ready
    except ImportError as error:
        raise _no_driver() from error
    return make_ready(url, program)


def upgrade_server(url: str) -> "UpgradedServer":
    """Bring a ward's tables up to this program's. Raises as server.upgrade(), open_server()."""
    try:
        from cchc_desk.store.engine.ward.server import upgrade
    except ImportError as error:
        raise _no_driver() from error
    return upgrade(url)


def server_problems(url: str, now: datetime) -> tuple[str, ...]:
    """Return what a ward's IT should look at, at `now` by this PC. Raises as server."""
    try:
        from cchc_desk.store.engine.ward.server import problems
    except ImportError as error:
        raise _no_driver() from error
    return problems(url, now)


def invitation_of(file: Path) -> Invitation:
    """Read an invitation. Raises Trouble("ward-file")."""
    facts = _read(file)
    return Invitation(
        str(facts["url"]), str(facts.get("station", "")), str(facts.get("city_key", ""))
    )


def invitation_to(folder: Path) -> Invitation:
    """Return the way to the server of the station in `folder`, with its password.

    Raises Trouble: "ward-file", "ward-password" where this user on this computer has none.
    """
    facts = _facts(paths.ward_file(folder))
    if not facts.password:
        return Invitation(facts.url, facts.station)
    password = key_store.kept(facts.password, facts.keeper)
    if password is None:
        raise Trouble(
            "ward-password",
            _(
                "Người dùng này trên máy này không có mật khẩu vào máy chủ của phường. Hãy nhờ "
                "quản trị gửi lại thư mời, bỏ tệp {file}, rồi nhập thư ấy (cchc ward join)."
            ).format(file=paths.ward_file(folder)),
        )
    return Invitation(_with_password(facts.url, password), facts.station)


def make_station(folder: Path, invitation: Invitation) -> None:
    """Make `folder` that of a station; its password goes to the key store of this user.

    Raises Trouble("cannot-save"), ("no-postgresql").
    """
    file = paths.ward_file(folder)
    url, password = _without_password(invitation.url)
    station = Station(url, invitation.station)
    try:
        if password:
            name = f"ward-{secrets.token_hex(8)}"
            station = replace(station, password=name, keeper=key_store.keep(name, password))
        owner_only.write_file(file, _encoded(station))
    except OSError as error:
        raise Trouble(
            "cannot-save",
            _("Không ghi được {file}: {error}.").format(file=file, error=os_reason(error)),
        ) from error


def _encoded(facts: Invitation | Station) -> bytes:
    return json.dumps(asdict(facts), ensure_ascii=False).encode()


def _facts(file: Path) -> Station:
    facts = _read(file)
    return Station(
        str(facts["url"]),
        str(facts.get("station", "")),
        str(facts.get("password", "")),
        "system" if facts.get("keeper") == "system" else "file",
    )


def _read(file: Path) -> dict[str, object]:
    try:
        facts: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
        str(facts["url"])
        facts.get("station")
        return facts
    except (OSError, *UNREADABLE) as error:
        raise Trouble(
            "ward-file",
            _(
                "Không đọc được {file}, tệp nói dữ liệu của phường nằm ở đâu. Hãy nhờ quản trị "
                "mạng gửi lại thư mời của phường."
            ).format(file=file),
        ) from error


def _with_password(url: str, password: str) -> str:
    try:
        from psycopg.conninfo import make_conninfo
    except ImportError as error:
        raise _no_driver() from error
    return make_conninfo(url, password=password)


def _without_password(url: str) -> tuple[str, str]:
    """Return the address without its password, and the password, "" for none."""
    try:
        from psycopg.conninfo import conninfo_to_dict, make_conninfo
    except ImportError as error:
        raise _no_driver() from error
    facts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    password = facts.pop("password", "")
    return (make_conninfo(**facts), password) if password else (url, "")


def _no_driver() -> Trouble:
    return Trouble(
        "no-postgresql",
        _(
            "Máy này chưa có phần nối tới máy chủ PostgreSQL của phường (psycopg). Hãy nhờ "
            "quản trị cài thêm rồi mở lại."
        ),
    )
