"""A kill: SIGKILL to the clerk of tools/campaign/clerk.py, who types into the real page."""

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
from tools.campaign.ward import Lost, at_the_desk, check_dossiers, check_sound, say

LOST_SECONDS = 1.0  # the most typing that may be lost
MOST_REPORTS = 300  # letters and acceptances before a kill: up to some five dossiers


@dataclass(frozen=True)
class Reports:
    """Reports of the clerk until it was killed: texts of the name with their times, and codes."""

    texts: tuple[tuple[float, str], ...]
    accepted: tuple[str, ...]
    killed: float


def kill_again_and_again(ward: Path, kills: int, dice: random.Random) -> int:
    """Kill the clerk `kills` times over the same ward, check after each; return its acceptances."""
    accepted: list[str] = []
    for number in range(1, kills + 1):
        reported = kill_once(ward, dice.randrange(1, MOST_REPORTS))
        accepted += reported.accepted
        check_after_kill(ward, reported, accepted)
        if number % 20 == 0:
            say(f"{number} kills, {len(accepted)} dossiers")
    return len(accepted)


def kill_once(ward: Path, reports: int) -> Reports:
    """Let a clerk work until it has reported `reports` times, then kill it: SIGKILL, no tidying."""
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
    return read_reports(lines, killed)


def read_reports(lines: Iterable[str], killed: float) -> Reports:
    """Return the reports as data; a last line that the kill cut short is left out."""
    texts: list[tuple[float, str]] = []
    accepted: list[str] = []
    for line in lines:
        if not line.endswith("\n"):
            continue
        what, at, text = line.rstrip("\n").split(" ", 2)
        if what == "accepted":
            accepted.append(text)
        texts.append((float(at), text if what == "typed" else ""))
    return Reports(tuple(texts), tuple(accepted), killed)


def check_after_kill(ward: Path, reported: Reports, accepted: list[str]) -> None:
    """Check that everything acknowledged is whole and the draft at most LOST_SECONDS old.

    Raises Lost otherwise.
    """
    desk = at_the_desk(ward)
    try:
        check_sound(desk)
        check_dossiers(desk, accepted)
        form = intake.load_draft(desk) or {}
        draft = str(form.get("name", ""))
        check_draft(draft, reported)
        check_screen(desk, draft)
    finally:
        desk.close()


def check_draft(draft: str, reported: Reports) -> None:
    """Check that the draft stood on the page in the last LOST_SECONDS before the kill, or later."""
    before = [text for at, text in reported.texts if at <= reported.killed - LOST_SECONDS] or [
        reported.texts[0][1]
    ]
    recent = {text for at, text in reported.texts if at > reported.killed - LOST_SECONDS} | {
        before[-1]
    }
    last = reported.texts[-1][1]
    if draft not in recent and not draft.startswith(last or draft):
        raise Lost(f"typing lost: the draft holds «{draft}», the page had «{last}»")


def check_screen(desk: Desk, draft: str) -> None:
    """Check that a new page shows the draft. Raises Lost otherwise."""
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
