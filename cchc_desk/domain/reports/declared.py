"""The reports that count dossiers, each declared once (docs/reports.md; sources: docs/sources.md).

Three late rates stand in them by their names and are never mixed: the dispatch's, the national
portal's, form II.06's.
"""

from cchc_desk.domain.figures import (
    APOLOGISED,
    CARRIED_OVER,
    DUE_LATE,
    GONE,
    IN_WORK_WITHIN,
    OPEN,
    OPEN_IN_TIME,
    OPEN_LATE,
    READY,
    READY_EARLY,
    READY_LATE,
    READY_ON_TIME,
    RECEIVED,
    RECEIVED_ON_PAPER,
    RECEIVED_ONLINE,
    RETURNED,
    STANDS_STILL,
    STOPPED,
    TOLD_IN_TIME,
    WITHDRAWN,
    Facts,
    Figure,
)
from cchc_desk.domain.reports.counts import Balance, Count, CountReport, Figures, Share
from cchc_desk.domain.reports.groupings import ROW_TITLES, Grouping
from cchc_desk.domain.reports.report import Form
from cchc_desk.domain.reports.table import Head

_UNIT = "Số hồ sơ TTHC"
_RECEIVED, _SOLVED, _OPEN = (
    "Số hồ sơ nhận giải quyết",
    "Số hồ sơ đã giải quyết",
    "Số hồ sơ đang giải quyết",
)
RECEIVED_IN_PERIOD: Figures = (RECEIVED_ONLINE, RECEIVED_ON_PAPER)
SOLVED_EARLY: Figures = (READY_EARLY,)
# The national report counts what was withdrawn or stopped as solved on time (docs/sources.md).
SOLVED_ON_TIME: Figures = (READY_ON_TIME, GONE)
SOLVED_LATE: Figures = (READY_LATE,)
SOLVED: Figures = (*SOLVED_EARLY, *SOLVED_ON_TIME, *SOLVED_LATE)
STILL_OPEN: Figures = (OPEN_IN_TIME, OPEN_LATE)

_II_06_COLUMNS = (
    Count(
        Head("c3", "Tổng số", _RECEIVED, "(3) = (4)+(5)+(6)", 0.074),
        (*RECEIVED_IN_PERIOD, CARRIED_OVER),
    ),
    Count(Head("c4", "Trong kỳ: trực tuyến", _RECEIVED, "(4)", 0.066), (RECEIVED_ONLINE,)),
    Count(
        Head("c5", "Trong kỳ: trực tiếp, bưu chính", _RECEIVED, "(5)", 0.074),
        (RECEIVED_ON_PAPER,),
    ),
    Count(Head("c6", "Từ kỳ trước", _RECEIVED, "(6)", 0.062), (CARRIED_OVER,)),
    Count(Head("c7", "Tổng số", _SOLVED, "(7) = (8)+(9)+(10)", 0.078), SOLVED),
    Count(Head("c8", "Trước hạn", _SOLVED, "(8)", 0.062), SOLVED_EARLY),
    Count(Head("c9", "Đúng hạn", _SOLVED, "(9)", 0.062), SOLVED_ON_TIME),
    Count(Head("c10", "Quá hạn", _SOLVED, "(10)", 0.062), SOLVED_LATE),
    Count(Head("c11", "Tổng số", _OPEN, "(11) = (12)+(13)", 0.088), STILL_OPEN),
    Count(Head("c12", "Trong hạn", _OPEN, "(12)", 0.062), (OPEN_IN_TIME,)),
    Count(Head("c13", "Quá hạn", _OPEN, "(13)", 0.062), (OPEN_LATE,)),
)

II_06A = CountReport(
    "ii-06a",
    "Tình hình, kết quả giải quyết thủ tục hành chính",
    Grouping.FIELD,
    "Lĩnh vực, công việc giải quyết theo cấp",
    _II_06_COLUMNS,
    IN_WORK_WITHIN,
    (
        "Trước hạn: có kết quả trước ngày hẹn; đúng hạn: trong ngày hẹn, gồm cả hồ sơ công dân rút "
        "hoặc dừng giải quyết; quá hạn: sau ngày hẹn. Hạn tính bằng giờ thì so với giờ hẹn.",
        "Đang giải quyết trong hạn gồm cả hồ sơ đang chờ bổ sung. Cột (3) = (7) + (11).",
    ),
    Form(
        "Biểu số II.06a/VPCP/KSTT",
        "Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020",
        _UNIT,
    ),
)

# A list of another system says something else than the desk does.
DISPUTED = Figure("disputed", IN_WORK_WITHIN & Facts.disputed.true)

