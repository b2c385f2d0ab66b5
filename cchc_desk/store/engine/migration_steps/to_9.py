"""Schema 8 to 9: people, copies, scans and citizens' requests.

Frozen once released: written out as it was then, using nothing of today's program.
"""

import json
import re
import unicodedata

from sqlalchemy import Connection

_PEOPLE: tuple[str, ...] = (
    "ALTER TABLE officials DROP COLUMN failures",
    "ALTER TABLE officials DROP COLUMN wait_until",
    "ALTER TABLE officials ADD COLUMN must_change BOOLEAN DEFAULT '0' NOT NULL",
    """
    CREATE TABLE log_in_tries (
        login VARCHAR NOT NULL,
        failures INTEGER NOT NULL,
        wait INTEGER NOT NULL,
        uptime INTEGER NOT NULL,
        last VARCHAR NOT NULL,
        PRIMARY KEY (login)
    )
    """,
    """
    CREATE TABLE recovery_sheets (
        number INTEGER NOT NULL,
        fingerprint VARCHAR NOT NULL,
        made VARCHAR NOT NULL,
        used VARCHAR,
        PRIMARY KEY (number)
    )
    """,
)
_SCANS: tuple[str, ...] = (
    """
    CREATE TABLE scans (
        number INTEGER NOT NULL,
        dossier INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        added VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        removed VARCHAR,
        PRIMARY KEY (number),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX scans_dossier ON scans (dossier)",
    """
    CREATE TABLE scan_contents (
        scan INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (scan),
        FOREIGN KEY(scan) REFERENCES scans (number)
    )
    """,
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
_SEALS: tuple[str, ...] = (
    "CREATE TABLE row_sums (name VARCHAR NOT NULL, total VARCHAR NOT NULL, PRIMARY KEY (name))",
)
_REQUESTS: tuple[str, ...] = (
    "ALTER TABLE courtesy_ratings ADD COLUMN typed BOOLEAN",
    """
    CREATE TABLE citizen_requests (
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        person VARCHAR NOT NULL,
        contact VARCHAR NOT NULL,
        about VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        received VARCHAR NOT NULL,
        taken_by VARCHAR NOT NULL,
        acknowledge_by VARCHAR NOT NULL,
        answer_by VARCHAR NOT NULL,
        acknowledged VARCHAR,
        extended VARCHAR,
        answered VARCHAR,
        outcome VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        PRIMARY KEY (year, number),
        FOREIGN KEY(taken_by) REFERENCES officials (id)
    )
    """,
)
_DOSSIERS: tuple[str, ...] = (
    "CREATE INDEX dossiers_late ON dossiers (first_due) WHERE last_minute < coalesce(ready, ended)",
    "CREATE INDEX journal_drill ON journal (seq) WHERE act = 'drill'",
)
_LISTS: tuple[str, ...] = (
    "ALTER TABLE dossiers ADD COLUMN system VARCHAR DEFAULT '' NOT NULL",
    "CREATE INDEX dossiers_watched ON dossiers (system) WHERE system <> ''",
    """
    CREATE TABLE lists (
        id INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        file VARCHAR NOT NULL,
        container VARCHAR NOT NULL,
        sheet VARCHAR NOT NULL,
        layout VARCHAR NOT NULL,
        system VARCHAR NOT NULL,
        taken VARCHAR NOT NULL,
        taken_by VARCHAR NOT NULL,
        counts VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(taken_by) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_lists_sha256 ON lists (sha256)",
    """
    CREATE TABLE listed (
        dossier INTEGER NOT NULL,
        first_list INTEGER NOT NULL,
        list INTEGER NOT NULL,
        row INTEGER NOT NULL,
        status VARCHAR NOT NULL,
        due VARCHAR,
        process_due VARCHAR,
        finished VARCHAR,
        officials VARCHAR NOT NULL,
        agency VARCHAR NOT NULL,
        PRIMARY KEY (dossier),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(first_list) REFERENCES lists (id),
        FOREIGN KEY(list) REFERENCES lists (id)
    )
    """,
    """
    CREATE TABLE disagreements (
        dossier INTEGER NOT NULL,
        what VARCHAR NOT NULL,
        theirs VARCHAR NOT NULL,
        ours VARCHAR NOT NULL,
        seen VARCHAR NOT NULL,
        list INTEGER NOT NULL,
        PRIMARY KEY (dossier, what, theirs),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(list) REFERENCES lists (id)
    )
    """,
    """
    CREATE TABLE list_layouts (
        fingerprint VARCHAR NOT NULL,
        headings VARCHAR NOT NULL,
        fields VARCHAR NOT NULL,
        PRIMARY KEY (fingerprint)
    )
    """,
    """
    CREATE TABLE list_officials (
        name VARCHAR NOT NULL,
        official VARCHAR NOT NULL,
        PRIMARY KEY (name),
        FOREIGN KEY(official) REFERENCES officials (id)
    )
    """,
    """
    CREATE TABLE list_codes (
        code VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        PRIMARY KEY (code),
        FOREIGN KEY(dossier) REFERENCES dossiers (n)
    )
    """,
)
_REMINDERS: tuple[str, ...] = (
    """
    CREATE TABLE reminders (
        slip VARCHAR NOT NULL,
        dossier INTEGER NOT NULL,
        time INTEGER NOT NULL,
        asker VARCHAR NOT NULL,
        how VARCHAR NOT NULL,
        holder VARCHAR NOT NULL,
        receiver VARCHAR NOT NULL,
        answer_by VARCHAR NOT NULL,
        answered VARCHAR,
        answered_by VARCHAR,
        answer VARCHAR DEFAULT '' NOT NULL,
        PRIMARY KEY (slip),
        FOREIGN KEY(slip) REFERENCES slips (id),
        FOREIGN KEY(dossier) REFERENCES dossiers (n),
        FOREIGN KEY(holder) REFERENCES officials (id),
        FOREIGN KEY(receiver) REFERENCES officials (id),
        FOREIGN KEY(answered_by) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_reminders_dossier ON reminders (dossier)",
    "CREATE INDEX reminders_open ON reminders (dossier) WHERE answered IS NULL",
)
_ABSENCES: tuple[str, ...] = (
    """
    CREATE TABLE absences (
        number INTEGER NOT NULL,
        official VARCHAR NOT NULL,
        first VARCHAR NOT NULL,
        last VARCHAR NOT NULL,
        stand_in VARCHAR,
        reason VARCHAR NOT NULL,
        entered VARCHAR NOT NULL,
        entered_by VARCHAR NOT NULL,
        ended VARCHAR,
        PRIMARY KEY (number),
        FOREIGN KEY(official) REFERENCES officials (id),
        FOREIGN KEY(stand_in) REFERENCES officials (id),
        FOREIGN KEY(entered_by) REFERENCES officials (id)
    )
    """,
    "CREATE INDEX ix_absences_last ON absences (last)",
)

_CLOCKS: tuple[str, ...] = (
    "ALTER TABLE dossiers ADD COLUMN process_minutes INTEGER",
    "ALTER TABLE dossiers ADD COLUMN process_due VARCHAR",
    "ALTER TABLE dossiers ADD COLUMN for_agency VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE dossiers ADD COLUMN forward_by VARCHAR",
    "ALTER TABLE dossiers ADD COLUMN forwarded VARCHAR",
    "ALTER TABLE dossiers ADD COLUMN agency_received VARCHAR",
    "CREATE INDEX dossiers_to_forward ON dossiers (forward_by) WHERE forward_by IS NOT NULL "
    "AND forwarded IS NULL",
)
_DAY_SUMMARIES: tuple[str, ...] = (
    """
    CREATE TABLE day_summaries (
        block INTEGER NOT NULL,
        day VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        system VARCHAR NOT NULL,
        received_online INTEGER NOT NULL,
        received_on_paper INTEGER NOT NULL,
        ready_early INTEGER NOT NULL,
        ready_on_time INTEGER NOT NULL,
        ready_late INTEGER NOT NULL,
        gone INTEGER NOT NULL,
        open INTEGER NOT NULL,
        open_late INTEGER NOT NULL,
        PRIMARY KEY (block, day, field, system)
    )
    """,
    "CREATE TRIGGER dossiers_forget_days_by_a_new_one AFTER INSERT ON dossiers "
    "BEGIN DELETE FROM day_summaries WHERE block = NEW.n / 32768; END",
    "CREATE TRIGGER dossiers_forget_days AFTER UPDATE OF field, system, channel, accepted, "
    "first_due, last_minute, paused_since, ready, ended, cancelled ON dossiers "
    "BEGIN DELETE FROM day_summaries WHERE block = NEW.n / 32768; END",
    "CREATE TRIGGER dossiers_forget_days_by_a_lost_one AFTER DELETE ON dossiers "
    "BEGIN DELETE FROM day_summaries WHERE block = OLD.n / 32768; END",
)
_REPORT_SETS: tuple[str, ...] = (
    """
    CREATE TABLE report_sets (
        number INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        receiver VARCHAR NOT NULL,
        reports VARCHAR NOT NULL,
        every VARCHAR NOT NULL,
        closing INTEGER NOT NULL,
        due_day INTEGER NOT NULL,
        since VARCHAR NOT NULL,
        removed VARCHAR,
        PRIMARY KEY (number)
    )
    """,
    """
    CREATE TABLE report_bundles (
        number INTEGER NOT NULL,
        report_set INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        receiver VARCHAR NOT NULL,
        first VARCHAR NOT NULL,
        last VARCHAR NOT NULL,
        made VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL,
        file VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        sent VARCHAR,
        sent_by VARCHAR,
        how VARCHAR NOT NULL,
        PRIMARY KEY (number),
        FOREIGN KEY(report_set) REFERENCES report_sets (number),
        FOREIGN KEY(made_by) REFERENCES officials (id),
        FOREIGN KEY(sent_by) REFERENCES officials (id)
    )
    """,
)


def to_9(connection: Connection) -> None:
    """Bring a file of schema 8 to schema 9 inside the caller's write transaction."""
    for statement in (
        *_PEOPLE,
        *_SCANS,
        *_REQUESTS,
        *_SEALS,
        *_DOSSIERS,
        *_LISTS,
        *_REMINDERS,
        *_ABSENCES,
        *_CLOCKS,
        *_DAY_SUMMARIES,
        *_REPORT_SETS,
    ):
        connection.exec_driver_sql(statement)
    _index_names_and_numbers(connection)


# --- search by names and numbers in any spelling --------------------------------------------------

_SEARCH = (
    "DROP TABLE dossier_search",
    "CREATE VIRTUAL TABLE dossier_search USING fts5(folded, exact, tails, content='', "
    "prefix='2 3', tokenize=\"unicode61 remove_diacritics 0\")",
)
_NOBODY = "(đã ẩn danh)"  # those can be found no more
_MARKS = re.compile("[\u0300-\u036f]+")
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHAPES = "\u0302\u0306\u031b"
_OLD_PLACEMENT = re.compile(f"(o(?=.[ae])|u(?=.y))([{_TONES}])([aey])(?![{_SHAPES}{_TONES}])")
_APOSTROPHES = "'’‘ʼʻ`´ʹˈ′＇ꞌ"
_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντ"
_LATIN = "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXovt"
_KEYS = str.maketrans(
    {a.lower(): b.lower() for a, b in zip(_CYRILLIC, _LATIN, strict=True)}
    | dict.fromkeys("ðɖ", "d")
    | dict.fromkeys(_APOSTROPHES, " ")
)
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_JOINING = re.compile(f"(?<=[^\\W\\d_])[{_APOSTROPHES}]+(?=[^\\W\\d_])")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_LIKE_OTHERS = str.maketrans("ÐƉƊƋꟇðɖɗƌꟈ₫‐‑‒⁃−﹘﹣‛ʽ\x91\x92ˋˊ", "ĐĐĐĐĐđđđđđđ-------’’‘’`´")
_FILLERS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " "))
_FORMLESS = {0x34F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)}
_UNIFIED = _LIKE_OTHERS | _WIDE | _FILLERS | dict.fromkeys(_FORMLESS)
_COUNTRY_CODE = re.compile(r"(?:\+84|0084|84(?=[0-9]{9,10}$))0?")


