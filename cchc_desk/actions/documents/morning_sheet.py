"""The morning sheet: the facts of the morning on one page for the leader's desk."""

from cchc_desk.actions.documents.morning import STANDINGS, Morning, fuse_words, morning
from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.actions.office import upkeep
from cchc_desk.actions.office.upkeep import LedgerAnswer
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.i18n import in_vietnamese
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.morning_sheet import MorningSheet, Section, morning_sheet_pdf
from cchc_desk.session import Desk


@in_vietnamese()
def sheet_pdf(desk: Desk) -> bytes:
    """The morning sheet, with what the verification of the ledger says."""
    found, ledger = morning(desk), upkeep.verify_recent(desk)
    settings, regime = desk.settings, desk.regime_today()
    return morning_sheet_pdf(
        MorningSheet(
            agency=Agency(settings["unit_name"], regime.desk_title),
            place=settings["place"],
            now=found.board.now,
            sections=_sections(found),
            lines=(
                ("Trễ hẹn từ đầu năm", fuse_words(found.fuse)),
                ("Đầu sổ cái", f"{ledger.head} – {_ledger_words(ledger)}"),
                ("Giờ máy", " ".join(found.clock) or "đồng hồ chạy đều."),
            ),
            watermark=desk.watermark,
        )
    )


def _ledger_words(ledger: LedgerAnswer) -> str:
    """The result of the daily check, and how old the last check of the whole ledger is."""
    if ledger.problems or ledger.anchor is None:
        return " ".join(ledger.problems) or "nguyên vẹn."
    anchor = ledger.anchor
    return (
        f"nguyên vẹn trong {upkeep.RECENT_DAYS} ngày qua; kiểm tra toàn bộ lần cuối "
        f"{anchor.at:%d/%m/%Y}, đến mục số {anchor.seq}."
    )


def _sections(found: Morning) -> tuple[Section, ...]:
    board = found.board
    first = [_list("Đã trả mà chưa xin lỗi", board.returned_without_letter, "Không có.")]
    return (
        *(first if board.returned_without_letter else []),
        _list("Trả hôm nay", board.due_today, "Hôm nay không có hồ sơ nào đến hạn."),
        _list("Hôm nay phải báo trước, kẻo trễ", found.notice_owed, "Không có."),
        _list("Đã trễ, chưa có kết quả", board.late, "Không có."),
        Section(
            "Hồ sơ từ Cổng chờ trả lời",
            tuple(_portal_line(one) for one in found.portal),
            "Không có.",
            "(F7)",
        ),
        Section(
            "Thư xin lỗi chờ ký",
            tuple((f"{x.row.code} · {x.row.name} · {x.cause_label}", "") for x in board.to_sign),
            "Không có thư nào.",
            "(F5)",
        ),
        Section(
            "Không ai đụng tới",
            tuple((_line(one.row), f"lần cuối {one.last_act:%d/%m}") for one in found.untouched),
            "Không có.",
            "(F3)",
        ),
        Section(
            "Ai đang giữ bao nhiêu",
            tuple(
                (x.name, f"{x.open} hồ sơ, gần nhất {x.nearest:%H:%M %d/%m}") for x in found.loads
            ),
            "Không có hồ sơ nào đang giải quyết.",
        ),
        Section(
            "Công chức gây trễ hẹn từ 2 lần trong năm",
            tuple(
                (x.official.name, f"{len(x.dossiers)} lần – {STANDINGS[x.standing]}")
                for x in found.strikes
            ),
            "Không có.",
        ),
    )


def _list(title: str, rows: tuple[DossierRow, ...], nothing: str) -> Section:
    told = tuple((_line(row), f"{row.due:%H:%M %d/%m}") for row in rows)
    return Section(title, told, nothing, "(F6)")


def _portal_line(one: WaitingRow) -> tuple[str, str]:
    until = f"{'QUÁ HẠN ' if one.late else 'trước '}{one.registration.answer_by:%H:%M %d/%m}"
    return (
        f"{one.registration.portal_code} · {one.applicant.name} · "
        f"{one.registration.procedure_name}",
        until,
    )


def _line(row: DossierRow) -> str:
    return f"{row.code} · {row.name} · {row.procedure_name} · {row.holder_name}"
