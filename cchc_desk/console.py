"""The command line: every verb is one call into actions/, its answer one JSON object (with --json) or plain lines.

Exit 0 done, 1 the rule says no, 2 wrong usage, 3 trouble. With --json an error is
{"error": {"kind": "refused" | "trouble" | "usage", "code": ..., "message": ...}} and nothing was changed.
"""

import argparse
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cchc_desk import __version__, paths
from cchc_desk.errors import Refused, Trouble

if TYPE_CHECKING:
    from cchc_desk.desk import Desk

Answer = dict[str, Any]

DONE, REFUSED, USAGE, TROUBLE = 0, 1, 2, 3


class Usage(Exception):
    """The command was written wrongly; the message says how it goes."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Usage(f"Lệnh viết chưa đúng ({message}).\n{self.format_usage().strip()}")


def main(arguments: list[str] | None = None) -> int:
    """Runs one verb; answers the exit code."""
    _speak_utf8()
    words = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in words
    try:
        answer = _answer(words)
    except Usage as error:
        return _fail(as_json, "usage", "usage", str(error), USAGE)
    except Refused as no:
        return _fail(as_json, "refused", no.code, no.message, REFUSED)
    except Trouble as trouble:
        return _fail(as_json, "trouble", trouble.code, trouble.message, TROUBLE)
    sys.stdout.write((json.dumps(answer, ensure_ascii=False, default=_plain) if as_json else _lines(answer)) + "\n")
    return DONE


def _answer(words: list[str]) -> Answer:
    if any("\ud800" <= letter <= "\udfff" for word in words for letter in word):  # bytes that are no UTF-8
        raise Usage("Dòng lệnh có chữ không phải UTF-8; hãy gõ lại.")
    options = _parser().parse_args(words)
    try:
        answer: Answer = options.verb(options)
    except OSError as error:  # a folder that may not even be looked into
        raise Trouble(
            "cannot-reach", f"Không tới được tệp hay thư mục ({error}). Hãy kiểm tra tên và quyền xem."
        ) from error
    return answer


def _speak_utf8() -> None:
    """A frozen program on Windows reads and writes cp1252 otherwise; what is no letter is shown, never a crash."""
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _fail(as_json: bool, kind: str, code: str, message: str, exit_code: int) -> int:
    if as_json:
        error = {"error": {"kind": kind, "code": code, "message": message}}
        sys.stdout.write(json.dumps(error, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(message + "\n")
    return exit_code


def _plain(value: object) -> str:
    """Moments to the minute, days as they are; TypeError for what has no written form."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no written form for {value!r}")


def _lines(answer: Mapping[str, Any], indent: str = "") -> str:
    """The same answer for eyes: one `key: value` a line, lists as indented blocks."""
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


def _parser() -> _Parser:
    parser = _Parser(prog="cchc", description="Bàn một cửa: mọi việc của cửa sổ, bằng dòng lệnh.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu của quầy")
    parser.add_argument("--now", type=_clock, help="đồng hồ của quầy (chỉ trong phường tập huấn)")
    parser.add_argument("--as", dest="official", help="ai đang làm; mật khẩu lấy từ CCHC_PASSWORD hoặc hỏi")
    parser.add_argument("--json", action="store_true", help="trả lời bằng một đối tượng JSON")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, run: Callable[[argparse.Namespace], Answer], about: str, **positionals: Any) -> _Parser:
        made: _Parser = verbs.add_parser(name, help=about, allow_abbrev=False)
        made.set_defaults(verb=run)
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        for key, settings in positionals.items():
            made.add_argument(key, **settings)
        return made

    practice = verb("practice", _practice, "dựng phường tập huấn")
    practice.add_argument("--dossiers", type=_count, default=60)
    practice.add_argument("--seed", type=int, default=1)
    verb("setup", _setup, "thiết lập quầy từ tệp", file={})
    deadline = verb("deadline", _deadline, "tính hạn trả")
    deadline.add_argument("--accepted", type=_moment, required=True)
    deadline.add_argument("--limit", required=True)
    verb("card", _card, "đọc mã QR của thẻ căn cước", text={})
    verb("procedures", _procedures, "tìm thủ tục", query={"nargs": "?", "default": ""})
    verb("accept", _accept, "tiếp nhận hồ sơ", file={})
    verb("find", _find, "tìm hồ sơ", query={})
    verb("show", _show, "xem một hồ sơ", code={})
    verb("ready", _ready, "hồ sơ có kết quả", code={})
    returned = verb("return", _return, "trả kết quả", code={})
    returned.add_argument("--to", required=True)
    returned.add_argument("--papers-back", default="")
    notify = verb("notify", _notify, "báo trước cho công dân", code={})
    notify.add_argument("--how", required=True, choices=_HOW)
    _apologise_options(verb("apologise", _apologise, "soạn thư xin lỗi", code={}))
    sign = verb("sign", _sign, "lãnh đạo ký thư", letter={})
    sign.add_argument("--number", type=int)
    deliver = verb("deliver", _deliver, "trao thư đã ký", letter={})
    deliver.add_argument("--how", required=True, choices=_HOW)
    paper = verb("paper", _paper, "in giấy tờ ra tệp PDF", code={}, kind={"choices": ("receipt", "apology")})
    paper.add_argument("--out", type=Path, required=True)
    verb("today", _today, "việc của hôm nay")
    verify = verb("verify", _verify, "kiểm tra sổ cái")
    verify.add_argument("--head", default="", help="đầu sổ cái in trên phiếu buổi sáng")
    verb("check", _check, "kiểm tra tệp dữ liệu")
    backup = verb("backup", _backup, "sao lưu dữ liệu")
    backup.add_argument("--out", type=Path)
    return parser


