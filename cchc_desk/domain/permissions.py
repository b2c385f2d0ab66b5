"""Permissions: one table of which role may do what (a page of the help shows it).

A permission is not an event of the ledger: one permission may lead to several acts.
"""

from enum import Enum

from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role
from cchc_desk.errors import Refused
from cchc_desk.i18n import Alternatives, Message, later


class Permission(Enum):
    """Rights that an official may have; the value is its word in the help."""

    ACCEPT = "accept"
    READ = "read"
    READY = "ready"
    RETURN = "return"
    NOTIFY = "notify"
    DRAFT_LETTER = "draft-letter"
    SIGN_LETTER = "sign-letter"
    DELIVER_LETTER = "deliver-letter"
    PRINT = "print"
    SETTINGS = "settings"
    OFFICIALS = "officials"
    BACKUP = "backup"
    COPY_OUT = "copy-out"
    SEE_ALL = "see-all"
    SEE_STRIKES = "see-strikes"
    EXPORT_LOG = "export-log"
    PERSONAL_DATA = "personal-data"
    CITIZEN_REQUEST = "citizen-request"
    HAND_OVER = "hand-over"
    REQUEST = "request"
    TELL = "tell"
    SUPPLEMENT = "supplement"
    PAUSE = "pause"
    RESUME = "resume"
    OBLIGE = "oblige"
    PAY = "pay"
    REGISTER = "register"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    STOP = "stop"
    UNDO = "undo"
    SHELVE = "shelve"
    FIX_RESPONSIBILITY = "fix-responsibility"
    ENTER_DECISION = "enter-decision"
    OBJECT = "object"
    PROCESS = "process"
    PAPER_RECEIPTS = "paper-receipts"
    CALENDAR = "calendar"
    CALENDAR_CONFIRM = "calendar-confirm"
    MOVE_DUE = "move-due"
    ANONYMISE = "anonymise"
    EXPORT = "export"
    VISIT = "visit"
    RATE = "rate"
    SEE_CARD = "see-card"
    OBSERVE = "observe"
    COURTESY_REPORT = "courtesy-report"
    ENROL = "enrol"
    SEND = "send"
    TAKE = "take"
    CATALOGUE = "catalogue"
    CATALOGUE_CONFIRM = "catalogue-confirm"
    CORRECT = "correct"
    CANCEL = "cancel"
    CERTIFY = "certify"
    CLOCK = "clock"
    TAKE_LIST = "take-list"
    RESTORE = "restore"
    DRILL = "drill"
    CONFIRM_STATE = "confirm-state"
    ABSENCE = "absence"  # one's own; of others a leader's or an administrator's
    REMIND = "remind"  # note that somebody asked again, and what they were answered
    FREEZE = "freeze"  # the figures of a month
    UNFREEZE = "unfreeze"
    REPORT_SET = "report-set"  # which reports go to whom, and when
    REPORT_BUNDLE = "report-bundle"  # make what goes, and note that it went
    AWAY = "away"  # let a laptop leave as an away desk, and bring it back
    SCAN = "scan"  # add, see, save and remove the scans of a dossier


# What promises something, is printed or counts by its moment: not by a clock that is in doubt.
BY_THE_CLOCK = frozenset(
    {
        Permission.ACCEPT,
        Permission.READY,
        Permission.RETURN,
        Permission.NOTIFY,
        Permission.DRAFT_LETTER,
        Permission.SIGN_LETTER,
        Permission.DELIVER_LETTER,
        Permission.PRINT,
        Permission.HAND_OVER,
        Permission.REQUEST,
        Permission.TELL,
        Permission.SUPPLEMENT,
        Permission.PAUSE,
        Permission.RESUME,
        Permission.OBLIGE,
        Permission.PAY,
        Permission.REGISTER,
        Permission.REFUSE,
        Permission.WITHDRAW,
        Permission.STOP,
        Permission.UNDO,
        Permission.FIX_RESPONSIBILITY,
        Permission.OBJECT,
        Permission.PAPER_RECEIPTS,
        Permission.MOVE_DUE,
        Permission.ANONYMISE,
        Permission.VISIT,
        Permission.OBSERVE,
        Permission.CORRECT,
        Permission.CANCEL,
        Permission.CERTIFY,
        Permission.REMIND,
    }
)

_COUNTER = {Role.CLERK, Role.LEADER}
_HANDS = {Role.CLERK, Role.PROCESSOR, Role.LEADER}
_ANSWER = {Role.LEADER, Role.ADMINISTRATOR}  # for what leaves the office
_ALL = set(Role)

