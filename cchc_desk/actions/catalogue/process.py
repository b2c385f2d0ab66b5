"""The internal process of a procedure (quy trình nội bộ), as set for later hand-overs."""

from collections.abc import Iterable
from dataclasses import replace

from cchc_desk.actions.dossiers.steps import line_of
from cchc_desk.actions.intake.intake import the_procedure
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.ledger.facts.office import ProcessSet, SetStep
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.deadlines import DAY_MINUTES, MOST_DAYS
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials, processes

MOST_STEPS = 20


def process_of(desk: Desk, procedure: str) -> tuple[ProcessStep, ...]:
    """Return the steps of a procedure, in order; none when the desk has set none."""
    desk.require(Permission.READ)
    code = the_procedure(desk, procedure).code
    with desk.read() as connection:
        return processes.process_of(connection, code)


def set_process(
    desk: Desk, procedure: str, steps: Iterable[ProcessStep]
) -> tuple[ProcessStep, ...]:
    """Replace the steps; a dossier already handed over keeps its own limits.

    Raises Refused: "steps-many", "step-name", "step-role", "unknown-official", "step-minutes".
    """
    desk.require(Permission.PROCESS)
    code = the_procedure(desk, procedure).code
    with desk.write() as connection:
        wanted = tuple(_checked(connection, step) for step in steps)
        if len(wanted) > MOST_STEPS:
            raise Refused(
                "steps-many",
                _("Một quy trình tối đa {most} bước; hãy gộp lại.").format(most=MOST_STEPS),
                "steps",
            )
        processes.keep_process(connection, code, wanted)
        set_steps = tuple(SetStep(step.name, step.minutes, step.agency) for step in wanted)
        desk.record(connection, ProcessSet(code, set_steps), tables=("process_steps",))
    return wanted


def _checked(connection: Connection, step: ProcessStep) -> ProcessStep:
    name, agency = line_of(step.name, "name"), line_of(step.agency, "agency")
    if not name:
        raise Refused("step-name", _("Mỗi bước của quy trình cần có tên."), "name")
    if step.role not in {role.value for role in Role}:
        raise Refused(
            "step-role",
            _("Vai trò «{role}» của bước «{name}» không có.").format(role=step.role, name=name),
            "role",
        )
    if step.official is not None and officials.official_of(connection, step.official) is None:
        raise Refused(
            "unknown-official",
            _("Không có công chức «{login}» ở quầy này.").format(login=step.official),
            "official",
        )
    if step.minutes is not None and not 1 <= step.minutes <= MOST_DAYS * DAY_MINUTES:
        raise Refused(
            "step-minutes",
            _("Thời gian của bước «{name}» phải từ 1 phút làm việc trở lên.").format(name=name),
            "minutes",
        )
    return replace(step, name=name, agency=agency)
