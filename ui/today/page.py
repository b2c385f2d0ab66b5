"""The day board: due today, at risk, letters owed, with the list of each number."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.documents import morning
from cchc_desk.actions.documents.morning import Morning
from cchc_desk.actions.dossiers.progress import DayBoard
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import How, Notice
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.dossiers.rows import DossierTable
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.display.tile import Tile
from ui.widgets.layout.flow import Flow

REFRESH_MS = 60_000


class _List(NamedTuple):
    """A list behind a tile: words, key, icon, tone of its figure, sentence when empty."""

    name: str
    words: str
    key: str
    picture: str
    tone: str
    nothing: str


LISTS = (
    _List(
        "due_today",
        later("Trả hôm nay"),
        "Alt+1",
        "due",
        "",
        later("Hôm nay không có hồ sơ nào phải trả."),
    ),
    _List(
        "soon",
        later("Sắp hết hạn"),
        "Alt+2",
        "soon",
        "soon",
        later("Không có hồ sơ nào sắp hết hạn."),
    ),
    _List(
        "letters_owed",
        later("Phải xin lỗi"),
        "Alt+3",
        "letters",
        "late",
        later("Không nợ thư xin lỗi nào."),
    ),
    _List(
        "late", later("Đã trễ"), "Alt+4", "late", "late", later("Không có hồ sơ nào đang trễ hẹn.")
    ),
    _List(
        "returned_without_letter",
        later("Đã trả, thiếu thư"),
        "Alt+5",
        "warning",
        "late",
        later("Mọi hồ sơ trễ đã trả đều có thư xin lỗi."),
    ),
)


class TodayPage(Page):
    """Tiles with counts, and the list of the chosen one with its acts by key."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.board: DayBoard | None = None
        self.date = texts.words("", "title")
        self.letters = texts.words("", "warning")
        self.year = texts.words("", "quiet")
        self.alarms = texts.words("", "warning")
        self.table = DossierTable(later("Hồ sơ của ô đang chọn"))
        self.table.opened.connect(shell.open_dossier)
        self.empty = texts.words("", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tiles: dict[str, Tile] = {}
        self._chosen = "due_today"
        self._lay_out()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        inside = texts.Inside()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(texts.scrolled(inside), 1)
        foot = QVBoxLayout()  # in sight however much stands above it
        foot.setContentsMargins(16, 6, 16, 10)
        foot.addWidget(self._acts())
        whole.addLayout(foot)
        texts.lines(self.table, 5)
        page = QVBoxLayout(inside)
        page.setContentsMargins(16, 12, 16, 2)
        page.setSpacing(8)
        page.addWidget(self.date)
        page.addWidget(self.year)
        page.addSpacing(6)
        page.addWidget(self._tile_row())
        page.addSpacing(4)
        for line in (self.letters, self.alarms):
            page.addWidget(line)
        page.addWidget(self.table, 1)
        page.addWidget(self.empty, 1)

    def _tile_row(self) -> Flow:
        row = Flow(even=True)
        for listed in LISTS:
            tile = self.tiles[listed.name] = Tile(
                _(listed.words), listed.key, listed.picture, listed.tone
            )
            tile.setAutoExclusive(True)
            tile.clicked.connect(partial(self.choose, listed.name))
            texts.shortcut(self, listed.key, tile.click)
            row.add(tile)
        return row

    def _acts(self) -> QWidget:
        acts = Flow()
        acts.add(texts.words(_("Enter mở"), "quiet", wrap=False))
        for text, key, picture, act in (
            (_("In lại giấy hẹn"), "I", "print", self._print),
            (_("Thư xin lỗi"), "X", "letters", self._letter),
            (_("Đã gọi báo trước"), "G", "call", self._notify),
            (_("Phiếu buổi sáng"), "M", "today", partial(self.shell.preview, "", "morning")),
        ):
            acts.add(texts.button(text, act, key, self, picture=picture))
        return acts

    def shown(self) -> None:
        (self.tiles[self._chosen] if self.table.isHidden() else self.table).setFocus()
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def refresh(self) -> None:
        """Asks for the board again."""
        desk = self.desk
        jobs.run(self, lambda: morning.morning(desk), self._show)

    def _show(self, found: Morning) -> None:
        board = self.board = found.board
        self.year.setText(
            _("Trễ hẹn từ đầu năm: {fuse_words}").format(fuse_words=morning.fuse_words(found.fuse))
        )
        alarms = [*found.clock, *_told(found)]
        self.alarms.setText("\n".join(f"⚠ {alarm}" for alarm in alarms))
        self.alarms.setVisible(bool(alarms))
        rest = (
            _(" · mai nghỉ ({tomorrow_rest})").format(tomorrow_rest=board.tomorrow_rest)
            if board.tomorrow_rest
            else ""
        )
        day = formatting.day_text(board.now.date())
        self.date.setText(f"{day[0].upper()}{day[1:]}{rest}")
        for name, tile in self.tiles.items():
            tile.count(len(self._list(name)))
        signed, drafted = len(board.to_deliver), len(board.to_sign)
        waiting = (
            _("{drafted} thư chờ lãnh đạo ký, {signed} thư đã ký chờ trao – F5").format(
                drafted=drafted, signed=signed
            )
            if signed or drafted
            else ""
        )
        self.letters.setText(waiting)
        self.letters.setVisible(bool(waiting))
        if not self._list(self._chosen):
            self._chosen = next((name for name in self.tiles if self._list(name)), "due_today")
        self.choose(self._chosen)

    def _list(self, name: str) -> Sequence[DossierRow]:
        rows: Sequence[DossierRow] = getattr(self.board, name)
        return rows

    def choose(self, name: str) -> None:
        """Shows the list behind a tile."""
        self._chosen = name
        self.tiles[name].setChecked(True)
        rows = self._list(name) if self.board else ()
        self.table.fill(rows)
        nothing = next(listed.nothing for listed in LISTS if listed.name == name)
        self.empty.setText(
            "" if rows else _("{nothing} F2 để tiếp nhận hồ sơ mới.").format(nothing=_(nothing))
        )
        self.empty.setVisible(not rows)
        if not rows and self.table.hasFocus():
            self.tiles[name].setFocus()
        self.table.setVisible(bool(rows))

    def _print(self) -> None:
        code = self.table.current_code()
        if code:
            self.shell.preview(code, "receipt")

    def _letter(self) -> None:
        code = self.table.current_code()
        if code:
            self.shell.open_letter(code)

    def _notify(self) -> None:
        code, desk = self.table.current_code(), self.desk
        if code:
            jobs.run(self, lambda: letters.notify(desk, code, How.PHONE), partial(_noted, code))


def _told(morning: Morning) -> list[str]:
    """Citizens to inform before a promise breaks, and officials near three faults."""
    lines, owed = [], len(morning.notice_owed)
    if owed:
        lines.append(
            _n("{count} hồ sơ hôm nay phải báo trước cho công dân, kẻo trễ", owed).format(
                count=owed
            )
        )
    lines += [
        _n("{name}: {count} lần gây trễ hẹn trong năm", len(row.dossiers)).format(
            name=row.official.name, count=len(row.dossiers)
        )
        for row in morning.strikes
    ]
    return lines


def _noted(code: str, notice: Notice) -> None:
    in_time = _("đúng quy định") if notice.in_time else _("nhưng muộn so với quy định báo trước")
    notices.say(
        _("Đã ghi: báo trước cho công dân hồ sơ {code}, {in_time}.").format(
            code=code, in_time=in_time
        )
    )
