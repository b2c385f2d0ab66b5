"""Verbs of `cchc report-set …`: reports sent again and again, made into a bundle, noted as sent."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import Answer, NewVerb, Options, count, day, month, opened

if TYPE_CHECKING:
    from cchc_desk.actions.report_sets.sets import NewReportSet
    from cchc_desk.actions.report_sets.standing import HistoryLine
    from cchc_desk.domain.reports.sets import Bundle, NextDue, ReportSet

_EVERY = ("month", "quarter", "half-year", "year")


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    from cchc_desk.console.runtime import with_options

    group = verb("report-set", _list, "báo cáo gửi định kỳ: bộ nào, gửi ai, hạn nào")
    verbs = group.add_subparsers(metavar="VIỆC")

    def one(
        name: str, run: Callable[[Options], Answer], about: str, **positionals: Any
    ) -> argparse.ArgumentParser:
        return with_options(
            verbs.add_parser(name, help=about, allow_abbrev=False), run, positionals
        )

    number = {"type": int, "help": "số của bộ báo cáo"}
    one("list", _list, "các bộ báo cáo, kỳ tới hạn, đã lập, đã gửi chưa")
    for made in (
        one("add", _add, "thêm một bộ báo cáo gửi định kỳ"),
        one("change", _change, "sửa cả bộ báo cáo", number=number),
    ):
        made.add_argument("--name", required=True)
        made.add_argument("--receiver", required=True, help="nơi nhận")
        made.add_argument("--report", action="append", required=True, help="ghi nhiều lần được")
        made.add_argument("--every", choices=_EVERY, default="month")
        made.add_argument(
            "--closing",
            type=count,
            default=31,
            help="ngày chốt số liệu trong tháng; 31: cuối tháng",
        )
        made.add_argument("--due", type=count, default=5, help="hạn gửi: ngày trong tháng")
    bundle = one(
        "make", _make, "lập bộ của một kỳ: PDF, bảng tính, công văn dự thảo", number=number
    )
    bundle.add_argument("--out", type=Path, required=True, help="tệp .zip hoặc thư mục")
    bundle.add_argument("--reason", default="", help="để làm gì, cho ai; khi có tên công dân")
    sent = one("sent", _sent, "ghi bộ đã lập đã gửi ngày nào, bằng cách nào", number=number)
    sent.add_argument("--how", required=True, help="bằng cách nào")
    sent.add_argument("--on", type=day, help="ngày gửi; không ghi là hôm nay")
    for about_a_period in (bundle, sent):
        about_a_period.add_argument(
            "--month", type=month, help="kỳ có tháng này; không ghi là kỳ sớm nhất chưa gửi"
        )
    told = one("history", _history, "đã lập, đã gửi những gì, khi nào")
    told.add_argument("--set", dest="number", type=int, help="chỉ một bộ")
    one("remove", _remove, "bỏ một bộ báo cáo; những gì đã gửi vẫn giữ", number=number)


def _new(options: Options) -> "NewReportSet":
    from cchc_desk.actions.report_sets.sets import NewReportSet
    from cchc_desk.domain.reports.sets import Every, Schedule

    schedule = Schedule(Every(options.every), options.closing, options.due)
    return NewReportSet(options.name, options.receiver, tuple(options.report), schedule)


def _add(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import sets

    with opened(options) as desk:
        return _set(sets.add(desk, _new(options)))


def _change(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import sets

    with opened(options) as desk:
        return _set(sets.change(desk, options.number, _new(options)))


def _remove(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import sets

    with opened(options) as desk:
        return _set(sets.remove(desk, options.number))


def _list(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import standing

    with opened(options) as desk:
        return {"sets": [_standing(one) for one in standing.listed(desk)]}


def _make(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import bundles

    with opened(options) as desk:
        return _bundle(
            bundles.make(desk, options.number, options.out, options.month, options.reason)
        )


def _sent(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import bundles

    with opened(options) as desk:
        on = options.on or desk.now().date()
        return _bundle(bundles.mark_sent(desk, options.number, on, options.how, options.month))


def _history(options: Options) -> Answer:
    from cchc_desk.actions.report_sets import standing

    with opened(options) as desk:
        return {"bundles": [_line(one) for one in standing.history(desk, options.number)]}


def _set(one: "ReportSet") -> Answer:
    return {
        "number": one.number,
        "name": one.name,
        "receiver": one.receiver,
        "reports": list(one.reports),
        "every": one.schedule.every.value,
        "closing": one.schedule.closing,
        "due_day": one.schedule.due_day,
        "since": one.since,
    }


def _standing(one: "NextDue") -> Answer:
    return _set(one.report_set) | {
        "first": one.period.first,
        "last": one.period.last,
        "due": one.due,
        "state": one.state.value,
        "bundle": _bundle(one.bundle) if one.bundle else None,
        "last_sent": _bundle(one.last_sent) if one.last_sent else None,
    }


def _bundle(one: "Bundle") -> Answer:
    return {
        "bundle": one.number,
        "number": one.report_set,
        "name": one.name,
        "receiver": one.receiver,
        "first": one.first,
        "last": one.last,
        "made": one.made,
        "made_by": one.made_by,
        "file": one.file,
        "sha256": one.sha256,
        "sent": one.sent,
        "sent_by": one.sent_by,
        "how": one.how,
    }


def _line(line: "HistoryLine") -> Answer:
    names = {"made_by_name": line.made_by, "sent_by_name": line.sent_by}
    return _bundle(line.bundle) | names
