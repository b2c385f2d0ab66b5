"""Thành phố: what waits to go up, what was acknowledged or refused and why; what came down and what
it would change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from cchc_desk.actions.city import sending, updates
from cchc_desk.actions.city.replies import City, Taken
from cchc_desk.actions.city.sending import State
from cchc_desk.actions.city.updates import KIND_NAMES_OF_NEWS, NEEDS_A_WORD, Change
from cchc_desk.domain.city import Arrival, ParcelRow
from cchc_desk.domain.table import Column, Listing, Row
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.when_empty import WhenEmpty

_STATES = {
    "waiting": later("đang chờ"),
    "refused": later("bị từ chối"),
    "cancelled": later("đã thay bằng gói sau"),
}
_DECIDED = {
    "waiting": later("chờ quyết định"),
    "taken": later("đã nhận"),
    "rejected": later("để lại"),
    "undone": later("đã hoàn tác"),
}
_FILES = later("Gói CCHC (*.cchc)")


@dataclass(frozen=True)
class _Parcel:
    """A parcel, and whether the courier is on its way."""

    row: ParcelRow
    courier_busy: bool


def _parcel_state(parcel: _Parcel) -> str:
    row = parcel.row
    if row.state == "acknowledged":
        return _("biên nhận số {number}").format(number=row.number)
    if row.state == "waiting" and parcel.courier_busy:
        return _("đang gửi")
    return _(_STATES[row.state])


def _arrival_state(one: Arrival) -> str:
    return _(_DECIDED[one.state]) if one.kind in NEEDS_A_WORD else formatting.short(one.at)


_PARCELS: tuple[Column[_Parcel], ...] = (
    Column(
        later("Đóng gói lúc"),
        lambda one: formatting.short(one.row.made),
        sort=lambda one: one.row.made,
    ),
    Column(
        later("Số ngày"), lambda one: str(len(one.row.days)), sort=lambda one: len(one.row.days)
    ),
    Column(later("Trạng thái"), _parcel_state),
    Column(later("Vì sao"), lambda one: one.row.difference or one.row.trouble),
)
_NEWS: tuple[Column[Arrival], ...] = (
    Column(later("Số"), lambda one: str(one.number), sort=lambda one: one.number),
    Column(later("Loại"), lambda one: _(KIND_NAMES_OF_NEWS[one.kind])),
    Column(later("Tiêu đề"), lambda one: one.title),
    Column(later("Trạng thái"), _arrival_state),
)


class CityPage(Page):
    """Left: up to the city. Right: down from it."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._state = State(None, 0, (), ())
        self.where, self.error = texts.words("", "section"), texts.words("", "error")
        self.said = texts.words("", "quiet")
        self.parcels = LineTable(
            later("Các gói gửi thành phố"), ordered=True, giving=(3,), leaving=(1,)
        )
        self.why = texts.words("", "quiet")
        self.news = LineTable(
            later("Thành phố gửi xuống"), ordered=True, giving=(2,), leaving=(0, 1)
        )
        self.body = texts.words()
        self.totals = texts.words("", "section")
        self._make_keys()
        self._lay_out()
        WhenEmpty(self.parcels, _("Chưa gửi gói nào."))
        WhenEmpty(self.news, _("Thành phố chưa gửi gì xuống."))
        self.parcels.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self._show_parcel()
        )
        self.news.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self._ask_changes()
        )
        shell.courier.changed.connect(self.refresh)

    def _make_keys(self) -> None:
        self.send_button = texts.button(_("Gửi ngay"), self.send, "F9", self, "primary")
        self.enrol_button = texts.button(
            _("Ghi danh bằng tệp mời"), self.ask_invitation, "Alt+M", self
        )
        self.bag_button = texts.button(_("Ghi gói ra USB"), self.ask_bag, "Alt+G", self)
        self.take_file_button = texts.button(_("Nhận tệp từ USB"), self.ask_answer, "Alt+N", self)
        self.retry_button = texts.button(_("Gửi lại gói này"), self.retry, "Alt+L", self)
        self.cancel_button = texts.button(_("Hủy gói này"), self.cancel, "Alt+H", self)
        self.take_button = texts.button(_("Nhận mục này"), self.take, "Alt+A", self, "primary")
        self.leave_button = texts.button(_("Để lại"), self.leave, "Alt+B", self)
        self.undo_button = texts.button(_("Hoàn tác"), self.undo, "Alt+U", self)

    def _lay_out(self) -> None:
        up, down = QVBoxLayout(), QVBoxLayout()
        up.addWidget(texts.words(_("Thành phố"), "title"))
        up.addWidget(self.where)
        up.addWidget(self.said)
        up.addWidget(
            _row(self.send_button, self.bag_button, self.take_file_button, self.enrol_button)
        )
        up.addWidget(self.error)
        up.addWidget(self.parcels, 1)
        up.addWidget(self.why)
        up.addWidget(_row(self.retry_button, self.cancel_button))
        down.addWidget(texts.words(_("Từ thành phố"), "title"))
        down.addWidget(self.totals)
        down.addWidget(self.news, 1)
        down.addWidget(self.body)
        down.addWidget(_row(self.take_button, self.leave_button, self.undo_button))
        for table in (self.parcels, self.news):
            texts.lines(table, 7)
        columns = Columns(110)
        columns.add(up, 3)
        columns.add(down, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(columns)

    # --- showing ----------------------------------------------------------------------------------

    def shown(self) -> None:
        self.error.clear()
        self.refresh()
        self.parcels.setFocus()

    def official_changed(self) -> None:
        self.error.clear()

    def refresh(self) -> None:
        """Asks again how things stand with the city."""
        if self.desk.official is not None:
            desk = self.desk
            jobs.run(self, lambda: sending.state(desk), self._show)

    def _show(self, state: State) -> None:
        self._state = state
        self.where.setText(_where(state.city))
        self.said.setText(self._waits(state))
        busy = self.shell.courier.busy
        parcels = [_Parcel(row, busy) for row in state.parcels]
        news = [one for one in state.arrivals if one.kind != "totals"]
        _fill(self.parcels, Listing(_PARCELS, parcels), lambda one: one.row.id)
        _fill(self.news, Listing(_NEWS, news), lambda one: str(one.number))
        self.totals.setText(
            next((_totals(one) for one in state.arrivals if one.kind == "totals"), "")
        )
        self.totals.setVisible(bool(self.totals.text()))
        known = None if state.city else _("Quầy chưa ghi danh với thành phố (Alt+M).")
        for made in (self.send_button, self.bag_button, self.take_file_button):
            texts.allow(made, known)
        if self.shell.courier.busy:
            texts.allow(self.send_button, _("Đang gửi; xin chờ."))
        self._show_parcel()
        self._ask_changes()

    def _waits(self, state: State) -> str:
        if state.city is None:
            return _(
                "Khi thành phố có máy chủ nhận số liệu, xin tệp mời rồi bấm Alt+M. Chưa có cũng "
                "không sao."
            )
        if self.shell.courier.busy:
            return _("Đang gửi…")
        if not state.waiting:
            return _("Thành phố đã có đủ số liệu đến hôm nay.")
        return _n("{n} ngày chờ gửi.", state.waiting).format(n=state.waiting)

    def _parcel(self) -> ParcelRow | None:
        chosen: _Parcel | None = self.parcels.current()
        return chosen.row if chosen else None

    def _show_parcel(self) -> None:
        one = self._parcel()
        why_not = None if one and one.state in ("waiting", "refused") else _("Gói này đã xong.")
        for made in (self.retry_button, self.cancel_button):
            texts.allow(made, why_not)
        self.why.setText(_about(one) if one else "")

    # --- up ---------------------------------------------------------------------------------------

    def send(self) -> None:
        self.error.clear()
        self.shell.courier.send_now()

    def retry(self) -> None:
        self._decide(sending.retry, _("Gói sẽ được gửi lại ngay."), then=self.send)

    def cancel(self) -> None:
        self._decide(sending.cancel, _("Đã hủy gói; số liệu của các ngày ấy đi cùng gói sau."))

    def _decide(
        self, act: Callable[[Desk, str], None], said: str, then: Callable[[], None] = lambda: None
    ) -> None:
        one, desk = self._parcel(), self.desk
        if one is not None:
            jobs.run(
                self, partial(act, desk, one.id), lambda _done: self._done(said, then), self._refuse
            )

    def _done(self, said: str, then: Callable[[], None] = lambda: None) -> None:
        self.error.clear()
        notices.say(said)
        self.refresh()
        then()

    def ask_invitation(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Tệp mời của thành phố"), str(Path.home()), "JSON (*.json)"
        )
        if chosen:
            self.enrol(Path(chosen))

    def enrol(self, file: Path) -> None:
        """Opens the invitation, makes the desk's key and asks the city to be known."""
        desk = self.desk
        jobs.run(self, lambda: sending.enrol_by_file(desk, file), self._asked, self._refuse)

    def _asked(self, city: City) -> None:
        self.error.clear()
        notices.say(_("Đã lập khóa của quầy; đang ghi danh với {city}.").format(city=city.name))
        self.refresh()
        self.send()

    def ask_bag(self) -> None:
        name = f"gui-thanh-pho-{self.desk.now():%Y%m%d-%H%M}.cchc"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Ghi gói ra USB"), str(Path.home() / name), _(_FILES)
        )
        if chosen:
            self.write_bag(Path(chosen))

    def write_bag(self, file: Path) -> None:
        desk = self.desk
        jobs.run(
            self,
            lambda: sending.write_bag(desk, file),
            partial(self._bag_written, file),
            self._refuse,
        )

    def _bag_written(self, file: Path, count: int) -> None:
        self.error.clear()
        notices.say(
            _n(
                "Đã ghi {n} gói ra {file}; mang tới thành phố, rồi nhận tệp trả lời (Alt+N).", count
            ).format(n=count, file=file.name)
        )
        self.refresh()

    def ask_answer(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Tệp trả lời của thành phố"), str(Path.home()), _(_FILES)
        )
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, file: Path) -> None:
        desk = self.desk
        jobs.run(self, lambda: sending.take_bag(desk, file), self._file_taken, self._refuse)

    def _file_taken(self, taken: Taken) -> None:
        self.error.clear()
        numbers = ", ".join(map(str, taken.receipts)) or "—"
        notices.say(_("Đã nhận tệp của thành phố: biên nhận {numbers}.").format(numbers=numbers))
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self.error.setText(error.message)
        self.refresh()

    # --- down -------------------------------------------------------------------------------------

    def _arrival(self) -> Arrival | None:
        chosen: Arrival | None = self.news.current()
        return chosen

    def _ask_changes(self) -> None:
        one, desk = self._arrival(), self.desk
        waits = one is not None and one.state == "waiting"
        for made in (self.take_button, self.leave_button):
            texts.allow(made, None if waits else _("Không có mục nào chờ quyết định."))
        undone = one is not None and one.state == "taken" and one.kind in NEEDS_A_WORD
        texts.allow(self.undo_button, None if undone else _("Mục này không có gì để hoàn tác."))
        if one is None:
            self.body.clear()
        elif one.kind == "message":
            self.body.setText(str(one.body.get("text", "")))
        else:
            number = one.number
            jobs.run(
                self, lambda: updates.changes(desk, number), self._show_changes, self._refuse_news
            )

    def _show_changes(self, found: tuple[Change, ...]) -> None:
        lines = [f"{one.what}: {one.before or '—'} → {one.after or '—'}" for one in found[:12]]
        if len(found) > 12:
            lines.append(_("… và {n} điều nữa.").format(n=len(found) - 12))
        self.body.setText("\n".join(lines) or _("Quầy đã có đủ những gì trong mục này."))

    def _refuse_news(self, error: DeskError) -> None:
        self.body.setText(error.message)

    def take(self) -> None:
        self._decide_news(updates.take, _("Đã nhận."))

    def leave(self) -> None:
        self._decide_news(updates.leave, _("Đã để lại; mục vẫn còn trong danh sách."))

    def undo(self) -> None:
        self._decide_news(updates.undo, _("Đã hoàn tác."))

    def _decide_news(self, act: Callable[[Desk, int], Arrival], said: str) -> None:
        one, desk = self._arrival(), self.desk
        if one is not None:
            calendar = one.kind == "calendar" and act is updates.take
            more = _(" Lịch chờ người thứ hai xác nhận (F12, Alt+L).") if calendar else ""
            decide = partial(act, desk, one.number)
            jobs.run(self, decide, lambda _done: self._done(said + more), self._refuse)


