"""Sentences and tables that written reports share, their figures from the reports of the period."""

from dataclasses import replace

from cchc_desk.domain.late_share import LateShare, number_text
from cchc_desk.domain.reports.table import ReportRow, ReportTable
from cchc_desk.domain.reports.written import Counted, Sentence, Shown, number, part_of

_NAME_WIDTH = 0.4  # of a procedure, beside columns of 0.08
_MOST_PROCEDURES = 5  # with most dossiers: "một số TTHC có hồ sơ phát sinh nhiều"


def received(counted: Counted) -> Sentence:
    """Return what was taken in, and how."""
    whole, online, on_paper, before = (
        _form(counted, column) for column in ("c3", "c4", "c5", "c6")
    )
    in_period = online + on_paper
    return Sentence(
        f"Trong kỳ nhận giải quyết {number(whole)} hồ sơ: tiếp nhận mới {number(in_period)} hồ sơ "
        f"(trực tuyến {number(online)}, trực tiếp và bưu chính {number(on_paper)}), kỳ trước "
        f"chuyển sang {number(before)} hồ sơ."
    )


def solved(counted: Counted) -> Sentence:
    """Return what was done, and how much of it in time."""
    whole, early, on_time, late = (_form(counted, column) for column in ("c7", "c8", "c9", "c10"))
    return Sentence(
        f"Đã giải quyết {number(whole)} hồ sơ: trước hạn {number(early)}, đúng hạn "
        f"{number(on_time)}, quá hạn {number(late)}; trước hạn và đúng hạn "
        f"{part_of(early + on_time, whole)}."
    )


def still_open(counted: Counted) -> Sentence:
    """Return what is in work at the end."""
    whole, in_time, late = (_form(counted, column) for column in ("c11", "c12", "c13"))
    return Sentence(
        f"Đang giải quyết {number(whole)} hồ sơ: trong hạn {number(in_time)}, quá hạn "
        f"{part_of(late, whole)}."
    )


def _form(counted: Counted, column: str) -> int:
    """Return a total of form II.06a."""
    return counted.count("ii-06a", "", column)


def late_share(counted: Counted) -> Sentence:
    """Return the late share and, where an order draws a line, its side of that."""
    part, whole = (counted.count("dispatch", "late", column) for column in ("part", "whole"))
    share = LateShare(part, whole, counted.line)
    said = f"{number(part)}/{number(whole)} hồ sơ ({share.percent_text})"
    if not counted.order:
        return Sentence(f"Tỷ lệ hồ sơ trễ hẹn: {said}.")
    line = f"ngưỡng {number_text(counted.line * 100)}%"
    if share.share is None:
        side = "không có hồ sơ để tính"
    else:
        side = f"từ {line} trở lên" if share.tripped else f"dưới {line}"
    return Sentence(f"Tỷ lệ hồ sơ trễ hẹn theo cách đếm của {counted.order}: {said}, {side}.")


def apologies(counted: Counted) -> Sentence:
    """Return for how many late dossiers the letter was handed over."""
    late, part = (counted.count("dispatch", key, "part") for key in ("due_late", "apologised"))
    return Sentence(
        f"Hồ sơ trễ hẹn có hạn hẹn trong kỳ: {number(late)} hồ sơ. Thư xin lỗi đã trao cho người "
        f"dân, tổ chức: {part_of(part, late)}."
    )


def told(counted: Counted) -> Sentence:
    """Return of how many late dossiers the citizen was told before."""
    late, part = (counted.count("dispatch", key, "part") for key in ("due_late", "told"))
    return Sentence(
        f"Hồ sơ trễ hẹn đã báo trước kịp cho người dân, tổ chức theo quy định của quầy: "
        f"{part_of(part, late)}."
    )


def not_told(counted: Counted) -> Sentence:
    """Return of how many late dossiers the citizen was not told before."""
    late, part = (counted.count("dispatch", key, "part") for key in ("due_late", "told"))
    return Sentence(f"Hồ sơ trễ hẹn không báo trước kịp: {part_of(late - part, late)}.")


def reviewed(counted: Counted) -> Sentence:
    """Return how many officials have so many strikes that they are reviewed."""
    return Sentence(
        f"Công chức gây trễ hẹn do lỗi chủ quan từ {counted.strikes} lần trở lên trong năm "
        f"{counted.asked.last.year}: {number(counted.count('dispatch', 'review', 'part'))} người."
    )


def courtesy(counted: Counted) -> Sentence:
    """Return the score of «4 xin, 4 luôn»."""
    part, whole = (counted.count("dispatch", "score", column) for column in ("part", "whole"))
    return Sentence(
        f"Thực hiện «4 xin, 4 luôn», công chức tự chấm: làm được {part_of(part, whole, 'lượt')}."
    )


def satisfied(counted: Counted) -> Sentence:
    """Return what citizens said."""
    part, whole = (counted.count("dispatch", "satisfied", column) for column in ("part", "whole"))
    return Sentence(
        "Phiếu của người dân, tổ chức chấm tại quầy là rất hài lòng, hài lòng: "
        f"{part_of(part, whole, 'phiếu')}."
    )


def online(counted: Counted) -> Sentence:
    """Return the share that came online."""
    part, whole = (counted.count("dispatch", "online", column) for column in ("part", "whole"))
    return Sentence(f"Hồ sơ tiếp nhận trong kỳ được nộp trực tuyến: {part_of(part, whole)}.")


# --- tables ---------------------------------------------------------------------------------------


def by_field(counted: Counted) -> Shown:
    """Return form II.06a in the columns that a page upright has room for."""
    names = ("field", "c3", "c4", "c7", "c8", "c9", "c10", "c11", "c13")
    return Shown(
        "Kết quả giải quyết thủ tục hành chính theo lĩnh vực (số hồ sơ)",
        _without_numbers(counted.table("ii-06a").only(*names)),
    )


def _without_numbers(table: ReportTable) -> ReportTable:
    """Return the table without the sums of the form's own columns, some of which do not stand."""
    return ReportTable(tuple(head.unnumbered() for head in table.heads), table.rows, table.totals)


def coverage(counted: Counted) -> Shown:
    """Return by field for how many late dossiers there was a letter."""
    return Shown("Thư xin lỗi cho hồ sơ trễ hẹn", counted.table("apology-coverage"))


def causes(counted: Counted) -> Shown:
    """Return why dossiers were late."""
    return Shown("Nguyên nhân trễ hẹn", counted.table("causes").only("cause", "late", "share"))


def procedures(counted: Counted) -> Shown:
    """Return the procedures with most dossiers."""
    made = counted.table("channels")

    def received_of(row: ReportRow) -> int:
        value = made.value(row, "received")
        assert isinstance(value, int), "a column of counts"
        return value

    taken_in = [row for row in made.rows if received_of(row)]
    most = tuple(sorted(taken_in, key=received_of, reverse=True)[:_MOST_PROCEDURES])
    first, *others = made.heads
    shown = ReportTable((replace(first, width=_NAME_WIDTH), *others), most)
    return Shown("Thủ tục hành chính có nhiều hồ sơ nhất trong kỳ", shown)
