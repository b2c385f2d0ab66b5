"""Schema 6 to 7: the counter's second look.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_STATEMENTS: tuple[str, ...] = (
    # person: everything known about a phone
    "CREATE INDEX applicants_phone ON applicants (phone)",
)


def to_7(connection: Connection) -> None:
    """Bring a file of schema 6 to schema 7 inside the caller's write transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
