"""Settings, and the pages that lie behind them."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.data.protection import Protection
from cchc_desk.actions.people import people
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.signing import SigningForm
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from tools.gallery.scenes.intake import LONG_CARD
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, STAY, TYPICAL
from ui.shell.progress_box import ProgressBox


@scene("settings", "", TYPICAL, FULL)
def settings(v: Visitor) -> None:
    v.page("settings")


@scene("settings", "own", TYPICAL)
def settings_own(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.own)
    _down_to(v, page.own.boxes["text_size"])


@scene("settings", "people", TYPICAL, who="dung")
def settings_people(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.people)
    page.people.list.setCurrentRow(1)
    page.people.list.setFocus()


@scene("settings", "people-off", TYPICAL, who="dung")
def settings_person_off(v: Visitor) -> None:
    settings_people(v)
    v.press("Alt+N")


@scene("settings", "one-time-password", TYPICAL, who="dung")
def settings_one_time_password(v: Visitor) -> None:
    settings_people(v)
    v.press("Alt+M")
    v.press("F9")


@scene("settings", "recovery-sheet", TYPICAL, who="dung")
def settings_recovery_sheet(v: Visitor) -> None:
    settings_people(v)
    v.page("settings").people.sheet.click()
    v.press("F9")


@scene("settings", "people-switch-off", TYPICAL, who="dung")
def settings_switch_off_who_holds(v: Visitor) -> None:
    settings_people(v)
    v.window.page("settings").people.list.setCurrentRow(2)  # type: ignore[attr-defined]
    v.press("Alt+N")


@scene("settings", "people-seen", TYPICAL)
def settings_people_seen_by_a_clerk(v: Visitor) -> None:
    settings_people(v)


@scene("settings", "people-damaged", ERROR, who="dung")
def settings_damaged_person(v: Visitor) -> None:
    """A row that cannot be read, somebody who waits after wrong passwords, one switched off."""
    settings_people(v)
    group = v.page("settings").people
    first, second, third, *others = people.everyone(v.desk)
    damaged = replace(second.official, is_damaged=True, active=False)
    off = replace(third.official, active=False)
    group._show(
        (
            replace(first, failures=6, waits=240),
            replace(second, official=damaged, can_log_in=False),
            replace(third, official=off),
            *others,
        ),
        None,
    )
    v.look_at()
    group.read()


@scene("settings", "last-administrator", ERROR, who="dung")
def settings_last_administrator(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.people)
    page.people.list.setCurrentRow(3)
    page.people.role.setCurrentIndex(0)
    page.people.role.setFocus()
    v.press("F9")


@scene("settings", "new-user", TYPICAL)
def settings_new_user(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.new_user)
    _down_to(v, page.new_user.role)


@scene("settings", "letters", TYPICAL, who="dung")
def settings_letters(v: Visitor) -> None:
    page = v.page("settings")
    _open_group_of(page, "local_order")
    v.write_over("Công văn số 12/UBND-NC ngày 05/01/2026", page.fields["local_order"])


@scene("settings", "lists", TYPICAL, who="dung")
def settings_watched_folder(v: Visitor) -> None:
    page = v.page("settings")
    _open_group_of(page, "lists_folder")
    v.write_over("D:\\Tải xuống\\Một cửa phường Ninh Kiều\\iGate", page.fields["lists_folder"])


@scene("settings", "lists", ERROR, who="dung")
def settings_no_such_folder(v: Visitor) -> None:
    settings_watched_folder(v)
    v.press("F9")


@scene("settings", "paper-sets", TYPICAL, who="dung")
def settings_paper_sets(v: Visitor) -> None:
    page = v.page("settings")
    _open_group_of(page, "set_accept_label")
    page.fields["set_accept_label"].setValue(2)


@scene("settings", "search", TYPICAL, who="dung")
def settings_search(v: Visitor) -> None:
    page = v.page("settings")
    v.type("mat khau", page.search)
    v.look_at()
    page.search.clear()


@scene("settings", "patience", TYPICAL)
def settings_patience(v: Visitor) -> None:
    v.page("settings")
    box = ProgressBox(_("Kiểm tra sổ cái"), LongWork(), v.window)
    box.show()
    v.look_at()
    box.over()


@scene("settings", "not-allowed", ERROR)
def settings_not_allowed(v: Visitor) -> None:
    page = v.page("settings")
    v.write_over("Quầy khác", page.fields["desk_name"])
    v.press("F9")


@scene("settings", "password", ERROR)
def settings_password(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.password)
    for text, field in (
        (practice.PASSWORD, page.password.old),
        ("hai-lan", page.password.new),
        ("khac-nhau", page.password.again),
    ):
        v.write_over(text, field)
    v.press("F9")
    _down_to(v, page.password.again)


@scene("settings", "wrong", ERROR, who="dung")
def settings_wrong(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentIndex(1)
    v.write_over("07:30-25:00", page.hours["mon-fri"])
    v.press("F9")


@scene("settings", "hours", TYPICAL, who="dung")
def settings_hours(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentIndex(1)
    v.write_over("13:00-17:00", page.hours["mon-fri"])
    v.press("F9")


@scene("settings", "login-taken", ERROR, who="dung")
def settings_login_taken(v: Visitor) -> None:
    page = v.page("settings")
    user = page.new_user
    page.stack.setCurrentWidget(user)
    for text, field in (
        ("an", user.login),
        ("Lê Thị An", user.name),
    ):
        v.write_over(text, field)
    v.press("F9")


@scene("settings", "signing", TYPICAL, who="dung")
def settings_signing(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.signing)
    page.signing.leader.setFocus()


@scene("settings", "signing-mandate", ERROR, who="dung")
def settings_signing_mandate(v: Visitor) -> None:
    settings_signing(v)
    signing = v.page("settings").signing
    v.choose(signing.way, SigningForm.BY_ORDER.value)
    v.write_over("", signing.mandate)
    v.press("F9")


@scene("settings", "protection", TYPICAL, who="dung")
def settings_protection(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.protection)
    page.protection.first().setFocus()


@scene("settings", "protection-question", TYPICAL, who="dung")
def settings_protection_question(v: Visitor) -> None:
    settings_protection(v)
    v.press("Alt+M")


@scene("settings", "protection-on", TYPICAL, who="dung")
def settings_encrypted(v: Visitor) -> None:
    """Encrypted data of which two copies are plain still."""
    settings_protection(v)
    group = v.page("settings").protection
    plain = tuple(Path(f"desk-2026-11-{day}.db") for day in (21, 22))
    group._show(Protection(True, True, False, True, plain, (), ()))
    group.first().setFocus()


@scene("settings", "protection-off-question", TYPICAL, who="dung")
def settings_decrypt_question(v: Visitor) -> None:
    settings_encrypted(v)
    v.press("Alt+G")


@scene("settings", "data", TYPICAL, FULL, who="dung")
def settings_data(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.data)
    page.data.acts[0].setFocus()


@scene("settings", "data-second", TYPICAL, who="dung")
def settings_second_place(v: Visitor) -> None:
    """A copy is made, here and on a stick; then the stick is pulled out."""
    settings_data(v)
    page = v.page("settings")
    with TemporaryDirectory(prefix="USB-") as stick:
        page.data.use_second(Path(stick))
        v.settle()
        v.look_at()
    page.data.refresh()


@scene("settings", "data-absent", ERROR, who="dung")
def settings_second_place_gone(v: Visitor) -> None:
    settings_data(v)
    page = v.page("settings")
    with TemporaryDirectory(prefix="USB-") as stick:
        page.data.use_second(Path(stick))
        v.settle()
    v.press("Alt+B")


@scene("settings", "drill", TYPICAL, who="dung")
def settings_drill(v: Visitor) -> None:
    settings_data(v)
    v.press("Alt+B")
    v.settle()
    v.press("Alt+R")


@scene("settings", "own-password", TYPICAL)
def settings_own_password(v: Visitor) -> None:
    page = v.page("settings")
    page.stack.setCurrentWidget(page.password)
    v.type("mot cau ngan de nho", page.password.new)


def _open_group_of(page: Any, setting: str) -> None:
    page.stack.setCurrentWidget(next(one for one in page.of_desk if setting in one.fields))


def _down_to(v: Visitor, field: QWidget) -> None:
    field.setFocus()
    v.settle()
    v.page("settings").area.ensureWidgetVisible(field)


@scene("key-card", "", TYPICAL)
def key_card(v: Visitor) -> None:
    v.page("settings")
    v.press("Alt+K")


@scene("city", "", EMPTY, TYPICAL, FULL, who="chi")
def city_page(v: Visitor) -> None:
    v.page("city")


@scene("city", "no-key", ERROR, who="chi")
def city_no_key(v: Visitor) -> None:
    v.page("city")
    v.press("F9")


@scene("calendar", "", EMPTY, TYPICAL, FULL, who="chi")
def calendar_year(v: Visitor) -> None:
    v.behind("settings", "Alt+L", "calendar")


@scene("calendar", "document", ERROR, who="chi")
def calendar_no_document(v: Visitor) -> None:
    v.behind("settings", "Alt+L", "calendar")
    v.press("F9")


@scene("process", "", EMPTY, TYPICAL, FULL, who="chi")
def process_list(v: Visitor) -> None:
    v.behind("settings", "Alt+Q", "process")


@scene("process", "steps", TYPICAL, FULL, who="chi")
def process_steps(v: Visitor) -> None:
    page = v.behind("settings", "Alt+Q", "process")
    v.write_over(STAY, page.search)
    v.press("Return")
    v.press("Return")
    v.settle()
    if not page.steps:
        for name, role in (
            ("Tiếp nhận", Role.CLERK),
            ("Thụ lý", Role.PROCESSOR),
            ("Ký duyệt", Role.LEADER),
        ):
            v.type(name, page.name)
            v.choose(page.role, role.value)
            v.press("Alt+N")


@scene("process", "none", ERROR, who="chi")
def process_none(v: Visitor) -> None:
    v.behind("settings", "Alt+Q", "process")
    v.press("F9")


@scene("process", "step-name", ERROR, who="chi")
def process_step_name(v: Visitor) -> None:
    v.behind("settings", "Alt+Q", "process")
    v.press("Alt+N")


@scene("scanner", "", TYPICAL)
def scanner(v: Visitor) -> None:
    v.behind("settings", "Alt+T", "scanner")


@scene("scanner", "card", TYPICAL)
def scanner_card(v: Visitor) -> None:
    scanner(v)
    v.page("scanner").field.setFocus()
    v.scan(LONG_CARD)
    v.page("scanner").look()  # as it does by itself after a while of silence


@scene("scanner", "slow", ERROR)
def scanner_slow(v: Visitor) -> None:
    scanner(v)
    v.type("H13.999-261123-0001", v.page("scanner").field, gap=60)
    v.page("scanner").look()
