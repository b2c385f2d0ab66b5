"""The day board: missed re-appointments, due today, at risk, letters owed, each with its list."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.boards import morning
from cchc_desk.actions.boards.morning import Morning
from cchc_desk.actions.dossiers.progress import DayBoard
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.dossier import How, Notice
from cchc_desk.domain.dossiers.reminders import ReminderLine
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.dossiers.rows import HOLDER, PROCEDURE, DossierTable
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.today.aside import Aside
from ui.widgets.display.tile import Tile
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import is_low, is_narrow, is_very_low
from ui.widgets.tables.table import MenuAct, Offered, acts_of

REFRESH_MS = 60_000
FOLD_KEY, LIST_KEY = "Alt+7", "Alt+9"
_LETTERS_OF_FILE = 28
_TABLE_LINES, _TABLE_LINES_LOW = 8, 3.4
_TILES_IN_LINE = 3  # on a low window
_LETTERS_OF_NAME = 36
_NAMED = 3  # names in the line on missed re-appointments


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
        "reappointment_broken",
        later("Lỡ cả hẹn lại"),
        "Alt+0",
        "warning",
        "late",
        later("Không có hồ sơ nào lỡ cả hẹn lại."),
    ),
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
        later("Trả thiếu thư"),
        "Alt+5",
        "warning",
        "late",
        later("Mọi hồ sơ trễ đã trả đều có thư xin lỗi."),
    ),
)
# Behind the line of those whose citizens must be warned today; it has no tile.
NOTICE = _List(
    "notice_owed",
    later("Phải báo trước hôm nay"),
    "Alt+6",
    "call",
    "soon",
    later("Hôm nay không phải báo trước cho ai."),
)

# Behind the line of those that the office wants to be done before the promise.
INTERNAL = _List(
    "internal",
    later("Đến hạn nội bộ"),
    "Alt+H",
    "soon",
    "soon",
    later("Không có hồ sơ nào đến hạn nội bộ."),
)

# Behind the line of those about which somebody asked again; it has no tile either.
URGED = _List(
    "urged",
    later("Đôn đốc chưa trả lời"),
    "Alt+8",
    "warning",
    "soon",
    later("Không có lần đôn đốc nào chờ trả lời."),
)


_ALL = (*LISTS, NOTICE, INTERNAL, URGED)


class _Inside(texts.Inside):
    """As high as its width asks for: labels that could wrap claim no second line beforehand."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class TodayPage(Page):
    """Tiles with counts, and the list of the chosen one with its acts by key."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.board: DayBoard | None = None
        self.notice_owed: Sequence[DossierRow] = ()
        self.urged: Sequence[DossierRow] = ()
        self.internal: Sequence[DossierRow] = ()
        self.date = texts.words("", "title")
        self.rest = texts.words("", "warning")
        self.broken = texts.words("", "error")
        self.letters = texts.words("", "warning", wrap=False)
        self.year = texts.words("", "quiet")
        self.alarms = texts.words("", "warning")
        self.table = DossierTable(later("Hồ sơ của ô đang chọn"), least_needed=(HOLDER, PROCEDURE))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.opened.connect(shell.open_dossier)
        self.table.acts_of_line = self._offer
        self.aside = Aside()
        self.aside.next.opened.connect(shell.open_dossier)
        self.empty = texts.words("", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tiles: dict[str, Tile] = {}
        self._chosen = "due_today"
        self._day = self._why_rest = ""
        self._is_low: bool | None = None  # as it was laid out last
        self._warns = False  # unfolded on a low window
        self._lay_out()
        self._room = QTimer(self, singleShot=True, interval=0)  # once all has its place
        self._room.timeout.connect(self._give_room)
        self._area.viewport().installEventFilter(self)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        inside = _Inside()
        self._area = texts.scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        foot = QVBoxLayout()  # in sight however much stands above it
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self._acts())
        whole.addLayout(foot)
        self._page = page = QVBoxLayout(inside)
        page.setContentsMargins(16, 8, 16, 2)
        page.setSpacing(8)
        self.fold = texts.button(_("Phải để ý"), self.toggle_warnings, FOLD_KEY, self, "small")
        self.fold.setCheckable(True)
        self.new_list = texts.button(_("Danh sách mới"), self._read_list, LIST_KEY, self, "small")
        self.new_list.hide()
        self._list_waits: Path | None = None  # in the watched folder
        self._asks_folder = False  # of a share that hangs one thread waits, not one each minute
        top = QHBoxLayout()
        top.addWidget(self.date, 1)
        top.addWidget(self.fold)
        top.addWidget(self.receipt)
        page.addLayout(top)
        page.addWidget(self.new_list, 0, Qt.AlignmentFlag.AlignLeft)  # a file has a long name
        page.addWidget(self.rest)
        page.addWidget(self.year)
        page.addWidget(self._tile_row())
        page.addWidget(self._make_warnings())
        body = self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        body.setSpacing(16)
        lists = QVBoxLayout()
        lists.addWidget(self.table, 1)
        lists.addWidget(self.empty, 1)
        body.addLayout(lists, 1)
        body.addWidget(self.aside)
        page.addLayout(body, 1)

    def _make_warnings(self) -> QWidget:
        """All that must not be overlooked; on a low window it is folded behind a key."""
        self.notice = texts.button(
            _(NOTICE.words), partial(self.choose, NOTICE.name), NOTICE.key, self, "small"
        )
        self.notice.hide()
        self.near_internal = texts.button(
            _(INTERNAL.words), partial(self.choose, INTERNAL.name), INTERNAL.key, self, "small"
        )
        self.near_internal.hide()
        self.asked_again = texts.button(
            _(URGED.words), partial(self.choose, URGED.name), URGED.key, self, "small"
        )
        self.asked_again.hide()
        self.warnings = QWidget()
        column = QVBoxLayout(self.warnings)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = Flow()
        row.add(self.notice)
        row.add(self.near_internal)
        row.add(self.asked_again)
        row.add(self.letters)
        for part in (self.broken, row, self.alarms):
            column.addWidget(part)
        return self.warnings

    def toggle_warnings(self) -> None:
        """Unfold the warnings of a low window, or fold them away."""
        self._warns = not self._warns
        self.fit()

    def _tile_row(self) -> Flow:
        row = Flow(even=True)
        for listed in LISTS:
            tile = self.tiles[listed.name] = Tile(
                _(listed.words), listed.key, listed.picture, listed.tone
            )
            tile.clicked.connect(partial(self.choose, listed.name))
            texts.shortcut(self, listed.key, tile.click)
            row.add(tile)
        return row

    def _acts(self) -> QWidget:
        acts = Flow()
        self.opening = texts.button(f"{_('Mở hồ sơ')}  ·  Enter", self._open)
        self.of_line: list[QPushButton] = [self.opening]  # acts on the chosen line
        acts.add(self.opening)
        for text, key, picture, act in (
            (_("In lại giấy hẹn"), "I", "print", self._print),
            (_("Thư xin lỗi"), "X", "letters", self._letter),
            (_("Đã gọi báo trước"), "G", "call", self._notify),
        ):
            made = texts.button(text, act, key, self, picture=picture)
            self.of_line.append(made)
            acts.add(made)
        self.remind = texts.button(_("Đôn đốc"), self._remind, "Shift+D", self, picture="soon")
        self.of_line.append(self.remind)
        acts.add(self.remind)
        morning_sheet = partial(self.shell.preview, "", "morning")
        self.morning = texts.button(_("Phiếu buổi sáng"), morning_sheet, "M", self, picture="today")
        acts.add(self.morning)
        texts.shortcut(self, "Ctrl+V", self._paste, _("Dán biên nhận"))
        self.receipt = texts.button(_("Dán biên nhận"), self._paste, "Ctrl+V", kind="small")
        self.receipt_low = texts.button(_("Dán"), self._paste, "Ctrl+V", kind="small")
        for made in (self.receipt, self.receipt_low):
            made.setToolTip(_("Biên nhận chép từ trang của hệ thống khác: theo dõi hồ sơ ấy"))
        acts.add(self.receipt_low)
        self._pictures = {made: made.icon() for made in (*self.of_line, self.morning)}
        return acts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys under the table take more or fewer lines: it has the room that is left."""
        if event.type() == QEvent.Type.Resize:
            self._room.start()
        return False

    def fit(self) -> None:
        """On a narrow page the side stands under the table; on a low window the table comes first:
        tiles of one line, warnings folded, what the year was like at the foot.
        """
        low, directions = is_low(self), QBoxLayout.Direction
        self._body.setDirection(
            directions.TopToBottom if is_narrow(self) else directions.LeftToRight
        )
        for made, picture in self._pictures.items():
            texts.role(made, "small" if low else "")
            made.setIcon(QIcon() if is_very_low(self) else picture)  # two lines of buttons, not 3
        self.opening.setVisible(not is_very_low(self))  # a double click and the line's menu open it
        self.receipt.setVisible(not low)  # the day has its one line
        self.receipt_low.setVisible(low)
        texts.role(self.date, "section" if low else "title")
        self.date.setText(self._day if low else f"{self._day}{self._why_rest}")
        if low is not self._is_low:
            self._is_low = low
            self._page.removeWidget(self.year)
            self._page.insertWidget(self._page.count() if low else 2, self.year)
        self._fit_tiles(low)
        count = self._count_warnings()
        words = _n("⚠ {count} điều phải để ý", count).format(count=count)
        self.fold.setText(f"{words}  ·  {FOLD_KEY}")
        self.fold.setChecked(self._warns)
        self.fold.setVisible(low and count > 0)
        self.warnings.setVisible(count > 0 and (self._warns or not low))
        self._room.start()

    def _give_room(self) -> None:
        """Over the side that stands under it the table has all the lines there is room for."""
        lines = _TABLE_LINES_LOW if self._is_low else _TABLE_LINES
        least = round(self.fontMetrics().lineSpacing() * lines)
        room = self._area.viewport().height() - self._body.geometry().y() - SPACE // 2
        is_under = self._body.direction() is QBoxLayout.Direction.TopToBottom
        takes_all = self._is_low and is_under and not self._warns
        high = max(least, room) if takes_all else least
        if high != self.table.minimumHeight():
            self.table.setMinimumHeight(high)
            self._area.verticalScrollBar().setValue(0)  # the day is read before its lines

    def _fit_tiles(self, is_low: bool) -> None:
        for tile in self.tiles.values():
            tile.be_low(is_low)
        widest = max(tile.sizeHint().width() for tile in self.tiles.values())
        fits = (widest + SPACE) * _TILES_IN_LINE < self._area.viewport().width() - 32
        for tile in self.tiles.values():
            tile.be_low(is_low, with_key=not is_low or fits)

    def _count_warnings(self) -> int:
        shown = (self.broken, self.notice, self.near_internal, self.asked_again, self.letters)
        alarms = len(self.alarms.text().splitlines())
        return sum(not part.isHidden() for part in shown) + alarms

    def shown(self) -> None:
        nothing = self.tiles.get(self._chosen, self.tiles["due_today"])
        (nothing if self.table.isHidden() else self.table).setFocus()
        self.refresh()
        self._from_the_top()
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def changed_elsewhere(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Asks for the board again."""
        desk = self.desk
        jobs.run(self, lambda: morning.morning(desk), self._show)
        if not desk.settings["lists_folder"]:
            self._show_waiting_list(None)
        elif not self._asks_folder:
            from cchc_desk.actions.lists.folder import waiting_list  # few watch a folder

            self._asks_folder = True
            look = partial(waiting_list, desk)
            jobs.run_beside(self, look, self._show_waiting_list, self._no_waiting_list)

    def _show(self, found: Morning) -> None:
        fresh, board = self.board is None, found.board
        self.board, self.notice_owed, self.urged = board, found.notice_owed, found.urged
        self.internal = found.internal
        self.aside.show_day(found)
        self.year.setText(
            _("Trễ hẹn từ đầu năm: {fuse_words} Xin lỗi: {coverage_words}").format(
                fuse_words=morning.fuse_words(found.fuse),
                coverage_words=morning.coverage_words(found.fuse),
            )
        )
        alarms = [
            *found.clock,
            *_damaged_words(board),
            *found.cover,
            *_to_forward(found),
            *_asked(found),
            *_told(found),
            *filter(None, (found.to_send, found.drill)),
        ]
        self.alarms.setText("\n".join(f"⚠ {alarm}" for alarm in alarms))
        self.alarms.setVisible(bool(alarms))
        day, rest = formatting.day_text(board.now.date()), board.tomorrow_rest
        self._day = f"{day[0].upper()}{day[1:]}{_(' · mai nghỉ') if rest else ''}"
        self._why_rest = f" ({rest})" if rest else ""
        self.date.setToolTip(f"{self._day}{self._why_rest}")
        self.rest.setText(_rest_words(board))
        self.rest.setVisible(board.rest is not None)
        for name, tile in self.tiles.items():
            tile.count(len(self._list(name)))
        self._show_notice()
        self._show_internal()
        self._show_asked_again(found.reminders)
        self.broken.setText(_broken_words(board) if board.reappointment_broken else "")
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
        if fresh or not self._list(self._chosen):
            wanted = ("reappointment_broken", self._chosen, *self.tiles)
            self._chosen = next((name for name in wanted if self._list(name)), "due_today")
        self._show_list()
        self.fit()
        if fresh:
            self._from_the_top()

    def _show_waiting_list(self, file: Path | None) -> None:
        """The line of a list in the watched folder that was not taken yet."""
        is_new = file is not None and self.new_list.isHidden()
        self._list_waits, self._asks_folder = file, False
        self.new_list.setVisible(file is not None)
        if is_new:
            self._from_the_top()  # the line stands there
        if file is not None:
            is_long = len(file.name) > _LETTERS_OF_FILE
            name = f"{file.name[:_LETTERS_OF_FILE]}…" if is_long else file.name
            words = _("Có danh sách mới: {file}").format(file=name)
            self.new_list.setText(f"{words}  ·  {LIST_KEY}")
            self.new_list.setToolTip(texts.tip(str(file)))

    def _no_waiting_list(self, error: DeskError) -> None:
        self._asks_folder = False
        notices.trouble(error.message)

    def _read_list(self) -> None:
        if self._list_waits is not None:
            self.shell.read_list(self._list_waits)

    def _from_the_top(self) -> None:
        """The day first, once the table has its place."""
        bar = self._area.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: bar.setValue(0)))

    def _show_notice(self) -> None:
        """The line of those who must hear that their promise may break, while there are any."""
        owed = len(self.notice_owed)
        words = _n("{count} hồ sơ hôm nay phải báo trước cho công dân, kẻo trễ", owed)
        self.notice.setText(f"⚠ {words.format(count=owed)}  ·  {NOTICE.key}")
        self.notice.setVisible(owed > 0)

    def _show_internal(self) -> None:
        """The line of those whose internal deadline has come, while there are any."""
        near = len(self.internal)
        words = _n("{count} hồ sơ đã đến hạn nội bộ, chưa đến ngày hẹn", near).format(count=near)
        self.near_internal.setText(f"{words}  ·  {INTERNAL.key}")
        self.near_internal.setVisible(near > 0)

    def _show_asked_again(self, waiting: Sequence[ReminderLine]) -> None:
        """The line of reminders that wait for an answer, while there are any."""
        overdue = sum(line.is_overdue for line in waiting)
        words = _n("{count} lần đôn đốc chưa trả lời", len(waiting)).format(count=len(waiting))
        late = _(", {overdue} đã quá giờ").format(overdue=overdue) if overdue else ""
        self.asked_again.setText(f"⚠ {words}{late}  ·  {URGED.key}")
        self.asked_again.setVisible(bool(waiting))

    def _list(self, name: str) -> Sequence[DossierRow]:
        if name == NOTICE.name:
            return self.notice_owed
        if name == URGED.name:
            return self.urged
        if name == INTERNAL.name:
            return self.internal
        rows: Sequence[DossierRow] = getattr(self.board, name)
        return rows

    def choose(self, name: str) -> None:
        """Shows the list behind a tile."""
        self._chosen = name
        self._show_list()

    def _show_list(self) -> None:
        name = self._chosen
        for listed, tile in self.tiles.items():
            tile.setChecked(listed == name)
        rows = self._list(name) if self.board else ()
        self.table.fill(rows)
        nothing = next(listed.nothing for listed in _ALL if listed.name == name)
        why_not = None if rows else _("{nothing} Không có dòng nào để làm việc này.")
        for made in self.of_line:
            texts.allow(made, why_not and why_not.format(nothing=_(nothing)))
        self.empty.setText(
            "" if rows else _("{nothing} F2 để tiếp nhận hồ sơ mới.").format(nothing=_(nothing))
        )
        self.empty.setVisible(not rows)
        if not rows and self.table.hasFocus():
            self.tiles.get(name, self.tiles["due_today"]).setFocus()
        stood_in = self.table.isHidden() and any(one.hasFocus() for one in self.tiles.values())
        self.table.setVisible(bool(rows))
        if rows and stood_in:  # a tile had the focus in the place of a table without lines
            self.table.setFocus()

    def _offer(self, show: Offered) -> None:
        """The acts under the table in the menu of its line as well."""
        opening, *others = self.of_line
        show([MenuAct(_("Mở hồ sơ"), "Enter", opening.click), *acts_of(others)])

    def _open(self) -> None:
        code = self.table.current_code()
        if code:
            self.shell.open_dossier(code)

    def _print(self) -> None:
        code = self.table.current_code()
        if code:
            self.shell.preview(code, "receipt")

    def _letter(self) -> None:
        code = self.table.current_code()
        if code:
            self.shell.open_letter(code)

    def _notify(self) -> None:
        from cchc_desk.actions.lateness import letters  # when a letter is told of

        code, desk = self.table.current_code(), self.desk
        if code:
            name = next(row.name for row in self.table.dossiers.rows if row.code == code)
            noted = partial(self._noted, code, name)
            jobs.run(self, lambda: letters.notify(desk, code, How.PHONE), noted)

    def _remind(self) -> None:
        from ui.dossiers.acts import remind_about  # as _noted()

        code = self.table.current_code()
        if code:
            name = next(row.name for row in self.table.dossiers.rows if row.code == code)
            remind_about(self, code, name)

    def _paste(self) -> None:
        from ui.lists import receipt  # when it is asked for, not with the window

        receipt.paste(self)

    def _noted(self, code: str, name: str, notice: Notice) -> None:
        from ui.dossiers.acts import noted  # the acts of a dossier open with its page, not before

        noted(self, code, name, notice)


def _to_forward(morning: Morning) -> list[str]:
    """The line of what was taken in for another agency and is still here."""
    found, now = morning.to_forward, morning.board.now
    if not found:
        return []
    codes = ", ".join(short_code(code, now.date()) for code in list(found)[:_DAMAGED_SHOWN])
    more = "…" if len(found) > _DAMAGED_SHOWN else ""
    words = _n("{count} hồ sơ nhận thay chưa chuyển ({codes}), sớm nhất trước {by}", len(found))
    over = sum(by < now for by in found.values())
    late = _(", {over} đã quá hạn chuyển").format(over=over) if over else ""
    by = formatting.short(min(found.values()))
    return [words.format(count=len(found), codes=f"{codes}{more}", by=by) + late]


def _asked(morning: Morning) -> list[str]:
    """Return the line on what citizens asked about their own data (F7), and the next day."""
    if not morning.requests:
        return []
    day = morning.requests[0].next_day
    words = _n(
        "{count} yêu cầu về dữ liệu cá nhân phải trả lời (F7), sớm nhất trước {day:%d/%m}",
        len(morning.requests),
    )
    return [words.format(count=len(morning.requests), day=day)]


def _told(morning: Morning) -> list[str]:
    """Officials near three faults."""
    return [
        _n("{name}: {count} lần gây trễ hẹn trong năm", len(row.dossiers)).format(
            name=row.official.name, count=len(row.dossiers)
        )
        for row in morning.strikes
    ]


def _rest_words(board: DayBoard) -> str:
    """On a day of rest: from when on counts what is taken in now."""
    if board.rest is None:
        return ""
    today, at = formatting.weekday(board.now.weekday()), board.counts_from
    return _("{day}: {rest}; nhận hôm nay tính từ {at:%H:%M} {next_day} {at:%d/%m}.").format(
        day=f"{today[0].upper()}{today[1:]}",
        rest=_("ngày nghỉ ({name})").format(name=board.rest) if board.rest else _("ngày nghỉ"),
        at=at,
        next_day=formatting.weekday(at.weekday()),
    )


_DAMAGED_SHOWN = 5


def _damaged_words(board: DayBoard) -> tuple[str, ...]:
    """Name what cannot be read; all else on the board holds."""
    if not board.damaged:
        return ()
    named = ", ".join(board.damaged[:_DAMAGED_SHOWN])
    more = "…" if len(board.damaged) > _DAMAGED_SHOWN else ""
    return (
        _(
            "Hỏng, không đọc được: {named}. Đừng sửa tay; nhờ quản trị kiểm tra dữ liệu và khôi "
            "phục bản sao."
        ).format(named=f"{named}{more}"),
    )


def _broken_words(board: DayBoard) -> str:
    rows = board.reappointment_broken
    names = ", ".join(shorten(row.name, _LETTERS_OF_NAME, placeholder="…") for row in rows[:_NAMED])
    names += "…" if len(rows) > _NAMED else ""
    return _(
        "✗ Lỡ cả hẹn lại – {names} – báo lãnh đạo, trả kết quả sớm nhất, gửi thư xin lỗi thứ hai "
        "(phím X)."
    ).format(names=names)
