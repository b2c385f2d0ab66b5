"""Rights to put right what was typed wrong, and to cancel an entry made by mistake."""

from datetime import datetime

from cchc_desk.domain.dossiers.dossier import Dossier, Step, step
from cchc_desk.domain.lateness import open_draft
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message


def check_counted(dossier: Dossier) -> None:
    """Raise Refused("cancelled") for an entry made by mistake: nothing more is done with it."""
    if dossier.cancelled:
        raise Refused(
            "cancelled",
            Message(
                "Hồ sơ {code} đã hủy do nhập sai; số không dùng lại, hãy nhập hồ sơ mới.",
                code=dossier.code,
            ),
        )


def check_correct(dossier: Dossier, who: Official, now: datetime) -> None:
    """Raise Refused("cancelled"), or ("correct-closed") for a clerk and a closed dossier."""
    check_counted(dossier)
    if dossier.closed and who.role is Role.CLERK:
        raise Refused(
            "correct-closed",
            Message(
                "Hồ sơ {code} đã đóng; việc sửa dành cho lãnh đạo hoặc quản trị.",
                code=dossier.code,
            ),
        )


def check_cancel(dossier: Dossier, who: Official, now: datetime) -> None:
    """Raise the refusal to cancel this entry (docs/promise.md, "Putting right").

    "cancelled", "cancel-other", "cancel-day", "cancel-begun", "step-not-allowed".
    """
    check_counted(dossier)
    if dossier.accepted_by != who.id:
        raise Refused(
            "cancel-other",
            Message(
                "Chỉ người đã nhập hồ sơ {code} hủy được; người khác dùng «Sửa thông tin».",
                code=dossier.code,
            ),
        )
    if dossier.entered.date() != now.date():
        raise Refused(
            "cancel-day",
            Message(
                "Chỉ hủy được trong ngày nhập; hồ sơ {code} nhập ngày {day}. Hãy sửa thông tin, "
                "hoặc ghi công dân rút hồ sơ.",
                code=dossier.code,
                day=f"{dossier.entered:%d/%m/%Y}",
            ),
        )
    asked = any(pause.undone is None for pause in dossier.pauses)
    # An apology's draft binds nobody; the desk writes one by itself for what came too long ago.
    draft = open_draft(dossier)
    if asked or any(letter != draft for letter in dossier.letters) or dossier.notices:
        raise Refused(
            "cancel-begun",
            Message(
                "Hồ sơ {code} đã có việc khác sau khi tiếp nhận nên không hủy được.",
                code=dossier.code,
            ),
        )
    step(dossier.status, Step.CANCEL, dossier.code)
