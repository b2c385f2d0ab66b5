"""Questions about a list that only the clerk can answer: whom a name means, which row is ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.lists import matching
from cchc_desk.actions.lists.matching import LikelySame
from cchc_desk.actions.lists.preview import ListPreview
from cchc_desk.actions.office import accounts
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
        rows = [(f"{one.theirs} = {one.ours} · {one.name}", one) for one in self._open.same]
        ticks = Ticks(_("Cùng người, thủ tục và ngày nhận"), rows)
        questions.ask(
            self._page,
            _("Những dòng này là hồ sơ đã nhận ở đây?"),
            (ticks,),
            _("Đúng, ghép lại"),
            lambda: partial(_join, self._desk, ticks.value),
            lambda _joined: self.joined.emit(),
        )

    def ask_name(self) -> None:
        """Ask who at this desk the next unknown name is; it is remembered."""
        name, desk = self._open.names[0], self._desk
        people = [(f"{one.name} · {_(ROLE_NAMES[one.role])}", one) for one in self._open.officials]
        who = Choice(_("Ở quầy này là"), people, name="official")

        def named(_none: None) -> None:
            notices.say(_("Từ nay «{name}» là {who}.").format(name=name, who=who.value.name))
            self._show(_Open(self._open.names[1:], self._open.same, self._open.officials))

        questions.ask(
            self._page,
            _("«{name}» trong danh sách là ai?").format(name=name),
            (who,),
            _("Ghi nhớ"),
            lambda: partial(matching.name_official, desk, name, who.value.id),
            named,
            _("Không ghi thì hồ sơ của người ấy do người nhận danh sách giữ."),
        )


def _look(desk: Desk, found: ListPreview) -> _Open:
    return _Open(
        matching.unknown_officials(desk, found),
        matching.likely_same(desk, found),
        accounts.list_officials(desk),
    )


def _join(desk: Desk, rows: Sequence[LikelySame]) -> None:
    for one in rows:
        matching.join_code(desk, one.ours, one.theirs)
