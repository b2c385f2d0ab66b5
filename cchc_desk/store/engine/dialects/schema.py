"""The desk's tables on PostgreSQL: the same names, columns and rules as in the file of one PC.

Truth is 0 and 1, moments are text, so that seals are the same on both engines.
"""

from collections.abc import Iterator

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql

from cchc_desk.store.engine.tables import DOSSIERS_PER_BLOCK, SUMMED, SUMMED_FACTS, metadata

_QUOTE = postgresql.dialect().identifier_preparer.quote  # type: ignore[no-untyped-call]

# What SQLite has and PostgreSQL lacks.
_FUNCTIONS = (
    # STABLE as pg_typeof is: else each value calls it, instead of its body in the statement.
    "CREATE FUNCTION typeof(value anyelement) RETURNS text LANGUAGE sql STABLE AS "
    "$$ SELECT CASE WHEN value IS NULL THEN 'null' "
    "WHEN pg_typeof(value) IN ('bigint', 'integer', 'smallint') "
    "THEN 'integer' WHEN pg_typeof(value) = 'bytea'::regtype THEN 'blob' ELSE 'text' END $$",
    "CREATE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS "
    "$$ SELECT strpos($1, $2) $$",
    "CREATE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS "
    "$$ SELECT greatest($1, $2) $$",
    # Of two texts, nothing where one is missing, as with SQLite; greatest() leaves it out.
    "CREATE FUNCTION max(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS "
    "$$ SELECT greatest($1, $2) $$",
    "CREATE FUNCTION min(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS "
    "$$ SELECT least($1, $2) $$",
    "CREATE FUNCTION date(at text, step text) RETURNS text LANGUAGE sql IMMUTABLE AS "
    "$$ SELECT to_char(at::timestamp + step::interval, 'YYYY-MM-DD') $$",
    "CREATE FUNCTION julianday(at text) RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS $$ "
    "BEGIN RETURN extract(julian FROM at::timestamp); EXCEPTION WHEN others THEN RETURN NULL; "
    "END $$",
    "CREATE FUNCTION json_valid(value text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ "
    "BEGIN PERFORM value::json; RETURN true; EXCEPTION WHEN others THEN RETURN false; END $$",
    "CREATE FUNCTION json_extract(value text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS "
    "$$ SELECT value::json ->> substr(path, 3) $$",
    "CREATE FUNCTION json_each(value text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS "
    "$$ SELECT json_array_elements_text($1::json) $$",
)


def statements() -> Iterator[str]:
    """Yield what makes an empty database a desk's, in order."""
    yield from _FUNCTIONS
    for table in metadata.sorted_tables:
        yield _table(table)
        for index in table.indexes:
            columns = ", ".join(_QUOTE(column.name) for column in index.columns)
            where = index.dialect_kwargs.get("sqlite_where")
            unique = "UNIQUE " if index.unique else ""
            yield (
                f"CREATE {unique}INDEX {index.name} ON {table.name} ({columns})"
                + (f" WHERE {where}" if where is not None else "")
            )
        yield from _next_key(table)
    yield from _SEARCH
    yield from _CHANGES
    for name in SUMMED:
        yield (
            f"CREATE TRIGGER {name}_notes_changes AFTER INSERT OR UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION note_row_change()"
        )
    yield from _FORGOTTEN_DAYS
    yield from _KEPT
    yield from _STATIONS


def _table(table: Table) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(_QUOTE(c.name) for c in table.primary_key)})")
    for constraint in sorted(table.constraints, key=lambda one: str(one.name)):
        if isinstance(constraint, UniqueConstraint):
            parts.append(f"UNIQUE ({', '.join(_QUOTE(c.name) for c in constraint.columns)})")
        if isinstance(constraint, ForeignKeyConstraint):
            (key,) = constraint.elements
            parts.append(
                f"FOREIGN KEY ({_QUOTE(key.parent.name)}) "
                f"REFERENCES {key.column.table.name} ({_QUOTE(key.column.name)})"
            )
    return f"CREATE TABLE {table.name} ({', '.join(parts)})"


def _column(column: Column[object]) -> str:
    kind = "text"
    if isinstance(column.type, Integer | Boolean):
        kind = "bigint"
    if isinstance(column.type, LargeBinary):
        kind = "bytea"
    default = ""
    if column.server_default is not None:
        value = column.server_default.arg  # type: ignore[attr-defined]
        number = str(getattr(value, "text", value))
        default = f" DEFAULT {number if kind == 'bigint' else repr(number)}"
    return f"{_QUOTE(column.name)} {kind}{default}{'' if column.nullable else ' NOT NULL'}"


def _next_key(table: Table) -> Iterator[str]:
    """Yield what gives a row without its number the next one, as SQLite does.

    A writer is alone: nobody else takes it meanwhile.
    """
    keys = list(table.primary_key)
    if len(keys) != 1 or not isinstance(keys[0].type, Integer) or keys[0].foreign_keys:
        return
    key = _QUOTE(keys[0].name)
    yield (
        f"CREATE FUNCTION {table.name}_next_key() "  # noqa: S608 - our own names
        "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"NEW.{key} := (SELECT coalesce(max({key}), 0) + 1 FROM {table.name}); RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {table.name}_takes_a_key BEFORE INSERT ON {table.name} FOR EACH ROW "
        f"WHEN (NEW.{key} IS NULL) EXECUTE FUNCTION {table.name}_next_key()"
    )


