"""Schema 5 to 6: indexes for lists by due moment, name and day of acceptance, and kinds of pauses.

Frozen: written out as it was released, and never changed. It uses nothing of today's program.
"""

from sqlalchemy import Connection

_INDEXES = (
    "CREATE INDEX dossiers_by_due ON dossiers (due)",
    "CREATE INDEX dossiers_accepted ON dossiers (accepted)",
    "CREATE INDEX applicants_by_name ON applicants (name_sort)",
    "CREATE INDEX pauses_kind ON pauses (kind, dossier)",
)


def to_6(connection: Connection) -> None:
    """Create the indexes; the caller holds the transaction."""
    for statement in _INDEXES:
        connection.exec_driver_sql(statement)
