"""The page of the day, and what opens over any page: tour, palette, help."""

import random

from cchc_desk.actions.dossiers import reminders
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.training.province_list import write_list
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL


@scene("today", "", EMPTY, TYPICAL, FULL)
def today(v: Visitor) -> None:
    v.page("today")


@scene("today", "late", TYPICAL, FULL)
def today_late(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+4")


@scene("today", "missed-again", TYPICAL, FULL)
def today_missed_again(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+0")


@scene("today", "notified", TYPICAL)
def today_notified(v: Visitor) -> None:
    today_late(v)
    v.page("today").table.setFocus()
    v.press("G")


@scene("today", "refused", ERROR)
def today_refused(v: Visitor) -> None:
    v.page("today")
    v.press("Alt+5")
    v.page("today").table.setFocus()
    v.press("G")


@scene("today", "urged", TYPICAL, FULL)
def today_urged(v: Visitor) -> None:
    page = v.page("today")
    codes = [row.code for row in page.board.late if row.finished is None][:2]
    for code in (*codes, codes[0]):
        reminders.remind(page.desk, code, Asker.CITIZEN, How.PHONE, "Bao giờ xong?")
    page.refresh()
    v.settle()
    v.press("Alt+8")


@scene("today", "internal", TYPICAL, FULL, who="dung")
def today_internal(v: Visitor) -> None:
    """Dossiers whose internal deadline has come, the promise still ahead."""
    office_settings.change_settings(v.desk, {"internal_days": {"*": 3}})
    v.page("today").refresh()
    v.settle()
    v.press("Alt+H")
    v.look_at()
    office_settings.change_settings(v.desk, {"internal_days": {}})


@scene("today", "new-list", TYPICAL, who="dung")
def today_new_list(v: Visitor) -> None:
    """A list that nobody has taken lies in the watched folder."""
    downloads = v.folder / "downloads"
    downloads.mkdir(exist_ok=True)
    made = write_list(v.desk, 5, random.Random(9)).file
    made.rename(downloads / made.name)
    office_settings.change_settings(v.desk, {"lists_folder": str(downloads)})
    v.page("today").refresh()
    v.look_at()
    office_settings.change_settings(v.desk, {"lists_folder": ""})


@scene("today", "clock", TYPICAL)
def today_clock(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+Shift+G")


@scene("tour", "", TYPICAL)
def tour(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+F1")


@scene("palette", "", TYPICAL, FULL)
def palette(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+K")


@scene("palette", "found", TYPICAL, FULL)
def palette_found(v: Visitor) -> None:
    palette(v)
    v.type("ng")


@scene("palette", "nothing", ERROR)
def palette_nothing(v: Visitor) -> None:
    palette(v)
    v.type("zzqx")


@scene("help", "", TYPICAL)
def help_of_page(v: Visitor) -> None:
    v.page("intake")
    v.press("F1")


@scene("help", "numbers", TYPICAL)
def help_numbers(v: Visitor) -> None:
    help_of_page(v)
    v.press("End")
