"""A desk's whole day in a process of its own, in random order, until it is killed.

The process is forked from the campaign, which has imported everything: a day begins in
milliseconds. Each beginning of an act and each acknowledged act is one line of JSON in the pipe.
"""

import itertools
import json
import os
import random
import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cchc_desk.actions.city import sending, updates
from cchc_desk.actions.data import opening, restore, upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import certify, intake, paper_receipts
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.training import practice
from cchc_desk.domain.city import Arrival
from cchc_desk.domain.dossiers.dossier import How, LetterState, PaperCount
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection, run
from cchc_desk.store.ledger import journal
from tools.campaign.ward import NEWS, Lost, Place, become

ACCEPTED = "2.000908"  # its limit is certain
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
    UNION ALL SELECT 'news ' || number, 'city' FROM arrivals WHERE number > 0
    UNION ALL SELECT 'decided ' || number, state FROM arrivals WHERE decided IS NOT NULL
"""


@dataclass(frozen=True)
class Report:
    """One act as it begins, or as it was acknowledged.

    `numbers`: those it gave, with their owners; `entry` and `hash`: the ledger's last entry behind
    it; of a restore `back_to` is the last entry of the copy and `told` how many acts behind it it
    named as lost, `aside` the folder in which the file of before lies.
    """

    act: str
    begins: bool = False
    at: float = 0
    numbers: tuple[tuple[str, str], ...] = ()
    file: str = ""
    entry: int = 0
    hash: str = ""
    back_to: int = 0
    told: int = 0
    aside: str = ""


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

    names = (
        "accept",
        "print_receipt",
        "ready",
        "give_back",
        "request",
        "brought",
        "draft",
        "sign",
        "deliver",
        "print_blank",
        "certify",
        "copy",
        "news",
        "take",
        "leave",
        "send",
        "restore",
        "upgrade",
    )

    def __init__(self, place: Place, clock: Callable[[], datetime], dice: random.Random) -> None:
        self.place, self.clock, self.dice = place, clock, dice
        self.desk = opening.open_desk(place.ward, clock)
        self.older: Path | None = None  # laid before

    def any_act(self) -> str:
        """Return the name of an act by chance, most often an acceptance."""
        return "accept" if self.dice.random() < 0.25 else self.dice.choice(self.names)

    def do(self, act: str) -> Report | None:
        """Do one act; None where the rules refused it or there was nothing to do."""
        become(self.desk, "chi")
        try:
            report: Report | None = getattr(self, act)()
        except Refused:
            return None
        return report and replace(report, act=act, **self.last_entry())

    def last_entry(self) -> dict[str, Any]:
        """Return the ledger's last entry, as a report has it."""
        with self.desk.read() as connection:
            head = journal.head(connection)
        assert head is not None
        return {"entry": head.seq, "hash": head.hash}

    def accept(self) -> Report:
        person = practice.fake_person(self.dice, self.desk.now().date())
        papers = (PaperCount("Giấy tờ tùy thân", original=1),)
        dossier = intake.accept_dossier(self.desk, Intake(ACCEPTED, person, papers=papers))
        owner = person.name + person.id_number
        return Report("", numbers=((f"dossier {dossier.code}", owner),))

    def print_receipt(self) -> Report | None:
        code = self._any_code()
        if code is None:
            return None
        file = self.place.out / f"{self.dice.randrange(5)}.pdf"  # over an older one as well
        printing.save_paper(self.desk, code, "receipt", file)
        return Report("", file=str(file))

    def ready(self) -> Report | None:
        code = self._any_code("ready IS NULL AND paused_since IS NULL")
        if code is None:
            return None
        steps.mark_ready(self.desk, code)
        return Report("")

    def give_back(self) -> Report | None:
        code = self._any_code("ready IS NOT NULL AND returned IS NULL")
        if code is None:
            return None
        steps.return_result(self.desk, code, Return("Nguyễn Thị Nhận"))
        return Report("")

    def request(self) -> Report | None:
        code = self._any_code("ready IS NULL AND paused_since IS NULL")
        if code is None:
            return None
        slip = steps.request_supplement(self.desk, code, "Thiếu bản sao", ("Giấy khai sinh",))
        number = f"slip {slip.number}/{slip.symbol}/{slip.year}"
        return Report("", numbers=((number, slip.id),))

    def brought(self) -> Report | None:
        code = self._any_code("paused_since IS NOT NULL")
        if code is None:
            return None
        steps.supplement_brought(self.desk, code)
        return Report("")

    def draft(self) -> Report | None:
        owed = letters.draft_what_is_owed(self.desk)
        for letter in owed:
            if not letter.reason:
                letters.give_reason(self.desk, [letter.id], "volume")
        return Report("") if owed else None

    def sign(self) -> Report | None:
        drafts = letters.letters(self.desk, LetterState.DRAFTED)
        if not drafts:
            return None
        letter = letters.sign_letter(self.desk, self.dice.choice(drafts).letter.id)
        assert letter.signed is not None
        number = f"letter {letter.number}/{letter.symbol}/{letter.signed.year}"
        return Report("", numbers=((number, letter.id),))

    def deliver(self) -> Report | None:
        signed = letters.letters(self.desk, LetterState.SIGNED)
        if not signed:
            return None
        letters.deliver_letter(self.desk, self.dice.choice(signed).letter.id, How.COUNTER)
        return Report("")

    def print_blank(self) -> Report:
        numbers, _pdf = paper_receipts.print_blank(self.desk, 1)
        with self.desk.read() as connection:
            known = numbers_in(connection)
        return Report("", numbers=tuple((f"receipt {n}", known[f"receipt {n}"]) for n in numbers))

    def certify(self) -> Report:
        person = practice.fake_person(self.dice, self.desk.now().date())
        papers = (certify.ToCertify("Căn cước công dân", 2, 1),)
        done = certify.certify(self.desk, certify.Request(CERTIFIED, person, papers, "chi"))
        code = done.dossier.code
        given = [(f"dossier {code}", person.name + person.id_number)]
        for ordinal, line in enumerate(done.lines, start=1):
            given.append((f"book {line.number}/{line.book}/{line.year}", f"{code}{ordinal}"))
        return Report("", numbers=tuple(given))

    def copy(self) -> Report:
        become(self.desk, "dung")
        copied = upkeep.backup(self.desk)
        if not copied.ok:
            raise Lost(f"a copy is not whole: {copied.problems}")
        return Report("", file=str(copied.copy.file))

    def news(self) -> Report:
        """Take in the city's stick."""
        sending.take_bag(self.desk, self.place.stick(self.dice.randint(1, NEWS)))
        there = sending.state(self.desk).arrivals
        return Report("", numbers=tuple((f"news {n.number}", "city") for n in there if n.number))

    def take(self) -> Report | None:
        return self._decide(updates.take)

    def leave(self) -> Report | None:
        return self._decide(updates.leave)

    def _decide(self, decide: Callable[[Desk, int], Arrival]) -> Report | None:
        there = sending.state(self.desk).arrivals
        waiting = [arrival.number for arrival in there if arrival.state == "waiting"]
        if not waiting:
            return None
        decided = decide(self.desk, self.dice.choice(waiting))
        return Report("", numbers=((f"decided {decided.number}", decided.state),))

    def send(self) -> Report:
        """Write what waits for the city to a stick."""
        file = self.place.out / f"days-{self.dice.randrange(3)}.cchc"
        sending.write_bag(self.desk, file)
        return Report("", file=str(file))

    def restore(self) -> Report:
        """Go back to the last copy, the desk closed as the window closes it."""
        self.desk.close()
        try:
            done = restore.restore(self.place.ward, None, "dung", practice.PASSWORD, self.clock)
        finally:
            self.desk = opening.open_desk(self.place.ward, self.clock)
        assert done.copy.head is not None
        told = sum(lost.count for lost in done.lost)
        return Report("", back_to=done.copy.head.seq, told=told, aside=done.aside.name)

    def upgrade(self) -> Report:
        """Open the desk that an older version has left beside this one."""
        opening.open_desk(self.older or self.lay_older(), self.clock).close()
        return Report("")

    def lay_older(self) -> Path:
        """Copy a desk of an older version to where it may be upgraded."""
        release = self.dice.choice(self.place.older())
        part, old = self.place.root / "old.part", self.place.old / release.name
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(release, part)
        self.place.old.mkdir(exist_ok=True)
        part.rename(old)
        return old

    def _any_code(self, state: str = "1") -> str | None:
        """Return the code of one of the last dossiers in a state, which is a condition in SQL."""
        with self.desk.read() as connection:
            sql = f"SELECT code FROM dossiers WHERE {state} ORDER BY n DESC LIMIT 30"
            codes = [code for (code,) in run(connection, sql)]
        return self.dice.choice(codes) if codes else None


def work(place: Place, seed: int, begins: datetime, first: int, last: str, pipe: int) -> None:
    """Open the desk, do `first` acts by chance, then `last` among others, until killed."""
    dice = random.Random(seed)
    answer(pipe, Report("open", begins=True))
    day = Day(place, Clock(begins), dice)
    answer(pipe, Report("open", **day.last_entry()))
    for number in itertools.count():
        act = last if number >= first and last != "open" and number % 2 == first % 2 else ""
        act = act or day.any_act()
        answer(pipe, Report(act, begins=True))
        report = day.do(act)
        if report is not None:
            answer(pipe, report)


def answer(pipe: int, report: Report) -> None:
    """Write one report to whoever watches."""
    said = asdict(replace(report, at=time.monotonic()))
    os.write(pipe, json.dumps(said).encode() + b"\n")


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
    found = map(json.loads, text.split(b"\n")[:-1])
    return [
        Report(**{**report, "numbers": tuple((one, owner) for one, owner in report["numbers"])})
        for report in found
    ]