# A leader may stand in at the counter; only a leader signs.
ALLOWED: dict[Permission, set[Role]] = {
    Permission.ACCEPT: _COUNTER,
    Permission.READ: _ALL,
    Permission.READY: _HANDS,
    Permission.RETURN: _COUNTER,
    Permission.NOTIFY: _HANDS,
    Permission.DRAFT_LETTER: _HANDS,
    Permission.SIGN_LETTER: {Role.LEADER},
    Permission.DELIVER_LETTER: _HANDS,
    Permission.PRINT: _HANDS,
    Permission.SETTINGS: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.OFFICIALS: {Role.ADMINISTRATOR},
    Permission.BACKUP: _ALL,  # into the desk's own folder, as the day's routine does
    Permission.COPY_OUT: _ANSWER,
    Permission.SEE_ALL: {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR},  # lists beyond one's own
    Permission.SEE_STRIKES: {Role.LEADER},  # of others; one's own are everybody's
    Permission.EXPORT_LOG: _ANSWER,
    Permission.PERSONAL_DATA: _ANSWER,
    Permission.CITIZEN_REQUEST: {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR},
    Permission.HAND_OVER: _HANDS,
    Permission.REQUEST: _HANDS,
    Permission.TELL: _HANDS,
    Permission.SUPPLEMENT: _HANDS,
    Permission.PAUSE: _HANDS,
    Permission.RESUME: _HANDS,
    Permission.OBLIGE: _HANDS,
    Permission.PAY: _HANDS,
    Permission.REGISTER: _COUNTER,
    Permission.REFUSE: _COUNTER,
    Permission.WITHDRAW: _HANDS,
    Permission.STOP: _HANDS,
    Permission.UNDO: _HANDS,
    Permission.SHELVE: _HANDS,
    Permission.FIX_RESPONSIBILITY: {Role.LEADER},
    Permission.ENTER_DECISION: {Role.ADMINISTRATOR, Role.LEADER},  # of the higher office
    Permission.OBJECT: _HANDS,
    Permission.PROCESS: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.PAPER_RECEIPTS: _COUNTER,
    Permission.CALENDAR: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.CALENDAR_CONFIRM: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.MOVE_DUE: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.ANONYMISE: {Role.ADMINISTRATOR},
    Permission.EXPORT: _ANSWER,  # with a reason in the ledger
    Permission.VISIT: _HANDS,
    Permission.RATE: _COUNTER,  # whoever was there when the citizen spoke
    Permission.SEE_CARD: _HANDS,
    Permission.OBSERVE: {Role.LEADER},
    Permission.COURTESY_REPORT: {Role.LEADER, Role.ADMINISTRATOR},
    Permission.ENROL: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.SEND: _ALL,
    Permission.TAKE: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.CATALOGUE: {Role.ADMINISTRATOR},
    Permission.CATALOGUE_CONFIRM: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.CORRECT: {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR},
    Permission.CANCEL: _COUNTER,
    Permission.CERTIFY: _COUNTER,
    Permission.CLOCK: _ALL,
    Permission.TAKE_LIST: {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR},
    Permission.RESTORE: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.DRILL: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.CONFIRM_STATE: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.FREEZE: _ANSWER,
    Permission.UNFREEZE: {Role.LEADER},
    Permission.REPORT_SET: _ANSWER,
    Permission.REPORT_BUNDLE: {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR},
    Permission.AWAY: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.SCAN: _HANDS,
    Permission.REMIND: _HANDS,
    Permission.ABSENCE: _ALL,
}

