"""Questions about a list that only the clerk can answer: whom a name means, which row is ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.lists import matching
from cchc_desk.actions.lists.matching import LikelySame
from cchc_desk.actions.lists.preview import ListPreview
from cchc_desk.actions.people import accounts
from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.look import texts
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Choice, Ticks

_NAMES_KEY, _SAME_KEY = "Alt+N", "Alt+G"


@dataclass(frozen=True)
class _Open:
    """Open questions of a list, and the officials of this desk."""

    names: tuple[str, ...]
    same: tuple[LikelySame, ...]
    officials: tuple[Official, ...]


class MatchKeys(Flow):
    """Two keys, each there while there is something to say; `joined`: the list reads otherwise."""

    joined = Signal()

    def __init__(self, page: Page, owner: QWidget) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        self._open = _Open((), (), ())
        self.same = texts.button(_("Hồ sơ đã nhận ở đây"), self.ask_same, _SAME_KEY, owner, "small")
        self.names = texts.button(_("Tên cán bộ"), self.ask_name, _NAMES_KEY, owner, "small")
        for key in (self.same, self.names):
            self.add(key)
        self.hide()

    def look(self, found: ListPreview) -> None:
        """Ask what is open in a list that was read."""
        jobs.run(self, partial(_look, self._desk, found), self._show)

    def _show(self, found: _Open) -> None:
        self._open = found
        same, names = len(found.same), len(found.names)
        words = _n("{count} dòng có vẻ là hồ sơ đã nhận ở đây", same).format(count=same)
        self.same.setText(f"⚠ {words}  ·  {_SAME_KEY}")
        words = _n("{count} tên cán bộ chưa biết là ai", names).format(count=names)
        self.names.setText(f"{words}  ·  {_NAMES_KEY}")
        self.same.setVisible(same > 0)
        self.names.setVisible(names > 0)
        self.setVisible(same + names > 0)
        self.updateGeometry()

    def ask_same(self) -> None:
        """Ask which of the rows are dossiers of this desk, so that none is counted twice."""
        rows = [(f"{one.name} · {one.theirs} = {one.ours}", one) for one in self._open.same]
        hint = _("phím cách hoặc bấm để bỏ chọn")
        ticks = Ticks(_("Cùng người, thủ tục và ngày nhận"), rows, hint=hint)
        questions.ask(
            self._page,
            _("Những dòng này là hồ sơ đã nhận ở đây?"),
            (ticks,),
            _("Đúng, ghép lại"),
            lambda: partial(_join, self._desk, ticks.value),
            self._joined,
        )

    def _joined(self, rows: Sequence[LikelySame]) -> None:
        said = _n("Đã ghép {count} dòng với hồ sơ đã nhận ở đây.", len(rows))
        undo = partial(_part, self._desk, rows)
        notices.undoable(
            said.format(count=len(rows)), lambda: jobs.run(self, undo, lambda _none: self._parted())
        )
        self.joined.emit()

    def _parted(self) -> None:
        notices.say(_("Đã tách ra như trước khi ghép."))
        self.joined.emit()

    def ask_name(self) -> None:
        """Ask who at this desk each unknown name is, one after the other; it is remembered."""
        if self._open.names:
            self._ask_name(self._open.names[0])

    def _ask_name(self, name: str) -> None:
        desk = self._desk
        people: list[tuple[str, Official | None]] = [
            (f"{one.name} · {_(ROLE_NAMES[one.role])}", one) for one in self._open.officials
        ]
        who = Choice(_("Ở quầy này là"), [*people, (_("không ai ở quầy này"), None)])

        def keep() -> Callable[[], None]:
            official = who.value
            if official is None:
                return lambda: None
            return partial(matching.name_official, desk, name, official.id)

        questions.ask(
            self._page,
            _("«{name}» trong danh sách là ai?").format(name=name),
            (who,),
            _("Ghi nhớ"),
            keep,
            lambda _none: self._named(name, who.value),
            _("Không ghi thì hồ sơ của người ấy do người nhận danh sách giữ."),
        )

    def _named(self, name: str, who: Official | None) -> None:
        """Say who that is from now on, and go on to the next name."""
        if who is not None:
            said = _("Từ nay «{name}» là {who}.").format(name=name, who=who.name)
            notices.say(said, _("Chọn lại"), partial(self._ask_name, name))
        others = tuple(one for one in self._open.names if one != name)
        self._show(_Open(others, self._open.same, self._open.officials))
        self.ask_name()


def _look(desk: Desk, found: ListPreview) -> _Open:
    return _Open(
        matching.unknown_officials(desk, found),
        matching.likely_same(desk, found),
        accounts.list_officials(desk),
    )


def _join(desk: Desk, rows: Sequence[LikelySame]) -> Sequence[LikelySame]:
    for one in rows:
        matching.join_code(desk, one.ours, one.theirs)
    return rows


def _part(desk: Desk, rows: Sequence[LikelySame]) -> None:
    for one in rows:
        matching.part_code(desk, one.ours, one.theirs)
