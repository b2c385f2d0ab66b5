"""Schema 2 to 3: preferences of officials, "4 xin, 4 luôn", lessons, the step of acceptance.

Frozen: written out as it was released, and never changed. It uses nothing of today's program.
"""

from sqlalchemy import Connection

_COLUMNS = (
    "ALTER TABLE dossiers ADD COLUMN first_step VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE dossiers ADD COLUMN first_budget INTEGER",
)

_TABLES = (
    """
    CREATE TABLE preferences (
        official VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (official, "key"),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE courtesy_visits (
        n INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        moment VARCHAR NOT NULL,
        done VARCHAR NOT NULL,
        dossier INTEGER,
        PRIMARY KEY (n),
        FOREIGN KEY(official) REFERENCES officials (id),
        FOREIGN KEY(dossier) REFERENCES dossiers (n)
    )
    """,
    "CREATE INDEX ix_courtesy_visits_at ON courtesy_visits (at)",
    """
    CREATE TABLE courtesy_ratings (
        dossier INTEGER NOT NULL,
        stage VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        faces INTEGER NOT NULL,
        told BOOLEAN,
        PRIMARY KEY (dossier, stage),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_courtesy_ratings_at ON courtesy_ratings (at)",
    """
    CREATE TABLE courtesy_seen (
        official VARCHAR NOT NULL,
        monday VARCHAR NOT NULL,
        until VARCHAR NOT NULL,
        PRIMARY KEY (official, monday),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE courtesy_observations (
        id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        observer VARCHAR NOT NULL,
        marks VARCHAR NOT NULL,
        good VARCHAR NOT NULL,
        better VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(official) REFERENCES officials (id),
        FOREIGN KEY(observer) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE lesson_runs (
        n INTEGER NOT NULL,
        lesson VARCHAR NOT NULL,
        trainee VARCHAR NOT NULL,
        began VARCHAR NOT NULL,
        "after" INTEGER NOT NULL,
        given VARCHAR NOT NULL,
        notes VARCHAR NOT NULL,
        ended VARCHAR,
        seconds INTEGER,
        outcome VARCHAR,
        PRIMARY KEY (n)
    )
    """,
)


def to_3(connection: Connection) -> None:
    """Bring a file of schema 2 to schema 3 inside the caller's write transaction."""
    for statement in (*_COLUMNS, *_TABLES):
        connection.exec_driver_sql(statement)
