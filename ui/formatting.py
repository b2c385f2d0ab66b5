"""Codes, days and numbers in the words that the clerk reads.

Names of days and signs in numbers are Qt's, which are in the window anyway (Babel's are 4 MB).
Offices here write the day before the month in every language.
"""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from cchc_desk.domain.dossiers.dossier import How, LetterState, Status
from cchc_desk.domain.papers.frozen_papers import PaperState
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import WalkStep, WalkWhat, rest_until
from cchc_desk.i18n import SOURCE, _, language, later

if TYPE_CHECKING:
    from cchc_desk.domain.dossiers.rows import DossierRow

_SUNDAY = 6
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
STATUS = {
    Status.REGISTERED: later("Mới đăng ký"),
    Status.RECEIVED: later("Được tiếp nhận"),
    Status.NOT_RECEIVED: later("Không được tiếp nhận"),
    Status.PROCESSING: later("Đang xử lý"),
    Status.SUPPLEMENT: later("Yêu cầu bổ sung giấy tờ"),
    Status.OBLIGATION: later("Yêu cầu thực hiện nghĩa vụ tài chính"),
    Status.WITHDRAWN: later("Công dân yêu cầu rút hồ sơ"),
    Status.STOPPED: later("Dừng xử lý"),
    Status.READY: later("Đã xử lý xong"),
    Status.RETURNED: later("Đã trả kết quả"),
}
LETTER = {
    LetterState.DRAFTED: later("chờ ký"),
    LetterState.SIGNED: later("đã ký, chờ trao"),
    LetterState.DELIVERED: later("đã trao"),
}
PAPER = {
    PaperState.DRAFT: later("dự thảo"),
    PaperState.NOT_PRINTED: later("chưa in"),
    PaperState.SIGNED: later("đã ký, chờ trao"),
    PaperState.DELIVERED: later("đã trao"),
    PaperState.GIVEN: later("đã cấp"),
    PaperState.IN_EXCHANGE: later("cấp đổi"),
    PaperState.MADE_ANEW: later("lập lại"),
    PaperState.FORGOTTEN: later("đã ẩn danh"),
}
# The reason of a slip that asks for papers, as long as nobody types another.
USUAL_LACK = later("Hồ sơ chưa đủ thành phần theo quy định")
HOW = {
    How.COUNTER: later("Tại quầy"),
    How.PHONE: later("Điện thoại"),
    How.POST: later("Bưu chính"),
    How.MESSAGE: later("Tin nhắn"),
}


def weekday(number: int) -> str:
    """`thứ Hai` for 0, as written within a sentence."""
    name = QLocale(language()).dayName(number + 1)
    if language() != SOURCE:
        return name
    # Qt writes them as titles; within a sentence Decree 30/2020 writes `thứ Tư` and `Chủ nhật`.
    return name.capitalize() if number == _SUNDAY else name[0].lower() + name[1:]


def weekdays(days: str) -> str:
    """`thứ Hai – thứ Sáu` for "mon-fri", a key of the office hours."""
    from cchc_desk.snapshot import DAYS

    return " – ".join(weekday(DAYS.index(day)) for day in days.split("-"))


def number(count: int) -> str:
    """`12.345`, in English `12,345`."""
    return QLocale(language()).toString(count)


def day_text(day: date) -> str:
    """`thứ Tư 25/11/2026`."""
    return f"{weekday(day.weekday())} {day:%d/%m/%Y}"


def moment_text(at: datetime) -> str:
    """`10 giờ 00 thứ Tư 25/11/2026`."""
    return _("{hour} giờ {minute:02d} {day_text}").format(
        hour=at.hour, minute=at.minute, day_text=day_text(at.date())
    )


def rest_text(now: datetime, calendar: Calendar) -> str:
    """`Ngày nghỉ; nhận hôm nay tính từ 07:30 thứ Hai 30/11/2026`, "" on a working day."""
    opens = rest_until(now, calendar)
    if opens is None:
        return ""
    name = calendar.rest_name(now.date())
    return _("Ngày nghỉ{name}; nhận hôm nay tính từ {at:%H:%M} {day}").format(
        name=f" ({name})" if name else "", at=opens, day=day_text(opens.date())
    )


def source_text(source: str) -> str:
    """`Cổng Dịch vụ công quốc gia, 17/7/2026`: the days of a catalogue's file as people write."""
    return _ISO_DAY.sub(lambda found: f"{int(found[3])}/{int(found[2])}/{found[1]}", source)


def short(at: datetime | None) -> str:
    """`25/11/2026 10:00`, "" for none: as tables show it."""
    return f"{at:%d/%m/%Y %H:%M}" if at else ""


def state(row: "DossierRow") -> str:
    """State of a dossier in one phrase; lateness by word and sign, never by colour alone."""
    if row.damaged:
        return _("✗ Hồ sơ bị hỏng")
    if row.cancelled:
        return _("Đã hủy (nhập sai)")
    if row.broke_reappointment and row.finished and row.letters_owed:
        return _("✗ Lỡ cả hẹn lại, còn nợ thư xin lỗi")
    if row.letters_owed and row.ended:
        return _("⚠ {status}, còn nợ thư xin lỗi").format(status=_(STATUS[row.status]))
    if row.letters_owed and row.returned:
        return _("⚠ Đã trả, còn nợ thư xin lỗi")
    if row.broke_reappointment and row.finished is None:
        return _("✗ Lỡ cả hẹn lại")
    if row.late and row.finished is None:
        return _("✗ Trễ hẹn")
    if row.letters_owed:
        return _("⚠ Có kết quả muộn, nợ thư xin lỗi")
    return _(STATUS[row.status])


def walk_line(step: WalkStep, *, is_promise: bool = True) -> tuple[str, str]:
    """One line of the walk: the day, and what it was."""
    if step.what is WalkWhat.DUE and not is_promise:
        ends = _("hết hạn")
        return day_text(step.day), " – ".join(filter(None, (_counted(step), ends)))
    return day_text(step.day), _WALK[step.what](step)


def _counted(step: WalkStep) -> str:
    name = f" ({step.name})" if step.name else ""
    if step.minutes is not None:
        return _("tính {minutes} phút làm việc{name}").format(minutes=step.minutes, name=name)
    return (
        _("ngày {number}{name}").format(number=step.number, name=name)
        if step.number
        else name.strip(" ()")
    )


def _due(step: WalkStep) -> str:
    counted = _counted(step)
    return _("{counted} – hẹn trả").format(counted=counted) if counted else _("hẹn trả")


def _accepted(step: WalkStep) -> str:
    return (
        _("tiếp nhận – {counted}").format(counted=_counted(step))
        if step.minutes
        else _("tiếp nhận")
    )


def _start(step: WalkStep) -> str:
    from_when = _(" từ {at:%H:%M}").format(at=step.at) if step.at else ""
    return _("bắt đầu tính{from_when} (nhận ngoài giờ làm việc)").format(from_when=from_when)


_WALK = {
    WalkWhat.ACCEPTED: _accepted,
    WalkWhat.START: _start,
    WalkWhat.FORWARDED: lambda step: _(
        "phải có ở cơ quan có thẩm quyền; tính từ {at:%H:%M}"
    ).format(at=step.at),
    WalkWhat.COUNTED: _counted,
    WalkWhat.WORKED: _counted,
    WalkWhat.REST: lambda step: (
        _("nghỉ: {name}").format(name=step.name) if step.name else _("nghỉ cuối tuần")
    ),
    WalkWhat.DUE: _due,
}
