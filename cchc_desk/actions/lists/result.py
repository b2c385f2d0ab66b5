"""The result sheet of a list: what became of every row, as a workbook.

No name stands on it: the number of the row leads to the list, and whoever took it keeps the sheet
without a reason.
"""

from pathlib import Path

from cchc_desk.actions.exports.tables import export_table, table_content
from cchc_desk.actions.lists.preview import ListPreview, PreviewRow, Verdict
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later, moment
from cchc_desk.session import Desk

VERDICT_NAMES = {
    Verdict.NEW: later("mới: đã nhận"),
    Verdict.NEWER: later("tình trạng mới hơn: đã cập nhật"),
    Verdict.SAME: later("như đã có"),
    Verdict.DIFFERS: later("khác với ở đây: giữ lời hẹn của quầy"),
    Verdict.UNREADABLE: later("chưa đọc được"),
    Verdict.SKIPPED: later("bỏ qua"),
}


def _verdict(row: PreviewRow) -> str:
    return _(VERDICT_NAMES[row.verdict])


def _due(row: PreviewRow) -> str:
    return moment(row.row.due) if row.row.due else ""


COLUMNS: tuple[Column[PreviewRow], ...] = (
    Column(later("Dòng"), lambda row: str(row.row.number), sort=lambda row: row.row.number),
    Column(later("Mã hồ sơ"), lambda row: row.row.code),
    Column(later("Hẹn trả"), _due, sort=lambda row: row.row.due),
    Column(later("Kết quả"), _verdict),
    Column(later("Ghi chú"), lambda row: " ".join(map(str, row.problems))),
)


def save_result(desk: Desk, preview: ListPreview, target: Path) -> int:
    """Write what became of every row to `target`; return their number.

    Raises as export_table().
    """
    return export_table(desk, target, _title(preview), Listing(COLUMNS, preview.rows))


def result_content(desk: Desk, preview: ListPreview, target: Path) -> bytes:
    """Return what save_result() would write."""
    desk.require(Permission.TAKE_LIST)
    return table_content(desk, target, _title(preview), Listing(COLUMNS, preview.rows))


def _title(preview: ListPreview) -> str:
    return _("Kết quả đọc danh sách {file}").format(file=preview.list.file)
