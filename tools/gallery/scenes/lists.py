"""The province's file: nothing chosen, a list that was read, a row to mend, columns to name."""

import random
from pathlib import Path
from typing import Any

from cchc_desk.actions.training.province_list import write_list
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL

_UNKNOWN = """Khóa,Ai,Việc,Vào,Ra,Khác
A.1-261101-0001,Lê Văn Ba,Xác nhận tình trạng hôn nhân,01/11/2026,30/11/2026,1
A.1-261102-0002,Trần Thị Tư,Đăng ký khai sinh,02/11/2026,01/12/2026,2
"""


def _read(v: Visitor, count: int) -> Any:
    page = v.page("lists")
    page.leave()
    page.read_file(write_list(page.desk, count, random.Random(7)).file)
    v.settle()
    return page


@scene("lists", "", EMPTY)
def lists_none(v: Visitor) -> None:
    v.page("lists").leave()


@scene("lists", "preview", TYPICAL)
def lists_preview(v: Visitor) -> None:
    _read(v, 24)


@scene("lists", "preview", FULL)
def lists_preview_full(v: Visitor) -> None:
    _read(v, 400)


@scene("lists", "mend", TYPICAL)
def lists_mend(v: Visitor) -> None:
    _read(v, 24)
    v.press("Alt+5")
    v.press("Return")


@scene("lists", "taken", TYPICAL)
def lists_taken(v: Visitor) -> None:
    _read(v, 24)
    v.press("F9")
    v.settle()


@scene("lists", "day", TYPICAL)
def lists_day(v: Visitor) -> None:
    v.press("F6")
    v.settle()
    v.press("Alt+3")
    v.settle()


@scene("lists", "dossier", TYPICAL)
def lists_dossier(v: Visitor) -> None:
    made = write_list(v.window.desk, 24, random.Random(7))
    moved = made.file.read_text("utf-8").replace(f"{made.due:%d/%m/%Y}", "30/11/2026")
    made.file.write_text(moved, "utf-8")
    page = v.page("lists")
    page.read_file(made.file)
    v.settle()
    v.press("F9")
    v.settle()
    v.window.open_dossier(made.code)
    v.settle()


@scene("lists", "again", TYPICAL)
def lists_again(v: Visitor) -> None:
    page = _read(v, 24)
    assert page.preview.taken_before, "taken two scenes before"


@scene("lists", "columns", TYPICAL)
def lists_columns(v: Visitor) -> None:
    page = v.page("lists")
    page.leave()
    file = Path(v.folder) / "bang-la.csv"
    file.write_text(_UNKNOWN, encoding="utf-8")
    page.read_file(file)
    v.settle()
    v.press("Alt+C")
    v.settle()


@scene("lists", "refused", ERROR)
def lists_refused(v: Visitor) -> None:
    page = v.page("lists")
    page.leave()
    file = Path(v.folder) / "anh.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    page.read_file(file)
    v.settle()
