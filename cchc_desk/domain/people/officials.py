"""Officials of the desk, their roles, and the acts each role may do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import chain, count

from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import Refused
from cchc_desk.i18n import Alternatives, Message, later


class Role(Enum):
    """Role of an official; the value is stored."""

    CLERK = "clerk"
    PROCESSOR = "processor"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


class Act(Enum):
    """An act of an official at the desk; the value is its word in the ledger."""

    SET_UP = "set-up"
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


_COUNTER = {Role.CLERK, Role.LEADER}
_HANDS = {Role.CLERK, Role.PROCESSOR, Role.LEADER}
_ALL = set(Role)

# A leader may stand in at the counter; only a leader signs.
MAY: dict[Act, set[Role]] = {
    Act.ACCEPT: _COUNTER,
    Act.READ: _ALL,
    Act.READY: _HANDS,
    Act.RETURN: _COUNTER,
    Act.NOTIFY: _HANDS,
    Act.DRAFT_LETTER: _HANDS,
    Act.SIGN_LETTER: {Role.LEADER},
    Act.DELIVER_LETTER: _HANDS,
    Act.PRINT: _HANDS,
    Act.SETTINGS: {Role.ADMINISTRATOR, Role.LEADER},
    Act.OFFICIALS: {Role.ADMINISTRATOR},
    Act.BACKUP: _ALL,
    Act.CLOCK: _ALL,
    Act.HAND_OVER: _HANDS,
    Act.REQUEST: _HANDS,
    Act.TELL: _HANDS,
    Act.SUPPLEMENT: _HANDS,
    Act.PAUSE: _HANDS,
    Act.RESUME: _HANDS,
    Act.OBLIGE: _HANDS,
    Act.PAY: _HANDS,
    Act.REGISTER: _COUNTER,
    Act.REFUSE: _COUNTER,
    Act.WITHDRAW: _HANDS,
    Act.STOP: _HANDS,
    Act.UNDO: _HANDS,
    Act.SHELVE: _HANDS,
    Act.FIX_RESPONSIBILITY: {Role.LEADER},
    Act.OBJECT: _HANDS,
    Act.PROCESS: {Role.ADMINISTRATOR, Role.LEADER},
    Act.PAPER_RECEIPTS: _COUNTER,
    Act.CALENDAR: {Role.ADMINISTRATOR, Role.LEADER},
    Act.CALENDAR_CONFIRM: {Role.ADMINISTRATOR, Role.LEADER},
    Act.MOVE_DUE: {Role.ADMINISTRATOR, Role.LEADER},
    Act.ANONYMISE: {Role.ADMINISTRATOR},
    Act.EXPORT: _ALL,
    Act.VISIT: _HANDS,
    Act.RATE: _HANDS,
    Act.SEE_CARD: _HANDS,
    Act.OBSERVE: {Role.LEADER},
    Act.COURTESY_REPORT: {Role.LEADER, Role.ADMINISTRATOR},
    Act.ENROL: {Role.ADMINISTRATOR, Role.LEADER},
    Act.SEND: _ALL,
    Act.TAKE: {Role.ADMINISTRATOR, Role.LEADER},
    Act.CATALOGUE: {Role.ADMINISTRATOR},
    Act.CATALOGUE_CONFIRM: {Role.ADMINISTRATOR, Role.LEADER},
    Act.CORRECT: {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR},
    Act.CANCEL: _COUNTER,
    Act.CERTIFY: _COUNTER,
}

ROLE_NAMES = {
    Role.CLERK: later("người tiếp nhận"),
    Role.PROCESSOR: later("người thụ lý"),
    Role.LEADER: later("lãnh đạo"),
    Role.ADMINISTRATOR: later("quản trị"),
}


@dataclass(frozen=True)
class Official:
    """An official of the desk; `title` is printed above the name on a signed paper."""

    id: str
    name: str
    role: Role
    title: str = ""
    active: bool = True


@dataclass(frozen=True)
class Lock:
    """The guard of an official's account: argon2 hash, failures in a row, until when to wait."""

    password_hash: str
    failures: int
    wait_until: datetime | None


def require(official: Official | None, act: Act) -> Official:
    """Return the official when they may do `act`. Raises Refused: "log-in", "role"."""
    if official is None:
        raise Refused("log-in", Message("Hãy đăng nhập trước khi làm việc này."))
    if official.role not in MAY[act]:
        roles = Alternatives(ROLE_NAMES[role] for role in Role if role in MAY[act])
        raise Refused(
            "role",
            Message(
                "Việc này dành cho {who}; hãy nhờ người đó hoặc đổi người dùng (Ctrl+U).",
                who=roles,
            ),
        )
    return official


def login_of(name: str, taken: Collection[str]) -> str:
    """Propose a login for a name: `dao` for «Nguyễn Thị Ánh Đào», `dao2` where that is `taken`.

    "" for a name without a letter.
    """
    words = fold(name).split()
    given = "".join(letter for letter in words[-1] if letter.isascii()) if words else ""
    numbered = (f"{given}{number}" for number in count(2))
    return next(login for login in chain((given,), numbered) if not login or login not in taken)
