"""A ward of many years for measuring: fake people, real rows, written in bulk."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import Dossier, Promise, Responsibility, Status
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.time.deadlines import due_moment, parse_limit
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection

LIMITS = ("1 ngày làm việc", "3 ngày làm việc", "5 ngày làm việc", "10 ngày làm việc", "4 giờ")
LATE = 0.03
OWN_FAULT = 0.2


def fill(desk: Desk, per_year: int, years: int) -> None:
    """`per_year` dossiers for each of the years before now: most ready in time, LATE of them late,
    the last open.
    """
    dice, now = random.Random(1), desk.now()
    desk.clock = lambda: now - timedelta(days=365 * years)
    model = intake.accept_dossier(desk, _intake(dice, now))
    first = now - timedelta(days=365 * years)
    moments = sorted(_moment(dice, first, now) for _ in range(per_year * years))
    with desk.database.write() as connection:
        for number, accepted in enumerate(moments):
            desk.clock = partial(_at, accepted)
            _add(
                desk, connection, dice, replace(model, id=f"large-{number}"), number, accepted, now
            )
    desk.clock = partial(_at, now)


def _at(moment: datetime) -> datetime:
    return moment


def _intake(dice: random.Random, now: datetime) -> intake.Intake:
    return intake.Intake(
        "1.001193", practice.fake_person(dice, now.date()), limit="1 ngày làm việc"
    )


def _moment(dice: random.Random, first: datetime, now: datetime) -> datetime:
    day = first + timedelta(days=dice.randrange((now - first).days))
    return datetime.combine(day, time(dice.choice((8, 9, 10, 14, 15)), dice.randrange(60)))


def _add(
    desk: Desk,
    connection: Connection,
    dice: random.Random,
    model: Dossier,
    number: int,
    accepted: datetime,
    now: datetime,
) -> None:
    limit = parse_limit(dice.choice(LIMITS))
    due = due_moment(accepted, limit, desk.calendar).moment
    dossier = replace(
        model,
        code=f"H13.999-{accepted:%y%m%d}-{number % 9000 + 1000:04d}",
        accepted=accepted,
        entered=accepted,
        limit=limit,
        applicant=practice.fake_person(dice, accepted.date()),
        promises=(Promise(1, accepted, due, False, desk.calendar.version),),
    )
    dossiers.add_dossier(connection, desk.id, dossier)
    late = dice.random() < LATE
    ready = (
        due + timedelta(days=dice.randrange(1, 6))
        if late
        else due - timedelta(minutes=dice.randrange(600))
    )
    if ready < now:
        ready = max(ready, accepted)
        done = {"status": int(Status.RETURNED), "ready": ready, "returned": ready, "closed": ready}
        dossiers.mark(connection, dossier.code, **done)
    if late:
        mine = dice.random() < OWN_FAULT
        who = dice.choice(("an", "binh"))
        fixed = Responsibility("volume", "Thụ lý", who, mine, None, accepted, "chi")
        dossiers.keep_responsibility(connection, dossier.code, fixed)
    desk.record(
        connection, Act.ACCEPT, dossier.code, event=accepted, procedure=dossier.procedure_name
    )
