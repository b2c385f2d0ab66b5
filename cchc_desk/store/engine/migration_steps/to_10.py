"""Schema 9 to 10: settings of a station of a ward.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_STATION_SETTINGS = """
    CREATE TABLE station_settings (
        station {text} NOT NULL,
        key {text} NOT NULL,
        value {text} NOT NULL,
        PRIMARY KEY (station, key)
    )
"""


def to_10(connection: Connection) -> None:
    """Bring a desk of schema 9 to schema 10 inside the caller's write transaction."""
    text = "text" if connection.dialect.name == "postgresql" else "VARCHAR"
    connection.exec_driver_sql(_STATION_SETTINGS.format(text=text))
