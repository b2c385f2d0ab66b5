"""Nonsense at every door: 50,000 seeded inputs a parser, and how each one ends.

python -m tools.campaign.inputs [--seed 1] [--most 50000] [--only accept]

A parser may answer or refuse with a sentence. Any other exception, and anything that takes more
than a second of the processor, is a fault.
"""

import argparse
import io
import json
import os
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from xlsxwriter import Workbook

from cchc_desk import console
from cchc_desk.actions.catalogue import catalogue, procedure_import
from cchc_desk.actions.city import updates
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.documents import paper_checks
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lists.preview import preview_list
from cchc_desk.actions.lists.receipts import preview_receipt
from cchc_desk.actions.office import office_calendar
from cchc_desk.actions.papers import one_page_history
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.console import json_files
from cchc_desk.console.command_line import BUG
from cchc_desk.console.runtime import Usage
from cchc_desk.domain.city import Arrival
from cchc_desk.domain.law import fees
from cchc_desk.domain.papers import check_codes
from cchc_desk.domain.people import applicant, identity_card
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text import legacy_text
from cchc_desk.domain.time import deadlines, hours
from cchc_desk.errors import DeskError
from cchc_desk.session import Desk
from cchc_desk.sheets.containers import read_container
from cchc_desk.store.city import outbox
from cchc_desk.sync import usb_file, wire
from cchc_desk.sync.parcel import VERSION, News
from tools.campaign.damage import quick_passwords

