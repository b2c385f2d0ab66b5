"""Schema 4 to 5: the state of each day at the city, parcels sent to it, arrivals from it.

Frozen: written out as it was released, and never changed. It uses nothing of today's program.
"""

from sqlalchemy import Connection

_TABLES = (
    """
    CREATE TABLE parcels (
        n INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        made VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        days VARCHAR NOT NULL,
        line VARCHAR,
        hash VARCHAR NOT NULL,
        tries INTEGER DEFAULT 0 NOT NULL,
        next_try VARCHAR,
        refusal VARCHAR DEFAULT '' NOT NULL,
        trouble VARCHAR DEFAULT '' NOT NULL,
        number INTEGER,
        length INTEGER,
        answered VARCHAR,
        receipt VARCHAR,
        difference VARCHAR DEFAULT '' NOT NULL,
        PRIMARY KEY (n),
        UNIQUE (id)
    )
    """,
    "CREATE INDEX ix_parcels_state ON parcels (state)",
    """
    CREATE TABLE outbox (
        day VARCHAR NOT NULL,
        changed BOOLEAN DEFAULT 1 NOT NULL,
        revision INTEGER DEFAULT 0 NOT NULL,
        hash VARCHAR DEFAULT '' NOT NULL,
        over BOOLEAN DEFAULT 0 NOT NULL,
        parcel VARCHAR,
        content BLOB,
        PRIMARY KEY (day),
        FOREIGN KEY(parcel) REFERENCES parcels (id)
    )
    """,
    """
    CREATE TABLE arrivals (
        number INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        came VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        line VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        decided VARCHAR,
        decided_by VARCHAR,
        "before" VARCHAR DEFAULT '' NOT NULL,
        PRIMARY KEY (number),
        FOREIGN KEY(decided_by) REFERENCES officials (id)
    )
    """,
)


def to_5(connection: Connection) -> None:
    """Bring a file of schema 4 to schema 5 inside the caller's write transaction."""
    connection.exec_driver_sql("ALTER TABLE outbox RENAME TO outbox_4")
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO outbox (day) SELECT day FROM outbox_4")
    connection.exec_driver_sql("DROP TABLE outbox_4")
