"""Damage of single values: each column of each table in turn, and what of the desk goes on.

python -m tools.campaign.damage [--seed 1] [--most 0]

A full practice ward is copied, one value of one row is damaged, and the verbs of a morning are run:
none may end in an error of the program, the other dossiers stay usable, `verify` and `check` always
answer.
"""

import argparse
import io
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from cchc_desk import console, paths
from cchc_desk.console.command_line import BUG
from cchc_desk.store.dossiers import day_summaries
from cchc_desk.store.engine.database import Database

MONDAY = "2026-11-23T10:00"
TUESDAY = "2026-11-24T10:00"
PERIOD = ("--from", "2026-01-01", "--to", "2026-12-31")
WHY = ("--reason", "Nộp báo cáo")
OF_A_LEADER = {"apology-list", "exchange", "strikes"}
PERSON = {
    "kind": "person",
    "name": "Nguyễn Thị Ánh Đào",
    "id_number": "092190001234",
    "born": "1990-05-17",
    "address": "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
    "phone": "0912345678",
}
DOSSIER = {
    "procedure": "1.001193",
    "applicant": PERSON,
    "submitter": {"name": "Trần Văn Bảy", "id_number": "092180004321", "relation": "chồng"},
    "papers": "all",
    "limit": "1 ngày làm việc",
}
ITEMS = ("greet", "apologise", "thank", "ask-leave", "smile", "gentle", "listen", "help")
VALUES: Mapping[str, object] = {
    "text": "hỏng",
    "empty": "",
    "bad date": "2026-13-45T99:99",
    "first day": "0001-01-01T00:00",
    "zone": "2026-11-23T10:00+07:00",
    "bad JSON": '{"a": [1,',
    "other JSON": '[{"a": null}, 7]',
    "huge": 10**18,
    "negative": -1,
    "real": 1e300,
    "digits": "9" * 5000,
    "blob": b"\x00\xff\xfe\x00",
    "no UTF-8": None,  # by SQL: a text cannot be bound that is none
    "null": None,
}
# Without these no desk can be opened: a sentence and a way back are all that can be asked for.
FOUNDATIONS = frozenset({"schema", "settings"})


@dataclass(frozen=True)
class Damage:
    """One value to spoil: the first row of `table`, its column, and the kind in VALUES."""

    table: str
    column: str
    kind: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.kind}"


@dataclass(frozen=True)
class Fault:
    """A verb that ended otherwise than it may."""

    damage: Damage
    verb: str
    said: str


