"""The rows of a list that was read, as the page shows them."""

from collections.abc import Sequence
from typing import Literal

from cchc_desk.actions.lists.preview import ListPreview, PreviewRow, Verdict
from cchc_desk.domain.lists.fields import Field
from cchc_desk.domain.lists.watched import TakenList, is_whole_day
from cchc_desk.domain.table import Column
from cchc_desk.i18n import _, later
from ui import formatting

WORDS = {
    Verdict.NEW: later("Mới"),
    Verdict.NEWER: later("Mới hơn"),
    Verdict.SAME: later("Như đã có"),
    Verdict.DIFFERS: later("Khác hẹn"),
    Verdict.UNREADABLE: later("Chưa đọc được"),
    Verdict.SKIPPED: later("Bỏ qua"),
}
# What the page may show alone: rows of one verdict, those set apart from the others, or all.
Filter = Verdict | Literal["apart"] | None
FILTERS: Sequence[tuple[Filter, str]] = (
    (None, later("Tất cả")),
    *WORDS.items(),
    ("apart", later("Cần xem kỹ")),
)
FIELDS = {
    Field.ORDER: later("Số thứ tự"),
    Field.CODE: later("Mã hồ sơ"),
    Field.PARENT_CODE: later("Mã hồ sơ gốc"),
    Field.PROCEDURE_CODE: later("Mã thủ tục"),
    Field.PROCEDURE: later("Tên thủ tục"),
    Field.SUBJECT: later("Nội dung hồ sơ"),
    Field.FIELD_OF_LAW: later("Lĩnh vực"),
    Field.AGENCY: later("Cơ quan giải quyết"),
    Field.OWNER: later("Chủ hồ sơ"),
    Field.OWNER_ID: later("Số định danh của chủ hồ sơ"),
    Field.SUBMITTER: later("Người nộp"),
    Field.SUBMITTER_ID: later("Số định danh của người nộp"),
    Field.ADDRESS: later("Địa chỉ"),
    Field.PHONE: later("Điện thoại"),
    Field.EMAIL: later("Thư điện tử"),
    Field.SUBMITTED: later("Ngày nộp"),
    Field.RECEIVED: later("Ngày tiếp nhận"),
    Field.FIRST_DUE: later("Ngày hẹn trả ban đầu"),
    Field.DUE: later("Ngày hẹn trả"),
    Field.PROCESS_DUE: later("Hạn xử lý"),
    Field.NEXT_DUE: later("Ngày hẹn lại"),
    Field.FINISHED: later("Ngày có kết quả"),
    Field.RETURNED: later("Ngày trả kết quả"),
    Field.RECEIVER: later("Người tiếp nhận"),
    Field.OFFICIAL: later("Người đang xử lý"),
    Field.STATUS: later("Trạng thái"),
    Field.CHANNEL: later("Hình thức nộp"),
    Field.NOTE: later("Ghi chú"),
    Field.OTHER: later("không dùng"),
}
_ORDER = list(WORDS)


def rows_shown(found: ListPreview, chosen: Filter) -> Sequence[PreviewRow]:
    """Return the rows that a filter lets through, in their order."""
    if chosen is None:
        return found.rows
    if chosen == "apart":
        return [one for one in found.rows if one.is_apart]
    return [one for one in found.rows if one.verdict is chosen]


def count_shown(found: ListPreview, chosen: Filter) -> int:
    return found.count(chosen) if isinstance(chosen, Verdict) else len(rows_shown(found, chosen))


def _short_code(one: PreviewRow) -> str:
    """A national code without its province and office, as all of a list have the same."""
    _office, dash, rest = one.row.code.partition("-")
    return f"…{rest}" if dash else one.row.code


def _due(one: PreviewRow) -> str:
    due = one.row.due
    return _due_day(one) if due and is_whole_day(due) else formatting.short(due)


def _due_day(one: PreviewRow) -> str:
    return f"{one.row.due:%d/%m/%Y}" if one.row.due else ""


ROWS: Sequence[Column[PreviewRow]] = (
    Column(
        later("Dòng"),
        lambda one: str(one.row.number),
        align="right",
        sort=lambda one: one.row.number,
    ),
    Column(
        later("Kết luận"),
        lambda one: _(WORDS[one.verdict]),
        sort=lambda one: _ORDER.index(one.verdict),
    ),
    Column(later("Mã hồ sơ"), lambda one: one.row.code, shown=_short_code),
    Column(later("Chủ hồ sơ"), lambda one: one.row.owner, personal=True),
    Column(later("Thủ tục"), lambda one: one.row.procedure),
    Column(later("Hẹn trả"), _due, sort=lambda one: one.row.due, shown=_due_day),
    Column(later("Trạng thái ở đó"), lambda one: one.row.status_text),
    Column(later("Vì sao"), lambda one: " ".join(map(str, one.problems))),
)
_NUMBER, _VERDICT, _CODE, _OWNER, _PROCEDURE, _DUE, _STATUS, _WHY = range(len(ROWS))
# The line under the table has all of the row: why, and what its due moment is, among it.
GIVING, LEAVING = (_WHY, _PROCEDURE, _OWNER), (_STATUS, _WHY, _NUMBER, _PROCEDURE, _DUE)


def _counted(verdict: Verdict, words: str) -> Column[TakenList]:
    return Column(
        words,
        lambda one: str(one.counts.get(verdict.value, 0)),
        align="right",
        sort=lambda one: one.counts.get(verdict.value, 0),
    )


TAKEN: Sequence[Column[TakenList]] = (
    Column(later("Nhận lúc"), lambda one: formatting.short(one.taken), sort=lambda one: one.taken),
    Column(later("Tệp"), lambda one: one.file),
    Column(later("Hệ thống"), lambda one: one.system),
    *(
        _counted(verdict, words)
        for verdict, words in WORDS.items()
        if verdict is not Verdict.SKIPPED
    ),
    Column(later("Ai nhận"), lambda one: one.taken_by),
)
_FILE, _SYSTEM, _NEW, _NEWER, _SAME, _DIFFERS, _UNREADABLE, _BY = range(1, len(TAKEN))
GIVING_OF_TAKEN = (_FILE,)
LEAVING_OF_TAKEN = (_NEWER, _SAME, _SYSTEM, _BY, _DIFFERS, _UNREADABLE)
