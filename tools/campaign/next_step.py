"""Damage in the files of a day: who sees it, and the next step that its sentence names, taken."""

import os
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cchc_desk.actions.data import opening, repair, restore, upkeep
from cchc_desk.actions.data.doubts import confirm_state, doubt_words
from cchc_desk.actions.training import practice
from cchc_desk.domain.ledger.doubts import Doubt, DoubtKind
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import database
from cchc_desk.store.ledger import journal
from tools.campaign.day import Day
from tools.campaign.past import Past, check_ward
from tools.campaign.ward import Lost, Place, become

# The mail with the city: not acts of the desk, no entries of its ledger. The city signs its own and
# sends it again, the desk packs its days again.
_MAIL = (b"arrivals", b"parcels", b"outbox")
AFTERWARDS = ("accept", "certify", "print_blank", "request")  # what gives numbers


class Damaged:
    """A place with damaged files, and what it has acknowledged; `whole`: content() of before."""

    def __init__(self, place: Place, past: Past, whole: str, dice: random.Random) -> None:
        self.place, self.past, self.whole, self.dice = place, past, whole, dice
        self.must_have = 0  # the entry up to which nothing was harmed

    def see_and_mend(self, *, restores: bool = False) -> str:
        """Return who saw the damage first and what was done; then the desk works again.

        "harmless": not a row of the data differs; with `restores` it goes back all the same. Raises
        Lost where a row differs and nobody saw it, or where the next step leads to no desk in which
        past.check_ward() finds everything.
        """
        seen, step = self._seen()
        if restores and not step:
            try:
                step = self._go_back()
            except Refused as refused:  # the damaged one was the only copy of the day
                if refused.code != "no-copy":
                    raise
                check_sentence(refused.message)
                seen = f"{seen}, no other copy"
        self._work_on(AFTERWARDS if step else AFTERWARDS[:1])
        return f"{seen}, {step}" if step else seen

    def _seen(self) -> tuple[str, str]:
        try:
            desk = opening.open_desk(self.place.ward, self._clock)
        except Trouble as trouble:
            check_sentence(trouble.message)
            return "opening", self._go_back()
        with closing(desk):
            become(desk, "chi")
            with desk.read() as connection:
                last = journal.last_link(connection)
            if (last.seq if last else 0) < self.must_have:
                raise Lost(f"entry {self.must_have} before the damage is gone")
            doubt = desk.doubt
            seen = "doubt" if doubt else self._seen_at_work(desk)
        if doubt is not None:
            check_sentence(doubt_words(doubt))
            # A desk that was rewritten is not to be believed; one that lost its end may go on.
            if doubt.kind is DoubtKind.LOST and self.dice.random() < 0.5:
                return seen, self._confirm(doubt)
        return seen, "" if seen == "harmless" else self._go_back()

    def _seen_at_work(self, desk: Desk) -> str:
        tasks: dict[str, Callable[[], tuple[str, ...]]] = {
            "check": lambda: _health(desk),
            "verify": lambda: upkeep.verify_ledger(desk).problems,
        }
        for name, task in tasks.items():
            try:
                if task():
                    return name
            except Trouble as trouble:
                check_sentence(trouble.message)
                return name
        try:
            same = content(desk.database.file) == self.whole
        except database.sqlite_errors():
            return "use"
        if not same:
            raise Lost("rows differ, and nobody saw it")
        return "harmless"

    def _confirm(self, doubt: Doubt) -> str:
        """Let a leader decide that the work goes on with the file as it is."""
        with closing(opening.open_desk(self.place.ward, self._clock)) as desk:
            become(desk, "chi")
            confirm_state(desk, "mất điện, tệp bị cắt")
        self.past.go_back(doubt.last, doubt.known.seq - doubt.last, self.past.aside)
        return "confirmed"

    def _go_back(self) -> str:
        """Put the last copy back."""
        done = restore.restore(self.place.ward, None, "dung", practice.PASSWORD, self._clock)
        assert done.copy.head is not None
        told = sum(lost.count for lost in done.lost)
        self.past.go_back(done.copy.head.seq, told, done.aside.name)
        return "restored"

    def _work_on(self, acts: Sequence[str]) -> None:
        self.past.now += timedelta(hours=1)
        day = Day(self.place, self._clock, self.dice)
        with closing(day.desk):
            for act in acts:
                report = day.do(act)
                if report is not None:
                    self.past.add(report)
        check_ward(self.place, self.past)

    def _clock(self) -> datetime:
        return self.past.now


def _health(desk: Desk) -> tuple[str, ...]:
    health = repair.check_and_rebuild(desk)
    return health.problems + health.rebuilt + health.damaged


def check_sentence(text: str) -> None:
    """Check that a sentence says what to do next. Raises Lost."""
    if "hãy" not in text.lower():
        raise Lost(f"a sentence without a next step: {text}")


def content(file: Path) -> str:
    """Return a digest of every row of every table but the mail, whatever page it lies on."""
    digest = sha256()
    with closing(database.open_file(file, "rw")) as connection:
        connection.text_factory = bytes
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (name,) in connection.execute(tables).fetchall():
            if name in _MAIL:
                continue
            rows = connection.execute(f"SELECT * FROM {os.fsdecode(name)}").fetchall()
            digest.update(name + repr(sorted(map(repr, rows))).encode())
    return digest.hexdigest()