def _index_names_and_numbers(connection: Connection) -> None:
    """Make the search anew: its keys have more spellings of a name and of a number."""
    for statement in _SEARCH:
        connection.exec_driver_sql(statement)
    rows = connection.exec_driver_sql(
        "SELECT d.n, d.code, a.name, a.id_number, a.phone, a.submitter "
        "FROM dossiers d JOIN applicants a ON a.dossier = d.n WHERE a.name <> ? ORDER BY d.n",
        (_NOBODY,),
    )
    while some := rows.fetchmany(5000):
        connection.exec_driver_sql(
            "INSERT INTO dossier_search (rowid, folded, exact, tails) VALUES (?, ?, ?, ?)",
            [(n, _folded(*of), _exact(of[1]), _tails(of[0], *of[2:4])) for n, *of in some],
        )


def _fold(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.lower())).replace("đ", "d")
    letters = (
        char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "
        for char in bare.translate(_KEYS)
    )
    return " ".join("".join(letters).split())


def _folded(code: str, name: str, id_number: str, phone: str, submitter: str) -> str:
    names = f"{name} {json.loads(submitter)['name']}" if submitter else name
    keys = _fold(f"{name} {code} {id_number} {phone}{names[len(name) :]}")
    words = [*_fold(_JOINING.sub("", names)).split(), _fold(_in_one_piece(id_number))]
    known = keys.split()
    more = (word for word in (*words, *_phones(phone)) if word and word not in known)
    return " ".join((keys, *dict.fromkeys(more))).strip()


