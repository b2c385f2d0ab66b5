"""`make campaign`: kills the desk at random moments, tears its write-ahead log, and counts what was
lost.

    python -m tools.campaign [--kills 200] [--cuts 200] [--seed 1]

A kill is SIGKILL to a clerk who types and accepts in the real intake page
(tools/campaign_clerk.py). A cut is what a power failure leaves: the database as it is on the disk,
the log torn anywhere behind the last acknowledged act.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from cchc_desk import paths
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.office import accounts, upkeep
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk

LOST_SECONDS = 1.0  # the most typing that may be lost
MOST_REPORTS = 300  # letters and acceptances before a kill: up to some five dossiers


@dataclass(frozen=True)
class Told:
    """What the clerk had reported until it was killed: texts of the name with their times, and
    accepted codes.
    """

    texts: tuple[tuple[float, str], ...]
    accepted: tuple[str, ...]
    killed: float


class Lost(AssertionError):
    """Something was lost that must not be; the message says what."""


def main() -> int:
    """Runs the campaign and prints its counts; 1 when anything was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        ward = make_ward(root / "ward")
        accepted = kill_again_and_again(ward, options.kills, dice)
        cut = cut_again_and_again(root, options.cuts, dice)
    sys.stdout.write(
        f"seed {options.seed}: {options.kills} kills, {accepted} acknowledged dossiers, all kept, "
        "no code twice, "
        f"every draft back on the screen; {options.cuts} torn logs behind {cut} acknowledged "
        "dossiers, all kept; "
        "every database sound\n"
    )
    return 0


def make_ward(folder: Path) -> Path:
    """An empty practice ward."""
    accounts.set_up(folder, practice.plan(), practice=True).close()
    return folder


def at_the_desk(folder: Path) -> Desk:
    """The ward opened, the clerk An at the counter."""
    desk = accounts.open_desk(folder)
    who = practice.OFFICIALS[0]
    desk.official = Official(who.id, who.name, who.role)
    return desk


# --- kills ----------------------------------------------------------------------------------------


def kill_again_and_again(ward: Path, kills: int, dice: random.Random) -> int:
    """Kills the clerk `kills` times over the same ward, checks after each; answers how many
    dossiers were accepted.
    """
    accepted: list[str] = []
    for number in range(1, kills + 1):
        told = kill_once(ward, dice.randrange(1, MOST_REPORTS))
        accepted += told.accepted
        check_after_kill(ward, told, accepted)
        if number % 20 == 0:
            sys.stdout.write(f"{number} kills, {len(accepted)} dossiers\n")
            sys.stdout.flush()
    return len(accepted)


def kill_once(ward: Path, reports: int) -> Told:
    """Lets a clerk work until it has reported `reports` times, then kills it at once: SIGKILL,
    nothing is tidied.
    """
    command = [sys.executable, "-m", "tools.campaign_clerk", str(ward)]
    clerk = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert clerk.stdout is not None
    lines = []
    for line in clerk.stdout:
        lines.append(line)
        if len(lines) > reports:
            break
    clerk.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    lines += clerk.stdout.readlines()  # what it had still said before the signal
    clerk.stdout.close()
    clerk.wait()
    if len(lines) <= reports:
        raise Lost(f"the clerk stopped by itself after {len(lines)} reports")
    return told_by(lines, killed)


def told_by(lines: Iterable[str], killed: float) -> Told:
    """The reports as data; a last line that the kill cut short is left out."""
    texts: list[tuple[float, str]] = []
    accepted: list[str] = []
    for line in lines:
        if not line.endswith("\n"):
            continue
        what, at, text = line.rstrip("\n").split(" ", 2)
        if what == "accepted":
            accepted.append(text)
        texts.append((float(at), text if what == "typed" else ""))
    return Told(tuple(texts), tuple(accepted), killed)


def check_after_kill(ward: Path, told: Told, accepted: list[str]) -> None:
    """Everything acknowledged is there and whole, the database is sound, and the draft is at most a
    second old.
    """
    desk = at_the_desk(ward)
    try:
        check_sound(desk)
        check_dossiers(desk, accepted)
        form = intake.load_draft(desk) or {}
        draft = str(form.get("name", ""))
        check_draft(draft, told)
        check_screen(desk, draft)
    finally:
        desk.close()


def check_sound(desk: Desk) -> None:
    """The file by SQLite's own check, the ledger by its chain."""
    problems = upkeep.check_database(desk) + upkeep.verify_ledger(desk).problems
    if problems:
        raise Lost(f"the database is not sound: {problems}")


