"""The morning sheet: the facts of the morning on one page for the leader's desk."""

from cchc_desk.actions.boards.morning import (
    STANDINGS,
    Load,
    Morning,
    coverage_words,
    fuse_words,
    morning,
)
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.data.upkeep import LedgerAnswer
from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin
from cchc_desk.i18n import in_vietnamese
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.sheet import Drawing
from cchc_desk.papers.layout.words import ORIGIN_LINES
from cchc_desk.papers.morning_sheet import MorningSheet, Section, morning_sheet_drawing
from cchc_desk.session import Desk

_BROKEN = "TRỄ CẢ HẸN LẠI – không được hẹn thêm, lãnh đạo chỉ đạo trả kết quả sớm nhất"


@in_vietnamese()
def sheet_drawing(desk: Desk, origin: Origin = Origin.ALL) -> Drawing:
    """Return the morning sheet, with the result of the daily check of the ledger."""
    facts, ledger = morning(desk, origin), upkeep.verify_recent(desk)
    settings, regime = desk.settings, desk.regime_today()
    return morning_sheet_drawing(
        MorningSheet(
            agency=Agency(settings["unit_name"], regime.desk_title),
            now=facts.board.now,
            sections=_sections(facts),
            lines=(
                ("Trễ hẹn từ đầu năm", fuse_words(facts.fuse)),
                ("Xin lỗi từ đầu năm", coverage_words(facts.fuse)),
                *([("Vắng mặt, người thay", " ".join(facts.cover))] if facts.cover else ()),
                *([("Gửi định kỳ", facts.to_send)] if facts.to_send else ()),
                ("Đầu sổ cái", f"{ledger.head} – {_ledger_words(ledger)}"),
                ("Giờ máy", " ".join(facts.clock) or "đồng hồ chạy đều."),
            ),
            about=ORIGIN_LINES[origin],
            watermark=desk.watermark,
        )
    )


def _ledger_words(ledger: LedgerAnswer) -> str:
    """Return the result of the daily check, and the date of the last check of the whole ledger."""
    if ledger.problems or ledger.anchor is None:
        return " ".join(ledger.problems) or "nguyên vẹn."
    anchor = ledger.anchor
    return (
        f"nguyên vẹn trong {upkeep.RECENT_DAYS} ngày qua; kiểm tra toàn bộ lần cuối "
        f"{anchor.at:%d/%m/%Y}, đến mục số {anchor.seq}."
    )


def _sections(facts: Morning) -> tuple[Section, ...]:
    board = facts.board
    broken, owing = board.reappointment_broken, board.returned_without_letter
    near = facts.internal
    return (
        *([_list(_BROKEN, broken, "")] if broken else ()),
        *([_list("Đã trả kết quả, chưa trao thư xin lỗi", owing, "")] if owing else ()),
        _list("Trả hôm nay", board.due_today, "Hôm nay không có hồ sơ nào đến hạn."),
        _list("Phải báo trước cho công dân trong hôm nay", facts.notice_owed, "Không có."),
        *([_list("Đã đến hạn nội bộ, chưa đến ngày hẹn", near, "")] if near else ()),
        _list("Đã trễ, chưa có kết quả", board.late, "Không có."),
        *([_to_forward(facts)] if facts.to_forward else ()),
        Section(
            "Hồ sơ từ Cổng chờ trả lời",
            tuple(_portal_line(row) for row in facts.portal),
            "Không có.",
            "(F7)",
        ),
        *([_asked_again(facts)] if facts.reminders else ()),
        Section(
            "Thư xin lỗi chờ ký",
            tuple((f"{x.row.code} · {x.row.name} · {x.cause_label}", "") for x in board.to_sign),
            "Không có thư nào.",
            "(F5)",
        ),
        Section(
            "Hồ sơ nhiều ngày chưa được xử lý tiếp",
            tuple((_line(x.row), f"lần cuối {x.last_act:%d/%m}") for x in facts.untouched),
            "Không có.",
            "(F3)",
        ),
        Section(
            "Số hồ sơ đang giữ của từng người",
            tuple(_load_line(load) for load in facts.loads),
            "Không có hồ sơ nào đang giải quyết.",
        ),
        Section(
            "Công chức gây trễ hẹn từ 2 lần trong năm",
            tuple(
                (x.official.name, f"{len(x.dossiers)} lần – {STANDINGS[x.standing]}")
                for x in facts.strikes
            ),
            "Không có.",
        ),
    )


def _list(title: str, rows: tuple[DossierRow, ...], nothing: str) -> Section:
    lines = tuple((_line(row), f"{row.due:%H:%M %d/%m}") for row in rows)
    return Section(title, lines, nothing, "(F6)")


def _asked_again(facts: Morning) -> Section:
    lines = tuple(
        (
            f"{x.reminder.code} · {x.name} · lần {x.reminder.time} · gửi {x.receiver_name}",
            f"{'QUÁ GIỜ ' if x.is_overdue else 'trước '}{x.reminder.answer_by:%H:%M %d/%m}",
        )
        for x in facts.reminders
    )
    return Section("Đôn đốc chưa trả lời", lines, "", "(F6)")


def _to_forward(facts: Morning) -> Section:
    now = facts.board.now
    lines = tuple(
        (code, f"{'QUÁ HẠN ' if by < now else 'trước '}{by:%H:%M %d/%m}")
        for code, by in facts.to_forward.items()
    )
    return Section("Hồ sơ nhận thay chưa chuyển", lines, "", "(F6)")


def _load_line(load: Load) -> tuple[str, str]:
    return load.name, f"{load.open} hồ sơ, gần nhất {load.nearest:%H:%M %d/%m}"


def _portal_line(row: WaitingRow) -> tuple[str, str]:
    registered = row.registration
    until = f"{'QUÁ HẠN ' if row.late else 'trước '}{registered.answer_by:%H:%M %d/%m}"
    return f"{registered.portal_code} · {row.applicant.name} · {registered.procedure_name}", until


def _line(row: DossierRow) -> str:
    return f"{row.code} · {row.name} · {row.procedure_name} · {row.holder_name}"
