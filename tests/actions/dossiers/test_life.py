"""A dossier's whole life by random steps, legal and illegal: what must hold after each of them, on
a real database.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import (
    GONE,
    OPEN,
    STEPS,
    Dossier,
    How,
    LetterKind,
    LetterState,
    Promise,
    Status,
    Step,
)
from cchc_desk.domain.lateness import broke_reappointment, is_late
from cchc_desk.domain.time.deadlines import LimitUnit
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from tests.actions.conftest import MONDAY, become, make_intake
from tests.engines import ON_POSTGRESQL, copy_desk, drop_below

PEOPLE = ("an", "binh", "chi")
PROCEDURES = (
    "1.001193",
    "1.007919",
    "1.012753",
)  # nothing stops the clock but a supplement; a check does; a tax does
LIMITS = ("1 ngày làm việc", "3 ngày làm việc", "2 ngày", "10 ngày", "3 giờ", "trong ngày")
_STEPS_AFTER = {step.value for step in Step} - {Step.ACCEPT.value}
ALLOWED = {  # what a refusal may say of a random step; anything else is a fault of the program
    "step-not-allowed",
    "already-paused",
    "not-paused",
    "same-holder",
    "supplement-once",
    "supplement-twice",
    "no-request",
    "letter-exists",
    "second-reappointment",
    "new-due-missing",
    "new-due-past",
    "new-due-rest",
    "already-ready",
    "not-late",
    "letter-state",
    "unknown-letter",
    "own-responsibility",  # whoever a draft names, when another one holds the dossier by now
}


class Life(RuleBasedStateMachine):
    """One desk, one dossier, a clock that only goes on."""

    ward: Path

    @initialize(
        limit=st.sampled_from(LIMITS),
        procedure=st.sampled_from(PROCEDURES),
        minute=st.integers(0, 8 * 60),
    )
    def begin(self, limit: str, procedure: str, minute: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        copy_desk(self.ward, self.folder)
        self.now = MONDAY.replace(hour=7, minute=30) + timedelta(minutes=minute)
        self.desk = opening.open_desk(self.folder, lambda: self.now)
        become(self.desk, "an")
        self.code = intake.accept_dossier(
            self.desk, make_intake(limit=limit, procedure=procedure)
        ).code
        self.promises: tuple[Promise, ...] = self.dossier.promises

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert upkeep.verify_ledger(self.desk).problems == ()
            self.desk.close()
            drop_below(self.folder)
            shutil.rmtree(self.folder)

    @property
    def dossier(self) -> Dossier:
        with self.desk.database.read() as connection:
            return progress.the_dossier(connection, self.code)

    def attempt(self, wanted: Step | None, act: Callable[[], object]) -> None:
        """Does `act`; the table of steps says whether the state allows it, and the refusal must be
        one of the rules.
        """
        before, refused = self.dossier, ""
        try:
            act()
        except Refused as no:
            refused = no.code
        if refused:
            assert refused in ALLOWED
            assert (refused == "step-not-allowed") <= ((before.status, wanted) not in STEPS)
            assert self.dossier == before, "a refused step changes nothing"
        elif wanted is not None:
            assert self.dossier.status is STEPS[before.status, wanted]

    @rule(minutes=st.sampled_from((1, 20, 90, 240, 600, 1440, 2 * 1440, 4 * 1440)))
    def time_goes_on(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=st.sampled_from(PEOPLE))
    def another_takes_the_desk(self, who: str) -> None:
        become(self.desk, who)

    @rule(to=st.sampled_from(PEOPLE))
    def hand_over(self, to: str) -> None:
        self.attempt(Step.HAND_OVER, lambda: steps.hand_over(self.desk, [self.code], to))

    @rule(unmet=st.booleans())
    def request(self, unmet: bool) -> None:
        asked = bool(self.dossier.pauses)
        self.attempt(
            Step.REQUEST,
            lambda: steps.request_supplement(
                self.desk, self.code, "Thiếu bản sao", unmet=unmet and asked
            ),
        )

    @rule()
    def tell(self) -> None:
        self.attempt(None, lambda: steps.tell_supplement(self.desk, self.code, How.PHONE))

    @rule()
    def brought(self) -> None:
        self.attempt(Step.SUPPLEMENT, lambda: steps.supplement_brought(self.desk, self.code))

    @rule(kind=st.sampled_from((PauseKind.OPINION, PauseKind.FIELD_CHECK)))
    def pause(self, kind: PauseKind) -> None:
        self.attempt(Step.PAUSE, lambda: steps.pause(self.desk, self.code, kind, "Chờ ý kiến"))

    @rule()
    def resume(self) -> None:
        self.attempt(Step.RESUME, lambda: steps.resume(self.desk, self.code))

    @rule()
    def oblige(self) -> None:
        self.attempt(Step.OBLIGE, lambda: steps.oblige(self.desk, self.code, "Nộp thuế"))

    @rule()
    def pay(self) -> None:
        self.attempt(Step.PAY, lambda: steps.obligation_met(self.desk, self.code))

    @rule()
    def ready(self) -> None:
        self.attempt(Step.READY, lambda: steps.mark_ready(self.desk, self.code))

    @rule()
    def give_back(self) -> None:
        become(self.desk, "an")
        possible = self.dossier.status is Status.READY
        self.attempt(Step.RETURN, lambda: steps.return_result(self.desk, self.code, Return("Đào")))
        assert not possible or self.dossier.status is Status.RETURNED, "a result is never withheld"

    @rule()
    def withdraw(self) -> None:
        self.attempt(Step.WITHDRAW, lambda: steps.withdraw(self.desk, self.code))

    @rule()
    def stop(self) -> None:
        self.attempt(Step.STOP, lambda: steps.stop(self.desk, self.code, "Quá hạn bổ sung"))

    @rule()
    def undo(self) -> None:
        self.attempt(Step.UNDO, lambda: steps.undo(self.desk, self.code, "Ghi nhầm"))

    @rule(again=st.booleans(), own=st.booleans())
    def draft(self, again: bool, own: bool) -> None:
        due = letters.propose_new_due(self.desk, self.code) if again else None
        said = (self.code, "volume", due, "", self.dossier.holder, own)
        self.attempt(None, lambda: letters.draft_apology(self.desk, *said))

    @rule()
    def sign(self) -> None:
        become(self.desk, "chi")
        for letter in self.dossier.letters:
            self.attempt(None, lambda letter=letter: letters.sign_letter(self.desk, letter.id))  # type: ignore[misc]

    @rule()
    def deliver(self) -> None:
        for letter in self.dossier.letters:
            self.attempt(None, partial(letters.deliver_letter, self.desk, letter.id, How.POST))

    @invariant()
    def the_rules_hold(self) -> None:
        if hasattr(self, "desk"):
            view = progress.show_dossier(self.desk, self.code)
            self.no_promise_changes_and_one_is_made_again_at_most(view.dossier)
            self.no_late_dossier_is_closed_without_its_letters(view.dossier)
            self.pauses_add_up_exactly(view.dossier)
            self.every_state_is_explained_by_the_ledger(view)

    def no_promise_changes_and_one_is_made_again_at_most(self, dossier: Dossier) -> None:
        now = dossier.promises
        assert now[: len(self.promises)] == self.promises
        assert len(now) <= 2
        self.promises = now

    def no_late_dossier_is_closed_without_its_letters(self, dossier: Dossier) -> None:
        handed = sum(
            x.state is LetterState.DELIVERED and x.kind is LetterKind.LATE for x in dossier.letters
        )
        owed = is_late(dossier, self.now) + broke_reappointment(dossier, self.now)
        over = dossier.status is Status.RETURNED or dossier.status in GONE
        assert (dossier.closed is not None) == (over and handed >= owed)
        assert all(
            x.number and x.signed_by == "chi"
            for x in dossier.letters
            if x.state is not LetterState.DRAFTED
        )

    def pauses_add_up_exactly(self, dossier: Dossier) -> None:
        assert dossier.first_due == self.counted_out(dossier)
        waiting = dossier.status in (Status.SUPPLEMENT, Status.OBLIGATION)
        assert not waiting or dossier.open_pauses
        stopping = [one.began for one in dossier.open_pauses if one.stops_clock]
        assert dossier.paused_since == min(stopping, default=None)

    def still(self, dossier: Dossier) -> list[tuple[datetime, datetime]]:
        """The times in which the clock stood still, for one reason or for several at once."""
        edges = [
            edge
            for pause in dossier.pauses
            if pause.stops_clock and pause.ended
            for edge in ((pause.began, 0, 1), (pause.ended, 1, -1))
        ]
        found, depth = [], 0
        for at, _ends, step in sorted(edges):
            if not depth:
                began = at
            depth += step
            if not depth:
                found.append((began, at))
        return found

    def counted_out(self, dossier: Dossier) -> datetime:
        """The due moment by walking minute by minute (or day by day) over all the clock stood
        still.
        """
        due, stood = dossier.first.due, 0
        days = dossier.limit.unit is LimitUnit.CALENDAR_DAYS
        for began, ended in self.still(dossier):
            if began > due:
                continue
            calendar = self.desk.calendar
            if days:
                stood += (ended.date() - began.date()).days
                day = dossier.first.due.date() + timedelta(days=stood)
                while not calendar.is_working_day(day):
                    day += timedelta(days=1)
                due = datetime.combine(day, dossier.first.due.time())
            else:
                stood += calendar.working_minutes(began, ended)
                due, left = dossier.first.due, stood
                while left:
                    due += timedelta(minutes=1)
                    left -= self.works(due - timedelta(minutes=1))
        return due

    def works(self, minute: datetime) -> bool:
        sessions = self.desk.calendar.sessions_on(minute.date())
        return any(session.opens <= minute.time() < session.closes for session in sessions)

    def every_state_is_explained_by_the_ledger(self, view: DossierView) -> None:
        assert view.problems == ()
        state = Status.RECEIVED
        for line in view.history:
            if line.act in _STEPS_AFTER:
                state = STEPS[state, Step(line.act)]
        assert state is view.dossier.status
        assert view.dossier.holder in PEOPLE
        assert (view.dossier.status in OPEN) == (view.dossier.finished is None)


@pytest.fixture(autouse=True, scope="module")
def _ward(ward: Path) -> None:
    Life.ward = ward


TestLife = pytest.mark.usefixtures("_ward")(Life.TestCase)
TestLife.settings = settings(
    max_examples=int(os.environ.get("LIVES", "5" if ON_POSTGRESQL else "15")),
    stateful_step_count=30,
)
