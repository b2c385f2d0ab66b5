"""Verbs about a ward with several counters on one PostgreSQL."""

from pathlib import Path
from typing import Any

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    clock_of,
    folder_of,
    opened,
    with_options,
)

_FILE = "sqlite"  # instead of an invitation: back into the file of this PC


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    under = verb("ward", _nothing, "nhiều quầy trên một máy chủ PostgreSQL").add_subparsers(
        required=True, metavar="VIỆC"
    )

    def ward(name: str, run: Any, about: str, **positionals: Any) -> Any:
        return with_options(
            under.add_parser(name, help=about, allow_abbrev=False), run, positionals
        )

    ready = ward("init", _init, "lập cơ sở dữ liệu của phường trên máy chủ", url={})
    ready.add_argument("--out", type=Path, required=True, help="thư mời cho máy thứ nhất")
    invite = ward("invite", _invite, "thư mời cho một máy nữa", station={})
    invite.add_argument("--out", type=Path, required=True, help="tệp thư mời, có mật khẩu")
    join = ward("join", _join, "máy này thành một quầy của phường", file={"type": Path})
    join.add_argument("--station", default="", help="tên của máy này")
    ward("move", _move, "chuyển dữ liệu lên máy chủ (tệp thư mời), hay về (sqlite)", to={})


def _nothing(_options: Options) -> Answer:
    raise AssertionError("`ward` always has a verb of its own")


def _init(options: Options) -> Answer:
    from cchc_desk.actions.data import wards

    ready = wards.make_ready(options.url, options.out)
    return {"ok": True, "file": str(ready.invitation), "warnings": list(ready.warnings)}


def _invite(options: Options) -> Answer:
    from cchc_desk.actions.data import wards

    with opened(options) as desk:
        file = wards.invite(desk, options.station, options.out)
    return {"file": str(file), "station": options.station}


def _join(options: Options) -> Answer:
    from cchc_desk.actions.data import wards

    joined = wards.join(folder_of(options), options.file, options.station, clock_of(options))
    return {"station": joined.station, "unit": joined.unit}


def _move(options: Options) -> Answer:
    from cchc_desk.actions.data import moving

    with opened(options) as desk:
        moved = (
            moving.move_to_file(desk)
            if options.to == _FILE
            else moving.move_to_server(desk, Path(options.to))
        )
    return {"rows": moved.rows, "head": moved.head, "aside": str(moved.aside)}
