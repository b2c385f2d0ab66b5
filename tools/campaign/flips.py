"""One flipped byte in the database, its write-ahead log, a copy, the witness or the keys."""

import random
import shutil
from collections import Counter
from pathlib import Path

from cchc_desk import paths
from cchc_desk.store.engine import copies
from cchc_desk.store.ledger import witness
from tools.campaign.ward import Lost, Place, say
from tools.campaign.working_day import USES, log_of, make_working_day


def flip_bytes(clean: Place, flips: int, dice: random.Random) -> Counter[str]:
    """Flip one byte `flips` times in a file of a working day; count who saw it, what was done.

    Raises Lost as Damaged.see_and_mend(), and for a damaged copy that is taken for a sound one.
    """
    ends: Counter[str] = Counter()
    for number in range(flips):
        if number % USES == 0:
            say(f"{number} flipped bytes: {dict(ends)}")
            day = make_working_day(clean, f"flips-{number}", dice)
        damaged = day.harmed("flip", dice)
        kind, file = dice.choice(_files_of(damaged.place.ward))
        at = _flip(file, dice)
        try:
            if kind == "copy" and copies.read_copy(file).is_sound:
                raise Lost("a damaged copy is taken for a sound one")
            ends[f"{kind}: {damaged.see_and_mend(restores=kind == 'copy')}"] += 1
        except Lost as lost:
            raise Lost(f"byte {at} of {file.name}: {lost}") from lost
        shutil.rmtree(damaged.place.root)
    return ends


def _files_of(ward: Path) -> list[tuple[str, Path]]:
    made = sorted(paths.backup_folder(ward).glob("*.db"))
    files = [("database", paths.database_file(ward)), ("log", log_of(ward))]
    files += [("copy", made[-1]), ("witness", ward / witness.NAME)]
    return files


def _flip(file: Path, dice: random.Random) -> int:
    data = bytearray(file.read_bytes())
    at = dice.randrange(len(data))
    data[at] ^= dice.randrange(1, 256)
    file.write_bytes(data)
    return at
