"""The verb of data quality: what stands open before figures are sent."""

import argparse
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, day, opened, with_origin

if TYPE_CHECKING:
    from cchc_desk.domain.quality import Check


def add(verb: NewVerb) -> None:
    """Add this verb to the command line."""
    asked = verb("quality", _quality, "kiểm tra dữ liệu trước khi gửi số liệu")
    asked.add_argument("--from", dest="first", type=day, required=True)
    asked.add_argument("--to", dest="last", type=day, required=True)
    asked.add_argument("--check", type=_check, metavar="NAME", help="một phép kiểm tra, và mã")
    with_origin(asked)


def _check(text: str) -> "Check":
    """Read the name of a check."""
    from cchc_desk.domain.quality import CHECKS

    by_name = {check.name: check for check in CHECKS}
    if text not in by_name:
        names = ", ".join(by_name)
        raise argparse.ArgumentTypeError(f"«{text[:40]}» không phải một trong: {names}")
    return by_name[text]


def _quality(options: Options) -> Answer:
    from cchc_desk.actions.exports import quality
    from cchc_desk.actions.exports.quality import CheckRow
    from cchc_desk.i18n import _

    period = options.first, options.last, options.origin
    with opened(options) as desk:
        if options.check:
            found = quality.found(desk, options.check, *period)
            rows: tuple[CheckRow, ...] = (CheckRow(options.check, len(found)),)
        else:
            found, rows = (), quality.checks(desk, *period)
    return {
        "checks": [
            {
                "name": row.check.name,
                "title": _(row.check.title),
                "open": row.open,
                "what_to_do": _(row.check.what_to_do),
            }
            for row in rows
        ],
        "dossiers": list(found),
    }
