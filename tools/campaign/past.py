"""All that a desk has acknowledged, and whether it is there, or was told as lost."""

import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.data import opening
from cchc_desk.actions.data.doubts import doubt_words
from cchc_desk.domain.copies import Soundness
from cchc_desk.domain.ledger.facts.office import Restored
from cchc_desk.domain.people.officials import Act
from cchc_desk.store.engine import copies
from cchc_desk.store.engine.database import Connection, open_file
from cchc_desk.store.ledger import journal
from tools.campaign.day import Report, numbers_in
from tools.campaign.ward import BEGAN, Lost, Place, become, check_sound


@dataclass(frozen=True)
class Owner:
    """Owner of a number, and the entry of the ledger by which it was acknowledged at the latest."""

    name: str
    entry: int


@dataclass
class Past:
    """All that a ward has acknowledged: what must be there, and what may never be given again."""

    kept: dict[str, Owner] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    entries: dict[int, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    aside: str = ""
    now: datetime = BEGAN

    def add(self, report: Report) -> None:
        """Take in one acknowledged act. Raises Lost when it gave a number a second time."""
        if report.back_to:
            self.go_back(report.back_to, report.told, report.aside)
        for number, owner in report.numbers:
            self.give(number, owner)
            self.kept.setdefault(number, Owner(owner, report.entry))
        self.entries[report.entry] = report.hash
        if report.file:
            self.files[report.file] = report.act

    def give(self, number: str, owner: str) -> None:
        """Note a number as given. Raises Lost where somebody else has it."""
        if number.startswith("decided"):
            return  # what a restore has undone may be decided otherwise
        if self.given.setdefault(number, owner) != owner:
            raise Lost(f"{number} was given twice: {self.given[number]}, {owner}")

    def go_back(self, entry: int, told: int, aside: str) -> None:
        """Take off what a restore to the copy of `entry` lost. Raises Lost where it told less.

        News are no entries of the ledger: the city sends them again.
        """
        self.aside = aside
        lost = max(self.entries, default=entry) - entry
        if lost > told:
            raise Lost(f"a restore told {told} acts as lost, of {lost}")
        self.entries = {seq: hash_ for seq, hash_ in self.entries.items() if seq <= entry}
        self.kept = {
            number: owner
            for number, owner in self.kept.items()
            if owner.entry <= entry and not number.startswith("news")
        }


def check_ward(place: Place, past: Past) -> None:
    """Check that everything acknowledged is there, or was told as lost by a restore, and that no
    number has two owners.
    """
    with closing(opening.open_desk(place.ward, lambda: past.now)) as desk:
        become(desk, "an")
        if desk.doubt is not None:
            raise Lost(f"a kill put the file in doubt: {doubt_words(desk.doubt)}")
        check_sound(desk)
        with desk.read() as connection:
            _see_restore(connection, past)
            there = numbers_in(connection)
            last = max(past.entries, default=0)
            hashes = journal.hashes_between(connection, 1, last)
    for number, owner in there.items():
        past.give(number, owner)
    gone = {seq for seq, hash_ in past.entries.items() if hashes.get(seq) != hash_}
    lost = {number for number, owner in past.kept.items() if there.get(number) != owner.name}
    if gone or lost:
        raise Lost(f"acknowledged but not there: entries {sorted(gone)}, {sorted(lost)}")
    _check_files(past)
    _check_old(place)


def _see_restore(connection: Connection, past: Past) -> None:
    """Take off what a restore lost that came to its end without having been acknowledged."""
    done = journal.facts_of(connection, Act.RESTORE.value)
    last = next((facts for facts in reversed(done) if isinstance(facts, Restored)), None)
    if last is not None and last.aside != past.aside:
        past.go_back(int(last.head.split("-")[0]), sum(last.lost.values()), last.aside)


def _check_files(past: Past) -> None:
    """Check every paper, and the last copy: older ones are thinned out.

    Of copies within the hour one is kept: a later one, killed before it was acknowledged, may
    stand for it.
    """
    for file in (file for file, act in past.files.items() if act == "print_receipt"):
        pdf = Path(file).read_bytes()
        if not pdf.startswith(b"%PDF") or b"%%EOF" not in pdf[-1024:]:
            raise Lost(f"the paper {file} is not whole")
    for file in [file for file, act in past.files.items() if act == "copy"][-1:]:
        copy = copies.read_copy(Path(file))
        there = copies.copies_in(copy.file.parent, whole=True)
        is_replaced = copy.soundness is Soundness.MISSING and any(
            one.is_sound and one.file.name > copy.file.name for one in there
        )
        if not copy.is_sound and not is_replaced:
            raise Lost(f"the copy {file} is not whole: {copy.soundness}")


def _check_old(place: Place) -> None:
    """Check that each desk of an older version opens as today's, with all that was in it."""
    for release in place.older():
        folder = place.old / release.name
        if not folder.exists():
            continue
        with closing(opening.open_desk(folder, lambda: BEGAN)) as desk:
            become(desk, "an")
            check_sound(desk)
        lost = _rows_of(release) - _rows_of(folder)
        if lost:
            raise Lost(f"lost by an upgrade from {release.name}: {sorted(lost)}")
        shutil.rmtree(folder)


def _rows_of(folder: Path) -> set[tuple[object, ...]]:
    with closing(open_file(paths.database_file(folder), "ro")) as connection:
        entries = connection.execute("SELECT seq, hash FROM journal").fetchall()
        codes = connection.execute("SELECT code, accepted FROM dossiers").fetchall()
    return {*entries, *codes}
