"""The city's tables, the same on PostgreSQL and on SQLite.

Received lines are kept for ever (`parcels`, `revisions`: a trigger forbids changing them); the
present state stands beside them (`days`, `late`, `months`) and can be made again from them.
Moments are ISO text, in Vietnam's time.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from cchc_desk.domain.figures import FLOW_NAMES

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

wards = Table(
    "wards",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("added", String(16), nullable=False),
)

# One desk, one key, one ledger. `length`, `head`: its ledger's last entry when it sent last;
# `parcels`: how many it sent; `standing`: its own figures of the year, from its last parcel.
desks = Table(
    "desks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("ward", String(40), ForeignKey("wards.code"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("kid", String(43), nullable=False, unique=True),
    Column("key", String(43), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("enrolled", String(16), nullable=False),
    Column("parcels", Integer, nullable=False, server_default=text("0")),
    Column("length", Integer, nullable=False, server_default=text("0")),
    Column("head", String(64), nullable=False, server_default=""),
    Column("state", String(64), nullable=False, server_default="0" * 64),
    Column("made", String(16), nullable=False, server_default=""),
    Column("received", String(16), nullable=False, server_default=""),
    Column("versions", Text, nullable=False, server_default="{}"),
    Column("standing", Text, nullable=False, server_default="{}"),
)

# The codes that work once; only their hash is kept.
codes = Table(
    "codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("ward", String(40), ForeignKey("wards.code"), nullable=False),
    Column("made", String(16), nullable=False),
    Column("made_by", String(60), nullable=False),
    Column("expires", String(16), nullable=False),
    Column("used_by", String(36)),
    Column("used", String(16)),
)

parcels = Table(
    "parcels",
    metadata,
    Column("desk", String(36), ForeignKey("desks.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", String(36), nullable=False),
    Column("made", String(16), nullable=False),
    Column("received", String(16), nullable=False),
    Column("length", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("receipt", Text, nullable=False),
    UniqueConstraint("desk", "id"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("desk", String(36), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)


def _counts(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


days = Table(
    "days",
    metadata,
    Column("desk", String(36), ForeignKey("desks.id"), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("ward", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("ended", Boolean, nullable=False),
    *_counts(*FLOW_NAMES, "open", "open_late", "late"),
    Column("flows", Text, nullable=False),
    Column("courtesy", Text, nullable=False),
)

# A statement that looks for owed letters has these very words, or the index is not used.
MAY_OWE_A_LETTER = "delivered = 0 OR second IS NOT NULL AND delivered < 2"

late = Table(
    "late",
    metadata,
    Column("desk", String(36), ForeignKey("desks.id"), primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("ward", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("procedure", String(60), nullable=False),
    Column("due", String(16), nullable=False),
    Column("done", String(16)),
    Column("second", String(16)),
    Column("paused", String(16)),
    Column("cause", String(30), nullable=False),
    Column("official", String(30), nullable=False),
    Column("own_fault", Boolean),
    Column("told", String(10), nullable=False),
    Column("signed", Integer, nullable=False),
    Column("delivered", Integer, nullable=False),
    Column("apologised", String(16)),
    Index("ix_late_days", "desk", "day"),
    Index("ix_late_ward", "ward", "day"),
    # Dossiers that may still owe a letter, and those of somebody's own fault: few of many.
    Index(
        "ix_late_owing",
        "ward",
        postgresql_where=text(MAY_OWE_A_LETTER),
        sqlite_where=text(MAY_OWE_A_LETTER),
    ),
    Index(
        "ix_late_fault",
        "ward",
        "official",
        "day",
        postgresql_where=text("own_fault"),
        sqlite_where=text("own_fault"),
    ),
)

# Sums of each desk's days of a month; `open`, `open_late`: at the end of its last day, `last`.
months = Table(
    "months",
    metadata,
    Column("desk", String(36), ForeignKey("desks.id"), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("ward", String(40), nullable=False),
    *_counts("days", *FLOW_NAMES, "late", "told"),
    Column("last", String(10), nullable=False),
    *_counts("open", "open_late"),
    Index("ix_months_month", "month"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", String(16), nullable=False),
    Column("ward", String(40), ForeignKey("wards.code"), nullable=False),
    Column("desk", String(36), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("facts", Text, nullable=False),
    Column("seen", String(16)),
    Column("seen_by", String(60)),
    Column("note", String(500), nullable=False, server_default=""),
)

# Publications for one ward, or for all of them (NULL).
news = Table(
    "news",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ward", String(40), ForeignKey("wards.code"), index=True),
    Column("kind", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("at", String(16), nullable=False),
    Column("by", String(60), nullable=False),
    Column("line", Text, nullable=False),
)

officers = Table(
    "officers",
    metadata,
    Column("login", String(30), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
)

# Only the hash of a session's token is kept: a copy of the database opens no door.
sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("login", String(30), ForeignKey("officers.login"), nullable=False),
    Column("form_token", String(64), nullable=False),
    Column("made", String(16), nullable=False),
    Column("until", String(16), nullable=False),
)

# Failures in a row of a log-in, a code, an address; `until`: not before.
attempts = Table(
    "attempts",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", String(19), nullable=False),
)

# Acts of officers, in order.
acts = Table(
    "acts",
    metadata,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", String(16), nullable=False),
    Column("officer", String(60), nullable=False),
    Column("act", String(40), nullable=False),
    Column("facts", Text, nullable=False),
)
