"""Figures that the national portal showed of communes of Phú Thọ, August 2026, made by their lists.

Of each unit a list of the province's system is written, with so many dossiers in time and late as
the portal counted, taken as a desk takes it, and counted by the report of QĐ 766.
"""

import csv
import io
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.lists import taking
from cchc_desk.actions.reports import reports
from cchc_desk.actions.training import practice
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.reports.report import Report
from cchc_desk.domain.reports.table import half_up
from cchc_desk.domain.table import Cell
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import FIELDS, PROCEDURES, Dossier, igate

# Unit, received, in time, ratio in per cent, score of 20 (docs/sources.md). The last two are rows
# of units that had next to nothing or nothing.
SEEN = """\
Phường Nông Trang,1780,1415,79.49,15.90
Phường Vân Phú,2645,2134,80.68,16.14
Xã Xuân Lũng,1038,939,90.46,18.09
Xã Phùng Nguyên,1203,1110,92.27,18.45
Phường Phong Châu,1267,1091,86.11,17.22
Xã Hiền Quan,510,478,93.73,18.75
H44.13,2,0,0.00,0.00
H44.01,0,0,0.00,0.00
"""
FIRST, LAST = date(2026, 8, 1), date(2026, 8, 31)
NOW = datetime(2026, 9, 1, 8, 0)


def of_the_list(number: int, in_time: bool, dice: random.Random) -> Dossier:
    """A dossier of August: done or still open, early, on the day, or late."""
    received = datetime(2026, 8, 3, 8, 0) + timedelta(days=dice.randrange(12), minutes=number % 400)
    due = received.replace(hour=16, minute=0) + timedelta(days=dice.randrange(3, 9))
    is_done = not in_time or dice.random() < 0.9
    if in_time and not is_done:  # open at the end of the month, its date still to come
        due = datetime(2026, 9, dice.randrange(2, 25), 16, 0)
    early, late = dice.choice((0, 1, 26)), 24 * dice.randrange(1, 5)
    finished = due - timedelta(hours=early) if in_time else due + timedelta(hours=late)
    if not in_time and dice.random() < 0.2:  # open and overdue
        is_done = False
    person = practice.fake_person(dice, LAST)
    return Dossier(
        number, f"H44.101-{received:%y%m%d}-{number:04d}", dice.choice(PROCEDURES),
        dice.choice(FIELDS), person.name, person.name, person.id_number, person.phone,
        person.address, received, received, due, finished if is_done else None,
        "Đã trả kết quả" if is_done else "Đang xử lý", "Lê Thị Bình",
    )  # fmt: skip


def counted(folder: Path, received: int, in_time: int) -> tuple[Report, dict[str, Cell], int]:
    """Take the list of a unit into a desk of its own; return the report and its line of progress.

    Also how many dossiers open behind the cell of all of them.
    """
    dice, desk = random.Random(received), new_desk.set_up(folder, practice.plan(), lambda: NOW)
    desk.official = Official("an", "An", Role.CLERK)
    dossiers = [of_the_list(n, n <= in_time, dice) for n in range(1, received + 1)]
    if dossiers:
        dice.shuffle(dossiers)
        file = folder / "ds.xlsx"
        file.write_bytes(xlsx(igate(dossiers, dice).rows))
        assert taking.take_list(desk, file).taken == received
    report = reports.make(desk, "766", reports.asked_of(FIRST, LAST, Origin.LIST))
    row = reports.row_of(report.table, "5")
    line = {head.name: report.table.value(row, head.name) for head in report.table.heads}
    behind = len(reports.cell_dossiers(desk, report, row, "whole"))
    desk.close()
    return report, line, behind


@pytest.mark.one_pc("a desk of its own for each unit")
@pytest.mark.parametrize("seen", list(csv.reader(io.StringIO(SEEN))), ids=lambda row: row[0])
def test_the_lists_of_a_unit_give_what_the_portal_showed(seen: list[str], tmp_path: Path) -> None:
    received, in_time = int(seen[1]), int(seen[2])
    report, line, behind = counted(tmp_path / "ward", received, in_time)
    assert (line["whole"], line["part"]) == (received, in_time)
    assert line["points"] == Decimal(seen[4])
    share = line["share"]
    assert isinstance(share, Fraction)
    assert half_up(share * 100, 2) == Decimal(seen[3])
    assert behind == received
    assert report.asked.origin is Origin.LIST
