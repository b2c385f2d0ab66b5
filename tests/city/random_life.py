"""Days at a desk by chance: acts of every kind, legal or refused, that change the figures of today
and of days past.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.dossiers import correct, steps, take_back
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import office_calendar
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.dossier import How, LetterState
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import TableClock, become, make_intake

PEOPLE = ("an", "binh", "chi")
LIMITS = ("1 ngày làm việc", "3 ngày làm việc", "2 ngày", "3 giờ", "trong ngày")
PROCEDURES = ("1.001193", "1.007919", "1.012753")


def codes(desk: Desk) -> list[str]:
    with desk.database.read() as connection:
        return [code for (code,) in run(connection, "SELECT code FROM dossiers ORDER BY n")]


def act(desk: Desk, clock: TableClock, rng: random.Random) -> None:
    """One act by chance; what the rules refuse changes nothing."""
    become(desk, "chi")
    known = codes(desk)
    if not known or rng.random() < 0.3:
        late = (
            {"received": clock.now - timedelta(days=rng.randint(1, 3))}
            if rng.random() < 0.2
            else {}
        )
        limit, procedure = rng.choice(LIMITS), rng.choice(PROCEDURES)
        wanted = make_intake(f"Người Thứ {len(known)}", limit, procedure=procedure, **late)
        _try(lambda: intake.accept_dossier(desk, wanted))
        return
    code, who = rng.choice(known), rng.choice(PEOPLE)
    fault, unmet = rng.random() < 0.7, rng.random() < 0.5
    choices = (
        lambda: steps.mark_ready(desk, code),
        lambda: steps.mark_ready(desk, code),
        lambda: steps.return_result(desk, code, Return(to="Người Nhận")),
        lambda: steps.undo(desk, code, "Ghi nhầm"),
        lambda: steps.withdraw(desk, code, "Xin rút"),
        lambda: steps.stop(desk, code, "Không đủ căn cứ"),
        lambda: steps.hand_over(desk, [code], who),
        lambda: steps.request_supplement(desk, code, "Thiếu bản sao", unmet=unmet),
        lambda: steps.supplement_brought(desk, code),
        lambda: steps.pause(
            desk, code, rng.choice((PauseKind.OPINION, PauseKind.FIELD_CHECK)), "Chờ ý kiến"
        ),
        lambda: steps.resume(desk, code),
        lambda: letters.notify(desk, code, How.PHONE),
        lambda: letters.draft_what_is_owed(desk),
        lambda: letters.sign_all(desk),
        lambda: [
            letters.deliver_letter(desk, row.letter.id, How.COUNTER)
            for row in letters.letters(desk, LetterState.SIGNED)[:1]
        ],
        lambda: responsibility.fix_responsibility(desk, code, "own-error", who, fault),
        lambda: courtesy.record_visit(desk, ["greet", "thank"], code=code, moment=Moment.GREETING),
        lambda: courtesy.rate(desk, code, rng.randint(1, 5)),
        lambda: _other_hours(desk, rng),
        lambda: correct.cancel(desk, code, "Nhập nhầm"),
        lambda: take_back.undo(desk, code, "Bấm nhầm"),
        lambda: _other_procedure(desk, code, rng),
    )
    _try(rng.choice(choices))


def _other_procedure(desk: Desk, code: str, rng: random.Random) -> None:
    taken_in = correct.begin(desk, code).taken_in
    chosen, channel = rng.choice(PROCEDURES), rng.choice(tuple(Channel))
    wanted = replace(taken_in, procedure=chosen, channel=channel, limit=rng.choice(LIMITS))
    correct.correct(desk, code, wanted, "Chọn nhầm")


def _other_hours(desk: Desk, rng: random.Random) -> None:
    from cchc_desk.actions.office import office_settings

    closing = rng.choice(("16:30", "17:00"))
    hours = {"mon-fri": f"07:30-11:30,13:00-{closing}"}
    office_calendar.moves_by_hours(desk, hours)
    office_settings.change_settings(desk, {"office_hours": hours}, move_promises=True)


def _try(step: Callable[[], object]) -> None:
    try:
        step()
    except Refused:
        return


def some_time(clock: TableClock, rng: random.Random) -> None:
    clock.now += timedelta(minutes=rng.choice((1, 20, 90, 240, 600, 1440, 2 * 1440)))
