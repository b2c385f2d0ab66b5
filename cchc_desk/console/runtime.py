"""Common parts of all verbs: arguments read, the desk opened, the official logged in."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cchc_desk import paths
from cchc_desk.errors import Refused
from cchc_desk.i18n import os_reason

if TYPE_CHECKING:
    from cchc_desk.session import Desk

Answer = dict[str, Any]
Options = argparse.Namespace
HOW = ("counter", "phone", "post", "message")
_CLOCK_YEARS = range(2019, 2100)  # the first one-stop regime the desk knows began in 2018
_YEARS = range(2000, 2200)  # of whatever else is asked for: beyond it dates cannot be counted with


class Usage(Exception):
    """The command was written wrongly; the message shows the right form."""


class NewVerb(Protocol):
    """Adds a verb to the command line: its name, function, help and positional arguments."""

    def __call__(
        self, name: str, run: Callable[[Options], Answer], about: str, **positionals: Any
    ) -> argparse.ArgumentParser: ...


def with_options(
    parser: argparse.ArgumentParser,
    run: Callable[[Options], Answer],
    positionals: Mapping[str, Mapping[str, Any]],
) -> argparse.ArgumentParser:
    """Give a verb's parser its function, --json and its positional arguments; return it."""
    parser.set_defaults(verb=run)
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    for name, settings in positionals.items():
        parser.add_argument(name, **settings)
    return parser


# --- arguments ------------------------------------------------------------------------------------


def moment(text: str) -> datetime:
    """Read a local moment such as `2026-11-23T10:00`, cut to the minute; no time zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"«{text}» không phải thời điểm như 2026-11-23T10:00"
        ) from error
    if at.tzinfo:
        raise argparse.ArgumentTypeError(f"«{text}»: viết giờ của quầy, không kèm múi giờ")
    if at.year < _YEARS[0]:
        raise _no_year(text)
    return at.replace(second=0, microsecond=0)


def clock(text: str) -> datetime:
    """Read a moment to which the desk's clock may be set."""
    at = moment(text)
    if at.year not in _CLOCK_YEARS:
        raise argparse.ArgumentTypeError(
            f"đồng hồ của quầy chạy từ {_CLOCK_YEARS[0]} đến {_CLOCK_YEARS[-1]}"
        )
    return at


def day(text: str) -> date:
    """Read a day such as `2026-11-23`."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"«{text}» không phải ngày như 2026-11-23") from error
    if found.year not in _YEARS:
        raise _no_year(text)
    return found


def year(text: str) -> int:
    """Read a year such as `2026`."""
    if not (text.isdecimal() and len(text) <= 4 and int(text) in _YEARS):
        raise _no_year(text)
    return int(text)


def _no_year(text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"«{text[:40]}»: năm phải từ {_YEARS[0]} đến {_YEARS[-1]}")


def count(text: str) -> int:
    """Read a whole number of at most six digits."""
    if not (text.isdecimal() and len(text) <= 6):
        raise argparse.ArgumentTypeError(f"«{text}» không phải số lượng")
    return int(text)


def read(file: str) -> Mapping[str, Any]:
    """Read the JSON object in a file, or on standard input ("-"). Raises Usage."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        value = json.loads(text.removeprefix("\ufeff"))
    except OSError as error:
        raise Usage(f"Không đọc được tệp {file}: {os_reason(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise Usage(f"Tệp {file} không phải JSON (UTF-8): {error}.") from error
    if not isinstance(value, dict):
        raise Usage(f"Tệp {file} phải chứa một đối tượng JSON.")
    return value


# --- the desk -------------------------------------------------------------------------------------


def folder_of(options: Options) -> Path:
    """Return the folder of the desk in `--data`, else the user's own."""
    folder: Path = options.data or paths.desk_folder()
    return folder


@contextmanager
def opened(options: Options) -> "Iterator[Desk]":
    """Open the desk of one verb, log its official in, and close it whatever happens."""
    from cchc_desk.actions.office import accounts

    desk = accounts.open_desk(folder_of(options))
    desk.database.tolerate()  # a verb is one process: it cannot be tried again a little later
    try:
        if options.now:
            real_clock_only(options, practice=desk.practice)
            desk.clock = lambda: options.now
        if options.official:
            accounts.log_in(desk, options.official, password_of(options.official))
        yield desk
    except Refused as refused:
        from cchc_desk.actions.training import lessons

        lessons.note_refusal(desk, refused.code)
        raise
    finally:
        desk.close()


def real_clock_only(options: Options, *, practice: bool = False) -> None:
    """Raise Refused("now-outside-practice") for --now outside a practice ward."""
    if options.now and not practice:
        raise Refused("now-outside-practice", "Chỉ phường tập huấn mới chỉnh được đồng hồ (--now).")


def password_of(official: str) -> str:
    """Return the password from CCHC_PASSWORD, else ask for it; never from the command line."""
    return secret("CCHC_PASSWORD", f"Mật khẩu của {official}: ")


def secret(variable: str, question: str) -> str:
    """Return what a variable of the environment holds, else ask; never from the command line."""
    given = os.environ.get(variable)
    if given is None and not sys.stdin.isatty():
        raise Usage(f"Đặt mật khẩu trong biến môi trường {variable}.")
    try:
        return given if given is not None else getpass.getpass(question)
    except EOFError as error:
        raise Usage("Chưa nhập mật khẩu.") from error
