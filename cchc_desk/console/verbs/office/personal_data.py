"""Verbs of `cchc personal-data …`: what is kept, citizens' requests, exports, breaches, folder."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import Answer, NewVerb, Options, count, day, moment, opened, typed

if TYPE_CHECKING:
    from datetime import date

    from cchc_desk.domain.personal_data import CitizenRequest

_OUTCOMES = ("granted", "partly", "refused")


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    from cchc_desk.console.runtime import with_options

    group = verb("personal-data", _kept, "hồ sơ dữ liệu cá nhân")
    verbs = group.add_subparsers(metavar="VIỆC")

    def one(
        name: str, run: Callable[[Options], Answer], about: str, **positionals: Any
    ) -> argparse.ArgumentParser:
        return with_options(
            verbs.add_parser(name, help=about, allow_abbrev=False), run, positionals
        )

    one("kept", _kept, "giữ những gì, vì sao, đến bao giờ")
    taken = one("request", _request, "ghi yêu cầu của công dân về dữ liệu của mình")
    taken.add_argument("--kind", required=True)
    taken.add_argument("--person", required=True)
    taken.add_argument("--contact", required=True)
    taken.add_argument("--about", required=True)
    taken.add_argument("--code", default="", help="hồ sơ liên quan")
    taken.add_argument("--received", type=moment)
    one("acknowledge", _acknowledge, "đã báo nhận yêu cầu", number={})
    one("extend", _extend, "gia hạn trả lời, một lần", number={}).add_argument(
        "--reason", required=True
    )
    answered = one("answer", _answer, "đã trả lời công dân", number={})
    answered.add_argument("--outcome", required=True, choices=_OUTCOMES)
    answered.add_argument("--answer", required=True)
    breach = one("breach", _breach, "phiếu sự cố 72 giờ")
    breach.add_argument("--discovered", type=moment, required=True)
    breach.add_argument("--what", required=True)
    breach.add_argument("--affected", required=True, help="dữ liệu nào")
    breach.add_argument("--people", type=count, required=True)
    breach.add_argument("--measures", required=True)
    listed = one("requests", _requests, "sổ yêu cầu của công dân")
    exports = one("exports", _exports, "nhật ký xuất dữ liệu")
    folder = one("folder", _folder, "cả bộ hồ sơ dữ liệu cá nhân ra PDF")
    for made in (listed, exports, folder):
        made.add_argument("--from", dest="first", type=day)
        made.add_argument("--to", dest="last", type=day)
    folder.add_argument("--reason", default="")
    folder.add_argument("--out", type=Path, required=True)


def _days(options: Options, today: "date") -> "tuple[date, date]":
    """Return the period asked for, else this year until today."""
    return options.first or today.replace(month=1, day=1), options.last or today


def _kept(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data

    with opened(options) as desk:
        found = personal_data.kept(desk)
    return {
        "law": personal_data.law(),
        "kept": [vars(one) for one in found],
        "kinds": [vars(kind) for kind in personal_data.kinds()],
    }


def _shape(request: "CitizenRequest") -> Answer:
    outcome = request.outcome.value if request.outcome else None
    return (
        {"number": request.number_text}
        | {key: value for key, value in vars(request).items() if key not in ("year", "number")}
        | {"outcome": outcome}
    )


def _request(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data
    from cchc_desk.actions.data.personal_data import NewRequest

    with opened(options) as desk:
        new = NewRequest(
            options.kind,
            typed(options.person),
            typed(options.contact),
            typed(options.about),
            options.code,
            options.received,
        )
        return _shape(personal_data.take_request(desk, new))


def _acknowledge(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data

    with opened(options) as desk:
        return _shape(personal_data.acknowledge(desk, options.number))


def _extend(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data

    with opened(options) as desk:
        return _shape(personal_data.extend(desk, options.number, options.reason))


def _answer(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data
    from cchc_desk.domain.personal_data import Outcome

    with opened(options) as desk:
        outcome = Outcome(options.outcome)
        return _shape(personal_data.answer(desk, options.number, outcome, options.answer))


def _breach(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data

    with opened(options) as desk:
        noted = personal_data.note_breach(
            desk,
            options.discovered,
            options.what,
            options.affected,
            options.people,
            options.measures,
        )
    return dict(vars(noted))


def _requests(options: Options) -> Answer:
    from cchc_desk.actions.data import personal_data

    with opened(options) as desk:
        found = personal_data.requests(desk, *_days(options, desk.now().date()))
    return {"requests": [_shape(one) for one in found]}


def _exports(options: Options) -> Answer:
    from cchc_desk.actions.exports import leaving

    with opened(options) as desk:
        found = leaving.export_log(desk, *_days(options, desk.now().date()))
    return {"exports": [vars(one) for one in found]}


def _folder(options: Options) -> Answer:
    from cchc_desk.actions.documents.saving import pages_of
    from cchc_desk.actions.papers import personal_data_folder
    from cchc_desk.output_file import output_file

    with opened(options) as desk, output_file(options.out) as out:
        pdf = personal_data_folder.folder(desk, *_days(options, desk.now().date()), options.reason)
        out.write(pdf)
    return {"file": str(options.out), "pages": pages_of(pdf)}
