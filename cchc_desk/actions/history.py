"""The ledger of one dossier in plain words: who did what, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_desk.domain.dossier import STATUS_NAMES, Status
from cchc_desk.domain.officials import Act
from cchc_desk.settings import PAPERS
from cchc_desk.store import journal, people
from cchc_desk.store.database import Connection

_OFFICIALS = ("giver", "receiver", "official")  # where an entry's details say who
HOW_WORDS = {
    "counter": "tại quầy",
    "phone": "qua điện thoại",
    "post": "qua bưu chính",
    "message": "bằng tin nhắn",
}
PAUSE_WORDS = {
    "supplement": "Chờ bổ sung",
    "opinion": "Lấy ý kiến cơ quan khác",
    "field-check": "Kiểm tra thực địa",
    "obligation": "Chờ nghĩa vụ tài chính",
}


@dataclass(frozen=True)
class HistoryLine:
    """One act on a dossier. `at` is when it happened; `words` a Vietnamese sentence without the name of the actor."""

    at: datetime
    entered: datetime
    official_name: str
    act: str
    words: str


def lines(connection: Connection, code: str) -> tuple[HistoryLine, ...]:
    """The acts on dossier `code`, oldest first."""
    names = {official.id: official.name for official in people.all_officials(connection)}
    return tuple(
        HistoryLine(
            entry.event,
            entry.at,
            names.get(entry.official, entry.official),
            entry.act,
            _words(entry.act, _named(facts, names)),
        )
        for entry, facts in journal.of_dossier(connection, code)
    )


def _words(act: str, facts: dict[str, Any]) -> str:
    try:
        return _SAY[Act(act)](facts)
    except (KeyError, ValueError, TypeError):  # somebody's knife: the dossier's page names the broken entry beside it
        return "Chi tiết của mục này bị mất hoặc bị sửa"


def _named(facts: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The facts with the names of the officials in the place of their log-in names."""
    officials = {key: names.get(facts[key], facts[key]) for key in _OFFICIALS if facts.get(key)}
    return facts | officials


def _accept(facts: dict[str, Any]) -> str:
    late = ", nhập muộn" if facts.get("late_entry_minutes") else ""
    return f"Tiếp nhận «{facts['procedure']}», hẹn trả {_moment(facts['due'])}{late}"


def _return(facts: dict[str, Any]) -> str:
    owed = "; còn nợ thư xin lỗi" if facts["letters_owed"] else ""
    how = f" {HOW_WORDS[facts['returned_how']]}" if "returned_how" in facts else ""
    return f"Trả kết quả{how} cho {facts.get('returned_to') or facts['to']}{owed}"


def _notify(facts: dict[str, Any]) -> str:
    late = "" if facts["in_time"] else " (muộn so với quy định báo trước)"
    return f"Báo trước cho công dân {HOW_WORDS[facts['how']]}{late}"


def _sign(facts: dict[str, Any]) -> str:
    again = f", hẹn lại {_moment(facts['new_due'])}" if facts.get("new_due") else ""
    return f"Ký thư xin lỗi số {facts['number']}{again}"


def _hand_over(facts: dict[str, Any]) -> str:
    agency = f", gửi {facts['agency']}" if facts["agency"] else ""
    return f"Bàn giao {facts['giver']} → {facts['receiver']}: {facts['step']}{agency}"


def _request(facts: dict[str, Any]) -> str:
    broken = " (yêu cầu lần đầu vào ngày hẹn trả hoặc sau đó)" if facts["broken_notice"] else ""
    return f"Yêu cầu bổ sung số {facts['number']}: {'; '.join(facts['items'])}{broken}"


def _go_on(what: str) -> Callable[[dict[str, Any]], str]:
    def say(facts: dict[str, Any]) -> str:
        return f"{what}; hạn trả chuyển sang {_moment(facts['due'])}" if facts["moved"] else what

    return say


def _stand_still(facts: dict[str, Any]) -> str:
    clock = "dừng tính thời gian" if facts["stops_clock"] else "thời gian vẫn tính"
    return f"{PAUSE_WORDS[facts['kind']]} ({clock}): {facts['reason']}"


def _fix(facts: dict[str, Any]) -> str:
    fault = {True: "do lỗi cá nhân", False: "không do lỗi cá nhân", None: "chưa kết luận lỗi"}[facts["own_fault"]]
    over = f", quá {facts['over']} phút" if facts["over"] else ""
    return f"Xác định trách nhiệm: {facts['official'] or 'chưa rõ người'}, bước {facts['step']}{over}, {fault}"


def _end(what: str) -> Callable[[dict[str, Any]], str]:
    def say(facts: dict[str, Any]) -> str:
        number = f" (thông báo số {facts['number']})" if facts.get("number") else ""
        return f"{what}{number}" + (f": {facts['reason']}" if facts["reason"] else "")

    return say


_SAY: dict[Act, Callable[[dict[str, Any]], str]] = {
    Act.ACCEPT: _accept,
    Act.READY: lambda facts: "Có kết quả",
    Act.RETURN: _return,
    Act.NOTIFY: _notify,
    Act.DRAFT_LETTER: lambda facts: f"Soạn thư xin lỗi: {facts['reason']}",
    Act.SIGN_LETTER: _sign,
    Act.DELIVER_LETTER: lambda facts: f"Trao thư xin lỗi {HOW_WORDS[facts['how']]}",
    Act.HAND_OVER: _hand_over,
    Act.REQUEST: _request,
    Act.TELL: lambda facts: f"Báo công dân nội dung cần bổ sung {HOW_WORDS[facts['how']]}",
    Act.SUPPLEMENT: _go_on("Công dân đã bổ sung"),
    Act.PAUSE: _stand_still,
    Act.RESUME: _go_on("Hết tạm dừng"),
    Act.OBLIGE: _stand_still,
    Act.PAY: _go_on("Đã thực hiện nghĩa vụ tài chính"),
    Act.WITHDRAW: _end("Công dân rút hồ sơ"),
    Act.STOP: _end("Dừng giải quyết"),
    Act.UNDO: lambda facts: f"Hoàn tác «{STATUS_NAMES[Status(facts['undone'])]}»: {facts['reason']}",
    Act.FIX_RESPONSIBILITY: _fix,
    Act.OBJECT: lambda facts: f"Ý kiến của {facts['official']}: {facts['objection']}",
    Act.SHELVE: lambda facts: f"Để hồ sơ tại {facts['place']}" if facts["place"] else "Lấy hồ sơ khỏi nơi để",
    Act.MOVE_DUE: lambda facts: (
        f"Lịch làm việc đổi ({facts['calendar']}): hạn trả chuyển từ {_moment(facts['before'])} "
        f"sang {_moment(facts['after'])}"
    ),
    Act.ANONYMISE: lambda facts: f"Ẩn danh thông tin cá nhân: {facts['reason']}",
    Act.PRINT: lambda facts: f"In {PAPERS[facts['kind']]} lần {facts['times']}",
}


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%H:%M ngày %d/%m/%Y}"