_SEARCH = (
    "CREATE TABLE dossier_search (n bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX dossier_search_words ON dossier_search USING gin (words)",
)

_CHANGES = (
    "CREATE TABLE row_changes (name text NOT NULL, sign bigint NOT NULL, facts jsonb NOT NULL)",
    "CREATE FUNCTION note_row_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP <> 'INSERT' THEN "
    "INSERT INTO row_changes VALUES (TG_TABLE_NAME, -1, to_jsonb(OLD)); END IF; "
    "IF TG_OP <> 'DELETE' THEN "
    "INSERT INTO row_changes VALUES (TG_TABLE_NAME, 1, to_jsonb(NEW)); END IF; "
    "RETURN NULL; END $$",
)

_FORGOTTEN_DAYS = (
    "CREATE FUNCTION forget_days() "  # noqa: S608 - our own names
    "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM day_summaries "
    "WHERE block = CASE TG_OP WHEN 'DELETE' THEN OLD.n ELSE NEW.n END "
    f"/ {DOSSIERS_PER_BLOCK}; RETURN NULL; END $$",
    "CREATE TRIGGER dossiers_forget_days AFTER INSERT OR DELETE "
    f"OR UPDATE OF {SUMMED_FACTS} ON dossiers FOR EACH ROW EXECUTE FUNCTION forget_days()",
)


CHANNEL = "cchc_acts"  # on which every station hears that the ledger goes on
_STATIONS = (
    "CREATE FUNCTION announce_acts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$",
    "CREATE TRIGGER journal_is_announced AFTER INSERT ON journal FOR EACH STATEMENT "
    "EXECUTE FUNCTION announce_acts()",
    # Who sits where holds as long as the line of that station: `pid` and `began` name it.
    "CREATE UNLOGGED TABLE presence (pid bigint PRIMARY KEY, began timestamptz NOT NULL, "
    "station text NOT NULL, official text NOT NULL, dossier text NOT NULL)",
)


def _kept(table: str, event: str, when: str, said: str) -> tuple[str, ...]:
    name = f"{table}_refuse_{event.lower()}"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when or 'true'} THEN RAISE EXCEPTION '{said}'; END IF; "
        f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


_KEPT = (
    *_kept("journal", "UPDATE", "", "the ledger is never changed"),
    *_kept("journal", "DELETE", "", "the ledger is never shortened"),
    *_kept(
        "promises",
        "UPDATE",
        "OLD.ordinal <> 1 OR NEW.ordinal <> 1 OR OLD.dossier <> NEW.dossier OR EXISTS (SELECT 1 "
        "FROM dossiers d JOIN journal j ON j.code = d.code WHERE d.n = OLD.dossier "
        "AND j.act = 'print')",
        "a promise is never changed",
    ),
    *_kept("promises", "DELETE", "", "a promise is never deleted"),
    *_kept(
        "pauses",
        "UPDATE",
        "OLD.began <> NEW.began OR OLD.kind <> NEW.kind OR OLD.stops_clock <> NEW.stops_clock "
        "OR OLD.ended IS NOT NULL AND OLD.ended IS DISTINCT FROM NEW.ended",
        "a pause is never changed",
    ),
    *_kept("pauses", "DELETE", "", "a pause is never deleted"),
    *_kept("due_moves", "UPDATE", "", "a move of a due moment is never changed"),
    *_kept("due_moves", "DELETE", "", "a move of a due moment is never deleted"),
    *_kept(
        "frozen_papers",
        "UPDATE",
        "NEW.facts <> '' OR NEW.salt <> '' OR NEW.pdf_sha256 <> '' OR NEW.number <> OLD.number "
        "OR NEW.owner <> OLD.owner OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject "
        "OR NEW.frozen <> OLD.frozen OR NEW.program <> OLD.program OR NEW.form <> OLD.form "
        "OR NEW.facts_sha256 <> OLD.facts_sha256",
        "a paper is never changed",
    ),
    *_kept("frozen_papers", "DELETE", "", "a paper is never deleted"),
    *_kept(
        "scans",
        "UPDATE",
        "NEW.number <> OLD.number OR NEW.dossier <> OLD.dossier OR NEW.kind <> OLD.kind "
        "OR NEW.size <> OLD.size OR NEW.sha256 <> OLD.sha256 OR NEW.added <> OLD.added "
        "OR NEW.official <> OLD.official OR NEW.name NOT IN (OLD.name, '')",
        "a scan is never changed",
    ),
    *_kept("scans", "DELETE", "", "a scan is never deleted"),
    *_kept("scan_contents", "UPDATE", "", "a scan is never changed"),
)

# What the stations' role may not do, beside making, changing or dropping anything. People are
# forgotten in `journal_details`; triggers say which of the other rows may change, and how.
_FORBIDDEN = (
    ("journal", "UPDATE, DELETE"),
    ("promises", "DELETE"),
    ("pauses", "DELETE"),
    ("due_moves", "UPDATE, DELETE"),
    ("frozen_papers", "DELETE"),
    ("scans", "DELETE"),
    ("scan_contents", "UPDATE"),
    ("schema", "INSERT, UPDATE, DELETE"),
)


def service_rights(role: str) -> Iterator[str]:
    """Yield what gives the stations' role its rights, said by the owner of the tables."""
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    for table, rights in _FORBIDDEN:
        yield f"REVOKE {rights} ON {table} FROM {role}"
