"""The outline of the report on Công văn 2307/UBND-NC to Sở Nội vụ: a section for each order of it.

The order of the sections is that of the dispatch's own sentences.
"""

from cchc_desk.domain.reports import sentences
from cchc_desk.domain.reports.written import (
    Block,
    Counted,
    Outline,
    Section,
    Sentence,
    ToWrite,
    number,
    part_of,
    period_words,
)

SUBJECT = (
    "Kết quả thực hiện Công văn số 2307/UBND-NC ngày 03 tháng 8 năm 2020 của Ủy ban nhân dân "
    "thành phố Cần Thơ"
)


def dispatch_outline(counted: Counted, to: str) -> Outline:
    """Return the report's outline."""
    orders = (
        *_openness(counted),
        *_apologies(counted),
        *_responsibility(counted),
        *_service(counted),
        *_means(counted),
    )
    return Outline(
        f"{SUBJECT} ({period_words(counted.asked)})",
        f"Báo cáo thực hiện Công văn số 2307/UBND-NC, {period_words(counted.asked)}",
        to,
        tuple(
            Section(f"{place}. {heading}", blocks)
            for place, (heading, blocks) in enumerate(orders, 1)
        ),
    )


_Order = tuple[str, tuple[Block, ...]]


def _openness(counted: Counted) -> tuple[_Order, ...]:
    """The first orders: openness, the list of procedures, the one-stop mechanism."""
    (office,) = counted.table("ii-07b").rows
    all_of_them, with_process = (
        counted.count("ii-07b", office.key or "", column)
        for column in ("all_total", "process_total")
    )
    return (
        (
            "Công khai, minh bạch theo Pháp lệnh số 34/2007/PL-UBTVQH11",
            (ToWrite("Nội dung đã công khai, hình thức, thời gian"),),
        ),
        (
            "Rà soát, chuẩn hóa và xây dựng quy trình nội bộ thủ tục hành chính",
            (
                Sentence(
                    f"Danh mục của quầy có {number(all_of_them)} thủ tục; đã đặt quy trình nội bộ "
                    f"{part_of(with_process, all_of_them, 'thủ tục')}."
                ),
                ToWrite("Cập nhật lên Cổng dịch vụ công của thành phố"),
            ),
        ),
        (
            "Giải quyết hồ sơ trên môi trường điện tử (Nghị định số 45/2020/NĐ-CP)",
            (sentences.online(counted),),
        ),
        (
            "Cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính",
            (
                sentences.received(counted),
                sentences.solved(counted),
                sentences.still_open(counted),
                sentences.by_field(counted),
            ),
        ),
    )


def _apologies(counted: Counted) -> tuple[_Order, ...]:
    """The orders about the citizens of late dossiers."""
    late, again = (counted.count("dispatch", key, "part") for key in ("due_late", "reappointed"))
    return (
        (
            "Công khai xin lỗi mọi hồ sơ trễ hẹn",
            (
                sentences.apologies(counted),
                sentences.coverage(counted),
                ToWrite("Nơi và cách công khai xin lỗi"),
            ),
        ),
        (
            "Thông báo trước cho người dân, tổ chức về việc hồ sơ trễ hẹn",
            (sentences.told(counted),),
        ),
        (
            "Không để đến ngày nhận kết quả mới thông báo cho người dân, tổ chức",
            (sentences.not_told(counted), ToWrite("Nguyên nhân, biện pháp khắc phục")),
        ),
        (
            "Hẹn lại tối đa không quá 01 lần",
            (
                Sentence(
                    f"Hồ sơ trễ hẹn đã hẹn lại một lần: {part_of(again, late)}. Chương trình của "
                    "quầy không cho đặt ngày hẹn lại thứ hai."
                ),
                ToWrite("Trường hợp đề nghị hẹn lại lần thứ hai bị từ chối"),
            ),
        ),
    )


def _responsibility(counted: Counted) -> tuple[_Order, ...]:
    """The orders about who answers for late dossiers."""
    part, whole = (counted.count("dispatch", "responsible", name) for name in ("part", "whole"))
    return (
        (
            "Xác định trách nhiệm của cá nhân liên quan đến từng hồ sơ trễ hẹn",
            (
                Sentence(
                    "Hồ sơ trễ hẹn (theo cách đếm của công văn) đã xác định người chịu trách "
                    f"nhiệm: {part_of(part, whole)}."
                ),
                sentences.causes(counted),
            ),
        ),
        (
            f"Công chức gây trễ hẹn từ {counted.strikes} lần trở lên trong năm",
            (sentences.reviewed(counted), ToWrite("Kết quả xem xét, đánh giá")),
        ),
        (
            "Tỷ lệ hồ sơ trễ hẹn và trách nhiệm của người đứng đầu",
            (sentences.late_share(counted), ToWrite("Xem xét trách nhiệm của người đứng đầu")),
        ),
    )


def _service(counted: Counted) -> tuple[_Order, ...]:
    """The orders about training, courtesy, petitions."""
    return (
        (
            "Tập huấn, bồi dưỡng công chức Bộ phận Một cửa; thực hiện «4 xin, 4 luôn»",
            (
                ToWrite("Lớp tập huấn, bồi dưỡng, số người dự"),
                sentences.courtesy(counted),
                sentences.satisfied(counted),
            ),
        ),
        (
            "Tiếp nhận, giải quyết phản ánh, kiến nghị; không bao che vi phạm",
            (ToWrite("Số phản ánh, kiến nghị đã tiếp nhận, đã giải quyết, còn lại"),),
        ),
    )


def _means(counted: Counted) -> tuple[_Order, ...]:
    """The orders about legal texts, online services, the electronic system, and what is next."""
    part, whole = (counted.count("dispatch", "in_time", column) for column in ("part", "whole"))
    return (
        (
            "Xây dựng, rà soát văn bản quy phạm pháp luật",
            (ToWrite("Văn bản đã tham mưu, bất cập đã phát hiện, xử lý"),),
        ),
        (
            "Cung cấp, tuyên truyền dịch vụ công trực tuyến",
            (
                sentences.procedures(counted),
                ToWrite("Thủ tục đã chọn để tuyên truyền, hình thức, kết quả"),
            ),
        ),
        (
            "Cập nhật, xử lý đầy đủ hồ sơ trên Hệ thống thông tin một cửa điện tử",
            (ToWrite("Cập nhật đúng quy trình, thời gian thực tế; kết nối, liên thông"),),
        ),
        (
            "Giải pháp nâng cao tỷ lệ giải quyết đúng hạn",
            (
                Sentence(f"Hồ sơ giải quyết trước hạn, đúng hạn: {part_of(part, whole)}."),
                ToWrite("Kế hoạch hành động khắc phục hạn chế của các chỉ số, kết quả"),
            ),
        ),
        ("Khó khăn, vướng mắc và kiến nghị", (ToWrite("Khó khăn, vướng mắc; kiến nghị"),)),
    )