SYSTEMS = CountReport(
    "systems",
    "Tình hình giải quyết hồ sơ theo hệ thống",
    Grouping.ORIGIN,
    ROW_TITLES[Grouping.ORIGIN],
    (
        *_II_06_COLUMNS,
        Balance(
            Head("balance", "Lệch", "Đối chiếu", "(3) – (7) – (11)", 0.066),
            (*RECEIVED_IN_PERIOD, CARRIED_OVER),
            (*SOLVED, *STILL_OPEN),
        ),
        Count(Head("disputed", "Hai nơi ghi khác nhau", "Đối chiếu", "", 0.074), (DISPUTED,)),
    ),
    IN_WORK_WITHIN,
    (
        "Các cột (3) đến (13) như biểu II.06a, mỗi hệ thống một dòng: hồ sơ tiếp nhận tại quầy và "
        "hồ sơ của từng hệ thống có tệp đã nhận; dòng tổng là cả hai cộng lại, mỗi hồ sơ một lần.",
        "Lệch: cột (3) trừ (7) trừ (11), phải bằng 0. Hai nơi ghi khác nhau: tệp của hệ thống kia "
        "ghi hạn, kết quả hoặc tình trạng khác với quầy.",
    ),
)

MOVEMENTS = CountReport(
    "movements",
    "Hồ sơ trong kỳ: nhận, xong, trả, rút, dừng, tạm dừng",
    Grouping.FIELD,
    "Lĩnh vực",
    (
        Count(Head("received", "Tiếp nhận"), RECEIVED_IN_PERIOD),
        Count(Head("ready", "Có kết quả"), (READY,)),
        Count(Head("returned", "Đã trả kết quả"), (RETURNED,)),
        Count(Head("withdrawn", "Công dân rút"), (WITHDRAWN,)),
        Count(Head("stopped", "Dừng giải quyết"), (STOPPED,)),
        Count(Head("open", "Còn giải quyết cuối kỳ"), (OPEN,)),
        Count(Head("paused", "– đang tạm dừng"), (STANDS_STILL,)),
    ),
    IN_WORK_WITHIN | RETURNED.condition,
    (
        "Mỗi cột đếm việc xảy ra trong kỳ; một hồ sơ có thể ở nhiều cột. Đang tạm dừng: còn giải "
        "quyết cuối kỳ và đồng hồ đứng từ trong kỳ hay trước đó đến lúc lập.",
    ),
)

CHANNELS = CountReport(
    "channels",
    "Kênh tiếp nhận và tỷ lệ nộp trực tuyến",
    Grouping.PROCEDURE,
    "Thủ tục",
    (
        Count(Head("received", "Tiếp nhận trong kỳ"), RECEIVED_IN_PERIOD),
        Count(Head("online", "Trực tuyến"), (RECEIVED_ONLINE,)),
        Count(Head("on_paper", "Trực tiếp, bưu chính"), (RECEIVED_ON_PAPER,)),
        Share(
            Head("online_share", "Tỷ lệ trực tuyến"),
            (RECEIVED_ONLINE,),
            RECEIVED_IN_PERIOD,
        ),
    ),
    IN_WORK_WITHIN,
    ("Tỷ lệ trực tuyến = trực tuyến / tiếp nhận trong kỳ; không tính hồ sơ từ kỳ trước.",),
)

OUTREACH = CountReport(
    "outreach",
    "Thủ tục nên hướng dẫn nộp trực tuyến",
    Grouping.PROCEDURE,
    "Thủ tục",
    (
        Count(Head("on_paper", "Trực tiếp, bưu chính"), (RECEIVED_ON_PAPER,)),
        Count(Head("online", "Trực tuyến"), (RECEIVED_ONLINE,)),
        Count(Head("received", "Tiếp nhận trong kỳ"), RECEIVED_IN_PERIOD),
        Share(Head("online_share", "Tỷ lệ trực tuyến"), (RECEIVED_ONLINE,), RECEIVED_IN_PERIOD),
    ),
    RECEIVED.condition,
    (
        "Thủ tục có nhiều hồ sơ nộp trực tiếp, qua bưu chính đứng đầu: hướng dẫn ở đó thì được "
        "nhiều nhất. Danh mục của quầy không ghi mức độ trực tuyến (mức 3, 4; từ 2022: toàn trình, "
        "một phần); thủ tục chưa cung cấp trực tuyến thì bỏ qua.",
    ),
    most_first=(RECEIVED_ON_PAPER,),
)

APOLOGY_COVERAGE = CountReport(
    "apology-coverage",
    "Thư xin lỗi cho hồ sơ trễ hẹn",
    Grouping.FIELD,
    "Lĩnh vực",
    (
        Count(Head("late", "Trễ hẹn"), (DUE_LATE,)),
        Count(Head("apologised", "Đã trao thư xin lỗi"), (APOLOGISED,)),
        Share(Head("apologised_share", "Tỷ lệ đã trao thư"), (APOLOGISED,), (DUE_LATE,)),
        Count(Head("told", "Báo trước kịp"), (TOLD_IN_TIME,)),
        Share(Head("told_share", "Tỷ lệ báo trước kịp"), (TOLD_IN_TIME,), (DUE_LATE,)),
    ),
    DUE_LATE.condition,
    (
        "Hồ sơ trễ có lời hẹn đầu rơi vào kỳ; đã trao thư: thư xin lỗi đã đến tay công dân; báo "
        "trước kịp: công dân được báo trước ngày hẹn theo quy định của quầy.",
    ),
)
