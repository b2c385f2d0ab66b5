"""Tables of a desk: facts in clear columns, a person's details in tables of their own.

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
    text,
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
    Column("must_change", Boolean, nullable=False, server_default="0"),
)

# Wrong passwords in a row, of names that nobody has too.
log_in_tries = Table(
    "log_in_tries",
    metadata,
    Column("login", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait", Integer, nullable=False),
    Column("uptime", Integer, nullable=False),
    Column("last", String, nullable=False),
)

# The recovery sheets that were printed; the code itself stands on the sheet alone.
recovery_sheets = Table(
    "recovery_sheets",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("made", String, nullable=False),
    Column("used", String),
)

# Each official's own settings of the window; no act of the desk, so not in the ledger.
preferences = Table(
    "preferences",
    metadata,
    Column("official", String, ForeignKey("officials.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

# What belongs to a PC and not to the office, at the stations of a ward: printers, folders.
station_settings = Table(
    "station_settings",
    metadata,
    Column("station", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
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

# The office's own words and order for its screens; no promise depends on them.
procedure_choices = Table(
    "procedure_choices",
    metadata,
    Column("code", String, primary_key=True),
    Column("favourite", Boolean, nullable=False),
    Column("place", Integer),
    Column("hidden", Boolean, nullable=False),
    Column("short_name", String, nullable=False),
    Column("synonyms", String, nullable=False),
)

# The changes that this office made to a procedure: in force as the version `version` (its key), or
# waiting for a second person (""). `facts` are those of the version.
procedure_changes = Table(
    "procedure_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String, nullable=False, index=True),
    Column("version", String, nullable=False),
    Column("facts", String, nullable=False),
    Column("document", String, nullable=False),
    Column("document_day", String),
    Column("entered_by", String, ForeignKey("officials.id"), nullable=False),
    Column("entered", String, nullable=False),
    Column("decided_by", String, ForeignKey("officials.id")),
    Column("decided", String),
    Column("dropped", Boolean, nullable=False),
)

# The limit that a clerk confirmed last for a version and channel whose limit is not certain.
remembered_limits = Table(
    "remembered_limits",
    metadata,
    Column("procedure_code", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("limit_text", String, nullable=False),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
    Column("at", String, nullable=False),
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
    # Of the first promise: later than this is late.
    Column("last_minute", String, nullable=False, server_default=""),
    Column("ended", String),
    Column("paused_since", String),
    Column("place", String, nullable=False, server_default=""),
    Column("portal_code", String, nullable=False, server_default=""),
    Column("paper_receipt", String, nullable=False, server_default=""),
    # Of the internal process, done by acceptance.
    Column("first_step", String, nullable=False, server_default=""),
    Column("first_budget", Integer),
    # Of the ledger; not in the seal.
    Column("last_entry", Integer, nullable=False, server_default=text("0")),
    # Of an entry made by mistake: it is in no figure, its number stays used.
    Column("cancelled", String),
    # The system whose list names it; empty for a dossier that was taken in here.
    Column("system", String, nullable=False, server_default=""),
    # The working minutes of the internal process at acceptance, and when they end.
    Column("process_minutes", Integer),
    Column("process_due", String),
    # The agency for which it was taken in; until when its papers go there, when they went, when
    # they were received.
    Column("for_agency", String, nullable=False, server_default=""),
    Column("forward_by", String),
    Column("forwarded", String),
    Column("agency_received", String),
    Index(
        "dossiers_to_forward",
        "forward_by",
        sqlite_where=text("forward_by IS NOT NULL AND forwarded IS NULL"),
    ),
    Index("dossiers_watched", "system", sqlite_where=text("system <> ''")),
    Index("dossiers_cancelled", "cancelled", sqlite_where=text("cancelled IS NOT NULL")),
    Index("dossiers_open", "closed", "last_minute"),
    Index("dossiers_due", "status", "due"),
    Index("dossiers_by_due", "due"),
    Index("dossiers_accepted", "accepted"),
    Index("dossiers_ready", "ready", "last_minute"),
    Index("dossiers_late", "first_due", sqlite_where=text("last_minute < coalesce(ready, ended)")),
    Index("dossiers_ended", "ended", sqlite_where=text("ended IS NOT NULL")),
    Index("dossiers_returned", "returned", sqlite_where=text("returned IS NOT NULL")),
)

# Counts of days, derived from the dossiers by blocks of their numbers (day_summaries); the rows of
# a block go as soon as one of its dossiers changes.
DOSSIERS_PER_BLOCK = 32_768
day_summaries = Table(
    "day_summaries",
    metadata,
    Column("block", Integer, primary_key=True),
    Column("day", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("system", String, primary_key=True),
    Column("received_online", Integer, nullable=False),
    Column("received_on_paper", Integer, nullable=False),
    Column("ready_early", Integer, nullable=False),
    Column("ready_on_time", Integer, nullable=False),
    Column("ready_late", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("open_late", Integer, nullable=False),
)
# The facts of a dossier that its days are made of.
SUMMED_FACTS = (
    "field, system, channel, accepted, first_due, last_minute, paused_since, ready, ended, "
    "cancelled"
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
    Column("returned_how", String),
    Column("authority", String, nullable=False, server_default=""),
    Column("originals", String, nullable=False, server_default=""),
    Index("applicants_id_number", "id_number"),
    Index("applicants_phone", "phone"),
    Index("applicants_by_name", "name_sort"),
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
    Column("delivered_to", String, nullable=False, server_default=""),
    Column("kind", String, nullable=False, server_default="late"),
    UniqueConstraint("dossier", "kind", "ordinal"),
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

pauses = Table(
    "pauses",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("began", String, nullable=False),
    Column("ended", String),
    Column("stops_clock", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    Column("items", String, nullable=False),
    Column("slip", String, ForeignKey("slips.id")),
    Column("broken_notice", Boolean, nullable=False),
    Column("told", String),
    Column("told_how", String, nullable=False),
    # Taken back before anybody learned of it: it began and ended at once, and counts for nothing.
    Column("undone", String),
    Index("pauses_open", "ended"),
    Index("pauses_kind", "kind", "dossier", "undone"),
)

due_moves = Table(
    "due_moves",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("promise", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("why", String, nullable=False),
    Column("source", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("base", String),
)

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("giver", String, ForeignKey("officials.id"), nullable=False),
    Column("receiver", String, ForeignKey("officials.id"), nullable=False),
    Column("step", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("budget", Integer),
    Column("note", String, nullable=False),
)

responsibilities = Table(
    "responsibilities",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("cause", String, nullable=False),
    Column("step", String, nullable=False),
    Column("official", String, ForeignKey("officials.id")),
    Column("own_fault", Boolean),
    Column("over", Integer),
    Column("fixed", String, nullable=False),
    Column("fixed_by", String, nullable=False),
    Column("objection", String, nullable=False),
    Column("objected", String),
    Index("responsibilities_fault", "own_fault", "official"),
)

# The numbered slips that ask for a supplement, refuse or stop; before acceptance they have no
# dossier.
slips = Table(
    "slips",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("dossier", Integer, ForeignKey("dossiers.n"), index=True),
    Column("registration", String, ForeignKey("registrations.id")),
    Column("symbol", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("made", String, nullable=False),
    Column("made_by", String, ForeignKey("officials.id"), nullable=False),
    Column("reason", String, nullable=False),
    Column("items", String, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    # Since when it is void; its number stays used.
    Column("void", String),
    UniqueConstraint("symbol", "year", "number"),
)

# Who asked again about a dossier, whom the slip went to, until when and what was answered.
reminders = Table(
    "reminders",
    metadata,
    Column("slip", String, ForeignKey("slips.id"), primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.n"), nullable=False, index=True),
    Column("time", Integer, nullable=False),
    Column("asker", String, nullable=False),
    Column("how", String, nullable=False),
    Column("holder", String, ForeignKey("officials.id"), nullable=False),
    Column("receiver", String, ForeignKey("officials.id"), nullable=False),
    Column("answer_by", String, nullable=False),
    Column("answered", String),
    Column("answered_by", String, ForeignKey("officials.id")),
    Column("answer", String, nullable=False, server_default=""),
    Index("reminders_open", "dossier", sqlite_where=text("answered IS NULL")),
)

# Papers as they were signed or first printed. `owner`: dossier code, before acceptance the slip's
# id; `subject`: id of the letter or slip. Forgetting people empties `salt`, `facts`, `pdf_sha256`.
frozen_papers = Table(
    "frozen_papers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("owner", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("frozen", String, nullable=False),
    Column("program", String, nullable=False),
    Column("form", String, nullable=False),
    Column("salt", String, nullable=False),
    Column("facts", String, nullable=False),
    Column("facts_sha256", String, nullable=False),
    Column("pdf_sha256", String, nullable=False),
    Index("frozen_papers_owner", "owner"),
)

# Scans of papers that a dossier keeps; what they hold lies beside them, so that a list reads none
# of it, and goes on the day after `removed`.
scans = Table(
    "scans",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.n"), nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("added", String, nullable=False),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
    Column("removed", String),
    Index("scans_dossier", "dossier"),
)
scan_contents = Table(
    "scan_contents",
    metadata,
    Column("scan", Integer, ForeignKey("scans.number"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# The lines of the books of certification, in the order in which their numbers were taken.
certifications = Table(
    "certifications",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("book", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("volume", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("paper", String, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("fee", Integer),
    Column("signer", String, ForeignKey("officials.id"), nullable=False),
    Column("signer_title", String, nullable=False),
    Column("note", String, nullable=False),
    UniqueConstraint("book", "year", "number"),
    Index("certifications_at", "book", "at"),
)

# Dossiers from the portal that wait to be accepted or refused.
registrations = Table(
    "registrations",
    metadata,
    Column("id", String, primary_key=True),
    Column("portal_code", String, nullable=False, unique=True),
    Column("status", Integer, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("submitted", String, nullable=False),
    Column("answer_by", String, nullable=False),
    Column("entered", String, nullable=False),
    Column("answered", String),
    Column("dossier", Integer, ForeignKey("dossiers.n")),
)

# The people of slips and registrations that have no dossier: the form as typed, by the slip's or
# registration's id.
visitors = Table(
    "visitors",
    metadata,
    Column("id", String, primary_key=True),
    Column("form", String, nullable=False),
)

# The internal process of a procedure: steps with role, official and working minutes.
process_steps = Table(
    "process_steps",
    metadata,
    Column("procedure_code", String, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("official", String, ForeignKey("officials.id")),
    Column("minutes", Integer),
    Column("agency", String, nullable=False),
)

# Paper receipts numbered beforehand for days without power: printed, then used by a dossier or
# voided with a reason.
paper_receipts = Table(
    "paper_receipts",
    metadata,
    Column("number", String, primary_key=True),
    Column("printed", String, nullable=False),
    Column("void", String, nullable=False),
)

# The years of the office calendar entered at this desk, over the one that the program ships. A
# second person confirms; the newest confirmed one of a year holds, and none is ever changed.
calendar_years = Table(
    "calendar_years",
    metadata,
    Column("id", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("document", String, nullable=False),
    Column("days", String, nullable=False),
    Column("entered_by", String, ForeignKey("officials.id"), nullable=False),
    Column("entered", String, nullable=False),
    Column("confirmed_by", String, ForeignKey("officials.id")),
    Column("confirmed", String),
)

# "4 xin, 4 luôn": the visits that clerks scored (`done`: a JSON list of items), and what citizens
# pressed, once per dossier and stage, with no name. Not facts of a dossier: its seal does not hold
# them.
courtesy_visits = Table(
    "courtesy_visits",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
    Column("moment", String, nullable=False),
    Column("done", String, nullable=False),
    Column("dossier", Integer, ForeignKey("dossiers.n")),
)

courtesy_ratings = Table(
    "courtesy_ratings",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("stage", String, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
    Column("faces", Integer, nullable=False),
    Column("told", Boolean),
    Column("typed", Boolean),
)

# What citizens ask about their own data (Luật 91/2025). `extended`: when the term was, once.
citizen_requests = Table(
    "citizen_requests",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person", String, nullable=False),
    Column("contact", String, nullable=False),
    Column("about", String, nullable=False),
    Column("code", String, nullable=False),
    Column("received", String, nullable=False),
    Column("taken_by", String, ForeignKey("officials.id"), nullable=False),
    Column("acknowledge_by", String, nullable=False),
    Column("answer_by", String, nullable=False),
    Column("acknowledged", String),
    Column("extended", String),
    Column("answered", String),
    Column("outcome", String, nullable=False),
    Column("answer", String, nullable=False),
)

# Until when each clerk has seen the card of a week: a leader sees it up to there and no further.
courtesy_seen = Table(
    "courtesy_seen",
    metadata,
    Column("official", String, ForeignKey("officials.id"), primary_key=True),
    Column("monday", String, primary_key=True),
    Column("until", String, nullable=False),
)

courtesy_observations = Table(
    "courtesy_observations",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
    Column("observer", String, ForeignKey("officials.id"), nullable=False),
    Column("marks", String, nullable=False),
    Column("good", String, nullable=False),
    Column("better", String, nullable=False),
)

# The practice ward's lessons: when each was begun (`after`: the ledger's last entry then), what was
# prepared for it, events meanwhile that no ledger holds (JSON), and its result. No facts of the
# desk.
lesson_runs = Table(
    "lesson_runs",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("lesson", String, nullable=False),
    Column("trainee", String, nullable=False),
    Column("began", String, nullable=False),
    Column("after", Integer, nullable=False),
    Column("given", String, nullable=False),
    Column("notes", String, nullable=False),
    Column("ended", String),
    Column("seconds", Integer),
    Column("outcome", String),
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
    Index("journal_drill", "seq", sqlite_where=text("act = 'drill'")),
)

journal_details = Table(
    "journal_details",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True),
    Column("salt", String, nullable=False),
    Column("details", String, nullable=False),
)

# The city's knowledge of each day. `changed`: something happened since it was last packed;
# `revision`, `hash`, `parcel`, `content`: of what was packed last (0: never yet); `over`: the day
# had ended by then.
outbox = Table(
    "outbox",
    metadata,
    Column("day", String, primary_key=True),
    Column("changed", Boolean, nullable=False, server_default=text("1")),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("hash", String, nullable=False, server_default=""),
    Column("over", Boolean, nullable=False, server_default=text("0")),
    Column("parcel", String, ForeignKey("parcels.id")),
    Column("content", LargeBinary),
)

# Parcels for the city: `line` are the very bytes, stored until they are acknowledged; `trouble` why
# it did not go or was refused; `receipt` the city's signed answer.
parcels = Table(
    "parcels",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("made", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("days", String, nullable=False),
    Column("line", String),
    Column("hash", String, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try", String),
    Column("refusal", String, nullable=False, server_default=""),
    Column("trouble", String, nullable=False, server_default=""),
    Column("number", Integer),
    Column("length", Integer),
    Column("answered", String),
    Column("receipt", String),
    Column("difference", String, nullable=False, server_default=""),
)

# Publications of the city, in its order: `before` are the facts that taking it replaced, for undo.
arrivals = Table(
    "arrivals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("at", String, nullable=False),
    Column("came", String, nullable=False),
    Column("body", String, nullable=False),
    Column("line", String, nullable=False),
    Column("state", String, nullable=False),
    Column("decided", String),
    Column("decided_by", String, ForeignKey("officials.id")),
    Column("before", String, nullable=False, server_default=""),
)

# Who is away from and to which day, both included, and who stands in (NULL: nobody).
absences = Table(
    "absences",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
    Column("first", String, nullable=False),
    Column("last", String, nullable=False, index=True),
    Column("stand_in", String, ForeignKey("officials.id")),
    Column("reason", String, nullable=False),
    Column("entered", String, nullable=False),
    Column("entered_by", String, ForeignKey("officials.id"), nullable=False),
    Column("ended", String),
)

# Reports that are sent again and again to the same receiver (`reports`: their names, JSON), asked
# for from the day `since` on; and each time that they were made into a file, in the words of then.
report_sets = Table(
    "report_sets",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("reports", String, nullable=False),
    Column("every", String, nullable=False),
    Column("closing", Integer, nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("since", String, nullable=False),
    Column("removed", String),
)
report_bundles = Table(
    "report_bundles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report_set", Integer, ForeignKey("report_sets.number"), nullable=False),
    Column("name", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("first", String, nullable=False),
    Column("last", String, nullable=False),
    Column("made", String, nullable=False),
    Column("made_by", String, ForeignKey("officials.id"), nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("sent", String),
    Column("sent_by", String, ForeignKey("officials.id")),
    Column("how", String, nullable=False),
)

# Lists of other systems that were taken: which file, by whom, what became of its rows.
lists = Table(
    "lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False, index=True),
    Column("file", String, nullable=False),
    Column("container", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("layout", String, nullable=False),
    Column("system", String, nullable=False),
    Column("taken", String, nullable=False),
    Column("taken_by", String, ForeignKey("officials.id"), nullable=False),
    Column("counts", String, nullable=False),
)

# A dossier as the last list named it; its promise stands with the promises, whatever lists say.
listed = Table(
    "listed",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("first_list", Integer, ForeignKey("lists.id"), nullable=False),
    Column("list", Integer, ForeignKey("lists.id"), nullable=False),
    Column("row", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("due", String),
    Column("process_due", String),
    Column("finished", String),
    Column("officials", String, nullable=False),
    Column("agency", String, nullable=False),
)

# Where a list says something else than the desk has; it is shown, and changes nothing.
disagreements = Table(
    "disagreements",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.n"), primary_key=True),
    Column("what", String, primary_key=True),
    Column("theirs", String, primary_key=True),
    Column("ours", String, nullable=False),
    Column("seen", String, nullable=False),
    Column("list", Integer, ForeignKey("lists.id"), nullable=False),
)

# What the clerk said once about lists: the columns of an unknown layout (JSON, headings and the
# field by heading), whom a folded name means, which code of another system is a dossier of ours.
list_layouts = Table(
    "list_layouts",
    metadata,
    Column("fingerprint", String, primary_key=True),
    Column("headings", String, nullable=False),
    Column("fields", String, nullable=False),
)
list_officials = Table(
    "list_officials",
    metadata,
    Column("name", String, primary_key=True),
    Column("official", String, ForeignKey("officials.id"), nullable=False),
)
list_codes = Table(
    "list_codes",
    metadata,
    Column("code", String, primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.n"), nullable=False),
)

# The sum over all rows of each table that grows (store/ledger/sums.py), hexadecimal.
row_sums = Table(
    "row_sums",
    metadata,
    Column("name", String, primary_key=True),
    Column("total", String, nullable=False),
)

# The tables that have one.
SUMMED = (
    "courtesy_visits",
    "courtesy_ratings",
    "courtesy_observations",
    "recovery_sheets",
    "citizen_requests",
    "lists",
    "list_layouts",
    "list_officials",
    "list_codes",
    "lesson_runs",
)

PAST_OF_PAUSES = (
    "CREATE TRIGGER pauses_keep_their_past BEFORE UPDATE ON pauses WHEN OLD.began <> NEW.began OR "
    "OLD.kind <> NEW.kind "
    "OR OLD.stops_clock <> NEW.stops_clock OR OLD.ended IS NOT NULL AND OLD.ended IS NOT NEW.ended "
    "BEGIN SELECT RAISE(ABORT, 'a pause is never changed'); END",
    "CREATE TRIGGER pauses_are_kept BEFORE DELETE ON pauses BEGIN SELECT RAISE(ABORT, 'a pause is "
    "never deleted'); END",
    "CREATE TRIGGER due_moves_keep_their_past BEFORE UPDATE ON due_moves "
    "BEGIN SELECT RAISE(ABORT, 'a move of a due moment is never changed'); END",
    "CREATE TRIGGER due_moves_are_kept BEFORE DELETE ON due_moves "
    "BEGIN SELECT RAISE(ABORT, 'a move of a due moment is never deleted'); END",
    "CREATE INDEX journal_clock ON journal (seq) WHERE act = 'clock'",
)

PAST_OF_PAPERS = (
    "CREATE TRIGGER frozen_papers_keep_their_facts BEFORE UPDATE ON frozen_papers WHEN "
    "NEW.facts <> '' OR NEW.salt <> '' OR NEW.pdf_sha256 <> '' OR NEW.number <> OLD.number "
    "OR NEW.owner <> OLD.owner OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject "
    "OR NEW.frozen <> OLD.frozen OR NEW.program <> OLD.program OR NEW.form <> OLD.form "
    "OR NEW.facts_sha256 <> OLD.facts_sha256 "
    "BEGIN SELECT RAISE(ABORT, 'a paper is never changed'); END",
    "CREATE TRIGGER frozen_papers_are_kept BEFORE DELETE ON frozen_papers "
    "BEGIN SELECT RAISE(ABORT, 'a paper is never deleted'); END",
)

PAST_OF_SCANS = (
    "CREATE TRIGGER scans_keep_their_facts BEFORE UPDATE ON scans WHEN NEW.number <> OLD.number "
    "OR NEW.dossier <> OLD.dossier OR NEW.kind <> OLD.kind OR NEW.size <> OLD.size "
    "OR NEW.sha256 <> OLD.sha256 OR NEW.added <> OLD.added OR NEW.official <> OLD.official "
    "OR NEW.name NOT IN (OLD.name, '') "
    "BEGIN SELECT RAISE(ABORT, 'a scan is never changed'); END",
    "CREATE TRIGGER scans_are_kept BEFORE DELETE ON scans "
    "BEGIN SELECT RAISE(ABORT, 'a scan is never deleted'); END",
    "CREATE TRIGGER scan_contents_are_kept BEFORE UPDATE ON scan_contents "
    "BEGIN SELECT RAISE(ABORT, 'a scan is never changed'); END",
)

# Statements that SQLAlchemy cannot express. The folded and the exact key of a dossier and its
# numbers backwards stand side by side in one FTS5 table without content of its own: rowid =
# dossiers.n (store/dossiers/search.py).
INDEX_TABLE = (
    "CREATE VIRTUAL TABLE dossier_search USING fts5("
    "folded, exact, tails, content='', prefix='2 3', tokenize=\"unicode61 remove_diacritics 0\")"
)
_FORGET_DAYS = (
    "BEGIN DELETE FROM day_summaries "  # noqa: S608 - our own words
    f"WHERE block = {{row}}.n / {DOSSIERS_PER_BLOCK}; END"
)
FORGOTTEN_DAYS = (
    "CREATE TRIGGER dossiers_forget_days_by_a_new_one AFTER INSERT ON dossiers "
    + _FORGET_DAYS.format(row="NEW"),
    f"CREATE TRIGGER dossiers_forget_days AFTER UPDATE OF {SUMMED_FACTS} ON dossiers "
    + _FORGET_DAYS.format(row="NEW"),
    "CREATE TRIGGER dossiers_forget_days_by_a_lost_one AFTER DELETE ON dossiers "
    + _FORGET_DAYS.format(row="OLD"),
)
SQLITE_ONLY = (
    INDEX_TABLE,
    *FORGOTTEN_DAYS,
    "CREATE TRIGGER journal_keeps_its_past BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END",
    "CREATE TRIGGER journal_keeps_its_entries BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is never shortened'); END",
    # Only before anything was printed may a corrected procedure move the first promise.
    "CREATE TRIGGER promises_keep_their_past BEFORE UPDATE ON promises WHEN "
    "OLD.ordinal <> 1 OR NEW.ordinal <> 1 OR OLD.dossier <> NEW.dossier OR EXISTS (SELECT 1 FROM "
    "dossiers d JOIN journal j ON j.code = d.code WHERE d.n = OLD.dossier AND j.act = 'print') "
    "BEGIN SELECT RAISE(ABORT, 'a promise is never changed'); END",
    "CREATE TRIGGER promises_are_kept BEFORE DELETE ON promises "
    "BEGIN SELECT RAISE(ABORT, 'a promise is never deleted'); END",
    *PAST_OF_PAUSES,
    *PAST_OF_PAPERS,
    *PAST_OF_SCANS,
)