class Ward:
    """A practice ward on disk and the verbs run in it, in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, who: str, *words: str, now: str = TUESDAY) -> tuple[int, dict[str, Any]]:
        """Run a verb; return its exit code and answer. Whatever it raises is raised."""
        out = io.StringIO()
        at = ("--data", str(self.folder), "--now", now, "--json", "--as", who)
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            code = console.main([*at, *words])
        answer: dict[str, Any] = json.loads(out.getvalue())
        return code, answer

    def do(self, who: str, *words: str, now: str = MONDAY) -> dict[str, Any]:
        """Run a verb that must succeed."""
        code, answer = self.run(who, *words, now=now)
        if code:
            raise AssertionError(f"{words}: {answer}")
        return answer

    def file(self, name: str, content: object) -> str:
        """Write a JSON file beside the ward; return its name."""
        file = self.folder.parent / name
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return str(file)


def make_full_ward(folder: Path, dossiers: int = 12) -> Ward:
    """Make a practice ward that has a row in every table."""
    ward = Ward(folder)
    with redirect_stdout(io.StringIO()):
        said = console.main(
            ["--data", str(folder), "--now", MONDAY, "practice", "--dossiers", str(dossiers)]
        )
    assert said == 0, "no practice ward"
    accept = partial(ward.do, "an", "accept", ward.file("accept.json", DOSSIER))
    ward.do("an", "certify", ward.file("certify.json", _certify()))
    first, second, third, fourth, *_open = (str(accept()["code"]) for _ in range(5))
    ward.do("an", "hand-over", first, "--to", "binh")
    ward.do("an", "request", second, "--reason", "Thiếu giấy", "--item", "Bản chính")
    ward.do("an", "tell", second, "--how", "phone")
    ward.do("an", "notify", first, "--how", "phone")
    ward.do("an", "courtesy", "record", "greet", "--moment", "greeting", "--code", first)
    ward.do("an", "courtesy", "rate", first, "--faces", "5")
    ward.do("an", "courtesy", "card")
    ward.do("an", "remind", first, "--how", "phone", "--words", "Hỏi bao giờ xong")
    ward.do("an", "absence", "--from", "2026-11-25", "--to", "2026-11-26", "--stand-in", "chi")
    monthly = ("--name", "Tháng", "--receiver", "Sở Nội vụ", "--report", "ii-06a")
    ward.do("chi", "report-set", "add", *monthly)
    out = str(folder.parent / "bundle.zip")
    ward.do("chi", "report-set", "make", "1", "--month", "2026-10", "--out", out)
    ward.do("an", "ready", third)
    late = "2026-11-27T10:00"
    ward.do("an", "apologise", fourth, "--cause", "volume", "--new-due", "2026-12-02T10:00")
    ward.do("chi", "responsibility", fourth, "--cause", "volume", now=late)
    ward.do("an", "blank-receipts", "--count", "2", "--out", str(folder.parent / "blank.pdf"))
    ward.do("an", "paper", first, "receipt", "--out", str(folder.parent / "receipt.pdf"))
    ward.do("an", "lacking", ward.file("lacking.json", _lacking()))
    ward.do("an", "lesson-begin", "1")
    steps = {"steps": [{"name": "Thẩm định", "official": "binh", "minutes": 60}]}
    ward.do("chi", "process", "1.001193", "--file", ward.file("process.json", steps))
    changed = {"code": "1.001193", "favourite": True, "limit": "2 ngày làm việc"}
    ward.do("dung", "procedure", "set", ward.file("procedure.json", changed))
    sheet = {"official": "an", "marks": dict.fromkeys(ITEMS, "done"), "good": "Tốt", "better": ""}
    ward.do("chi", "courtesy", "observe", ward.file("observe.json", sheet))
    table = folder.parent / "2027.csv"
    table.write_text("ngày;loại;tên;văn bản\n01/01/2027;nghỉ lễ;Tết;TB 1\n", encoding="utf-8")
    ward.do("dung", "calendar-enter", str(table), "--year", "2027", "--document", "TB 1")
    portal = ("--portal-code", "000.00.00.H13-261123-0007", "--submitted", "2026-11-23T08:00")
    ward.do("an", "register", ward.file("register.json", DOSSIER), *portal)
    _add_rows_by_hand(folder / "desk.db", first)
    database = Database(folder / "desk.db")
    with database.write() as connection:  # as on a desk of many dossiers
        day_summaries.sum_block(connection, 0)
    database.close()
    return ward


def _lacking() -> dict[str, Any]:
    return DOSSIER | {"items": ["Bản chính giấy chứng sinh"], "reason": "Thiếu giấy tờ"}


def _certify() -> dict[str, Any]:
    papers = [{"name": "Bằng lái xe", "copies": 1}]
    applicant = {"name": "Nguyễn Thị Ánh Đào"}
    return {"procedure": "2.000815", "applicant": applicant, "papers": papers, "signer": "chi"}


def _add_rows_by_hand(file: Path, code: str) -> None:
    """Add rows that only the window or the city brings."""
    rows = (
        ("station_settings", {"station": "Quầy 1", "key": "receipt_printer", "value": '"In 1"'}),
        ("preferences", {"official": "an", "key": "font", "value": '"large"'}),
        ("drafts", {"official": "an", "form": '{"name": "Lan"}', "saved": "2026-11-23T09:00:00"}),
        (
            "parcels",
            {
                "n": 1,
                "id": "goi-1",
                "made": MONDAY,
                "state": "waiting",
                "days": '[["2026-11-23", 1, "z"]]',
            }
            | {"line": "x", "hash": "y"},
        ),
        (
            "arrivals",
            {"number": 1, "kind": "message", "title": "Tin", "at": MONDAY, "came": MONDAY}
            | {"body": '{"text": "Tin"}', "line": "x", "state": "waiting"},
        ),
        (
            "due_moves",
            {"dossier": 1, "ordinal": 1, "promise": 1, "at": MONDAY, "why": "calendar"}
            | {"source": "lich", "before": MONDAY, "after": MONDAY},
        ),
        ("log_in_tries", {"login": "x", "failures": 1, "wait": 0, "uptime": 1, "last": MONDAY}),
        ("recovery_sheets", {"number": 1, "fingerprint": "ab", "made": MONDAY}),
        (
            "citizen_requests",
            {"year": 2026, "number": 1, "kind": "see", "person": "Lan", "contact": "0912345678"}
            | {"about": "Hồ sơ", "code": "", "received": MONDAY, "taken_by": "an"}
            | {"acknowledge_by": "2026-11-25", "answer_by": "2026-12-07"}
            | {"outcome": "", "answer": ""},
        ),
        (
            "scans",
            {"number": 1, "dossier": 1, "name": "a.png", "kind": "png", "size": 1, "sha256": "ab"}
            | {"added": MONDAY, "official": "an"},
        ),
        ("scan_contents", {"scan": 1, "content": b"x"}),
        (
            "lists",
            {
                "id": 1,
                "sha256": "ab",
                "file": "ds.xls",
                "container": "xls",
                "sheet": "",
                "layout": "",
            }
            | {"system": "iGate", "taken": MONDAY, "taken_by": "an", "counts": "{}"},
        ),
        (
            "listed",
            {"dossier": 1, "first_list": 1, "list": 1, "row": 2, "status": "", "officials": ""}
            | {"agency": ""},
        ),
        (
            "disagreements",
            {"dossier": 1, "what": "due", "theirs": "x", "ours": "y", "seen": MONDAY, "list": 1},
        ),
        ("list_layouts", {"fingerprint": "ab", "headings": "[]", "fields": "{}"}),
        ("list_officials", {"name": "le ba", "official": "an"}),
        ("list_codes", {"code": "A.1", "dossier": 1}),
    )
    with closing(sqlite3.connect(file)) as connection, connection:
        for table, row in rows:
            names, places = ", ".join(row), ", ".join("?" * len(row))
            sql = f"INSERT INTO {table} ({names}) VALUES ({places})"
            connection.execute(sql, tuple(row.values()))


def damages_of(file: Path) -> Iterator[Damage]:
    """Yield each kind of damage to each column of each table that has a row."""
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'dossier_search_%' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    with closing(sqlite3.connect(file)) as connection:
        for (table,) in connection.execute(sql).fetchall():
            if table == "dossier_search":
                continue
            if not connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                raise AssertionError(f"no row of {table} to damage")
            for column in connection.execute(f"PRAGMA table_info({table})").fetchall():
                yield from (Damage(table, column[1], kind) for kind in VALUES)


def inflict(file: Path, damage: Damage) -> bool:
    """Spoil the value as a fault of the disk would; False where the table cannot hold it."""
    with closing(sqlite3.connect(file)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        value = "CAST(x'4ec3ff28' AS TEXT)" if damage.kind == "no UTF-8" else "?"
        values = [VALUES[damage.kind]] if value == "?" else []
        sql = (
            f"UPDATE {damage.table} SET {damage.column} = {value} "
            f"WHERE rowid = (SELECT max(rowid) FROM {damage.table})"
        )
        try:
            connection.execute(sql, values)
        except sqlite3.IntegrityError:
            return False
        for _name, made in triggers:
            connection.execute(made)
        connection.commit()
    return True


def faults_of(ward: Ward, damage: Damage, other: str, out: Path) -> Iterator[Fault]:
    """Run a morning in a damaged ward; yield each verb that did not end as it may."""
    for verb, words in _morning(other, out).items():
        code, answer = ward.run("chi" if verb in OF_A_LEADER else "an", *words)
        if code == BUG:
            yield Fault(damage, verb, _place(ward.folder))
        elif code and not _excused(damage, verb):
            yield Fault(damage, verb, f"{answer['error']['code']} {answer['error']['message']}")


def _excused(damage: Damage, verb: str) -> bool:
    """True where a sentence is all that can be asked for: a desk without its own foundations."""
    if damage.table in FOUNDATIONS:
        return True
    # The one who acts may be kept out by his own row, with a sentence.
    return damage.table == "officials"


def _morning(other: str, out: Path) -> dict[str, Sequence[str]]:
    return {
        "today": ("today",),
        "report-set": ("report-set", "list"),
        "report-set history": ("report-set", "history"),
        "find": ("find", ""),
        "find-name": ("find", "nguyen"),
        "find-last": ("find", "0912345678"),
        "show": ("show", other),
        "supplements": ("supplements",),
        "known": ("known", "nguyen"),
        "draft-letters": ("draft-letters",),
        "accept": ("accept", str(out / "accept.json")),
        "morning-sheet": ("morning-sheet", "--out", str(out / "morning.pdf")),
        "register-book": ("register-book", *PERIOD, "--out", str(out / "book.pdf")),
        "apology-list": ("apology-list", *PERIOD, "--out", str(out / "apologies.pdf")),
        "exchange": ("exchange", *PERIOD, *WHY, "--out", str(out / "exchange.json")),
        "fuse": ("fuse", *PERIOD),
        "report": ("report", "ii-06a", *PERIOD),
        "strikes": ("strikes",),
        "numbers": ("numbers",),
        "cancelled": ("cancelled", *PERIOD),
        "reconcile": ("reconcile",),
        "registrations": ("registrations",),
        "procedures": ("procedures", "khai sinh"),
        "outbox": ("outbox",),
        "news": ("news",),
        "card": ("courtesy", "card"),
        "certifications": ("certifications", *PERIOD),
        "verify": ("verify",),
        "recent": ("verify", "--recent"),
        "check": ("check",),
    }


def _place(folder: Path) -> str:
    """Return the kind of the error and the innermost lines that it went through, by its report."""
    report = max(paths.report_folder(folder).iterdir(), key=lambda file: file.stat().st_mtime_ns)
    lines = report.read_text(encoding="utf-8").split("\n")
    ours = [line for line in lines[2:] if line.startswith("cchc_desk")]
    return " < ".join([lines[1], *ours[:-4:-1]])


def campaign(wanted: Iterable[Damage], whole: Ward, room: Path) -> tuple[Counter[str], list[Fault]]:
    """Inflict each damage on a copy of the whole ward; return the counts and the faults."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    shutil.copy(whole.file("accept.json", DOSSIER), room / "accept.json")
    other = _another_code(whole)
    for damage in wanted:
        folder = room / "ward"
        folder.mkdir()
        shutil.copy(whole.folder / "desk.db", folder / "desk.db")
        if inflict(folder / "desk.db", damage):
            counts["damaged"] += 1
            found = list(faults_of(Ward(folder), damage, other, room))
            faults += found
            counts["with a fault"] += bool(found)
        else:
            counts["not storable"] += 1
        shutil.rmtree(folder)
    return counts, faults


