"""«Hồ sơ dữ liệu cá nhân»: what is kept, who sees it, requests, exports, breaches: one set."""

from collections.abc import Sequence
from datetime import date, datetime

from cchc_desk.actions.data import personal_data
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.exports.leaving import ExportLine
from cchc_desk.actions.people import accounts
from cchc_desk.domain.ledger.facts.personal_data import BreachNoted
from cchc_desk.domain.people.officials import ROLE_NAMES, Role
from cchc_desk.domain.permissions import ALLOWED, NAMES, Permission
from cchc_desk.domain.personal_data import CitizenRequest, Kept
from cchc_desk.domain.table import Column
from cchc_desk.i18n import _, in_vietnamese, later
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.lists import ListHead
from cchc_desk.papers.personal_data import Breach, Part, breach_pdf, folder_pdf
from cchc_desk.session import Desk

_KEPT: tuple[Column[Kept], ...] = (
    Column("Dữ liệu", lambda row: row.what, 0.4),
    Column("Để làm gì", lambda row: row.why, 0.3),
    Column("Giữ đến khi", lambda row: row.until, 0.25),
)
# What of the table of permissions concerns people's data.
_OF_DATA = (
    Permission.READ,
    Permission.SEE_ALL,
    Permission.EXPORT,
    Permission.COPY_OUT,
    Permission.EXPORT_LOG,
    Permission.CITIZEN_REQUEST,
    Permission.PERSONAL_DATA,
    Permission.ANONYMISE,
)
_MAY: tuple[Column[Permission], ...] = (
    Column("Việc", lambda one: _(NAMES[one]), 0.55),
    Column(
        "Ai được làm",
        lambda one: ", ".join(_(ROLE_NAMES[role]) for role in Role if role in ALLOWED[one]),
        0.4,
    ),
)


def _day(at: datetime | date | None) -> str:
    return f"{at:%d/%m/%Y}" if at else ""


REQUEST_COLUMNS: tuple[Column[CitizenRequest], ...] = (
    Column(later("Số"), lambda one: one.number_text, 0.1),
    Column(
        later("Trả lời trước"),
        lambda one: _day(one.answer_by) + (_(" (đã gia hạn)") if one.extended else ""),
        0.09,
        sort=lambda one: one.answer_by,
    ),
    Column(later("Người yêu cầu"), lambda one: one.person, 0.13, personal=True),
    Column(later("Yêu cầu"), lambda one: _(personal_data.kind_label(one.kind)), 0.12),
    Column(
        later("Báo nhận trước"),
        lambda one: _day(one.acknowledge_by),
        0.08,
        sort=lambda one: one.acknowledge_by,
    ),
    Column(later("Nội dung"), lambda one: one.about, 0.16, personal=True),
    Column(
        later("Nhận lúc"),
        lambda one: f"{one.received:%H:%M %d/%m/%Y}",
        0.1,
        sort=lambda one: one.received,
    ),
    Column(
        later("Đã trả lời"),
        lambda one: " – ".join(filter(None, (_day(one.answered), _outcome(one), one.answer))),
        0.17,
        personal=True,
    ),
)


def _outcome(request: CitizenRequest) -> str:
    return _(personal_data.OUTCOMES[request.outcome]) if request.outcome else ""


EXPORT_COLUMNS: tuple[Column[ExportLine], ...] = (
    Column(later("Lúc"), lambda one: f"{one.at:%H:%M %d/%m/%Y}", 0.11, sort=lambda one: one.at),
    Column(later("Ai lấy"), lambda one: one.official, 0.13),
    Column(later("Lấy gì"), lambda one: _title(one.title), 0.17),
    Column(later("Số dòng"), lambda one: str(one.lines), 0.07, "right", sort=lambda one: one.lines),
    Column(
        later("Để làm gì"),
        lambda one: _("hồ sơ của mình") if one.own else one.reason,
        0.2,
    ),
    Column(later("Tệp"), lambda one: one.file or _("in ra giấy"), 0.1),
    Column(later("Mã băm SHA-256"), lambda one: one.sha256, 0.17),
)
_TITLES = {"exchange": later("Tệp trục liên thông"), "backup": later("Bản sao cả dữ liệu")}


def _title(title: str) -> str:
    return _(_TITLES.get(title, title))


@in_vietnamese()
def folder(desk: Desk, first: date, last: date, reason: str) -> bytes:
    """Return the whole folder of a period as PDF; it names people, so it leaves with a reason.

    Raises Refused("period"), and as leaving.required_reason().
    """
    reason = leaving.required_reason(desk, reason, Permission.PERSONAL_DATA)
    asked = personal_data.requests(desk, first, last)
    parts = (
        Part("Giữ dữ liệu gì, để làm gì, đến bao giờ", _KEPT, personal_data.kept(desk)),
        Part("Biện pháp bảo vệ", (), (), personal_data.measures()),
        Part("Ai được xem, được lấy ra", _MAY, _OF_DATA),
        Part("Yêu cầu của công dân về dữ liệu của mình", REQUEST_COLUMNS, asked, _terms()),
        Part("Nhật ký xuất dữ liệu", EXPORT_COLUMNS, leaving.export_log(desk, first, last)),
        Part("Sự cố dữ liệu cá nhân", (), (), _told(personal_data.breaches(desk, first, last))),
    )
    sheets = [_sheet(one) for one in personal_data.breaches(desk, first, last)]
    head = _head(desk, f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")
    blank = [Breach(None, None)]
    pdf = folder_pdf(
        head, parts, personal_data.law(), sheets or blank, personal_data.breach_hours()
    )
    leaving.note(desk, "Hồ sơ dữ liệu cá nhân", len(asked), "", pdf, reason)
    return pdf


@in_vietnamese()
def breach_sheet(desk: Desk, noted: BreachNoted | None = None) -> bytes:
    """Return the sheet of a breach as PDF, a blank one without any."""
    desk.require(Permission.PERSONAL_DATA)
    sheet = _sheet(noted) if noted else Breach(None, None)
    law, hours = personal_data.law(), personal_data.breach_hours()
    return breach_pdf(_head(desk, ""), law, sheet, hours)


def _terms() -> list[str]:
    kinds = "; ".join(f"{kind.label.lower()}: {kind.limit}" for kind in personal_data.kinds())
    return [f"Báo nhận trong 2 ngày làm việc. Trả lời: {kinds}. Gia hạn một lần."]


def _told(breaches: Sequence[BreachNoted]) -> list[str]:
    if not breaches:
        return ["Không có sự cố nào trong kỳ; phiếu trống ở trang sau để ghi khi có."]
    return [
        f"{number}. Phát hiện {one.discovered:%H:%M ngày %d/%m/%Y}: {one.what}"
        for number, one in enumerate(breaches, 1)
    ]


def _sheet(noted: BreachNoted) -> Breach:
    return Breach(
        noted.discovered,
        noted.report_by,
        noted.what,
        noted.data,
        f"{noted.people} người",
        noted.measures,
    )


def _head(desk: Desk, about: str) -> ListHead:
    settings = desk.settings
    agency = Agency(settings["parent_agency"], settings["unit_name"])
    made = f"{about}. Người lập: {accounts.official_name(desk, desk.require(Permission.READ).id)}"
    return ListHead(
        agency, settings["place"], desk.now().date(), made if about else "", desk.watermark
    )