MONDAY = datetime(2026, 11, 23, 10, 0)
MOST_SECONDS = 1.0
PIECES = (
    *("0", "1", "-1", "00", "9" * 5000, "1e309", "0x1", "١٢٣", "１２３", "½", "NaN", "Infinity"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-11-23T25:61"),
    *("2026-11-23T10:00+07:00", "31/02/2026", "0001-01-01T00:00", "9999-12-31T23:59"),
    *("\0", "\n", "\r", "\t", "\x1b[2J", "\u202e", "\u200b", "\ufeff", "\ud800", "\U0001f469"),
    *(
        "=1+1",
        "@x",
        "'",
        '"',
        "''",
        "\\",
        "/",
        "../../x",
        "%s",
        "{x}",
        "${x}",
        "<b>",
        "|",
        ";",
        ",",
    ),
    *("http://a.b", "file:///etc/passwd", "' OR 1=1 --", "*", '"', "NEAR(", "a" * 3000, "đ", "Ð"),
    *("e\u0301", "ngày", "giờ", "trong ngày", "ngày làm việc", "...", "-", "?", "null", "true", ""),
)
TEXTS = {
    "card": "092190001234|361234567|Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi|01072021",
    "limit": "3 ngày làm việc",
    "hours": "07:30-11:30,13:00-17:00",
    "fee": "5.000 đồng/bản, từ bản thứ hai 3.000 đồng",
    "calendar": "ngày;loại;tên;văn bản\n01/01/2027;nghỉ lễ;Tết dương lịch;TB 1\n",
    "catalogue": "Mã TTHC,Tên,Lĩnh vực,Thời hạn\n1.001193,Khai sinh,Hộ tịch,3 ngày làm việc\n",
    "check": "12-3F9A-01BC-77D2",
    "scan": "H13.999-261123-0001|giấy hẹn|2026-11-23T10:00",
    "search": "nguyễn ánh đào 0912",
    "receipt": "Mã số hồ sơ: H57.132-261104-0583 - Số phiếu: 26.10229\nCông dân/ Tổ chức: Lê Bưởi\n"
    "Điện thoại: 0905389330, Email:\nNgày nhận: 10:56 04/11/2026; ngày hẹn trả: 10:56 01/12/2026.",
    "legacy": "Nguyeãn Thò AÙnh Ñaøo",
    "line": "eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln",
}
ACCEPT: Mapping[str, Any] = {
    "procedure": "1.001193",
    "applicant": {"kind": "person", "name": "Nguyễn Thị Ánh Đào", "id_number": "092190001234"}
    | {"born": "1990-05-17", "sex": "Nữ", "address": "12 Nguyễn Trãi", "phone": "0912345678"},
    "submitter": {"name": "Trần Văn Bảy", "id_number": "092180004321", "phone": "0912345679"},
    "channel": "direct",
    "sets": 1,
    "papers": [{"name": "Tờ khai", "original": 1, "certified": 0, "copy": 0}],
    "limit": "1 ngày làm việc",
    "received": "2026-11-23T09:00",
    "note": "x",
}
SETUP: Mapping[str, Any] = {
    "province": "Thành phố Cần Thơ",
    "ward": "Phường Ninh Kiều",
    "unit_code": "H13.31",
    "desk_name": "Quầy 1",
    "block": [1, 1999],
    "office_hours": {"mon-fri": "07:30-11:30,13:00-17:00"},
    "officials": [{"id": "an", "name": "An", "role": "clerk", "title": "", "password": "x" * 12}],
}
PROCESS: Mapping[str, Any] = {
    "steps": [{"name": "Thẩm định", "role": "processor", "official": "binh", "minutes": 60}]
}
MARKS = ("greet", "apologise", "thank", "ask-leave", "smile", "gentle", "listen", "help")
OBSERVE: Mapping[str, Any] = {
    "official": "an",
    "at": "2026-11-23T09:00",
    "marks": dict.fromkeys(MARKS, "done"),
    "good": "x",
    "better": "",
}
CERTIFY: Mapping[str, Any] = {
    "procedure": "2.000815",
    "applicant": {"name": "Đào"},
    "papers": [{"name": "Bằng", "copies": 1, "pages": 1}],
    "signer": "chi",
}
PROCEDURE: Mapping[str, Any] = {
    "code": "1.001193",
    "from": "2026-12-01",
    "limits": {"direct": "2 ngày làm việc"},
    "fee": {"unit": "copy", "amount": 5000},
    "papers": [{"name": "Tờ khai", "original": 1, "required": True}],
}
NEWS: Mapping[str, Any] = {
    "year": 2027,
    "document": "TB 1",
    "days": [["2027-01-01", "holiday", "Tết", "TB 1", ""]],
    "regimes": [],
    "procedures": [],
}
LINE: Mapping[str, Any] = {
    "number": 1,
    "kind": "calendar",
    "title": "Lịch",
    "at": "2026-11-23T10:00:00",
    "ward": None,
    "body": dict(NEWS),
}
PERIOD = ("--from", "2026-01-01", "--to", "2026-12-31")
WORDS = (
    ("deadline", "--accepted", "2026-11-23T10:00", "--limit", "3 ngày"),
    ("strikes", "--year", "2026"),
    ("calendar", "--year", "2026"),
    ("numbers", "--year", "2026"),
    ("courtesy", "report", *PERIOD),
    ("courtesy", "card", "--week", "2026-11-23"),
    ("fuse", *PERIOD),
    ("certifications", *PERIOD),
    ("check-history", "12-3F9A-01BC-77D2", "--code", "H13.999-261123-0001"),
    ("show", "H13.999-261123-0001"),
    ("news", "1"),
    ("register-book", *PERIOD, "--reason", "Nộp báo cáo", "--out", "x.pdf"),
    ("review-list", "--year", "2026", "--out", "x.pdf"),
    ("apology-list", *PERIOD, "--out", "x.pdf"),
    ("lobby", "--out", "x.html"),
    ("find", "nguyễn ánh đào 0912"),
    ("known", "nguyễn ánh đào 0912"),
    ("card", TEXTS["card"]),
    ("procedures", "khai sinh"),
    ("cancelled", *PERIOD),
    ("reminders", *PERIOD),
    ("personal-data", "exports", *PERIOD),
    ("personal-data", "requests", *PERIOD),
    ("absence", "--from", "2026-12-01", "--to", "2026-12-02", "--stand-in", "an"),
    ("remind", "H13.999-261123-0001", "--how", "phone", "--words", "Hỏi bao giờ xong"),
    ("report-set", "add", "--name", "Tháng", "--receiver", "Sở Nội vụ", "--report", "ii-06a"),
    ("report-set", "make", "1", "--month", "2026-10", "--out", "x.zip"),
    ("report-set", "sent", "1", "--how", "Bản giấy", "--month", "2026-10"),
    ("shelve", "H13.999-261123-0001", "--place", "Kệ 3"),
    ("return", "H13.999-261123-0001", "--to", "Đào", "--how", "counter"),
    ("responsibility", "H13.999-261123-0001", "--cause", "volume", "--official", "binh"),
    ("setting", "soon_days", "3"),
    ("check-paper", "12-3F9A-01BC-77D2", "--code", "H13.999-261123-0001", "--owner", "Đào"),
)


LIST = (
    ("DANH SÁCH HỒ SƠ", "", "", "", "", ""),
    ("STT", "Mã hồ sơ", "Tên thủ tục", "Người nộp", "Ngày tiếp nhận", "Ngày hẹn trả"),
    ("1", "H13.31-261123-0001", "Khai sinh", "Nguyễn Ánh Đào", "23/11/2026 08:05", "26/11/2026"),
    ("2", "H13.31-261123-0002", "Chứng thực", "Trần Văn Bảy", "23/11/2026 09:15", "24/11/2026"),
)


@dataclass
class Count:
    """How the inputs of one door ended; `faults` names exceptions and slow inputs."""

    ends: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)


