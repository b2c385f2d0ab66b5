"""The tables of a desk. Non-personal facts stand in clear columns; a person's details in tables of their own.

Moments are ISO text of local minutes ("2026-11-23T10:00"), which sorts as time does.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData()

schema = Table(
    "schema",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("made_by", String, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

officials = Table(
    "officials",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("name_sort", LargeBinary, nullable=False),
    Column("role", String, nullable=False),
    Column("title", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("wait_until", String),
)

procedures = Table(
    "procedures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("effective_from", String, nullable=False),
    Column("effective_to", String),
    Column("facts", String, nullable=False),
    UniqueConstraint("code", "effective_from"),
)

dossiers = Table(
    "dossiers",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("desk", String, nullable=False),
    Column("code", String, nullable=False, unique=True),
    Column("status", Integer, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("procedure_version", String, nullable=False),
    Column("field", String, nullable=False),
    Column("regime", String, nullable=False),
    Column("limit_text", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("sets", Integer, nullable=False),
    Column("fee", String, nullable=False),
    Column("accepted", String, nullable=False),
    Column("entered", String, nullable=False),
    Column("accepted_by", String, ForeignKey("officials.id"), nullable=False),
    Column("holder", String, ForeignKey("officials.id"), nullable=False),
    Column("first_due", String, nullable=False),
    Column("due", String, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("ready", String),
    Column("returned", String),
    Column("closed", String),
    Index("dossiers_open", "closed", "first_due"),
    Index("dossiers_due", "status", "due"),
)

applicants = Table(
    "applicants",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("name_sort", LargeBinary, nullable=False),
    Column("id_number", String, nullable=False),
    Column("born", String, nullable=False),
    Column("sex", String, nullable=False),
    Column("address", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("email", String, nullable=False),
    Column("representative", String, nullable=False),
    Column("submitter", String, nullable=False),
    Column("note", String, nullable=False),
    Column("returned_to", String, nullable=False),
    Column("papers_back", String, nullable=False),
    Index("applicants_id_number", "id_number"),
)

papers = Table(
    "papers",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("original", Integer, nullable=False),
    Column("certified", Integer, nullable=False),
    Column("copy", Integer, nullable=False),
)

promises = Table(
    "promises",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("made", String, nullable=False),
    Column("due", String, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("calendar_version", String, nullable=False),
    Column("letter", String),
)

letters = Table(
    "letters",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.n"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("cause", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("new_due", String),
    Column("responsible", String),
    Column("own_fault", Boolean),
    Column("drafted", String, nullable=False),
    Column("drafted_by", String, nullable=False),
    Column("number", Integer),
    Column("symbol", String),
    Column("year", Integer),
    Column("signed", String),
    Column("signed_by", String),
    Column("delivered", String),
    Column("delivered_how", String),
    UniqueConstraint("dossier", "ordinal"),
    UniqueConstraint("symbol", "year", "number"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.n"), nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("how", String, nullable=False),
    Column("in_time", Boolean, nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    Column("series", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("next", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("official", String, primary_key=True),
    Column("form", String, nullable=False),
    Column("saved", String, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("desk", String, nullable=False),
    Column("at", String, nullable=False),
    Column("event", String, nullable=False),
    Column("official", String, nullable=False),
    Column("act", String, nullable=False),
    Column("code", String, nullable=False, index=True),
    Column("details_hash", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

journal_details = Table(
    "journal_details",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True),
    Column("salt", String, nullable=False),
    Column("details", String, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("day", String, primary_key=True),
    Column("revision", Integer, nullable=False),
)

# What SQLAlchemy has no words for. The folded and the exact key of a dossier stand side by side in one FTS5 table
# without content of its own: rowid = dossiers.n (store/search.py).
SQLITE_ONLY = (
    "CREATE VIRTUAL TABLE dossier_search USING fts5("
    "folded, exact, content='', prefix='2 3', tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER journal_keeps_its_past BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END",
    "CREATE TRIGGER journal_keeps_its_entries BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is never shortened'); END",
    "CREATE TRIGGER promises_keep_their_past BEFORE UPDATE ON promises "
    "BEGIN SELECT RAISE(ABORT, 'a promise is never changed'); END",
    "CREATE TRIGGER promises_are_kept BEFORE DELETE ON promises "
    "BEGIN SELECT RAISE(ABORT, 'a promise is never deleted'); END",
)
