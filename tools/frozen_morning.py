"""Play a morning with the frozen program, which has nothing but its own folder.

    python -m tools.frozen_morning dist/cchc-desk

An empty environment and an empty folder: a module or a data file that the build forgot ends the
morning.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlwt

CLERK, LEADER = "an", "chi"
PASSWORD = "practice"  # of every official of the practice ward (README.md)
CARD = (
    "079095000001||Nguyễn Văn Thử|17051995|Nam|12 Đường Số 1, Phường Tân An, Thành phố Cần Thơ|"
    "10012022"
)
REAL_PASSWORD = "cơm tấm bì chả"
SETUP = {
    "province": "Cần Thơ",
    "ward": "Cái Răng",
    "unit_code": "H13.32",
    "desk_name": "Quầy 2",
    "block": [2000, 2999],
    "office_hours": {"mon-fri": "07:00-11:00,13:00-17:00"},
    "officials": [
        {"id": "an", "name": "Trần Hoài An", "role": "clerk", "title": "Công chức",
         "password": REAL_PASSWORD},
        {"id": "hai", "name": "Lê Thị Hai", "role": "administrator", "title": "Quản trị",
         "password": REAL_PASSWORD},
    ],
}  # fmt: skip
LIST = (  # of another system: the headings of VNPT iGate, an invented person
    ("STT", "Số hồ sơ", "Tên thủ tục hành chính", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"),
    ("1", "H13.32-261123-0007", "Đăng ký khai sinh", "Nguyễn Văn Thử", "23/11/2026 08:00",
     "24/11/2026 17:00"),
)  # fmt: skip
WAIT_SECONDS = 60


class FrozenMorning:
    """The frozen programs of one folder, run with the desk in a temporary one."""

    def __init__(self, programs: Path, folder: Path, password: str = PASSWORD) -> None:
        self.programs = programs.resolve()
        self.desk = folder
        self.password = password

    def verb(self, *words: str, official: str = "", stdin: str = "") -> Mapping[str, Any]:
        """Return the answer of one verb of `cchc`; SystemExit with its own words when it fails."""
        done = self._asked(words, official, stdin)
        if done.returncode:
            raise SystemExit(
                f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}"
            )
        answer: dict[str, Any] = json.loads(done.stdout)
        print(f"  {words[0]}: {str(answer)[:100]}", flush=True)
        return answer

    def refused(self, code: str, *words: str) -> None:
        """Let a verb fail with this code; SystemExit where it ends otherwise."""
        done = self._asked(words)
        if f'"code": "{code}"' not in done.stdout + done.stderr:
            raise SystemExit(f"{' '.join(words)}: not {code}\n{done.stdout}{done.stderr}")
        print(f"  {words[0]}: {code}", flush=True)

    def _asked(
        self, words: tuple[str, ...], official: str = "", stdin: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        who = ["--as", official] if official else []
        command = [
            str(self.programs / program("cchc")),
            "--data",
            str(self.desk / "ward"),
            "--json",
            *who,
            *words,
        ]
        return self._run(command, {"CCHC_PASSWORD": self.password}, stdin)

    def window(self) -> None:
        """Start the window until a first letter stands in it; SystemExit when it never does."""
        command = [
            str(self.programs / program("cchc-desk")),
            "--data",
            str(self.desk / "ward"),
            "--exit-when-ready",
        ]
        done = self._run(command, {"QT_QPA_PLATFORM": "offscreen"})
        if done.returncode:
            raise SystemExit(f"window: exit {done.returncode}\n{done.stdout}{done.stderr}")
        print("  window: ready", flush=True)

    def _run(
        self, command: list[str], extra: Mapping[str, str], stdin: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        # Windows starts no program without these two; elsewhere the environment is empty but for
        # what is asked for.
        needed = {
            name: os.environ[name]
            for name in ("SYSTEMROOT", "TEMP")
            if name in os.environ and os.name == "nt"
        }
        return subprocess.run(
            command,
            # The key of an encrypted desk lies in the user's own folder, which is this one here.
            env={**needed, "HOME": str(self.desk), "APPDATA": str(self.desk), **extra},
            cwd=self.desk,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=WAIT_SECONDS,
            check=False,
        )


def program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name


def play(morning: FrozenMorning) -> None:
    """Play a morning: practice ward, a card, an acceptance, papers, the chain, the window."""
    morning.verb("practice", "--dossiers", "40")
    procedure = morning.verb("procedures", "chứng thực")["procedures"][0]["code"]
    card = morning.verb("card", CARD)
    intake = {
        "procedure": procedure,
        "channel": "direct",
        "limit": "3 ngày làm việc",
        "applicant": {
            "kind": "person",
            "name": card["name"],
            "id_number": card["id_number"],
            "address": card["address"],
            "phone": "0912345678",
        },
    }
    code = morning.verb("accept", "-", official=CLERK, stdin=json.dumps(intake))["code"]
    _paper(morning, "receipt.pdf", "paper", code, "receipt", official=CLERK)
    letter = morning.verb("draft-letters", official=CLERK)["letters"][0]
    if not letter["reason"]:  # the desk knows none, so the clerk is asked
        again = ("--new-due", letter["due"]) if letter["due"] else ()
        morning.verb("apologise", letter["code"], "--cause", "volume", *again, official=CLERK)
    signed = morning.verb("sign", letter["letter"], official=LEADER)
    _paper(morning, "letter.pdf", "paper", signed["code"], "apology", official=CLERK)
    _paper(morning, "sheet.pdf", "morning-sheet", official=LEADER)
    year = date.today().year
    period = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
    _paper(morning, "report.docx", "report", "monthly", *period, official=LEADER)
    chain = morning.verb("verify", official=LEADER)
    if not chain["ok"]:
        raise SystemExit(f"verify: {chain['problems']}")
    # The way to a ward's server is in the program, though nobody answers here.
    nowhere = str(morning.desk / "ward.json")
    morning.refused(
        "no-server", "ward", "init", "postgresql://nobody@127.0.0.1:1/postgres", "--out", nowhere
    )
    morning.window()


def play_real_desk(desk: FrozenMorning) -> None:
    """Set up a desk, which is encrypted, and read a list of another system in three containers."""
    desk.verb("setup", "-", stdin=json.dumps(SETUP))
    if not desk.verb("protection", official="hai")["encrypted"]:
        raise SystemExit("protection: a new desk is not encrypted")
    for name, content in (("a.csv", _csv()), ("a.xls", _xls()), ("a.htm", _html())):
        file = desk.desk / name
        file.write_bytes(content)
        read = desk.verb("list-read", str(file), official="hai")
        if [row["code"] for row in read["rows"]] != [LIST[1][1]]:
            raise SystemExit(f"list-read {name}: {read['rows']}")


def _csv() -> bytes:
    return "\n".join(",".join(row) for row in LIST).encode()


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("DS")
    for row, cells in enumerate(LIST):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _html() -> bytes:
    rows = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in LIST)
    return f"<html><meta charset='utf-8'><table>{rows}</table></html>".encode()


def _paper(morning: FrozenMorning, file: str, *words: str, official: str) -> None:
    """Write one paper; SystemExit when it is none of its kind."""
    target = morning.desk / file
    morning.verb(*words, "--out", str(target), official=official)
    if not target.read_bytes().startswith(_BEGINS[target.suffix]):
        raise SystemExit(f"{file} is no {target.suffix}")


_BEGINS = {".pdf": b"%PDF-", ".docx": b"PK"}


def main(folder: str) -> int:
    with tempfile.TemporaryDirectory() as desk:
        play(FrozenMorning(Path(folder), Path(desk)))
    with tempfile.TemporaryDirectory() as desk:
        play_real_desk(FrozenMorning(Path(folder), Path(desk), REAL_PASSWORD))
    print(f"1 passed, 0 failed: the frozen program in {folder} played its morning")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
