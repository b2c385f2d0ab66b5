"""Officials of the desk, their roles, and the acts that the ledger knows."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from itertools import chain, count

from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import later


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
    CLOCK_CONFIRM = "clock-confirm"
    CLOCK_SET = "clock-set"
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
    TAKE_LIST = "take-list"
    KEEP_RECEIPT = "keep-receipt"
    WATCH = "watch"
    LEARN_LIST = "learn-list"
    RESTORE = "restore"
    DRILL = "drill"
    STATE_SEEN = "state-seen"
    LESSON = "lesson"
    MACHINE = "machine"
    OWN_DESK = "own-desk"
    LOG_IN = "log-in"
    RECOVER = "recover"
    ADD_SCAN = "add-scan"
    REMOVE_SCAN = "remove-scan"
    RESTORE_SCAN = "restore-scan"
    SAVE_SCAN = "save-scan"
    PERSONAL_DATA = "personal-data"
    REBUILD = "rebuild"
    ABSENCE = "absence"
    REMIND = "remind"
    ANSWER_REMINDER = "answer-reminder"
    FORWARD = "forward"
    AGENCY_RECEIVED = "agency-received"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    REPORT_SET = "report-set"
    REPORT_BUNDLE = "report-bundle"
    REPORT_SENT = "report-sent"
    AWAY_OUT = "away-out"
    AWAY_BEGIN = "away-begin"
    AWAY_CLOSE = "away-close"
    AWAY_BACK = "away-back"
    AWAY_BOTH = "away-both"
    AWAY_DECIDE = "away-decide"
    AWAY_GIVE_UP = "away-give-up"


# Noted in a dossier's history, but nothing about it is otherwise than before.
ONLY_SHOW = frozenset({Act.PRINT, Act.SAVE_SCAN})
# Noted on a dossier, and none of its rows is otherwise than before.
BESIDE_IT = ONLY_SHOW | {Act.VISIT, Act.RATE}


ROLE_NAMES = {
    Role.CLERK: later("người tiếp nhận"),
    Role.PROCESSOR: later("người thụ lý"),
    Role.LEADER: later("lãnh đạo"),
    Role.ADMINISTRATOR: later("quản trị"),
}


@dataclass(frozen=True)
class Official:
    """An official of the desk; `title` is printed above the name on a signed paper.

    `must_change`: somebody else chose the password. `is_damaged`: the row in the file cannot be
    read as it stands; its official is never active, and has the role of the least rights.
    """

    id: str
    name: str
    role: Role
    title: str = ""
    active: bool = True
    must_change: bool = False
    is_damaged: bool = False


def login_of(name: str, taken: Collection[str]) -> str:
    """Propose a login for a name: `dao` for «Nguyễn Thị Ánh Đào», `dao2` where that is `taken`.

    "" for a name without a letter.
    """
    words = fold(name).split()
    given = "".join(letter for letter in words[-1] if letter.isascii()) if words else ""
    numbered = (f"{given}{number}" for number in count(2))
    return next(login for login in chain((given,), numbered) if not login or login not in taken)