def _fill(table: LineTable, listing: Listing[Row], name: Callable[[Row], str]) -> None:
    """Fill the table; the cursor stays on its line, but goes to a new one above all."""
    before = table.model_.rows
    newest = name(before[0]) if before else ""
    table.fill(listing, name)
    if listing.rows and name(listing.rows[0]) != newest:
        table.choose_row(0)


def _row(*buttons: QPushButton) -> Flow:
    flow = Flow()
    for made in buttons:
        flow.add(made)
    return flow


def _where(city: City | None) -> str:
    if city is None:
        return _("Chưa ghi danh với thành phố nào.")
    if not city.enrolled:
        return _("{city}: chờ được nhận ({url}).").format(city=city.name, url=city.url)
    return f"{city.name} · {city.url}"


def _about(one: ParcelRow) -> str:
    """Everything about one parcel: its days, how often it was tried, when the next try is."""
    parts = [
        _("Từ {first} đến {last}.").format(
            first=formatting.day_text(one.days[0].day), last=formatting.day_text(one.days[-1].day)
        )
    ]
    if one.state == "waiting" and one.tries:
        parts.append(_n("Đã thử {n} lần.", one.tries).format(n=one.tries))
        if one.next_try:
            parts.append(_("Tự thử lại sau {at}.").format(at=formatting.short(one.next_try)))
    return " ".join([*parts, one.difference or one.trouble])


def _totals(one: Arrival) -> str:
    """The whole ward's figures in one line, over all its desks."""
    body = one.body
    said = _(
        "Cả đơn vị năm {year} ({desks} quầy): trễ {late}/{total}, còn nợ {owed} thư xin lỗi."
    ).format(
        year=body["year"],
        desks=body["desks"],
        late=body["late"],
        total=body["total"],
        owed=body["owed"],
    )
    struck = ", ".join(f"{who} {n}" for who, n in body["strikes"].items())
    who = _("Số lần trễ do lỗi của mình: {who}.").format(who=struck)
    return f"{said} {who}" if struck else said
