"""The foot of the intake page: due moment in large type, read-back, the key that accepts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.intake.intake import PromisePreview
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.law.fees import Fee, money
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.time.deadlines import WalkStep
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, _n, later
from ui import formatting
from ui.intake.form import IntakeForm, to_received, to_submitter
from ui.intake.person.person_panel import SEXES
from ui.look import texts
from ui.widgets.tables.whole_text import WholeText

_ACCEPT = later("Tiếp nhận và in  ·  F9")
_CONFIRM = later("Đúng, tiếp nhận và in  ·  F9")
_CONFIRM_SHORT = later("Đúng, in  ·  F9")
_CAUTIONS_SHOWN = 3
_WALK_LINES, _WALK_LINES_NARROW = 6, 3  # shown; further ones scroll
_BY_CHANNEL = {
    Channel.DIRECT: "",
    Channel.ONLINE: later(" trực tuyến"),
    Channel.POST: later(" qua bưu chính"),
}
KEY_PADDING = 8  # points above and below the words of a key


class AcceptBar(QFrame):
    """Always visible, however low the window is."""

    def __init__(
        self,
        page: QWidget,
        accept: Callable[[], None],
        explain: Callable[[], None],
        clear: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.due = texts.words("", "big")
        self.provisional = texts.words("", "warning")
        self.read_back = texts.words("")
        self.cautions = texts.words("", "warning")
        self.walk = QListWidget()
        self.accept = texts.button(_("Tiếp nhận và in"), accept, "F9", page, "primary", "print")
        self.accept.setAutoDefault(True)  # Enter presses it while it has the focus
        explaining = texts.button(_("Giải thích"), explain, "F8", page)
        clearing = texts.button(_("Trang mới"), clear, "Ctrl+N", page)
        keys = QHBoxLayout()
        keys.setSpacing(6)
        # The sentence below may grow; the keys are never squeezed.
        self._beside = (explaining, clearing)
        for key in (*self._beside, self.accept):
            texts.fitted(key, partial(_keep_height, key))
            keys.addWidget(key)
        promise = QVBoxLayout()
        promise.addWidget(self.due)
        promise.addWidget(self.provisional)
        promise.addStretch(1)
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.addLayout(promise, 1)
        self._above.addLayout(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addWidget(self.walk)
        column.addLayout(self._above)
        column.addWidget(self.read_back)
        column.addWidget(self.cautions)
        self._narrow, self._asking = False, False
        self._prepare_walk()
        for hidden in (self.walk, self.provisional, self.cautions):
            hidden.hide()

    def _prepare_walk(self) -> None:
        """Over the date that it explains, as wide as the page: a day of it takes one line."""
        self.walk.setAccessibleName(_("Cách tính ngày hẹn"))
        self.walk.setWordWrap(True)
        self.walk.setItemDelegate(WholeText(self.walk))
        self.walk.setResizeMode(QListView.ResizeMode.Adjust)
        self.walk.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts.fitted(self.walk, self._fit_walk)

    def _fit_walk(self) -> None:
        shown = min(_WALK_LINES_NARROW if self._narrow else _WALK_LINES, self.walk.count())
        lines = sum(self.walk.sizeHintForRow(row) for row in range(shown))
        self.walk.setFixedHeight(lines + 2 * self.walk.frameWidth() + 4)

    def show_walk(self, steps: Iterable[WalkStep]) -> None:
        """List the days that lead to the date; nothing while there is no date."""
        self.walk.clear()
        self.walk.addItems(["  ·  ".join(formatting.walk_line(step)) for step in steps])
        if not self.walk.count():
            self.walk.hide()
        elif not self.walk.isHidden():
            self._fit_walk()

    def unfold_walk(self) -> None:
        self._fit_walk()
        self.walk.show()
        self.walk.setFocus()

    def set_narrow(self, is_narrow: bool) -> None:
        """The keys stand beside the date where there is room.

        Else they stand under it, and the sentence comes when it is asked.
        """
        directions = QBoxLayout.Direction
        self._above.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self._narrow = is_narrow
        for key in self._beside:
            texts.role(key, "small" if is_narrow else "")
        self._fit_walk()
        self._make_room()

    def _make_room(self) -> None:
        self.read_back.setVisible(self._asking or not self._narrow)
        confirm = _CONFIRM_SHORT if self._narrow else _CONFIRM
        self.accept.setText(_(confirm if self._asking else _ACCEPT))

    def show_promise(self, preview: PromisePreview | None, is_chosen: bool) -> None:
        """Show the due moment, or what it depends on while `preview` is None."""
        due = preview.due if preview else None
        waiting = (
            _("Hãy xác nhận thời hạn để có ngày hẹn") if preview else _("Chưa tính được ngày hẹn")
        )
        waiting = waiting if is_chosen else _("Chọn thủ tục để có ngày hẹn")
        self.due.setText(
            _("Hẹn trả {moment}").format(moment=formatting.moment_text(due.moment))
            if due
            else waiting
        )
        is_provisional = due is not None and due.provisional
        self.provisional.setText(
            _("Tạm tính: lịch nghỉ của năm này chưa được công bố.") if is_provisional else ""
        )

    def show_read_back(self, sentence: str) -> None:
        self.read_back.setText(sentence)
        self._make_room()

    def ask(self, cautions: Sequence[str]) -> None:
        """Show the sentence to be confirmed, and the cautions under it."""
        more = len(cautions) - _CAUTIONS_SHOWN
        lines = [f"⚠ {sentence}" for sentence in cautions[:_CAUTIONS_SHOWN]]
        self.cautions.setText(
            "\n".join(
                [*lines, _n("⚠ và {more} điều nữa cần xem lại.", more).format(more=more)]
                if more > 0
                else lines
            )
        )
        self.cautions.setVisible(bool(cautions))
        texts.role(self.read_back, "section")
        self.accept.setFocus()
        self._asking = True
        self._make_room()

    def ask_no_more(self) -> None:
        self.cautions.hide()
        texts.role(self.read_back, "")
        self._asking = False
        self._make_room()

    def show_accepted(self, dossier: Dossier) -> None:
        """The code and the date of what was just taken in, until the next one is begun."""
        self.due.setText(
            _("{code} – hẹn trả {due}").format(
                code=dossier.code, due=formatting.moment_text(dossier.due)
            )
        )
        self.read_back.setText(
            _("✓ Đã tiếp nhận hồ sơ của {name}. Trang sẵn sàng cho người tiếp theo.").format(
                name=dossier.applicant.name
            )
        )
        self._make_room()


def read_back(
    form: IntakeForm,
    procedure: str,
    is_certification: bool,
    due: str,
    fee: Fee | None,
    now: datetime,
) -> str:
    """The sentence the clerk reads to the citizen before saving; what is unusual stands in it."""
    address = (
        dict(zip(SEXES, (_("Ông/Bà "), _("Ông "), _("Bà ")), strict=True)).get(form.sex, "")
        if form.is_person
        else ""
    )
    by = to_submitter(form)
    return _(
        "{address}{name}{by} nộp{channel} «{procedure}», {papers} giấy tờ{copies}, {sets} bộ, "
        "{received}hẹn trả {due}{fee}."
    ).format(
        address=address,
        name=form.name,
        by=_(", người nộp {name},").format(name=by.with_relation) if by else "",
        channel=_(_BY_CHANNEL[Channel(form.channel)]),
        procedure=procedure,
        papers=sum(tick.ticked for tick in form.ticks),
        copies=_copies(form, is_certification),
        sets=form.sets,
        received=_received(form, now),
        due=due,
        fee=_(", phải thu {sum}").format(sum=money(fee.amount)) if fee and fee.amount else "",
    )


def _copies(form: IntakeForm, is_certification: bool) -> str:
    """Return the number of copies where it is not one of each; of certification those made."""
    ticked = [tick for tick in form.ticks if tick.ticked]
    copies = sum(tick.certified if is_certification else tick.total for tick in ticked)
    usual = 0 if is_certification else len(ticked)
    return _(" ({copies} bản)").format(copies=copies) if copies != usual else ""


def _received(form: IntakeForm, now: datetime) -> str:
    """Return when the papers came, of a late entry."""
    try:
        received = to_received(form, now)
    except Refused:  # it stands beside its field
        return ""
    return (
        _("nhận lúc {moment}, ").format(moment=formatting.moment_text(received)) if received else ""
    )


def _keep_height(key: QWidget) -> None:
    key.setMinimumHeight(key.fontMetrics().height() + 2 * KEY_PADDING)
