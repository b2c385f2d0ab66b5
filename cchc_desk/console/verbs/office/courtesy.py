"""Verbs of `cchc courtesy …`: items, visits, ratings, weekly card, report, observations."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    count,
    day,
    opened,
    read,
    with_options,
    with_origin,
)

_MOMENTS = ("greeting", "late", "wait", "thanks")
_TOLD = {"yes": True, "no": False, None: None}


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    words = verb(
        "courtesy", _items, "«4 xin, 4 luôn»: tự chấm, đánh giá, phiếu tuần, báo cáo, quan sát"
    )
    under = words.add_subparsers(required=True, metavar="VIỆC")

    def courtesy_verb(
        name: str, run: Callable[[Options], Answer], about: str, **positionals: Any
    ) -> argparse.ArgumentParser:
        made = under.add_parser(name, help=about, allow_abbrev=False)
        return with_options(made, run, positionals)

    courtesy_verb("items", _items, "tám điều theo lời của quầy").add_argument(
        "--set", dest="file", help="tệp lời, thứ tự mới"
    )
    courtesy_verb("words", _words, "lời nên nói, lời nên tránh", moment={"choices": _MOMENTS})
    record = courtesy_verb("record", _record, "tự chấm một lượt tiếp công dân", done={"nargs": "*"})
    record.add_argument("--moment", required=True, choices=_MOMENTS)
    record.add_argument("--code", default="", help="mã hồ sơ")
    rate = courtesy_verb("rate", _rate, "công dân đánh giá", code={})
    rate.add_argument(
        "--faces", type=count, required=True, help="1 (rất không hài lòng) đến 5 (rất hài lòng)"
    )
    rate.add_argument(
        "--told", choices=("yes", "no"), help="hồ sơ trễ: có được báo trước và xin lỗi không"
    )
    card = courtesy_verb("card", _card, "phiếu tuần")
    card.add_argument("--official", dest="whose", help="của ai; không ghi là của mình")
    card.add_argument("--week", type=day, help="một ngày trong tuần; không ghi là tuần này")
    card.add_argument("--size", choices=("A4", "A5"), default="A5")
    report = courtesy_verb("report", _report, "báo cáo của quầy")
    report.add_argument("--from", dest="first", type=day, required=True)
    report.add_argument("--to", dest="last", type=day, required=True)
    with_origin(report)
    courtesy_verb("observe", _observe, "lãnh đạo ghi phiếu quan sát", file={})
    courtesy_verb("observations", _observations, "các phiếu quan sát")
    sheet = courtesy_verb(
        "sheet", _sheet, "phiếu quan sát ra giấy; không ghi mã là phiếu trống", id={"nargs": "?"}
    )
    sheet.add_argument("--out", type=Path, required=True)
    for made in (card, report):
        made.add_argument("--out", type=Path, help="in ra tệp PDF")


def _items(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy
    from cchc_desk.console import json_files

    with opened(options) as desk:
        if options.file:
            courtesy.keep_items(desk, json_files.courtesy_items(read(options.file)))
        eight = courtesy.items(desk)
    items = [{"key": item.key, "text": item.text, "when": item.when} for item in eight]
    return {"items": items, "source": courtesy.source()}


def _words(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy
    from cchc_desk.domain.courtesy import Moment

    with opened(options) as desk:
        words = courtesy.words_for(desk, Moment(options.moment))
    return {
        "moment": options.moment,
        "say": [vars(phrase) for phrase in words.say],
        "avoid": [vars(phrase) for phrase in words.avoid],
    }


def _record(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy
    from cchc_desk.console import shapes
    from cchc_desk.domain.courtesy import Moment

    with opened(options) as desk:
        visit = courtesy.record_visit(
            desk, options.done, code=options.code, moment=Moment(options.moment)
        )
    return shapes.courtesy_visit(visit)


def _rate(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return shapes.courtesy_rating(
            courtesy.rate(desk, options.code, options.faces, _TOLD[options.told])
        )


def _card(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy, courtesy_papers
    from cchc_desk.console import shapes
    from cchc_desk.domain.permissions import Permission

    with opened(options) as desk:
        who = options.whose or desk.require(Permission.SEE_CARD).id
        day, saved = options.week or desk.now().date(), {}
        if options.out:
            card, pages = courtesy_papers.save_weekly_card(
                desk, who, day, options.out, options.size
            )
            saved = {"file": str(options.out), "pages": pages}
        else:
            card = courtesy.weekly_card(desk, who, day)
    trend = [
        {
            "monday": week.monday,
            "score": shapes.courtesy_share(week.score),
            "citizens": shapes.citizens_score(week.citizens),
        }
        for week in card.trend
    ]
    return {
        "official": card.official.id,
        "monday": card.monday,
        "until": card.until,
        **shapes.courtesy_tally(card.tally),
        "trend": trend,
        "observations": [shapes.observation(sheet) for sheet in card.observations],
        **saved,
    }


def _report(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy, courtesy_papers
    from cchc_desk.console import shapes

    with opened(options) as desk:
        report = courtesy.desk_report(desk, options.first, options.last, options.origin)
        pdf = (
            courtesy_papers.desk_report_pdf(desk, options.first, options.last, options.origin)
            if options.out
            else None
        )
    period = {"first": report.first, "last": report.last}
    return {
        **period,
        **shapes.courtesy_tally(report.tally),
        "observations": report.observations,
        "typed": report.typed,
        **_saved(pdf, options.out),
    }


def _saved(pdf: bytes | None, out: Path) -> Answer:
    from cchc_desk.actions.documents.saving import save_pdf

    if pdf is None:
        return {}
    return {"file": str(out), "pages": save_pdf(pdf, out)}


def _observe(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy
    from cchc_desk.console import json_files, shapes

    with opened(options) as desk:
        return shapes.observation(
            courtesy.observe(desk, json_files.observation_of(read(options.file), desk.now()))
        )


def _observations(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy
    from cchc_desk.console import shapes

    with opened(options) as desk:
        sheets = courtesy.observations(desk)
    return {"observations": [shapes.observation(sheet) for sheet in sheets]}


def _sheet(options: Options) -> Answer:
    from cchc_desk.actions.courtesy import courtesy_papers

    with opened(options) as desk:
        return _saved(courtesy_papers.observation_sheet_pdf(desk, options.id or ""), options.out)