# What each is, for the help and for the folder of personal data.
NAMES = {
    Permission.ACCEPT: later("Tiếp nhận hồ sơ"),
    Permission.READ: later("Xem một hồ sơ, bảng ngày, lịch, danh mục"),
    Permission.READY: later("Ghi có kết quả"),
    Permission.RETURN: later("Trả kết quả"),
    Permission.NOTIFY: later("Báo trước cho công dân"),
    Permission.DRAFT_LETTER: later("Soạn thư xin lỗi (chỉ đề nghị)"),
    Permission.SIGN_LETTER: later("Ký thư xin lỗi"),
    Permission.DELIVER_LETTER: later("Ghi đã trao thư"),
    Permission.PRINT: later("In giấy tờ của hồ sơ"),
    Permission.SETTINGS: later("Đổi cài đặt"),
    Permission.OFFICIALS: later("Thêm, sửa người dùng"),
    Permission.BACKUP: later("Sao lưu vào thư mục của quầy"),
    Permission.COPY_OUT: later("Chép cả dữ liệu ra ngoài (có lý do)"),
    Permission.SEE_ALL: later("Xem danh sách mọi hồ sơ (người khác: hồ sơ của mình)"),
    Permission.SEE_STRIKES: later("Xem số lần gây trễ của mọi người (người khác: của mình)"),
    Permission.EXPORT_LOG: later("Xem nhật ký xuất dữ liệu"),
    Permission.PERSONAL_DATA: later("Trả lời yêu cầu về dữ liệu, phiếu sự cố, hồ sơ dữ liệu"),
    Permission.CITIZEN_REQUEST: later("Ghi yêu cầu của công dân về dữ liệu của mình"),
    Permission.HAND_OVER: later("Bàn giao hồ sơ"),
    Permission.REQUEST: later("Yêu cầu bổ sung"),
    Permission.TELL: later("Ghi đã báo công dân bổ sung"),
    Permission.SUPPLEMENT: later("Nhận bổ sung"),
    Permission.PAUSE: later("Tạm dừng (lấy ý kiến, kiểm tra)"),
    Permission.RESUME: later("Ghi hết tạm dừng"),
    Permission.OBLIGE: later("Chờ nghĩa vụ tài chính"),
    Permission.PAY: later("Ghi đã nộp nghĩa vụ tài chính"),
    Permission.REGISTER: later("Ghi hồ sơ từ Cổng"),
    Permission.REFUSE: later("Từ chối tiếp nhận"),
    Permission.WITHDRAW: later("Công dân rút hồ sơ"),
    Permission.STOP: later("Dừng giải quyết"),
    Permission.UNDO: later("Hoàn tác việc vừa làm"),
    Permission.SHELVE: later("Ghi nơi để hồ sơ"),
    Permission.FIX_RESPONSIBILITY: later("Quyết định trách nhiệm trễ hẹn"),
    Permission.ENTER_DECISION: later("Ghi quyết định của cấp trên về trách nhiệm"),
    Permission.OBJECT: later("Ghi ý kiến về trách nhiệm"),
    Permission.PROCESS: later("Đặt quy trình nội bộ"),
    Permission.PAPER_RECEIPTS: later("Giấy hẹn in sẵn số"),
    Permission.CALENDAR: later("Nhập lịch một năm"),
    Permission.CALENDAR_CONFIRM: later("Xác nhận lịch (người thứ hai)"),
    Permission.MOVE_DUE: later("Dời hẹn theo lịch đổi"),
    Permission.ANONYMISE: later("Ẩn danh hồ sơ hết hạn lưu"),
    Permission.EXPORT: later("Xuất, in danh sách có dữ liệu công dân (có lý do)"),
    Permission.VISIT: later("Tự chấm «4 xin, 4 luôn»"),
    Permission.RATE: later("Ghi đánh giá của công dân"),
    Permission.SEE_CARD: later("Xem phiếu tuần của mình"),
    Permission.OBSERVE: later("Ghi phiếu quan sát"),
    Permission.COURTESY_REPORT: later("Báo cáo «4 xin, 4 luôn»"),
    Permission.ENROL: later("Ghi danh với thành phố"),
    Permission.SEND: later("Gửi số liệu lên thành phố"),
    Permission.TAKE: later("Nhận lịch, danh mục, luật từ thành phố"),
    Permission.CATALOGUE: later("Sửa danh mục thủ tục"),
    Permission.CATALOGUE_CONFIRM: later("Xác nhận danh mục (người thứ hai)"),
    Permission.CORRECT: later("Sửa lỗi nhập"),
    Permission.CANCEL: later("Hủy hồ sơ nhập nhầm"),
    Permission.CERTIFY: later("Chứng thực tại chỗ"),
    Permission.CLOCK: later("Xác nhận, chỉnh giờ của quầy"),
    Permission.TAKE_LIST: later("Nhận danh sách của hệ thống khác"),
    Permission.RESTORE: later("Khôi phục bản sao"),
    Permission.DRILL: later("Kiểm tra bản sao hằng tháng"),
    Permission.CONFIRM_STATE: later("Quyết định khi dữ liệu không khớp dấu giữ ngoài tệp"),
    Permission.FREEZE: later("Chốt số liệu một tháng"),
    Permission.UNFREEZE: later("Mở lại số liệu đã chốt (có lý do)"),
    Permission.REPORT_SET: later("Đặt bộ báo cáo gửi định kỳ"),
    Permission.REPORT_BUNDLE: later("Lập bộ báo cáo gửi định kỳ, ghi đã gửi"),
    Permission.AWAY: later("Quầy lưu động: mang đi, nhận về"),
    Permission.SCAN: later("Bản chụp của hồ sơ"),
    Permission.ABSENCE: later("Ghi vắng mặt, người thay (của người khác: lãnh đạo, quản trị)"),
    Permission.REMIND: later("Ghi đôn đốc và trả lời đôn đốc"),
}


def require(official: Official | None, permission: Permission) -> Official:
    """Return the official who has `permission`. Raises Refused: "log-in", "role"."""
    if official is None:
        raise Refused("log-in", Message("Hãy đăng nhập trước khi làm việc này."))
    if official.role not in ALLOWED[permission]:
        roles = Alternatives(ROLE_NAMES[role] for role in Role if role in ALLOWED[permission])
        raise Refused(
            "role",
            Message(
                "Việc này dành cho {who}; hãy nhờ người đó hoặc đổi người dùng (Ctrl+U).",
                who=roles,
            ),
        )
    return official


def why_not(official: Official | None, permission: Permission) -> str:
    """Return in words why this official may not; "" where they may, or nobody is logged in."""
    try:
        if official is not None:
            require(official, permission)
    except Refused as refused:
        return refused.message
    return ""
