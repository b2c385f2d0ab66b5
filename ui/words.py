"""Codes and moments in the words that the clerk reads."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from cchc_desk.domain.deadlines import WalkStep, WalkWhat
from cchc_desk.domain.dossier import How, LetterState, Status

if TYPE_CHECKING:
    from cchc_desk.domain.listing import DossierRow

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
STATUS = {
    Status.REGISTERED: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.NOT_RECEIVED: "Không được tiếp nhận",
    Status.PROCESSING: "Đang xử lý",
    Status.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    Status.OBLIGATION: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.READY: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}
LETTER = {LetterState.DRAFTED: "chờ ký", LetterState.SIGNED: "đã ký, chờ trao", LetterState.DELIVERED: "đã trao"}
HOW = {How.COUNTER: "Tại quầy", How.PHONE: "Điện thoại", How.POST: "Bưu chính", How.MESSAGE: "Tin nhắn"}


def day_text(day: date) -> str:
    """`thứ Tư 25/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def moment_text(at: datetime) -> str:
    """`10 giờ 00 thứ Tư 25/11/2026`."""
    return f"{at.hour} giờ {at.minute:02d} {day_text(at.date())}"


def short(at: datetime | None) -> str:
    """`25/11/2026 10:00`, "" for none: as tables show it."""
    return f"{at:%d/%m/%Y %H:%M}" if at else ""


def state(row: "DossierRow") -> str:
    """Where a dossier stands, in one phrase; lateness by word and sign, never by colour alone."""
    if row.letters_owed and row.ended:
        return f"⚠ {STATUS[row.status]}, còn nợ thư xin lỗi"
    if row.letters_owed and row.returned:
        return "⚠ Đã trả, còn nợ thư xin lỗi"
    if row.late and row.finished is None:
        return "✗ Trễ hẹn"
    if row.letters_owed:
        return "⚠ Có kết quả muộn, nợ thư xin lỗi"
    return STATUS[row.status]


def walk_line(step: WalkStep) -> tuple[str, str]:
    """One line of the walk: the day, and what it was."""
    return day_text(step.day), _WALK[step.what](step)


def _counted(step: WalkStep) -> str:
    name = f" ({step.name})" if step.name else ""
    if step.minutes is not None:
        return f"tính {step.minutes} phút làm việc{name}"
    return f"ngày {step.number}{name}" if step.number else name.strip(" ()")


def _due(step: WalkStep) -> str:
    counted = _counted(step)
    return f"{counted} – hẹn trả" if counted else "hẹn trả"


def _accepted(step: WalkStep) -> str:
    return f"tiếp nhận – {_counted(step)}" if step.minutes else "tiếp nhận"


def _start(step: WalkStep) -> str:
    from_when = f" từ {step.at:%H:%M}" if step.at else ""
    return f"bắt đầu tính{from_when} (nhận ngoài giờ làm việc)"


_WALK = {
    WalkWhat.ACCEPTED: _accepted,
    WalkWhat.START: _start,
    WalkWhat.COUNTED: _counted,
    WalkWhat.WORKED: _counted,
    WalkWhat.REST: lambda step: f"nghỉ: {step.name}" if step.name else "nghỉ cuối tuần",
    WalkWhat.DUE: _due,
}
