"""The command line: every verb is one call into actions/, answered as JSON or as plain lines.

Exit 0 done, 1 the rule says no, 2 wrong usage, 3 trouble, 4 a fault of the program. With --json the
answer is one object; an error is {"error": {"kind": "refused" | "trouble" | "usage" | "bug",
"code": ..., "message": ...}}. After 1 and 2 nothing was changed.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from cchc_desk import __version__, paths
from cchc_desk.console.runtime import Answer, Options, Usage, clock, with_options
from cchc_desk.console.verbs.dossiers import (
    certify,
    counter,
    dossier_steps,
    lateness,
    lists,
    lobby,
    putting_right,
    quality,
    registers,
    reminders,
    reports,
    scans,
    signature,
)
from cchc_desk.console.verbs.office import (
    absences,
    calendar,
    catalogue,
    city,
    copies,
    courtesy,
    lessons,
    people,
    personal_data,
    protection,
    report_sets,
    setup,
    sync,
    ward,
)
from cchc_desk.crash_report import report_of, write_report
from cchc_desk.domain.people.birth import PartialDate
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import os_reason
from cchc_desk.vietnam_time import vietnam_now

DONE, REFUSED, USAGE, TROUBLE, BUG = 0, 1, 2, 3, 4
_SUBJECTS = (
    setup,
    protection,
    copies,
    calendar,
    catalogue,
    counter,
    certify,
    dossier_steps,
    putting_right,
    scans,
    reminders,
    lateness,
    courtesy,
    lessons,
    lists,
    registers,
    quality,
    reports,
    report_sets,
    personal_data,
    signature,
    sync,
    city,
    people,
    absences,
    ward,
    lobby,
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Usage(f"Lệnh viết chưa đúng ({message}).\n{self.format_usage().strip()}")


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    _use_utf8()
    words = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in words
    try:
        answer = _answer(words)
        text = json.dumps(answer, ensure_ascii=False, default=_plain) if as_json else _lines(answer)
    except Usage as error:
        return _fail(as_json, "usage", "usage", str(error), USAGE)
    except Refused as refused:
        return _fail(as_json, "refused", refused.code, refused.message, REFUSED)
    except Trouble as trouble:
        message = trouble.message + _NEXT_STEP.get(trouble.code, "")
        return _fail(as_json, "trouble", trouble.code, message, TROUBLE)
    except Exception as error:  # noqa: BLE001 - as the window's crash box: said, reported, no values
        return _fail(as_json, "bug", "bug", _reported(words, error), BUG)
    sys.stdout.write(text + "\n")
    return DONE


def _reported(words: list[str], error: Exception) -> str:
    """Write the report of a fault of the program; return what to say. No value is in either."""
    report = report_of(type(error), error.__traceback__)
    at = words.index("--data") + 1 if "--data" in words[:-1] else 0
    folder = Path(words[at]) if at else paths.desk_folder()
    try:
        if not folder.is_dir():
            raise FileNotFoundError(folder)
        file = write_report(paths.report_folder(folder), report, vietnam_now())
    except (OSError, ValueError):  # no place for it: it is shown instead
        return f"{_BUG} Báo cáo, không có dữ liệu cá nhân:\n{report}"
    return f"{_BUG} Báo cáo, không có dữ liệu cá nhân: {file}"


_BUG = (
    "Chương trình gặp lỗi nên việc này không làm được. Hãy xem lại dữ liệu rồi làm lại; gửi báo "
    "cáo cho người phụ trách."
)


def _answer(words: list[str]) -> Answer:
    if any("\ud800" <= char <= "\udfff" for word in words for char in word):  # bytes, no UTF-8
        raise Usage("Dòng lệnh có chữ không phải UTF-8; hãy gõ lại.")
    if any("\0" in word for word in words):
        raise Usage("Dòng lệnh có ký tự rỗng (NUL); hãy gõ lại.")
    options = _parser().parse_args(words)
    try:
        answer: Answer = options.verb(options)
    except OSError as error:  # a folder that may not even be looked into
        raise Trouble(
            "cannot-reach",
            f"Không tới được {error.filename or 'tệp hay thư mục'}: {os_reason(error)}. Hãy kiểm "
            "tra tên và quyền xem.",
        ) from error
    return answer


def _use_utf8() -> None:
    """Use UTF-8 for all streams: a frozen program on Windows would read and write cp1252.

    On output an impossible character is escaped instead of a crash.
    """
    for stream, errors in (
        (sys.stdin, "strict"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


_NEXT_STEP = {"disk-key": " (Lệnh: cchc unlock.)"}  # of troubles that name a field of the window


def _fail(as_json: bool, kind: str, code: str, message: str, exit_code: int) -> int:
    if as_json:
        error = {"error": {"kind": kind, "code": code, "message": message}}
        sys.stdout.write(json.dumps(error, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(message + "\n")
    return exit_code


def _plain(value: object) -> str:
    """Format moments to the minute and days as ISO text. Raises TypeError for other types."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date | PartialDate):
        return value.isoformat()
    raise TypeError(f"no written form for {value!r}")


def _lines(answer: Mapping[str, Any], indent: str = "") -> str:
    """Format the answer for reading: one `key: value` a line, lists as indented blocks."""
    lines: list[str] = []
    for key, value in answer.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{indent}{key}:")
            lines += [_lines(item, indent + "  ") + "\n" for item in value]
        elif isinstance(value, dict):
            lines += [f"{indent}{key}:", _lines(value, indent + "  ")]
        else:
            lines.append(f"{indent}{key}: {_shown(value)}")
    return "\n".join(lines)


def _shown(value: object) -> str:
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return _plain(value) if isinstance(value, date) else str(value)


@cache
def _parser() -> _Parser:
    """The parser of all verbs, once for a process that runs several."""
    parser = _Parser(
        prog="cchc",
        description="Bàn một cửa: mọi việc của cửa sổ, bằng dòng lệnh.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu của quầy")
    parser.add_argument("--now", type=clock, help="đồng hồ của quầy (chỉ trong phường tập huấn)")
    parser.add_argument(
        "--as", dest="official", help="ai đang làm; mật khẩu lấy từ CCHC_PASSWORD hoặc hỏi"
    )
    parser.add_argument(
        "--password-file", help="tệp có mật khẩu ở dòng đầu, thay cho CCHC_PASSWORD; «-»: stdin"
    )
    parser.add_argument("--json", action="store_true", help="trả lời bằng một đối tượng JSON")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(
        name: str, run: Callable[[Options], Answer], about: str, **positionals: Any
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=about, allow_abbrev=False)
        return with_options(made, run, positionals)

    for subject in _SUBJECTS:
        subject.add(verb)
    return parser