def _another_code(ward: Ward) -> str:
    """Return a dossier that no damage touches: neither the first nor the last."""
    found = sorted(str(row["code"]) for row in ward.do("an", "find", "")["dossiers"])
    return found[len(found) // 2]


def quick_passwords() -> Any:
    """Return a patch that makes hashes cheap: thousands of log-ins are no test of argon2."""
    import argon2

    quick = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    return mock.patch.object(argon2, "PasswordHasher", quick)


def main(arguments: list[str] | None = None) -> int:
    """Run the campaign and print its counts; return 1 when a verb ended as it may not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=0, help="0: all")
    parser.add_argument("--only", default="", help="table or table.column")
    options = parser.parse_args(arguments)
    os.environ["CCHC_PASSWORD"] = "practice"
    with tempfile.TemporaryDirectory() as folder, quick_passwords():
        room = Path(folder)
        (room / "whole").mkdir()
        whole = make_full_ward(room / "whole" / "ward")
        damages = [
            d for d in damages_of(whole.folder / "desk.db") if str(d).startswith(options.only)
        ]
        if options.most:
            damages = random.Random(options.seed).sample(damages, min(options.most, len(damages)))
        counts: Counter[str] = Counter()
        for first in range(0, len(damages), 100):  # said as it goes: all of them take hours
            more, faults = campaign(damages[first : first + 100], whole, room)
            counts += more
            for fault in faults:
                sys.stdout.write(f"{fault.damage} → {fault.verb}: {fault.said}\n")
            sys.stdout.write(f"seed {options.seed}: {dict(counts)}\n")
            sys.stdout.flush()
    return 1 if counts["with a fault"] else 0


if __name__ == "__main__":
    sys.exit(main())
