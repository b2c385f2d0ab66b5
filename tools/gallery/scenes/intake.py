"""Intake, from the first card to the accepted dossier."""

from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress
from tools.gallery.scenes.day import receipt
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, STAR, TYPICAL
from ui.practice_morning import CARD

LONG_CARD = (
    "092190009876|362190009|Huỳnh Nguyễn Thị Ngọc Phương Thảo Nguyên|28021990|Nữ|Số 123/45/6B, "
    "hẻm liên tổ 12-20, đường Nguyễn Văn Cừ nối dài, khu vực Thới Nhựt, phường Ninh Kiều, thành "
    "phố Cần Thơ|01072021"
)
_OTHER_CARD = (
    "092085004321||Trần Hữu Nghĩa|02031985|Nam|5 Ngô Quyền, phường Ninh Kiều, thành phố Cần Thơ|"
    "01072021"
)


@scene("intake", "", EMPTY, TYPICAL, FULL)
def intake_new(v: Visitor) -> None:
    v.page("intake")


@scene("intake", "nothing-found", ERROR)
def intake_nothing_found(v: Visitor) -> None:
    v.type("zzqx", v.page("intake").procedure.search)
    v.look_at()
    v.press("Ctrl+N")


@scene("intake", "missing", ERROR)
def intake_missing(v: Visitor) -> None:
    v.page("intake").start_anew()
    v.press("F9")
    v.look_at()
    new_page(v)


@scene("intake", "wrong", ERROR)
def intake_wrong(v: Visitor) -> None:
    page = v.page("intake")
    fields = page.person.fields
    for name, text in (
        ("name", "Lý Ơn"),
        ("id_number", "09219000"),
        ("born", "31/02/1990"),
        ("phone", "0912"),
    ):
        v.type(text, fields[name])
    choose_procedure(v, "khai sinh")
    _write_limit(v, "3 ngay")
    v.press("F9")
    v.look_at()
    new_page(v)


@scene("intake", "no-code", ERROR)
def intake_no_portal_code(v: Visitor) -> None:
    fill_in(v)
    v.press("Alt+G")
    v.look_at()
    new_page(v)


@scene("intake", "card-unread", ERROR)
def intake_card_unread(v: Visitor) -> None:
    v.page("intake")
    v.scan("092190001234|thẻ hỏng|")
    v.look_at()
    new_page(v)


@scene("intake", "receipt", TYPICAL, FULL)
def intake_receipt(v: Visitor) -> None:
    v.page("intake")
    QApplication.clipboard().setText(receipt(v))
    v.press("Alt+V")
    v.settle()
    v.look_at()
    new_page(v)


@scene("intake", "card", TYPICAL, FULL)
def intake_card(v: Visitor) -> None:
    v.page("intake")
    v.scan(card(v))
    v.look_at()
    new_page(v)


@scene("intake", "question", TYPICAL, FULL)
def intake_question(v: Visitor) -> None:
    v.page("intake")
    v.scan(card(v))
    v.scan(_OTHER_CARD)
    v.look_at()
    v.press("Alt+2")
    new_page(v)


@scene("intake", "known", TYPICAL, FULL)
def intake_known(v: Visitor) -> None:
    """Somebody of the ward, by number: offered, then taken."""
    fields = v.page("intake").person.fields
    row = next(row for row in progress.find_dossiers(v.desk, "", limit=50))
    owner = progress.show_dossier(v.desk, row.code).dossier.applicant
    v.type(owner.name.lower(), fields["name"])
    v.type(owner.id_number, fields["id_number"])
    v.look_at()
    new_page(v)


@scene("intake", "address", TYPICAL)
def intake_address(v: Visitor) -> None:
    v.type("7 Mậu Thân, tan an", v.page("intake").person.fields["address"])
    v.settle()
    v.look_at()
    new_page(v)


@scene("intake", "not-for-me", ERROR, who="dung")
def intake_not_for_me(v: Visitor) -> None:
    v.page("intake")


@scene("intake", "organisation", TYPICAL)
def intake_organisation(v: Visitor) -> None:
    v.page("intake")
    v.press("Alt+T")
    v.type("công ty tnhh mtv phương nam\r", v.page("intake").person.fields["name"])
    v.look_at()
    new_page(v)


@scene("intake", "submitter", TYPICAL)
def intake_submitter(v: Visitor) -> None:
    v.page("intake")
    v.scan(card(v))
    v.press("Alt+N")
    v.scan(_OTHER_CARD)
    v.look_at()
    new_page(v)


@scene("intake", "long-names", TYPICAL)
def intake_long_names(v: Visitor) -> None:
    v.type("nha o", v.page("intake").procedure.search)
    v.look_at()
    v.press("Ctrl+N")


@scene("intake", "date", TYPICAL, FULL)
def intake_date(v: Visitor) -> None:
    fill_in(v)
    v.settle()
    v.press("F8")
    v.look_at()
    new_page(v)


@scene("intake", "late", TYPICAL, FULL)
def intake_late(v: Visitor) -> None:
    fill_in(v)
    promise = v.page("intake").promise
    v.press("Alt+M")
    v.type("15:05", promise.received_time)
    v.type("20/11/2026", promise.received_day)
    v.press("Alt+C")
    v.look_at()
    new_page(v)


@scene("intake", "read-back", TYPICAL, FULL)
def intake_read_back(v: Visitor) -> None:
    fill_in(v)
    v.press("F9")
    v.look_at()
    new_page(v)


@scene("intake", "lacking", TYPICAL)
def intake_lacking(v: Visitor) -> None:
    fill_in(v, ticked=False)
    v.panel("Alt+Y")
    new_page(v)


@scene("intake", "refuse", TYPICAL)
def intake_refuse(v: Visitor) -> None:
    fill_in(v)
    v.panel("Alt+W")
    new_page(v)


@scene("intake", "not-printable", ERROR)
def intake_not_printable(v: Visitor) -> None:
    fill_in(v)
    page = v.page("intake")
    page.person.fields["name"].setText("Sok សុខា")
    page.person.fields["address"].setText("12 Nguyễn Trãi 🙂, phường Ninh Kiều")
    v.press("F9")
    v.look_at()
    new_page(v)


@scene("intake", "accepted", TYPICAL, FULL)
def intake_accepted(v: Visitor) -> None:
    fill_in(v)
    v.press("F9")
    v.press("F9")


def card(v: Visitor) -> str:
    return LONG_CARD if progress.find_dossiers(v.desk, STAR, limit=1) else CARD


def fill_in(v: Visitor, *, ticked: bool = True) -> None:
    """A card, the procedure by a few letters, the papers, the limit."""
    page = v.page("intake")
    v.scan(card(v))
    choose_procedure(v, "khai sinh" if card(v) is CARD else "1.013978")
    if ticked:
        page.procedure.papers.setFocus()
        v.press("A")
    if not page.procedure.limit_row.isHidden():
        _write_limit(v, "3 ngày làm việc")
        page.promise.note.setFocus()


def _write_limit(v: Visitor, words: str) -> None:
    """Over the limit of last time, which stands there already."""
    line = v.page("intake").procedure.limit.lineEdit()
    assert line is not None
    v.write_over(words, line)


def choose_procedure(v: Visitor, letters: str) -> None:
    page = v.page("intake")
    v.type(letters, page.procedure.search)
    v.press("Return")
    v.breathe()


def new_page(v: Visitor) -> None:
    """Clear the page of what was typed."""
    v.press("Esc")
    page = v.page("intake")
    if not page.form().is_empty:
        page.start_anew()
    v.breathe()
