"""Acts on the chosen lines of the list: a bar of buttons, a panel of questions, what came of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import bulk
from cchc_desk.actions.dossiers.bulk import Outcome
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import accounts
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.i18n import _, _n, later
from cchc_desk.settings import PAPERS
from ui import formatting
from ui.documents.printing import Paper
from ui.dossiers.rows import DossierTable
from ui.look import texts
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets import clipboard
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Choice, Field, Line, QuestionPanel
from ui.widgets.tables.table import MenuAct, Offered

_NAMED = 8  # people in a panel's title; more are counted
_REASONS = 6  # under the bar, so that the list keeps its room
_UNDOABLE = frozenset({"ready", "return", "hand-over"})
_KINDS = ("receipt", "control", "label")
_SAID = {
    "ready": later("Có kết quả"),
    "return": later("Trả kết quả"),
    "hand-over": later("Bàn giao"),
    "deliver": later("Trao thư"),
    "print-receipt": later("In giấy"),
}
KEYS = {
    "ready": "Alt+K",
    "return": "Alt+T",
    "hand-over": "Alt+B",
    "deliver": "Alt+D",
    "print-receipt": "Alt+I",
}


class BulkActs(QWidget):
    """The bar, which shows once several lines are chosen; its keys act on one line too.

    `done` after an act, with the codes of those to be chosen: that were refused, or taken back.
    """

    done = Signal(object)

    def __init__(self, page: Page, table: DossierTable) -> None:
        super().__init__()
        self._page, self._table = page, table
        self._acts: Mapping[str, Callable[[list[DossierRow]], None]] = {
            "ready": self._ready,
            "return": self._return,
            "hand-over": self._hand_over,
            "deliver": self._deliver,
            "print-receipt": self._print,
        }
        self.count = texts.words("", "section", wrap=False)
        self.result = texts.words("", "warning")
        self._bar = Flow()
        self._bar.add(self.count)
        self.buttons = {
            name: texts.button(_(_SAID[name]), partial(self.begin, name), KEYS[name], page)
            for name in self._acts
        }
        for made in self.buttons.values():
            self._bar.add(made)
        self._bar.hide()
        self.result.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._bar)
        column.addWidget(self.result)
        table.selectionModel().selectionChanged.connect(self._count)
        table.dossiers.modelReset.connect(self._count)  # lines that are gone are not chosen
        table.acts_of_line = self._offer

    def _count(self) -> None:
        chosen = len(self._table.chosen_rows())
        self.count.setText(_n("{n} hồ sơ đã chọn:", chosen).format(n=chosen))
        if chosen < 2 and self.isAncestorOf(QApplication.focusWidget() or self._page):
            self._table.setFocus()  # the button that was clicked goes
        self._bar.setVisible(chosen > 1)

    def begin(self, name: str) -> None:
        """Ask what this act needs to know, about all chosen lines together."""
        rows = self._table.chosen_rows()
        if name == "hand-over" and len(rows) < 2 and not self._table.hasFocus():
            self._page.shell.open_page("hand-over")  # folders to be scanned, none is chosen yet
        elif not rows:
            notices.warn(_("Hãy chọn hồ sơ trong danh sách trước."))
        else:
            self._acts[name](rows)

    # --- menu -------------------------------------------------------------------------------------

    def _offer(self, show: Offered) -> None:
        rows, desk = self._table.chosen_rows(), self._page.desk
        codes = [row.code for row in rows]
        jobs.run(self, lambda: bulk.why_not(desk, codes), lambda why: show(self._menu(rows, why)))

    def _menu(self, rows: list[DossierRow], why: Mapping[str, str | None]) -> Sequence[MenuAct]:
        def copy_codes() -> None:
            clipboard.put("\n".join(row.code for row in rows))

        acts = [
            MenuAct(_(_SAID[name]), KEYS[name], partial(act, rows), why[name])
            for name, act in self._acts.items()
        ]
        copying = MenuAct(_("Chép mã hồ sơ"), "", copy_codes)
        if len(rows) > 1:
            return [*acts, copying]
        return [MenuAct(_("Mở hồ sơ"), "Enter", self._table.open_line), *acts, copying]

    # --- acts -------------------------------------------------------------------------------------

    def _ready(self, rows: list[DossierRow]) -> None:
        desk, codes = self._page.desk, _codes(rows)
        self._ask("ready", rows, (), lambda: partial(bulk.mark_ready, desk, codes))

    def _return(self, rows: list[DossierRow]) -> None:
        if len(rows) == 1:  # with the look at the card, the papers and the thanks
            self._page.shell.show_return(rows[0].code)
            return
        desk, codes = self._page.desk, _codes(rows)
        to = Line(
            _("Người nhận tất cả"),
            name="to_name",
            hint=_("để trống: mỗi kết quả trao cho chính người nộp hồ sơ ấy"),
        )
        self._ask(
            "return", rows, (to,), lambda: partial(bulk.return_results, desk, codes, to.value)
        )

    def _deliver(self, rows: list[DossierRow]) -> None:
        desk, codes = self._page.desk, _codes(rows)
        how = Choice(
            _("Trao bằng cách nào?"), [(_(text), one) for one, text in formatting.HOW.items()]
        )
        to = Line(
            _("Ai nhận thư?"), name="to", hint=_("để trống: mỗi thư trao cho chính chủ hồ sơ")
        )
        self._ask(
            "deliver",
            rows,
            (how, to),
            lambda: partial(bulk.deliver_letters, desk, codes, how.value, to.value),
        )

    def _hand_over(self, rows: list[DossierRow]) -> None:
        desk = self._page.desk
        jobs.run(self, lambda: accounts.list_officials(desk), partial(self._ask_receiver, rows))

    def _ask_receiver(self, rows: list[DossierRow], officials: tuple[Official, ...]) -> None:
        desk, codes = self._page.desk, _codes(rows)
        to = Choice(
            _("Giao cho ai?"),
            [(f"{who.name} – {_(ROLE_NAMES[who.role])}", who.id) for who in officials],
            name="to",
        )
        note = Line(_("Ghi chú"), name="note")
        self._ask(
            "hand-over",
            rows,
            (to, note),
            lambda: partial(bulk.hand_over, desk, codes, to.value, note.value),
            self._offer_slip,
        )

    def _offer_slip(self, said: str, done: list[str]) -> None:
        make = partial(registers.hand_over_slip, self._page.desk, done)
        paper = Paper(_("Giấy bàn giao hồ sơ"), f"ban-giao-{done[0]}", make)
        notices.say(said, _("In giấy bàn giao"), partial(self._page.shell.show_paper, paper))

    def _print(self, rows: list[DossierRow]) -> None:
        codes = _codes(rows)
        if len(rows) == 1:
            self._page.shell.preview(codes[0], "receipt")
            return
        kind = Choice(_("In giấy nào?"), [(_(PAPERS[one]), one) for one in _KINDS], _KINDS[0])
        QuestionPanel.ask(
            self._page,
            _title("print-receipt", rows),
            (kind,),
            _("Xem, in"),
            lambda panel: self._show_papers(panel, codes, kind.value),
        )

    def _show_papers(self, panel: QuestionPanel, codes: list[str], kind: str) -> None:
        panel.finish()
        papers = bulk.printouts(self._page.desk, codes, kind)
        self._page.shell.show_paper(
            Paper(_(PAPERS[kind]), f"{kind}-{codes[0]}", papers.pdf, kind, papers.log)
        )

    # --- asking and telling -----------------------------------------------------------------------

    def _ask(
        self,
        name: str,
        rows: list[DossierRow],
        fields: Sequence[Field],
        job: Callable[[], Callable[[], tuple[Outcome, ...]]],
        after: Callable[[str, list[str]], None] | None = None,
    ) -> None:
        """The panel, then the act on all of them; `after` follows with those that were done."""
        desk = self._page.desk
        seen = desk.sight(*rows)
        questions.ask(
            self._page,
            _title(name, rows),
            fields,
            _(_SAID[name]),
            lambda: desk.as_seen(seen, job()),
            partial(self._show, name, after),
            _names(rows),
        )

    def _show(
        self,
        name: str,
        after: Callable[[str, list[str]], None] | None,
        outcomes: tuple[Outcome, ...],
    ) -> None:
        """Tell what happened to each; those that were refused stay chosen."""
        done = [one.code for one in outcomes if one.refusal is None]
        refused = [one for one in outcomes if one.refusal is not None]
        said = f"{_(_SAID[name])}: {_counted(len(done), len(refused))}"
        self._show_refused(refused)
        if not done:
            notices.warn(said)
            return
        if name in _UNDOABLE:
            desk = self._page.desk
            back = desk.as_seen(desk.sight_of_own(done), partial(bulk.take_back, desk, done))
            notices.undoable(said, partial(self._take_back, said, back))
        else:
            notices.say(said)
        if after:
            after(said, done)

    def _show_refused(
        self, refused: Sequence[Outcome], chosen: Sequence[Outcome] | None = None
    ) -> None:
        """The list anew, with those that were refused chosen, or others, and why each was."""
        self.done.emit([one.code for one in (refused if chosen is None else chosen)])
        today = self._page.desk.now().date()
        lines = [
            f"✗ {short_code(one.code, today)} {one.name}: {one.refusal}"
            for one in refused[:_REASONS]
        ]
        if more := len(refused) - len(lines):
            lines.append(_n("và {n} hồ sơ nữa", more).format(n=more))
        self.result.setText("\n".join(lines))
        self.result.setVisible(bool(refused))

    def _take_back(self, said: str, back: Callable[[], tuple[Outcome, ...]]) -> None:
        jobs.run(self, back, partial(self._taken_back, said))

    def _taken_back(self, said: str, outcomes: tuple[Outcome, ...]) -> None:
        refused = [one for one in outcomes if one.refusal is not None]
        counted = _counted(len(outcomes) - len(refused), len(refused))
        notices.say(_("Đã hoàn tác «{said}»: {counted}").format(said=said, counted=counted))
        self._show_refused(refused, outcomes)

    def forget(self) -> None:
        """Another list shows: what came of the last act is gone."""
        self.result.hide()


def _codes(rows: Sequence[DossierRow]) -> list[str]:
    return [row.code for row in rows]


def _counted(done: int, refused: int) -> str:
    """`7 xong, 1 không`."""
    counted = _n("{n} xong", done).format(n=done)
    if not refused:
        return counted
    return f"{counted}, {_n('{n} không', refused).format(n=refused)}"


def _title(name: str, rows: Sequence[DossierRow]) -> str:
    whose = rows[0].name if len(rows) == 1 else _n("{n} hồ sơ", len(rows)).format(n=len(rows))
    return f"{_(_SAID[name])} – {whose}"


def _names(rows: Sequence[DossierRow]) -> str:
    """Whose dossiers they are; one by one as far as they can be read at a glance."""
    named = [f"{short_code(row.code, row.now.date())} {row.name}" for row in rows[:_NAMED]]
    more = len(rows) - len(named)
    rest = [_n("và {n} hồ sơ nữa", more).format(n=more)] if more else []
    return "; ".join(named + rest)
