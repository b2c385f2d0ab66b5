"""Lines of the board in the waiting room: whose result is ready, due today, or put off.

A board is a publication (Luật 91/2025/QH15 Điều 16): codes alone, masked names where the office has
decided so, and nothing else of anybody.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class LobbyPart(Enum):
    """The parts of the board, in their order."""

    READY = "ready"
    TODAY = "today"
    SORRY = "sorry"


HEADINGS = {
    LobbyPart.READY: "MỜI NHẬN KẾT QUẢ",
    LobbyPart.TODAY: "TRẢ TRONG HÔM NAY",
    LobbyPart.SORRY: "XIN LỖI, HẸN LẠI",
}
_ROOM, _LARGEST, _SMALLEST = 74, 4.6, 2.6  # hundredths of the height: of all lines, of a code
_CODE, _BESIDE = 1.25, 0.95  # of a code's size: the height of its line, of what stands under it
_BETWEEN = 1.2  # hundredths of the height between two dossiers
NOTHING = "Không có hồ sơ nào"


@dataclass(frozen=True)
class LobbyLine:
    """One dossier; `due` is when its result comes, None where that is not known. `name` is masked,
    "" unless the office shows names.
    """

    part: LobbyPart
    code: str
    due: datetime | None
    name: str = ""

    @property
    def office(self) -> str:
        """The beginning of the code, which those of one office share."""
        before, dash, _own = self.code.partition("-")
        return f"{before}{dash}" if dash else ""

    @property
    def own(self) -> str:
        """The rest of the code, by which somebody finds theirs."""
        return self.code.removeprefix(self.office)

    @property
    def beside(self) -> str:
        """Text under the code, "" for none."""
        return " · ".join(filter(None, (self.said, self.name)))

    @property
    def said(self) -> str:
        """Time of the result; "" where the heading says it. Vietnamese, as all of the board."""
        if self.part is LobbyPart.READY:
            return ""
        if self.part is LobbyPart.TODAY:
            return f"trước {self.due:%H:%M}" if self.due else ""
        if self.due is None:
            return "xin hỏi tại quầy"
        return f"hẹn lại ngày {self.due:%d/%m/%Y}"


@dataclass(frozen=True)
class LobbyBoard:
    """All of the board as it stands at `now`; `more` dossiers have no room on it."""

    unit: str
    now: datetime
    lines: tuple[LobbyLine, ...]
    more: int
    practice: bool

    def type_size(self, part: LobbyPart) -> float:
        """The size of a part's codes in hundredths of the screen's height: the largest that fits.

        Each part has its own: many that are late make none smaller that are ready.
        """
        lines = self.of(part)
        high = sum(_CODE + (_BESIDE if line.beside else 0) for line in lines)
        fits = (_ROOM - _BETWEEN * len(lines)) / high if lines else _LARGEST
        return min(_LARGEST, max(_SMALLEST, fits))

    @property
    def foot(self) -> str:
        practice = "PHƯỜNG TẬP HUẤN – SỐ LIỆU GIẢ. " if self.practice else ""
        more = f"Còn {self.more} hồ sơ nữa, xin hỏi tại quầy. " if self.more else ""
        at = f"{self.now:%H:%M %d/%m/%Y}"
        return f"{practice}{more}Mã hồ sơ ghi trên giấy hẹn. Cập nhật lúc {at}."

    def of(self, part: LobbyPart) -> tuple[LobbyLine, ...]:
        return tuple(line for line in self.lines if line.part is part)


def masked(name: str) -> str:
    """Return `Nguyễn T. Á. Đ.` for `Nguyễn Thị Ánh Đào`: the citizen knows it, others do not.

    Of a name of one word, `Đ.` for `Đào`, no word is left.
    """
    first, *rest = name.split()
    return " ".join([first if rest else f"{first[0]}.", *(f"{word[0]}." for word in rest)])
