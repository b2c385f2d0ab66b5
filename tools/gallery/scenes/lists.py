"""The province's file: nothing chosen, a list that was read, a row to mend, columns to name."""

import random
import re
from html import escape
from pathlib import Path
from typing import Any

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.training.province_list import write_list
from cchc_desk.domain.lists.fields import Field
from tools.gallery.papers import LONG_NAME
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL

_UNKNOWN = """Khóa,Ai,Việc,Vào,Ra,Khác
A.1-261101-0001,Lê Văn Ba,Xác nhận tình trạng hôn nhân,01/11/2026,30/11/2026,1
A.1-261102-0002,Trần Thị Tư,Đăng ký khai sinh,02/11/2026,01/12/2026,2
"""
_UNKNOWN_LONG = """Mã hệ thống,Họ và tên tổ chức hoặc cá nhân đứng tên,Việc,Vào,Ra,C1,C2,C3,C4,C5
A.1-261101-0001,{name},Xác nhận tình trạng hôn nhân,01/11/2026,30/11/2026,1,x,{name},{name},a
A.1-261102-0002,{name},Đăng ký khai sinh,02/11/2026,01/12/2026,2,y,{name},{name},b
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


@scene("lists", "match", TYPICAL, FULL)
def lists_match(v: Visitor) -> None:
    """Some rows are dossiers taken in here, and nobody here has the officials' names."""
    page = v.page("lists")
    page.leave()
    file = write_list(page.desk, 24, random.Random(8)).file
    lines = file.read_text("utf-8").split("\n")
    for number, row in enumerate(progress.find_dossiers(page.desk, limit=12), 1):
        own = progress.show_dossier(page.desk, row.code).dossier
        cells = re.findall("<td>(.*?)</td>", lines[number + 5])
        cells[0] = f"H57.32-{own.accepted:%y%m%d}-{number:04d}"
        cells[1], cells[8] = escape(own.procedure_name), escape(own.applicant.name)
        cells[4] = f"{own.accepted:%d/%m/%Y %H:%M:%S}"
        lines[number + 5] = "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    file.write_text("\n".join(lines), "utf-8")
    page.read_file(file)
    v.settle()


@scene("lists", "match-same", TYPICAL, FULL)
def lists_match_same(v: Visitor) -> None:
    lists_match(v)
    v.panel("Alt+G")


@scene("lists", "match-name", TYPICAL, FULL)
def lists_match_name(v: Visitor) -> None:
    lists_match(v)
    v.panel("Alt+N")


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


@scene("lists", "their-due", TYPICAL)
def lists_their_due(v: Visitor) -> None:
    """The dossier's page asks why, before the list's due date becomes the re-appointment."""
    made = write_list(v.window.desk, 24, random.Random(7))
    moved = made.file.read_text("utf-8").replace(f"{made.due:%d/%m/%Y}", "04/12/2026")
    made.file.write_text(moved, "utf-8")
    v.page("lists").read_file(made.file)
    v.settle()
    v.press("F9")
    v.settle()
    v.window.open_dossier(made.code)
    v.settle()
    v.panel("Alt+H")


@scene("lists", "again", TYPICAL)
def lists_again(v: Visitor) -> None:
    page = _read(v, 24)
    assert page.preview.taken_before, "taken two scenes before"


@scene("lists", "columns", TYPICAL)
def lists_columns(v: Visitor) -> None:
    _columns(v, _UNKNOWN)


def _columns(v: Visitor, text: str) -> None:
    page = v.page("lists")
    page.leave()
    file = Path(v.folder) / "bang-la.csv"
    file.write_text(text, encoding="utf-8")
    page.read_file(file)
    v.settle()
    v.press("Alt+C")
    v.settle()


@scene("lists", "columns", FULL)
def lists_columns_long(v: Visitor) -> None:
    _columns(v, _UNKNOWN_LONG.format(name=f'"{LONG_NAME}"'))


@scene("lists", "columns-missing", ERROR)
def lists_columns_missing(v: Visitor) -> None:
    _columns(v, _UNKNOWN)
    v.choose(v.page("lists").columns.fields[4][1], Field.OTHER)
    v.press("F9")


@scene("lists", "not-understood", ERROR)
def lists_not_understood(v: Visitor) -> None:
    page = v.page("lists")
    page.leave()
    file = Path(v.folder) / "bang-la.csv"
    file.write_text(_UNKNOWN, encoding="utf-8")
    page.read_file(file)


@scene("lists", "refused", ERROR)
def lists_refused(v: Visitor) -> None:
    page = v.page("lists")
    page.leave()
    file = Path(v.folder) / "anh.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    page.read_file(file)
    v.settle()


@scene("lists", "apart", TYPICAL)
def lists_with_a_row_apart(v: Visitor) -> None:
    """A new dossier whose code is unlike all others in the file."""
    page = v.page("lists")
    page.leave()
    file = write_list(page.desk, 24, random.Random(9)).file
    text = file.read_text("utf-8")
    code = re.findall(r"[A-Z0-9.]+-\d{6}-\d+", text)[6]
    file.write_text(text.replace(code, code.replace("-2", "-O", 1)), "utf-8")
    page.read_file(file)
    v.settle()