_CLOCK_YEARS = range(2019, 2100)  # the first one-stop regime the desk knows began in 2018
_HOW = ("counter", "phone", "post", "message")


def _apologise_options(apologise: _Parser) -> None:
    apologise.add_argument("--cause", required=True)
    apologise.add_argument("--reason", default="")
    apologise.add_argument("--new-due", type=_moment)
    apologise.add_argument("--responsible")
    apologise.add_argument("--fault", choices=("yes", "no"))
    apologise.add_argument("--sign", action="store_true")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"«{text}» không phải thời điểm như 2026-11-23T10:00") from error
    if moment.tzinfo:
        raise argparse.ArgumentTypeError(f"«{text}»: viết giờ của quầy, không kèm múi giờ")
    return moment.replace(second=0, microsecond=0)


def _clock(text: str) -> datetime:
    moment = _moment(text)
    if moment.year not in _CLOCK_YEARS:
        raise argparse.ArgumentTypeError(f"đồng hồ của quầy chạy từ {_CLOCK_YEARS[0]} đến {_CLOCK_YEARS[-1]}")
    return moment


def _count(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 6):
        raise argparse.ArgumentTypeError(f"«{text}» không phải số lượng")
    return int(text)


# --- the desk behind a verb -----------------------------------------------------------------------------------------


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.data or paths.desk_folder()
    return folder


@contextmanager
def _desk(options: argparse.Namespace) -> "Iterator[Desk]":
    """The desk of one verb, and who acts logged in; closed again whatever happens."""
    from cchc_desk.actions import accounts

    desk = accounts.open_desk(_folder(options))
    try:
        if options.now:
            _real_clock_only(options, practice=desk.practice)
            desk.clock = lambda: options.now
        if options.official:
            accounts.log_in(desk, options.official, _password(options.official))
        yield desk
    finally:
        desk.close()


def _real_clock_only(options: argparse.Namespace, *, practice: bool = False) -> None:
    if options.now and not practice:
        raise Refused("now-outside-practice", "Chỉ phường tập huấn mới chỉnh được đồng hồ (--now).")


def _password(official: str) -> str:
    given = os.environ.get("CCHC_PASSWORD")
    if given is None and not sys.stdin.isatty():
        raise Usage("Đặt mật khẩu trong biến môi trường CCHC_PASSWORD.")
    try:
        return given if given is not None else getpass.getpass(f"Mật khẩu của {official}: ")
    except EOFError as error:
        raise Usage("Chưa nhập mật khẩu.") from error