def check_dossiers(desk: Desk, accepted: list[str]) -> None:
    """Every acknowledged code stands for one whole dossier; no code stands twice; no half dossier
    is there.
    """
    if len(set(accepted)) != len(accepted):
        raise Lost("a code was acknowledged twice")
    codes = [row.code for row in progress.find_dossiers(desk, limit=1_000_000)]
    if len(set(codes)) != len(codes) or not set(accepted) <= set(codes):
        raise Lost(f"acknowledged but not there: {sorted(set(accepted) - set(codes))}")
    for code in codes[-3:] + accepted[-3:]:
        view = progress.show_dossier(desk, code)
        if not view.dossier.promises or not view.history or view.history[0].act != "accept":
            raise Lost(f"half a dossier: {code}")


def check_draft(draft: str, told: Told) -> None:
    """The draft is what stood on the page at some moment of the last second before the kill, or
    later.
    """
    before = [text for at, text in told.texts if at <= told.killed - LOST_SECONDS] or [
        told.texts[0][1]
    ]
    recent = {text for at, text in told.texts if at > told.killed - LOST_SECONDS} | {before[-1]}
    last = told.texts[-1][1]
    if draft not in recent and not draft.startswith(last or draft):
        raise Lost(f"typing lost: the draft holds «{draft}», the page had «{last}»")


def check_screen(desk: Desk, draft: str) -> None:
    """A new page shows the draft."""
    from PySide6.QtWidgets import QApplication

    from tools.campaign_clerk import Counter
    from ui.intake.page import IntakePage
    from ui.shell import jobs

    application = QApplication.instance() or QApplication(sys.argv[:1])
    jobs.immediately(True)
    page = IntakePage(desk, Counter(desk))
    shown = page.person.fields["name"].text()
    page.deleteLater()
    application.processEvents()
    jobs.immediately(False)
    if shown != draft:
        raise Lost(f"the draft «{draft}» came back on the screen as «{shown}»")


# --- cuts -----------------------------------------------------------------------------------------


def cut_again_and_again(root: Path, cuts: int, dice: random.Random) -> int:
    """Tears the log `cuts` times behind an acknowledged act; answers behind how many dossiers in
    all.
    """
    behind, clean = 0, make_ward(root / "clean")
    for number in range(cuts):
        behind += cut_once(clean, root / f"cut-{number}", dice)
        shutil.rmtree(root / f"cut-{number}")
    return behind


def cut_once(clean: Path, folder: Path, dice: random.Random) -> int:
    """Accepts some dossiers, copies the files as a power failure would leave them, tears the log,
    opens the rest.
    """
    ward, torn = folder / "ward", folder / "torn"
    shutil.copytree(clean, ward)
    desk = at_the_desk(ward)
    ends: list[tuple[str, int]] = []
    log = log_of(ward)
    for number in range(dice.randrange(2, 12)):
        code = intake.accept_dossier(desk, a_dossier(number)).code
        ends.append((code, log.stat().st_size))
    torn.mkdir()
    shutil.copy(paths.database_file(ward), paths.database_file(torn))
    shutil.copy(log, log_of(torn))
    desk.close()
    last = dice.randrange(len(ends) - 1)  # the act after this one is torn
    tear(log_of(torn), dice.randint(ends[last][1], ends[-1][1] - 1), dice)
    survivor = at_the_desk(torn)
    try:
        check_sound(survivor)
        check_dossiers(survivor, [code for code, _ in ends[: last + 1]])
        again = intake.accept_dossier(survivor, a_dossier(99)).code
        if again in [code for code, _ in ends[: last + 1]]:
            raise Lost(f"the code {again} was given twice")
        check_sound(survivor)
    finally:
        survivor.close()
    return last + 1


def log_of(folder: Path) -> Path:
    return paths.database_file(folder).with_name(paths.DATABASE + "-wal")


def tear(log: Path, length: int, dice: random.Random) -> None:
    """Cuts the log at `length`; half the time what stood behind is garbage instead of gone."""
    whole = log.read_bytes()
    garbage = dice.randbytes(len(whole) - length) if dice.random() < 0.5 else b""
    log.write_bytes(whole[:length] + garbage)


def a_dossier(number: int) -> Intake:
    """A dossier of a person who does not exist."""
    person = Applicant(
        ApplicantKind.PERSON, f"Nguyễn Thị Số {number}", id_number=f"09219000{number:04d}"
    )
    return Intake("2.000908", person, papers=(PaperCount("Giấy tờ tùy thân", original=1),))


if __name__ == "__main__":
    sys.exit(main())
