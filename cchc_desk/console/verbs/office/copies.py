"""Verbs about copies of the data: made, looked into, put back, kept in a second place."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    Usage,
    clock_of,
    folder_of,
    opened,
    password_of,
)

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    from cchc_desk.actions.data.restore import Inside
    from cchc_desk.actions.data.restore_plan import Plan


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    kept = verb("backup", _backup, "sao lưu dữ liệu ngay bây giờ")
    kept.add_argument("--out", type=Path)
    kept.add_argument("--reason", default="", help="khi chép ra ngoài: để làm gì, cho ai")
    verb("copies", _copies, "các bản sao của quầy, từng bản đọc lại")
    back = verb("restore", _restore, "khôi phục một bản sao", file={"nargs": "?", "type": Path})
    back.add_argument("--yes", action="store_true", help="đã xem sẽ mất gì, không hỏi nữa")
    back.add_argument("--look", action="store_true", help="chỉ mở bản sao ra xem, không đổi gì")
    back.add_argument("--plan", action="store_true", help="chỉ nói sẽ mất gì, không đổi gì")
    tried = verb("drill", _drill, "kiểm tra bản sao có khôi phục được không")
    tried.add_argument("--out", type=Path, help="lưu biên bản thành PDF")
    place = verb("second-place", _second_place, "nơi thứ hai giữ bản sao", folder={"nargs": "?"})
    place.add_argument("--off", action="store_true", help="thôi giữ bản sao ở nơi thứ hai")


def _backup(options: Options) -> Answer:
    from cchc_desk.actions.data import upkeep

    with opened(options) as desk:
        copied = upkeep.backup(desk, options.out, options.reason)
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


def _copies(options: Options) -> Answer:
    from cchc_desk.actions.data import restore_plan, upkeep
    from cchc_desk.console import progress

    with progress.shown("Đọc lại các bản sao") as work:
        found = restore_plan.copies_of(folder_of(options), work)
    return {
        "copies": [
            {
                "file": str(copy.file),
                "made": copy.made,
                "dossiers": copy.dossiers,
                "head": upkeep.head_text(copy.head),
                "ok": copy.is_sound,
                "soundness": copy.soundness.value,
                "reason": copy.reason,
            }
            for copy in found
        ]
    }


def _restore(options: Options) -> Answer:
    from cchc_desk.actions.data import restore, restore_plan
    from cchc_desk.console import progress

    folder, clock = folder_of(options), clock_of(options)
    if options.look:
        with progress.shown("Mở bản sao ra xem") as work:
            copy = restore_plan.checked_copy(folder, options.file)
            return _inside(restore.look_inside(copy, clock, work))
    planned = restore_plan.plan(folder, options.file)
    if options.plan:
        return _told("", planned)
    if not options.official:
        raise Usage("Thêm --as TÊN của lãnh đạo hoặc quản trị.")
    if not options.yes and not options.json and sys.stdin.isatty():
        _ask(planned)
    with progress.shown("Kiểm tra bản sao rồi khôi phục") as work:
        done = restore.restore(
            folder,
            planned.copy.file,
            options.official,
            password_of(options),
            clock,
            work,
        )
    return _told(str(done.aside), planned)


def _ask(planned: "Plan") -> None:
    """Says what would be lost, and goes on for the word «CÓ» alone."""
    lines = [f"  {lost.count} × {lost.words}" for lost in planned.lost] or ["  không mất gì"]
    sys.stderr.write("\n".join((f"Khôi phục {planned.copy.file}; sẽ mất:", *lines, "")))
    if input("Gõ CÓ để khôi phục: ").strip().casefold() not in ("có", "co"):
        raise Usage("Đã thôi; chưa có gì thay đổi.")


def _told(aside: str, planned: "Plan") -> Answer:
    return {
        "ok": True,
        "file": str(planned.copy.file),
        "made": planned.copy.made,
        "dossiers": planned.copy.dossiers,
        "lost": [{"act": lost.act, "count": lost.count} for lost in planned.lost],
        "known_from": planned.source.value,
        "numbers": [
            {"series": taken.series, "period": taken.period, "next": taken.number + 1}
            for taken in planned.numbers
        ],
        "aside": aside or None,
    }


def _inside(inside: "Inside") -> Answer:
    return {
        "ok": not inside.problems,
        "problems": list(inside.problems),
        "file": str(inside.copy.file),
        "dossiers": inside.dossiers,
        "entries": inside.entries,
        "head": inside.head,
        "last": inside.last,
        "last_codes": list(inside.last_codes),
    }


def _drill(options: Options) -> Answer:
    from cchc_desk.actions.data import drill
    from cchc_desk.actions.documents.saving import save_pdf
    from cchc_desk.console import progress
    from cchc_desk.output_file import checked_target

    with opened(options) as desk, progress.shown("Kiểm tra bản sao") as work:
        if options.out:
            checked_target(options.out)  # before the ledger has the drill
        done = drill.drill(desk, work)
        if options.out:
            save_pdf(drill.record_pdf(desk, done), options.out)
    facts = done.facts
    return {
        "ok": done.ok,
        "problems": list(facts.problems),
        "copy": facts.copy,
        "made": facts.made,
        "dossiers": facts.dossiers,
        "entries": facts.entries,
        "head": facts.head,
        "file": str(options.out) if options.out else None,
    }


def _second_place(options: Options) -> Answer:
    from cchc_desk.actions.data import copies

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
