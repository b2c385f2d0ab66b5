"""The ledger of one dossier in plain words: who did what, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_desk.domain.officials import Act
from cchc_desk.store import journal, people
from cchc_desk.store.database import Connection

HOW_WORDS = {
    "counter": "tại quầy",
    "phone": "qua điện thoại",
    "post": "qua bưu chính",
    "message": "bằng tin nhắn",
}
PAPER_WORDS = {"receipt": "giấy hẹn", "apology": "thư xin lỗi"}


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
            _words(entry.act, facts),
        )
        for entry, facts in journal.of_dossier(connection, code)
    )


def _words(act: str, facts: dict[str, Any]) -> str:
    return _SAY[Act(act)](facts)


def _accept(facts: dict[str, Any]) -> str:
    late = ", nhập muộn" if facts.get("late_entry_minutes") else ""
    return f"Tiếp nhận «{facts['procedure']}», hẹn trả {_moment(facts['due'])}{late}"


def _return(facts: dict[str, Any]) -> str:
    owed = "; còn nợ thư xin lỗi" if facts["letters_owed"] else ""
    return f"Trả kết quả cho {facts['to']}{owed}"


def _notify(facts: dict[str, Any]) -> str:
    late = "" if facts["in_time"] else " (muộn so với quy định báo trước)"
    return f"Báo trước cho công dân {HOW_WORDS[facts['how']]}{late}"


def _sign(facts: dict[str, Any]) -> str:
    again = f", hẹn lại {_moment(facts['new_due'])}" if facts.get("new_due") else ""
    return f"Ký thư xin lỗi số {facts['number']}{again}"


_SAY: dict[Act, Callable[[dict[str, Any]], str]] = {
    Act.ACCEPT: _accept,
    Act.READY: lambda facts: "Có kết quả",
    Act.RETURN: _return,
    Act.NOTIFY: _notify,
    Act.DRAFT_LETTER: lambda facts: f"Soạn thư xin lỗi: {facts['reason']}",
    Act.SIGN_LETTER: _sign,
    Act.DELIVER_LETTER: lambda facts: f"Trao thư xin lỗi {HOW_WORDS[facts['how']]}",
    Act.PRINT: lambda facts: f"In {PAPER_WORDS[facts['kind']]} lần {facts['times']}",
}


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%H:%M ngày %d/%m/%Y}"