def _read(file: str) -> Mapping[str, Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        value = json.loads(text.removeprefix("\ufeff"))
    except OSError as error:
        raise Usage(f"Không đọc được tệp {file}: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Usage(f"Tệp {file} không phải JSON (UTF-8): {error}.") from error
    if not isinstance(value, dict):
        raise Usage(f"Tệp {file} phải chứa một đối tượng JSON.")
    return value


# --- verbs ----------------------------------------------------------------------------------------------------------


def _practice(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import accounts, practice

    now = options.now or datetime.now()
    folder = options.data or paths.practice_folder()
    desk = practice.make_practice_ward(folder, options.dossiers, options.seed, lambda: now)
    with closing(desk):
        people = accounts.list_officials(desk)
        return {
            "unit": desk.settings["unit_code"],
            "officials": [{"id": who.id, "name": who.name, "role": who.role.value} for who in people],
            "dossiers": options.dossiers,
        }


def _setup(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import accounts

    _real_clock_only(options)
    with closing(accounts.set_up(_folder(options), shapes.setup_plan(_read(options.file)))) as desk:
        return {"unit": desk.settings["unit_code"]}


def _deadline(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import accounts, catalogue

    if accounts.desk_exists(_folder(options)):
        with _desk(options) as desk:
            due = catalogue.deadline(desk, options.accepted, options.limit)
    else:
        _real_clock_only(options)
        due = catalogue.shipped_deadline(options.accepted, options.limit)
    return {"due": due.moment, "provisional": due.provisional, "walk": shapes.walk(due.walk)}


def _card(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.domain.identity_card import read_card

    return shapes.card(read_card(options.text))


def _procedures(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import accounts, catalogue

    if accounts.desk_exists(_folder(options)):
        with _desk(options) as desk:
            found = catalogue.find_procedures(desk, options.query)
    else:
        _real_clock_only(options)
        found = catalogue.find_in_starter(options.query)
    return {"procedures": [shapes.procedure(version) for version in found]}


def _accept(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import intake

    with _desk(options) as desk:
        dossier = intake.accept_dossier(desk, shapes.intake_of(desk, _read(options.file)))
    return {
        "code": dossier.code,
        "due": dossier.due,
        "procedure": dossier.procedure_name,
        "provisional": dossier.first.provisional,
        "status": int(dossier.status),
    }


def _find(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import progress

    with _desk(options) as desk:
        return {"dossiers": [shapes.row(row) for row in progress.find_dossiers(desk, options.query)]}


def _show(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import progress

    with _desk(options) as desk:
        return shapes.dossier(progress.show_dossier(desk, options.code))


def _ready(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import steps

    with _desk(options) as desk:
        view = steps.mark_ready(desk, options.code)
    return {"code": view.dossier.code, "status": int(view.dossier.status), "ready": view.dossier.ready}


def _return(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import steps
    from cchc_desk.actions.steps import Return

    with _desk(options) as desk:
        answer = steps.return_result(desk, options.code, Return(options.to, options.papers_back))
    dossier = answer.view.dossier
    return {
        "code": dossier.code,
        "status": int(dossier.status),
        "closed": answer.closed,
        "owed": list(answer.owed),
    }


def _notify(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import overdue
    from cchc_desk.domain.dossier import How

    with _desk(options) as desk:
        notice = overdue.notify(desk, options.code, How(options.how))
    return {"code": options.code, "in_time": notice.in_time}


def _apologise(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import overdue

    fault = {"yes": True, "no": False, None: None}[options.fault]
    draft = overdue.draft_and_sign if options.sign else overdue.draft_apology
    said = (options.code, options.cause, options.new_due, options.reason, options.responsible, fault)
    with _desk(options) as desk:
        return shapes.letter(draft(desk, *said))


def _sign(options: argparse.Namespace) -> Answer:
    from cchc_desk import shapes
    from cchc_desk.actions import overdue

    with _desk(options) as desk:
        return shapes.letter(overdue.sign_letter(desk, options.letter, options.number))


def _deliver(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import overdue, progress
    from cchc_desk.domain.dossier import How

    with _desk(options) as desk:
        letter = overdue.deliver_letter(desk, options.letter, How(options.how))
        closed = progress.show_dossier(desk, letter.code).dossier.closed
    return {"letter": letter.id, "code": letter.code, "closed": closed is not None}


def _paper(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import printing

    with _desk(options) as desk:
        pages = printing.save_paper(desk, options.code, options.kind, options.out)
    return {"file": str(options.out), "pages": pages}


def _today(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import progress

    with _desk(options) as desk:
        board = progress.day_board(desk)
    lists = ("due_today", "soon", "late", "letters_owed", "returned_without_letter")
    return {name: [row.code for row in getattr(board, name)] for name in lists} | {
        "to_sign": [row.letter.id for row in board.to_sign],
        "to_deliver": [row.letter.id for row in board.to_deliver],
        "tomorrow_rest": board.tomorrow_rest,
    }


def _verify(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import upkeep

    with _desk(options) as desk:
        answer = upkeep.verify_ledger(desk, options.head)
    return {"ok": answer.ok, "problems": list(answer.problems), "entries": answer.entries, "head": answer.head}


def _check(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import upkeep

    with _desk(options) as desk:
        problems = upkeep.check_database(desk)
    return {"ok": not problems, "problems": list(problems)}


def _backup(options: argparse.Namespace) -> Answer:
    from cchc_desk.actions import upkeep

    with _desk(options) as desk:
        return {"file": str(upkeep.backup(desk, options.out)), "ok": True, "problems": []}


if __name__ == "__main__":
    sys.exit(main())
