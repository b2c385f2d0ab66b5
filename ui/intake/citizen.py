"""The citizen sees and hears what is taken in, in Vietnamese, whatever language the clerk uses."""

from cchc_desk.domain.law.fees import Fee
from cchc_desk.domain.law.procedure import CERTIFICATION, ProcedureVersion
from cchc_desk.domain.time.deadlines import Due
from cchc_desk.i18n import in_vietnamese
from cchc_desk.session import Desk
from ui import formatting
from ui.citizen_screen import citizen_events
from ui.citizen_screen.citizen_events import TakingIn
from ui.intake.accept_bar import read_back
from ui.intake.form import IntakeForm


def show_taking_in(form: IntakeForm, version: ProcedureVersion | None, due: Due | None) -> None:
    """Show on the citizen's screen what stands in the form."""
    lacking = [tick.name for tick in form.ticks if tick.required and not tick.ticked]
    with in_vietnamese():
        citizen_events.taking_in(
            TakingIn(
                name=form.name.strip(),
                procedure=version.name if version else "",
                papers=tuple(tick.name for tick in form.ticks if tick.ticked),
                lacking=tuple(lacking),
                due=formatting.moment_text(due.moment) if due else "",
                provisional=bool(due and due.provisional),
            )
        )


def sentence_to_read(
    desk: Desk,
    form: IntakeForm,
    version: ProcedureVersion | None,
    due: Due | None,
    fee: Fee | None,
) -> str:
    """Return the sentence that is read to the citizen; "" until name, procedure and date stand."""
    if due is None or version is None or not form.name.strip():
        return ""
    with in_vietnamese():
        moment = formatting.moment_text(due.moment)
        name = desk.short_name(version.code, version.name)
        certified = version.field == CERTIFICATION
        return read_back(form, name, certified, moment, fee, desk.now())
