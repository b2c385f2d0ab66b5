"""The first tables of a city."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEPT_FOR_EVER = ("parcels", "revisions", "acts")


def upgrade() -> None:
    op.create_table(
        "acts",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.String(length=16), nullable=False),
        sa.Column("officer", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_acts")),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(length=19), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempts")),
    )
    op.create_table(
        "officers",
        sa.Column("login", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_officers")),
    )
    op.create_table(
        "revisions",
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("desk", "day", "revision", name=op.f("pk_revisions")),
    )
    op.create_table(
        "wards",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("added", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_wards")),
    )
    op.create_table(
        "alarms",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.String(length=16), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("seen", sa.String(length=16), nullable=True),
        sa.Column("seen_by", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_alarms_ward")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_alarms")),
    )
    op.create_table(
        "codes",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("made", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("expires", sa.String(length=16), nullable=False),
        sa.Column("used_by", sa.String(length=36), nullable=True),
        sa.Column("used", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_codes_ward")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_codes")),
    )
    op.create_table(
        "desks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kid", sa.String(length=43), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("enrolled", sa.String(length=16), nullable=False),
        sa.Column("parcels", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("length", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("head", sa.String(length=64), server_default="", nullable=False),
        sa.Column("state", sa.String(length=64), server_default="0" * 64, nullable=False),
        sa.Column("made", sa.String(length=16), server_default="", nullable=False),
        sa.Column("received", sa.String(length=16), server_default="", nullable=False),
        sa.Column("versions", sa.Text(), server_default="{}", nullable=False),
        sa.Column("standing", sa.Text(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_desks_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desks")),
        sa.UniqueConstraint("kid", name=op.f("uq_desks_kid")),
    )
    op.create_index(op.f("ix_desks_ward"), "desks", ["ward"], unique=False)
    op.create_table(
        "news",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ward"], ["wards.code"], name=op.f("fk_news_ward")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_news")),
    )
    op.create_index(op.f("ix_news_ward"), "news", ["ward"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("login", sa.String(length=30), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=16), nullable=False),
        sa.Column("until", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["officers.login"], name=op.f("fk_sessions_login")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sessions")),
    )
    op.create_table(
        "days",
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("ready_late", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("gone_late", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("open_late", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("flows", sa.Text(), nullable=False),
        sa.Column("courtesy", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["desk"], ["desks.id"], name=op.f("fk_days_desk")),
        sa.PrimaryKeyConstraint("desk", "day", name=op.f("pk_days")),
    )
    op.create_table(
        "late",
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("procedure", sa.String(length=60), nullable=False),
        sa.Column("due", sa.String(length=16), nullable=False),
        sa.Column("done", sa.String(length=16), nullable=True),
        sa.Column("second", sa.String(length=16), nullable=True),
        sa.Column("paused", sa.String(length=16), nullable=True),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.Column("official", sa.String(length=30), nullable=False),
        sa.Column("own_fault", sa.Boolean(), nullable=True),
        sa.Column("told", sa.String(length=10), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("apologised", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["desk"], ["desks.id"], name=op.f("fk_late_desk")),
        sa.PrimaryKeyConstraint("desk", "code", name=op.f("pk_late")),
    )
    op.create_index("ix_late_days", "late", ["desk", "day"], unique=False)
    op.create_index(
        "ix_late_fault",
        "late",
        ["ward", "official", "day"],
        unique=False,
        postgresql_where=sa.text("own_fault"),
        sqlite_where=sa.text("own_fault"),
    )
    op.create_index(
        "ix_late_owing",
        "late",
        ["ward"],
        unique=False,
        postgresql_where=sa.text("delivered = 0 OR second IS NOT NULL AND delivered < 2"),
        sqlite_where=sa.text("delivered = 0 OR second IS NOT NULL AND delivered < 2"),
    )
    op.create_index("ix_late_ward", "late", ["ward", "day"], unique=False)
    op.create_table(
        "months",
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("ready_late", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("gone_late", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("open_late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk"], ["desks.id"], name=op.f("fk_months_desk")),
        sa.PrimaryKeyConstraint("desk", "month", name=op.f("pk_months")),
    )
    op.create_index("ix_months_month", "months", ["month"], unique=False)
    op.create_table(
        "parcels",
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("made", sa.String(length=16), nullable=False),
        sa.Column("received", sa.String(length=16), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["desk"], ["desks.id"], name=op.f("fk_parcels_desk")),
        sa.PrimaryKeyConstraint("desk", "number", name=op.f("pk_parcels")),
        sa.UniqueConstraint("desk", "id", name=op.f("uq_parcels_desk")),
    )
    _keep_for_ever()


def _keep_for_ever() -> None:
    """Forbid changing or deleting received parcels, their revisions and officers' acts."""
    if op.get_bind().dialect.name == "sqlite":
        for table in KEPT_FOR_EVER:
            for what in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"
    )
    for table in KEPT_FOR_EVER:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
        )
