"""Schema 3 to 4: the number of its last ledger entry in each dossier's row, to detect its loss.

Frozen: written out as it was released, and never changed. It uses nothing of today's program.
"""

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE dossiers ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0",
    "UPDATE dossiers SET last_entry = "
    "coalesce((SELECT max(seq) FROM journal j WHERE j.code = dossiers.code), 0)",
)


def to_4(connection: Connection) -> None:
    """Bring a file of schema 3 to schema 4 inside the caller's write transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
