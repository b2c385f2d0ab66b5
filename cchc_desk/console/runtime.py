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
    from cchc_desk.domain.figures import Origin
    from cchc_desk.session import Clock, Desk

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
        if len(text) <= len("2026-11-23"):  # a day alone would be midnight
            raise ValueError(text)
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


def month(text: str) -> date:
    """Read a month such as `2026-11`; its first day."""
    try:
        if len(text) != len("2026-11"):
            raise ValueError(text)
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"«{text[:40]}» không phải tháng như 2026-11") from error
    if found.year not in _YEARS:
        raise _no_year(text)
    return found


def _no_year(text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"«{text[:40]}»: năm phải từ {_YEARS[0]} đến {_YEARS[-1]}")


def count(text: str) -> int:
    """Read a whole number of at most six digits."""
    if not (text.isdecimal() and len(text) <= 6):
        raise argparse.ArgumentTypeError(f"«{text}» không phải số lượng")
    return int(text)


def origin(text: str) -> "Origin":
    """Read which dossiers a figure counts: `all`, `desk` or `list`."""
    from cchc_desk.domain.figures import Origin

    try:
        return Origin(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"«{text[:40]}»: viết all, desk hoặc list") from error


def with_origin(*verbs: argparse.ArgumentParser) -> None:
    """Give verbs that count dossiers their `--origin`, an Origin."""
    for made in verbs:
        made.add_argument(
            "--origin",
            type=origin,
            default="all",
            metavar="{all,desk,list}",
            help="mọi hồ sơ, tiếp nhận tại đây, hay theo dõi từ tệp của tỉnh",
        )


def _beginning(file: str, most: int) -> str:
    """Return up to so many characters of a file or of standard input: a device has no end."""
    if file == "-":
        return sys.stdin.read(most)
    with Path(file).open(encoding="utf-8") as opened:
        return opened.read(most)


_MOST_TEXT = 1_000_000  # characters
_MOST_LINE = 5_000


def read_text(file: str) -> str:
    """Read the text in a file, or on standard input ("-"). Raises Usage."""
    try:
        text = _beginning(file, _MOST_TEXT + 1)
    except OSError as error:
        raise Usage(f"Không đọc được tệp {file}: {os_reason(error)}.") from error
    except ValueError as error:
        raise Usage(f"Tệp {file} không phải chữ UTF-8.") from error
    if len(text) > _MOST_TEXT:
        raise Usage(f"Tệp {file} lớn quá mức; hãy chọn đúng tệp.")
    return text.removeprefix("\ufeff")


def read(file: str) -> Mapping[str, Any]:
    """Read the JSON object in a file, or on standard input ("-"). Raises Usage."""
    try:
        value = json.loads(read_text(file))
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


def clock_of(options: Options) -> "Clock":
    """Return the clock of a verb that works without an open desk, set by --now in practice only.

    Raises Refused("now-outside-practice").
    """
    from cchc_desk.actions.data import existing
    from cchc_desk.vietnam_time import vietnam_now

    if options.now:
        real_clock_only(options, practice=existing.is_practice(folder_of(options)))
        return lambda: options.now
    return vietnam_now


@contextmanager
def opened(options: Options, password: str | None = None) -> "Iterator[Desk]":
    """Open the desk of one verb, log its official in, and close it whatever happens.

    `password`: of the official, where the verb has read it.
    """
    from cchc_desk.actions.data import doubts, opening
    from cchc_desk.actions.people import accounts

    desk = opening.open_desk(folder_of(options))
    desk.database.tolerate()  # a verb is one process: it cannot be tried again a little later
    try:
        if options.now:
            real_clock_only(options, practice=desk.practice)
            desk.clock = lambda: options.now
            desk.uptime = options.now.timestamp  # a wait ends by this clock too
        if desk.doubt is not None:  # the answer stays the verb's own
            sys.stderr.write(f"⚠ {doubts.doubt_words(desk.doubt)}\n")
        if options.official:
            word = password_of(options) if password is None else password
            official = accounts.log_in(desk, options.official, word)
            if official.must_change and not options.json:  # a program reads that, nobody else
                sys.stderr.write(_MUST_CHANGE)
        yield desk
    except Refused as refused:
        from cchc_desk.actions.training import lessons

        lessons.note_refusal(desk, refused.code)
        raise
    finally:
        desk.close()


_MUST_CHANGE = (
    "Mật khẩu này do người khác đặt: hãy đổi bằng «cchc --as TÊN password», hoặc khi vào cửa sổ.\n"
)


def real_clock_only(options: Options, *, practice: bool = False) -> None:
    """Raise Refused("now-outside-practice") for --now outside a practice ward."""
    if options.now and not practice:
        raise Refused("now-outside-practice", "Chỉ phường tập huấn mới chỉnh được đồng hồ (--now).")


def password_of(options: Options) -> str:
    """Return the password of who acts: from --password-file, CCHC_PASSWORD or the keyboard."""
    if options.password_file:
        return _first_line(options.password_file)
    return secret("CCHC_PASSWORD", f"Mật khẩu của {options.official}: ")


def _first_line(file: str) -> str:
    """Return the first line of a file, or of standard input ("-"). Raises Usage."""
    try:
        text = sys.stdin.readline(_MOST_LINE) if file == "-" else _beginning(file, _MOST_LINE)
    except OSError as error:
        raise Usage(f"Không đọc được tệp {file}: {os_reason(error)}.") from error
    except ValueError as error:
        raise Usage(f"Tệp {file} không phải chữ UTF-8.") from error
    return text.removeprefix("\ufeff").partition("\n")[0].removesuffix("\r")


def typed(text: str) -> str:
    """Return a text of the command line; "-" stands for the first line of standard input.

    What names a person need not stand in the list of processes, which everybody may read.
    """
    return _first_line("-") if text == "-" else text


def secret(variable: str, question: str) -> str:
    """Return what a variable of the environment holds, else ask; never from the command line."""
    given = os.environ.get(variable)
    if given is None and not sys.stdin.isatty():
        raise Usage(f"Đặt mật khẩu trong biến môi trường {variable}.")
    try:
        return given if given is not None else getpass.getpass(question)
    except EOFError as error:
        raise Usage("Chưa nhập mật khẩu.") from error
