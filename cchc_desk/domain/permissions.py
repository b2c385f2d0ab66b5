"""Permissions: one table of which role may do what (a page of the help shows it).

A permission is not an event of the ledger: one permission may lead to several acts.
"""

from enum import Enum

from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role
from cchc_desk.errors import Refused
from cchc_desk.i18n import Alternatives, Message


class Permission(Enum):
    """What an official may be allowed to do; the value is its word in the help."""

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
    CLOCK = "clock"
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
    }
)

_COUNTER = {Role.CLERK, Role.LEADER}
_HANDS = {Role.CLERK, Role.PROCESSOR, Role.LEADER}
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
    Permission.BACKUP: _ALL,
    Permission.CLOCK: _ALL,
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
    Permission.OBJECT: _HANDS,
    Permission.PROCESS: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.PAPER_RECEIPTS: _COUNTER,
    Permission.CALENDAR: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.CALENDAR_CONFIRM: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.MOVE_DUE: {Role.ADMINISTRATOR, Role.LEADER},
    Permission.ANONYMISE: {Role.ADMINISTRATOR},
    Permission.EXPORT: _ALL,
    Permission.VISIT: _HANDS,
    Permission.RATE: _HANDS,
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
