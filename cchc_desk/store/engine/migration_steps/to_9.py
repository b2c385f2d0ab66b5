"""Schema 8 to 9: people, copies, scans and citizens' requests.

Frozen once released: written out as it was then, using nothing of today's program.
"""

import json
import re
import unicodedata

from sqlalchemy import Connection

_PEOPLE: tuple[str, ...] = ()
_SCANS: tuple[str, ...] = ()
_REQUESTS: tuple[str, ...] = ()
_SEALS: tuple[str, ...] = ()
_DOSSIERS: tuple[str, ...] = ()


def to_9(connection: Connection) -> None:
    """Bring a file of schema 8 to schema 9 inside the caller's write transaction."""
    for statement in (*_PEOPLE, *_SCANS, *_REQUESTS, *_SEALS, *_DOSSIERS):
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
_UNIFIED = str.maketrans("ÐƉðɖ", "ĐĐđđ") | _WIDE
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
