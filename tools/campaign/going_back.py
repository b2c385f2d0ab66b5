"""Kills in the middle of a restore and of a copy: each next start ends in a whole desk."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import upkeep
from cchc_desk.actions.training import practice
from tools.campaign.cuts import a_dossier
from tools.campaign.ward import Lost, at_the_desk, check_sound

EARLIEST, LATEST = 0.2, 1.6  # of the time that a whole one takes here

_RESTORE = f"restore.restore(folder, None, 'dung', {practice.PASSWORD!r})"
_COPY = "desk = accounts.open_desk(folder); copies.copy_now(desk); desk.close()"
_SCRIPT = """
import sys
from pathlib import Path
from cchc_desk.actions.office import accounts, copies, restore
folder = Path(sys.argv[1])
print("ready", flush=True)
{act}
print("done", flush=True)
"""


def kill_going_back(ward: Path, kills: int, dice: random.Random) -> tuple[int, int]:
    """Kill restores and copies in turns, take in a dossier after each; return how many codes were
    given, and how many restores came to their end, by themselves or by the next start.

    Raises Lost where a desk is not whole or a code is given a second time.
    """
    codes: list[str] = []
    with closing(at_the_desk(ward)) as desk:
        upkeep.backup(desk)
    takes_s = {act: _whole(ward, act) for act in (_RESTORE, _COPY)}
    for number in range(kills):
        codes += [_accept(ward, len(codes))]
        if number % 5 == 0:
            with closing(at_the_desk(ward)) as desk:
                upkeep.backup(desk)
        codes += [_accept(ward, len(codes))]
        act = _COPY if number % 3 == 2 else _RESTORE
        _kill(ward, act, dice.uniform(EARLIEST, LATEST) * takes_s[act])
        codes += [_accept(ward, len(codes))]
        if len(set(codes)) != len(codes):
            raise Lost(f"a code was given a second time: {codes[-3:]}")
    with closing(at_the_desk(ward)) as desk:
        check_sound(desk)
    return len(codes), len(list(ward.glob(f"{paths.ASIDE}-*")))


def _accept(ward: Path, number: int) -> str:
    with closing(at_the_desk(ward)) as desk:
        check_sound(desk)
        return intake.accept_dossier(desk, a_dossier(number)).code


def _whole(ward: Path, act: str) -> float:
    """Do it once to its end; return how long it takes."""
    worker = _begin(ward, act)
    began = time.monotonic()
    output, _errors = worker.communicate()
    if output.strip() != b"done":
        raise Lost(f"not done: {act}")
    return time.monotonic() - began


def _begin(ward: Path, act: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", _SCRIPT.format(act=act), str(ward)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert worker.stdout is not None
    worker.stdout.readline()
    return worker


def _kill(ward: Path, act: str, after_s: float) -> None:
    worker = _begin(ward, act)
    assert worker.stdout is not None
    time.sleep(after_s)
    worker.send_signal(signal.SIGKILL)
    worker.stdout.close()
    worker.wait()
