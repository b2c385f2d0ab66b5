"""Schema 7 to 8: papers stay as they were signed or first printed.

Frozen once released: written out as it was then, using nothing of today's program.
"""

from sqlalchemy import Connection

_STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE frozen_papers (
        number INTEGER NOT NULL,
        owner VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        subject VARCHAR NOT NULL,
        frozen VARCHAR NOT NULL,
        program VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        salt VARCHAR NOT NULL,
        facts VARCHAR NOT NULL,
        facts_sha256 VARCHAR NOT NULL,
        pdf_sha256 VARCHAR NOT NULL,
        PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX frozen_papers_owner ON frozen_papers (owner)",
    "CREATE TRIGGER frozen_papers_keep_their_facts BEFORE UPDATE ON frozen_papers WHEN "
    "NEW.facts <> '' OR NEW.salt <> '' OR NEW.pdf_sha256 <> '' OR NEW.number <> OLD.number "
    "OR NEW.owner <> OLD.owner OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject "
    "OR NEW.frozen <> OLD.frozen OR NEW.program <> OLD.program OR NEW.form <> OLD.form "
    "OR NEW.facts_sha256 <> OLD.facts_sha256 "
    "BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END",
    "CREATE TRIGGER frozen_papers_are_kept BEFORE DELETE ON frozen_papers "
    "BEGIN SELECT RAISE(ABORT, 'a paper is never deleted'); END",
)


def to_8(connection: Connection) -> None:
    """Bring a file of schema 7 to schema 8 inside the caller's write transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
