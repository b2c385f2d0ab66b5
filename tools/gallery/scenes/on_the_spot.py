"""Certification while the citizen waits."""

from typing import Any

from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, STAR, TYPICAL

_LONG = "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất"


@scene("on-the-spot", "", EMPTY)
def on_the_spot_empty(v: Visitor) -> None:
    _lane(v)


@scene("on-the-spot", "", TYPICAL)
def on_the_spot(v: Visitor) -> None:
    page = _lane(v)
    v.type("Nguyễn Thị Ánh Đào", page.person.name)
    for paper, copies in (("Giấy khai sinh", "3"), ("Căn cước", "2")):
        _paper(v, page, paper, copies, "1")
    v.type("giay", page.papers.paper)


@scene("on-the-spot", "", FULL)
def on_the_spot_full(v: Visitor) -> None:
    page = _lane(v)
    v.type(f"{STAR} Công ty trách nhiệm hữu hạn Thương mại và Dịch vụ Sông Hậu", page.person.name)
    for number in range(1, 13):
        _paper(v, page, f"{_LONG} số {number}", "20", "14")


@scene("on-the-spot", "number", ERROR)
def on_the_spot_number(v: Visitor) -> None:
    page = _lane(v)
    page.kinds.setCurrentRow(1)
    v.type("Lê Văn Tám", page.person.name)
    v.type("Giấy ủy quyền", page.papers.paper)
    v.press("F9")


@scene("on-the-spot", "nothing", ERROR)
def on_the_spot_nothing(v: Visitor) -> None:
    page = _lane(v)
    v.type("Lê Văn Tám", page.person.name)
    v.press("F9")


@scene("on-the-spot", "role", ERROR, who="dung")
def on_the_spot_role(v: Visitor) -> None:
    _lane(v)


def _lane(v: Visitor) -> Any:
    page = v.page("on-the-spot")
    page.start_anew()
    page.kinds.setCurrentRow(0)
    return page


def _paper(v: Visitor, page: Any, paper: str, copies: str, pages: str) -> None:
    page.papers.paper.setText(paper)
    page.papers.copies.setValue(int(copies))
    page.papers.pages.setValue(int(pages))
    page.papers.more.click()
