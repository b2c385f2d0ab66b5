"""A desk's whole day in a process of its own, in random order, until it is killed.

The process is forked from the campaign, which has imported everything: a day begins in
milliseconds. Each acknowledged act is one line of JSON in the pipe.
"""

import json
import os
import random
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import certify, intake, paper_receipts
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import accounts, upkeep
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import How, LetterState
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection, run
from tools.campaign.cuts import a_dossier
from tools.campaign.ward import become

BEGAN = datetime(2026, 11, 23, 8, 0)
CERTIFIED = "2.000815"  # certifying copies

# Every number that a desk gives, with its owner: the same number never has another one.
_NUMBERS = """
    SELECT 'dossier ' || d.code, a.name || a.id_number
        FROM dossiers d JOIN applicants a ON a.dossier = d.n
    UNION ALL SELECT 'letter ' || number || '/' || symbol || '/' || year, id
        FROM letters WHERE number IS NOT NULL
    UNION ALL SELECT 'slip ' || number || '/' || symbol || '/' || year, id FROM slips
    UNION ALL SELECT 'receipt ' || number, printed FROM paper_receipts
    UNION ALL SELECT 'book ' || c.number || '/' || c.book || '/' || c.year, d.code || c.ordinal
        FROM certifications c JOIN dossiers d ON d.n = c.dossier
"""


@dataclass(frozen=True)
class Report:
    """One act that was acknowledged: the numbers it gave, with their owners, and its file."""

    act: str
    numbers: tuple[tuple[str, str], ...] = ()
    file: str = ""


def numbers_in(connection: Connection) -> dict[str, str]:
    """Return every number that the database has given, with its owner."""
    return dict(run(connection, _NUMBERS).fetchall())


class Clock:
    """The desk's clock: a second of the campaign is an hour, through weekends and nights."""

    def __init__(self, begins: datetime) -> None:
        self.begins, self.started = begins, time.monotonic()

    def __call__(self) -> datetime:
        return self.begins + timedelta(hours=time.monotonic() - self.started)


