"""Away desks: a laptop that leaves the ward with a copy, comes back, or does not."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from cchc_desk.actions.away import coming_back, leaving, trips
from cchc_desk.actions.away.coming_back import Arrival, Both
from cchc_desk.actions.away.leaving import Blocks, Leave, Left
from cchc_desk.actions.away.trips import Trip, TripState
from cchc_desk.actions.data import protection
from cchc_desk.domain.away import Side
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.look import texts
from ui.settings.group import Group
from ui.shell import jobs, notices
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Choice, Day, Line, QuestionPanel

_SHOWN = 5  # away desks in the list, the newest


class AwayGroup(Group):
    """Nothing here is typed; its buttons let a laptop leave, take it back, or give it up."""

    def __init__(self, desk: Desk, error: ErrorRow, page: QWidget) -> None:
        super().__init__(_("Quầy lưu động"), error)
        self.desk, self._page = desk, page
        self._trips: tuple[Trip, ...] = ()
        self.out = texts.words("", "strong")
        texts.row(self.form, _("Các quầy lưu động"), self.out)
        self.leave = texts.button(_("Cho đi"), self.choose_new, "Alt+M", self, "primary")
        self.back = texts.button(_("Nhận về"), self.choose_back, "Alt+N", self)
        self.lost = texts.button(_("Không về nữa"), self.ask_lost, "Alt+X", self)
        self.acts: tuple[QPushButton, ...] = (self.leave, self.back, self.lost)
        texts.off_the_card(self, *self.acts)
        self.leave.setProperty("also", _("máy xách tay, đi ấp, thứ bảy"))  # for Ctrl+K
        keys = Flow()
        for act in self.acts:
            keys.add(act)
        self.form.addRow(keys)
        self.form.addRow(
            texts.words(
                _(
                    "Máy xách tay mang bản chép của phường và dải số riêng, làm không cần mạng. Về "
                    "thì hồ sơ mới và việc của hai bên được nhập một lần; hồ sơ cả hai bên cùng "
                    "làm được kê ra để người quyết định, không gì bị ghi đè."
                ),
                "quiet",
            )
        )
        self.stops = list(self.acts)

    def refresh(self) -> None:
        """Look where the away desks are."""
        desk = self.desk
        jobs.run(self, lambda: trips.trips(desk), self._show)

    def _show(self, found: tuple[Trip, ...]) -> None:
        self._trips = found
        shown = [trip for trip in found if trip.state is not TripState.NOT_MADE]
        lines = [_line(trip) for trip in shown[:_SHOWN]]
        away = self.desk.away
        if away is not None:
            lines.insert(0, _("Đây là quầy lưu động {name}.").format(name=away.name))
        self.out.setText("\n".join(lines) or _("Chưa có quầy lưu động nào đi"))
        waits = any(trip.state is TripState.OUT or trip.undecided for trip in shown)
        texts.role(self.out, "warning" if waits else "strong")
        is_out = any(trip.state is TripState.OUT for trip in shown)
        self.lost.setVisible(is_out and away is None)
        self.stops = [act for act in self.acts if not act.isHidden()]

    # --- leaving ----------------------------------------------------------------------------------

    def choose_new(self) -> None:
        """Ask for the folder that the laptop takes along."""
        name = QFileDialog.getExistingDirectory(
            self, _("Chọn thư mục trống cho quầy lưu động"), str(Path.home())
        )
        if name:
            self.ask_leave(Path(name))

    def ask_leave(self, folder: Path) -> None:
        """Ask how the away desk is called and until when it is out; its numbers are proposed."""
        desk = self.desk
        jobs.run(self, lambda: leaving.proposed_blocks(desk), partial(self._ask_leave, folder))

    def _ask_leave(self, folder: Path, blocks: Blocks) -> None:
        desk = self.desk
        name = Line(_("Tên quầy lưu động"), name="station", needed=True)
        until = Day(_("Định về ngày"), None, desk.now().year, name="until")

        def go(panel: QuestionPanel) -> None:
            encrypt = protection.encrypts_new_desks()
            plan = Leave(name.value, blocks, until.value, encrypt=encrypt)

            def done(left: Left) -> None:
                panel.finish()
                self._left(name.value, left)

            jobs.run(self, lambda: leaving.leave(desk, folder, plan), done, panel.refuse)

        QuestionPanel.ask(
            self._page,
            _("Cho quầy lưu động đi"),
            (name, until),
            _("Cho đi"),
            go,
            about=_(
                "Chép dữ liệu của phường vào {folder}, có thể mất vài phút; các quầy khác vẫn làm. "
                "Quầy lưu động cấp số hồ sơ {first}–{last} mỗi ngày, số thư và phiếu "
                "{letter_first}–{letter_last} trong năm; dải của phường dừng trước dải ấy."
            ).format(
                folder=folder,
                first=blocks.first,
                last=blocks.last,
                letter_first=blocks.letter_first,
                letter_last=blocks.letter_last,
            ),
        )

    def _left(self, name: str, left: Left) -> None:
        notices.say(
            _("Quầy lưu động {name} đã sẵn sàng ở {folder}; đầu sổ lúc đi {head}.").format(
                name=name, folder=left.folder, head=left.head
            )
        )
        self.refresh()

    # --- coming back ------------------------------------------------------------------------------

    def choose_back(self) -> None:
        """Ask for the folder of the away desk that is here again."""
        name = QFileDialog.getExistingDirectory(
            self, _("Chọn thư mục của quầy lưu động"), str(Path.home())
        )
        if name:
            self.ask_back(Path(name))

    def ask_back(self, folder: Path) -> None:
        """Show what the away desk brings; nothing is taken over before somebody says so."""
        desk = self.desk
        jobs.run_long(
            self,
            _("Xem quầy lưu động mang gì về"),
            lambda work: coming_back.look(desk, folder, work),
            partial(self._ask_back, folder),
        )

    def _ask_back(self, folder: Path, seen: Arrival) -> None:
        desk = self.desk
        asked = [_question(one) for one in seen.both]

        def go(panel: QuestionPanel) -> None:
            sides = {one.code: field.value for one, field in zip(seen.both, asked, strict=True)}
            decided = {code: side for code, side in sides.items() if side is not None}

            def done(arrival: Arrival) -> None:
                panel.finish()
                self._came(arrival)

            jobs.run(
                self, lambda: coming_back.bring_back(desk, folder, decided), done, panel.refuse
            )

        nothing = seen.is_back and not asked
        QuestionPanel.ask(
            self._page,
            _("Quầy lưu động {name} về").format(name=seen.name),
            asked,
            "" if nothing else _("Ghi quyết định") if seen.is_back else _("Nhận về"),
            go,
            about=_brought(seen),
        )

    def _came(self, arrival: Arrival) -> None:
        said = (
            _("Đã ghi quyết định về hồ sơ của quầy lưu động {name}.")
            if arrival.is_back
            else _("Đã nhận quầy lưu động {name} về: hồ sơ mới {new}, hồ sơ có thêm việc {more}.")
        ).format(name=arrival.name, new=len(arrival.new), more=len(arrival.changed))
        waiting = len(arrival.undecided)
        if waiting:
            left = _n("{n} hồ sơ còn chờ quyết định: hãy giữ thư mục ấy.", waiting)
            notices.warn(f"{said} {left.format(n=waiting)}")
        else:
            notices.say(said)
        self.refresh()

    # --- lost -------------------------------------------------------------------------------------

    def ask_lost(self) -> None:
        """Ask which away desk will not come back, and why."""
        desk = self.desk
        out = [(trip.name, trip.away) for trip in self._trips if trip.state is TripState.OUT]
        which = Choice(_("Quầy lưu động"), out, out[0][1] if len(out) == 1 else None)
        reason = Line(_("Lý do"), name="reason", needed=True)

        def go(panel: QuestionPanel) -> None:
            def done(trip: Trip) -> None:
                panel.finish()
                notices.say(_("Đã ghi quầy lưu động {name} không về nữa.").format(name=trip.name))
                self.refresh()

            jobs.run(
                self,
                lambda: trips.give_up(desk, which.value, reason.value),
                done,
                panel.refuse,
            )

        QuestionPanel.ask(
            self._page,
            _("Quầy lưu động không về nữa"),
            (which, reason),
            _("Ghi không về"),
            go,
            about=_(
                "Máy bị mất hay hỏng hẳn. Dải số của nó không cấp lại; việc làm ở đó coi như mất, "
                "trừ khi tìm lại được máy: lúc ấy vẫn nhận về được."
            ),
        )

    def save(self) -> None:
        notices.say(_("«{group}» không có gì để lưu.").format(group=self.title))


def _line(trip: Trip) -> str:
    state = {
        TripState.OUT: _("đang ở ngoài"),
        TripState.BACK: _("đã về"),
        TripState.GIVEN_UP: _("không về nữa"),
    }[trip.state]
    said = _("{name} · đi {left:%d/%m/%Y} · {state}").format(
        name=trip.name, left=trip.left, state=state
    )
    if trip.state is TripState.OUT and trip.until is not None:
        said += _(" · định về {day:%d/%m/%Y}").format(day=trip.until)
    if trip.undecided:
        waiting = len(trip.undecided)
        said += " · " + _n("{n} hồ sơ chờ quyết định", waiting).format(n=waiting)
    return said


def _question(one: Both) -> Choice[Side | None]:
    """Ask whose rows of a dossier hold; nobody has to say so now."""
    options: list[tuple[str, Side | None]] = [
        (_("Để sau: giữ bản của phường, còn chờ quyết định"), None),
        (_("Giữ bản của phường"), Side.HOME),
    ]
    if one.takes_away:
        options.append((_("Lấy bản của quầy lưu động"), Side.AWAY))
    hint = _("Ở phường: {home}\nQuầy lưu động: {away}").format(
        home="; ".join(change.sentence() for change in one.home),
        away="; ".join(change.sentence() for change in one.away),
    )
    if not one.takes_away:
        hint += "\n" + _("Phường đã làm điều không rút lại được, nên chỉ giữ bản của phường được.")
    asked = Choice(one.code, options, hint=hint)
    asked.choose(None)
    return asked


def _brought(seen: Arrival) -> str:
    if seen.is_back:
        if not seen.both:
            return _("Quầy lưu động này đã về rồi, không còn gì chờ quyết định.")
        return _("Quầy lưu động này đã về rồi; còn những hồ sơ chờ quyết định dưới đây.")
    said = [
        _("Mang về: hồ sơ mới {new}, hồ sơ có thêm việc {more}, mục sổ cái {entries}.").format(
            new=len(seen.new), more=len(seen.changed), entries=seen.entries
        )
    ]
    if seen.both:
        said.append(_n("{n} hồ sơ cả hai bên cùng làm:", len(seen.both)).format(n=len(seen.both)))
    else:
        said.append(_("Không hồ sơ nào cả hai bên cùng làm."))
    if seen.ratings:
        said.append(
            _("Cả hai bên cùng ghi đánh giá, giữ của phường: {codes}.").format(
                codes=", ".join(seen.ratings)
            )
        )
    said += [_same(one.number, one.codes) for one in seen.same]
    return "\n".join(said)


def _same(number: str, codes: Sequence[str]) -> str:
    return _("Số {number} đứng trên mấy hồ sơ: {codes}; hãy xem lại.").format(
        number=number, codes=", ".join(codes)
    )
