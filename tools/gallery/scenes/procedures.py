"""The office's own catalogue: one procedure in its parts, a list from a file."""

from pathlib import Path
from typing import Any

from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR, FULL, TYPICAL

_LIST = """Mã TTHC,Tên Thủ tục hành chính,Lĩnh vực,Cấp thực hiện,Thời hạn giải quyết,Phí - lệ phí
1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,Cấp xã,,
1.000656,Thủ tục đăng ký khai tử,Hộ tịch,Cấp xã,1 ngày làm việc,
9.111111,Cấp giấy đi đường cho người dân vùng ngập,Giao thông,Cấp xã,3 ngày,5.000 đồng/lần
9.222222,Cấp phép khác,Giao thông,Cấp tỉnh,3 ngày,
khai sinh,Dòng không có mã,Hộ tịch,Cấp xã,,
"""


@scene("procedures", "", TYPICAL, FULL)
def procedures_seen_by_the_clerk(v: Visitor) -> None:
    v.page("procedures")


@scene("procedures", "limit", TYPICAL, who="dung")
def procedures_limit(v: Visitor) -> None:
    page = _find(v, "khai sinh")
    v.type("163/QĐ-BTP", page.editor.document)


@scene("procedures", "fee", TYPICAL, who="dung")
def procedures_fee(v: Visitor) -> None:
    page = _find(v, "2.000815")
    page.editor.fee.exemptions.setFocus()


@scene("procedures", "papers", TYPICAL, who="dung")
def procedures_papers(v: Visitor) -> None:
    _find(v, "khai sinh")
    v.press("Alt+2")


@scene("procedures", "screen", TYPICAL, who="dung")
def procedures_screen(v: Visitor) -> None:
    page = _find(v, "2.000815")
    v.press("Alt+4")
    v.type("sao y, photo công chứng", page.editor.synonyms)


@scene("procedures", "list", TYPICAL, who="dung")
def procedures_list(v: Visitor) -> None:
    file = Path(v.folder) / "danh-muc.csv"
    file.write_text(_LIST, encoding="utf-8")
    v.page("procedures").read_file(file)
    v.settle()


@scene("procedures", "limit", ERROR, who="dung")
def procedures_wrong_limit(v: Visitor) -> None:
    page = _find(v, "khai sinh")
    v.write_over("vài hôm", page.editor.limits["direct"])
    v.press("F9")


def _find(v: Visitor, words: str) -> Any:
    page = v.page("procedures")
    page.discard()  # what the scene before typed
    v.write_over(words, page.search)
    v.settle()
    return page
