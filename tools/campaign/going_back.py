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

LONGEST_S = 0.8  # about so long a restore of a small ward takes

_RESTORE = f"restore.restore(folder, None, 'dung', {practice.PASSWORD!r})"
_COPY = "desk = accounts.open_desk(folder); copies.copy_now(desk); desk.close()"
_SCRIPT = """
import sys
from pathlib import Path
from cchc_desk.actions.office import accounts, copies, restore
folder = Path(sys.argv[1])
print("ready", flush=True)
{act}
"""


def kill_going_back(ward: Path, kills: int, dice: random.Random) -> tuple[int, int]:
    """Kill restores and copies in turns, take in a dossier after each; return how many codes were
    given, and how many restores came to their end, by themselves or by the next start.

    Raises Lost where a desk is not whole or a code is given a second time.
    """
    codes: list[str] = []
    for number in range(kills):
        codes += [_accept(ward, len(codes))]
        if number % 5 == 0:
            with closing(at_the_desk(ward)) as desk:
                upkeep.backup(desk)
        codes += [_accept(ward, len(codes))]
        _kill(ward, _COPY if number % 3 == 2 else _RESTORE, dice.random() * LONGEST_S)
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


def _kill(ward: Path, act: str, after_s: float) -> None:
    command = [sys.executable, "-c", _SCRIPT.format(act=act), str(ward)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert worker.stdout is not None
    worker.stdout.readline()
    time.sleep(after_s)
    worker.send_signal(signal.SIGKILL)
    worker.stdout.close()
    worker.wait()
