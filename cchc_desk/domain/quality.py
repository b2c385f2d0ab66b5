"""Checks of the data before figures are sent, each declared once: its name, title, what to do.

A check is a condition on one dossier, or is found by a statement or walk of its own
(store/dossiers/quality.py, actions/exports/quality.py). It names what somebody should look at; it
changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from cchc_desk.domain.conditions import Bound, Condition
from cchc_desk.domain.dossiers.dossier import OPEN as IN_WORK
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.figures import (
    CLOCK_RUNS,
    COUNTED,
    FIRST_LETTER_OWED,
    LATE,
    REAPPOINTMENT_BROKEN,
    SECOND_LETTER_OWED,
    Facts,
    Period,
)
from cchc_desk.i18n import later

LONG_LATE = timedelta(days=60)
_OTHER_CLOCK = timedelta(days=1)  # by which a province's clock may run before ours


class Bounds(NamedTuple):
    """The days of a question, both included, and the moment at which it is asked."""

    start: datetime
    end: datetime
    now: datetime
    today: datetime  # its first minute
    tomorrow: datetime  # no clock of another system runs farther before ours
    long_ago: datetime  # who was due before is late for more than LONG_LATE

    @classmethod
    def of_days(cls, first: date, last: date, now: datetime) -> Self:
        """Return the bounds of the days from `first` to `last` at `now`."""
        period = Period.of_days(first, last, now)
        today = now.replace(hour=0, minute=0)
        return cls(period.start, period.end, now, today, now + _OTHER_CLOCK, now - LONG_LATE)


@dataclass(frozen=True)
class Check:
    """One check: its name on the command line, one short line, and what the clerk does and where.

    It looks at the dossiers touched in the period, or at those of the whole ward. `condition` is
    None where more than the facts of one dossier decide; what is no dossier belongs to the desk's
    own (`numbers`).
    """

    name: str
    title: str
    what_to_do: str
    condition: Condition | None = None
    whole_ward: bool = False
    numbers: bool = False


_START, _END, _NOW = Bound("start"), Bound("end"), Bound("now")
_TOMORROW, _LONG_AGO = Bound("tomorrow"), Bound("long_ago")
_UNFINISHED = Facts.finished.missing & COUNTED

# Received, ready, ended or returned in the period, or received by its end and then still open.
TOUCHED = (
    Facts.accepted.between(_START, _END)
    | Facts.ready.between(_START, _END)
    | Facts.ended.between(_START, _END)
    | Facts.returned.between(_START, _END)
    | (
        (Facts.accepted <= _END)
        & (Facts.closed.missing | (Facts.closed > _END) | Facts.finished.missing)
    )
)

# --- moments --------------------------------------------------------------------------------------

RECEIVED_IN_FUTURE = Check(
    "received-in-future",
    later("Ngày tiếp nhận ở sau bây giờ"),
    later(
        "Xem đồng hồ của máy; nhập sai thì hủy trong ngày (Shift+Z) rồi nhập lại, quá ngày thì "
        "báo quản trị."
    ),
    COUNTED & ((Facts.accepted > _TOMORROW) | (Facts.taken_in.true & (Facts.accepted > _NOW))),
    whole_ward=True,
)
FINISHED_IN_FUTURE = Check(
    "finished-in-future",
    later("Ngày có kết quả, ngày trả hoặc ngày dừng ở sau bây giờ"),
    later("Xem đồng hồ của máy; mở hồ sơ, hoàn tác (Z) rồi ghi lại."),
    (Facts.finished > _TOMORROW)
    | (Facts.returned > _TOMORROW)
    | (Facts.taken_in.true & ((Facts.finished > _NOW) | (Facts.returned > _NOW))),
    whole_ward=True,
)
# A list names the day alone where it names no hour: its dossiers are compared by days.
FINISHED_BEFORE_RECEIVED = Check(
    "finished-before-received",
    later("Xong trước khi tiếp nhận"),
    later("Mở hồ sơ, hoàn tác (Z) rồi ghi lại đúng lúc."),
    (Facts.finished_day < Facts.accepted_day)
    | (Facts.taken_in.true & (Facts.finished < Facts.accepted)),
)
RETURNED_BEFORE_READY = Check(
    "returned-before-ready",
    later("Trả trước khi có kết quả"),
    later("Mở hồ sơ, hoàn tác (Z) rồi ghi lại; hồ sơ từ tệp của tỉnh thì báo nơi ra tệp sửa ngày."),
    (Facts.returned_day < Facts.ready_day) | (Facts.taken_in.true & (Facts.returned < Facts.ready)),
)
DUE_BEFORE_RECEIVED = Check(
    "due-before-received",
    later("Hẹn trả trước khi tiếp nhận"),
    later("Lời hẹn không sửa được: soạn thư xin lỗi, hẹn lại (X), báo quản trị xem sổ cái."),
    COUNTED
    & (
        (Facts.due_day < Facts.accepted_day)
        | (Facts.taken_in.true & (Facts.first_due < Facts.accepted))
    ),
)
DONE_WITHOUT_DATE = Check(
    "done-without-date",
    later("Đã xong hoặc đã trả mà không có ngày"),
    later("Mở hồ sơ, hoàn tác (Z) rồi ghi lại để có ngày giờ."),
    COUNTED
    & (
        (Facts.status.among(frozenset({Status.READY, Status.RETURNED})) & Facts.ready.missing)
        | (Facts.status.among(frozenset({Status.RETURNED})) & Facts.returned.missing)
        | (Facts.status.among(frozenset({Status.WITHDRAWN, Status.STOPPED})) & Facts.ended.missing)
    ),
)
OPEN_WITH_END = Check(
    "open-with-end",
    later("Trạng thái đang mở hoặc đã hủy mà có ngày xong"),
    later("Báo quản trị kiểm tra sổ cái (F12, Alt+V); tệp bị sửa thì khôi phục bản sao."),
    (Facts.status.among(IN_WORK) & (Facts.finished.present | Facts.returned.present))
    | (Facts.ready.present & Facts.ended.present)
    | (Facts.cancelled.present & Facts.finished.present),
)
CLOSED_UNFINISHED = Check(
    "closed-unfinished",
    later("Đã đóng mà chưa xong: không danh sách nào còn thấy"),
    later("Báo quản trị kiểm tra sổ cái (F12, Alt+V); tệp bị sửa thì khôi phục bản sao."),
    COUNTED & Facts.closed.present & Facts.finished.missing,
    whole_ward=True,
)
DAMAGED = Check(
    "damaged",
    later("Hồ sơ đang mở bị hỏng, không đọc được"),
    later("Đừng sửa tay: báo quản trị khôi phục bản sao gần nhất (trang đăng nhập, F7)."),
    whole_ward=True,
)

# --- the promise ----------------------------------------------------------------------------------

REST_DAY_PROMISE = Check(
    "rest-day-promise",
    later("Hẹn trả vào ngày nghỉ"),
    later("Báo công dân đến vào ngày làm việc kế tiếp (Lời báo công dân, M); lời hẹn giữ nguyên."),
)
DUE_AGAINST_PROMISE = Check(
    "due-against-promise",
    later("Hạn đang tính khác lời hẹn đã in và các lần dời"),
    later("Báo quản trị kiểm tra sổ cái (F12, Alt+V); tệp bị sửa thì khôi phục bản sao."),
)
REAPPOINTED_TWICE = Check(
    "reappointed-twice",
    later("Hẹn lại quá một lần"),
    later("Báo lãnh đạo: chỉ được hẹn lại một lần; quản trị kiểm tra sổ cái (F12, Alt+V)."),
)
REAPPOINTED_WITHOUT_LETTER = Check(
    "reappointed-without-letter",
    later("Hẹn lại mà không có thư xin lỗi đã ký"),
    later("Báo quản trị kiểm tra sổ cái (F12, Alt+V); lãnh đạo ký thư xin lỗi (S)."),
)

# --- the clock ------------------------------------------------------------------------------------

PAUSE_MOMENTS = Check(
    "pause-moments",
    later("Lần tạm dừng bắt đầu, kết thúc vào lúc không thể có"),
    later("Xem đồng hồ của máy; hạn trả tính theo lần tạm dừng ấy: báo lãnh đạo xem lại hạn."),
)
CLOCK_STANDS = Check(
    "clock-stands",
    later("Đồng hồ đứng khác với lần tạm dừng đang mở"),
    later("Báo quản trị kiểm tra sổ cái (F12, Alt+V); tệp bị sửa thì khôi phục bản sao."),
)
STATE_WITHOUT_REQUEST = Check(
    "state-without-request",
    later("Trạng thái chờ công dân khác với yêu cầu đang mở"),
    later("Báo quản trị kiểm tra sổ cái (F12, Alt+V); tệp bị sửa thì khôi phục bản sao."),
)
PAUSE_AFTER_END = Check(
    "pause-after-end",
    later("Đã xong mà lần tạm dừng còn mở"),
    later("Hoàn tác (Z), ghi hết tạm dừng (N) hoặc dân đã bổ sung (O), rồi ghi lại có kết quả."),
)
SUPPLEMENT_NOT_TOLD = Check(
    "supplement-not-told",
    later("Yêu cầu bổ sung từ hôm trước mà chưa báo công dân"),
    later("Báo công dân, rồi ghi đã báo bổ sung (Q): đồng hồ đang đứng vì họ."),
)

# --- the work -------------------------------------------------------------------------------------

NO_HOLDER = Check(
    "no-holder",
    later("Không có người đang làm việc giữ hồ sơ"),
    later("Bàn giao (B) cho người đang làm việc."),
)
STEP_MISSING = Check(
    "step-missing",
    later("Có kết quả mà chưa qua đủ bước của quy trình"),
    later("Nhắc người giữ bàn giao (B) đủ bước; quy trình không còn đúng thì lãnh đạo đặt lại."),
)
NOT_FORWARDED = Check(
    "not-forwarded",
    later("Nhận thay cơ quan khác mà quá lúc phải chuyển"),
    later("Chuyển hồ sơ cho cơ quan có thẩm quyền, rồi ghi đã chuyển (Shift+F)."),
    _UNFINISHED & Facts.forwarded.missing & (Facts.forward_by < _NOW),
)
LONG_OVERDUE = Check(
    "long-overdue",
    later("Quá hẹn trên 60 ngày mà vẫn mở"),
    later("Hỏi người giữ: đã xong thì ghi có kết quả (K), chưa xong thì báo lãnh đạo."),
    _UNFINISHED & CLOCK_RUNS & (Facts.last_minute < _LONG_AGO),
)
REMINDER_UNANSWERED = Check(
    "reminder-unanswered",
    later("Phiếu đôn đốc quá hạn chưa trả lời"),
    later("Người giữ trả lời công dân, rồi ghi trả lời đôn đốc (Shift+T)."),
)

# --- late dossiers --------------------------------------------------------------------------------

_LATE = LATE | REAPPOINTMENT_BROKEN  # before letters are counted: few are

NO_LETTER = Check(
    "no-letter",
    later("Trễ hẹn mà chưa có thư xin lỗi đã ký"),
    later("Trang Trễ hẹn (F5): soạn thư, trình lãnh đạo ký."),
    _LATE
    & (
        (FIRST_LETTER_OWED.condition & (Facts.letters_signed < 1))
        | (SECOND_LETTER_OWED.condition & (Facts.letters_signed < 2))
    ),
)
LETTER_UNDELIVERED = Check(
    "letter-undelivered",
    later("Thư xin lỗi đã ký mà chưa trao"),
    later("Trang Trễ hẹn (F5): in, trao cho công dân rồi ghi đã trao (D)."),
    _LATE
    & (
        (FIRST_LETTER_OWED.condition & (Facts.letters_signed >= 1))
        | (SECOND_LETTER_OWED.condition & (Facts.letters_signed >= 2))
    ),
)
NO_RESPONSIBILITY = Check(
    "no-responsibility",
    later("Trễ hẹn đã xong mà chưa xác định trách nhiệm"),
    later("Lãnh đạo mở hồ sơ, xác định trách nhiệm (J)."),
)

# --- people ---------------------------------------------------------------------------------------

NUMBER_OF_TWO = Check(
    "number-of-two",
    later("Một số định danh mang hai tên khác nhau"),
    later("So với giấy tờ; nhập sai thì sửa thông tin (Shift+S)."),
)
NUMBER_LENGTH = Check(
    "number-length",
    later("Số định danh không đủ 12 hay 9 chữ số"),
    later("So với giấy tờ rồi sửa thông tin (Shift+S)."),
)
NUMBER_AND_BIRTH = Check(
    "number-and-birth",
    later("Số định danh không khớp năm sinh hoặc giới tính"),
    later("So với thẻ căn cước rồi sửa thông tin (Shift+S)."),
)
COUNTED_TWICE = Check(
    "counted-twice",
    later("Có ở tệp của tỉnh lẫn tiếp nhận tại đây: tính hai lần"),
    later(
        "Cùng một hồ sơ thì hủy bản nhập tại đây trong ngày (Shift+Z); quá ngày thì trừ khi gửi."
    ),
)

# --- what figures are sorted by -------------------------------------------------------------------

NO_FIELD = Check(
    "no-field",
    later("Chưa rõ lĩnh vực: báo cáo theo lĩnh vực thiếu hồ sơ"),
    later("Thêm thủ tục vào danh mục (Ctrl+F12) trước lần nhận tệp sau; kỳ này ghi chú khi gửi."),
)
CHANNEL_AND_CODE = Check(
    "channel-and-code",
    later("Hình thức nộp không khớp mã của Cổng"),
    later(
        "Sửa hình thức nộp (Shift+S) cho đúng; nộp qua Cổng mà thiếu mã thì hủy trong ngày "
        "(Shift+Z) rồi nhập lại."
    ),
)
REGISTRATION_UNANSWERED = Check(
    "registration-unanswered",
    later("Hồ sơ của Cổng quá hạn trả lời tiếp nhận"),
    later("Tiếp nhận (F2) kèm mã của Cổng, hoặc từ chối."),
    whole_ward=True,
    numbers=True,
)

# --- lists of other systems -----------------------------------------------------------------------

LIST_VANISHED = Check(
    "list-vanished",
    later("Không còn trong tệp mới nhất của tỉnh mà ở đây vẫn mở"),
    later("Tra ở hệ thống của tỉnh: đã xong thì ghi có kết quả (K), đã rút thì ghi rút (R)."),
)
LIST_DUE = Check(
    "list-due",
    later("Tệp của tỉnh ghi ngày hẹn khác"),
    later(
        "So với giấy hẹn; tệp sai thì báo nơi ra tệp, ngày sau đúng thì lấy làm hẹn lại (Alt+H)."
    ),
)
LIST_DONE = Check(
    "list-done",
    later("Tệp của tỉnh ghi đã xong mà ở đây vẫn mở"),
    later("Tra ngày xong ở hệ thống của tỉnh, rồi ghi có kết quả (K)."),
)
LIST_DONE_EARLY = Check(
    "list-done-early",
    later("Tệp của tỉnh ghi xong trước khi tiếp nhận"),
    later("Báo nơi ra tệp sửa ngày; nhận lại tệp đã sửa (Ctrl+F3)."),
)

# --- numbers --------------------------------------------------------------------------------------

NUMBER_GAPS = Check(
    "number-gaps",
    later("Số thư, phiếu, sổ chứng thực bị trống"),
    later("Tìm giấy mang số ấy trong cặp lưu; không có thì ghi vì sao trống khi gửi."),
    whole_ward=True,
    numbers=True,
)
CODE_GAPS = Check(
    "code-gaps",
    later("Mã hồ sơ bị trống giữa ngày"),
    later("Tìm giấy hẹn mang mã ấy; hồ sơ bị mất thì nhập muộn, báo quản trị xem sổ cái."),
    numbers=True,
)

CHECKS = (
    RECEIVED_IN_FUTURE,
    FINISHED_IN_FUTURE,
    FINISHED_BEFORE_RECEIVED,
    RETURNED_BEFORE_READY,
    DUE_BEFORE_RECEIVED,
    DONE_WITHOUT_DATE,
    OPEN_WITH_END,
    CLOSED_UNFINISHED,
    DAMAGED,
    REST_DAY_PROMISE,
    DUE_AGAINST_PROMISE,
    REAPPOINTED_TWICE,
    REAPPOINTED_WITHOUT_LETTER,
    PAUSE_MOMENTS,
    CLOCK_STANDS,
    STATE_WITHOUT_REQUEST,
    PAUSE_AFTER_END,
    SUPPLEMENT_NOT_TOLD,
    NO_HOLDER,
    STEP_MISSING,
    NOT_FORWARDED,
    LONG_OVERDUE,
    REMINDER_UNANSWERED,
    NO_LETTER,
    LETTER_UNDELIVERED,
    NO_RESPONSIBILITY,
    NUMBER_OF_TWO,
    NUMBER_LENGTH,
    NUMBER_AND_BIRTH,
    COUNTED_TWICE,
    NO_FIELD,
    CHANNEL_AND_CODE,
    REGISTRATION_UNANSWERED,
    LIST_VANISHED,
    LIST_DUE,
    LIST_DONE,
    LIST_DONE_EARLY,
    NUMBER_GAPS,
    CODE_GAPS,
)
