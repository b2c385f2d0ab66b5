"""What is written otherwise for the file of one PC and for a ward's PostgreSQL; no SQL besides."""

from sqlalchemy import Connection


def is_postgresql(connection: Connection) -> bool:
    """True for a connection to a ward's PostgreSQL, False for one to the file of one PC."""
    return connection.dialect.name == "postgresql"
