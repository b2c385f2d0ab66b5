"""The ledger of one dossier in plain words: who did what, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_desk.domain.dossiers.dossier import STATUS_NAMES, Status
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, _n, later, moment
from cchc_desk.settings import PAPERS
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials

_OFFICIALS = ("giver", "receiver", "official")  # where an entry's details say who
HOW_WORDS = {
    "counter": later("tại quầy"),
    "phone": later("qua điện thoại"),
    "post": later("qua bưu chính"),
    "message": later("bằng tin nhắn"),
}
PAUSE_WORDS = {
    "supplement": later("Chờ bổ sung"),
    "opinion": later("Lấy ý kiến cơ quan khác"),
    "field-check": later("Kiểm tra thực địa"),
    "obligation": later("Chờ nghĩa vụ tài chính"),
}


@dataclass(frozen=True)
class HistoryLine:
    """One act on a dossier. `at` is when it happened; `words` a sentence without the name of the
    actor.
    """

    at: datetime
    entered: datetime
    official_name: str
    act: str
    words: str


def lines(connection: Connection, code: str) -> tuple[HistoryLine, ...]:
    """The acts on dossier `code`, oldest first."""
    names = {official.id: official.name for official in officials.all_officials(connection)}
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
    except (
        KeyError,
        ValueError,
        TypeError,
    ):  # somebody's knife: the dossier's page names the broken entry beside it
        return _("Chi tiết của mục này bị mất hoặc bị sửa")


def _named(facts: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The facts with the names of the officials in the place of their log-in names."""
    named = {key: names.get(facts[key], facts[key]) for key in _OFFICIALS if facts.get(key)}
    return facts | named


def _accept(facts: dict[str, Any]) -> str:
    late = _(", nhập muộn") if facts.get("late_entry_minutes") else ""
    said = _("Tiếp nhận «{procedure}», hẹn trả {due}")
    return said.format(procedure=facts["procedure"], due=_moment(facts["due"])) + late


def _return(facts: dict[str, Any]) -> str:
    owed = _("; còn nợ thư xin lỗi") if facts["letters_owed"] else ""
    how = f" {_how(facts['returned_how'])}" if "returned_how" in facts else ""
    return (
        _("Trả kết quả{how} cho {name}").format(
            how=how, name=facts.get("returned_to") or facts["to"]
        )
        + owed
    )


def _notify(facts: dict[str, Any]) -> str:
    late = "" if facts["in_time"] else _(" (muộn so với quy định báo trước)")
    return _("Báo trước cho công dân {how}").format(how=_how(facts["how"])) + late


def _draft(facts: dict[str, Any]) -> str:
    reason = facts["reason"]  # often the label of the cause itself, which the catalogue knows
    return _("Soạn thư xin lỗi: {reason}").format(reason=_(reason))


def _sign(facts: dict[str, Any]) -> str:
    again = (
        _(", hẹn lại {due}").format(due=_moment(facts["new_due"])) if facts.get("new_due") else ""
    )
    return _("Ký thư xin lỗi số {number}").format(number=facts["number"]) + again


def _hand_over(facts: dict[str, Any]) -> str:
    agency = _(", gửi {agency}").format(agency=facts["agency"]) if facts["agency"] else ""
    step = facts["step"]
    said = _("Bàn giao {giver} → {receiver}: {step}")
    return said.format(giver=facts["giver"], receiver=facts["receiver"], step=_(step)) + agency


def _request(facts: dict[str, Any]) -> str:
    broken = _(" (yêu cầu lần đầu vào ngày hẹn trả hoặc sau đó)") if facts["broken_notice"] else ""
    said = _("Yêu cầu bổ sung số {number}: {items}")
    return said.format(number=facts["number"], items="; ".join(facts["items"])) + broken


def _go_on(what: str) -> Callable[[dict[str, Any]], str]:
    def say(facts: dict[str, Any]) -> str:
        moved = (
            _("; hạn trả chuyển sang {due}").format(due=_moment(facts["due"]))
            if facts["moved"]
            else ""
        )
        return _(what).format(moved=moved)

    return say


