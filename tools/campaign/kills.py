"""A kill: SIGKILL to a clerk who types and accepts in the real intake page
(tools/campaign/clerk.py).
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from cchc_desk.actions.intake import intake
from cchc_desk.session import Desk
from tools.campaign.ward import Lost, at_the_desk, check_dossiers, check_sound

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
    command = [sys.executable, "-m", "tools.campaign.clerk", str(ward)]
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

    from tools.campaign.clerk import Counter
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
