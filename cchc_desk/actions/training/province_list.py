"""A list as a province's system gives it out, of people who do not exist, for the practice ward."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from html import escape
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.training.practice import fake_person
from cchc_desk.output_file import output_file
from cchc_desk.session import Desk

_NAME = "danh-sach-ho-so.xls"  # a web page under the name of a workbook, as some systems give out
_HEADINGS = (
    "Số hồ sơ", "Tên thủ tục hành chính", "Tên lĩnh vực", "Phòng ban", "Ngày tiếp nhận",
    "Ngày hẹn trả", "Ngày kết thúc xử lý", "Cơ quan/đơn vị", "Chủ hồ sơ", "Số điện thoại",
    "Cán bộ xử lý hiện tại", "Trạng thái hồ sơ",
)  # fmt: skip
_PROCEDURES = (
    ("Cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch"),
    ("Thủ tục đăng ký khai sinh", "Hộ tịch"),
    ("Cấp bản sao trích lục hộ tịch", "Hộ tịch"),
    ("Chứng thực chữ ký trong các giấy tờ, văn bản", "Chứng thực"),
    ("Đăng ký biến động quyền sử dụng đất, tài sản gắn liền với đất", "Đất đai"),
)
_OFFICIALS = ("Trần Quốc Bình", "Võ Hoàng Giang")
_LATE_BY = 2  # working days, of the one dossier that is over the line


@dataclass(frozen=True)
class MadeList:
    """A list that was written, and its dossier that is late."""

    file: Path
    code: str
    name: str
    due: datetime


def write_list(desk: Desk, count: int, dice: random.Random, late: str = "") -> MadeList:
    """Write a list of `count` dossiers among the desk's files; the first is late, one is unclear.

    `late` names the owner of the first. Raises as output_file().
    """
    made = _Province(desk, dice)
    rows = [made.row(number) for number in range(count)]
    if late:
        rows[0][8] = late
    if count > 4:
        rows[3][5] = "chờ bổ sung"  # no day
        rows.append([*rows[2][:10], "Lê Văn Hai", rows[2][11]])  # the same one at its next stage
    rows.append(["Tổng cộng", str(count)])
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        for row in ([*_HEADINGS], *rows)
    )
    page = f'<html><head><meta charset="utf-8"></head><body><table>\n{lines}</table></body></html>'
    file = desk.folder / paths.EXPORTS / _NAME
    with output_file(file) as out:
        out.write(page.encode())
    return MadeList(file, rows[0][0], rows[0][8], made.late_due)


class _Province:
    """The other system, with the days that matter to this desk today."""

    def __init__(self, desk: Desk, dice: random.Random) -> None:
        self.desk, self.dice, self.now = desk, dice, desk.now()
        self.first = 100 * dice.randrange(1, 90)  # number of a dossier on its day
        self.late_due = self._day(-_LATE_BY).replace(hour=16)

    def _day(self, away: int) -> datetime:
        """Return the working day so many days from today, before it where negative."""
        day, calendar = self.now.date(), self.desk.calendar
        for _step in range(abs(away)):
            day = calendar.previous_working_day(day) if away < 0 else calendar.next_working_day(day)
        return datetime.combine(day, time())

    def row(self, number: int) -> list[str]:
        """Return one row: the first is late, the second due tomorrow, every fifth is done."""
        dice = self.dice
        away = (-_LATE_BY, 1, 3)[number] if number < 3 else dice.randrange(1, 12)
        due = self._day(away).replace(hour=16)
        received = self._day(min(away, 0) - dice.randrange(1, 5)).replace(
            hour=8, minute=dice.randrange(60)
        )
        done = received + timedelta(hours=3) if number % 5 == 4 else None
        procedure, field = _PROCEDURES[number % len(_PROCEDURES)]
        person = fake_person(dice, self.now.date())
        return [
            f"H13.132-{received:%y%m%d}-{self.first + number:04d}",
            procedure,
            field,
            "UBND phường",
            f"{received:%d/%m/%Y %H:%M:%S}",
            f"{due:%d/%m/%Y %H:%M:%S}",
            f"{done:%d/%m/%Y %H:%M:%S}" if done else "",
            "UBND phường",
            person.name,
            person.phone,
            dice.choice(_OFFICIALS),
            "Đã xử lý xong" if done else "Đang xử lý",
        ]