def _stand_still(facts: dict[str, Any]) -> str:
    kind = PAUSE_WORDS[facts["kind"]]
    clock = _("dừng tính thời gian") if facts["stops_clock"] else _("thời gian vẫn tính")
    return f"{_(kind)} ({clock}): {facts['reason']}"


def _fix(facts: dict[str, Any]) -> str:
    own = {
        True: _("do lỗi cá nhân"),
        False: _("không do lỗi cá nhân"),
        None: _("chưa kết luận lỗi"),
    }
    who, step, minutes = facts["official"] or _("chưa rõ người"), facts["step"], facts["over"]
    over = _n(", quá {n} phút", minutes).format(n=minutes) if minutes else ""
    said = _("Xác định trách nhiệm: {official}, bước {step}{over}, {fault}")
    return said.format(official=who, step=_(step), over=over, fault=own[facts["own_fault"]])


def _end(what: str) -> Callable[[dict[str, Any]], str]:
    def say(facts: dict[str, Any]) -> str:
        number = (
            _(" (thông báo số {number})").format(number=facts["number"])
            if facts.get("number")
            else ""
        )
        return _(what).format(number=number) + (f": {facts['reason']}" if facts["reason"] else "")

    return say


def _undo(facts: dict[str, Any]) -> str:
    undone = STATUS_NAMES[Status(facts["undone"])]
    return _("Hoàn tác «{undone}»: {reason}").format(undone=_(undone), reason=facts["reason"])


def _object(facts: dict[str, Any]) -> str:
    said = _("Ý kiến của {official}: {objection}")
    return said.format(official=facts["official"], objection=facts["objection"])


def _shelve(facts: dict[str, Any]) -> str:
    place = facts["place"]
    return _("Để hồ sơ tại {place}").format(place=place) if place else _("Lấy hồ sơ khỏi nơi để")


def _move_due(facts: dict[str, Any]) -> str:
    said = _("Lịch làm việc đổi ({calendar}): hạn trả chuyển từ {before} sang {after}")
    calendar, before, after = facts["calendar"], _moment(facts["before"]), _moment(facts["after"])
    return said.format(calendar=_(calendar), before=before, after=after)


def _print(facts: dict[str, Any]) -> str:
    paper = PAPERS[facts["kind"]]
    return _("In {paper} lần {times}").format(paper=_(paper), times=facts["times"])


_SAY: dict[Act, Callable[[dict[str, Any]], str]] = {
    Act.ACCEPT: _accept,
    Act.READY: lambda facts: _("Có kết quả"),
    Act.RETURN: _return,
    Act.NOTIFY: _notify,
    Act.DRAFT_LETTER: _draft,
    Act.SIGN_LETTER: _sign,
    Act.DELIVER_LETTER: lambda facts: _("Trao thư xin lỗi {how}").format(how=_how(facts["how"])),
    Act.HAND_OVER: _hand_over,
    Act.REQUEST: _request,
    Act.TELL: lambda facts: _("Báo công dân nội dung cần bổ sung {how}").format(
        how=_how(facts["how"])
    ),
    Act.SUPPLEMENT: _go_on(later("Công dân đã bổ sung{moved}")),
    Act.PAUSE: _stand_still,
    Act.RESUME: _go_on(later("Hết tạm dừng{moved}")),
    Act.OBLIGE: _stand_still,
    Act.PAY: _go_on(later("Đã thực hiện nghĩa vụ tài chính{moved}")),
    Act.WITHDRAW: _end(later("Công dân rút hồ sơ{number}")),
    Act.STOP: _end(later("Dừng giải quyết{number}")),
    Act.UNDO: _undo,
    Act.FIX_RESPONSIBILITY: _fix,
    Act.OBJECT: _object,
    Act.SHELVE: _shelve,
    Act.MOVE_DUE: _move_due,
    Act.VISIT: lambda facts: _("Tự chấm «4 xin, 4 luôn»"),
    Act.RATE: lambda facts: _("Công dân đã đánh giá"),
    Act.ANONYMISE: lambda facts: _("Ẩn danh thông tin cá nhân: {reason}").format(
        reason=facts["reason"]
    ),
    Act.PRINT: _print,
}


def _how(code: str) -> str:
    return _(HOW_WORDS[code])


def _moment(iso: str) -> str:
    return moment(datetime.fromisoformat(iso))
