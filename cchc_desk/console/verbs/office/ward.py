"""Verbs about a ward with several counters on one PostgreSQL."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    clock_of,
    day,
    folder_of,
    opened,
    with_options,
)

if TYPE_CHECKING:
    from cchc_desk.actions.away.trips import Trip

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
    ward("upgrade", _upgrade, "đưa bảng trên máy chủ lên bản này, sau khi sao lưu", url={})
    invite = ward("invite", _invite, "thư mời cho một máy nữa", station={})
    invite.add_argument("--out", type=Path, required=True, help="tệp thư mời, có mật khẩu")
    join = ward("join", _join, "máy này thành một quầy của phường", file={"type": Path})
    join.add_argument("--station", default="", help="tên của máy này")
    ward("move", _move, "chuyển dữ liệu lên máy chủ (tệp thư mời), hay về (sqlite)", to={})
    leave = ward("away", _away, "cho một quầy lưu động đi, với bản chép", folder={"type": Path})
    leave.add_argument("--name", required=True, help="tên của quầy lưu động")
    leave.add_argument("--block", type=int, nargs=2, metavar="SỐ", help="dải số hồ sơ của nó")
    leave.add_argument("--letters", type=int, nargs=2, metavar="SỐ", help="dải số thư của nó")
    leave.add_argument("--until", type=day, help="định về ngày nào")
    leave.add_argument("--plain", action="store_true", help="không mã hóa thư mục của nó")
    back = ward("back", _back, "nhận một quầy lưu động về", folder={"type": Path})
    back.add_argument("--try", dest="only_look", action="store_true", help="chỉ xem trước")
    back.add_argument("--keep", action="append", default=[], metavar="MÃ", help="giữ bản ở phường")
    back.add_argument("--take", action="append", default=[], metavar="MÃ", help="lấy bản của nó")
    ward("trips", _trips, "các quầy lưu động: đang đi, đã về, còn chờ quyết định gì")
    given_up = ward("give-up", _give_up, "ghi một quầy lưu động không về nữa", trip={})
    given_up.add_argument("--reason", required=True)


def _nothing(_options: Options) -> Answer:
    raise AssertionError("`ward` always has a verb of its own")


def _init(options: Options) -> Answer:
    from cchc_desk.actions.data import wards

    ready = wards.make_ready(options.url, options.out)
    return {"ok": True, "file": str(ready.invitation), "warnings": list(ready.warnings)}


def _upgrade(options: Options) -> Answer:
    from cchc_desk.actions.data import wards

    upgraded = wards.upgrade(options.url)
    return {"ok": True, "before": upgraded.before, "after": upgraded.after}


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


def _away(options: Options) -> Answer:
    from cchc_desk.actions.away import leaving
    from cchc_desk.actions.data import protection

    with opened(options) as desk:
        proposed = leaving.proposed_blocks(desk)
        days = options.block or (proposed.first, proposed.last)
        letters = options.letters or (proposed.letter_first, proposed.letter_last)
        encrypt = protection.encrypts_new_desks() and not options.plain
        plan = leaving.Leave(
            options.name, leaving.Blocks(*days, *letters), options.until, encrypt=encrypt
        )
        left = leaving.leave(desk, options.folder, plan)
    return {
        "folder": str(left.folder),
        "rows": left.rows,
        "head": left.head,
        "block": [left.blocks.first, left.blocks.last],
        "letters": [left.blocks.letter_first, left.blocks.letter_last],
        "hold_home_to": left.home_last,
    }


def _back(options: Options) -> Answer:
    from cchc_desk.actions.away import coming_back
    from cchc_desk.domain.away import Side

    decided = dict.fromkeys(options.keep, Side.HOME) | dict.fromkeys(options.take, Side.AWAY)
    with opened(options) as desk:
        seen = (
            coming_back.look(desk, options.folder)
            if options.only_look
            else coming_back.bring_back(desk, options.folder, decided)
        )
    return {
        "name": seen.name,
        "entries": seen.entries,
        "new": list(seen.new),
        "changed": list(seen.changed),
        "both": [
            {
                "code": one.code,
                "home": [change.sentence() for change in one.home],
                "away": [change.sentence() for change in one.away],
                "may_take": one.takes_away,
                "decided": one.side.value if one.side else None,
            }
            for one in seen.both
        ],
        "undecided": list(seen.undecided),
        "ratings": list(seen.ratings),
        "same": [
            {"what": one.what, "number": one.number, "codes": list(one.codes)} for one in seen.same
        ],
        "was_back": seen.is_back,
    }


def _trips(options: Options) -> Answer:
    from cchc_desk.actions.away import trips

    with opened(options) as desk:
        found = trips.trips(desk)
    return {"trips": [_of_trip(trip) for trip in found]}


def _give_up(options: Options) -> Answer:
    from cchc_desk.actions.away import trips

    with opened(options) as desk:
        return _of_trip(trips.give_up(desk, options.trip, options.reason))


def _of_trip(trip: "Trip") -> dict[str, Any]:
    return {
        "name": trip.name,
        "away": trip.away,
        "state": trip.state.value,
        "left": trip.left,
        "until": trip.until,
        "block": [trip.blocks.first, trip.blocks.last],
        "letters": [trip.blocks.letter_first, trip.blocks.letter_last],
        "undecided": list(trip.open_codes),
    }
