"""Việc gì: procedure by a few letters, its facts, its limit if uncertain, the papers."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.intake.intake import PromisePreview
from cchc_desk.domain.law.procedure import (
    CERTIFICATION,
    Channel,
    ProcedureVersion,
    certainty_words,
)
from cchc_desk.domain.law.procedure_search import FoundProcedure
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.intake.form import IntakeForm
from ui.look import texts
from ui.shell import jobs, notices
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import mark, when_changed
from ui.widgets.fields.search_line import SearchLine
from ui.widgets.fields.tick_list import NAME, TITLES, TITLES_OF_CERTIFICATION, Tick, TickList
from ui.widgets.tables.matched_text import MATCHED, Beneath, Matched, MatchedText, Spans

PAUSE_MS = 120
NUMBERED = 9  # lines that a digit picks
_MOVES = {
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "PgUp": Qt.Key.Key_PageUp,
    "PgDown": Qt.Key.Key_PageDown,
}
_TIP_LINE = re.compile(r"(.{60,80}) ")  # Qt wraps no tool tip
_WORD = re.compile(r"[^\W_]+")
_USUAL_LIMITS = ("trong ngày", "1 ngày làm việc", "3 ngày làm việc", "5 ngày làm việc")


class ProcedurePanel(QWidget):
    """Search field, list, facts, limit, papers. The list never takes the focus from the field.

    `chosen`: a procedure was taken. `left`: Enter in a place from which the page should go on.
    `limit_left`: the limit was typed. The list is empty until look_up() or clear().
    """

    edited = Signal()
    chosen = Signal()
    left = Signal(QWidget)
    limit_left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = self._answered = 0
        self._limits: tuple[str, ...] = ()
        self._offered = ""  # the procedure for which a remembered limit was offered
        self.version: ProcedureVersion | None = None
        self.search = SearchLine()
        self.field = texts.narrow(ComboBox())
        self.list = QListWidget()
        self.list_keys = texts.words(_("Enter: dòng đang sáng · Alt+1…9: dòng có số ấy"), "quiet")
        self.name = texts.words("", "section")
        self.facts = texts.words("", "quiet")
        self.limit = texts.narrow(ComboBox())
        self.limit_note = texts.words("", "warning")
        self.limit_row = QWidget()
        self.papers = TickList()
        self.papers_box = QWidget()
        self.own = QLineEdit()
        # A is a key of the list alone: it is a letter everywhere else.
        self.all_required = texts.button(f"{_('Đủ giấy bắt buộc')}  ·  A", self._tick_required)
        self.add = texts.button(_("Thêm"), self.add_own)
        self.errors = {name: texts.words("", "error") for name in ("procedure", "limit", "papers")}
        self._prepare()
        self._lay_out()
        self._connect()
        jobs.run(self, lambda: catalogue.fields(desk), self._show_fields)

    def _prepare(self) -> None:
        self.search.setAccessibleName(_("Tìm thủ tục"))
        texts.with_it(self.search, self.list)
        self.search.setPlaceholderText(_("vài chữ, hoặc mã; ↑ ↓ Enter"))
        self.field.setAccessibleName(_("Lĩnh vực"))
        self.list.setAccessibleName(_("Thủ tục tìm thấy"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setWordWrap(True)
        self.list.setItemDelegate(MatchedText(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        texts.lines(self.list, 8)
        line = QLineEdit()
        line.setPlaceholderText(_("↓ chọn, hoặc gõ: 3 ngày làm việc; Enter"))
        self.limit.setEditable(True)
        self.limit.setLineEdit(line)
        line.editingFinished.connect(self.limit_left)
        # Nothing is written into the field while a letter is composed.
        line.setCompleter(None)  # type: ignore[arg-type]
        self.limit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.limit.setAccessibleName(_("Thời hạn xác nhận"))
        texts.lines(self.papers, 9)
        self.own.setAccessibleName(_("Giấy tờ khác"))
        self.own.setPlaceholderText(_("giấy tờ khác: gõ tên, Enter"))
        for button in (self.all_required, self.add):
            texts.role(button, "small")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys have their own way

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words(_("2. Việc gì – thủ tục và giấy tờ"), "section"))
        row = QHBoxLayout()
        row.addWidget(self.search, 3)
        row.addWidget(self.field, 2)
        column.addLayout(row)
        column.addWidget(self.errors["procedure"])
        column.addWidget(self.list, 1)
        column.addWidget(self.list_keys)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        inner = QVBoxLayout(self.limit_row)
        inner.setContentsMargins(0, 0, 0, 0)
        for widget in (self.limit_note, self.limit, self.errors["limit"]):
            inner.addWidget(widget)
        column.addWidget(self.limit_row)
        papers = QVBoxLayout(self.papers_box)
        papers.setContentsMargins(0, 0, 0, 0)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(texts.words(_("1–9, cách: từng giấy · → rồi gõ số bản"), "quiet"), 1)
        above.addWidget(self.all_required)
        below.addWidget(self.own, 1)
        below.addWidget(self.add)
        papers.addLayout(above)
        papers.addWidget(self.papers)
        papers.addWidget(self.errors["papers"])
        papers.addLayout(below)
        column.addWidget(self.papers_box, 2)
        for hidden in (
            self.limit_row,
            self.papers_box,
            self.name,
            self.facts,
            *self.errors.values(),
        ):
            hidden.hide()

    def _connect(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.search.textEdited.connect(self._pause.start)
        self.search.textEdited.connect(self._open_list)
        self.search.returnPressed.connect(self._enter)
        for (
            name,
            key,
        ) in _MOVES.items():  # no filter in Python, which would be asked of every letter
            texts.shortcut(self.search, name, partial(self._move, key))
        # A bare digit begins a code, and is a mark for who types VNI.
        self._picks = [
            texts.shortcut(self.search, f"Alt+{number}", partial(self._pick, number))
            for number in range(1, NUMBERED + 1)
        ]
        self.field.currentIndexChanged.connect(self.look_up)
        self.field.activated.connect(self._open_list)
        self.list.clicked.connect(lambda _line: self.choose())
        self.limit.currentTextChanged.connect(self.edited)
        self.papers.ticks.changed.connect(self.edited)
        self._places: dict[str, QWidget] = {"procedure": self.search, "limit": self.limit}
        self._mended: dict[str, QMetaObject.Connection] = {}  # the places that are marked
        self.papers.ticks.changed.connect(lambda: self.show_error("papers", ""))
        self.papers.left.connect(lambda: self.left.emit(self.papers))
        self.own.returnPressed.connect(self._enter_own)

    # --- finding ----------------------------------------------------------------------------------

    def look_up(self) -> None:
        """Asks for what fits the letters typed; an answer that was overtaken is dropped."""
        self._look_up(lambda: None)

    def _look_up(self, then: Callable[[], None]) -> None:
        self._pause.stop()
        self._asked += 1
        asked, desk, query, field = (
            self._asked,
            self._desk,
            self.search.text(),
            self.field.currentData(),
        )

        def show(found: tuple[FoundProcedure, ...]) -> None:
            if asked == self._asked:
                self._answered = asked
                self._show_found(found)
                then()

        jobs.run(self, lambda: catalogue.search_procedures(desk, query, field), show)

    @property
    def _is_behind(self) -> bool:
        """True while the list is not that of the letters typed; a busy desk answers late."""
        return self._pause.isActive() or self._answered != self._asked

    def _show_fields(self, fields: tuple[str, ...]) -> None:
        self.field.blockSignals(True)
        self.field.addItem(_("Mọi lĩnh vực"), None)
        for name in fields:
            self.field.addItem(name, name)
        self.field.blockSignals(False)

    def _show_found(self, found: tuple[FoundProcedure, ...]) -> None:
        # No QListWidgetItem of Python: clearing them was seen to crash (decision 062).
        self.list.clear()
        shorts = [self._desk.short_name(one.version.code, one.version.name) for one in found]
        self.list.addItems(shorts)
        lines = self.list.model()
        for row, (one, short) in enumerate(zip(found, shorts, strict=True)):
            version, line = one.version, lines.index(row, 0)
            name = _TIP_LINE.sub("\\1\n", version.name)
            whole = f"{name}\n{version.code} · {version.field}"
            lines.setData(line, version, Qt.ItemDataRole.UserRole)
            lines.setData(line, _matched(one, short, row + 1), MATCHED)
            lines.setData(line, texts.tip(whole), Qt.ItemDataRole.ToolTipRole)
            lines.setData(line, f"{short}\n{whole}", Qt.ItemDataRole.AccessibleTextRole)
        self.list.setCurrentRow(0)
        if not found:
            self.list.addItem(
                _("Không có thủ tục nào khớp; thử ít chữ hơn, hoặc chọn «Mọi lĩnh vực».")
            )

    def _move(self, key: Qt.Key) -> None:
        """An arrow in the field moves the cursor of the list."""
        self._open_list()
        # Handed over, not sent: Qt would look for the shortcut of a sent key again.
        self.list.keyPressEvent(
            QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        )

    def _pick(self, number: int) -> None:
        """Take the line with this number; the list of the letters typed, not the one before."""
        if self._is_behind:
            self._look_up(partial(self._take_line, number))
        elif not self.list.isHidden():
            self._take_line(number)

    def _take_line(self, number: int) -> None:
        if number <= self.list.count():
            self.list.setCurrentRow(number - 1)
            self.choose()

    def let_pick(self, is_free: bool) -> None:
        """Leave Alt+1…9 to a question while one stands."""
        for key in self._picks:
            key.setEnabled(is_free)

    def _enter(self) -> None:
        if self._is_behind:  # look first, then take the best
            self._look_up(self.choose)
        elif self.list.isHidden():
            self.chosen.emit()
        else:
            self.choose()

    def choose(self) -> None:
        """Takes the procedure under the cursor of the list."""
        version = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        if version is not None:
            self.set_version(version)
            self.chosen.emit()

    # --- the list or the papers -------------------------------------------------------------------

    @property
    def is_searching(self) -> bool:
        """True while the list covers the papers of a procedure chosen before."""
        return self.version is not None and not self.list.isHidden()

    def _open_list(self) -> None:
        if self.list.isHidden():  # asked at every letter
            self.list.show()
            self.list_keys.show()
            self.papers_box.hide()

    def close_list(self) -> None:
        """Back to the papers, where a procedure is chosen."""
        self.list.setVisible(self.version is None)
        self.list_keys.setVisible(self.version is None)
        self.papers_box.setVisible(self.version is not None)

    def set_version(self, version: ProcedureVersion | None) -> None:
        """Shows the facts and papers of a procedure; None empties the panel."""
        if version is None or self.version is None or version.code != self.version.code:
            self.limit.setEditText("")  # what was confirmed belonged to the procedure before
            self._offered = ""
        self.version = version
        self.show_error("procedure", "")
        name = self._desk.short_name(version.code, version.name) if version else ""
        self.name.setText(name)
        self.name.setToolTip(texts.tip(version.name if version else ""))
        self.facts.setText(_facts(version) if version else "")
        for label in (self.name, self.facts):
            label.setVisible(version is not None)
        is_certification = version is not None and version.field == CERTIFICATION
        self.papers.ticks.title(TITLES_OF_CERTIFICATION if is_certification else TITLES)
        labels = version.papers if version else ()
        self.papers.ticks.fill(
            [Tick(p.name, p.original, p.certified, p.copy, p.required) for p in labels]
        )
        self.papers.setCurrentIndex(self.papers.ticks.index(0, NAME))
        self.close_list()

    # --- the limit --------------------------------------------------------------------------------

    def ask_limit(self, channel: Channel) -> None:
        """Ask for the limit where the catalogue is not certain of it on this channel."""
        version = self.version
        asked = version is not None and version.needs_confirmation(channel)
        self.limit_row.setVisible(asked)
        if version is not None and asked:
            self._offer_limits(tuple(version.limits.get(channel, ())) or _USUAL_LIMITS)

    def _offer_limits(self, limits: tuple[str, ...]) -> None:
        if limits == self._limits:
            return
        self._limits = limits
        typed = self.limit.currentText()
        self.limit.blockSignals(True)
        self.limit.clear()
        self.limit.addItems(list(limits))
        self.limit.setCurrentIndex(-1)
        self.limit.setEditText(typed)
        self.limit.blockSignals(False)

    def show_preview(self, preview: PromisePreview) -> bool:
        """Say why the limit has to be confirmed; True where the last one was filled in."""
        last, code = preview.remembered, self.version.code if self.version else ""
        fills = bool(last and self._offered != code and not self.limit.currentText().strip())
        self._offered = code  # once: a clerk who empties the field wants another
        if last and fills:
            self.limit.setEditText(last.text)
            if self.limit.hasFocus():
                self.papers.setFocus()
        taken = last is not None and self.limit.currentText() == last.text
        self.limit_note.setText(_as_before(preview) if taken else f"⚠ {preview.note}")
        return fills

    def first_stop(self) -> QWidget:
        """Focus after the choice of a procedure: its limit where uncertain, else its papers."""
        asks = not self.limit_row.isHidden() and not self.limit.currentText().strip()
        return self.limit if asks else self.papers

    # --- papers of one's own ----------------------------------------------------------------------

    def _tick_required(self) -> None:
        self.papers.ticks.tick_required()
        self.papers.setFocus()

    def _enter_own(self) -> None:
        if self.own.text().strip():
            self.add_own()
        else:
            self.left.emit(self.own)

    def add_own(self) -> None:
        """Add the paper whose name was typed, by Enter or, without it, by F9 of the page."""
        name = self.own.text().strip()
        if not name:
            return
        copies = int(self.version is not None and self.version.field == CERTIFICATION)
        self.papers.ticks.add(Tick(name, 1, copies, 0, required=True, ticked=True))
        self.papers.scrollToBottom()
        self.own.setText("")

    # --- form <-> widgets -------------------------------------------------------------------------

    def show_error(self, field: str, message: str) -> None:
        if message == self.errors[field].text() == "":
            return  # asked at every letter
        self.errors[field].setText(message)
        self.errors[field].setVisible(bool(message))
        if field in self._places:
            place = self._places[field]
            mark(place, wrong=bool(message))
            if (before := self._mended.pop(field, None)) is not None:
                QObject.disconnect(before)
            if message:
                self._mended[field] = when_changed(place, partial(self.show_error, field, ""))
        if message and field == "papers":
            self.close_list()

    def read(self, form: IntakeForm) -> IntakeForm:
        """Return `form` with the values of this panel."""
        code = self.version.code if self.version else ""
        limit = self.limit.currentText() if not self.limit_row.isHidden() else ""
        return replace(form, procedure=code, limit=limit, ticks=tuple(self.papers.ticks.ticks))

    def restore(self, form: IntakeForm, done: Callable[[], None]) -> None:
        """Shows the procedure, limit and ticks of a form, then calls `done`."""
        desk = self._desk
        self.own.setText("")

        def found(versions: tuple[ProcedureVersion, ...]) -> None:
            version = next(
                (version for version in versions if version.code == form.procedure), None
            )
            self.set_version(version)
            if version is None:
                notices.warn(
                    _(
                        "Danh mục không còn thủ tục {procedure} của phần gõ dở; hãy chọn lại thủ "
                        "tục."
                    ).format(procedure=form.procedure)
                )
            else:
                if (
                    form.ticks
                ):  # what came from the portal brings no list: the catalogue's own stands then
                    self.papers.ticks.fill(form.ticks)
                self.limit.setEditText(form.limit)
            done()

        def not_found(error: DeskError) -> None:
            notices.trouble(error.message)
            done()

        jobs.run(self, lambda: catalogue.find_procedures(desk, form.procedure), found, not_found)

    def clear(self) -> None:
        self.search.clear()
        self.field.setCurrentIndex(0)
        self.own.setText("")
        self.set_version(None)
        self.limit_row.hide()
        self.look_up()


def _as_before(preview: PromisePreview) -> str:
    assert preview.remembered, "asked by the caller"
    text = _(
        "Điền như lần trước ({official} xác nhận {day}). Quản trị xác nhận một lần ở trang Thủ tục "
        "là không hỏi nữa."
    )
    day = f"{preview.remembered.at:%d/%m/%Y}"
    return text.format(official=preview.remembered_by, day=day)


def _matched(found: FoundProcedure, short_name: str, number: int) -> Matched:
    """Return the letters typed in the short name; beneath it the code and what it does not say.

    Letters that the short name does not have are shown in the full name, or after the code.
    """
    version, hit = found.version, found.hit
    picks = str(number) if number <= NUMBERED else ""
    code, more = f"{version.code}  ·  ", version.name
    if more.casefold().endswith(short_name.casefold()):
        more = version.field  # the short name is the whole one without «Thủ tục»
    beneath = Beneath(code + more, (), len(code), end=version.name)
    if hit.code_letters:
        return Matched((), picks, replace(beneath, spans=((0, hit.code_letters),)))
    if hit.synonym and fold(hit.synonym) == fold(short_name):
        return Matched(((0, len(short_name)),), picks, beneath)
    if hit.synonym:
        start = len(code) + len("«")
        spans: Spans = ((start, start + len(hit.synonym)),)
        text = f"{code}«{hit.synonym}»  ·  {more}"
        return Matched((), picks, replace(beneath, text=text, spans=spans))
    in_short, lacking = _in_both(hit.spans, version.name, short_name)
    if not lacking:
        return Matched(in_short, picks, beneath)
    lacking_first = dict.fromkeys((*lacking, *hit.spans))
    spans = tuple((start + len(code), end + len(code)) for start, end in lacking_first)
    return Matched(in_short, picks, replace(beneath, text=code + version.name, spans=spans))


def _in_both(spans: Spans, name: str, short_name: str) -> tuple[Spans, Spans]:
    """Return where the letters typed stand in the short name, and those of the name it lacks."""
    words: dict[str, list[int]] = {}
    for found in _WORD.finditer(short_name):
        words.setdefault(found[0].casefold(), []).append(found.start())
    in_short, lacking = [], []
    for start, end in spans:
        word = _WORD.match(name, start)
        places = words.get(word[0].casefold()) if word else None
        if places:
            at = places.pop(0)
            in_short.append((at, at + end - start))
        else:
            lacking.append((start, end))
    return tuple(sorted(in_short)), tuple(lacking)


def _facts(version: ProcedureVersion) -> str:
    fee = f"{version.fee} ({version.fee_exemptions})" if version.fee_exemptions else version.fee
    parts = (
        version.code,
        version.field,
        version.result and _("kết quả: {result}").format(result=version.result),
        _("phí: {fee}").format(fee=fee),
        version.decision,
        certainty_words(version),
    )
    return " · ".join(part for part in parts if part)
