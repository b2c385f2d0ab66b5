"""The outline of the reform report (báo cáo công tác cải cách hành chính) of a period.

The six contents are those of the government's programme of reform (docs/sources.md); of most of
them a desk knows nothing.
"""

from cchc_desk.domain.reports import sentences
from cchc_desk.domain.reports.indicators import PROGRESS
from cchc_desk.domain.reports.written import (
    Counted,
    Outline,
    Section,
    Sentence,
    Shown,
    ToWrite,
    part_of,
    period_words,
)


def monthly_outline(counted: Counted, to: str) -> Outline:
    """Return the report's outline."""
    period = period_words(counted.asked)
    return Outline(
        f"Công tác cải cách hành chính {period}",
        f"Báo cáo cải cách hành chính {period}",
        to,
        (
            _LEADING,
            Section("II. KẾT QUẢ THỰC HIỆN"),
            _INSTITUTIONS,
            _procedures(counted),
            _ORGANISATION,
            _officials(counted),
            _FINANCE,
            _digital(counted),
            _JUDGEMENT,
            _NEXT,
        ),
    )


_LEADING = Section(
    "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
    (
        ToWrite("Kế hoạch, văn bản chỉ đạo đã ban hành"),
        ToWrite("Kiểm tra, tuyên truyền cải cách hành chính"),
    ),
)
_INSTITUTIONS = Section("1. Cải cách thể chế", (ToWrite("Xây dựng, rà soát văn bản"),), 2)
_ORGANISATION = Section(
    "3. Cải cách tổ chức bộ máy hành chính",
    (ToWrite("Sắp xếp tổ chức, phân cấp, quy chế làm việc"),),
    2,
)
_FINANCE = Section(
    "5. Cải cách tài chính công",
    (ToWrite("Thực hiện dự toán, tự chủ, quản lý tài sản công"),),
    2,
)
_JUDGEMENT = Section(
    "III. ĐÁNH GIÁ CHUNG",
    (ToWrite("Kết quả nổi bật"), ToWrite("Tồn tại, hạn chế và nguyên nhân")),
)
_NEXT = Section(
    "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI; KIẾN NGHỊ",
    (ToWrite("Nhiệm vụ trọng tâm kỳ tới"), ToWrite("Kiến nghị, đề xuất")),
)


def _procedures(counted: Counted) -> Section:
    return Section(
        "2. Cải cách thủ tục hành chính",
        (
            ToWrite("Rà soát, công bố, công khai thủ tục hành chính"),
            sentences.received(counted),
            sentences.solved(counted),
            sentences.still_open(counted),
            sentences.late_share(counted),
            sentences.apologies(counted),
            sentences.told(counted),
            sentences.not_told(counted),
            Shown("Số liệu so với kỳ trước và cùng kỳ năm trước", counted.table("monthly")),
            sentences.by_field(counted),
            sentences.coverage(counted),
            sentences.causes(counted),
        ),
        2,
    )


def _officials(counted: Counted) -> Section:
    return Section(
        "4. Cải cách chế độ công vụ",
        (
            *((sentences.reviewed(counted),) if counted.order else ()),
            sentences.courtesy(counted),
            sentences.satisfied(counted),
            ToWrite("Đào tạo, bồi dưỡng, kỷ luật, kỷ cương hành chính"),
        ),
        2,
    )


def _digital(counted: Counted) -> Section:
    part, whole = (counted.count("766", str(PROGRESS), column) for column in ("part", "whole"))
    return Section(
        "6. Xây dựng, phát triển chính quyền điện tử, chính quyền số",
        (
            sentences.online(counted),
            sentences.procedures(counted),
            Sentence(
                "Chỉ số tiến độ giải quyết của Quyết định số 766/QĐ-TTg, tính theo cách của Cổng "
                f"Dịch vụ công quốc gia từ hồ sơ của quầy: {part_of(part, whole)}."
            ),
            ToWrite("Thanh toán trực tuyến, số hóa hồ sơ, các chỉ số khác"),
        ),
        2,
    )
