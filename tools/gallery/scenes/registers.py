"""The registers, each in the states in which it differs, and the preview of one."""

import random
from datetime import timedelta
from functools import partial

from cchc_desk.actions.data.personal_data import NewRequest, take_request
from cchc_desk.actions.dossiers import progress, reminders
from cchc_desk.actions.exports.leaving import note
from cchc_desk.actions.lists.taking import take_list
from cchc_desk.actions.people.absences import NewAbsence, enter
from cchc_desk.actions.training.province_list import write_list
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL
from ui.registers.absences import ABSENCES
from ui.registers.books import BOOKS, RECEIPTS
from ui.registers.personal_data import REQUESTS, answer, breach

_NAMES = [book.name for book in BOOKS]
_BLANK, _DATA = _NAMES.index(RECEIPTS), _NAMES.index(REQUESTS)
_LATE = _NAMES.index("Tỷ lệ trễ hẹn, đường 5 %")
_AWAY = _NAMES.index(ABSENCES)


def _register(number: int, v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(number)


_TYPICAL_BOOKS = (0, 6, 7, 11, 13, _BLANK)
for _number in range(len(BOOKS)):
    _states = (TYPICAL, FULL) if _number in _TYPICAL_BOOKS else (FULL,)
    _states = (EMPTY, *_states) if _number in (0, 7, 13) else _states
    scene("registers", f"{_number + 1:02d}", *_states)(partial(_register, _number))


@scene("registers", "wide", TYPICAL, FULL)
def registers_wide(v: Visitor) -> None:
    page = v.page("registers")
    page.books.setCurrentRow(6)
    v.settle()
    v.press("Alt+X")
    v.look_at()
    v.press("Alt+X")


@scene("registers", "period", ERROR)
def registers_period(v: Visitor) -> None:
    page = v.page("registers")
    page.books.setCurrentRow(6)
    v.settle()
    v.write_over("32/13/2026", page.first)
    v.press("Return")
    v.look_at()
    v.write_over("01/01/2026", page.first)
    v.press("Return")


@scene("registers", "origin", TYPICAL)
def registers_origin(v: Visitor) -> None:
    """The late share of what lists named, where some of the dossiers are watched."""
    take_list(v.desk, write_list(v.desk, 12, random.Random(9)).file)
    page = v.page("registers")
    page.books.setCurrentRow(_LATE)
    v.settle()
    page.origin.setCurrentIndex(2)


@scene("registers", "count", ERROR)
def registers_count(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(_BLANK)
    v.settle()
    v.press("Alt+N")
    v.press("Ctrl+A")
    v.type("năm mươi")
    v.press("F9")


@scene("registers", "blank", TYPICAL)
def registers_blank(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(_BLANK)
    v.settle()
    v.panel("Alt+N")


@scene("registers", "void", FULL)
def registers_void(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(_BLANK)
    v.settle()
    v.panel("Alt+H")


@scene("preview", "list", TYPICAL, FULL)
def preview_list(v: Visitor) -> None:
    _register(6, v)
    v.press("F9")


@scene("registers", "absences", TYPICAL, FULL, who="chi")
def registers_absences(v: Visitor) -> None:
    page = v.page("registers")
    today = page.desk.now().date()
    enter(page.desk, NewAbsence(today, today + timedelta(days=4), "an", "binh", "Nghỉ phép"))
    enter(page.desk, NewAbsence(today + timedelta(days=7), today + timedelta(days=8), "", "an"))
    page.books.setCurrentRow(_AWAY)


@scene("registers", "absence-new", TYPICAL, FULL, who="chi")
def registers_new_absence(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(_AWAY)
    v.settle()
    v.panel("Alt+V")


@scene("preview", "roster", TYPICAL, who="chi")
def preview_roster(v: Visitor) -> None:
    _register(_AWAY, v)
    v.settle()
    v.press("F9")


@scene("registers", "reminders", TYPICAL, who="chi")
def registers_reminders(v: Visitor) -> None:
    page = v.page("registers")
    late = progress.find_dossiers(v.desk, only="late")
    codes = [row.code for row in late if row.finished is None][:3]
    for code in (*codes, codes[0]):
        reminders.remind(page.desk, code, Asker.CITY, How.PHONE, "Bao giờ xong?")
    page.books.setCurrentRow(_NAMES.index("Đôn đốc hồ sơ"))


@scene("registers", "data-request", FULL, who="chi")
def registers_data_request(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(_DATA)
    v.settle()
    v.press("Alt+G")
    v.look_at()
    v.press("Esc")


@scene("registers", "data-requests", FULL, who="chi")
def registers_data_requests(v: Visitor) -> None:
    page = v.page("registers")
    page.books.setCurrentRow(_DATA)
    new = NewRequest("delete", "Nguyễn Thị Ánh Đào", "0912345678", "Hồ sơ khai sinh tháng 10")
    take_request(page.desk, new)
    page.refresh()


@scene("registers", "data-answer", FULL, who="chi")
def registers_data_answer(v: Visitor) -> None:
    registers_data_requests(v)
    v.settle()
    answer(v.page("registers"), v.page("registers").table.current())


@scene("registers", "data-breach", ERROR, who="chi")
def registers_data_breach(v: Visitor) -> None:
    page = v.page("registers")
    page.books.setCurrentRow(_DATA)
    v.settle()
    breach(page, None)
    v.settle()
    v.press("F9")


@scene("registers", "exports", FULL, who="chi")
def registers_exports(v: Visitor) -> None:
    page = v.page("registers")
    note(page.desk, "Sổ theo dõi hồ sơ", 59, "", b"x", "Đoàn kiểm tra của Sở Nội vụ")
    page.books.setCurrentRow(_DATA + 1)


@scene("registers", "export-reason", FULL, who="chi")
def registers_export_reason(v: Visitor) -> None:
    v.page("registers").books.setCurrentRow(6)
    v.settle()
    v.press("Ctrl+E")
    v.look_at()
    v.press("Esc")
