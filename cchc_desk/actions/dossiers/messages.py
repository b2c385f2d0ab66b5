"""Messages to the citizen: words for the phone, a text message, a letter's text."""

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import OPEN, Dossier, Status
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.deadlines import LimitUnit
from cchc_desk.session import Desk

_SHORT = (LimitUnit.WORKING_MINUTES, LimitUnit.WITHIN_DAY)  # over before anybody could be warned
LONGEST_SMS = 160  # letters of one message without marks


@dataclass(frozen=True)
class Messages:
    """The same news for each channel.

    `about`: "late", "notice" (may be late), "supplement", "ready" or "progress".
    """

    about: str
    phone: str
    sms: str
    letter: str


def messages_for(desk: Desk, code: str) -> Messages:
    """Return the messages for this dossier's citizen today. Raises as counted_dossier()."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        dossier = progress.counted_dossier(connection, code)
    news = _news(desk, dossier)
    who, unit = dossier.applicant.name, desk.settings["unit_name"]
    hotline = desk.settings["hotline"]
    call = f" Cần hỏi thêm, xin gọi {hotline}." if hotline else ""
    return Messages(
        news.about,
        f"Xin chào, có phải {who} không ạ? Tôi gọi từ {desk.settings['desk_name']}, {unit}, về "
        f"hồ sơ «{dossier.procedure_name}», mã {dossier.code}. {news.text} Xin cảm ơn.{call}",
        sms(f"{dossier.code}: {news.short}", f" LH {hotline}" if hotline else ""),
        f"Kính gửi: {who}\n\n{unit} xin thông báo về hồ sơ «{dossier.procedure_name}», mã "
        f"{dossier.code}. {news.text}{call}",
    )


class _News(NamedTuple):
    """News of a dossier: `about` as in Messages, the full text, and the short one without marks."""

    about: str
    text: str
    short: str


def _news(desk: Desk, dossier: Dossier) -> _News:
    asked, due = dossier.open_request, f"{dossier.due:%H:%M ngày %d/%m/%Y}"
    if dossier.status is Status.READY:
        text = "Hồ sơ đã có kết quả; mời đến nhận và mang theo giấy hẹn."
        return _News("ready", text, "da co ket qua, moi den nhan")
    if asked:
        items = "; ".join(asked.items)
        text = f"Xin phép được yêu cầu bổ sung: {items}. Lý do: {asked.reason}."
        return _News("supplement", text, f"can bo sung: {items}")
    if lateness.is_late(dossier, desk.now()) or dossier.second_due:
        return _late_news(desk, dossier, due)
    if dossier.finished:
        return _News("progress", "Hồ sơ đã kết thúc.", "da ket thuc")
    long_enough = dossier.status in OPEN and dossier.limit.unit not in _SHORT
    if long_enough and progress.notice_due(desk, dossier):
        text = (
            f"Xin báo trước: hồ sơ hẹn trả {due} có thể chưa kịp có kết quả. Rất xin lỗi; nếu "
            "chậm, chúng tôi sẽ gửi thư xin lỗi và hẹn ngày mới; xin gọi hỏi trước khi đến."
        )
        short = f"hen tra {due} co the chua kip, xin loi. Se bao ngay tra moi"
        return _News("notice", text, short)
    text = f"Hồ sơ đang được giải quyết, hẹn trả {due}."
    return _News("progress", text, f"dang giai quyet, hen tra {due}")


def _late_news(desk: Desk, dossier: Dossier, due: str) -> _News:
    sorry = f"Rất xin lỗi vì hồ sơ không kịp hẹn {dossier.first_due:%H:%M ngày %d/%m/%Y}."
    if lateness.broke_reappointment(dossier, desk.now()):
        text = (
            f"{sorry} Lần hẹn lại {due} cũng không kịp; kết quả sẽ được trả sớm nhất có thể; "
            "xin gọi hỏi trước khi đến."
        )
        return _News("late", text, f"lo ca hen lai {due}, xin loi. Se tra som nhat")
    if dossier.second_due:
        text = f"{sorry} Hồ sơ được hẹn lại vào {due}."
        return _News("late", text, f"tre hen, xin loi. Hen lai {due}")
    text = f"{sorry} Ngày trả mới sẽ được báo bằng thư xin lỗi."
    return _News("late", text, "tre hen, xin loi. Se co thu hen lai")


def sms(text: str, end: str = "") -> str:
    """Return one message of at most LONGEST_SMS letters without marks, ending with `end`.

    A text that is too long for it ends with "...".
    """
    plain = _unmarked(text)
    room = LONGEST_SMS - len(_unmarked(end))
    return (plain if len(plain) <= room else plain[: room - 3].rstrip() + "...") + _unmarked(end)


def _unmarked(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if char.isascii())
