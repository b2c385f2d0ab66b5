"""The city's database: PostgreSQL for real, SQLite for trying; the same code in both.

with database.begin() as connection: ...  # one transaction; SQLite locks for writing at once
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _

_MIGRATIONS = Path(__file__).parent / "migrations"


class CityDatabase:
    """Open database of the city.

    `url`: as SQLAlchemy writes it (postgresql+psycopg://user@host/name, sqlite:///file). Raises
    Refused("database-url").
    """

    def __init__(self, url: str, connections: int = 10) -> None:
        try:
            address = make_url(url)
            if address.get_backend_name() not in ("postgresql", "sqlite"):
                raise ArgumentError(url)
            if address.drivername == "postgresql":
                address = address.set(drivername="postgresql+psycopg")
            settings: dict[str, Any] = {
                "pool_size": connections,
                "max_overflow": 0,
                "pool_pre_ping": True,
            }
            self.engine = create_engine(address, **settings)
        except (ArgumentError, NoSuchModuleError) as error:
            raise Refused(
                "database-url",
                _(
                    "Địa chỉ cơ sở dữ liệu viết như postgresql://người@máy/tên hoặc "
                    "sqlite:///tệp; hãy xem lại."
                ),
            ) from error
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _sqlite_settings)
            event.listen(self.engine, "begin", _sqlite_begin)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open one transaction, committed at its end. Raises Trouble("city-database")."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise Trouble(
                "city-database",
                _("Cơ sở dữ liệu của thành phố báo lỗi: {error}. Hãy xem lại máy chủ.").format(
                    error=error.orig
                ),
            ) from error

    def upgrade(self) -> None:
        """Bring the schema up to today's, step by step, in one transaction."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        self.engine.dispose()


def _sqlite_settings(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # _sqlite_begin begins transactions
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