class Nonsense:
    """Inputs near the right ones, and far from them; the same for the same seed."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def text(self, seed: str) -> str:
        """Return a text: the right one with pieces put in, cut out, or nothing like it."""
        dice, kind = self.dice, self.dice.random()
        if kind < 0.15:
            return "".join(dice.choice(PIECES) for _ in range(dice.randrange(4)))
        if kind < 0.25:
            return "".join(chr(dice.randrange(1, 0x2FFF)) for _ in range(dice.randrange(30)))
        made = seed
        for _ in range(dice.randrange(1, 4)):
            at, length = dice.randrange(len(made) + 1), dice.randrange(4)
            piece = dice.choice(PIECES) if dice.random() < 0.6 else dice.choice(made or " ")
            made = made[:at] + piece + made[at + length :]
        return made

    def clean_text(self, seed: str) -> str:
        """Return a text that UTF-8 can hold, as every one that comes from a file."""
        return self.text(seed).encode("utf-8", "replace").decode()

    def data(self, seed: object) -> Any:
        """Return a JSON value like `seed` with some of its parts spoilt."""
        dice = self.dice
        if isinstance(seed, dict):
            made = {key: self.data(value) for key, value in seed.items() if dice.random() > 0.01}
            if dice.random() < 0.02:
                made[self.text(dice.choice([*seed, "x"]))] = self.value()
            return made
        if isinstance(seed, list):
            return [
                self.data(item) for item in seed for _ in range(dice.choice((1, 1, 1, 1, 0, 3)))
            ]
        if dice.random() < 0.93:
            return seed
        return self.text(seed) if isinstance(seed, str) and dice.random() < 0.7 else self.value()

    def value(self) -> object:
        dice = self.dice
        text, number = self.text("x"), dice.randrange(10**6)
        plain = (None, True, 0, -1, 10**30, 1.5, float("nan"), "", number, text)
        return dice.choice((*plain, [], {}, [[]], {"x": 1}, [text]))

    def clean_data(self, seed: object) -> Any:
        """Return such a value as it comes out of JSON that was UTF-8."""
        text = json.dumps(self.data(seed), ensure_ascii=False)
        return json.loads(text.encode("utf-8", "replace"))

    def raw(self, seed: bytes) -> bytes:
        """Return bytes with some of them turned, cut or added."""
        made = bytearray(seed)
        for _ in range(self.dice.randrange(1, 6)):
            at = self.dice.randrange(len(made) + 1)
            made[at : at + self.dice.randrange(3)] = self.dice.randbytes(self.dice.randrange(4))
        return bytes(made)

    def table(self) -> bytes:
        """Return a list in one of the containers: cells spoilt, and half the time the bytes too."""
        rows = [
            [cell if self.dice.random() < 0.9 else self.clean_text(cell) for cell in row]
            for row in LIST
        ]
        content = self.dice.choice((_as_html, _as_csv, _as_xlsx))(rows)
        return content if self.dice.random() < 0.5 else self.raw(content)


def _as_html(rows: list[list[str]]) -> bytes:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<html><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></html>".encode()


def _as_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode("utf-8-sig")


def _as_xlsx(rows: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet("Danh sách")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell[:32_000])
    workbook.close()
    return buffer.getvalue()


Door = Callable[[Nonsense], object]


def doors(desk: Desk, room: Path) -> dict[str, Door]:
    """Return each parser as a function that makes its input and reads it."""
    file = room / "input"

    def written(content: bytes) -> Path:
        file.write_bytes(content)
        return file

    def accept(of: Nonsense) -> object:
        return intake.check_intake(desk, json_files.intake_of(desk, of.data(ACCEPT)))

    def news(of: Nonsense) -> object:
        body, kind = (
            of.clean_data(NEWS),
            of.dice.choice(("calendar", "law", "catalogue", "message")),
        )
        with desk.write() as connection:
            number = outbox.last_number(connection) + 1
            arrival = Arrival(number, kind, "x", MONDAY, MONDAY, body, "waiting", None, None, "")
            outbox.add_arrival(connection, arrival, "x")
        return updates.changes(desk, number)

    def words(of: Nonsense) -> object:
        verb, *rest = of.dice.choice(WORDS)
        made = [
            word if word.startswith("--") or of.dice.random() < 0.5 else of.text(word)
            for word in rest
        ]
        out = io.StringIO()
        head = ("--data", str(desk.folder), "--now", "2026-11-23T10:00", "--as", "chi", "--json")
        with redirect_stdout(out), redirect_stderr(io.StringIO()), always(desk):
            code = console.main([*head, verb, *made])
        if code == BUG:
            report = max((desk.folder / "reports").iterdir(), key=lambda f: f.stat().st_mtime_ns)
            raise AssertionError(report.read_text().splitlines()[-1])
        if code:
            raise Usage(out.getvalue())
        return code

    key = Ed25519PrivateKey.generate()

    def line(of: Nonsense) -> object:
        text = of.clean_text(TEXTS["line"])
        if of.dice.random() < 0.7:  # rightly signed, and only its content is nonsense
            content = json.dumps(of.clean_data(LINE)).encode()
            packed = zlib.compress(content if of.dice.random() < 0.8 else of.raw(content))
            headers = {"typ": f"cchc-news.{VERSION}", "kid": "x"}
            text = wire._jws.encode(packed, key, algorithm="EdDSA", headers=headers)
        return wire.read(text, "news", News, key.public_key())

    def catalogue_file(of: Nonsense) -> object:
        leader, desk.official = desk.official, _official("dung")
        try:
            return procedure_import.preview_import(
                desk, _csv(room, of.clean_text(TEXTS["catalogue"]))
            )
        finally:
            desk.official = leader

    def observation(of: Nonsense) -> object:
        sheet = json_files.observation_of(of.data(OBSERVE), MONDAY)
        courtesy._check_observation(desk, desk.require(Permission.OBSERVE), sheet)
        return sheet

    return {
        "card": lambda of: identity_card.read_card(of.text(TEXTS["card"])),
        "limit": lambda of: deadlines.parse_limit(of.text(TEXTS["limit"])),
        "deadline": lambda of: catalogue.deadline(desk, MONDAY, of.text(TEXTS["limit"])),
        "office hours": lambda of: _value(hours.read_hours, of.text(TEXTS["hours"])),
        "fee": lambda of: fees.read_fee(of.text(TEXTS["fee"])),
        "phone": lambda of: applicant.phone_warning(of.text("+84 912.345.678")),
        "legacy text": lambda of: legacy_text.as_unicode(of.text(TEXTS["legacy"])),
        "receipt": lambda of: preview_receipt(desk, of.text(TEXTS["receipt"])),
        "scan": lambda of: check_codes.read_scan(of.text(TEXTS["scan"])),
        "calendar file": lambda of: office_calendar.read_csv(of.clean_text(TEXTS["calendar"])),
        "check of a history": lambda of: one_page_history.check_history(
            desk, of.text(TEXTS["check"]), "", of.text(TEXTS["scan"])
        ),
        "check of a paper": lambda of: paper_checks.check_paper(
            desk, of.text(TEXTS["check"]), "", of.text(TEXTS["scan"])
        ),
        "search": lambda of: progress.find_dossiers(desk, of.clean_text(TEXTS["search"])),
        "accept": accept,
        "set-up": lambda of: list(new_desk.setup_faults(json_files.setup_plan(of.data(SETUP)))),
        "process": lambda of: json_files.process_steps(of.data(PROCESS)),
        "observation": observation,
        "certification": lambda of: json_files.certify_request(of.data(CERTIFY)),
        "procedure": lambda of: json_files.procedure_edit(desk, of.data(PROCEDURE)),
        "file of a catalogue": catalogue_file,
        "bag": lambda of: usb_file.read_bag(written(of.raw(TEXTS["line"].encode()))),
        "invitation": lambda of: usb_file.read_invitation(written(of.raw(b'{"ward": "H13.31"}'))),
        "line of the city": line,
        "container of a list": lambda of: read_container(of.table()),
        "list-read": lambda of: preview_list(desk, written(of.table())),
        "command line": words,
        # The last: what it takes stays in the desk, and `news` would list it with each answer.
        "news of the city": news,
    }


@contextmanager
def always(desk: Desk) -> Iterator[None]:
    """Let verbs find the desk open and its official logged in: that takes longer than most."""

    def log_in(desk: Desk, login: str, _password: str) -> Official:
        desk.official = _official(login)
        return desk.official

    with (
        mock.patch.object(opening, "open_desk", return_value=desk),
        mock.patch.object(accounts, "log_in", log_in),
        mock.patch.object(desk, "close"),
    ):
        yield


def _value(read: Callable[[str], object], text: str) -> object:
    """Read what says no by ValueError: its caller turns that into a sentence."""
    try:
        return read(text)
    except ValueError as error:
        raise Usage(str(error)) from error


def _csv(room: Path, text: str) -> Path:
    file = room / "list.csv"
    file.write_text(text, encoding="utf-8")
    return file


def throw(name: str, door: Door, many: int, seed: int) -> Count:
    """Throw `many` inputs at one door."""
    of, count = Nonsense(random.Random(f"{seed} {name}")), Count()
    for _ in range(many):
        before = time.process_time()
        try:
            door(of)
            count.ends["answered"] += 1
        except (DeskError, Usage):
            count.ends["refused"] += 1
        except Exception as error:  # noqa: BLE001 - whatever a door lets through is the finding
            count.ends["fault"] += 1
            count.faults[f"{type(error).__name__} {_place(error)} {str(error)[:60]}"] += 1
        took = time.process_time() - before
        count.slowest = max(count.slowest, took)
        if took > MOST_SECONDS:
            count.faults[f"took {took:.1f} s"] += 1
    return count


def _place(error: BaseException) -> str:
    import traceback

    ours = [f for f in traceback.extract_tb(error.__traceback__) if "cchc_desk" in f.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""


def open_ward(folder: Path) -> Desk:
    """Return a practice ward with some dossiers, the leader logged in."""
    desk = practice.make_practice_ward(folder, 8, 1, lambda: MONDAY)
    desk.official = _official("chi")
    return desk


def _official(login: str) -> Official:
    who = next(who for who in practice.OFFICIALS if who.id == login)
    return Official(who.id, who.name, who.role)


def all_doors(most: int, seed: int, only: str = "") -> Iterator[tuple[str, Count]]:
    """Throw `most` inputs at each door; yield the counts."""
    os.environ["CCHC_PASSWORD"] = "practice"
    # Files named by chance are written where they are thrown away.
    with tempfile.TemporaryDirectory() as folder, quick_passwords(), chdir(folder):
        desk = open_ward(Path(folder) / "ward")
        for name, door in doors(desk, Path(folder)).items():
            if only in name:
                yield name, throw(name, door, most, seed)
        desk.close()


def main(arguments: list[str] | None = None) -> int:
    """Run the campaign and print its counts; return 1 after any fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=50_000)
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    bad = 0
    for name, count in all_doors(options.most, options.seed, options.only):
        ends = ", ".join(f"{end} {many}" for end, many in sorted(count.ends.items()))
        sys.stdout.write(f"{name}: {sum(count.ends.values())} – {ends}; ≤ {count.slowest:.2f} s\n")
        for fault, many in count.faults.most_common(8):
            sys.stdout.write(f"    {many} × {fault}\n")
        sys.stdout.flush()
        bad += sum(count.faults.values())
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
