"""A power cut: the database as it is on the disk, its log torn behind an acknowledged act."""

import random
import shutil
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from tools.campaign.ward import Lost, at_the_desk, check_dossiers, check_sound, make_ward


def cut_again_and_again(root: Path, cuts: int, dice: random.Random) -> int:
    """Tear the log `cuts` times behind an acknowledged act; return the dossiers before them."""
    behind, clean = 0, make_ward(root / "clean")
    for number in range(cuts):
        behind += cut_once(clean, root / f"cut-{number}", dice)
        shutil.rmtree(root / f"cut-{number}")
    return behind


def cut_once(clean: Path, folder: Path, dice: random.Random) -> int:
    """Accept dossiers, copy the files as a power cut would leave them, tear the log, open them."""
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
    """Cut the log at `length`; half the time the rest is garbage instead of gone."""
    whole = log.read_bytes()
    garbage = dice.randbytes(len(whole) - length) if dice.random() < 0.5 else b""
    log.write_bytes(whole[:length] + garbage)


def a_dossier(number: int) -> Intake:
    """Return the form of a dossier of a person who does not exist."""
    person = Applicant(
        ApplicantKind.PERSON, f"Nguyễn Thị Số {number}", id_number=f"09219000{number:04d}"
    )
    return Intake("2.000908", person, papers=(PaperCount("Giấy tờ tùy thân", original=1),))
