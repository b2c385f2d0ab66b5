"""Which database a desk's folder uses: the file of one PC in it, or the ward's PostgreSQL."""

import json
from pathlib import Path

from cchc_desk import paths
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import UNREADABLE, Database, DeskDatabase


def is_station(folder: Path) -> bool:
    """True where the folder is that of a station: its dossiers lie in the ward's PostgreSQL."""
    return paths.ward_file(folder).exists()


def open_database(folder: Path) -> DeskDatabase:
    """Open the database of the desk in `folder`. Raises Trouble("ward-file"), as open_server()."""
    if not is_station(folder):
        return Database(paths.database_file(folder))
    return open_server(_url(paths.ward_file(folder)))


def open_server(url: str) -> DeskDatabase:
    """Open a ward's PostgreSQL. Raises Trouble("no-postgresql")."""
    try:  # a desk of one PC needs no driver
        from cchc_desk.store.engine.ward_database import WardDatabase
    except ImportError as error:
        raise Trouble(
            "no-postgresql",
            _(
                "Máy này chưa có phần nối tới máy chủ PostgreSQL của phường (psycopg). Hãy nhờ "
                "quản trị cài thêm rồi mở lại."
            ),
        ) from error
    return WardDatabase(url)


def _url(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["url"])
    except (OSError, *UNREADABLE) as error:
        raise Trouble(
            "ward-file",
            _(
                "Không đọc được {file}, tệp nói dữ liệu của phường nằm ở đâu. Hãy nhờ quản trị "
                "mạng chép lại tệp ấy từ một máy khác của phường."
            ).format(file=file),
        ) from error
