"""Papers for the desk's own people: the sealed recovery sheet, a one-time password.

Both hold a secret, so neither is frozen: what was printed is nowhere in the data.
"""

from cchc_desk.actions.people.people import WithPassword
from cchc_desk.actions.people.recovery import Sheet
from cchc_desk.session import Desk


def recovery_sheet(desk: Desk, sheet: Sheet) -> bytes:
    """Return the recovery sheet as PDF, to be sealed in an envelope."""
    from cchc_desk.papers import people

    title = "Phiếu khôi phục"
    return people.recovery_sheet_pdf(
        people.about(title, desk.settings["unit_name"], desk.now()),
        people.OfDesk(desk.settings["unit_name"], desk.settings["desk_name"], desk.watermark),
        sheet.number,
        sheet.code,
    )


def one_time_password(desk: Desk, made: WithPassword) -> bytes:
    """Return the slip with a one-time password as PDF, to be handed to its official."""
    from cchc_desk.papers import people

    title = "Mật khẩu dùng một lần"
    return people.one_time_password_pdf(
        people.about(title, desk.settings["unit_name"], desk.now()),
        people.OfDesk(desk.settings["unit_name"], desk.settings["desk_name"], desk.watermark),
        made.official,
        made.password,
    )
