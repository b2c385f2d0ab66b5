"""The internal process of each procedure: steps with role, official, agency, working minutes."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete

from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.store.engine.database import add, run, sound, stored_number
from cchc_desk.store.engine.tables import process_steps

_STEPS = (
    "SELECT name, role, official, minutes, agency FROM process_steps "
    "WHERE procedure_code = ? ORDER BY ordinal"
)
_COUNT = "SELECT count(*) FROM process_steps WHERE procedure_code = ?"


def process_of(connection: Connection, procedure_code: str) -> tuple[ProcessStep, ...]:
    """Return the steps of a procedure, in order; none when the desk has set none.

    None either where one of them is damaged: the others alone are not the process.
    """
    steps = sound(connection, "process_steps", run(connection, _STEPS, (procedure_code,)), _step)
    if not steps:
        return ()
    (count,) = run(connection, _COUNT, (procedure_code,)).fetchone()
    return steps if len(steps) == count else ()


def _step(row: Sequence[Any]) -> ProcessStep:
    name, role, official, minutes, agency = row
    if minutes is not None and not stored_number(minutes):
        raise ValueError
    "".join((name, role, official or "", agency))  # texts
    return ProcessStep(name, role, official, minutes, agency)


def keep_process(connection: Connection, procedure_code: str, steps: Iterable[ProcessStep]) -> None:
    """Replace the steps of a procedure; hand-overs already made keep their budgets."""
    connection.execute(
        delete(process_steps).where(process_steps.c.procedure_code == procedure_code)
    )
    rows = [
        vars(step) | {"procedure_code": procedure_code, "ordinal": i}
        for i, step in enumerate(steps, 1)
    ]
    add(connection, process_steps, rows)