def _exact(name: str) -> str:
    line = " ".join(name.translate(_UNIFIED).split()).lower().translate(_ONE_APOSTROPHE)
    return unicodedata.normalize(
        "NFC", _OLD_PLACEMENT.sub(r"\1\3\2", unicodedata.normalize("NFD", line))
    )


def _digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
        for char in text
    )


def _in_one_piece(number: str) -> str:
    bare = "".join(char for char in _digits(number) if not char.isspace() and char not in ".-")
    return bare if bare and set(bare) <= set("0123456789") else number


def _phones(text: str) -> list[str]:
    text, end = _digits(text), 0
    found: list[str] = []
    for group in re.finditer(r"\+?[0-9]+", text):
        between, end = text[end : group.start()], group.end()
        is_apart = re.search(r"[^\s.,()·‐‑–—_-]", between) or group[0][0] == "+"
        if not found or is_apart or _begins_anew(found[-1], group[0]):
            found.append(group[0])
        else:
            found[-1] += group[0]
    return [_at_home(number) for number in found]


def _begins_anew(number: str, group: str) -> bool:
    return len(_at_home(number)) >= 10 and group.startswith(("0", "84"))


def _at_home(number: str) -> str:
    return _COUNTRY_CODE.sub("0", number, count=1).removeprefix("+")


def _tails(code: str, id_number: str, phone: str) -> str:
    numbers = (code.rpartition("-")[2], _digits(id_number), *_phones(phone))
    backwards = ("".join(filter(str.isdecimal, number))[::-1] for number in numbers)
    return " ".join(filter(None, backwards))