class Day:
    """All acts of a day at the open desk; each returns what a clerk would read."""

    def __init__(self, desk: Desk, out: Path, dice: random.Random) -> None:
        self.desk, self.out, self.dice = desk, out, dice
        self.acts: tuple[Callable[[], Report | None], ...] = (
            self.accept,
            self.print_receipt,
            self.ready,
            self.give_back,
            self.request,
            self.brought,
            self.draft,
            self.sign,
            self.deliver,
            self.print_blank,
            self.certify,
            self.copy,
        )

    def one_act(self) -> Report | None:
        """Do one act by chance, as do()."""
        usual = self.accept if self.dice.random() < 0.25 else self.dice.choice(self.acts)
        return self.do(usual)

    def do(self, act: Callable[[], Report | None]) -> Report | None:
        """Do one act; None where the rules refused it or there was nothing to do."""
        become(self.desk, "chi")
        try:
            return act()
        except Refused:
            return None

    def accept(self) -> Report:
        person = practice.fake_person(self.dice, self.desk.now().date())
        dossier = intake.accept_dossier(self.desk, replace(a_dossier(1), applicant=person))
        owner = person.name + person.id_number
        return Report("accept", ((f"dossier {dossier.code}", owner),))

    def print_receipt(self) -> Report | None:
        code = self._any_code()
        if code is None:
            return None
        file = self.out / f"{self.dice.randrange(5)}.pdf"  # over an older one as well
        printing.save_paper(self.desk, code, "receipt", file)
        return Report("print", file=str(file))

    def ready(self) -> Report | None:
        code = self._any_code()
        if code is None:
            return None
        steps.mark_ready(self.desk, code)
        return Report("ready")

    def give_back(self) -> Report | None:
        code = self._any_code()
        if code is None:
            return None
        steps.return_result(self.desk, code, Return("Nguyễn Thị Nhận"))
        return Report("return")

    def request(self) -> Report | None:
        code = self._any_code()
        if code is None:
            return None
        slip = steps.request_supplement(self.desk, code, "Thiếu bản sao", ("Giấy khai sinh",))
        return Report("request", ((f"slip {slip.number}/{slip.symbol}/{slip.year}", slip.id),))

    def brought(self) -> Report | None:
        code = self._any_code()
        if code is None:
            return None
        steps.supplement_brought(self.desk, code)
        return Report("brought")

    def draft(self) -> Report:
        for letter in letters.draft_what_is_owed(self.desk):
            if not letter.reason:
                letters.give_reason(self.desk, [letter.id], "volume")
        return Report("draft")

    def sign(self) -> Report | None:
        drafts = letters.letters(self.desk, LetterState.DRAFTED)
        if not drafts:
            return None
        letter = letters.sign_letter(self.desk, self.dice.choice(drafts).letter.id)
        assert letter.signed is not None
        number = f"letter {letter.number}/{letter.symbol}/{letter.signed.year}"
        return Report("sign", ((number, letter.id),))

    def deliver(self) -> Report | None:
        signed = letters.letters(self.desk, LetterState.SIGNED)
        if not signed:
            return None
        letters.deliver_letter(self.desk, self.dice.choice(signed).letter.id, How.COUNTER)
        return Report("deliver")

    def print_blank(self) -> Report:
        numbers, _pdf = paper_receipts.print_blank(self.desk, 2)
        with self.desk.read() as connection:
            known = numbers_in(connection)
        return Report("blank", tuple((f"receipt {n}", known[f"receipt {n}"]) for n in numbers))

    def certify(self) -> Report:
        person = practice.fake_person(self.dice, self.desk.now().date())
        papers = (certify.ToCertify("Căn cước công dân", 2, 1),)
        done = certify.certify(self.desk, certify.Request(CERTIFIED, person, papers, "chi"))
        code = done.dossier.code
        given = [(f"dossier {code}", person.name + person.id_number)]
        for ordinal, line in enumerate(done.lines, start=1):
            given.append((f"book {line.number}/{line.book}/{line.year}", f"{code}{ordinal}"))
        return Report("certify", tuple(given))

    def copy(self) -> Report:
        return Report("copy", file=str(upkeep.backup(self.desk)))

    def _any_code(self) -> str | None:
        with self.desk.read() as connection:
            sql = "SELECT code FROM dossiers ORDER BY n DESC LIMIT 30"
            codes = [code for (code,) in run(connection, sql)]
        return self.dice.choice(codes) if codes else None


def work(folder: Path, out: Path, seed: int, begins: datetime, pipe: int) -> None:
    """Open the desk and do one act after the other, reporting each, until killed."""
    desk = accounts.open_desk(folder, Clock(begins))
    answer(pipe, Report("open"))
    day = Day(desk, out, random.Random(seed))
    while True:
        report = day.one_act()
        if report is not None:
            answer(pipe, report)


def answer(pipe: int, report: Report) -> None:
    """Write one report to whoever watches."""
    os.write(pipe, json.dumps(asdict(report)).encode() + b"\n")


@contextmanager
def forked(task: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """Run `task` with the writing end of a pipe in a child; yield (its pid, the reading end)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            task(writing)
            code = 0
        except BaseException:  # noqa: BLE001 - said here, the child ends at once
            traceback.print_exc()
        finally:
            os._exit(code)  # nothing of the campaign's own is tidied up here
    os.close(writing)
    try:
        yield child, reading
    finally:
        os.close(reading)


def read_reports(text: bytes) -> list[Report]:
    """Return the reports; a last line that the kill cut short is left out."""
    lines = text.split(b"\n")[:-1]
    reports = []
    for line in lines:
        found = json.loads(line)
        numbers = tuple((number, owner) for number, owner in found["numbers"])
        reports.append(Report(found["act"], numbers, found["file"]))
    return reports
