"""What to tell the citizen now, per channel: words for the phone, a message without marks, a
letter's text.
"""

import unicodedata
from dataclasses import dataclass

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import OPEN, Dossier, Status
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.time.deadlines import LimitUnit
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.session import Desk

_SHORT = (LimitUnit.WORKING_MINUTES, LimitUnit.WITHIN_DAY)  # over before anybody could be warned
LONGEST_SMS = 160  # letters of one message without marks


@dataclass(frozen=True)
class Messages:
    """The same news in the shape of each channel; `about`: late, notice (may be late), supplement,
    ready, progress.
    """

    about: str
    phone: str
    sms: str
    letter: str


def messages_for(desk: Desk, code: str) -> Messages:
    """What this dossier's citizen should hear today."""
    desk.require(Act.READ)
    with desk.read() as connection:
        dossier = progress.the_dossier(connection, code)
    about, news, short = _news(desk, dossier)
    who, unit = dossier.applicant.name, desk.settings["unit_name"]
    hotline = desk.settings["hotline"]
    call = f" Cần hỏi thêm, xin gọi {hotline}." if hotline else ""
    return Messages(
        about,
        f"Xin chào, có phải {who} không ạ? Tôi gọi từ {desk.settings['desk_name']}, {unit}, về "
        f"hồ sơ «{dossier.procedure_name}», mã {dossier.code}. {news} Xin cảm ơn.{call}",
        sms(f"{dossier.code}: {short}", f" LH {hotline}" if hotline else ""),
        f"Kính gửi: {who}\n\n{unit} xin thông báo về hồ sơ «{dossier.procedure_name}», mã "
        f"{dossier.code}. {news}{call}",
    )


def _news(desk: Desk, dossier: Dossier) -> tuple[str, str, str]:
    """What it is about, the full sentence, and the short one."""
    pause, due = dossier.open_pause, f"{dossier.due:%H:%M ngày %d/%m/%Y}"
    if dossier.status is Status.READY:
        return (
            "ready",
            "Hồ sơ đã có kết quả; mời đến nhận và mang theo giấy hẹn.",
            "da co ket qua, moi den nhan",
        )
    if pause and pause.kind is PauseKind.SUPPLEMENT:
        items = "; ".join(pause.items)
        return (
            "supplement",
            f"Xin phép được yêu cầu bổ sung: {items}. Lý do: {pause.reason}.",
            f"can bo sung: {items}",
        )
    if lateness.is_late(dossier, desk.now()) or dossier.second_due:
        again = (
            f" Hồ sơ được hẹn lại vào {due}."
            if dossier.second_due
            else " Ngày trả mới sẽ được báo bằng thư xin lỗi."
        )
        short = (
            f"tre hen, xin loi. Hen lai {due}"
            if dossier.second_due
            else "tre hen, xin loi. Se co thu hen lai"
        )
        return (
            "late",
            f"Rất xin lỗi vì hồ sơ không kịp hẹn {dossier.first_due:%H:%M ngày %d/%m/%Y}.{again}",
            short,
        )
    if dossier.finished:
        return "progress", "Hồ sơ đã kết thúc.", "da ket thuc"
    if (
        dossier.status in OPEN
        and dossier.limit.unit not in _SHORT
        and progress.notice_due(desk, dossier)
    ):
        return (
            "notice",
            f"Xin báo trước: hồ sơ hẹn trả {due} có thể chưa kịp có kết quả. Rất xin lỗi; nếu "
            "chậm, chúng tôi sẽ gửi thư xin lỗi và hẹn ngày mới; xin gọi hỏi trước khi đến.",
            f"hen tra {due} co the chua kip, xin loi. Se bao ngay tra moi",
        )
    return (
        "progress",
        f"Hồ sơ đang được giải quyết, hẹn trả {due}.",
        f"dang giai quyet, hen tra {due}",
    )


def sms(text: str, end: str = "") -> str:
    """One message of at most LONGEST_SMS letters without marks; what is too long ends with "...",
    never `end`.
    """
    plain = _unmarked(text)
    room = LONGEST_SMS - len(_unmarked(end))
    return (plain if len(plain) <= room else plain[: room - 3].rstrip() + "...") + _unmarked(end)


def _unmarked(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if char.isascii())
