"""The register of citizens' requests about their own data: its columns, its log, its acts."""

from collections.abc import Callable
from datetime import date
from functools import partial

from cchc_desk.actions.data import personal_data
from cchc_desk.actions.data.personal_data import OUTCOMES, NewRequest
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.exports.leaving import ExportLine
from cchc_desk.actions.papers import personal_data_folder
from cchc_desk.domain.ledger.facts.personal_data import BreachNoted
from cchc_desk.domain.personal_data import CitizenRequest
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.printing import Paper
from ui.shell import notices, questions
from ui.shell.page import Page
from ui.widgets.question_panel import Choice, Field, Line

REQUESTS, EXPORTS = later("Yêu cầu về dữ liệu cá nhân"), later("Nhật ký xuất dữ liệu")
Act = Callable[[Page, CitizenRequest | None], None]
REQUEST_COLUMNS = personal_data_folder.REQUEST_COLUMNS
EXPORT_COLUMNS = personal_data_folder.EXPORT_COLUMNS


def requests(desk: Desk, first: date, last: date) -> tuple[tuple[CitizenRequest, ...], str]:
    """Return the requests, and the sentence above them."""
    rows = personal_data.requests(desk, first, last)
    waiting = sum(not one.answered for one in rows)
    said = _("{count} yêu cầu chưa trả lời. F9 in cả hồ sơ dữ liệu cá nhân.")
    return rows, said.format(count=waiting)


def exports(desk: Desk, first: date, last: date) -> tuple[tuple[ExportLine, ...], str]:
    """Return what left the program, and how many citizens' lines that were."""
    rows = leaving.export_log(desk, first, last)
    lines = formatting.number(sum(row.lines for row in rows))
    return rows, _("{times} lần, {lines} dòng.").format(times=len(rows), lines=lines)


# --- acts -----------------------------------------------------------------------------------------


def take(page: Page, _row: CitizenRequest | None) -> None:
    """Ask what the citizen wants, and about which data."""
    kind = Choice(
        _("Công dân yêu cầu"),
        [(f"{_(one.label)} · {one.limit}", one.code) for one in personal_data.kinds()],
        name="kind",
        lines=4,
    )
    person = Line(_("Họ tên người yêu cầu"), name="person", needed=True)
    contact = Line(_("Trả lời bằng cách nào"), name="contact", needed=True)
    about = Line(_("Về dữ liệu nào"), name="about", needed=True)
    code = Line(_("Mã hồ sơ, nếu có"), name="code")
    desk = page.desk

    def job() -> Callable[[], CitizenRequest]:
        values = kind.value, person.value, contact.value, about.value, code.value
        return lambda: personal_data.take_request(desk, NewRequest(*values))

    _ask(page, _("Ghi yêu cầu"), (kind, person, contact, about, code), job, _taken)


def _taken(request: CitizenRequest) -> str:
    return _("Đã ghi yêu cầu {number}: báo nhận trước {soon}, trả lời trước {day}.").format(
        number=request.number_text,
        soon=f"{request.acknowledge_by:%d/%m/%Y}",
        day=f"{request.answer_by:%d/%m/%Y}",
    )


def acknowledge(page: Page, row: CitizenRequest | None) -> None:
    number, desk = _number(row), page.desk
    _ask(
        page,
        _("Đã báo nhận"),
        (number,),
        lambda: partial(personal_data.acknowledge, desk, number.value),
        lambda one: _("Đã ghi báo nhận yêu cầu {number}.").format(number=one.number_text),
    )


def answer(page: Page, row: CitizenRequest | None) -> None:
    number, desk = _number(row), page.desk
    outcome = Choice(
        _("Kết quả"), [(_(words), outcome) for outcome, words in OUTCOMES.items()], name="outcome"
    )
    said = Line(_("Đã trả lời, đã làm gì"), name="answer", needed=True)
    _ask(
        page,
        _("Trả lời"),
        (number, outcome, said),
        lambda: partial(personal_data.answer, desk, number.value, outcome.value, said.value),
        lambda one: _("Đã ghi trả lời yêu cầu {number}.").format(number=one.number_text),
    )


def extend(page: Page, row: CitizenRequest | None) -> None:
    number, desk = _number(row), page.desk
    reason = Line(_("Vì sao gia hạn?"), name="reason", needed=True)
    _ask(
        page,
        _("Gia hạn một lần"),
        (number, reason),
        lambda: partial(personal_data.extend, desk, number.value, reason.value),
        lambda one: _("Yêu cầu {number} trả lời trước {day}.").format(
            number=one.number_text, day=f"{one.answer_by:%d/%m/%Y}"
        ),
    )


def breach(page: Page, _row: CitizenRequest | None) -> None:
    """Ask what happened, enter it, and show the sheet to be printed."""
    what = Line(_("Điều đã xảy ra"), name="what", needed=True)
    data = Line(_("Dữ liệu bị ảnh hưởng"), name="data", needed=True)
    people = _People(_("Số người bị ảnh hưởng"), name="people", needed=True)
    measures = Line(_("Đã làm gì để ngăn chặn"), name="measures", needed=True)
    desk = page.desk

    def job() -> Callable[[], BreachNoted]:
        values = what.value, data.value, int(people.value), measures.value
        return lambda: personal_data.note_breach(desk, desk.now(), *values)

    def done(noted: BreachNoted) -> None:
        page.refresh()
        make = partial(personal_data_folder.breach_sheet, desk, noted)
        page.shell.show_paper(Paper(_("Phiếu sự cố 72 giờ"), "phieu-su-co", make))

    about = _("Ghi ngay khi phát hiện: từ lúc này có {hours} giờ để báo.").format(
        hours=personal_data.breach_hours()
    )
    title = _("Phiếu sự cố 72 giờ")
    questions.ask(page, title, (what, data, people, measures), _("Ghi, in phiếu"), job, done, about)


class _People(Line):
    """A line for a number of people."""

    def problem(self) -> str:
        is_number = self.value.isdecimal() and self.value.isascii() and len(self.value) < 8
        return "" if is_number else _("Hãy ghi một số, ví dụ 20.")


def _number(row: CitizenRequest | None) -> Line:
    known = row.number_text if isinstance(row, CitizenRequest) else ""
    return Line(_("Yêu cầu số"), known, name="number", needed=True)


def _ask(
    page: Page,
    title: str,
    fields: tuple[Field, ...],
    job: Callable[[], Callable[[], CitizenRequest]],
    said: Callable[[CitizenRequest], str],
) -> None:
    def done(request: CitizenRequest) -> None:
        notices.say(said(request))
        page.refresh()

    questions.ask(page, title, fields, title, job, done)


# Each button under the register; a key for the one of the counter: the key card is one page.
ACTS: tuple[tuple[str, str, Act], ...] = (
    (later("Ghi yêu cầu"), "Alt+G", take),
    (later("Đã báo nhận"), "", acknowledge),
    (later("Trả lời"), "", answer),
    (later("Gia hạn"), "", extend),
    (later("Phiếu sự cố 72 giờ"), "", breach),
)
