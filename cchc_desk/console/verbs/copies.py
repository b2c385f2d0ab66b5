"""Verbs about copies of the data: making them, listing them, the second place."""

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, Usage, opened

if TYPE_CHECKING:
    pass


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    verb("backup", _backup, "sao lưu dữ liệu ngay bây giờ").add_argument("--out", type=Path)
    place = verb("second-place", _second_place, "nơi thứ hai giữ bản sao", folder={"nargs": "?"})
    place.add_argument("--off", action="store_true", help="thôi giữ bản sao ở nơi thứ hai")


def _backup(options: Options) -> Answer:
    from cchc_desk.actions.office import upkeep

    with opened(options) as desk:
        copied = upkeep.backup(desk, options.out)
    copy = copied.copy
    return {
        "file": str(copy.file),
        "ok": copied.ok,
        "problems": list(copied.problems),
        "dossiers": copy.dossiers,
        "head": upkeep.head_text(copy.head),
        "made": copy.made,
        "second": copied.second.value,
        "second_file": str(copied.second_file) if copied.second_file else None,
    }


def _second_place(options: Options) -> Answer:
    from cchc_desk.actions.office import copies

    if options.off and options.folder:
        raise Usage("Hoặc chọn thư mục, hoặc --off.")
    with opened(options) as desk:
        if options.off or options.folder:
            copies.choose_second_place(desk, Path(options.folder) if options.folder else None)
        place = copies.second_place(desk)
    return {
        "folder": str(place.folder) if place else None,
        "there": place.is_there if place else False,
        "newest": str(place.newest.file) if place and place.newest else None,
    }
